package medspa.warehouse.explain;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One row behind a numerator or a denominator.
 *
 * @param measure the measure it is counted in
 * @param amount what it adds, in the unit of the definition; 0 for a row that only tells why
 * @param words what it is and how the amount follows from it
 * @param tableName the published relation that holds the row
 * @param recordId its key within the location: of a receipt line the receipt and the line
 * @param localDate its day at the location, where it has one
 * @param origin where it was read; empty for a number that was rolled up
 */
public record Contribution(
    String measure,
    BigDecimal amount,
    String words,
    String tableName,
    String recordId,
    Optional<LocalDate> localDate,
    Optional<Origin> origin) {

  /**
   * Where a row was read.
   *
   * @param sourceFileId the ingested file
   * @param source the configured source; empty for what the configuration says itself
   * @param fileName path below the workspace
   * @param line line on which the row begins; empty for what the configuration says itself
   */
  public record Origin(
      String sourceFileId, Optional<String> source, String fileName, Optional<Long> line) {}
}
