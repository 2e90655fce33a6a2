package medspa.jobs.ingest;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import medspa.jobs.read.WorkbookGrid;

/**
 * What happens to an export between the system that made it and the folder it is dropped in: it is
 * opened in a spreadsheet of another country, its columns are moved, it is sorted, filtered, pasted
 * twice, summed up, saved in another encoding. Each makes the bytes of one file anew, or nothing
 * where the file has nothing that it would change.
 */
@SuppressWarnings(
    "ImmutableEnumChecker") // the functions have no state, the character set changes nothing
enum Resave {
  /** A spreadsheet of a country that writes the day first. */
  DAY_FIRST(cells(Resave::dayFirst)),
  /** A spreadsheet that writes ISO dates as its country does. */
  ISO_DATES_MONTH_FIRST(cells(cell -> isoDate(cell, "M/d/yyyy", "H:mm"))),
  /** The same with points and the day first. */
  ISO_DATES_DAY_FIRST(cells(cell -> isoDate(cell, "dd.MM.yyyy", "HH:mm"))),
  /** Numeric dates that a spreadsheet took for its own country's became ISO, the others stayed. */
  DATES_READ_IN_PART(body(Resave::datesReadInPart)),
  /** Real dates of a workbook that became text, in every second row. */
  DATES_AS_TEXT_IN_SOME_ROWS(body(Resave::datesAsTextInSomeRows)),
  /** Days and months without leading zeros. */
  DATES_WITHOUT_ZEROS(cells(Resave::withoutZeros)),
  /** Years of two digits. */
  YEARS_OF_TWO_DIGITS(cells(Resave::shortYear)),
  /** Months by name as a spreadsheet shows them. */
  NAMED_MONTHS_AS_SHOWN(cells(Resave::monthAsShown)),
  /** Times of day on a clock of 24 hours. */
  TIMES_OF_24_HOURS(cells(Resave::of24Hours)),
  /** Times of day with seconds, as a spreadsheet shows a time. */
  TIMES_WITH_SECONDS(cells(Resave::withSeconds)),
  /** A spreadsheet that shows long numbers in scientific notation. */
  LONG_IDS_AS_SCIENTIFIC(cells(Resave::scientific)),
  /** A spreadsheet that keeps 15 digits of long numbers. */
  LONG_IDS_CUT(cells(Resave::cut)),
  /** Whole numbers with decimals, as a script writes a column with gaps. */
  IDS_WITH_DECIMALS(cells(cell -> cell.matches("[1-9]\\d{2,}") ? cell + ".0" : cell)),
  /** Whole numbers with thousands set apart. */
  IDS_WITH_THOUSANDS(cells(Resave::thousands)),
  /** Numbers as formulas of a text, by which leading zeros are kept. */
  NUMBERS_GUARDED(cells(cell -> cell.matches("\\d+") ? "=\"" + cell + "\"" : cell)),
  /** Words that programs write for an empty cell. */
  EMPTY_AS_NULL(empty("NULL")),
  /** The word of another program. */
  EMPTY_AS_NAN(empty("nan")),
  /** Semicolons between fields, as where the comma is decimal. */
  SEMICOLONS(UnaryOperator.identity(), Writing.semicolons()),
  /** Semicolons, and commas in numbers. */
  SEMICOLONS_AND_DECIMAL_COMMAS(cells(Resave::decimalComma), Writing.semicolons()),
  /** Commas in numbers only. */
  DECIMAL_COMMAS(cells(Resave::decimalComma)),
  /** Commas in numbers and points between thousands, behind them the sign of the currency. */
  EUROS(cells(cell -> amount(cell, "%,.2f", ".,"))),
  /** Amounts with a currency sign and thousands set apart. */
  DOLLARS(cells(cell -> amount(cell, "$%,.2f", ",."))),
  /** Amounts with the code of the currency. */
  CURRENCY_CODES(cells(cell -> amount(cell, "USD %.2f", ",."))),
  /** Thousands set apart as in Switzerland. */
  APOSTROPHES(cells(cell -> amount(cell, "%,.2f", "'."))),
  /** Negative amounts in parentheses. */
  PARENTHESES(cells(cell -> negative(cell, "(%s)"))),
  /** Negative amounts with the minus behind them. */
  TRAILING_MINUS(cells(cell -> negative(cell, "%s-"))),
  /** Negative amounts with a typographic minus. */
  TYPOGRAPHIC_MINUS(cells(cell -> negative(cell, "\u2212%s"))),
  /** Amounts rounded to whole numbers by the format of their cells, where nothing is lost. */
  WHOLE_AMOUNTS(cells(Resave::wholeAmount)),
  /** Tabs between fields. */
  TABS(UnaryOperator.identity(), Writing.tabs()),
  /** A first line that tells a spreadsheet the delimiter. */
  SEPARATOR_LINE(UnaryOperator.identity(), Writing.comma().after("sep=,\r\n")),
  /** Each line in quotes as a whole. */
  WHOLE_LINES_QUOTED(UnaryOperator.identity(), Writing.comma().withQuotedLines()),
  /** Each cell in quotes of a word processor. */
  TYPOGRAPHIC_QUOTES(everyCell(cell -> "\u201c" + cell + "\u201d")),
  /** A byte order mark. */
  BYTE_ORDER_MARK(UnaryOperator.identity(), Writing.comma().after("\ufeff")),
  /** Two bytes a character and no mark that says so. */
  UTF_16_WITHOUT_MARK(UnaryOperator.identity(), Writing.comma().in(StandardCharsets.UTF_16LE)),
  /** The same with a mark and tabs, as a spreadsheet saves "Unicode text". */
  UNICODE_TEXT(
      UnaryOperator.identity(), Writing.tabs().after("\ufeff").in(StandardCharsets.UTF_16LE)),
  /** The encoding of an old spreadsheet. */
  WINDOWS_1252(UnaryOperator.identity(), Writing.comma().in(Charset.forName("windows-1252"))),
  /** UTF-8 that was read as if it were not. */
  GARBLED_LETTERS(everyCell(Resave::garbled)),
  /** Line breaks as on an old computer. */
  CARRIAGE_RETURNS(UnaryOperator.identity(), Writing.comma().brokenBy("\r")),
  /** Rows upside down. */
  SORTED_THE_OTHER_WAY(body(Resave::reversed)),
  /** Sorted by the text of the last column. */
  SORTED_BY_THE_LAST_COLUMN(body(Resave::byLastColumn)),
  /** Every second row filtered out. */
  FILTERED(body(Resave::everySecond)),
  /** A row of sums at the end, called Total. */
  TOTALS(body(rows -> withTotals(rows, "Total"))),
  /** The same without a word. */
  NAMELESS_TOTALS(body(rows -> withTotals(rows, ""))),
  /** The same with the count of rows in the word. */
  GRAND_TOTALS(body(rows -> withTotals(rows, "Grand total (12 rows)"))),
  /** Sums in the middle and at the end, as a spreadsheet's subtotals. */
  SUBTOTALS(body(Resave::withSubtotals)),
  /** The rows pasted below themselves. */
  PASTED_TWICE(enough(rows -> concat(rows, rows))),
  /** The second half of the rows pasted below once more. */
  PASTED_IN_PART(enough(rows -> concat(rows, rows.subList(rows.size() / 2, rows.size())))),
  /** Each row twice, one below the other. */
  EACH_ROW_TWICE(enough(rows -> rows.stream().flatMap(row -> Stream.of(row, row)).toList())),
  /** The whole sheet pasted below itself, its header in the middle. */
  PASTED_TWICE_WITH_HEADER(
      grid ->
          new Grid(
              concat(grid.rows(), grid.rows().subList(grid.header(), grid.size())), grid.header())),
  /** Half of the rows below a header of its own, the last column moved to the front. */
  PASTED_BELOW_IN_ANOTHER_ORDER(Resave::withRowsOfAnotherOrder),
  /** The last column moved to the front. */
  COLUMNS_MOVED(grid -> grid.each(Resave::lastFirst)),
  /** A column of someone's own in the middle. */
  OWN_COLUMN(Resave::withOwnColumn),
  /** A column copied to the end with its name. */
  COLUMN_COPIED(grid -> grid.each(row -> concat(row, row.subList(0, Math.min(1, row.size()))))),
  /** An empty column in front, as where a sheet begins in column B. */
  EMPTY_FIRST_COLUMN(grid -> grid.each(row -> concat(List.of(""), row))),
  /** An empty row in the middle. */
  EMPTY_ROW(
      body(
          rows ->
              rows.isEmpty()
                  ? rows
                  : concat(
                      rows.subList(0, 1),
                      concat(
                          List.of(Collections.nCopies(rows.get(0).size(), "")),
                          rows.subList(1, rows.size()))))),
  /** A title above the header. */
  TITLE_ABOVE(
      grid ->
          new Grid(
              concat(List.of(List.of("Report"), List.of("")), grid.rows()), grid.header() + 2)),
  /** Names of columns in capitals. */
  HEADER_IN_CAPITALS(header(name -> name.toUpperCase(Locale.ROOT))),
  /** Two blanks between the words of the names of columns. */
  HEADER_WITH_BLANKS(header(name -> " " + name.replace(" ", "\n ") + "\u00a0")),
  /** No-break spaces around each cell. */
  NO_BREAK_SPACES(everyCell(cell -> "\u00a0" + cell + "\u00a0")),
  /** Invisible characters around each cell. */
  INVISIBLE_BLANKS(everyCell(cell -> "\u200b" + cell + "\u200b\ufeff")),
  /** Empty cells at the end of each row and empty rows at the end, as a spreadsheet leaves them. */
  EMPTY_EDGES(Resave::withEmptyEdges),
  /** Empty cells that hold a blank. */
  BLANK_CELLS(empty(" ")),
  /** Letters with marks written as two characters, as on some file systems and keyboards. */
  DECOMPOSED_LETTERS(everyCell(cell -> Normalizer.normalize(cell, Normalizer.Form.NFD)));

  private static final Pattern DECIMAL = Pattern.compile("-?\\d+\\.\\d+");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final Pattern NUMERIC_DATE =
      Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{2,4}.*)", Pattern.DOTALL);
  private static final Pattern ISO_DATE =
      Pattern.compile("(?:d:)?(\\d{4}-\\d{2}-\\d{2})(?:[ T](\\d{2}:\\d{2})(?::00)?)?");
  private static final Pattern NAMED_MONTH =
      Pattern.compile("(\\p{Lu}\\p{Ll}{2})\\p{Ll}* (\\d{1,2}),? 20(\\d\\d)");
  private static final Pattern TIME =
      Pattern.compile("(?<![:\\d])(\\d{1,2}:\\d{2})(:\\d{2})?( ?[AaPp][Mm])?$");
  private static final Pattern LONG_NUMBER = Pattern.compile("(?:n:)?([1-9]\\d{11,})");
  private static final Pattern ACCENTED = Pattern.compile("[\u00c0-\u00ff]");

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

    Writing brokenBy(String other) {
      return new Writing(delimiter, charset, before, quotedLines, other);
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
      return line.toString().replaceFirst("\r?\n$", "");
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
    if (!workbook) {
      byte[] bytes = writing.bytes(changed);
      return Optional.of(bytes).filter(b -> !Arrays.equals(b, Writing.comma().bytes(grid)));
    }
    if (changed.equals(grid)) {
      return Optional.empty();
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

  /** Of a row or two that come again nobody can say whether that happened twice. */
  private static UnaryOperator<Grid> enough(UnaryOperator<List<List<String>>> change) {
    return body(rows -> rows.size() < 6 ? rows : change.apply(rows));
  }

  private static UnaryOperator<Grid> cells(UnaryOperator<String> change) {
    return body(rows -> rows.stream().map(row -> row.stream().map(change).toList()).toList());
  }

  private static UnaryOperator<Grid> everyCell(UnaryOperator<String> change) {
    return grid ->
        grid.each(
            row -> row.stream().map(cell -> cell.isEmpty() ? cell : change.apply(cell)).toList());
  }

  private static UnaryOperator<Grid> empty(String word) {
    return body(
        rows ->
            rows.stream()
                .map(row -> row.stream().map(cell -> cell.isEmpty() ? word : cell).toList())
                .toList());
  }

  private static UnaryOperator<Grid> header(UnaryOperator<String> change) {
    return grid -> {
      List<List<String>> rows = new ArrayList<>(grid.rows());
      rows.set(grid.header(), rows.get(grid.header()).stream().map(change).toList());
      return new Grid(rows, grid.header());
    };
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static String decimalComma(String cell) {
    return DECIMAL.matcher(cell).matches() ? cell.replace('.', ',') : cell;
  }

  private static String dayFirst(String cell) {
    Matcher date = NUMERIC_DATE.matcher(cell);
    return date.matches() ? date.group(2) + "/" + date.group(1) + "/" + date.group(3) : cell;
  }

  private static String isoDate(String cell, String dateFormat, String timeFormat) {
    Matcher date = ISO_DATE.matcher(cell);
    if (!date.matches()) {
      return cell;
    }
    String day =
        LocalDate.parse(date.group(1)).format(DateTimeFormatter.ofPattern(dateFormat, Locale.ROOT));
    return date.group(2) == null
        ? day
        : day
            + " "
            + LocalTime.parse(date.group(2))
                .format(DateTimeFormatter.ofPattern(timeFormat, Locale.ROOT));
  }

  /** Columns with days above 12, which stay; of the others nothing would tell. */
  private static List<List<String>> datesReadInPart(List<List<String>> rows) {
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(
                        i ->
                            rows.stream().anyMatch(r -> i < r.size() && isLateDay(r.get(i)))
                                ? readAsDayFirst(row.get(i))
                                : row.get(i))
                    .toList())
        .toList();
  }

  private static boolean isLateDay(String cell) {
    Matcher date = NUMERIC_DATE.matcher(cell);
    return date.matches() && Integer.parseInt(date.group(2)) > 12;
  }

  private static String readAsDayFirst(String cell) {
    Matcher date = NUMERIC_DATE.matcher(cell);
    return date.matches() && date.group(3).length() == 4 && Integer.parseInt(date.group(2)) <= 12
        ? "%s-%02d-%02d"
            .formatted(
                date.group(3), Integer.parseInt(date.group(2)), Integer.parseInt(date.group(1)))
        : cell;
  }

  private static List<List<String>> datesAsTextInSomeRows(List<List<String>> rows) {
    List<List<String>> changed = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      changed.add(
          i % 2 == 0
              ? rows.get(i)
              : rows.get(i).stream()
                  .map(cell -> cell.startsWith("d:") ? isoDate(cell, "M/d/yyyy", "H:mm") : cell)
                  .toList());
    }
    return changed;
  }

  private static String withoutZeros(String cell) {
    return NUMERIC_DATE.matcher(cell).matches()
        ? cell.replaceFirst("^0", "").replaceFirst("/0", "/")
        : cell;
  }

  private static String shortYear(String cell) {
    return NUMERIC_DATE.matcher(cell).matches() ? cell.replaceFirst("/20(\\d\\d)", "/$1") : cell;
  }

  private static String withSeconds(String cell) {
    Matcher time = TIME.matcher(cell);
    return time.find() && time.group(2) == null ? time.replaceFirst("$1:00$3") : cell;
  }

  private static String monthAsShown(String cell) {
    Matcher date = NAMED_MONTH.matcher(cell);
    return date.matches() ? date.group(2) + "-" + date.group(1) + "-" + date.group(3) : cell;
  }

  private static String of24Hours(String cell) {
    Matcher time = TIME.matcher(cell);
    if (!time.find() || time.group(3) == null) {
      return cell;
    }
    String[] parts = time.group(1).split(":", 2);
    boolean afternoon = time.group(3).strip().equalsIgnoreCase("pm");
    int hour = Integer.parseInt(parts[0]) % 12 + (afternoon ? 12 : 0);
    String seconds = time.group(2) == null ? "" : time.group(2);
    return cell.substring(0, time.start()) + hour + ":" + parts[1] + seconds;
  }

  private static String scientific(String cell) {
    Matcher number = LONG_NUMBER.matcher(cell);
    return number.matches()
        ? new BigDecimal(number.group(1))
            .round(new MathContext(6))
            .toString()
            .replaceFirst("0*E", "E")
        : cell;
  }

  private static String cut(String cell) {
    Matcher number = LONG_NUMBER.matcher(cell);
    return number.matches()
        ? new BigDecimal(number.group(1), new MathContext(15)).toPlainString()
        : cell;
  }

  private static String thousands(String cell) {
    return cell.matches("[1-9]\\d{3,9}")
        ? String.format(Locale.ROOT, "%,d", Long.parseLong(cell))
        : cell;
  }

  /**
   * An amount in another form.
   *
   * @param marks what stands between thousands and before decimals
   */
  private static String amount(String cell, String format, String marks) {
    if (!cell.matches("-?\\d+\\.\\d\\d?")) {
      return cell;
    }
    StringBuilder amount = new StringBuilder();
    for (char c : String.format(Locale.ROOT, format, new BigDecimal(cell)).toCharArray()) {
      amount.append(c == ',' ? marks.charAt(0) : c == '.' ? marks.charAt(1) : c);
    }
    return amount.toString();
  }

  private static String negative(String cell, String format) {
    return DECIMAL.matcher(cell).matches() && cell.startsWith("-")
        ? format.formatted(cell.substring(1))
        : cell;
  }

  private static String wholeAmount(String cell) {
    return cell.matches("-?\\d+\\.0+") ? cell.substring(0, cell.indexOf('.')) : cell;
  }

  private static String garbled(String cell) {
    return ACCENTED.matcher(cell).find()
        ? new String(cell.getBytes(StandardCharsets.UTF_8), Charset.forName("windows-1252"))
        : cell;
  }

  private static List<List<String>> reversed(List<List<String>> rows) {
    List<List<String>> reversed = new ArrayList<>(rows);
    Collections.reverse(reversed);
    return reversed;
  }

  private static List<List<String>> byLastColumn(List<List<String>> rows) {
    return rows.stream()
        .sorted(Comparator.comparing(row -> row.isEmpty() ? "" : row.get(row.size() - 1)))
        .toList();
  }

  private static List<List<String>> everySecond(List<List<String>> rows) {
    return Stream.iterate(0, i -> i < rows.size(), i -> i + 2).map(rows::get).toList();
  }

  private static List<List<String>> withSubtotals(List<List<String>> rows) {
    int half = rows.size() / 2;
    return concat(
        withTotals(rows.subList(0, half), "Claire Adams Total"),
        withTotals(rows.subList(half, rows.size()), "Kim Total"));
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

  private static Grid withRowsOfAnotherOrder(Grid grid) {
    int half = grid.header() + 1 + (grid.size() - grid.header() - 1) / 2;
    List<List<String>> below = new ArrayList<>(List.of(grid.rows().get(grid.header())));
    below.addAll(grid.rows().subList(half, grid.size()));
    return new Grid(
        concat(grid.rows().subList(0, half), below.stream().map(Resave::lastFirst).toList()),
        grid.header());
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
