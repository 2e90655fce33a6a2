package medspa.charts.document;

import java.util.List;

/**
 * The numbers that are looked at first.
 *
 * @param notes how to read them
 */
public record Tiles(List<Tile> tiles, List<String> notes) implements Block {
  /** Copies the lists. */
  public Tiles {
    tiles = List.copyOf(tiles);
    notes = List.copyOf(notes);
  }

  /**
   * One number.
   *
   * @param label what it is
   * @param cell its value with what is to say of it
   * @param isMissing whether words stand in the place of the value
   */
  public record Tile(String label, Cell cell, boolean isMissing) {}
}
