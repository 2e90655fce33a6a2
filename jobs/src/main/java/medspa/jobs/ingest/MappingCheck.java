package medspa.jobs.ingest;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import medspa.jobs.ingest.ExportDatabase.Lookup;
import medspa.jobs.ingest.ExportDatabase.LookupFile;
import medspa.jobs.ingest.Mapping.ColumnMapping;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.jobs.read.ExportFile;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch.Period;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.market.Location;
import medspa.warehouse.query.Sql;

/**
 * Tries a mapping on one export without a workspace: what the ingestion would make of it, and why
 * it would leave rows out. Nothing is written.
 */
public final class MappingCheck {
  private static final String UNKNOWN =
      "Check that it is the whole export, try the mapping that it should be by name (`medspa mapping"
          + " list` shows them), or write one; docs/add-your-vendor.md leads through it.";

  private static final String UNKNOWN_LOOKUP =
      "Put the mapping of the look-up into the folder of the mapping that needs it, or name the"
          + " workspace by -w; it needs a header only, and no tables.";

  /** Replaced lines that are named one by one. */
  private static final int SHOWN = 20;

  private MappingCheck() {}

  /**
   * What to try.
   *
   * @param mapping id of the mapping; without one the export is recognised by its header, that of
   *     the built-in format of a table too
   * @param sample the export
   * @param location id of the location that every row is of, as a source may name it
   * @param lookups export per look-up, each recognised by its header
   * @param params settings of the mapping
   * @param zone zone of every location
   * @param now after which nothing can have happened that the export tells
   * @param rows how many mapped rows to show
   */
  public record Request(
      Mappings mappings,
      Optional<String> mapping,
      Path sample,
      Optional<String> location,
      Map<String, Path> lookups,
      Map<String, String> params,
      ZoneId zone,
      Instant now,
      int rows) {}

  /**
   * What came of it.
   *
   * @param mapping id of the mapping
   * @param records rows of the file after its header, without totals
   * @param totals rows that were left out because they add up others
   * @param period the days that the file's name or titles state
   * @param doubled why the ingestion would refuse the file although its rows can be read
   * @param columnsDropped columns of the file that are not read
   * @param unknownColumns those among them that the mapping does not list
   * @param tables what each table got
   */
  public record Result(
      String mapping,
      long records,
      long totals,
      Optional<Period> period,
      Optional<String> doubled,
      int columnsDropped,
      List<String> unknownColumns,
      List<Table> tables) {}

  /**
   * One table.
   *
   * @param rejected reason, column and number of rows, with the first line
   * @param superseded which line replaces which, because both have the same key
   * @param unknownWords words of the vendor that have no translation yet, per column
   * @param words rows per word of each vocabulary
   * @param emptyColumns mapped columns that are empty in every accepted row
   * @param columns names of the shown columns
   * @param rows the first rows as they would be stored, clients as pseudonyms under a key of this
   *     check alone
   */
  public record Table(
      TableCounts counts,
      List<String> rejected,
      List<String> superseded,
      List<String> unknownWords,
      List<String> words,
      List<String> emptyColumns,
      List<String> columns,
      List<List<String>> rows) {}

  /**
   * Runs the check.
   *
   * @throws FileRefusedException if the export would be refused whatever its rows are, or because
   *     its ids have lost digits
   * @throws IllegalArgumentException if a named mapping or a look-up it needs is missing
   */
  public static Result run(Request request) throws FileRefusedException {
    ExportFile sample = ExportFile.of(request.sample());
    Mapping mapping = mapping(request, sample);
    Location location = location(request);
    Source source = source(request, location, mapping).withParams(request.params());
    request
        .params()
        .forEach(
            (param, value) ->
                source
                    .mapping()
                    .problemOf(param, value)
                    .ifPresent(
                        problem -> {
                          throw new IllegalArgumentException("--param: " + problem);
                        }));
    Map<String, Lookup> lookups = lookups(request, location, mapping);
    try (ExportEngine engine = ExportEngine.lockedDown(mapping.workspaceCurrency());
        ExportDatabase database =
            ExportDatabase.open(
                engine, source, sample, lookups, List.of(location), request.mappings())) {
      database.decideDates(
          mapping, new DateOrder.Known(source.dates(), Optional.empty(), Optional.empty()));
      database.check(source);
      List<TableCounts> allCounts = new ArrayList<>();
      List<Table> tables = new ArrayList<>();
      TableContracts contracts = TableContracts.load();
      for (TableMapping table : mapping.tables()) {
        TableContract contract = contracts.table(table.table());
        acceptLocations(database, table, location);
        TableCounts counts =
            new TableIngest(
                    database.connection(),
                    table,
                    contract,
                    source,
                    checkKey(),
                    Crosswalk.NONE,
                    false,
                    new TimeLimits(database.period(), request.now()),
                    database.clients())
                .run();
        allCounts.add(counts);
        tables.add(table(database, request, table, contract, counts));
      }
      new DamagedIds(database.connection(), mapping).refuse(allCounts);
      ExportTable.Loaded loaded = database.loaded();
      return new Result(
          mapping.id(),
          loaded.records(),
          loaded.totals(),
          database.period(),
          doubled(database, mapping, contracts),
          loaded.columnsDropped(),
          loaded.unknown(),
          tables);
    } catch (SQLException e) {
      throw ExportDatabase.refusal(source, e);
    }
  }

  /** Only told, because the rows show what comes twice, and a source may want them all. */
  private static Optional<String> doubled(
      ExportDatabase database, Mapping mapping, TableContracts contracts) throws SQLException {
    try {
      DoubledFile.refuse(database, mapping, contracts);
      return Optional.empty();
    } catch (FileRefusedException e) {
      return Optional.of(e.getMessage() + " " + e.nextStep());
    }
  }

  private static Mapping mapping(Request request, ExportFile sample) throws FileRefusedException {
    if (request.mapping().isEmpty()) {
      return new Recognition(request.mappings().allAndBuiltIn(), UNKNOWN).recognise(sample);
    }
    String id = request.mapping().get();
    return request
        .mappings()
        .find(id, Optional.empty())
        .orElseThrow(() -> new IllegalArgumentException("There is no mapping " + id));
  }

  private static Location location(Request request) {
    return new Location(
        request.location().orElse("here"),
        "sample",
        "Sample",
        request.zone(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        BigDecimal.valueOf(24),
        List.of(),
        Map.of(),
        List.of());
  }

  private static Source source(Request request, Location location, Mapping mapping) {
    boolean namesLocation =
        mapping.tables().stream().anyMatch(t -> t.columns().containsKey("location_id"));
    return new Source(
        "sample",
        location.practiceId(),
        Source.MappingRef.of(mapping),
        "",
        namesLocation && request.location().isEmpty()
            ? Optional.empty()
            : Optional.of(location.id()),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  private static Map<String, Lookup> lookups(Request request, Location location, Mapping mapping)
      throws FileRefusedException {
    Map<String, Lookup> lookups = new LinkedHashMap<>();
    Set<String> names = Source.MappingRef.of(mapping).knownLookups();
    for (String name : request.lookups().keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "--lookup "
                + name
                + " is none of "
                + mapping.id()
                + "; "
                + (names.isEmpty() ? "it has none" : "it knows " + String.join(", ", names)));
      }
    }
    for (String name : names) {
      Path path = request.lookups().get(name);
      if (path == null && mapping.optionalLookups().containsKey(name)) {
        continue;
      }
      if (path == null) {
        throw new IllegalArgumentException(
            mapping.id() + " looks rows up in " + name + ": add --lookup " + name + "=FILE");
      }
      lookups.put(name, new Lookup(List.of(lookup(request, location, mapping, name, path))));
    }
    return lookups;
  }

  /** The export of a look-up, by the mapping that the look-up names or that knows its header. */
  private static LookupFile lookup(
      Request request, Location location, Mapping mapping, String name, Path path)
      throws FileRefusedException {
    ExportFile file = ExportFile.of(path);
    Optional<Mapping> named =
        Optional.ofNullable(mapping.optionalLookups().get(name))
            .flatMap(id -> request.mappings().find(id, Optional.empty()));
    try {
      Mapping other =
          named.isPresent()
              ? named.get()
              : new Recognition(request.mappings().all(), UNKNOWN_LOOKUP).recognise(file);
      return new LookupFile(source(request, location, other), file, "");
    } catch (FileRefusedException e) {
      throw e.inLookup(name, path.toString());
    }
  }

  /** A key nobody keeps: the shown pseudonyms tell clients apart and mean nothing else. */
  private static PseudonymKey checkKey() {
    return new PseudonymKey("a key of the check alone, not a secret");
  }

  /** Every location that the export names is taken as one of the zone given. */
  private static void acceptLocations(
      ExportDatabase database, TableMapping table, Location location) throws SQLException {
    ColumnMapping named = table.columns().get("location_id");
    if (named != null) {
      database
          .statement()
          .execute(
              """
              INSERT INTO locations
              SELECT DISTINCT name, name, %s
              FROM (SELECT trim(CAST((%s) AS VARCHAR)) AS name FROM %s%s)
              WHERE name NOT IN (SELECT name FROM locations)
              """
                  .formatted(
                      Sql.literal(location.zone().getId()),
                      named.sql(),
                      table.from(),
                      table.where().map(w -> " WHERE " + w).orElse("")));
    }
  }

  private static Table table(
      ExportDatabase database,
      Request request,
      TableMapping table,
      TableContract contract,
      TableCounts counts)
      throws SQLException {
    String accepted = Sql.identifier(contract.name() + "_accepted");
    String judged = Sql.identifier(contract.name() + "_judged");
    List<String> unknownWords = new ArrayList<>();
    List<String> words = new ArrayList<>();
    List<String> empty = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    for (Column column : contract.columns()) {
      String stored = Sql.identifier(column.storedName());
      if (column.type() == ColumnType.WORD && table.columns().containsKey(column.name())) {
        unknownWords.addAll(
            lines(
                database,
                """
                SELECT %1$s || ': ' || %2$s || ' (' || count(*) || ')'
                FROM %3$s
                WHERE verdict = %4$s
                GROUP BY %2$s
                ORDER BY count(*) DESC, 1
                LIMIT 20
                """
                    .formatted(
                        Sql.literal(column.name()),
                        RowRules.raw(column),
                        judged,
                        Sql.literal("unknown_word " + column.name()))));
        words.addAll(
            lines(
                database,
                """
                SELECT %1$s || ': ' || string_agg(w || ' (' || n || ')', ', ' ORDER BY n DESC, w)
                FROM (SELECT %2$s AS w, count(*) AS n FROM %3$s WHERE %2$s IS NOT NULL GROUP BY 1)
                HAVING count(*) > 0
                """
                    .formatted(Sql.literal(column.name()), stored, accepted)));
      }
      if (table.columns().containsKey(column.name())) {
        shown.add(column.storedName());
        if (counts.rowsAccepted() > 0
            && lines(
                    database,
                    "SELECT 'x' FROM %s WHERE %s IS NOT NULL LIMIT 1".formatted(accepted, stored))
                .isEmpty()) {
          empty.add(column.name());
        }
      }
    }
    return new Table(
        counts,
        lines(
            database,
            """
            SELECT reason || coalesce(' in ' || column_name, '') || ': ' || count(*)
              || ' rows, first at line ' || min(source_line)
            FROM %s
            GROUP BY reason, column_name
            ORDER BY count(*) DESC, 1
            """
                .formatted(Sql.identifier(contract.name() + "_rejected"))),
        superseded(database, contract, counts),
        unknownWords,
        words,
        empty,
        shown,
        rows(database, accepted, shown, request.rows()));
  }

  private static List<String> superseded(
      ExportDatabase database, TableContract contract, TableCounts counts) throws SQLException {
    List<String> lines =
        lines(
            database,
            "SELECT 'line ' || replaced_by_line || ' replaces line ' || source_line ||"
                + " ', which has the same key' FROM "
                + Sql.identifier(contract.name() + "_superseded")
                + " ORDER BY source_line LIMIT "
                + SHOWN);
    if (counts.rowsSuperseded() > SHOWN) {
      lines.add("… and " + (counts.rowsSuperseded() - SHOWN) + " more lines are replaced");
    }
    return lines;
  }

  private static List<List<String>> rows(
      ExportDatabase database, String accepted, List<String> columns, int limit)
      throws SQLException {
    String texts =
        columns.stream()
            .map(column -> "coalesce(CAST(%s AS VARCHAR), '')".formatted(Sql.identifier(column)))
            .collect(Collectors.joining(", "));
    List<List<String>> rows = new ArrayList<>();
    try (ResultSet result =
        database
            .statement()
            .executeQuery(
                "SELECT %s FROM %s ORDER BY source_line LIMIT %s"
                    .formatted(texts, accepted, limit))) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<String> lines(ExportDatabase database, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (ResultSet result = database.statement().executeQuery(sql)) {
      while (result.next()) {
        lines.add(result.getString(1));
      }
    }
    return lines;
  }
}
