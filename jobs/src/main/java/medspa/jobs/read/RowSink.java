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
}
