package medspa.warehouse.measure;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The declaration of one measure: an amount per period and member of a grain that is added up and
 * never averaged.
 *
 * @param id the measure's id, as in {@code measures_weekly.measure}
 * @param family what it is computed together with: the name of the file that declares it
 * @param words what the amount is, in words
 * @param unit what it is an amount of
 * @param period what it is measured for, and so how days and weeks add up
 * @param grains at which it has amounts
 * @param membersAddUp those of the grains whose members together are what their location has
 * @param tables the canonical tables whose rows it is made of, so that no other can change it
 * @param explanation how the rows behind it are shown; empty where they cannot be, and then no KPI
 *     divides it
 */
public record MeasureDefinition(
    String id,
    String family,
    String words,
    Unit unit,
    Period period,
    List<Grain> grains,
    List<Grain> membersAddUp,
    List<String> tables,
    Optional<Explanation> explanation) {

  /** What an amount is of. */
  public enum Unit {
    /** Real seconds. */
    SECONDS,
    /** Currency of the practice. */
    MONEY,
    /** How many. */
    COUNT,
    /** Days. */
    DAYS
  }

  /** What is measured at once. */
  public enum Period {
    /** A local day; a week is the sum of its days, and a range of weeks the sum of its weeks. */
    DAY,
    /** A week, which is not the sum of its days; a range of weeks is the sum of its weeks. */
    WEEK,
    /** What holds at the end of a week; the last week stands for a range. */
    WEEK_END;

    /** As it stands in the warehouse. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How the rows behind a measure are shown.
   *
   * @param statement the query under {@code sql/explain} that gives them
   * @param fractions whether their amounts are fractions, which were rounded in groups and not one
   *     by one
   */
  public record Explanation(String statement, boolean fractions) {}
}
