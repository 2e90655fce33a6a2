package medspa.warehouse.explain;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.explain.Contribution.Origin;
import medspa.warehouse.measure.MeasureCatalogue;
import medspa.warehouse.measure.MeasureDefinition;
import medspa.warehouse.measure.MeasureDefinition.Explanation;
import medspa.warehouse.query.Row;
import medspa.warehouse.query.WarehouseQuery;
import medspa.warehouse.query.WarehouseQuery.RowReader;

/**
 * The rows behind the measures: statements under {@code sql/explain} over the published tables,
 * written from the definitions and not from the measures, so that their sums prove something.
 */
final class MeasureRows {
  /** Stands for the file of rows that come from the configuration. */
  private static final String CONFIGURATION = "configuration";

  private final WarehouseQuery query;
  private final MeasureCatalogue measures;
  private final AskedSession session;
  private final Map<String, Origin> files;
  private Optional<Asked> asked = Optional.empty();

  /** What statements gave for the asked rows, by statement and measure. */
  private final Map<String, Map<String, List<Contribution>>> read = new HashMap<>();

  MeasureRows(WarehouseQuery query) {
    this.query = query;
    this.measures = MeasureCatalogue.load();
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
    Explanation explanation =
        measures
            .find(measure)
            .flatMap(MeasureDefinition::explanation)
            .orElseThrow(() -> new IllegalArgumentException("No rows are shown for " + measure));
    return read.computeIfAbsent(explanation.statement(), statement -> rows(explanation))
        .getOrDefault(measure, List.of());
  }

  private Map<String, List<Contribution>> rows(Explanation explanation) {
    if (explanation.statement().equals("rooms")) {
      session.prepareOpeningHours(asked.orElseThrow());
    }
    return query
        .rows(
            Definitions.resource("sql/explain/" + explanation.statement() + ".sql"),
            explanation.fractions() ? fractions() : row -> row(row, row.decimal("amount")))
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
