package medspa.examples.market;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import medspa.examples.market.MarketPlan.Hours;
import medspa.examples.market.MarketPlan.Location;
import medspa.examples.market.MarketPlan.Practice;
import medspa.examples.market.MarketPlan.Practitioner;
import medspa.examples.market.MarketPlan.Trait;
import medspa.examples.market.MarketPlan.Vendor;

/** Writes the configuration of the generated workspace. */
final class MarketYaml {
  private static final List<String> FULL =
      List.of(
          "appointments",
          "shifts",
          "timecards",
          "sale_lines",
          "payments",
          "payouts",
          "memberships",
          "stock_movements",
          "stock_counts",
          "providers",
          "rooms",
          "services",
          "products",
          "service_products",
          "clients");
  private static final List<String> BESIDE_SQUARE =
      List.of("stock_movements", "stock_counts", "providers", "products");
  private static final List<String> SCHEDULES = List.of("appointments", "shifts");
  private static final List<String> REFERENCES =
      List.of("providers", "rooms", "services", "products", "service_products", "clients");

  private static final List<String> ACCOUNTS =
      List.of(
          "cash: {name: Cash on hand, code: 1010}",
          "card_clearing: {name: Card clearing, code: 1110}",
          "financing_clearing: {name: Patient financing clearing, code: 1120}",
          "checks: {name: Undeposited checks, code: 1130}",
          "other_clearing: {name: Other payments clearing, code: 1140}",
          "accounts_receivable: {name: Client receivables, code: 1210}",
          "inventory: {name: Inventory, code: 1310}",
          "consignment_payable: {name: Consignment payable, code: 2110}",
          "sales_tax_payable: {name: Sales tax payable, code: 2210}",
          "tips_payable: {name: Tips payable, code: 2220}",
          "gift_card_liability: {name: Gift card liability, code: 2310}",
          "package_liability: {name: Prepaid packages, code: 2320}",
          "membership_liability: {name: Prepaid memberships, code: 2330}",
          "client_deposits: {name: Client deposits, code: 2340}",
          "unapplied_payments: {name: Unapplied payments, code: 2350}",
          "opening_balances: {name: Opening balance equity, code: 3010}",
          "service_revenue: {name: Service revenue, code: 4010}",
          "retail_revenue: {name: Retail revenue, code: 4020}",
          "fee_revenue: {name: Fee revenue, code: 4030}",
          "cost_of_goods: {name: Cost of goods used, code: 5010}",
          "inventory_shrinkage: {name: Inventory shrinkage, code: 5020}",
          "rounding: {name: Rounding, code: 6900}");

  /** With so many practices some may be strangers to a consultant and still be enough to hide. */
  private static final int MARKET_WITH_STRANGERS = 10;

  private static final int CLIENTS_OF_THE_SECOND = 3;

  private final MarketPlan plan;
  private final StringBuilder yaml = new StringBuilder();

  private MarketYaml(MarketPlan plan) {
    this.plan = plan;
  }

  /** The text of {@code medspa.yaml}. */
  static String of(MarketPlan plan) {
    return new MarketYaml(plan).write();
  }

  private String write() {
    line("# A made-up market of medical spas, written by `medspa demo`.");
    line("currency: USD");
    line("week_starts_on: monday");
    line("# Good enough for made-up clients only: this key follows from the demo's seed.");
    line("pseudonym_key_file: pseudonym.key");
    line("");
    line("consultants:");
    String all = plan.practices().stream().map(Practice::id).collect(Collectors.joining(", "));
    line("  - {id: advisors, name: Med Spa Advisors, practices: [" + all + "]}");
    if (plan.practices().size() >= MARKET_WITH_STRANGERS) {
      String some =
          plan.practices().stream()
              .limit(CLIENTS_OF_THE_SECOND)
              .map(Practice::id)
              .collect(Collectors.joining(", "));
      line("  # Whom only some engaged: the others are peers that are never named.");
      line("  - {id: second-look, name: Second Look Consulting, practices: [" + some + "]}");
    }
    line("");
    line("targets: {fill_rate: 0.75, no_show_rate: 0.05}");
    line("");
    line("# A usual chart of accounts for `medspa journal`: names for QuickBooks, codes for Xero.");
    line("accounts:");
    ACCOUNTS.forEach(account -> line("  " + account));
    line("");
    line("practices:");
    plan.practices().forEach(this::practice);
    line("");
    line("# Square and Acuity export no shifts.");
    line("shift_templates:");
    for (Practice practice : plan.practices()) {
      if (practice.vendor() != Vendor.MEDSPA) {
        for (Location location : practice.locations()) {
          location.providers().forEach(p -> template(practice, location, p));
        }
      }
    }
    line("");
    line("sources:");
    plan.practices().forEach(this::sources);
    return yaml.toString();
  }

  private void practice(Practice practice) {
    line("  - id: " + practice.id());
    line("    name: " + practice.name());
    line("    locations:");
    for (Location location : practice.locations()) {
      line("      - id: " + location.id());
      line("        name: " + location.name());
      line("        time_zone: " + location.zone().getId());
      line("        region: " + location.region());
      line("        opened_on: " + location.openedOn());
      if (practice.vendor() != Vendor.MEDSPA || !practice.has(Trait.JOINT_FILES)) {
        line("        rooms: " + configuredRooms(practice, location));
      }
      line("        notice_hours: " + location.noticeHours());
      line("        closed_days: " + location.closedDays());
      if (!practice.has(Trait.LEAN)) {
        boolean closesForLunch = practice.has(Trait.FINE_TAX) && location.index() == 1;
        line("        opening_hours: " + openingHours(location.hours(), closesForLunch));
      }
      if (location.nights()) {
        line("        targets: {fill_rate: 0.7}");
      }
    }
  }

  /** One location has just opened another room, which its list of rooms does not know yet. */
  private static int configuredRooms(Practice practice, Location location) {
    return location.rooms() + (practice.has(Trait.COSTED_USAGE) && location.index() == 0 ? 1 : 0);
  }

  private void template(Practice practice, Location location, Practitioner provider) {
    line("  - location: " + location.id());
    line("    provider: " + provider.id());
    line("    from: " + plan.from());
    List<String> week = new ArrayList<>();
    for (int day = 0; day < 7; day++) {
      Hours hours = provider.weekly().get(day);
      if (!hours.isClosed()) {
        week.add(weekday(day) + ": \"" + withoutLunch(hours) + "\"");
      }
    }
    line("    weekly: {" + String.join(", ", week) + "}");
    Roster roster = new Roster(plan, practice, location);
    List<String> exceptions = new ArrayList<>();
    for (LocalDate day = plan.from(); day.isBefore(plan.until()); day = day.plusDays(1)) {
      if (roster.isAway(provider, day.toEpochDay())) {
        exceptions.add(day + ": closed");
      }
    }
    if (!exceptions.isEmpty()) {
      line("    exceptions: {" + String.join(", ", exceptions) + "}");
    }
  }

  private static String withoutLunch(Hours hours) {
    if (hours.to() - hours.from() < 7 * WallTime.HOUR) {
      return text(hours);
    }
    return text(new Hours(hours.from(), Roster.LUNCH.from()))
        + ", "
        + text(new Hours(Roster.LUNCH.to(), hours.to()));
  }

  private void sources(Practice practice) {
    if (practice.vendor() == Vendor.MEDSPA) {
      FULL.forEach(table -> medspa(practice, table));
      return;
    }
    BESIDE_SQUARE.forEach(table -> medspa(practice, table));
    List<String> formats = SquareFormat.exports(practice.vendor());
    for (Location location : practice.locations()) {
      vendor(practice, location, AcuityFormat.EXPORT, "schedule", ", delivery: window");
      boolean isOld = practice.vendor() == Vendor.SQUARE_12;
      // The old layout tells goods from services by nothing but the category.
      String goods = isOld ? ", params: {retail_categories: Retail Skincare}" : "";
      vendor(practice, location, formats.get(0), "items", goods);
      vendor(
          practice,
          location,
          formats.get(1),
          "transactions",
          isOld ? ", lookups: {items: " + location.id() + "-items}" : "");
    }
  }

  private void medspa(Practice practice, String table) {
    String delivery =
        SCHEDULES.contains(table)
            ? ", delivery: " + (practice.has(Trait.WINDOWS) ? "window" : "upsert")
            : REFERENCES.contains(table) ? "" : ", delivery: upsert";
    String expected = REFERENCES.contains(table) ? "" : ", expected_every: " + expectedDays();
    line(
        "  - {name: %s-%s, format: medspa, table: %s, practice: %s, from: 'exports/%s/%s-*.csv'%s%s}"
            .formatted(
                practice.id(),
                table.replace('_', '-'),
                table,
                practice.id(),
                practice.id(),
                table,
                delivery,
                expected));
  }

  private void vendor(
      Practice practice, Location location, String format, String file, String more) {
    line(
        "  - {name: %s-%s, format: %s, location: %s, from: 'exports/%s/%s/%s-*.csv', expected_every: %s%s}"
            .formatted(
                location.id(),
                file,
                format,
                location.id(),
                practice.id(),
                location.slug(),
                file,
                expectedDays(),
                more));
  }

  private String expectedDays() {
    return plan.expectedDays() + "d";
  }

  private static String openingHours(List<Hours> week, boolean closesForLunch) {
    List<String> days = new ArrayList<>();
    for (int day = 0; day < 7; day++) {
      if (!week.get(day).isClosed()) {
        Hours hours = week.get(day);
        String text = closesForLunch ? withoutLunch(hours) : text(hours);
        days.add(weekday(day) + ": \"" + text + "\"");
      }
    }
    return "{" + String.join(", ", days) + "}";
  }

  private static String weekday(int day) {
    return DayOfWeek.of(day + 1).name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  private static String text(Hours hours) {
    return clock(hours.from()) + "-" + clock(hours.to());
  }

  private static String clock(int minute) {
    return String.format(Locale.ROOT, "%02d:%02d", minute / WallTime.HOUR, minute % WallTime.HOUR);
  }

  private void line(String text) {
    yaml.append(text).append('\n');
  }
}
