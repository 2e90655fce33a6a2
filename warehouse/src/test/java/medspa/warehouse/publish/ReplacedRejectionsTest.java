package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.Period;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;
import medspa.warehouse.lake.LakeJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rejected rows without a key, which a later delivery of their days replaces. */
class ReplacedRejectionsTest {
  private static final String OLD_ROWS =
      "(5, 'quantity_zero', 'austin', DATE '2026-03-03', 30), (6, 'not_a_instant', 'austin', NULL, 7),"
          + " (7, 'after_delivery', 'austin', DATE '2026-03-04', 8),"
          + " (8, 'quantity_zero', 'dallas', DATE '2026-03-03', 9),"
          + " (9, 'quantity_zero', 'austin', DATE '2026-03-09', 1)";

  private static final Optional<Period> NO_PERIOD = Optional.empty();

  /** What a file's name or title states. */
  private static final Optional<Period> FIRST_TO_NINTH =
      Optional.of(new Period(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 9)));

  @RegisterExtension private final LakeFixture lake = new LakeFixture();

  /** A delivery of lines of 1 to 9 March, and the rows of it that were rejected. */
  private void deliver(
      long sequence, String source, Delivery delivery, String rejected, Window... windows)
      throws Exception {
    deliver(sequence, source, delivery, NO_PERIOD, rejected, windows);
  }

  private void deliver(
      long sequence,
      String source,
      Delivery delivery,
      Optional<Period> period,
      String rejected,
      Window... windows)
      throws Exception {
    String id = "f" + sequence;
    LakeJson.replace(
        lake.lake.batch(id).resolve("batch.json"),
        new Batch(
            sequence,
            sequence,
            id,
            source,
            "glow",
            "exports/" + id + ".csv",
            "sha",
            "inputs",
            Optional.empty(),
            "medspa",
            delivery,
            Instant.parse("2026-04-01T08:00:00Z").plusSeconds(sequence),
            0,
            List.of(new TableCounts("sale_lines", 29, 20, 0, 0, 9, List.of(windows))),
            Optional.empty(),
            period));
    String rows =
        "(SELECT 'sale_lines' AS table_name, source_line::BIGINT AS source_line, 'sold_at' AS"
            + " column_name, reason, location_id, CAST(date AS DATE) AS local_date, 'service' AS kind,"
            + " CAST(amount AS DECIMAL(18,4)) AS amount, CAST(NULL AS VARCHAR) AS row_key FROM (VALUES "
            + rejected
            + ") t (source_line, reason, location_id, date, amount))";
    lake.execute("COPY " + rows + " TO '" + lake.lake.rejectedAmounts(id) + "' (FORMAT parquet)");
    lake.execute(
        "COPY (SELECT table_name, source_line, column_name, reason FROM "
            + rows
            + ") TO '"
            + lake.lake.rejectedRows(id)
            + "' (FORMAT parquet)");
  }

  private static Window days(String location, int first, int last) {
    return new Window(location, LocalDate.of(2026, 3, first), LocalDate.of(2026, 3, last));
  }

  /** File and line of each row that is still missing. */
  private List<String> missing(long sequence) throws Exception {
    lake.location("glow", "austin", "TX").location("glow", "dallas", "TX");
    lake.reading("rejected_amounts").bronzeSequence(sequence).write().publish();
    return lake.query("SELECT source_file_id, source_line FROM rejected_amounts ORDER BY ALL");
  }

  @Test
  void aDeliveryOfItsDayReplacesARejectedRow() throws Exception {
    deliver(1, "till", Delivery.WINDOW, OLD_ROWS, days("austin", 1, 9), days("dallas", 1, 9));
    deliver(
        2,
        "till",
        Delivery.WINDOW,
        "(4, 'quantity_zero', 'austin', DATE '2026-03-02', 5)",
        days("austin", 1, 7));
    assertThat(missing(2))
        .as("of what the second tells, its own; not Dallas, the 9th, and what has no day")
        .containsExactly("f1|6", "f1|7", "f1|8", "f1|9", "f2|4");
  }

  @Test
  void aRowWithoutADayIsReplacedWithThePeriodThatItsFileStates() throws Exception {
    deliver(
        1,
        "till",
        Delivery.WINDOW,
        FIRST_TO_NINTH,
        OLD_ROWS + ", (10, 'wrong_number_of_fields', NULL, NULL, NULL)",
        days("austin", 1, 8),
        days("dallas", 2, 9));
    deliver(
        2,
        "till",
        Delivery.WINDOW,
        "(4, 'quantity_zero', 'austin', NULL, 5)",
        days("austin", 1, 10));
    deliver(
        3,
        "till",
        Delivery.WINDOW,
        "(3, 'quantity_zero', 'dallas', NULL, 6)",
        days("austin", 1, 9),
        days("dallas", 1, 10));
    assertThat(missing(3))
        .as("the second told of 10 March at Austin, the third did not")
        .containsExactly("f2|4", "f3|3");
  }

  @Test
  void aRowWithoutADayStaysWhereItsFileStatesNoPeriod() throws Exception {
    deliver(
        1,
        "till",
        Delivery.WINDOW,
        "(5, 'not_a_instant', 'austin', NULL, 7), (6, 'after_delivery', 'austin', DATE '2026-03-04', 8),"
            + " (7, 'payout_far_from_payment', 'austin', DATE '2026-03-04', 8),"
            + " (8, 'date_out_of_range', 'austin', DATE '2026-03-04', 8),"
            + " (9, 'quantity_zero', 'austin', DATE '2026-03-04', 8),"
            + " (10, 'wrong_number_of_fields', NULL, NULL, NULL)",
        days("austin", 1, 9));
    deliver(
        2,
        "till",
        Delivery.WINDOW,
        FIRST_TO_NINTH,
        "(4, 'quantity_zero', 'austin', DATE '2026-03-02', 5)",
        days("austin", 1, 9));
    assertThat(missing(2))
        .as("they may be of the 15th; one of the 4th that is believed is gone")
        .containsExactly("f1|5", "f1|6", "f1|7", "f1|8", "f1|10", "f2|4");
  }

  @Test
  void aRowOfAPlaceOfWhichTheLaterDeliveryDoesNotTellStays() throws Exception {
    deliver(
        1,
        "till",
        Delivery.WINDOW,
        FIRST_TO_NINTH,
        "(5, 'unknown_location', NULL, DATE '2026-03-03', 99), (6, 'not_a_instant', 'dallas', NULL, 9),"
            + " (7, 'not_a_instant', 'austin', NULL, 7)",
        days("austin", 1, 9));
    deliver(
        2,
        "till",
        Delivery.WINDOW,
        "(4, 'quantity_zero', 'austin', DATE '2026-03-02', 5)",
        days("austin", 1, 9));
    assertThat(missing(2)).containsExactly("f1|5", "f1|6", "f2|4");
  }

  @Test
  void aDeliveryThatNeedNotBeCompleteReplacesNoRow() throws Exception {
    deliver(1, "till", Delivery.UPSERT, OLD_ROWS, days("austin", 1, 9));
    deliver(
        2,
        "till",
        Delivery.UPSERT,
        "(4, 'quantity_zero', 'dallas', DATE '2026-03-08', 5)",
        days("austin", 1, 9));
    deliver(
        3,
        "other till",
        Delivery.WINDOW,
        "(3, 'quantity_zero', 'dallas', DATE '2026-03-07', 6)",
        days("austin", 1, 9));
    assertThat(missing(3)).containsExactly("f1|5", "f1|6", "f1|7", "f1|8", "f1|9", "f2|4", "f3|3");
  }
}
