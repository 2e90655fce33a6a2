package medspa.warehouse.explain;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.explain.Contribution.Origin;
import medspa.warehouse.query.Row;
import medspa.warehouse.query.WarehouseQuery;
import medspa.warehouse.query.WarehouseQuery.RowReader;

/**
 * The rows behind the measures: statements under {@code sql/explain} over the published tables,
 * written from the definitions and not from the measures, so that their sums prove something.
 */
final class MeasureRows {
  /** The statements, and the measures whose rows each gives. */
  private static final Map<String, List<String>> STATEMENTS =
      Map.ofEntries(
          Map.entry(
              "provider_time",
              List.of(
                  "bookable_seconds",
                  "kept_seconds",
                  "no_show_seconds",
                  "late_cancelled_seconds",
                  "unresolved_seconds")),
          Map.entry("timecards", List.of("worked_seconds", "overtime_seconds")),
          Map.entry("rooms", List.of("room_used_seconds", "room_open_seconds")),
          Map.entry(
              "visits",
              List.of(
                  "visits_attended",
                  "visits_no_show",
                  "visits_late_cancelled",
                  "visits_unresolved",
                  "visits_cancelled",
                  "visits_due",
                  "visits_attended_known",
                  "visits_since_history")),
          Map.entry("rebooked_visits", List.of("visits_rebooked")),
          Map.entry("new_client_visits", List.of("visits_new_client")),
          Map.entry("returned_clients", List.of("clients_matured_90", "clients_returned_90")),
          Map.entry(
              "bookings",
              List.of(
                  "rows_with_channel",
                  "rows_online",
                  "rows_changed_last_minute",
                  "rows_started",
                  "rows_started_late",
                  "actual_seconds",
                  "scheduled_seconds",
                  "rows_waited",
                  "wait_seconds")),
          Map.entry("double_bookings", List.of("double_bookings")),
          Map.entry(
              "revenue",
              List.of(
                  "net_service",
                  "net_retail",
                  "net_fee",
                  "gross_service",
                  "gross_retail",
                  "discount_service",
                  "discount_retail")),
          Map.entry("sales_visits", List.of("sales_visits")),
          Map.entry("receipts", List.of("billed", "collected")),
          Map.entry("treatment_rooms", List.of("treatment_rooms")),
          Map.entry(
              "stock_costs",
              List.of(
                  "goods_used_deducted", "used_cost_91", "expired_cost_91", "annual_goods_used")),
          Map.entry("mean_inventory", List.of("mean_inventory")),
          Map.entry("stock_value", List.of("stock_value")),
          Map.entry("stockout_days", List.of("stockout_days")),
          Map.entry(
              "stock_counts", List.of("shrinkage_cost", "count_error_cost", "count_book_cost")),
          Map.entry("expedited_freight", List.of("expedited_freight")));

  private static final Map<String, String> STATEMENT_OF =
      STATEMENTS.entrySet().stream()
          .flatMap(e -> e.getValue().stream().map(measure -> Map.entry(measure, e.getKey())))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  /** Statements whose amounts are fractions that are rounded in groups. */
  private static final Set<String> FRACTIONS = Set.of("stock_costs", "mean_inventory");

  /** Stands for the file of rows that come from the configuration. */
  private static final String CONFIGURATION = "configuration";

  private final WarehouseQuery query;
  private final AskedSession session;
  private final Map<String, Origin> files;
  private Optional<Asked> asked = Optional.empty();

  /** What statements gave for the asked rows, by statement and measure. */
  private final Map<String, Map<String, List<Contribution>>> read = new HashMap<>();

  MeasureRows(WarehouseQuery query) {
    this.query = query;
    this.session = new AskedSession(query);
    this.files =
        query
            .rows(
                "SELECT DISTINCT source_file_id, source, file_name FROM ingest_files",
                row ->
                    new Origin(
                        row.text("source_file_id"),
                        row.optionalText("source"),
                        row.text("file_name"),
                        Optional.empty()))
            .stream()
            .collect(Collectors.toMap(Origin::sourceFileId, file -> file));
  }

  /** Whether the rows of a measure can be told. */
  static boolean know(String measure) {
    return STATEMENT_OF.containsKey(measure);
  }

  /** Says whose rows the following calls of {@link #of} give. */
  void ask(Asked next) {
    if (!Optional.of(next).equals(asked)) {
      asked = Optional.of(next);
      read.clear();
      session.ask(next);
    }
  }

  /** The rows of a measure in a fixed order; together they are the measure. */
  List<Contribution> of(String measure) {
    return read.computeIfAbsent(STATEMENT_OF.get(measure), this::rows)
        .getOrDefault(measure, List.of());
  }

  private Map<String, List<Contribution>> rows(String statement) {
    if (statement.equals("rooms")) {
      session.prepareOpeningHours(asked.orElseThrow());
    }
    return query
        .rows(
            Definitions.resource("sql/explain/" + statement + ".sql"),
            FRACTIONS.contains(statement) ? fractions() : row -> row(row, row.decimal("amount")))
        .stream()
        .collect(Collectors.groupingBy(Contribution::measure));
  }

  /** Rounds as the measures were: first what is rounded by day, then what is scaled by product. */
  private RowReader<Contribution> fractions() {
    RoundedTogether days = new RoundedTogether();
    RoundedTogether products = new RoundedTogether();
    return row -> {
      String measure = row.text("measure") + " ";
      BigDecimal amount =
          days.share(
              row.optionalText("rounded_by").map(measure::concat),
              RoundedTogether.fraction(row.decimal("amount"), row.decimal("divisor")),
              BigDecimal.ONE,
              BigDecimal.ONE);
      return row(
          row,
          products.share(
              row.optionalText("scaled_by").map(measure::concat),
              amount,
              new BigDecimal(row.text("multiply_by")),
              new BigDecimal(row.text("divide_by"))));
    };
  }

  private Contribution row(Row row, BigDecimal amount) throws SQLException {
    Optional<Long> line = row.optionalText("source_line").map(Long::valueOf);
    return new Contribution(
        row.text("measure"),
        amount,
        row.text("words"),
        row.text("table_name"),
        row.text("record_id"),
        row.optionalDate("local_date"),
        row.optionalText("source_file_id").map(file -> origin(file, line)));
  }

  private Origin origin(String sourceFileId, Optional<Long> line) {
    if (sourceFileId.equals(CONFIGURATION)) {
      return new Origin(sourceFileId, Optional.empty(), "medspa.yaml", Optional.empty());
    }
    Origin file = files.get(sourceFileId);
    return new Origin(sourceFileId, file.source(), file.fileName(), line);
  }
}
