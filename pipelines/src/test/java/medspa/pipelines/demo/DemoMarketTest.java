package medspa.pipelines.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.YamlValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small market: same bytes every time, the vendors' layouts, and every trap really in it. */
class DemoMarketTest {
  private static final LocalDate UNTIL = LocalDate.of(2026, 11, 16);
  private static final List<String> TABLES =
      List.of(
          "appointments",
          "shifts",
          "sale_lines",
          "payments",
          "stock_movements",
          "stock_counts",
          "products",
          "clients",
          "providers");

  @TempDir static Path workspace;
  private static DemoSummary summary;
  private static Connection duckdb;

  @BeforeAll
  static void writeTheSmallMarket() throws SQLException {
    summary = DemoMarket.write(workspace, DemoSize.SMALL, 7, UNTIL, line -> {});
    duckdb = DriverManager.getConnection("jdbc:duckdb:");
    for (String table : TABLES) {
      execute(
          "CREATE TABLE %s AS SELECT * REPLACE (parse_filename(filename) AS filename), "
                  .formatted(table)
              + "split_part(filename, '/', -2) AS practice_id FROM read_csv('"
              + workspace.resolve("exports/*/" + table + "-*.csv")
              + "', all_varchar = true, union_by_name = true, filename = true)");
    }
    for (String items : List.of("harbor", "lakeside", "coastal")) {
      for (String kind : List.of("items", "transactions")) {
        execute(
            "CREATE TABLE %s_%s AS SELECT * REPLACE (replace(filename, '%s-', '') AS filename) "
                    .formatted(kind, items, kind)
                + "FROM read_csv('"
                + workspace.resolve("exports/" + items + "/*/" + kind + "-*.csv")
                + "', all_varchar = true, filename = true)");
      }
    }
    execute("CREATE MACRO dollars(t) AS replace(replace(t, '$', ''), ',', '')::DECIMAL(18, 2)");
  }

  @AfterAll
  static void close() throws SQLException {
    duckdb.close();
  }

  @Test
  void twoRunsGiveTheSameBytesInAnyZoneAndLocale(@TempDir Path other) throws IOException {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
      DemoSummary again = DemoMarket.write(other, DemoSize.SMALL, 7, UNTIL, line -> {});
      assertThat(again).isEqualTo(summary);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
    List<Path> files = files(workspace);
    assertThat(files(other)).isEqualTo(files).hasSizeGreaterThan(500);
    for (Path file : files) {
      assertThat(Files.mismatch(workspace.resolve(file), other.resolve(file)))
          .as("first differing byte of %s", file)
          .isEqualTo(-1);
      assertThat(Files.getLastModifiedTime(other.resolve(file)))
          .satisfies(
              time -> {
                if (file.startsWith("exports")) {
                  assertThat(time).isEqualTo(Files.getLastModifiedTime(workspace.resolve(file)));
                }
              });
    }
  }

  @Test
  void anotherSeedGivesAnotherMarket() {
    assertThat(bookingsOfTheLastPractice(8)).isNotEqualTo(bookingsOfTheLastPractice(7));
  }

  private static List<Schedule.Booking> bookingsOfTheLastPractice(long seed) {
    MarketPlan plan = MarketPlan.of(DemoSize.SMALL, seed, UNTIL);
    MarketPlan.Practice birch = plan.practices().get(9);
    return Reception.book(plan, birch, birch.locations().get(0)).bookings();
  }

  @Test
  void anExistingMarketIsNotOverwritten() {
    assertThatThrownBy(() -> DemoMarket.write(workspace, DemoSize.SMALL, 7, UNTIL, line -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("medspa.yaml is there already");
  }

  @Test
  void theMarketIsAsLargeAsPromised() throws SQLException {
    assertThat(summary.practices()).isEqualTo(10);
    assertThat(summary.locations()).isEqualTo(22);
    assertThat(summary.from()).isEqualTo(UNTIL.minusWeeks(26));
    assertThat(number("SELECT count(DISTINCT (location_id, appointment_id)) FROM appointments"))
        .isBetween(40_000L, 80_000L);
  }

  @Test
  void squareItemsWith33ColumnsHaveTheVendorsHeader() throws IOException {
    assertThat(header("harbor/venice/items-2026-05-18-2026-06-15.csv"))
        .isEqualTo(
            "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,"
                + "Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,"
                + "Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,"
                + "Customer Reference ID,Unit,Count,GTIN,Itemization Type,Fulfillment Note,"
                + "Channel,Token,Card Brand,PAN Suffix");
  }

  @Test
  void squareItemsWith35ColumnsNameTheEmployee() throws IOException {
    assertThat(header("lakeside/chicago/items-2026-06-01-2026-07-15.csv"))
        .isEqualTo(
            "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,"
                + "Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,"
                + "Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,"
                + "Customer Reference ID,Unit,Count,GTIN,Itemization Type,Commission,Employee,"
                + "Fulfillment Note,Channel,Token,Card Brand,PAN Suffix");
  }

  @Test
  void squareTransactionsHaveTheVendorsHeader() throws IOException {
    assertThat(header("harbor/venice/transactions-2026-05-18-2026-06-15.csv"))
        .isEqualTo(
            "Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,"
                + "Gift Card Sales,Tax,Tip,Partial Refunds,Total Collected,Source,Card,"
                + "Card Entry Methods,Cash,Square Gift Card,Other Tender,Other Tender Type,"
                + "Tender Note,Fees,Net Total,Transaction ID,Payment ID,Card Brand,PAN Suffix,"
                + "Device Name,Staff Name,Staff ID,Details,Description,Event Type,Location,"
                + "Dining Option,Customer ID,Customer Name,Customer Reference ID,"
                + "Device Nickname,Third Party Fees,Deposit ID,Deposit Date,Deposit Details,"
                + "Fee Percentage Rate,Fee Fixed Rate,Refund Reason,Discount Name,"
                + "Transaction Status,Cash App,Order Reference ID,Fulfillment Note,"
                + "Free Processing Applied,Channel,Unattributed Tips,Table Info,"
                + "International Fee");
  }

  @Test
  void theOlderSquareLayoutsHaveTheVendorsHeaders() throws IOException {
    assertThat(header("coastal/san-diego/items-2026-05-18-2026-06-15.csv"))
        .isEqualTo(
            "Date,Time,Category,Item,Qty,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,"
                + "Notes,Customer ID");
    assertThat(header("coastal/san-diego/transactions-2026-05-18-2026-06-15.csv"))
        .isEqualTo(
            "Date,Time,Gross Sales,Discounts,Net Sales,Tax,Tip,Total Collected,Card,"
                + "Card Entry Methods,Fees,Net Total,Card Brand,Description,"
                + "Fee Percentage Rate,Fee Fixed Rate,Discount Name");
  }

  @Test
  void acuityQuotesEveryFieldAndHasTheVendorsHeader() throws IOException {
    String file = "harbor/venice/schedule-2026-06-15.csv";
    assertThat(header(file))
        .isEqualTo(
            "\"Start Time\",\"End Time\",\"Timezone\",\"First Name\",\"Last Name\",\"Phone\","
                + "\"Email\",\"Type\",\"Calendar\",\"Appointment Price\",\"Paid?\","
                + "\"Amount Paid Online\",\"Certificate Code\",\"Notes\",\"Date Scheduled\","
                + "\"Label\",\"Scheduled By\",\"Date Rescheduled\",\"Appointment ID\"");
    assertThat(Files.readString(workspace.resolve("exports").resolve(file)))
        .contains("\"May 18, 2026 9:00 am\",\"May 18, 2026 9:30 am\",\"America/Los_Angeles\"")
        .contains("\"'+1206555")
        .contains("@example.com");
  }

  @Test
  void squareWritesMoneyDatesAndLabelsInItsOwnWay() throws IOException {
    String items =
        Files.readString(
            workspace.resolve("exports/lakeside/chicago/items-2026-06-01-2026-07-15.csv"));
    assertThat(items)
        .contains("Eastern Time (US & Canada)")
        .containsPattern("\"\\$\\d,\\d{3}\\.\\d{2}\"")
        .containsPattern("-\\$\\d+\\.\\d{2}")
        .containsPattern("\n2026-0[67]-\\d\\d,\\d\\d:\\d\\d:\\d\\d,")
        .contains(",\"\",");
  }

  @Test
  void squareOrdersAddUpInBothFiles() throws SQLException {
    for (String practice : List.of("harbor", "lakeside")) {
      assertThat(
              number(
                  """
                  WITH i AS (SELECT filename, "Transaction ID" id, sum(dollars("Net Sales")) net,
                                    sum(dollars("Tax")) taxes
                             FROM items_%1$s GROUP BY ALL)
                  SELECT count(*) FROM i JOIN transactions_%1$s t
                  ON t."Transaction ID" = id AND t.filename = i.filename
                  WHERE net <> dollars(t."Net Sales") OR taxes <> dollars(t."Tax")
                     OR dollars("Total Collected") <> dollars("Card") + dollars("Cash")
                        + dollars("Square Gift Card") + dollars("Other Tender")"""
                      .formatted(practice)))
          .isZero();
      assertThat(
              number(
                  """
                  SELECT count(*) FROM items_%1$s ANTI JOIN transactions_%1$s
                  USING (filename, "Transaction ID")"""
                      .formatted(practice)))
          .isZero();
    }
  }

  @Test
  void timeTellsTheOrdersOfTheOlderSquareLayoutApart() throws SQLException {
    assertThat(
            number(
                """
                SELECT count(*) FROM (
                  SELECT 1 FROM items_coastal GROUP BY filename, "Date", "Time"
                  HAVING count(DISTINCT "Transaction ID") > 1)"""))
        .isZero();
    assertThat(number("SELECT count(*) FROM items_coastal WHERE \"Qty\" LIKE '-%'")).isPositive();
  }

  @Test
  void squareRefundsAreRowsOfTheirOwn() throws SQLException {
    assertThat(
            number(
                """
                SELECT count(*) FROM items_harbor WHERE "Event Type" = 'Refund'
                AND "Qty" LIKE '-%' AND "Gross Sales" LIKE '-$%' AND "Notes" <> ''"""))
        .isPositive();
    assertThat(
            number(
                """
                SELECT count(*) FROM items_harbor
                WHERE "Itemization Type" = 'Prepared Food and Beverage'
                AND "Event Type" <> 'Refund'"""))
        .isZero();
  }

  @Test
  void someCancellationsComeAtExactlyTheNotice() throws SQLException {
    assertThat(
            number(
                """
                SELECT count(*) FROM appointments WHERE location_id = 'desert-bloom-phoenix'
                AND cancelled_at::TIMESTAMP = start_at::TIMESTAMP - INTERVAL 24 HOURS"""))
        .isPositive();
  }

  @Test
  void someCancellationsAreEarlyOnlyBecauseTheClocksWentBack() throws SQLException {
    assertThat(
            number(
                """
                SELECT count(*) FROM appointments WHERE practice_id = 'lumen'
                AND cancelled_at::TIMESTAMPTZ <= start_at::TIMESTAMPTZ - INTERVAL 48 HOURS
                AND cancelled_at[1:16]::TIMESTAMP > start_at[1:16]::TIMESTAMP
                    - INTERVAL 48 HOURS"""))
        .isPositive();
  }

  @Test
  void aShiftLastsOverMidnightAndOverTheChangeOfTheClocks() throws SQLException {
    assertThat(
            number(
                """
                SELECT count(*) FROM shifts WHERE location_id = 'aurora-anchorage'
                AND start_at = '2026-10-31T22:00' AND end_at = '2026-11-01T04:00'"""))
        .isPositive();
  }

  @Test
  void someCancellationsCarryNoTimeAndSomePastBookingsNoOutcome() throws SQLException {
    assertThat(
            number(
                """
                SELECT count(*) FROM appointments
                WHERE status = 'cancelled' AND cancelled_at IS NULL"""))
        .isPositive();
    assertThat(
            number(
                """
                SELECT count(*) FROM appointments WHERE status IN ('booked', 'confirmed')
                AND start_at < '2026-11-01' AND filename LIKE '%2026-11-16%'"""))
        .isPositive();
  }

  @Test
  void laterDeliveriesTellOtherStatusesOfTheSameBookings() throws SQLException {
    assertThat(
            number(
                """
                SELECT count(*) FROM appointments a JOIN appointments b
                USING (location_id, appointment_id)
                WHERE a.status = 'booked' AND b.status = 'completed'
                AND a.filename < b.filename"""))
        .isGreaterThan(500);
    assertThat(
            number(
                """
                SELECT count(*) FROM appointments a JOIN appointments b
                USING (location_id, appointment_id)
                WHERE a.filename < b.filename AND a.start_at[1:7] < b.start_at[1:7]"""))
        .as("rescheduled into a later month")
        .isPositive();
  }

  @Test
  void aWindowDropsShiftsThatAnEarlierOneHeld() throws SQLException {
    assertThat(
            number(
                """
                SELECT count(*) FROM shifts a WHERE practice_id = 'lumen'
                AND filename LIKE '%2026-06-15.csv' AND start_at[1:10] BETWEEN '2026-06-15'
                AND '2026-06-28' AND NOT EXISTS (SELECT 1 FROM shifts b
                  WHERE b.location_id = a.location_id AND b.shift_id = a.shift_id
                  AND b.filename LIKE '%2026-07-15.csv')"""))
        .isPositive();
  }

  @Test
  void aFileIsDeliveredTwiceUnderTwoNames() throws IOException {
    Path file = workspace.resolve("exports/lumen/appointments-hudson-2026-07-15.csv");
    Path again = workspace.resolve("exports/lumen/appointments-hudson-2026-07-15-again.csv");
    assertThat(Files.mismatch(file, again)).isEqualTo(-1);
  }

  @Test
  void badRowsStayWellBelowTheShareThatRefusesAFile() throws SQLException {
    String bad =
        """
        SELECT filename, location_id, avg((status = 'checked-out' OR end_at < start_at)::INT) bad
        FROM appointments GROUP BY ALL""";
    assertThat(number("SELECT count(*) FROM (" + bad + ") WHERE bad > 0")).isPositive();
    assertThat(number("SELECT count(*) FROM (" + bad + ") WHERE bad > 0.02")).isZero();
  }

  @Test
  void aFileHoldsARowTwiceAndARowWithItsCorrection() throws SQLException {
    String twice =
        """
        SELECT count(*) FROM (SELECT appointment_id FROM appointments
        WHERE practice_id = 'birch' GROUP BY filename, appointment_id
        HAVING count(*) = 2 AND count(DISTINCT status) = %d)""";
    assertThat(number(twice.formatted(1))).isPositive();
    assertThat(number(twice.formatted(2))).isPositive();
  }

  @Test
  void aProviderIsDoubleBooked() throws SQLException {
    assertThat(
            number(
                """
                SELECT count(*) FROM (SELECT DISTINCT appointment_id, provider_id, start_at,
                  end_at FROM appointments WHERE location_id = 'birch-seattle'
                  AND status = 'completed') a
                JOIN (SELECT DISTINCT appointment_id, provider_id, start_at, end_at
                  FROM appointments WHERE location_id = 'birch-seattle'
                  AND status = 'completed') b
                ON a.provider_id = b.provider_id AND a.appointment_id < b.appointment_id
                AND a.start_at < b.end_at AND b.start_at < a.end_at"""))
        .isGreaterThan(5);
  }

  @Test
  void visitsSpanServicesAndProviders() throws SQLException {
    assertThat(
            number(
                """
                SELECT count(*) FROM (SELECT 1 FROM appointments GROUP BY location_id, visit_id
                HAVING count(DISTINCT provider_id) > 1 AND visit_id IS NOT NULL)"""))
        .isPositive();
  }

  @Test
  void shiftsOverlapAndTimeIsTakenOutOfThem() throws SQLException {
    assertThat(
            number(
                """
                SELECT count(*) FROM shifts a JOIN shifts b USING (location_id, provider_id)
                WHERE a.shift_id < b.shift_id AND a.kind = 'bookable' AND b.kind = 'bookable'
                AND a.filename = b.filename AND a.start_at < b.end_at
                AND b.start_at < a.end_at"""))
        .isPositive();
    assertThat(number("SELECT count(DISTINCT kind) FROM shifts")).isEqualTo(4);
  }

  @Test
  void refundsComeUnderTheOldReceiptAndUnderTheirOwn() throws SQLException {
    String refunds =
        """
        SELECT count(*) FROM sale_lines WHERE kind = 'service' AND quantity LIKE '-%%'
        AND gross_amount LIKE '-%%' AND line_id %s 'R1'""";
    assertThat(number(refunds.formatted("="))).isPositive();
    assertThat(number(refunds.formatted("<>"))).isPositive();
  }

  @Test
  void receiptsHoldIdenticalLines() throws SQLException {
    assertThat(
            number(
                """
                SELECT count(*) FROM (SELECT 1 FROM sale_lines
                GROUP BY filename, location_id, sale_id, product_id, quantity, gross_amount
                HAVING count(DISTINCT line_id) > 1 AND product_id IS NOT NULL)"""))
        .isPositive();
    assertThat(number("SELECT count(DISTINCT kind) FROM sale_lines")).isEqualTo(8);
    assertThat(number("SELECT count(DISTINCT tender) FROM payments")).isEqualTo(9);
  }

  @Test
  void everyPaymentBelongsToAReceiptButTheOldOnes() throws SQLException {
    assertThat(
            number(
                """
                SELECT count(*) FROM payments p WHERE sale_id <> 'R-OLD-1'
                AND NOT EXISTS (SELECT 1 FROM sale_lines s
                  WHERE s.location_id = p.location_id AND s.sale_id = p.sale_id)"""))
        .isZero();
    assertThat(number("SELECT count(*) FROM payments WHERE sale_id = 'R-OLD-1'")).isPositive();
    assertThat(
            number(
                """
                SELECT count(*) FROM sale_lines s WHERE gross_amount::DECIMAL(18, 4) > 0
                AND NOT EXISTS (SELECT 1 FROM payments p
                  WHERE p.location_id = s.location_id AND p.sale_id = s.sale_id)"""))
        .as("unpaid receipts")
        .isPositive();
  }

  @Test
  void everyFactNamesSomethingThatTheListsKnow() throws SQLException {
    assertThat(
            number(
                """
                SELECT count(*) FROM appointments ANTI JOIN providers
                USING (practice_id, provider_id)"""))
        .isZero();
    assertThat(
            number(
                """
                SELECT count(*) FROM stock_movements ANTI JOIN products
                USING (practice_id, product_id)"""))
        .isZero();
    assertThat(
            number(
                """
                SELECT count(*) FROM appointments a WHERE client_id IS NOT NULL
                AND status IN ('arrived', 'completed') AND NOT EXISTS (
                  SELECT 1 FROM clients c WHERE c.practice_id = a.practice_id
                  AND c.client_id = a.client_id)"""))
        .isZero();
  }

  @Test
  void idsOfTwoPracticesCollide() throws SQLException {
    for (String id : List.of("clients.client_id = 'C1'", "providers.provider_id = 'P1'")) {
      String table = id.substring(0, id.indexOf('.'));
      assertThat(number("SELECT count(DISTINCT practice_id) FROM " + table + " WHERE " + id))
          .as(id)
          .isGreaterThan(5);
    }
    assertThat(number("SELECT count(DISTINCT practice_id) FROM products WHERE product_id = 'BTX'"))
        .isEqualTo(10);
  }

  @Test
  void lotsExpireAndStockRunsOut() throws SQLException {
    assertThat(
            number(
                """
                SELECT count(*) FROM stock_movements WHERE kind = 'expired'
                AND expires_on < moved_at[1:10]"""))
        .isPositive();
    assertThat(number("SELECT count(DISTINCT kind) FROM stock_movements")).isEqualTo(9);
    assertThat(
            number(
                """
                WITH m AS (SELECT DISTINCT location_id, product_id, movement_id,
                    moved_at[1:16]::TIMESTAMP t, quantity::DECIMAL(18, 4) q
                  FROM stock_movements WHERE practice_id = 'glow'),
                c AS (SELECT DISTINCT location_id, product_id, counted_at[1:16]::TIMESTAMP t,
                    quantity::DECIMAL(18, 4) q FROM stock_counts WHERE practice_id = 'glow'),
                r AS (SELECT c.q + sum(m.q) OVER (PARTITION BY m.location_id, m.product_id, c.t
                      ORDER BY m.t, movement_id) on_hand
                  FROM m ASOF JOIN c ON m.location_id = c.location_id
                  AND m.product_id = c.product_id AND m.t > c.t)
                SELECT count(*) FROM r WHERE on_hand = 0"""))
        .as("stockouts")
        .isPositive();
  }

  @Test
  void consignedGoodsMoveAndSomeFreightIsExpedited() throws SQLException {
    assertThat(
            number(
                """
                SELECT count(*) FROM stock_movements SEMI JOIN
                (FROM products WHERE is_consignment = 'true') USING (practice_id, product_id)"""))
        .isPositive();
    assertThat(
            number(
                """
                SELECT count(*) FROM stock_movements WHERE is_expedited = 'true'
                AND freight_amount::DECIMAL(18, 4) > 80"""))
        .isPositive();
  }

  @Test
  void clientsComeBackForNeurotoxinAfterTwelveToFourteenWeeks() throws SQLException {
    assertThat(
            number(
                """
                WITH v AS (SELECT DISTINCT location_id, client_id, start_at[1:10]::DATE d
                  FROM appointments WHERE service_id = 'TOX' AND status = 'completed'
                  AND client_id IS NOT NULL),
                g AS (SELECT d - lag(d) OVER (PARTITION BY location_id, client_id ORDER BY d) gap
                  FROM v)
                SELECT 100 * count(*) FILTER (WHERE gap BETWEEN 80 AND 105)
                  // count(*) FILTER (WHERE gap IS NOT NULL) FROM g"""))
        .isGreaterThan(40);
  }

  @Test
  void oneLocationTurnsBadInTheNamedWeek() throws SQLException {
    String rate =
        """
        SELECT 1000 * count(*) FILTER (WHERE status = 'no_show') // count(*) FROM appointments
        WHERE location_id = '%s' AND start_at[1:10] < '2026-11-02' AND start_at[1:10] %s '%s'""";
    String id = summary.turnedBadLocation();
    long before = number(rate.formatted(id, "<", summary.turnedBadOn()));
    long after = number(rate.formatted(id, ">=", summary.turnedBadOn()));
    assertThat(id).isEqualTo("magnolia-nashville");
    assertThat(summary.turnedBadOn()).isEqualTo(LocalDate.of(2026, 9, 14));
    assertThat(after).isGreaterThan(2 * before);
  }

  @Test
  void oneLocationOpensThreeWeeksBeforeTheEnd() throws SQLException {
    assertThat(summary.newLocation()).isEqualTo("desert-bloom-santa-fe");
    assertThat(summary.newLocationOpenedOn()).isEqualTo(UNTIL.minusWeeks(3));
    assertThat(
            number(
                "SELECT count(*) FROM appointments WHERE location_id = 'desert-bloom-santa-fe'"
                    + " AND start_at < '2026-10-26'"))
        .isZero();
  }

  @Test
  void theConfigurationNamesEveryFileOnce() throws IOException {
    Problems problems = new Problems();
    YamlValue yaml = YamlValue.parse(workspace.resolve("medspa.yaml"), problems);
    Set<Path> matched = new HashSet<>();
    for (YamlValue source : yaml.list("sources")) {
      String glob = source.text("from");
      List<Path> files =
          files(workspace).stream()
              .filter(f -> f.getFileSystem().getPathMatcher("glob:" + glob).matches(f))
              .toList();
      assertThat(files).as(glob).isNotEmpty();
      files.forEach(f -> assertThat(matched.add(f)).as("%s is matched once", f).isTrue());
    }
    problems.failIfAny();
    assertThat(matched).hasSize(summary.files());
    assertThat(Files.readString(workspace.resolve("pseudonym.key"), StandardCharsets.UTF_8))
        .matches("[0-9a-f]{64}\n");
  }

  private static void execute(String sql) throws SQLException {
    try (Statement statement = duckdb.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(String sql) throws SQLException {
    try (Statement statement = duckdb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static String header(String file) throws IOException {
    try (Stream<String> lines = Files.lines(workspace.resolve("exports").resolve(file))) {
      return lines.findFirst().orElseThrow();
    }
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).map(root::relativize).sorted().toList();
    }
  }
}
