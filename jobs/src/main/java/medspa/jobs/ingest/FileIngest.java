package medspa.jobs.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.jobs.ingest.ExportDatabase.LookupFile;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.LakeJson;
import medspa.warehouse.market.Location;

/**
 * Turns one export file into one batch of bronze, or refuses it. Nothing of an export is on disk
 * before it is mapped and pseudonymised.
 */
final class FileIngest {
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
   * Takes the file in.
   *
   * @param locations the practice's locations
   * @return its batch; nothing, and nothing left behind, if the file or one that it looks up is not
   *     the one that was planned any more
   * @throws FileRefusedException with nothing left behind
   */
  Optional<Batch> ingest(Work work, List<Location> locations) throws FileRefusedException {
    Path directory = lake.bronze().resolve("." + work.sourceFileId());
    try {
      delete(directory);
      Files.createDirectories(directory);
      Optional<Batch> batch = write(work, locations, directory);
      if (batch.isPresent()) {
        LakeJson.replace(directory.resolve("batch.json"), batch.get());
        Files.move(directory, lake.batch(work.sourceFileId()), StandardCopyOption.ATOMIC_MOVE);
      }
      return batch;
    } catch (FileRefusedException e) {
      // What is wrong may be that only half of the new content was there.
      if (isAsPlanned(work)) {
        throw e;
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the batch of " + work.fileName(), e);
    } finally {
      delete(directory);
    }
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

  private Optional<Batch> write(Work work, List<Location> locations, Path directory)
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
          loadSeenKeys(statement, work, contracts.table(table.table()));
        }
      }
      database.lockDown(Optional.of(directory));
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
                    append)
                .run());
      }
      refuseTooManyRejected(statement, tables);
      for (TableCounts counts : tables) {
        copy(statement, work, counts, directory);
      }
      copyRejected(statement, tables, directory);
      return Optional.of(batch(work, database.loaded().columnsDropped(), tables));
    } catch (SQLException e) {
      throw ExportDatabase.refusal(work.source(), e);
    }
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
    String target = Sql.name(contract.name() + "_seen");
    if (files.isEmpty()) {
      String columns =
          contract.storedKey().stream()
              .map(column -> Sql.name(column) + " VARCHAR")
              .collect(Collectors.joining(", "));
      statement.execute("CREATE TABLE %s (%s)".formatted(target, columns));
    } else {
      statement.execute(
          "CREATE TABLE %s AS SELECT DISTINCT %s FROM read_parquet([%s])"
              .formatted(target, Sql.names(contract.storedKey()), Sql.texts(files)));
    }
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
        """
        COPY (
          SELECT * EXCLUDE (source_line), %s AS source_file_id, source_line,
            TIMESTAMPTZ %s AS ingested_at
          FROM %s
          ORDER BY source_line
        ) TO %s (FORMAT parquet, COMPRESSION zstd)
        """
            .formatted(
                Sql.text(work.sourceFileId()),
                Sql.text(work.ingestedAt().toString()),
                Sql.name(counts.table() + "_accepted"),
                Sql.text(directory.resolve(counts.table() + ".parquet").toString())));
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
                Sql.text(directory.resolve("rejected_rows.parquet").toString())));
  }

  private Batch batch(Work work, int columnsDropped, List<TableCounts> tables) {
    return new Batch(
        work.sequence(),
        work.order(),
        work.sourceFileId(),
        work.source().name(),
        work.source().practiceId(),
        work.fileName(),
        work.export().sha256(),
        work.inputsDigest(),
        work.replaces().map(Batch::sourceFileId),
        work.source().mapping().id(),
        work.source().delivery(),
        work.ingestedAt(),
        columnsDropped,
        tables,
        Optional.of(key.fingerprint()),
        Optional.empty());
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
