package medspa.charts.document;

import java.util.List;
import java.util.Optional;

/**
 * A part of a document about one subject.
 *
 * @param bookmark how it is found; empty where nothing needs to lead to it
 * @param start where it begins
 * @param head what the pages are headed with from here on; empty where the one before goes on
 */
public record Chapter(
    Optional<Bookmark> bookmark, Start start, Optional<String> head, List<Block> blocks) {

  /** Copies the blocks. */
  public Chapter {
    blocks = List.copyOf(blocks);
  }

  /** A chapter that follows the one before on the same page. */
  public static Chapter following(Bookmark bookmark, List<Block> blocks) {
    return new Chapter(Optional.of(bookmark), Start.FOLLOWING, Optional.empty(), blocks);
  }

  /** The chapter with another head. */
  public Chapter headed(String text) {
    return new Chapter(bookmark, start, Optional.of(text), blocks);
  }

  /**
   * An entry of the outline.
   *
   * @param anchor its place, unique in the document
   */
  public record Bookmark(String name, String anchor) {}

  /** Where a chapter begins. */
  public enum Start {
    /** Where the one before ends. */
    FOLLOWING,
    /** On a page of its own. */
    NEW_PAGE
  }
}
