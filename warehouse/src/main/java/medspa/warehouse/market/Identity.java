package medspa.warehouse.market;

import java.util.List;
import java.util.Locale;
import medspa.warehouse.definition.Spelling;

/**
 * One line of the crosswalk between systems: what the exports of a source call somebody or
 * something, and what every source shall call it.
 *
 * @param practiceId the practice of the source; ids hold within it
 * @param source the source of the configuration
 * @param value the id in the rows of the source
 * @param canonicalId the id that takes its place; the value itself where it is known to have no
 *     counterpart
 */
public record Identity(
    String practiceId, Kind kind, String source, String value, String canonicalId) {

  /** Ids have one spelling, that of the rows they stand for. */
  public Identity {
    value = Spelling.of(value);
    canonicalId = Spelling.of(canonicalId);
  }

  /** What an id can name. */
  public enum Kind {
    /** Who performs, sells and works. */
    PROVIDER,
    /** What is booked and performed. */
    SERVICE,
    /** What is stocked, used and sold. */
    PRODUCT,
    /** Where it is performed. */
    ROOM,
    /** Who is treated; leaves ingestion as a pseudonym only. */
    CLIENT;

    /** The columns of canonical tables that hold such an id. */
    public List<String> columns() {
      return this == PROVIDER ? List.of("provider_id", "seller_id") : List.of(word() + "_id");
    }

    /** Its word in a crosswalk, such as {@code provider}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
