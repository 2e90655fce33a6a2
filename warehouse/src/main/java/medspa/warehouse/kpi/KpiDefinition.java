package medspa.warehouse.kpi;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.warehouse.measure.Grain;

/**
 * The published definition of one KPI: a ratio of two sums of additive measures.
 *
 * @param id the KPI's id, as in {@code kpi_weekly.kpi}
 * @param version rises when the meaning changes
 * @param numerator what is counted
 * @param denominator what it is divided by; empty for a sum
 * @param sample what the sample size counts; empty where every value is stable
 * @param grains the grains at which it is published per week; practice and region follow from the
 *     locations without being named, except where the practice's number is not the sum of its
 *     locations'
 * @param daily the grains at which it is published per day too
 * @param rollup how weeks add up
 * @param months how a month or any other range of days follows
 * @param spansDays days that the value of a week rests on: 7, or 91 where weeks overlap
 * @param grows whether a closed week's value grows by design as time passes, so that its change is
 *     no restatement
 * @param judgedBy the KPI that stands for it wherever change is judged (signals, limits, gaps in
 *     dollars), because its own weeks are of different ages; empty where it is judged itself
 * @param needs what an export must hold for the number to exist, first unmet reason first
 * @param zeroWhere of a sum: measures of which one that is not zero in a week shows that the export
 *     tells of the week, so that a sum without anything to add is 0 and not unknown
 * @param toldWhere of a ratio whose denominator comes from elsewhere: measures of which one is not
 *     zero in each week that the export tells of; in others the ratio is unknown and not 0
 */
public record KpiDefinition(
    String id,
    int version,
    String label,
    String description,
    Unit unit,
    Direction direction,
    Term numerator,
    Optional<Term> denominator,
    Optional<Term> sample,
    List<Grain> grains,
    List<Grain> daily,
    Rollup rollup,
    Months months,
    int spansDays,
    String exclusions,
    String formula,
    boolean grows,
    Optional<String> judgedBy,
    List<Need> needs,
    List<String> zeroWhere,
    List<String> toldWhere) {

  /** Numerator, and denominator where there is one. */
  public List<Term> parts() {
    return Stream.concat(Stream.of(numerator), denominator.stream()).toList();
  }

  /** Unit of the value. */
  public enum Unit {
    /** A fraction, shown as a percent. */
    PERCENT,
    /** An amount in the practice's currency. */
    MONEY,
    /** An amount per hour. */
    MONEY_PER_HOUR,
    /** Times per year. */
    TIMES_PER_YEAR,
    /** Days. */
    DAYS,
    /** Hours. */
    HOURS,
    /** Minutes. */
    MINUTES,
    /** How many. */
    COUNT,
    /** How many there are for every hundred of something else. */
    PER_HUNDRED,
    /** One quantity over another of the same unit; 1 is as planned. */
    RATIO
  }

  /** Which way is better. */
  public enum Direction {
    UP,
    DOWN
  }

  /** How a range of weeks follows from its weeks. */
  public enum Rollup {
    /** Measures of the weeks are added. */
    SUM,
    /** The value of the last week stands for the range: it spans 91 days, or is a level. */
    PERIOD_END
  }

  /** How a calendar month, a fiscal period or any other range of days follows from its days. */
  public enum Months {
    /** Measures of the days are added. */
    SUM,
    /** What holds at the end of the last day, or over the 91 days to it, stands for the range. */
    PERIOD_END;

    /** As it stands in definitions and in the warehouse. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A sum of measures in the unit of the definition: Σ measures × multiplyBy ÷ divideBy.
   *
   * @param words what the sum is, in words
   */
  public record Term(List<String> measures, int multiplyBy, int divideBy, String words) {}

  /**
   * Something without which the KPI is not available: rows of a table at the location, or a measure
   * that is anywhere not zero in its history.
   */
  public record Need(Optional<String> table, Optional<String> measure, String reason) {}
}
