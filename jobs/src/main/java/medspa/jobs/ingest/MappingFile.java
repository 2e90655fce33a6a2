package medspa.jobs.ingest;

import java.util.ArrayList;
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
import medspa.jobs.ingest.Mapping.Setting;
import medspa.jobs.ingest.Mapping.StatedPeriod;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.jobs.read.Format;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.Spelling;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Sha256;
import medspa.warehouse.query.Sql;

/** Reads the definition of one mapping, and says all that is wrong with it. */
final class MappingFile {
  private static final Pattern FLAG_MACRO =
      Pattern.compile("\\bis_set\\s*\\(", Pattern.CASE_INSENSITIVE);
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");
  private static final Pattern WORD = Pattern.compile("\\w+");

  private MappingFile() {}

  /** Reads one mapping; problems go into the document's {@link Problems}. */
  static Mapping read(TableContracts contracts, YamlValue yaml, String text) {
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
            "flags",
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
            .map(MappingFile::header)
            .orElse(new Header(List.of(), List.of(), Set.of(), Map.of(), Map.of(), List.of()));
    if (header.required().isEmpty()) {
      yaml.problem(
          "needs header.required, the columns the export is recognised by, such as `header: {required:"
              + " [Date, Item]}`");
    }
    Map<String, Setting> params = new LinkedHashMap<>();
    yaml.find("params")
        .ifPresent(p -> p.entries().forEach((name, value) -> params.put(name, setting(value))));
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
        yaml.find("file").map(MappingFile::format).orElse(Format.CSV),
        header,
        yaml.convert("delivery", Delivery.UPSERT, Mappings::delivery),
        yaml.find("file_name").flatMap(MappingFile::namedValues),
        yaml.find("titles").flatMap(MappingFile::namedValues),
        yaml.find("period").map(MappingFile::period),
        params,
        yaml.texts("lookups"),
        Collections.unmodifiableMap(optionalLookups),
        yaml.optionalText("currency"),
        Optional.empty(),
        refusals(yaml, header, tables),
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
          one.problem(
              "has the column "
                  + column
                  + ", which header does not list; add it under optional or ignored");
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

  /**
   * {@code service}, {@code {default: service, one_of: [service, retail]}}, or {@code {default:
   * '60', pattern: '[0-9]+'}}.
   */
  private static Setting setting(YamlValue yaml) {
    if (!yaml.isMapping()) {
      return new Setting(yaml.text(), List.of(), Optional.empty());
    }
    yaml.allowOnly(Set.of("default", "one_of", "pattern"));
    Setting setting =
        new Setting(
            yaml.text("default"),
            yaml.texts("one_of"),
            yaml.find("pattern").flatMap(form -> form.convert(MappingFile::pattern)));
    if (!setting.allows(setting.byDefault())) {
      yaml.problem("has a default that one_of or pattern does not allow; correct one of them");
    }
    return setting;
  }

  private static boolean reads(String sql, String column) {
    return sql.contains(Sql.identifier(column)) || sql.strip().equals(column);
  }

  private static Set<String> dates(YamlValue yaml, Header header, Map<String, Setting> params) {
    Set<String> dates = new LinkedHashSet<>(yaml.texts("dates"));
    for (String column : dates) {
      if (!header.read().contains(column)) {
        yaml.problem(
            "has dates in "
                + column
                + ", which header does not read; add it under required or optional");
      }
    }
    if (!dates.isEmpty() && params.containsKey(DateOrder.SETTING)) {
      yaml.problem(
          "has a parameter dates; with a list of dates it is a setting of every source: leave one out");
    }
    return Collections.unmodifiableSet(dates);
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
                            v.convert(MappingFile::widePattern).ifPresent(p -> wide.put(name, p))));
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
            "has the column "
                + column
                + " under totals, which is neither required nor optional; add it there");
      }
    }
    return header;
  }

  private static List<Refusal> refusals(YamlValue yaml, Header header, List<TableMapping> tables) {
    List<Refusal> refusals = new ArrayList<>();
    yaml.find("refuse").map(MappingFile::refusals).ifPresent(refusals::addAll);
    List<String> flags = yaml.texts("flags");
    for (String column : flags) {
      if (!header.read().contains(column)) {
        yaml.problem(
            "has the flag "
                + column
                + ", which header does not read; add it under required or optional");
      }
      refusals.add(unknownFlag(column));
    }
    readAsFlags(header, tables)
        .filter(column -> !flags.contains(column))
        .forEach(
            column ->
                yaml.problem(
                    "reads "
                        + column
                        + " by is_set(…); list it under flags, so that a word which is neither yes nor"
                        + " no is not taken for no"));
    return List.copyOf(refusals);
  }

  /** The columns that stand anywhere within a call of the macro, however it is spelled. */
  private static Stream<String> readAsFlags(Header header, List<TableMapping> tables) {
    List<String> read =
        tables.stream()
            .flatMap(MappingFile::expressions)
            .flatMap(MappingFile::readAsFlags)
            .toList();
    return header.read().stream()
        .filter(
            column ->
                read.stream()
                    .anyMatch(
                        argument ->
                            argument.contains(Sql.identifier(column))
                                || names(argument).anyMatch(column::equalsIgnoreCase)));
  }

  /** What stands between the parentheses of each call. */
  private static Stream<String> readAsFlags(String sql) {
    return FLAG_MACRO
        .matcher(sql)
        .results()
        .map(
            call -> {
              int end = call.end();
              for (int open = 1; end < sql.length() && open > 0; end++) {
                open += sql.charAt(end) == '(' ? 1 : sql.charAt(end) == ')' ? -1 : 0;
              }
              return sql.substring(call.end(), end);
            });
  }

  /** The words of an expression that are no part of a quoted name or text. */
  private static Stream<String> names(String expression) {
    return WORD.matcher(QUOTED.matcher(expression).replaceAll(" ")).results().map(m -> m.group());
  }

  private static Stream<String> expressions(TableMapping table) {
    return Stream.concat(
        Stream.concat(Stream.of(table.from()), table.where().stream()),
        table.columns().values().stream().map(ColumnMapping::sql));
  }

  private static Refusal unknownFlag(String column) {
    String cell = Sql.identifier(column);
    return new Refusal(
        "SELECT min(source_line) FROM source WHERE word(%1$s) <> '' AND NOT is_set(%1$s) AND NOT is_unset(%1$s)"
            .formatted(cell),
        column,
        "The cell says neither yes nor no.",
        "Write true or false; export the file again if its columns have moved.");
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
      throw new IllegalArgumentException(
          "is not a regular expression: "
              + e.getDescription()
              + "; in single quotes, such as '(?<date>\\d{4}-\\d{2}-\\d{2})'",
          e);
    }
  }

  private static Optional<NamedValues> namedValues(YamlValue yaml) {
    if (!yaml.isMapping()) {
      return yaml.convert(text -> NamedValues.optional(namedGroups(text)));
    }
    yaml.allowOnly(Set.of("pattern", "required", "example"));
    Optional<NamedValues> values =
        yaml.find("pattern")
            .flatMap(v -> v.convert(MappingFile::namedGroups))
            .map(
                pattern ->
                    new NamedValues(
                        pattern, yaml.flag("required", false), yaml.optionalText("example")));
    values
        .filter(told -> told.example().filter(text -> told.values(text).isEmpty()).isPresent())
        .ifPresent(
            told -> yaml.problem("has an example that is not of its pattern; correct one of them"));
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
      file.problem("needs a delimiter of one character, such as ';' or \"\\t\" for a tab");
      delimiter = ",";
    }
    return new Format(
        kind,
        delimiter.charAt(0),
        file.convert("encoding", "UTF-8", Mappings::encoding),
        file.optionalText("sheet"),
        file.optionalText("records"),
        file.convert("header_within", 1, MappingFile::rows),
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
                            value.problem(
                                "is not a column of "
                                    + name
                                    + "; its columns are "
                                    + String.join(", ", names(contract)));
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
          yaml.problem(
              "needs the required column "
                  + column.name()
                  + ", a column of the export or an expression");
        }
      }
    }
    boolean ownLineKey = yaml.flag("own_line_key", true);
    boolean hasReceipt = contract != null && contract.column("sale_id").isPresent();
    boolean replacesReceipt =
        yaml.convert("replaces", !ownLineKey && hasReceipt, MappingFile::replacesReceipt);
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

  private static List<String> names(TableContract contract) {
    return contract.columns().stream().map(Column::name).toList();
  }

  private static String noWord(TableContract contract, String column) {
    return contract
        .column(column)
        .map(
            known ->
                "is not a word that "
                    + column
                    + " can have; these are "
                    + String.join(", ", known.words()))
        .orElse(
            "is of "
                + column
                + ", which is not a column of "
                + contract.name()
                + "; its columns are "
                + String.join(", ", names(contract)));
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
                ours.problem(noWord(contract, column));
              }
            });
    return words;
  }
}
