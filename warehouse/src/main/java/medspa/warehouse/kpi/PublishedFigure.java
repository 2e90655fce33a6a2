package medspa.warehouse.kpi;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A figure of the trade that is public. It is never a target: others count something else.
 *
 * @param kpi the KPI that it stands nearest to
 * @param low in the unit of the KPI
 * @param high the same where one number is told, else the upper end
 * @param currency of an amount, ISO 4217; empty for what is none
 * @param kind how it came about
 * @param source who published it, and where
 * @param year of the data, or of the publication where that is not told
 * @param sample what it rests on
 * @param definition what it counts, in own words
 * @param difference what makes it another number than the KPI
 */
public record PublishedFigure(
    String id,
    String kpi,
    BigDecimal low,
    BigDecimal high,
    Optional<String> currency,
    Kind kind,
    String source,
    String link,
    int year,
    String sample,
    Grade grade,
    String definition,
    String difference) {

  /** How a figure came about. */
  public enum Kind {
    /** Counted or asked for. */
    MEASURED,
    /** Follows from a figure that was. */
    DERIVED,
    /** What somebody calls good. */
    ADVICE
  }

  /** How far a source can be relied upon; blogs are none. */
  public enum Grade {
    /** A standard setter, an association's own journal or a peer-reviewed paper. */
    A,
    /** A report of the trade, or what a trade paper says of it. */
    B
  }
}
