package medspa.pipelines.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.definition.InvalidDefinitionException;
import medspa.warehouse.history.History;
import medspa.warehouse.lake.KnownAt;
import medspa.warehouse.lake.Lake;

/**
 * Where everything of a workspace is. Whoever only reads what was published needs no more, and
 * waits for no configuration.
 *
 * @param directory the workspace's directory, absolute
 * @param knownAt what was known earlier, where only that counts
 */
public record WorkspaceFiles(Path directory, Optional<KnownAt> knownAt) {
  /** The configuration's file name in a workspace. */
  public static final String CONFIGURATION = "medspa.yaml";

  /**
   * The files of the workspace in a directory.
   *
   * @throws InvalidDefinitionException if there is no configuration
   */
  public static WorkspaceFiles in(Path directory) {
    Path file = directory.resolve(CONFIGURATION);
    if (!Files.isRegularFile(file)) {
      throw new InvalidDefinitionException(
          List.of(
              file
                  + ": there is no configuration; name a workspace with -w DIR or"
                  + " MEDSPA_WORKSPACE, or make one with `medspa init "
                  + directory
                  + "`"));
    }
    return new WorkspaceFiles(directory.toAbsolutePath().normalize(), Optional.empty());
  }

  /**
   * The same as it was known when its newest batch was an earlier one: its silver, gold, warehouse
   * and reports have places of their own, so that a look back never replaces what is published.
   */
  public WorkspaceFiles knownAt(KnownAt then) {
    return new WorkspaceFiles(directory, Optional.of(then));
  }

  /** The configuration. */
  Path configuration() {
    return directory.resolve(CONFIGURATION);
  }

  /** The workspace's lake, or that of what was known then. */
  public Lake lake() {
    return knownAt.map(then -> lakeOfNow().knownAt(then.sequence())).orElse(lakeOfNow());
  }

  /** The workspace's lake, whatever was known when. */
  public Lake lakeOfNow() {
    return new Lake(directory.resolve("lake"));
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
