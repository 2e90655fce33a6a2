package medspa.jobs.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.query.Sql;
import org.duckdb.DuckDBConnection;

/**
 * Takes clients out of the columns of one table that hold what somebody typed, once its rows are
 * judged. The text that a column came from stays beside it until the table is written, so that ids
 * are judged as they came.
 *
 * <ul>
 *   <li>An id of a receipt, a booking or a payment becomes a keyed pseudonym if its form says that
 *       it was typed, see {@link FreeId}: the same in every file of the practice.
 *   <li>In the name of a service, and in texts, {@value #WORD} stands in the place of a client whom
 *       the export names. A product and a room stay apart from others: behind the word stand the
 *       first digits of the pseudonym of what was there.
 *   <li>Names of providers and sellers stay, also within the name of a service. So does a name that
 *       is the whole name of a service or product which {@value #TRADE_CLIENTS} clients or more
 *       have: it is a word of the trade.
 * </ul>
 */
final class MaskedText {
  /** What is masked, and how: files that were read by other rules are read again. */
  static final String RULES = "masked-1";

  /** Stands where a client stood. */
  static final String WORD = "[client]";

  private static final String MASKED_ID = "masked-";
  private static final int TRADE_CLIENTS = 3;
  private static final int DISTINCT_DIGITS = 12;

  private static final Set<String> RECORDS =
      Set.of(
          "appointment_id",
          "class_id",
          "line_id",
          "membership_id",
          "movement_id",
          "payment_id",
          "payout_id",
          "sale_id",
          "visit_id");
  private static final Set<String> KEPT_APART = Set.of("product_id", "room_id");
  private static final Set<String> STAFF = Set.of("provider_id", "seller_id");

  private final DuckDBConnection connection;
  private final TableContract contract;
  private final TableMapping table;
  private final Mapping mapping;
  private final String practiceId;
  private final PseudonymKey key;

  MaskedText(
      DuckDBConnection connection,
      TableContract contract,
      TableMapping table,
      Source source,
      PseudonymKey key) {
    this.connection = connection;
    this.contract = contract;
    this.table = table;
    this.mapping = source.mapping().mapping();
    this.practiceId = source.practiceId();
    this.key = key;
  }

  /**
   * The name of a file as it is kept: the first digits of its SHA-256 lead to the file.
   *
   * @param name path of the file below the workspace
   * @param clients whom the file names
   */
  static String fileName(String name, String sha256, ClientNames clients) {
    return clients
        .in(List.of(name))
        .masked(name, "[client " + sha256.substring(0, DISTINCT_DIGITS) + "]")
        .orElse(name);
  }

  /**
   * What was masked.
   *
   * @param cells how many, without ids that the mapping makes up
   * @param any whether anything was, such ids included
   */
  record Masked(long cells, boolean any) {}

  /** How a column is masked. */
  enum Treatment {
    /** As a pseudonym, if it was typed. */
    RECORD,
    /** Client by client, by a word. */
    TEXT,
    /** Never: what is configured, what names the staff, and what the mapping makes up of that. */
    NEVER
  }

  static Treatment treatment(TableContract contract, Column column) {
    if (RECORDS.contains(column.name())) {
      return Treatment.RECORD;
    }
    boolean isText =
        KEPT_APART.contains(column.name())
            || column.name().equals("service_id")
            || (column.type() == ColumnType.TEXT && !contract.name().equals("providers"));
    return isText ? Treatment.TEXT : Treatment.NEVER;
  }

  /**
   * Masks the judged rows.
   *
   * @param clients whom the export and its look-ups name
   */
  Masked mask(ClientNames clients) throws SQLException {
    Map<String, Map<String, String>> masks = new LinkedHashMap<>();
    String mayBeTyped = "regexp_matches(%s, " + Sql.literal(FreeId.MAY_BE) + ")";
    for (Column column : havingAny(columns(Treatment.RECORD), mayBeTyped)) {
      Map<String, String> ids = new LinkedHashMap<>();
      values(column, mayBeTyped).stream()
          .filter(FreeId::isTyped)
          .forEach(id -> ids.put(id, MASKED_ID + key.pseudonym(practiceId, id)));
      masks.put(column.name(), ids);
    }
    masks.putAll(texts(clients));
    masks.values().removeIf(Map::isEmpty);
    return masks.isEmpty() ? new Masked(0, false) : new Masked(replace(masks), true);
  }

  private List<Column> columns(Treatment treatment) {
    return contract.columns().stream()
        .filter(column -> treatment(contract, column) == treatment)
        .filter(
            column ->
                Optional.ofNullable(table.columns().get(column.name()))
                    .filter(mapped -> !mapped.pseudonymise())
                    .isPresent())
        .filter(column -> !isMadeUpOfStock(column))
        .toList();
  }

  /** A movement that no export with clients tells, by its product and what happened to it. */
  private boolean isMadeUpOfStock(Column column) {
    return column.name().equals("movement_id")
        && mapping.clients().isEmpty()
        && table.makesUp("movement_id", mapping.header());
  }

  private Map<String, Map<String, String>> texts(ClientNames clients) throws SQLException {
    Map<Column, List<String>> texts = new LinkedHashMap<>();
    String searched = clients.isEmpty() ? "contains(%s, '@')" : "%s <> ''";
    List<Column> columns = columns(Treatment.TEXT);
    for (Column column : clients.isEmpty() ? havingAny(columns, searched) : columns) {
      texts.put(column, values(column, searched));
    }
    List<String> all = texts.values().stream().flatMap(List::stream).toList();
    Map<String, Map<String, String>> masks = new LinkedHashMap<>();
    if (all.isEmpty()) {
      return masks;
    }
    List<String> staff = clients.isEmpty() ? List.of() : staff();
    ClientFinder found = clients.in(Stream.concat(all.stream(), staff.stream()).toList());
    Set<String> others = new HashSet<>();
    staff.forEach(name -> others.addAll(found.namesIn(name)));
    for (Map.Entry<Column, List<String>> values : texts.entrySet()) {
      others.addAll(trade(found, values.getKey(), values.getValue()));
    }
    ClientFinder finder = found.without(others);
    texts.forEach(
        (column, values) -> {
          Map<String, String> masked = new LinkedHashMap<>();
          for (String value : values) {
            finder.masked(value, word(column, value)).ifPresent(text -> masked.put(value, text));
          }
          masks.put(column.name(), masked);
        });
    return masks;
  }

  private String word(Column column, String value) {
    return KEPT_APART.contains(column.name())
        ? "[client " + key.pseudonym(practiceId, value).substring(0, DISTINCT_DIGITS) + "]"
        : WORD;
  }

  private List<String> staff() throws SQLException {
    Set<String> staff = new LinkedHashSet<>();
    for (Column column : contract.columns()) {
      if (STAFF.contains(column.name()) && table.columns().containsKey(column.name())) {
        staff.addAll(values(column, "%s <> ''"));
      }
    }
    return List.copyOf(staff);
  }

  /** The names that are a service's or product's own. */
  private Set<String> trade(ClientFinder finder, Column column, List<String> values)
      throws SQLException {
    Map<String, String> names = new LinkedHashMap<>();
    values.forEach(v -> finder.wholeName(v).ifPresent(name -> names.put(v, name)));
    if (names.isEmpty()) {
      return Set.of();
    }
    String shared =
        """
        SELECT %1$s FROM %2$s JOIN %3$s USING (source_line)
        WHERE %1$s IN (%4$s) GROUP BY 1 HAVING count(DISTINCT client) >= %5$s
        """
            .formatted(
                Sql.identifier(column.name()),
                judged(),
                ExportTable.CLIENT_LINES,
                Sql.literals(List.copyOf(names.keySet())),
                TRADE_CLIENTS);
    return strings(shared).stream().map(names::get).collect(Collectors.toSet());
  }

  private long replace(Map<String, Map<String, String>> masks) throws SQLException {
    String name = contract.name() + "_masks";
    long cells = 0;
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE %s (column_name VARCHAR, value VARCHAR, masked VARCHAR)"
              .formatted(Sql.identifier(name)));
      try (var appender = connection.createAppender("main", name)) {
        for (Map.Entry<String, Map<String, String>> column : masks.entrySet()) {
          for (Map.Entry<String, String> mask : column.getValue().entrySet()) {
            appender.beginRow();
            appender.append(column.getKey());
            appender.append(mask.getKey());
            appender.append(mask.getValue());
            appender.endRow();
          }
        }
      }
      for (String column : masks.keySet()) {
        long masked =
            statement.executeUpdate(
                """
                UPDATE %1$s SET %2$s = m.masked
                FROM %3$s m WHERE m.column_name = %4$s AND m.value = %1$s.%2$s
                """
                    .formatted(
                        judged(),
                        Sql.identifier(column),
                        Sql.identifier(name),
                        Sql.literal(column)));
        boolean madeUp =
            treatment(contract, contract.column(column).orElseThrow()) == Treatment.RECORD
                && table.makesUp(column, mapping.header());
        cells += madeUp ? 0 : masked;
      }
    }
    return cells;
  }

  private String judged() {
    return Sql.identifier(contract.name() + "_judged");
  }

  /** The columns with a value that meets a condition; often there is none, and one look tells. */
  private List<Column> havingAny(List<Column> columns, String condition) throws SQLException {
    if (columns.isEmpty()) {
      return columns;
    }
    String any =
        columns.stream()
            .map(column -> condition.formatted(Sql.identifier(column.name())))
            .map("bool_or(%s)"::formatted)
            .collect(Collectors.joining(", "));
    List<Column> having = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT %s FROM %s".formatted(any, judged()))) {
      row.next();
      for (int i = 0; i < columns.size(); i++) {
        // Of no rows it is neither true nor false.
        if (row.getBoolean(i + 1)) {
          having.add(columns.get(i));
        }
      }
    }
    return having;
  }

  private List<String> values(Column column, String condition) throws SQLException {
    String name = Sql.identifier(column.name());
    return strings(
        "SELECT DISTINCT %s FROM %s WHERE %s ORDER BY 1"
            .formatted(name, judged(), condition.formatted(name)));
  }

  private List<String> strings(String sql) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }
}
