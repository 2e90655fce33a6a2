package medspa.jobs.ingest;

/** Within what a client's id names one person. */
public enum ClientScope {
  /** A site of the vendor's system: two sites of one practice give the same id to two people. */
  SITE,
  /** The whole practice. */
  PRACTICE;

  /**
   * The scope of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ClientScope of(String text) {
    return switch (text) {
      case "site" -> SITE;
      case "practice" -> PRACTICE;
      default -> throw new IllegalArgumentException("must be site or practice");
    };
  }
}
