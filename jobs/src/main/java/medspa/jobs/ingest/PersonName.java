package medspa.jobs.ingest;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The ways in which the name of one client is written in a text: first and last name in either
 * order, with and without what stands between them. A name has two words or more; one alone, such
 * as Rose or May, may be anything, and so may the names of clients who are none, such as Walk In.
 */
final class PersonName {
  private static final Set<String> TITLES =
      Set.of("dr", "mr", "mrs", "ms", "miss", "mx", "prof", "sir", "jr", "sr", "ii", "iii", "iv");

  /** Names of clients who are none consist of these. */
  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "account",
          "anon",
          "anonymous",
          "booking",
          "card",
          "cash",
          "client",
          "clients",
          "counter",
          "customer",
          "default",
          "demo",
          "deleted",
          "desk",
          "dummy",
          "front",
          "general",
          "generic",
          "gift",
          "guest",
          "guests",
          "house",
          "in",
          "ins",
          "internal",
          "member",
          "misc",
          "name",
          "new",
          "no",
          "non",
          "none",
          "not",
          "of",
          "one",
          "online",
          "only",
          "or",
          "order",
          "other",
          "patient",
          "patients",
          "person",
          "phone",
          "private",
          "public",
          "retail",
          "sale",
          "sales",
          "sample",
          "shop",
          "spa",
          "staff",
          "store",
          "temp",
          "test",
          "tester",
          "the",
          "time",
          "unknown",
          "visitor",
          "walk",
          "walkin",
          "web",
          "website");

  private PersonName() {}

  /**
   * Its ways of writing, each as words with a blank between; none if it is no name of a person.
   *
   * @param cells the whole name, or its parts from the first name to the last
   */
  static Set<String> written(List<String> cells) {
    Set<String> written = new LinkedHashSet<>();
    if (cells.size() == 1 && cells.get(0).contains(",")) {
      int comma = cells.get(0).indexOf(',');
      write(
          words(cells.get(0).substring(comma + 1)),
          words(cells.get(0).substring(0, comma)),
          written);
    } else if (cells.size() == 1) {
      List<String> words = words(cells.get(0));
      for (int last = 1; last < words.size(); last++) {
        write(words.subList(0, last), words.subList(last, words.size()), written);
      }
    } else {
      List<String> first = new ArrayList<>();
      cells.subList(0, cells.size() - 1).forEach(cell -> first.addAll(words(cell)));
      write(first, words(cells.get(cells.size() - 1)), written);
    }
    return written;
  }

  private static void write(List<String> first, List<String> last, Set<String> written) {
    List<String> all = new ArrayList<>(first);
    all.addAll(last);
    if (first.isEmpty() || last.isEmpty() || PLACEHOLDERS.containsAll(all)) {
      return;
    }
    add(all, written);
    add(joined(last, first), written);
    add(joined(first.subList(0, 1), last), written);
    add(joined(last, first.subList(0, 1)), written);
    // A walk-in who gave a name.
    int named = 0;
    while (named < all.size() && PLACEHOLDERS.contains(all.get(named))) {
      named++;
    }
    add(all.subList(named, all.size()), written);
  }

  private static void add(List<String> words, Set<String> written) {
    if (words.size() > 1 && !PLACEHOLDERS.containsAll(words)) {
      written.add(String.join(" ", words));
    }
  }

  private static List<String> joined(List<String> some, List<String> others) {
    List<String> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  /** The words of a name without titles, initials and numbers. */
  private static List<String> words(String cell) {
    return TextWord.of(cell).stream()
        .filter(TextWord::isWord)
        .map(TextWord::text)
        .filter(word -> !TITLES.contains(word))
        .toList();
  }
}
