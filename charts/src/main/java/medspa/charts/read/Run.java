package medspa.charts.read;

import java.time.LocalDate;

/**
 * How the publication that the report is made of came about.
 *
 * @param runId digest of all that went in
 * @param asOf nothing at or after this local day is in the numbers
 * @param lastWeek first day of the last computed week, the week of the report
 * @param privacyNote what the warehouse holds in the sense of privacy
 */
public record Run(
    String runId,
    LocalDate asOf,
    LocalDate lastWeek,
    long bronzeFiles,
    String configurationDigest,
    String codeVersion,
    String privacyNote) {}
