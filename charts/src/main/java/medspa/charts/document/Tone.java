package medspa.charts.document;

/** How a text stands out; never by colour alone, so the text says it too. */
public enum Tone {
  PLAIN,
  STRONG,
  /** An aside. */
  QUIET,
  /** Rests on few data, or is missing. */
  FEW,
  /** To be filled in. */
  MISSING,
  /** More than noise, and for the better. */
  BETTER,
  /** More than noise, and for the worse. */
  WORSE,
  /** As it should be. */
  ON,
  /** Nearly as it should be. */
  NEAR,
  /** Not as it should be. */
  OFF,
  /** Nothing says how it should be. */
  OPEN,
  /** No room for more. */
  FULL,
  /** More than half of it is free. */
  EMPTY,
  /** In the bottom quarter of the peers. */
  LOWEST_QUARTER,
  LOWER_QUARTER,
  UPPER_QUARTER,
  /** In the top quarter of the peers. */
  HIGHEST_QUARTER
}
