package medspa.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.pipelines.judge.KpiJudge;
import medspa.warehouse.relation.Relations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the page for finance promises, on a small market: its forty questions, the books, the file.
 */
@Tag("full")
class FinanceTest {
  private static final Pattern QUESTION =
      Pattern.compile("\\*\\*(\\d+)\\. (.*?)\\*\\*.*?```sql\n(.*?)```", Pattern.DOTALL);

  @TempDir static Path directory;
  private static Path workspace;
  private static Connection files;

  @AfterAll
  static void close() throws SQLException {
    if (files != null) {
      files.close();
    }
  }

  @BeforeAll
  static void publish() throws IOException {
    workspace = directory.resolve("tiny");
    String place = workspace.toString();
    done("demo", place, "--size", "TINY", "--seed", "3", "--until", "2026-04-13", "--exports-only");
    replace("{name: Service revenue, code: 4010}", "{name: 'Income:Treatments', code: 4010}");
    done("ingest", "-w", place);
    done("compute", "-w", place, "--as-of", "2026-04-13");
    done("publish", "-w", place);
  }

  /** Changes a line of the configuration. */
  private static void replace(String text, String by) throws IOException {
    Path file = workspace.resolve("medspa.yaml");
    String yaml = Files.readString(file);
    assertThat(yaml).contains(text);
    Files.writeString(file, yaml.replace(text, by));
  }

  private static CommandRun done(String... command) {
    CommandRun run = CommandRun.of(command);
    assertThat(run.exit()).as(String.join(" ", command) + "\n" + run.err()).isZero();
    return run;
  }

  private static List<String> query(String sql) {
    return done("query", "-w", workspace.toString(), "--format", "csv", sql)
        .out()
        .lines()
        .skip(1)
        .toList();
  }

  /** Where nothing was restated or recorded there is nothing to tell. */
  private static final Set<String> MAY_BE_EMPTY = Set.of("36", "37");

  /** The statement of each question of the page, by its number. */
  private static Map<String, String> questions() throws IOException {
    Map<String, String> statements = new LinkedHashMap<>();
    Matcher questions = QUESTION.matcher(Files.readString(Path.of("../docs/finance.md")));
    while (questions.find()) {
      statements.put(questions.group(1), questions.group(3));
    }
    return statements;
  }

  @TestFactory
  Stream<DynamicTest> eachQuestionOfThePageHasAnAnswer() throws IOException {
    Map<String, String> questions = questions();
    assertThat(questions).hasSize(40);
    return questions.entrySet().stream()
        .map(
            question ->
                DynamicTest.dynamicTest(
                    "question " + question.getKey(),
                    () -> {
                      List<String> rows = query(question.getValue());
                      assertThat(MAY_BE_EMPTY.contains(question.getKey()) || !rows.isEmpty())
                          .isTrue();
                    }));
  }

  /**
   * Beside a question in {@code finance/<number>.sql} stand sums of its answer, and the same sums
   * of the rows in the CSV files, which neither ingestion nor the warehouse has seen.
   */
  @TestFactory
  Stream<DynamicTest> theAnswersAreSumsOfTheRowsInTheFiles() throws Exception {
    Map<String, String> questions = questions();
    String places = inTheBuiltInFormat();
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, String> question : questions.entrySet()) {
      Path file = Path.of("src/test/resources/finance", question.getKey() + ".sql");
      if (Files.exists(file)) {
        String[] sums = Files.readString(file).split("-- from the files\n", -1);
        tests.add(
            DynamicTest.dynamicTest(
                "question " + question.getKey(),
                () -> {
                  List<String> fromFiles = plain(fromFiles(sums[1]));
                  assertThat(fromFiles).isNotEmpty();
                  assertThat(
                          plain(
                              query(
                                  "WITH answer AS ("
                                      + question.getValue()
                                      + ")\n"
                                      + sums[0].replace("${places}", places))))
                      .containsExactlyInAnyOrderElementsOf(fromFiles);
                }));
      }
    }
    assertThat(tests).hasSizeGreaterThan(20);
    return tests.stream();
  }

  /** Numbers without the zeros at their end, and no quotes. */
  private static List<String> plain(List<String> rows) {
    return rows.stream()
        .map(
            row ->
                Stream.of(row.split(",", -1))
                    .map(cell -> cell.replace("\"", ""))
                    .map(
                        cell ->
                            cell.matches("-?\\d+(\\.\\d+)?")
                                ? new BigDecimal(cell).stripTrailingZeros().toPlainString()
                                : cell)
                    .collect(Collectors.joining(",")))
        .toList();
  }

  @Test
  void cashSalesAndRevenueOfAllWeeksAreThoseOfTheRows() {
    // Sums of whole tables, which the bridge forms by receipt and week.
    assertThat(
            query(
                """
                WITH last AS (SELECT last_week_start + 7 AS ends FROM runs)
                SELECT
                  (SELECT sum(recognised_revenue) FROM revenue_bridge_weekly)
                    - (SELECT sum(net_amount) FROM sale_lines, last
                       WHERE kind IN ('service', 'retail', 'fee') AND local_date < ends),
                  (SELECT sum(billed) FROM revenue_bridge_weekly)
                    - (SELECT sum(net_amount + tax_amount) FROM sale_lines, last
                       WHERE local_date < ends),
                  (SELECT sum(cash_collected + redeemed_gift_card + redeemed_package
                      + redeemed_membership + redeemed_account_credit)
                     FROM revenue_bridge_weekly WHERE cash_collected IS NOT NULL)
                    - (SELECT sum(amount) FROM payments, last WHERE local_date < ends),
                  (SELECT count(*) FROM revenue_bridge_weekly WHERE unpaid_at_week_end <> 0) > 0,
                  (SELECT count(*) FROM revenue_bridge_weekly WHERE paid_without_receipt <> 0) > 0
                """))
        .containsExactly("0.0000,0.0000,0.0000,true,true");
  }

  @Test
  void moneyGoesToTheBankAsTheFilesTell() throws SQLException {
    List<String> expected = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                WITH files AS (
                  SELECT *, row_number() OVER (
                      PARTITION BY location_id, payment_id ORDER BY filename[-14:] DESC) AS nth
                  FROM read_csv('%s/exports/*/payments-*.csv', all_varchar = true, filename = true)
                ), payments AS (
                  SELECT location_id, tender, CAST(amount AS DECIMAL(18,2)) AS amount,
                    coalesce(CAST(fee_amount AS DECIMAL(18,2)), 0) AS fee, payout_id
                  FROM files
                  WHERE nth = 1 AND tender IN ('card', 'financing')
                )
                SELECT location_id, tender, count(*), sum(amount), sum(fee),
                  sum(amount - fee) FILTER (payout_id IS NOT NULL),
                  coalesce(sum(amount - fee) FILTER (payout_id IS NULL), 0)
                FROM payments
                GROUP BY ALL
                ORDER BY ALL
                """
                    .formatted(workspace))) {
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (int column = 1; column <= 7; column++) {
          cells.add(rows.getString(column));
        }
        expected.add(String.join(",", cells));
      }
    }
    assertThat(expected).hasSizeGreaterThan(8);
    assertThat(
            query(
                """
                SELECT location_id, tender, sum(payments), CAST(sum(collected) AS DECIMAL(18,2)),
                  CAST(sum(fees) AS DECIMAL(18,2)), CAST(sum(deposited) AS DECIMAL(18,2)),
                  CAST(sum(in_transit) AS DECIMAL(18,2))
                FROM bank_daily
                WHERE practice_id IN (SELECT practice_id FROM payouts)
                GROUP BY ALL
                ORDER BY ALL
                """))
        .containsExactlyElementsOf(expected);
    assertThat(
            query(
                """
                SELECT state, count(*) > 3, min(difference), max(difference)
                FROM payout_reconciliation GROUP BY ALL ORDER BY ALL
                """))
        .containsExactly("differs,true,-15.0000,-15.0000", "matched,true,0.0000,0.0000");
  }

  @Test
  void membersOfTheLastMonthAreThoseOfTheNewestFiles() throws SQLException {
    List<String> expected = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                WITH newest AS (
                  SELECT *, row_number() OVER (
                      PARTITION BY location_id, membership_id ORDER BY filename[-14:] DESC) AS nth
                  FROM read_csv('%s/exports/*/memberships-*.csv', all_varchar = true, filename = true)
                )
                SELECT location_id, count(*), CAST(sum(CAST(price AS DECIMAL(18,2))) AS VARCHAR)
                FROM newest
                WHERE nth = 1 AND status IN ('active', 'past_due')
                GROUP BY ALL
                ORDER BY ALL
                """
                    .formatted(workspace))) {
      while (rows.next()) {
        expected.add(rows.getString(1) + "," + rows.getString(2) + "," + rows.getString(3));
      }
    }
    assertThat(expected).hasSizeGreaterThan(3);
    assertThat(
            query(
                """
                SELECT location_id, closing, CAST(mrr AS DECIMAL(18,2))
                FROM membership_monthly
                WHERE calendar = 'month' AND past_due_at_end IS NOT NULL AND closing > 0
                ORDER BY ALL
                """))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void monthsOfTheBridgeAndOfTheKpiAreThoseOfTheLines() {
    assertThat(
            query(
                """
                WITH lines AS (
                  SELECT l.location_id, r.period_start,
                    sum(l.net_amount) FILTER (l.kind IN ('service', 'retail', 'fee')) AS revenue,
                    sum(l.net_amount + l.tax_amount) AS billed, sum(l.tax_amount) AS tax
                  FROM sale_lines l
                  JOIN periods r ON r.calendar = 'month' AND l.local_date BETWEEN first_day AND last_day
                  GROUP BY ALL
                )
                SELECT count(*) > 20, count(*) FILTER (b.recognised_revenue <> l.revenue),
                  count(*) FILTER (k.numerator <> l.revenue), count(*) FILTER (b.billed <> l.billed),
                  count(*) FILTER (b.tax <> l.tax), count(DISTINCT period_start) > 3
                FROM lines l
                LEFT JOIN revenue_bridge_monthly b USING (location_id, period_start)
                LEFT JOIN kpi_monthly k USING (location_id, period_start)
                WHERE b.calendar = 'month' AND k.calendar = 'month' AND k.kpi = 'net_revenue'
                """))
        .containsExactly("true,0,0,0,0,true");
  }

  @Test
  void theMoneyOfRejectedSalesIsThatOfTheirLinesInTheFiles() throws IOException {
    List<String> rejected =
        query(
            "SELECT f.file_name, r.source_line, r.amount, r.date FROM rejected_amounts r JOIN"
                + " ingest_files f USING (source_file_id, table_name) WHERE r.table_name ="
                + " 'sale_lines' AND NOT r.is_told_otherwise");
    assertThat(rejected).isNotEmpty();
    for (String row : rejected) {
      String[] cells = row.split(",", -1);
      List<String> lines = Files.readAllLines(workspace.resolve(cells[0]));
      List<String> head = List.of(lines.get(0).split(",", -1));
      String[] line = lines.get(Integer.parseInt(cells[1]) - 1).split(",", -1);
      assertThat(new BigDecimal(cells[2]))
          .as(row)
          .isEqualByComparingTo(
              amount(line[head.indexOf("gross_amount")])
                  .subtract(amount(line[head.indexOf("discount_amount")])));
      assertThat(line[head.indexOf("sold_at")]).startsWith(cells[3]);
    }
    assertThat(
            query(
                "SELECT (SELECT sum(rejected_sales) FROM revenue_bridge_weekly) - (SELECT sum(amount)"
                    + " FROM rejected_amounts, runs WHERE table_name = 'sale_lines' AND NOT"
                    + " is_told_otherwise AND date < last_week_start + 7)"))
        .containsExactly("0.0000");
  }

  @Test
  void theCrosswalkStartsFromTheNumberThatIsPublished() {
    // What the vendors' rules change is counted in SQL from the rows; ours was counted by Spark.
    assertThat(
            query(
                """
                WITH ours AS (
                  SELECT v.practice_id, v.location_id, d.week_start, v.visit_key,
                    bool_or(CAST(timezone(l.time_zone, a.booked_at) AS DATE) <= v.visit_date)
                      AS is_rebooked
                  FROM visits v
                  JOIN dates d ON d.date = v.visit_date
                  JOIN locations l USING (practice_id, location_id)
                  LEFT JOIN appointments a ON a.practice_id = v.practice_id
                    AND a.client_key = v.client_key AND a.status <> 'deleted'
                    AND a.local_date > v.visit_date
                  WHERE v.outcome = 'attended' AND v.client_key IS NOT NULL
                  GROUP BY ALL
                ), counted AS (
                  SELECT practice_id, location_id, week_start,
                    count(*) FILTER (is_rebooked) AS rebooked, count(*) AS visits
                  FROM ours
                  GROUP BY ALL
                )
                SELECT count(*) > 20, count(*) FILTER (rebooked <> numerator),
                  count(*) FILTER (visits <> denominator), sum(rebooked) > 0
                FROM kpi_weekly
                JOIN counted USING (practice_id, location_id, week_start)
                WHERE kpi = 'rebooking_rate'
                """))
        .containsExactly("true,0,0,true");
    assertThat(
            query(
                "SELECT count(DISTINCT (kpi, vendor)) FROM kpi_crosswalk WHERE value IS NOT NULL"))
        .containsExactly("15");
  }

  @Test
  void theBooksOfAPracticeBalanceInEveryFormat() throws IOException {
    Map<String, BigDecimal> sums = new TreeMap<>();
    List<String> days = journal("quickbooks");
    assertThat(days.get(0)).startsWith("Journal No,Journal Date,Account Name,Debits,Credits");
    for (String line : days.subList(1, days.size())) {
      String[] cells = line.split(",", -1);
      assertThat(cells[0]).matches("J2604(0[6-9]|1[0-2])-[0-9a-f]{8}");
      assertThat(cells[1]).isEqualTo("04/" + cells[0].substring(5, 7) + "/2026");
      sums.merge(cells[0], amount(cells[3]).subtract(amount(cells[4])), BigDecimal::add);
    }
    assertThat(sums.values())
        .hasSizeGreaterThan(7)
        .allSatisfy(sum -> assertThat(sum).isEqualByComparingTo(BigDecimal.ZERO));

    List<String> lines = journal("quickbooks", "--total");
    assertThat(lines).anyMatch(line -> line.contains("Income:Treatments"));
    assertThat(lines.get(1)).matches("T260406-260412-[0-9a-f]{6},04/12/2026,.*");
    assertThat(lines)
        .filteredOn(line -> line.contains("Billed and unpaid"))
        .isNotEmpty()
        .allMatch(line -> line.contains(",Clients,"));

    List<String> xero = journal("xero", "--total");
    assertThat(xero).hasSize(lines.size());
    assertThat(xero.get(0))
        .startsWith("*Narration,*Date,Description,*AccountCode,*TaxRate,*Amount,");
    assertThat(xero.subList(1, xero.size()))
        .allSatisfy(line -> assertThat(line).matches(".*,[1-6]\\d{3},Tax Exempt,-?[\\d.]+,,,,"));
    replace("code: 4010}", "}");
    CommandRun uncoded = journalRun("xero", "--total");
    replace("{name: 'Income:Treatments', }", "{name: 'Income:Treatments', code: 4010}");
    assertThat(uncoded.exit()).isEqualTo(2);
    assertThat(uncoded.err())
        .contains(
            "Xero needs the code of every account that is booked to; give these a code under"
                + " `accounts:` in medspa.yaml, such as `service_revenue: {name: Income:Treatments,"
                + " code: 200}`: service_revenue");
    assertThat(journal("plain", "--total")).hasSize(lines.size());
    Path file = directory.resolve("april.csv");
    assertThat(
            journal("plain", "--from", "2026-04-01", "--to", "2026-04-12", "-o", file.toString()))
        .isEmpty();
    assertThat(Files.readAllLines(file).stream().skip(1))
        .allMatch(line -> line.startsWith("J2604") && line.contains(",2026-04-"))
        .hasSizeGreaterThan(days.size());
  }

  /** Rows that a query gives of the lines in the exports' files, not of the warehouse. */
  private static List<String> fromFiles(String sql) throws SQLException {
    if (files == null) {
      files = KpiJudge.rows(workspace, LocalDate.of(2026, 4, 13));
    }
    try (Statement statement = files.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          String cell = rows.getString(i);
          cells.add(cell == null ? "" : cell);
        }
        all.add(String.join(",", cells));
      }
      return all;
    }
  }

  /** The locations whose exports are in the built-in format, for {@code IN (…)}. */
  private static String inTheBuiltInFormat() throws SQLException {
    return fromFiles("SELECT DISTINCT location_id FROM current_sale_lines ORDER BY 1").stream()
        .map(location -> "'" + location + "'")
        .collect(Collectors.joining(", "));
  }

  @Test
  void taxAndTipsAreThoseOfTheLinesInTheFiles() throws SQLException {
    String places = inTheBuiltInFormat();
    List<String> tax =
        fromFiles(
            "SELECT location_id, strftime(day, '%Y-%m-01'), kind, count(*), coalesce(sum(tax) FILTER"
                + " (net >= 0), 0)::DECIMAL(38,4), coalesce(sum(tax) FILTER (net < 0), 0)"
                + "::DECIMAL(38,4), sum(net)::DECIMAL(38,4) FROM current_sale_lines WHERE NOT is_gone"
                + " AND day < DATE '2026-04-13' GROUP BY ALL ORDER BY ALL");
    assertThat(tax).hasSizeGreaterThan(20);
    assertThat(
            query(
                "SELECT location_id, period_start, kind, sum(lines), sum(tax_collected),"
                    + " sum(tax_refunded), sum(net_sold + net_refunded) FROM sales_tax_monthly WHERE"
                    + " calendar = 'month' AND location_id IN ("
                    + places
                    + ") GROUP BY ALL ORDER BY ALL"))
        .isEqualTo(tax);
    List<String> tips =
        fromFiles(
            "SELECT location_id, day, coalesce(provider_id, seller_id, 'unattributed') AS who,"
                + " sum(net)::DECIMAL(38,4), count(*) FROM current_sale_lines WHERE NOT is_gone AND"
                + " kind = 'tip' AND day < DATE '2026-04-13' GROUP BY ALL ORDER BY ALL");
    assertThat(tips).hasSizeGreaterThan(20);
    assertThat(
            query(
                "SELECT location_id, date, provider_id, tips + tips_returned, lines FROM tips_daily"
                    + " WHERE location_id IN ("
                    + places
                    + ") ORDER BY ALL"))
        .isEqualTo(tips);
  }

  @Test
  void theRowsBehindAnEntryAddUpToItsLines() {
    List<String> numbers =
        journal("plain").stream().skip(1).map(line -> line.split(",", -1)[0]).distinct().toList();
    assertThat(numbers).hasSizeGreaterThan(7);
    for (String number : numbers) {
      CommandRun run = journalRun("plain", "--explain", number);
      assertThat(run.exit()).as(number + "\n" + run.err()).isZero();
      assertThat(run.out()).contains("exports/magnolia/");
    }
    assertThat(journalRun("plain", "--explain", "A260406-1-00000000").err())
        .contains("an adjusting entry is known once it was exported with --record");
    assertThat(journalRun("plain", "--explain", "J260406-00000000"))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(2);
              assertThat(run.err()).contains("No entry of magnolia has the number");
            });
  }

  private static BigDecimal amount(String cell) {
    return cell.isEmpty() ? BigDecimal.ZERO : new BigDecimal(cell);
  }

  private static CommandRun journalRun(String format, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "journal",
                "-w",
                workspace.toString(),
                "--practice",
                "magnolia",
                "--format",
                format));
    command.addAll(List.of(more));
    return CommandRun.of(command.toArray(String[]::new));
  }

  private static List<String> journal(String format, String... more) {
    CommandRun run = journalRun(format, more);
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out().lines().toList();
  }

  @Test
  void whatCannotBeBookedIsSaidWithWhatThereIs() {
    String place = workspace.toString();
    assertThat(CommandRun.of("journal", "-w", place))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(2);
              assertThat(run.err()).contains("Name the --practice", "magnolia");
            });
    assertThat(CommandRun.of("journal", "-w", place, "--practice", "nobody").err())
        .contains("There is no practice nobody; practices are desert-bloom, aurora, magnolia");
    assertThat(CommandRun.of("journal", "-w", place, "--location", "nowhere").err())
        .contains("There is no location nowhere; locations are desert-bloom-");
    assertThat(
            CommandRun.of("journal", "-w", place, "--practice", "aurora", "--week", "2030-01-01"))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(2);
              assertThat(run.err()).contains("is not published; the last published one begins on");
            });
    assertThat(
            CommandRun.of("journal", "-w", place, "--practice", "aurora", "--week", "1999-01-01"))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(2);
              assertThat(run.err()).contains("is not published; the first published one begins on");
            });
    assertThat(
            CommandRun.of("journal", "-w", place, "--practice", "aurora", "--month", "2026-04-12"))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(2);
              assertThat(run.err())
                  .contains(
                      "The days until 2026-04-30 are not published; the last published one is"
                          + " 2026-04-12; write a part of the month with --from and --to");
            });
  }

  @Test
  void anotherToolSeesTheCommentsAndKeepsItsFileWhileANewOneIsPublished() throws Exception {
    Path file = workspace.resolve("warehouse/medspa.duckdb");
    Path link = directory.resolve("open.duckdb");
    // The driver shares one database per path within a process; the other name is another reader's.
    Files.createLink(link, file);
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    try (Connection reader = DriverManager.getConnection("jdbc:duckdb:" + link, readOnly)) {
      assertThat(
              remarks(reader.getMetaData().getTables(null, "main", "revenue_bridge_weekly", null)))
          .containsExactly(Relations.load().relation("revenue_bridge_weekly").grain());
      assertThat(
              remarks(reader.getMetaData().getColumns(null, "main", "stored_value_weekly", "sold")))
          .containsExactly(
              "Net of lines of the kind with a positive quantity; NULL where no sale of the week"
                  + " arrived. Unit: currency.");
      assertThat(uncommented(reader)).isEmpty();
      long before = rows(reader);

      done("publish", "-w", workspace.toString());

      assertThat(rows(reader)).isEqualTo(before);
      assertThat(Files.isSameFile(link, file)).isFalse();
    }
  }

  private static long rows(Connection reader) throws SQLException {
    try (Statement statement = reader.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM kpi_weekly")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static List<String> remarks(ResultSet found) throws SQLException {
    List<String> remarks = new ArrayList<>();
    while (found.next()) {
      remarks.add(found.getString("REMARKS"));
    }
    return remarks;
  }

  /** Relations and columns without a comment. */
  private static List<String> uncommented(Connection reader) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = reader.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE NOT internal"
                    + " AND comment IS NULL UNION ALL SELECT table_name FROM duckdb_tables() WHERE"
                    + " comment IS NULL UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT"
                    + " internal AND comment IS NULL")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
