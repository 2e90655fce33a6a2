package medspa.jobs.compute.stock;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import java.util.Set;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Reach;
import medspa.warehouse.measure.Grain;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The measures of stock, added up from the published relations, so that each follows from their
 * rows; section 4 of the KPI definitions under "Inventory".
 */
public final class StockMeasures {
  private static final String LEDGER = "gold/stock_ledger";
  private static final String WEEKS = "gold/stock_weekly";
  private static final String STOCKOUTS = "gold/stockouts";

  private StockMeasures() {}

  /** How each family of stock is computed. */
  public static List<MeasureSource> sources() {
    return List.of(new Days(), new Freight(), new Weeks());
  }

  /** A product's price and whether it is consigned count in all its history. */
  private static final Map<String, Reach> STOCK =
      Map.of(
          "stock_movements", Reach.ONWARD,
          "stock_counts", Reach.ONWARD,
          "products", Reach.PRACTICE);

  private record Days() implements MeasureSource {
    @Override
    public String family() {
      return "stock_days";
    }

    @Override
    public Map<String, Reach> reach() {
      return STOCK;
    }

    @Override
    public Set<String> needs() {
      return Set.of(LEDGER, STOCKOUTS);
    }

    @Override
    public List<Measured> measured(MeasureInputs in) {
      return daily(in);
    }
  }

  private record Freight() implements MeasureSource {
    @Override
    public String family() {
      return "expedited_freight";
    }

    @Override
    public Map<String, Reach> reach() {
      return Map.of("stock_movements", Reach.OWN_DAY);
    }

    @Override
    public List<Measured> measured(MeasureInputs in) {
      return List.of(freight(in));
    }
  }

  private record Weeks() implements MeasureSource {
    @Override
    public String family() {
      return "stock_weeks";
    }

    @Override
    public Map<String, Reach> reach() {
      return STOCK;
    }

    @Override
    public Set<String> needs() {
      return Set.of(WEEKS);
    }

    @Override
    public List<Measured> measured(MeasureInputs in) {
      return weekly(in);
    }

    @Override
    public List<Dataset<Row>> dates(MeasureInputs in) {
      return List.of(in.dataset(WEEKS).select("week_start"));
    }
  }

  /**
   * What happened on a local day: cost of goods used, shrinkage of owned products, and counts with
   * their errors, also per product; and that products in use ended it without usable stock.
   */
  private static List<Measured> daily(MeasureInputs in) {
    Dataset<Row> ledger = in.dataset(LEDGER);
    Measured counted =
        in.measured(
            ledger,
            Map.of(Grain.PRODUCT, col("product_id")),
            Map.of(
                "counts", col("counts"),
                "count_error_cost", col("count_error_cost"),
                "count_book_cost", col("count_book_cost")));
    Measured used =
        in.measured(
            ledger,
            Map.of(),
            Map.of(
                "goods_used", col("goods_used_cost"),
                "goods_used_deducted", negate(col("goods_used_cost")),
                "goods_used_owned", ifOwned(col("goods_used_cost")),
                "shrinkage_cost", ifOwned(col("shrinkage_cost")),
                "counts_owned", ifOwned(col("counts"))));
    Measured missing =
        in.measured(in.dataset(STOCKOUTS), Map.of(), Map.of("stockout_days", lit(1)));
    return List.of(used, counted, missing);
  }

  /** Freight of expedited receipts on their local day, of consigned products too. */
  private static Measured freight(MeasureInputs in) {
    Dataset<Row> receipts =
        in.silver()
            .facts("stock_movements")
            .where(col("kind").equalTo("receipt").and(col("is_expedited")))
            .withColumn("date", col("local_date"));
    return in.measured(
        receipts, Map.of(), Map.of("expedited_freight", coalesce(col("freight_amount"), lit(0))));
  }

  /**
   * What holds at the end of a week: the value of the owned stock, also per product, products in
   * use, and what looks back 91 days.
   */
  private static List<Measured> weekly(MeasureInputs in) {
    Dataset<Row> dated = in.dataset(WEEKS).withColumn("date", col("week_start"));
    Measured values =
        in.measured(
            dated,
            Map.of(Grain.PRODUCT, col("product_id")),
            Map.of("stock_value", ifOwned(coalesce(col("stock_value"), lit(0)))));
    Measured availability =
        in.measured(dated.where(col("is_in_use")), Map.of(), Map.of("products_in_use", lit(1)));
    Measured ranges =
        in.measured(
            dated
                .where(not(col("is_consignment")))
                .where(col("history_days").geq(lit(StockWeek.LEAST_DAYS))),
            Map.of(),
            Map.of(
                "annual_goods_used", col("annual_goods_used"),
                "mean_inventory", col("mean_stock_value_91"),
                "used_cost_91", col("goods_used_cost_91"),
                "expired_cost_91", col("expired_cost_91")));
    return List.of(values, availability, ranges);
  }

  private static Column ifOwned(Column amount) {
    return when(col("is_consignment"), lit(0)).otherwise(amount);
  }
}
