package medspa.jobs.compute;

import static medspa.warehouse.query.Sql.literal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.Period;
import medspa.warehouse.lake.Batch.Run;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.LakeJson;
import medspa.warehouse.market.Market;
import medspa.warehouse.query.Sql;

/**
 * Writes a batch of bronze as ingestion does: Parquet by DuckDB, and a marker. A row is given as
 * {@code column=value column=value …}; an instant without offset is local time of the row's
 * location.
 */
public final class TestBatch {
  private static final TableContracts CONTRACTS = TableContracts.load();

  private final Lake lake;
  private final Market market;
  private final long sequence;
  private final String source;
  private final Delivery delivery;
  private final Map<String, List<Map<String, String>>> rows = new TreeMap<>();
  private final List<String> rejected = new ArrayList<>();
  private final Map<String, Integer> rejectedPerTable = new TreeMap<>();
  private String fileName;
  private Optional<String> replaces = Optional.empty();
  private Optional<String> receiptRows = Optional.empty();
  private Optional<Period> period = Optional.empty();
  private long order;
  private long line = 1;

  public TestBatch(Lake lake, Market market, long sequence, String source, Delivery delivery) {
    this.lake = lake;
    this.market = market;
    this.sequence = sequence;
    this.order = sequence;
    this.source = source;
    this.delivery = delivery;
    this.fileName = "exports/" + sequence + ".csv";
  }

  public TestBatch replacing(String sourceFileId, long orderOfReplaced) {
    replaces = Optional.of(sourceFileId);
    order = orderOfReplaced;
    return this;
  }

  /** The path of the file. */
  public TestBatch named(String path) {
    fileName = path;
    return this;
  }

  /** Its rows have no key of their own: a receipt is delivered as a whole. */
  public TestBatch byReceipt() {
    receiptRows = Optional.of("lines");
    return this;
  }

  /** The file states the days that it is complete for. */
  public TestBatch stating(String firstDate, String lastDate) {
    period = Optional.of(new Period(LocalDate.parse(firstDate), LocalDate.parse(lastDate)));
    return this;
  }

  /** A row of a location's table. */
  public TestBatch row(String table, String values) {
    Map<String, String> row = new LinkedHashMap<>();
    for (String value : values.trim().split("\\s+", -1)) {
      String[] parts = value.split("=", 2);
      row.put(parts[0], parts[1]);
    }
    row.putIfAbsent("practice_id", practice(row));
    row.put("source_line", String.valueOf(++line));
    rows.computeIfAbsent(table, t -> new ArrayList<>()).add(row);
    return this;
  }

  /** A rejected row whose key could be read. */
  public TestBatch rejected(String table, String location, String... storedKey) {
    String practice = market.location(location).orElseThrow().practiceId();
    String key =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(practice), java.util.Arrays.stream(storedKey))
            .map(Sql::literal)
            .collect(Collectors.joining(" || chr(31) || "));
    rejected.add(
        String.format(
            Locale.ROOT,
            "(%s, %d, 'status', 'unknown_word', %s, sha256(%s))",
            literal(table),
            ++line,
            literal(location),
            key));
    rejectedPerTable.merge(table, 1, Integer::sum);
    return this;
  }

  /** Writes the batch and returns its source file id. */
  public String write() {
    String id = String.format(Locale.ROOT, "%08d-%012x", sequence, sequence);
    Path directory = lake.batch(id);
    List<TableCounts> counts = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      Files.createDirectories(directory);
      statement.execute("SET TimeZone = 'UTC'");
      for (Map.Entry<String, List<Map<String, String>>> table : rows.entrySet()) {
        TableContract contract = CONTRACTS.table(table.getKey());
        statement.execute(
            "COPY ("
                + select(id, contract, table.getValue())
                + ") TO "
                + literal(lake.batchTable(id, table.getKey()).toString())
                + " (FORMAT parquet)");
      }
      statement.execute(
          "CREATE TABLE rejected_rows(table_name VARCHAR, source_line BIGINT, column_name VARCHAR,"
              + " reason VARCHAR, location_id VARCHAR, row_key VARCHAR)");
      if (!rejected.isEmpty()) {
        statement.execute("INSERT INTO rejected_rows VALUES " + String.join(", ", rejected));
      }
      statement.execute(
          "COPY rejected_rows TO "
              + literal(lake.rejectedRows(id).toString())
              + " (FORMAT parquet)");
    } catch (java.sql.SQLException | java.io.IOException e) {
      throw new IllegalStateException(e);
    }
    for (String table : CONTRACTS.names()) {
      List<Map<String, String>> accepted = rows.getOrDefault(table, List.of());
      int rejects = rejectedPerTable.getOrDefault(table, 0);
      if (!accepted.isEmpty() || rejects > 0) {
        counts.add(
            new TableCounts(
                table,
                accepted.size() + rejects,
                accepted.size(),
                0,
                0,
                rejects,
                windows(CONTRACTS.table(table), accepted),
                0,
                receiptRows,
                0,
                false));
      }
    }
    LakeJson.replace(
        directory.resolve("batch.json"),
        new Batch(
            sequence,
            order,
            id,
            source,
            market.practices().get(0).id(),
            fileName,
            "0".repeat(64),
            "0".repeat(64),
            replaces,
            "medspa",
            delivery,
            Instant.EPOCH,
            0,
            counts,
            Optional.empty(),
            period));
    return id;
  }

  private String practice(Map<String, String> row) {
    return Optional.ofNullable(row.get("location_id"))
        .map(location -> market.location(location).orElseThrow().practiceId())
        .orElse(market.practices().get(0).id());
  }

  private List<Window> windows(TableContract contract, List<Map<String, String>> accepted) {
    Map<String, List<LocalDate>> dates = new TreeMap<>();
    contract
        .date()
        .ifPresent(
            date -> {
              for (Map<String, String> row : accepted) {
                LocalDate day = LocalDate.ofInstant(instant(row.get(date), zone(row)), zone(row));
                dates.computeIfAbsent(row.get("location_id"), l -> new ArrayList<>()).add(day);
              }
            });
    return dates.entrySet().stream()
        .map(
            entry -> {
              List<LocalDate> days = entry.getValue().stream().sorted().toList();
              return new Window(
                  entry.getKey(), days.get(0), days.get(days.size() - 1), Run.of(days));
            })
        .toList();
  }

  private ZoneId zone(Map<String, String> row) {
    return market.location(row.get("location_id")).orElseThrow().zone();
  }

  private static Instant instant(String text, ZoneId zone) {
    return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).atZone(zone).toInstant();
  }

  private String select(String id, TableContract contract, List<Map<String, String>> accepted) {
    return accepted.stream()
        .map(row -> "SELECT " + String.join(", ", values(id, contract, row)))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private List<String> values(String id, TableContract contract, Map<String, String> row) {
    List<String> values = new ArrayList<>();
    values.add(literal(row.get("practice_id")) + " AS practice_id");
    for (Column column : contract.columns()) {
      Optional<String> text = Optional.ofNullable(row.get(column.storedName()));
      String value =
          column.type() == ColumnType.INSTANT
              ? text.map(t -> literal(instant(t, zone(row)).toString())).orElse("NULL")
              : text.map(Sql::literal).orElse("NULL");
      values.add(
          "CAST(" + value + " AS " + column.type().duckdbType() + ") AS " + column.storedName());
    }
    values.add(literal(id) + " AS source_file_id");
    values.add("CAST(" + row.get("source_line") + " AS BIGINT) AS source_line");
    values.add("TIMESTAMPTZ '1970-01-01 00:00:00Z' AS ingested_at");
    return values;
  }
}
