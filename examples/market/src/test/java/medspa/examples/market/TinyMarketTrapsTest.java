package medspa.examples.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the finer rules need is already in a tiny market, here one with the clocks going forward.
 */
class TinyMarketTrapsTest {
  private static final LocalDate UNTIL = LocalDate.of(2026, 4, 12);

  @TempDir static Path workspace;
  private static WrittenMarket market;

  @BeforeAll
  static void writeATinyMarket() throws SQLException, IOException {
    market = new WrittenMarket(workspace, MarketSize.TINY, 3, UNTIL);
  }

  @AfterAll
  static void close() throws SQLException {
    market.close();
  }

  private static void exists(String rows) throws SQLException {
    assertThat(market.number("SELECT count(*) FROM " + rows)).as(rows).isPositive();
  }

  @Test
  void appointmentsLackAClientAProviderARoomAServiceOrWhenTheyWereBooked() throws SQLException {
    for (String column :
        new String[] {"client_id", "provider_id", "room_id", "service_id", "booked_at"}) {
      exists("appointments WHERE status = 'completed' AND " + column + " IS NULL");
    }
  }

  @Test
  void treatmentsStartTenMinutesLateToTheMinuteAndLaterAndEarlier() throws SQLException {
    String late = "appointments WHERE started_at::TIMESTAMP - start_at::TIMESTAMP %s";
    exists(late.formatted("= INTERVAL 10 MINUTES"));
    exists(late.formatted("= INTERVAL 11 MINUTES"));
    exists(late.formatted("< INTERVAL 0 MINUTES"));
  }

  @Test
  void attendedRowsLackOneOfTheirTimesAndSomeClientsComeLate() throws SQLException {
    exists("appointments WHERE started_at IS NOT NULL AND checked_in_at IS NULL");
    exists("appointments WHERE started_at IS NOT NULL AND finished_at IS NULL");
    exists("appointments WHERE started_at IS NULL AND finished_at IS NOT NULL");
    exists("appointments WHERE checked_in_at > start_at AND started_at > checked_in_at");
  }

  @Test
  void bookingsAreCancelledADayBeforeToTheMinuteAndAfterTheStart() throws SQLException {
    exists("appointments WHERE start_at::TIMESTAMP - cancelled_at::TIMESTAMP = INTERVAL 24 HOURS");
    exists("appointments WHERE status = 'cancelled' AND cancelled_at > start_at");
  }

  @Test
  void servicesLackACategoryAndTimesAndAppointmentsAServiceThatIsListed() throws SQLException {
    exists("services WHERE category IS NULL");
    exists("services WHERE setup_minutes IS NULL");
    exists(
        "appointments SEMI JOIN (FROM services WHERE category IS NULL)"
            + " USING (practice_id, service_id)");
  }

  @Test
  void clientsWereSeenBeforeTheirFirstVisitOrAfterItOrNobodyKnowsWhen() throws SQLException {
    String visits =
        "(SELECT practice_id, client_id, min(start_at[1:10]) AS visited FROM appointments"
            + " WHERE status = 'completed' GROUP BY ALL) JOIN clients"
            + " USING (practice_id, client_id) WHERE first_seen_on ";
    exists(visits + "< visited");
    exists(visits + "> visited");
    exists(visits + "= visited");
    exists(visits + "IS NULL");
  }

  @Test
  void aClientIsBookedAgainAtAnotherLocationOfThePractice() throws SQLException {
    exists(
        "appointments a JOIN appointments b USING (practice_id, client_id)"
            + " WHERE a.location_id <> b.location_id AND a.status = 'completed'"
            + " AND b.start_at[1:10] > a.start_at[1:10] AND b.booked_at < a.start_at");
  }

  @Test
  void twoAppointmentsAreInOneRoomAtOnceOfDifferentProviders() throws SQLException {
    exists(
        "appointments a JOIN appointments b USING (filename, location_id, room_id)"
            + " WHERE a.appointment_id < b.appointment_id AND a.provider_id <> b.provider_id"
            + " AND a.start_at[1:10] = b.start_at[1:10] AND a.start_at < b.end_at"
            + " AND b.start_at < a.end_at AND a.status = 'completed' AND b.status = 'completed'");
  }

  @Test
  void treatmentsReachIntoTheNightTheClosingTimeAndTheChangeOfTheClocks() throws SQLException {
    exists("shifts WHERE start_at = '2026-03-07T22:00' AND end_at = '2026-03-08T04:00'");
    exists("appointments WHERE status = 'completed' AND start_at[1:10] < end_at[1:10]");
    exists("appointments WHERE status = 'completed' AND end_at[12:16] IN ('18:00', '19:00')");
  }

  @Test
  void refundsTakeADiscountBackAndRetailIsSoldByNobody() throws SQLException {
    exists("sale_lines WHERE quantity[1] = '-' AND discount_amount[1] = '-'");
    exists("sale_lines WHERE kind = 'retail' AND seller_id IS NULL");
    exists("sale_lines WHERE kind = 'service' AND provider_id IS NULL");
    exists("sale_lines WHERE kind = 'service' AND service_id IS NULL");
    exists("sale_lines WHERE kind = 'retail' AND client_id IS NULL");
  }

  @Test
  void productsAreConsignedOrOfUnknownCostAndCountedWithAndWithoutLots() throws SQLException {
    exists(
        "stock_movements SEMI JOIN (FROM products WHERE is_consignment = 'true')"
            + " USING (practice_id, product_id) WHERE kind = 'usage'");
    exists(
        "stock_movements SEMI JOIN (FROM products WHERE unit_cost IS NULL)"
            + " USING (practice_id, product_id) WHERE kind = 'usage'");
    exists(
        "stock_counts a JOIN stock_counts b USING (location_id, product_id)"
            + " WHERE a.lot IS NULL AND b.lot IS NOT NULL");
  }

  @Test
  void lotsAreTakenOutOfOrderExpireAndMoveToAnotherLocation() throws SQLException {
    exists(
        "stock_movements a JOIN stock_movements b USING (filename, location_id, product_id, kind)"
            + " WHERE kind = 'usage' AND a.moved_at < b.moved_at AND a.expires_on > b.expires_on");
    for (String kind : new String[] {"expired", "transfer_in", "transfer_out", "return"}) {
      exists("stock_movements WHERE kind = '" + kind + "'");
    }
    exists("stock_movements WHERE kind = 'receipt' AND unit_cost IS NULL");
    exists("stock_movements WHERE is_expedited = 'true' AND freight_amount IS NOT NULL");
    exists("stock_movements WHERE is_expedited = 'false' AND freight_amount IS NOT NULL");
  }

  @Test
  void theBooksOfAProductGoBelowNothing() throws SQLException {
    exists(
        """
        (WITH m AS (SELECT DISTINCT location_id, product_id, movement_id, lot,
            moved_at[1:16]::TIMESTAMP t, quantity::DECIMAL(18, 4) q FROM stock_movements)
        SELECT sum(q) OVER (PARTITION BY location_id, product_id, lot ORDER BY t, movement_id) AS s
        FROM m WHERE lot NOT IN (SELECT lot FROM stock_movements WHERE kind = 'receipt'
          AND lot IS NOT NULL)) WHERE s < 0""");
  }
}
