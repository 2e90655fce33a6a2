package medspa.warehouse.publish;

import static medspa.warehouse.query.Sql.literal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Lake;

/** Compares what markers say of rows with what their Parquet holds, read to the last value. */
public final class BatchRows {
  private BatchRows() {}

  /**
   * The files of accepted rows that cannot be read, or hold another number of rows.
   *
   * @throws PublishException if no engine can be opened
   */
  public static List<Path> contradicting(Lake lake, List<Batch> batches) {
    List<Path> contradicting = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (Batch batch : batches) {
        for (TableCounts counts : batch.tables()) {
          Path file = lake.batchTable(batch.sourceFileId(), counts.table());
          long rows = Files.exists(file) ? rows(statement, file) : 0;
          if (rows != counts.rowsAccepted()) {
            contradicting.add(file);
          }
        }
      }
      return contradicting;
    } catch (SQLException e) {
      throw new PublishException("The batches cannot be read: " + e.getMessage(), e);
    }
  }

  /** The rows of a file; -1 if it cannot be read. */
  private static long rows(Statement statement, Path file) {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT count(*), bit_xor(hash(t)) FROM read_parquet("
                + literal(file.toString())
                + ") t")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      return -1;
    }
  }
}
