package medspa.warehouse.relation;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which products are worth asking a supplier to leave on consignment. */
class ConsignmentTest {
  private HandMadeRelations warehouse;

  @BeforeEach
  void open() throws SQLException {
    warehouse = new HandMadeRelations();
  }

  @AfterEach
  void close() throws SQLException {
    warehouse.close();
  }

  private void stock(String product, String cost, String value, String used, boolean isConsigned)
      throws SQLException {
    warehouse.rows(
        "stock_weekly",
        "'austin' AS location_id, '%s' AS product_id, DATE '2026-03-30' AS week_start, 91 AS history_days, %s AS unit_cost, %s AS mean_stock_value_91, %s AS annual_goods_used, %s AS is_consignment"
            .formatted(product, cost, value, used, isConsigned));
  }

  private List<String> candidates() throws SQLException {
    return warehouse.read(
        "SELECT product_id, pack_cost::DECIMAL(18,2), round(dear_from, 2), mean_stock_value::DECIMAL(18,2), turn, location_turn, carrying_cost FROM "
            + HandMadeRelations.query("inventory_consignment"));
  }

  @Test
  void itIsTheDearAndSlowOnesOfThePracticesOwn() throws Exception {
    // A unit of toxin is cheap, a pack of 100 is the dearest; it turns 10 times a year.
    stock("toxin", "6", "1200", "12000", false);
    warehouse.rows("products", "'toxin' AS product_id, 100 AS pack_quantity");
    stock("filler", "400", "4000", "4000", false);
    stock("serum", "58", "500", "500", false);
    stock("gel", "2", "300", "3500", false);
    stock("gauze", "1", "0", "10", false);
    stock("volume", "700", "9000", "900", true);
    stock("unknown", "NULL", "NULL", "NULL", false);

    // 20,000 are used of 6,000 in a year.
    assertThat(candidates()).as("what is dear turns often").isEmpty();
    stock("vial", "450", "2000", "1000", false);
    assertThat(candidates()).containsExactly("vial|450.00|450.0|2000.00|0.5|2.625|null");
    warehouse.rows("carrying_cost_rates", "0.2 AS rate");
    assertThat(candidates()).containsExactly("vial|450.00|450.0|2000.00|0.5|2.625|400.00");
  }

  @Test
  void whatTurnsMoreThanHalfAsOftenAsTheRestIsNotSlow() throws Exception {
    for (String product : List.of("a", "b", "c", "d")) {
      stock(product, "4", "1000", "4000", false);
    }
    // Six times the money of each, and together 12,000 + 16,000 of 10,000 a year.
    stock("dear", "400", "6000", "12000", false);
    assertThat(candidates()).isEmpty();
    warehouse.run("UPDATE stock_weekly SET annual_goods_used = 4800 WHERE product_id = 'dear'");
    assertThat(candidates()).containsExactly("dear|400.00|4.0|6000.00|0.8|2.08|null");
  }

  @Test
  void ofThreeProductsNoneIsAmongTheDearestQuarter() throws Exception {
    for (String product : List.of("a", "b", "c")) {
      stock(product, "400", "4000", product.equals("a") ? "100" : "40000", false);
    }
    assertThat(candidates()).isEmpty();
    stock("d", "400", "4000", "40000", false);
    assertThat(candidates()).hasSize(1).first().asString().startsWith("a|");
  }
}
