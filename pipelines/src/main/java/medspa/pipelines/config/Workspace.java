package medspa.pipelines.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.jobs.ingest.Mappings;
import medspa.jobs.ingest.Source;
import medspa.jobs.pull.PullSource;
import medspa.pipelines.deliver.DeliverySettings;
import medspa.warehouse.history.History;
import medspa.warehouse.journal.Books;
import medspa.warehouse.lake.KnownAt;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.market.Identity;
import medspa.warehouse.market.Market;

/**
 * A workspace with its validated configuration.
 *
 * @param files where everything of it is
 * @param market practices, locations and what no export carries
 * @param sources where exports come from, in the order of the file
 * @param pulls the sources that are fetched, in the same order
 * @param mappings the mappings that the sources can use
 * @param identities what sources call differently, from {@value #IDENTITIES}
 * @param pseudonymKeyFile where the pseudonym key is, unless the environment has it
 * @param rejectLimit share of rejected rows above which a file is refused
 * @param deletionLimit share of the rows on the days that it replaces that a delivery may delete
 * @param groupMayRead whether besides the owner the directories' group may read what is published
 *     and kept
 * @param books for which journal entries are written, by practice
 * @param delivery what is delivered to whom
 * @param configurationDigest SHA-256 of the configuration's bytes and of what the crosswalk changes
 *     in it
 */
public record Workspace(
    WorkspaceFiles files,
    Market market,
    List<Source> sources,
    List<PullSource> pulls,
    Mappings mappings,
    List<Identity> identities,
    Optional<Path> pseudonymKeyFile,
    BigDecimal rejectLimit,
    BigDecimal deletionLimit,
    boolean groupMayRead,
    Map<String, Books> books,
    DeliverySettings delivery,
    String configurationDigest) {

  /** The crosswalk's file name in a workspace; optional. */
  public static final String IDENTITIES = "identities.csv";

  /** The same workspace with the files of what was known at an earlier time. */
  public Workspace with(WorkspaceFiles others) {
    return new Workspace(
        others,
        market,
        sources,
        pulls,
        mappings,
        identities,
        pseudonymKeyFile,
        rejectLimit,
        deletionLimit,
        groupMayRead,
        books,
        delivery,
        configurationDigest);
  }

  /** The workspace's directory, absolute. */
  public Path directory() {
    return files.directory();
  }

  /** What was known earlier, where only that counts. */
  public Optional<KnownAt> knownAt() {
    return files.knownAt();
  }

  /** The workspace's lake. */
  public Lake lake() {
    return files.lake();
  }

  /** The published warehouse. */
  public Path warehouseFile() {
    return files.warehouseFile();
  }

  /** What was published, and how each run went. */
  public History history() {
    return files.history();
  }

  /** Where reports go, one folder per week. */
  public Path reports() {
    return files.reports();
  }
}
