package medspa.jobs.read;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * A workbook written as a CSV file, so that a fixture can be read and changed: a cell {@code n:1.5}
 * becomes a number, {@code d:2026-03-09} a date, {@code d:2026-03-09T14:30} a date with time,
 * {@code h:26.5} a duration in hours, all else text.
 */
public final class WorkbookGrid {
  private WorkbookGrid() {}

  /** The bytes of the workbook. */
  public static byte[] write(Path grid) throws IOException {
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        CsvReader<CsvRecord> rows =
            CsvReader.builder()
                .skipEmptyLines(false)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(grid)) {
      var sheet = workbook.createSheet("Sheet1");
      Map<String, CellStyle> styles = new LinkedHashMap<>();
      for (String format : List.of("m/d/yyyy", "m/d/yyyy h:mm AM/PM", "[h]:mm")) {
        CellStyle style = workbook.createCellStyle();
        style.setDataFormat(workbook.createDataFormat().getFormat(format));
        styles.put(format, style);
      }
      int line = 0;
      for (var record : rows) {
        Row row = sheet.createRow(line++);
        for (int i = 0; i < record.getFieldCount(); i++) {
          if (!record.getField(i).isEmpty()) {
            fill(row.createCell(i), record.getField(i), styles);
          }
        }
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      workbook.write(out);
      return out.toByteArray();
    }
  }

  private static void fill(Cell cell, String text, Map<String, CellStyle> styles) {
    String value = text.length() > 2 ? text.substring(2) : "";
    if (text.startsWith("n:")) {
      cell.setCellValue(Double.parseDouble(value));
    } else if (text.startsWith("d:")) {
      boolean time = value.contains("T");
      cell.setCellValue(LocalDateTime.parse(time ? value : value + "T00:00"));
      cell.setCellStyle(styles.get(time ? "m/d/yyyy h:mm AM/PM" : "m/d/yyyy"));
    } else if (text.startsWith("h:")) {
      cell.setCellValue(Double.parseDouble(value) / 24);
      cell.setCellStyle(styles.get("[h]:mm"));
    } else {
      cell.setCellValue(text);
    }
  }
}
