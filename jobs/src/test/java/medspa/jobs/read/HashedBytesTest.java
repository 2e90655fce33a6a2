package medspa.jobs.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The digest of a reading is that of the very bytes whose rows came. */
class HashedBytesTest {
  private static final Format WORKBOOK =
      new Format(Format.Type.WORKBOOK, ',', "UTF-8", Optional.empty(), Optional.empty(), 1, false);
  private static final Format JSON =
      new Format(Format.Type.JSON, ',', "UTF-8", Optional.empty(), Optional.empty(), 1, false);

  @TempDir Path directory;

  private static byte[] workbook(String... cells) throws IOException {
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      var sheet = workbook.createSheet();
      for (int i = 0; i < cells.length; i++) {
        sheet.createRow(i).createCell(0).setCellValue(cells[i]);
      }
      workbook.write(out);
      return out.toByteArray();
    }
  }

  /** Reads the file, and moves another one over it when its first row comes. */
  private Optional<String> readAndExchange(Path file, Format format, byte[] by, List<String> rows)
      throws Exception {
    Path other = Files.write(directory.resolve("other"), by);
    return ExportReader.readWhole(
        ExportFile.of(file),
        format,
        Set.of(),
        (line, fields) -> {
          if (rows.isEmpty()) {
            try {
              Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
          return rows.addAll(fields);
        });
  }

  @Test
  void everyKindOfFileIsHashedToItsLastByte() throws Exception {
    Path csv = Files.writeString(directory.resolve("a.csv"), "a,b\n1,2\n");
    Path json = Files.writeString(directory.resolve("a.json"), "[{\"a\":1}]\n   \n");
    Path sheet = Files.write(directory.resolve("a.xlsx"), workbook("a", "1"));
    Path zip = directory.resolve("a.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("a.xlsx"));
      out.write(Files.readAllBytes(sheet));
    }
    assertHashedWhole(ExportFile.of(csv), Format.CSV, ExportFile.of(csv));
    assertHashedWhole(ExportFile.of(json), JSON, ExportFile.of(json));
    assertHashedWhole(ExportFile.of(sheet), WORKBOOK, ExportFile.of(sheet));
    assertHashedWhole(ExportFile.in(zip).get(0), WORKBOOK, ExportFile.of(sheet));
  }

  private static void assertHashedWhole(ExportFile file, Format format, ExportFile same)
      throws Exception {
    assertThat(ExportReader.readWhole(file, format, Set.of(), (line, fields) -> true))
        .as(file.fileName())
        .contains(same.sha256());
  }

  @Test
  void aWorkbookThatIsExchangedWhileItIsReadHasNoDigest() throws Exception {
    Path file = Files.write(directory.resolve("a.xlsx"), workbook("a", "1"));
    List<String> rows = new ArrayList<>();
    assertThat(readAndExchange(file, WORKBOOK, workbook("a", "2"), rows)).isEmpty();
    assertThat(rows).containsExactly("a", "1");
  }

  @Test
  void aTextFileThatIsExchangedWhileItIsReadHasNoDigest() throws Exception {
    Path file = Files.writeString(directory.resolve("a.csv"), "a\n1\n");
    List<String> rows = new ArrayList<>();
    assertThat(readAndExchange(file, Format.CSV, "a\n2\n".getBytes(StandardCharsets.UTF_8), rows))
        .isEmpty();
    assertThat(rows).containsExactly("a", "1");
  }
}
