package medspa.charts.workbook;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.charts.document.Book;
import medspa.charts.document.Book.Column;
import medspa.charts.document.Book.Entry;
import medspa.charts.document.Book.Sheet;
import medspa.charts.document.Tone;
import medspa.charts.document.Value;
import medspa.charts.workbook.Styles.Face;
import medspa.charts.workbook.Styles.Look;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/**
 * Makes an XLSX file of a book: a first sheet that says what is in it, and a sheet for each table,
 * which a spreadsheet knows as a table of that name, with typed cells, a head and columns that stay
 * in view, and filters. A table of more rows than a sheet holds goes on in sheets of the same
 * columns. No text is ever a formula.
 */
public final class WorkbookRenderer {
  /** Rows of a sheet, the head among them. */
  public static final int SHEET_ROWS = 1_048_576;

  private static final String FIRST = "About";
  private static final List<Column> CONTENTS =
      List.of(
          Column.of("Sheet", 22),
          Column.sentences("A row is", 100),
          Column.of("Rows", 12),
          Column.of("Columns", 12));

  private static final String PACKAGE =
      "http://schemas.openxmlformats.org/package/2006/relationships";
  private static final String TYPES = "application/vnd.openxmlformats-officedocument.";

  private final int sheetRows;

  /** Sheets as long as spreadsheets allow. */
  public WorkbookRenderer() {
    this(SHEET_ROWS);
  }

  /** Sheets of at most so many rows, the head among them. */
  WorkbookRenderer(int sheetRows) {
    this.sheetRows = sheetRows;
  }

  /** A sheet that is written. */
  private record Written(String name, Sheet sheet, int firstRow, int rows) {
    String about() {
      return name.equals(sheet.name())
          ? sheet.about()
          : sheet.about() + " This sheet goes on where the one before it is full.";
    }

    /** Its table with the head; one without rows has an empty one, as spreadsheets want it. */
    String area() {
      return "A"
          + firstRow
          + ":"
          + SheetPart.name(sheet.columns().size() - 1)
          + (firstRow + Math.max(rows, 1));
    }
  }

  /**
   * Writes the file; equal books give equal bytes. The stream stays open.
   *
   * @throws IllegalArgumentException if names of sheets or columns are not unique or cannot be such
   */
  public void render(Book book, OutputStream out) {
    validate(book);
    Styles styles = new Styles();
    Strings strings = new Strings();
    List<Written> written = new ArrayList<>();
    try (Parts parts = new Parts(out)) {
      parts.write("_rels/.rels", packageRelations());
      parts.write("docProps/core.xml", core(book));
      parts.write("docProps/app.xml", application());
      for (Sheet sheet : book.sheets()) {
        new Sink(parts, sheet, book.currency(), styles, strings, written).writeAll();
      }
      List<Written> all = new ArrayList<>();
      all.add(contents(parts, book, written, styles, strings));
      all.addAll(written);
      for (int i = 0; i < all.size(); i++) {
        parts.write("xl/worksheets/_rels/sheet" + (i + 1) + ".xml.rels", sheetRelations(i + 1));
        parts.write("xl/tables/table" + (i + 1) + ".xml", table(all.get(i), i + 1));
      }
      strings.write(parts.begin("xl/sharedStrings.xml"));
      parts.write("xl/styles.xml", styles.xml());
      parts.write("xl/workbook.xml", workbook(all));
      parts.write("xl/_rels/workbook.xml.rels", workbookRelations(all.size()));
      parts.write("[Content_Types].xml", contentTypes(all.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("The workbook cannot be written", e);
    }
  }

  /** Writes the rows of one table into as many sheets as they need. */
  private final class Sink {
    private final Parts parts;
    private final Sheet sheet;
    private final String currency;
    private final Styles styles;
    private final Strings strings;
    private final List<Written> written;
    private SheetPart part;
    private int continuations;

    Sink(
        Parts parts,
        Sheet sheet,
        String currency,
        Styles styles,
        Strings strings,
        List<Written> written)
        throws IOException {
      this.parts = parts;
      this.sheet = sheet;
      this.currency = currency;
      this.styles = styles;
      this.strings = strings;
      this.written = written;
      this.part = begin();
    }

    private SheetPart begin() throws IOException {
      // The first sheet says what is in the others and is written last.
      Writer writer = parts.begin("xl/worksheets/sheet" + (written.size() + 2) + ".xml");
      SheetPart begun = new SheetPart(writer, currency, styles, strings);
      begun.begin(sheet.columns(), 1, sheet.held(), false);
      begun.heads(sheet.columns());
      return begun;
    }

    void writeAll() throws IOException {
      sheet
          .rows()
          .each(
              row -> {
                try {
                  if (part.rows() == sheetRows) {
                    end();
                    part = begin();
                  }
                  part.row(row, sheet.columns());
                } catch (IOException e) {
                  throw new UncheckedIOException("The workbook cannot be written", e);
                }
              });
      end();
    }

    private void end() throws IOException {
      part.end(sheet.columns(), Map.of(), true);
      continuations++;
      String name = continuations == 1 ? sheet.name() : sheet.name() + continuations;
      written.add(new Written(name, sheet, 1, part.rows() - 1));
    }
  }

  private static Written contents(
      Parts parts, Book book, List<Written> written, Styles styles, Strings strings)
      throws IOException {
    SheetPart part =
        new SheetPart(parts.begin("xl/worksheets/sheet1.xml"), book.currency(), styles, strings);
    part.begin(CONTENTS, 0, 0, true);
    part.line(book.title(), Look.plain().in(Face.TITLE));
    part.line(book.subject(), Look.plain());
    for (String sentence : book.preface()) {
      part.line(sentence, Look.plain().in(Face.QUIET));
    }
    part.skip();
    part.heads(CONTENTS);
    int head = part.rows();
    Map<String, String> links = new LinkedHashMap<>();
    for (Written sheet : written) {
      links.put("A" + (part.rows() + 1), "'" + sheet.name() + "'!A1");
      part.row(
          List.of(
              Entry.words(sheet.name()).in(Tone.STRONG),
              Entry.words(sheet.about()),
              Entry.of(count(sheet.rows())),
              Entry.of(count(sheet.sheet().columns().size()))),
          CONTENTS);
    }
    part.end(List.of(), links, true);
    return new Written(
        FIRST,
        new Sheet(FIRST, "", CONTENTS, 0, Book.Rows.of(List.of())),
        head,
        part.rows() - head);
  }

  private static Value count(int number) {
    return new Value.Amount(Unit.COUNT, BigDecimal.valueOf(number));
  }

  private static void validate(Book book) {
    Set<String> names = new HashSet<>(Set.of(FIRST.toLowerCase(Locale.ROOT)));
    for (Sheet sheet : book.sheets()) {
      // Letters alone, so that it is neither a reference to a cell nor a number's beginning.
      if (!sheet.name().matches("[A-Za-z]{4,25}")) {
        throw new IllegalArgumentException(
            "Invalid name of a sheet '" + sheet.name() + "': must be 4 to 25 letters");
      }
      if (!names.add(sheet.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("There are two sheets " + sheet.name());
      }
      Set<String> heads = new HashSet<>();
      for (Column column : sheet.columns()) {
        if (column.head().isBlank() || !heads.add(column.head().toLowerCase(Locale.ROOT))) {
          throw new IllegalArgumentException(
              "The sheet "
                  + sheet.name()
                  + " has two columns '"
                  + column.head()
                  + "' or one without a name");
        }
      }
    }
  }

  private static String packageRelations() {
    String types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    return relations(
        relation("rId1", types + "officeDocument", "xl/workbook.xml"),
        relation(
            "rId2",
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            "docProps/core.xml"),
        relation("rId3", types + "extended-properties", "docProps/app.xml"));
  }

  private static String relation(String id, String type, String target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + type + "\" Target=\"" + target + "\"/>";
  }

  private static String relations(String... relations) {
    return "<Relationships xmlns=\""
        + PACKAGE
        + "\">"
        + String.join("", relations)
        + "</Relationships>";
  }

  private static String core(Book book) {
    String date =
        "<dcterms:%1$s xsi:type=\"dcterms:W3CDTF\">" + book.asOf() + "T00:00:00Z</dcterms:%1$s>";
    return "<cp:coreProperties"
        + " xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\""
        + " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
        + " xmlns:dcterms=\"http://purl.org/dc/terms/\""
        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>"
        + Parts.escaped(book.title())
        + "</dc:title><dc:subject>"
        + Parts.escaped(book.subject())
        + "</dc:subject><dc:creator>Medspa Analytics</dc:creator>"
        + String.format(Locale.ROOT, date, "created")
        + String.format(Locale.ROOT, date, "modified")
        + "</cp:coreProperties>";
  }

  private static String application() {
    return "<Properties"
        + " xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">"
        + "<Application>Medspa Analytics</Application></Properties>";
  }

  private static String sheetRelations(int number) {
    return relations(
        relation("rId1", SheetPart.RELATIONS + "/table", "../tables/table" + number + ".xml"));
  }

  private static String table(Written written, int number) {
    List<Column> columns = written.sheet().columns();
    StringBuilder xml =
        new StringBuilder(
            "<table xmlns=\""
                + SheetPart.MAIN
                + "\" id=\""
                + number
                + "\" name=\"Table_"
                + written.name()
                + "\" displayName=\"Table_"
                + written.name()
                + "\" ref=\""
                + written.area()
                + "\" totalsRowShown=\"0\"><autoFilter ref=\""
                + written.area()
                + "\"/><tableColumns count=\""
                + columns.size()
                + "\">");
    for (int i = 0; i < columns.size(); i++) {
      xml.append(
          "<tableColumn id=\""
              + (i + 1)
              + "\" name=\""
              + Parts.escaped(columns.get(i).head())
              + "\"/>");
    }
    return xml.append("</tableColumns><tableStyleInfo name=\"TableStyleLight1\"")
        .append(" showFirstColumn=\"0\" showLastColumn=\"0\" showRowStripes=\"1\"")
        .append(" showColumnStripes=\"0\"/></table>")
        .toString();
  }

  private static String workbook(List<Written> all) {
    StringBuilder sheets = new StringBuilder();
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < all.size(); i++) {
      Written written = all.get(i);
      sheets.append(
          "<sheet name=\""
              + written.name()
              + "\" sheetId=\""
              + (i + 1)
              + "\" r:id=\"rId"
              + (i + 1)
              + "\"/>");
      if (i > 0) {
        names.append(
            "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\""
                + i
                + "\">'"
                + written.name()
                + "'!$1:$1</definedName>");
      }
    }
    return "<workbook xmlns=\""
        + SheetPart.MAIN
        + "\" xmlns:r=\""
        + SheetPart.RELATIONS
        + "\"><bookViews><workbookView xWindow=\"0\" yWindow=\"0\" windowWidth=\"28800\""
        + " windowHeight=\"15000\"/></bookViews><sheets>"
        + sheets
        + "</sheets>"
        + (names.isEmpty() ? "" : "<definedNames>" + names + "</definedNames>")
        + "</workbook>";
  }

  private static String workbookRelations(int sheets) {
    List<String> relations = new ArrayList<>();
    for (int i = 1; i <= sheets; i++) {
      relations.add(
          relation("rId" + i, SheetPart.RELATIONS + "/worksheet", "worksheets/sheet" + i + ".xml"));
    }
    relations.add(relation("rId" + (sheets + 1), SheetPart.RELATIONS + "/styles", "styles.xml"));
    relations.add(
        relation(
            "rId" + (sheets + 2), SheetPart.RELATIONS + "/sharedStrings", "sharedStrings.xml"));
    return relations(relations.toArray(String[]::new));
  }

  private static String contentTypes(int sheets) {
    Stream<String> fixed =
        Stream.of(
            override("/xl/workbook.xml", TYPES + "spreadsheetml.sheet.main+xml"),
            override("/xl/styles.xml", TYPES + "spreadsheetml.styles+xml"),
            override("/xl/sharedStrings.xml", TYPES + "spreadsheetml.sharedStrings+xml"),
            override(
                "/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
            override("/docProps/app.xml", TYPES + "extended-properties+xml"));
    Stream<String> each =
        Stream.iterate(1, i -> i <= sheets, i -> i + 1)
            .flatMap(
                i ->
                    Stream.of(
                        override(
                            "/xl/worksheets/sheet" + i + ".xml",
                            TYPES + "spreadsheetml.worksheet+xml"),
                        override(
                            "/xl/tables/table" + i + ".xml", TYPES + "spreadsheetml.table+xml")));
    return Stream.concat(fixed, each)
        .collect(
            Collectors.joining(
                "",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                    + "<Default Extension=\"rels\""
                    + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                    + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
                "</Types>"));
  }

  private static String override(String part, String type) {
    return "<Override PartName=\"" + part + "\" ContentType=\"" + type + "\"/>";
  }
}
