package medspa.jobs.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds clients in texts that somebody typed: a client's name as whole words next to one another,
 * whatever their case, accents and what stands between them; a client's phone number, whatever
 * stands between its digits; and any e-mail address. Each word costs as many look-ups as the
 * longest name has words.
 */
final class ClientFinder {
  private static final Pattern EMAIL =
      // Looked for at beginnings of words only: else a long word takes the square of its length.
      Pattern.compile(
          "(?<![\\p{L}\\p{N}._%+'-])[\\p{L}\\p{N}._%+'-]++@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+");

  /** Shorter numbers are not looked for. */
  private static final int PHONE_DIGITS = 7;

  /** A number that is the whole text is an id unless it is as long as a number with its area. */
  private static final int BARE_PHONE_DIGITS = 10;

  private static final int LONGEST_PHONE = 15;

  private final Set<String> names;
  private final Set<String> phones;
  private final int longest;

  /**
   * Finds these.
   *
   * @param names as {@link PersonName} writes them
   * @param phones as {@link #phone} writes them
   */
  ClientFinder(Set<String> names, Set<String> phones) {
    this.names = names;
    this.phones = phones;
    this.longest = names.stream().mapToInt(name -> name.split(" ").length).max().orElse(0);
  }

  /** A place in a text. */
  private record Span(int start, int end, String found) {}

  /** The same without some names. */
  ClientFinder without(Collection<String> others) {
    Set<String> rest = new HashSet<>(names);
    rest.removeAll(others);
    return new ClientFinder(rest, phones);
  }

  /** The text with another word in the place of each client; nothing if it holds none. */
  Optional<String> masked(String text, String word) {
    List<Span> spans = new ArrayList<>(names(text));
    spans.addAll(phones(text));
    Matcher email = EMAIL.matcher(text);
    while (email.find()) {
      spans.add(new Span(email.start(), email.end(), ""));
    }
    if (spans.isEmpty()) {
      return Optional.empty();
    }
    spans.sort((a, b) -> Integer.compare(a.start(), b.start()));
    StringBuilder masked = new StringBuilder();
    int from = 0;
    for (Span span : spans) {
      if (span.start() >= from) {
        masked.append(text, from, span.start()).append(word);
      }
      from = Math.max(from, span.end());
    }
    return Optional.of(masked.append(text.substring(from)).toString());
  }

  /** The names that a text holds. */
  Set<String> namesIn(String text) {
    return names(text).stream().map(Span::found).collect(Collectors.toSet());
  }

  /** The name that is the whole text. */
  Optional<String> wholeName(String text) {
    String name = words(text).stream().map(TextWord::text).collect(Collectors.joining(" "));
    return Optional.of(name).filter(names::contains);
  }

  private List<Span> names(String text) {
    List<Span> spans = new ArrayList<>();
    List<TextWord> words = words(text);
    for (int i = 0; i + 1 < words.size() && !names.isEmpty(); i++) {
      StringBuilder name = new StringBuilder(words.get(i).text());
      Optional<Span> span = Optional.empty();
      for (int last = i + 1; last < words.size() && last < i + longest; last++) {
        name.append(' ').append(words.get(last).text());
        if (names.contains(name.toString())) {
          span =
              Optional.of(new Span(words.get(i).start(), words.get(last).end(), name.toString()));
        }
      }
      span.ifPresent(spans::add);
    }
    return spans;
  }

  private List<Span> phones(String text) {
    List<Span> spans = new ArrayList<>();
    List<TextWord> words = phones.isEmpty() ? List.of() : TextWord.of(text);
    for (int i = 0; i < words.size(); i++) {
      StringBuilder digits = new StringBuilder();
      for (int last = i; last < words.size() && words.get(last).isNumber(); last++) {
        TextWord part = words.get(last);
        if (last > i && !isWithinPhone(text.substring(words.get(last - 1).end(), part.start()))) {
          break;
        }
        digits.append(part.text());
        if (digits.length() > LONGEST_PHONE) {
          break;
        }
        boolean bare = last == i && part.end() - part.start() == text.length();
        String phone = phone(digits.toString());
        if (phones.contains(phone) && (!bare || phone.length() >= BARE_PHONE_DIGITS)) {
          spans.add(new Span(words.get(i).start(), part.end(), phone));
        }
      }
    }
    return spans;
  }

  private static boolean isWithinPhone(String gap) {
    return gap.length() <= 3 && gap.chars().allMatch(c -> " ().-/".indexOf(c) >= 0);
  }

  /** The words by which names are found: initials stand between them or do not. */
  static List<TextWord> words(String text) {
    return TextWord.of(text).stream().filter(word -> word.isNumber() || word.isWord()).toList();
  }

  /** A text without the e-mail addresses in it. */
  static String withoutEmails(String text) {
    return text.indexOf('@') < 0 ? text : EMAIL.matcher(text).replaceAll(" ");
  }

  /**
   * The digits of a phone number, those of the country left out where it is that of North America;
   * empty for another text.
   */
  static String phone(String text) {
    StringBuilder numbers = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetter(c)) {
        return "";
      }
      if (c >= '0' && c <= '9') {
        numbers.append(c);
      }
    }
    String digits = numbers.toString();
    if (digits.length() < PHONE_DIGITS || digits.length() > LONGEST_PHONE) {
      return "";
    }
    return digits.length() == 11 && digits.startsWith("1") ? digits.substring(1) : digits;
  }
}
