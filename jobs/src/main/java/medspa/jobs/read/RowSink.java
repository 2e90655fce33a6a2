package medspa.jobs.read;

import java.util.List;

/** Receives the rows of an export, the header and titles among them. */
public interface RowSink {
  /**
   * One row; of JSON the first one holds the names of the columns.
   *
   * @param line where it is: the line it begins on, the row of a sheet, or the number of the record
   *     in a JSON document
   * @param fields its cells as text, an empty one as an empty text
   * @return whether more rows are wanted
   */
  boolean row(long line, List<String> fields) throws FileRefusedException;

  /** Whether a row names the columns of the export, as in a sheet that is another part of it. */
  default boolean isHeader(List<String> fields) {
    return false;
  }

  /**
   * Cells that a sheet shows as one; all but the first came empty. It comes after the rows.
   *
   * @param firstLine of its rows
   * @param firstColumn of its columns, counted from 0
   */
  default void merged(long firstLine, long lastLine, int firstColumn, int lastColumn)
      throws FileRefusedException {}
}
