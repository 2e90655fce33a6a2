package medspa.jobs.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.ResourceFolder;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.lake.Batch.Delivery;

/** The mappings that a workspace can use: those shipped and those of its own. */
public final class Mappings {
  /** The built-in format: a CSV whose columns are those of the canonical table. */
  public static final String BUILT_IN = "medspa";

  /** The format of a source whose files are recognised by their headers. */
  public static final String AUTO = "auto";

  /** The format of the workbook that a person fills in: each sheet is an export of its own. */
  public static final String REFERENCE = "reference-workbook";

  private final TableContracts contracts;
  private final Map<String, Mapping> mappings;
  private final Map<String, String> texts;

  private Mappings(
      TableContracts contracts, Map<String, Mapping> mappings, Map<String, String> texts) {
    this.contracts = contracts;
    this.mappings = mappings;
    this.texts = texts;
  }

  /**
   * Loads the shipped mappings and every YAML file in the workspace's own directory; one that has
   * the name of a shipped one wins.
   *
   * @param own the workspace's {@code mappings/}; need not exist
   * @param problems collects what is wrong, naming file, line and key
   */
  public static Mappings load(TableContracts contracts, Path own, Problems problems) {
    Map<String, Mapping> mappings = new LinkedHashMap<>();
    Map<String, String> texts = new LinkedHashMap<>();
    ResourceFolder shipped = ResourceFolder.shipped("mappings");
    for (String id : shipped.names(".yaml")) {
      String file = shipped.path(id + ".yaml");
      String text = shipped.text(id + ".yaml");
      mappings.put(id, MappingFile.read(contracts, YamlValue.parse(file, text, problems), text));
      texts.put(id, text);
    }
    if (Files.isDirectory(own)) {
      Map<String, Path> read = new HashMap<>();
      for (Path file : definitions(own)) {
        read(contracts, file, problems)
            .ifPresent(
                definition -> {
                  Mapping mapping = definition.getKey();
                  Path other = read.putIfAbsent(mapping.id(), file);
                  if (other != null && !mapping.id().isEmpty()) {
                    problems.add(
                        file.toString(),
                        "is the mapping "
                            + mapping.id()
                            + ", as is "
                            + other.getFileName()
                            + "; give one of them another name under `mapping:`");
                  }
                  mappings.put(mapping.id(), mapping);
                  texts.put(mapping.id(), definition.getValue());
                });
      }
    }
    checkOptionalLookups(mappings, own, problems);
    return new Mappings(contracts, mappings, texts);
  }

  /** The YAML files of a folder by name. */
  private static List<Path> definitions(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the mappings in " + folder, e);
    }
  }

  /** A mapping and its text; nothing, after a problem, if the file is no text. */
  private static Optional<Map.Entry<Mapping, String>> read(
      TableContracts contracts, Path file, Problems problems) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      YamlValue.parse(file, problems);
      return Optional.empty();
    }
    YamlValue yaml = YamlValue.parse(file.toString(), text, problems);
    Mapping mapping = MappingFile.read(contracts, yaml, text);
    if (List.of(BUILT_IN, AUTO, REFERENCE).contains(mapping.id())) {
      yaml.problem(
          "has the name "
              + mapping.id()
              + ", which means something else as a format; give another");
    }
    return Optional.of(Map.entry(mapping, text));
  }

  private static void checkOptionalLookups(
      Map<String, Mapping> mappings, Path where, Problems problems) {
    for (Mapping mapping : mappings.values()) {
      for (Map.Entry<String, String> lookup : mapping.optionalLookups().entrySet()) {
        if (!mappings.containsKey(lookup.getValue())) {
          problems.add(
              where.toString(),
              "the mapping "
                  + mapping.id()
                  + " looks "
                  + lookup.getKey()
                  + " up in the columns of "
                  + lookup.getValue()
                  + ", which is no mapping; `medspa mapping list` shows them");
        }
      }
    }
  }

  /**
   * The mapping of a source.
   *
   * @param format its name, or {@value #BUILT_IN}
   * @param table the canonical table, for the built-in format
   */
  public Optional<Mapping> find(String format, Optional<String> table) {
    if (format.equals(BUILT_IN)) {
      return table
          .filter(contracts.names()::contains)
          .map(t -> BuiltInFormat.of(contracts.table(t)));
    }
    return Optional.ofNullable(mappings.get(format));
  }

  /** The names of all mappings but the built-in one. */
  public Set<String> names() {
    return mappings.keySet();
  }

  /** The definition of a mapping as it is written. */
  public Optional<String> text(String id) {
    return Optional.ofNullable(texts.get(id));
  }

  /**
   * These and one more file, whose mapping wins over one of the same name.
   *
   * @param problems collects what is wrong, naming file, line and key
   * @return the id of the added mapping, and all of them; these without one after a problem
   */
  public Map.Entry<String, Mappings> and(Path file, Problems problems) {
    Optional<Map.Entry<Mapping, String>> read = read(contracts, file, problems);
    if (read.isEmpty()) {
      return Map.entry("", this);
    }
    Mapping mapping = read.get().getKey();
    Map<String, Mapping> more = new LinkedHashMap<>(mappings);
    more.put(mapping.id(), mapping);
    checkOptionalLookups(more, file, problems);
    Map<String, String> moreTexts = new LinkedHashMap<>(texts);
    moreTexts.put(mapping.id(), read.get().getValue());
    return Map.entry(mapping.id(), new Mappings(contracts, more, moreTexts));
  }

  /**
   * These and the other mappings in the folder of one, such as that of a look-up; what is wrong
   * with one of them is left for when it is used.
   */
  public Mappings andSiblings(Path file) {
    Mappings all = this;
    for (Path other : definitions(file.toAbsolutePath().getParent())) {
      if (!other.equals(file.toAbsolutePath())) {
        Problems problems = new Problems();
        Mappings more = all.and(other, problems).getValue();
        all = problems.messages().isEmpty() ? more : all;
      }
    }
    return all;
  }

  /** One line per mapping: name, vendor, export and the tables it feeds. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    lines.add(
        BUILT_IN + " · Medspa Analytics · CSV with the columns of a canonical table · any table");
    lines.add(
        REFERENCE
            + " · Medspa Analytics · the workbook of `medspa reference suggest`, filled in · "
            + ReferenceFormat.sheets().stream()
                .map(sheet -> sheet.contract().name())
                .collect(Collectors.joining(", ")));
    for (Mapping mapping : mappings.values()) {
      String tables =
          mapping.tables().isEmpty()
              ? "looked up by others"
              : String.join(", ", mapping.tables().stream().map(TableMapping::table).toList());
      lines.add(mapping.id() + " · " + mapping.vendor() + " · " + mapping.title() + " · " + tables);
    }
    return lines;
  }

  /** All of them but the built-in format. */
  Collection<Mapping> all() {
    return mappings.values();
  }

  /** All of them and the built-in format of every table. */
  Collection<Mapping> allAndBuiltIn() {
    List<Mapping> all = new ArrayList<>(mappings.values());
    contracts.names().forEach(name -> all.add(BuiltInFormat.of(contracts.table(name))));
    return all;
  }

  /**
   * The encoding of that name, as Java knows it.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static String encoding(String text) {
    try {
      return Charset.forName(text).name();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be an encoding such as UTF-8, UTF-16LE or windows-1252", e);
    }
  }

  /**
   * The delivery of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Delivery delivery(String text) {
    return switch (text) {
      case "append" -> Delivery.APPEND;
      case "upsert" -> Delivery.UPSERT;
      case "window" -> Delivery.WINDOW;
      default -> throw new IllegalArgumentException("must be append, upsert or window");
    };
  }
}
