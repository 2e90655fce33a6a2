package medspa.examples.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small market: the same bytes every time, in the vendors' own layouts. */
class MadeUpMarketTest {
  @TempDir static Path workspace;
  private static WrittenMarket market;

  @BeforeAll
  static void writeTheSmallMarket() throws SQLException, IOException {
    market = new WrittenMarket(workspace);
  }

  @AfterAll
  static void close() throws SQLException {
    market.close();
  }

  @Test
  void twoRunsGiveTheSameBytesInAnyZoneAndLocale(@TempDir Path other) throws IOException {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
      MarketSummary again =
          MadeUpMarket.write(other, MarketSize.SMALL, 7, WrittenMarket.UNTIL, line -> {});
      assertThat(again).isEqualTo(market.summary());
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
    List<Path> files = files(workspace);
    assertThat(files(other)).isEqualTo(files).hasSizeGreaterThan(400);
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
    MarketPlan plan = MarketPlan.of(MarketSize.SMALL, seed, WrittenMarket.UNTIL);
    MarketPlan.Practice birch = plan.practices().get(9);
    return ScheduleGenerator.generate(plan, birch, birch.locations().get(0)).bookings();
  }

  @Test
  void everyPracticeCanExportTheBuiltInFormatAtTheSameLocations() {
    MarketPlan asUsual = MarketPlan.of(MarketSize.TRIPLE, 7, WrittenMarket.UNTIL);
    MarketPlan builtIn = MarketPlan.of(MarketSize.TRIPLE, 26, 7, WrittenMarket.UNTIL, true);

    assertThat(builtIn.practices())
        .hasSize(30)
        .allMatch(practice -> practice.vendor() == MarketPlan.Vendor.MEDSPA);
    assertThat(builtIn.locations())
        .hasSize(66)
        .extracting(MarketPlan.Location::id)
        .isEqualTo(asUsual.locations().stream().map(MarketPlan.Location::id).toList());
  }

  @Test
  void aLongerHistoryBeginsEarlierAndTooShortAOneIsRefused() {
    MarketPlan longer = MarketPlan.of(MarketSize.TINY, 60, 7, WrittenMarket.UNTIL, false);
    assertThat(longer.from()).isEqualTo(WrittenMarket.UNTIL.minusWeeks(60));
    assertThat(longer.until()).isEqualTo(WrittenMarket.UNTIL);
    MarketPlan usual = MarketPlan.of(MarketSize.TINY, 7, WrittenMarket.UNTIL);
    assertThat(bookingsOfTheFirstLocation(longer))
        .isGreaterThan(2 * bookingsOfTheFirstLocation(usual));

    assertThatThrownBy(() -> MarketPlan.of(MarketSize.TINY, 17, 7, WrittenMarket.UNTIL, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("18 weeks or more");
  }

  private static int bookingsOfTheFirstLocation(MarketPlan plan) {
    MarketPlan.Practice practice = plan.practices().get(0);
    return ScheduleGenerator.generate(plan, practice, practice.locations().get(0))
        .bookings()
        .size();
  }

  @Test
  void anExistingMarketIsNotOverwritten() {
    assertThatThrownBy(
            () ->
                MadeUpMarket.write(workspace, MarketSize.SMALL, 7, WrittenMarket.UNTIL, line -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("medspa.yaml is there already");
  }

  @Test
  void theMarketIsAsLargeAsPromised() throws SQLException {
    assertThat(market.summary().practices()).isEqualTo(10);
    assertThat(market.summary().locations()).isEqualTo(22);
    assertThat(market.summary().from()).isEqualTo(WrittenMarket.UNTIL.minusWeeks(26));
    assertThat(
            market.number("SELECT count(DISTINCT (location_id, appointment_id)) FROM appointments"))
        .isBetween(40_000L, 80_000L);
  }

  @Test
  void squareItemsWith33ColumnsHaveTheVendorsHeader() throws IOException {
    assertThat(header("harbor/venice/items-2026-05-18-2026-07-15.csv"))
        .isEqualTo(
            "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,"
                + "Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,"
                + "Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,"
                + "Customer Reference ID,Unit,Count,GTIN,Itemization Type,Fulfillment Note,"
                + "Channel,Token,Card Brand,PAN Suffix");
  }

  @Test
  void squareItemsWith35ColumnsNameTheEmployee() throws IOException {
    assertThat(header("lakeside/chicago/items-2026-07-01-2026-09-15.csv"))
        .isEqualTo(
            "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,"
                + "Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,"
                + "Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,"
                + "Customer Reference ID,Unit,Count,GTIN,Itemization Type,Commission,Employee,"
                + "Fulfillment Note,Channel,Token,Card Brand,PAN Suffix");
  }

  @Test
  void squareTransactionsHaveTheVendorsHeader() throws IOException {
    assertThat(header("harbor/venice/transactions-2026-05-18-2026-07-15.csv"))
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
    assertThat(header("coastal/san-diego/items-2026-05-18-2026-07-15.csv"))
        .isEqualTo(
            "Date,Time,Category,Item,Qty,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,"
                + "Notes,Customer ID");
    assertThat(header("coastal/san-diego/transactions-2026-05-18-2026-07-15.csv"))
        .isEqualTo(
            "Date,Time,Gross Sales,Discounts,Net Sales,Tax,Tip,Total Collected,Card,"
                + "Card Entry Methods,Fees,Net Total,Card Brand,Description,"
                + "Fee Percentage Rate,Fee Fixed Rate,Discount Name");
  }

  @Test
  void acuityQuotesEveryFieldAndHasTheVendorsHeader() throws IOException {
    String file = "harbor/venice/schedule-2026-07-15.csv";
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
            workspace.resolve("exports/lakeside/chicago/items-2026-07-01-2026-09-15.csv"));
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
              market.number(
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
              market.number(
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
            market.number(
                """
                SELECT count(*) FROM (
                  SELECT 1 FROM items_coastal GROUP BY filename, "Date", "Time"
                  HAVING count(DISTINCT "Transaction ID") > 1)"""))
        .isZero();
    assertThat(market.number("SELECT count(*) FROM items_coastal WHERE \"Qty\" LIKE '-%'"))
        .isPositive();
  }

  @Test
  void squareRefundsAreRowsOfTheirOwn() throws SQLException {
    assertThat(
            market.number(
                """
                SELECT count(*) FROM items_harbor WHERE "Event Type" = 'Refund'
                AND "Qty" LIKE '-%' AND "Gross Sales" LIKE '-$%' AND "Notes" <> ''"""))
        .isPositive();
    assertThat(
            market.number(
                """
                SELECT count(*) FROM items_harbor
                WHERE "Itemization Type" = 'Prepared Food and Beverage'
                AND "Event Type" <> 'Refund'"""))
        .isZero();
  }

  @Test
  void aFileIsDeliveredTwiceUnderTwoNames() throws IOException {
    Path file = workspace.resolve("exports/lumen/appointments-hudson-2026-09-15.csv");
    Path again = workspace.resolve("exports/lumen/appointments-hudson-2026-09-15-again.csv");
    assertThat(Files.mismatch(file, again)).isEqualTo(-1);
  }

  @Test
  void theConfigurationNamesEveryFileOnce() throws IOException {
    JsonNode yaml = new YAMLMapper().readTree(workspace.resolve("medspa.yaml").toFile());
    Set<Path> matched = new HashSet<>();
    for (JsonNode source : yaml.required("sources")) {
      String glob = source.required("from").asText();
      List<Path> files =
          files(workspace).stream()
              .filter(f -> f.getFileSystem().getPathMatcher("glob:" + glob).matches(f))
              .toList();
      assertThat(files).as(glob).isNotEmpty();
      files.forEach(f -> assertThat(matched.add(f)).as("%s is matched once", f).isTrue());
    }
    assertThat(matched).hasSize(market.summary().files());
    assertThat(Files.readString(workspace.resolve("pseudonym.key"), StandardCharsets.UTF_8))
        .matches("[0-9a-f]{64}\n");
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
