package medspa.jobs.compute.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import medspa.jobs.compute.Results;
import medspa.jobs.compute.TestBatch;
import medspa.jobs.compute.TestLake;
import medspa.jobs.compute.TestMarket;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.market.Market;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How deliveries meet; each rule at a location or source of its own. */
final class FoldTest {
  @TempDir static Path directory;
  private static Results results;

  @BeforeAll
  static void compute() {
    Market market =
        new TestMarket()
            .location("glow", "newest")
            .location("glow", "replaced")
            .location("glow", "first")
            .location("glow", "window")
            .location("glow", "elsewhere")
            .location("glow", "sales")
            .location("glow", "late")
            .location("glow", "systems")
            .location("glow", "former")
            .location("glow", "stray")
            .location("glow", "stated")
            .location("glow", "receipts")
            .location("glow", "appended")
            .location("other", "twin")
            .source("glow", "old")
            .source("glow", "new")
            .source("glow", "workbook")
            .build();
    TestLake lake = new TestLake(directory, market);
    newest(lake);
    replaced(lake);
    first(lake);
    window(lake);
    sales(lake);
    late(lake);
    twoSources(lake);
    windowsOfTwoSources(lake);
    formerSources(lake);
    strayDate(lake);
    statedPeriod(lake);
    receipts(lake);
    appendedReceipts(lake);
    references(lake);
    results = lake.compute("2026-05-04");
  }

  private static String appointment(String location, String id, String start, String status) {
    return "location_id="
        + location
        + " appointment_id="
        + id
        + " client_key="
        + id
        + " start_at="
        + start
        + " end_at="
        + start.substring(0, 11)
        + "23:59 status="
        + status;
  }

  private static List<String> appointments(String location) {
    return results.rows(
        "SELECT appointment_id, status, local_date, is_deleted FROM {silver/appointments}"
            + " WHERE location_id = '"
            + location
            + "' ORDER BY ALL");
  }

  private static void newest(TestLake lake) {
    lake.batch("newest", Delivery.UPSERT)
        .row("appointments", appointment("newest", "1", "2026-03-03T09:00", "booked"))
        .row("appointments", appointment("newest", "2", "2026-03-30T09:00", "booked"))
        .row("appointments", appointment("twin", "1", "2026-03-03T09:00", "no_show"))
        .row("products", "product_id=tox name=old")
        .row("products", "practice_id=other product_id=tox name=twin")
        .write();
    lake.batch("newest", Delivery.UPSERT)
        .row("appointments", appointment("newest", "1", "2026-03-03T09:00", "completed"))
        .row("appointments", appointment("newest", "2", "2026-04-02T09:00", "booked"))
        .row("products", "product_id=tox name=new")
        .write();
  }

  @Test
  void theNewestDeliveryOfAKeyWinsAndARowThatMovedIsInItsNewMonthOnly() {
    assertThat(appointments("newest"))
        .containsExactly("1|completed|2026-03-03|false", "2|booked|2026-04-02|false");
    assertThat(results.rows("SELECT name FROM {silver/products} WHERE practice_id = 'glow'"))
        .containsExactly("new");
  }

  @Test
  void theSameKeyOfAnotherPracticeIsAnotherRow() {
    assertThat(appointments("twin")).containsExactly("1|no_show|2026-03-03|false");
    assertThat(results.rows("SELECT practice_id, name FROM {silver/products} ORDER BY ALL"))
        .containsExactly("glow|new", "other|twin");
  }

  @Test
  void aRowKnowsItsFileAndLine() {
    assertThat(
            results.rows(
                "SELECT appointment_id, source_file_id, source_line FROM {silver/appointments}"
                    + " WHERE location_id IN ('newest', 'twin') ORDER BY ALL"))
        .containsExactly(
            "1|00000001-000000000001|4", "1|00000002-000000000002|2", "2|00000002-000000000002|3");
  }

  private static void replaced(TestLake lake) {
    String old =
        lake.batch("replaced", Delivery.UPSERT)
            .row("appointments", appointment("replaced", "1", "2026-03-03T09:00", "no_show"))
            .row("appointments", appointment("replaced", "2", "2026-03-03T09:00", "no_show"))
            .row("appointments", appointment("replaced", "3", "2026-03-03T09:00", "no_show"))
            .write();
    lake.batch("replaced", Delivery.UPSERT)
        .row("appointments", appointment("replaced", "2", "2026-03-03T09:00", "completed"))
        .write();
    // Read again with another mapping: in the place of the first, though it is ingested last.
    lake.batch("replaced", Delivery.UPSERT)
        .replacing(old, 3)
        .row("appointments", appointment("replaced", "1", "2026-03-03T09:00", "booked"))
        .row("appointments", appointment("replaced", "2", "2026-03-03T09:00", "booked"))
        .write();
  }

  @Test
  void aReplacedBatchIsIgnoredAndItsReplacementHasItsPlaceInTheOrder() {
    assertThat(appointments("replaced"))
        .containsExactly("1|booked|2026-03-03|false", "2|completed|2026-03-03|false");
  }

  private static void first(TestLake lake) {
    lake.batch("first", Delivery.APPEND)
        .row("appointments", appointment("first", "1", "2026-03-03T09:00", "completed"))
        .write();
    lake.batch("first", Delivery.APPEND)
        .row("appointments", appointment("first", "1", "2026-03-03T09:00", "no_show"))
        .row("appointments", appointment("first", "2", "2026-03-03T09:00", "no_show"))
        .write();
  }

  @Test
  void ofAppendedRowsTheFirstStays() {
    assertThat(appointments("first"))
        .containsExactly("1|completed|2026-03-03|false", "2|no_show|2026-03-03|false");
  }

  private static void window(TestLake lake) {
    lake.batch("schedule", Delivery.WINDOW)
        .row("appointments", appointment("window", "stays", "2026-03-03T09:00", "booked"))
        .row("appointments", appointment("window", "before", "2026-03-02T23:59", "booked"))
        .row("appointments", appointment("window", "gone", "2026-03-04T09:00", "booked"))
        // In UTC this is the day after the window.
        .row("appointments", appointment("window", "gone_late", "2026-03-05T23:30", "booked"))
        .row("appointments", appointment("window", "after", "2026-03-06T00:00", "booked"))
        .row("appointments", appointment("window", "rejected", "2026-03-04T09:00", "booked"))
        .row("appointments", appointment("window", "returns", "2026-03-03T12:00", "booked"))
        .row(
            "appointments",
            appointment("elsewhere", "other_location", "2026-03-04T09:00", "booked"))
        .write();
    lake.batch("web", Delivery.UPSERT)
        .row("appointments", appointment("window", "other_source", "2026-03-04T09:00", "booked"))
        .write();
    lake.batch("schedule", Delivery.WINDOW)
        .row("appointments", appointment("window", "stays", "2026-03-03T09:00", "completed"))
        .row("appointments", appointment("window", "new", "2026-03-05T09:00", "completed"))
        .rejected("appointments", "window", "window", "rejected")
        .write();
    lake.batch("schedule", Delivery.WINDOW)
        .row("appointments", appointment("window", "returns", "2026-03-03T12:00", "completed"))
        .row("appointments", appointment("window", "stays", "2026-03-03T09:00", "completed"))
        .write();
  }

  @Test
  void aWindowDeletesTheRowsOfItsSourceAndLocationThatItLacks() {
    assertThat(appointments("window"))
        .contains("gone|deleted|2026-03-04|true", "gone_late|deleted|2026-03-05|true")
        .contains("stays|completed|2026-03-03|false", "new|completed|2026-03-05|false");
    assertThat(appointments("elsewhere")).containsExactly("other_location|booked|2026-03-04|false");
  }

  @Test
  void rowsOutsideTheWindowAndOfOtherSourcesStay() {
    assertThat(appointments("window"))
        .contains("before|booked|2026-03-02|false", "after|booked|2026-03-06|false")
        .contains("other_source|booked|2026-03-04|false");
  }

  @Test
  void aRejectedRowDoesNotDelete() {
    assertThat(appointments("window")).contains("rejected|booked|2026-03-04|false");
  }

  @Test
  void aDeletedRowThatIsDeliveredAgainIsBack() {
    assertThat(appointments("window")).contains("returns|completed|2026-03-03|false");
  }

  private static void sales(TestLake lake) {
    String line = "location_id=sales sold_at=2026-03-03T09:00 kind=service quantity=1 ";
    lake.batch("register", Delivery.WINDOW)
        .row("sale_lines", line + "sale_id=1 line_id=1 gross_amount=10")
        .row("sale_lines", line + "sale_id=2 line_id=1 gross_amount=100")
        .write();
    lake.batch("register", Delivery.WINDOW)
        .row("sale_lines", line + "sale_id=1 line_id=1 gross_amount=10 discount_amount=2.5")
        .write();
  }

  @Test
  void aDeletedFactStaysMarkedAndTakesNoPartInMeasures() {
    assertThat(
            results.rows(
                "SELECT sale_id, gross_amount, discount_amount, tax_amount, net_amount, is_deleted"
                    + " FROM {silver/sale_lines} WHERE location_id = 'sales' ORDER BY ALL"))
        .containsExactly(
            "1|10.0000|2.5000|0.0000|7.5000|false", "2|100.0000|0.0000|0.0000|100.0000|true");
    assertThat(results.measures("sales"))
        .containsEntry("net_service", "7.5")
        .containsEntry("sales_visits", "1")
        .containsEntry("receipts", "1");
  }

  private static void late(TestLake lake) {
    lake.batch("late", Delivery.WINDOW)
        .row("appointments", appointment("late", "corrected", "2026-01-06T09:00", "no_show"))
        .row("appointments", appointment("late", "mistaken", "2026-01-06T11:00", "completed"))
        .row("appointments", appointment("late", "same_week", "2026-01-07T09:00", "completed"))
        .write();
    lake.batch("late", Delivery.WINDOW)
        .row("appointments", appointment("late", "recent", "2026-04-28T09:00", "completed"))
        .write();
    lake.batch("late", Delivery.WINDOW)
        .row("appointments", appointment("late", "corrected", "2026-01-06T09:00", "completed"))
        .write();
  }

  @Test
  void aCorrectionThatArrivesMonthsLateCorrectsItsDayAndNoOther() {
    assertThat(appointments("late"))
        .containsExactly(
            "corrected|completed|2026-01-06|false",
            "mistaken|deleted|2026-01-06|true",
            "recent|completed|2026-04-28|false",
            "same_week|completed|2026-01-07|false");
    assertThat(
            results.rows(
                "SELECT week_start, measure, amount::INTEGER FROM {gold/measures_weekly}"
                    + " WHERE location_id = 'late' AND grain = 'location' AND amount <> 0"
                    + " AND measure IN ('visits_attended', 'visits_no_show') ORDER BY ALL"))
        .containsExactly("2026-01-05|visits_attended|2", "2026-04-27|visits_attended|1");
  }

  private static void twoSources(TestLake lake) {
    lake.batch("old", Delivery.UPSERT)
        .row("appointments", appointment("systems", "new_last", "2026-03-10T09:00", "no_show"))
        .row("appointments", appointment("systems", "old_only", "2026-03-10T09:00", "no_show"))
        .row("providers", "provider_id=new_last name=old")
        .write();
    lake.batch("new", Delivery.APPEND)
        .row("appointments", appointment("systems", "new_last", "2026-03-11T09:00", "completed"))
        .row("appointments", appointment("systems", "old_last", "2026-03-11T09:00", "completed"))
        .row("providers", "provider_id=new_last name=new")
        .row("providers", "provider_id=old_last name=new")
        .write();
    lake.batch("old", Delivery.UPSERT)
        .row("appointments", appointment("systems", "old_last", "2026-03-10T09:00", "no_show"))
        .row("providers", "provider_id=old_last name=old")
        .write();
  }

  @Test
  void ofTwoSourcesTheOneConfiguredLaterDecidesWhicheverCameLast() {
    assertThat(appointments("systems"))
        .contains(
            "new_last|completed|2026-03-11|false",
            "old_last|completed|2026-03-11|false",
            "old_only|no_show|2026-03-10|false");
    assertThat(results.rows("SELECT provider_id, name FROM {silver/providers} ORDER BY ALL"))
        .containsExactly("new_last|new", "old_last|new");
  }

  private static void windowsOfTwoSources(TestLake lake) {
    lake.batch("old", Delivery.WINDOW)
        .row("appointments", appointment("systems", "gone_from_old", "2026-03-17T09:00", "booked"))
        .row("appointments", appointment("systems", "gone_from_new", "2026-03-17T10:00", "booked"))
        .row("appointments", appointment("systems", "never_in_new", "2026-03-17T11:00", "booked"))
        .write();
    for (String kept : List.of("gone_from_new", "kept_in_new")) {
      lake.batch("new", Delivery.WINDOW)
          .row(
              "appointments", appointment("systems", "gone_from_old", "2026-03-17T09:00", "booked"))
          .row("appointments", appointment("systems", kept, "2026-03-17T10:00", "booked"))
          .write();
    }
    lake.batch("old", Delivery.WINDOW)
        .row("appointments", appointment("systems", "gone_from_new", "2026-03-17T10:00", "booked"))
        .row("appointments", appointment("systems", "never_in_new", "2026-03-17T11:00", "booked"))
        .write();
  }

  @Test
  void aSourceThatDeletedItsRowStillDecidesAndDeletesNoRowOfAnother() {
    assertThat(appointments("systems"))
        .contains(
            "gone_from_new|deleted|2026-03-17|true",
            "gone_from_old|booked|2026-03-17|false",
            "kept_in_new|booked|2026-03-17|false",
            "never_in_new|booked|2026-03-17|false");
  }

  private static void formerSources(TestLake lake) {
    for (String source : List.of("old", "paper", "older")) {
      lake.batch(source, Delivery.UPSERT)
          .row("appointments", appointment("former", "replaced", "2026-03-03T09:00", word(source)))
          .write();
    }
    for (String source : List.of("paper", "older")) {
      lake.batch(source, Delivery.UPSERT)
          .row("appointments", appointment("former", "kept", "2026-03-03T10:00", word(source)))
          .write();
    }
  }

  private static String word(String source) {
    return source.equals("old") ? "completed" : source.equals("paper") ? "confirmed" : "booked";
  }

  @Test
  void sourcesThatAreNoLongerConfiguredComeBeforeAllOthersByName() {
    assertThat(appointments("former"))
        .containsExactly("kept|confirmed|2026-03-03|false", "replaced|completed|2026-03-03|false");
  }

  private static void strayDate(TestLake lake) {
    TestBatch spring = lake.batch("stray", Delivery.WINDOW);
    for (int day = 1; day <= 9; day++) {
      String id = "april" + day;
      spring.row("appointments", appointment("stray", id, "2026-04-0" + day + "T09:00", "booked"));
    }
    spring.write();
    lake.batch("stray", Delivery.WINDOW)
        .row("appointments", appointment("stray", "june1", "2026-06-01T09:00", "booked"))
        .row("appointments", appointment("stray", "june2", "2026-06-02T09:00", "booked"))
        .row("appointments", appointment("stray", "typo", "2026-04-02T09:00", "booked"))
        .write();
  }

  @Test
  void oneStrayDateDeletesNothingOfTheWeeksBetween() {
    assertThat(appointments("stray"))
        .hasSize(12)
        .contains("typo|booked|2026-04-02|false")
        .allSatisfy(row -> assertThat(row).endsWith("false"));
  }

  private static void statedPeriod(TestLake lake) {
    lake.batch("stated", Delivery.WINDOW)
        .row("appointments", appointment("stated", "before", "2026-03-01T09:00", "booked"))
        .row("appointments", appointment("stated", "first", "2026-03-02T09:00", "booked"))
        .row("appointments", appointment("stated", "last", "2026-03-08T09:00", "booked"))
        .row("appointments", appointment("stated", "after", "2026-03-09T09:00", "booked"))
        .write();
    lake.batch("stated", Delivery.WINDOW)
        .stating("2026-03-02", "2026-03-08")
        .row("appointments", appointment("stated", "middle", "2026-03-05T09:00", "booked"))
        .write();
  }

  @Test
  void aPeriodThatTheFileStatesIsReplacedWhole() {
    assertThat(appointments("stated"))
        .containsExactly(
            "after|booked|2026-03-09|false",
            "before|booked|2026-03-01|false",
            "first|deleted|2026-03-02|true",
            "last|deleted|2026-03-08|true",
            "middle|booked|2026-03-05|false");
  }

  private static String line(String location, String sale, String day, int ordinal, int gross) {
    return "location_id=%s sale_id=%s line_id=%s:%d sold_at=%sT10:00 kind=%s quantity=%d gross_amount=%d"
        .formatted(
            location,
            sale,
            day,
            ordinal,
            day,
            gross < 0 ? "retail" : "service",
            gross < 0 ? -1 : 1,
            gross);
  }

  private static List<String> lines(String location) {
    return results.rows(
        "SELECT sale_id, line_id, gross_amount::INTEGER, is_deleted FROM {silver/sale_lines}"
            + " WHERE location_id = '"
            + location
            + "' ORDER BY ALL");
  }

  private static void receipts(TestLake lake) {
    String replaced =
        lake.batch("till", Delivery.UPSERT)
            .byReceipt()
            .row("sale_lines", line("receipts", "R1", "2026-03-03", 1, 7))
            .row("sale_lines", line("receipts", "R1", "2026-03-03", 3, 7))
            .write();
    lake.batch("till", Delivery.UPSERT)
        .byReceipt()
        .row("sale_lines", line("receipts", "R1", "2026-03-03", 1, 300))
        .row("sale_lines", line("receipts", "R1", "2026-03-03", 2, 50))
        .row("sale_lines", line("receipts", "R2", "2026-03-03", 1, 10))
        .row("sale_lines", line("receipts", "R2", "2026-03-03", 2, 20))
        .row("sale_lines", line("receipts", "R3", "2026-03-03", 1, 30))
        .write();
    lake.batch("terminal", Delivery.UPSERT)
        .row("sale_lines", line("receipts", "R1", "2026-03-03", 9, 4))
        .write();
    // The receipt again with one line less, a refund of another day, and a line that is rejected.
    lake.batch("till", Delivery.UPSERT)
        .byReceipt()
        .row("sale_lines", line("receipts", "R1", "2026-03-03", 1, 50))
        .row("sale_lines", line("receipts", "R2", "2026-03-03", 1, 11))
        .rejected("sale_lines", "receipts", "receipts", "R2", "2026-03-03:2")
        .row("sale_lines", line("receipts", "R3", "2026-03-09", 1, -30))
        .write();
    // The first file is read again: it keeps its place and decides nothing.
    lake.batch("till", Delivery.UPSERT)
        .replacing(replaced, 1)
        .byReceipt()
        .row("sale_lines", line("receipts", "R1", "2026-03-03", 1, 8))
        .row("sale_lines", line("receipts", "R1", "2026-03-03", 3, 8))
        .write();
  }

  @Test
  void theNewestDeliveryOfAReceiptIsItWholeAndLinesThatVanishStayDeleted() {
    assertThat(lines("receipts"))
        .contains(
            "R1|2026-03-03:1|50|false",
            "R1|2026-03-03:2|50|true",
            "R1|2026-03-03:3|8|true",
            "R1|2026-03-03:9|4|false");
  }

  @Test
  void aRejectedLineOfAReceiptDoesNotVanish() {
    assertThat(lines("receipts")).contains("R2|2026-03-03:1|11|false", "R2|2026-03-03:2|20|false");
  }

  @Test
  void aRefundOfAnotherDayLeavesTheSaleAlone() {
    assertThat(lines("receipts")).contains("R3|2026-03-03:1|30|false", "R3|2026-03-09:1|-30|false");
  }

  private static void appendedReceipts(TestLake lake) {
    lake.batch("paper", Delivery.APPEND)
        .byReceipt()
        .row("sale_lines", line("appended", "R1", "2026-03-03", 1, 300))
        .write();
    lake.batch("paper", Delivery.APPEND)
        .byReceipt()
        .row("sale_lines", line("appended", "R1", "2026-03-03", 1, 50))
        .row("sale_lines", line("appended", "R1", "2026-03-03", 2, 60))
        .row("sale_lines", line("appended", "R2", "2026-03-03", 1, 20))
        .write();
  }

  @Test
  void ofAReceiptThatIsAppendedTwiceTheFirstStaysWhole() {
    assertThat(lines("appended"))
        .containsExactly("R1|2026-03-03:1|300|false", "R2|2026-03-03:1|20|false");
  }

  private static void references(TestLake lake) {
    lake.batch("workbook", Delivery.WHOLE)
        .row("services", "service_id=peel duration_minutes=30 turnover_minutes=5")
        .row("services", "service_id=wax duration_minutes=15 turnover_minutes=5")
        .row("rooms", "location_id=systems room_id=R1 kind=treatment")
        .write();
    lake.batch("old", Delivery.UPSERT)
        .row("services", "service_id=peel name=Peel list_price=80 duration_minutes=45")
        .row("services", "service_id=wax name=Wax list_price=40")
        .write();
    lake.batch("old", Delivery.UPSERT)
        .row("services", "service_id=peel name=Peel duration_minutes=50")
        .write();
    lake.batch("workbook", Delivery.WHOLE)
        .named("exports/reference-2026-06-02.xlsx!/Services")
        .row("services", "service_id=peel turnover_minutes=10 category=Facials")
        .row("services", "service_id=talk turnover_minutes=0")
        .write();
    // Found in a drawer: it was taken in later, and says what counted before.
    lake.batch("workbook", Delivery.WHOLE)
        .named("exports/reference-2026-05-31.xlsx!/Services")
        .row("services", "service_id=peel turnover_minutes=99 category=Older")
        .row("services", "service_id=wax turnover_minutes=99")
        .write();
  }

  @Test
  void ofAReferenceTableEachColumnIsOfTheLastSourceThatFillsIt() {
    // The older price of the menu is gone, since its newest row has none.
    assertThat(
            results.rows(
                "SELECT service_id, name, category, duration_minutes, turnover_minutes, list_price"
                    + " FROM {silver/services} WHERE service_id = 'peel'"))
        .containsExactly("peel|Peel|Facials|50|10|null");
  }

  @Test
  void aRowThatAWholeDeliveryLacksIsNoLongerOfItsSource() {
    assertThat(
            results.rows(
                "SELECT service_id, duration_minutes, turnover_minutes, list_price::INTEGER"
                    + " FROM {silver/services} WHERE service_id = 'wax'"))
        .containsExactly("wax|null|null|40");
  }

  @Test
  void whomNoSourceGivesANameIsCalledByTheId() {
    assertThat(results.rows("SELECT service_id, name FROM {silver/services} ORDER BY ALL"))
        .containsExactly("peel|Peel", "talk|talk", "wax|Wax");
    assertThat(results.rows("SELECT room_id, name FROM {silver/rooms}")).containsExactly("R1|R1");
  }

  @Test
  void aTableThatAWholeDeliveryDoesNotHaveStaysAsItWas() {
    assertThat(results.rows("SELECT room_id, kind FROM {silver/rooms}"))
        .containsExactly("R1|treatment");
  }

  @Test
  void everyTableIsWrittenEvenWithoutRows() {
    for (String table : medspa.warehouse.contract.TableContracts.load().names()) {
      assertThat(
              results.rows(
                  "SELECT count(*) FROM (DESCRIBE SELECT practice_id, is_deleted,"
                      + " source_file_id, source_line FROM {silver/"
                      + table
                      + "})"))
          .containsExactly("4");
    }
    assertThat(
            results.rows(
                "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {silver/timecards})"))
        .containsExactly(
            "practice_id|VARCHAR",
            "timecard_id|VARCHAR",
            "location_id|VARCHAR",
            "provider_id|VARCHAR",
            "clock_in_at|TIMESTAMP WITH TIME ZONE",
            "clock_out_at|TIMESTAMP WITH TIME ZONE",
            "local_date|DATE",
            "is_deleted|BOOLEAN",
            "source_file_id|VARCHAR",
            "source_line|BIGINT");
  }
}
