package medspa.warehouse.journal;

import static medspa.warehouse.query.Sql.literal;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.lake.Sha256;
import medspa.warehouse.query.QueryFormat;
import medspa.warehouse.query.Sql;
import medspa.warehouse.query.WarehouseQuery;

/**
 * Journal entries of a practice as CSV, balanced, from {@code journal_daily} of the published
 * warehouse and what was exported before.
 */
public final class Journal {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT);

  private Journal() {}

  /** Which entries are asked for. */
  public enum Scope {
    /** One for each location and day; days that were exported as one entry stay one. */
    DAYS,
    /** One for each location, dated on the last day. */
    TOTAL,
    /** Of all that was exported, what has other amounts now. */
    ADJUSTMENTS,
    /** What was exported of the days, as it was. */
    AGAIN,
    /** What the locations had and owed before, from the configuration. */
    OPENING
  }

  /**
   * Which entries to write.
   *
   * @param location only this location
   * @param from first day; of adjustments the first published one
   * @param to last day, likewise
   * @param exported all entries of the practice that were exported, in their order
   */
  public record Request(
      String practice,
      Optional<String> location,
      LocalDate from,
      LocalDate to,
      Scope scope,
      JournalFormat format,
      Books books,
      List<ExportedEntry> exported) {}

  /**
   * A file to import.
   *
   * @param lines lines of entries in it, without the head
   */
  public record Part(String csv, long lines) {}

  /**
   * What was written.
   *
   * @param parts as few files of whole entries as the format's limit of lines allows; none if there
   *     is nothing to export
   * @param entries the entries in them
   * @param unchanged of the entries asked for, how many were exported before and are as they were
   * @param unknown locations that the warehouse does not know, of which nothing is written: of
   *     these nothing is told
   */
  public record Written(
      List<Part> parts, List<JournalEntry> entries, int unchanged, List<String> unknown) {}

  /** Days of one entry, both included. */
  private record Span(LocalDate from, LocalDate to) {
    static Span of(JournalEntry entry) {
      return new Span(entry.from(), entry.to());
    }

    boolean isWithin(Span other) {
      return !from.isBefore(other.from) && !to.isAfter(other.to);
    }

    boolean meets(Span other) {
      return !from.isAfter(other.to) && !to.isBefore(other.from);
    }
  }

  /**
   * Writes the entries.
   *
   * @throws IllegalArgumentException if Xero's file is wanted and an account that is booked to has
   *     no code, if some of the days were exported together with others or are in the opening
   *     balances, or if a location seems to be renamed
   * @throws medspa.warehouse.query.QueryException if the warehouse cannot be read
   */
  public static Written write(WarehouseQuery warehouse, Request request) {
    if (request.scope() == Scope.AGAIN) {
      Span asked = new Span(request.from(), request.to());
      List<JournalEntry> again =
          request.exported().stream()
              .map(ExportedEntry::entry)
              .filter(entry -> Span.of(entry).meets(asked))
              .filter(entry -> isAsked(request, entry.location()))
              .toList();
      return new Written(parts(warehouse, request, again), again, 0, List.of());
    }
    Set<String> known = locations(warehouse, request.practice());
    Issue issue =
        Issue.of(
            asked(warehouse, request, known),
            request.exported(),
            request.books().closedThrough(),
            last -> cause(warehouse, request.practice(), last));
    requireNoneRenamed(warehouse, request, known, issue.entries());
    return new Written(
        parts(warehouse, request, issue.entries()),
        issue.entries(),
        issue.unchanged(),
        unknown(request, known));
  }

  /**
   * Refuses what was exported into the books of another practice.
   *
   * @param elsewhere what was exported of other practices, by practice
   * @throws IllegalArgumentException if days of a location are
   */
  public static void requireNoneElsewhere(
      Written written, Map<String, List<ExportedEntry>> elsewhere) {
    Renamed.refuseElsewhere(written.entries(), elsewhere);
  }

  /** How many entries that were exported have other amounts now. */
  public static int changed(WarehouseQuery warehouse, Request request) {
    Request adjustments =
        new Request(
            request.practice(),
            request.location(),
            request.from(),
            request.to(),
            Scope.ADJUSTMENTS,
            request.format(),
            request.books(),
            request.exported());
    Set<String> known = locations(warehouse, request.practice());
    return Issue.of(
            asked(warehouse, adjustments, known), request.exported(), Optional.empty(), last -> "")
        .entries()
        .size();
  }

  private static Set<String> locations(WarehouseQuery warehouse, String practice) {
    return new TreeSet<>(
        warehouse.rows(
            "SELECT location_id FROM locations WHERE practice_id = $1",
            row -> row.text("location_id"),
            practice));
  }

  private static List<String> unknown(Request request, Set<String> known) {
    Set<String> unknown = new TreeSet<>();
    request.exported().forEach(one -> unknown.add(one.entry().location()));
    if (request.scope() == Scope.OPENING) {
      unknown.addAll(request.books().openings().keySet());
    }
    unknown.removeAll(known);
    unknown.removeIf(location -> !isAsked(request, location));
    return List.copyOf(unknown);
  }

  private static List<JournalEntry> asked(
      WarehouseQuery warehouse, Request request, Set<String> known) {
    return switch (request.scope()) {
      case OPENING -> openings(request, known);
      case ADJUSTMENTS ->
          Stream.concat(
                  openings(request, known).stream(), current(warehouse, request, known).stream())
              .toList();
      default -> current(warehouse, request, known);
    };
  }

  private static void requireNoneRenamed(
      WarehouseQuery warehouse, Request request, Set<String> known, List<JournalEntry> issued) {
    Renamed.refuse(
        issued,
        request.exported(),
        known,
        request.location().isPresent(),
        (location, was) -> {
          if (was.isOpening()) {
            return Optional.ofNullable(request.books().openings().get(location))
                .map(opening -> Books.opening("", location, opening).amounts())
                .orElse(Map.of());
          }
          Request days =
              new Request(
                  request.practice(),
                  Optional.of(location),
                  was.from(),
                  was.to(),
                  Scope.TOTAL,
                  request.format(),
                  request.books(),
                  List.of());
          return entry(
                  location,
                  Span.of(was),
                  days(warehouse, days).getOrDefault(location, new TreeMap<>()),
                  "")
              .amounts();
        });
  }

  /**
   * What the locations had and owed; a location has one such entry, which keeps its number and day
   * once it was exported.
   */
  private static List<JournalEntry> openings(Request request, Set<String> known) {
    Map<String, JournalEntry> exported = new TreeMap<>();
    request.exported().stream()
        .map(ExportedEntry::entry)
        .filter(entry -> entry.isOpening() && entry.adjusts().isEmpty())
        .forEach(entry -> exported.putIfAbsent(entry.location(), entry));
    Set<String> locations = new TreeSet<>(exported.keySet());
    if (request.scope() == Scope.OPENING) {
      locations.addAll(request.books().openings().keySet());
    }
    List<JournalEntry> entries = new ArrayList<>();
    for (String location : locations) {
      Optional<Books.Opening> opening =
          Optional.ofNullable(request.books().openings().get(location));
      Optional<JournalEntry> before = Optional.ofNullable(exported.get(location));
      if (!isAsked(request, location) || !known.contains(location)) {
        continue;
      }
      if (request.scope() == Scope.OPENING) {
        opening.ifPresent(o -> requireItsDay(request, location, o.date(), before));
      }
      LocalDate day = before.map(JournalEntry::to).or(() -> opening.map(Books.Opening::date)).get();
      entries.add(
          Books.opening(
              before
                  .map(JournalEntry::number)
                  .orElseGet(() -> "O" + DAY.format(day) + "-" + hash(location, 7)),
              location,
              new Books.Opening(day, opening.map(Books.Opening::balances).orElse(Map.of()))));
    }
    return entries;
  }

  private static void requireItsDay(
      Request request, String location, LocalDate day, Optional<JournalEntry> before) {
    before
        .filter(entry -> !entry.to().equals(day))
        .ifPresent(
            entry -> {
              throw new IllegalArgumentException(
                  "The opening balances of "
                      + location
                      + " were exported as those at the end of "
                      + entry.to()
                      + ", and medspa.yaml dates them "
                      + day
                      + ". A location is opened once: write `date: "
                      + entry.to()
                      + "` again and the balances of that day; what differs is then an adjusting"
                      + " entry");
            });
    request.exported().stream()
        .map(ExportedEntry::entry)
        .filter(entry -> entry.location().equals(location) && !entry.isOpening())
        .filter(entry -> entry.adjusts().isEmpty() && !entry.from().isAfter(day))
        .map(JournalEntry::from)
        .min(Comparator.naturalOrder())
        .ifPresent(
            first -> {
              throw new IllegalArgumentException(
                  "The days of "
                      + location
                      + " from "
                      + first
                      + " on were exported, and its opening balances at the end of "
                      + day
                      + " would hold them a second time; give the balances at the end of "
                      + first.minusDays(1)
                      + " or an earlier day");
            });
  }

  /** The entries asked for as they are now; those of weeks that are not told now are left out. */
  private static List<JournalEntry> current(
      WarehouseQuery warehouse, Request request, Set<String> known) {
    Map<String, NavigableMap<LocalDate, List<JournalEntry.Line>>> days = days(warehouse, request);
    Map<String, Set<LocalDate>> untold = untold(warehouse, request.practice(), request);
    Map<String, Set<JournalEntry>> exported = new LinkedHashMap<>();
    Map<String, LocalDate> opened = new TreeMap<>();
    for (ExportedEntry one : request.exported()) {
      JournalEntry entry = one.entry();
      if (entry.isOpening()) {
        opened.putIfAbsent(entry.location(), entry.to());
      } else if (entry.adjusts().isEmpty()
          && isAsked(request, entry.location())
          && known.contains(entry.location())) {
        exported.computeIfAbsent(entry.location(), l -> new LinkedHashSet<>()).add(entry);
      }
    }
    Set<String> locations = new TreeSet<>(days.keySet());
    locations.addAll(exported.keySet());
    List<JournalEntry> entries = new ArrayList<>();
    for (String location : locations) {
      NavigableMap<LocalDate, List<JournalEntry.Line>> own =
          days.getOrDefault(location, new TreeMap<>());
      Set<JournalEntry> before = exported.getOrDefault(location, Set.of());
      for (Map.Entry<Span, String> one :
          numbers(request, location, own.keySet(), before).entrySet()) {
        Span span = one.getKey();
        boolean wasExported = before.stream().anyMatch(e -> Span.of(e).equals(span));
        boolean isTold =
            untold.getOrDefault(location, Set.of()).stream()
                .noneMatch(week -> new Span(week, week.plusDays(6)).meets(span));
        if (!wasExported) {
          requireNotOpened(location, span, opened.get(location));
        }
        // What is not told at the moment is no reason to take it back.
        if (isTold || !wasExported) {
          entries.add(entry(location, span, own, one.getValue()));
        }
      }
    }
    entries.sort(Comparator.comparing(JournalEntry::to).thenComparing(JournalEntry::location));
    return entries;
  }

  /** What was sold and paid until the opening balances is in them. */
  private static void requireNotOpened(String location, Span span, LocalDate opened) {
    if (opened != null && !span.from().isAfter(opened)) {
      throw new IllegalArgumentException(
          "The days of "
              + location
              + " until "
              + opened
              + " are in its opening balances, which were exported; name later days with --from and"
              + " --to, or another --location");
    }
  }

  /**
   * The days of each entry of a location, with its number; days that were exported together stay
   * together and keep the number that the books know them by, whatever is asked for.
   */
  private static Map<Span, String> numbers(
      Request request, String location, Set<LocalDate> days, Set<JournalEntry> exported) {
    Span asked = new Span(request.from(), request.to());
    Map<Span, String> before = new LinkedHashMap<>();
    for (JournalEntry entry : exported) {
      if (Span.of(entry).meets(asked)) {
        before.putIfAbsent(Span.of(entry), entry.number());
      }
    }
    if (request.scope() == Scope.ADJUSTMENTS) {
      before.keySet().removeIf(span -> !span.isWithin(asked));
      return before;
    }
    Map<Span, String> numbers = new LinkedHashMap<>(before);
    if (request.scope() == Scope.TOTAL) {
      requireNone(
          before.keySet(), location, span -> !span.equals(asked), "leave --total out, or name");
      if (before.isEmpty() && !days.isEmpty()) {
        numbers.put(
            asked,
            String.join(
                "-", "T" + DAY.format(asked.from()), DAY.format(asked.to()), hash(location, 6)));
      }
      return numbers;
    }
    requireNone(before.keySet(), location, span -> !span.isWithin(asked), "name");
    for (LocalDate day : days) {
      Span one = new Span(day, day);
      if (before.keySet().stream().noneMatch(one::isWithin)) {
        numbers.put(one, "J" + DAY.format(day) + "-" + hash(location, 8));
      }
    }
    return numbers;
  }

  private static void requireNone(
      Set<Span> before, String location, Predicate<Span> isOther, String advice) {
    List<Span> others = before.stream().filter(isOther).toList();
    if (!others.isEmpty()) {
      Span first = others.get(0);
      throw new IllegalArgumentException(
          "Some of these days of "
              + location
              + " were exported otherwise: those from "
              + first.from()
              + " to "
              + first.to()
              + " as one entry; "
              + advice
              + " other days with --from and --to");
    }
  }

  private static JournalEntry entry(
      String location,
      Span span,
      NavigableMap<LocalDate, List<JournalEntry.Line>> days,
      String number) {
    Map<List<Object>, BigDecimal> sums = new LinkedHashMap<>();
    days.subMap(span.from(), true, span.to(), true).values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingInt(JournalEntry.Line::position))
        .forEach(
            line ->
                sums.merge(
                    List.of(
                        line.position(),
                        line.account(),
                        number.startsWith("T") ? plain(line.memo()) : line.memo()),
                    line.amount(),
                    BigDecimal::add));
    List<JournalEntry.Line> lines = new ArrayList<>();
    sums.forEach(
        (line, amount) -> {
          if (amount.signum() != 0) {
            lines.add(
                new JournalEntry.Line(
                    (Integer) line.get(0), (String) line.get(1), (String) line.get(2), amount));
          }
        });
    return new JournalEntry(
        number, Optional.empty(), location, span.to(), span.from(), span.to(), lines);
  }

  /** Without the products that a day's memo names. */
  private static String plain(String memo) {
    return memo.replaceFirst(": .*", "");
  }

  /** Follows from the location alone, whatever other locations there are. */
  private static String hash(String location, int digits) {
    return Sha256.of(location).substring(0, digits);
  }

  private static boolean isAsked(Request request, String location) {
    return request.location().map(location::equals).orElse(true);
  }

  private static Map<String, NavigableMap<LocalDate, List<JournalEntry.Line>>> days(
      WarehouseQuery warehouse, Request request) {
    Map<String, NavigableMap<LocalDate, List<JournalEntry.Line>>> days = new TreeMap<>();
    warehouse.rows(
        Definitions.resource("sql/journal/days.sql"),
        row ->
            days.computeIfAbsent(row.text("location_id"), l -> new TreeMap<>())
                .computeIfAbsent(row.date("date"), d -> new ArrayList<>())
                .add(
                    new JournalEntry.Line(
                        row.integer("position"),
                        row.text("account"),
                        row.text("memo"),
                        row.decimal("amount"))),
        request.practice(),
        request.location(),
        request.from(),
        request.to());
    return days;
  }

  private static Map<String, Set<LocalDate>> untold(
      WarehouseQuery warehouse, String practice, Request request) {
    Map<String, Set<LocalDate>> weeks = new TreeMap<>();
    warehouse.rows(
        Definitions.resource("sql/journal/untold_days.sql"),
        row ->
            weeks
                .computeIfAbsent(row.text("location_id"), l -> new TreeSet<>())
                .add(row.date("week_start")),
        practice,
        request.from(),
        request.to());
    return weeks;
  }

  private static String cause(WarehouseQuery warehouse, String practice, ExportedEntry last) {
    if (last.entry().isOpening()) {
      return "configuration";
    }
    return warehouse.row(
        Definitions.resource("sql/journal/cause.sql"),
        row -> row.text("cause"),
        practice,
        last.entry().location(),
        last.entry().from(),
        last.entry().to(),
        last.at().toString());
  }

  private static List<Part> parts(
      WarehouseQuery warehouse, Request request, List<JournalEntry> entries) {
    if (!entries.isEmpty() && request.format() == JournalFormat.XERO) {
      requireCodes(warehouse, lines(request, entries), request.books().accounts());
    }
    List<Part> parts = new ArrayList<>();
    for (List<JournalEntry> together : filled(entries, request.format().mostLines())) {
      StringBuilder csv = new StringBuilder();
      long count = warehouse.run(lines(request, together) + columns(request), QueryFormat.CSV, csv);
      if (count != together.stream().mapToInt(entry -> entry.lines().size()).sum()) {
        throw new IllegalStateException("Lines of entries are missing in the file: " + count);
      }
      parts.add(new Part(csv.toString(), count));
    }
    return parts;
  }

  /** Entries in their order, as many together as have no more than some lines. */
  private static List<List<JournalEntry>> filled(List<JournalEntry> entries, int mostLines) {
    List<List<JournalEntry>> filled = new ArrayList<>();
    long lines = mostLines;
    for (JournalEntry entry : entries) {
      if (lines + entry.lines().size() > mostLines) {
        filled.add(new ArrayList<>());
        lines = 0;
      }
      filled.get(filled.size() - 1).add(entry);
      lines += entry.lines().size();
    }
    return filled;
  }

  private static String lines(Request request, List<JournalEntry> entries) {
    String values =
        entries.stream()
            .flatMap(entry -> entry.lines().stream().map(line -> value(entry, line)))
            .collect(Collectors.joining(", "));
    return Definitions.resource("sql/journal/lines.sql")
        .replace("${accounts}", values(request.books().accounts()))
        .replace("${practice}", literal(request.practice()))
        .replace("${entries}", values);
  }

  private static String value(JournalEntry entry, JournalEntry.Line line) {
    return "("
        + String.join(
            ", ",
            literal(entry.number()),
            text(entry.adjusts()),
            literal(entry.date().toString()),
            literal(entry.location()),
            Integer.toString(line.position()),
            literal(line.account()),
            literal(line.memo()),
            "CAST('" + line.amount().toPlainString() + "' AS DECIMAL(38, 2))")
        + ")";
  }

  private static String columns(Request request) {
    return Definitions.resource(request.format().resource())
        .replace("${tax_rate}", literal(request.books().accounts().xeroTaxRate()))
        .replace("${tracking}", text(request.books().accounts().xeroTracking()));
  }

  /**
   * The locations without entries of some of the days because sales or payments of a week did not
   * arrive, with what is missing, such as {@code Waco (payments of the week of 2026-03-23)}.
   *
   * @throws medspa.warehouse.query.QueryException if the warehouse cannot be read
   */
  public static List<String> untold(WarehouseQuery warehouse, Request request) {
    return untold(warehouse, request.practice(), request.location(), request.from(), request.to());
  }

  static List<String> untold(
      WarehouseQuery warehouse,
      String practice,
      Optional<String> location,
      LocalDate from,
      LocalDate to) {
    return warehouse.rows(
        Definitions.resource("sql/journal/untold.sql"),
        row ->
            row.text("name")
                + " ("
                + row.text("missing")
                + " of the week of "
                + row.text("week")
                + ")",
        practice,
        location,
        from,
        to);
  }

  /**
   * What was sold and paid on the days in rows that were rejected, which is in no entry, such as
   * {@code Waco (sales of 120.00 in 2 rows)}. Rows whose day or place cannot be read may be of
   * these days and locations and are named as such: {@code Waco on an unknown day (…)}, {@code an
   * unknown place (…)}.
   *
   * @throws medspa.warehouse.query.QueryException if the warehouse cannot be read
   */
  public static List<String> rejected(WarehouseQuery warehouse, Request request) {
    return warehouse.rows(
        Definitions.resource("sql/journal/rejected.sql"),
        row ->
            row.text("place")
                + " ("
                + row.text("what")
                + " of "
                + row.decimal("amount").toPlainString()
                + " in "
                + row.count("rows")
                + (row.count("rows") == 1 ? " row" : " rows")
                + (row.count("unreadable") == 0
                    ? ""
                    : ", " + row.count("unreadable") + " of them without a readable amount")
                + ")",
        request.practice(),
        request.location(),
        request.from(),
        request.to());
  }

  private static void requireCodes(WarehouseQuery warehouse, String lines, Accounts accounts) {
    StringBuilder missing = new StringBuilder();
    long count =
        warehouse.run(
            lines + Definitions.resource("sql/journal/missing_codes.sql"),
            QueryFormat.CSV,
            missing);
    if (count > 0) {
      List<String> ids = missing.toString().lines().skip(1).toList();
      throw new IllegalArgumentException(
          "Xero needs the code of every account that is booked to; give these a code under"
              + " `accounts:` in medspa.yaml, such as `"
              + ids.get(0)
              + ": {name: "
              + accounts.all().get(ids.get(0)).name()
              + ", code: 200}`: "
              + String.join(", ", ids));
    }
  }

  private static String values(Accounts accounts) {
    return accounts.all().entrySet().stream()
        .map(
            entry ->
                "("
                    + String.join(
                        ", ",
                        literal(entry.getKey()),
                        literal(entry.getValue().name()),
                        text(entry.getValue().code()),
                        text(accounts.contact(entry.getKey())))
                    + ")")
        .collect(Collectors.joining(", "));
  }

  private static String text(Optional<String> value) {
    return value.map(Sql::literal).orElse("NULL::VARCHAR");
  }
}
