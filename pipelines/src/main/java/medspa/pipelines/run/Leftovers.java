package medspa.pipelines.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.jobs.pull.PullSource;
import medspa.pipelines.config.Workspace;
import medspa.warehouse.lake.DamagedFileException;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.LakeState;

/**
 * What killed commands have left in a workspace, and what nothing needs any more. Commands sweep
 * most of it themselves when they come by.
 *
 * @param path a file, or a directory with all that is in it
 * @param bytes what it takes on the disk
 * @param what why it is here
 */
public record Leftovers(Path path, long bytes, String what) {

  /** Everything of the kind; nothing is changed. To be asked while the workspace is locked. */
  public static List<Leftovers> find(Workspace workspace) {
    List<Leftovers> found = new ArrayList<>();
    Lake lake = workspace.lake();
    hidden(lake.bronze(), "", "a batch that was not finished", found);
    for (Lake one : lakes(lake)) {
      if (Files.exists(one.scratch())) {
        add(one.scratch(), "scratch of a computation that was killed", found);
      }
      hidden(one.directory(), ".new", "a file that was not finished", found);
      unnamed(one, found);
    }
    Path warehouse = workspace.warehouseFile().getParent();
    for (String ending : new String[] {".new", ".new.wal", ".tmp"}) {
      hidden(warehouse, ending, "a warehouse that was not finished", found);
    }
    for (Path wal : children(warehouse)) {
      if (name(wal).endsWith(".duckdb.wal")) {
        add(wal, "a log beside the warehouse, which another program has left", found);
      }
    }
    for (Path week : children(workspace.reports())) {
      hidden(week, ".new", "a report that was not finished", found);
    }
    for (PullSource pull : workspace.pulls()) {
      hidden(pull.directory(), ".part", "a file that was not fetched whole", found);
    }
    return found;
  }

  /** Removes it. */
  public void remove() {
    try {
      DiskFiles.remove(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + path, e);
    }
  }

  /** The workspace's lake, and those of looks back. */
  static List<Lake> lakes(Lake lake) {
    List<Lake> lakes = new ArrayList<>(List.of(lake));
    for (Path then : children(lake.directory().resolve("known-at"))) {
      if (Files.isDirectory(then)) {
        lakes.add(new Lake(then, lake.bronze()));
      }
    }
    return lakes;
  }

  /** Silver and gold that the state does not name; all of it counts where the state is damaged. */
  private static void unnamed(Lake lake, List<Leftovers> found) {
    Set<Path> named;
    try {
      named =
          LakeState.read(lake).stream()
              .flatMap(state -> state.datasets().values().stream())
              .map(lake.directory()::resolve)
              .collect(Collectors.toSet());
    } catch (DamagedFileException e) {
      return;
    }
    for (String level : new String[] {"silver", "gold"}) {
      for (Path dataset : children(lake.directory().resolve(level))) {
        for (Path run : children(dataset)) {
          if (!named.contains(run)) {
            add(run, "rows of a computation that do not count", found);
          }
        }
      }
    }
  }

  private static void hidden(Path directory, String ending, String what, List<Leftovers> found) {
    for (Path path : children(directory)) {
      boolean isScratch = name(path).equals(".spark");
      if (name(path).startsWith(".") && name(path).endsWith(ending) && !isScratch) {
        add(path, what, found);
      }
    }
  }

  private static void add(Path path, String what, List<Leftovers> found) {
    try (Stream<Path> files = Files.walk(path)) {
      long bytes =
          files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      found.add(new Leftovers(path, bytes, what));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + path, e);
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static List<Path> children(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + directory, e);
    }
  }
}
