package medspa.charts.read;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A KPI of a location that moved to another level and stayed there.
 *
 * @param move from which level to which
 * @param weeksBefore weeks with enough data at the level before
 * @param weeks the same since
 * @param dollars what the move is worth a week, negative where it costs; empty where it has no
 *     price
 * @param providers those who can be compared
 * @param company what else moved at that time, the earliest first
 * @param weekly its last 26 weeks, oldest first; weeks without enough data are not there
 */
public record Story(
    String locationId,
    Move move,
    int weeksBefore,
    int weeks,
    Optional<BigDecimal> dollars,
    List<Provider> providers,
    List<Move> company,
    List<Week> weekly) {

  /** Copies the lists. */
  public Story {
    providers = List.copyOf(providers);
    company = List.copyOf(company);
    weekly = List.copyOf(weekly);
  }

  /**
   * From one level to another.
   *
   * @param since first day of the first week at the new level
   * @param before its value at the level before
   * @param value its value since
   */
  public record Move(
      String kpi, LocalDate since, double before, double value, boolean isFavourable) {}

  /** A provider who can be compared, and whether the provider's own value moved the same way. */
  public record Provider(String name, boolean hasMoved) {}

  /** The value of a week. */
  public record Week(LocalDate week, double value) {}
}
