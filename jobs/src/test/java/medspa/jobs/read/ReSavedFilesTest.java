package medspa.jobs.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What spreadsheets and scripts do to an export is undone, or named for what it is. */
class ReSavedFilesTest {
  private static final String PLAIN =
      "Name,Item,Price\nA1,\"Lip \"\"Plump\"\" Kit\",60.00\nA2,x,5\n";
  private static final List<String> ROWS =
      List.of("1:Name|Item|Price", "2:A1|Lip \"Plump\" Kit|60.00", "3:A2|x|5");

  @TempDir Path directory;

  private List<String> rows(byte[] bytes, Format format) throws Exception {
    Path file = Files.write(directory.resolve("export"), bytes);
    List<String> rows = new ArrayList<>();
    ExportReader.read(
        ExportFile.of(file),
        format,
        Set.of(),
        (line, fields) -> rows.add(line + ":" + String.join("|", fields)));
    return rows;
  }

  private List<String> text(String text) throws Exception {
    return rows(text.getBytes(StandardCharsets.UTF_8), Format.CSV);
  }

  private static Format format(Format.Type type, char delimiter, int headerWithin) {
    return new Format(
        type, delimiter, "UTF-8", Optional.empty(), Optional.empty(), headerWithin, false);
  }

  private interface Fill {
    void fill(XSSFWorkbook workbook, Row row);
  }

  /** The only row of a workbook. */
  private String row(Fill fill) throws Exception {
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      fill.fill(workbook, workbook.createSheet("Sheet1").createRow(0));
      workbook.write(out);
      return rows(out.toByteArray(), format(Format.Type.WORKBOOK, ',', 1)).get(0).substring(2);
    }
  }

  private static Cell number(XSSFWorkbook workbook, Row row, double value, String format) {
    CellStyle style = workbook.createCellStyle();
    style.setDataFormat(workbook.createDataFormat().getFormat(format));
    Cell cell = row.createCell(Math.max(0, row.getLastCellNum()));
    cell.setCellValue(value);
    cell.setCellStyle(style);
    return cell;
  }

  /** The rows that are read of a workbook of sheets; the first one is hidden or not. */
  private List<String> sheets(boolean firstIsHidden, String... sheets) throws Exception {
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      for (String sheet : sheets) {
        var rows = workbook.createSheet("Sheet" + (workbook.getNumberOfSheets() + 1));
        for (String line : sheet.split(";", -1)) {
          Row row = rows.createRow(rows.getPhysicalNumberOfRows());
          for (String cell : line.split(",", -1)) {
            row.createCell(Math.max(0, row.getLastCellNum())).setCellValue(cell);
          }
        }
      }
      workbook.setActiveSheet(sheets.length - 1);
      workbook.setSheetHidden(0, firstIsHidden);
      workbook.write(out);
      return rows(out.toByteArray(), format(Format.Type.WORKBOOK, ',', 1));
    }
  }

  @Test
  void aWorkbookThatGoesOnInAnotherSheetIsRefused() {
    assertThatThrownBy(
            () -> sheets(false, "Name,Item,Price;A1,x,5", "July,,;Name,Item,Price;A2,y,6"))
        .isInstanceOfSatisfying(
            FileRefusedException.class,
            refused -> assertThat(refused.nextStep()).contains("a file of its own"));
  }

  @Test
  void otherSheetsAndThoseWithoutRowsAreNoPartOfTheExport() throws Exception {
    assertThat(
            sheets(false, "Name,Item,Price;A1,x,5", "Name,Item,Price", "Total,1,5;Name,Item,Tax"))
        .containsExactly("1:Name|Item|Price", "2:A1|x|5");
  }

  @Test
  void aHiddenSheetIsNotRead() throws Exception {
    assertThat(sheets(true, "Name,Item,Price;A1,x,5", "Name,Item,Price;A2,y,6"))
        .containsExactly("1:Name|Item|Price", "2:A2|y|6");
  }

  @Test
  void rowsAndColumnsThatAFilterOrSomebodyHidAreRead() throws Exception {
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      var sheet = workbook.createSheet("Sales");
      for (String line : List.of("Name,Item,Price", "A1,x,5", "A2,y,6", "A3,z,7")) {
        Row row = sheet.createRow(sheet.getPhysicalNumberOfRows());
        for (String cell : line.split(",", -1)) {
          row.createCell(Math.max(0, row.getLastCellNum())).setCellValue(cell);
        }
      }
      sheet.setAutoFilter(CellRangeAddress.valueOf("A1:C4"));
      sheet.getRow(2).setZeroHeight(true);
      sheet.setColumnHidden(1, true);
      workbook.write(out);
      assertThat(rows(out.toByteArray(), format(Format.Type.WORKBOOK, ',', 1)))
          .containsExactly("1:Name|Item|Price", "2:A1|x|5", "3:A2|y|6", "4:A3|z|7");
    }
  }

  @Test
  void aLineThatNamesTheSeparatorBelongsToNoRecordAndLinesAreStillCounted() throws Exception {
    List<String> rows = List.of("2:Name|Item|Price", "3:A1|Lip \"Plump\" Kit|60.00", "4:A2|x|5");
    assertThat(text("sep=,\r\n" + PLAIN)).isEqualTo(rows);
    assertThat(text("\"sep=,\"\n" + PLAIN)).isEqualTo(rows);
    assertThat(text("\uFEFFSEP=;\n" + PLAIN.replace(',', ';'))).isEqualTo(rows);
    assertThat(text("sep=\t\n" + PLAIN.replace(',', '\t'))).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(chars = {';', '\t', '|'})
  void anotherDelimiterIsSeenInTheHeader(char delimiter) throws Exception {
    assertThat(text(PLAIN.replace(',', delimiter))).isEqualTo(ROWS);
    assertThat(
            rows(
                PLAIN.getBytes(StandardCharsets.UTF_8),
                format(Format.Type.DELIMITED, delimiter, 1)))
        .isEqualTo(ROWS);
  }

  @Test
  void titlesWithCommasDoNotHideTheDelimiterOfTheHeader() throws Exception {
    String report = "Sales, by item\nfrom June 1, 2026\nName;Item;Price;Tax\nA1;x;60.00;0\n";
    assertThat(rows(report.getBytes(StandardCharsets.UTF_8), format(Format.Type.DELIMITED, ',', 5)))
        .contains("3:Name|Item|Price|Tax", "4:A1|x|60.00|0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "60,00",
        "-5,5",
        "1.234,56",
        "1 234,56",
        "1.234",
        "12,345",
        "$ 5,00",
        "7,5%",
        "(3,45)"
      })
  void withAnotherDelimiterNoNumberIsGuessed(String number) {
    assertThatThrownBy(() -> text("Name;Item;Price\nA1;x;" + number + "\n"))
        .isInstanceOfSatisfying(
            FileRefusedException.class,
            e -> {
              assertThat(e.line()).contains(2L);
              assertThat(e.getMessage())
                  .startsWith("The fields are separated by ;, which is not the mapping's delimiter")
                  .doesNotContain(number);
              assertThat(e.nextStep()).contains("file: {delimiter: ';'}", "decimal_comma");
            });
  }

  @Test
  void recordsInQuotesAsAWholeAreTakenOutOfThem() throws Exception {
    StringBuilder wrapped = new StringBuilder();
    PLAIN
        .lines()
        .forEach(line -> wrapped.append('"').append(line.replace("\"", "\"\"")).append("\"\r\n"));
    assertThat(text(wrapped.toString())).isEqualTo(ROWS);
    assertThat(text("sep=,\n" + wrapped)).contains("3:A1|Lip \"Plump\" Kit|60.00");
    assertThat(text("\"Name\"\n\"a, b\"\n")).containsExactly("1:Name", "2:a, b");
  }

  @ParameterizedTest
  @CsvSource({"UTF-16LE, false", "UTF-16BE, false", "UTF-16LE, true", "UTF-16BE, true"})
  void utf16IsReadWithAndWithoutAMark(String charset, boolean mark) throws Exception {
    String text = (mark ? "\uFEFF" : "") + PLAIN.replace("x", "Jos\u00e9");
    assertThat(rows(text.getBytes(Charset.forName(charset)), Format.CSV))
        .containsExactly(ROWS.get(0), ROWS.get(1), "3:A2|Jos\u00e9|5");
    String json = "[{\"a\": \"Jos\u00e9\"}]";
    assertThat(rows(json.getBytes(Charset.forName(charset)), format(Format.Type.JSON, ',', 1)))
        .containsExactly("1:a", "1:Jos\u00e9");
  }

  @Test
  void daysAreCountedFrom1904WhereTheWorkbookSaysSo() throws Exception {
    assertThat(
            row(
                (workbook, row) -> {
                  workbook.getCTWorkbook().addNewWorkbookPr().setDate1904(true);
                  number(workbook, row, 44712.5, "m/d/yyyy h:mm");
                  number(workbook, row, 44712, "m/d/yyyy");
                  number(workbook, row, 0.5, "h:mm");
                  number(workbook, row, -0.0625, "[h]:mm");
                }))
        .isEqualTo("2026-06-01 12:00:00|2026-06-01|12:00:00|-1:30:00");
  }

  @Test
  void numbersAreWhatTheirFormatMakesOfThem() throws Exception {
    assertThat(
            row(
                (workbook, row) -> {
                  number(workbook, row, 0.15, "0%");
                  number(workbook, row, 0.075, "0.0 %");
                  number(workbook, row, 15, "0\"%\"");
                  number(workbook, row, 123, "00000");
                  number(workbook, row, 123456, "00000");
                  number(workbook, row, 1.5, "[h]:mm:ss");
                  number(workbook, row, 90d / 1440, "[mm]:ss");
                  number(workbook, row, 1234.5, "[$$-409]#,##0.00");
                }))
        .isEqualTo("15%|7.5%|15|00123|123456|36:00:00|1:30:00|1234.5");
  }

  @Test
  void aNumberOfMoreDigitsThanAWorkbookKeepsIsNoId() throws Exception {
    assertThat(
            row(
                (workbook, row) -> {
                  number(workbook, row, 999_999_999_999_999d, "General");
                  number(workbook, row, 1_390_726_237_298_631_680d, "General");
                  number(workbook, row, 1_234_567_890_123_450d, "0");
                  number(workbook, row, 2e15, "0");
                }))
        .isEqualTo("999999999999999|1.39072623729863E+18|1.23456789012345E+15|2E+15");
  }

  @Test
  void jsonKeepsAllDigitsOfAWholeNumberAndNamesAFractionThatLostThem() throws Exception {
    String json =
        "{\"id\": 1390726237298631771, \"f\": 1.39072623729863e18, \"q\": 1.5e3, \"p\": 5.00}";
    assertThat(rows(json.getBytes(StandardCharsets.UTF_8), format(Format.Type.JSON_LINES, ',', 1)))
        .contains("1:1390726237298631771|1.39072623729863E+18|1500|5");
  }

  @ParameterizedTest
  @CsvSource({
    "1.39072623729863E+18, true",
    "1E+15, true",
    "'1,23457E+18', true",
    "1.5e+20, true",
    "Ann 1.23457E+18, true",
    "1E5, false",
    "5e10-77ab, false",
    "A1E+10, false",
    "1390726237298631771, false"
  })
  void scientificNotationIsToldFromIdsThatHaveAnE(String text, boolean lost) {
    assertThat(LongNumber.isIn(text)).isEqualTo(lost);
  }

  @Test
  void aFormulaIsReadByItsSavedValueAndMarkedWithoutOne() throws Exception {
    String cells =
        row(
            (workbook, row) -> {
              row.createCell(0).setCellFormula("1+1.5");
              row.getCell(0).setCellValue(2.5);
              row.createCell(1).setCellFormula("\"a\"&\"b\"");
              row.getCell(1).setCellValue("ab");
              row.createCell(2).setCellFormula("I3*0.1");
              row.createCell(3).setCellErrorValue(FormulaError.NA.getCode());
            });
    List<String> values = List.of(cells.split("\\|", -1));
    assertThat(values.subList(0, 2)).containsExactly("2.5", "ab");
    assertThat(CellFault.of(values.get(2))).contains(CellFault.FORMULA_WITHOUT_VALUE);
    assertThat(CellFault.of(values.get(3))).contains(CellFault.ERROR_VALUE);
  }

  @Test
  void aResultOfNothingIsNoResultWhereTheWorkbookWasNeverCalculated() throws Exception {
    String cells =
        row(
            (workbook, row) -> {
              workbook.setForceFormulaRecalculation(true);
              row.createCell(0).setCellFormula("1+1.5");
              row.getCell(0).setCellValue(0);
              row.createCell(1).setCellFormula("1+2");
              row.getCell(1).setCellValue(3);
              row.createCell(2).setCellValue(0);
            });
    assertThat(cells).isEqualTo(CellFault.FORMULA_MARK + "|3|0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"#N/A", "#REF!", "#DIV/0!", "#NAME?", "#VALUE!"})
  void anErrorValueOfASpreadsheetIsKnownInAnyFile(String text) {
    assertThat(CellFault.of(text)).contains(CellFault.ERROR_VALUE);
    assertThat(CellFault.of("#A1001")).isEmpty();
    assertThat(CellFault.of("N/A")).isEmpty();
  }

  @Test
  void aFaultNamesItsCellAndWhatToDo() {
    assertThat(CellFault.ERROR_VALUE.refusal(7, "Tax").column()).contains("Tax");
    assertThat(CellFault.FORMULA_WITHOUT_VALUE.refusal(7, "Tax").nextStep())
        .contains("save it again");
  }
}
