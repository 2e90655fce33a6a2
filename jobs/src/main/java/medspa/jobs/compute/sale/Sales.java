package medspa.jobs.compute.sale;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import medspa.jobs.compute.measure.Grain;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.silver.Schemas;
import medspa.jobs.compute.silver.Silver;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures of revenue, sales visits and receipts; sections 3 and 4 of the KPI definitions. */
public final class Sales {
  private static final Map<Grain, Column> MEMBERS =
      Map.of(Grain.PROVIDER, col("credited_to"), Grain.CATEGORY, col("category"));

  private Sales() {}

  /**
   * Gross, discounts and net revenue of the kinds service, retail and fee, and how many lines of
   * service and retail there are, on the local day of the line; a refund has its sign. Services and
   * fees are credited to who performed them, retail to who sold it; a category has its services.
   */
  public static Dataset<Row> revenue(Silver silver) {
    Dataset<Row> sums =
        credited(silver)
            .where(col("kind").isin("service", "retail", "fee"))
            .groupBy(
                col("practice_id"),
                col("location_id"),
                col("credited_to"),
                col("category"),
                col("local_date").as("date"),
                col("kind"))
            .agg(
                sum("gross_amount").as("gross"),
                sum("discount_amount").as("discount"),
                sum("net_amount").as("net"),
                count(lit(1)).as("lines"));
    Map<String, Column> amounts = new HashMap<>();
    for (String kind : List.of("service", "retail", "fee")) {
      Column isKind = col("kind").equalTo(kind);
      for (String amount : List.of("gross", "discount", "net")) {
        amounts.put(amount + "_" + kind, when(isKind, col(amount)).otherwise(lit(0)));
      }
    }
    amounts.put("lines_sold", when(col("kind").equalTo("fee"), lit(0)).otherwise(col("lines")));
    return Measures.of(Measures.at(sums, MEMBERS), amounts);
  }

  /**
   * Sales that are no revenue, by kind, the tax of all lines, and how many lines of service and
   * retail have a discount, which tells whether the export tells discounts at all; on the local day
   * of the line, of the location only.
   */
  public static Dataset<Row> deferred(Silver silver) {
    Map<String, Column> amounts = new HashMap<>();
    for (String kind : List.of("package", "membership", "gift_card", "deposit", "tip")) {
      amounts.put("net_" + kind, when(col("kind").equalTo(kind), col("net")).otherwise(lit(0)));
    }
    amounts.put("tax_amount", col("tax"));
    amounts.put(
        "lines_discounted",
        when(col("kind").isin("service", "retail"), col("discounted")).otherwise(lit(0)));
    Dataset<Row> sums =
        silver
            .facts("sale_lines")
            .groupBy(
                col("practice_id"), col("location_id"), col("local_date").as("date"), col("kind"))
            .agg(
                sum("net_amount").as("net"),
                sum("tax_amount").as("tax"),
                sum(when(col("discount_amount").notEqual(lit(0)), lit(1)).otherwise(lit(0)))
                    .as("discounted"));
    return Measures.of(Measures.atLocation(sums), amounts);
  }

  /** What was paid with each tender, on the local day of the payment. */
  public static Dataset<Row> tenders(Silver silver) {
    return Measures.atLocation(silver.facts("payments"))
        .select(
            col("practice_id"),
            col("location_id"),
            col("grain"),
            col("member_id"),
            col("local_date").as("date"),
            concat(lit("paid_"), col("tender")).as("measure"),
            Measures.amount(col("amount")).as("amount"));
  }

  /**
   * Sales visits: client and local day, without a client the receipt, with a service or retail line
   * of positive quantity; on the day of the first such line. A provider's are formed from the lines
   * credited to that provider, a category's from its service lines.
   */
  public static Dataset<Row> visits(Silver silver) {
    Dataset<Row> lines =
        credited(silver)
            .where(col("kind").isin("service", "retail").and(col("quantity").gt(lit(0))))
            .withColumn("receipt", when(col("client_key").isNull(), col("sale_id")))
            .withColumn("day", when(col("client_key").isNotNull(), col("local_date")));
    Dataset<Row> visits =
        Measures.at(lines, MEMBERS)
            .groupBy(
                "practice_id", "location_id", "grain", "member_id", "client_key", "day", "receipt")
            .agg(min("local_date").as("date"));
    return Measures.of(visits, Map.of("sales_visits", lit(1)));
  }

  /**
   * Receipts of a location, what they billed (net and tax of all their lines) and what was
   * collected of it before the as-of, on the local day of the receipt's earliest line.
   */
  public static Dataset<Row> receipts(Silver silver) {
    Column nothing = lit(0).cast(Schemas.MONEY);
    Dataset<Row> lines =
        silver
            .facts("sale_lines")
            .select(
                col("practice_id"),
                col("location_id"),
                col("sale_id"),
                col("local_date").as("date"),
                col("net_amount").plus(col("tax_amount")).as("billed"),
                nothing.as("collected"));
    Dataset<Row> payments =
        silver
            .facts("payments")
            .select(
                col("practice_id"),
                col("location_id"),
                col("sale_id"),
                lit(null).cast("date").as("date"),
                nothing.as("billed"),
                col("amount").as("collected"));
    Dataset<Row> receipts =
        lines
            .union(payments)
            .groupBy("practice_id", "location_id", "sale_id")
            .agg(
                min("date").as("date"),
                sum("billed").as("billed"),
                sum("collected").as("collected"))
            // A payment to a receipt that the export does not hold belongs to no week.
            .where(col("date").isNotNull());
    return Measures.of(
        Measures.atLocation(receipts),
        Map.of("receipts", lit(1), "billed", col("billed"), "collected", col("collected")));
  }

  /** Adds who is credited with a line and, for a service, its category. */
  private static Dataset<Row> credited(Silver silver) {
    Column credited =
        when(col("kind").equalTo("retail"), col("seller_id")).otherwise(col("provider_id"));
    return silver
        .withCategory(silver.facts("sale_lines"))
        .withColumn("credited_to", Measures.provider(credited))
        .withColumn("category", when(col("kind").equalTo("service"), col("category")));
  }
}
