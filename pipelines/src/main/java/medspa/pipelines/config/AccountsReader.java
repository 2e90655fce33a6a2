package medspa.pipelines.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.journal.Accounts;
import medspa.warehouse.journal.Accounts.Account;

/**
 * Reads what the accounts of journal entries are called: {@code accounts:} of the workspace, which
 * {@code accounts:} of a practice overrides, because each owner keeps its own books.
 */
final class AccountsReader {
  private AccountsReader() {}

  /** The accounts of each practice, by its id. */
  static Map<String, Accounts> read(YamlValue yaml) {
    Map<String, Account> common = accounts(yaml);
    Optional<String> taxRate = yaml.optionalText("xero_tax_rate");
    Optional<String> tracking = yaml.optionalText("xero_tracking");
    Map<String, Accounts> byPractice = new LinkedHashMap<>();
    for (YamlValue practice : yaml.list("practices")) {
      Map<String, Account> all = new LinkedHashMap<>(common);
      all.putAll(accounts(practice));
      byPractice.put(
          practice.text("id"),
          Accounts.of(
              all,
              practice.optionalText("xero_tax_rate").or(() -> taxRate),
              practice.optionalText("xero_tracking").or(() -> tracking)));
    }
    return byPractice;
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
