package medspa.warehouse.explain;

import medspa.warehouse.measure.Grain;

/** Whose number is asked for. */
public sealed interface Subject {
  /** A location as a whole. */
  record OfLocation(String locationId) implements Subject {}

  /**
   * A part of a location.
   *
   * @param grain what kind of part, such as a provider
   * @param memberId its id
   */
  record OfMember(String locationId, Grain grain, String memberId) implements Subject {}

  /** A practice: the roll-up of its locations. */
  record OfPractice(String practiceId) implements Subject {}

  /** The locations of a practice in one region. */
  record OfRegion(String practiceId, String region) implements Subject {}
}
