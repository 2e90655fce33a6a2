package medspa.warehouse.lake;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import medspa.warehouse.lake.Batch.Delivery;

/**
 * Which of the deliveries that tell a reference table whole counts: that of the latest day in its
 * file's name, whichever was taken in when; of one day, the one that was taken in last. A name
 * without a day stands before all days.
 */
public final class WholeDeliveries {
  /** A day as it stands in a file's name. */
  public static final Pattern DAY = Pattern.compile("(?<date>\\d{4}-\\d{2}-\\d{2})");

  /** Between a workbook, or an archive, and what is read of it. */
  private static final String INSIDE = "!/";

  private static final Comparator<Batch> OLDEST_FIRST =
      Comparator.comparing((Batch batch) -> day(batch.fileName()).orElse(LocalDate.MIN))
          .thenComparingLong(Batch::order);

  private WholeDeliveries() {}

  /**
   * By source, the delivery of a table that counts.
   *
   * @param batches those that no other batch replaces
   */
  public static Map<String, Batch> newest(List<Batch> batches, String table) {
    Map<String, Batch> newest = new HashMap<>();
    for (Batch batch : batches) {
      if (batch.delivery() == Delivery.WHOLE && batch.table(table).isPresent()) {
        newest.merge(
            batch.source(),
            batch,
            (one, other) -> OLDEST_FIRST.compare(one, other) < 0 ? other : one);
      }
    }
    return newest;
  }

  /**
   * The day in the name of a workbook.
   *
   * @param fileName its path, with or without the sheet
   */
  public static Optional<LocalDate> day(String fileName) {
    Matcher day = DAY.matcher(workbook(fileName));
    while (day.find()) {
      try {
        return Optional.of(LocalDate.parse(day.group()));
      } catch (DateTimeException e) {
        // Some other number, such as that of a room.
      }
    }
    return Optional.empty();
  }

  /** The last part of a workbook's path, without the sheet. */
  public static String workbook(String fileName) {
    int sheet = fileName.lastIndexOf(INSIDE);
    String path =
        sheet >= 0 && fileName.substring(0, sheet).matches("(?is).*\\.xls[xm]")
            ? fileName.substring(0, sheet)
            : fileName;
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
