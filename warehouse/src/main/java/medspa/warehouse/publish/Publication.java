package medspa.warehouse.publish;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A warehouse that was published.
 *
 * @param warehouseFile the DuckDB file
 * @param runId digest of everything that went in
 * @param rows number of rows of each stored relation, in published order
 * @param restated numbers of closed weeks, published before, that it changed
 * @param mended a sentence about each file of the history that was damaged and is whole again
 */
public record Publication(
    Path warehouseFile, String runId, Map<String, Long> rows, long restated, List<String> mended) {}
