package medspa.jobs.compute.measure;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import medspa.jobs.compute.silver.Silver;
import medspa.warehouse.market.Market;
import medspa.warehouse.measure.Grain;
import medspa.warehouse.measure.MeasureFamily;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a source measures from, and how it says what it measures.
 *
 * @param family what is declared of its measures
 * @param silver the current rows of the tables it needs
 * @param datasets reads a dataset it needs, such as {@code gold/stock_ledger}
 * @param market what no export carries
 * @param lastWeekStart first day of the last whole week before the as-of
 */
public record MeasureInputs(
    MeasureFamily family,
    Silver silver,
    Function<String, Dataset<Row>> datasets,
    Market market,
    LocalDate lastWeekStart) {

  /**
   * What a source may read.
   *
   * @param all reads any dataset that has been written
   */
  public static MeasureInputs of(
      MeasureSource source,
      MeasureFamily family,
      Silver silver,
      Function<String, Dataset<Row>> all,
      Market market,
      LocalDate lastWeekStart) {
    Function<String, Dataset<Row>> needed =
        dataset -> {
          if (!source.needs().contains(dataset)) {
            throw new IllegalStateException(
                "The source of "
                    + source.family()
                    + " reads "
                    + dataset
                    + ", but does not need it");
          }
          return all.apply(dataset);
        };
    return new MeasureInputs(
        family,
        new Silver(table -> needed.apply("silver/" + table), silver.locations(), silver.asOf()),
        needed,
        market,
        lastWeekStart);
  }

  /** Reads a dataset. */
  public Dataset<Row> dataset(String name) {
    return datasets.apply(name);
  }

  /**
   * Measures columns: the row counts at the location and at each of its members.
   *
   * @param rows with practice_id, location_id and date
   * @param members who else a row counts for; a NULL is nobody
   * @param amounts the amount of each measure; NULL adds nothing
   * @throws IllegalStateException if one of them is not declared
   */
  public Measured measured(
      Dataset<Row> rows, Map<Grain, Column> members, Map<String, Column> amounts) {
    return measured(rows, lit(Grain.LOCATION.word()), lit(null), members, amounts);
  }

  /**
   * Measures columns of rows that say where they count.
   *
   * @param rows with practice_id, location_id, grain, member_id and date
   */
  public Measured measured(Dataset<Row> rows, Map<String, Column> amounts) {
    return measured(rows, col("grain"), col("member_id"), Map.of(), amounts);
  }

  private Measured measured(
      Dataset<Row> rows,
      Column grain,
      Column member,
      Map<Grain, Column> members,
      Map<String, Column> amounts) {
    AmountsRule rule = new AmountsRule(members.keySet(), amounts.keySet());
    List<Column> columns = new ArrayList<>();
    columns.add(col("practice_id"));
    columns.add(col("location_id"));
    columns.add(grain);
    columns.add(member.cast("string"));
    columns.add(col("date"));
    rule.members().forEach(other -> columns.add(members.get(other).cast("string")));
    rule.measures().forEach(measure -> columns.add(amounts.get(measure).cast(Measures.AMOUNT)));
    return counted(amounts.keySet(), rows.select(columns.toArray(Column[]::new)), rule);
  }

  /** Rows that are measures already; at grains at which they are declared. */
  public Measured measured(Set<String> measures, Dataset<Row> rows) {
    declared(measures);
    return new Measured(measures, rows);
  }

  /**
   * Measures each row by itself.
   *
   * @param measures those that the rule adds to
   */
  public Measured counted(Set<String> measures, Dataset<Row> rows, RowRule rule) {
    declared(measures);
    return new Measured(measures, Tallied.rows(rows, Tally.Declared.of(family), rule));
  }

  /**
   * Measures rows together that agree in some columns.
   *
   * @param measures those that the rule adds to
   * @param keys these columns
   */
  public Measured counted(
      Set<String> measures, Dataset<Row> rows, List<String> keys, GroupRule rule) {
    declared(measures);
    return new Measured(measures, Tallied.groups(rows, keys, Tally.Declared.of(family), rule));
  }

  private void declared(Set<String> measures) {
    Set<String> undeclared = new TreeSet<>(measures);
    undeclared.removeAll(family.ids());
    if (!undeclared.isEmpty()) {
      throw new IllegalStateException(
          "measures/" + family.id() + ".yaml does not declare " + String.join(", ", undeclared));
    }
  }

  /**
   * All rows that a source measures.
   *
   * @throws IllegalStateException if it does not measure all that is declared, or what is not
   */
  public List<Dataset<Row>> rowsOf(MeasureSource source) {
    List<Measured> measured = source.measured(this);
    Set<String> missing = new TreeSet<>(family.ids());
    measured.forEach(some -> missing.removeAll(some.measures()));
    if (!measured.isEmpty() && !missing.isEmpty()) {
      throw new IllegalStateException(
          "measures/"
              + family.id()
              + ".yaml declares "
              + String.join(", ", missing)
              + ", which nobody measures");
    }
    return measured.stream().map(Measured::rows).collect(Collectors.toCollection(ArrayList::new));
  }
}
