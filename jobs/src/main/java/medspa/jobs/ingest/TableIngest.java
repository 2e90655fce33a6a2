package medspa.jobs.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import medspa.jobs.ingest.Mapping.ColumnMapping;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContract.Kind;
import medspa.warehouse.lake.Batch.Period;
import medspa.warehouse.lake.Batch.Run;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;
import medspa.warehouse.query.Sql;
import org.duckdb.DuckDBConnection;

/**
 * One canonical table of one export, inside the file's own DuckDB: maps, translates ids, types,
 * checks and pseudonymises the rows by SQL generated from the mapping and the contract. Leaves the
 * tables {@code accepted}, {@code rejected} and {@code superseded}, prefixed with the table's name.
 *
 * <p>Expects the tables {@code source} (see {@link ExportTable}), {@code locations} (vendor's name,
 * id, zone) and, for deliveries that append, {@code <table>_seen} with what tells the rows of
 * earlier files, see {@link RowIdentity}.
 */
final class TableIngest {
  /** A text of which all systems make the same word: without other letters and escapes. */
  private static final Pattern PLAIN = Pattern.compile("[ -~&&[^%]]*");

  /** The column that a rejected row's verdict names, if any, and the reason. */
  private static final String WHY =
      "nullif(split_part(verdict, ' ', 2), '') AS column_name,"
          + " split_part(verdict, ' ', 1) AS reason";

  private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");

  private final DuckDBConnection connection;
  private final Mapping mapping;
  private final TableMapping tableMapping;
  private final TableContract contract;
  private final Source source;
  private final PseudonymKey key;
  private final Crosswalk crosswalk;
  private final boolean rejectSeen;
  private final TimeLimits limits;
  private final ClientNames clients;
  private MaskedText.Masked masked;
  private boolean repeats;
  private long read;
  private long accepted;
  private long rejected;

  TableIngest(
      DuckDBConnection connection,
      TableMapping tableMapping,
      TableContract contract,
      Source source,
      PseudonymKey key,
      Crosswalk crosswalk,
      boolean rejectSeen,
      TimeLimits limits,
      ClientNames clients) {
    this.connection = connection;
    this.mapping = source.mapping().mapping();
    this.tableMapping = tableMapping;
    this.contract = contract;
    this.source = source;
    this.key = key;
    this.crosswalk = crosswalk;
    this.rejectSeen = rejectSeen;
    this.limits = limits;
    this.clients = clients;
  }

  /** Runs all steps; the mapping's own SQL may fail, see {@link FileIngest}. */
  TableCounts run() throws SQLException {
    judge();
    mask();
    decideRepeats();
    pseudonymise(countRejected() > 0);
    return counts();
  }

  private String table(String suffix) {
    return Sql.identifier(contract.name() + "_" + suffix);
  }

  /** Canonical columns as trimmed text, in the words of the vendor's export translated to ours. */
  private String mapped() {
    List<String> columns = new ArrayList<>();
    for (Column column : contract.columns()) {
      ColumnMapping expression = tableMapping.columns().get(column.name());
      String sql = expression == null ? "NULL" : "(" + expression.sql() + ")";
      String text = "nullif(trim(CAST(" + sql + " AS VARCHAR)), '')";
      columns.add(translated(column, text) + " AS " + Sql.identifier(column.name()));
    }
    return "SELECT source_line, is_ragged, %s AS period_by, %s FROM %s%s"
        .formatted(
            tableMapping.periodBy().map("CAST((%s) AS VARCHAR)"::formatted).orElse("NULL::VARCHAR"),
            String.join(", ", columns),
            tableMapping.from(),
            tableMapping.where().map(w -> " WHERE " + w).orElse(""));
  }

  /** Words of a vocabulary are compared whatever their spelling, other values as they stand. */
  private String translated(Column column, String text) {
    Map<String, String> words =
        new LinkedHashMap<>(tableMapping.values().getOrDefault(column.name(), Map.of()));
    column.words().forEach(word -> words.putIfAbsent(word, word));
    if (words.isEmpty()) {
      return text;
    }
    if (column.words().isEmpty()) {
      return lookedUp(words, text, text);
    }
    // In a CASE the text would stand, and be planned, as often as there are words.
    if (words.keySet().stream().allMatch(word -> PLAIN.matcher(word).matches())) {
      Map<String, String> ours = new LinkedHashMap<>();
      words.forEach((theirs, word) -> ours.putIfAbsent(plainWord(theirs), word));
      return lookedUp(ours, "word(" + text + ")", text);
    }
    String cases =
        words.entrySet().stream()
            .map(
                word ->
                    "WHEN word(%s) THEN %s"
                        .formatted(Sql.literal(word.getKey()), Sql.literal(word.getValue())))
            .collect(Collectors.joining(" "));
    return "CASE word(%1$s) %2$s ELSE %1$s END".formatted(text, cases);
  }

  private static String lookedUp(Map<String, String> ours, String key, String text) {
    String map =
        ours.entrySet().stream()
            .map(word -> Sql.literal(word.getKey()) + ": " + Sql.literal(word.getValue()))
            .collect(Collectors.joining(", "));
    return "coalesce(MAP {%s}[%s], %s)".formatted(map, key, text);
  }

  /** What the macro {@code word} makes of a plain text. */
  static String plainWord(String text) {
    return NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  /** The mapped rows with their location and zone, and what {@link ColumnLists} says of them. */
  private String placed() {
    return "SELECT m.*, l.location_id AS place, l.zone%s FROM mapped m LEFT JOIN locations l ON l.name = %s"
        .formatted(new ColumnLists(contract).columns(), locationName());
  }

  /** Typed columns beside the text they came from; the row's zone. */
  private String typed() {
    List<String> columns = new ArrayList<>(new ColumnLists(contract).kept());
    for (Column column : contract.columns()) {
      columns.add(RowRules.typed(contract, column) + " AS " + Sql.identifier(column.name()));
      columns.add("m." + Sql.identifier(column.name()) + " AS " + RowRules.raw(column));
    }
    return "SELECT source_line, is_ragged, period_by, zone, %s FROM placed m"
        .formatted(String.join(", ", columns));
  }

  private String locationName() {
    if (!contract.hasLocation()) {
      return "NULL";
    }
    String named = "m.location_id";
    if (source.location().isEmpty()) {
      return named;
    }
    String fixed = Sql.literal(source.location().get());
    return mapping.locationIsId() ? "coalesce(" + named + ", " + fixed + ")" : fixed;
  }

  private Optional<String> seenKeys() {
    return rejectSeen ? Optional.of(table("seen")) : Optional.empty();
  }

  /**
   * Takes clients out of what was typed; a row that may not come again is known by what is left.
   */
  private void mask() throws SQLException {
    masked = new MaskedText(connection, contract, tableMapping, source, key).mask(clients);
    if (rejectSeen) {
      execute("UPDATE %s SET verdict = %s".formatted(table("judged"), verdict()));
    }
  }

  private String verdict() {
    return RowRules.verdict(
        contract, limits, seenKeys().map(new RowIdentity(contract, tableMapping)::isIn));
  }

  /** Gives every row its fate: accepted, or a reason code and the column it concerns. */
  private void judge() throws SQLException {
    execute(
        """
        CREATE TABLE %s AS
        WITH mapped AS (%s), placed AS (%s), typed AS (%s)
        SELECT *, %s AS verdict FROM typed
        """
            .formatted(
                table("judged"),
                crosswalk.translated(contract, mapped()),
                placed(),
                typed(),
                rejectSeen ? "CAST(NULL AS VARCHAR)" : verdict()));
  }

  /**
   * Of the rows with one key the last one wins. An earlier one that equals a later one in every
   * column is a duplicate, another one is superseded, and it is kept which line replaced it;
   * without a key of the export's own every row counts.
   */
  private void decideRepeats() throws SQLException {
    repeats = tableMapping.ownLineKey() && repeatsKeys();
    if (repeats) {
      execute(repeatedRows());
      execute(
          """
          CREATE VIEW %s AS
          SELECT j.*, coalesce(r.fate, 'accepted') AS fate
          FROM %s j LEFT JOIN %s r ON r.row_id = j.rowid WHERE j.verdict IS NULL
          """
              .formatted(table("fates"), table("judged"), table("repeated")));
      execute(superseded());
    } else {
      execute(
          "CREATE VIEW %s AS SELECT *, 'accepted' AS fate FROM %s WHERE verdict IS NULL"
              .formatted(table("fates"), table("judged")));
      execute(
          "CREATE TABLE %s (table_name VARCHAR, source_line BIGINT, replaced_by_line BIGINT)"
              .formatted(table("superseded")));
    }
  }

  /** Nearly no file does, and the windows that find the last of each are costly. */
  private boolean repeatsKeys() throws SQLException {
    return count("SELECT count(*) FROM (%s)".formatted(repeatedKeys())) > 0;
  }

  private String repeatedKeys() {
    return "SELECT %2$s FROM %1$s WHERE verdict IS NULL GROUP BY %2$s HAVING count(*) > 1"
        .formatted(table("judged"), RowRules.keyColumns(contract));
  }

  /** The rows whose key comes more than once, which are few, with their fate. */
  private String repeatedRows() {
    return """
        CREATE TABLE %s AS
        SELECT rowid AS row_id, source_line,
          CASE
            WHEN row_number() OVER (PARTITION BY %s ORDER BY source_line DESC) = 1 THEN 'accepted'
            WHEN row_number() OVER (PARTITION BY %s ORDER BY source_line DESC) > 1 THEN 'duplicate'
            ELSE 'superseded'
          END AS fate,
          max(source_line) OVER (PARTITION BY %s) AS replaced_by_line
        FROM %s j
        WHERE verdict IS NULL AND EXISTS (FROM (%s) k WHERE %s)
        """
        .formatted(
            table("repeated"),
            RowRules.keyColumns(contract),
            Sql.identifiers(contract.columns().stream().map(Column::name).toList()),
            RowRules.keyColumns(contract),
            table("judged"),
            repeatedKeys(),
            contract.key().stream()
                .map(Sql::identifier)
                .map("k.%1$s IS NOT DISTINCT FROM j.%1$s"::formatted)
                .collect(Collectors.joining(" AND ")));
  }

  private String superseded() {
    return """
        CREATE TABLE %s AS
        SELECT %s AS table_name, source_line, replaced_by_line
        FROM %s
        WHERE fate = 'superseded'
        ORDER BY source_line
        """
        .formatted(table("superseded"), Sql.literal(contract.name()), table("repeated"));
  }

  /** Replaces client data by pseudonyms; from here on no client is in any table that is written. */
  private void pseudonymise(boolean anyRejected) throws SQLException {
    Map<String, String> pseudonymised = new LinkedHashMap<>();
    for (Column column : contract.columns()) {
      ColumnMapping expression = tableMapping.columns().get(column.name());
      boolean composed = expression != null && expression.pseudonymise();
      if (column.type() == ColumnType.CLIENT || composed) {
        pseudonymised.put(column.name(), column.storedName());
      }
    }
    if (!pseudonymised.isEmpty()) {
      execute("CREATE TABLE %s (value VARCHAR, pseudonym VARCHAR)".formatted(table("pseudonyms")));
      fillPseudonyms(pseudonymised.keySet());
    }
    accepted =
        update(
            "CREATE TABLE %s AS %s WHERE fate = 'accepted' ORDER BY source_line"
                .formatted(table("accepted"), stored("fates", pseudonymised)));
    rejected = anyRejected ? reject(pseudonymised) : 0;
    if (!anyRejected) {
      execute(
          """
          CREATE TABLE %s (table_name VARCHAR, source_line BIGINT, column_name VARCHAR,
            reason VARCHAR, location_id VARCHAR, row_key VARCHAR)
          """
              .formatted(table("rejected")));
    }
  }

  /** Keeps where and why rows are rejected; tells how many. */
  private long reject(Map<String, String> pseudonymised) throws SQLException {
    long rows =
        update(
            """
        CREATE TABLE %s AS
        SELECT %s AS table_name, source_line, %s,
          %s, %s AS row_key
        FROM %s r %s
        WHERE verdict IS NOT NULL
        ORDER BY source_line
        """
                .formatted(
                    table("rejected"),
                    Sql.literal(contract.name()),
                    WHY,
                    contract.hasLocation() ? "location_id" : "NULL::VARCHAR AS location_id",
                    rowKey(pseudonymised),
                    table("judged"),
                    joins(pseudonymised)));
    if (RejectedAmounts.areOf(contract)) {
      execute(
          """
          CREATE TABLE %s AS
          SELECT %s AS table_name, source_line, %s, %s, %s AS row_key
          FROM %s r %s
          WHERE verdict IS NOT NULL
          ORDER BY source_line
          """
              .formatted(
                  table("rejected_amounts"),
                  Sql.literal(contract.name()),
                  WHY,
                  RejectedAmounts.columns(contract),
                  rowKey(pseudonymised),
                  table("judged"),
                  joins(pseudonymised)));
    }
    return rows;
  }

  private String stored(String from, Map<String, String> pseudonymised) {
    List<String> columns = new ArrayList<>();
    columns.add(Sql.literal(source.practiceId()) + " AS practice_id");
    for (Column column : contract.columns()) {
      String value =
          pseudonymised.containsKey(column.name())
              ? Sql.identifier("p_" + column.name()) + ".pseudonym"
              : "r." + Sql.identifier(column.name());
      columns.add(
          new RowIdentity(contract, tableMapping).stored(column.name(), value, "r.")
              + " AS "
              + Sql.identifier(column.storedName()));
    }
    if (contract.kind() == Kind.FACT) {
      String date = Sql.identifier(contract.date().orElseThrow());
      columns.add("CAST(timezone(r.zone, r." + date + ") AS DATE) AS local_date");
    }
    return "SELECT %s, r.source_line FROM %s r %s"
        .formatted(String.join(", ", columns), table(from), joins(pseudonymised));
  }

  private String joins(Map<String, String> pseudonymised) {
    return pseudonymised.keySet().stream()
        .map(
            column ->
                "LEFT JOIN %1$s %2$s ON %2$s.value = r.%3$s"
                    .formatted(
                        table("pseudonyms"),
                        Sql.identifier("p_" + column),
                        Sql.identifier("raw_" + column)))
        .collect(Collectors.joining(" "));
  }

  /** SHA-256 of practice and key, so that a rejected row can keep its key from being deleted. */
  private String rowKey(Map<String, String> pseudonymised) {
    List<String> parts = new ArrayList<>();
    parts.add(Sql.literal(source.practiceId()));
    for (String column : contract.key()) {
      String value =
          pseudonymised.containsKey(column)
              ? Sql.identifier("p_" + column) + ".pseudonym"
              : "r." + Sql.identifier(column);
      parts.add(new RowIdentity(contract, tableMapping).stored(column, value, "r."));
    }
    return "sha256(" + String.join(" || chr(31) || ", parts) + ")";
  }

  private void fillPseudonyms(Iterable<String> columns) throws SQLException {
    List<String> selects = new ArrayList<>();
    for (String column : columns) {
      selects.add(
          "SELECT %1$s AS v FROM %2$s WHERE %1$s IS NOT NULL"
              .formatted(Sql.identifier("raw_" + column), table("judged")));
    }
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT DISTINCT v FROM (%s)".formatted(String.join(" UNION ALL ", selects)))) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    try (var appender = connection.createAppender("main", contract.name() + "_pseudonyms")) {
      for (String value : values) {
        appender.beginRow();
        appender.append(value);
        appender.append(key.pseudonym(source.practiceId(), value));
        appender.endRow();
      }
    }
  }

  private TableCounts counts() throws SQLException {
    Map<String, Long> fates = new HashMap<>();
    if (repeats) {
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT fate, count(*) FROM %s GROUP BY fate".formatted(table("repeated")))) {
        while (rows.next()) {
          fates.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    long duplicate = fates.getOrDefault("duplicate", 0L);
    long superseded = fates.getOrDefault("superseded", 0L);
    if (read != accepted + duplicate + superseded + rejected) {
      throw new IllegalStateException(
          "Rows of %s do not add up: read %s, accepted %s, duplicate %s, superseded %s, rejected %s"
              .formatted(contract.name(), read, accepted, duplicate, superseded, rejected));
    }
    return new TableCounts(
        contract.name(),
        read,
        accepted,
        duplicate,
        superseded,
        rejected,
        windows(),
        0,
        new RowIdentity(contract, tableMapping).receiptRows(mapping.id()),
        masked.cells(),
        masked.any());
  }

  private List<Window> windows() throws SQLException {
    Map<String, List<LocalDate>> days = new LinkedHashMap<>();
    if (contract.kind() != Kind.FACT) {
      return List.of();
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT location_id, local_date FROM %s ORDER BY location_id, local_date"
                    .formatted(table("accepted")))) {
      while (rows.next()) {
        days.computeIfAbsent(rows.getString(1), location -> new ArrayList<>())
            .add(rows.getObject(2, LocalDate.class));
      }
    }
    List<Window> windows = new ArrayList<>();
    days.forEach(
        (location, dates) ->
            windows.add(
                new Window(location, dates.get(0), dates.get(dates.size() - 1), Run.of(dates))));
    // An export of one location that states its days tells of them even without a row.
    Optional<Period> period = limits.period();
    if (windows.isEmpty() && period.isPresent() && source.location().isPresent()) {
      windows.add(
          new Window(
              source.location().get(),
              period.get().firstDate(),
              period.get().lastDate(),
              List.of()));
    }
    return windows;
  }

  /** Counts the judged rows, and tells how many of them are rejected. */
  private long countRejected() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*), count(verdict) FROM %s".formatted(table("judged")))) {
      row.next();
      read = row.getLong(1);
      return row.getLong(2);
    }
  }

  private long count(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** How many rows a statement writes. */
  private long update(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(sql);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
