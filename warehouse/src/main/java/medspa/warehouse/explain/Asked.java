package medspa.warehouse.explain;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import medspa.warehouse.measure.Grain;

/**
 * Whose rows are asked for.
 *
 * @param locationId the location; empty for what a practice measures over all its locations at once
 * @param zone of the location
 * @param member a part of the location, or none for all of it
 */
record Asked(
    String practiceId,
    Optional<String> locationId,
    ZoneId zone,
    LocalDate weekStart,
    LocalDate asOf,
    Optional<Member> member) {

  /** A provider, room, category or product of a location. */
  record Member(Grain grain, String id) {
    /** The column that names a member of a grain. */
    static String column(Grain grain) {
      return grain == Grain.CATEGORY ? "category" : grain.word() + "_id";
    }
  }
}
