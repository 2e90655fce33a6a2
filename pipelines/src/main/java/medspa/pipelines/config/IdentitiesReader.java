package medspa.pipelines.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import medspa.jobs.ingest.Source;
import medspa.jobs.read.ExportFile;
import medspa.jobs.read.ExportReader;
import medspa.jobs.read.FileRefusedException;
import medspa.jobs.read.Format;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.Spelling;
import medspa.warehouse.market.Identity;
import medspa.warehouse.market.Identity.Kind;

/**
 * Reads {@code identities.csv}, the crosswalk between systems. The file may hold clients' ids, so
 * problems name line and column and never quote a cell.
 */
final class IdentitiesReader {
  /** The columns that must be there. */
  static final List<String> COLUMNS = List.of("kind", "source", "value", "canonical_id");

  /** Further columns of a file of suggestions, for whoever confirms them; not read. */
  static final List<String> SUGGESTED = List.of("score", "rows", "value_name", "canonical_name");

  private static final String FILE = Workspace.IDENTITIES;

  private final Problems problems;
  private final Map<String, String> practices;
  private final Map<Identity, Long> lines = new LinkedHashMap<>();
  private final Map<List<String>, Identity> byValue = new HashMap<>();
  private List<String> header = List.of();

  private IdentitiesReader(Problems problems, List<Source> sources) {
    this.problems = problems;
    this.practices =
        sources.stream().collect(Collectors.toMap(Source::name, Source::practiceId, (a, b) -> a));
  }

  /** The lines of the workspace's crosswalk; none where it has no such file. */
  static List<Identity> read(Path workspace, List<Source> sources, Problems problems) {
    Path file = workspace.resolve(FILE);
    if (!Files.exists(file)) {
      return List.of();
    }
    IdentitiesReader reader = new IdentitiesReader(problems, sources);
    try {
      ExportReader.read(
          ExportFile.of(file), Format.CSV, Set.of(), (line, fields) -> reader.row(line, fields));
    } catch (FileRefusedException e) {
      problems.add(
          FILE + e.line().map(line -> ":" + line).orElse(""), e.getMessage() + " " + e.nextStep());
    }
    reader.refuseChains();
    return List.copyOf(reader.lines.keySet());
  }

  private boolean row(long line, List<String> fields) {
    if (header.isEmpty()) {
      header = fields.stream().map(name -> Spelling.of(name).toLowerCase(Locale.ROOT)).toList();
      return isHeader(line);
    }
    if (fields.stream().allMatch(String::isBlank)) {
      return true;
    }
    if (fields.size() != header.size()) {
      problems.add(
          FILE + ":" + line,
          "has "
              + fields.size()
              + " fields, the header has "
              + header.size()
              + "; put quotes around a value that holds a comma");
      return true;
    }
    identity(line, fields).ifPresent(identity -> add(line, identity));
    return true;
  }

  private boolean isHeader(long line) {
    List<String> known = new ArrayList<>(COLUMNS);
    known.addAll(SUGGESTED);
    if (header.containsAll(COLUMNS)
        && known.containsAll(header)
        && header.stream().distinct().count() == header.size()) {
      return true;
    }
    problems.add(
        FILE + ":" + line,
        "must be the header "
            + String.join(",", COLUMNS)
            + "; of other columns only those of suggestions may follow ("
            + String.join(", ", SUGGESTED)
            + ")");
    return false;
  }

  private Optional<Identity> identity(long line, List<String> fields) {
    Optional<Kind> kind =
        Arrays.stream(Kind.values())
            .filter(k -> k.word().equals(cell(fields, "kind").toLowerCase(Locale.ROOT)))
            .findFirst();
    if (kind.isEmpty()) {
      problem(line, "kind", "must be provider, service, product, room or client");
    }
    String source = cell(fields, "source");
    if (!practices.containsKey(source)) {
      problem(
          line,
          "source",
          "is no source of "
              + WorkspaceFiles.CONFIGURATION
              + "; sources are "
              + String.join(", ", practices.keySet().stream().sorted().toList()));
    }
    String value = cell(fields, "value");
    if (value.isEmpty()) {
      problem(line, "value", "is empty; write what the source calls it");
    }
    String canonicalId = cell(fields, "canonical_id");
    if (canonicalId.isEmpty()) {
      problem(line, "canonical_id", "is empty; write the id that every source shall have");
    }
    return kind.isEmpty()
            || !practices.containsKey(source)
            || value.isEmpty()
            || canonicalId.isEmpty()
        ? Optional.empty()
        : Optional.of(new Identity(practices.get(source), kind.get(), source, value, canonicalId));
  }

  private void add(long line, Identity identity) {
    Identity earlier =
        byValue.putIfAbsent(
            List.of(identity.kind().word(), identity.source(), identity.value()), identity);
    if (earlier == null) {
      lines.put(identity, line);
    } else if (earlier.equals(identity)) {
      problem(line, "value", "repeats line " + lines.get(earlier) + "; remove one of them");
    } else {
      problem(
          line,
          "canonical_id",
          "contradicts line "
              + lines.get(earlier)
              + "; one value of a source can have one canonical id only");
    }
  }

  /** An id that stands for others must not itself be replaced by another one. */
  private void refuseChains() {
    Map<List<String>, Identity> replaced = new HashMap<>();
    for (Identity identity : lines.keySet()) {
      if (!identity.value().equals(identity.canonicalId())) {
        replaced.putIfAbsent(
            List.of(identity.practiceId(), identity.kind().word(), identity.value()), identity);
      }
    }
    lines.forEach(
        (identity, line) -> {
          Identity other =
              replaced.get(
                  List.of(identity.practiceId(), identity.kind().word(), identity.canonicalId()));
          if (other != null) {
            problem(
                line,
                "canonical_id",
                "is itself a value that line "
                    + lines.get(other)
                    + " gives another id; name one id for both");
          }
        });
  }

  private void problem(long line, String column, String message) {
    problems.add(FILE + ":" + line + " " + column, message);
  }

  /** The apostrophe that guards a text from being run as a formula is not part of it. */
  private String cell(List<String> fields, String column) {
    String text = Spelling.of(fields.get(header.indexOf(column)));
    return text.matches("'[=+@-].*") ? text.substring(1) : text;
  }
}
