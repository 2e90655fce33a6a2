package medspa.warehouse.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes the rows of a result one by one, as they come. */
sealed interface RowWriter {
  void begin(List<String> columns) throws IOException;

  void row(List<Cell> cells) throws IOException;

  void end(long rows) throws IOException;

  static RowWriter of(QueryFormat format, Appendable out) {
    return switch (format) {
      case TABLE -> new Table(out);
      case CSV -> new Csv(out);
      case JSON -> new Json(out);
    };
  }

  /**
   * RFC 4180: lines end with CRLF, fields are quoted where they must be. A text that a spreadsheet
   * would run as a formula, which the name of a product can be, gets an apostrophe in front.
   */
  final class Csv implements RowWriter {
    private final Appendable out;

    Csv(Appendable out) {
      this.out = out;
    }

    @Override
    public void begin(List<String> columns) throws IOException {
      line(columns.stream().map(Csv::field).toList());
    }

    @Override
    public void row(List<Cell> cells) throws IOException {
      line(cells.stream().map(Csv::value).toList());
    }

    @Override
    public void end(long rows) {}

    private void line(List<String> fields) throws IOException {
      out.append(String.join(",", fields)).append("\r\n");
    }

    private static String value(Cell cell) {
      return switch (cell.kind()) {
        case NULL -> "";
        case TEXT -> field(isFormula(cell.text()) ? "'" + cell.text() : cell.text());
        case NUMBER, BOOLEAN, JSON -> field(cell.text());
      };
    }

    private static boolean isFormula(String text) {
      return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    }

    private static String field(String text) {
      boolean plain =
          !text.isEmpty()
              && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
      return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
  }

  /** An array of objects, each on its own line. */
  final class Json implements RowWriter {
    private final Appendable out;
    private List<String> names = List.of();
    private boolean isFirst = true;

    Json(Appendable out) {
      this.out = out;
    }

    @Override
    public void begin(List<String> columns) throws IOException {
      Set<String> unique = new LinkedHashSet<>();
      for (String column : columns) {
        String name = column;
        for (int i = 2; !unique.add(name); i++) {
          name = column + "_" + i;
        }
      }
      names = unique.stream().map(Cell::quoted).toList();
      out.append('[');
    }

    @Override
    public void row(List<Cell> cells) throws IOException {
      out.append(isFirst ? "\n{" : ",\n{");
      isFirst = false;
      for (int i = 0; i < cells.size(); i++) {
        out.append(i == 0 ? "" : ",").append(names.get(i)).append(':').append(cells.get(i).json());
      }
      out.append('}');
    }

    @Override
    public void end(long rows) throws IOException {
      out.append(isFirst ? "]\n" : "\n]\n");
    }
  }

  /**
   * Aligned columns, numbers to the right. The widths follow from the first thousand rows, so that
   * a long result need not be held; a longer value further down only shifts its own line.
   */
  final class Table implements RowWriter {
    private static final int SAMPLE = 1000;

    private final Appendable out;
    private List<String> names = List.of();
    private final List<List<Cell>> sample = new ArrayList<>();
    private int[] widths = new int[0];
    private boolean isSampling = true;

    Table(Appendable out) {
      this.out = out;
    }

    @Override
    public void begin(List<String> columns) {
      names = List.copyOf(columns);
    }

    @Override
    public void row(List<Cell> cells) throws IOException {
      if (!isSampling) {
        write(cells);
        return;
      }
      sample.add(cells);
      if (sample.size() == SAMPLE) {
        writeSample();
      }
    }

    @Override
    public void end(long rows) throws IOException {
      if (isSampling) {
        writeSample();
      }
      out.append('(').append(Long.toString(rows)).append(rows == 1 ? " row)\n" : " rows)\n");
    }

    private void writeSample() throws IOException {
      isSampling = false;
      widths = new int[names.size()];
      measure(names.stream().map(n -> new Cell(Cell.Kind.TEXT, n)).toList());
      sample.forEach(this::measure);
      write(names.stream().map(n -> new Cell(Cell.Kind.TEXT, n)).toList());
      for (int i = 0; i < widths.length; i++) {
        out.append(i == 0 ? "" : "-+-").append("-".repeat(widths[i]));
      }
      out.append('\n');
      for (List<Cell> cells : sample) {
        write(cells);
      }
      sample.clear();
    }

    private void measure(List<Cell> cells) {
      for (int i = 0; i < widths.length; i++) {
        for (String line : lines(cells.get(i))) {
          widths[i] = Math.max(widths[i], line.codePointCount(0, line.length()));
        }
      }
    }

    private void write(List<Cell> cells) throws IOException {
      List<List<String>> columns = cells.stream().map(Table::lines).toList();
      int height = columns.stream().mapToInt(List::size).max().orElse(0);
      for (int line = 0; line < height; line++) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
          String value = line < columns.get(i).size() ? columns.get(i).get(line) : "";
          String pad = " ".repeat(Math.max(0, widths[i] - value.codePointCount(0, value.length())));
          text.append(i == 0 ? "" : " | ");
          text.append(cells.get(i).kind() == Cell.Kind.NUMBER ? pad + value : value + pad);
        }
        out.append(text.toString().stripTrailing()).append('\n');
      }
    }

    /** A value of several lines stays so; other control characters never reach a terminal. */
    private static List<String> lines(Cell cell) {
      String text = cell.kind() == Cell.Kind.NULL ? "NULL" : cell.text();
      List<String> lines =
          text.lines().map(line -> line.replaceAll("\\p{Cntrl}", "\uFFFD")).toList();
      return lines.isEmpty() ? List.of("") : lines;
    }
  }
}
