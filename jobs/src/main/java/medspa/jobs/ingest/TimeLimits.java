package medspa.jobs.ingest;

import java.time.Instant;
import java.util.Optional;
import medspa.warehouse.lake.Batch.Period;

/**
 * Within which days the rows of a file can lie.
 *
 * @param period the days that the file states; a row of another local day is rejected
 * @param deliveredAt when the file was first taken in; what lies more than a day later, in whatever
 *     zone, cannot have happened
 */
record TimeLimits(Optional<Period> period, Instant deliveredAt) {}
