package medspa.jobs.compute;

import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.market.Market;

/**
 * What to compute.
 *
 * @param lake the lake that is read and written
 * @param market practices and locations; rows of a location it does not name are left out
 * @param asOf nothing at or after 00:00 of this day in a location's zone is in the measures
 * @param knownAt sequence of the last batch that counts; without it all count
 * @param configurationDigest SHA-256 of the configuration the market was read from
 * @param codeVersion version of the program; another version computes again
 * @param sparkMaster where Spark runs; this process without it
 * @param rebuild whether to compute even if nothing has changed
 * @param progress is told in a few words what is being done
 */
public record ComputeRequest(
    Lake lake,
    Market market,
    LocalDate asOf,
    Optional<Long> knownAt,
    String configurationDigest,
    String codeVersion,
    Optional<String> sparkMaster,
    boolean rebuild,
    Consumer<String> progress) {}
