package medspa.jobs.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import medspa.jobs.read.WorkbookFile.EnoughException;
import medspa.jobs.read.WorkbookFile.RefusedInside;
import medspa.jobs.read.WorkbookFile.SharedTexts;
import medspa.jobs.read.WorkbookFile.SinkFailed;
import org.apache.poi.ss.util.CellReference;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The XML of a sheet, cell by cell. A text comes as it is, of a formula its saved result; a formula
 * without one and an error value come as the marks of {@link CellFault}, so that a column that
 * nobody reads refuses no file.
 */
final class WorkbookSheet extends DefaultHandler {
  /** A longer cell is no cell of an export; Excel itself allows 32,767 characters. */
  private static final int LONGEST_CELL = 1 << 20;

  private final SharedTexts texts;
  private final CellNumbers numbers;
  private final boolean calculatesOnLoad;
  private final RowSink sink;
  private final List<String> cells = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private long row;
  private int width;
  private boolean inCell;
  private boolean collects;
  private int phonetic;
  private String reference = "";
  private String type = "";
  private int style;
  private boolean isFormula;
  private boolean hasValue;
  private int characters;

  /**
   * A sheet on its way into a sink.
   *
   * @param calculatesOnLoad whether a result of 0 may be none: programs that do not calculate write
   *     it, and ask Excel to calculate
   */
  WorkbookSheet(SharedTexts texts, CellNumbers numbers, boolean calculatesOnLoad, RowSink sink) {
    this.texts = texts;
    this.numbers = numbers;
    this.calculatesOnLoad = calculatesOnLoad;
    this.sink = sink;
  }

  @Override
  public void startElement(String uri, String local, String name, Attributes attributes) {
    characters = 0;
    switch (local) {
      case "row" -> {
        String number = attributes.getValue("r");
        row = number == null ? row + 1 : Long.parseLong(number);
        cells.clear();
      }
      case "c" -> {
        inCell = true;
        reference = attribute(attributes, "r");
        type = attribute(attributes, "t");
        String index = attribute(attributes, "s");
        style = index.isEmpty() ? 0 : Integer.parseInt(index);
        isFormula = false;
        hasValue = false;
        text.setLength(0);
      }
      case "f" -> isFormula = inCell;
      case "v" -> {
        collects = inCell;
        hasValue = inCell;
      }
      case "mergeCell" -> merged(attribute(attributes, "ref"));
      case "t" -> collects = inCell && phonetic == 0;
      case "rPh" -> phonetic++;
      default -> {}
    }
  }

  private void merged(String area) {
    int colon = area.indexOf(':');
    if (colon < 0) {
      return;
    }
    CellReference first = new CellReference(area.substring(0, colon));
    CellReference last = new CellReference(area.substring(colon + 1));
    try {
      sink.merged(first.getRow() + 1L, last.getRow() + 1L, first.getCol(), last.getCol());
    } catch (FileRefusedException e) {
      throw new RefusedInside(e);
    }
  }

  private static String attribute(Attributes attributes, String name) {
    String value = attributes.getValue(name);
    return value == null ? "" : value;
  }

  @Override
  public void characters(char[] buffer, int start, int length) {
    characters += length;
    if (characters > LONGEST_CELL) {
      throw new RefusedInside(WorkbookFile.swollen());
    }
    if (collects) {
      text.append(buffer, start, length);
    }
  }

  @Override
  public void endElement(String uri, String local, String name) throws SAXException {
    switch (local) {
      case "v", "t" -> collects = false;
      case "rPh" -> phonetic--;
      case "c" -> {
        inCell = false;
        put(value());
      }
      case "row" -> endRow();
      default -> {}
    }
  }

  private String value() {
    String raw = text.toString();
    if (isFormula && !hasValue) {
      return CellFault.FORMULA_MARK;
    }
    return switch (type) {
      case "s" -> raw.isBlank() ? "" : texts.getItemAt(Integer.parseInt(raw.strip())).getString();
      case "inlineStr", "str" -> raw;
      case "b" -> raw.strip().equals("1") || raw.strip().equals("true") ? "TRUE" : "FALSE";
      case "e" -> CellFault.of(raw).isPresent() ? raw : CellFault.ERROR;
      case "d" -> raw.strip().replace('T', ' ');
      default -> number(raw.strip());
    };
  }

  private String number(String raw) {
    if (raw.isEmpty()) {
      return isFormula ? CellFault.FORMULA_MARK : "";
    }
    String number = numbers.text(raw, style);
    boolean unworked = isFormula && calculatesOnLoad && Double.parseDouble(raw) == 0;
    return unworked ? CellFault.FORMULA_MARK : number;
  }

  private void put(String value) {
    int column = reference.isEmpty() ? cells.size() : new CellReference(reference).getCol();
    try {
      ExportReader.checkWidth(Math.max(1, row), column + 1);
    } catch (FileRefusedException e) {
      throw new RefusedInside(e);
    }
    if (cells.size() <= column) {
      cells.addAll(Collections.nCopies(column + 1 - cells.size(), ""));
    }
    cells.set(column, value);
  }

  private void endRow() {
    if (cells.stream().allMatch(String::isBlank)) {
      return;
    }
    // A sheet leaves out the empty cells at the end of a row.
    width = Math.max(width, cells.size());
    cells.addAll(Collections.nCopies(width - cells.size(), ""));
    try {
      if (!sink.row(row, List.copyOf(cells))) {
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
