package medspa.warehouse.explain;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Where a published number comes from, or why there is none. */
public sealed interface Explanation {
  /** The definition that was published with the number. */
  Definition definition();

  /** Whose number it is, in words. */
  String subject();

  /** First local day of its week. */
  LocalDate weekStart();

  /**
   * What the number is, as published in {@code kpi_definitions}.
   *
   * @param currency of every amount of money
   */
  record Definition(
      String kpi,
      int version,
      String label,
      String description,
      String unit,
      String direction,
      String numerator,
      Optional<String> denominator,
      Optional<String> sample,
      String formula,
      String exclusions,
      int spansDays,
      String currency) {}

  /**
   * A number with its parts.
   *
   * @param asOf nothing on or after this day is in it
   * @param value as published; empty where the denominator is 0
   * @param sampleSize how much it rests on, where the definition has a sample
   * @param parts numerator, and the denominator of a ratio
   * @param hint how to go on, for a number that is rolled up
   */
  record Explained(
      Definition definition,
      String subject,
      LocalDate weekStart,
      LocalDate asOf,
      OptionalDouble value,
      Optional<BigDecimal> sampleSize,
      boolean isStable,
      List<Part> parts,
      Optional<String> hint)
      implements Explanation {

    /** Whether the rows add up to what was published, in every part. */
    public boolean addsUp() {
      return parts.stream().allMatch(Part::addsUp);
    }
  }

  /**
   * No number, and why.
   *
   * @param reason as published in {@code kpi_unavailable}, or what the week lacks
   */
  record Unavailable(Definition definition, String subject, LocalDate weekStart, String reason)
      implements Explanation {}

  /**
   * Numerator or denominator.
   *
   * @param name {@code numerator} or {@code denominator}
   * @param words what is added
   * @param published the sum as published, 6 decimals
   * @param sum what the rows add up to; the sum of the contributions
   * @param contributions the rows, in an order that is the same each time
   */
  record Part(
      String name,
      String words,
      BigDecimal published,
      BigDecimal sum,
      List<Contribution> contributions) {
    /** Whether the rows add up to what was published, to the last decimal. */
    public boolean addsUp() {
      return sum.compareTo(published) == 0;
    }
  }
}
