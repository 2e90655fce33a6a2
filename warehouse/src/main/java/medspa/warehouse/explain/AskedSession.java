package medspa.warehouse.explain;

import static medspa.warehouse.market.LocalCalendar.instantOf;
import static medspa.warehouse.market.LocalCalendar.startOf;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.explain.Asked.Member;
import medspa.warehouse.measure.Grain;
import medspa.warehouse.query.WarehouseQuery;

/**
 * Tells a connection whose rows are asked for, as the variables and temporary tables that the
 * statements under {@code sql/explain} build on. Instants of local times are worked out here: the
 * engine's idea of a time that the clocks skip or repeat is another.
 */
final class AskedSession {
  private static final List<Grain> MEMBERS =
      List.of(Grain.PROVIDER, Grain.ROOM, Grain.CATEGORY, Grain.PRODUCT);

  private final WarehouseQuery query;
  private boolean hasViews;

  AskedSession(WarehouseQuery query) {
    this.query = query;
  }

  void ask(Asked asked) {
    set("practice_id", "VARCHAR", asked.practiceId());
    set("location_id", "VARCHAR", asked.locationId());
    set("zone", "VARCHAR", asked.zone().getId());
    set("week_start", "DATE", asked.weekStart());
    set("week_end", "DATE", asked.weekStart().plusDays(6));
    set("as_of", "DATE", asked.asOf());
    set("week_from", "TIMESTAMPTZ", startOf(asked.weekStart(), asked.zone()).toString());
    set(
        "week_until",
        "TIMESTAMPTZ",
        startOf(asked.weekStart().plusDays(7), asked.zone()).toString());
    for (Grain grain : MEMBERS) {
      set(
          Member.column(grain),
          "VARCHAR",
          asked.member().filter(member -> member.grain() == grain).map(Member::id));
    }
    if (!hasViews) {
      // Not before, because a view is checked when it is made, and a variable not set has no type.
      query.prepare(Definitions.resource("sql/explain/session.sql"));
      hasViews = true;
    }
    query.prepare(
        "CREATE OR REPLACE TEMP TABLE asked_days (day, begins_at) AS VALUES "
            + asked
                .weekStart()
                .datesUntil(asked.weekStart().plusDays(8))
                .map(day -> "(DATE '" + day + "', " + literal(startOf(day, asked.zone())) + ")")
                .collect(Collectors.joining(", ")));
  }

  private void set(String variable, String type, Object value) {
    query.prepare("SET VARIABLE " + variable + " = CAST(? AS " + type + ")", value);
  }

  /** An open stretch within one local day. */
  private record Open(String name, LocalDate day, Instant from, Instant until) {}

  /** Makes the table asked_opening_hours: open stretches of the week's days without overlaps. */
  void prepareOpeningHours(Asked asked) {
    Set<LocalDate> closed =
        new HashSet<>(
            query.rows(
                "SELECT date FROM closed_days WHERE practice_id = ? AND location_id = ?",
                row -> row.date("date"),
                asked.practiceId(),
                asked.locationId()));
    List<Open> stretches =
        query
            .rows(
                "SELECT weekday, CAST(opens AS VARCHAR) AS opens, CAST(closes AS VARCHAR) AS closes"
                    + " FROM opening_hours WHERE practice_id = ? AND location_id = ? ORDER BY ALL",
                row ->
                    stretches(
                        asked,
                        DayOfWeek.of(row.integer("weekday")),
                        LocalTime.parse(row.text("opens")),
                        LocalTime.parse(row.text("closes")),
                        closed),
                asked.practiceId(),
                asked.locationId())
            .stream()
            .flatMap(List::stream)
            .sorted(Comparator.comparing(Open::from).thenComparing(Open::name))
            .toList();
    query.prepare(
        "CREATE OR REPLACE TEMP TABLE asked_opening_hours"
            + " (name VARCHAR, open_on DATE, opens_at TIMESTAMPTZ, closes_at TIMESTAMPTZ)");
    Instant before = Instant.MIN;
    for (Open open : stretches) {
      Instant from = open.from().isAfter(before) ? open.from() : before;
      if (from.isBefore(open.until())) {
        query.prepare(
            "INSERT INTO asked_opening_hours VALUES (?, ?, "
                + literal(from)
                + ", "
                + literal(open.until())
                + ")",
            open.name(),
            open.day());
        before = open.until();
      }
    }
  }

  /** Hours that end at or before their start end on the next day; closed days have none. */
  private static List<Open> stretches(
      Asked asked, DayOfWeek weekday, LocalTime opens, LocalTime closes, Set<LocalDate> closed) {
    LocalDate first = asked.weekStart();
    List<Open> stretches = new ArrayList<>();
    for (LocalDate day = first.minusDays(1);
        day.isBefore(first.plusDays(7));
        day = day.plusDays(1)) {
      if (day.getDayOfWeek() != weekday || closed.contains(day)) {
        continue;
      }
      Instant from = instantOf(day.atTime(opens), asked.zone());
      LocalDate last = closes.isAfter(opens) ? day : day.plusDays(1);
      Instant until = instantOf(last.atTime(closes), asked.zone());
      String name = weekday.name().substring(0, 3).toLowerCase(java.util.Locale.ROOT) + " " + opens;
      for (LocalDate in = day; !in.isAfter(last); in = in.plusDays(1)) {
        Instant begin = later(from, startOf(in, asked.zone()));
        Instant end = earlier(until, startOf(in.plusDays(1), asked.zone()));
        if (begin.isBefore(end)
            && !closed.contains(in)
            && !in.isBefore(first)
            && in.isBefore(first.plusDays(7))) {
          stretches.add(new Open(name, in, begin, end));
        }
      }
    }
    return stretches;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static String literal(Instant instant) {
    return "TIMESTAMPTZ '" + instant + "'";
  }
}
