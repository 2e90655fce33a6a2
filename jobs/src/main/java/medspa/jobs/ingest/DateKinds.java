package medspa.jobs.ingest;

import medspa.jobs.read.FileRefusedException;

/**
 * The ways in which a column writes its dates. A spreadsheet that opens a file with dates of
 * another country turns those it can read into real dates, day and month exchanged, and leaves the
 * others as text: a column that holds both kinds has wrong dates, and nobody can tell which.
 */
final class DateKinds {
  private final String column;
  private boolean year;
  private boolean dayOrMonth;

  DateKinds(String column) {
    this.column = column;
  }

  /**
   * Looks at one cell.
   *
   * @throws FileRefusedException at the first cell that shows both kinds
   */
  void see(long line, String cell) throws FileRefusedException {
    if (cell.length() < 6 || cell.length() > 30 || !isDigit(cell, 0)) {
      return;
    }
    if (beginsWithYear(cell)) {
      year = true;
    } else if (!dayOrMonth && beginsWithDayOrMonth(cell)) {
      dayOrMonth = true;
    }
    if (year && dayOrMonth) {
      throw FileRefusedException.column(
          line,
          column,
          "The column "
              + column
              + " mixes real dates and dates that are text: a spreadsheet has"
              + " read some of them, perhaps with day and month exchanged.",
          "Take the export as the system gives it, without opening it in a spreadsheet; or give the"
              + " whole column one form, such as 2026-03-09, from the system's own dates.");
    }
  }

  private static boolean isDigit(String cell, int i) {
    return i < cell.length() && cell.charAt(i) >= '0' && cell.charAt(i) <= '9';
  }

  /** Such as 2026-03-09, alone or before a time. */
  private static boolean beginsWithYear(String cell) {
    return cell.length() >= 10
        && cell.charAt(4) == '-'
        && cell.charAt(7) == '-'
        && isDigit(cell, 1)
        && isDigit(cell, 2)
        && isDigit(cell, 3)
        && isDigit(cell, 5)
        && isDigit(cell, 6)
        && isDigit(cell, 8)
        && isDigit(cell, 9)
        && (cell.length() == 10 || cell.charAt(10) == ' ' || cell.charAt(10) == 'T');
  }

  /** Such as 3/9/2026 or 09.03.26, alone or before a time. */
  private static boolean beginsWithDayOrMonth(String cell) {
    int first = isDigit(cell, 1) ? 2 : 1;
    char separator = cell.charAt(first);
    if ("/.-".indexOf(separator) < 0) {
      return false;
    }
    int second = cell.indexOf(separator, first + 1);
    int end = second + 1;
    while (second > 0 && isDigit(cell, end)) {
      end++;
    }
    boolean hasYear = second > 0 && (end - second == 3 || end - second == 5);
    return hasYear
        && second - first <= 3
        && second - first > 1
        && isDigit(cell, first + 1)
        && isDigit(cell, second - 1)
        && (end == cell.length() || cell.charAt(end) == ' ' || cell.charAt(end) == ',');
  }
}
