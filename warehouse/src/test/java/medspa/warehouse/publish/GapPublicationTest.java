package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a gap to the peers is worth. Six practices of one location each, in a region of a test. */
class GapPublicationTest {
  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(GapPublicationTest::write, "kpi_benchmark", "portfolio_gaps", "visits");

  /** Practices of a region that is named after its test; their numbers begin with 1. */
  private static final class Peers {
    private final LakeFixture lake;
    private final String region;

    Peers(LakeFixture lake, String region) {
      this.lake = lake;
      this.region = region;
      for (int i = 1; i <= 6; i++) {
        open(i);
      }
    }

    private void open(int practice) {
      lake.location(practice(practice), location(practice), region);
    }

    private String practice(int number) {
      return region + "-p" + number;
    }

    private String location(int practice) {
      return region + "-l" + practice;
    }

    void has(int practice, String... tables) throws Exception {
      lake.has(practice(practice), location(practice), tables);
    }

    void measure(int practice, String measure, String amount) throws Exception {
      // Who contributes is decided in the quarter's first week.
      for (LocalDate week : List.of(LAST_WEEK.minusWeeks(12), LAST_WEEK)) {
        lake.measure(practice(practice), location(practice), week, measure, amount);
      }
    }

    void service(int practice, String net) throws Exception {
      for (LocalDate week : List.of(LAST_WEEK.minusWeeks(12), LAST_WEEK)) {
        lake.provider(practice(practice), location(practice), "ann", week, "net_service", net);
      }
    }

    void noShows(int practices) throws Exception {
      int[] rates = {10, 20, 31, 40, 55, 63};
      for (int i = 1; i <= practices; i++) {
        has(i, "appointments");
        measure(i, "visits_no_show", Integer.toString(rates[i - 1]));
        measure(i, "visits_due", "100");
      }
    }
  }

  private static List<String> gaps(String region, String kpi) throws Exception {
    return LAKE.query(
        "SELECT split_part(location_id, '-', 2), gap_dollars_low, gap_dollars_expected,"
            + " gap_dollars_high FROM kpi_benchmark WHERE peer_group = 'region:%s' AND range_weeks"
                .formatted(region)
            + " = 1 AND week_start = DATE '2026-03-30' AND kpi = '%s' ORDER BY location_id"
                .formatted(kpi));
  }

  private static void write(LakeFixture lake) throws Exception {
    visits(new Peers(lake, "visits"));
    withheld(new Peers(lake, "withheld"));
    unstable(new Peers(lake, "unstable"));
    idle(new Peers(lake, "idle"));
    ticket(new Peers(lake, "ticket"));
    collected(new Peers(lake, "collected"));
    turn(new Peers(lake, "turn"));
    lake.consultant("adviser", "visits-p4", "idle-p1", "idle-p2")
        .target("idle-l1", "fill_rate", 0.75);
  }

  @Test
  void aConsultantSeesWhatAWeekWouldBringAtThePeersMedianAndWithoutPeersAtTheTarget()
      throws Exception {
    // Nobody but six tells hours, of whom two are known: (0.75 − 0.5) · 200 hours · 200 · 0.5 ÷ 13.
    // Of
    // no-shows there are peers enough, (0.4 − 0.315) · 200 · 200 ÷ 13, whatever the region.
    assertThat(
            LAKE.query(
                "SELECT location_id, kpi, held_against, reference, low < expected AND expected <"
                    + " high, expected FROM portfolio_gaps WHERE kpi IN ('no_show_rate',"
                    + " 'fill_rate') AND location_id <> 'idle-l2' ORDER BY ALL"))
        .containsExactly(
            "idle-l1|fill_rate|target|0.75|true|384.62",
            "visits-l4|no_show_rate|peers|0.315|true|261.54");
  }

  private static void visits(Peers at) throws Exception {
    at.noShows(6);
    // 200 and 100 a visit. The others sold nothing, or nobody came: their gap has no price.
    at.measure(4, "visits_attended", "60");
    at.service(4, "12000");
    at.measure(1, "visits_attended", "90");
    at.service(1, "9000");
    at.measure(2, "visits_attended", "80");
    at.service(3, "500");
  }

  @Test
  void aNoShowIsWorthTheNetServiceOfAnAttendedVisit() throws Exception {
    // l4: the others are rounded to 0.1, 0.2, 0.315, 0.5 and 0.6; (0.4 − 0.315) · 100 · 200.
    // Wilson's
    // interval of 40 of 100 is 0.309401 to 0.497997; 0.315 stands for 0.280744 to 0.353436.
    assertThat(gaps("visits", "no_show_rate"))
        .containsExactly(
            "l1|-3935.78|-3000.00|-1821.35",
            "l2|null|null|null",
            "l3|null|null|null",
            "l4|-880.69|1700.00|4345.07",
            "l5|null|null|null",
            "l6|null|null|null");
  }

  private static void withheld(Peers at) throws Exception {
    at.noShows(5);
    at.measure(4, "visits_attended", "60");
    at.service(4, "12000");
  }

  @Test
  void withheldStatisticsWithholdTheGapToo() throws Exception {
    assertThat(gaps("withheld", "no_show_rate"))
        .hasSize(5)
        .allMatch(row -> row.endsWith("|null|null|null"));
  }

  private static void unstable(Peers at) throws Exception {
    at.noShows(6);
    at.open(7);
    at.has(7, "appointments");
    at.measure(7, "visits_no_show", "19");
    at.measure(7, "visits_due", "19");
    at.measure(7, "visits_attended", "10");
    at.service(7, "1000");
  }

  @Test
  void anUnstableValueHasNoGap() throws Exception {
    assertThat(gaps("unstable", "no_show_rate")).contains("l7|null|null|null");
  }

  private static void idle(Peers at) throws Exception {
    int[] kept = {50, 60, 70, 80, 90, 40};
    for (int i = 1; i <= 6; i++) {
      at.has(i, "shifts", "sale_lines");
      for (LocalDate week : List.of(LAST_WEEK.minusWeeks(12), LAST_WEEK)) {
        at.lake.seconds(at.practice(i), at.location(i), "ann", week, 360000, 3600L * kept[i - 1]);
      }
    }
    at.service(1, "10000");
  }

  @Test
  void anIdleHourIsWorthHalfOfATreatedOne() throws Exception {
    // (0.685 − 0.5) · 100 hours · 200 · 0.5; the interval of 50 of 100 is 0.403832 to 0.596168, and
    // 0.685,
    // which lacks 0.315, stands for 0.646564 to 0.719256.
    assertThat(gaps("idle", "fill_rate"))
        .contains("l1|503.96|1850.00|3154.24", "l2|null|null|null");
  }

  private static void ticket(Peers at) throws Exception {
    for (int i = 1; i <= 6; i++) {
      at.has(i, "sale_lines");
      at.service(i, Integer.toString(i * 2000));
      at.measure(i, "sales_visits", "20");
    }
    // Ten visits of 80 and ten of 120, some of two lines; a refund alone is no visit, nor is a fee.
    at.lake.execute(
        "INSERT INTO \"silver/sale_lines\" (practice_id, location_id, sale_id, line_id, client_key,"
            + " kind, quantity, net_amount, local_date, is_deleted) SELECT 'ticket-p1', 'ticket-l1', 's' || i, k,"
            + " CASE WHEN i < 15 THEN 'c' || i END, CASE k WHEN 1 THEN 'service' ELSE 'retail' END,"
            + " 1, CASE WHEN i % 2 = 0 THEN 40 ELSE 60 END, DATE '2026-04-05', false"
            + " FROM range(20) t(i), range(1, 3) u(k)"
            + " UNION ALL SELECT 'ticket-p1', 'ticket-l1', 'r', 1, 'c99', 'service', -1, -5000, DATE"
            + " '2026-03-30', false"
            + " UNION ALL SELECT 'ticket-p1', 'ticket-l1', 'f', 1, 'c97', 'fee', 1, 5000, DATE '2026-03-30',"
            + " false"
            + " UNION ALL SELECT 'ticket-p1', 'ticket-l1', 't', 1, 'c98', 'tip', 1, 5000, DATE '2026-03-30',"
            + " false");
  }

  @Test
  void theTicketHasTheIntervalOfItsMean() throws Exception {
    // (400 − 100) · 20; the standard error is √(20 · 20² ÷ 19 ÷ 20) = 4.588, and 400 stands for
    // 356.50 to
    // 448.81.
    assertThat(gaps("ticket", "average_ticket"))
        .contains("l1|4950.15|6000.00|7156.01", "l3|null|2000.00|null");
  }

  private static void collected(Peers at) throws Exception {
    int[] collected = {9000, 9300, 9400, 9500, 10100, 9600};
    for (int i = 1; i <= 6; i++) {
      at.has(i, "sale_lines", "payments");
      at.measure(i, "billed_at_close", "10000");
      at.measure(i, "collected_at_close", Integer.toString(collected[i - 1]));
      at.measure(i, "receipts", "50");
    }
  }

  @Test
  void collectionsAreWorthWhatWasBilled() throws Exception {
    // (0.95 − 0.9) · 10000; more than all has no share's interval.
    assertThat(gaps("collected", "collected_at_close"))
        .contains("l1|-126.25|500.00|1690.40", "l5|null|-730.00|null");
  }

  private static void turn(Peers at) throws Exception {
    for (int i = 1; i <= 6; i++) {
      at.has(i, "stock_movements");
      at.measure(i, "annual_goods_used", Integer.toString(3000 + 1000 * i));
      at.measure(i, "mean_inventory", "1000");
    }
  }

  @Test
  void turnIsTheStockThatTheYearlyUseWouldNotNeedAndHasNoInterval() throws Exception {
    // Turns 4 to 9: 1000 − 4000 ÷ 6.3, and 1000 − 8000 ÷ 6.3.
    assertThat(gaps("turn", "inventory_turn"))
        .contains("l1|null|365.08|null", "l5|null|-269.84|null");
    assertThat(gaps("turn", "days_on_hand"))
        .hasSize(6)
        .allMatch(row -> row.endsWith("|null|null|null"));
  }
}
