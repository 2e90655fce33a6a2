package medspa.examples.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every trap that the rules speak of is really in the small market. */
class MarketTrapsTest {
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
  void someCancellationsComeAtExactlyTheNotice() throws SQLException {
    assertThat(
            market.number(
                """
                SELECT count(*) FROM appointments WHERE location_id = 'desert-bloom-phoenix'
                AND cancelled_at::TIMESTAMP = start_at::TIMESTAMP - INTERVAL 24 HOURS"""))
        .isPositive();
  }

  @Test
  void someCancellationsAreEarlyOnlyBecauseTheClocksWentBack() throws SQLException {
    assertThat(
            market.number(
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
            market.number(
                """
                SELECT count(*) FROM shifts WHERE location_id = 'aurora-anchorage'
                AND start_at = '2026-10-31T22:00' AND end_at = '2026-11-01T04:00'"""))
        .isPositive();
  }

  @Test
  void someCancellationsCarryNoTimeAndSomePastBookingsNoOutcome() throws SQLException {
    assertThat(
            market.number(
                """
                SELECT count(*) FROM appointments
                WHERE status = 'cancelled' AND cancelled_at IS NULL"""))
        .isPositive();
    assertThat(
            market.number(
                """
                SELECT count(*) FROM appointments WHERE status IN ('booked', 'confirmed')
                AND start_at < '2026-11-01' AND filename LIKE '%2026-11-16%'"""))
        .isPositive();
  }

  @Test
  void laterDeliveriesTellOtherStatusesOfTheSameBookings() throws SQLException {
    assertThat(
            market.number(
                """
                SELECT count(*) FROM appointments a JOIN appointments b
                USING (location_id, appointment_id)
                WHERE a.status = 'booked' AND b.status = 'completed'
                AND a.filename < b.filename"""))
        .isGreaterThan(500);
    assertThat(
            market.number(
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
            market.number(
                """
                SELECT count(*) FROM shifts a
                JOIN (VALUES ('2026-07-15', '2026-07-28', '2026-09-15'),
                  ('2026-09-15', '2026-09-28', '2026-11-16')) d(exported_on, until, next)
                ON a.filename LIKE '%' || d.exported_on || '.csv'
                AND start_at[1:10] BETWEEN d.exported_on AND d.until
                WHERE practice_id = 'lumen' AND NOT EXISTS (SELECT 1 FROM shifts b
                  WHERE b.location_id = a.location_id AND b.shift_id = a.shift_id
                  AND b.filename LIKE '%' || d.next || '.csv')"""))
        .isPositive();
  }

  @Test
  void badRowsStayWellBelowTheShareThatRefusesAFile() throws SQLException {
    String bad =
        """
        SELECT filename, location_id, avg((status = 'checked-out' OR end_at < start_at)::INT) bad
        FROM appointments GROUP BY ALL""";
    assertThat(market.number("SELECT count(*) FROM (" + bad + ") WHERE bad > 0")).isPositive();
    assertThat(market.number("SELECT count(*) FROM (" + bad + ") WHERE bad > 0.02")).isZero();
  }

  @Test
  void aFileHoldsARowTwiceAndARowWithItsCorrection() throws SQLException {
    String twice =
        """
        SELECT count(*) FROM (SELECT appointment_id FROM appointments
        WHERE practice_id = 'birch' GROUP BY filename, appointment_id
        HAVING count(*) = 2 AND count(DISTINCT status) = %d)""";
    assertThat(market.number(twice.formatted(1))).isPositive();
    assertThat(market.number(twice.formatted(2))).isPositive();
  }

  @Test
  void aProviderIsDoubleBooked() throws SQLException {
    assertThat(
            market.number(
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
            market.number(
                """
                SELECT count(*) FROM (SELECT 1 FROM appointments GROUP BY location_id, visit_id
                HAVING count(DISTINCT provider_id) > 1 AND visit_id IS NOT NULL)"""))
        .isPositive();
  }

  @Test
  void shiftsOverlapAndTimeIsTakenOutOfThem() throws SQLException {
    assertThat(
            market.number(
                """
                SELECT count(*) FROM shifts a JOIN shifts b USING (location_id, provider_id)
                WHERE a.shift_id < b.shift_id AND a.kind = 'bookable' AND b.kind = 'bookable'
                AND a.filename = b.filename AND a.start_at < b.end_at
                AND b.start_at < a.end_at"""))
        .isPositive();
    assertThat(market.number("SELECT count(DISTINCT kind) FROM shifts")).isEqualTo(4);
  }

  @Test
  void refundsComeUnderTheOldReceiptAndUnderTheirOwn() throws SQLException {
    String refunds =
        """
        SELECT count(*) FROM sale_lines WHERE kind = 'service' AND quantity LIKE '-%%'
        AND gross_amount LIKE '-%%' AND line_id %s 'R1'""";
    assertThat(market.number(refunds.formatted("="))).isPositive();
    assertThat(market.number(refunds.formatted("<>"))).isPositive();
  }

  @Test
  void receiptsHoldIdenticalLines() throws SQLException {
    assertThat(
            market.number(
                """
                SELECT count(*) FROM (SELECT 1 FROM sale_lines
                GROUP BY filename, location_id, sale_id, product_id, quantity, gross_amount
                HAVING count(DISTINCT line_id) > 1 AND product_id IS NOT NULL)"""))
        .isPositive();
    assertThat(market.number("SELECT count(DISTINCT kind) FROM sale_lines")).isEqualTo(8);
    assertThat(market.number("SELECT count(DISTINCT tender) FROM payments")).isEqualTo(9);
  }

  @Test
  void everyPaymentBelongsToAReceiptButTheOldOnes() throws SQLException {
    assertThat(
            market.number(
                """
                SELECT count(*) FROM payments p WHERE sale_id <> 'R-OLD-1'
                AND NOT EXISTS (SELECT 1 FROM sale_lines s
                  WHERE s.location_id = p.location_id AND s.sale_id = p.sale_id)"""))
        .isZero();
    assertThat(market.number("SELECT count(*) FROM payments WHERE sale_id = 'R-OLD-1'"))
        .isPositive();
    assertThat(
            market.number(
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
            market.number(
                """
                SELECT count(*) FROM (FROM appointments WHERE provider_id IS NOT NULL)
                ANTI JOIN providers USING (practice_id, provider_id)"""))
        .isZero();
    assertThat(
            market.number(
                """
                SELECT count(*) FROM stock_movements ANTI JOIN products
                USING (practice_id, product_id)"""))
        .isZero();
    assertThat(
            market.number(
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
      assertThat(market.number("SELECT count(DISTINCT practice_id) FROM " + table + " WHERE " + id))
          .as(id)
          .isGreaterThan(5);
    }
    assertThat(
            market.number(
                "SELECT count(DISTINCT practice_id) FROM products WHERE product_id = 'BTX'"))
        .isEqualTo(10);
  }

  @Test
  void lotsExpireAndStockRunsOut() throws SQLException {
    assertThat(
            market.number(
                """
                SELECT count(*) FROM stock_movements WHERE kind = 'expired'
                AND expires_on < moved_at[1:10]"""))
        .isPositive();
    assertThat(market.number("SELECT count(DISTINCT kind) FROM stock_movements")).isEqualTo(9);
    assertThat(
            market.number(
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
            market.number(
                """
                SELECT count(*) FROM stock_movements SEMI JOIN
                (FROM products WHERE is_consignment = 'true') USING (practice_id, product_id)"""))
        .isPositive();
    assertThat(
            market.number(
                """
                SELECT count(*) FROM stock_movements WHERE is_expedited = 'true'
                AND freight_amount::DECIMAL(18, 4) > 80"""))
        .isPositive();
  }

  @Test
  void clientsComeBackForNeurotoxinAfterTwelveToFourteenWeeks() throws SQLException {
    assertThat(
            market.number(
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
    String id = market.summary().decliningLocation();
    long before = market.number(rate.formatted(id, "<", market.summary().declinesFrom()));
    long after = market.number(rate.formatted(id, ">=", market.summary().declinesFrom()));
    assertThat(id).isEqualTo("magnolia-nashville");
    assertThat(market.summary().declinesFrom()).isEqualTo(LocalDate.of(2026, 9, 14));
    assertThat(after).isGreaterThan(2 * before);
  }

  @Test
  void oneLocationOpensThreeWeeksBeforeTheEnd() throws SQLException {
    assertThat(market.summary().newLocation()).isEqualTo("desert-bloom-santa-fe");
    assertThat(market.summary().newLocationOpenedOn()).isEqualTo(WrittenMarket.UNTIL.minusWeeks(3));
    assertThat(
            market.number(
                "SELECT count(*) FROM appointments WHERE location_id = 'desert-bloom-santa-fe'"
                    + " AND start_at < '2026-10-26'"))
        .isZero();
  }

  @Test
  void somebodyWorksMoreThanFortyHoursOnlyOverTwoLocations() throws SQLException {
    assertThat(
            market.number(
                """
                WITH cards AS (SELECT DISTINCT location_id, timecard_id, provider_id,
                    date_trunc('week', clock_in_at::TIMESTAMP) AS week,
                    epoch(clock_out_at::TIMESTAMP) - epoch(clock_in_at::TIMESTAMP) AS worked
                  FROM timecards WHERE practice_id = 'glow'),
                at_one AS (SELECT provider_id, week, location_id, sum(worked) AS worked
                  FROM cards GROUP BY ALL)
                SELECT count(*) FROM (SELECT 1 FROM at_one GROUP BY provider_id, week
                  HAVING max(worked) < 144000 AND sum(worked) > 144000)"""))
        .isPositive();
  }

  @Test
  void openingHoursRoomsAndShiftsAreKnownInDifferentWays() throws IOException {
    String yaml = Files.readString(workspace.resolve("medspa.yaml"));
    assertThat(yaml)
        .as("two stretches of one day")
        .contains("mon: \"09:00-12:30, 13:00-18:00\"")
        .as("closed on a day in the history")
        .contains("closed_days: [2026-07-04]");
    assertThat(block(yaml, "glow-austin"))
        .as("rooms counted in the export")
        .doesNotContain("rooms:");
    assertThat(block(yaml, "birch-seattle")).as("never said when").doesNotContain("opening_hours:");
  }

  private static String block(String yaml, String location) {
    int start = yaml.indexOf("- id: " + location);
    int end = yaml.indexOf("- id: ", start + 1);
    return yaml.substring(start, end < 0 ? yaml.indexOf("shift_templates:") : end);
  }
}
