package medspa.jobs.compute.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.LakeState;
import medspa.warehouse.lake.Seal;

/**
 * The directories one run writes. None of them is named by the lake's state before the run is over,
 * so a run that dies leaves nothing that anyone reads.
 */
public final class RunDirectories {
  private final Lake lake;
  private final String name;
  private final TreeMap<String, String> written = new TreeMap<>();

  private RunDirectories(Lake lake, String name) {
    this.lake = lake;
    this.name = name;
  }

  /** Directories named after the run, and differently where the valid ones have that name. */
  public static RunDirectories of(Lake lake, String runId, Optional<LakeState> valid) {
    Set<String> taken =
        valid.stream()
            .flatMap(state -> state.datasets().values().stream())
            .map(path -> path.substring(path.lastIndexOf('/') + 1))
            .collect(Collectors.toSet());
    return new RunDirectories(lake, taken.contains(runId) ? runId + "-rebuilt" : runId);
  }

  /**
   * A directory for a dataset such as {@code silver/visits}; it does not exist yet, and what a
   * killed run left there is deleted.
   */
  public synchronized Path create(String dataset) {
    String[] parts = dataset.split("/", 2);
    Path directory =
        parts[0].equals("silver") ? lake.silver(parts[1], name) : lake.gold(parts[1], name);
    delete(directory);
    written.put(dataset, lake.directory().relativize(directory).toString().replace('\\', '/'));
    return directory;
  }

  /** The directory of a dataset such as {@code silver/visits} that this run has made. */
  public synchronized Path directory(String dataset) {
    return lake.directory().resolve(written.get(dataset));
  }

  /** The path below the lake of each dataset of this run. */
  public synchronized Map<String, String> datasets() {
    return new TreeMap<>(written);
  }

  /**
   * Forces everything to disk that this run has written.
   *
   * @return the seal of each file, by its path below the lake
   */
  public synchronized Map<String, Seal> sealed() {
    Map<String, Seal> seals = new TreeMap<>();
    for (String path : written.values()) {
      Path directory = lake.directory().resolve(path);
      try (Stream<Path> files = Files.walk(directory)) {
        DiskFiles.forceTree(directory);
        files
            .filter(Files::isRegularFile)
            .filter(file -> !file.getFileName().toString().startsWith("."))
            .forEach(
                file ->
                    seals.put(
                        lake.directory().relativize(file).toString().replace('\\', '/'),
                        Seal.of(file)));
        // The name of the directory, too.
        DiskFiles.forceNames(directory.getParent());
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot force to disk " + directory, e);
      }
    }
    return seals;
  }

  /** Deletes every directory of silver and gold that the state does not name. */
  public static void sweep(Lake lake, LakeState state) {
    Set<Path> valid =
        state.datasets().values().stream()
            .map(lake.directory()::resolve)
            .collect(Collectors.toSet());
    for (String level : List.of("silver", "gold")) {
      for (Path dataset : children(lake.directory().resolve(level))) {
        children(dataset).stream()
            .filter(run -> !valid.contains(run))
            .forEach(RunDirectories::delete);
      }
    }
  }

  /** Deletes a directory with all that is in it; one that is not there is no error. */
  public static void delete(Path directory) {
    try {
      DiskFiles.remove(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + directory, e);
    }
  }

  private static Collection<Path> children(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + directory, e);
    }
  }
}
