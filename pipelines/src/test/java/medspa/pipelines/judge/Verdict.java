package medspa.pipelines.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import medspa.pipelines.cli.Medspa;

/**
 * A published warehouse against the judge: each numerator, denominator and sample of each KPI at
 * each grain and period, and what follows from them: the value, and whether it rests on enough.
 *
 * @param rows how many rows the judge has
 * @param kpis KPIs and grains that were compared, with the number of rows
 * @param practices practices that were judged
 * @param differences what is not equal, or only on one side
 */
record Verdict(int rows, Map<String, Long> kpis, Set<String> practices, List<String> differences) {
  /** Six decimals is what the warehouse publishes; inventory is divided on the way. */
  private static final BigDecimal INVENTORY_TOLERANCE = new BigDecimal("0.00001");

  private static final BigDecimal LEAST_SAMPLE = BigDecimal.valueOf(20);

  private static final Set<String> INVENTORY =
      Set.of(
          "inventory_turn",
          "days_on_hand",
          "expired_share",
          "shrinkage_cost",
          "count_error_share",
          "stock_value",
          "margin_after_goods");

  /** Grain and period of a relation, and the columns for location, member and first day. */
  private record Relation(
      String name, String grain, String location, String member, String period, String starts) {
    /**
     * Those rows that the judge has too: a month has known zeros, and KPIs judged by week alone.
     */
    String where() {
      return period.equals("month")
          ? " AND calendar = 'month' AND (numerator <> 0 OR coalesce(denominator, 0) <> 0) AND kpi IN"
              + " ('average_ticket', 'cancel_rate', 'collection_rate', 'discount_rate',"
              + " 'late_cancel_rate', 'net_revenue', 'no_show_rate', 'retail_share')"
          : "";
    }
  }

  private static final List<Relation> RELATIONS =
      List.of(
          weekly("kpi_weekly", "'location'", "location_id", "NULL"),
          weekly("kpi_weekly_provider", "'provider'", "location_id", "provider_id"),
          weekly("kpi_weekly_room", "'room'", "location_id", "room_id"),
          weekly("kpi_weekly_category", "'category'", "location_id", "category"),
          weekly("kpi_weekly_product", "'product'", "location_id", "product_id"),
          weekly("kpi_weekly_practice", "'practice'", "NULL", "NULL"),
          weekly("kpi_weekly_region", "'region'", "NULL", "region"),
          monthly("kpi_monthly", "'location'", "location_id", "NULL"),
          monthly("kpi_monthly_provider", "'provider'", "location_id", "provider_id"),
          monthly("kpi_monthly_category", "'category'", "location_id", "category"),
          monthly("kpi_monthly_practice", "'practice'", "NULL", "NULL"),
          monthly("kpi_monthly_region", "'region'", "NULL", "region"),
          new Relation(
              "kpi_daily",
              "CASE WHEN category IS NULL THEN 'location' ELSE 'category' END",
              "location_id",
              "category",
              "day",
              "date"));

  private static Relation weekly(String name, String grain, String location, String member) {
    return new Relation(name, grain, location, member, "week", "week_start");
  }

  private static Relation monthly(String name, String grain, String location, String member) {
    return new Relation(name, grain, location, member, "month", "period_start");
  }

  private record Numbers(
      BigDecimal numerator, Optional<BigDecimal> denominator, Optional<BigDecimal> sample) {

    /** The ratio, nothing where its denominator is 0; the numerator of what is no ratio. */
    Optional<Double> value() {
      return denominator.isEmpty()
          ? Optional.of(numerator.doubleValue())
          : denominator
              .filter(d -> d.signum() != 0)
              .map(d -> numerator.doubleValue() / d.doubleValue());
    }

    boolean isStable() {
      return sample.isEmpty() || sample.get().compareTo(LEAST_SAMPLE) >= 0;
    }
  }

  /** What the warehouse says of a row: its numbers, and what it makes of them. */
  private record Row(Numbers numbers, Optional<Double> value, boolean isStable) {
    boolean followsFromItsNumbers() {
      return numbers.isStable() == isStable
          && numbers.value().isPresent() == value.isPresent()
          && value
              .map(v -> Math.abs(v - numbers.value().get()) <= 1e-4 * Math.max(1, Math.abs(v)))
              .orElse(true);
    }
  }

  /**
   * Judges the workspace's exports and compares.
   *
   * @param silent location and KPI that the warehouse rightly leaves out
   */
  static Verdict on(Path workspace, LocalDate asOf, Set<String> silent) {
    Map<String, Numbers> judged = new TreeMap<>();
    Set<String> practices = new TreeSet<>();
    Map<String, Long> kpis = new TreeMap<>();
    Set<String> defined = defined(workspace);
    for (JudgedRow row : KpiJudge.judge(workspace, asOf, silent)) {
      if (!defined.contains(row.kpi())) {
        continue;
      }
      String key =
          String.join(
              "|",
              row.kpi(),
              row.period(),
              row.grain(),
              row.practice(),
              row.location().orElse("-"),
              row.member().orElse("-"),
              row.starts().toString());
      judged.put(key, new Numbers(row.numerator(), row.denominator(), row.sample()));
      practices.add(row.practice());
      kpis.merge(row.kpi() + " " + row.grain() + " " + row.period(), 1L, Long::sum);
    }
    Map<String, Row> published = published(workspace, practices);
    Set<String> keys = new TreeSet<>(judged.keySet());
    keys.addAll(published.keySet());
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      Numbers judge = judged.get(key);
      Row row = published.get(key);
      Numbers warehouse = row == null ? null : row.numbers();
      if (judge == null || warehouse == null || differs(key, judge, warehouse)) {
        differences.add(key + ": judge " + text(judge) + ", warehouse " + text(warehouse));
      } else if (!row.followsFromItsNumbers()) {
        differences.add(
            key
                + ": warehouse "
                + text(warehouse)
                + " is "
                + row.value().map(Object::toString).orElse("nothing")
                + (row.isStable() ? ", stable" : ", not stable"));
      }
    }
    return new Verdict(judged.size(), kpis, practices, differences);
  }

  /** A few differences of every KPI and grain, and how many there are. */
  String told() {
    Map<String, List<String>> byKpi =
        differences.stream()
            .collect(
                Collectors.groupingBy(
                    d -> d.substring(0, d.indexOf('|', d.indexOf('|', d.indexOf('|') + 1) + 1)),
                    TreeMap::new,
                    Collectors.toList()));
    return byKpi.entrySet().stream()
        .map(
            e ->
                e.getKey()
                    + ": "
                    + e.getValue().size()
                    + "\n  "
                    + e.getValue().stream().limit(4).collect(Collectors.joining("\n  ")))
        .collect(Collectors.joining("\n"));
  }

  private static boolean differs(String key, Numbers judge, Numbers warehouse) {
    return differs(key, judge.numerator(), warehouse.numerator())
        || differs(key, judge.denominator(), warehouse.denominator())
        || differs(key, judge.sample(), warehouse.sample());
  }

  private static boolean differs(
      String key, Optional<BigDecimal> judge, Optional<BigDecimal> warehouse) {
    return judge.isPresent() != warehouse.isPresent()
        || (judge.isPresent() && differs(key, judge.get(), warehouse.get()));
  }

  private static boolean differs(String key, BigDecimal judge, BigDecimal warehouse) {
    BigDecimal difference = judge.setScale(6, RoundingMode.HALF_EVEN).subtract(warehouse).abs();
    boolean isInventory = INVENTORY.contains(key.substring(0, key.indexOf('|')));
    return isInventory
        ? difference.compareTo(INVENTORY_TOLERANCE.max(judge.abs().movePointLeft(12))) > 0
        : difference.signum() != 0;
  }

  private static String text(Numbers numbers) {
    return numbers == null
        ? "nothing"
        : numbers.numerator()
            + " / "
            + numbers.denominator().map(BigDecimal::toString).orElse("-")
            + " of "
            + numbers.sample().map(BigDecimal::toString).orElse("-");
  }

  private static Map<String, Row> published(Path workspace, Set<String> practices) {
    String among = practices.stream().map(p -> "'" + p + "'").collect(Collectors.joining(", "));
    String sql =
        RELATIONS.stream()
            .map(
                r ->
                    """
                    SELECT concat_ws('|', kpi, '%s', %s, practice_id, coalesce(%s, '-'),
                      coalesce(%s, '-'), %s), numerator, denominator, sample_size, value, is_stable
                    FROM %s WHERE practice_id IN (%s)%s"""
                        .formatted(
                            r.period(),
                            r.grain(),
                            r.location(),
                            r.member(),
                            r.starts(),
                            r.name(),
                            among,
                            r.where()))
            .collect(Collectors.joining(" UNION ALL "));
    Map<String, Row> published = new TreeMap<>();
    query(workspace, sql)
        .lines()
        .skip(1)
        .map(line -> line.replace("\"", "").split(",", -1))
        .forEach(
            cells -> {
              Numbers numbers =
                  new Numbers(new BigDecimal(cells[1]), number(cells[2]), number(cells[3]));
              Row row =
                  new Row(
                      numbers,
                      number(cells[4]).map(BigDecimal::doubleValue),
                      cells[5].equals("true"));
              assertThat(published.put(cells[0], row)).as("twice: " + cells[0]).isNull();
            });
    return published;
  }

  /** The KPIs of the catalogue; the judge knows more as long as some are not computed yet. */
  private static Set<String> defined(Path workspace) {
    return query(workspace, "SELECT kpi FROM kpi_definitions")
        .lines()
        .skip(1)
        .collect(Collectors.toSet());
  }

  private static Optional<BigDecimal> number(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text));
  }

  /** What {@code medspa query} answers as CSV. */
  static String query(Path workspace, String sql) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Medspa.run(
            new PrintWriter(out),
            new PrintWriter(err),
            false,
            "query",
            "-w",
            workspace.toString(),
            "--format",
            "csv",
            sql);
    assertThat(code).as(err.toString()).isZero();
    return out.toString();
  }
}
