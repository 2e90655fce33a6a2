package medspa.pipelines.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one command said, and each step that it did, with the time of each: a file that is there
 * after whoever started it has gone. The last {@value #KEPT} stay.
 */
public final class RunLogFile implements AutoCloseable {
  /** The directory in a workspace. */
  public static final String DIRECTORY = "logs";

  /** Files that stay, the one that is written included. */
  static final int KEPT = 50;

  private final PrintWriter out;
  private final Clock clock;

  private RunLogFile(PrintWriter out, Clock clock) {
    this.out = out;
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
      remove(directory, KEPT - 1);
      String name =
          clock.instant().truncatedTo(ChronoUnit.MILLIS).toString().replace(':', '-')
              + "-"
              + command
              + ".log";
      return new RunLogFile(
          new PrintWriter(
              Files.newBufferedWriter(directory.resolve(name), StandardCharsets.UTF_8), true),
          clock);
    } catch (IOException e) {
      throw new UncheckedIOException("The log of the command cannot be written", e);
    }
  }

  /** Names begin with the time, so that their order is that of the commands. */
  private static void remove(Path directory, int kept) throws IOException {
    List<Path> logs;
    try (Stream<Path> files = Files.list(directory)) {
      logs = files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
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

  @Override
  public void close() {
    out.close();
  }
}
