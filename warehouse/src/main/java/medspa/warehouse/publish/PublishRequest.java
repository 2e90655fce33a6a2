package medspa.warehouse.publish;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import medspa.warehouse.history.History;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.market.Identity;
import medspa.warehouse.market.Market;

/**
 * What a publication is made of.
 *
 * @param lake the lake whose state is published
 * @param market the configuration: practices, locations, targets, pinned KPIs, consultants
 * @param identities what sources call differently; lines about clients are not published
 * @param warehouseFile the DuckDB file that is replaced; it and its directory need not exist
 * @param history what was published before; remembers this publication, unless it looks back
 * @param publishedAt when it is published; no number depends on it
 * @param codeVersion version of the program, kept in {@code runs}
 * @param progress is told in a few words what is being done
 */
public record PublishRequest(
    Lake lake,
    Market market,
    List<Identity> identities,
    Path warehouseFile,
    History history,
    Instant publishedAt,
    String codeVersion,
    Consumer<String> progress) {}
