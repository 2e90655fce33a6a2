package medspa.charts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import medspa.warehouse.query.Sql;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.eventusermodel.XSSFReader.SheetIterator;
import org.apache.poi.xssf.model.SharedStrings;
import org.apache.poi.xssf.model.StylesTable;

/**
 * Loads the sheets of a workbook into a database as others read them: a table for each sheet but
 * the first, with the names of its head, of texts, numbers and days.
 */
public final class WorkbookTables {
  private WorkbookTables() {}

  /** Loads all of them. */
  public static void load(Path workbook, Connection connection) {
    try (OPCPackage opened = OPCPackage.open(workbook.toFile(), PackageAccess.READ)) {
      XSSFReader reader = new XSSFReader(opened);
      StylesTable styles = reader.getStylesTable();
      SharedStrings strings = reader.getSharedStringsTable();
      SheetIterator sheets = (SheetIterator) reader.getSheetsData();
      while (sheets.hasNext()) {
        try (InputStream sheet = sheets.next()) {
          if (!sheets.getSheetName().equals("About")) {
            load(sheets.getSheetName(), sheet, styles, strings, connection);
          }
        }
      }
    } catch (IOException | OpenXML4JException | XMLStreamException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void load(
      String name, InputStream sheet, StylesTable styles, SharedStrings strings, Connection to)
      throws XMLStreamException, SQLException, IOException {
    XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(sheet);
    List<List<Object>> rows = new ArrayList<>();
    int column = 0;
    String type = null;
    int style = 0;
    while (xml.hasNext()) {
      if (xml.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      switch (xml.getLocalName()) {
        case "row" -> rows.add(new ArrayList<>());
        case "c" -> {
          column = new CellReference(xml.getAttributeValue(null, "r")).getCol();
          type = xml.getAttributeValue(null, "t");
          style = Integer.parseInt(xml.getAttributeValue(null, "s"));
        }
        case "v" -> {
          List<Object> row = rows.get(rows.size() - 1);
          row.addAll(Collections.nCopies(column - row.size(), null));
          row.add(value(xml.getElementText(), type, styles, style, strings));
        }
        default -> {
          // Nothing that holds a value.
        }
      }
    }
    List<String> heads = rows.get(0).stream().map(Object::toString).toList();
    create(name, heads, rows.subList(1, rows.size()), to);
  }

  private static Object value(
      String text, String type, StylesTable styles, int style, SharedStrings strings) {
    if ("s".equals(type)) {
      return strings.getItemAt(Integer.parseInt(text)).getString();
    }
    double number = Double.parseDouble(text);
    return styles.getStyleAt(style).getDataFormatString().startsWith("yyyy")
        ? DateUtil.getLocalDateTime(number).toLocalDate()
        : (Object) number;
  }

  private static void create(
      String name, List<String> heads, List<List<Object>> rows, Connection connection)
      throws SQLException, IOException {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < heads.size(); i++) {
      int at = i;
      String type =
          rows.stream()
              .filter(row -> row.size() > at && row.get(at) != null)
              .findFirst()
              .map(row -> row.get(at))
              .map(
                  value ->
                      value instanceof LocalDate
                          ? "DATE"
                          : value instanceof Double ? "DOUBLE" : "VARCHAR")
              .orElse("VARCHAR");
      columns.add('"' + heads.get(i) + "\" " + type);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE " + name + " (" + String.join(", ", columns) + ")");
    }
    try (Statement statement = connection.createStatement()) {
      Path csv = Files.createTempFile("medspa-sheet", ".csv");
      try {
        // A table of a workbook has a row, also where nothing is to be told.
        Files.write(
            csv,
            rows.stream()
                .filter(row -> row.stream().anyMatch(Objects::nonNull))
                .map(row -> line(row, heads.size()))
                .toList());
        statement.execute(
            "COPY "
                + name
                + " FROM "
                + Sql.literal(csv.toString())
                + " (HEADER false, AUTO_DETECT false, DELIM ',', QUOTE '\"', ESCAPE '\"', NULLSTR '-')");
      } finally {
        Files.delete(csv);
      }
    }
  }

  /** What is missing is a dash without quotes. */
  private static String line(List<Object> row, int columns) {
    return IntStream.range(0, columns)
        .mapToObj(i -> i < row.size() ? row.get(i) : null)
        .map(value -> value == null ? "-" : '"' + value.toString().replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(","));
  }
}
