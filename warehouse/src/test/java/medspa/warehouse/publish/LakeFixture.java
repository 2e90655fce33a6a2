package medspa.warehouse.publish;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.history.History;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.LakeState;
import medspa.warehouse.market.FiscalYear;
import medspa.warehouse.market.Identity;
import medspa.warehouse.market.Identity.Kind;
import medspa.warehouse.market.Location;
import medspa.warehouse.market.Market;
import medspa.warehouse.market.Market.Hours;
import medspa.warehouse.market.Market.Practice;
import medspa.warehouse.relation.CanonicalRelations;
import medspa.warehouse.relation.Relation;
import medspa.warehouse.relation.Relation.Rows;
import medspa.warehouse.relation.Relations;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A small lake written by hand: silver and gold as Parquet, and the state that names them.
 *
 * <p>Registered as an extension in a field of the instance, each test has an empty one of its own;
 * tests that only read what is published share a {@link PublishedLake}.
 */
final class LakeFixture implements BeforeEachCallback, AfterEachCallback, AutoCloseable {
  /** First day of the last computed week; a Monday. */
  static final LocalDate LAST_WEEK = LocalDate.of(2026, 3, 30);

  static final LocalDate AS_OF = LAST_WEEK.plusDays(7);

  /** Immutable, and dear to load. */
  private static final Publisher SHIPPED = new Publisher();

  private static final Pattern WORD = Pattern.compile("\\w+");

  private static final Set<String> RELATIONS =
      Relations.load().all().stream().map(Relation::name).collect(Collectors.toSet());

  private static final Map<String, String> DATASETS = datasets();

  /** The file of each dataset without rows, which most are in most tests; they are all alike. */
  private static final Map<String, byte[]> WITHOUT_ROWS = new HashMap<>();

  Lake lake;
  Path warehouse;
  History history;
  private Path directory;
  private Connection connection;
  private final Set<String> attended = new HashSet<>();
  private final List<Location> locations = new ArrayList<>();
  private final Map<String, LocalDate> openedOn = new HashMap<>();
  private final Map<String, List<String>> pinned = new HashMap<>();
  private final List<Market.Target> targets = new ArrayList<>();
  private final List<Market.SourceExpectation> expectations = new ArrayList<>();
  private final List<Identity> identities = new ArrayList<>();
  private final List<Market.Consultant> consultants = new ArrayList<>();
  private int weeksComputed = 13;
  private long bronzeSequence = 100;
  private String runId = "run-1";
  private Optional<Long> knownAt = Optional.empty();
  private Instant publishedAt = Instant.parse("2026-04-06T12:00:00Z");
  private String codeVersion = "0.1.0";
  private String configuration = "digest";
  private LocalDate lastWeek = LAST_WEEK;
  private boolean daysWritten = false;
  private Publisher publisher = SHIPPED;
  private Optional<FiscalYear> fiscalYear = Optional.empty();

  /** To be registered as an extension. */
  LakeFixture() {}

  LakeFixture(Path directory) throws SQLException {
    open(directory);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws SQLException, IOException {
    directory = Files.createTempDirectory("medspa-lake");
    open(directory);
  }

  @Override
  public void afterEach(ExtensionContext context) throws SQLException, IOException {
    close();
    DiskFiles.remove(directory);
  }

  private void open(Path place) throws SQLException {
    this.lake = new Lake(place.resolve("lake"));
    this.warehouse = place.resolve("warehouse").resolve("medspa.duckdb");
    this.history = new History(place.resolve("history"));
    this.connection = DriverManager.getConnection("jdbc:duckdb:");
    execute(String.join("; ", DATASETS.values()));
  }

  /** The statement that creates the empty table of each dataset, by the dataset's name. */
  private static Map<String, String> datasets() {
    Map<String, String> datasets = new TreeMap<>();
    for (Relation table : CanonicalRelations.all(TableContracts.load())) {
      String name = "silver/" + table.name();
      datasets.put(name, create(name, table, ", is_deleted BOOLEAN"));
    }
    for (Relation relation : Relations.load().all()) {
      if (relation.rows() instanceof Rows.Dataset dataset) {
        datasets.put(dataset.name(), create(dataset.name(), relation, ""));
      }
    }
    String measures =
        " (practice_id VARCHAR, location_id VARCHAR, grain VARCHAR, member_id VARCHAR, %s DATE,"
            + " measure VARCHAR, amount DECIMAL(38,10))";
    datasets.put(
        "gold/measures_weekly",
        "CREATE TABLE \"gold/measures_weekly\"" + measures.formatted("week_start"));
    datasets.put(
        "gold/measures_daily", "CREATE TABLE \"gold/measures_daily\"" + measures.formatted("date"));
    return datasets;
  }

  private static String create(String dataset, Relation table, String more) {
    return "CREATE TABLE \""
        + dataset
        + "\" ("
        + table.columns().stream()
            .map(c -> '"' + c.name() + "\" " + c.type())
            .collect(Collectors.joining(", "))
        + more
        + ")";
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Configures a location; its practice is configured with its first one. */
  LakeFixture location(String practice, String location, String region) {
    return location(practice, location, region, Optional.empty());
  }

  LakeFixture location(String practice, String location, String region, Optional<Integer> rooms) {
    return location(practice, location, region, rooms, List.of(), Map.of());
  }

  LakeFixture location(
      String practice,
      String location,
      String region,
      Optional<Integer> rooms,
      List<LocalDate> closedDays,
      Map<DayOfWeek, List<Hours>> openingHours,
      String... peers) {
    List<String> peerGroups = List.of(peers);
    locations.add(
        new Location(
            location,
            practice,
            "Location " + location,
            ZoneId.of("America/Chicago"),
            Optional.of(region),
            Optional.ofNullable(openedOn.get(location)),
            rooms,
            new BigDecimal("24"),
            closedDays,
            openingHours,
            peerGroups));
    return this;
  }

  /** When a location opened; said before the location is. */
  LakeFixture openedOn(String location, LocalDate day) {
    openedOn.put(location, day);
    return this;
  }

  LakeFixture pin(String practice, String... kpis) {
    pinned.put(practice, List.of(kpis));
    return this;
  }

  LakeFixture target(String location, String kpi, double value) {
    targets.add(new Market.Target(location, kpi, value));
    return this;
  }

  LakeFixture expect(String source, String practice, Integer days) {
    expectations.add(
        new Market.SourceExpectation(source, practice, "medspa", Optional.ofNullable(days)));
    return this;
  }

  LakeFixture consultant(String id, String... practices) {
    return consultant(id, Market.Detail.AGGREGATES, practices);
  }

  LakeFixture consultant(String id, Market.Detail detail, String... practices) {
    consultants.add(new Market.Consultant(id, "Consultant " + id, List.of(practices), detail));
    return this;
  }

  LakeFixture identity(String practice, Kind kind, String source, String value, String id) {
    identities.add(new Identity(practice, kind, source, value, id));
    return this;
  }

  LakeFixture weeksComputed(int weeks) {
    weeksComputed = weeks;
    return this;
  }

  LakeFixture fiscalYear(FiscalYear year) {
    fiscalYear = Optional.of(year);
    return this;
  }

  LakeFixture bronzeSequence(long sequence) {
    bronzeSequence = sequence;
    return this;
  }

  /** The number of another batch, up to which the lake is computed then. */
  long nextSequence() {
    bronzeSequence++;
    return bronzeSequence;
  }

  LakeFixture publishedAt(String instant) {
    publishedAt = Instant.parse(instant);
    return this;
  }

  LakeFixture codeVersion(String version) {
    codeVersion = version;
    return this;
  }

  LakeFixture configuration(String digest) {
    configuration = digest;
    return this;
  }

  LakeFixture lastWeek(LocalDate week) {
    lastWeek = week;
    return this;
  }

  LakeFixture knownAt(long sequence) {
    knownAt = Optional.of(sequence);
    return this;
  }

  LakeFixture runId(String id) {
    runId = id;
    return this;
  }

  /**
   * The relations that the test reads, where it publishes often: a publication of these and what
   * they follow from takes a part of the time.
   */
  LakeFixture reading(String... relations) {
    publisher = SHIPPED.only(Set.of(relations));
    return this;
  }

  /** Adds rows, each as the SQL literals of the named columns; other columns are NULL. */
  LakeFixture rows(String dataset, String columns, String... rows) throws SQLException {
    for (String row : rows) {
      execute("INSERT INTO \"" + dataset + "\" (" + columns + ") VALUES (" + row + ")");
    }
    return this;
  }

  /** A row at the location, so that needs of the table are met there. */
  LakeFixture has(String practice, String location, String... tables) throws SQLException {
    for (String table : tables) {
      String key = "'" + practice + "', '" + location + "', '" + location + "'";
      String columns =
          switch (table) {
            case "appointments" -> "practice_id, location_id, appointment_id";
            case "shifts" -> "practice_id, location_id, shift_id";
            case "timecards" -> "practice_id, location_id, timecard_id";
            case "sale_lines" -> "practice_id, location_id, sale_id";
            case "payments" -> "practice_id, location_id, payment_id";
            case "payouts" -> "practice_id, location_id, payout_id";
            case "memberships" -> "practice_id, location_id, membership_id";
            case "stock_movements" -> "practice_id, location_id, movement_id";
            case "stock_counts" -> "practice_id, location_id, count_id";
            default -> throw new IllegalArgumentException(table);
          };
      // Money of no kind lies beyond every week, so that no ledger has to explain it.
      LocalDate day =
          table.equals("sale_lines") || table.equals("payments")
              ? AS_OF.plusYears(1)
              : LocalDate.of(2026, 3, 1);
      rows(
          "silver/" + table,
          columns + ", local_date, is_deleted, source_file_id, source_line",
          key + ", DATE '" + day + "', false, 'file', 1");
    }
    return this;
  }

  /** A measure of the location as a whole. */
  LakeFixture measure(
      String practice, String location, LocalDate week, String measure, String amount)
      throws SQLException {
    return rows(
        "gold/measures_weekly",
        "practice_id, location_id, grain, week_start, measure, amount",
        String.format(
            java.util.Locale.ROOT,
            "'%s', '%s', 'location', DATE '%s', '%s', %s",
            practice,
            location,
            week,
            measure,
            amount));
  }

  /** A measure of a provider, which is added to that of the location as well. */
  LakeFixture provider(
      String practice,
      String location,
      String provider,
      LocalDate week,
      String measure,
      String amount)
      throws SQLException {
    member(practice, location, "provider", provider, week, measure, amount);
    return measure(practice, location, week, measure, amount);
  }

  /** A measure of a member of the location alone. */
  LakeFixture member(
      String practice,
      String location,
      String grain,
      String member,
      LocalDate week,
      String measure,
      String amount)
      throws SQLException {
    return rows(
        "gold/measures_weekly",
        "practice_id, location_id, grain, member_id, week_start, measure, amount",
        String.format(
            java.util.Locale.ROOT,
            "'%s', '%s', '%s', '%s', DATE '%s', '%s', %s",
            practice,
            location,
            grain,
            member,
            week,
            measure,
            amount));
  }

  /** An attended appointment, without which nobody knows who came. */
  private void attended(String practice, String location, LocalDate week) throws SQLException {
    if (attended.add(practice + " " + location + " " + week)) {
      rows(
          "silver/appointments",
          "practice_id, location_id, appointment_id, local_date, is_deleted, source_file_id,"
              + " source_line",
          "'"
              + practice
              + "', '"
              + location
              + "', 'came "
              + week
              + "', DATE '2026-03-01', false, 'file', 1");
      measure(practice, location, week, "visits_attended", "1");
    }
  }

  /**
   * Seconds that obey the capacity identity, of one provider and the location; kept ones come with
   * an attended appointment.
   */
  LakeFixture seconds(
      String practice, String location, String provider, LocalDate week, long bookable, long kept)
      throws SQLException {
    if (kept > 0) {
      attended(practice, location, week);
    }
    provider(practice, location, provider, week, "bookable_seconds", Long.toString(bookable));
    provider(practice, location, provider, week, "kept_seconds", Long.toString(kept));
    return provider(
        practice, location, provider, week, "idle_seconds", Long.toString(bookable - kept));
  }

  Market market() {
    Map<String, List<Location>> byPractice =
        locations.stream()
            .collect(
                Collectors.groupingBy(Location::practiceId, TreeMap::new, Collectors.toList()));
    List<Practice> practices =
        byPractice.entrySet().stream()
            .map(
                e ->
                    new Practice(
                        e.getKey(),
                        "Practice " + e.getKey(),
                        e.getValue(),
                        pinned.getOrDefault(e.getKey(), List.of()),
                        List.of()))
            .toList();
    return new Market(
        "USD",
        DayOfWeek.MONDAY,
        practices,
        List.of(),
        List.copyOf(targets),
        List.copyOf(consultants),
        List.copyOf(expectations),
        false,
        fiscalYear);
  }

  /** A measure of a local day; then no other days are written than these. */
  LakeFixture day(
      String practice,
      String location,
      String grain,
      String member,
      LocalDate day,
      String measure,
      String amount)
      throws SQLException {
    daysWritten = true;
    return rows(
        "gold/measures_daily",
        "practice_id, location_id, grain, member_id, date, measure, amount",
        String.format(
            java.util.Locale.ROOT,
            "'%s', '%s', '%s', %s, DATE '%s', '%s', %s",
            practice,
            location,
            grain,
            member,
            day,
            measure,
            amount));
  }

  /** Writes every dataset, in two files where it has rows, and the state. */
  LakeFixture write() throws Exception {
    DoubleBookingFixture.count(this, lastWeek.plusDays(7));
    String measures = "\"gold/measures_weekly\"";
    // What no category has is of services without one, so that categories add up.
    String categorised =
        " WHERE measure IN ('net_service', 'gross_service', 'discount_service', 'rows_timed',"
            + " 'actual_seconds', 'scheduled_seconds') AND grain IN ('location', 'category')";
    execute(
        "CREATE OR REPLACE TEMP VIEW written AS SELECT practice_id, location_id, grain,"
            + " member_id, week_start, measure, CAST(sum(amount) AS DECIMAL(38,10)) AS amount FROM"
            + " (FROM "
            + measures
            + " UNION ALL SELECT practice_id, location_id, 'category', 'uncategorised', week_start,"
            + " measure, sum(CASE grain WHEN 'location' THEN amount ELSE -amount END) AS amount"
            + " FROM "
            + measures
            + categorised
            + " GROUP BY ALL HAVING amount <> 0) GROUP BY ALL");
    // Unless a test writes days, each week is on its first one.
    if (!daysWritten) {
      execute("DELETE FROM \"gold/measures_daily\"");
      execute(
          "INSERT INTO \"gold/measures_daily\" SELECT practice_id, location_id, grain, member_id,"
              + " week_start, measure, amount FROM written");
    }
    Map<String, String> datasets = new HashMap<>();
    Set<String> filled = filled();
    for (String dataset : DATASETS.keySet()) {
      String path = dataset + "/" + runId;
      Path target = Files.createDirectories(lake.directory().resolve(path));
      if (filled.contains(dataset)) {
        String source = dataset.equals("gold/measures_weekly") ? "written" : '"' + dataset + '"';
        for (int part = 0; part < 2; part++) {
          copy(
              source + " t WHERE hash(t) % 2 = " + part,
              target.resolve("part-" + part + ".parquet"));
        }
      } else {
        Path file = target.resolve("part-0.parquet");
        byte[] empty = WITHOUT_ROWS.get(dataset);
        if (empty == null) {
          copy('"' + dataset + '"', file);
          WITHOUT_ROWS.put(dataset, Files.readAllBytes(file));
        } else {
          Files.write(file, empty);
        }
      }
      Files.writeString(target.resolve("_SUCCESS"), "");
      datasets.put(dataset, path);
    }
    new LakeState(
            runId,
            lastWeek.plusDays(7),
            knownAt,
            lastWeek,
            weeksComputed,
            bronzeSequence,
            1,
            configuration,
            datasets)
        .write(lake);
    return this;
  }

  private void copy(String rows, Path file) throws SQLException {
    execute("COPY (FROM " + rows + ") TO '" + file + "' (FORMAT parquet)");
  }

  /** The datasets that have rows. */
  private Set<String> filled() throws SQLException {
    String each =
        DATASETS.keySet().stream()
            .map(name -> "(SELECT '" + name + "' FROM \"" + name + "\" LIMIT 1)")
            .collect(Collectors.joining(" UNION ALL "));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(each)) {
      Set<String> names = new HashSet<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }

  Publication publish() {
    return publish(publisher);
  }

  Publication publish(Publisher publisher) {
    return publisher.publish(request());
  }

  PublishRequest request() {
    return new PublishRequest(
        lake,
        market(),
        List.copyOf(identities),
        warehouse,
        history,
        publishedAt,
        codeVersion,
        progress -> {});
  }

  /** Rows of the published warehouse as text, columns joined by {@code |}. */
  List<String> query(String sql) throws SQLException {
    Matcher words = WORD.matcher(sql);
    while (words.find()) {
      if (RELATIONS.contains(words.group()) && !publisher.fills(words.group())) {
        throw new IllegalArgumentException(
            "The test reads " + words.group() + ", which is not filled unless it says so");
      }
    }
    java.util.Properties readOnly = new java.util.Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    try (Connection published = DriverManager.getConnection("jdbc:duckdb:" + warehouse, readOnly);
        Statement statement = published.createStatement()) {
      try (ResultSet rows = statement.executeQuery(sql)) {
        List<String> result = new ArrayList<>();
        while (rows.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            Object value = rows.getObject(i);
            row.add(
                value instanceof java.time.OffsetDateTime instant
                    ? instant.toInstant().toString()
                    : String.valueOf(rows.getString(i)));
          }
          result.add(String.join("|", row));
        }
        return result;
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
