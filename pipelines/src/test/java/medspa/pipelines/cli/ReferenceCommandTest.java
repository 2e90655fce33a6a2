package medspa.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DataValidationConstraint;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reference workbook of a practice whose systems export no menu: suggested, filled in, read.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReferenceCommandTest {
  private static final String CANARY = "Canaryname";

  @TempDir static Path workspace;

  @BeforeAll
  static void runOnce() throws IOException {
    write(
        "medspa.yaml",
        """
        currency: USD
        pseudonym_key_file: key
        practices:
          - id: glow
            name: Glow
            locations: [{id: austin, name: Austin, time_zone: America/Chicago}]
        sources:
          - {name: calendar, format: acuity-appointments, location: austin, from: exports/calendar.csv}
          - {name: stock, format: medspa, table: stock_movements, practice: glow, from: exports/stock.csv}
          - {name: products, format: medspa, table: products, practice: glow, from: exports/products.csv}
          - {name: by-hand, format: reference-workbook, practice: glow, from: 'exports/reference*.xlsx'}
        """);
    write("key", "0123456789abcdef0123456789abcdef");
    write(
        "exports/calendar.csv",
        """
        "Start Time","End Time","Timezone","First Name","Last Name","Phone","Email","Type","Calendar","Appointment Price","Paid?","Amount Paid Online","Certificate Code","Notes","Date Scheduled","Label","Scheduled By","Date Rescheduled","Appointment ID"
        "June 1, 2026 9:00 am","June 1, 2026 10:00 am","America/Chicago","%1$s","Moore","","%1$s@mail.example","Botox, 20 minutes","Claire Adams","300","yes","0.00","","","2026-05-20","","a client ","","101"
        "June 1, 2026 10:00 am","June 1, 2026 11:00 am","America/Chicago","%1$s","Stone","","%1$s@mail.example","Facial (classic)","Bo Li","150","yes","0.00","","","2026-05-20","","a client ","","102"
        "June 2, 2026 9:00 am","June 2, 2026 9:30 am","America/Chicago","%1$s","Stone","","%1$s@mail.example","Botox, 20 minutes","Claire Adams","300","yes","0.00","","","2026-05-20","","desk","","103"
        "June 3, 2026 9:00 am","June 3, 2026 9:30 am","America/Chicago","%1$s","Stone","","%1$s@mail.example","%1$s Stone special","Claire Adams","300","yes","0.00","","","2026-05-20","","desk","","104"
        """
            .formatted(CANARY));
    write(
        "exports/stock.csv",
        """
        movement_id,location_id,product_id,moved_at,kind,quantity,unit_cost
        M1,austin,0042,2026-05-04T09:00,receipt,20,10
        M2,austin,0042,2026-06-01T10:05,usage,-1,
        """);
    write("exports/products.csv", "product_id,name,retail_price\n0042,=Toxin,99.5\n");
    // The workbook is configured, and not there yet.
    assertThat(medspa("ingest").exit()).isEqualTo(3);
    CommandRun compute = medspa("compute", "--as-of", "2026-06-15");
    assertThat(compute.exit()).as(compute.err()).isZero();
    CommandRun publish = medspa("publish");
    assertThat(publish.exit()).as(publish.err()).isZero();
  }

  private static void write(String name, String text) throws IOException {
    Files.createDirectories(workspace.resolve(name).getParent());
    Files.writeString(workspace.resolve(name), text);
  }

  private static CommandRun medspa(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-w", workspace.toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  /** Suggests into a directory of its own. */
  private static Path suggest(String directory) throws IOException {
    Path to = Files.createDirectories(workspace.resolve(directory));
    CommandRun run = medspa("reference", "suggest", "--to", to.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    try (Stream<Path> files = Files.list(to)) {
      List<Path> written = files.toList();
      assertThat(written).hasSize(1);
      assertThat(run.out().strip()).isEqualTo(written.get(0).toString());
      return written.get(0);
    }
  }

  private static XSSFWorkbook open(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new XSSFWorkbook(in);
    }
  }

  /** The cell below a head, of the row whose first cell is the id. */
  private static Cell cell(XSSFWorkbook workbook, String sheet, String id, String head) {
    XSSFSheet found = workbook.getSheet(sheet);
    int column = -1;
    for (Cell cell : found.getRow(0)) {
      column = cell.getStringCellValue().equals(head) ? cell.getColumnIndex() : column;
    }
    for (Row row : found) {
      if (row.getCell(0) != null && row.getCell(0).getStringCellValue().equals(id)) {
        return row.getCell(column, Row.MissingCellPolicy.CREATE_NULL_AS_BLANK);
      }
    }
    throw new IllegalStateException("No row " + id);
  }

  private static String text(XSSFWorkbook workbook, String sheet, String id, String head) {
    return new DataFormatter(java.util.Locale.US).formatCellValue(cell(workbook, sheet, id, head));
  }

  @Test
  @Order(1)
  void theWorkbookHasARowForEachThingAndNoClient() throws IOException {
    Path file = suggest("first");

    try (XSSFWorkbook workbook = open(file)) {
      assertThat(text(workbook, "Services", "Botox, 20 minutes", "Seen: bookings")).isEqualTo("2");
      assertThat(text(workbook, "Products", "0042", "Product")).isEqualTo("[=Toxin]");
      assertThat(text(workbook, "Products", "0042", "Retail price")).isEqualTo("[99.5]");
      assertThat(text(workbook, "Products", "0042", "Unit cost")).isEmpty();
      assertThat(text(workbook, "Products", "0042", "Note")).isEqualTo("3 cells to fill in");
      assertThat(cell(workbook, "Products", "0042", "Days to deliver").getCellStyle())
          .satisfies(style -> assertThat(style.getFillForegroundColorColor()).isNotNull());
      assertThat(workbook.getSheet("Services").getDataValidations())
          .extracting(rule -> rule.getValidationConstraint().getValidationType())
          .contains(
              DataValidationConstraint.ValidationType.INTEGER,
              DataValidationConstraint.ValidationType.DECIMAL);
      DataFormatter shown = new DataFormatter();
      for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
        for (Row row : workbook.getSheetAt(i)) {
          for (Cell cell : row) {
            assertThat(shown.formatCellValue(cell)).doesNotContainIgnoringCase(CANARY);
          }
        }
      }
    }
    assertThat(medspa("status").out())
        .contains("`medspa reference suggest -w " + workspace + "` makes a workbook for it.");
    CommandRun again = medspa("reference", "suggest", "--to", file.getParent().toString());
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err()).contains("already, and what was filled in would be lost");
  }

  @Test
  @Order(2)
  void aWorkbookThatNobodyTouchedTellsNothing() throws IOException {
    Files.copy(suggest("untouched"), workspace.resolve("exports/reference-2026-06-01.xlsx"));

    CommandRun run = medspa("ingest", "--verbose");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "exports/reference-2026-06-01.xlsx!/Services: 0 services",
            "exports/reference-2026-06-01.xlsx!/Products: 0 products",
            "exports/reference-2026-06-01.xlsx!/Recipes: 0 service_products");
  }

  @Test
  @Order(3)
  void whatWasFilledInIsReadAndStandsInTheNextSuggestion() throws IOException {
    Path filled = suggest("filled");
    try (XSSFWorkbook workbook = open(filled)) {
      cell(workbook, "Services", "Botox, 20 minutes", "Clean-up minutes").setCellValue(10);
      cell(workbook, "Services", "Botox, 20 minutes", "Category").setCellValue("Injectables");
      cell(workbook, "Products", "0042", "Days to deliver").setCellValue(7);
      cell(workbook, "Products", "0042", "Consignment").setCellValue("no");
      cell(workbook, "Products", "0042", "Units in a pack").setCellValue(2.5);
      save(workbook, "exports/reference-2026-06-02.xlsx");
    }

    CommandRun run = medspa("ingest", "--verbose");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "exports/reference-2026-06-02.xlsx!/Services: 1 services",
            "exports/reference-2026-06-02.xlsx!/Products: 1 products");
    try (XSSFWorkbook workbook = open(suggest("kept"))) {
      assertThat(text(workbook, "Services", "Botox, 20 minutes", "Clean-up minutes"))
          .isEqualTo("10");
      assertThat(text(workbook, "Services", "Botox, 20 minutes", "Category"))
          .isEqualTo("Injectables");
      assertThat(text(workbook, "Products", "0042", "Days to deliver")).isEqualTo("7");
      assertThat(text(workbook, "Products", "0042", "Consignment")).isEqualTo("no");
      assertThat(cell(workbook, "Products", "0042", "Units in a pack").getNumericCellValue())
          .isEqualTo(2.5);
      assertThat(text(workbook, "Products", "0042", "Product")).isEqualTo("[=Toxin]");
      assertThat(text(workbook, "Products", "0042", "Note")).isEmpty();
    }
  }

  @Test
  @Order(4)
  void aWrongCellIsToldAndTheWorkbookBeforeCountsOn() throws IOException {
    try (XSSFWorkbook workbook = open(suggest("wrong"))) {
      cell(workbook, "Services", "Botox, 20 minutes", "Clean-up minutes").setCellValue("ten");
      save(workbook, "exports/reference-2026-06-03.xlsx");
    }

    CommandRun run = medspa("ingest");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "exports/reference-2026-06-03.xlsx!/Services, line 2, column Clean-up minutes: It cannot"
                + " be read; write a whole number from 0 to 240, or leave it empty.")
        .doesNotContain("ten;");
    CommandRun suggested = medspa("reference", "suggest");
    assertThat(suggested.exit()).isEqualTo(3);
    assertThat(suggested.out()).isEmpty();
    assertThat(suggested.err())
        .contains(
            "Refused: exports/reference-2026-06-03.xlsx!/Services, line 2, column Clean-up minutes",
            "Mend the cells that are named and run `medspa ingest`")
        .doesNotContain("!/Rooms");
    // A later one that was not ingested yet, and then is: the refused one no longer matters.
    Path mended = workspace.resolve("exports/reference-2026-06-04.xlsx");
    Files.copy(workspace.resolve("exports/reference-2026-06-02.xlsx"), mended);
    assertThat(medspa("reference", "suggest").err())
        .contains("exports/reference-2026-06-04.xlsx!/Services is not ingested yet.");
    assertThat(medspa("ingest").exit()).isEqualTo(3);
    try (XSSFWorkbook workbook = open(suggest("before"))) {
      assertThat(text(workbook, "Services", "Botox, 20 minutes", "Clean-up minutes"))
          .isEqualTo("10");
    }
  }

  @Test
  @Order(5)
  void aStaleWorkbookSaysWhatIsLostAndHowToUndoIt() throws IOException {
    // Nobody touched it: it has none of what was filled in since.
    Files.copy(
        workspace.resolve("exports/reference-2026-06-01.xlsx"),
        workspace.resolve("exports/reference-2026-06-05.xlsx"));

    CommandRun run = medspa("ingest");

    assertThat(run.err())
        .contains(
            "exports/reference-2026-06-05.xlsx!/Services no longer has 2 cells that"
                + " exports/reference-2026-06-04.xlsx!/Services had filled in: Botox, 20 minutes,"
                + " Category; Botox, 20 minutes, Clean-up minutes. They count no more.",
            "exports/reference-2026-06-05.xlsx!/Products no longer has 3 cells")
        .doesNotContain("!/Rooms no longer");
    Files.copy(
        workspace.resolve("exports/reference-2026-06-04.xlsx"),
        workspace.resolve("exports/reference-2026-06-06.xlsx"));
    assertThat(medspa("ingest").err()).doesNotContain("no longer has");
    try (XSSFWorkbook workbook = open(suggest("undone"))) {
      assertThat(text(workbook, "Services", "Botox, 20 minutes", "Clean-up minutes"))
          .isEqualTo("10");
    }
  }

  @Test
  @Order(6)
  void aPracticeOrDirectoryThatIsNotThereIsWrongUsage() {
    CommandRun practice = medspa("reference", "suggest", "--practice", "glov");
    CommandRun directory = medspa("reference", "suggest", "--to", workspace + "/nowhere");
    CommandRun nothing = CommandRun.of("reference");

    CommandRun mapping = CommandRun.of("mapping", "show", "reference-workbook");

    assertThat(mapping.exit()).isEqualTo(2);
    assertThat(mapping.err()).contains("reference-workbook has no mapping to show or try");
    assertThat(practice.exit()).isEqualTo(2);
    assertThat(practice.err())
        .contains("There is no practice glov in the warehouse; there are glow");
    assertThat(directory.exit()).isEqualTo(2);
    assertThat(directory.err()).contains("/nowhere, which --to names; make it first");
    assertThat(nothing.exit()).isEqualTo(2);
    assertThat(nothing.err()).contains("Name a command: suggest.");
  }

  private static void save(XSSFWorkbook workbook, String name) throws IOException {
    try (OutputStream out = Files.newOutputStream(workspace.resolve(name))) {
      workbook.write(out);
    }
  }
}
