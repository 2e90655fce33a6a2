package medspa.pipelines.judge;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.YamlValue;

/**
 * The files that a workspace's configuration names in the built-in format, in the order in which
 * their knowledge counts: by time stamp, then by name, the same bytes only once per source.
 */
record JudgedExports(DayOfWeek weekStartsOn, List<Place> places, List<Export> exports) {
  /**
   * A location and what its numbers need to know of it.
   *
   * @param openingHours texts such as {@code 09:00-12:00}, by name of the weekday
   */
  record Place(
      String practice,
      String location,
      String zone,
      String noticeHours,
      Optional<String> region,
      Optional<String> openedOn,
      Optional<String> rooms,
      Optional<String> historyFrom,
      Map<String, List<String>> openingHours,
      List<String> closedDays) {}

  /**
   * A file.
   *
   * @param order rises from file to file of its source: later ones know better
   * @param header its first line
   */
  record Export(
      String practice, String table, String delivery, int order, Path file, String header) {}

  /** Reads the configuration; only practices whose appointments come in the built-in format. */
  static JudgedExports of(Path workspace) {
    Problems problems = new Problems();
    YamlValue yaml = YamlValue.parse(workspace.resolve("medspa.yaml"), problems);
    List<YamlValue> sources =
        yaml.list("sources").stream().filter(s -> s.text("format").equals("medspa")).toList();
    Set<String> practices = new HashSet<>();
    sources.stream()
        .filter(s -> s.text("table").equals("appointments"))
        .forEach(s -> practices.add(s.text("practice")));
    List<Place> places = new ArrayList<>();
    for (YamlValue practice : yaml.list("practices")) {
      for (YamlValue location : practice.list("locations")) {
        places.add(place(practice.text("id"), location, yaml.optionalText("history_from")));
      }
    }
    List<Export> exports = new ArrayList<>();
    for (YamlValue source : sources) {
      if (practices.contains(source.text("practice"))) {
        for (Path file : filesOf(workspace, source.text("from"))) {
          exports.add(
              new Export(
                  source.text("practice"),
                  source.text("table"),
                  source.optionalText("delivery").orElse("upsert"),
                  exports.size(),
                  file,
                  header(file)));
        }
      }
    }
    problems.failIfAny();
    places.removeIf(p -> !practices.contains(p.practice()));
    String weekday = yaml.optionalText("week_starts_on").orElse("monday");
    return new JudgedExports(
        DayOfWeek.valueOf(weekday.toUpperCase(Locale.ROOT)),
        List.copyOf(places),
        List.copyOf(exports));
  }

  private static Place place(String practice, YamlValue location, Optional<String> historyFrom) {
    Map<String, List<String>> hours = new TreeMap<>();
    location
        .find("opening_hours")
        .ifPresent(
            week ->
                week.entries()
                    .forEach(
                        (day, text) -> {
                          if (!text.text().equals("closed")) {
                            hours.put(day, List.of(text.text().split(", *", -1)));
                          }
                        }));
    return new Place(
        practice,
        location.text("id"),
        location.text("time_zone"),
        location.optionalText("notice_hours").orElse("24"),
        location.optionalText("region"),
        location.optionalText("opened_on"),
        location.optionalText("rooms"),
        location.optionalText("history_from").or(() -> historyFrom),
        hours,
        location.texts("closed_days"));
  }

  private static List<Path> filesOf(Path workspace, String glob) {
    PathMatcher matcher = workspace.getFileSystem().getPathMatcher("glob:" + glob);
    Path folder = workspace.resolve(glob).getParent();
    try (Stream<Path> paths = Files.list(folder)) {
      Set<String> seen = new HashSet<>();
      return paths
          .filter(p -> matcher.matches(workspace.relativize(p)))
          .sorted(
              Comparator.comparing(JudgedExports::modified)
                  .thenComparing(p -> p.getFileName().toString()))
          .filter(p -> seen.add(digest(p)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String header(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return reader.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(Path file) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
