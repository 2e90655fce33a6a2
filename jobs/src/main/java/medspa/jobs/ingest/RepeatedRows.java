package medspa.jobs.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds out whether a file holds its own rows twice, as after it was pasted twice. Where rows have
 * no key of their own nothing else tells: two equal lines of one receipt are two things sold, and
 * these stand side by side, on few receipts.
 *
 * <p>So a file is taken for doubled if a row comes again behind rows of another receipt; if all its
 * receipts, or at least three that are no less than half of them, hold each of their rows more than
 * once; or if it is one receipt of several rows whose whole sequence comes again. Where a mapping
 * makes up a key and counts on where two rows are equal, a file is taken for doubled if every row
 * comes again, or if half of them, three or more, come again in one piece: two shifts or bookings
 * may well be equal in all that an export tells.
 */
final class RepeatedRows {
  /** Receipts with nothing but repeated rows that may be chance. */
  private static final int FEW = 2;

  private RepeatedRows() {}

  /**
   * One row of the file.
   *
   * @param line where it stands
   * @param fingerprint equal for rows that are equal in every cell, those that nobody reads
   *     included
   * @param receipt the receipt it belongs to
   */
  record FileRow(long line, long fingerprint, String receipt) {}

  /**
   * The place where rows come again.
   *
   * @param line the line of the row that comes again
   * @param firstLine where it stood before
   * @param repeated receipts of which each row comes more than once, or rows that do
   * @param of all of the file
   */
  record Found(long line, long firstLine, long repeated, long of) {}

  /**
   * The first place where the file begins to repeat itself.
   *
   * @param rows in the order of the file
   */
  static Optional<Found> in(List<FileRow> rows) {
    Map<String, List<Integer>> receipts = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      receipts.computeIfAbsent(rows.get(i).receipt(), r -> new ArrayList<>()).add(i);
    }
    List<List<Integer>> repeated =
        receipts.values().stream().filter(places -> isRepeated(rows, places)).toList();
    Optional<int[]> behind =
        repeated.stream()
            .flatMap(places -> behindAnotherReceipt(rows, places).stream())
            .findFirst();
    if (behind.isPresent()) {
      return Optional.of(
          found(rows, behind.get()[0], behind.get()[1], repeated.size(), receipts.size()));
    }
    boolean most =
        (repeated.size() > FEW && repeated.size() * 2 >= receipts.size())
            || (repeated.size() == FEW && receipts.size() == FEW);
    if (most || (receipts.size() == 1 && isSequenceTwice(rows))) {
      List<Integer> first = repeated.get(0);
      int again = again(rows, first);
      return Optional.of(
          found(rows, first.get(again), first.get(0), repeated.size(), receipts.size()));
    }
    return Optional.empty();
  }

  /**
   * The first row that comes again, if every row of the file does and not all are one, or half of
   * them do in one piece.
   *
   * @param fingerprints of each row, by its line; equal for rows that are equal in every cell
   */
  static Optional<Found> inWhole(Map<Long, Long> fingerprints) {
    Map<Long, List<Long>> lines = new HashMap<>();
    new TreeMap<>(fingerprints)
        .forEach((line, row) -> lines.computeIfAbsent(row, r -> new ArrayList<>()).add(line));
    if (lines.size() > 1 && lines.values().stream().allMatch(places -> places.size() > 1)) {
      return lines.values().stream()
          .min(Comparator.comparing(places -> places.get(1)))
          .map(places -> new Found(places.get(1), places.get(0), lines.size(), lines.size()));
    }
    return pieceThatComesAgain(new TreeMap<>(fingerprints), lines.size());
  }

  /**
   * A piece of rows that stands behind itself, more than a few and no less than half of the
   * different rows.
   */
  private static Optional<Found> pieceThatComesAgain(SortedMap<Long, Long> rows, int different) {
    List<Long> lines = List.copyOf(rows.keySet());
    Map<Long, Integer> first = new HashMap<>();
    int length = 0;
    int expected = -1;
    for (int i = 0; i < lines.size(); i++) {
      Integer before = first.putIfAbsent(rows.get(lines.get(i)), i);
      length = before == null ? 0 : before == expected ? length + 1 : 1;
      expected = before == null ? -1 : before + 1;
      if (length > FEW && length * 2 >= different) {
        int start = i - length + 1;
        return Optional.of(
            new Found(
                lines.get(start),
                lines.get(first.get(rows.get(lines.get(start)))),
                length,
                different));
      }
    }
    return Optional.empty();
  }

  private static Found found(
      List<FileRow> rows, int again, int before, int repeated, int receipts) {
    return new Found(rows.get(again).line(), rows.get(before).line(), repeated, receipts);
  }

  /** Whether each of a receipt's rows comes more than once. */
  private static boolean isRepeated(List<FileRow> rows, List<Integer> places) {
    Map<Long, Integer> times = new HashMap<>();
    places.forEach(place -> times.merge(rows.get(place).fingerprint(), 1, Integer::sum));
    return times.values().stream().allMatch(n -> n > 1);
  }

  /** A row of a receipt that comes again with a row of another receipt between the two. */
  private static Optional<int[]> behindAnotherReceipt(List<FileRow> rows, List<Integer> places) {
    Map<Long, Integer> before = new HashMap<>();
    for (int i = 0; i < places.size(); i++) {
      Integer ordinal = before.put(rows.get(places.get(i)).fingerprint(), i);
      // More rows of the file than of the receipt lie between the two.
      if (ordinal != null && places.get(i) - places.get(ordinal) > i - ordinal) {
        return Optional.of(new int[] {places.get(i), places.get(ordinal)});
      }
    }
    return Optional.empty();
  }

  /** Whether the second half of the rows is the first once more, and not one row many times. */
  private static boolean isSequenceTwice(List<FileRow> rows) {
    int half = rows.size() / 2;
    if (rows.size() % 2 != 0
        || rows.stream().mapToLong(FileRow::fingerprint).distinct().count() < 2) {
      return false;
    }
    for (int i = 0; i < half; i++) {
      if (rows.get(i).fingerprint() != rows.get(half + i).fingerprint()) {
        return false;
      }
    }
    return true;
  }

  /** The ordinal at which a receipt's first row comes again. */
  private static int again(List<FileRow> rows, List<Integer> places) {
    long first = rows.get(places.get(0)).fingerprint();
    for (int i = 1; i < places.size(); i++) {
      if (rows.get(places.get(i)).fingerprint() == first) {
        return i;
      }
    }
    throw new IllegalArgumentException("The receipt does not repeat its first row");
  }
}
