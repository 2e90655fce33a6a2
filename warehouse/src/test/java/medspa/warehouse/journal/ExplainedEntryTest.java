package medspa.warehouse.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.lake.Sha256;
import medspa.warehouse.query.QueryFormat;
import medspa.warehouse.query.WarehouseQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainedEntryTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 31);
  private static final String PLACE = Sha256.of("waco");
  private static final String NUMBER = "J260331-" + PLACE.substring(0, 8);

  /** Two weeks, the second of which is not told. */
  private static final String TOTAL = "T260330-260412-" + PLACE.substring(0, 6);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void aDayWithAPaymentAndGoods() throws Exception {
    file = directory.resolve("medspa.duckdb");
    execute(
        "CREATE TABLE locations AS SELECT 'glow' AS practice_id, 'waco' AS location_id, 'Waco' AS"
            + " name",
        "CREATE TABLE dates AS SELECT CAST(d AS DATE) AS date, CAST(date_trunc('week', d) AS DATE)"
            + " AS week_start FROM range(DATE '2026-03-30', DATE '2026-04-13', INTERVAL 1 DAY) t (d)",
        "CREATE TABLE untold_weeks AS SELECT 'glow' AS practice_id, 'waco' AS location_id, DATE"
            + " '2026-04-06' AS week_start, 'payments' AS table_name",
        "CREATE TABLE ingest_files AS SELECT 'f' AS source_file_id, unnest(['payments',"
            + " 'stock_movements', 'sale_lines']) AS table_name, 'exports/march.csv' AS file_name",
        "CREATE TABLE payments AS SELECT 'glow' AS practice_id, 'waco' AS location_id, 'p1' AS"
            + " payment_id, 's1' AS sale_id, 'cash' AS tender, DATE '2026-03-31' AS local_date,"
            + " 8::DECIMAL(18,4) AS amount, 'f' AS source_file_id, 2 AS source_line",
        "CREATE TABLE sale_lines AS SELECT 'glow' AS practice_id, 'waco' AS location_id, 's2' AS"
            + " sale_id, '1' AS line_id, 'service' AS kind, DATE '2026-04-07' AS local_date,"
            + " 173::DECIMAL(18,4) AS net_amount, 0::DECIMAL(18,4) AS tax_amount, 'f' AS"
            + " source_file_id, 3 AS source_line",
        "CREATE TABLE stock_movements AS SELECT 'glow' AS practice_id, 'waco' AS location_id, 'm1'"
            + " AS movement_id, 'b' AS product_id, 'usage' AS kind, DATE '2026-03-31' AS local_date,"
            + " -1::DECIMAL(18,4) AS quantity, 1.0049512822::DECIMAL(38,10) AS unit_cost, 'f' AS"
            + " source_file_id, 4 AS source_line",
        "CREATE TABLE stock_ledger AS SELECT 'glow' AS practice_id, 'waco' AS location_id, 'b' AS"
            + " product_id, DATE '2026-03-31' AS date, false AS is_consignment,"
            + " 1.0049512822::DECIMAL(38,10) AS unit_cost, 0 AS shrinkage_cost, 0 AS"
            + " book_before_count",
        "CREATE TABLE stock_counts (practice_id VARCHAR, location_id VARCHAR, product_id VARCHAR,"
            + " local_date DATE, counted_at TIMESTAMP, lot VARCHAR, count_id VARCHAR, source_file_id"
            + " VARCHAR, source_line INTEGER)",
        "CREATE TABLE journal_daily AS SELECT 'glow' AS practice_id, 'waco' AS location_id, DATE"
            + " '2026-03-31' AS date, position, account, 'Memo' AS memo, debit::DECIMAL(38,2) AS"
            + " debit, credit::DECIMAL(38,2) AS credit FROM (VALUES (1, 'cash', 8, NULL), (11,"
            + " 'unapplied_payments', NULL, 8), (21, 'cost_of_goods', 1.01, NULL), (22, 'inventory',"
            + " NULL, 1.01)) t (position, account, debit, credit)");
  }

  private void execute(String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private record Seen(
      List<String> rows,
      List<ExplainedEntry.Gap> gaps,
      List<ExplainedEntry.Change> changes,
      List<String> untold) {}

  private Seen explain(String number, List<ExportedEntry> exported) {
    try (WarehouseQuery warehouse =
        WarehouseQuery.open(file, new WarehouseQuery.Limits("1GB", 1, Duration.ofMinutes(1)))) {
      ExplainedEntry entry = ExplainedEntry.of(warehouse, "glow", number, exported).orElseThrow();
      StringBuilder csv = new StringBuilder();
      entry.write(warehouse, QueryFormat.CSV, csv);
      return new Seen(
          csv.toString().lines().toList(),
          entry.gaps(warehouse),
          entry.changes(warehouse),
          entry.untold(warehouse));
    }
  }

  @Test
  void aLineThatWasRoundedTwiceIsNoGapAndAWholeCentIs() throws Exception {
    // 1.00495… is 1.0050 in ten-thousandths, and that 1.01.
    assertThat(explain(NUMBER, List.of()))
        .satisfies(
            seen -> {
              assertThat(seen.gaps()).isEmpty();
              assertThat(seen.changes()).isEmpty();
              assertThat(seen.rows())
                  .contains(
                      "cash,Memo,8.00,8.0000,paid by cash on receipt s1,payments,p1,2026-03-31,"
                          + "exports/march.csv,2");
            });
    execute("UPDATE journal_daily SET debit = 1.02 WHERE position = 21");
    assertThat(explain(NUMBER, List.of()).gaps())
        .extracting(ExplainedEntry.Gap::account)
        .containsExactly("cost_of_goods");
  }

  @Test
  void aWeekThatIsNotToldIsInNoRowAndNamed() {
    assertThat(explain(TOTAL, List.of()))
        .satisfies(
            seen -> {
              assertThat(seen.gaps()).isEmpty();
              assertThat(seen.rows()).hasSize(5).noneMatch(row -> row.contains("s2"));
              assertThat(seen.untold())
                  .containsExactly("Waco (payments of the week of 2026-04-06)");
            });
    assertThat(explain("J260407-" + PLACE.substring(0, 8), List.of()))
        .satisfies(
            seen -> {
              assertThat(seen.rows()).as("the head alone").hasSizeLessThan(2);
              assertThat(seen.untold()).hasSize(1);
            });
  }

  @Test
  void aRecordedEntryShowsWhatItHadWhatTheRowsSayAndTheDifference() {
    ExportedEntry recorded =
        new ExportedEntry(entry(NUMBER, Optional.empty(), "6.00"), Instant.EPOCH);
    String adjusting = "A260331-1-" + PLACE.substring(0, 8);
    ExportedEntry adjusted =
        new ExportedEntry(entry(adjusting, Optional.of(NUMBER), "0.50"), Instant.EPOCH);
    for (String number : List.of(NUMBER, adjusting)) {
      Seen seen = explain(number, List.of(recorded, adjusted));
      assertThat(seen.rows().get(0)).startsWith("account,memo,line_amount,amount_now,difference,");
      assertThat(seen.rows())
          .anyMatch(row -> row.startsWith("cash,Recorded,6.00,8.00,2.00,8.0000,paid by cash"))
          .as("a line without a row now")
          .anyMatch(row -> row.startsWith("fee_revenue,Recorded,-6.00,0.00,6.00,,"));
      assertThat(seen.changes().get(0))
          .isEqualTo(
              new ExplainedEntry.Change(
                  "cash", new BigDecimal("6.00"), new BigDecimal("0.50"), new BigDecimal("8.00")))
          .satisfies(change -> assertThat(change.open()).isEqualTo(new BigDecimal("1.50")));
    }
  }

  private static JournalEntry entry(String number, Optional<String> adjusts, String amount) {
    BigDecimal cash = new BigDecimal(amount);
    return new JournalEntry(
        number,
        adjusts,
        "waco",
        DAY,
        DAY,
        DAY,
        List.of(
            new JournalEntry.Line(1, "cash", "Recorded", cash),
            new JournalEntry.Line(14, "fee_revenue", "Recorded", cash.negate())));
  }
}
