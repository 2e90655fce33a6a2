package medspa.jobs.compute.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import medspa.jobs.compute.time.LocalDays.DayPiece;
import medspa.jobs.compute.time.Timeline.Interval;
import org.junit.jupiter.api.Test;

final class LocalDaysTest {
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

  private static long at(String instant) {
    return LocalDays.micros(Instant.parse(instant));
  }

  @Test
  void anIntervalWithinOneDayStaysWhole() {
    Interval interval = new Interval(at("2026-03-03T15:00:00Z"), at("2026-03-03T16:00:00Z"));
    assertThat(LocalDays.cut(interval, CHICAGO))
        .containsExactly(new DayPiece(LocalDate.of(2026, 3, 3), interval));
  }

  @Test
  void anIntervalIsCutAtEachLocalMidnight() {
    // 22:00 on the 3rd to 02:00 on the 5th in Chicago, six hours behind UTC.
    List<DayPiece> pieces =
        LocalDays.cut(
            new Interval(at("2026-03-04T04:00:00Z"), at("2026-03-05T08:00:00Z")), CHICAGO);
    assertThat(pieces)
        .extracting(DayPiece::day)
        .hasToString("[2026-03-03, 2026-03-04, 2026-03-05]");
    assertThat(pieces)
        .extracting(piece -> (piece.interval().end() - piece.interval().start()) / 3_600_000_000L)
        .containsExactly(2L, 24L, 2L);
  }

  @Test
  void aDayThatNeverWasHasNoPiece() {
    // Samoa crossed the date line: 29 December 2011 was followed by the 31st.
    ZoneId apia = ZoneId.of("Pacific/Apia");
    List<DayPiece> pieces =
        LocalDays.cut(new Interval(at("2011-12-30T08:00:00Z"), at("2011-12-30T12:00:00Z")), apia);
    assertThat(pieces).extracting(DayPiece::day).hasToString("[2011-12-29, 2011-12-31]");
    assertThat(pieces)
        .extracting(piece -> (piece.interval().end() - piece.interval().start()) / 3_600_000_000L)
        .containsExactly(2L, 2L);
  }

  @Test
  void anIntervalThatEndsAtMidnightHasNoPieceOnTheNextDay() {
    assertThat(
            LocalDays.cut(
                new Interval(at("2026-03-04T04:00:00Z"), at("2026-03-04T06:00:00Z")), CHICAGO))
        .extracting(DayPiece::day)
        .containsExactly(LocalDate.of(2026, 3, 3));
  }
}
