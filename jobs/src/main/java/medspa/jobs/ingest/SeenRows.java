package medspa.jobs.ingest;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.query.Sql;

/**
 * What tells the rows of the source's earlier files, for deliveries that only append. What another
 * source delivered is no reason to reject a row: the fold decides between sources.
 */
final class SeenRows {
  private SeenRows() {}

  /**
   * Makes the table {@code <table>_seen}.
   *
   * @param statement of the database that takes the file in
   * @param current the batches that count, without the one whose place the file takes
   */
  static void load(
      Statement statement,
      Lake lake,
      Work work,
      List<Batch> current,
      TableMapping table,
      TableContracts contracts)
      throws SQLException {
    RowIdentity identity = new RowIdentity(contracts.table(table.table()), table);
    Optional<String> receiptRows = identity.receiptRows(work.source().mapping().id());
    List<String> files =
        current.stream()
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
}
