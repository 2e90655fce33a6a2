package medspa.pipelines.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.jobs.ingest.Mappings;
import medspa.jobs.ingest.Source;
import medspa.jobs.pull.PullSource;
import medspa.warehouse.history.History;
import medspa.warehouse.journal.Accounts;
import medspa.warehouse.lake.KnownAt;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.market.Identity;
import medspa.warehouse.market.Market;

/**
 * A workspace with its validated configuration.
 *
 * @param directory the workspace's directory, absolute
 * @param market practices, locations and what no export carries
 * @param sources where exports come from, in the order of the file
 * @param pulls the sources that are fetched, in the same order
 * @param mappings the mappings that the sources can use
 * @param identities what sources call differently, from {@value #IDENTITIES}
 * @param pseudonymKeyFile where the pseudonym key is, unless the environment has it
 * @param rejectLimit share of rejected rows above which a file is refused
 * @param deletionLimit share of the rows on the days that it replaces that a delivery may delete
 * @param accounts what the accounts of journal entries are called, by practice
 * @param configurationDigest SHA-256 of the configuration's bytes and of what the crosswalk changes
 *     in it
 * @param knownAt what was known earlier, where only that counts
 */
public record Workspace(
    Path directory,
    Market market,
    List<Source> sources,
    List<PullSource> pulls,
    Mappings mappings,
    List<Identity> identities,
    Optional<Path> pseudonymKeyFile,
    BigDecimal rejectLimit,
    BigDecimal deletionLimit,
    Map<String, Accounts> accounts,
    String configurationDigest,
    Optional<KnownAt> knownAt) {

  /** The configuration's file name in a workspace. */
  public static final String CONFIGURATION = "medspa.yaml";

  /** The crosswalk's file name in a workspace; optional. */
  public static final String IDENTITIES = "identities.csv";

  /**
   * The same workspace as it was known when its newest batch was an earlier one: its silver, gold,
   * warehouse and reports have places of their own, so that a look back never replaces what is
   * published.
   */
  public Workspace knownAt(KnownAt then) {
    return new Workspace(
        directory,
        market,
        sources,
        pulls,
        mappings,
        identities,
        pseudonymKeyFile,
        rejectLimit,
        deletionLimit,
        accounts,
        configurationDigest,
        Optional.of(then));
  }

  /** The workspace's lake. */
  public Lake lake() {
    Lake lake = new Lake(directory.resolve("lake"));
    return knownAt.map(then -> lake.knownAt(then.sequence())).orElse(lake);
  }

  /** The keys by which SFTP servers are known, as {@code ssh} writes them. */
  public Path knownHosts() {
    return directory.resolve("known_hosts");
  }

  /** The published warehouse. */
  public Path warehouseFile() {
    return directory
        .resolve("warehouse")
        .resolve(knownAt.map(then -> "known-at-" + then.sequence()).orElse("medspa") + ".duckdb");
  }

  /** What was published, and how each run went. */
  public History history() {
    return new History(directory.resolve("history"));
  }

  /** Where reports go, one folder per week. */
  public Path reports() {
    Path reports = directory.resolve("reports");
    return knownAt.map(then -> reports.resolve("known-at-" + then.sequence())).orElse(reports);
  }
}
