package medspa.jobs.compute.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import medspa.jobs.compute.provider.ProviderDay.Piece;
import medspa.jobs.compute.provider.ProviderDay.Use;
import medspa.jobs.compute.time.Timeline.Interval;
import org.junit.jupiter.api.Test;

final class ProviderDayTest {
  private static final List<Use> USES = List.of(Use.values());

  /** Compares with counting instants one by one, on random days. */
  @Test
  void aProvidersDayIsWhatCountingEachInstantGives() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      List<Piece> pieces = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        long start = random.nextInt(50);
        pieces.add(
            new Piece(
                USES.get(random.nextInt(USES.size())),
                new Interval(start, start + 1 + random.nextInt(20))));
      }
      ProviderDay day = ProviderDay.of(pieces);
      long[] counted = new long[9];
      for (long instant = 0; instant < 80; instant++) {
        boolean attended = holds(pieces, Use.ATTENDED, instant);
        boolean atWork =
            holds(pieces, Use.BOOKABLE, instant) && !holds(pieces, Use.TIME_OFF, instant);
        boolean onBreak = atWork && holds(pieces, Use.BREAK, instant);
        boolean blocked = atWork && !onBreak && holds(pieces, Use.BLOCKED, instant);
        boolean bookable = atWork && !onBreak && !blocked;
        counted[7] += onBreak ? 1 : 0;
        counted[8] += blocked ? 1 : 0;
        int part = attended ? 1 : 5;
        if (!attended) {
          if (holds(pieces, Use.NO_SHOW, instant)) {
            part = 2;
          } else if (holds(pieces, Use.LATE_CANCELLED, instant)) {
            part = 3;
          } else if (holds(pieces, Use.UNRESOLVED, instant)) {
            part = 4;
          }
        }
        if (bookable) {
          counted[0]++;
          counted[part]++;
        } else if (attended) {
          counted[6]++;
        }
      }
      assertThat(
              new long[] {
                day.bookable(),
                day.kept(),
                day.noShow(),
                day.lateCancelled(),
                day.unresolved(),
                day.idle(),
                day.overflow(),
                day.breaks(),
                day.blocked()
              })
          .as("round %d: %s", round, pieces)
          .containsExactly(counted);
    }
  }

  private static boolean holds(List<Piece> pieces, Use use, long instant) {
    return pieces.stream()
        .anyMatch(
            piece ->
                piece.use() == use
                    && piece.interval().start() <= instant
                    && instant < piece.interval().end());
  }
}
