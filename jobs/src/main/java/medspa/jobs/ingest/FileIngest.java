package medspa.jobs.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.jobs.read.ExportFile;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.LakeJson;
import medspa.warehouse.market.Location;
import org.duckdb.DuckDBConnection;

/**
 * Turns one export file into one batch of bronze, or refuses it. Works in a DuckDB of its own in
 * memory, which cannot reach any file but the batch's directory once the file is loaded, and never
 * spills: nothing of an export is on disk before it is mapped and pseudonymised.
 */
final class FileIngest {
  private static final String MACROS = Definitions.resource("sql/ingest.sql");
  private static final String ZONES = Definitions.resource("sql/zone_labels.csv");

  private final Lake lake;
  private final TableContracts contracts;
  private final Mappings mappings;
  private final PseudonymKey key;
  private final BigDecimal rejectLimit;

  FileIngest(
      Lake lake,
      TableContracts contracts,
      Mappings mappings,
      PseudonymKey key,
      BigDecimal rejectLimit) {
    this.lake = lake;
    this.contracts = contracts;
    this.mappings = mappings;
    this.key = key;
    this.rejectLimit = rejectLimit;
  }

  /**
   * One file to take in.
   *
   * @param sequence the batch's place in the order of ingestion
   * @param replaces an earlier batch of the same bytes, read with other inputs
   * @param lookups files of each look-up the mapping needs
   */
  record Work(
      Source source,
      ExportFile file,
      String fileName,
      String sha256,
      String inputsDigest,
      long sequence,
      Optional<Batch> replaces,
      Instant ingestedAt,
      Map<String, Lookup> lookups) {

    /** Place in the order of delivery. */
    long order() {
      return replaces.map(Batch::order).orElse(sequence);
    }

    String sourceFileId() {
      return String.format(Locale.ROOT, "%08d-%s", sequence, sha256.substring(0, 12));
    }
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
   * Takes the file in.
   *
   * @param locations the practice's locations
   * @throws FileRefusedException with nothing left behind
   */
  Batch ingest(Work work, List<Location> locations) throws FileRefusedException {
    Path directory = lake.bronze().resolve("." + work.sourceFileId());
    try {
      delete(directory);
      Files.createDirectories(directory);
      Batch batch = write(work, locations, directory);
      LakeJson.replace(directory.resolve("batch.json"), batch);
      Files.move(directory, lake.batch(work.sourceFileId()), StandardCopyOption.ATOMIC_MOVE);
      return batch;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the batch of " + work.fileName(), e);
    } finally {
      delete(directory);
    }
  }

  private Batch write(Work work, List<Location> locations, Path directory)
      throws FileRefusedException {
    try (DuckDBConnection connection =
        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class)) {
      Statement statement = connection.createStatement();
      prepare(statement, work, locations);
      int columnsDropped =
          ExportTable.load(connection, "source", work.file(), work.source(), mappings)
              .columnsDropped();
      for (Map.Entry<String, Lookup> lookup : work.lookups().entrySet()) {
        for (LookupFile file : lookup.getValue().files()) {
          ExportTable.load(connection, lookup.getKey(), file.file(), file.source(), mappings);
        }
      }
      boolean append = work.source().delivery() == Delivery.APPEND;
      for (TableMapping table : work.source().mapping().mapping().tables()) {
        if (append) {
          loadSeenKeys(statement, work, contracts.table(table.table()));
        }
      }
      lockDown(statement, directory);
      List<TableCounts> tables = new ArrayList<>();
      for (TableMapping table : work.source().mapping().mapping().tables()) {
        TableContract contract = contracts.table(table.table());
        tables.add(
            runTable(
                new TableIngest(connection, table, contract, work.source(), key, append), work));
      }
      refuseTooManyRejected(statement, tables);
      for (TableCounts counts : tables) {
        copy(statement, work, counts, directory);
      }
      copyRejected(statement, tables, directory);
      return batch(work, columnsDropped, tables);
    } catch (SQLException e) {
      throw refusal(work, e);
    }
  }

  /** What the file's name tells. */
  private static Map<String, String> nameValues(Work work) throws FileRefusedException {
    Optional<Mapping.FileName> fileName = work.source().mapping().mapping().fileName();
    if (fileName.isEmpty()) {
      return Map.of();
    }
    Optional<Map<String, String>> values = fileName.get().values(work.file().fileName());
    if (values.isEmpty() && fileName.get().required()) {
      throw FileRefusedException.file(
          "The name of the file does not tell what "
              + work.source().mapping().id()
              + " needs from it ("
              + String.join(", ", fileName.get().groups())
              + ").",
          "Keep the name that the export came with; it must match "
              + fileName.get().pattern().pattern()
              + ".");
    }
    return values.orElse(Map.of());
  }

  private static void prepare(Statement statement, Work work, List<Location> locations)
      throws SQLException, FileRefusedException {
    statement.execute(MACROS);
    statement.execute("SET memory_limit = '4GB'");
    // Sources run side by side; more threads within a file only get in each other's way.
    statement.execute("SET threads = 1");
    String labels =
        ZONES
            .lines()
            .map(line -> line.split(",(?=[^,]*$)"))
            .map(pair -> Sql.text(pair[0]) + ": " + Sql.text(pair[1]))
            .collect(Collectors.joining(", "));
    statement.execute("SET VARIABLE zone_labels = MAP {" + labels + "}");
    statement.execute("SET VARIABLE zone_names = (SELECT list(name) FROM pg_timezone_names())");
    statement.execute(
        "SET VARIABLE transition_days = ["
            + transitionDays(locations).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", "))
            + "]::INTEGER[]");
    for (Map.Entry<String, String> param : work.source().mapping().mapping().params().entrySet()) {
      String value = work.source().params().getOrDefault(param.getKey(), param.getValue());
      statement.execute("SET VARIABLE " + Sql.name(param.getKey()) + " = " + Sql.text(value));
    }
    for (Map.Entry<String, String> value : nameValues(work).entrySet()) {
      statement.execute(
          "SET VARIABLE " + Sql.name(value.getKey()) + " = " + Sql.text(value.getValue()));
    }
    statement.execute("CREATE TABLE locations (name VARCHAR, location_id VARCHAR, zone VARCHAR)");
    for (Location location : locations) {
      insertLocation(statement, location.id(), location);
    }
    for (Map.Entry<String, String> named : work.source().locations().entrySet()) {
      for (Location location : locations) {
        if (location.id().equals(named.getValue()) && !location.id().equals(named.getKey())) {
          insertLocation(statement, named.getKey(), location);
        }
      }
    }
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

  private static void insertLocation(Statement statement, String name, Location location)
      throws SQLException {
    statement.execute(
        "INSERT INTO locations VALUES ("
            + Sql.text(name)
            + ", "
            + Sql.text(location.id())
            + ", "
            + Sql.text(location.zone().getId())
            + ")");
  }

  /**
   * Keys of the source's earlier files in the order of delivery, for deliveries that only append.
   * What another source delivered is no reason to reject a row: the fold decides between sources.
   */
  private void loadSeenKeys(Statement statement, Work work, TableContract contract)
      throws SQLException {
    List<String> files =
        Bronze.read(lake).current().stream()
            .filter(batch -> batch.source().equals(work.source().name()))
            .filter(batch -> batch.practiceId().equals(work.source().practiceId()))
            .filter(batch -> batch.order() < work.order())
            .filter(
                batch -> batch.table(contract.name()).filter(t -> t.rowsAccepted() > 0).isPresent())
            .map(batch -> lake.batchTable(batch.sourceFileId(), contract.name()).toString())
            .toList();
    String keys = String.join(", ", contract.storedKey().stream().map(Sql::name).toList());
    String target = Sql.name(contract.name() + "_seen");
    if (files.isEmpty()) {
      statement.execute(
          "CREATE TABLE "
              + target
              + " ("
              + String.join(
                  ", ", contract.storedKey().stream().map(k -> Sql.name(k) + " VARCHAR").toList())
              + ")");
    } else {
      statement.execute(
          "CREATE TABLE "
              + target
              + " AS SELECT DISTINCT "
              + keys
              + " FROM read_parquet(["
              + String.join(", ", files.stream().map(Sql::text).toList())
              + "])");
    }
  }

  private static void lockDown(Statement statement, Path directory) throws SQLException {
    statement.execute("SET allowed_directories = [" + Sql.text(directory + "/") + "]");
    statement.execute("SET enable_external_access = false");
    statement.execute("SET lock_configuration = true");
  }

  private static TableCounts runTable(TableIngest table, Work work) throws FileRefusedException {
    try {
      return table.run();
    } catch (SQLException e) {
      throw refusal(work, e);
    }
  }

  /** The engine's message is passed on only where it cannot quote a cell. */
  private static FileRefusedException refusal(Work work, SQLException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    String mapping = work.source().mapping().id();
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

  private void refuseTooManyRejected(Statement statement, List<TableCounts> tables)
      throws SQLException, FileRefusedException {
    long read = tables.stream().mapToLong(TableCounts::rowsRead).sum();
    long rejected = tables.stream().mapToLong(TableCounts::rowsRejected).sum();
    if (BigDecimal.valueOf(rejected).compareTo(rejectLimit.multiply(BigDecimal.valueOf(read)))
        <= 0) {
      return;
    }
    String share =
        BigDecimal.valueOf(rejected * 100)
            .divide(BigDecimal.valueOf(read), 1, RoundingMode.HALF_UP)
            .toPlainString();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT reason, coalesce(column_name, ''), count(*) AS n, min(source_line) FROM ("
                + allRejected(tables)
                + ") GROUP BY ALL ORDER BY n DESC, 1, 2 LIMIT 1")) {
      row.next();
      throw FileRefusedException.column(
          row.getLong(4),
          row.getString(2),
          rejected
              + " of "
              + read
              + " rows ("
              + share
              + " %) are rejected, most of them ("
              + row.getLong(3)
              + ") for "
              + row.getString(1)
              + ", first on this line.",
          "Correct the export or the mapping, or raise reject_limit if these rows may be left"
              + " out.");
    }
  }

  private static String allRejected(List<TableCounts> tables) {
    return tables.stream()
        .map(t -> "SELECT * FROM " + Sql.name(t.table() + "_rejected"))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private static void copy(Statement statement, Work work, TableCounts counts, Path directory)
      throws SQLException {
    if (counts.rowsAccepted() == 0) {
      return;
    }
    statement.execute(
        "COPY (SELECT * EXCLUDE (source_line), "
            + Sql.text(work.sourceFileId())
            + " AS source_file_id, source_line, TIMESTAMPTZ "
            + Sql.text(work.ingestedAt().toString())
            + " AS ingested_at FROM "
            + Sql.name(counts.table() + "_accepted")
            + " ORDER BY source_line) TO "
            + Sql.text(directory.resolve(counts.table() + ".parquet").toString())
            + " (FORMAT parquet, COMPRESSION zstd)");
  }

  private static void copyRejected(Statement statement, List<TableCounts> tables, Path directory)
      throws SQLException {
    if (tables.stream().allMatch(t -> t.rowsRejected() == 0)) {
      return;
    }
    statement.execute(
        "COPY ("
            + allRejected(tables)
            + " ORDER BY table_name, source_line) TO "
            + Sql.text(directory.resolve("rejected_rows.parquet").toString())
            + " (FORMAT parquet, COMPRESSION zstd)");
  }

  private static Batch batch(Work work, int columnsDropped, List<TableCounts> tables) {
    return new Batch(
        work.sequence(),
        work.order(),
        work.sourceFileId(),
        work.source().name(),
        work.source().practiceId(),
        work.fileName(),
        work.sha256(),
        work.inputsDigest(),
        work.replaces().map(Batch::sourceFileId),
        work.source().mapping().id(),
        work.source().delivery(),
        work.ingestedAt(),
        columnsDropped,
        tables);
  }

  /** Removes what a killed ingestion left half written. */
  static void sweep(Lake lake) {
    if (!Files.isDirectory(lake.bronze())) {
      return;
    }
    try (Stream<Path> directories = Files.list(lake.bronze())) {
      directories
          .filter(directory -> directory.getFileName().toString().startsWith("."))
          .forEach(FileIngest::delete);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + lake.bronze(), e);
    }
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + directory, e);
    }
  }
}
