package medspa.charts;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which reports to write from which warehouse.
 *
 * @param warehouseFile the published DuckDB file; it is only read
 * @param reportsDirectory where the folder of the week goes; made if it is not there
 * @param practiceId only this practice's owner report, and no benchmark report; empty for all
 * @param locationId only this location, in a report of its own; empty for all
 * @param pageSize the paper
 * @param highlight the practice whose locations have a colour of their own in benchmark reports
 */
public record ReportRequest(
    Path warehouseFile,
    Path reportsDirectory,
    Optional<String> practiceId,
    Optional<String> locationId,
    PageSize pageSize,
    Optional<String> highlight) {
  /** Reports in which no practice is told from the others. */
  public ReportRequest(
      Path warehouseFile,
      Path reportsDirectory,
      Optional<String> practiceId,
      Optional<String> locationId,
      PageSize pageSize) {
    this(warehouseFile, reportsDirectory, practiceId, locationId, pageSize, Optional.empty());
  }
}
