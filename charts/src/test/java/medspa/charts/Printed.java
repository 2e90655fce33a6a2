package medspa.charts;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a printed text must say: words letter by letter, and numbers that are what an exact one
 * rounds to, in its unit. A printed number is read by itself: nothing of the reports writes it
 * here. How many blanks there are does not matter.
 */
final class Printed {
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<bound>[<>] ?)?(?<sign>[−+])?(?<currency>CA\\$|A\\$|NZ\\$|[$€£]|[A-Z]{3}\\s)?"
              + "(?<digits>\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)"
              + "(?<scale>[kM](?![a-z]))?"
              + "(?<suffix>%|×| ?/h| (?:days|h|min)\\b)?");

  /** What may stand behind a number of a unit; in a table the head may name it instead. */
  private static final Map<String, List<String>> SUFFIXES =
      Map.of(
          "percent", List.of("%"),
          "times_per_year", List.of("×"),
          "money_per_hour", List.of("/h", ""),
          "days", List.of(" days", ""),
          "hours", List.of(" h", ""),
          "minutes", List.of(" min", ""));

  /** A double and the decimal that is published differ by less. */
  private static final double NOISE = 1e-9;

  /** What stands in the text. */
  sealed interface Part {}

  /** Words, as they are. */
  record Words(String text) implements Part {}

  /** A name that may be cut for want of room, and then ends with an ellipsis. */
  record Name(String text) implements Part {}

  /**
   * A number.
   *
   * @param unit as {@code kpi_definitions.unit} says it
   * @param isChange whether one above zero has a sign
   */
  record Quantity(String unit, double exact, boolean isChange) implements Part {}

  private final List<Part> parts;

  private Printed(List<Part> parts) {
    this.parts = parts;
  }

  /** Texts stand for words. */
  static Printed of(Object... parts) {
    return of(Arrays.asList(parts));
  }

  static Printed of(List<?> parts) {
    List<Part> all = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof Printed some) {
        all.addAll(some.parts);
      } else {
        all.add(part instanceof Part some ? some : new Words((String) part));
      }
    }
    return new Printed(all);
  }

  static Part number(String unit, double exact) {
    return new Quantity(unit, exact, false);
  }

  static Part money(double exact) {
    return number("money", exact);
  }

  static Part count(double exact) {
    return number("count", exact);
  }

  static Part change(double exact) {
    return new Quantity("money", exact, true);
  }

  /** How many numbers it has. */
  long numbers() {
    return parts.stream().filter(Quantity.class::isInstance).count();
  }

  /** What is wrong with a printed text; empty where it says this and nothing else. */
  Optional<String> problem(String text) {
    int at = 0;
    for (Part part : parts) {
      if (part instanceof Quantity quantity) {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
          at++;
        }
        Matcher found = NUMBER.matcher(text).region(at, text.length());
        if (!found.lookingAt()) {
          return Optional.of("no number at “" + text.substring(at) + "” for " + quantity);
        }
        Optional<String> wrong = problem(found, quantity);
        if (wrong.isPresent()) {
          return wrong;
        }
        at = found.end();
      } else {
        int next =
            part instanceof Name name
                ? behindName(text, at, name.text())
                : behind(text, at, ((Words) part).text());
        if (next < 0) {
          return Optional.of("“" + text.substring(at) + "” instead of " + part);
        }
        at = next;
      }
    }
    return text.substring(at).isBlank()
        ? Optional.empty()
        : Optional.of("“" + text.substring(at) + "” is more than " + this);
  }

  /** Behind the words, or -1. */
  private static int behind(String text, int from, String words) {
    int at = from;
    for (int i = 0; i < words.length(); i++) {
      if (isBlank(words.charAt(i))) {
        continue;
      }
      while (at < text.length() && isBlank(text.charAt(at))) {
        at++;
      }
      if (at == text.length() || text.charAt(at) != words.charAt(i)) {
        return -1;
      }
      at++;
    }
    return at;
  }

  private static int behindName(String text, int from, String name) {
    int whole = behind(text, from, name);
    int cut = text.indexOf('…', from);
    if (whole >= 0 || cut < 0) {
      return whole;
    }
    String kept = text.substring(from, cut).replaceAll("\\s", "");
    return !kept.isEmpty() && name.replaceAll("\\s", "").startsWith(kept) ? cut + 1 : -1;
  }

  private static boolean isBlank(char letter) {
    return Character.isWhitespace(letter) || letter == '\u00a0';
  }

  private static Optional<String> problem(Matcher found, Quantity quantity) {
    boolean isMoney = quantity.unit().startsWith("money");
    String suffix =
        Optional.ofNullable(found.group("suffix")).map(s -> s.replace(" /h", "/h")).orElse("");
    if (isMoney != (found.group("currency") != null)
        || !SUFFIXES.getOrDefault(quantity.unit(), List.of("")).contains(suffix)
        || (found.group("scale") != null && !isMoney)
        || ("+".equals(found.group("sign")) && !quantity.isChange())) {
      return Optional.of(found.group() + " is not in the unit of " + quantity);
    }
    BigDecimal digits = new BigDecimal(found.group("digits").replace(",", ""));
    double factor =
        found.group("scale") == null
            ? (quantity.unit().equals("percent") ? 0.01 : 1)
            : found.group("scale").equals("k") ? 1e3 : 1e6;
    double printed = digits.doubleValue() * factor * ("−".equals(found.group("sign")) ? -1 : 1);
    double step = Math.pow(10, -digits.scale()) * factor;
    boolean isRight =
        found.group("bound") != null
            ? Math.abs(quantity.exact()) < Math.abs(printed) && quantity.exact() != 0
            : Math.abs(printed - quantity.exact())
                <= step / 2 + NOISE * Math.max(1e-3, Math.abs(quantity.exact()));
    return isRight
        ? Optional.empty()
        : Optional.of(found.group() + " is not what rounds to it: " + quantity);
  }

  @Override
  public String toString() {
    return parts.toString();
  }
}
