package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a gap to the peers is worth. Five practices of one location each. */
class GapPublicationTest {
  @RegisterExtension final LakeFixture lake = new LakeFixture();

  @BeforeEach
  void open() throws Exception {
    for (int i = 1; i <= 5; i++) {
      lake.location("p" + i, "l" + i, "TX");
    }
  }

  private void measure(int practice, String measure, String amount) throws Exception {
    lake.measure("p" + practice, "l" + practice, LAST_WEEK, measure, amount);
  }

  private void service(int practice, String net) throws Exception {
    lake.provider("p" + practice, "l" + practice, "ann", LAST_WEEK, "net_service", net);
  }

  private void noShows(int practices) throws Exception {
    int[] rates = {10, 20, 30, 40, 55};
    for (int i = 1; i <= practices; i++) {
      lake.has("p" + i, "l" + i, "appointments");
      measure(i, "visits_no_show", Integer.toString(rates[i - 1]));
      measure(i, "visits_due", "100");
    }
  }

  private List<String> gaps(String kpi) throws Exception {
    return lake.query(
        "SELECT location_id, gap_dollars_low, gap_dollars_expected, gap_dollars_high FROM"
            + " kpi_benchmark WHERE peer_group = 'all' AND range_weeks = 1 AND week_start = DATE"
            + " '2026-03-30' AND kpi = '"
            + kpi
            + "' ORDER BY location_id");
  }

  @Test
  void aNoShowIsWorthTheNetServiceOfAnAttendedVisit() throws Exception {
    noShows(5);
    // 200 and 100 a visit. The others sold nothing, or nobody came: their gap has no price.
    measure(4, "visits_attended", "60");
    service(4, "12000");
    measure(1, "visits_attended", "90");
    service(1, "9000");
    measure(2, "visits_attended", "80");
    service(3, "500");
    lake.write().publish();

    // l4: (0.4 − 0.3) · 100 · 200; Wilson's interval of 40 of 100 is 0.309401 to 0.497997.
    assertThat(gaps("no_show_rate"))
        .containsExactly(
            "l1|-2447.71|-2000.00|-1256.34",
            "l2|null|null|null",
            "l3|null|null|null",
            "l4|188.03|2000.00|3959.95",
            "l5|null|null|null");
  }

  @Test
  void withheldStatisticsWithholdTheGapToo() throws Exception {
    noShows(4);
    measure(4, "visits_attended", "60");
    service(4, "12000");
    lake.write().publish();

    assertThat(gaps("no_show_rate")).hasSize(4).allMatch(row -> row.endsWith("|null|null|null"));
  }

  @Test
  void anUnstableValueHasNoGap() throws Exception {
    noShows(5);
    lake.location("p6", "l6", "TX").has("p6", "l6", "appointments");
    measure(6, "visits_no_show", "19");
    measure(6, "visits_due", "19");
    measure(6, "visits_attended", "10");
    service(6, "1000");
    lake.write().publish();

    assertThat(gaps("no_show_rate")).contains("l6|null|null|null");
  }

  @Test
  void anIdleHourIsWorthHalfOfATreatedOne() throws Exception {
    int[] kept = {50, 60, 70, 80, 90};
    for (int i = 1; i <= 5; i++) {
      lake.has("p" + i, "l" + i, "shifts", "sale_lines")
          .seconds("p" + i, "l" + i, "ann", LAST_WEEK, 360000, 3600L * kept[i - 1]);
    }
    service(1, "10000");
    lake.write().publish();

    // (0.7 − 0.5) · 100 hours · 200 · 0.5; the interval of 50 of 100 is 0.403832 to 0.596168.
    assertThat(gaps("fill_rate")).contains("l1|1038.32|2000.00|2961.68", "l2|null|null|null");
  }

  @Test
  void theTicketHasTheIntervalOfItsMean() throws Exception {
    for (int i = 1; i <= 5; i++) {
      lake.has("p" + i, "l" + i, "sale_lines");
      service(i, Integer.toString(i * 2000));
      measure(i, "sales_visits", "20");
    }
    // Ten visits of 80 and ten of 120, some of two lines; a refund alone is no visit, nor is a fee.
    lake.execute(
        "INSERT INTO \"silver/sale_lines\" (practice_id, location_id, sale_id, line_id, client_key,"
            + " kind, quantity, net_amount, local_date, is_deleted) SELECT 'p1', 'l1', 's' || i, k,"
            + " CASE WHEN i < 15 THEN 'c' || i END, CASE k WHEN 1 THEN 'service' ELSE 'retail' END,"
            + " 1, CASE WHEN i % 2 = 0 THEN 40 ELSE 60 END, DATE '2026-04-05', false"
            + " FROM range(20) t(i), range(1, 3) u(k)"
            + " UNION ALL SELECT 'p1', 'l1', 'r', 1, 'c99', 'service', -1, -5000, DATE"
            + " '2026-03-30', false"
            + " UNION ALL SELECT 'p1', 'l1', 'f', 1, 'c97', 'fee', 1, 5000, DATE '2026-03-30',"
            + " false"
            + " UNION ALL SELECT 'p1', 'l1', 't', 1, 'c98', 'tip', 1, 5000, DATE '2026-03-30',"
            + " false");
    lake.write().publish();

    // (300 − 100) · 20; the standard error is √(20 · 20² ÷ 19 ÷ 20) = 4.588.
    assertThat(gaps("average_ticket")).contains("l1|3820.14|4000.00|4179.86", "l3|null|0.00|null");
  }

  @Test
  void collectionsAreWorthWhatWasBilled() throws Exception {
    int[] collected = {9000, 9300, 9400, 9500, 10100};
    for (int i = 1; i <= 5; i++) {
      lake.has("p" + i, "l" + i, "sale_lines", "payments");
      measure(i, "billed", "10000");
      measure(i, "collected", Integer.toString(collected[i - 1]));
      measure(i, "receipts", "50");
    }
    lake.write().publish();

    // (0.94 − 0.9) · 10000; more than all has no share's interval.
    assertThat(gaps("collection_rate"))
        .contains("l1|-165.24|400.00|1536.02", "l5|null|-700.00|null");
  }

  @Test
  void turnIsTheStockThatTheYearlyUseWouldNotNeedAndHasNoInterval() throws Exception {
    for (int i = 1; i <= 5; i++) {
      lake.has("p" + i, "l" + i, "stock_movements");
      measure(i, "annual_goods_used", Integer.toString(3000 + 1000 * i));
      measure(i, "mean_inventory", "1000");
    }
    lake.write().publish();

    // Turns 4 to 8: 1000 − 4000 ÷ 6, and 1000 − 8000 ÷ 6.
    assertThat(gaps("inventory_turn")).contains("l1|null|333.33|null", "l5|null|-333.33|null");
    assertThat(gaps("days_on_hand")).hasSize(5).allMatch(row -> row.endsWith("|null|null|null"));
  }
}
