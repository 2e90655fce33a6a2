package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sales tax by rate and kind, and tips by person, of lines written by hand. */
class SalesTaxPublicationTest {
  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(
          SalesTaxPublicationTest::write,
          "sales_tax_monthly",
          "tips_daily",
          "revenue_bridge_daily");

  private static int next;

  private static void line(
      LakeFixture lake, String kind, String net, String tax, String day, String who)
      throws Exception {
    next++;
    lake.rows(
        "silver/sale_lines",
        "practice_id, location_id, sale_id, line_id, kind, quantity, net_amount, tax_amount,"
            + " local_date, is_deleted, source_file_id, source_line, provider_id, seller_id",
        "'glow', 'austin', 's%d', '1', '%s', sign(%s), %s, %s, DATE '%s', false, 'f', 1, %s"
            .formatted(next, kind, net, net, tax, day, who));
  }

  private static void write(LakeFixture lake) throws Exception {
    lake.weeksComputed(2).location("glow", "austin", "TX").has("glow", "austin", "sale_lines");
    String nobody = "NULL, NULL";
    // 8.25 %: 37.80 × 0.0825 = 3.1185, and 1.99 × 0.0825 = 0.164, which 8 % would be, too.
    line(lake, "retail", "100.00", "8.25", "2026-03-30", nobody);
    line(lake, "retail", "37.80", "3.12", "2026-03-31", nobody);
    line(lake, "retail", "1.99", "0.16", "2026-03-31", nobody);
    line(lake, "retail", "-37.80", "-3.12", "2026-03-31", nobody);
    // Food supplements at another rate, no multiple of a fortieth of a per cent.
    line(lake, "retail", "200.00", "9.42", "2026-03-31", nobody);
    line(lake, "service", "80.00", "0", "2026-03-31", nobody);
    line(lake, "service", "60.00", "NULL", "2026-03-31", nobody);
    line(lake, "retail", "50.00", "4.13", "2026-04-01", nobody);
    line(lake, "tip", "12.50", "0", "2026-04-01", "'ann', 'desk'");
    line(lake, "tip", "-2.50", "0", "2026-04-01", "'ann', NULL");
    line(lake, "tip", "5.00", "0", "2026-04-01", "NULL, 'desk'");
    line(lake, "tip", "1.00", "0", "2026-04-01", nobody);
    lake.provider("glow", "austin", "unattributed", LakeFixture.LAST_WEEK, "net_service", "140");
    lake.provider("glow", "austin", "unattributed", LakeFixture.LAST_WEEK, "net_retail", "351.99");
  }

  @Test
  void theRateOfALineIsTheOneOfItsLocationThatItsCentsAllow() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT period_start, kind, rate, lines, net_sold, net_refunded, tax_collected,"
                    + " tax_refunded FROM sales_tax_monthly WHERE calendar = 'month' AND kind <>"
                    + " 'tip' ORDER BY ALL"))
        .containsExactly(
            "2026-03-01|retail|0.04710|1|200.0000|0.0000|9.4200|0.0000",
            "2026-03-01|retail|0.08250|4|139.7900|-37.8000|11.5300|-3.1200",
            "2026-03-01|service|0.00000|1|80.0000|0.0000|0.0000|0.0000",
            "2026-03-01|service|null|1|60.0000|0.0000|0.0000|0.0000",
            "2026-04-01|retail|0.08250|1|50.0000|0.0000|4.1300|0.0000");
  }

  @Test
  void aTipIsThatOfWhomTheLineNames() throws Exception {
    assertThat(LAKE.query("SELECT date, provider_id, tips, tips_returned, lines FROM tips_daily"))
        .containsExactly(
            "2026-04-01|ann|12.5000|-2.5000|2",
            "2026-04-01|desk|5.0000|0.0000|1",
            "2026-04-01|unattributed|1.0000|0.0000|1");
  }
}
