package medspa.charts.document;

import java.util.List;
import java.util.function.DoublePredicate;
import medspa.charts.figure.Drawing;

/**
 * Charts of one kind, with the tables of what they show.
 *
 * @param title what they show
 * @param panels the charts; those of one group are parts of one
 * @param key how to read them
 */
public record Figures(String title, Arrangement arrangement, List<List<Panel>> panels, Key key)
    implements Block {

  /** Copies the panels. */
  public Figures {
    panels = panels.stream().map(List::copyOf).toList();
  }

  /** How charts stand beside each other. */
  public sealed interface Arrangement {
    /** Each as wide as the page. */
    record Wide() implements Arrangement {}

    /** In pairs. */
    record Paired() implements Arrangement {}

    /**
     * As many side by side as can be read.
     *
     * @param isReadable whether all of them can be at a width in points
     */
    record Compared(DoublePredicate isReadable) implements Arrangement {}
  }

  /**
   * A chart.
   *
   * @param title what it is about; may be empty where the title of all says it
   * @param says what it shows, in a few words
   * @param content the chart, or why there is none
   */
  public record Panel(String title, String says, Content content) {}

  /** What a panel holds. */
  public sealed interface Content {
    /** A chart. */
    record Drawn(Drawing drawing) implements Content {}

    /** No chart, and why. */
    record Missing(String reason) implements Content {}
  }

  /**
   * How to read the charts.
   *
   * @param lead before the swatches
   * @param swatches colours and what they mean
   * @param sentences what else there is to know
   */
  public record Key(String lead, List<Swatch> swatches, List<String> sentences) {
    /** Copies the lists. */
    public Key {
      swatches = List.copyOf(swatches);
      sentences = List.copyOf(sentences);
    }
  }

  /** A colour, as CSS writes it, and what it means. */
  public record Swatch(String color, String label) {}
}
