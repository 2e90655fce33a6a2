package medspa.jobs.ingest;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Databases in memory that read batches as they are on disk, as many as are read side by side; each
 * takes longer to open than a batch to read. No export and no SQL of a mapping comes into them.
 */
final class BatchReaders implements AutoCloseable {
  private final Deque<Connection> idle = new ArrayDeque<>();

  /** What is read. */
  @FunctionalInterface
  interface Reading<T> {
    /** Reads it; every table it makes is gone afterwards. */
    T by(Statement statement) throws SQLException;
  }

  /** Reads in a transaction that is rolled back; a database in which something failed is closed. */
  <T> T read(Reading<T> reading) throws SQLException {
    Connection connection = take();
    boolean isSound = false;
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      T result = reading.by(statement);
      connection.rollback();
      connection.setAutoCommit(true);
      isSound = true;
      return result;
    } finally {
      if (isSound) {
        giveBack(connection);
      } else {
        connection.close();
      }
    }
  }

  private Connection take() throws SQLException {
    Connection found = idle();
    if (found != null) {
      return found;
    }
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private synchronized Connection idle() {
    return idle.poll();
  }

  private synchronized void giveBack(Connection connection) {
    idle.push(connection);
  }

  @Override
  public synchronized void close() throws SQLException {
    while (!idle.isEmpty()) {
      idle.pop().close();
    }
  }
}
