package medspa.jobs.ingest;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import medspa.jobs.ingest.Mapping.Header;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.jobs.read.CellFault;
import medspa.jobs.read.ExportFile;
import medspa.jobs.read.ExportReader;
import medspa.jobs.read.FileRefusedException;
import medspa.jobs.read.Format;
import medspa.jobs.read.RowSink;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Spelling;
import medspa.warehouse.query.Sql;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Loads the columns of an export that its mapping reads into a table of text: {@code source_line},
 * {@code is_ragged}, one column per header, and a map from value to cell for each group of wide
 * columns; a look-up's line is {@code lookup_line}, so that a join with it leaves {@code
 * source_line} one meaning. Other columns, such as names and phone numbers, never reach the engine.
 * An empty cell is NULL; every other one has its one spelling. Rows of totals are left out and
 * counted.
 */
final class ExportTable implements RowSink {
  /** The table of the export itself. */
  static final String EXPORT = "source";

  /** Rows among which a header is looked for, so that a refusal can tell where it is. */
  private static final int SEARCHED = 20;

  /** Among so many cells two names of columns show that another header may stand there. */
  private static final int NAMES_SOUGHT = 4;

  /** What a column may be called that says of a row that it does not count. */
  private static final Pattern VERDICT =
      Pattern.compile("(?i)(is )?(void|voided|cancell?ed|deleted)|(.* )?status");

  /** What stands there of a row that does not. */
  private static final Set<String> DOES_NOT_COUNT =
      Set.of("void", "voided", "cancelled", "canceled", "deleted", "declined");

  private static final Set<String> SET = Set.of("true", "t", "yes", "y", "1", "x");

  /** Which rows of the export are of one client: a number made of all that names it. */
  static final String CLIENT_LINES = "medspa_client_lines";

  private final DuckDBConnection connection;
  private final String table;
  private final Mapping mapping;
  private final Header header;
  private final Set<String> columns;
  private final Format format;
  private final Recognition recognition;
  private final Map<String, Integer> positions = new LinkedHashMap<>();
  private final Map<String, Map<String, Integer>> widePositions = new LinkedHashMap<>();
  private final List<List<String>> titles = new ArrayList<>();
  private final Map<Long, Long> fingerprints = new HashMap<>();
  private final ClientNames clients;
  private List<List<Integer>> clientPositions = List.of();
  private final boolean hasRowsWithoutKey;

  /** Whether the mapping gives rows the cell above them. */
  private final boolean fillsDown;

  private List<String> headerRow = List.of();
  private final NumericDates dates;
  private DuckDBAppender appender;
  private DuckDBAppender clientLines;
  private final Map<Integer, String> verdicts = new LinkedHashMap<>();
  private int width;
  private int longestName;
  private long headerLine;
  private int columnsDropped;
  private List<String> unknown = List.of();
  private TotalRows totalRows;
  private final Map<String, DateKinds> dateKinds = new LinkedHashMap<>();
  private final Map<String, ClockKinds> clockKinds = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();
  private long records;
  private long totals;

  private ExportTable(
      DuckDBConnection connection,
      String table,
      Mapping mapping,
      Format format,
      Recognition recognition,
      ClientNames clients) {
    this.connection = connection;
    this.clients = clients;
    this.table = table;
    this.mapping = mapping;
    this.header = mapping.header();
    this.columns = header.read();
    this.format = format;
    this.dates = new NumericDates(mapping.dates().stream().findFirst());
    this.recognition = recognition;
    this.fillsDown = mapping.tables().stream().anyMatch(TableMapping::fillsDown);
    this.hasRowsWithoutKey =
        mapping.tables().stream()
            .anyMatch(
                t ->
                    !t.ownLineKey()
                        || t.makesUpKey(TableContracts.load().table(t.table()), mapping.header()));
  }

  /**
   * What was loaded.
   *
   * @param records rows of the file after the header, without totals
   * @param totals rows that were left out because they add up others
   * @param columnsDropped columns of the file that were left out
   * @param unknown those of them that the mapping does not list
   * @param titles the rows above the header
   * @param fingerprints of each row a number that is equal for rows equal in every cell, by line;
   *     only of exports with rows that have no key of the vendor's
   * @param dates those of the columns whose order of day and month must be told
   * @param sha256 of the bytes that were read; nothing if the file was exchanged meanwhile
   */
  record Loaded(
      long records,
      long totals,
      int columnsDropped,
      List<String> unknown,
      List<List<String>> titles,
      Map<Long, Long> fingerprints,
      NumericDates dates,
      Optional<String> sha256) {}

  /**
   * Loads one file into a new table, or appends it when the table is there already.
   *
   * @param clients gets what the file tells of its clients, also if it is refused
   */
  static Loaded load(
      DuckDBConnection connection,
      String table,
      ExportFile file,
      Source source,
      Mappings mappings,
      ClientNames clients)
      throws FileRefusedException, SQLException {
    ExportTable sink =
        new ExportTable(
            connection,
            table,
            source.mapping().mapping(),
            source.format(),
            new Recognition(mappings.all()),
            clients);
    sink.createTable();
    Optional<String> sha256;
    try {
      sha256 = ExportReader.readWhole(file, sink.format, sink.wanted(), sink);
    } finally {
      if (sink.appender != null) {
        sink.appender.close();
      }
      if (sink.clientLines != null) {
        sink.clientLines.close();
      }
    }
    if (sink.appender == null) {
      throw sink.noHeader();
    }
    for (ClockKinds kinds : sink.clockKinds.values()) {
      kinds.check();
    }
    return new Loaded(
        sink.records,
        sink.totals,
        sink.columnsDropped,
        sink.unknown,
        sink.titles.subList(0, sink.titles.size() - 1),
        sink.fingerprints,
        sink.dates,
        sha256);
  }

  /** The table of an export that is not there: its columns, and no rows. */
  static void empty(DuckDBConnection connection, String table, Mapping mapping)
      throws SQLException {
    new ExportTable(
            connection,
            table,
            mapping,
            mapping.format(),
            new Recognition(List.of()),
            new ClientNames())
        .createTable();
  }

  /** The columns that are looked at: of JSON no others come. */
  private Set<String> wanted() {
    Set<String> wanted = new LinkedHashSet<>(columns);
    mapping.clients().forEach(wanted::addAll);
    return wanted;
  }

  private void createTable() throws SQLException {
    List<String> typed =
        new ArrayList<>(
            isLookup()
                ? List.of("lookup_line BIGINT")
                : List.of("source_line BIGINT", "is_ragged BOOLEAN"));
    columns.forEach(column -> typed.add(Sql.identifier(column) + " VARCHAR"));
    header
        .wide()
        .keySet()
        .forEach(column -> typed.add(Sql.identifier(column) + " MAP(VARCHAR, VARCHAR)"));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS %s (%s)"
              .formatted(Sql.identifier(table), String.join(", ", typed)));
      if (!isLookup()) {
        statement.execute(
            "CREATE OR REPLACE TABLE %s (source_line BIGINT, client BIGINT)"
                .formatted(CLIENT_LINES));
      }
    }
  }

  private boolean isLookup() {
    return !table.equals(EXPORT);
  }

  @Override
  public boolean row(long line, List<String> fields) throws FileRefusedException {
    if (appender != null) {
      if (fields.equals(headerRow)) {
        throw FileRefusedException.line(
            line,
            "The header stands here again, as where two exports were pasted into one file.",
            "Take this line out if the rows below it are not those above once more, or give each"
                + " export a file of its own.");
      }
      refuseOtherHeader(line, fields);
      append(line, CellWriting.bare(fields));
      return true;
    }
    titles.add(fields);
    List<String> names = header.known(fields);
    if (header.missing(names).isEmpty()) {
      refuseTitles(line);
      headerLine = line;
      readHeader(line, names);
      headerRow = fields;
      // In the export's own words, which the mapping may know others for.
      for (String name : fields) {
        if (!name.isEmpty()) {
          this.names.add(asName(name));
          longestName = Math.max(longestName, 2 * name.length());
        }
      }
    } else if (titles.size() >= Math.max(format.headerWithin(), SEARCHED)) {
      throw noHeader();
    }
    return true;
  }

  @Override
  public boolean isHeader(List<String> fields) {
    return header.missing(header.known(fields)).isEmpty();
  }

  @Override
  public void merged(long firstLine, long lastLine, int firstColumn, int lastColumn)
      throws FileRefusedException {
    if (firstLine == lastLine || firstLine <= headerLine || fillsDown) {
      return;
    }
    for (Map.Entry<String, Integer> column : positions.entrySet()) {
      if (column.getValue() >= firstColumn && column.getValue() <= lastColumn) {
        throw FileRefusedException.column(
            firstLine,
            column.getKey(),
            "Cells of "
                + column.getKey()
                + " are merged down to line "
                + lastLine
                + ": what they show stands in the first row only, and the others are empty.",
            "Take the export as CSV, or unmerge the cells and fill in what belongs to each row; in a"
                + " mapping of your own, last_value(… IGNORE NULLS) fills them.");
      }
    }
  }

  /** A header of another layout, under which the columns above have other cells. */
  private void refuseOtherHeader(long line, List<String> fields) throws FileRefusedException {
    int hits = 0;
    for (int i = 0; i < Math.min(NAMES_SOUGHT, fields.size()); i++) {
      String cell = fields.get(i);
      if (cell.length() <= longestName && names.contains(asName(cell))) {
        hits++;
      }
    }
    if (hits < 2) {
      return;
    }
    long named = fields.stream().filter(cell -> names.contains(asName(cell))).count();
    if (named * 2 > names.size()) {
      throw FileRefusedException.line(
          line,
          "Names of columns stand here again, in another order or spelling: another export begins"
              + " below them.",
          "Give each export, or each part of the report, a file of its own.");
    }
  }

  /** As the names of columns are compared to find them again. */
  private static String asName(String cell) {
    return Spelling.of(cell).toLowerCase(Locale.ROOT);
  }

  /** A header below lines that the export does not have, as where somebody gave it a title. */
  private void refuseTitles(long line) throws FileRefusedException {
    if (titles.size() > format.headerWithin()) {
      throw FileRefusedException.line(
          line,
          "The header stands on line " + line + ", below lines that are no part of the export.",
          "Take out the lines above it, or say `file: {header_within: "
              + titles.size()
              + "}` in a mapping of your own.");
    }
  }

  private FileRefusedException noHeader() {
    return recognition.refusal(
        mapping, titles.subList(0, Math.min(titles.size(), format.headerWithin())));
  }

  private void readHeader(long line, List<String> names) throws FileRefusedException {
    for (String column : columns) {
      int position = names.indexOf(column);
      if (position != names.lastIndexOf(column)) {
        // Only a column that the mapping knows is named: any other cell may be a client's name.
        throw FileRefusedException.column(
            line,
            column,
            "The header has the column " + column + " twice.",
            "Say in the header of the mapping which one is meant: "
                + column
                + " is the first and \""
                + column
                + "#2\" the second, once the latter is listed under required, optional or ignored;"
                + " or rename one of them in the file.");
      }
      if (position >= 0) {
        positions.put(column, position);
      }
    }
    header
        .wide()
        .forEach(
            (name, pattern) -> {
              Map<String, Integer> found = new LinkedHashMap<>();
              for (int i = 0; i < names.size(); i++) {
                Matcher matcher = pattern.matcher(names.get(i));
                if (matcher.matches()) {
                  found.put(matcher.group(1), i);
                }
              }
              widePositions.put(name, found);
            });
    width = names.size();
    while (width > 0 && names.get(width - 1).isEmpty()) {
      width--;
    }
    clientPositions =
        mapping.clients().stream()
            .map(group -> group.stream().map(names::indexOf).toList())
            .filter(group -> group.stream().anyMatch(position -> position >= 0))
            .toList();
    Set<Integer> read = new LinkedHashSet<>(positions.values());
    widePositions.values().forEach(found -> read.addAll(found.values()));
    totalRows = new TotalRows(header.totals().stream().map(positions::get).toList());
    columnsDropped = names.size() - read.size();
    unknown = header.unknown(names);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (!isLookup() && unknown.contains(name) && VERDICT.matcher(name).matches()) {
        verdicts.put(i, name);
      }
    }
    try {
      appender = connection.createAppender("main", table);
      if (!isLookup() && !clientPositions.isEmpty()) {
        clientLines = connection.createAppender("main", CLIENT_LINES);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The table " + table + " was made just now", e);
    }
  }

  private void append(long line, List<String> fields) throws FileRefusedException {
    if (totalRows.isTotal(fields)) {
      totals++;
      return;
    }
    records++;
    refuseIfItMayNotCount(line, fields);
    if (hasRowsWithoutKey) {
      fingerprints.put(line, fingerprint(fields));
    }
    long client = client(fields);
    List<String> values = new ArrayList<>(columns.size());
    for (String column : columns) {
      String value = cell(line, column, fields, positions.get(column));
      values.add(value);
      if (!value.isEmpty() && mapping.dates().contains(column)) {
        dates.add(line, column, value);
      }
    }
    List<Map<String, String>> wide = new ArrayList<>();
    for (Map.Entry<String, Map<String, Integer>> found : widePositions.entrySet()) {
      Map<String, String> cells = new LinkedHashMap<>();
      for (Map.Entry<String, Integer> position : found.getValue().entrySet()) {
        String value = cell(line, found.getKey(), fields, position.getValue());
        if (!value.isEmpty()) {
          cells.put(position.getKey(), value);
        }
      }
      wide.add(cells);
    }
    try {
      appender.beginRow();
      appender.append(line);
      if (!isLookup()) {
        appender.append(isRagged(fields));
      }
      for (String value : values) {
        if (value.isEmpty()) {
          appender.append((String) null);
        } else {
          appender.append(value);
        }
      }
      for (Map<String, String> cells : wide) {
        appender.append(cells);
      }
      appender.endRow();
      if (clientLines != null && client != 0) {
        clientLines.beginRow();
        clientLines.append(line);
        clientLines.append(client);
        clientLines.endRow();
      }
    } catch (SQLException e) {
      // The engine's message may quote the cell; it must go no further.
      throw new IllegalStateException("Line " + line + " cannot be loaded");
    }
  }

  /** A row that a column which nobody reads calls void would count like any other. */
  private void refuseIfItMayNotCount(long line, List<String> fields) throws FileRefusedException {
    for (Map.Entry<Integer, String> verdict : verdicts.entrySet()) {
      String name = verdict.getValue().toLowerCase(Locale.ROOT);
      String word =
          verdict.getKey() < fields.size()
              ? TableIngest.plainWord(Spelling.of(fields.get(verdict.getKey())))
              : "";
      if (DOES_NOT_COUNT.contains(word) || (!name.endsWith("status") && SET.contains(word))) {
        throw FileRefusedException.line(
            line,
            "Column number "
                + (verdict.getKey() + 1)
                + ", which the mapping does not know, seems to say that this row does not count.",
            "Export without such rows, or take the column out if they count; a mapping of your own can"
                + " leave them out by `where`, or list the column under `ignored`.");
      }
    }
  }

  /** Notes the client of a row; 0 if it names none. */
  private long client(List<String> fields) {
    long client = 0;
    for (List<Integer> group : clientPositions) {
      List<String> parts = new ArrayList<>(group.size());
      boolean blank = true;
      for (int place : group) {
        String part = place >= 0 && place < fields.size() ? fields.get(place) : "";
        parts.add(part);
        blank &= part.isBlank();
      }
      if (!blank) {
        clients.add(parts);
        client = client * 31 + fingerprint(parts);
      }
    }
    return client;
  }

  /** Empty cells at the end of a row make it no other one. */
  private static long fingerprint(List<String> fields) {
    int last = fields.size();
    while (last > 0 && fields.get(last - 1).isEmpty()) {
      last--;
    }
    long print = 1;
    for (String field : fields.subList(0, last)) {
      for (int i = 0; i < field.length(); i++) {
        print = (print ^ field.charAt(i)) * 0x100000001b3L;
      }
      print = (print ^ 0x1f) * 0x100000001b3L;
    }
    return print;
  }

  /** The text of a cell in its one spelling; empty where the file has no such column. */
  private String cell(long line, String column, List<String> fields, Integer position)
      throws FileRefusedException {
    if (position == null || position >= fields.size()) {
      return "";
    }
    Optional<CellFault> fault = CellFault.of(fields.get(position));
    if (fault.isPresent()) {
      throw fault.get().refusal(line, column);
    }
    String value = Spelling.of(fields.get(position));
    fault = CellFault.of(value);
    if (fault.isPresent()) {
      throw fault.get().refusal(line, column);
    }
    dateKinds.computeIfAbsent(column, DateKinds::new).see(line, value);
    clockKinds.computeIfAbsent(column, ClockKinds::new).see(line, value);
    return value;
  }

  /** Whether a field is missing or one too many; an empty one at the end is neither. */
  private boolean isRagged(List<String> fields) {
    if (fields.size() < width) {
      return !format.shortRows();
    }
    return fields.subList(width, fields.size()).stream().anyMatch(field -> !field.isBlank());
  }
}
