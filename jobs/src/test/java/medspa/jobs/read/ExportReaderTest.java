package medspa.jobs.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of file as rows of text, and what is refused instead of read. */
class ExportReaderTest {
  private static final Format WORKBOOK = format(Format.Type.WORKBOOK, null, null);
  private static final Format JSON = format(Format.Type.JSON, null, null);
  private static final Format JSON_LINES = format(Format.Type.JSON_LINES, null, null);

  @TempDir Path directory;

  private static Format format(Format.Type type, String sheet, String records) {
    return new Format(
        type, ',', "UTF-8", Optional.ofNullable(sheet), Optional.ofNullable(records), 1, false);
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }

  private Path text(String name, String text) throws IOException {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> rows(Path file, Format format, String... wanted)
      throws FileRefusedException {
    return rows(ExportFile.of(file), format, wanted);
  }

  private static List<String> rows(ExportFile file, Format format, String... wanted)
      throws FileRefusedException {
    List<String> rows = new ArrayList<>();
    ExportReader.read(
        file,
        format,
        new LinkedHashSet<>(List.of(wanted)),
        (line, fields) -> rows.add(line + ":" + String.join("|", fields)));
    return rows;
  }

  private interface Fill {
    void fill(XSSFWorkbook workbook);
  }

  private static byte[] workbook(Fill fill) throws IOException {
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      fill.fill(workbook);
      workbook.write(out);
      return out.toByteArray();
    }
  }

  private static CellStyle style(XSSFWorkbook workbook, String format) {
    CellStyle style = workbook.createCellStyle();
    style.setDataFormat(workbook.createDataFormat().getFormat(format));
    return style;
  }

  @Test
  void aWorkbookGivesPlainTextWhateverItsCellsAre() throws Exception {
    Path file =
        file(
            "a.xlsx",
            workbook(
                workbook -> {
                  var sheet = workbook.createSheet("Stock");
                  Row header = sheet.createRow(0);
                  header.createCell(0).setCellValue("Code");
                  header.createCell(4).setCellValue("Last");
                  Row row = sheet.createRow(2);
                  row.createCell(0).setCellValue(111_222_333_444d);
                  row.createCell(1).setCellValue(0.1 + 0.2);
                  row.createCell(2).setCellValue(LocalDateTime.parse("2026-07-31T00:00"));
                  row.getCell(2).setCellStyle(style(workbook, "m/d/yyyy"));
                  row.createCell(3).setCellValue(LocalDateTime.parse("2026-07-31T14:30"));
                  row.getCell(3).setCellStyle(style(workbook, "m/d/yy h:mm AM/PM"));
                  row.createCell(4).setCellValue(26.5 / 24);
                  row.getCell(4).setCellStyle(style(workbook, "[h]:mm"));
                  Row second = sheet.createRow(3);
                  second.createCell(0).setCellValue("000123");
                  second.createCell(1).setCellFormula("1+1.5");
                  second.getCell(1).setCellValue(2.5);
                  second.createCell(2).setCellValue(true);
                  second.createCell(3).setCellValue(0.75);
                  second.getCell(3).setCellStyle(style(workbook, "h:mm AM/PM"));
                  sheet.createRow(4).createCell(0).setCellValue(1234.5);
                  sheet.getRow(4).getCell(0).setCellStyle(style(workbook, "$#,##0.00"));
                }));
    assertThat(rows(file, WORKBOOK))
        .containsExactly(
            "1:Code||||Last",
            "3:111222333444|0.3|2026-07-31|2026-07-31 14:30:00|26:30:00",
            "4:000123|2.5|TRUE|18:00:00|",
            "5:1234.5||||");
  }

  @Test
  void aSheetIsChosenByName() throws Exception {
    Path file =
        file(
            "a.xlsx",
            workbook(
                workbook -> {
                  workbook.createSheet("Cover").createRow(0).createCell(0).setCellValue("x");
                  workbook.createSheet("Sales").createRow(0).createCell(0).setCellValue("y");
                }));
    assertThat(rows(file, WORKBOOK)).containsExactly("1:x");
    assertThat(rows(file, format(Format.Type.WORKBOOK, "Sales", null))).containsExactly("1:y");
    assertThatThrownBy(() -> rows(file, format(Format.Type.WORKBOOK, "Stock", null)))
        .isInstanceOf(FileRefusedException.class)
        .hasMessageContaining("no sheet Stock");
  }

  @Test
  void jsonRecordsBecomeRowsOfPaths() throws Exception {
    Path file =
        text(
            "a.json",
            """
            {"cursor": {"next": [1]}, "data": {"bookings": [
              {"id": "B1", "price": {"amount": 12900, "currency": "USD"}, "parts": [{"m": 5}]},
              {"id": null, "price": {"amount": 1e2}, "late": true}
            ]}}
            """);
    assertThat(rows(file, format(Format.Type.JSON, null, "data.bookings"), "id", "late"))
        .containsExactly(
            "1:id|price|price.amount|price.currency|parts|late",
            "1:B1|{\"amount\":12900,\"currency\":\"USD\"}|12900|USD|[{\"m\":5}]|",
            "2:|{\"amount\":1E+2}|100|||true");
  }

  @Test
  void jsonLinesAndAnEmptyListAreRead() throws Exception {
    assertThat(rows(text("a.jsonl", "{\"a\":1}\n\n{\"a\":\"x\"}\n"), JSON_LINES))
        .containsExactly("1:a", "1:1", "2:x");
    assertThat(rows(text("b.json", "[]"), JSON, "id")).containsExactly("1:id");
    assertThat(rows(text("c.json", "\uFEFF[{\"a\":\"é\"}]"), JSON)).containsExactly("1:a", "1:é");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "[{\"a\":1},~truncated",
        "[{\"a\":1}~truncated",
        "[{\"a\":1},{\"a\":~truncated",
        "{\"a\":1}~no list of records",
        "[1]~no JSON object",
        "[{\"a\":Canary}]~not JSON",
        "hello Canary~not JSON",
        "[{\"a\":1,\"b\":{\"c\":\"Canary\",\"c\":2}}]~property twice"
      })
  void brokenJsonIsRefusedWithoutQuotingIt(String text, String message) throws Exception {
    Path file = text("a.json", text);
    assertThatThrownBy(() -> rows(file, JSON))
        .isInstanceOf(FileRefusedException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("Canary");
  }

  @Test
  void jsonBeyondAnyReasonIsRefused() throws Exception {
    Path deep = text("deep.json", "[{\"a\":" + "[".repeat(100_000));
    assertThatThrownBy(() -> rows(deep, JSON)).isInstanceOf(FileRefusedException.class);
    Path longRecord =
        text(
            "long.json",
            "[{\"a\":[" + "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\",".repeat(500_000) + "1]}]");
    assertThatThrownBy(() -> rows(longRecord, JSON))
        .isInstanceOf(FileRefusedException.class)
        .hasMessageContaining("longer than");
    assertThat(rows(text("e.json", "[{\"a\":1e999999999}]"), JSON).get(1))
        .isEqualTo("1:1E+999999999");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "<html><body><table><tr><td>x</td></tr></table>~web page",
        "  <!DOCTYPE HTML><p>~web page",
        "<table border=1>~web page",
        "%PDF-1.7~PDF",
        "Code,Qty~not an Excel workbook"
      })
  void whatIsNoWorkbookIsNamed(String text, String message) throws Exception {
    Path file = text("a.xls", text);
    assertThatThrownBy(() -> rows(file, WORKBOOK))
        .isInstanceOf(FileRefusedException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anOldWorkbookAPackedFileAndAnEmptyOneAreNamed() throws Exception {
    Path packed = file("a.csv", new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0});
    assertThatThrownBy(() -> rows(packed, JSON)).hasMessageContaining("compressed by gzip");
    Path old = file("a.xls", new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0});
    assertThatThrownBy(() -> rows(old, WORKBOOK)).hasMessageContaining(".xls");
    assertThatThrownBy(() -> rows(old, Format.CSV)).hasMessageContaining(".xls");
    Path empty = file("b.csv", new byte[0]);
    assertThatThrownBy(() -> rows(empty, Format.CSV)).hasMessageContaining("empty");
  }

  @Test
  void membersOfAnArchiveAreReadWithoutUnpackingThem() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "june/b.csv", "x\n1\n");
      put(zip, "../../evil.csv", "x\n2\n");
      put(zip, "__MACOSX/b.csv", "junk");
      put(zip, "june/.hidden", "junk");
    }
    Path archive = file("a.zip", bytes.toByteArray());
    List<ExportFile> members = ExportFile.in(archive);
    assertThat(members).extracting(ExportFile::fileName).containsExactly("evil.csv", "b.csv");
    assertThat(rows(members.get(1), Format.CSV)).containsExactly("1:x", "2:1");
    assertThat(rows(members.get(0), Format.CSV)).containsExactly("1:x", "2:2");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(archive);
    }
    assertThatThrownBy(() -> ExportFile.in(text("b.zip", "no archive")))
        .isInstanceOf(FileRefusedException.class)
        .hasMessageContaining("broken");
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anArchiveThatSwellsIsRefused() throws Exception {
    Path bomb = directory.resolve("bomb.zip");
    try (OutputStream out = Files.newOutputStream(bomb);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("a.csv"));
      byte[] line = ("a".repeat(4_000) + "\n").repeat(16).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 2_000; i++) {
        zip.write(line);
      }
    }
    ExportFile member = ExportFile.in(bomb).get(0);
    assertThatThrownBy(() -> rows(member, Format.CSV))
        .isInstanceOf(FileRefusedException.class)
        .hasMessageContaining("swells");
  }

  @Test
  void aWorkbookWhoseSheetSwellsIsRefused() throws Exception {
    Path bomb =
        sheet(
            out -> {
              byte[] cells =
                  "<c t=\"inlineStr\"><is><t>a</t></is></c>"
                      .repeat(1 << 12)
                      .getBytes(StandardCharsets.UTF_8);
              out.write("<row>".getBytes(StandardCharsets.UTF_8));
              for (int i = 0; i < 2_000; i++) {
                out.write(cells);
              }
              out.write("</row>".getBytes(StandardCharsets.UTF_8));
            });
    assertThatThrownBy(() -> rows(bomb, WORKBOOK)).isInstanceOf(FileRefusedException.class);
  }

  @Test
  void aCellOfAGigabyteIsRefused() throws Exception {
    Path bomb =
        sheet(
            out -> {
              java.util.Random random = new java.util.Random(1);
              byte[] noise = new byte[1 << 16];
              for (int i = 0; i < noise.length; i++) {
                noise[i] = (byte) ('a' + random.nextInt(26));
              }
              out.write("<row><c t=\"inlineStr\"><is><t>".getBytes(StandardCharsets.UTF_8));
              for (int i = 0; i < 64; i++) {
                out.write(noise);
              }
              out.write("</t></is></c></row>".getBytes(StandardCharsets.UTF_8));
            });
    assertThatThrownBy(() -> rows(bomb, WORKBOOK))
        .isInstanceOf(FileRefusedException.class)
        .hasMessageContaining("swells");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "<row r=\"1\"><c r=\"ZZZZZZZ1\"><v>1</v></c></row>",
        "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>",
        "<row r=\"1\"><c t=\"s\"><v>99</v></c></row>",
        "<row r=\"1\"><c><v>Canary</v></c></row>",
        "<row r=\"Canary\"><c><v>1</v></c></row>",
        "<row><c r=\"!!\"><v>1</v></c></row>",
        "<row><c s=\"77\"><v>1</v></c></row>",
        "<row><c>&xxe;</c></row>"
      })
  void aBrokenSheetIsRefusedOrReadAndNeverQuoted(String rows) throws Exception {
    Path file = sheet(out -> out.write(rows.getBytes(StandardCharsets.UTF_8)));
    try {
      rows(file, WORKBOOK);
    } catch (FileRefusedException e) {
      assertThat(e).hasMessageNotContaining("Canary");
      assertThat(e.nextStep()).isNotBlank();
    }
  }

  private interface Body {
    void write(OutputStream out) throws IOException;
  }

  /** A workbook whose sheet has these rows in XML. */
  private Path sheet(Body body) throws IOException {
    byte[] plain = workbook(w -> w.createSheet("S").createRow(0).createCell(0).setCellValue("x"));
    Path file = directory.resolve("made.xlsx");
    try (ZipInputStream in = new ZipInputStream(new java.io.ByteArrayInputStream(plain));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        if (entry.getName().endsWith("sheet1.xml")) {
          out.write(
              "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                  .getBytes(StandardCharsets.UTF_8));
          body.write(out);
          out.write("</sheetData></worksheet>".getBytes(StandardCharsets.UTF_8));
        } else {
          in.transferTo(out);
        }
      }
    }
    return file;
  }

  @Test
  void tenThousandColumnsAreRefused() throws Exception {
    Path file = text("a.csv", "a,".repeat(10_000) + "b\n");
    assertThatThrownBy(() -> rows(file, Format.CSV))
        .isInstanceOf(FileRefusedException.class)
        .hasMessageContaining("5000 fields");
    assertThat(Set.of(ExportReader.MOST_COLUMNS)).contains(5_000);
  }
}
