package medspa.charts.document;

import java.util.List;

/**
 * What a section says. Every output knows every kind; a new kind is for what none of these can say.
 */
public sealed interface Block
    permits Masthead, Block.Heading, Block.Sentence, Block.Note, Figures, Table, Passage {

  /** What follows is called. */
  record Heading(String text) implements Block {}

  /** One or more sentences. */
  record Sentence(Voice voice, String text) implements Block {
    /** What a sentence is there for. */
    public enum Voice {
      /** The one thing that the reader should take along. */
      HEADLINE,
      /** Says what the numbers below mean. */
      EXPLAINS,
      /** Stands where there is nothing to show. */
      NOTHING_THERE,
      /** A notice that must not be overlooked. */
      NOTICE
    }

    /** A sentence that says what the numbers below mean. */
    public static Sentence explains(String text) {
      return new Sentence(Voice.EXPLAINS, text);
    }

    /** A sentence where there is nothing to show. */
    public static Sentence nothingThere(String text) {
      return new Sentence(Voice.NOTHING_THERE, text);
    }

    /** Sentences that say what the numbers below mean, a block each. */
    public static List<Block> explaining(List<String> texts) {
      return texts.stream().<Block>map(Sentence::explains).toList();
    }
  }

  /** Small print. */
  record Note(String text) implements Block {}
}
