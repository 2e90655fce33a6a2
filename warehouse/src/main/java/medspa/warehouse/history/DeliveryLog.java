package medspa.warehouse.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import medspa.warehouse.lake.DamagedFileException;
import medspa.warehouse.lake.JsonLines;

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

  /** The file. */
  public Path file() {
    return lines.file();
  }

  /**
   * Makes sure that every attempt is known, before something is sent that may have been sent.
   *
   * @throws DamagedFileException if a line is not what was written
   */
  public void refuseDamage() {
    if (damaged() > 0) {
      throw new DamagedFileException(
          file(),
          "Of "
              + damaged()
              + " attempts to send it is not known any more what was sent to whom, so nothing is"
              + " sent. Put the file back from a backup, or go on by `medspa check --give-up`; then"
              + " what is lost may be sent a second time.");
    }
  }

  /** Lines that are not what was written. */
  public int damaged() {
    return lines.content(PastDelivery.class).damaged().size();
  }

  /** Sets such lines apart. */
  public void giveUpDamaged() {
    lines.setDamagedApart(PastDelivery.class);
  }

  /** Every attempt in the order in which they began; a line that was cut off is left out. */
  public List<PastDelivery> read() {
    Map<Long, PastDelivery> deliveries = new LinkedHashMap<>();
    lines.read(PastDelivery.class).forEach(one -> deliveries.put(one.number(), one));
    return new ArrayList<>(deliveries.values());
  }
}
