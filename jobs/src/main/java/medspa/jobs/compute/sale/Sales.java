package medspa.jobs.compute.sale;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.measure.Reach;
import medspa.jobs.compute.silver.Schemas;
import medspa.jobs.compute.silver.Silver;
import medspa.warehouse.measure.Grain;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures of revenue, sales visits and receipts; sections 3 and 4 of the KPI definitions. */
public final class Sales {
  private static final Map<Grain, Column> MEMBERS =
      Map.of(Grain.PROVIDER, col("credited_to"), Grain.CATEGORY, col("category"));

  private Sales() {}

  /** How each family of sales is computed. */
  public static List<MeasureSource> sources() {
    return List.of(
        new Source(
            "revenue",
            Map.of("sale_lines", Reach.OWN_DAY, "services", Reach.PRACTICE),
            Sales::revenue),
        new Source("deferred_sales", Map.of("sale_lines", Reach.OWN_DAY), Sales::deferred),
        new Source("payments", Map.of("payments", Reach.OWN_DAY), Sales::tenders),
        new Source(
            "sales_visits",
            Map.of("sale_lines", Reach.RECEIPT, "services", Reach.PRACTICE),
            Sales::visits),
        new Source(
            "receipts",
            Map.of("sale_lines", Reach.RECEIPT, "payments", Reach.RECEIPT),
            Sales::receipts));
  }

  private record Source(
      String family, Map<String, Reach> reach, Function<MeasureInputs, Measured> measure)
      implements MeasureSource {
    @Override
    public List<Measured> measured(MeasureInputs in) {
      return List.of(measure.apply(in));
    }
  }

  /**
   * Gross, discounts and net revenue of the kinds service, retail and fee, and how many lines of
   * service and retail there are, on the local day of the line; a refund has its sign. Services and
   * fees are credited to who performed them, retail to who sold it; a category has its services.
   */
  private static Measured revenue(MeasureInputs in) {
    Dataset<Row> sums =
        credited(in.silver())
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
    return in.measured(
        Measures.at(sums, MEMBERS),
        Map.of(
            "gross_service", ofKind("service", "gross"),
            "discount_service", ofKind("service", "discount"),
            "net_service", ofKind("service", "net"),
            "gross_retail", ofKind("retail", "gross"),
            "discount_retail", ofKind("retail", "discount"),
            "net_retail", ofKind("retail", "net"),
            "gross_fee", ofKind("fee", "gross"),
            "discount_fee", ofKind("fee", "discount"),
            "net_fee", ofKind("fee", "net"),
            "lines_sold", when(col("kind").equalTo("fee"), lit(0)).otherwise(col("lines"))));
  }

  /** The column where the kind is that, and 0 else. */
  private static Column ofKind(String kind, String amount) {
    return when(col("kind").equalTo(kind), col(amount)).otherwise(lit(0));
  }

  /**
   * Sales that are no revenue, by kind, the tax of all lines, and how many lines of service and
   * retail have a discount, which tells whether the export tells discounts at all; on the local day
   * of the line, of the location only.
   */
  private static Measured deferred(MeasureInputs in) {
    Dataset<Row> sums =
        in.silver()
            .facts("sale_lines")
            .groupBy(
                col("practice_id"), col("location_id"), col("local_date").as("date"), col("kind"))
            .agg(
                sum("net_amount").as("net"),
                sum("tax_amount").as("tax"),
                sum(when(col("discount_amount").notEqual(lit(0)), lit(1)).otherwise(lit(0)))
                    .as("discounted"));
    return in.measured(
        Measures.atLocation(sums),
        Map.of(
            "net_package", ofKind("package", "net"),
            "net_membership", ofKind("membership", "net"),
            "net_gift_card", ofKind("gift_card", "net"),
            "net_deposit", ofKind("deposit", "net"),
            "net_tip", ofKind("tip", "net"),
            "tax_amount", col("tax"),
            "lines_discounted",
                when(col("kind").isin("service", "retail"), col("discounted")).otherwise(lit(0))));
  }

  /** What was paid with each tender, on the local day of the payment. */
  private static Measured tenders(MeasureInputs in) {
    Dataset<Row> payments = in.silver().facts("payments");
    Dataset<Row> sums =
        payments
            .groupBy(
                col("practice_id"), col("location_id"), col("local_date").as("date"), col("tender"))
            .agg(sum("amount").as("paid"));
    return in.measured(
        Measures.atLocation(sums),
        Map.of(
            "paid_cash", paidWith("cash"),
            "paid_card", paidWith("card"),
            "paid_financing", paidWith("financing"),
            "paid_check", paidWith("check"),
            "paid_gift_card", paidWith("gift_card"),
            "paid_package", paidWith("package"),
            "paid_membership", paidWith("membership"),
            "paid_account_credit", paidWith("account_credit"),
            "paid_other", paidWith("other")));
  }

  private static Column paidWith(String tender) {
    return when(col("tender").equalTo(tender), col("paid")).otherwise(lit(0));
  }

  /**
   * Sales visits: client and local day, without a client the receipt, with a service or retail line
   * of positive quantity; on the day of the first such line. A provider's are formed from the lines
   * credited to that provider, a category's from its service lines.
   */
  private static Measured visits(MeasureInputs in) {
    Dataset<Row> lines =
        credited(in.silver())
            .where(col("kind").isin("service", "retail").and(col("quantity").gt(lit(0))))
            .withColumn("receipt", when(col("client_key").isNull(), col("sale_id")))
            .withColumn("day", when(col("client_key").isNotNull(), col("local_date")));
    Dataset<Row> visits =
        Measures.at(lines, MEMBERS)
            .groupBy(
                "practice_id", "location_id", "grain", "member_id", "client_key", "day", "receipt")
            .agg(min("local_date").as("date"));
    return in.measured(visits, Map.of("sales_visits", lit(1)));
  }

  /**
   * Receipts of a location, what they billed (net and tax of all their lines) and what was
   * collected of it before the as-of, on the local day of the receipt's earliest line.
   */
  private static Measured receipts(MeasureInputs in) {
    Column nothing = lit(0).cast(Schemas.MONEY);
    Dataset<Row> lines =
        in.silver()
            .facts("sale_lines")
            .select(
                col("practice_id"),
                col("location_id"),
                col("sale_id"),
                col("local_date").as("date"),
                col("net_amount").plus(col("tax_amount")).as("billed"),
                nothing.as("collected"));
    Dataset<Row> payments =
        in.silver()
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
    return in.measured(
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
