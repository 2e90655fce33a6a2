package medspa.jobs.read;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * One sheet of an Excel workbook as rows of text, read as a stream. A number comes as plain digits,
 * never as 1.11E+11; a date as {@code 2026-03-09} or {@code 2026-03-09 14:30:00}; a duration as
 * {@code 26:30:00}. Rows that the sheet leaves out do not come.
 */
final class WorkbookFile {
  /** A longer cell is no cell of an export; Excel itself allows 32,767 characters. */
  private static final int LONGEST_CELL = 1 << 20;

  /** Of all shared texts, which are held in memory. */
  private static final int MOST_SHARED = 64 << 20;

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
      XSSFReader.SheetIterator sheets = (XSSFReader.SheetIterator) reader.getSheetsData();
      while (sheets.hasNext()) {
        try (InputStream sheet = sheets.next()) {
          if (format.sheet().map(sheets.getSheetName()::equals).orElse(true)) {
            parse(workbook, reader, sheet, sink);
            return;
          }
        }
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

  private static FileRefusedException broken() {
    return FileRefusedException.file(
        "The workbook is broken.",
        "Open it in Excel and save it again, or export it again and wait until the download has"
            + " finished.");
  }

  private static FileRefusedException swollen() {
    return FileRefusedException.file(
        "The workbook swells to many times its size.",
        "Check that it is an export; if it is, export shorter periods or save it as CSV.");
  }

  private static void parse(OPCPackage workbook, XSSFReader reader, InputStream sheet, RowSink sink)
      throws IOException, SAXException, OpenXML4JException {
    XMLReader xml;
    try {
      xml = XMLHelper.newXMLReader();
    } catch (javax.xml.parsers.ParserConfigurationException e) {
      throw new IllegalStateException("Every Java runtime has an XML parser", e);
    }
    xml.setContentHandler(new Cells(reader, new SharedTexts(workbook), new Rows(sink)));
    xml.parse(new InputSource(sheet));
  }

  /** Stops at a cell that would fill the memory. */
  private static final class Cells extends XSSFSheetXMLHandler {
    private int characters;

    Cells(XSSFReader reader, SharedTexts texts, Rows rows) throws IOException, OpenXML4JException {
      super(reader.getStylesTable(), null, texts, rows, new PlainText(), false);
    }

    @Override
    public void startElement(String uri, String local, String name, Attributes attributes)
        throws SAXException {
      characters = 0;
      super.startElement(uri, local, name, attributes);
    }

    @Override
    public void characters(char[] buffer, int start, int length) throws SAXException {
      characters += length;
      if (characters > LONGEST_CELL) {
        throw new RefusedInside(swollen());
      }
      super.characters(buffer, start, length);
    }
  }

  /** The texts that cells refer to, as many as fit into memory. */
  private static final class SharedTexts extends ReadOnlySharedStringsTable {
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

  /** Collects the cells of a row. */
  private static final class Rows implements XSSFSheetXMLHandler.SheetContentsHandler {
    private final RowSink sink;
    private final List<String> cells = new ArrayList<>();
    private int width;

    Rows(RowSink sink) {
      this.sink = sink;
    }

    @Override
    public void startRow(int row) {
      cells.clear();
    }

    @Override
    public void cell(String reference, String value, XSSFComment comment) {
      int column = reference == null ? cells.size() : new CellReference(reference).getCol();
      try {
        ExportReader.checkWidth(1, column + 1);
      } catch (FileRefusedException e) {
        throw new RefusedInside(e);
      }
      if (cells.size() <= column) {
        cells.addAll(Collections.nCopies(column + 1 - cells.size(), ""));
      }
      cells.set(column, value == null ? "" : value);
    }

    @Override
    public void endRow(int row) {
      if (cells.stream().allMatch(String::isBlank)) {
        return;
      }
      // A sheet leaves out the empty cells at the end of a row.
      width = Math.max(width, cells.size());
      cells.addAll(Collections.nCopies(width - cells.size(), ""));
      try {
        if (!sink.row(row + 1L, List.copyOf(cells))) {
          throw new EnoughException();
        }
      } catch (FileRefusedException e) {
        throw new RefusedInside(e);
      } catch (EnoughException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new SinkFailed(e);
      }
    }
  }

  /** The value of a number cell as text that no locale and no column width has touched. */
  private static final class PlainText extends DataFormatter {
    private static final LocalDateTime EPOCH = LocalDate.of(1899, 12, 30).atStartOfDay();
    private static final LocalDateTime EPOCH_1904 = LocalDate.of(1904, 1, 1).atStartOfDay();
    private static final DateTimeFormatter DATE_TIME =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    PlainText() {
      super(Locale.ROOT);
    }

    @Override
    public String formatRawCellContents(double value, int formatIndex, String format) {
      return formatRawCellContents(value, formatIndex, format, false);
    }

    @Override
    public String formatRawCellContents(
        double value, int formatIndex, String format, boolean use1904) {
      if (!DateUtil.isADateFormat(formatIndex, format) || value < 0 || value > 2_958_466) {
        // Excel keeps 15 digits; further ones are the residue of binary fractions.
        BigDecimal number = new BigDecimal(value, new MathContext(15)).stripTrailingZeros();
        return number.toPlainString();
      }
      long seconds = Math.round(value * 86_400);
      if (format.contains("[h") || format.contains("[m") || format.contains("[s")) {
        return String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
      }
      if (value < 1) {
        return LocalTime.ofSecondOfDay(seconds % 86_400).format(DateTimeFormatter.ISO_LOCAL_TIME);
      }
      LocalDateTime time = (use1904 ? EPOCH_1904 : EPOCH).plusSeconds(seconds);
      boolean dateOnly =
          time.toLocalTime().equals(LocalTime.MIDNIGHT)
              && !format.toLowerCase(Locale.ROOT).contains("h");
      return dateOnly ? time.toLocalDate().toString() : time.format(DATE_TIME);
    }
  }

  /** Ends the parsing early; not an error. */
  private static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Carries what the sink threw through the parser: it is no fault of the workbook. */
  private static final class SinkFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException failure;

    SinkFailed(RuntimeException failure) {
      this.failure = failure;
    }
  }

  /** Carries a refusal through the parser. */
  private static final class RefusedInside extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient FileRefusedException refused;

    RefusedInside(FileRefusedException refused) {
      this.refused = refused;
    }
  }
}
