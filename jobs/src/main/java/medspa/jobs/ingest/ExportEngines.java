package medspa.jobs.ingest;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Currency;
import java.util.Deque;
import java.util.Optional;
import medspa.warehouse.lake.Lake;

/**
 * Engines that wait for their next export, as many as exports are taken side by side. Each writes
 * into a directory of its own within the lake, and reaches no other.
 */
final class ExportEngines implements AutoCloseable {
  private final Lake lake;
  private final Deque<ExportEngine> idle = new ArrayDeque<>();
  private int opened;

  /**
   * None yet.
   *
   * @param lake in which they write
   */
  ExportEngines(Lake lake) {
    this.lake = lake;
  }

  /**
   * One that is locked down: an idle one, else a new one.
   *
   * @param currency whose sign amounts may have
   */
  ExportEngine take(Optional<Currency> currency) throws SQLException {
    Optional<ExportEngine> found = idle(currency);
    if (found.isPresent()) {
      return found.get();
    }
    ExportEngine engine = open(currency);
    engine.lockDown();
    return engine;
  }

  /** One of its own for an export that needs what the lake has; it must be locked down. */
  ExportEngine open(Optional<Currency> currency) throws SQLException {
    return ExportEngine.open(currency, Optional.of(lake.bronze().resolve(".engine-" + number())));
  }

  private synchronized int number() {
    opened++;
    return opened;
  }

  private synchronized Optional<ExportEngine> idle(Optional<Currency> currency) {
    Optional<ExportEngine> found =
        idle.stream().filter(engine -> engine.currency().equals(currency)).findFirst();
    found.ifPresent(idle::remove);
    return found;
  }

  /** Keeps one for the next export; one in which something failed must be closed instead. */
  synchronized void giveBack(ExportEngine engine) {
    idle.push(engine);
  }

  @Override
  public synchronized void close() throws SQLException {
    while (!idle.isEmpty()) {
      idle.pop().close();
    }
  }
}
