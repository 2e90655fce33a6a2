package medspa.jobs.compute.sale;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.measure.Reach;
import medspa.jobs.compute.measure.Tally;
import medspa.jobs.compute.silver.Schemas;
import medspa.jobs.compute.silver.Silver;
import medspa.warehouse.market.LocalCalendar;
import medspa.warehouse.measure.Grain;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures of revenue, sales visits and receipts; sections 3 and 4 of the KPI definitions. */
public final class Sales {
  /** The measure of each tender. */
  private static final Map<String, String> TENDERS =
      Map.of(
          "cash", "paid_cash",
          "card", "paid_card",
          "financing", "paid_financing",
          "check", "paid_check",
          "gift_card", "paid_gift_card",
          "package", "paid_package",
          "membership", "paid_membership",
          "account_credit", "paid_account_credit",
          "other", "paid_other");

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
    Dataset<Row> lines =
        credited(in.silver())
            .where(col("kind").isin("service", "retail", "fee"))
            .select(
                "practice_id",
                "location_id",
                "credited_to",
                "category",
                "local_date",
                "kind",
                "gross_amount",
                "discount_amount",
                "net_amount");
    Set<String> measures =
        Set.of(
            "gross_service",
            "discount_service",
            "net_service",
            "gross_retail",
            "discount_retail",
            "net_retail",
            "gross_fee",
            "discount_fee",
            "net_fee",
            "lines_sold");
    return in.counted(measures, lines, Sales::countRevenue);
  }

  private static void countRevenue(Row line, Tally tally) {
    at(line, tally)
        .and(Grain.PROVIDER, line.getAs("credited_to"))
        .and(Grain.CATEGORY, line.getAs("category"));
    BigDecimal gross = line.getAs("gross_amount");
    BigDecimal discount = line.getAs("discount_amount");
    BigDecimal net = line.getAs("net_amount");
    switch (line.<String>getAs("kind")) {
      case "service" -> {
        tally.add("gross_service", gross);
        tally.add("discount_service", discount);
        tally.add("net_service", net);
        tally.count("lines_sold");
      }
      case "retail" -> {
        tally.add("gross_retail", gross);
        tally.add("discount_retail", discount);
        tally.add("net_retail", net);
        tally.count("lines_sold");
      }
      default -> {
        tally.add("gross_fee", gross);
        tally.add("discount_fee", discount);
        tally.add("net_fee", net);
      }
    }
  }

  private static Tally at(Row row, Tally tally) {
    return tally.at(row.getAs("practice_id"), row.getAs("location_id"), row.getAs("local_date"));
  }

  /**
   * Sales that are no revenue, by kind, the tax of all lines, and how many lines of service and
   * retail have a discount, which tells whether the export tells discounts at all; on the local day
   * of the line, of the location only.
   */
  private static Measured deferred(MeasureInputs in) {
    Dataset<Row> lines =
        in.silver()
            .facts("sale_lines")
            .select(
                "practice_id",
                "location_id",
                "local_date",
                "kind",
                "discount_amount",
                "net_amount",
                "tax_amount");
    Set<String> measures =
        Set.of(
            "net_package",
            "net_membership",
            "net_gift_card",
            "net_deposit",
            "net_tip",
            "tax_amount",
            "lines_discounted");
    return in.counted(measures, lines, Sales::countDeferred);
  }

  private static void countDeferred(Row line, Tally tally) {
    at(line, tally).add("tax_amount", line.getAs("tax_amount"));
    BigDecimal net = line.getAs("net_amount");
    switch (line.<String>getAs("kind")) {
      case "package" -> tally.add("net_package", net);
      case "membership" -> tally.add("net_membership", net);
      case "gift_card" -> tally.add("net_gift_card", net);
      case "deposit" -> tally.add("net_deposit", net);
      case "tip" -> tally.add("net_tip", net);
      case "service", "retail" -> {
        BigDecimal discount = line.getAs("discount_amount");
        if (discount != null && discount.signum() != 0) {
          tally.count("lines_discounted");
        }
      }
      default -> {
        // Fees are revenue.
      }
    }
  }

  /** What was paid with each tender, on the local day of the payment. */
  private static Measured tenders(MeasureInputs in) {
    Dataset<Row> payments = in.silver().facts("payments");
    return in.counted(
        Set.copyOf(TENDERS.values()),
        payments.select("practice_id", "location_id", "local_date", "tender", "amount"),
        Sales::countTender);
  }

  private static void countTender(Row payment, Tally tally) {
    at(payment, tally).add(TENDERS.get(payment.<String>getAs("tender")), payment.getAs("amount"));
  }

  /**
   * Sales visits: client and local day, without a client the receipt, with a service or retail line
   * of positive quantity; on the day of the first such line. A provider's are formed from the lines
   * credited to that provider, a category's from its service lines.
   */
  private static Measured visits(MeasureInputs in) {
    Column hasClient = col("client_key").isNotNull();
    Dataset<Row> lines =
        credited(in.silver())
            .where(col("kind").isin("service", "retail").and(col("quantity").gt(lit(0))))
            .select(
                col("practice_id"),
                col("location_id"),
                col("client_key"),
                when(hasClient, col("local_date")).as("day"),
                when(not(hasClient), col("sale_id")).as("receipt"),
                col("local_date"),
                col("credited_to"),
                col("category"));
    return in.counted(
        Set.of("sales_visits"),
        lines,
        List.of("practice_id", "location_id", "client_key", "day", "receipt"),
        Sales::countVisit);
  }

  private static void countVisit(List<Row> lines, Tally tally) {
    Row line = lines.get(0);
    String practice = line.getAs("practice_id");
    String location = line.getAs("location_id");
    firstDays(lines, row -> Optional.of(""))
        .values()
        .forEach(day -> tally.at(practice, location, day).count("sales_visits"));
    firstDays(lines, row -> Optional.of(row.getAs("credited_to")))
        .forEach(
            (provider, day) ->
                tally.at(practice, location, Grain.PROVIDER, provider, day).count("sales_visits"));
    firstDays(lines, row -> Optional.ofNullable(row.getAs("category")))
        .forEach(
            (category, day) ->
                tally.at(practice, location, Grain.CATEGORY, category, day).count("sales_visits"));
  }

  /** The first day of the lines of each member. */
  private static Map<String, LocalDate> firstDays(
      List<Row> lines, Function<Row, Optional<String>> member) {
    Map<String, LocalDate> days = new HashMap<>();
    for (Row line : lines) {
      LocalDate day = line.getAs("local_date");
      member.apply(line).ifPresent(id -> days.merge(id, day, (a, b) -> a.isBefore(b) ? a : b));
    }
    return days;
  }

  /**
   * Receipts of a location, what they billed (net and tax of all their lines) and what was
   * collected of it before the as-of, on the local day of the receipt's earliest line; and both by
   * the end of the week that holds that day, so that every week is of the same age.
   */
  private static Measured receipts(MeasureInputs in) {
    Column nothing = lit(null).cast(Schemas.MONEY);
    Dataset<Row> lines =
        in.silver()
            .facts("sale_lines")
            .select(
                col("practice_id"),
                col("location_id"),
                col("sale_id"),
                lit(true).as("is_line"),
                col("local_date"),
                col("net_amount").plus(col("tax_amount")).as("billed"),
                nothing.as("collected"));
    Dataset<Row> payments =
        in.silver()
            .facts("payments")
            .select(
                col("practice_id"),
                col("location_id"),
                col("sale_id"),
                lit(false).as("is_line"),
                col("local_date"),
                nothing.as("billed"),
                col("amount").as("collected"));
    DayOfWeek weekStartsOn = in.market().weekStartsOn();
    return in.counted(
        Set.of("receipts", "billed", "collected", "billed_at_close", "collected_at_close"),
        lines.union(payments),
        List.of("practice_id", "location_id", "sale_id"),
        (receipt, tally) -> countReceipt(receipt, tally, weekStartsOn));
  }

  /** A payment to a receipt that the export does not hold belongs to no week. */
  private static void countReceipt(List<Row> rows, Tally tally, DayOfWeek weekStartsOn) {
    Optional<LocalDate> first =
        rows.stream()
            .filter(row -> row.<Boolean>getAs("is_line"))
            .map(row -> row.<LocalDate>getAs("local_date"))
            .min(LocalDate::compareTo);
    if (first.isEmpty()) {
      return;
    }
    LocalDate close = LocalCalendar.weekOf(first.get(), weekStartsOn).plusDays(7);
    Row receipt = rows.get(0);
    tally.at(receipt.getAs("practice_id"), receipt.getAs("location_id"), first.get());
    tally.count("receipts");
    for (Row row : rows) {
      BigDecimal billed = row.getAs("billed");
      BigDecimal collected = row.getAs("collected");
      tally.add("billed", billed);
      tally.add("collected", collected);
      if (row.<LocalDate>getAs("local_date").isBefore(close)) {
        tally.add("billed_at_close", billed);
        tally.add("collected_at_close", collected);
      }
    }
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
