package medspa.warehouse.reference;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.WholeDeliveries;
import medspa.warehouse.query.Row;
import medspa.warehouse.query.Sql;
import medspa.warehouse.query.WarehouseQuery;

/**
 * What a practice's reference workbook is suggested with: a row for each thing that its exports or
 * its former workbook name, what is told of it and by whom, and what can be seen of it. No client
 * is in it: ids that may name one are left out.
 *
 * @param practiceId the practice
 * @param practice its name
 * @param locations ids of its locations
 * @param sheets in their order
 */
public record ReferenceSuggestion(
    String practiceId, String practice, List<String> locations, List<Sheet> sheets) {
  /** The mapping by which filled-in workbooks were read. */
  static final String FORMAT = "reference-workbook";

  /** What ids begin with that may name a client. */
  private static final String MASKED = "masked-";

  private static final String NOBODY = "unattributed";
  private static final int DECIMALS = 4;

  /** One sheet with its rows, the most used things first. */
  public record Sheet(ReferenceSheet sheet, List<Thing> things) {}

  /**
   * A row.
   *
   * @param cells one for each column of the sheet
   * @param beside one for each of the names beside the key
   * @param seen one for each of the columns that are only shown
   * @param isNamed whether an export names the thing, rather than a former workbook alone
   */
  public record Thing(List<Cell> cells, List<Seen> beside, List<Seen> seen, boolean isNamed) {
    /** Whether it is a row for a thing of which nothing is known, such as a service's recipe. */
    public boolean isOpen() {
      return !beside.isEmpty()
          && cells.stream().filter(cell -> cell.origin() == Origin.KEY).count() < beside.size();
    }

    /** What is asked and told by nobody, by the labels of the sheet's columns. */
    public List<String> missing(ReferenceSheet sheet) {
      List<String> missing = new ArrayList<>();
      for (int i = 0; i < cells.size(); i++) {
        if (cells.get(i).origin() == Origin.MISSING) {
          missing.add(sheet.columns().get(i).label());
        }
      }
      return missing;
    }
  }

  /** Who tells what a cell says. */
  public enum Origin {
    /** It says which thing the row is about. */
    KEY,
    /** A person wrote it into a former workbook. */
    WRITTEN,
    /** The exports do. */
    TOLD,
    /** Nobody, and it is asked. */
    MISSING,
    /** Nobody, and nothing rests on it. */
    OPEN
  }

  /**
   * A cell to fill in.
   *
   * @param text as a person would write it; empty where nobody tells it
   */
  public record Cell(Origin origin, String text) {}

  /** What is only shown; nothing in it where nothing was seen. */
  public record Seen(Optional<BigDecimal> number, Optional<LocalDate> day, Optional<String> text) {
    private static final Seen NOTHING =
        new Seen(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * Looks at what a practice's exports tell.
   *
   * @param lake which holds the former workbooks
   * @throws IllegalArgumentException if the practice is not in the warehouse
   * @throws medspa.warehouse.query.QueryException if the warehouse cannot be read
   */
  public static ReferenceSuggestion of(WarehouseQuery warehouse, Lake lake, String practiceId) {
    List<String> names =
        warehouse.rows(
            "SELECT name FROM practices WHERE practice_id = ?",
            row -> row.text("name"),
            practiceId);
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no practice "
              + practiceId
              + " in the warehouse; there are "
              + String.join(", ", practices(warehouse)));
    }
    List<String> locations =
        warehouse.rows(
            "SELECT location_id FROM locations WHERE practice_id = ? ORDER BY location_id",
            row -> row.text("location_id"),
            practiceId);
    Bronze bronze = Bronze.read(lake);
    List<Sheet> sheets =
        ReferenceSheets.load().stream()
            .map(
                sheet ->
                    new Sheet(
                        sheet,
                        new Things(
                                sheet,
                                seen(warehouse, sheet, practiceId),
                                told(
                                    published(warehouse, sheet, practiceId),
                                    bronze,
                                    lake,
                                    sheet,
                                    practiceId),
                                written(bronze, lake, sheet, practiceId))
                            .rows()))
            .toList();
    return new ReferenceSuggestion(practiceId, names.get(0), locations, joined(sheets));
  }

  /** The practices of a warehouse, by id. */
  public static List<String> practices(WarehouseQuery warehouse) {
    return warehouse.rows(
        "SELECT practice_id FROM practices ORDER BY practice_id", row -> row.text("practice_id"));
  }

  /** How many rows a person wrote about things that no export names, by sheet. */
  public Map<String, Long> unnamed() {
    Map<String, Long> unnamed = new LinkedHashMap<>();
    for (Sheet sheet : sheets) {
      long rows = sheet.things().stream().filter(thing -> !thing.isNamed()).count();
      if (rows > 0) {
        unnamed.put(sheet.sheet().name(), rows);
      }
    }
    return unnamed;
  }

  /** How many services were performed whose recipe nobody tells; some may use nothing. */
  public long withoutRecipe() {
    return sheets.stream().flatMap(sheet -> sheet.things().stream()).filter(Thing::isOpen).count();
  }

  /** How many cells are asked and told by nobody. */
  public long missing() {
    return sheets.stream()
        .flatMap(sheet -> sheet.things().stream().map(thing -> thing.missing(sheet.sheet())))
        .mapToLong(List::size)
        .sum();
  }

  private static List<Seen> read(List<SeenColumn> columns, Row row) throws SQLException {
    List<Seen> seen = new ArrayList<>();
    for (SeenColumn column : columns) {
      seen.add(
          switch (column.kind()) {
            case NUMBER -> new Seen(number(row, column), Optional.empty(), Optional.empty());
            case DAY ->
                new Seen(Optional.empty(), row.optionalDate(column.name()), Optional.empty());
            case TEXT ->
                new Seen(Optional.empty(), Optional.empty(), row.optionalText(column.name()));
          });
    }
    return seen;
  }

  /** Medians are doubles, counts are integers, amounts have four decimals: enough for all. */
  private static Optional<BigDecimal> number(Row row, SeenColumn column) throws SQLException {
    OptionalDouble number = row.optionalNumber(column.name());
    return number.isEmpty()
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(number.getAsDouble()).setScale(DECIMALS, RoundingMode.HALF_EVEN));
  }

  private static Map<List<String>, List<Seen>> seen(
      WarehouseQuery warehouse, ReferenceSheet sheet, String practiceId) {
    Map<List<String>, List<Seen>> seen = new LinkedHashMap<>();
    warehouse.rows(
        Definitions.resource("reference/" + sheet.contract().name() + ".sql"),
        row -> seen.put(key(sheet, row), read(sheet.seen(), row)),
        practiceId);
    return seen;
  }

  private static List<String> key(ReferenceSheet sheet, Row row) throws SQLException {
    List<String> key = new ArrayList<>();
    for (ReferenceColumn column : sheet.key()) {
      key.add(row.text(column.name()));
    }
    return key;
  }

  private static String texts(ReferenceSheet sheet) {
    return sheet.columns().stream()
        .map(column -> "CAST(%1$s AS VARCHAR) AS %1$s".formatted(Sql.identifier(column.name())))
        .collect(Collectors.joining(", "));
  }

  private static Map<List<String>, Map<String, String>> published(
      WarehouseQuery warehouse, ReferenceSheet sheet, String practiceId) {
    Map<List<String>, Map<String, String>> published = new LinkedHashMap<>();
    warehouse.rows(
        "SELECT %s FROM %s WHERE practice_id = ? ORDER BY ALL"
            .formatted(texts(sheet), Sql.identifier(sheet.contract().name())),
        row -> {
          Map<String, String> cells = new HashMap<>();
          for (ReferenceColumn column : sheet.columns()) {
            row.optionalText(column.name())
                .ifPresent(text -> cells.put(column.name(), written(column, text)));
          }
          return published.put(key(sheet, row), cells);
        },
        practiceId);
    return published;
  }

  /** What former workbooks say, of each source the newest. */
  private static Map<List<String>, Map<String, String>> written(
      Bronze bronze, Lake lake, ReferenceSheet sheet, String practiceId) {
    List<Batch> newest =
        WholeDeliveries.newest(
                bronze.current().stream()
                    .filter(batch -> batch.mapping().equals(FORMAT))
                    .filter(batch -> batch.practiceId().equals(practiceId))
                    .toList(),
                sheet.contract().name())
            .values()
            .stream()
            .sorted(Comparator.comparingLong(Batch::order))
            .toList();
    Map<List<String>, Map<String, String>> written = new LinkedHashMap<>();
    for (Batch batch : newest) {
      cells(lake, batch, sheet)
          .forEach(
              (key, cells) -> written.computeIfAbsent(key, k -> new HashMap<>()).putAll(cells));
    }
    return written;
  }

  /** What one delivery says about the things of a sheet. */
  static Map<List<String>, Map<String, String>> cells(
      Lake lake, Batch batch, ReferenceSheet sheet) {
    String table = sheet.contract().name();
    Map<List<String>, Map<String, String>> things = new LinkedHashMap<>();
    if (batch.table(table).filter(counts -> counts.rowsAccepted() > 0).isEmpty()) {
      return things;
    }
    String file = Sql.literal(lake.batchTable(batch.sourceFileId(), table).toString());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT * FROM (SELECT %s FROM read_parquet(%s) ORDER BY source_line)"
                    .formatted(texts(sheet), file))) {
      while (rows.next()) {
        List<String> key = new ArrayList<>();
        for (ReferenceColumn column : sheet.key()) {
          key.add(rows.getString(column.name()));
        }
        Map<String, String> cells = things.computeIfAbsent(key, k -> new HashMap<>());
        for (ReferenceColumn column : sheet.filled()) {
          String text = rows.getString(column.name());
          // A thing that nobody gave a name has its id there.
          if (text != null && !(column.name().equals("name") && key.contains(text))) {
            cells.put(column.name(), written(column, text));
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot read the batch " + batch.sourceFileId(), e);
    }
    return things;
  }

  /**
   * What exports tell: what is published, without what came from a workbook. One that was taken in
   * since may have taken back what an earlier one said, and the warehouse still says it.
   */
  private static Map<List<String>, Map<String, String>> told(
      Map<List<String>, Map<String, String>> published,
      Bronze bronze,
      Lake lake,
      ReferenceSheet sheet,
      String practiceId) {
    Map<List<String>, Map<String, Set<String>>> byWorkbooks = new HashMap<>();
    Map<List<String>, Map<String, List<String>>> byExports = new HashMap<>();
    List<Batch> ofPractice =
        bronze.current().stream().filter(b -> b.practiceId().equals(practiceId)).toList();
    for (Batch batch : ofPractice) {
      boolean isWorkbook = batch.mapping().equals(FORMAT);
      cells(lake, batch, sheet)
          .forEach(
              (key, cells) ->
                  cells.forEach(
                      (column, text) -> {
                        if (isWorkbook) {
                          byWorkbooks
                              .computeIfAbsent(key, k -> new HashMap<>())
                              .computeIfAbsent(column, c -> new LinkedHashSet<>())
                              .add(text);
                        } else {
                          byExports
                              .computeIfAbsent(key, k -> new HashMap<>())
                              .computeIfAbsent(column, c -> new ArrayList<>())
                              .add(text);
                        }
                      }));
    }
    Map<List<String>, Map<String, String>> told = new LinkedHashMap<>();
    published.forEach(
        (key, cells) -> {
          Map<String, String> kept = new HashMap<>();
          cells.forEach(
              (column, text) -> {
                List<String> exports =
                    byExports.getOrDefault(key, Map.of()).getOrDefault(column, List.of());
                boolean isWritten =
                    byWorkbooks
                        .getOrDefault(key, Map.of())
                        .getOrDefault(column, Set.of())
                        .contains(text);
                if (!isWritten || exports.contains(text)) {
                  kept.put(column, text);
                } else if (!exports.isEmpty()) {
                  kept.put(column, exports.get(exports.size() - 1));
                }
              });
          if (!byWorkbooks.containsKey(key) || byExports.containsKey(key) || !kept.isEmpty()) {
            told.put(key, kept);
          }
        });
    return told;
  }

  /** A value as a person would write it. */
  private static String written(ReferenceColumn column, String value) {
    if (column.column().type() == ColumnType.BOOLEAN) {
      return value.equals("true") ? "yes" : "no";
    }
    return column.isNumber() ? new BigDecimal(value).stripTrailingZeros().toPlainString() : value;
  }

  /** The rows of a sheet. */
  private record Things(
      ReferenceSheet sheet,
      Map<List<String>, List<Seen>> seen,
      Map<List<String>, Map<String, String>> told,
      Map<List<String>, Map<String, String>> written) {

    List<Thing> rows() {
      Set<List<String>> keys = new LinkedHashSet<>(seen.keySet());
      keys.addAll(told.keySet());
      keys.addAll(written.keySet());
      return keys.stream()
          .filter(key -> key.stream().noneMatch(id -> id.startsWith(MASKED) || id.equals(NOBODY)))
          .map(this::row)
          .toList();
    }

    private Thing row(List<String> key) {
      List<Cell> cells = new ArrayList<>();
      int place = 0;
      for (ReferenceColumn column : sheet.columns()) {
        cells.add(column.isKey() ? new Cell(Origin.KEY, key.get(place++)) : cell(column, key));
      }
      boolean isNamed = seen.containsKey(key) || !written.containsKey(key) || isTold(cells);
      return new Thing(
          cells,
          sheet.beside().stream().map(column -> Seen.NOTHING).toList(),
          seen.getOrDefault(key, sheet.seen().stream().map(column -> Seen.NOTHING).toList()),
          isNamed);
    }

    private static boolean isTold(List<Cell> cells) {
      return cells.stream().anyMatch(cell -> cell.origin() == Origin.TOLD);
    }

    private Cell cell(ReferenceColumn column, List<String> key) {
      String own = written.getOrDefault(key, Map.of()).get(column.name());
      if (own != null) {
        return new Cell(Origin.WRITTEN, own);
      }
      String text = told.getOrDefault(key, Map.of()).get(column.name());
      if (text != null && !(column.name().equals("name") && key.contains(text))) {
        return new Cell(Origin.TOLD, text);
      }
      return new Cell(isMissing(column, key) ? Origin.MISSING : Origin.OPEN, "");
    }

    /** Only what is used is worth the asking, and only what nothing else tells. */
    private boolean isMissing(ReferenceColumn column, List<String> key) {
      return column.isAsked()
          && (seen.containsKey(key) || !sheet.beside().isEmpty())
          && column.unlessSeen().stream()
              .allMatch(
                  name ->
                      IntStream.range(0, sheet.seen().size())
                          .filter(i -> sheet.seen().get(i).name().equals(name))
                          .allMatch(i -> seen.get(key).get(i).equals(Seen.NOTHING)));
    }
  }

  /** Completes the sheets whose rows are about things of other sheets. */
  private static List<Sheet> joined(List<Sheet> sheets) {
    Map<String, Sheet> byId = new HashMap<>();
    for (Sheet sheet : sheets) {
      if (sheet.sheet().key().size() == 1) {
        byId.put(sheet.sheet().key().get(0).name(), sheet);
      }
    }
    return sheets.stream()
        .map(sheet -> sheet.sheet().beside().isEmpty() ? sheet : joined(sheet, byId))
        .toList();
  }

  /**
   * The names of the things beside their ids, rows in the order of the first one's sheet, and a row
   * to fill in for those of that sheet that were used and have none.
   */
  private static Sheet joined(Sheet sheet, Map<String, Sheet> byId) {
    List<ReferenceColumn> key = sheet.sheet().key();
    List<Map<String, Thing>> others = key.stream().map(c -> things(byId.get(c.name()))).toList();
    Map<String, List<Thing>> rows = new LinkedHashMap<>();
    others.get(0).keySet().forEach(id -> rows.put(id, new ArrayList<>()));
    for (Thing thing : sheet.things()) {
      List<Seen> beside = new ArrayList<>();
      boolean isNamed = true;
      for (int i = 0; i < key.size(); i++) {
        Thing other = others.get(i).get(thing.cells().get(i).text());
        isNamed &= other != null && other.isNamed();
        beside.add(name(byId.get(key.get(i).name()).sheet(), other));
      }
      rows.computeIfAbsent(thing.cells().get(0).text(), id -> new ArrayList<>())
          .add(new Thing(thing.cells(), beside, thing.seen(), isNamed));
    }
    rows.forEach(
        (id, of) -> {
          Thing other = others.get(0).get(id);
          if (of.isEmpty() && other.isNamed() && !other.seen().get(0).equals(Seen.NOTHING)) {
            of.add(open(sheet.sheet(), id, name(byId.get(key.get(0).name()).sheet(), other)));
          }
        });
    return new Sheet(sheet.sheet(), rows.values().stream().flatMap(List::stream).toList());
  }

  private static Map<String, Thing> things(Sheet sheet) {
    Map<String, Thing> things = new LinkedHashMap<>();
    sheet.things().forEach(thing -> things.put(thing.cells().get(0).text(), thing));
    return things;
  }

  /** A row of which only the first id is known. */
  private static Thing open(ReferenceSheet sheet, String id, Seen name) {
    List<Cell> cells = new ArrayList<>(List.of(new Cell(Origin.KEY, id)));
    for (ReferenceColumn column : sheet.columns().subList(1, sheet.columns().size())) {
      cells.add(new Cell(column.isAsked() ? Origin.MISSING : Origin.OPEN, ""));
    }
    List<Seen> beside = new ArrayList<>(List.of(name));
    while (beside.size() < sheet.beside().size()) {
      beside.add(Seen.NOTHING);
    }
    return new Thing(cells, beside, sheet.seen().stream().map(c -> Seen.NOTHING).toList(), true);
  }

  private static Seen name(ReferenceSheet sheet, Thing thing) {
    if (thing == null) {
      return Seen.NOTHING;
    }
    String name = thing.cells().get(0).text();
    for (int i = 0; i < sheet.columns().size(); i++) {
      if (sheet.columns().get(i).name().equals("name") && !thing.cells().get(i).text().isEmpty()) {
        name = thing.cells().get(i).text();
      }
    }
    return new Seen(Optional.empty(), Optional.empty(), Optional.of(name));
  }
}
