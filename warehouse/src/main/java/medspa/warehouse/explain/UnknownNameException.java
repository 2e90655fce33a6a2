package medspa.warehouse.explain;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A name that the warehouse does not have; the message says which there are. */
public final class UnknownNameException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Up to this many names are listed whole; of more only the nearest. */
  private static final int FEW = 12;

  private static final int NEAREST = 5;

  UnknownNameException(String message) {
    super(message);
  }

  /**
   * A name among others.
   *
   * @param what what the name should be, such as {@code location}
   */
  static UnknownNameException of(String what, String name, Collection<String> known) {
    String message = "There is no " + what + " " + name;
    if (known.isEmpty()) {
      return new UnknownNameException(message + "; nothing of the kind is published");
    }
    return new UnknownNameException(
        known.size() <= FEW
            ? message + "; there are " + String.join(", ", known.stream().sorted().toList())
            : message
                + "; of "
                + known.size()
                + " the nearest are "
                + String.join(", ", nearest(name, known)));
  }

  private static List<String> nearest(String name, Collection<String> known) {
    String asked = name.toLowerCase(Locale.ROOT);
    return known.stream()
        .sorted(
            Comparator.comparingInt(
                    (String candidate) -> distance(asked, candidate.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(NEAREST)
        .toList();
  }

  /** How many letters must be put in, taken out or changed to come from one to the other. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
