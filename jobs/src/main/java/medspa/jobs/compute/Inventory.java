package medspa.jobs.compute;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_micros;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Inventory at the end of the weeks; section 4 of the KPI definitions under "Inventory". */
final class Inventory {
  private static final DataType QUANTITY = DataTypes.createDecimalType(38, 4);
  private static final DataType PRICE = DataTypes.createDecimalType(38, 6);

  private static final StructType WEEK =
      new StructType()
          .add("week_start", DataTypes.DateType)
          .add("annual_goods_used", Schemas.AMOUNT)
          .add("mean_inventory", Schemas.AMOUNT);

  private static final StructType ON_HAND =
      new StructType()
          .add("product_id", DataTypes.StringType)
          .add("on_date", DataTypes.DateType)
          .add("on_hand", QUANTITY)
          .add("usable_on_hand", QUANTITY)
          .add("unit_cost", PRICE)
          .add("stock_value", PRICE)
          .add("is_consignment", DataTypes.BooleanType)
          .add("used_91_days", QUANTITY)
          .add("stockout_days_91", DataTypes.IntegerType)
          .add("next_expiry_on", DataTypes.DateType)
          .add("expiring_90_days", QUANTITY)
          .add("expired_on_hand", QUANTITY);

  private static final StructType STOCK =
      new StructType()
          .add("weeks", DataTypes.createArrayType(WEEK))
          .add("products", DataTypes.createArrayType(ON_HAND));

  private Inventory() {}

  /**
   * One row per location with stock history up to the end of the last week: practice_id,
   * location_id, stock. Read by {@link #measures} and {@link #onHand}.
   */
  static Dataset<Row> locations(Silver silver, LocalDate lastWeekStart) {
    LocalDate lastDay = lastWeekStart.plusDays(6);
    Dataset<Row> movements =
        events(silver.current("stock_movements").withColumn("at", col("moved_at")), "movement_id");
    Column unknown = lit(null);
    Dataset<Row> counts =
        events(
            silver
                .current("stock_counts")
                .withColumn("at", col("counted_at"))
                .withColumn("kind", lit("count"))
                .withColumn("expires_on", unknown.cast("date"))
                .withColumn("unit_cost", unknown.cast(Schemas.MONEY)),
            "count_id");
    Dataset<Row> products =
        silver
            .current("products")
            .select(
                col("practice_id"),
                col("product_id"),
                col("unit_cost").as("product_cost"),
                col("is_consignment"));
    return movements
        .union(counts)
        .where(col("day").leq(lit(lastDay)))
        .join(broadcast(products), new String[] {"practice_id", "product_id"}, "left")
        .groupBy("practice_id", "location_id")
        .agg(
            collect_list(
                    struct(
                        col("product_id"),
                        coalesce(col("is_consignment"), lit(false)).as("is_consignment"),
                        col("product_cost"),
                        col("at"),
                        col("day"),
                        col("kind"),
                        col("id"),
                        col("lot"),
                        col("expires_on"),
                        col("quantity"),
                        col("unit_cost")))
                .as("events"))
        .select(
            col("practice_id"),
            col("location_id"),
            stock(lastWeekStart).apply(col("events")).as("stock"));
  }

  /** The weekly measures annual_goods_used and mean_inventory of the locations. */
  static Dataset<Row> measures(Dataset<Row> locations) {
    Dataset<Row> weeks =
        locations
            .withColumn("week", explode(col("stock.weeks")))
            .withColumn("date", col("week.week_start"));
    return Measures.of(
            Measures.atLocation(weeks),
            Map.of(
                "annual_goods_used", col("week.annual_goods_used"),
                "mean_inventory", col("week.mean_inventory")))
        .withColumnRenamed("date", "week_start")
        .withColumn("amount", col("amount").cast(Schemas.AMOUNT));
  }

  /** The relation {@code inventory_on_hand} at the end of the last week. */
  static Dataset<Row> onHand(Dataset<Row> locations) {
    return locations
        .withColumn("product", explode(col("stock.products")))
        .select(col("practice_id"), col("location_id"), col("product.*"));
  }

  private static Dataset<Row> events(Dataset<Row> rows, String id) {
    return rows.select(
        col("practice_id"),
        col("location_id"),
        col("product_id"),
        unix_micros(col("at")).as("at"),
        col("local_date").as("day"),
        col("kind"),
        col(id).as("id"),
        col("lot"),
        col("expires_on"),
        col("quantity"),
        col("unit_cost"));
  }

  private static UserDefinedFunction stock(LocalDate lastWeekStart) {
    UDF1<Seq<Row>, Row> replay =
        events -> {
          LocationStock stock = new LocationStock(products(CollectionConverters.asJava(events)));
          LocalDate lastDay = lastWeekStart.plusDays(6);
          return RowFactory.create(
              stock.weekEnds(lastWeekStart).stream()
                  .map(
                      week ->
                          RowFactory.create(
                              week.weekStart(), week.annualGoodsUsed(), week.meanInventory()))
                  .toList(),
              stock.onHand(lastDay).stream().map(product -> row(product, lastDay)).toList());
        };
    return udf(replay, STOCK);
  }

  private static List<LocationStock.Product> products(List<Row> events) {
    Map<String, List<Row>> byProduct = new LinkedHashMap<>();
    for (Row event : events) {
      byProduct.computeIfAbsent(event.getString(0), product -> new ArrayList<>()).add(event);
    }
    List<LocationStock.Product> products = new ArrayList<>();
    byProduct.forEach(
        (product, rows) ->
            products.add(
                new LocationStock.Product(
                    product,
                    rows.get(0).getBoolean(1),
                    StockLedger.replay(
                        Optional.ofNullable(rows.get(0).getDecimal(2)),
                        rows.stream().map(Inventory::event).toList()))));
    return products;
  }

  private static StockEvent event(Row row) {
    return new StockEvent(
        row.getLong(3),
        row.getAs(4),
        StockEvent.Kind.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
        row.getString(6),
        Optional.ofNullable(row.getString(7)),
        Optional.ofNullable(row.getAs(8)),
        row.getDecimal(9),
        Optional.ofNullable(row.getDecimal(10)));
  }

  private static Row row(LocationStock.OnHand product, LocalDate day) {
    StockLedger.Position position = product.position();
    return RowFactory.create(
        product.productId(),
        day,
        position.onHand(),
        position.usable(),
        position.cost().map(Inventory::price).orElse(null),
        position.value().map(Inventory::price).orElse(null),
        product.isConsignment(),
        product.used(),
        product.stockoutDays(),
        position.nextExpiry().orElse(null),
        position.expiring(),
        position.expired());
  }

  private static BigDecimal price(BigDecimal exact) {
    return exact.setScale(6, RoundingMode.HALF_EVEN);
  }
}
