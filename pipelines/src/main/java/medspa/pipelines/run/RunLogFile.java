package medspa.pipelines.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import medspa.warehouse.lake.LakeJson;

/**
 * What one command said, and each step that it did, with the time of each: a file that is there
 * after whoever started it has gone. The last {@value #KEPT} stay.
 */
public final class RunLogFile implements AutoCloseable {
  /** The directory in a workspace. */
  public static final String DIRECTORY = "logs";

  /** Files that stay, the one that is written included. */
  static final int KEPT = 50;

  /** Events of all commands; the file before is kept when it has grown to this many bytes. */
  private static final String EVENTS = "lineage.jsonl";

  private static final String EARLIER_EVENTS = "lineage.earlier.jsonl";
  private static final long MOST_BYTES = 10_000_000;

  private final Path file;
  private final PrintWriter out;
  private final Clock clock;

  private RunLogFile(Path file, Clock clock) throws IOException {
    this.file = file;
    this.out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), true);
    this.clock = clock;
  }

  /**
   * Begins the file of a command and removes the oldest ones.
   *
   * @throws UncheckedIOException if it cannot be made
   */
  public static RunLogFile open(Path workspace, String command, Clock clock) {
    Path directory = workspace.resolve(DIRECTORY);
    try {
      Files.createDirectories(directory);
      remove(directory, ".log", KEPT - 1);
      remove(directory, ".json", KEPT - 1);
      String name =
          clock.instant().truncatedTo(ChronoUnit.MILLIS).toString().replace(':', '-')
              + "-"
              + command
              + ".log";
      return new RunLogFile(directory.resolve(name), clock);
    } catch (IOException e) {
      throw new UncheckedIOException("The log of the command cannot be written", e);
    }
  }

  /** Names begin with the time, so that their order is that of the commands. */
  private static void remove(Path directory, String ending, int kept) throws IOException {
    List<Path> logs;
    try (Stream<Path> files = Files.list(directory)) {
      logs = files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
    for (Path old : logs.subList(0, Math.max(0, logs.size() - kept))) {
      Files.deleteIfExists(old);
    }
  }

  /** Adds a line. */
  public void write(String line) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    out.println(now + " " + line);
  }

  /**
   * Adds where something failed. Words of an engine may quote an export, so of each cause there are
   * only its class and the places in the program.
   */
  public void write(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      write(cause.getClass().getName());
      for (StackTraceElement place : cause.getStackTrace()) {
        out.println("    at " + place);
      }
    }
  }

  /** Writes the manifest of the command beside the file. */
  public void manifest(Map<String, Object> manifest) {
    String name = file.getFileName().toString().replaceAll("log$", "json");
    LakeJson.replace(file.resolveSibling(name), manifest);
  }

  /**
   * Adds an event of the command to those of all commands.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public void event(Map<String, Object> event) {
    Path events = file.resolveSibling(EVENTS);
    try {
      if (Files.exists(events) && Files.size(events) > MOST_BYTES) {
        Files.move(
            events, file.resolveSibling(EARLIER_EVENTS), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.writeString(
          events,
          LakeJson.line(event) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("The events of the command cannot be written", e);
    }
  }

  @Override
  public void close() {
    out.close();
  }
}
