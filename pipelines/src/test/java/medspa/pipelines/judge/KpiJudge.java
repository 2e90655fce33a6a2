package medspa.pipelines.judge;

import static java.util.Map.entry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import medspa.warehouse.definition.ResourceFolder;

/**
 * The independent judge: computes every KPI with DuckDB straight from a workspace's CSV files in
 * the built-in format, from the written rules alone. It shares no code with ingestion or with the
 * measures, and its ways differ on purpose: a sweep over instants instead of sets of intervals,
 * text compared in SQL instead of contracts.
 *
 * <p>It judges the practices whose appointments come in the built-in format.
 */
public final class KpiJudge {
  private static final Map<String, String> COLUMNS =
      new TreeMap<>(
          Map.ofEntries(
              entry(
                  "appointments",
                  "location_id appointment_id visit_id client_id provider_id room_id service_id"
                      + " start_at end_at status cancelled_at booking_channel booked_at"
                      + " checked_in_at started_at finished_at reminder_sent_at"
                      + " class_id"),
              entry("shifts", "location_id shift_id provider_id start_at end_at kind"),
              entry("timecards", "location_id timecard_id provider_id clock_in_at clock_out_at"),
              entry(
                  "sale_lines",
                  "location_id sale_id line_id client_id provider_id seller_id service_id sold_at"
                      + " kind quantity gross_amount discount_amount tax_amount"),
              entry("payments", "location_id payment_id sale_id paid_at tender amount"),
              entry(
                  "stock_movements",
                  "location_id movement_id product_id lot expires_on moved_at kind quantity"
                      + " unit_cost freight_amount is_expedited"),
              entry("stock_counts", "location_id count_id product_id lot counted_at quantity"),
              entry("products", "product_id unit_cost is_consignment pack_quantity"),
              entry(
                  "services", "service_id category setup_minutes turnover_minutes buffer_minutes"),
              entry("rooms", "location_id room_id kind"),
              entry("clients", "client_id first_seen_on")));

  /** Business key of each fact table besides practice and location. */
  private static final Map<String, String> KEYS =
      new TreeMap<>(
          Map.of(
              "appointments", "appointment_id",
              "shifts", "shift_id",
              "timecards", "timecard_id",
              "sale_lines", "sale_id, line_id",
              "payments", "payment_id",
              "stock_movements", "movement_id",
              "stock_counts", "count_id"));

  private final Connection duckdb;

  private KpiJudge(Connection duckdb) {
    this.duckdb = duckdb;
  }

  /**
   * Every KPI at each of its grains for whole weeks before the as-of day, those of sales and visits
   * for the months of these weeks too, and for each day before it where the KPI is daily; a row
   * where numerator or denominator is not zero.
   *
   * @param silent location and KPI, separated by a blank, of what is not available there; it is in
   *     no practice's or region's value either
   */
  public static List<JudgedRow> judge(Path workspace, LocalDate asOf, Set<String> silent) {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      KpiJudge judge = new KpiJudge(duckdb);
      judge.load(JudgedExports.of(workspace), asOf);
      judge.run("typed.sql");
      KEYS.forEach(judge::fold);
      judge.run("minutes.sql");
      judge.run("visits.sql");
      judge.run("rows.sql");
      judge.run("rooms.sql");
      judge.run("sales.sql");
      judge.run("stock_events.sql");
      JudgedShelves.walk(duckdb, asOf);
      judge.run("inventory.sql");
      // KPIs over what the scripts above have formed, one file each.
      for (String kpi : ResourceFolder.shipped("judge/kpis").files()) {
        judge.run("kpis/" + kpi);
      }
      for (String unavailable : silent) {
        judge.execute("DELETE FROM judged WHERE location_id || ' ' || kpi = '" + unavailable + "'");
      }
      judge.run("rollup.sql");
      return judge.rows();
    } catch (SQLException e) {
      throw new IllegalStateException("The judge's own SQL fails: " + e.getMessage(), e);
    }
  }

  /**
   * The current rows of the exports of the judged practices, as {@code current_sale_lines} and so
   * on with {@code is_gone} for those that a later delivery lacked, in a database of their own.
   */
  public static Connection rows(Path workspace, LocalDate asOf) throws SQLException {
    Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
    KpiJudge judge = new KpiJudge(duckdb);
    judge.load(JudgedExports.of(workspace), asOf);
    judge.run("typed.sql");
    KEYS.forEach(judge::fold);
    return duckdb;
  }

  private void load(JudgedExports exports, LocalDate asOf) throws SQLException {
    // one thread reads the lines of a file in their order, which decides between versions
    execute("SET threads = 1");
    execute("SET TimeZone = 'UTC'");
    execute(
        "CREATE TABLE parameters AS SELECT DATE '%s' AS as_of, %d AS first_weekday"
            .formatted(asOf, exports.weekStartsOn().getValue()));
    execute(
        "CREATE TABLE places (practice_id VARCHAR, location_id VARCHAR, zone VARCHAR,"
            + " notice_hours DECIMAL(18, 4), region VARCHAR, opened_on DATE, rooms INTEGER,"
            + " history_from DATE)");
    execute(
        "CREATE TABLE opening_hours (location_id VARCHAR, weekday INTEGER, opens TIME,"
            + " closes TIME)");
    execute("CREATE TABLE closed_days (location_id VARCHAR, day DATE)");
    for (JudgedExports.Place place : exports.places()) {
      insert(
          "places",
          place.practice(),
          place.location(),
          place.zone(),
          place.noticeHours(),
          place.region().orElse(null),
          place.openedOn().orElse(null),
          place.rooms().orElse(null),
          place.historyFrom().orElse(null));
      for (Map.Entry<String, List<String>> day : place.openingHours().entrySet()) {
        for (String stretch : day.getValue()) {
          String[] ends = stretch.split("-", -1);
          insert("opening_hours", place.location(), weekday(day.getKey()), ends[0], ends[1]);
        }
      }
      for (String day : place.closedDays()) {
        insert("closed_days", place.location(), day);
      }
    }
    for (Map.Entry<String, String> table : COLUMNS.entrySet()) {
      List<String> columns = List.of(table.getValue().split(" ", -1));
      execute(
          "CREATE TABLE raw_%s (practice_id VARCHAR, delivery VARCHAR, file_no INTEGER, "
                  .formatted(table.getKey())
              + columns.stream().map(c -> c + " VARCHAR").collect(Collectors.joining(", "))
              + ", row_no BIGINT)");
    }
    Map<String, List<JudgedExports.Export>> alike =
        exports.exports().stream()
            .filter(e -> COLUMNS.containsKey(e.table()))
            .collect(
                Collectors.groupingBy(
                    e -> String.join("/", e.practice(), e.table(), e.header()),
                    TreeMap::new,
                    Collectors.toList()));
    alike.values().forEach(this::load);
    execute("RESET threads");
  }

  /** Loads the files of one source that have the same header; a column unknown is left out. */
  private void load(List<JudgedExports.Export> files) {
    JudgedExports.Export first = files.get(0);
    List<String> header = List.of(first.header().split(",", -1));
    List<String> wanted = List.of(COLUMNS.get(first.table()).split(" ", -1));
    String numbers =
        files.stream()
            .map(f -> "'" + f.file() + "': " + f.order())
            .collect(Collectors.joining(", ", "MAP {", "}"));
    String names = files.stream().map(f -> "'" + f.file() + "'").collect(Collectors.joining(", "));
    String types =
        header.stream().map(c -> "'" + c + "': 'VARCHAR'").collect(Collectors.joining(", "));
    execute(
        """
        INSERT INTO raw_%s BY NAME
        SELECT '%s' AS practice_id, '%s' AS delivery, %s[filename] AS file_no, %s,
          row_number() OVER () AS row_no
        FROM read_csv([%s], auto_detect = false, header = true, delim = ',', quote = '"',
          escape = '"', filename = true, columns = {%s})"""
            .formatted(
                first.table(),
                first.practice(),
                first.delivery(),
                numbers,
                header.stream().filter(wanted::contains).collect(Collectors.joining(", ")),
                names,
                types));
  }

  /**
   * The current row per business key: the last accepted row of the newest file, unless a later
   * window over its day and location holds no row of that key, accepted or not.
   */
  private void fold(String table, String key) {
    execute(
        """
        CREATE TABLE accepted_%1$s AS
        SELECT * FROM typed_%1$s SEMI JOIN (
          SELECT file_no FROM typed_%1$s GROUP BY file_no
          HAVING count(*) FILTER (WHERE NOT ok) * 20 <= count(*)) USING (file_no);
        CREATE TABLE newest_%1$s AS
        SELECT * FROM accepted_%1$s WHERE ok
        QUALIFY row_number() OVER (
          PARTITION BY practice_id, location_id, %2$s ORDER BY file_no DESC, row_no DESC) = 1;
        CREATE TABLE gone_%1$s AS
        WITH windows AS (
          SELECT practice_id, file_no, min(day) AS first_day, max(day) AS last_day,
            list(DISTINCT location_id) AS locations
          FROM accepted_%1$s WHERE ok AND delivery = 'window' GROUP BY ALL),
        covering AS (
          SELECT n.practice_id, n.location_id, %3$s, w.file_no
          FROM newest_%1$s n JOIN windows w ON w.practice_id = n.practice_id
            AND w.file_no > n.file_no AND n.day BETWEEN w.first_day AND w.last_day
            AND list_contains(w.locations, n.location_id))
        SELECT DISTINCT practice_id, location_id, %2$s FROM covering
        ANTI JOIN accepted_%1$s USING (practice_id, location_id, %2$s, file_no);
        CREATE TABLE current_%1$s AS
        SELECT n.*, g.practice_id IS NOT NULL AS is_gone FROM newest_%1$s n
        LEFT JOIN gone_%1$s g USING (practice_id, location_id, %2$s)"""
            .formatted(table, key, "n." + key.replace(", ", ", n.")));
  }

  private void insert(String table, String... values) throws SQLException {
    String marks = String.join(", ", Collections.nCopies(values.length, "?"));
    try (PreparedStatement insert =
        duckdb.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")")) {
      for (int i = 0; i < values.length; i++) {
        insert.setString(i + 1, values[i]);
      }
      insert.execute();
    }
  }

  private static String weekday(String name) {
    List<String> names = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    return Integer.toString(names.indexOf(name.substring(0, 3)) + 1);
  }

  private List<JudgedRow> rows() throws SQLException {
    List<JudgedRow> rows = new ArrayList<>();
    try (Statement statement = duckdb.createStatement();
        ResultSet result =
            statement.executeQuery(
                """
                SELECT practice_id, location_id, grain, member, period, starts, kpi,
                  numerator::DECIMAL(38, 6), denominator::DECIMAL(38, 6), sample::DECIMAL(38, 6)
                FROM judged, parameters
                WHERE (numerator <> 0 OR coalesce(denominator, 0) <> 0)
                AND (period = 'week' AND starts + 7 <= as_of
                  OR period = 'month' AND starts IS NOT NULL
                  OR period = 'day' AND grain = 'location' AND kpi IN
                    ('net_revenue', 'average_ticket', 'collection_rate', 'no_show_rate')
                  OR period = 'day' AND grain = 'category' AND kpi = 'net_revenue')
                ORDER BY ALL""")) {
      while (result.next()) {
        rows.add(
            new JudgedRow(
                result.getString(1),
                Optional.ofNullable(result.getString(2)),
                result.getString(3),
                Optional.ofNullable(result.getString(4)),
                result.getString(5),
                result.getObject(6, LocalDate.class),
                result.getString(7),
                result.getBigDecimal(8),
                Optional.<BigDecimal>ofNullable(result.getBigDecimal(9)),
                Optional.<BigDecimal>ofNullable(result.getBigDecimal(10))));
      }
    }
    return List.copyOf(rows);
  }

  private void run(String script) {
    try (InputStream sql = KpiJudge.class.getResourceAsStream("/judge/" + script)) {
      execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void execute(String sql) {
    try (Statement statement = duckdb.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("The judge's own SQL fails: " + e.getMessage(), e);
    }
  }
}
