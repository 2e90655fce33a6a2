package medspa.jobs.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.jobs.ingest.Deletions.Deleted;
import medspa.jobs.ingest.ExportDatabase.LookupFile;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.LakeJson;
import medspa.warehouse.market.Location;
import medspa.warehouse.query.Sql;
import org.duckdb.DuckDBConnection;

/**
 * Turns one export file into one batch of bronze, or refuses it. Nothing of an export is on disk
 * before it is mapped and pseudonymised.
 */
final class FileIngest {
  /** Rows that a delivery may always delete, unless it may delete none. */
  private static final long FEW_DELETIONS = 10;

  private final Lake lake;
  private final TableContracts contracts;
  private final Mappings mappings;
  private final PseudonymKey key;
  private final BigDecimal rejectLimit;
  private final BigDecimal deletionLimit;

  /** What the lake holds, what was taken in meanwhile included. */
  private Bronze bronze;

  FileIngest(
      Lake lake,
      TableContracts contracts,
      Mappings mappings,
      PseudonymKey key,
      BigDecimal rejectLimit,
      BigDecimal deletionLimit,
      Bronze bronze) {
    this.lake = lake;
    this.contracts = contracts;
    this.mappings = mappings;
    this.key = key;
    this.rejectLimit = rejectLimit;
    this.deletionLimit = deletionLimit;
    this.bronze = bronze;
  }

  /**
   * Takes the file in.
   *
   * @param locations the practice's locations
   * @param dates the order of day and month that other files of the source prove
   * @return its batch; nothing, and nothing left behind, if the file or one that it looks up is not
   *     the one that was planned any more
   * @throws FileRefusedException with nothing left behind
   */
  Optional<Batch> ingest(Work work, List<Location> locations, Optional<DateOrder> dates)
      throws FileRefusedException {
    Path directory = lake.bronze().resolve("." + work.sourceFileId());
    try {
      delete(directory);
      Files.createDirectories(directory);
      Optional<Batch> batch = write(work, locations, dates, directory);
      if (batch.isPresent()) {
        LakeJson.replace(directory.resolve("batch.json"), batch.get());
        DiskFiles.move(directory, lake.batch(work.sourceFileId()));
        taken(batch.get());
      }
      return batch;
    } catch (FileRefusedException e) {
      // What is wrong may be that only half of the new content was there.
      if (isAsPlanned(work)) {
        throw e;
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the batch " + work.sourceFileId(), e);
    } finally {
      delete(directory);
    }
  }

  private synchronized void taken(Batch batch) {
    bronze = bronze.with(batch);
  }

  /** The batches that count, without the one whose place a file takes. */
  private synchronized List<Batch> currentWithout(Optional<Batch> replaced) {
    return bronze.current().stream()
        .filter(batch -> replaced.filter(batch::equals).isEmpty())
        .toList();
  }

  private static boolean isAsPlanned(Work work) {
    try {
      for (LookupFile file : work.files()) {
        if (!file.file().sha256().equals(file.sha256())) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<Batch> write(
      Work work, List<Location> locations, Optional<DateOrder> dates, Path directory)
      throws FileRefusedException {
    try (ExportDatabase database =
        ExportDatabase.open(
            work.source(), work.export().file(), work.lookups(), locations, mappings)) {
      if (!work.files().stream().allMatch(database::hasRead)) {
        return Optional.empty();
      }
      Statement statement = database.statement();
      work.crosswalk().load(database.connection());
      boolean append = work.source().delivery() == Delivery.APPEND;
      for (TableMapping table : work.source().mapping().mapping().tables()) {
        if (append) {
          loadSeen(statement, work, table);
        }
      }
      database.lockDown(Optional.of(directory));
      database.decideDates(work.source().mapping().mapping(), known(work, dates));
      database.check(work.source());
      TimeLimits limits = new TimeLimits(database.period(), work.deliveredAt());
      List<TableCounts> tables = new ArrayList<>();
      for (TableMapping table : work.source().mapping().mapping().tables()) {
        TableContract contract = contracts.table(table.table());
        tables.add(
            new TableIngest(
                    database.connection(),
                    table,
                    contract,
                    work.source(),
                    key,
                    work.crosswalk(),
                    append,
                    limits,
                    database.clients())
                .run());
      }
      new DamagedIds(database.connection(), work.source().mapping().mapping()).refuse(tables);
      refuseTooManyRejected(statement, work, tables);
      if (!work.source().safeguards().keepsRepeatedRows()) {
        DoubledFile.refuse(database, work.source().mapping().mapping(), contracts);
      }
      for (TableCounts counts : tables) {
        copy(statement, work, counts, directory);
      }
      copyRejected(statement, tables, directory);
      copySuperseded(statement, tables, directory);
      Batch batch = batch(work, database, tables);
      return Optional.of(batch(work, database, withDeletions(work, batch, directory)));
    } catch (SQLException e) {
      throw ExportDatabase.refusal(work.source(), e);
    }
  }

  /**
   * What tells the rows of the source's earlier files, for deliveries that only append. What
   * another source delivered is no reason to reject a row: the fold decides between sources.
   */
  private void loadSeen(Statement statement, Work work, TableMapping table) throws SQLException {
    RowIdentity identity = new RowIdentity(contracts.table(table.table()), table);
    Optional<String> receiptRows = identity.receiptRows(work.source().mapping().id());
    List<String> files =
        currentWithout(work.replaces()).stream()
            .filter(batch -> batch.source().equals(work.source().name()))
            .filter(batch -> batch.practiceId().equals(work.source().practiceId()))
            .filter(batch -> batch.order() < work.order())
            .filter(
                batch ->
                    batch
                        .table(table.table())
                        .filter(t -> t.rowsAccepted() > 0)
                        .filter(t -> t.receiptRows().equals(receiptRows))
                        .isPresent())
            .map(batch -> lake.batchTable(batch.sourceFileId(), table.table()).toString())
            .toList();
    String target = Sql.identifier(table.table() + "_seen");
    if (files.isEmpty()) {
      String columns =
          identity.seenColumns().stream()
              .map(c -> Sql.identifier(c) + (c.equals("local_date") ? " DATE" : " VARCHAR"))
              .collect(Collectors.joining(", "));
      statement.execute("CREATE TABLE %s (%s)".formatted(target, columns));
    } else {
      statement.execute(
          "CREATE TABLE %s AS SELECT DISTINCT %s FROM read_parquet([%s])"
              .formatted(target, Sql.identifiers(identity.seenColumns()), Sql.literals(files)));
    }
  }

  private void refuseTooManyRejected(Statement statement, Work work, List<TableCounts> tables)
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
            """
            SELECT reason, coalesce(column_name, ''), count(*) AS n, min(source_line)
            FROM (%s) GROUP BY ALL ORDER BY n DESC, 1, 2 LIMIT 1
            """
                .formatted(allRejected(tables)))) {
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
          Advice.after(row.getString(1), row.getString(2), work.source())
              + " Only if these rows may be left out for good, raise reject_limit.");
    }
  }

  /**
   * The counts with the rows that the delivery deletes.
   *
   * @throws FileRefusedException if these are more than may be
   */
  private List<TableCounts> withDeletions(Work work, Batch batch, Path directory)
      throws SQLException, FileRefusedException {
    List<Batch> current = currentWithout(work.replaces());
    List<TableCounts> tables = new ArrayList<>();
    for (TableCounts counts : batch.tables()) {
      List<Deleted> deleted =
          new Deletions(lake, contracts.table(counts.table()), batch, current, directory).find();
      long before =
          work.replaces()
              .flatMap(replaced -> replaced.table(counts.table()))
              .map(TableCounts::rowsDeleted)
              .orElse(0L);
      long rows = deleted.stream().mapToLong(Deleted::rows).sum();
      // What its former reading deleted it may delete again.
      if (rows > before) {
        refuseTooManyDeleted(work.source(), counts.table(), deleted);
      }
      tables.add(counts.deleting(rows));
    }
    return tables;
  }

  private void refuseTooManyDeleted(Source source, String table, List<Deleted> locations)
      throws FileRefusedException {
    BigDecimal limit = source.safeguards().deletionLimit().orElse(deletionLimit);
    for (Deleted deleted : locations) {
      long few = limit.signum() == 0 ? 0 : FEW_DELETIONS;
      if (deleted.rowsOfDays() > few
          && BigDecimal.valueOf(deleted.rowsOfDays())
                  .compareTo(limit.multiply(BigDecimal.valueOf(deleted.ofRows())))
              > 0) {
        throw FileRefusedException.file(
            "It would delete %d of the %d rows of %s that earlier files of the source told of %s on the days it is complete for, from %s to %s: they are not in it."
                .formatted(
                    deleted.rowsOfDays(),
                    deleted.ofRows(),
                    table,
                    deleted.locationId(),
                    deleted.firstDate(),
                    deleted.lastDate()),
            "Export these days again, whole and without a filter. If the rows are gone at the vendor,"
                + " set `deletion_limit: 1` at the source "
                + source.name()
                + ", ingest, and take it out again; if its exports are parts, set `delivery: upsert`.");
      }
    }
  }

  private static String allRejected(List<TableCounts> tables) {
    return tables.stream()
        .map(t -> "SELECT * FROM " + Sql.identifier(t.table() + "_rejected"))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private static void copy(Statement statement, Work work, TableCounts counts, Path directory)
      throws SQLException {
    if (counts.rowsAccepted() == 0) {
      return;
    }
    statement.execute(
        """
        COPY (
          SELECT * EXCLUDE (source_line), %s AS source_file_id, source_line,
            TIMESTAMPTZ %s AS ingested_at
          FROM %s
          ORDER BY source_line
        ) TO %s (FORMAT parquet, COMPRESSION zstd)
        """
            .formatted(
                Sql.literal(work.sourceFileId()),
                Sql.literal(work.ingestedAt().toString()),
                Sql.identifier(counts.table() + "_accepted"),
                Sql.literal(directory.resolve(counts.table() + ".parquet").toString())));
  }

  private static void copyRejected(Statement statement, List<TableCounts> tables, Path directory)
      throws SQLException {
    if (tables.stream().allMatch(t -> t.rowsRejected() == 0)) {
      return;
    }
    statement.execute(
        """
        COPY (%s ORDER BY table_name, source_line)
        TO %s (FORMAT parquet, COMPRESSION zstd)
        """
            .formatted(
                allRejected(tables),
                Sql.literal(directory.resolve("rejected_rows.parquet").toString())));
  }

  /** A day more than the instant of delivery has anywhere, so that no zone matters. */
  private DateOrder.Known known(Work work, Optional<DateOrder> proven) {
    LocalDate tomorrow = LocalDate.ofInstant(work.deliveredAt(), ZoneOffset.UTC).plusDays(1);
    return new DateOrder.Known(
        work.source().dates(),
        proven,
        work.source().mapping().mapping().tellsThePast(contracts)
            ? Optional.of(tomorrow)
            : Optional.empty());
  }

  /** The name of a file that is refused, without a client whom it names itself. */
  String fileName(Work work) {
    ClientNames clients = new ClientNames();
    try (DuckDBConnection connection =
        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class)) {
      ExportTable.load(
          connection, "source", work.export().file(), work.source(), mappings, clients);
    } catch (FileRefusedException e) {
      // Whom it names before the place where it is broken is known.
    } catch (SQLException e) {
      throw new IllegalStateException("A database in memory cannot be opened", e);
    }
    return MaskedText.fileName(work.fileName(), work.export().sha256(), clients);
  }

  /**
   * The order of day and month that the works' own dates prove, the first of them that do.
   *
   * @param works of one source and one mapping
   */
  Optional<DateOrder> provenOrder(List<Work> works) {
    for (Work work : works) {
      try (ExportDatabase database =
          ExportDatabase.open(work.source(), work.export().file(), Map.of(), List.of(), mappings)) {
        database.lockDown(Optional.empty());
        database.decideDates(work.source().mapping().mapping(), DateOrder.Known.NOTHING);
        if (database.dateOrder().isPresent()) {
          return database.dateOrder().map(DateOrder.Decided::order);
        }
      } catch (FileRefusedException | SQLException e) {
        // It proves nothing; whether it is refused is seen when its turn comes.
      }
    }
    return Optional.empty();
  }

  /** Which line of a batch's file replaced which, in words, the first few of them. */
  static List<String> replacedLines(Lake lake, Batch batch) {
    List<String> lines = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT 'line ' || source_line || ' by line ' || replaced_by_line
                FROM read_parquet(%s)
                ORDER BY table_name, source_line
                LIMIT 5
                """
                    .formatted(
                        Sql.literal(lake.supersededRows(batch.sourceFileId()).toString())))) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
      return lines;
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot read the batch " + batch.sourceFileId(), e);
    }
  }

  private static void copySuperseded(Statement statement, List<TableCounts> tables, Path directory)
      throws SQLException {
    String superseded =
        tables.stream()
            .filter(t -> t.rowsSuperseded() > 0)
            .map(t -> "SELECT * FROM " + Sql.identifier(t.table() + "_superseded"))
            .collect(Collectors.joining(" UNION ALL "));
    if (superseded.isEmpty()) {
      return;
    }
    statement.execute(
        """
        COPY (%s ORDER BY table_name, source_line)
        TO %s (FORMAT parquet, COMPRESSION zstd)
        """
            .formatted(
                superseded, Sql.literal(directory.resolve("superseded_rows.parquet").toString())));
  }

  private Batch batch(Work work, ExportDatabase database, List<TableCounts> tables) {
    return new Batch(
        work.sequence(),
        work.order(),
        work.sourceFileId(),
        work.source().name(),
        work.source().practiceId(),
        MaskedText.fileName(work.fileName(), work.export().sha256(), database.clients()),
        work.export().sha256(),
        work.inputsDigest(),
        work.replaces().map(Batch::sourceFileId),
        work.source().mapping().id(),
        work.source().delivery(),
        work.ingestedAt(),
        database.loaded().columnsDropped(),
        tables,
        Optional.of(key.fingerprint()),
        database.period(),
        database.dateOrder().map(decided -> decided.order().word()),
        database.dateOrder().filter(DateOrder.Decided::isProven).isPresent());
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
    try {
      DiskFiles.remove(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + directory, e);
    }
  }
}
