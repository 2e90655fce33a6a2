package medspa.jobs.compute.measure;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How one family of measures is computed: what it needs, what it yields, what moves it. */
public interface MeasureSource {
  /** The family that it yields, whole, as {@code measures/<family>.yaml} declares it. */
  String family();

  /**
   * The canonical tables whose rows make its measures, and of which days a changed row of each
   * changes them. No change of another table changes them.
   */
  Map<String, Reach> reach();

  /** The datasets it reads; nothing else can be read by {@link MeasureInputs}. */
  default Set<String> needs() {
    return reach().keySet().stream()
        .map(table -> "silver/" + table)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The rows of its measures, not yet added up: of local days, or of weeks with their first day as
   * date.
   *
   * @return each measure of the family in one or several of them, or nothing where the
   *     configuration gives nothing to measure
   */
  List<Measured> measured(MeasureInputs in);

  /**
   * Dates of which its tables tell although no measure of a day may stand there, in one column
   * each: the weeks that count as computed begin with the first date that anyone knows.
   */
  default List<Dataset<Row>> dates(MeasureInputs in) {
    return List.of();
  }
}
