package medspa.charts.section;

import java.util.List;
import medspa.charts.document.Block;

/**
 * A section of a report.
 *
 * @param <S> whom or what it tells of
 */
@FunctionalInterface
public interface Section<S> {
  /** What it says; nothing where it has nothing to say. */
  List<Block> blocks(S subject);
}
