package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No date is read with day and month exchanged: the order is told, proven, or asked for. */
class DateOrderTest {
  private static final String HEADER =
      "Transaction id,Created On,Location Name,Order #,Payment Method,Transaction Amount";

  @TempDir Path directory;

  private static NumericDates dates(String... cells) {
    NumericDates dates = new NumericDates(Optional.of("Sale Date"));
    for (int i = 0; i < cells.length; i++) {
      dates.add(i + 2, "Sale Date", cells[i]);
    }
    return dates;
  }

  private static DateOrder.Known known(DateOrder setting, DateOrder earlier, String last) {
    return new DateOrder.Known(
        Optional.ofNullable(setting),
        Optional.ofNullable(earlier),
        Optional.ofNullable(last).map(LocalDate::parse));
  }

  private static Optional<DateOrder> order(String... cells) throws FileRefusedException {
    return order(dates(cells), DateOrder.Known.NOTHING);
  }

  private static Optional<DateOrder> order(NumericDates dates, DateOrder.Known known)
      throws FileRefusedException {
    return DateOrder.decide(dates, Map.of(), known).map(DateOrder.Decided::order);
  }

  @Test
  void aDayAboveTwelveProvesTheOrder() throws Exception {
    assertThat(order("6/1/2026", "6/13/2026 2:00 PM")).contains(DateOrder.MONTH_FIRST);
    assertThat(order("01.06.26", "13-06-2026 14:00")).contains(DateOrder.DAY_FIRST);
  }

  @Test
  void datesThatAreNotNumbersOrAreTheSameEitherWayNeedNoOrder() throws Exception {
    assertThat(order("2026-06-01 10:00", "June 1, 2026", "10:00 AM", "")).isEmpty();
    assertThat(order("6/6/2026", "7/7/2026")).isEmpty();
  }

  @Test
  void whatNothingProvesIsRefusedAndTheSettingIsNamed() {
    assertThatThrownBy(() -> order("2026-06-01", "6/1/2026", "6/2/2026"))
        .isInstanceOfSatisfying(
            FileRefusedException.class,
            refusal -> {
              assertThat(refusal.line()).contains(3L);
              assertThat(refusal.column()).contains("Sale Date");
              assertThat(refusal.nextStep()).contains("`dates: mdy`", "`dates: dmy`");
            });
  }

  @Test
  void aFileThatProvesBothOrdersIsRefused() {
    assertThatThrownBy(() -> order("6/13/2026", "13/6/2026"))
        .hasMessageContaining("day first")
        .hasMessageContaining("line 2");
  }

  @Test
  void theSettingDecidesUnlessTheFileProvesTheContrary() throws Exception {
    assertThat(order(dates("6/1/2026"), known(DateOrder.DAY_FIRST, null, "2026-06-02")))
        .contains(DateOrder.DAY_FIRST);
    assertThatThrownBy(() -> order(dates("6/13/2026"), known(DateOrder.DAY_FIRST, null, null)))
        .hasMessageContaining("`dates: dmy`");
  }

  @Test
  void theStatedPeriodProvesTheOrderWhereOnlyOneFitsIt() throws Exception {
    Period week = period("2026-06-01", "2026-06-07");
    assertThat(inPeriod(week, "6/1/2026", "6/7/2026")).contains(DateOrder.MONTH_FIRST);
    assertThat(inPeriod(week, "1/6/2026", "7/6/2026")).contains(DateOrder.DAY_FIRST);
    assertThatThrownBy(() -> inPeriod(period("2026-01-01", "2026-12-31"), "6/1/2026"))
        .isInstanceOf(FileRefusedException.class);
    assertThatThrownBy(() -> inPeriod(week, "6/1/2026", "6/12/2026"))
        .isInstanceOf(FileRefusedException.class);
  }

  @Test
  void aPeriodThatIsWrittenInNumbersProvesTheOrderToo() throws Exception {
    // 5/28/2026 to 6/3/2026 is no period with the day first.
    Map<DateOrder, Period> stated =
        Map.of(DateOrder.MONTH_FIRST, period("2026-05-28", "2026-06-03"));
    assertThat(DateOrder.decide(dates("6/1/2026", "6/2/2026"), stated, DateOrder.Known.NOTHING))
        .contains(new DateOrder.Decided(DateOrder.MONTH_FIRST, true));
    // 6/1/2026 to 6/7/2026 is a week of June, or half a year from 6 January.
    Map<DateOrder, Period> either =
        Map.of(
            DateOrder.MONTH_FIRST, period("2026-06-01", "2026-06-07"),
            DateOrder.DAY_FIRST, period("2026-01-06", "2026-07-06"));
    assertThatThrownBy(
            () -> DateOrder.decide(dates("6/1/2026", "6/2/2026"), either, DateOrder.Known.NOTHING))
        .hasMessageContaining("no day is above 12");
  }

  private static Period period(String first, String last) {
    return new Period(LocalDate.parse(first), LocalDate.parse(last));
  }

  private static Optional<DateOrder> inPeriod(Period period, String... cells)
      throws FileRefusedException {
    Map<DateOrder, Period> stated =
        Map.of(DateOrder.MONTH_FIRST, period, DateOrder.DAY_FIRST, period);
    return DateOrder.decide(dates(cells), stated, DateOrder.Known.NOTHING)
        .map(DateOrder.Decided::order);
  }

  @Test
  void earlierDeliveriesDecideUnlessTheyMakeDaysImpossible() throws Exception {
    assertThat(order(dates("6/1/2026"), known(null, DateOrder.DAY_FIRST, null)))
        .contains(DateOrder.DAY_FIRST);
    assertThatThrownBy(
            () ->
                order(
                    dates("6/7/2026", "6/8/2026"), known(null, DateOrder.DAY_FIRST, "2026-06-09")))
        .hasMessageContaining("not over yet");
  }

  @Test
  void monthsThatJumpRuleAnOrderOutUnlessABillMayBeDrawnEachMonth() throws Exception {
    List<String> days = new ArrayList<>();
    List<String> bills = new ArrayList<>();
    for (int day = 1; day <= 7; day++) {
      bills.add("6/" + day + "/2026 1:00 AM");
      for (int minute = 10; minute < 30; minute++) {
        days.add("6/" + day + "/2026 1:" + minute + " PM");
      }
    }
    assertThat(order(days.toArray(String[]::new))).contains(DateOrder.MONTH_FIRST);
    assertThat(order(swapped(days))).contains(DateOrder.DAY_FIRST);
    assertThatThrownBy(() -> order(bills.toArray(String[]::new)))
        .isInstanceOf(FileRefusedException.class);
    assertThatThrownBy(() -> order(days.subList(0, 80).toArray(String[]::new)))
        .as("four days are no run")
        .isInstanceOf(FileRefusedException.class);
  }

  private static String[] swapped(List<String> days) {
    return days.stream()
        .map(day -> day.replaceFirst("^(\\d+)/(\\d+)/", "$2/$1/"))
        .toArray(String[]::new);
  }

  private IngestFixture payments() {
    return new IngestFixture(directory)
        .add(
            "payments",
            "glow",
            "boulevard-payments",
            Optional.empty(),
            "payments*.csv",
            Optional.empty(),
            Delivery.WINDOW)
        .last(source -> source.withLocations(Map.of("Austin", "austin")));
  }

  private static String payment(String id, String date) {
    return id + "," + date + ",Austin," + id + ",Cash,10.0";
  }

  @Test
  void aLaterFileOfTheRunAndThenAnEarlierOneOfTheSourceProveTheOrder() throws Exception {
    IngestFixture fixture =
        payments()
            .file("payments-1.csv", HEADER, payment("T1", "4/5/2026"))
            .file("payments-2.csv", HEADER, payment("T2", "15/5/2026"));
    assertThat(fixture.ingest().refused()).isEmpty();
    fixture.file("payments-3.csv", HEADER, payment("T3", "6/5/2026"));
    Ingestion.Result result = fixture.ingest();
    assertThat(result.batches()).extracting(Batch::dateOrder).containsExactly(Optional.of("dmy"));
    assertThat(
            fixture.rows("payments", "SELECT payment_id, local_date FROM rows ORDER BY payment_id"))
        .containsExactly("T1|2026-05-04", "T2|2026-05-15", "T3|2026-05-06");
  }

  @Test
  void aSettingThatIsTakenBackProvesNothingAfterwards() throws Exception {
    IngestFixture fixture =
        payments()
            .last(source -> source.withParams(Map.of("dates", "dmy")))
            .file("payments-1.csv", HEADER, payment("T1", "4/5/2026"));
    assertThat(fixture.ingest().batches())
        .extracting(Batch::provesDateOrder)
        .containsExactly(false);
    fixture.last(source -> source.withParams(Map.of()));
    assertThat(fixture.ingest().refused())
        .as("the file alone is as it was before the setting")
        .singleElement()
        .satisfies(refused -> assertThat(refused.message()).contains("no day is above 12"));
    fixture.file("payments-2.csv", HEADER, payment("T2", "5/15/2026"));
    assertThat(fixture.ingest().batches())
        .extracting(Batch::dateOrder)
        .containsExactly(Optional.of("mdy"), Optional.of("mdy"));
    assertThat(
            fixture.rows("payments", "SELECT payment_id, local_date FROM rows ORDER BY payment_id"))
        .containsExactly("T1|2026-04-05", "T2|2026-05-15");
  }

  @Test
  void anotherFileThatWasReadByASettingIsNoProofEither() throws Exception {
    IngestFixture fixture =
        payments()
            .last(source -> source.withParams(Map.of("dates", "dmy")))
            .file("payments-1.csv", HEADER, payment("T1", "4/5/2026"));
    fixture.ingest();
    Files.delete(directory.resolve("exports/payments-1.csv"));
    fixture
        .last(source -> source.withParams(Map.of()))
        .file("payments-2.csv", HEADER, payment("T2", "6/5/2026"));
    assertThat(fixture.ingest().refused()).hasSize(1);
  }

  @Test
  void anAmbiguousFileIsRefusedUntilTheSourceTellsTheOrder() throws Exception {
    IngestFixture fixture = payments().file("payments-1.csv", HEADER, payment("T1", "4/5/2026"));
    assertThat(fixture.ingest().refused())
        .singleElement()
        .satisfies(refused -> assertThat(refused.message()).contains("`dates: dmy`"));
    fixture.last(source -> source.withParams(Map.of("dates", "dmy")));
    assertThat(fixture.ingest().batches()).hasSize(1);
    assertThat(fixture.rows("payments", "SELECT local_date FROM rows"))
        .containsExactly("2026-05-04");
    fixture.last(source -> source.withParams(Map.of("dates", "mdy")));
    assertThat(fixture.ingest().batches()).as("the file is read again").hasSize(1);
    assertThat(fixture.rows("payments", "SELECT local_date FROM rows"))
        .containsExactly("2026-04-05");
  }
}
