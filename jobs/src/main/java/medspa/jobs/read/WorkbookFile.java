package medspa.jobs.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.xml.sax.Attributes;
import org.xml.sax.ContentHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/**
 * One sheet of an Excel workbook as rows of text, read as a stream: see {@link WorkbookSheet} for
 * its cells and {@link CellNumbers} for its numbers and dates. Rows that the sheet leaves out do
 * not come. It is the sheet that the format names, else the first that is not hidden; a workbook
 * that goes on in another sheet, under the same header, is refused.
 */
final class WorkbookFile {
  /** Of all shared texts, which are held in memory. */
  private static final int MOST_SHARED = 64 << 20;

  /** Within so many rows a further sheet has its header, if it has that of the one that is read. */
  private static final int TOP_ROWS = 20;

  /** Fewer cells make no header. */
  private static final int HEADER_CELLS = 3;

  static {
    ZipSecureFile.setMinInflateRatio(0.005);
    ZipSecureFile.setMaxEntrySize((4L << 30) - 1);
  }

  private WorkbookFile() {}

  /**
   * Streams the sheet into the sink.
   *
   * @param in the bytes, read only where the file is a member of an archive
   * @throws FileRefusedException if it is no workbook, lacks the sheet, is broken or a bomb, or if
   *     the sink refuses
   * @throws IOException if it cannot be read
   */
  static void read(ExportFile file, InputStream in, Format format, RowSink sink)
      throws FileRefusedException, IOException {
    try (OPCPackage workbook =
        file.member().isEmpty()
            ? OPCPackage.open(file.path().toFile(), PackageAccess.READ)
            : OPCPackage.open(in)) {
      XSSFReader reader = new XSSFReader(workbook);
      Settings settings = settings(reader);
      XSSFReader.SheetIterator sheets = (XSSFReader.SheetIterator) reader.getSheetsData();
      List<List<String>> top = new ArrayList<>();
      boolean isRead = false;
      for (int number = 1; sheets.hasNext(); number++) {
        try (InputStream sheet = sheets.next()) {
          boolean isVisible = !settings.hidden.contains(sheets.getSheetName());
          if (isRead && isVisible) {
            refuseIfContinued(workbook, reader, settings, sheet, top, sink, number);
          } else if (!isRead
              && format.sheet().map(sheets.getSheetName()::equals).orElse(isVisible)) {
            parse(workbook, reader, settings, sheet, remembering(sink, top));
            if (format.sheet().isPresent()) {
              return;
            }
            isRead = true;
          }
        }
      }
      if (isRead) {
        return;
      }
      throw FileRefusedException.file(
          "The workbook has no sheet " + format.sheet().orElse("at all") + ".",
          "Check that this is the right export; the sheet is named in `file: {sheet: …}`.");
    } catch (RefusedInside e) {
      throw e.refused;
    } catch (SinkFailed e) {
      throw e.failure;
    } catch (EnoughException e) {
      return;
    } catch (OpenXML4JException | SAXException | RuntimeException e) {
      if (String.valueOf(e.getMessage()).contains("Strict OOXML")) {
        throw FileRefusedException.file(
            "The workbook is of the kind Strict Open XML.",
            "Open it in Excel and save it as Excel workbook (.xlsx), or as CSV (UTF-8).");
      }
      // Of what is broken the library complains in many ways, and may quote a cell.
      throw broken();
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("Zip bomb")
          || String.valueOf(e.getMessage()).contains("exceeds the max")) {
        throw swollen();
      }
      throw broken();
    }
  }

  /**
   * The sheets, in their order.
   *
   * @throws FileRefusedException if it is no workbook or broken
   * @throws IOException if it cannot be read
   */
  static List<ExportReader.Sheet> sheets(ExportFile file, InputStream in)
      throws FileRefusedException, IOException {
    try (OPCPackage workbook =
        file.member().isEmpty()
            ? OPCPackage.open(file.path().toFile(), PackageAccess.READ)
            : OPCPackage.open(in)) {
      Settings settings = settings(new XSSFReader(workbook));
      return settings.names.stream()
          .map(name -> new ExportReader.Sheet(name, settings.hidden.contains(name)))
          .toList();
    } catch (OpenXML4JException | SAXException | RuntimeException | IOException e) {
      throw broken();
    }
  }

  /** A sink that keeps the first rows. */
  private static RowSink remembering(RowSink sink, List<List<String>> top) {
    return new RowSink() {
      @Override
      public boolean row(long line, List<String> fields) throws FileRefusedException {
        if (top.size() < TOP_ROWS) {
          top.add(filled(fields));
        }
        return sink.row(line, fields);
      }

      @Override
      public void merged(long firstLine, long lastLine, int firstColumn, int lastColumn)
          throws FileRefusedException {
        sink.merged(firstLine, lastLine, firstColumn, lastColumn);
      }
    };
  }

  private static FileRefusedException broken() {
    return FileRefusedException.file(
        "The workbook is broken.",
        "Open it in Excel and save it again, or export it again and wait until the download has"
            + " finished.");
  }

  static FileRefusedException swollen() {
    return FileRefusedException.file(
        "The workbook swells to many times its size.",
        "Check that it is an export; if it is, export shorter periods or save it as CSV.");
  }

  /**
   * Refuses a sheet that goes on with the rows of the one that was read, under its header or one
   * with the columns of the export in another order; or that is the export, where the one that was
   * read is none.
   */
  private static void refuseIfContinued(
      OPCPackage workbook,
      XSSFReader reader,
      Settings settings,
      InputStream sheet,
      List<List<String>> top,
      RowSink sink,
      int number)
      throws IOException, SAXException, OpenXML4JException {
    boolean[] hasHeader = new boolean[1];
    RowSink search =
        (line, fields) -> {
          List<String> row = filled(fields);
          if (hasHeader[0] && row.size() > 1) {
            throw FileRefusedException.file(
                "Sheet number "
                    + number
                    + (top.stream().anyMatch(sink::isHeader)
                        ? " has the columns of the first one and rows below them."
                        : " has the export's columns, and the first one has not."),
                "One sheet is read: save each sheet as a file of its own, or put all rows into the"
                    + " first one.");
          }
          hasHeader[0] |=
              row.size() >= HEADER_CELLS && (top.contains(row) || sink.isHeader(fields));
          return hasHeader[0] || line < TOP_ROWS;
        };
    try {
      parse(workbook, reader, settings, sheet, search);
    } catch (EnoughException e) {
      return; // its first rows are other ones
    }
  }

  /** The cells that are not empty. */
  private static List<String> filled(List<String> fields) {
    return fields.stream().filter(field -> !field.isEmpty()).toList();
  }

  private static Settings settings(XSSFReader reader)
      throws IOException, SAXException, OpenXML4JException {
    Settings settings = new Settings();
    try (InputStream book = reader.getWorkbookData()) {
      xml(settings).parse(new InputSource(book));
    }
    return settings;
  }

  private static void parse(
      OPCPackage workbook, XSSFReader reader, Settings settings, InputStream sheet, RowSink sink)
      throws IOException, SAXException, OpenXML4JException {
    xml(new WorkbookSheet(
            new SharedTexts(workbook),
            new CellNumbers(reader.getStylesTable(), settings.from1904),
            settings.calculatesOnLoad,
            sink))
        .parse(new InputSource(sheet));
  }

  private static XMLReader xml(ContentHandler handler) throws SAXException {
    try {
      XMLReader xml = XMLHelper.newXMLReader();
      xml.setContentHandler(handler);
      return xml;
    } catch (javax.xml.parsers.ParserConfigurationException e) {
      throw new IllegalStateException("Every Java runtime has an XML parser", e);
    }
  }

  /** What the workbook says of all of its sheets. */
  private static final class Settings extends DefaultHandler {
    /** Whether days are counted from 1904, as workbooks of a Mac may do. */
    private boolean from1904;

    /** Whether its formulas were never calculated by the program that wrote it. */
    private boolean calculatesOnLoad;

    /** Names of the sheets that nobody sees. */
    private final Set<String> hidden = new HashSet<>();

    private final List<String> names = new ArrayList<>();

    @Override
    public void startElement(String uri, String local, String name, Attributes attributes) {
      if (local.equals("workbookPr")) {
        from1904 = isTrue(attributes.getValue("date1904"));
      } else if (local.equals("calcPr")) {
        calculatesOnLoad = isTrue(attributes.getValue("fullCalcOnLoad"));
      } else if (local.equals("sheet")) {
        names.add(attributes.getValue("name"));
        if (String.valueOf(attributes.getValue("state"))
            .toLowerCase(Locale.ROOT)
            .endsWith("hidden")) {
          hidden.add(attributes.getValue("name"));
        }
      }
    }

    private static boolean isTrue(String value) {
      return "1".equals(value) || "true".equals(value);
    }
  }

  /** The texts that cells refer to, as many as fit into memory. */
  static final class SharedTexts extends ReadOnlySharedStringsTable {
    private int total;

    SharedTexts(OPCPackage workbook) throws IOException, SAXException {
      super(workbook, false);
    }

    @Override
    public void characters(char[] buffer, int start, int length) throws SAXException {
      total += length;
      if (total > MOST_SHARED) {
        throw new RefusedInside(swollen());
      }
      super.characters(buffer, start, length);
    }
  }

  /** Ends the parsing early; not an error. */
  static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Carries what the sink threw through the parser: it is no fault of the workbook. */
  static final class SinkFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException failure;

    SinkFailed(RuntimeException failure) {
      this.failure = failure;
    }
  }

  /** Carries a refusal through the parser. */
  static final class RefusedInside extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient FileRefusedException refused;

    RefusedInside(FileRefusedException refused) {
      this.refused = refused;
    }
  }
}
