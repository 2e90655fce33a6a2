package medspa.jobs.ingest;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import medspa.jobs.read.FileRefusedException;

/**
 * The clocks by which a column writes its times. Where some say AM or PM, one of 2:30 that says
 * neither was hardly meant at night, which is how it would be read. From seven on it is taken for
 * the morning; a time such as 14:30 beside them shows that the column has two clocks, of which both
 * are plain.
 */
final class ClockKinds {
  /** A time alone or behind a date, and the name of a zone behind it. */
  private static final Pattern TIME =
      Pattern.compile(
          "(?:[^:]*\\d[^:]*[T ,])?(\\d{1,2}):\\d{2}(?::\\d{2})?\\s?([AaPp]\\.?\\s?[Mm]\\.?)?(?: [A-Z]{3,5})?");

  private static final int LONGEST = 40;

  private static final int HOURS_OF_A_HALF = 12;

  /** Nobody is treated before. */
  private static final int MORNING = 7;

  private final String column;
  private boolean isHalved;
  private boolean isWhole;
  private long bare;

  ClockKinds(String column) {
    this.column = column;
  }

  /** Looks at one cell, which may be no time. */
  void see(long line, String cell) {
    if (cell.length() < 4 || cell.length() > LONGEST || cell.indexOf(':') < 0) {
      return;
    }
    Matcher time = TIME.matcher(cell);
    if (!time.matches()) {
      return;
    }
    int hour = Integer.parseInt(time.group(1));
    if (time.group(2) != null) {
      isHalved = true;
    } else if (hour == 0 || hour > HOURS_OF_A_HALF) {
      isWhole = true;
    } else if (bare == 0 && hour < MORNING) {
      bare = line;
    }
  }

  /**
   * Looks at the column as a whole.
   *
   * @throws FileRefusedException where a time may be in either half of the day
   */
  void check() throws FileRefusedException {
    if (isHalved && !isWhole && bare > 0) {
      throw FileRefusedException.column(
          bare,
          column,
          String.format(
              Locale.ROOT,
              "Other times in %s say AM or PM, and this one says neither: it may be at night or in the"
                  + " afternoon.",
              column),
          "Write AM or PM behind it, or take the export as the system gives it.");
    }
  }
}
