package medspa.jobs.ingest;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.jobs.read.FileRefusedException;
import org.duckdb.DuckDBConnection;

/** What files tell that are read without being taken in. */
final class Preview {
  private final Mappings mappings;

  Preview(Mappings mappings) {
    this.mappings = mappings;
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
      Mapping mapping = work.source().mapping().mapping();
      try (ExportEngine engine = ExportEngine.lockedDown(mapping.workspaceCurrency());
          ExportDatabase database =
              ExportDatabase.open(
                  engine, work.source(), work.export().file(), Map.of(), List.of(), mappings)) {
        database.decideDates(mapping, DateOrder.Known.NOTHING);
        if (database.dateOrder().isPresent()) {
          return database.dateOrder().map(DateOrder.Decided::order);
        }
      } catch (FileRefusedException | SQLException e) {
        // It proves nothing; whether it is refused is seen when its turn comes.
      }
    }
    return Optional.empty();
  }
}
