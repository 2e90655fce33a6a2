package medspa.jobs.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import medspa.jobs.ingest.Mapping.ColumnMapping;
import medspa.jobs.ingest.Mapping.Format;
import medspa.jobs.ingest.Mapping.Header;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.lake.Batch.Delivery;

/** The mappings that a workspace can use: those shipped and those of its own. */
public final class Mappings {
  /** The built-in format: a CSV whose columns are those of the canonical table. */
  public static final String BUILT_IN = "medspa";

  private static final List<String> SHIPPED =
      List.of(
          "acuity-appointments",
          "square-items",
          "square-items-12",
          "square-transactions",
          "square-transactions-17");

  private final TableContracts contracts;
  private final Map<String, Mapping> mappings;

  private Mappings(TableContracts contracts, Map<String, Mapping> mappings) {
    this.contracts = contracts;
    this.mappings = mappings;
  }

  /**
   * Loads the shipped mappings and every YAML file in the workspace's own directory; one of the
   * same name there wins.
   *
   * @param own the workspace's {@code mappings/}; need not exist
   * @param problems collects what is wrong, naming file, line and key
   */
  public static Mappings load(TableContracts contracts, Path own, Problems problems) {
    Map<String, Mapping> mappings = new LinkedHashMap<>();
    for (String id : SHIPPED) {
      String file = "mappings/" + id + ".yaml";
      String text = Definitions.resource(file);
      mappings.put(id, parse(contracts, YamlValue.parse(file, text, problems), text));
    }
    if (Files.isDirectory(own)) {
      try (Stream<Path> files = Files.list(own)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
          String text = Files.readString(file);
          Mapping mapping =
              parse(contracts, YamlValue.parse(file.toString(), text, problems), text);
          mappings.put(mapping.id(), mapping);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read the mappings in " + own, e);
      }
    }
    return new Mappings(contracts, mappings);
  }

  /**
   * The mapping of a source.
   *
   * @param format its name, or {@value #BUILT_IN}
   * @param table the canonical table, for the built-in format
   */
  public Optional<Mapping> find(String format, Optional<String> table) {
    if (format.equals(BUILT_IN)) {
      return table.filter(contracts.names()::contains).map(t -> builtIn(contracts.table(t)));
    }
    return Optional.ofNullable(mappings.get(format));
  }

  /** The names of all mappings but the built-in one. */
  public Set<String> names() {
    return mappings.keySet();
  }

  /** One line per mapping: name, vendor, export and the tables it feeds. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    lines.add(
        BUILT_IN + " · Medspa Analytics · CSV with the columns of a canonical table · any table");
    for (Mapping mapping : mappings.values()) {
      String tables =
          mapping.tables().isEmpty()
              ? "looked up by others"
              : String.join(", ", mapping.tables().stream().map(TableMapping::table).toList());
      lines.add(mapping.id() + " · " + mapping.vendor() + " · " + mapping.title() + " · " + tables);
    }
    return lines;
  }

  /** The mapping whose required columns the header holds the most of, by share. */
  Optional<Mapping> nearest(List<String> header) {
    Mapping best = null;
    double bestShare = 0.5;
    for (Mapping mapping : mappings.values()) {
      List<String> required = mapping.header().required();
      double share =
          required.stream().filter(header::contains).count()
              / (double) Math.max(1, required.size());
      if (share > bestShare) {
        best = mapping;
        bestShare = share;
      }
    }
    return Optional.ofNullable(best);
  }

  private static Mapping builtIn(TableContract contract) {
    Map<String, ColumnMapping> columns = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    List<String> optional = new ArrayList<>();
    for (Column column : contract.columns()) {
      columns.put(column.name(), new ColumnMapping(Sql.name(column.name()), false));
      (column.required() ? required : optional).add(column.name());
    }
    return new Mapping(
        BUILT_IN,
        "Medspa Analytics",
        "built-in format of " + contract.name(),
        "the canonical table itself",
        BUILT_IN + "-" + contract.name() + "-1",
        new Format(',', "UTF-8"),
        new Header(required, optional, Set.of()),
        Delivery.UPSERT,
        Optional.of("(?<date>\\d{4}-\\d{2}-\\d{2})"),
        Map.of(),
        List.of(),
        true,
        List.of(
            new TableMapping(
                contract.name(), "source", Optional.empty(), true, columns, Map.of())));
  }

  /** Reads one mapping; problems go into the document's {@link Problems}. */
  static Mapping parse(TableContracts contracts, YamlValue yaml, String text) {
    yaml.allowOnly(
        Set.of(
            "mapping",
            "vendor",
            "title",
            "evidence",
            "file",
            "header",
            "delivery",
            "file_date",
            "params",
            "lookups",
            "tables"));
    Header header =
        yaml.find("header")
            .map(
                h -> {
                  h.allowOnly(Set.of("required", "optional", "ignored"));
                  return new Header(
                      h.texts("required"), h.texts("optional"), Set.copyOf(h.texts("ignored")));
                })
            .orElse(new Header(List.of(), List.of(), Set.of()));
    if (header.required().isEmpty()) {
      yaml.problem("needs header.required, the columns the export is recognised by");
    }
    Map<String, String> params = new LinkedHashMap<>();
    yaml.find("params")
        .ifPresent(p -> p.entries().forEach((name, value) -> params.put(name, value.text())));
    List<TableMapping> tables = new ArrayList<>();
    yaml.find("tables")
        .ifPresent(
            t -> t.entries().forEach((name, value) -> tables.add(table(contracts, name, value))));
    return new Mapping(
        yaml.text("mapping"),
        yaml.text("vendor"),
        yaml.text("title"),
        yaml.text("evidence"),
        Digests.sha256(text.getBytes(StandardCharsets.UTF_8)),
        yaml.find("file").map(Mappings::format).orElse(new Format(',', "UTF-8")),
        header,
        yaml.convert("delivery", Delivery.UPSERT, Mappings::delivery),
        yaml.find("file_date").flatMap(v -> v.convert(Mappings::dateInName)),
        params,
        yaml.texts("lookups"),
        false,
        List.copyOf(tables));
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

  private static String dateInName(String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("is not a regular expression: " + e.getDescription(), e);
    }
    if (!pattern.contains("(?<date>")) {
      throw new IllegalArgumentException("needs a group (?<date>…) around the date");
    }
    return pattern;
  }

  private static Format format(YamlValue file) {
    file.allowOnly(Set.of("type", "delimiter", "encoding"));
    String type = file.text("type").toLowerCase(Locale.ROOT);
    if (!type.equals("csv") && !type.equals("tsv")) {
      file.problem("has the type " + type + "; known are csv and tsv");
    }
    String delimiter = file.optionalText("delimiter").orElse(type.equals("tsv") ? "\t" : ",");
    if (delimiter.length() != 1) {
      file.problem("needs a delimiter of one character");
    }
    return new Format(delimiter.charAt(0), file.optionalText("encoding").orElse("UTF-8"));
  }

  private static TableMapping table(TableContracts contracts, String name, YamlValue yaml) {
    yaml.allowOnly(Set.of("from", "where", "own_line_key", "columns", "values"));
    Map<String, ColumnMapping> columns = new LinkedHashMap<>();
    Map<String, Map<String, String>> values = new LinkedHashMap<>();
    TableContract contract = contracts.names().contains(name) ? contracts.table(name) : null;
    if (contract == null) {
      yaml.problem("is not a table; tables are " + String.join(", ", contracts.names()));
    }
    yaml.find("columns")
        .ifPresent(
            c ->
                c.entries()
                    .forEach(
                        (column, value) -> {
                          if (contract != null && contract.column(column).isEmpty()) {
                            value.problem("is not a column of " + name);
                          }
                          columns.put(column, column(value));
                        }));
    yaml.find("values")
        .ifPresent(
            v ->
                v.entries()
                    .forEach((column, map) -> values.put(column, words(contract, column, map))));
    if (contract != null) {
      for (Column column : contract.columns()) {
        boolean fromSource = column.name().equals("location_id");
        if (column.required() && !fromSource && !columns.containsKey(column.name())) {
          yaml.problem("needs the required column " + column.name());
        }
      }
    }
    return new TableMapping(
        name,
        yaml.optionalText("from").orElse("source"),
        yaml.optionalText("where"),
        yaml.flag("own_line_key", true),
        columns,
        values);
  }

  private static ColumnMapping column(YamlValue value) {
    if (value.isMapping()) {
      value.allowOnly(Set.of("sql", "pseudonymise"));
      return new ColumnMapping(value.text("sql"), value.flag("pseudonymise", false));
    }
    return new ColumnMapping(value.text(), false);
  }

  private static Map<String, String> words(TableContract contract, String column, YamlValue map) {
    Map<String, String> words = new LinkedHashMap<>();
    map.entries()
        .forEach(
            (theirs, ours) -> {
              words.put(theirs, ours.text());
              boolean known =
                  contract == null
                      || contract
                          .column(column)
                          .map(c -> c.words().isEmpty() || c.words().contains(ours.text()))
                          .orElse(false);
              if (!known) {
                ours.problem("is not a word that " + column + " can have");
              }
            });
    return words;
  }
}
