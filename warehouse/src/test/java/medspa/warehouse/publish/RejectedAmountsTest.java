package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.LakeJson;
import medspa.warehouse.lake.RefusedFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Money of rejected rows, which is in no number and vanishes from none without a word. */
class RejectedAmountsTest {
  @RegisterExtension private final LakeFixture lake = new LakeFixture();

  @BeforeEach
  void aPracticeWhoseFilesOverlap() throws Exception {
    lake.reading(
        "rejected_amounts",
        "revenue_bridge_daily",
        "revenue_bridge_monthly",
        "revenue_bridge_weekly",
        "journal_daily",
        "untold_weeks");
    lake.location("glow", "austin", "TX").location("glow", "dallas", "TX");
    // Of a receipt that was sold on 31 March one line is told.
    lake.rows(
        "silver/sale_lines",
        "practice_id, location_id, sale_id, line_id, kind, quantity, net_amount, tax_amount,"
            + " local_date, is_deleted, source_file_id, source_line",
        "'glow', 'austin', 'S1', '1', 'service', 1, 50, 0, DATE '2026-03-31', false, 'new', 2");
    lake.provider("glow", "austin", "ann", LakeFixture.LAST_WEEK, "net_service", "50");
    file(
        1,
        "old",
        "2026-04-01T08:00:00Z",
        "sale_lines",
        // As an earlier build wrote it, which kept neither column nor reason beside the money.
        "EXCLUDE (column_name, reason)",
        "5, 'austin', DATE '2026-03-31', 'service', 120.5, 'key S2'",
        "6, NULL, NULL, 'service', NULL, NULL",
        "6, NULL, NULL, 'retail', 5, NULL");
    file(
        2,
        "new",
        "2026-04-06T08:00:00Z",
        "sale_lines",
        "",
        // The same line once more, and two without a key that are alike.
        "7, 'austin', DATE '2026-03-31', 'service', 120.5, 'key S2'",
        "8, 'austin', DATE '2026-04-01', 'retail', 30, NULL",
        "9, 'austin', DATE '2026-04-01', 'retail', 30, NULL",
        // Another delivery told this one.
        "10, 'austin', DATE '2026-03-31', 'service', 50, sha256('glow' || chr(31) || 'austin' ||"
            + " chr(31) || 'S1' || chr(31) || '1')",
        // All that arrived of another location.
        "11, 'dallas', DATE '2026-03-24', 'service', 99, 'key S9'");
    file(
        3,
        "tenders",
        "2026-04-06T09:00:00Z",
        "payments",
        "REPLACE (IF(kind IS NULL, 'tender', 'amount') AS column_name,"
            + " IF(kind IS NULL, 'unknown_word', 'not_a_number') AS reason)",
        // One line of the export is several payments, and two of them are alike.
        "4, 'austin', DATE '2026-03-31', NULL, 80, 'key P1:card'",
        "4, 'austin', DATE '2026-03-31', 'gift_card', 20, 'key P1:gift_card'",
        "5, 'austin', DATE '2026-04-01', 'card', 1, NULL",
        "5, 'austin', DATE '2026-04-01', 'card', 1, NULL");
    lake.bronzeSequence(3).write().publish();
  }

  /** What a location was paid by card on a day, in a publication of its own. */
  private void paid(String location, String amount, String day) throws Exception {
    lake.rows(
            "silver/payments",
            "practice_id, location_id, payment_id, sale_id, tender, amount, local_date, is_deleted,"
                + " source_file_id, source_line",
            "'glow', '%s', 'P9', 'S9', 'card', %s, DATE '%s', false, 'new', 3"
                .formatted(location, amount, day))
        .write()
        .publish();
  }

  @Test
  void whatWasPaidWhereEverySaleWasRejectedIsNotBookedAsWithoutAReceipt() throws Exception {
    paid("dallas", "99", "2026-03-24");
    assertThat(
            lake.query(
                "SELECT date, cash_collected, paid_without_receipt, billed, rejected_sales FROM"
                    + " revenue_bridge_daily WHERE location_id = 'dallas'"))
        .as("the export held its sale")
        .containsExactly("2026-03-24|99.0000|null|null|99.0000");
    assertThat(lake.query("SELECT * FROM journal_daily WHERE location_id = 'dallas'")).isEmpty();
    assertThat(
            lake.query(
                "SELECT week_start, table_name FROM untold_weeks WHERE location_id = 'dallas' ORDER BY"
                    + " ALL"))
        .containsExactly("2026-03-23|sale_lines", "2026-03-30|payments", "2026-03-30|sale_lines");
  }

  @Test
  void aLocationWhoseSalesWereAllOfAnUnknownLocationIsNotOneWithoutSales() throws Exception {
    lake.location("glow", "waco", "TX");
    paid("waco", "80", "2026-03-31");
    String entry = "SELECT account FROM journal_daily WHERE location_id = 'waco' ORDER BY ALL";
    assertThat(lake.query(entry)).containsExactly("card_clearing", "unapplied_payments");

    file(
        4,
        "unknown",
        "2026-04-06T09:00:00Z",
        "sale_lines",
        "REPLACE ('location_id' AS column_name, 'unknown_location' AS reason)",
        "12, NULL, DATE '2026-04-02', 'service', 80, 'key S9'");
    lake.bronzeSequence(4).write().publish();
    assertThat(lake.query(entry)).as("its sales may be these").isEmpty();
    assertThat(
            lake.query(
                "SELECT week_start, table_name FROM untold_weeks WHERE location_id = 'waco'"))
        .containsExactly("2026-03-30|sale_lines");

    lake.rows(
            "silver/payments",
            "practice_id, location_id, payment_id, sale_id, tender, amount, local_date, is_deleted,"
                + " source_file_id, source_line",
            "'glow', 'waco', 'P8', 'S8', 'card', 5, DATE '2026-03-24', false, 'new', 3")
        .write()
        .publish();
    assertThat(lake.query(entry))
        .as("it was paid in a week in which none were rejected so")
        .contains("unapplied_payments");
  }

  @Test
  void whatWasPaidWhereTheSalesFileWasRefusedIsNotBookedAsWithoutAReceipt() throws Exception {
    lake.location("glow", "waco", "TX").expect("till", "glow", null);
    paid("waco", "80", "2026-03-31");
    String entry = "SELECT account, debit, credit FROM journal_daily WHERE location_id = 'waco'";
    assertThat(lake.query(entry + " ORDER BY position"))
        .as("nobody exports its sales")
        .containsExactly("card_clearing|80.00|null", "unapplied_payments|null|80.00");
    RefusedFile.write(
        lake.lake,
        List.of(
            new RefusedFile(
                "till",
                "glow",
                "exports/waco.csv",
                Optional.empty(),
                Optional.empty(),
                "The last line is cut off.",
                "Export it again.")));
    lake.write().publish();
    assertThat(lake.query(entry)).as("its sales may be in the file").isEmpty();
    assertThat(
            lake.query(
                "SELECT week_start, table_name FROM untold_weeks WHERE location_id = 'waco'"))
        .containsExactly("2026-03-30|sale_lines");
  }

  @Test
  void aWeekBeforeTheOpeningWhoseSalesWereRejectedIsNotZero() throws Exception {
    lake.openedOn("waco", LakeFixture.LAST_WEEK).location("glow", "waco", "TX");
    file(
        4,
        "waco",
        "2026-04-06T10:00:00Z",
        "sale_lines",
        "",
        "2, 'waco', DATE '2026-03-24', 'deposit', 70, 'key S7'");
    lake.bronzeSequence(4);
    paid("waco", "70", "2026-03-24");
    assertThat(
            lake.query(
                "SELECT week_start, paid_without_receipt, billed, rejected_sales FROM"
                    + " revenue_bridge_weekly WHERE location_id = 'waco'"))
        .containsExactly("2026-03-23|null|null|70.0000");
    assertThat(lake.query("SELECT * FROM journal_daily WHERE location_id = 'waco'")).isEmpty();
  }

  /**
   * A batch whose rows are all rejected.
   *
   * @param columns what its money has instead of the usual columns, as of a star of a SELECT
   */
  private void file(
      long sequence, String id, String ingestedAt, String table, String columns, String... rows)
      throws Exception {
    LakeJson.replace(
        lake.lake.batch(id).resolve("batch.json"),
        new Batch(
            sequence,
            sequence,
            id,
            "till",
            "glow",
            "exports/" + id + ".csv",
            "sha",
            "inputs",
            Optional.empty(),
            "medspa",
            Delivery.UPSERT,
            Instant.parse(ingestedAt),
            2,
            List.of(new TableCounts(table, 9 + rows.length, 9, 0, 0, rows.length, List.of())),
            Optional.empty(),
            Optional.empty()));
    String values = "(" + String.join("), (", rows) + ")";
    lake.execute(
        "CREATE OR REPLACE TEMP TABLE rejected AS SELECT * "
            + columns
            + " FROM (SELECT '"
            + table
            + "' AS table_name, source_line::BIGINT AS source_line, 'quantity' AS column_name,"
            + " 'quantity_zero' AS reason, location_id,"
            + " CAST(local_date AS DATE) AS local_date, kind, CAST(amount AS DECIMAL(18,4)) AS"
            + " amount, CAST(row_key AS VARCHAR) AS row_key FROM (VALUES "
            + values
            + ") t (source_line, location_id, local_date, kind, amount, row_key))");
    lake.execute("COPY rejected TO '" + lake.lake.rejectedAmounts(id) + "' (FORMAT parquet)");
    lake.execute(
        "COPY (SELECT table_name, source_line, "
            + (columns.startsWith("EXCLUDE")
                ? "'quantity' AS column_name, 'quantity_zero' AS reason"
                : "column_name, reason")
            + " FROM rejected) TO '"
            + lake.lake.rejectedRows(id)
            + "' (FORMAT parquet)");
  }

  @Test
  void aRowThatComesInSeveralFilesIsListedOnceWithItsMoney() throws Exception {
    assertThat(
            lake.query(
                "SELECT source_file_id, source_line, location_id, date, kind, amount, reason,"
                    + " is_told_otherwise FROM rejected_amounts WHERE table_name = 'sale_lines' ORDER BY ALL"))
        .containsExactly(
            "new|7|austin|2026-03-31|service|120.5000|quantity_zero|false",
            "new|8|austin|2026-04-01|retail|30.0000|quantity_zero|false",
            "new|9|austin|2026-04-01|retail|30.0000|quantity_zero|false",
            "new|10|austin|2026-03-31|service|50.0000|quantity_zero|true",
            "new|11|dallas|2026-03-24|service|99.0000|quantity_zero|false",
            "old|6|null|null|retail|5.0000|quantity_zero|false",
            "old|6|null|null|service|null|quantity_zero|false");
  }

  @Test
  void everyRowOfALineCountsOnceWithItsOwnReason() throws Exception {
    assertThat(
            lake.query(
                "SELECT source_line, row_in_line, column_name, reason, kind, amount FROM"
                    + " rejected_amounts WHERE table_name = 'payments' ORDER BY ALL"))
        .containsExactly(
            "4|1|amount|not_a_number|gift_card|20.0000",
            "4|2|tender|unknown_word|null|80.0000",
            "5|1|amount|not_a_number|card|1.0000",
            "5|2|amount|not_a_number|card|1.0000");
    assertThat(
            lake.query(
                "SELECT date, rejected_payments FROM revenue_bridge_daily WHERE rejected_payments <>"
                    + " 0"))
        .as("the bridge has each day's")
        .containsExactly("2026-03-31|100.0000", "2026-04-01|2.0000");
  }

  @Test
  void theBridgeNamesWhatIsMissingInItsOtherColumns() throws Exception {
    assertThat(
            lake.query(
                "SELECT week_start, billed, recognised_revenue, rejected_sales, rejected_payments FROM"
                    + " revenue_bridge_weekly WHERE location_id = 'austin'"))
        .containsExactly("2026-03-30|50.0000|50.0000|180.5000|102.0000");
  }

  @Test
  void aPeriodOfWhichEveryRowWasRejectedHasARow() throws Exception {
    assertThat(
            lake.query(
                "SELECT location_id, date, billed, rejected_sales, rejected_payments FROM"
                    + " revenue_bridge_daily ORDER BY ALL"))
        .as("something was sold at Austin in the week of 1 April, and nothing is known of Dallas")
        .containsExactly(
            "austin|2026-03-31|50.0000|120.5000|100.0000",
            "austin|2026-04-01|0.0000|60.0000|2.0000",
            "dallas|2026-03-24|null|99.0000|0.0000");
    assertThat(
            lake.query(
                "SELECT location_id, week_start, billed, rejected_sales FROM revenue_bridge_weekly"
                    + " ORDER BY ALL"))
        .containsExactly("austin|2026-03-30|50.0000|180.5000", "dallas|2026-03-23|null|99.0000");
    assertThat(
            lake.query(
                "SELECT location_id, period_start, billed, rejected_sales, rejected_payments FROM"
                    + " revenue_bridge_monthly WHERE calendar = 'month' ORDER BY ALL"))
        .containsExactly(
            "austin|2026-03-01|50.0000|120.5000|100.0000",
            "austin|2026-04-01|0.0000|60.0000|2.0000",
            "dallas|2026-03-01|null|99.0000|0.0000");
  }
}
