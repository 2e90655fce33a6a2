package medspa.jobs.compute.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.TreeSet;
import medspa.warehouse.measure.Grain;
import org.apache.spark.sql.Row;

/**
 * Adds amounts that are columns already.
 *
 * @param members of what grains the row names a member besides, in the order of their columns
 * @param measures in the order of the columns of their amounts
 */
record AmountsRule(ArrayList<Grain> members, ArrayList<String> measures) implements RowRule {
  /** Columns before those of members: practice, location, grain, member, date. */
  private static final int PLACE = 5;

  AmountsRule(Collection<Grain> members, Collection<String> measures) {
    this(new ArrayList<>(new TreeSet<>(members)), new ArrayList<>(new TreeSet<>(measures)));
  }

  @Override
  public void count(Row row, Tally tally) {
    tally.at(
        row.getString(0),
        row.getString(1),
        Grain.of(row.getString(2)),
        row.getString(3),
        row.getAs(4));
    int column = PLACE;
    for (Grain grain : members) {
      tally.and(grain, row.getString(column++));
    }
    for (String measure : measures) {
      tally.add(measure, row.getDecimal(column++));
    }
  }
}
