package medspa.jobs.ingest;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
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
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.market.Identity;
import medspa.warehouse.market.Location;
import medspa.warehouse.market.Market;
import medspa.warehouse.market.Market.Practice;

/** A workspace of two practices whose exports a test writes, ingests and looks at. */
final class IngestFixture {
  static final String KEY = "0123456789abcdef0123456789abcdef";

  final Path workspace;
  final Lake lake;
  final List<Source> sources = new ArrayList<>();
  final List<Identity> identities = new ArrayList<>();
  PseudonymKey key = new PseudonymKey(KEY);
  Consumer<String> progress = line -> {};
  Optional<LocalDate> asOf = Optional.empty();
  Instant ingestedAt = Instant.parse("2027-01-04T12:00:00Z");

  IngestFixture(Path workspace) {
    this.workspace = workspace;
    this.lake = new Lake(workspace.resolve("lake"));
  }

  static Market market() {
    return new Market(
        "USD",
        DayOfWeek.MONDAY,
        List.of(
            new Practice(
                "glow",
                "Glow",
                List.of(
                    location("austin", "glow", "America/Chicago"),
                    location("island", "glow", "Australia/Lord_Howe")),
                List.of(),
                List.of()),
            new Practice(
                "lumi",
                "Lumi",
                List.of(location("boston", "lumi", "America/New_York")),
                List.of(),
                List.of())),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Location location(String id, String practice, String zone) {
    return new Location(
        id,
        practice,
        id,
        ZoneId.of(zone),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new BigDecimal("24"),
        List.of(),
        Map.of(),
        List.of());
  }

  /** A source of the built-in format, named like its table. */
  IngestFixture builtIn(String table, String practice, Delivery delivery) {
    return add(
        table, practice, "medspa", Optional.of(table), table + "*.csv", Optional.empty(), delivery);
  }

  /** A source of a mapping, for one location. */
  IngestFixture mapped(String name, String format, String from, String location) {
    sources.add(
        new Source(
            name,
            market().location(location).orElseThrow().practiceId(),
            mapping(format, Optional.empty()),
            "exports/" + from,
            Optional.of(location),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Map.of()));
    return this;
  }

  IngestFixture add(
      String name,
      String practice,
      String format,
      Optional<String> table,
      String from,
      Optional<String> location,
      Delivery delivery) {
    sources.add(
        new Source(
            name,
            practice,
            mapping(format, table),
            "exports/" + from,
            location,
            Map.of(),
            Optional.of(delivery),
            Optional.empty(),
            Map.of(),
            Map.of()));
    return this;
  }

  /** Replaces the last source by a changed one. */
  IngestFixture last(java.util.function.UnaryOperator<Source> change) {
    sources.add(change.apply(sources.remove(sources.size() - 1)));
    return this;
  }

  private Mappings mappings() {
    Path own = workspace.resolve("mappings");
    return Files.isDirectory(own) ? loaded(own) : Shipped.MAPPINGS;
  }

  /** The shipped mappings, read once: most workspaces have no other. */
  private static final class Shipped {
    private static final Mappings MAPPINGS = loaded(Path.of("none"));
  }

  private static Mappings loaded(Path own) {
    Problems problems = new Problems();
    Mappings mappings = Mappings.load(TableContracts.load(), own, problems);
    problems.failIfAny();
    return mappings;
  }

  Source.MappingRef mapping(String format, Optional<String> table) {
    return Source.MappingRef.find(mappings(), format, table)
        .orElseThrow()
        .as(Currency.getInstance(market().currency()), Map.of());
  }

  IngestFixture file(String name, String... lines) throws IOException {
    return bytes(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  IngestFixture bytes(String name, byte[] bytes) throws IOException {
    Path file = workspace.resolve("exports").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    return this;
  }

  IngestFixture mappingFile(String name, String text) throws IOException {
    Files.createDirectories(workspace.resolve("mappings"));
    Files.writeString(workspace.resolve("mappings").resolve(name), text);
    return this;
  }

  Ingestion.Result ingest() {
    return ingest("0.05");
  }

  Ingestion.Result ingest(String rejectLimit) {
    return ingest(rejectLimit, "0.25");
  }

  Ingestion.Result ingest(String rejectLimit, String deletionLimit) {
    return Ingestion.run(
        new Ingestion.Request(
            workspace,
            lake,
            market(),
            sources,
            mappings(),
            List.copyOf(identities),
            key,
            new BigDecimal(rejectLimit),
            new BigDecimal(deletionLimit),
            ingestedAt,
            asOf,
            2,
            progress));
  }

  /** Rows of a query over {@code rows}, the accepted rows of a table in all current batches. */
  List<String> rows(String table, String select) throws SQLException {
    List<String> files = new ArrayList<>();
    for (Batch batch : Bronze.read(lake).current()) {
      Path file = lake.batchTable(batch.sourceFileId(), table);
      if (Files.exists(file)) {
        files.add("'" + file + "'");
      }
    }
    return query(
        "WITH rows AS (FROM read_parquet(["
            + String.join(", ", files)
            + "], union_by_name = true)) "
            + select);
  }

  /** The rejected rows of all current batches as {@code line column reason}. */
  List<String> rejected() throws SQLException {
    List<String> rejected = new ArrayList<>();
    for (Batch batch : Bronze.read(lake).current()) {
      Path file = lake.rejectedRows(batch.sourceFileId());
      if (Files.exists(file)) {
        rejected.addAll(
            query(
                "SELECT concat_ws(' ', source_line, column_name, reason) FROM '"
                    + file
                    + "' ORDER BY source_line"));
      }
    }
    return rejected;
  }

  static List<String> query(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      try (ResultSet result = statement.executeQuery(sql)) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<String> cells = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            cells.add(text(result.getObject(i)));
          }
          rows.add(String.join("|", cells));
        }
      }
    }
    return rows;
  }

  /** An instant in UTC: the driver hands it out in the zone of the machine. */
  private static String text(Object value) {
    return value instanceof OffsetDateTime instant
        ? instant.withOffsetSameInstant(ZoneOffset.UTC).toString()
        : String.valueOf(value);
  }
}
