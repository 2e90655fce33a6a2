package medspa.charts.read;

import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * How the publication that the report is made of came about.
 *
 * @param runId digest of all that went in
 * @param asOf nothing at or after this local day is in the numbers
 * @param knownAt sequence of the last ingested file that counts, where the report looks back at
 *     what was known
 * @param lastWeek first day of the last computed week, the week of the report
 * @param privacyNote what the warehouse holds in the sense of privacy
 */
public record Run(
    String runId,
    LocalDate asOf,
    OptionalLong knownAt,
    LocalDate lastWeek,
    long bronzeFiles,
    String configurationDigest,
    String codeVersion,
    String privacyNote) {

  /** What stands at the foot of every page behind the name of whom the report is for. */
  public String footNote() {
    return (knownAt.isPresent() ? " · As known at ingestion " + knownAt.getAsLong() : "")
        + " · Confidential";
  }
}
