package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.jobs.ingest.Mapping.ColumnMapping;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.jobs.read.WorkbookGrid;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Bronze;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A column of a vendor's export of which no cell can be read: it is never called missing, because
 * it is there, and nothing is counted in its place. Each run takes every {@value #SLICES}th column,
 * the full build all of them.
 */
class UnreadableCellsTest {
  private static final int SLICES = 48;

  /** A percentage where an amount, a date, a duration or a flag should be. */
  private static final String UNREADABLE = "5 %";

  /** An amount, a date, a time or a duration, as workbooks of fixtures write them too. */
  private static final Pattern AMOUNT_OR_TIME =
      Pattern.compile("([ndh]:)?[-(]?[$£€]?-?[0-9]|[A-Z][a-z]+ [0-9]{1,2},? [0-9]{4}");

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Mappings MAPPINGS =
      Mappings.load(TableContracts.load(), Path.of("none"), new Problems());

  @TempDir Path directory;

  /**
   * What one ingestion left.
   *
   * @param rows without their place in the file, and without ids that are made up or hidden
   * @param rejected column and reason
   */
  private record Taken(List<String> rows, Set<String> rejected) {}

  @TestFactory
  Stream<DynamicTest> whatCannotBeReadIsNeitherMissingNorNothing() throws Exception {
    return fixtures(SLICES);
  }

  @Tag("full")
  @TestFactory
  Stream<DynamicTest> noColumnThatCannotBeReadIsMissingOrNothing() throws Exception {
    return fixtures(1);
  }

  private Stream<DynamicTest> fixtures(int slices) throws Exception {
    int[] tried = {0};
    return VendorFixture.all().stream()
        .filter(fixture -> !fixture.isRefused())
        .map(
            fixture ->
                DynamicTest.dynamicTest(fixture.id(), () -> unreadable(fixture, slices, tried)));
  }

  private void unreadable(VendorFixture fixture, int slices, int[] tried) throws Exception {
    List<String> columns = new ArrayList<>();
    for (String column : columns(fixture)) {
      if (tried[0]++ % slices == 0) {
        columns.add(column);
      }
    }
    if (columns.isEmpty()) {
      return;
    }
    Taken original = taken(fixture, file -> Optional.empty());
    List<String> wrong = new ArrayList<>();
    for (String column : columns) {
      Taken after = taken(fixture, file -> Optional.of(without(fixture, file, column)));
      List<String> missing =
          after.rejected().stream()
              .filter(kind -> kind.endsWith(" missing"))
              .filter(kind -> !original.rejected().contains(kind))
              .toList();
      List<String> other = new ArrayList<>(after.rows());
      original.rows().forEach(other::remove);
      other.removeIf(row -> row.contains(UNREADABLE));
      if (!missing.isEmpty() || !other.isEmpty()) {
        wrong.add(column + " " + missing + " gives " + other);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** What the mapping of a fixture reads of its exports in which numbers, dates or times stand. */
  private static Set<String> columns(VendorFixture fixture) throws IOException {
    Mapping mapping = mapping(fixture);
    Set<String> columns = new TreeSet<>();
    Set<String> texts = new HashSet<>();
    for (Path file : fixture.exportFiles()) {
      for (Map<String, String> record : records(mapping, file)) {
        record.forEach(
            (column, cell) -> {
              if (!cell.isEmpty()) {
                (AMOUNT_OR_TIME.matcher(cell).lookingAt() ? columns : texts).add(column);
              }
            });
      }
    }
    columns.removeAll(texts);
    return columns;
  }

  private static Mapping mapping(VendorFixture fixture) {
    return MAPPINGS.find(fixture.mapping(), Optional.empty()).orElseThrow();
  }

  private static byte[] without(VendorFixture fixture, Path file, String column)
      throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".json") || name.endsWith(".jsonl")) {
      StringBuilder text = new StringBuilder();
      for (JsonNode document : documents(file)) {
        replace(document, "", column);
        text.append(JSON.writeValueAsString(document)).append('\n');
      }
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
    Mapping mapping = mapping(fixture);
    List<List<String>> rows = rows(file);
    int header = header(mapping, rows);
    List<String> names = mapping.header().known(rows.get(header));
    StringWriter text = new StringWriter();
    try (CsvWriter writer = CsvWriter.builder().build(text)) {
      for (int i = 0; i < rows.size(); i++) {
        List<String> row = new ArrayList<>(rows.get(i));
        for (int c = 0; i > header && c < row.size() && c < names.size(); c++) {
          if (names.get(c).equals(column) && !row.get(c).isEmpty()) {
            row.set(c, UNREADABLE);
          }
        }
        writer.writeRecord(row);
      }
    }
    if (!name.endsWith(".xlsx.csv")) {
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
    Path grid = Files.createTempFile(name, ".csv");
    try {
      Files.writeString(grid, text.toString());
      return WorkbookGrid.write(grid);
    } finally {
      Files.delete(grid);
    }
  }

  /** The cells of each record that the mapping reads, by column; of JSON all that lie below it. */
  private static List<Map<String, String>> records(Mapping mapping, Path file) throws IOException {
    List<Map<String, String>> records = new ArrayList<>();
    String name = file.getFileName().toString();
    if (name.endsWith(".json") || name.endsWith(".jsonl")) {
      for (JsonNode document : documents(file)) {
        Map<String, String> record = new LinkedHashMap<>();
        leaves(document, "", record);
        record
            .keySet()
            .removeIf(
                leaf ->
                    mapping.header().read().stream()
                        .noneMatch(
                            column ->
                                leaf.contains("." + column + ".") || leaf.endsWith("." + column)));
        records.add(record);
      }
      return records;
    }
    List<List<String>> rows = rows(file);
    int header = header(mapping, rows);
    List<String> names = mapping.header().known(rows.get(header));
    for (List<String> row : rows.subList(header + 1, rows.size())) {
      Map<String, String> record = new LinkedHashMap<>();
      for (int c = 0; c < row.size() && c < names.size(); c++) {
        String column = names.get(c);
        if (mapping.header().read().contains(column)
            || mapping.header().wide().values().stream()
                .anyMatch(wide -> wide.matcher(column).matches())) {
          record.put(column, row.get(c));
        }
      }
      records.add(record);
    }
    return records;
  }

  private static int header(Mapping mapping, List<List<String>> rows) {
    for (int i = 0; i < rows.size(); i++) {
      if (mapping.header().missing(mapping.header().known(rows.get(i))).isEmpty()) {
        return i;
      }
    }
    throw new IllegalArgumentException("no header of " + mapping.id());
  }

  private static List<List<String>> rows(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .skipEmptyLines(false)
            .allowMissingFields(true)
            .allowExtraFields(true)
            .ofCsvRecord(new StringReader(Files.readString(file).replaceFirst("^\uFEFF", "")))) {
      reader.forEach(row -> rows.add(row.getFields()));
    }
    return rows;
  }

  private static List<JsonNode> documents(Path file) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    try (MappingIterator<JsonNode> values =
        JSON.readerFor(JsonNode.class).readValues(file.toFile())) {
      values.forEachRemaining(documents::add);
    }
    return documents;
  }

  /** The scalars of a document by the names of what they lie in, whatever the place in a list. */
  private static void leaves(JsonNode node, String path, Map<String, String> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(field -> leaves(field.getValue(), path + "." + field.getKey(), into));
    } else if (node.isArray()) {
      node.forEach(element -> leaves(element, path, into));
    } else if (!node.isNull()) {
      into.put(path, node.asText());
    }
  }

  private static void replace(JsonNode node, String path, String leaf) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : new LinkedHashSet<>(object.properties())) {
        String at = path + "." + field.getKey();
        if (at.equals(leaf) && field.getValue().isValueNode() && !field.getValue().isNull()) {
          object.set(field.getKey(), TextNode.valueOf(UNREADABLE));
        } else {
          replace(field.getValue(), at, leaf);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (path.equals(leaf) && array.get(i).isValueNode()) {
          array.set(i, TextNode.valueOf(UNREADABLE));
        } else {
          replace(array.get(i), path, leaf);
        }
      }
    }
  }

  private Taken taken(VendorFixture fixture, VendorFixture.Change change) throws Exception {
    IngestFixture workspace = fixture.workspace(Files.createTempDirectory(directory, "w"), change);
    workspace.ingest("1", "1");
    Mapping mapping = mapping(fixture);
    List<String> rows = new ArrayList<>();
    Set<String> rejected = new TreeSet<>();
    for (Batch batch : Bronze.read(workspace.lake).current()) {
      if (!batch.source().equals("export")) {
        continue;
      }
      for (TableMapping table : mapping.tables()) {
        Path file = workspace.lake.batchTable(batch.sourceFileId(), table.table());
        if (Files.exists(file)) {
          rows.addAll(
              IngestFixture.query(
                  "SELECT '%s', %s FROM '%s'"
                      .formatted(table.table(), shown(mapping, table), file)));
        }
      }
      Path file = workspace.lake.rejectedRows(batch.sourceFileId());
      if (Files.exists(file)) {
        rejected.addAll(
            IngestFixture.query("SELECT concat_ws(' ', column_name, reason) FROM '" + file + "'"));
      }
    }
    return new Taken(rows, rejected);
  }

  private static String shown(Mapping mapping, TableMapping table) {
    TableContract contract = TableContracts.load().table(table.table());
    return contract.columns().stream()
        .filter(column -> column.type() != ColumnType.CLIENT)
        .filter(column -> !column.name().equals("class_id"))
        .filter(
            column ->
                !contract.key().contains(column.name())
                    || column.name().equals("location_id")
                    || !table.makesUp(column.name(), mapping.header()))
        .filter(
            column ->
                !Optional.ofNullable(table.columns().get(column.name()))
                    .map(ColumnMapping::pseudonymise)
                    .orElse(false))
        .map(column -> '"' + column.storedName() + '"')
        .collect(Collectors.joining(", "));
  }
}
