package medspa.jobs.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.jobs.ingest.Mapping.NamedValues;
import medspa.jobs.ingest.Mapping.Refusal;
import medspa.jobs.ingest.Mapping.StatedPeriod;
import medspa.jobs.read.ExportFile;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.definition.Spelling;
import medspa.warehouse.lake.Batch.Period;
import medspa.warehouse.market.Location;
import medspa.warehouse.query.Sql;
import org.duckdb.DuckDBConnection;

/**
 * One export in an engine: the table {@code source}, one table per look-up, the table {@code
 * locations}, and the variables that its mapping uses. All rows are gone once it is closed, since
 * it is one transaction that is rolled back; so is what the file tells of itself.
 */
final class ExportDatabase implements AutoCloseable {
  /** The vendor's name of a location, or its id, with its zone. */
  private static final String LOCATIONS =
      "CREATE TABLE locations (name VARCHAR, location_id VARCHAR, zone VARCHAR)";

  private final ExportEngine engine;
  private final DuckDBConnection connection;
  private final Statement statement;
  private final Set<String> told = new LinkedHashSet<>();
  private final Map<ExportFile, Optional<String>> read = new HashMap<>();
  private final ClientNames clients = new ClientNames();
  private ExportTable.Loaded loaded;
  private Optional<DateOrder.Decided> dateOrder = Optional.empty();
  private Optional<Period> period = Optional.empty();

  private ExportDatabase(ExportEngine engine) throws SQLException {
    this.engine = engine;
    this.connection = engine.connection();
    this.statement = connection.createStatement();
    connection.setAutoCommit(false);
  }

  /** The files behind a look-up. */
  record Lookup(List<LookupFile> files) {}

  /**
   * One of them.
   *
   * @param source its source, with the one mapping it is read by
   */
  record LookupFile(Source source, ExportFile file, String sha256) {}

  /**
   * Loads an export and what its mapping looks up.
   *
   * @param engine which holds no other export
   * @param locations the practice's locations
   * @throws FileRefusedException if one of the files is not what its mapping says
   */
  static ExportDatabase open(
      ExportEngine engine,
      Source source,
      ExportFile file,
      Map<String, Lookup> lookups,
      List<Location> locations,
      Mappings mappings)
      throws SQLException, FileRefusedException {
    ExportDatabase database = new ExportDatabase(engine);
    try {
      database.prepare(source, file, locations);
      database.loaded = database.load("source", file, source, mappings);
      database.tell(titleValues(source, database.loaded));
      for (Map.Entry<String, Lookup> lookup : lookups.entrySet()) {
        for (LookupFile other : lookup.getValue().files()) {
          database.loadLookup(lookup.getKey(), other, mappings);
        }
      }
      for (Map.Entry<String, String> absent :
          source.mapping().mapping().optionalLookups().entrySet()) {
        if (!lookups.containsKey(absent.getKey())
            || lookups.get(absent.getKey()).files().isEmpty()) {
          ExportTable.empty(
              engine.connection(),
              absent.getKey(),
              mappings.find(absent.getValue(), Optional.empty()).orElseThrow());
        }
      }
      return database;
    } catch (SQLException | FileRefusedException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private ExportTable.Loaded load(String table, ExportFile file, Source source, Mappings mappings)
      throws SQLException, FileRefusedException {
    ExportTable.Loaded rows = ExportTable.load(connection, table, file, source, mappings, clients);
    read.put(file, rows.sha256());
    return rows;
  }

  /** Whether the bytes that were read of a file are those that it had been hashed by. */
  boolean hasRead(LookupFile file) {
    return read.get(file.file()).equals(Optional.of(file.sha256()));
  }

  private void loadLookup(String lookup, LookupFile file, Mappings mappings)
      throws SQLException, FileRefusedException {
    try {
      load(lookup, file.file(), file.source(), mappings);
    } catch (FileRefusedException e) {
      throw e.inLookup(lookup, MaskedText.fileName(file.file().fileName(), file.sha256(), clients));
    }
  }

  DuckDBConnection connection() {
    return connection;
  }

  Statement statement() {
    return statement;
  }

  /** The order of day and month in its dates, where it has any whose order matters. */
  Optional<DateOrder.Decided> dateOrder() {
    return dateOrder;
  }

  /** The days that the file's name or titles state, if they do and these are in order. */
  Optional<Period> period() {
    return period;
  }

  /** The clients that the export and its look-ups name. */
  ClientNames clients() {
    return clients;
  }

  /** What was read of the export itself. */
  ExportTable.Loaded loaded() {
    return loaded;
  }

  /**
   * Decides whether dates of numbers have the day or the month first, and which days the file
   * states. The mapping's own SQL runs here, so the database is locked down before.
   *
   * @param known what is known of the order beside the file
   * @throws FileRefusedException if nothing proves the order, or the file contradicts it
   */
  void decideDates(Mapping mapping, DateOrder.Known known)
      throws SQLException, FileRefusedException {
    if (mapping.dates().isEmpty()) {
      period = statedPeriod(mapping);
      return;
    }
    Map<DateOrder, Period> stated = new EnumMap<>(DateOrder.class);
    for (DateOrder order : DateOrder.values()) {
      setOrder(order);
      statedPeriod(mapping).ifPresent(days -> stated.put(order, days));
    }
    dateOrder = DateOrder.decide(loaded.dates(), stated, known);
    DateOrder order = dateOrder.map(DateOrder.Decided::order).orElse(DateOrder.MONTH_FIRST);
    setOrder(order);
    period = Optional.ofNullable(stated.get(order));
  }

  private void setOrder(DateOrder order) throws SQLException {
    tell(Map.of(DateOrder.SETTING, order.word()));
  }

  private Optional<Period> statedPeriod(Mapping mapping) throws SQLException {
    if (mapping.period().isEmpty()) {
      return Optional.empty();
    }
    StatedPeriod stated = mapping.period().get();
    try (ResultSet days =
        statement.executeQuery(
            "SELECT CAST(%s AS DATE), CAST(%s AS DATE)".formatted(stated.first(), stated.last()))) {
      days.next();
      LocalDate first = days.getObject(1, LocalDate.class);
      LocalDate last = days.getObject(2, LocalDate.class);
      return first == null || last == null || last.isBefore(first)
          ? Optional.empty()
          : Optional.of(new Period(first, last));
    }
  }

  /**
   * Asks the mapping whether the file is to be taken at all, and finds the rows in another currency
   * than the workspace's: the table {@code foreign_lines}.
   *
   * @throws FileRefusedException if the mapping refuses it
   */
  void check(Source source) throws SQLException, FileRefusedException {
    Mapping mapping = source.mapping().mapping();
    for (Refusal refusal : mapping.refusals()) {
      try (ResultSet row = statement.executeQuery(refusal.line())) {
        if (row.next() && row.getObject(1) != null) {
          throw FileRefusedException.column(
              row.getLong(1), refusal.column(), refusal.says(), refusal.next());
        }
      }
    }
    statement.execute("CREATE TABLE foreign_lines (source_line BIGINT)");
    if (mapping.currency().isPresent()
        && mapping.workspaceCurrency().isPresent()
        && isTold(mapping.currency().get())) {
      statement.execute(
          """
          INSERT INTO foreign_lines
          SELECT source_line FROM (SELECT source_line, word(CAST((%s) AS VARCHAR)) AS code FROM source)
          WHERE code <> '' AND code <> word(%s)
          """
              .formatted(
                  mapping.currency().get(),
                  Sql.literal(mapping.workspaceCurrency().get().getCurrencyCode())));
    }
  }

  /** Whether any row of the export has a value; few exports tell a currency. */
  private boolean isTold(String expression) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT count(told) FROM (SELECT (%s) AS told FROM source)".formatted(expression))) {
      row.next();
      return row.getLong(1) > 0;
    }
  }

  /** What the file's name tells. */
  private static Map<String, String> nameValues(Source source, ExportFile file)
      throws FileRefusedException {
    Optional<NamedValues> fileName = source.mapping().mapping().fileName();
    return fileName.isEmpty()
        ? Map.of()
        : found(
            source,
            fileName.get(),
            fileName.get().values(file.fileName()),
            "The name of the file does not tell",
            "Give it the name it came with, or one that tells it");
  }

  /** What the rows above the header tell. */
  private static Map<String, String> titleValues(Source source, ExportTable.Loaded loaded)
      throws FileRefusedException {
    Optional<NamedValues> titles = source.mapping().mapping().titles();
    return titles.isEmpty()
        ? Map.of()
        : found(
            source,
            titles.get(),
            loaded.titles().stream()
                .flatMap(row -> titles.get().values(String.join(" ", row)).stream())
                .findFirst(),
            "The rows above the header do not tell",
            "Export the report again and leave its titles in");
  }

  private static Map<String, String> found(
      Source source,
      NamedValues wanted,
      Optional<Map<String, String>> values,
      String what,
      String advice)
      throws FileRefusedException {
    if (values.isEmpty() && wanted.required()) {
      throw FileRefusedException.file(
          what
              + " what "
              + source.mapping().id()
              + " needs from it ("
              + String.join(", ", wanted.groups())
              + ").",
          advice
              + wanted
                  .example()
                  .map(example -> ", such as " + example + ".")
                  .orElse("; it must match " + wanted.pattern().pattern() + "."));
    }
    return values.orElse(Map.of());
  }

  /** Sets variables to what the export itself tells, which is gone with it. */
  private void tell(Map<String, String> values) throws SQLException {
    for (Map.Entry<String, String> value : values.entrySet()) {
      told.add(value.getKey());
      engine.set(value.getKey(), Sql.literal(value.getValue()));
    }
  }

  private void prepare(Source source, ExportFile file, List<Location> locations)
      throws SQLException, FileRefusedException {
    statement.execute(LOCATIONS);
    Mapping mapping = source.mapping().mapping();
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("transition_days", transitionDays(locations) + "::INTEGER[]");
    mapping
        .params()
        .forEach(
            (param, setting) ->
                variables.put(
                    param, Sql.literal(source.params().getOrDefault(param, setting.byDefault()))));
    nameValues(source, file).forEach((name, value) -> variables.put(name, Sql.literal(value)));
    variables.put(
        "minor_digits",
        mapping.workspaceCurrency().map(ExportDatabase::minorDigits).orElse(2).toString());
    variables.put("words", words(mapping));
    engine.setOnly(variables);
    insertLocations(source, locations);
  }

  /** Decimals of a currency's smallest unit, by ISO 4217; one without any is taken to have two. */
  private static int minorDigits(Currency currency) {
    return currency.getDefaultFractionDigits() < 0 ? 2 : currency.getDefaultFractionDigits();
  }

  /** Our word by canonical column and the vendor's word, as {@code our_word} looks it up. */
  private static String words(Mapping mapping) {
    String rows =
        mapping.tables().stream()
            .flatMap(table -> table.values().entrySet().stream())
            .flatMap(
                column ->
                    column.getValue().entrySet().stream()
                        .map(
                            word ->
                                "(%s || word(%s), %s)"
                                    .formatted(
                                        Sql.literal(column.getKey() + " "),
                                        Sql.literal(word.getKey()),
                                        Sql.literal(word.getValue()))))
            .collect(Collectors.joining(", "));
    // Two spellings of one word are one key.
    return rows.isEmpty()
        ? "MAP {}::MAP(VARCHAR, VARCHAR)"
        : """
          (SELECT map(list(theirs), list(ours)) FROM (
            SELECT theirs, first(ours) AS ours FROM (VALUES %s) word (theirs, ours) GROUP BY theirs))
          """
            .formatted(rows);
  }

  /** The local days, since 1970, around which a clock of one of the locations is changed. */
  private static SortedSet<Long> transitionDays(List<Location> locations) {
    SortedSet<Long> days = new TreeSet<>();
    for (Location location : locations) {
      ZoneRules rules = location.zone().getRules();
      ZoneOffsetTransition next = rules.nextTransition(Instant.parse("1999-12-31T00:00:00Z"));
      while (next != null && next.getDateTimeBefore().getYear() <= 2040) {
        long day = next.getDateTimeBefore().toLocalDate().toEpochDay();
        days.addAll(List.of(day - 1, day, day + 1));
        next = rules.nextTransition(next.getInstant());
      }
    }
    return days;
  }

  private void insertLocations(Source source, List<Location> locations) throws SQLException {
    List<String> rows = new ArrayList<>();
    locations.forEach(location -> rows.add(row(location.id(), location)));
    source
        .locations()
        .forEach(
            (name, id) ->
                locations.stream()
                    .filter(location -> location.id().equals(id) && !id.equals(name))
                    .forEach(location -> rows.add(row(name, location))));
    if (!rows.isEmpty()) {
      statement.execute("INSERT INTO locations VALUES " + String.join(", ", rows));
    }
  }

  private static String row(String name, Location location) {
    return "(%s)"
        .formatted(
            Sql.literals(List.of(Spelling.of(name), location.id(), location.zone().getId())));
  }

  /** The engine's message is passed on only where it cannot quote a cell. */
  static FileRefusedException refusal(Source source, SQLException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    String mapping = source.mapping().id();
    if (message.startsWith("Out of Memory Error")) {
      return FileRefusedException.file(
          "The file needs more memory than one file may take.",
          "Export shorter periods, so that each file is smaller.");
    }
    boolean aboutSql =
        Stream.of("Binder Error", "Catalog Error", "Parser Error", "Permission Error")
            .anyMatch(message::startsWith);
    String kind = message.contains(":") ? message.substring(0, message.indexOf(':')) : "Error";
    return FileRefusedException.file(
        "The SQL of the mapping "
            + mapping
            + " failed: "
            + (aboutSql ? message : kind + " (details are left out, they may quote the export)"),
        "Correct the expression in the mapping; TRY_CAST and try_strptime do not fail on bad"
            + " cells.");
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
    for (String variable : told) {
      engine.reset(variable);
    }
    statement.close();
  }
}
