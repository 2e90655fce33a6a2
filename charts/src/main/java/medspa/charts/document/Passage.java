package medspa.charts.document;

import java.util.List;

/** Blocks that are read together: a heading, what explains a table, the table and its notes. */
public record Passage(List<Block> blocks) implements Block {
  /** Copies the blocks. */
  public Passage {
    blocks = List.copyOf(blocks);
  }

  /** The blocks as one passage. */
  public static Passage of(Block... blocks) {
    return new Passage(List.of(blocks));
  }
}
