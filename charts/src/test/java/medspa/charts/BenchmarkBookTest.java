package medspa.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import medspa.charts.page.PortfolioMarket;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The consultant's workbook, as other programs read it. */
class BenchmarkBookTest {
  private static final String FORMULA = "=HYPERLINK(\"http://example.com\",\"Pier\")";

  @TempDir static Path folder;

  private static Path warehouse;
  private static Path workbook;

  @BeforeAll
  static void write() {
    List<String> changes = new ArrayList<>(PortfolioMarket.EVERYTHING);
    changes.add("UPDATE locations SET name = '" + FORMULA + "' WHERE location_id = 'pier'");
    changes.add(
        "UPDATE kpi_benchmark_consultant SET is_stable = false, rank = NULL WHERE"
            + " location_id = 'austin' AND kpi = 'no_show_rate'");
    warehouse = MarketFixture.write(folder.resolve("medspa.duckdb"), changes);
    workbook =
        Reports.write(
                new ReportRequest(
                    warehouse,
                    folder.resolve("reports"),
                    Optional.empty(),
                    Optional.empty(),
                    PageSize.A4),
                line -> {})
            .stream()
            .filter(path -> path.getFileName().toString().equals("benchmark-kim.xlsx"))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void everyNumberIsThatOfTheWarehouse() {
    assertThat(BenchmarkNumbers.compare(workbook, warehouse, "kim"))
        .hasSize(10)
        .allSatisfy(
            (sheet, compared) -> {
              assertThat(compared.differing()).as(sheet).isEmpty();
              assertThat(compared.rows()).as(sheet).isPositive();
            });
  }

  @Test
  void everySheetIsATableUnderItsHead() throws IOException {
    try (XSSFWorkbook opened = new XSSFWorkbook(workbook.toFile().getPath())) {
      Set<String> names = new HashSet<>();
      for (int i = 0; i < opened.getNumberOfSheets(); i++) {
        XSSFSheet sheet = opened.getSheetAt(i);
        assertThat(sheet.getTables()).as(sheet.getSheetName()).hasSize(1);
        XSSFTable table = sheet.getTables().get(0);
        assertThat(names.add(table.getName())).isTrue();
        Row head = sheet.getRow(table.getStartRowIndex());
        for (int column = 0; column < table.getColumnCount(); column++) {
          assertThat(head.getCell(column).getStringCellValue())
              .isEqualTo(table.getColumns().get(column).getName());
        }
        assertThat(table.getEndRowIndex())
            .isEqualTo(Math.max(sheet.getLastRowNum(), table.getStartRowIndex() + 1));
      }
      assertThat(names)
          .containsExactlyInAnyOrder(
              "Table_About",
              "Table_Locations",
              "Table_Opportunities",
              "Table_Shifts",
              "Table_Moves",
              "Table_Restated",
              "Table_Published",
              "Table_Kpis",
              "Table_Peers",
              "Table_Numbers",
              "Table_Definitions");
    }
  }

  @Test
  void aLocationsNameIsNeverAFormula() throws IOException {
    int found = 0;
    try (XSSFWorkbook opened = new XSSFWorkbook(workbook.toFile().getPath())) {
      for (int i = 0; i < opened.getNumberOfSheets(); i++) {
        for (Row row : opened.getSheetAt(i)) {
          for (Cell cell : row) {
            assertThat(cell.getCellType()).isNotEqualTo(CellType.FORMULA);
            if (cell.getCellType() == CellType.STRING
                && cell.getStringCellValue().equals(FORMULA)) {
              assertThat(cell.getCellStyle().getQuotePrefixed()).isTrue();
              found++;
            }
          }
        }
      }
    }
    assertThat(found).isGreaterThan(20);
  }

  @Test
  void aPracticeThatDidNotEngageTheConsultantIsInNoByteOfIt() throws IOException {
    try (ZipFile zip = new ZipFile(workbook.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
              .as(entry.getName())
              .doesNotContain("Ästhetik", "Seefeld", "zurich", "Young Skin", "Soho", "silent");
        }
      }
    }
  }

  @Test
  void aValueSaysWhyItHasNoPlace() throws IOException {
    try (XSSFWorkbook opened = new XSSFWorkbook(workbook.toFile().getPath())) {
      boolean told = false;
      for (Row row : opened.getSheet("Numbers")) {
        if (row.getCell(3).getStringCellValue().equals("No-show rate")
            && row.getCell(21).getStringCellValue().equals("austin")
            && row.getCell(5).getNumericCellValue() == 13) {
          assertThat(row.getCell(12).getStringCellValue()).isEqualTo("few data");
          assertThat(row.getCell(13)).isNull();
          told = true;
        }
      }
      assertThat(told).isTrue();
    }
  }

  @Test
  void nothingIsLeftBesideIt() throws IOException {
    try (var files = Files.list(workbook.getParent())) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .contains("benchmark-kim.pdf", "benchmark-kim.xlsx")
          .noneMatch(name -> name.startsWith("."));
    }
  }
}
