package medspa.jobs.ingest;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.jobs.read.WorkbookGrid;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Bronze;

/**
 * An export written by hand with the rows it must become: {@code vendors/<mapping>/<case>.yaml} and
 * the files it names.
 *
 * <pre>
 * about: what the quirks of this export are
 * source: {location: austin}      # or locations, practice; params, encoding, delivery
 * files: [a.csv, b.xlsx.csv]      # in the order of delivery
 * mapping: own.yaml               # in the folder mappings beside it, where it is no shipped one
 * lookups: {items: {format: square-items-12, files: [items.csv]}}
 * reject_limit: 0.5
 * expect:
 *   appointments: |
 *     source_line | appointment_id | client_key | start_at
 *     2           | A1             | @C1        | 2026-06-01T14:00Z
 * rejected: [7 status unknown_word]
 * refused: [part of the message]
 * </pre>
 *
 * A file {@code x.xlsx.csv} is written as a workbook, see {@link WorkbookGrid}. Locations are those
 * of {@link IngestFixture#market()}. In the expected rows {@code @C1} is the pseudonym of C1, and
 * {@code @austin>C1} that of C1 at the site austin; {@code !1:Jo Doe} is that id masked, {@code
 * 2026-06-01:!1:Jo Doe} on a day. Numbers are written without trailing zeros.
 */
final class VendorFixture {
  private final YamlValue yaml;
  private final Path directory;
  private final String mapping;
  private final String id;

  private VendorFixture(Path file) {
    Problems problems = new Problems();
    this.yaml = YamlValue.parse(file, problems);
    this.directory = file.getParent();
    this.mapping = directory.getFileName().toString();
    this.id = mapping + "/" + file.getFileName().toString().replaceFirst("\\.yaml$", "");
    yaml.allowOnly(
        java.util.Set.of(
            "about",
            "source",
            "files",
            "mapping",
            "lookups",
            "reject_limit",
            "expect",
            "rejected",
            "refused"));
    problems.failIfAny();
  }

  /** Every case of every mapping. */
  static List<VendorFixture> all() throws Exception {
    return below("/vendors");
  }

  /** Exports of no vendor: of the built-in format and of mappings of a user's own. */
  static List<VendorFixture> ownFormats() throws Exception {
    return below("/own-formats");
  }

  private static List<VendorFixture> below(String folder) throws Exception {
    Path root = Path.of(VendorFixture.class.getResource(folder).toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.getParent().endsWith("mappings"))
          .sorted()
          .map(VendorFixture::new)
          .toList();
    }
  }

  String mapping() {
    return mapping;
  }

  /** {@code <mapping>/<case>}. */
  String id() {
    return id;
  }

  /** Its exports as text. */
  List<String> exports() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String file : exportNames()) {
      texts.add(new String(Files.readAllBytes(directory.resolve(file)), StandardCharsets.UTF_8));
    }
    return texts;
  }

  List<String> exportNames() {
    return yaml.texts("files");
  }

  /** Its exports as they lie beside it. */
  List<Path> exportFiles() {
    return exportNames().stream().map(directory::resolve).toList();
  }

  /** The rows it must become, one text per table. */
  List<String> expectedTables() {
    return entries("expect").values().stream().map(YamlValue::text).toList();
  }

  /** The rows it must become by table, each row a cell by column; empty cells are left out. */
  Map<String, List<Map<String, String>>> expectedRows() {
    Map<String, List<Map<String, String>>> tables = new LinkedHashMap<>();
    entries("expect")
        .forEach(
            (table, text) -> {
              List<List<String>> lines =
                  text.text()
                      .strip()
                      .lines()
                      .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
                      .toList();
              List<Map<String, String>> rows = new ArrayList<>();
              for (List<String> line : lines.subList(1, lines.size())) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < line.size(); i++) {
                  if (!line.get(i).equals("null") && !line.get(i).isEmpty()) {
                    row.put(lines.get(0).get(i), line.get(i));
                  }
                }
                rows.add(row);
              }
              tables.put(table, rows);
            });
    return tables;
  }

  String name() {
    return mapping + ": " + yaml.text("about");
  }

  /** Its files, written into a workspace; those of cases that are refused left out. */
  List<Path> files(Path workspace) throws IOException {
    if (isRefused()) {
      return List.of();
    }
    IngestFixture fixture = new IngestFixture(workspace);
    copy(fixture, yaml.texts("files"), "export", file -> Optional.empty());
    try (Stream<Path> files = Files.list(workspace.resolve("exports/export"))) {
      return files.sorted().toList();
    }
  }

  /** Makes the bytes of an export's file anew, or leaves them as they are. */
  interface Change {
    Optional<byte[]> of(Path file) throws IOException;
  }

  /**
   * Its source with what it looks up and with its files.
   *
   * @param change made to the files of the export, not to those that are looked up
   */
  IngestFixture workspace(Path workspace, Change change) throws IOException {
    IngestFixture fixture = new IngestFixture(workspace);
    Optional<String> own = yaml.optionalText("mapping");
    if (own.isPresent()) {
      fixture.mappingFile(
          own.get(), Files.readString(directory.resolve("mappings").resolve(own.get())));
    }
    Map<String, String> lookups = new LinkedHashMap<>();
    for (Map.Entry<String, YamlValue> lookup : entries("lookups").entrySet()) {
      YamlValue value = lookup.getValue();
      fixture.mapped(lookup.getKey(), value.text("format"), lookup.getKey() + "/*", "austin");
      lookups.put(lookup.getKey(), lookup.getKey());
      copy(fixture, value.texts("files"), lookup.getKey(), file -> Optional.empty());
    }
    fixture.sources.add(source(fixture, lookups));
    copy(fixture, yaml.texts("files"), "export", change);
    return fixture;
  }

  /** The bytes that a change makes anew of its text files and workbooks. */
  Map<Path, byte[]> changed(Change change) throws IOException {
    Map<Path, byte[]> changed = new LinkedHashMap<>();
    for (String name : exportNames()) {
      if (name.endsWith(".csv")) {
        Path file = directory.resolve(name);
        Optional<byte[]> bytes = change.of(file);
        bytes.ifPresent(made -> changed.put(file, made));
      }
    }
    return changed;
  }

  /** Whether all of its files are refused as they are. */
  boolean isRefused() {
    return !yaml.texts("refused").isEmpty();
  }

  /** The share of rejected rows above which its files are refused. */
  String rejectLimit() {
    return yaml.optionalText("reject_limit").orElse("0.05");
  }

  /** What the ingestion made of the files, in the words of {@link #expected()}. */
  String actual(Path workspace) throws Exception {
    IngestFixture fixture = workspace(workspace, file -> Optional.empty());
    Ingestion.Result result = fixture.ingest(rejectLimit());

    StringBuilder text = new StringBuilder();
    for (String table : TableContracts.load().names()) {
      List<Path> files = new ArrayList<>();
      for (Batch batch : Bronze.read(fixture.lake).current()) {
        Path file = fixture.lake.batchTable(batch.sourceFileId(), table);
        if (batch.source().equals("export") && Files.exists(file)) {
          files.add(file);
        }
      }
      if (!files.isEmpty()) {
        text.append(rows(table, files));
      }
    }
    List<String> rejected = new ArrayList<>();
    for (Batch batch : Bronze.read(fixture.lake).current()) {
      Path file = fixture.lake.rejectedRows(batch.sourceFileId());
      if (batch.source().equals("export") && Files.exists(file)) {
        rejected.addAll(
            IngestFixture.query(
                "SELECT concat_ws(' ', source_line, column_name, reason) FROM '"
                    + file
                    + "' ORDER BY table_name, source_line"));
      }
    }
    text.append("rejected ").append(rejected).append('\n');
    List<String> unexpected =
        result.refused().stream()
            .filter(r -> r.source().equals("export"))
            .map(r -> r.message())
            .filter(message -> yaml.texts("refused").stream().noneMatch(message::contains))
            .toList();
    long refused = result.refused().stream().filter(r -> r.source().equals("export")).count();
    return text.append("refused ")
        .append(refused)
        .append(' ')
        .append(unexpected)
        .append('\n')
        .toString();
  }

  /** What the fixture says they must become. */
  String expected() {
    StringBuilder text = new StringBuilder();
    for (String table : TableContracts.load().names()) {
      YamlValue value = entries("expect").get(table);
      if (value != null) {
        text.append(table).append('\n');
        value.text().strip().lines().skip(1).forEach(line -> text.append(cells(line)).append('\n'));
      }
    }
    text.append("rejected ").append(yaml.texts("rejected")).append('\n');
    return text.append("refused ").append(yaml.texts("refused").size()).append(" []\n").toString();
  }

  private Source source(IngestFixture fixture, Map<String, String> lookups) {
    YamlValue source = yaml.find("source").orElseThrow();
    source.allowOnly(
        java.util.Set.of(
            "format",
            "table",
            "location",
            "locations",
            "practice",
            "params",
            "encoding",
            "delivery",
            "words"));
    Map<String, Map<String, String>> words = new LinkedHashMap<>();
    source
        .find("words")
        .ifPresent(
            own -> own.entries().keySet().forEach(column -> words.put(column, texts(own, column))));
    return new Source(
        "export",
        source.optionalText("practice").orElse("glow"),
        fixture
            .mapping(source.optionalText("format").orElse(mapping), source.optionalText("table"))
            .as(Currency.getInstance(IngestFixture.market().currency()), words),
        "exports/export*/*",
        source.optionalText("location"),
        texts(source, "locations"),
        source.optionalText("delivery").map(Mappings::delivery),
        source.optionalText("encoding"),
        texts(source, "params"),
        lookups);
  }

  private Map<String, YamlValue> entries(String key) {
    return yaml.find(key).map(YamlValue::entries).orElse(Map.of());
  }

  private static Map<String, String> texts(YamlValue yaml, String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    yaml.find(key).ifPresent(m -> m.entries().forEach((k, v) -> texts.put(k, v.text())));
    return texts;
  }

  private void copy(IngestFixture fixture, List<String> files, String folder, Change change)
      throws IOException {
    for (String name : files) {
      Path file = directory.resolve(name);
      boolean workbook = name.endsWith(".xlsx.csv");
      Optional<byte[]> changed = change.of(file);
      byte[] bytes =
          changed.isPresent()
              ? changed.get()
              : workbook ? WorkbookGrid.write(file) : Files.readAllBytes(file);
      fixture.bytes(folder + "/" + (workbook ? name.substring(0, name.length() - 4) : name), bytes);
    }
  }

  private String rows(String table, List<Path> files) throws Exception {
    YamlValue value = entries("expect").get(table);
    if (value == null) {
      return table + " has rows that are not expected\n";
    }
    String header = value.text().strip().lines().findFirst().orElseThrow();
    String names =
        String.join(", ", Stream.of(header.split("\\|", -1)).map(String::strip).toList());
    String from = String.join(", ", files.stream().map(file -> "'" + file + "'").toList());
    List<String> rows =
        IngestFixture.query(
            "SELECT "
                + names
                + " FROM read_parquet(["
                + from
                + "]) ORDER BY source_file_id, source_line, "
                + String.join(", ", TableContracts.load().table(table).storedKey()));
    StringBuilder text = new StringBuilder(table).append('\n');
    rows.forEach(row -> text.append(cells(row)).append('\n'));
    return text.toString();
  }

  private String cells(String row) {
    List<String> cells = new ArrayList<>();
    for (String cell : row.split("\\|", -1)) {
      String text = cell.strip();
      int masked = text.indexOf('!');
      if (text.startsWith("@")) {
        text = pseudonym(text.substring(1).replace('>', '\u001f'));
      } else if (masked >= 0) {
        text = text.substring(0, masked) + "masked-" + pseudonym(text.substring(masked + 1));
      } else if (text.matches("-?[0-9]+\\.[0-9]+")) {
        text = new BigDecimal(text).stripTrailingZeros().toPlainString();
      }
      cells.add(text.equals("null") ? "" : text);
    }
    return String.join(" | ", cells);
  }

  private String pseudonym(String value) {
    return new PseudonymKey(IngestFixture.KEY)
        .pseudonym(
            yaml.find("source").orElseThrow().optionalText("practice").orElse("glow"), value);
  }
}
