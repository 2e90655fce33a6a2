package medspa.warehouse.publish;

import java.nio.file.Path;
import java.util.Map;

/**
 * A warehouse that was published.
 *
 * @param warehouseFile the DuckDB file
 * @param runId digest of everything that went in
 * @param rows number of rows of each stored relation, in published order
 * @param restated numbers of closed weeks, published before, that it changed
 */
public record Publication(
    Path warehouseFile, String runId, Map<String, Long> rows, long restated) {}
