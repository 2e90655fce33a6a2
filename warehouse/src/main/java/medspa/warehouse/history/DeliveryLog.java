package medspa.warehouse.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was sent to whom: one line of JSON before something is sent and one with how that ended,
 * appended and never changed. What has no second line may have arrived or not: whoever sent it was
 * killed.
 */
public final class DeliveryLog {
  private final JsonLines lines;

  DeliveryLog(Path file) {
    this.lines = new JsonLines(file);
  }

  /** Appends a line and forces it to disk. */
  public void append(PastDelivery delivery) {
    lines.append(delivery);
  }

  /** Every attempt in the order in which they began; a line that was cut off is left out. */
  public List<PastDelivery> read() {
    Map<Long, PastDelivery> deliveries = new LinkedHashMap<>();
    lines.read(PastDelivery.class).forEach(one -> deliveries.put(one.number(), one));
    return new ArrayList<>(deliveries.values());
  }
}
