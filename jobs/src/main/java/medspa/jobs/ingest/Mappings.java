package medspa.jobs.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import medspa.jobs.ingest.Mapping.ColumnMapping;
import medspa.jobs.ingest.Mapping.Header;
import medspa.jobs.ingest.Mapping.NamedValues;
import medspa.jobs.ingest.Mapping.Refusal;
import medspa.jobs.ingest.Mapping.StatedPeriod;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.jobs.read.Format;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.ResourceFolder;
import medspa.warehouse.definition.Spelling;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Sha256;
import medspa.warehouse.query.Sql;

/** The mappings that a workspace can use: those shipped and those of its own. */
public final class Mappings {
  /** The built-in format: a CSV whose columns are those of the canonical table. */
  public static final String BUILT_IN = "medspa";

  /** The format of a source whose files are recognised by their headers. */
  public static final String AUTO = "auto";

  /** Columns that somebody may put beside the canonical ones. */
  private static final List<List<String>> BUILT_IN_CLIENTS =
      List.of(
          List.of("client_id"),
          List.of("client_name"),
          List.of("name"),
          List.of("first_name", "last_name"),
          List.of("phone"));

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
   * Loads the shipped mappings and every YAML file in the workspace's own directory; one of the
   * same name there wins.
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
      mappings.put(id, parse(contracts, YamlValue.parse(file, text, problems), text));
      texts.put(id, text);
    }
    if (Files.isDirectory(own)) {
      try (Stream<Path> files = Files.list(own)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
          String text = Files.readString(file);
          Mapping mapping =
              parse(contracts, YamlValue.parse(file.toString(), text, problems), text);
          mappings.put(mapping.id(), mapping);
          texts.put(mapping.id(), text);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read the mappings in " + own, e);
      }
    }
    checkOptionalLookups(mappings, own, problems);
    return new Mappings(contracts, mappings, texts);
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
                  + ", which is no mapping");
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
      return table.filter(contracts.names()::contains).map(t -> builtIn(contracts.table(t)));
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
   * @return the id of the added mapping, and all of them
   */
  public Map.Entry<String, Mappings> and(Path file, Problems problems) throws IOException {
    String text = Files.readString(file);
    Mapping mapping = parse(contracts, YamlValue.parse(file.toString(), text, problems), text);
    Map<String, Mapping> more = new LinkedHashMap<>(mappings);
    more.put(mapping.id(), mapping);
    checkOptionalLookups(more, file, problems);
    Map<String, String> moreTexts = new LinkedHashMap<>(texts);
    moreTexts.put(mapping.id(), text);
    return Map.entry(mapping.id(), new Mappings(contracts, more, moreTexts));
  }

  /**
   * These and the other mappings in the folder of one, such as that of a look-up; what is wrong
   * with one of them is left for when it is used.
   */
  public Mappings andSiblings(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Mappings all = this;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path other : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        if (!other.equals(file.toAbsolutePath())) {
          Problems problems = new Problems();
          Mappings more = all.and(other, problems).getValue();
          all = problems.messages().isEmpty() ? more : all;
        }
      }
    }
    return all;
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

  /** All of them but the built-in format. */
  Collection<Mapping> all() {
    return mappings.values();
  }

  /** All of them and the built-in format of every table. */
  Collection<Mapping> allAndBuiltIn() {
    List<Mapping> all = new ArrayList<>(mappings.values());
    contracts.names().forEach(name -> all.add(builtIn(contracts.table(name))));
    return all;
  }

  private static Mapping builtIn(TableContract contract) {
    Map<String, ColumnMapping> columns = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    List<String> optional = new ArrayList<>();
    for (Column column : contract.columns()) {
      columns.put(column.name(), new ColumnMapping(Sql.identifier(column.name()), false));
      (column.required() ? required : optional).add(column.name());
    }
    boolean hasMoney = contract.columns().stream().anyMatch(c -> c.type() == ColumnType.MONEY);
    if (hasMoney) {
      optional.add("currency");
    }
    return new Mapping(
        BUILT_IN,
        "Medspa Analytics",
        "built-in format of " + contract.name(),
        "the canonical table itself",
        BUILT_IN + "-" + contract.name() + "-2",
        Format.CSV,
        new Header(required, optional, Set.of(), Map.of(), Map.of(), List.of()),
        Delivery.UPSERT,
        Optional.of(NamedValues.optional(Pattern.compile("(?<date>\\d{4}-\\d{2}-\\d{2})"))),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of(),
        Map.of(),
        hasMoney ? Optional.of(Sql.identifier("currency")) : Optional.empty(),
        Optional.empty(),
        List.of(),
        true,
        ClientScope.PRACTICE,
        List.of(
            new TableMapping(
                contract.name(),
                "source",
                Optional.empty(),
                true,
                Optional.empty(),
                false,
                columns,
                Map.of())),
        Set.of(),
        columns.containsKey("client_id") ? BUILT_IN_CLIENTS : List.of());
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
            "file_name",
            "titles",
            "period",
            "dates",
            "clients",
            "params",
            "lookups",
            "optional_lookups",
            "client_scope",
            "currency",
            "refuse",
            "tables"));
    Header header =
        yaml.find("header")
            .map(Mappings::header)
            .orElse(new Header(List.of(), List.of(), Set.of(), Map.of(), Map.of(), List.of()));
    if (header.required().isEmpty()) {
      yaml.problem("needs header.required, the columns the export is recognised by");
    }
    Map<String, String> params = new LinkedHashMap<>();
    yaml.find("params")
        .ifPresent(p -> p.entries().forEach((name, value) -> params.put(name, value.text())));
    Map<String, String> optionalLookups = new LinkedHashMap<>();
    yaml.find("optional_lookups")
        .ifPresent(
            l -> l.entries().forEach((name, value) -> optionalLookups.put(name, value.text())));
    List<TableMapping> tables = new ArrayList<>();
    yaml.find("tables")
        .ifPresent(
            t -> t.entries().forEach((name, value) -> tables.add(table(contracts, name, value))));
    return new Mapping(
        yaml.text("mapping"),
        yaml.text("vendor"),
        yaml.text("title"),
        yaml.text("evidence"),
        Sha256.of(text),
        yaml.find("file").map(Mappings::format).orElse(Format.CSV),
        header,
        yaml.convert("delivery", Delivery.UPSERT, Mappings::delivery),
        yaml.find("file_name").flatMap(Mappings::namedValues),
        yaml.find("titles").flatMap(Mappings::namedValues),
        yaml.find("period").map(Mappings::period),
        params,
        yaml.texts("lookups"),
        Collections.unmodifiableMap(optionalLookups),
        yaml.optionalText("currency"),
        Optional.empty(),
        yaml.find("refuse").map(Mappings::refusals).orElse(List.of()),
        false,
        yaml.convert("client_scope", ClientScope.PRACTICE, ClientScope::of),
        List.copyOf(tables),
        dates(yaml, header, params),
        clients(contracts, yaml, header, tables));
  }

  /** The columns under clients, and those that a table reads as its client. */
  private static List<List<String>> clients(
      TableContracts contracts, YamlValue yaml, Header header, List<TableMapping> tables) {
    List<List<String>> clients = new ArrayList<>();
    for (YamlValue one : yaml.list("clients")) {
      List<String> columns = one.isList() ? texts(one) : List.of(one.text());
      for (String column : columns) {
        if (!header.lists(column)) {
          one.problem("has the column " + column + ", which header does not list");
        }
      }
      clients.add(columns);
    }
    for (TableMapping table : tables) {
      if (contracts.names().contains(table.table())) {
        contracts.table(table.table()).columns().stream()
            .filter(column -> column.type() == ColumnType.CLIENT)
            .flatMap(column -> Stream.ofNullable(table.columns().get(column.name())))
            .flatMap(client -> header.read().stream().filter(c -> reads(client.sql(), c)))
            .map(List::of)
            .filter(column -> !clients.contains(column))
            .forEach(clients::add);
      }
    }
    return List.copyOf(clients);
  }

  private static boolean reads(String sql, String column) {
    return sql.contains(Sql.identifier(column)) || sql.strip().equals(column);
  }

  private static Set<String> dates(YamlValue yaml, Header header, Map<String, String> params) {
    Set<String> dates = new LinkedHashSet<>(yaml.texts("dates"));
    for (String column : dates) {
      if (!header.read().contains(column)) {
        yaml.problem("has dates in " + column + ", which header does not read");
      }
    }
    if (!dates.isEmpty() && params.containsKey(DateOrder.SETTING)) {
      yaml.problem("has a parameter dates; with a list of dates it is a setting of every source");
    }
    return Collections.unmodifiableSet(dates);
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

  private static Header header(YamlValue yaml) {
    yaml.allowOnly(Set.of("required", "optional", "ignored", "synonyms", "wide", "totals"));
    Map<String, List<String>> synonyms = new LinkedHashMap<>();
    yaml.find("synonyms")
        .ifPresent(s -> s.entries().forEach((name, v) -> synonyms.put(name, texts(v))));
    Map<String, Pattern> wide = new LinkedHashMap<>();
    yaml.find("wide")
        .ifPresent(
            w ->
                w.entries()
                    .forEach(
                        (name, v) ->
                            v.convert(Mappings::widePattern).ifPresent(p -> wide.put(name, p))));
    Header header =
        new Header(
            yaml.texts("required"),
            yaml.texts("optional"),
            Set.copyOf(yaml.texts("ignored")),
            synonyms,
            wide,
            yaml.texts("totals"));
    for (String column : header.totals()) {
      if (!header.read().contains(column)) {
        yaml.problem(
            "has the column " + column + " under totals, which is neither required nor optional");
      }
    }
    return header;
  }

  private static List<Refusal> refusals(YamlValue yaml) {
    return yaml.elements().stream()
        .map(
            refusal -> {
              refusal.allowOnly(Set.of("line", "column", "says", "next"));
              return new Refusal(
                  refusal.text("line"),
                  refusal.optionalText("column").orElse(""),
                  refusal.text("says"),
                  refusal.text("next"));
            })
        .toList();
  }

  private static List<String> texts(YamlValue value) {
    return value.elements().stream().map(YamlValue::text).toList();
  }

  private static Pattern widePattern(String text) {
    Pattern pattern = pattern(text);
    if (pattern.matcher("").groupCount() < 1) {
      throw new IllegalArgumentException("needs a group (…) around the value in the column's name");
    }
    return pattern;
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("is not a regular expression: " + e.getDescription(), e);
    }
  }

  private static Optional<NamedValues> namedValues(YamlValue yaml) {
    if (!yaml.isMapping()) {
      return yaml.convert(text -> NamedValues.optional(namedGroups(text)));
    }
    yaml.allowOnly(Set.of("pattern", "required", "example"));
    Optional<NamedValues> values =
        yaml.find("pattern")
            .flatMap(v -> v.convert(Mappings::namedGroups))
            .map(
                pattern ->
                    new NamedValues(
                        pattern, yaml.flag("required", false), yaml.optionalText("example")));
    values
        .filter(told -> told.example().filter(text -> told.values(text).isEmpty()).isPresent())
        .ifPresent(told -> yaml.problem("has an example that is not of its pattern"));
    return values;
  }

  private static Pattern namedGroups(String text) {
    Pattern pattern = pattern(text);
    if (NamedValues.optional(pattern).groups().isEmpty()) {
      throw new IllegalArgumentException("needs a named group, such as (?<date>…) around the date");
    }
    return pattern;
  }

  private static Format format(YamlValue file) {
    file.allowOnly(
        Set.of("type", "delimiter", "encoding", "sheet", "records", "header_within", "short_rows"));
    String type = file.text("type").toLowerCase(Locale.ROOT);
    Format.Type kind =
        switch (type) {
          case "csv", "tsv" -> Format.Type.DELIMITED;
          case "xlsx" -> Format.Type.WORKBOOK;
          case "json" -> Format.Type.JSON;
          case "jsonl" -> Format.Type.JSON_LINES;
          default -> {
            file.problem("has the type " + type + "; known are csv, tsv, xlsx, json and jsonl");
            yield Format.Type.DELIMITED;
          }
        };
    String delimiter = file.optionalText("delimiter").orElse(type.equals("tsv") ? "\t" : ",");
    if (delimiter.length() != 1) {
      file.problem("needs a delimiter of one character");
    }
    return new Format(
        kind,
        delimiter.charAt(0),
        file.optionalText("encoding").orElse("UTF-8"),
        file.optionalText("sheet"),
        file.optionalText("records"),
        file.convert("header_within", 1, Mappings::rows),
        file.flag("short_rows", false));
  }

  private static int rows(String text) {
    if (!text.matches("[1-9][0-9]?")) {
      throw new IllegalArgumentException("must be a number of rows from 1 to 99");
    }
    return Integer.parseInt(text);
  }

  private static TableMapping table(TableContracts contracts, String name, YamlValue yaml) {
    yaml.allowOnly(
        Set.of("from", "where", "own_line_key", "period_by", "replaces", "columns", "values"));
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
    boolean ownLineKey = yaml.flag("own_line_key", true);
    boolean hasReceipt = contract != null && contract.column("sale_id").isPresent();
    boolean replacesReceipt =
        yaml.convert("replaces", !ownLineKey && hasReceipt, Mappings::replacesReceipt);
    if (replacesReceipt && !hasReceipt) {
      yaml.problem("has no receipt to replace; `replaces: receipt` is for tables with a sale_id");
    }
    if (!replacesReceipt && !ownLineKey && hasReceipt) {
      yaml.problem("needs `replaces: receipt`, because its rows have no key of their own");
    }
    return new TableMapping(
        name,
        yaml.optionalText("from").orElse("source"),
        yaml.optionalText("where"),
        ownLineKey,
        yaml.optionalText("period_by"),
        replacesReceipt,
        columns,
        values);
  }

  private static boolean replacesReceipt(String text) {
    return switch (text) {
      case "row" -> false;
      case "receipt" -> true;
      default -> throw new IllegalArgumentException("must be row or receipt");
    };
  }

  private static StatedPeriod period(YamlValue yaml) {
    yaml.allowOnly(Set.of("first", "last"));
    return new StatedPeriod(yaml.text("first"), yaml.text("last"));
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
              words.put(Spelling.of(theirs), ours.text());
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
