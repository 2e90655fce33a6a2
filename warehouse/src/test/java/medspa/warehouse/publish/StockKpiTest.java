package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The KPIs of stock, of the mix of sales and of rooms, from measures of their own. */
class StockKpiTest {
  @RegisterExtension final LakeFixture lake = new LakeFixture();

  @BeforeEach
  void open() throws Exception {
    lake.reading("kpi_weekly", "kpi_weekly_product", "kpi_unavailable");
    lake.location("glow", "austin", "TX");
  }

  private void measures(String... namesAndAmounts) throws Exception {
    for (int i = 0; i < namesAndAmounts.length; i += 2) {
      lake.measure("glow", "austin", LAST_WEEK, namesAndAmounts[i], namesAndAmounts[i + 1]);
    }
  }

  private void sold(String... namesAndAmounts) throws Exception {
    for (int i = 0; i < namesAndAmounts.length; i += 2) {
      lake.provider("glow", "austin", "ann", LAST_WEEK, namesAndAmounts[i], namesAndAmounts[i + 1]);
    }
  }

  @Test
  void eachIsMadeOfTheMeasuresOfItsDefinition() throws Exception {
    // No two measures are equal, so that none can stand in for another.
    lake.has("glow", "austin", "sale_lines", "stock_movements", "stock_counts")
        .provider("glow", "austin", "ann", LAST_WEEK, "net_service", "6000")
        .provider("glow", "austin", "ann", LAST_WEEK, "net_retail", "2000")
        .provider("glow", "austin", "ann", LAST_WEEK, "net_fee", "70");
    new StockFixture("glow", "austin", "tox").used(1).left("4").cost("10").into(lake);
    sold("gross_service", "7000", "gross_retail", "3000", "gross_fee", "80", "lines_sold", "37");
    sold("discount_service", "900", "discount_retail", "100", "discount_fee", "10");
    measures("sales_visits", "25", "treatment_rooms", "5");
    measures("lines_discounted", "4");
    measures("used_cost_91", "970", "expired_cost_91", "30", "mean_inventory", "800");
    measures("stockout_days", "9", "products_in_use", "11");
    measures("shrinkage_cost", "-45", "counts_owned", "21");
    measures("expedited_freight", "55", "goods_used", "1000", "goods_used_deducted", "-1000");
    for (String[] measure :
        new String[][] {
          {"counts", "23"}, {"count_error_cost", "60"}, {"count_book_cost", "1200"}
        }) {
      measures(measure);
      lake.member("glow", "austin", "product", "tox", LAST_WEEK, measure[0], measure[1]);
    }
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT kpi, value, numerator::DOUBLE, denominator::DOUBLE, sample_size::DOUBLE,"
                    + " is_stable FROM kpi_weekly WHERE kpi IN ('retail_share', 'discount_rate',"
                    + " 'revenue_per_room', 'expired_share', 'stockout_days', 'shrinkage_cost',"
                    + " 'expedited_freight', 'count_error_share', 'stock_value',"
                    + " 'margin_after_goods') ORDER BY kpi"))
        .containsExactly(
            "count_error_share|0.05|60.0|1200.0|23.0|true",
            "discount_rate|0.1|1000.0|10000.0|37.0|true",
            "expedited_freight|55.0|55.0|null|null|true",
            "expired_share|0.03|30.0|1000.0|null|true",
            "margin_after_goods|0.875|7000.0|8000.0|25.0|true",
            "retail_share|0.25|2000.0|8000.0|25.0|true",
            "revenue_per_room|1200.0|6000.0|5.0|25.0|true",
            "shrinkage_cost|-45.0|-45.0|null|21.0|true",
            "stock_value|40.0|40.0|null|null|true",
            "stockout_days|9.0|9.0|null|null|true");
    assertThat(lake.query("SELECT product_id, kpi, value FROM kpi_weekly_product ORDER BY kpi"))
        .containsExactly("tox|count_error_share|0.05", "tox|stock_value|40.0");
  }

  @Test
  void whereAnExportSaysNothingOfItTheKpiIsNotAvailableAndSaysWhy() throws Exception {
    lake.has("glow", "austin", "sale_lines", "stock_movements", "stock_counts");
    measures("net_service", "6000", "sales_visits", "25");
    lake.member("glow", "austin", "provider", "ann", LAST_WEEK, "net_service", "6000");
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT kpi, reason FROM kpi_unavailable WHERE kpi IN ('revenue_per_room',"
                    + " 'expired_share', 'stockout_days', 'shrinkage_cost', 'expedited_freight',"
                    + " 'count_error_share', 'stock_value', 'margin_after_goods') ORDER BY kpi"))
        .containsExactly(
            "count_error_share|no product was counted after its opening balance",
            "expedited_freight|no receipt with freight is marked as expedited",
            "expired_share|fewer than 28 days of stock history, or no stock of known cost",
            "margin_after_goods|no usage or sale of stock of known cost",
            "revenue_per_room|no number of treatment rooms: neither rooms in the configuration nor"
                + " a rooms export with rows of kind treatment",
            "shrinkage_cost|no owned product was counted after its opening balance",
            "stock_value|no stock of known cost",
            "stockout_days|no movement is a usage or sale");
    assertThat(
            lake.query(
                "SELECT kpi FROM kpi_weekly WHERE kpi IN ('margin_after_goods',"
                    + " 'revenue_per_room')"))
        .isEmpty();
  }
}
