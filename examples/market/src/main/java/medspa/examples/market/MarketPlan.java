package medspa.examples.market;

import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import medspa.examples.market.Catalogue.Role;
import medspa.examples.market.Catalogue.Service;
import medspa.examples.market.Scenario.Cause;
import medspa.examples.market.Scenario.Kind;

/**
 * Who is in the market: practices, their locations and people, and how each of them exports.
 *
 * @param from first day of the history
 * @param until the day after its last day
 * @param isSteady whether nothing happens but what is planted: no seasons, no outages
 * @param deliveries when everything is exported
 * @param expectedDays days between two exports, as the configuration promises
 */
record MarketPlan(
    long seed,
    LocalDate from,
    LocalDate until,
    boolean isSteady,
    List<Delivery> deliveries,
    int expectedDays,
    List<Practice> practices) {

  /** How a practice's data leaves its vendors. */
  enum Vendor {
    /** The built-in format, all tables. */
    MEDSPA,
    /** Square items with 33 columns, Acuity for the schedule. */
    SQUARE_33,
    /** Square items with 35 columns, which name the employee; Acuity for the schedule. */
    SQUARE_35,
    /** Square's older 12 and 17 columns; Acuity for the schedule. */
    SQUARE_12
  }

  /** What may differ between two practices that export the built-in format, or between accounts. */
  enum Trait {
    /** Timestamps carry their offset; without it they are local. */
    OFFSETS,
    /** Schedules are delivered as windows; without it as upserts. */
    WINDOWS,
    /** All locations share one file; without it each has its own. */
    JOINT_FILES,
    /** Only the columns that matter are exported, and no visit ids. */
    LEAN,
    /** Tax carries four decimals. */
    FINE_TAX,
    /** Injectables are counted by lot. */
    LOT_COUNTS,
    /** Usage is exported with its unit cost. */
    COSTED_USAGE,
    /** The account shows another zone than that of its shops. */
    FOREIGN_DISPLAY_ZONE
  }

  /** A practice of the market. */
  record Practice(
      String id,
      String name,
      Vendor vendor,
      List<Trait> traits,
      double priceLevel,
      List<Location> locations) {
    boolean has(Trait trait) {
      return traits.contains(trait);
    }
  }

  /**
   * A location of a practice.
   *
   * @param index its place within the practice
   * @param slug its folder and file name part
   * @param hours opening hours, Monday first
   * @param demand 1 is a well-booked location
   * @param noShow 1 is an average no-show probability
   * @param cause what goes wrong at it
   */
  record Location(
      int index,
      String practiceId,
      String id,
      String slug,
      String name,
      ZoneId zone,
      String region,
      LocalDate openedOn,
      int rooms,
      int noticeHours,
      List<Hours> hours,
      List<LocalDate> closedDays,
      double demand,
      double noShow,
      Optional<Cause> cause,
      boolean nights,
      List<Practitioner> providers) {

    /** Whether that goes wrong at the location, sooner or later. */
    boolean knows(Kind kind) {
      return cause.filter(c -> c.kind() == kind).isPresent();
    }

    /** Whether that goes wrong at the location on that day. */
    boolean suffers(Kind kind, long epochDay) {
      return knows(kind) && epochDay >= cause.orElseThrow().from().toEpochDay();
    }

    /** Minutes that are booked for the service on that day, in whole slots. */
    int minutes(Service service, long epochDay) {
      int slots = service.minutes() / Roster.SLOT_MINUTES;
      return suffers(Kind.LONG_TEMPLATES, epochDay)
          ? (slots + (slots + 1) / 2) * Roster.SLOT_MINUTES
          : service.minutes();
    }
  }

  /** Minutes of the day from until to; equal ones mean closed. */
  record Hours(int from, int to) {
    static final Hours CLOSED = new Hours(0, 0);

    boolean isClosed() {
      return from == to;
    }
  }

  /** Someone who treats clients at a location; the weekly hours start with Monday. */
  record Practitioner(int index, String id, String name, Role role, List<Hours> weekly) {}

  private record City(String slug, String name, String zone, String region) {}

  private record Template(
      String id, String name, Vendor vendor, List<Trait> traits, int notice, List<City> cities) {
    Template inBuiltInFormat() {
      return new Template(id, name, Vendor.MEDSPA, traits, notice, cities);
    }
  }

  private static final List<Template> TEMPLATES =
      List.of(
          new Template(
              "glow",
              "Glow Aesthetics",
              Vendor.MEDSPA,
              List.of(Trait.JOINT_FILES),
              24,
              List.of(
                  new City("austin", "Austin", "America/Chicago", "TX"),
                  new City("houston", "Houston", "America/Chicago", "TX"),
                  new City("el-paso", "El Paso", "America/Denver", "TX"))),
          new Template(
              "lumen",
              "Lumen Skin & Laser",
              Vendor.MEDSPA,
              List.of(Trait.OFFSETS, Trait.WINDOWS, Trait.COSTED_USAGE),
              48,
              List.of(
                  new City("hudson", "Hudson Yards", "America/New_York", "NY"),
                  new City("brooklyn", "Brooklyn", "America/New_York", "NY"),
                  new City("boston", "Boston", "America/New_York", "MA"))),
          new Template(
              "desert-bloom",
              "Desert Bloom Med Spa",
              Vendor.MEDSPA,
              List.of(Trait.WINDOWS),
              24,
              List.of(
                  new City("phoenix", "Phoenix", "America/Phoenix", "AZ"),
                  new City("tucson", "Tucson", "America/Phoenix", "AZ"),
                  new City("santa-fe", "Santa Fe", "America/Denver", "NM"))),
          new Template(
              "harbor",
              "Harbor Aesthetics",
              Vendor.SQUARE_33,
              List.of(),
              24,
              List.of(
                  new City("venice", "Venice", "America/Los_Angeles", "CA"),
                  new City("long-beach", "Long Beach", "America/Los_Angeles", "CA"))),
          new Template(
              "pinecrest",
              "Pinecrest Dermal Studio",
              Vendor.MEDSPA,
              List.of(Trait.OFFSETS, Trait.FINE_TAX),
              24,
              List.of(
                  new City("denver", "Denver", "America/Denver", "CO"),
                  new City("boulder", "Boulder", "America/Denver", "CO"))),
          new Template(
              "lakeside",
              "Lakeside Med Spa",
              Vendor.SQUARE_35,
              List.of(Trait.FOREIGN_DISPLAY_ZONE),
              24,
              List.of(
                  new City("chicago", "Chicago", "America/Chicago", "IL"),
                  new City("milwaukee", "Milwaukee", "America/Chicago", "WI"))),
          new Template(
              "aurora",
              "Aurora Wellness",
              Vendor.MEDSPA,
              List.of(Trait.LOT_COUNTS),
              24,
              List.of(
                  new City("anchorage", "Anchorage", "America/Anchorage", "AK"),
                  new City("honolulu", "Honolulu", "Pacific/Honolulu", "HI"))),
          new Template(
              "magnolia",
              "Magnolia Aesthetic Clinic",
              Vendor.MEDSPA,
              List.of(Trait.OFFSETS, Trait.WINDOWS),
              24,
              List.of(
                  new City("atlanta", "Atlanta", "America/New_York", "GA"),
                  new City("nashville", "Nashville", "America/Chicago", "TN"))),
          new Template(
              "coastal",
              "Coastal Skin Lounge",
              Vendor.SQUARE_12,
              List.of(),
              24,
              List.of(
                  new City("san-diego", "San Diego", "America/Los_Angeles", "CA"),
                  new City("santa-barbara", "Santa Barbara", "America/Los_Angeles", "CA"))),
          new Template(
              "birch",
              "Birch & Bloom",
              Vendor.MEDSPA,
              List.of(Trait.LEAN),
              24,
              List.of(new City("seattle", "Seattle", "America/Los_Angeles", "WA"))));

  /** The practices of a scenario. */
  private static final List<Template> PLANTED =
      List.of(
          new Template(
              "cedar",
              "Cedar Skin Studio",
              Vendor.MEDSPA,
              List.of(Trait.JOINT_FILES),
              24,
              List.of(
                  new City("dallas", "Dallas", "America/Chicago", "TX"),
                  new City("plano", "Plano", "America/Chicago", "TX"),
                  new City("waco", "Waco", "America/Chicago", "TX"),
                  new City("tyler", "Tyler", "America/Chicago", "TX"))),
          new Template(
              "willow",
              "Willow Aesthetics",
              Vendor.MEDSPA,
              List.of(Trait.JOINT_FILES),
              24,
              List.of(
                  new City("tampa", "Tampa", "America/New_York", "FL"),
                  new City("naples", "Naples", "America/New_York", "FL"),
                  new City("ocala", "Ocala", "America/New_York", "FL"),
                  new City("sarasota", "Sarasota", "America/New_York", "FL"))));

  private static final List<String> FIRST_NAMES =
      List.of(
          "Claire", "Maya", "Elena", "Priya", "Hannah", "Naomi", "Sofia", "Grace", "Leah", "Tessa",
          "Amara", "Ruth", "Ingrid", "Carmen", "Joelle", "Dana", "Marcus", "Owen", "Rosa", "Yuki",
          "Bianca", "Nadia", "Paige", "Simone", "Talia");

  private static final List<String> LAST_NAMES =
      List.of(
          "Adams",
          "Bennett",
          "Castillo",
          "Desai",
          "Ellison",
          "Fischer",
          "Gallagher",
          "Hale",
          "Ibarra",
          "Jensen",
          "Kowalski",
          "Lindqvist",
          "Moreno",
          "Novak",
          "Okafor",
          "Pereira",
          "Quigley",
          "Romano",
          "Sandoval",
          "Tanaka",
          "Underwood",
          "Vance",
          "Whitaker",
          "Yates",
          "Zimmer");

  /** The practices of a tiny market: windows, lots and nights, a location that declines. */
  private static final List<String> TINY_PRACTICES = List.of("desert-bloom", "aurora", "magnolia");

  /** Practices of which somebody works at two locations. */
  private static final List<String> VISITED = List.of("glow", "desert-bloom");

  /** Name part of the practice whose second location declines. */
  private static final String DECLINING = "magnolia";

  /** Weeks before the end at which the third location of this practice opens. */
  private static final int NEW_LOCATION_WEEKS = 3;

  /** Who works at a location of a scenario. */
  private static final int PLANTED_PROVIDERS = 4;

  private static final int MONTH_DAYS = 31;

  static final int FEWEST_WEEKS = 18;

  /** The market of that size; the first ten practices are the same people in every size. */
  static MarketPlan of(MarketSize size, long seed, LocalDate until) {
    return of(size, size.weeks(), seed, until, false);
  }

  /**
   * The same market over another number of weeks, of which every practice may export the built-in
   * format.
   *
   * @param weeks whole weeks of history, from {@value #FEWEST_WEEKS}
   * @param builtInFormat whether practices with other vendors export the built-in format, too
   */
  static MarketPlan of(
      MarketSize size, int weeks, long seed, LocalDate until, boolean builtInFormat) {
    if (weeks < FEWEST_WEEKS) {
      throw new IllegalArgumentException(
          "A market needs "
              + FEWEST_WEEKS
              + " weeks or more, because a location turns bad in its last ones; asked for were "
              + weeks);
    }
    LocalDate from = until.minusWeeks(weeks);
    List<Practice> practices = new ArrayList<>();
    for (int copy = 1; copy <= size.copies(); copy++) {
      for (Template template : TEMPLATES) {
        if (size != MarketSize.TINY || TINY_PRACTICES.contains(template.id())) {
          practices.add(
              practice(
                  builtInFormat ? template.inBuiltInFormat() : template,
                  copy,
                  size,
                  seed,
                  from,
                  until));
        }
      }
    }
    return new MarketPlan(
        seed,
        from,
        until,
        false,
        Delivery.of(from, until, size.monthsPerFile()),
        size.monthsPerFile() * MONTH_DAYS,
        List.copyOf(practices));
  }

  /** The market of that scenario. */
  static MarketPlan of(Scenario scenario, long seed) {
    return new MarketPlan(
        seed,
        scenario.from(),
        scenario.until(),
        true,
        Delivery.of(scenario),
        MONTH_DAYS,
        PLANTED.stream().map(template -> practice(template, scenario, seed)).toList());
  }

  /** The location whose clients stay away from a known week on. */
  Location declining() {
    return locations().stream().filter(l -> l.knows(Kind.TURNS_BAD)).findFirst().orElseThrow();
  }

  /** The location that opened shortly before the end. */
  Location newest() {
    return locations().stream().filter(l -> l.openedOn().isAfter(from)).findFirst().orElseThrow();
  }

  List<Location> locations() {
    return practices.stream().flatMap(p -> p.locations().stream()).toList();
  }

  private static Practice practice(
      Template template, int copy, MarketSize size, long seed, LocalDate from, LocalDate until) {
    String suffix = copy == 1 ? "" : "-" + copy;
    String id = template.id() + suffix;
    RandomStream random = RandomStream.of(seed, "practice", id);
    int firstName = random.between(0, 24);
    int lastName = random.between(0, 24);
    List<Location> locations = new ArrayList<>();
    int people = 0;
    for (City city : template.cities()) {
      int index = locations.size();
      boolean opensLate = copy == 1 && template.id().equals("desert-bloom") && index == 2;
      boolean declines = copy == 1 && template.id().equals(DECLINING) && index == 1;
      List<Hours> hours = openingHours(template.id().equals("lumen") && index == 0);
      List<Practitioner> providers = new ArrayList<>();
      int drawn = opensLate ? 3 : random.between(3, 6);
      int count = size == MarketSize.TINY ? 2 + drawn % 2 : drawn;
      for (int i = 0; i < count; i++) {
        String name =
            FIRST_NAMES.get((firstName + people * 7) % 25)
                + " "
                + LAST_NAMES.get((lastName + people * 11) % 25);
        people++;
        String providerId = template.vendor() == Vendor.MEDSPA ? "P" + people : name;
        Role role = i < 3 ? List.of(Role.values()).get(i) : random.pick(List.of(Role.values()));
        providers.add(new Practitioner(i, providerId, name, role, week(hours, random, i)));
      }
      if (VISITED.contains(template.id()) && index == 1) {
        providers.add(visiting(locations.get(0).providers().get(0), providers.size(), hours));
      }
      locations.add(
          new Location(
              index,
              id,
              id + "-" + city.slug(),
              city.slug(),
              city.name(),
              ZoneId.of(city.zone()),
              city.region(),
              opensLate
                  ? until.minusWeeks(NEW_LOCATION_WEEKS)
                  : from.minusDays(random.between(200, 2500)),
              Math.max(3, count),
              template.notice(),
              hours,
              closedDays(from, until),
              0.86 + random.between(0, 22) / 100.0,
              0.75 + random.between(0, 50) / 100.0,
              declines
                  ? Optional.of(
                      new Cause(Kind.TURNS_BAD, id + "-" + city.slug(), from.plusWeeks(17)))
                  : Optional.empty(),
              template.id().equals("aurora") && index == 0,
              List.copyOf(providers)));
    }
    return new Practice(
        id,
        template.name() + (copy == 1 ? "" : " " + copy),
        template.vendor(),
        template.traits(),
        0.9 + random.between(0, 30) / 100.0,
        List.copyOf(locations));
  }

  private static Practice practice(Template template, Scenario scenario, long seed) {
    RandomStream random = RandomStream.of(seed, "practice", template.id());
    List<Location> locations = new ArrayList<>();
    int people = 0;
    for (City city : template.cities()) {
      String id = template.id() + "-" + city.slug();
      Optional<Cause> cause =
          scenario.causes().stream().filter(c -> c.location().equals(id)).findFirst();
      List<Hours> hours = openingHours(false);
      List<Practitioner> providers = new ArrayList<>();
      for (int i = 0; i < PLANTED_PROVIDERS; i++) {
        String name =
            FIRST_NAMES.get(people * 7 % 25) + " " + LAST_NAMES.get((people * 11 + i) % 25);
        people++;
        Role role = List.of(Role.values()).get(i % Role.values().length);
        providers.add(new Practitioner(i, "P" + people, name, role, week(hours, random, i)));
      }
      locations.add(
          new Location(
              locations.size(),
              template.id(),
              id,
              city.slug(),
              city.name(),
              ZoneId.of(city.zone()),
              city.region(),
              cause
                  .filter(c -> c.kind() == Kind.OPENS)
                  .map(Cause::from)
                  .orElse(scenario.from().minusYears(2)),
              PLANTED_PROVIDERS,
              template.notice(),
              hours,
              closedDays(scenario.from(), scenario.until()),
              1,
              1,
              cause,
              false,
              List.copyOf(providers)));
    }
    return new Practice(
        template.id(),
        template.name(),
        template.vendor(),
        template.traits(),
        1,
        List.copyOf(locations));
  }

  private static List<Hours> openingHours(boolean sundays) {
    Hours day = new Hours(9 * WallTime.HOUR, 18 * WallTime.HOUR);
    Hours late = new Hours(10 * WallTime.HOUR, 19 * WallTime.HOUR);
    Hours saturday = new Hours(9 * WallTime.HOUR, 15 * WallTime.HOUR);
    Hours sunday = sundays ? new Hours(11 * WallTime.HOUR, 16 * WallTime.HOUR) : Hours.CLOSED;
    return List.of(day, late, day, late, day, saturday, sunday);
  }

  private static List<Hours> week(List<Hours> opening, RandomStream random, int place) {
    List<Hours> week = new ArrayList<>(opening);
    week.set(random.between(0, 4), Hours.CLOSED);
    if (place % 2 == 1) {
      week.set(5, Hours.CLOSED);
      week.set(6, Hours.CLOSED);
    }
    for (int day = 0; day < 7; day++) {
      Hours hours = week.get(day);
      if (!hours.isClosed() && random.chance(0.25)) {
        week.set(day, new Hours(hours.from(), hours.to() - 2 * WallTime.HOUR));
      }
    }
    return List.copyOf(week);
  }

  /** Somebody of the first location who spends the free weekdays at the second one. */
  private static Practitioner visiting(Practitioner home, int index, List<Hours> opening) {
    List<Hours> week = new ArrayList<>();
    for (int day = 0; day < 7; day++) {
      boolean free = home.weekly().get(day).isClosed();
      week.add(free ? opening.get(day) : Hours.CLOSED);
    }
    return new Practitioner(index, home.id(), home.name(), home.role(), List.copyOf(week));
  }

  private static List<LocalDate> closedDays(LocalDate from, LocalDate until) {
    List<LocalDate> days = new ArrayList<>();
    for (int year = from.getYear(); year <= until.getYear(); year++) {
      for (LocalDate day :
          List.of(
              LocalDate.of(year, Month.JANUARY, 1),
              LocalDate.of(year, Month.JULY, 4),
              LocalDate.of(year, Month.DECEMBER, 25))) {
        if (!day.isBefore(from) && day.isBefore(until)) {
          days.add(day);
        }
      }
    }
    return List.copyOf(days);
  }
}
