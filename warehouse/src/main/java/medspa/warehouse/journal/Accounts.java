package medspa.warehouse.journal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A practice's chart of accounts: what each account of {@code journal_daily} is called in the
 * practice's own books.
 */
public final class Accounts {
  /** Tax rate on every line for Xero, whose amounts here hold no tax. */
  private static final String NO_TAX = "Tax Exempt";

  private static final Map<String, String> NAMES = names();

  /** Whom a line of what is owed names: QuickBooks takes none of these without a name. */
  private static final Map<String, String> CONTACTS =
      Map.of("accounts_receivable", "Clients", "consignment_payable", "Consignment vendors");

  private final Map<String, Account> accounts;
  private final String xeroTaxRate;
  private final Optional<String> xeroTracking;

  /**
   * An account in the books.
   *
   * @param name as QuickBooks wants it, {@code Parent:Sub} for a sub-account
   * @param code as Xero wants it; without it Xero's file cannot be made
   * @param contact customer or vendor in QuickBooks whom its lines name; empty for the usual one of
   *     a receivable or payable, and nobody for others
   */
  public record Account(String name, Optional<String> code, Optional<String> contact) {
    /** An account whose lines name whom they usually do. */
    public Account(String name, Optional<String> code) {
      this(name, code, Optional.empty());
    }
  }

  private Accounts(
      Map<String, Account> accounts, String xeroTaxRate, Optional<String> xeroTracking) {
    this.accounts = accounts;
    this.xeroTaxRate = xeroTaxRate;
    this.xeroTracking = xeroTracking;
  }

  /** The given accounts, without a tracking category. */
  public static Accounts of(Map<String, Account> given, Optional<String> xeroTaxRate) {
    return of(given, xeroTaxRate, Optional.empty());
  }

  /**
   * The given accounts, with usual names where none is given.
   *
   * @param xeroTracking Xero's tracking category whose options are the names of the locations
   * @throws IllegalArgumentException if one is none of {@link #known()}
   */
  public static Accounts of(
      Map<String, Account> given, Optional<String> xeroTaxRate, Optional<String> xeroTracking) {
    Map<String, Account> accounts = new LinkedHashMap<>();
    NAMES.forEach((id, name) -> accounts.put(id, new Account(name, Optional.empty())));
    given.forEach(
        (id, account) -> {
          if (!accounts.containsKey(id)) {
            throw new IllegalArgumentException(
                "There is no account " + id + "; accounts are " + String.join(", ", known()));
          }
          accounts.put(id, account);
        });
    return new Accounts(
        Collections.unmodifiableMap(accounts), xeroTaxRate.orElse(NO_TAX), xeroTracking);
  }

  /** Every account a journal line may be booked to, in the order of the entry. */
  public static List<String> known() {
    return List.copyOf(NAMES.keySet());
  }

  Map<String, Account> all() {
    return accounts;
  }

  /** Whom the lines of an account name. */
  Optional<String> contact(String id) {
    return accounts.get(id).contact().or(() -> Optional.ofNullable(CONTACTS.get(id)));
  }

  String xeroTaxRate() {
    return xeroTaxRate;
  }

  Optional<String> xeroTracking() {
    return xeroTracking;
  }

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("cash", "Cash on hand");
    names.put("card_clearing", "Card clearing");
    names.put("financing_clearing", "Patient financing clearing");
    names.put("checks", "Undeposited checks");
    names.put("other_clearing", "Other payments clearing");
    names.put("gift_card_liability", "Gift card liability");
    names.put("package_liability", "Prepaid packages");
    names.put("membership_liability", "Prepaid memberships");
    names.put("client_deposits", "Client deposits");
    names.put("accounts_receivable", "Client receivables");
    names.put("unapplied_payments", "Unapplied payments");
    names.put("service_revenue", "Service revenue");
    names.put("retail_revenue", "Retail revenue");
    names.put("fee_revenue", "Fee revenue");
    names.put("sales_tax_payable", "Sales tax payable");
    names.put("tips_payable", "Tips payable");
    names.put("cost_of_goods", "Cost of goods used");
    names.put("inventory", "Inventory");
    names.put("consignment_payable", "Consignment payable");
    names.put("inventory_shrinkage", "Inventory shrinkage");
    names.put("rounding", "Rounding");
    names.put(Books.EQUITY, "Opening balance equity");
    return Collections.unmodifiableMap(names);
  }
}
