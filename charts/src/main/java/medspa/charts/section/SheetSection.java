package medspa.charts.section;

import medspa.charts.document.Book;

/**
 * A table of a workbook.
 *
 * @param <S> whom or what it tells of
 */
@FunctionalInterface
public interface SheetSection<S> {
  /** All its rows, however many. */
  Book.Sheet sheet(S subject);
}
