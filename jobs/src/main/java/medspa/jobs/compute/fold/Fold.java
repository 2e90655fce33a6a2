package medspa.jobs.compute.fold;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import medspa.jobs.compute.silver.Schemas;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContract.Kind;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.WholeDeliveries;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Folds the batches of bronze into the current row per business key.
 *
 * <p>Within a source the newest delivery of a key wins; a key that came by append stays as it first
 * came. A row whose key is missing from a later window delivery of its source that spans its local
 * date was deleted at the source: it stays, marked {@code is_deleted}, an appointment with the
 * status {@code deleted}. A rejected row deletes nothing: its key was delivered.
 *
 * <p>Of rows that have no key of their own, such as lines that are numbered within their receipt,
 * the receipt is delivered as a whole: the newest delivery of a receipt's local day, of appended
 * ones the first, replaces all rows of their kind that the source had of it. What it lacks is
 * marked {@code is_deleted}; rows of the same receipt on another day, such as a refund, stay.
 *
 * <p>Of several sources of a practice that delivered one key, the one that is configured last
 * decides, be its row deleted or not; sources that are no longer configured stand before all
 * others, by name. So the order in which files of different sources arrive plays no part.
 *
 * <p>Of reference tables, what the deciding source leaves empty the next one tells, column by
 * column: a menu has prices, and a workbook that a person filled in the minutes that it lacks. Of a
 * source that delivers a reference table whole, only one delivery counts, as {@link
 * WholeDeliveries} says.
 */
public final class Fold {
  private static final StructType BATCHES =
      new StructType()
          .add("source_file_id", DataTypes.StringType)
          .add("source", DataTypes.StringType)
          .add("source_rank", DataTypes.IntegerType)
          .add("delivery_order", DataTypes.LongType)
          .add("is_append", DataTypes.BooleanType)
          .add("receipt_rows", DataTypes.StringType);

  private final SparkSession spark;
  private final Lake lake;
  private final Dataset<Row> locations;
  private final List<Batch> batches;
  private final Map<String, Integer> sourceRanks;

  /**
   * @param locations the configured locations; rows of others are left out
   * @param batches the batches that count, in the order of delivery
   * @param configured the configured sources, in the order of the configuration
   */
  public Fold(
      SparkSession spark,
      Lake lake,
      Dataset<Row> locations,
      List<Batch> batches,
      List<String> configured) {
    this.spark = spark;
    this.lake = lake;
    this.locations = locations;
    this.batches = batches;
    this.sourceRanks = ranks(batches, configured);
  }

  /** The place of each source that delivered or may; of two that have a key the higher decides. */
  private static Map<String, Integer> ranks(List<Batch> batches, List<String> configured) {
    TreeSet<String> former = new TreeSet<>();
    batches.forEach(batch -> former.add(batch.source()));
    configured.forEach(former::remove);
    Map<String, Integer> ranks = new HashMap<>();
    former.forEach(source -> ranks.put(source, ranks.size()));
    configured.forEach(source -> ranks.put(source, ranks.size()));
    return ranks;
  }

  /**
   * The current rows of a table: practice, the stored columns of the contract, {@code local_date}
   * (facts), {@code is_deleted} and where the row came from. Empty, with all columns, where no
   * batch has rows of the table.
   */
  public Dataset<Row> table(TableContract contract) {
    Map<String, Batch> newestWhole =
        contract.kind() == Kind.REFERENCE
            ? WholeDeliveries.newest(batches, contract.name())
            : Map.of();
    List<Batch> feeding =
        batches.stream()
            .filter(b -> b.table(contract.name()).filter(t -> t.rowsAccepted() > 0).isPresent())
            .filter(b -> counts(b, newestWhole.getOrDefault(b.source(), b)))
            .toList();
    Dataset<Row> rows = read(contract, feeding).join(batches(contract), "source_file_id");
    if (contract.hasLocation()) {
      rows = rows.join(broadcast(locations), new String[] {"practice_id", "location_id"});
    }
    if (contract.date().isPresent()) {
      Column date = col(contract.date().get());
      rows = rows.withColumn("local_date", to_date(from_utc_timestamp(date, col("zone"))));
    }
    // Within one file ingestion has left one row per key.
    if (feeding.size() < 2) {
      return select(contract, markDeleted(contract, rows, false));
    }
    boolean byReceipt =
        feeding.stream()
            .anyMatch(
                batch ->
                    batch.table(contract.name()).flatMap(TableCounts::receiptRows).isPresent());
    Dataset<Row> whole = byReceipt ? withReceiptDelivery(rows) : rows;
    Dataset<Row> current =
        contract.kind() == Kind.REFERENCE && severalSourcesTell(feeding)
            ? filledIn(contract, whole)
            : currentPerKey(contract, whole);
    return select(contract, markDeleted(contract, current, byReceipt));
  }

  private static boolean severalSourcesTell(List<Batch> feeding) {
    return feeding.stream()
        .collect(groupingBy(Batch::practiceId, mapping(Batch::source, toSet())))
        .values()
        .stream()
        .anyMatch(sources -> sources.size() > 1);
  }

  /** Whether a delivery tells something beside the newest whole one of its source. */
  private static boolean counts(Batch batch, Batch newestWhole) {
    return batch.delivery() == Delivery.WHOLE
        ? batch.equals(newestWhole)
        : batch.order() >= newestWhole.order();
  }

  private Dataset<Row> read(TableContract contract, List<Batch> feeding) {
    StructType schema = Schemas.bronze(contract);
    return feeding.isEmpty()
        ? spark.createDataFrame(List.of(), schema)
        : parquet(
            schema,
            feeding.stream().map(batch -> lake.batchTable(batch.sourceFileId(), contract.name())));
  }

  private Dataset<Row> parquet(StructType schema, Stream<Path> files) {
    return spark.read().schema(schema).parquet(files.map(Path::toString).toArray(String[]::new));
  }

  private Dataset<Row> batches(TableContract contract) {
    List<Row> rows = new ArrayList<>();
    for (Batch batch : batches) {
      rows.add(
          RowFactory.create(
              batch.sourceFileId(),
              batch.source(),
              sourceRanks.get(batch.source()),
              batch.order(),
              batch.delivery() == Delivery.APPEND,
              batch.table(contract.name()).flatMap(TableCounts::receiptRows).orElse(null)));
    }
    return broadcast(spark.createDataFrame(rows, BATCHES));
  }

  /**
   * Adds the order of the delivery that tells the row's receipt on its local day, 0 where a row is
   * only replaced by its own key; leaves out appended rows of receipts that came before.
   */
  private static Dataset<Row> withReceiptDelivery(Dataset<Row> rows) {
    WindowSpec byReceiptDay =
        Window.partitionBy(
            "practice_id", "location_id", "sale_id", "source", "receipt_rows", "local_date");
    Column order = col("delivery_order");
    Column newest = max(when(not(col("is_append")), order)).over(byReceiptDay);
    Column first = min(when(col("is_append"), order)).over(byReceiptDay);
    return rows.withColumn(
            "receipt_delivery",
            when(col("receipt_rows").isNull(), lit(0L)).otherwise(coalesce(newest, first)))
        .where(
            col("receipt_rows")
                .isNull()
                .or(not(col("is_append")))
                .or(col("receipt_delivery").equalTo(order)));
  }

  /**
   * The row of the source that decides, the newest or, if appended, the first one of that source.
   */
  private static Dataset<Row> currentPerKey(TableContract contract, Dataset<Row> rows) {
    WindowSpec byKey =
        Window.partitionBy(keyColumns(contract).toArray(Column[]::new)).orderBy(decidingFirst());
    return rows.withColumn("position", row_number().over(byKey)).where(col("position").equalTo(1));
  }

  /** The order of the rows of a key: that of the source that decides, then by its deliveries. */
  private static Column[] decidingFirst() {
    Column sign = when(col("is_append"), lit(-1)).otherwise(lit(1));
    return new Column[] {
      col("source_rank").desc(),
      col("is_append").asc(),
      sign.multiply(col("delivery_order")).desc(),
      sign.multiply(col("source_line")).desc()
    };
  }

  /**
   * The row that decides, what it leaves empty being that of the next source which fills it; of
   * each source its current row alone.
   */
  private static Dataset<Row> filledIn(TableContract contract, Dataset<Row> rows) {
    List<Column> keyAndSource = new ArrayList<>(keyColumns(contract));
    keyAndSource.add(col("source"));
    WindowSpec bySource =
        Window.partitionBy(keyAndSource.toArray(Column[]::new)).orderBy(decidingFirst());
    Dataset<Row> current =
        rows.withColumn("position", row_number().over(bySource)).where(col("position").equalTo(1));
    WindowSpec byKey =
        Window.partitionBy(keyColumns(contract).toArray(Column[]::new))
            .orderBy(col("source_rank").desc());
    WindowSpec ofKey = byKey.rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
    Map<String, Column> filled = new HashMap<>();
    for (medspa.warehouse.contract.Column column : contract.columns()) {
      String name = column.storedName();
      if (!contract.storedKey().contains(name)) {
        filled.put(name, first(col(name), true).over(ofKey));
      }
    }
    filled.put("position", row_number().over(byKey));
    return current.withColumns(filled).where(col("position").equalTo(1));
  }

  private Dataset<Row> markDeleted(TableContract contract, Dataset<Row> rows, boolean byReceipt) {
    DeliveryWindows windows = DeliveryWindows.of(contract.name(), batches);
    if (contract.date().isEmpty() || (windows.isEmpty() && !byReceipt)) {
      return rows.withColumn("is_deleted", lit(false));
    }
    UDF4<String, String, Integer, Long, Boolean> deletes = windows::deletes;
    UserDefinedFunction inWindow = udf(deletes, DataTypes.BooleanType);
    Column gone =
        inWindow.apply(
            col("source"), col("location_id"), unix_date(col("local_date")), col("last_delivery"));
    if (byReceipt) {
      gone = gone.or(col("receipt_delivery").gt(col("last_delivery")));
    }
    return withLastDelivery(contract, rows).withColumn("is_deleted", gone);
  }

  /** Adds the order of the newest batch of the row's source that named its key, rejected or not. */
  private Dataset<Row> withLastDelivery(TableContract contract, Dataset<Row> rows) {
    List<Path> rejecting =
        batches.stream()
            .filter(b -> b.table(contract.name()).filter(t -> t.rowsRejected() > 0).isPresent())
            .map(batch -> lake.rejectedRows(batch.sourceFileId()))
            .filter(Files::exists)
            .toList();
    if (rejecting.isEmpty()) {
      return rows.withColumn("last_delivery", col("delivery_order"));
    }
    StructType schema =
        new StructType()
            .add("table_name", DataTypes.StringType)
            .add("row_key", DataTypes.StringType);
    Dataset<Row> rejected =
        parquet(schema, rejecting.stream())
            // The directory of a batch has the batch's name.
            .withColumn("source_file_id", element_at(split(col("_metadata.file_path"), "/"), -2))
            .where(col("table_name").equalTo(contract.name()).and(col("row_key").isNotNull()))
            .join(batches(contract), "source_file_id")
            .groupBy("source", "row_key")
            .agg(max("delivery_order").as("rejected_order"));
    Column rowKey = sha2(concat_ws("\u001f", keyColumns(contract).toArray(Column[]::new)), 256);
    return rows.withColumn("row_key", rowKey)
        .join(rejected, new String[] {"source", "row_key"}, "left")
        .withColumn(
            "last_delivery",
            greatest(col("delivery_order"), coalesce(col("rejected_order"), lit(0L))));
  }

  private static Dataset<Row> select(TableContract contract, Dataset<Row> rows) {
    boolean hasStatus = contract.name().equals("appointments");
    boolean isSale = contract.name().equals("sale_lines");
    List<Column> columns = new ArrayList<>();
    columns.add(col("practice_id"));
    for (String name :
        contract.columns().stream().map(medspa.warehouse.contract.Column::storedName).toList()) {
      if (hasStatus && name.equals("status")) {
        columns.add(when(col("is_deleted"), lit("deleted")).otherwise(col("status")).as("status"));
      } else if (isSale && (name.equals("discount_amount") || name.equals("tax_amount"))) {
        columns.add(orZero(name).as(name));
      } else if (contract.kind() == Kind.REFERENCE && name.equals("name")) {
        // Whom no source gave a name is called by the id.
        List<String> key = contract.storedKey();
        columns.add(coalesce(col(name), col(key.get(key.size() - 1))).as(name));
      } else {
        columns.add(col(name));
      }
    }
    if (isSale) {
      columns.add(
          col("gross_amount")
              .minus(orZero("discount_amount"))
              .cast(Schemas.MONEY)
              .as("net_amount"));
    }
    if (contract.date().isPresent()) {
      columns.add(col("local_date"));
    }
    Column deleted = col("is_deleted");
    columns.add(
        (hasStatus ? deleted.or(col("status").equalTo("deleted")) : deleted).as("is_deleted"));
    columns.add(col("source_file_id"));
    columns.add(col("source_line"));
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Column orZero(String amount) {
    return coalesce(col(amount), lit(0).cast(Schemas.MONEY));
  }

  private static List<Column> keyColumns(TableContract contract) {
    return Stream.concat(Stream.of("practice_id"), contract.storedKey().stream())
        .map(org.apache.spark.sql.functions::col)
        .toList();
  }
}
