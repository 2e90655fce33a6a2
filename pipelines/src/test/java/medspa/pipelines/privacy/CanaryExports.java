package medspa.pipelines.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import medspa.jobs.ingest.Mappings;
import medspa.jobs.read.WorkbookGrid;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.YamlValue;

/**
 * A workspace whose sources are the fixtures of every shipped mapping, with a client's data planted
 * wherever an export can hold it: in each column that the mapping does not read, in the columns
 * that identify the client, in a row of nothing else, in a file without a header and in a truncated
 * one. The crosswalk gives each client another name.
 */
final class CanaryExports {
  /** A name, a phone, an e-mail, two birth dates, card digits and a note. */
  static final List<String> CANARIES =
      List.of(
          "Zquilla Canaryname",
          "555-0199-7731",
          "zquilla@canarymail.example",
          "1972-02-29",
          "02/29/1972",
          "4929777733331111",
          "Zqnote allergic to lidocaine");

  /** Begins the canonical id of each client in the crosswalk. */
  static final String CROSSWALK = "Crosswalk Zqperson ";

  /** Whom somebody types: a name, another writing of it, and an e-mail address. */
  private static final List<String> TYPED =
      List.of(CANARIES.get(0), "CANARYNAME, Zquilla", CANARIES.get(2));

  /** A file whose column mixes the two is refused, so each has a file of its own. */
  private static final List<String> BIRTH_DATES = CANARIES.subList(3, 5);

  private static final Pattern TEXT =
      Pattern.compile(
          "(?i)service|item|product|treatment|type|category|invoice|sale id|transaction id|order|room|^id$|^name$|appointment id");
  private static final Pattern STAFF =
      Pattern.compile(
          "(?i)staff|provider|employee|calendar| by$|date|qty|quantity|price|tax|discount");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  private final Path workspace;
  private final Mappings mappings;
  private final StringBuilder sources = new StringBuilder("sources:\n");
  private final StringBuilder identities = new StringBuilder("kind,source,value,canonical_id\n");
  private final Set<String> planted = new LinkedHashSet<>();
  private final Set<String> typed = new TreeSet<>();
  private final Set<String> born = new TreeSet<>();
  private int next;

  private CanaryExports(Path workspace) {
    this.workspace = workspace;
    this.mappings = mappings(workspace.resolve("mappings"));
  }

  private static Mappings mappings(Path own) {
    Problems problems = new Problems();
    Mappings mappings = Mappings.load(TableContracts.load(), own, problems);
    problems.failIfAny();
    return mappings;
  }

  /** The mappings that come with the program. */
  static Set<String> shipped() {
    return mappings(Path.of("none-of-ones-own")).names();
  }

  /** Writes exports and configuration. */
  static CanaryExports write(Path workspace) throws IOException {
    CanaryExports exports = new CanaryExports(workspace);
    Path root = Path.of("../jobs/src/test/resources/vendors");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        exports.source(file);
      }
    }
    Files.writeString(
        workspace.resolve("medspa.yaml"),
        """
        reject_limit: 1
        deletion_limit: 1
        practices:
          - id: glow
            name: Glow
            locations:
              - {id: austin, name: Austin, time_zone: America/Chicago}
              - {id: island, name: Island, time_zone: Australia/Lord_Howe}
          - id: lumi
            name: Lumi
            locations: [{id: boston, name: Boston, time_zone: America/New_York}]
        """
            + exports.sources);
    Files.writeString(workspace.resolve("identities.csv"), exports.identities);
    return exports;
  }

  /** The mappings whose exports are there. */
  Set<String> planted() {
    return planted;
  }

  /** Those of them in whose exports somebody typed clients into texts. */
  Set<String> typed() {
    return typed;
  }

  /** Those of them that have files in which birth dates stand where the client does. */
  Set<String> born() {
    return born;
  }

  private void source(Path file) throws IOException {
    Problems problems = new Problems();
    YamlValue fixture = YamlValue.parse(file, problems);
    String mapping = file.getParent().getFileName().toString();
    YamlValue source = fixture.find("source").orElseThrow();
    String name = "s" + next++ + "." + mapping;
    Map<String, String> lookups = new TreeMap<>();
    for (Map.Entry<String, YamlValue> lookup :
        fixture.find("lookups").map(YamlValue::entries).orElse(Map.of()).entrySet()) {
      String other = name + "." + lookup.getKey();
      lookups.put(lookup.getKey(), other);
      String format = lookup.getValue().text("format");
      entry(other, format, "    location: austin\n");
      plant(file.getParent(), lookup.getValue().texts("files"), format, other, false);
    }
    StringBuilder settings = new StringBuilder();
    for (String key : List.of("location", "practice", "encoding", "delivery")) {
      source
          .optionalText(key)
          .ifPresent(text -> settings.append("    " + key + ": '" + text + "'\n"));
    }
    for (String key : List.of("locations", "params")) {
      settings.append(map(key, texts(source, key)));
    }
    settings.append(map("lookups", lookups));
    entry(name, source.optionalText("format").orElse(mapping), settings.toString());
    plant(file.getParent(), fixture.texts("files"), mapping, name, true);
    // In the crosswalk a client stands under the id of an export and under another name.
    for (int i = 0; i < CANARIES.size(); i++) {
      identities.append("client," + name + "," + CANARIES.get(i) + "," + CROSSWALK + i + "\n");
    }
    planted.add(mapping);
    problems.failIfAny();
  }

  private void entry(String name, String format, String settings) {
    sources.append("  - name: " + name + "\n    format: " + format + "\n" + settings);
    sources.append("    from: exports/" + name + "/*\n");
  }

  private static String map(String key, Map<String, String> texts) {
    StringBuilder yaml = new StringBuilder();
    texts.forEach(
        (k, v) ->
            yaml.append("      '" + k.replace("'", "''") + "': '" + v.replace("'", "''") + "'\n"));
    return texts.isEmpty() ? "" : "    " + key + ":\n" + yaml;
  }

  private static Map<String, String> texts(YamlValue yaml, String key) {
    Map<String, String> texts = new TreeMap<>();
    yaml.find(key).ifPresent(m -> m.entries().forEach((k, v) -> texts.put(k, v.text())));
    return texts;
  }

  /**
   * A further file of an export that names clients: whole, and with rows in which somebody typed
   * one into each column that is text, and into the file's name.
   */
  private void plantTyped(Path file, YamlValue mapping, Path target) throws IOException {
    String name = file.getFileName().toString();
    String text = Files.readString(file, charset(mapping));
    Stream<Pattern> columns =
        namedBy(mapping).keySet().stream()
            .map(c -> Pattern.compile("(?m)(^|[,\"\t])" + Pattern.quote(c) + "($|[,\"\t\r])"));
    if (columns.noneMatch(column -> column.matcher(text).find())) {
      return;
    }
    typed.add(mapping.text("mapping"));
    String copy = CANARIES.get(0) + " " + name;
    if (name.endsWith(".json") || name.endsWith(".jsonl")) {
      Files.writeString(target.resolve(copy), typedJson(text, mapping, name.endsWith(".jsonl")));
    } else if (name.endsWith(".xlsx.csv")) {
      Files.write(
          target.resolve(copy.substring(0, copy.length() - ".csv".length())),
          workbook(typedTable(file, mapping)));
    } else {
      Files.write(target.resolve(copy), typedTable(file, mapping).getBytes(charset(mapping)));
    }
  }

  /** The table, and its first row again for each column and client that is typed into it. */
  private static String typedTable(Path file, YamlValue mapping) throws IOException {
    YamlValue header = mapping.find("header").orElseThrow();
    Map<String, List<String>> synonyms = synonyms(header);
    char delimiter = delimiter(mapping).charAt(0);
    String text = Files.readString(file, charset(mapping)).replaceFirst("^\uFEFF", "");
    StringWriter out = new StringWriter();
    try (CsvReader<CsvRecord> rows =
            CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(false)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(text);
        CsvWriter writer = CsvWriter.builder().fieldSeparator(delimiter).build(out)) {
      List<String> columns = null;
      List<String> first = null;
      for (CsvRecord record : rows) {
        List<String> fields = record.getFields();
        if (columns == null && isHeader(fields, header, synonyms)) {
          columns = fields.stream().map(String::strip).toList();
        } else if (columns != null && first == null) {
          first = new ArrayList<>(fields);
          first.addAll(Collections.nCopies(Math.max(0, columns.size() - fields.size()), ""));
        }
        writer.writeRecord(fields);
      }
      for (String column : columns) {
        for (String client : isTyped(column) ? TYPED : List.<String>of()) {
          List<String> row = new ArrayList<>(first);
          int place = columns.indexOf(column);
          // A grid says before its cells of which kind they are.
          row.set(place, first.get(place).replaceFirst("^[ndh]:", "") + " " + client);
          for (Map.Entry<String, String> cell : namedBy(mapping).entrySet()) {
            if (columns.contains(cell.getKey())) {
              row.set(columns.indexOf(cell.getKey()), cell.getValue());
            }
          }
          writer.writeRecord(row);
        }
      }
    }
    return out.toString();
  }

  private static String typedJson(String text, YamlValue mapping, boolean lines)
      throws IOException {
    JsonNode document =
        lines ? JSON.readTree("[" + text.strip().replace("\n", ",") + "]") : JSON.readTree(text);
    JsonNode records = document.at(recordsOf(mapping));
    ObjectNode first = (ObjectNode) records.get(0);
    List<JsonNode> all = new ArrayList<>();
    records.forEach(all::add);
    for (String column : first.propertyStream().map(Map.Entry::getKey).toList()) {
      for (String client : isTyped(column) ? TYPED : List.<String>of()) {
        ObjectNode record = first.deepCopy();
        record.put(column, first.get(column).asText() + " " + client);
        namedBy(mapping).forEach(record::put);
        all.add(record);
      }
    }
    if (!lines) {
      ((ArrayNode) records).removeAll().addAll(all);
      return JSON.writeValueAsString(document);
    }
    return String.join("\n", all.stream().map(JsonNode::toString).toList());
  }

  /** Where the records of a document are: at a path that the mapping names, or it is their list. */
  private static String recordsOf(YamlValue mapping) {
    return mapping
        .find("file")
        .flatMap(file -> file.optionalText("records"))
        .map(path -> "/" + path.replace('.', '/'))
        .orElse("");
  }

  /** Neither staff and places, which keep their names, nor what must be a date or a number. */
  private static boolean isTyped(String column) {
    return TEXT.matcher(column).find() && !STAFF.matcher(column).find();
  }

  /** The client of a row by the columns that name it. */
  private static Map<String, String> namedBy(YamlValue mapping) {
    Map<String, String> cells = new TreeMap<>();
    List<String> alone = new ArrayList<>();
    for (YamlValue columns : mapping.list("clients")) {
      if (columns.isList()) {
        cells.put(columns.elements().get(0).text(), "Zquilla");
        cells.put(columns.elements().get(1).text(), "Canaryname");
      } else {
        alone.add(columns.text());
      }
    }
    alone.forEach(column -> cells.put(column, CANARIES.get(0)));
    return cells;
  }

  private void plant(Path from, List<String> files, String mappingId, String folder, boolean broken)
      throws IOException {
    YamlValue mapping =
        YamlValue.parse(mappingId, mappings.text(mappingId).orElseThrow(), new Problems());
    Path target = Files.createDirectories(workspace.resolve("exports").resolve(folder));
    for (String name : files) {
      Path file = from.resolve(name);
      if (!mapping.list("clients").isEmpty() && broken) {
        plantTyped(file, mapping, target);
      }
      if (broken
          && !clientColumns(mapping).isEmpty()
          && !name.contains(".json")
          && !born.contains("born0 " + mappingId)) {
        plantBirthDates(file, mapping, target);
      }
      if (name.endsWith(".json") || name.endsWith(".jsonl")) {
        String text = json(Files.readString(file), name.endsWith(".jsonl"));
        Files.writeString(target.resolve(name), text);
        if (broken) {
          Files.writeString(target.resolve("cut-" + name), text.substring(0, text.length() - 9));
        }
      } else if (name.endsWith(".xlsx.csv")) {
        String workbook = name.substring(0, name.length() - ".csv".length());
        byte[] bytes = workbook(table(file, mapping, CANARIES.get(0)));
        Files.write(target.resolve(workbook), bytes);
        if (broken) {
          Files.write(target.resolve("cut-" + workbook), Arrays.copyOf(bytes, bytes.length - 99));
        }
      } else {
        Charset charset = charset(mapping);
        String text = table(file, mapping, CANARIES.get(0));
        Files.write(target.resolve(name), text.getBytes(charset));
        if (broken) {
          String row = String.join(delimiter(mapping), CANARIES);
          Files.writeString(target.resolve("headless-" + name), row + "\n" + row + "\n");
          Files.write(
              target.resolve("cut-" + name), (text + "\"" + CANARIES.get(0)).getBytes(charset));
        }
      }
    }
  }

  /** A further file for each form of date, in which it stands in the columns of the client. */
  private void plantBirthDates(Path file, YamlValue mapping, Path target) throws IOException {
    String name = file.getFileName().toString();
    for (String date : BIRTH_DATES) {
      String copy =
          "born" + BIRTH_DATES.indexOf(date) + "-" + name.replaceFirst("\\.xlsx\\.csv$", ".xlsx");
      String text = table(file, mapping, date);
      Files.write(
          target.resolve(copy),
          name.endsWith(".xlsx.csv") ? workbook(text) : text.getBytes(charset(mapping)));
      born.add(copy.substring(0, 5) + " " + mapping.text("mapping"));
    }
  }

  private byte[] workbook(String table) throws IOException {
    Path grid = Files.writeString(workspace.resolve("grid.csv"), table);
    byte[] bytes = WorkbookGrid.write(grid);
    Files.delete(grid);
    return bytes;
  }

  private static Charset charset(YamlValue mapping) {
    return mapping
        .find("file")
        .flatMap(file -> file.optionalText("encoding"))
        .map(Charset::forName)
        .orElse(StandardCharsets.UTF_8);
  }

  private static String delimiter(YamlValue mapping) {
    return mapping
        .find("file")
        .map(
            file ->
                file.optionalText("delimiter").orElse(file.text("type").equals("tsv") ? "\t" : ","))
        .orElse(",");
  }

  private static String canary(int place, String birthDate) {
    String canary = CANARIES.get(place % CANARIES.size());
    return BIRTH_DATES.contains(canary) ? birthDate : canary;
  }

  /**
   * The table with canaries in every column that may hold them, and in a row of its own.
   *
   * @param birthDate what stands for birth dates in the columns of the client
   */
  private static String table(Path file, YamlValue mapping, String birthDate) throws IOException {
    String text = Files.readString(file, charset(mapping)).replaceFirst("^\uFEFF", "");
    YamlValue header = mapping.find("header").orElseThrow();
    Map<String, List<String>> synonyms = synonyms(header);
    Set<String> read = new HashSet<>(header.texts("required"));
    read.addAll(header.texts("optional"));
    Set<String> clients = clientColumns(mapping);
    read.removeAll(clients);
    synonyms.forEach(
        (name, others) -> {
          if (read.contains(name)) {
            read.addAll(others);
          }
        });
    List<Pattern> wide =
        header
            .find("wide")
            .map(w -> w.entries().values().stream().map(v -> Pattern.compile(v.text())).toList())
            .orElse(List.of());
    StringWriter out = new StringWriter();
    char delimiter = delimiter(mapping).charAt(0);
    try (CsvReader<CsvRecord> rows =
            CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(false)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(text);
        CsvWriter writer = CsvWriter.builder().fieldSeparator(delimiter).build(out)) {
      List<String> columns = null;
      for (CsvRecord record : rows) {
        List<String> fields = new ArrayList<>(record.getFields());
        if (columns != null) {
          for (int i = 0; i < fields.size() && i < columns.size(); i++) {
            String column = columns.get(i).strip();
            boolean isWide = wide.stream().anyMatch(w -> w.matcher(column).matches());
            if (!read.contains(column) && !isWide) {
              int place = i + (int) record.getStartingLineNumber();
              fields.set(
                  i,
                  clients.contains(column)
                      ? canary(place, birthDate)
                      : CANARIES.get(place % CANARIES.size()));
            }
          }
        } else if (isHeader(fields, header, synonyms)) {
          columns = fields;
        }
        writer.writeRecord(fields);
      }
      if (feedsEvents(mapping)) {
        List<String> flags = mapping.texts("flags");
        List<String> row = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          String column = columns.get(i).strip();
          // A date of another form than its column's refuses the whole file, as does a flag.
          String canary =
              read.contains(column)
                  ? canary(i, CANARIES.get(0))
                  : clients.contains(column)
                      ? canary(i, birthDate)
                      : CANARIES.get(i % CANARIES.size());
          row.add(flags.contains(column) ? "" : canary);
        }
        writer.writeRecord(row);
      }
    }
    return out.toString();
  }

  private static Map<String, List<String>> synonyms(YamlValue header) {
    Map<String, List<String>> synonyms = new TreeMap<>();
    header
        .find("synonyms")
        .ifPresent(
            s ->
                s.entries()
                    .forEach(
                        (k, v) ->
                            synonyms.put(k, v.elements().stream().map(YamlValue::text).toList())));
    return synonyms;
  }

  private static boolean isHeader(
      List<String> fields, YamlValue header, Map<String, List<String>> synonyms) {
    Set<String> names = new HashSet<>();
    fields.forEach(field -> names.add(field.strip()));
    synonyms.forEach(
        (name, others) -> {
          if (others.stream().anyMatch(names::contains)) {
            names.add(name);
          }
        });
    return names.containsAll(header.texts("required"));
  }

  /**
   * A row of canaries is rejected by their dates; a product without dates may be called anything.
   */
  private static boolean feedsEvents(YamlValue mapping) {
    return mapping.find("tables").map(YamlValue::entries).orElse(Map.of()).keySet().stream()
        .allMatch(table -> List.of("appointments", "sale_lines", "payments").contains(table));
  }

  /** The columns that an expression of client data reads. */
  private static Set<String> clientColumns(YamlValue mapping) {
    Set<String> columns = new HashSet<>();
    for (YamlValue table :
        mapping.find("tables").map(YamlValue::entries).orElse(Map.of()).values()) {
      for (Map.Entry<String, YamlValue> column :
          table.find("columns").map(YamlValue::entries).orElse(Map.of()).entrySet()) {
        boolean composed =
            column.getValue().isMapping() && column.getValue().flag("pseudonymise", false);
        if (column.getKey().equals("client_id")) {
          Matcher quoted =
              QUOTED.matcher(composed ? column.getValue().text("sql") : column.getValue().text());
          while (quoted.find()) {
            columns.add(quoted.group(1));
          }
        }
      }
    }
    return columns;
  }

  private static String json(String text, boolean lines) throws IOException {
    if (!lines) {
      JsonNode document = JSON.readTree(text);
      plant(document);
      return JSON.writeValueAsString(document);
    }
    StringBuilder planted = new StringBuilder();
    for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
      JsonNode record = JSON.readTree(line);
      plant(record);
      planted.append(JSON.writeValueAsString(record)).append('\n');
    }
    return planted.toString();
  }

  private static void plant(JsonNode node) {
    node.forEach(CanaryExports::plant);
    if (node instanceof ObjectNode object) {
      for (int i = 0; i < CANARIES.size(); i++) {
        object.put("canary_" + i, CANARIES.get(i));
      }
    }
  }
}
