package medspa.pipelines.config;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.Spelling;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.kpi.KpiCatalogue;
import medspa.warehouse.kpi.KpiDefinition.Unit;
import medspa.warehouse.market.Identity;
import medspa.warehouse.market.Location;
import medspa.warehouse.market.Market;
import medspa.warehouse.market.Market.Hours;
import medspa.warehouse.market.Market.Practice;
import medspa.warehouse.market.Market.ShiftTemplate;
import medspa.warehouse.market.Market.Target;

/** Reads practices, locations and what no export carries; problems are collected. */
final class MarketReader {
  private final Problems problems;
  private final KpiCatalogue kpis;

  MarketReader(Problems problems, KpiCatalogue kpis) {
    this.problems = problems;
    this.kpis = kpis;
  }

  List<Practice> practices(YamlValue yaml) {
    List<Practice> practices = new ArrayList<>();
    Optional<LocalDate> everywhere = historyFrom(yaml);
    Set<String> practiceIds = new LinkedHashSet<>();
    Set<String> locationIds = new LinkedHashSet<>();
    if (yaml.list("practices").isEmpty()) {
      yaml.problem(
          "needs practices, at least one, such as `practices: [{id: glow, name: Glow, locations: […]}]`");
    }
    for (YamlValue value : yaml.list("practices")) {
      value.allowOnly(
          Set.of(
              "id",
              "name",
              "pinned_kpis",
              "recipients",
              "slack_env",
              "teams_env",
              "history_from",
              "carrying_cost_rate",
              "locations",
              "accounts",
              "xero_tax_rate",
              "xero_tracking",
              "books_closed_through"));
      String id = id(value);
      if (!practiceIds.add(id)) {
        value.problem("has the id of another practice; give each its own");
      }
      List<Location> locations = new ArrayList<>();
      if (value.list("locations").isEmpty()) {
        value.problem(
            "needs locations, at least one, such as `locations: [{id: austin, name: Austin, time_zone:"
                + " America/Chicago}]`");
      }
      for (YamlValue location : value.list("locations")) {
        if (!locationIds.add(location.text("id"))) {
          location.problem("has the id of another location; ids are unique in the workspace");
        }
        locations.add(location(location, id));
      }
      for (YamlValue kpi : value.list("pinned_kpis")) {
        knownKpi(kpi, kpi.text());
      }
      practices.add(
          new Practice(
              id,
              value.text("name"),
              locations,
              value.texts("pinned_kpis"),
              recipients(value),
              historyFrom(value).or(() -> everywhere),
              value
                  .find("carrying_cost_rate")
                  .flatMap(rate -> rate.convert(MarketReader::rateAYear))));
    }
    return practices;
  }

  private static BigDecimal rateAYear(String text) {
    if (!text.matches("0?\\.[0-9]{1,6}")) {
      throw new IllegalArgumentException(
          "must be a share of the stock's value a year, above 0 and below 1, such as 0.2");
    }
    return new BigDecimal(text);
  }

  private static Optional<LocalDate> historyFrom(YamlValue yaml) {
    return yaml.find("history_from").flatMap(YamlValue::date);
  }

  /** An id, which becomes part of file names. */
  static String id(YamlValue yaml) {
    return yaml.convert("id", "", MarketReader::idText);
  }

  private static String idText(String text) {
    if (!text.matches("[a-z0-9][a-z0-9_-]{0,63}")) {
      throw new IllegalArgumentException(
          "must be of lower-case letters, digits, - and _ (it becomes part of file names)");
    }
    return text;
  }

  /** Who the owner's report is meant for; each address once. */
  private static List<String> recipients(YamlValue practice) {
    return practice.list("recipients").stream()
        .flatMap(address -> address.convert(MarketReader::address).stream())
        .distinct()
        .toList();
  }

  private static String address(String text) {
    if (!text.matches("[^@\\s,;<>]+@[^@\\s,;<>]+")) {
      throw new IllegalArgumentException("must be an e-mail address such as owner@example.com");
    }
    return text;
  }

  private Location location(YamlValue yaml, String practiceId) {
    yaml.allowOnly(
        Set.of(
            "id",
            "name",
            "time_zone",
            "region",
            "opened_on",
            "rooms",
            "notice_hours",
            "closed_days",
            "opening_hours",
            "peer_groups",
            "targets",
            "opening_balances"));
    if (yaml.find("time_zone").isEmpty()) {
      yaml.problem("needs a time_zone such as America/Chicago");
    }
    List<LocalDate> closed = new ArrayList<>();
    yaml.list("closed_days").forEach(day -> day.date().ifPresent(closed::add));
    return new Location(
        id(yaml),
        practiceId,
        yaml.text("name"),
        yaml.convert("time_zone", ZoneId.of("UTC"), MarketReader::zone),
        yaml.optionalText("region"),
        yaml.find("opened_on").flatMap(YamlValue::date),
        yaml.find("rooms").flatMap(v -> v.convert(MarketReader::rooms)),
        yaml.convert("notice_hours", new BigDecimal("24"), MarketReader::notice),
        closed,
        yaml.find("opening_hours").map(this::weekly).orElse(Map.of()),
        yaml.list("peer_groups").stream()
            .flatMap(group -> group.convert(MarketReader::idText).stream())
            .distinct()
            .toList());
  }

  private static Integer rooms(String text) {
    if (!text.matches("[0-9]{1,4}")) {
      throw new IllegalArgumentException("must be a number of rooms such as 5");
    }
    return Integer.valueOf(text);
  }

  private static BigDecimal notice(String text) {
    if (!text.matches("[0-9]{1,4}(\\.[0-9]{1,4})?")) {
      throw new IllegalArgumentException("must be a number of hours such as 24");
    }
    return new BigDecimal(text);
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (java.time.DateTimeException e) {
      throw new IllegalArgumentException(
          "must be closed or hours such as 09:00-12:00, 13:00-17:00", e);
    }
  }

  private static ZoneId zone(String text) {
    if (!ZoneId.getAvailableZoneIds().contains(text)) {
      throw new IllegalArgumentException("must be an IANA name such as America/Chicago");
    }
    return ZoneId.of(text);
  }

  /** That a practice or a location is none of the configuration's, and which are. */
  static String notConfigured(String kind, String id, Market places) {
    return "names the "
        + kind
        + " "
        + id
        + ", which is not configured; there are "
        + listed(
            kind.equals("practice")
                ? places.practices().stream().map(Practice::id)
                : places.locations().stream().map(Location::id));
  }

  /** What there is, as a message lists it. */
  static String listed(Stream<String> names) {
    String listed =
        names.filter(name -> !name.isEmpty()).distinct().collect(Collectors.joining(", "));
    return listed.isEmpty() ? "none" : listed;
  }

  /** The day of the week of a name such as mon or monday. */
  static DayOfWeek day(String text) {
    for (DayOfWeek day : DayOfWeek.values()) {
      String name = day.name().toLowerCase(Locale.ROOT);
      if (text.equals(name) || text.equals(name.substring(0, 3))) {
        return day;
      }
    }
    throw new IllegalArgumentException("must be a day of the week such as monday or mon");
  }

  /** The providers of templates have names of an export, which the crosswalk may replace. */
  List<ShiftTemplate> shiftTemplates(YamlValue yaml, Market places, List<Identity> identities) {
    List<ShiftTemplate> templates = new ArrayList<>();
    for (YamlValue value : yaml.list("shift_templates")) {
      value.allowOnly(Set.of("location", "provider", "from", "until", "weekly", "exceptions"));
      String location = value.text("location");
      if (places.location(location).isEmpty()) {
        value.problem(notConfigured("location", location, places));
      }
      Map<LocalDate, List<Hours>> exceptions = new TreeMap<>();
      value
          .find("exceptions")
          .ifPresent(
              map ->
                  map.entries()
                      .forEach(
                          (day, hours) -> {
                            try {
                              exceptions.put(LocalDate.parse(day), hours(hours));
                            } catch (java.time.DateTimeException e) {
                              hours.problem("must have a date such as 2026-07-04 as its key");
                            }
                          }));
      templates.add(
          new ShiftTemplate(
              location,
              canonical(value, places.location(location), identities),
              value.find("from").flatMap(YamlValue::date),
              value.find("until").flatMap(YamlValue::date),
              value.find("weekly").map(this::weekly).orElse(Map.of()),
              exceptions));
    }
    return templates;
  }

  private static String canonical(
      YamlValue template, Optional<Location> location, List<Identity> identities) {
    String provider = Spelling.of(template.text("provider"));
    List<Identity> ofPractice =
        identities.stream()
            .filter(line -> line.kind() == Identity.Kind.PROVIDER)
            .filter(
                line -> location.filter(l -> l.practiceId().equals(line.practiceId())).isPresent())
            .toList();
    if (ofPractice.stream().anyMatch(line -> line.canonicalId().equals(provider))) {
      return provider;
    }
    List<String> ids =
        ofPractice.stream()
            .filter(line -> line.value().equals(provider))
            .map(Identity::canonicalId)
            .distinct()
            .toList();
    if (ids.size() > 1) {
      template.problem(
          "names a provider whom "
              + Workspace.IDENTITIES
              + " gives several ids, one per source; write the canonical id");
    }
    return ids.isEmpty() ? provider : ids.get(0);
  }

  private Map<DayOfWeek, List<Hours>> weekly(YamlValue yaml) {
    Map<DayOfWeek, List<Hours>> weekly = new EnumMap<>(DayOfWeek.class);
    yaml.entries()
        .forEach(
            (name, hours) -> {
              try {
                weekly.put(day(name), hours(hours));
              } catch (IllegalArgumentException e) {
                problems.add(hours.where(), "'" + name + "' " + e.getMessage());
              }
            });
    return weekly;
  }

  /** {@code 09:00-12:00, 13:00-17:00}; {@code closed} is no hours. */
  private static List<Hours> hours(YamlValue yaml) {
    return yaml.<List<Hours>>convert(
            text -> {
              List<Hours> hours = new ArrayList<>();
              if (text.equals("closed")) {
                return hours;
              }
              for (String stretch : text.split(",", -1)) {
                String[] ends = stretch.trim().split("-", -1);
                if (ends.length != 2) {
                  throw new IllegalArgumentException(
                      "must be closed or hours such as 09:00-12:00, 13:00-17:00");
                }
                Hours parsed = new Hours(time(ends[0]), time(ends[1]));
                // 00:00 at the end is the midnight at which the day ends.
                if (!parsed.from().isBefore(parsed.to())
                    && !parsed.to().equals(LocalTime.MIDNIGHT)) {
                  throw new IllegalArgumentException(
                      "must end after it begins; hours beyond midnight go on at 00:00 of the next day");
                }
                hours.add(parsed);
              }
              hours.sort(Comparator.comparing(Hours::from));
              for (int i = 1; i < hours.size(); i++) {
                LocalTime before = hours.get(i - 1).to();
                if (before.equals(LocalTime.MIDNIGHT) || hours.get(i).from().isBefore(before)) {
                  throw new IllegalArgumentException(
                      "must not overlap; write them as one, or with a gap");
                }
              }
              return hours;
            })
        .orElse(List.of());
  }

  /** Targets of the workspace hold for every location; a location's own win. */
  List<Target> targets(YamlValue yaml) {
    List<Target> targets = new ArrayList<>();
    for (YamlValue practice : yaml.list("practices")) {
      for (YamlValue location : practice.list("locations")) {
        Map<String, Double> values = new TreeMap<>();
        readTargets(yaml.find("targets"), values);
        readTargets(location.find("targets"), values);
        values.forEach((kpi, value) -> targets.add(new Target(location.text("id"), kpi, value)));
      }
    }
    return targets;
  }

  private void readTargets(Optional<YamlValue> yaml, Map<String, Double> into) {
    yaml.ifPresent(
        map ->
            map.entries()
                .forEach(
                    (kpi, value) -> {
                      knownKpi(value, kpi);
                      value
                          .convert(text -> target(kpi, text))
                          .ifPresent(number -> into.put(kpi, number));
                    }));
  }

  private Double target(String kpi, String text) {
    if (!text.matches("-?[0-9]+(\\.[0-9]+)?")) {
      throw new IllegalArgumentException("must be a number such as 0.75 or 12000");
    }
    double target = Double.parseDouble(text);
    boolean isPercent = kpis.find(kpi).filter(k -> k.unit() == Unit.PERCENT).isPresent();
    if (isPercent && (target < 0 || target > 1)) {
      throw new IllegalArgumentException("must be a fraction: 75 % is 0.75");
    }
    return target;
  }

  private void knownKpi(YamlValue at, String kpi) {
    if (kpis.find(kpi).isEmpty()) {
      at.problem(
          kpi
              + " is not a KPI; KPIs are "
              + String.join(", ", kpis.all().stream().map(k -> k.id()).toList()));
    }
  }
}
