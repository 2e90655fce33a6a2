package medspa.jobs.compute.measure;

import java.util.Locale;
import medspa.jobs.compute.silver.Silver;

/** What a measure is about. All but the practice are at one location. */
public enum Grain {
  /** The location as a whole. */
  LOCATION,
  /** A provider at the location, {@link Measures#UNATTRIBUTED} where nobody is named. */
  PROVIDER,
  /** A room of the location. */
  ROOM,
  /** A category of services, {@link Silver#UNCATEGORISED} where the service has none. */
  CATEGORY,
  /** A product in the location's stock. */
  PRODUCT,
  /** The practice, only where its number is not the sum of its locations' numbers. */
  PRACTICE;

  /** The name as it is stored. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
