package medspa.jobs.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import medspa.warehouse.definition.Spelling;

/**
 * The clients that an export and its look-ups name, by the cells of their client columns: names and
 * phone numbers, each kept once. They stay in memory and are written nowhere.
 */
final class ClientNames {
  private static final String BETWEEN = "\u001f";

  private final Set<String> cells = new HashSet<>();

  /** Adds what one row tells of its client: a cell, or the parts of a name. */
  void add(List<String> parts) {
    cells.add(parts.size() == 1 ? parts.get(0) : String.join(BETWEEN, parts));
  }

  boolean isEmpty() {
    return cells.isEmpty();
  }

  /**
   * Finds these clients in some texts.
   *
   * @param texts all that will be searched; only names of which they hold two words that follow one
   *     another are kept
   */
  ClientFinder in(Collection<String> texts) {
    Set<String> pairs = new HashSet<>();
    Set<String> known = new HashSet<>();
    for (String text : texts) {
      List<TextWord> words = ClientFinder.words(text);
      words.forEach(word -> known.add(word.text()));
      for (int i = 1; i < words.size(); i++) {
        pairs.add(words.get(i - 1).text() + " " + words.get(i).text());
      }
    }
    Set<String> names = new HashSet<>();
    Set<String> phones = new HashSet<>();
    for (String cell : cells) {
      List<String> parts = parts(cell);
      String digits = ClientFinder.phone(parts.get(0));
      if (!digits.isEmpty() && parts.size() == 1) {
        phones.add(digits);
      } else if (holdsTwo(parts, known)) {
        PersonName.written(parts).stream()
            .filter(name -> pairs.contains(firstTwo(name)))
            .forEach(names::add);
      }
    }
    return new ClientFinder(names, phones);
  }

  /** Nearly no client of an export is in its texts. */
  private static boolean holdsTwo(List<String> parts, Set<String> known) {
    int words = 0;
    for (String part : parts) {
      for (TextWord word : TextWord.of(part)) {
        words += known.contains(word.text()) ? 1 : 0;
      }
    }
    return words > 1;
  }

  private static List<String> parts(String cell) {
    List<String> parts = new ArrayList<>();
    for (String part : cell.split(BETWEEN, -1)) {
      parts.add(ClientFinder.withoutEmails(Spelling.of(part)));
    }
    return parts;
  }

  private static String firstTwo(String name) {
    String[] words = name.split(" ", 3);
    return words[0] + " " + words[1];
  }
}
