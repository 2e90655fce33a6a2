package medspa.warehouse.reference;

/**
 * A column that shows what exports tell about a thing, to fill in the others by. It is never read.
 *
 * @param name column of the sheet's query
 * @param kind what it holds
 * @param label its head
 * @param explain what it is, one or two sentences
 * @param width in characters
 */
public record SeenColumn(String name, Kind kind, String label, String explain, int width) {
  /** What a cell holds. */
  public enum Kind {
    NUMBER,
    DAY,
    TEXT
  }
}
