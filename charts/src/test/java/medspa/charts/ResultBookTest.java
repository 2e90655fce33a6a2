package medspa.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDateTime;
import medspa.warehouse.query.WarehouseQuery;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultBookTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void aWarehouseOfTwoLocationsInTwoZones() throws Exception {
    file = directory.resolve("medspa.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("CREATE TABLE runs AS SELECT DATE '2026-04-06' AS as_of");
      statement.execute(
          "CREATE TABLE locations AS FROM (VALUES ('austin', 'America/Chicago'), ('honolulu',"
              + " 'Pacific/Honolulu')) t (location_id, time_zone)");
      statement.execute(
          "CREATE TABLE payments AS FROM (VALUES ('austin', TIMESTAMPTZ '2026-04-01 02:30:00Z',"
              + " 1210.1250, DATE '2026-03-31', true, '=1+1', 0.1::DOUBLE), ('honolulu', TIMESTAMPTZ"
              + " '2026-04-01 02:30:00Z', -5, NULL, false, 'words', NULL)) t (location_id, paid_at,"
              + " amount, day, is_late, note, share)");
    }
  }

  private XSSFWorkbook book(String statement) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (WarehouseQuery warehouse = WarehouseQuery.open(file, WarehouseQuery.Limits.DEFAULT)) {
      long rows = ResultBook.write(warehouse, "payments", statement, out);
      XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(out.toByteArray()));
      assertThat(book.getSheet("Rows").getLastRowNum()).isEqualTo((int) rows);
      return book;
    }
  }

  @Test
  void valuesAreTypedCellsAndInstantsAreLocalTimesOfTheRowsLocation() throws Exception {
    try (XSSFWorkbook book = book("FROM payments ORDER BY location_id;")) {
      Row austin = book.getSheet("Rows").getRow(1);
      assertThat(austin.getCell(0).getStringCellValue()).isEqualTo("austin");
      assertThat(austin.getCell(1).getLocalDateTimeCellValue())
          .isEqualTo(LocalDateTime.of(2026, 3, 31, 21, 30));
      assertThat(austin.getCell(1).getCellStyle().getDataFormatString())
          .isEqualTo("yyyy-mm-dd hh:mm:ss");
      assertThat(austin.getCell(2).getNumericCellValue()).isEqualTo(1210.125);
      assertThat(austin.getCell(3).getLocalDateTimeCellValue())
          .isEqualTo(LocalDateTime.of(2026, 3, 31, 0, 0));
      assertThat(austin.getCell(4).getBooleanCellValue()).isTrue();
      assertThat(austin.getCell(5).getCellType()).as("no formula").isEqualTo(CellType.STRING);
      assertThat(austin.getCell(6).getNumericCellValue()).isEqualTo(0.1);
      Row honolulu = book.getSheet("Rows").getRow(2);
      assertThat(honolulu.getCell(1).getLocalDateTimeCellValue())
          .isEqualTo(LocalDateTime.of(2026, 3, 31, 16, 30));
      assertThat(honolulu.getCell(3)).isNull();
      assertThat(book.getSheet("About").getRow(2).getCell(0).getStringCellValue())
          .isEqualTo("Instants are local times of the location that the row names.");
    }
  }

  @Test
  void rowsThatNameNoLocationHaveUtc() throws Exception {
    try (XSSFWorkbook book = book("SELECT paid_at FROM payments")) {
      assertThat(book.getSheet("Rows").getRow(1).getCell(0).getLocalDateTimeCellValue())
          .isEqualTo(LocalDateTime.of(2026, 4, 1, 2, 30));
      assertThat(book.getSheet("About").getRow(2).getCell(0).getStringCellValue())
          .isEqualTo("Instants are UTC, because no row names its location.");
    }
  }
}
