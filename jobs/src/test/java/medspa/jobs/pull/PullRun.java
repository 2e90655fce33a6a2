package medspa.jobs.pull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import medspa.jobs.pull.Pull.Outcome;

/** Pulls of one workspace in a test: secrets are given, waits are noted and never waited. */
final class PullRun {
  static final Instant NOW = Instant.parse("2026-06-15T10:00:00Z");

  final Path workspace;
  final Map<String, String> environment = new TreeMap<>();
  final List<Duration> waits = new ArrayList<>();
  final List<String> lines = new ArrayList<>();
  Instant now = NOW;
  int attempts = 3;
  long maxBytes = 1 << 20;
  Duration idleTimeout = Duration.ofSeconds(30);
  Optional<SSLContext> tls = Optional.empty();
  private Remote last;

  PullRun(Path workspace) {
    this.workspace = workspace;
  }

  Path directory() {
    return workspace.resolve("exports/pulled/source");
  }

  Path knownHosts() {
    return workspace.resolve("known_hosts");
  }

  /** Pulls from one place. */
  Outcome from(Remote remote) {
    last = remote;
    return all(List.of(new PullSource("source", remote, directory(), attempts, maxBytes))).get(0);
  }

  List<Outcome> all(List<PullSource> sources) {
    return Pull.run(
        new Pull.Request(
            sources,
            knownHosts(),
            variable -> Optional.ofNullable(environment.get(variable)),
            now,
            new Transport(waits::add, () -> 1.0, tls, Duration.ofSeconds(30), idleTimeout),
            lines::add));
  }

  /** What ingestion could see: paths below the source's folder that are not hidden. */
  List<String> visible() {
    return paths(directory()).stream()
        .filter(path -> !path.substring(path.lastIndexOf('/') + 1).startsWith("."))
        .toList();
  }

  /** Every file of the workspace. */
  List<String> everything() {
    return paths(workspace);
  }

  private static List<String> paths(Path root) {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text(String path) {
    try {
      return Files.readString(directory().resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Instant modified(String path) {
    try {
      return Files.getLastModifiedTime(directory().resolve(path)).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that was said, for a search for what must not be said. */
  String said(Outcome outcome) {
    return String.join("\n", lines) + outcome + state();
  }

  PullState state() {
    return PullState.read(directory(), last);
  }
}
