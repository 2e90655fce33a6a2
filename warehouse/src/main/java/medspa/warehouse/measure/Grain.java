package medspa.warehouse.measure;

import java.util.Locale;

/** What a number is about. All but the practice are at one location. */
public enum Grain {
  /** The location as a whole. */
  LOCATION,
  /** A provider at the location, {@code unattributed} where nobody is named. */
  PROVIDER,
  /** A room of the location. */
  ROOM,
  /** A category of services, {@code uncategorised} where the service has none. */
  CATEGORY,
  /** A product in the location's stock. */
  PRODUCT,
  /** The practice, only where its number is not the sum of its locations' numbers. */
  PRACTICE;

  /**
   * The grain of that {@link #word}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Grain of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The name as it stands in the measures and in definitions. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
