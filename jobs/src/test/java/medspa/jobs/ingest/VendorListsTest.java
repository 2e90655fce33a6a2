package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.list.ListCatalogue;
import medspa.warehouse.list.ListDefinition;
import medspa.warehouse.list.ListDefinition.ListColumn;
import medspa.warehouse.list.ListDefinition.Part;
import medspa.warehouse.reference.ReferenceColumn;
import medspa.warehouse.reference.ReferenceSheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the table of vendors says of a list, the rows of the vendor's fixtures and of a workbook
 * that is filled in say, too. That fixtures become these rows is held by {@link
 * VendorMappingsTest}.
 */
class VendorListsTest {
  private static final TableContracts CONTRACTS = TableContracts.load();

  @TempDir Path directory;

  private static Mappings mappings() {
    Problems problems = new Problems();
    Mappings mappings = Mappings.load(CONTRACTS, Path.of("none"), problems);
    problems.failIfAny();
    return mappings;
  }

  /** A workbook with every cell filled in, for one thing of each kind, as rows of its tables. */
  private Map<String, List<Map<String, String>>> workbook() throws Exception {
    IngestFixture fixture = new IngestFixture(directory);
    fixture.sources.add(ReferenceFormatTest.source(fixture));
    FilledWorkbook workbook = new FilledWorkbook();
    for (ReferenceSheet sheet : ReferenceFormat.sheets()) {
      workbook.sheet(
          sheet.name(),
          sheet.columns().stream().map(ReferenceColumn::label).collect(Collectors.joining("|")),
          sheet.columns().stream().map(VendorListsTest::answer).collect(Collectors.joining("|")));
    }
    assertThat(fixture.bytes("reference.xlsx", workbook.bytes()).ingest().refused()).isEmpty();
    Map<String, List<Map<String, String>>> tables = new TreeMap<>();
    for (ReferenceSheet sheet : ReferenceFormat.sheets()) {
      Map<String, String> row = new TreeMap<>();
      for (ReferenceColumn column : sheet.columns()) {
        List<String> cell =
            fixture.rows(sheet.contract().name(), "SELECT \"" + column.name() + "\" FROM rows");
        assertThat(cell).as(sheet.name() + " " + column.label()).hasSize(1).doesNotContain("null");
        row.put(column.name(), cell.get(0));
      }
      tables.put(sheet.contract().name(), List.of(row));
    }
    return tables;
  }

  private static String answer(ReferenceColumn column) {
    if (column.name().equals("location_id")) {
      return "austin";
    }
    if (column.range().isPresent()) {
      return column.range().get().least().max(java.math.BigDecimal.ONE).toPlainString();
    }
    if (column.column().type() == ColumnType.BOOLEAN) {
      return "yes";
    }
    if (column.column().type() == ColumnType.DATE) {
      return "2026-03-09";
    }
    return column.oneOf().isEmpty() ? "X1" : column.oneOf().get(0);
  }

  /** The rows of all fixtures of a vendor. */
  private static Map<String, Map<String, List<Map<String, String>>>> byVendor(Mappings mappings)
      throws Exception {
    Map<String, Map<String, List<Map<String, String>>>> vendors = new TreeMap<>();
    for (VendorFixture fixture : VendorFixture.all()) {
      Optional<Mapping> mapping = mappings.find(fixture.mapping(), Optional.empty());
      mapping.ifPresent(
          of ->
              fixture
                  .expectedRows()
                  .forEach(
                      (table, rows) ->
                          vendors
                              .computeIfAbsent(of.vendor(), v -> new TreeMap<>())
                              .computeIfAbsent(table, t -> new ArrayList<>())
                              .addAll(rows)));
    }
    return vendors;
  }

  private static boolean isTold(Part part, Map<String, List<Map<String, String>>> tables) {
    return part.setting().isPresent()
        || part.columns().stream()
            .anyMatch(
                column ->
                    tables.getOrDefault(column.table(), List.of()).stream()
                        .anyMatch(row -> tells(row, column, part)));
  }

  private static boolean tells(Map<String, String> row, ListColumn of, Part part) {
    Column column = CONTRACTS.table(of.table()).column(of.column()).orElseThrow();
    String value = row.get(column.storedName());
    List<String> words = part.words().stream().filter(column.words()::contains).toList();
    return value != null
        && (part.words().isEmpty() || words.contains(value))
        && part.where().entrySet().stream()
            .allMatch(other -> other.getValue().contains(row.getOrDefault(other.getKey(), "")));
  }

  @Test
  void theTableSaysOfEachListWhatTheRowsOfFixturesAndWorkbookSay() throws Exception {
    Mappings mappings = mappings();
    ListCatalogue lists = ListCatalogue.load();
    Map<String, Map<String, String>> said = VendorCoverage.states(mappings, lists);
    Map<String, List<Map<String, String>>> workbook = workbook();
    List<String> wrong = new ArrayList<>();
    Map<String, Map<String, List<Map<String, String>>>> vendors = byVendor(mappings);
    assertThat(vendors.keySet()).isEqualTo(new TreeSet<>(said.get("room_capacity").keySet()));
    vendors.forEach(
        (vendor, rows) -> {
          Map<String, List<Map<String, String>>> all = new TreeMap<>(workbook);
          rows.forEach(
              (table, of) ->
                  all.merge(
                      table,
                      of,
                      (one, other) -> {
                        List<Map<String, String>> both = new ArrayList<>(one);
                        both.addAll(other);
                        return both;
                      }));
          for (ListDefinition list : lists.all()) {
            String state = said.get(list.id()).get(vendor);
            List<String> missing =
                list.needs().stream()
                    .filter(part -> !isTold(part, all) && part.otherwise().isEmpty())
                    .map(Part::name)
                    .toList();
            if (state.equals("no") == missing.isEmpty()) {
              wrong.add(vendor + ", " + list.id() + ": said " + state + ", missing " + missing);
            }
            if (!state.equals("no")) {
              List<String> less =
                  list.gains().stream().filter(part -> !isTold(part, all)).map(Part::name).toList();
              if (state.equals("partly") == less.isEmpty()) {
                wrong.add(vendor + ", " + list.id() + ": said " + state + ", less by " + less);
              }
            }
          }
        });

    assertThat(wrong).isEmpty();
  }
}
