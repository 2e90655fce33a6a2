package medspa.examples.market;

/** How much market is generated. */
public enum MarketSize {
  /** For tests and first looks: 3 practices, 7 locations with two or three people, 18 weeks. */
  TINY(1, 18, 2),
  /** The demo: 10 practices, 22 locations, 26 weeks, tens of thousands of appointments. */
  SMALL(1, 26, 2),
  /** Three times the demo: 30 practices, 66 locations, 26 weeks. */
  TRIPLE(3, 26, 2),
  /** About 2 million appointments. */
  MEDIUM(7, 78, 3),
  /** About 20 million appointments. */
  LARGE(36, 156, 3);

  private final int copies;
  private final int weeks;
  private final int monthsPerFile;

  MarketSize(int copies, int weeks, int monthsPerFile) {
    this.copies = copies;
    this.weeks = weeks;
    this.monthsPerFile = monthsPerFile;
  }

  /** How often the ten practices of the small market are repeated, each time with other people. */
  int copies() {
    return copies;
  }

  /** Whole weeks of history, unless others are asked for. */
  public int weeks() {
    return weeks;
  }

  /** Months between two deliveries of one source. */
  int monthsPerFile() {
    return monthsPerFile;
  }
}
