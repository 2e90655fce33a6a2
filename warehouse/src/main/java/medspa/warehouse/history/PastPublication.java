package medspa.warehouse.history;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One publication, as it is remembered outside the warehouse.
 *
 * @param number its place in the order of publication, from 1
 * @param runId digest of all that went in
 * @param publishedAt when it was published, to the microsecond
 * @param asOf nothing at or after 00:00 of this day was in the numbers
 * @param lastWeekStart first day of the last published week; this week and all before were closed
 * @param bronzeSequence sequence of the newest batch that went in
 * @param bronzeFiles number of batches that went in
 * @param configurationDigest SHA-256 of the configuration
 * @param codeVersion version of the program
 * @param numbersChanged numbers that differ from what had been published, new weeks included
 * @param numbersRestated those of them that had been published for a closed week
 */
public record PastPublication(
    long number,
    String runId,
    Instant publishedAt,
    LocalDate asOf,
    LocalDate lastWeekStart,
    long bronzeSequence,
    long bronzeFiles,
    String configurationDigest,
    String codeVersion,
    long numbersChanged,
    long numbersRestated) {}
