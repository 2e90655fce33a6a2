package medspa.jobs.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
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

/**
 * Turns one export file into one batch of bronze, or refuses it. Nothing of an export is on disk
 * before it is mapped and pseudonymised.
 */
final class FileIngest implements AutoCloseable {
  private final Lake lake;
  private final TableContracts contracts;
  private final Mappings mappings;
  private final PseudonymKey key;
  private final DeliveryLimits limits;
  private final ExportEngines engines;
  private final BatchReaders readers = new BatchReaders();

  /** What the lake holds, what was taken in meanwhile included. */
  private Bronze bronze;

  FileIngest(
      Lake lake,
      TableContracts contracts,
      Mappings mappings,
      PseudonymKey key,
      DeliveryLimits limits,
      Bronze bronze) {
    this.lake = lake;
    this.contracts = contracts;
    this.mappings = mappings;
    this.key = key;
    this.limits = limits;
    this.engines = new ExportEngines(lake);
    this.bronze = bronze;
  }

  /** A damaged batch cannot be made again as it was: the program or a limit is another now. */
  static final class OtherBatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Takes the file in.
   *
   * @param locations the practice's locations
   * @param dates the order of day and month that other files of the source prove
   * @return its batch; nothing, and nothing left behind, if the file or one that it looks up is not
   *     the one that was planned any more
   * @throws FileRefusedException with nothing left behind
   * @throws OtherBatchException likewise, if it was to mend a batch and gives another one
   */
  Optional<Batch> ingest(Work work, List<Location> locations, Optional<DateOrder> dates)
      throws FileRefusedException {
    ExportEngine engine = engine(work);
    Path directory = engine.directory().orElseThrow();
    boolean isSound = false;
    try {
      delete(directory);
      Files.createDirectories(directory);
      Optional<Batch> batch = write(work, locations, dates, engine);
      if (batch.isPresent()) {
        if (work.mended().filter(damaged -> !damaged.equals(batch.get())).isPresent()) {
          throw new OtherBatchException();
        }
        DiskFiles.forceTree(directory);
        LakeJson.replace(directory.resolve("batch.json"), batch.get());
        DiskFiles.remove(lake.batch(work.sourceFileId()));
        DiskFiles.move(directory, lake.batch(work.sourceFileId()));
        if (!work.mends()) {
          taken(batch.get());
        }
      }
      isSound = true;
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
      leave(engine, isSound && !isAppended(work));
    }
  }

  /**
   * Rows that are only appended are compared with those of the lake, which the others need not
   * reach.
   */
  private ExportEngine engine(Work work) {
    Optional<Currency> currency = work.source().mapping().mapping().workspaceCurrency();
    try {
      return isAppended(work) ? engines.open(currency) : engines.take(currency);
    } catch (SQLException e) {
      throw new IllegalStateException("A database in memory cannot be opened", e);
    }
  }

  private static boolean isAppended(Work work) {
    return work.source().delivery() == Delivery.APPEND;
  }

  /**
   * Keeps an engine for the next file, unless something failed that may have been in it, or the
   * next file would not take it.
   */
  private void leave(ExportEngine engine, boolean isKept) {
    if (isKept) {
      engines.giveBack(engine);
    } else {
      close(engine);
    }
  }

  @Override
  public void close() {
    close(engines);
    close(readers);
  }

  /** Which lines of a batch's file later ones with the same key replaced, the first few. */
  List<String> replacedLines(Batch batch) {
    return BatchFiles.replacedLines(readers, lake, batch);
  }

  private static void close(AutoCloseable database) {
    try {
      database.close();
    } catch (Exception e) {
      throw new IllegalStateException("A database in memory cannot be closed", e);
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
      Work work, List<Location> locations, Optional<DateOrder> dates, ExportEngine engine)
      throws FileRefusedException {
    try (ExportDatabase database =
        ExportDatabase.open(
            engine, work.source(), work.export().file(), work.lookups(), locations, mappings)) {
      if (!work.files().stream().allMatch(database::hasRead)) {
        return Optional.empty();
      }
      Statement statement = database.statement();
      work.crosswalk().load(database.connection());
      boolean append = isAppended(work);
      if (append) {
        for (TableMapping table : work.source().mapping().mapping().tables()) {
          SeenRows.load(statement, lake, work, currentWithout(work.replaces()), table, contracts);
        }
        engine.lockDown();
      }
      database.decideDates(work.source().mapping().mapping(), known(work, dates));
      database.check(work.source());
      TimeLimits times = new TimeLimits(database.period(), work.deliveredAt());
      List<TableCounts> tables = new ArrayList<>();
      for (TableMapping table : work.source().mapping().mapping().tables()) {
        TableContract contract =
            ReferenceFormat.judged(
                work.source().mapping().mapping(), contracts.table(table.table()));
        tables.add(
            new TableIngest(
                    database.connection(),
                    table,
                    contract,
                    work.source(),
                    key,
                    work.crosswalk(),
                    append,
                    times,
                    database.clients())
                .run());
      }
      OneLocation.refuse(database, work.source());
      new DamagedIds(database.connection(), work.source().mapping().mapping()).refuse(tables);
      if (ReferenceFormat.is(work.source().mapping().mapping())) {
        WrongCells.refuse(statement, work.source().mapping().mapping(), tables);
      }
      // What was taken once was within the limits of its day.
      if (!work.mends()) {
        limits.refuseTooManyRejected(statement, work.source(), tables);
      }
      if (!work.source().safeguards().keepsRepeatedRows()) {
        DoubledFile.refuse(database, work.source().mapping().mapping(), contracts);
      }
      MovementSigns.refuse(database, work.source().mapping().mapping());
      Path directory = engine.directory().orElseThrow();
      BatchFiles.write(statement, work, tables, directory);
      Batch batch = batch(work, database, tables);
      return Optional.of(batch(work, database, withDeletions(work, batch, directory)));
    } catch (SQLException e) {
      throw ExportDatabase.refusal(work.source(), e);
    }
  }

  /**
   * The counts with the rows that the delivery deletes.
   *
   * @throws FileRefusedException if these are too many
   */
  private List<TableCounts> withDeletions(Work work, Batch batch, Path directory)
      throws SQLException, FileRefusedException {
    List<Batch> current = currentWithout(work.replaces());
    List<TableCounts> tables = new ArrayList<>();
    for (TableCounts counts : batch.tables()) {
      List<Deleted> deleted =
          new Deletions(lake, contracts.table(counts.table()), batch, current, directory)
              .find(readers);
      long before =
          work.replaces()
              .flatMap(replaced -> replaced.table(counts.table()))
              .map(TableCounts::rowsDeleted)
              .orElse(0L);
      long rows = deleted.stream().mapToLong(Deleted::rows).sum();
      // What its former reading deleted it may delete again.
      if (rows > before) {
        limits.refuseTooManyDeleted(work.source(), counts.table(), deleted);
      }
      tables.add(counts.deleting(rows));
    }
    return tables;
  }

  /** A day more than the instant of delivery has anywhere, so that no zone matters. */
  private DateOrder.Known known(Work work, Optional<DateOrder> provenNow) {
    Optional<DateOrder> proven =
        work.mends() ? work.mended().flatMap(Batch::dateOrder).flatMap(DateOrder::of) : provenNow;
    LocalDate tomorrow = LocalDate.ofInstant(work.deliveredAt(), ZoneOffset.UTC).plusDays(1);
    return new DateOrder.Known(
        work.source().dates(),
        proven,
        work.source().mapping().mapping().tellsThePast(contracts)
            ? Optional.of(tomorrow)
            : Optional.empty());
  }

  private Batch batch(Work work, ExportDatabase database, List<TableCounts> tables) {
    return new Batch(
        work.ingestion(),
        work.order(),
        work.sourceFileId(),
        work.source().name(),
        work.source().practiceId(),
        MaskedText.fileName(work.fileName(), work.export().sha256(), database.clients()),
        work.export().sha256(),
        work.inputsDigest(),
        work.replacedId(),
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
