package medspa.jobs.ingest;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import medspa.jobs.read.WorkbookGrid;

/**
 * What happens to an export between the system that made it and the folder it is dropped in: it is
 * opened in a spreadsheet of another country, its columns are moved, it is pasted twice, summed up,
 * saved in another encoding. Each makes the bytes of one file anew, or nothing where the file has
 * nothing that it would change.
 */
@SuppressWarnings(
    "ImmutableEnumChecker") // the functions have no state, the character set changes nothing
enum Resave {
  /** Semicolons between fields, as where the comma is decimal. */
  SEMICOLONS(UnaryOperator.identity(), Writing.semicolons()),
  /** Semicolons, and commas in numbers. */
  SEMICOLONS_AND_DECIMAL_COMMAS(cells(Resave::decimalComma), Writing.semicolons()),
  /** Tabs between fields. */
  TABS(UnaryOperator.identity(), Writing.tabs()),
  /** A first line that tells a spreadsheet the delimiter. */
  SEPARATOR_LINE(UnaryOperator.identity(), Writing.comma().after("sep=,\r\n")),
  /** Each line in quotes as a whole. */
  WHOLE_LINES_QUOTED(UnaryOperator.identity(), Writing.comma().withQuotedLines()),
  /** Two bytes a character and no mark that says so. */
  UTF_16_WITHOUT_MARK(UnaryOperator.identity(), Writing.comma().in(StandardCharsets.UTF_16LE)),
  /** A row of sums at the end, called Total. */
  TOTALS(body(rows -> withTotals(rows, "Total"))),
  /** The whole sheet pasted below itself, its header in the middle. */
  PASTED_TWICE_WITH_HEADER(
      grid ->
          new Grid(
              concat(grid.rows(), grid.rows().subList(grid.header(), grid.size())), grid.header())),
  /** The last column moved to the front. */
  COLUMNS_MOVED(grid -> grid.each(Resave::lastFirst)),
  /** A column of someone's own in the middle. */
  OWN_COLUMN(Resave::withOwnColumn),
  /** No-break spaces around each cell. */
  NO_BREAK_SPACES(everyCell(cell -> "\u00a0" + cell + "\u00a0")),
  /** Invisible characters and tabs around each cell. */
  INVISIBLE_BLANKS(everyCell(cell -> "\u200b" + cell + "\u200b\t")),
  /** Empty cells at the end of each row and empty rows at the end, as a spreadsheet leaves them. */
  EMPTY_EDGES(Resave::withEmptyEdges),
  /** Letters with marks written as two characters, as on some file systems and keyboards. */
  DECOMPOSED_LETTERS(everyCell(cell -> Normalizer.normalize(cell, Normalizer.Form.NFD)));

  private static final Pattern DECIMAL = Pattern.compile("-?\\d+\\.\\d+");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  private final UnaryOperator<Grid> change;
  private final Writing writing;

  Resave(UnaryOperator<Grid> change) {
    this(change, Writing.comma());
  }

  Resave(UnaryOperator<Grid> change, Writing writing) {
    this.change = change;
    this.writing = writing;
  }

  /** The rows of a file and the number of the one that names the columns. */
  record Grid(List<List<String>> rows, int header) {
    int size() {
      return rows.size();
    }

    Grid each(UnaryOperator<List<String>> change) {
      return new Grid(
          Stream.concat(
                  rows.subList(0, header).stream(),
                  rows.subList(header, rows.size()).stream().map(change))
              .toList(),
          header);
    }
  }

  /** How the text is written. */
  private record Writing(
      char delimiter, Charset charset, String before, boolean quotedLines, String lineBreak) {
    static Writing comma() {
      return new Writing(',', StandardCharsets.UTF_8, "", false, "\n");
    }

    static Writing semicolons() {
      return new Writing(';', StandardCharsets.UTF_8, "", false, "\r\n");
    }

    static Writing tabs() {
      return new Writing('\t', StandardCharsets.UTF_8, "", false, "\r\n");
    }

    Writing after(String first) {
      return new Writing(delimiter, charset, first, quotedLines, lineBreak);
    }

    Writing withQuotedLines() {
      return new Writing(delimiter, charset, before, true, lineBreak);
    }

    Writing in(Charset other) {
      return new Writing(delimiter, other, before, quotedLines, lineBreak);
    }

    byte[] bytes(Grid grid) {
      StringBuilder text = new StringBuilder(before);
      for (List<String> row : grid.rows()) {
        String line = line(row);
        text.append(quotedLines ? '"' + line.replace("\"", "\"\"") + '"' : line).append(lineBreak);
      }
      return text.toString().getBytes(charset);
    }

    private String line(List<String> row) {
      StringWriter line = new StringWriter();
      try (CsvWriter writer = CsvWriter.builder().fieldSeparator(delimiter).build(line)) {
        writer.writeRecord(row);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return line.toString().stripTrailing();
    }
  }

  /**
   * The file as it comes out, or nothing where it would come out as it went in.
   *
   * @param file a fixture's text, or a workbook written as one ({@code .xlsx.csv})
   */
  Optional<byte[]> of(Path file) throws IOException {
    Grid grid = read(file);
    Grid changed = change.apply(grid);
    boolean workbook = file.toString().endsWith(".xlsx.csv");
    if (changed.equals(grid) && (workbook || writing.equals(Writing.comma()))) {
      return Optional.empty();
    }
    if (!workbook) {
      return Optional.of(writing.bytes(changed));
    }
    Path text = Files.createTempFile(file.getFileName().toString(), ".csv");
    try {
      Files.write(text, Writing.comma().bytes(changed));
      return Optional.of(WorkbookGrid.write(text));
    } finally {
      Files.delete(text);
    }
  }

  private static Grid read(Path file) throws IOException {
    String text = Files.readString(file).replaceFirst("^\uFEFF", "");
    List<List<String>> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .skipEmptyLines(false)
            .allowMissingFields(true)
            .allowExtraFields(true)
            .ofCsvRecord(new StringReader(text))) {
      reader.forEach(row -> rows.add(List.copyOf(row.getFields())));
    }
    int header = 0;
    for (int i = 0; i < Math.min(20, rows.size()); i++) {
      if (filled(rows.get(i)) > filled(rows.get(header)) && filled(rows.get(header)) < 4) {
        header = i;
      }
    }
    return new Grid(List.copyOf(rows), header);
  }

  private static long filled(List<String> row) {
    return row.stream().filter(cell -> !cell.isEmpty()).count();
  }

  private static UnaryOperator<Grid> body(UnaryOperator<List<List<String>>> change) {
    return grid -> {
      List<List<String>> body = grid.rows().subList(grid.header() + 1, grid.size());
      return new Grid(
          concat(grid.rows().subList(0, grid.header() + 1), change.apply(body)), grid.header());
    };
  }

  private static UnaryOperator<Grid> cells(UnaryOperator<String> change) {
    return body(rows -> rows.stream().map(row -> row.stream().map(change).toList()).toList());
  }

  private static UnaryOperator<Grid> everyCell(UnaryOperator<String> change) {
    return grid ->
        grid.each(
            row -> row.stream().map(cell -> cell.isEmpty() ? cell : change.apply(cell)).toList());
  }

  private static List<List<String>> concat(List<List<String>> first, List<List<String>> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static String decimalComma(String cell) {
    return DECIMAL.matcher(cell).matches() ? cell.replace('.', ',') : cell;
  }

  private static List<List<String>> withTotals(List<List<String>> rows, String word) {
    int width = rows.stream().mapToInt(List::size).max().orElse(0);
    List<String> totals = new ArrayList<>();
    for (int column = 0; column < width; column++) {
      int at = column;
      List<String> cells =
          rows.stream()
              .filter(row -> row.size() > at)
              .map(row -> row.get(at).replaceFirst("^n:", ""))
              .filter(cell -> !cell.isEmpty())
              .toList();
      boolean numbers =
          !cells.isEmpty()
              && cells.stream().allMatch(cell -> NUMBER.matcher(cell).matches())
              && cells.stream().anyMatch(cell -> cell.contains("."));
      totals.add(
          numbers
              ? cells.stream().map(BigDecimal::new).reduce(BigDecimal::add).orElseThrow().toString()
              : "");
    }
    if (!totals.isEmpty() && totals.get(0).isEmpty()) {
      totals.set(0, word);
    }
    return concat(rows, List.of(totals));
  }

  private static List<String> lastFirst(List<String> row) {
    List<String> moved = new ArrayList<>(row);
    Collections.rotate(moved, 1);
    return moved;
  }

  private static Grid withOwnColumn(Grid grid) {
    List<List<String>> rows = new ArrayList<>(grid.rows());
    for (int i = grid.header(); i < rows.size(); i++) {
      List<String> row = new ArrayList<>(rows.get(i));
      row.add(row.size() / 2, i == grid.header() ? "checked by" : "me");
      rows.set(i, row);
    }
    return new Grid(rows, grid.header());
  }

  private static Grid withEmptyEdges(Grid grid) {
    List<List<String>> rows = new ArrayList<>();
    grid.rows().forEach(row -> rows.add(Stream.concat(row.stream(), Stream.of("", "")).toList()));
    List<String> empty = Collections.nCopies(grid.rows().get(grid.header()).size() + 2, "");
    rows.add(empty);
    rows.add(empty);
    return new Grid(rows, grid.header());
  }
}
