package medspa.warehouse.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.Period;
import medspa.warehouse.lake.Batch.Run;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;
import org.junit.jupiter.api.Test;

class ReplacedDaysTest {
  /** A delivery of rows on some days of 2026, each given as month-day or month-day*rows. */
  private static Batch delivery(long order, Delivery delivery, String... days) {
    List<LocalDate> dates =
        Stream.of(days)
            .flatMap(
                day -> {
                  String[] parts = day.split("\\*", -1);
                  int rows = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
                  return Stream.generate(() -> LocalDate.parse("2026-" + parts[0])).limit(rows);
                })
            .sorted()
            .toList();
    Window window = new Window("austin", dates.get(0), dates.get(dates.size() - 1), Run.of(dates));
    return new Batch(
        order,
        order,
        "file-" + order,
        "schedule",
        "glow",
        "exports/a.csv",
        "",
        "",
        Optional.empty(),
        "medspa",
        delivery,
        Instant.EPOCH,
        0,
        List.of(
            new TableCounts("sale_lines", dates.size(), dates.size(), 0, 0, 0, List.of(window))),
        Optional.empty(),
        Optional.empty());
  }

  private static Batch window(long order, String... days) {
    return delivery(order, Delivery.WINDOW, days);
  }

  /** What the last of the deliveries replaces. */
  private static String last(Batch... deliveries) {
    List<ReplacedDays> all = ReplacedDays.of("sale_lines", List.of(deliveries));
    ReplacedDays last = all.get(all.size() - 1);
    return last.firstDate() + " to " + last.lastDate();
  }

  @Test
  void rowsWithoutALongGapAreReplacedFromTheFirstToTheLast() {
    assertThat(last(window(1, "06-01", "06-15", "06-29"))).isEqualTo("2026-06-01 to 2026-06-29");
  }

  @Test
  void rowsThatAGapOfMoreThanFourteenDaysSetsApartExtendNothing() {
    assertThat(last(window(1, "06-01*5", "06-16"))).isEqualTo("2026-06-01 to 2026-06-01");
    assertThat(last(window(1, "04-02", "06-01*5", "06-07", "08-01*2")))
        .isEqualTo("2026-06-01 to 2026-06-07");
  }

  @Test
  void ofStretchesWithEquallyManyRowsTheLastIsReplaced() {
    assertThat(last(window(1, "04-02", "06-01"))).isEqualTo("2026-06-01 to 2026-06-01");
  }

  @Test
  void aGapThatAnEarlierDeliveryHasIsUsual() {
    Batch closedInMay = window(1, "04-20*5", "05-20*5");
    assertThat(last(closedInMay, window(2, "06-01*5", "07-01")))
        .isEqualTo("2026-06-01 to 2026-07-01");
    assertThat(last(closedInMay, window(2, "06-01*5", "07-02")))
        .isEqualTo("2026-06-01 to 2026-06-01");
    assertThat(last(delivery(1, Delivery.UPSERT, "04-20", "05-20"), window(2, "06-01*5", "07-01")))
        .isEqualTo("2026-06-01 to 2026-07-01");
  }

  @Test
  void aStrayRowOfAnEarlierDeliveryMakesNoGapUsual() {
    Batch stray = window(1, "01-02", "06-01*7");
    assertThat(last(stray, window(2, "02-01", "06-08*7"))).isEqualTo("2026-06-08 to 2026-06-08");
    assertThat(last(window(1, "01-02*2", "06-01*6"), window(2, "02-01", "06-08*7")))
        .isEqualTo("2026-02-01 to 2026-06-08");
  }

  @Test
  void aLaterDeliveryMakesNoGapUsualForAnEarlierOne() {
    List<ReplacedDays> all =
        ReplacedDays.of(
            "sale_lines", List.of(window(2, "01-02", "06-01"), window(1, "02-01", "06-08*7")));
    assertThat(all).extracting(ReplacedDays::firstDate).first().hasToString("2026-06-08");
  }

  @Test
  void aPeriodThatTheFileStatesIsReplacedWhateverItsRowsSay() {
    Batch rows = window(1, "04-02", "06-03");
    Batch stated =
        new Batch(
            rows.sequence(),
            rows.order(),
            rows.sourceFileId(),
            rows.source(),
            rows.practiceId(),
            rows.fileName(),
            "",
            "",
            Optional.empty(),
            "medspa",
            Delivery.WINDOW,
            Instant.EPOCH,
            0,
            rows.tables(),
            Optional.empty(),
            Optional.of(new Period(LocalDate.parse("2026-06-01"), LocalDate.parse("2026-06-07"))));
    assertThat(last(stated)).isEqualTo("2026-06-01 to 2026-06-07");
    ReplacedDays days = ReplacedDays.of("sale_lines", List.of(stated)).get(0);
    assertThat(days.contains(LocalDate.parse("2026-05-31"))).isFalse();
    assertThat(days.contains(LocalDate.parse("2026-06-01"))).isTrue();
    assertThat(days.contains(LocalDate.parse("2026-06-07"))).isTrue();
    assertThat(days.contains(LocalDate.parse("2026-06-08"))).isFalse();
  }

  @Test
  void onlyWindowDeliveriesReplaceDays() {
    assertThat(
            ReplacedDays.of(
                "sale_lines",
                List.of(
                    delivery(1, Delivery.UPSERT, "06-01"), delivery(2, Delivery.APPEND, "06-01"))))
        .isEmpty();
  }
}
