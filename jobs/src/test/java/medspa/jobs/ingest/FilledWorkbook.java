package medspa.jobs.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * A reference workbook as another program than ours saves it: shared texts, styles of its own,
 * numbers as numbers, and rows that are there and empty.
 */
final class FilledWorkbook {
  private final XSSFWorkbook workbook = new XSSFWorkbook();
  private final CellStyle style = workbook.createCellStyle();

  FilledWorkbook() {
    style.setWrapText(true);
  }

  /**
   * Adds a sheet.
   *
   * @param lines rows of cells with {@code |} between; an empty line is a row of empty cells
   */
  FilledWorkbook sheet(String name, String... lines) {
    XSSFSheet sheet = workbook.createSheet(name);
    for (String line : lines) {
      Row row = sheet.createRow(sheet.getPhysicalNumberOfRows());
      List<String> cells = List.of(line.split("\\|", -1));
      for (int i = 0; i < cells.size(); i++) {
        var cell = row.createCell(i);
        cell.setCellStyle(style);
        String text = cells.get(i).strip();
        if (text.matches("-?[0-9]+(\\.[0-9]+)?")) {
          cell.setCellValue(Double.parseDouble(text));
        } else if (!text.isEmpty()) {
          cell.setCellValue(text);
        }
      }
    }
    return this;
  }

  /** Hides the sheet that was added last. */
  FilledWorkbook hidden() {
    workbook.setActiveSheet(0);
    workbook.setSheetHidden(workbook.getNumberOfSheets() - 1, true);
    return this;
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    workbook.write(out);
    return out.toByteArray();
  }
}
