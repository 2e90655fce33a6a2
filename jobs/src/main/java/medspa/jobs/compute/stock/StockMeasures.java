package medspa.jobs.compute.stock;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import medspa.jobs.compute.measure.Grain;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.silver.Silver;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The measures of stock, added up from the published relations, so that each follows from their
 * rows; section 4 of the KPI definitions under "Inventory".
 */
public final class StockMeasures {
  private StockMeasures() {}

  /**
   * What happened on a local day: cost of goods used, shrinkage of owned products, and counts with
   * their errors, also per product.
   *
   * @param ledger the relation {@code stock_ledger}
   */
  public static Dataset<Row> daily(Dataset<Row> ledger) {
    Dataset<Row> counted =
        Measures.of(
            Measures.at(ledger, Map.of(Grain.PRODUCT, col("product_id"))),
            Map.of(
                "counts", col("counts"),
                "count_error_cost", col("count_error_cost"),
                "count_book_cost", col("count_book_cost")));
    return Measures.of(
            Measures.atLocation(ledger),
            Map.of(
                "goods_used", col("goods_used_cost"),
                // A KPI adds measures up, so what one subtracts is a measure below 0.
                "goods_used_deducted", negate(col("goods_used_cost")),
                "goods_used_owned", ifOwned(col("goods_used_cost")),
                "shrinkage_cost", ifOwned(col("shrinkage_cost")),
                "counts_owned", ifOwned(col("counts"))))
        .union(counted);
  }

  /** Freight of expedited receipts on their local day, of consigned products too. */
  public static Dataset<Row> freight(Silver silver) {
    Dataset<Row> receipts =
        silver
            .facts("stock_movements")
            .where(col("kind").equalTo("receipt").and(col("is_expedited")))
            .withColumn("date", col("local_date"));
    return Measures.of(
        Measures.atLocation(receipts),
        Map.of("expedited_freight", coalesce(col("freight_amount"), lit(0))));
  }

  /**
   * What holds at the end of a week: the value of the owned stock, also per product, days without
   * usable stock of products in use, and what looks back 91 days. Not yet added up.
   *
   * @param weeks the relation {@code stock_weekly}
   */
  public static Dataset<Row> weekly(Dataset<Row> weeks) {
    Dataset<Row> dated = weeks.withColumn("date", col("week_start"));
    Dataset<Row> values =
        Measures.of(
            Measures.at(dated, Map.of(Grain.PRODUCT, col("product_id"))),
            Map.of("stock_value", ifOwned(coalesce(col("stock_value"), lit(0)))));
    Dataset<Row> availability =
        Measures.of(
            Measures.atLocation(dated.where(col("is_in_use"))),
            Map.of("stockout_days", col("stockout_days"), "products_in_use", lit(1)));
    Dataset<Row> ranges =
        Measures.of(
            Measures.atLocation(
                dated
                    .where(not(col("is_consignment")))
                    .where(col("history_days").geq(lit(StockWeek.LEAST_DAYS)))),
            Map.of(
                "annual_goods_used", col("annual_goods_used"),
                "mean_inventory", col("mean_stock_value_91"),
                "used_cost_91", col("goods_used_cost_91"),
                "expired_cost_91", col("expired_cost_91")));
    return values.union(availability).union(ranges);
  }

  private static Column ifOwned(Column amount) {
    return when(col("is_consignment"), lit(0)).otherwise(amount);
  }
}
