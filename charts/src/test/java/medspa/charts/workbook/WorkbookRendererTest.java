package medspa.charts.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import medspa.charts.document.Book;
import medspa.charts.document.Book.Allowed;
import medspa.charts.document.Book.Allowed.Rule;
import medspa.charts.document.Book.Column;
import medspa.charts.document.Book.Entry;
import medspa.charts.document.Book.Rows;
import medspa.charts.document.Book.Sheet;
import medspa.charts.document.Tone;
import medspa.charts.document.Value;
import medspa.charts.document.Value.Amount;
import medspa.warehouse.kpi.KpiDefinition.Unit;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DataValidation;
import org.apache.poi.xssf.usermodel.XSSFDataValidation;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

/** What another reader finds in the file. */
class WorkbookRendererTest {
  private static Book book(Sheet... sheets) {
    return new Book(
        "Three spas & more",
        "What is compared.",
        List.of("For Kim. Confidential."),
        LocalDate.of(2026, 11, 23),
        "$",
        List.of(sheets));
  }

  private static Sheet sheet(String name, List<Column> columns, List<List<Entry>> rows) {
    return new Sheet(name, "A thing.", columns, 1, Rows.of(rows));
  }

  /** One column of values. */
  private static Sheet values(List<Entry> values) {
    return sheet("Values", List.of(Column.of("Value", 12)), values.stream().map(List::of).toList());
  }

  private static byte[] bytes(WorkbookRenderer renderer, Book book) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    renderer.render(book, out);
    return out.toByteArray();
  }

  private static XSSFWorkbook read(Book book) throws IOException {
    return new XSSFWorkbook(new ByteArrayInputStream(bytes(new WorkbookRenderer(), book)));
  }

  private static Entry amount(Unit unit, String number) {
    return Entry.of(new Amount(unit, new BigDecimal(number)));
  }

  @Test
  void whatMayBeWrittenIntoACellIsHeldToItsRule() throws IOException {
    List<Column> columns =
        List.of(
            Column.of("Kind", 12)
                .allowing(new Allowed(new Rule.Words(List.of("yes", "no")), "Write yes or no.")),
            Column.of("Minutes", 12)
                .allowing(
                    new Allowed(
                        new Rule.Between(BigDecimal.ZERO, new BigDecimal("240"), true),
                        "Write minutes.")),
            Column.of("Id", 12).allowing(new Allowed(new Rule.Listed("Other", 0), "Unknown.")),
            Column.of("Free", 12),
            Column.of("Long", 12)
                .allowing(
                    new Allowed(new Rule.Words(List.of("a,b", "c".repeat(300))), "x".repeat(300))));
    try (XSSFWorkbook workbook =
        read(
            book(
                sheet(
                    "Things",
                    columns,
                    List.of(
                        List.of(
                            Entry.words("yes"),
                            Entry.NONE.in(Tone.MISSING),
                            Entry.NONE,
                            Entry.NONE,
                            Entry.NONE)))))) {
      List<XSSFDataValidation> rules = workbook.getSheet("Things").getDataValidations();
      assertThat(rules)
          .extracting(rule -> rule.getRegions().getCellRangeAddresses()[0].formatAsString())
          .containsExactly("A2:A502", "B2:B502", "C2:C502", "E2:E502");
      assertThat(rules.get(0).getValidationConstraint().getExplicitListValues())
          .containsExactly("yes", "no");
      assertThat(rules.get(1).getValidationConstraint().getFormula2()).isEqualTo("240");
      assertThat(rules.get(2).getValidationConstraint().getFormula1())
          .isEqualTo("Other!$A$2:$A$2000");
      // Another id is written with a warning only, since it may be of a thing that is new.
      assertThat(rules.get(2).getErrorStyle()).isEqualTo(DataValidation.ErrorStyle.WARNING);
      assertThat(rules.get(1).getErrorStyle()).isEqualTo(DataValidation.ErrorStyle.STOP);
      assertThat(rules.get(3).getErrorBoxText()).hasSizeLessThanOrEqualTo(225);
      assertThat(rules).allMatch(DataValidation::getEmptyCellAllowed);
      XSSFSheet sheet = workbook.getSheet("Things");
      assertThat(
              sheet.getRow(1).getCell(1).getCellStyle().getFillForegroundXSSFColor().getARGBHex())
          .isEqualTo("FFFFF2B3");
      assertThat(sheet.getRow(1).getCell(2)).isNull();
    }
  }

  @Test
  void valuesAreTypedAndReadAsAPersonWouldWriteThem() throws IOException {
    try (XSSFWorkbook workbook =
        read(
            book(
                values(
                    List.of(
                        amount(Unit.PERCENT, "0.71386"),
                        amount(Unit.PERCENT, "0.00035"),
                        amount(Unit.MONEY, "-1234.5"),
                        amount(Unit.MONEY_PER_HOUR, "438.12"),
                        amount(Unit.TIMES_PER_YEAR, "8.31"),
                        amount(Unit.DAYS, "43.25"),
                        amount(Unit.COUNT, "12345"),
                        amount(Unit.COUNT, "2.5"),
                        amount(Unit.RATIO, "1.044"),
                        Entry.of(new Value.Day(LocalDate.of(2026, 11, 16))),
                        Entry.of(new Value.Flag(true)),
                        Entry.words("Austin"),
                        Entry.NONE))))) {
      XSSFSheet sheet = workbook.getSheet("Values");
      DataFormatter formatter = new DataFormatter(Locale.US);
      List<String> shown = new ArrayList<>();
      for (int i = 1; i <= 12; i++) {
        shown.add(formatter.formatCellValue(sheet.getRow(i).getCell(0)));
      }
      assertThat(shown)
          .containsExactly(
              "71.4%",
              "0.04%",
              "-$1,234.50",
              "$438.12/h",
              "8.3×",
              "43.3",
              "12,345",
              "2.50",
              "1.04",
              "2026-11-16",
              "TRUE",
              "Austin");
      assertThat(sheet.getRow(1).getCell(0).getNumericCellValue()).isEqualTo(0.71386);
      assertThat(sheet.getRow(13).getCell(0)).isNull();
    }
  }

  @Test
  void everyDoubleIsThereWithAllItsDigitsAndNoMore() throws IOException {
    Random random = new Random(5);
    List<Double> doubles = new ArrayList<>(List.of(0.0, -0.1, 1 / 3.0, 2e-3, 2.2e-17, 9.99e20));
    IntStream.range(0, 2000).forEach(i -> doubles.add(random.nextGaussian() * 1000));
    try (XSSFWorkbook workbook =
        read(
            book(values(doubles.stream().map(d -> Entry.of(Amount.of(Unit.RATIO, d))).toList())))) {
      XSSFSheet sheet = workbook.getSheet("Values");
      for (int i = 0; i < doubles.size(); i++) {
        assertThat(sheet.getRow(i + 1).getCell(0).getNumericCellValue()).isEqualTo(doubles.get(i));
      }
    }
    assertThat(Amount.of(Unit.RATIO, 0.1).number()).isEqualByComparingTo("0.1");
    assertThat(Amount.of(Unit.RATIO, 2e-3).number().stripTrailingZeros().unscaledValue())
        .isEqualTo(2);
  }

  @Test
  void aNameThatLooksLikeAFormulaIsATextAndStaysOneWhenItIsEdited() throws IOException {
    List<String> names = List.of("=HYPERLINK(\"http://a\")", "+1", "-Spa", "@SUM(A1)", "\tTab");
    try (XSSFWorkbook workbook = read(book(values(names.stream().map(Entry::words).toList())))) {
      XSSFSheet sheet = workbook.getSheet("Values");
      for (int i = 0; i < names.size(); i++) {
        Cell cell = sheet.getRow(i + 1).getCell(0);
        assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
        assertThat(cell.getStringCellValue()).isEqualTo(names.get(i));
        assertThat(cell.getCellStyle().getQuotePrefixed()).isTrue();
      }
      assertThat(sheet.getRow(0).getCell(0).getCellStyle().getQuotePrefixed()).isFalse();
    }
  }

  @Test
  void namesOfAnyScriptAndWithAnySignsArrive() throws IOException {
    List<String> names =
        List.of(
            "Lumière <&> \"Co\"",
            "مركز",
            "美容",
            "A\u0007B",
            "_x0041_",
            "😀",
            " two  blanks ",
            "a\nb");
    try (XSSFWorkbook workbook =
        read(
            book(
                values(names.stream().map(Entry::words).toList()),
                values("Longer", "x".repeat(40_000))))) {
      for (int i = 0; i < names.size(); i++) {
        assertThat(workbook.getSheet("Values").getRow(i + 1).getCell(0).getStringCellValue())
            .isEqualTo(names.get(i));
      }
      assertThat(workbook.getSheet("Longer").getRow(1).getCell(0).getStringCellValue())
          .hasSize(32_767)
          .endsWith("x…");
    }
  }

  private static Sheet values(String name, String text) {
    return sheet(name, List.of(Column.of("Value", 12)), List.of(List.of(Entry.words(text))));
  }

  @Test
  void eachTableIsOneThatASpreadsheetKnows() throws IOException {
    try (XSSFWorkbook workbook =
        read(
            book(
                sheet(
                    "Wide",
                    IntStream.range(0, 30).mapToObj(i -> Column.of("Column " + i, 10 + i)).toList(),
                    List.of(
                        IntStream.range(0, 30).mapToObj(i -> Entry.words("v" + i)).toList(),
                        IntStream.range(0, 30).mapToObj(i -> Entry.NONE).toList())),
                sheet("Empty", List.of(Column.of("Nothing", 10)), List.of())))) {
      assertThat(StreamSupport.stream(workbook.spliterator(), false).map(s -> s.getSheetName()))
          .containsExactly("About", "Wide", "Empty");
      XSSFTable wide = workbook.getSheet("Wide").getTables().get(0);
      assertThat(wide.getName()).isEqualTo("Table_Wide").isEqualTo(wide.getDisplayName());
      assertThat(wide.getCTTable().getRef()).isEqualTo("A1:AD3");
      assertThat(wide.getCTTable().getAutoFilter().getRef()).isEqualTo("A1:AD3");
      for (int i = 0; i < 30; i++) {
        assertThat(wide.getColumns().get(i).getName())
            .isEqualTo("Column " + i)
            .isEqualTo(workbook.getSheet("Wide").getRow(0).getCell(i).getStringCellValue());
      }
      assertThat(workbook.getSheet("Wide").getColumnWidth(29)).isEqualTo(39 * 256);
      assertThat(workbook.getSheet("Wide").getPaneInformation().isFreezePane()).isTrue();
      assertThat(workbook.getSheet("Wide").getPaneInformation().getHorizontalSplitTopRow())
          .isEqualTo((short) 1);
      assertThat(workbook.getSheet("Empty").getTables().get(0).getCTTable().getRef())
          .isEqualTo("A1:A2");
      XSSFSheet about = workbook.getSheet("About");
      assertThat(about.getRow(0).getCell(0).getStringCellValue()).isEqualTo("Three spas & more");
      assertThat(about.getTables().get(0).getCTTable().getRef()).isEqualTo("A5:D7");
      assertThat(about.getRow(5).getCell(2).getNumericCellValue()).isEqualTo(2);
      assertThat(about.getHyperlink(5, 0).getLocation()).isEqualTo("'Wide'!A1");
    }
  }

  @Test
  void aTableThatIsLongerThanASheetGoesOnInTheNext() throws IOException {
    Sheet sheet = values(IntStream.range(0, 10).mapToObj(i -> Entry.words("v" + i)).toList());
    try (XSSFWorkbook workbook =
        new XSSFWorkbook(new ByteArrayInputStream(bytes(new WorkbookRenderer(5), book(sheet))))) {
      assertThat(StreamSupport.stream(workbook.spliterator(), false).map(s -> s.getSheetName()))
          .containsExactly("About", "Values", "Values2", "Values3");
      assertThat(workbook.getSheet("Values2").getRow(0).getCell(0).getStringCellValue())
          .isEqualTo("Value");
      assertThat(workbook.getSheet("Values3").getRow(2).getCell(0).getStringCellValue())
          .isEqualTo("v9");
      assertThat(workbook.getSheet("Values3").getTables().get(0).getName())
          .isEqualTo("Table_Values3");
      assertThat(workbook.getSheet("About").getRow(6).getCell(1).getStringCellValue())
          .endsWith("goes on where the one before it is full.");
    }
  }

  @Test
  void aRowOfSentencesIsAsHighAsTheyAre() throws IOException {
    try (XSSFWorkbook workbook =
        read(
            book(
                sheet(
                    "Said",
                    List.of(Column.sentences("What it says", 20)),
                    List.of(
                        List.of(Entry.words("Short.")),
                        List.of(Entry.words("It is said here in some more words than fit."))))))) {
      XSSFSheet sheet = workbook.getSheet("Said");
      assertThat(sheet.getRow(1).getHeightInPoints()).isEqualTo(15);
      assertThat(sheet.getRow(2).getHeightInPoints()).isEqualTo(45);
      assertThat(sheet.getRow(2).getCell(0).getCellStyle().getWrapText()).isTrue();
    }
  }

  @Test
  void coloursOfQuartersAreThoseOfTheReport() throws IOException {
    try (XSSFWorkbook workbook =
        read(
            book(
                values(
                    List.of(
                        amount(Unit.RATIO, "1").in(Tone.HIGHEST_QUARTER),
                        amount(Unit.RATIO, "1").in(Tone.FEW)))))) {
      assertThat(
              workbook
                  .getSheet("Values")
                  .getRow(1)
                  .getCell(0)
                  .getCellStyle()
                  .getFillForegroundColorColor()
                  .getARGBHex())
          .isEqualTo("FFCFE3F3");
      assertThat(
              workbook
                  .getSheet("Values")
                  .getRow(2)
                  .getCell(0)
                  .getCellStyle()
                  .getFont()
                  .getXSSFColor()
                  .getARGBHex())
          .isEqualTo("FF6B7785");
    }
  }

  @Test
  void equalBooksGiveEqualBytesInAnyLocaleAndZone() {
    Book book = book(values(List.of(amount(Unit.MONEY, "1234.56"), Entry.words("x"), Entry.NONE)));
    byte[] first = bytes(new WorkbookRenderer(), book);
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
      assertThat(Arrays.equals(bytes(new WorkbookRenderer(), book), first)).isTrue();
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void whatNoSpreadsheetCouldNameIsRefused() {
    assertThatThrownBy(
            () -> bytes(new WorkbookRenderer(), book(values("Same", "a"), values("SAME", "b"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are two sheets SAME");
    assertThatThrownBy(() -> bytes(new WorkbookRenderer(), book(values("a/b", "a"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid name of a sheet 'a/b': must be 4 to 25 letters");
    assertThatThrownBy(
            () ->
                bytes(
                    new WorkbookRenderer(),
                    book(
                        sheet(
                            "Twice",
                            List.of(Column.of("Value", 9), Column.of("value", 9)),
                            List.of()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The sheet Twice has two columns 'value' or one without a name");
  }
}
