package medspa.pipelines.config;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.journal.Accounts;
import medspa.warehouse.journal.Accounts.Account;
import medspa.warehouse.journal.Books;
import medspa.warehouse.journal.Books.Opening;

/**
 * Reads the books of each practice: {@code accounts:} and {@code books_closed_through:} of the
 * workspace, which those of a practice override, because each owner keeps its own books, and {@code
 * opening_balances:} of its locations.
 */
final class BooksReader {
  private BooksReader() {}

  /** The books of each practice, by its id. */
  static Map<String, Books> read(YamlValue yaml) {
    Map<String, Account> common = accounts(yaml);
    Optional<String> taxRate = yaml.optionalText("xero_tax_rate");
    Optional<String> tracking = yaml.optionalText("xero_tracking");
    Optional<LocalDate> closed = closedThrough(yaml);
    Map<String, Books> byPractice = new LinkedHashMap<>();
    for (YamlValue practice : yaml.list("practices")) {
      Map<String, Account> all = new LinkedHashMap<>(common);
      all.putAll(accounts(practice));
      Map<String, Opening> openings = new LinkedHashMap<>();
      for (YamlValue location : practice.list("locations")) {
        location
            .find("opening_balances")
            .flatMap(BooksReader::opening)
            .ifPresent(opening -> openings.put(location.text("id"), opening));
      }
      byPractice.put(
          practice.text("id"),
          new Books(
              Accounts.of(
                  all,
                  practice.optionalText("xero_tax_rate").or(() -> taxRate),
                  practice.optionalText("xero_tracking").or(() -> tracking)),
              closedThrough(practice).or(() -> closed),
              openings));
    }
    return byPractice;
  }

  private static Optional<LocalDate> closedThrough(YamlValue yaml) {
    return yaml.find("books_closed_through").flatMap(YamlValue::date);
  }

  /** {@code {date: 2026-09-30, gift_card_liability: 1250.00, inventory: 18400}}. */
  private static Optional<Opening> opening(YamlValue yaml) {
    Set<String> known = new LinkedHashSet<>(Books.opened());
    known.add("date");
    yaml.allowOnly(known);
    Map<String, BigDecimal> balances = new LinkedHashMap<>();
    for (String account : Books.opened()) {
      yaml.find(account)
          .flatMap(value -> value.convert(BooksReader::cents))
          .ifPresent(amount -> balances.put(account, amount));
    }
    if (yaml.find("date").isEmpty()) {
      yaml.problem("needs a date, the day at whose end the balances were so");
    }
    return yaml.find("date").flatMap(YamlValue::date).map(date -> new Opening(date, balances));
  }

  private static BigDecimal cents(String text) {
    try {
      return new BigDecimal(text).setScale(2);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("must be an amount of whole cents such as 1250.00", e);
    }
  }

  private static Map<String, Account> accounts(YamlValue yaml) {
    Map<String, Account> accounts = new LinkedHashMap<>();
    yaml.find("accounts")
        .ifPresent(
            map ->
                map.entries()
                    .forEach(
                        (id, value) -> {
                          if (Accounts.known().contains(id)) {
                            accounts.put(id, account(value));
                          } else {
                            value.problem(
                                "is no account of a journal; accounts are "
                                    + String.join(", ", Accounts.known()));
                          }
                        }));
    return accounts;
  }

  /** {@code Cash}, or {@code {name: Cash, code: 1000, contact: Somebody}}. */
  private static Account account(YamlValue yaml) {
    if (!yaml.isMapping()) {
      return new Account(yaml.text(), Optional.empty());
    }
    yaml.allowOnly(Set.of("name", "code", "contact"));
    return new Account(yaml.text("name"), yaml.optionalText("code"), yaml.optionalText("contact"));
  }
}
