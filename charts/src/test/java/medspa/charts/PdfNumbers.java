package medspa.charts;

import static medspa.charts.Printed.count;
import static medspa.charts.Printed.money;
import static medspa.charts.Printed.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import medspa.charts.PdfStructure.Chart;
import medspa.charts.PdfStructure.Item;
import medspa.charts.PdfStructure.Paragraph;
import medspa.charts.PdfStructure.Table;
import medspa.charts.Printed.Name;
import medspa.warehouse.query.Sql;

/**
 * Holds what a consultant's PDF prints against the warehouse that it was made from, by statements
 * that share nothing with those that made it: every cell of every table, every row and interval of
 * every chart with its axis, and the sentences that tell numbers. A cell must be nothing but what
 * the warehouse says, so that no number of it is left out, and a table that is not known here is a
 * difference.
 */
public final class PdfNumbers {
  private static final Pattern PEERS_OF_CHART = Pattern.compile("^(Higher|Lower) is better\\..*");
  private static final Pattern CHART = Pattern.compile("^(.*) by location: .*");

  /** Rows of one chart, and locations of a table that is looked through. */
  private static final int ROWS = 22;

  private static final int LOOKED_THROUGH = 44;
  private static final int ENDS = 5;
  private static final int POSITIONS = 15;
  private static final int NAMED = 6;
  private static final int REASONS = 25;

  private static final Set<String> WITHOUT_MERIT = Set.of("stock_value", "shrinkage_cost");

  private record Location(String practiceId, String id, String name, String practice) {
    Printed head() {
      return Printed.of(name, " ", practice);
    }

    Printed line() {
      return Printed.of(name, ", ", practice);
    }
  }

  private record Kpi(String id, String label, String unit, boolean isUp, int days) {
    boolean hasMerit() {
      return !WITHOUT_MERIT.contains(id);
    }

    String quiet() {
      return label.length() > 1 && Character.isUpperCase(label.charAt(1))
          ? label
          : label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1);
    }
  }

  /** A KPI of a location over its longest range; without a value, and without a place, null. */
  private record Position(
      Location location,
      Double value,
      boolean isStable,
      Integer rank,
      Double low,
      Double high,
      int range) {
    boolean isRanked() {
      return value != null && isStable && rank != null;
    }
  }

  private record Peers(Double p25, Double p50, Double p75, int contributors, String withheld) {}

  private record Gap(
      Kpi kpi, boolean isPeers, double value, double reference, Double low, double a, Double high) {
    Printed reason() {
      return Printed.of(
          kpi.quiet(),
          " ",
          number(kpi.unit(), value),
          isPeers ? ", peers about " : ", target ",
          number(kpi.unit(), reference));
    }
  }

  /** What was compared: numbers by what they stand in. */
  private final Map<String, Long> compared = new TreeMap<>();

  private final Statement statement;
  private final String of;
  private final String own;
  private final List<Location> locations = new ArrayList<>();
  private final Map<String, Location> byId = new HashMap<>();
  private final Map<String, Kpi> kpis = new LinkedHashMap<>();
  private final Map<String, Map<String, Position>> positions = new HashMap<>();
  private final Map<String, Peers> peers = new HashMap<>();
  private final Map<String, List<Gap>> gaps = new HashMap<>();

  private PdfNumbers(Statement statement, String consultant) throws SQLException {
    this.statement = statement;
    this.of = Sql.literal(consultant);
    this.own = "(SELECT practice_id FROM consultants WHERE consultant_id = " + of + ")";
    for (Object[] row :
        rows(
            "SELECT practice_id, location_id, l.name, coalesce(p.name, practice_id) FROM locations l"
                + " LEFT JOIN practices p USING (practice_id) WHERE practice_id IN "
                + own
                + " ORDER BY practice_id, l.name, location_id")) {
      Location location =
          new Location((String) row[0], (String) row[1], (String) row[2], (String) row[3]);
      locations.add(location);
      byId.put(location.id(), location);
    }
    for (Object[] row :
        rows(
            "SELECT kpi, label, unit, direction = 'up', spans_days FROM kpi_definitions QUALIFY"
                + " version = max(version) OVER (PARTITION BY kpi)")) {
      Kpi kpi =
          new Kpi(
              (String) row[0],
              (String) row[1],
              (String) row[2],
              (Boolean) row[3],
              ((Number) row[4]).intValue());
      kpis.put(kpi.id(), kpi);
    }
    readPositions();
    for (Object[] row :
        rows(
            "SELECT location_id, kpi, held_against = 'peers', value, reference, low, expected, high"
                + " FROM portfolio_gaps WHERE consultant_id = "
                + of
                + " AND expected > 0 ORDER BY expected DESC, practice_id, location_id, kpi")) {
      gaps.computeIfAbsent((String) row[0], id -> new ArrayList<>())
          .add(
              new Gap(
                  kpis.get((String) row[1]),
                  (Boolean) row[2],
                  real(row[3]),
                  real(row[4]),
                  real(row[5]),
                  real(row[6]),
                  real(row[7])));
    }
  }

  /**
   * Compares all of it. A difference is an AssertionError.
   *
   * @return how many numbers were compared, by what they stand in
   */
  public static Map<String, Long> compare(Path pdf, Path warehouse, String consultant) {
    return compare(PdfStructure.of(pdf), warehouse, consultant);
  }

  static Map<String, Long> compare(List<Item> items, Path warehouse, String consultant) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse);
        Statement statement = connection.createStatement()) {
      PdfNumbers numbers = new PdfNumbers(statement, consultant);
      numbers.compare(items);
      return numbers.compared;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void readPositions() throws SQLException {
    for (Object[] row :
        rows(
            "SELECT location_id, kpi, value, is_stable, rank, value_low, value_high, range_weeks,"
                + " p25, p50, p75, contributors, withheld_reason FROM kpi_benchmark_consultant"
                + " WHERE peer_group = 'all' AND range_weeks IN (1, 13) AND consultant_id = "
                + of
                + " AND week_start = (SELECT last_week_start FROM runs) QUALIFY range_weeks ="
                + " max(range_weeks) OVER (PARTITION BY location_id, kpi)")) {
      positions
          .computeIfAbsent((String) row[1], kpi -> new HashMap<>())
          .put(
              (String) row[0],
              new Position(
                  byId.get((String) row[0]),
                  real(row[2]),
                  Boolean.TRUE.equals(row[3]),
                  row[4] == null ? null : ((Number) row[4]).intValue(),
                  real(row[5]),
                  real(row[6]),
                  ((Number) row[7]).intValue()));
      boolean isTold = row[12] == null && row[8] != null && row[9] != null && row[10] != null;
      peers.put(
          (String) row[1],
          new Peers(
              isTold ? real(row[8]) : null,
              isTold ? real(row[9]) : null,
              isTold ? real(row[10]) : null,
              ((Number) row[11]).intValue(),
              (String) row[12]));
    }
  }

  private List<Object[]> rows(String sql) throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    try (ResultSet found = statement.executeQuery(sql)) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        Object[] row = new Object[columns];
        for (int i = 0; i < columns; i++) {
          row[i] = found.getObject(i + 1);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static Double real(Object number) {
    return number == null ? null : ((Number) number).doubleValue();
  }

  private static String text(Object value) {
    return value == null ? "–" : value.toString();
  }

  /** The location's name, with its practice where another one has the same. */
  private String name(Location location) {
    return locations.stream().filter(l -> l.name().equals(location.name())).count() == 1
        ? location.name()
        : location.name() + ", " + location.practice();
  }

  private double gain(Location location) {
    return gaps.getOrDefault(location.id(), List.of()).stream().mapToDouble(Gap::a).max().orElse(0);
  }

  private List<Location> byGain() {
    return locations.stream()
        .sorted(Comparator.comparing(this::gain).reversed().thenComparing(this::name))
        .toList();
  }

  private List<Position> ranked(Kpi kpi) {
    return positions.get(kpi.id()).values().stream().filter(Position::isRanked).toList();
  }

  /** By places: a quarter is of those of which no more than a quarter is as good, or as bad. */
  private Optional<String> quarter(Kpi kpi, Position position) {
    List<Position> ranked = ranked(kpi);
    if (!position.isRanked() || !kpi.hasMerit() || ranked.size() < 4) {
      return Optional.empty();
    }
    long notWorse = ranked.stream().filter(p -> p.rank() <= position.rank()).count();
    long notBetter = ranked.stream().filter(p -> p.rank() >= position.rank()).count();
    return notWorse * 4 <= ranked.size()
        ? Optional.of("Q4")
        : notBetter * 4 <= ranked.size()
            ? Optional.of("Q1")
            : notWorse * 2 <= ranked.size()
                ? Optional.of("Q3")
                : notBetter * 2 <= ranked.size() ? Optional.of("Q2") : Optional.empty();
  }

  private void compare(List<Item> items) throws SQLException {
    Set<String> heat = new HashSet<>();
    Map<String, List<Position>> drawn = new HashMap<>();
    String before = "";
    for (Item item : items) {
      if (item instanceof Paragraph paragraph) {
        before = paragraph.text();
        sentence(paragraph.text());
      } else if (item instanceof Chart chart) {
        chart(chart, before, drawn);
      } else {
        table((Table) item, heat);
      }
    }
    drawn.forEach((kpi, rest) -> assertThat(rest).as("not drawn of " + kpi).isEmpty());
    assertThat(heat)
        .as("KPIs of all locations")
        .containsExactlyInAnyOrderElementsOf(locations.isEmpty() ? Set.of() : positions.keySet());
  }

  // ---- sentences

  private void sentence(String text) throws SQLException {
    if (text.startsWith("Most is to be gained at")) {
      List<Object> parts = new ArrayList<>(List.of("Most is to be gained at "));
      for (Location location : byGain().subList(0, Math.min(2, locations.size()))) {
        if (gain(location) > 0) {
          Gap gap = gaps.get(location.id()).get(0);
          parts.addAll(
              List.of(
                  parts.size() > 1 ? ", and at " : "",
                  name(location),
                  ": about ",
                  money(gap.a()),
                  " a week in ",
                  gap.kpi().quiet()));
        }
      }
      parts.add(".");
      same("headline", text, Printed.of(parts));
    } else if (text.contains("positions of locations in ranges")
        || text.contains("position of locations in ranges")) {
      String rest = text.substring(text.indexOf(" position"));
      same("positions", text, Printed.of(count(restated().size()), rest));
    }
  }

  // ---- charts

  private void chart(Chart chart, String before, Map<String, List<Position>> drawn) {
    var subject = CHART.matcher(chart.says());
    assertThat(subject.matches()).as("a chart that is not known: " + chart.says()).isTrue();
    Kpi kpi = kpi(subject.group(1));
    List<Position> all = placed(kpi);
    boolean isFirst = !drawn.containsKey(kpi.id());
    List<Position> open = drawn.computeIfAbsent(kpi.id(), id -> new ArrayList<>(ends(all)));
    List<Position> rows =
        List.copyOf(isFirst && open.size() > ROWS ? open.subList(0, (open.size() + 1) / 2) : open);
    open.subList(0, rows.size()).clear();
    if (isFirst) {
      assertThat(before).matches(PEERS_OF_CHART);
      same("peers of charts", before, peersOf(kpi, all));
    } else {
      same(
          "peers of charts",
          before,
          all.size() > 2 * ROWS
              ? Printed.of("The last of ", count(all.size()), ".")
              : Printed.of("From the location that comes next."));
    }
    same("intervals and places of charts", chart.says(), alternative(kpi, rows));
    List<String> lines = chart.lines();
    assertThat(lines).as(chart.says()).hasSize(rows.size() + 1);
    for (int i = 0; i < rows.size(); i++) {
      Position row = rows.get(i);
      same(
          "rows of charts",
          lines.get(i),
          row.isRanked()
              ? Printed.of(
                  new Name(row.rank() + ". " + name(row.location())),
                  number(kpi.unit(), row.value()))
              : Printed.of(new Name(name(row.location())), number(kpi.unit(), row.value())));
    }
    axis(kpi, lines.get(rows.size()));
  }

  /** Best first, those without a place last. */
  private List<Position> placed(Kpi kpi) {
    double sign = kpi.isUp() ? -1 : 1;
    return positions.get(kpi.id()).values().stream()
        .filter(position -> position.value() != null)
        .sorted(
            Comparator.comparing((Position p) -> !p.isRanked())
                .thenComparing(p -> sign * p.value())
                .thenComparing(p -> name(p.location())))
        .toList();
  }

  private static <T> List<T> ends(List<T> all) {
    if (all.size() <= 2 * ROWS) {
      return all;
    }
    List<T> ends = new ArrayList<>(all.subList(0, ROWS));
    ends.addAll(all.subList(all.size() - ROWS, all.size()));
    return ends;
  }

  private Printed peersOf(Kpi kpi, List<Position> all) {
    Peers of = peers.get(kpi.id());
    boolean isLong = all.stream().anyMatch(position -> position.range() > 1);
    String range =
        isLong
            ? ""
            : kpi.days() > 7 ? kpi.days() + " days to the week’s end. " : "At the week’s end. ";
    return Printed.of(
        kpi.isUp() ? "Higher is better. " : "Lower is better. ",
        range,
        of.p50() == null
            ? Printed.of("Peers withheld.")
            : Printed.of(
                "Peers, rounded: median ",
                number(kpi.unit(), of.p50()),
                ", middle half ",
                number(kpi.unit(), of.p25()),
                " to ",
                number(kpi.unit(), of.p75()),
                "."));
  }

  private Printed alternative(Kpi kpi, List<Position> rows) {
    List<Object> parts = new ArrayList<>(List.of(kpi.label(), " by location: "));
    for (int i = 0; i < rows.size(); i++) {
      Position row = rows.get(i);
      if (i > 0) {
        parts.add("; ");
      }
      if (row.isRanked()) {
        parts.addAll(List.of(count(row.rank()), ". "));
      }
      parts.addAll(List.of(name(row.location()), " ", number(kpi.unit(), row.value())));
      if (row.low() != null) {
        parts.addAll(
            List.of(
                " (", number(kpi.unit(), row.low()), " to ", number(kpi.unit(), row.high()), ")"));
      }
      if (!row.isRanked()) {
        parts.add(", not ranked");
      } else {
        quarter(kpi, row)
            .map(quarter -> Map.of("Q4", ", best quarter", "Q1", ", last quarter").get(quarter))
            .ifPresent(parts::add);
      }
    }
    Peers of = peers.get(kpi.id());
    parts.add(
        of.p50() == null
            ? Printed.of(". The peers' quartiles are withheld.")
            : Printed.of(
                ". Middle half of the peers ",
                number(kpi.unit(), of.p25()),
                " to ",
                number(kpi.unit(), of.p75()),
                ", median ",
                number(kpi.unit(), of.p50()),
                "."));
    return Printed.of(parts);
  }

  /** Ticks of an axis are as far apart, each from the next. */
  private void axis(Kpi kpi, String line) {
    double[] ticks =
        Pattern.compile("[−\\d.,]+[kM]?")
            .matcher(line)
            .results()
            .mapToDouble(
                tick -> {
                  String digits = tick.group().replace("−", "-").replace(",", "");
                  double factor = digits.endsWith("k") ? 1e3 : digits.endsWith("M") ? 1e6 : 1;
                  return Double.parseDouble(digits.replaceAll("[kM]", "")) * factor;
                })
            .toArray();
    assertThat(ticks.length).as("axis of " + kpi.label() + ": " + line).isGreaterThan(1);
    double step = ticks[1] - ticks[0];
    for (int i = 1; i < ticks.length; i++) {
      assertThat(ticks[i] - ticks[i - 1])
          .as("axis of " + kpi.label() + ": " + line)
          .isPositive()
          .isCloseTo(step, org.assertj.core.api.Assertions.within(step * 1e-6));
    }
  }

  // ---- tables

  private void table(Table table, Set<String> heat) throws SQLException {
    List<String> heads = table.heads();
    String first = heads.get(0);
    if (heads.equals(List.of("Location", "A week", "Low to high", "Most in", "Then in"))) {
      same("opportunities", table, byGain().stream().map(this::opportunity).toList());
    } else if (heads.contains("Change, a week")) {
      same("movers", table, moves(heads));
    } else if (heads.contains("What moved")) {
      same("levels", table, levels());
    } else if (heads.contains("To be gained in them")) {
      same("positions", table, restatements());
    } else if (first.equals("Region") || first.equals("Peer group")) {
      same("groups", table, groups(first.equals("Region") ? "region:" : "group:", heads));
    } else if (first.equals("Location")) {
      List<Kpi> shown = heads.stream().skip(1).map(this::kpi).toList();
      shown.forEach(kpi -> heat.add(kpi.id()));
      same("all KPIs", table, heat(shown));
    } else if (first.startsWith("Why the peers")) {
      withheld(table);
    } else if (heads.contains("Published")) {
      same("published figures", table, published());
    } else if (heads.contains("Formula")) {
      same("definitions", table, definitions());
    } else if (heads.equals(List.of("KPI", "Why", "Where"))) {
      notComputed(table);
    } else {
      backing(table);
    }
  }

  private Kpi kpi(String label) {
    return kpis.values().stream()
        .filter(kpi -> kpi.label().replace(" ", "").equals(label.replace(" ", "")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no KPI is called " + label));
  }

  private List<Printed> opportunity(Location location) {
    List<Gap> some = gaps.getOrDefault(location.id(), List.of());
    if (some.isEmpty()) {
      return List.of(
          location.head(),
          Printed.of("–"),
          Printed.of(),
          Printed.of("nothing that has a price"),
          Printed.of());
    }
    Gap most = some.get(0);
    return List.of(
        location.head(),
        Printed.of(money(most.a())),
        most.low() == null
            ? Printed.of()
            : Printed.of(money(most.low()), " to ", money(most.high())),
        most.reason(),
        some.size() == 1
            ? Printed.of()
            : Printed.of(money(some.get(1).a()), ": ", some.get(1).reason()));
  }

  private List<List<Printed>> moves(List<String> heads) throws SQLException {
    boolean isRevenue = !heads.get(1).equals("In");
    int weeks = heads.toString().contains("four weeks") ? 4 : 13;
    List<List<Printed>> all = new ArrayList<>();
    for (Object[] row :
        rows(
            "SELECT location_id, kpi, before, since FROM portfolio_moves JOIN (SELECT location_id,"
                + " l.name || CASE WHEN count(*) OVER (PARTITION BY l.name) > 1 THEN ', ' ||"
                + " p.name ELSE '' END AS shown FROM locations l JOIN practices p USING"
                + " (practice_id) WHERE practice_id IN "
                + own
                + ") USING (location_id) WHERE consultant_id = "
                + of
                + " AND measure = '"
                + (isRevenue ? "revenue" : "opportunity")
                + "' AND range_weeks = "
                + weeks
                + " ORDER BY since - before, shown, kpi")) {
      List<Printed> cells = new ArrayList<>(List.of(byId.get((String) row[0]).line()));
      if (!isRevenue) {
        cells.add(Printed.of(kpis.get((String) row[1]).label()));
      }
      cells.add(Printed.of(money(real(row[2]))));
      cells.add(Printed.of(money(real(row[3]))));
      cells.add(Printed.of(Printed.change(real(row[3]) - real(row[2]))));
      all.add(cells);
    }
    return most(all);
  }

  private static <T> List<T> most(List<T> all) {
    if (all.size() <= 2 * ENDS) {
      return all;
    }
    List<T> most = new ArrayList<>(all.subList(0, ENDS));
    most.addAll(all.subList(all.size() - ENDS, all.size()));
    return most;
  }

  private List<List<Printed>> levels() throws SQLException {
    List<List<Printed>> all = new ArrayList<>();
    for (Object[] row :
        rows(
            "SELECT location_id, kpi, strftime(since_week_start, '%b %-d'), before_value, value,"
                + " dollars_per_week FROM kpi_stories WHERE until_week_start IS NULL AND"
                + " dollars_per_week IS NOT NULL AND practice_id IN "
                + own
                + " AND kpi IN (SELECT kpi FROM kpi_benchmark_consultant WHERE consultant_id = "
                + of
                + ") ORDER BY dollars_per_week")) {
      Kpi kpi = kpis.get((String) row[1]);
      all.add(
          List.of(
              byId.get((String) row[0]).line(),
              Printed.of(kpi.label()),
              Printed.of((String) row[2]),
              Printed.of(number(kpi.unit(), real(row[3]))),
              Printed.of(number(kpi.unit(), real(row[4]))),
              Printed.of(Printed.change(real(row[5])))));
    }
    return most(all);
  }

  private List<List<Printed>> groups(String prefix, List<String> heads) throws SQLException {
    List<Kpi> shown = heads.stream().skip(1).map(this::kpi).toList();
    List<List<Printed>> all = new ArrayList<>();
    for (Object[] row :
        rows(
            "SELECT peer_group, count(DISTINCT location_id) AS n, count(DISTINCT practice_id) FROM"
                + " kpi_benchmark_consultant WHERE range_weeks IN (1, 13) AND week_start = (SELECT"
                + " last_week_start FROM runs) AND starts_with(peer_group, '"
                + prefix
                + "') AND consultant_id = "
                + of
                + " GROUP BY ALL HAVING n > 1 ORDER BY n DESC, peer_group LIMIT 20")) {
      String group = (String) row[0];
      long practices = ((Number) row[2]).longValue();
      List<Printed> cells = new ArrayList<>();
      cells.add(
          Printed.of(
              group.substring(prefix.length()),
              " ",
              count(real(row[1])),
              " locations of ",
              count((double) practices),
              practices == 1 ? " practice" : " practices"));
      for (Kpi kpi : shown) {
        cells.add(group(group, kpi));
      }
      all.add(cells);
    }
    return all;
  }

  private Printed group(String group, Kpi kpi) throws SQLException {
    String within =
        " FROM kpi_benchmark_consultant WHERE week_start = (SELECT last_week_start FROM runs) AND"
            + " consultant_id = "
            + of
            + " AND peer_group = "
            + Sql.literal(group)
            + " AND range_weeks IN (1, 13)";
    Set<Object> members = new HashSet<>();
    rows("SELECT DISTINCT location_id" + within).forEach(row -> members.add(row[0]));
    String ids =
        ranked(kpi).stream()
            .filter(position -> members.contains(position.location().id()))
            .map(position -> "(" + position.value() + ")")
            .collect(Collectors.joining(", "));
    List<Object> parts = new ArrayList<>();
    Object[] own =
        ids.isEmpty()
            ? new Object[] {0, null, null, null}
            : rows("SELECT count(*), median(v), min(v), max(v) FROM (VALUES " + ids + ") t(v)")
                .get(0);
    if (((Number) own[0]).intValue() < 2) {
      parts.add("–");
    } else {
      parts.addAll(
          List.of(
              number(kpi.unit(), real(own[1])),
              " ",
              number(kpi.unit(), real(own[2])),
              " – ",
              number(kpi.unit(), real(own[3]))));
    }
    for (Object[] row :
        rows(
            "SELECT p50"
                + within
                + " AND kpi = '"
                + kpi.id()
                + "' AND withheld_reason IS NULL AND p50 IS NOT NULL ORDER BY range_weeks DESC"
                + " LIMIT 1")) {
      parts.addAll(List.of(" peers ", number(kpi.unit(), real(row[0]))));
    }
    return Printed.of(parts);
  }

  private List<List<Printed>> heat(List<Kpi> shown) {
    List<List<Printed>> all = new ArrayList<>();
    List<Location> some =
        locations.size() > LOOKED_THROUGH ? byGain().subList(0, LOOKED_THROUGH) : locations;
    for (Location location : some) {
      List<Printed> cells = new ArrayList<>(List.of(location.head()));
      for (Kpi kpi : shown) {
        Position position = positions.get(kpi.id()).get(location.id());
        cells.add(
            position == null || position.value() == null
                ? Printed.of("–")
                : Printed.of(
                    number(kpi.unit(), position.value()),
                    " ",
                    !position.isStable()
                        ? "few data"
                        : !position.isRanked()
                            ? "opened since"
                            : quarter(kpi, position).orElse("")));
      }
      all.add(cells);
    }
    if (shown.stream().anyMatch(kpi -> peers.get(kpi.id()).p50() != null)) {
      all.add(statistic("Peers, 25%", shown, Peers::p25));
      all.add(statistic("Peers, median", shown, Peers::p50));
      all.add(statistic("Peers, 75%", shown, Peers::p75));
      List<Printed> contributors =
          new ArrayList<>(List.of(Printed.of("Practices that contribute")));
      shown.forEach(kpi -> contributors.add(Printed.of(count(peers.get(kpi.id()).contributors()))));
      all.add(contributors);
    }
    return all;
  }

  private List<Printed> statistic(String head, List<Kpi> shown, ToDoubleFunction<Peers> of) {
    List<Printed> cells = new ArrayList<>(List.of(Printed.of(head)));
    for (Kpi kpi : shown) {
      Peers some = peers.get(kpi.id());
      cells.add(
          some.p50() == null
              ? Printed.of("–")
              : Printed.of(number(kpi.unit(), of.applyAsDouble(some))));
    }
    return cells;
  }

  private List<Object[]> restated() throws SQLException {
    return rows(
        "SELECT location_id, kpi, range_weeks, week_start, any_value(from_rank),"
            + " any_value(to_rank), any_value(from_gap_dollars), any_value(to_gap_dollars),"
            + " string_agg(DISTINCT cause, ' ' ORDER BY cause), strftime(week_start + 6, '%b %-d') FROM"
            + " benchmark_restatements WHERE audience = 'consultant' AND audience_id = "
            + of
            + " AND peer_group = 'all' AND publication = (SELECT max(publication) FROM"
            + " publications) GROUP BY ALL");
  }

  /** Of each location and KPI the longest and newest range, those that changed most first. */
  private List<List<Printed>> restatements() throws SQLException {
    Map<String, Object[]> newest = new LinkedHashMap<>();
    restated().stream()
        .sorted(
            Comparator.comparing((Object[] row) -> real(row[2]))
                .thenComparing(row -> row[3].toString())
                .reversed())
        .forEach(row -> newest.putIfAbsent(row[0] + "/" + row[1], row));
    return newest.values().stream()
        .sorted(
            Comparator.comparing((Object[] row) -> -Math.abs(zero(row[7]) - zero(row[6])))
                .thenComparing(row -> -Math.abs(zero(row[5]) - zero(row[4])))
                .thenComparing(row -> name(byId.get((String) row[0])))
                .thenComparing(row -> kpis.get((String) row[1]).label()))
        .limit(POSITIONS)
        .map(
            row ->
                List.of(
                    byId.get((String) row[0]).head(),
                    Printed.of(kpis.get((String) row[1]).label()),
                    Printed.of(
                        real(row[2]) == 1
                            ? Printed.of("Week")
                            : Printed.of(count(real(row[2])), " weeks"),
                        " to ",
                        (String) row[9]),
                    Printed.of(place(row[4]), " → ", place(row[5])),
                    zero(row[6]) == zero(row[7]) && (row[6] == null) == (row[7] == null)
                        ? Printed.of()
                        : Printed.of(dollars(row[6]), " → ", dollars(row[7])),
                    Printed.of(causes(row[8]))))
        .toList();
  }

  private static double zero(Object number) {
    return number == null ? 0 : real(number);
  }

  private static Object place(Object rank) {
    return rank == null ? "none" : count(real(rank));
  }

  private static Object dollars(Object dollars) {
    return dollars == null ? "none" : money(real(dollars));
  }

  private static final Map<String, String> CAUSES =
      Map.of(
          "file", "a file with other rows",
          "configuration", "the configuration changed",
          "code", "the program changed",
          "definition", "the KPI’s definition changed",
          "as_of", "later events",
          "worth", "what a visit or an hour brings there changed",
          "other_locations", "another location moved",
          "contributors", "another number of peers",
          "peers", "the peers changed");

  private static String causes(Object words) {
    return capital(
        Pattern.compile(" ")
            .splitAsStream((String) words)
            .map(cause -> CAUSES.getOrDefault(cause, "for a reason that is not known"))
            .distinct()
            .collect(Collectors.joining("; ")));
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String sentenceOf(String reason) {
    return capital(reason) + (reason.endsWith(".") ? "" : ".");
  }

  private void withheld(Table table) {
    Map<String, Set<String>> expected = new HashMap<>();
    positions
        .keySet()
        .forEach(
            kpi -> {
              Peers some = peers.get(kpi);
              if (some.p50() == null && some.withheld() != null) {
                expected
                    .computeIfAbsent(
                        sentenceOf(some.withheld()).replaceAll("\\s", ""), k -> new HashSet<>())
                    .add(kpis.get(kpi).label());
              }
            });
    Map<String, Set<String>> printed = new HashMap<>();
    for (List<String> row : table.rows()) {
      printed.put(
          row.get(0).replaceAll("\\s", ""),
          row.get(1).equals("All KPIs")
              ? positions.keySet().stream()
                  .map(kpi -> kpis.get(kpi).label())
                  .collect(Collectors.toSet())
              : Set.of(row.get(1).split(", ")));
    }
    assertThat(printed).as("withheld").isEqualTo(expected);
  }

  private List<List<Printed>> published() throws SQLException {
    List<List<Printed>> all = new ArrayList<>();
    for (Object[] row :
        rows(
            "SELECT kpi, low, high, kind, source, link, CAST(year AS VARCHAR), sample, grade,"
                + " definition, difference FROM published_figures WHERE kpi IN (SELECT kpi FROM"
                + " kpi_benchmark_consultant WHERE consultant_id = "
                + of
                + ") AND (currency IS NULL OR currency = (SELECT currency FROM practices WHERE"
                + " practice_id IN "
                + own
                + " ORDER BY practice_id LIMIT 1)) ORDER BY kpi, year, figure")) {
      Kpi kpi = kpis.get((String) row[0]);
      Peers some = peers.get(kpi.id());
      all.add(
          List.of(
              Printed.of(kpi.label()),
              Printed.of(
                  number(kpi.unit(), real(row[1])),
                  row[1].equals(row[2])
                      ? Printed.of()
                      : Printed.of(" to ", number(kpi.unit(), real(row[2]))),
                  " ",
                  (String) row[3]),
              some.p50() == null
                  ? Printed.of("withheld")
                  : Printed.of(number(kpi.unit(), some.p50())),
              Printed.of(row[4] + " (" + row[6] + ", grade " + row[8] + ") " + row[5]),
              Printed.of(row[9] + ". " + row[7]),
              Printed.of(row[10] + ".")));
    }
    return all;
  }

  private List<List<Printed>> definitions() throws SQLException {
    Map<String, List<Printed>> byLabel = new HashMap<>();
    for (Object[] row :
        rows(
            "SELECT label, CAST(version AS VARCHAR), description, formula, exclusions FROM"
                + " kpi_definitions WHERE kpi IN (SELECT kpi FROM kpi_benchmark_consultant WHERE"
                + " consultant_id = "
                + of
                + ") QUALIFY version = max(version) OVER (PARTITION BY kpi)")) {
      byLabel.put(
          (String) row[0],
          List.of(
              Printed.of((String) row[0]),
              Printed.of("v" + row[1]),
              Printed.of((String) row[2]),
              Printed.of((String) row[3]),
              Printed.of((String) row[4])));
    }
    return List.copyOf(byLabel.values());
  }

  /** Which KPIs are not computed where, and why; each row is held against the warehouse's. */
  private void notComputed(Table table) throws SQLException {
    Map<String, Map<String, Set<String>>> reasons = new HashMap<>();
    for (Object[] row :
        rows(
            "SELECT kpi, reason, location_id FROM kpi_unavailable WHERE week_start = (SELECT"
                + " last_week_start FROM runs) AND practice_id IN "
                + own)) {
      reasons
          .computeIfAbsent(sentenceOf((String) row[1]).replaceAll("\\s", ""), r -> new HashMap<>())
          .computeIfAbsent(kpis.get((String) row[0]).label(), k -> new HashSet<>())
          .add(name(byId.get((String) row[2])));
    }
    for (List<String> row : table.rows()) {
      Map<String, Set<String>> some = reasons.get(row.get(1).replaceAll("\\s", ""));
      assertThat(some).as("not computed: " + row).isNotNull();
      for (String label : row.get(0).split(", ", -1)) {
        Set<String> where = some.get(label);
        assertThat(where).as("not computed: " + row).isNotNull();
        List<String> sorted = where.stream().sorted().toList();
        Printed expected =
            where.size() > 1 && where.size() == locations.size()
                ? Printed.of("all ", count(where.size()), " locations")
                : sorted.size() <= NAMED
                    ? Printed.of(String.join(", ", sorted))
                    : Printed.of(
                        String.join(", ", sorted.subList(0, NAMED)),
                        " and ",
                        count(sorted.size() - NAMED),
                        " more");
        same("not computed", row.get(2), expected);
      }
    }
  }

  // ---- tables of the data behind

  private void backing(Table table) throws SQLException {
    List<String> heads = table.heads();
    if (heads.contains("Superseded")) {
      same("files", table, files(heads));
    } else if (heads.contains("First seen")) {
      same("rejected rows", table, rejected());
    } else if (heads.contains("Newest row")) {
      same("sources", table, sources());
    } else if (heads.contains("Revenue matched")) {
      same("identities", table, identities());
    } else if (heads.contains("Next step")) {
      same("refused files", table, refused());
    } else {
      throw new AssertionError("a table that is not known here: " + heads);
    }
  }

  private List<List<Printed>> files(List<String> heads) throws SQLException {
    String by =
        heads.contains("File")
            ? "source, file_name, table_name, source_file_id"
            : heads.get(0).equals("Source")
                ? "source, table_name"
                : heads.get(0).equals("Practice") ? "p.name" : "table_name";
    String named =
        heads.contains("File")
            ? "source, file_name, table_name"
            : heads.get(0).equals("Source")
                ? "source, count(*), table_name"
                : by + ", count(*), count(DISTINCT source)";
    List<List<Printed>> all = new ArrayList<>();
    for (Object[] row :
        rows(
            "SELECT "
                + named
                + ", sum(rows_read), sum(rows_accepted), sum(rows_duplicate),"
                + " sum(rows_superseded), sum(rows_rejected), CASE WHEN min(first_date) IS NULL OR"
                + " max(last_date) IS NULL THEN '–' WHEN min(first_date) = max(last_date) THEN"
                + " strftime(min(first_date), '%b %-d, %Y') ELSE CASE WHEN year(min(first_date)) ="
                + " year(max(last_date)) THEN strftime(min(first_date), '%b %-d') ELSE"
                + " strftime(min(first_date), '%b %-d, %Y') END || ' to ' ||"
                + " strftime(max(last_date), '%b %-d, %Y') END FROM"
                + " ingest_files f LEFT JOIN practices p USING (practice_id) WHERE practice_id IN "
                + own
                + " GROUP BY "
                + by)) {
      List<Printed> cells = new ArrayList<>();
      for (Object cell : row) {
        cells.add(
            cell instanceof Number number
                ? Printed.of(count(number.doubleValue()))
                : Printed.of(text(cell)));
      }
      all.add(cells);
    }
    return all;
  }

  private List<List<Printed>> rejected() throws SQLException {
    List<List<Printed>> all = new ArrayList<>();
    double rarer = 0;
    for (Object[] row :
        rows(
            "WITH files AS (SELECT DISTINCT practice_id, source_file_id, source, file_name FROM"
                + " ingest_files WHERE practice_id IN "
                + own
                + ") SELECT source, table_name, column_name, replace(reason, '_', ' '), count(*) AS"
                + " n, min(file_name), arg_min(source_line, (file_name, source_line)) FROM"
                + " rejected_rows JOIN files USING (source_file_id) GROUP BY practice_id, source,"
                + " table_name, column_name, reason ORDER BY n DESC, source, table_name,"
                + " column_name, reason")) {
      if (all.size() == REASONS) {
        rarer += real(row[4]);
        continue;
      }
      all.add(
          List.of(
              Printed.of((String) row[0]),
              Printed.of((String) row[1]),
              Printed.of(text(row[2])),
              Printed.of((String) row[3]),
              Printed.of(count(real(row[4]))),
              row[6] == null
                  ? Printed.of((String) row[5])
                  : Printed.of((String) row[5], ", line ", count(real(row[6])))));
    }
    if (rarer > 0) {
      all.add(
          List.of(
              Printed.of("Other"),
              Printed.of("–"),
              Printed.of("–"),
              Printed.of("rarer reasons"),
              Printed.of(count(rarer)),
              Printed.of("–")));
    }
    return all;
  }

  private List<List<Printed>> sources() throws SQLException {
    List<List<Printed>> all = new ArrayList<>();
    for (Object[] row :
        rows(
            "SELECT source, files, strftime(newest_date, '%b %-d, %Y'), expected_every_days, state"
                + " FROM sources WHERE practice_id IN "
                + own
                + " QUALIFY count(*) OVER () <= 25 OR state IN ('missing', 'refused', 'late') ORDER BY"
                + " source")) {
      all.add(
          List.of(
              Printed.of((String) row[0]),
              Printed.of(count(real(row[1]))),
              Printed.of(text(row[2])),
              Printed.of(
                  row[3] == null
                      ? "not said"
                      : row[3].equals(1) ? "every day" : "every " + row[3] + " days"),
              Printed.of(
                  Map.of(
                          "missing", "■ Missing",
                          "refused", "■ Refused",
                          "late", "■ Late",
                          "current", "● Up to date",
                          "nothing yet", "○ No files of its own")
                      .getOrDefault(row[4], "○ Not watched"))));
    }
    return all;
  }

  private List<List<Printed>> identities() throws SQLException {
    List<List<Printed>> all = new ArrayList<>();
    for (Object[] row :
        rows(
            "SELECT CASE kind WHEN 'provider' THEN 'Providers: sales and schedule' WHEN 'service'"
                + " THEN 'Services: sales and appointments' WHEN 'product' THEN 'Products: sales"
                + " and stock' ELSE 'Clients: sales and appointments' END, sum(matched_revenue) /"
                + " nullif(sum(revenue), 0), sum(matched_hours) / nullif(sum(hours), 0),"
                + " sum(values_unmatched) FROM identity_coverage WHERE week_start = (SELECT"
                + " last_week_start FROM runs) AND practice_id IN "
                + own
                + " GROUP BY kind")) {
      all.add(
          List.of(
              Printed.of((String) row[0]),
              share(row[1]),
              share(row[2]),
              Printed.of(count(real(row[3])))));
    }
    return all;
  }

  /** Nothing but all is 100 %: what is nearer to it is 99.9 %. */
  private static Printed share(Object share) {
    return share == null
        ? Printed.of("–")
        : Printed.of(
            number("percent", real(share) < 1 ? Math.min(0.999, real(share)) : real(share)));
  }

  private List<List<Printed>> refused() throws SQLException {
    List<List<Printed>> all = new ArrayList<>();
    for (Object[] row :
        rows(
            "SELECT file_name, source_line, column_name, problem, next_step FROM refused_files"
                + " WHERE practice_id IN "
                + own)) {
      List<Object> where = new ArrayList<>();
      if (row[1] != null) {
        where.addAll(List.of("line ", count(real(row[1]))));
      }
      if (row[2] != null) {
        where.add((where.isEmpty() ? "" : ", ") + "column " + row[2]);
      }
      all.add(
          List.of(
              Printed.of((String) row[0]),
              where.isEmpty() ? Printed.of("whole file") : Printed.of(where),
              Printed.of(sentenceOf((String) row[3])),
              row[4] == null || ((String) row[4]).isBlank()
                  ? Printed.of("–")
                  : Printed.of(sentenceOf((String) row[4]))));
    }
    return all;
  }

  // ---- what is the same

  private static final Set<String> IN_ANY_ORDER =
      Set.of("definitions", "files", "identities", "refused files", "sources", "rejected rows");

  /** Every row of a table, and nothing else. */
  private void same(String where, Table table, List<List<Printed>> expected) {
    assertThat(table.rows()).as(where + ": rows").hasSameSizeAs(expected);
    List<List<Printed>> open = new ArrayList<>(expected);
    for (List<String> row : table.rows()) {
      int at = IN_ANY_ORDER.contains(where) ? matching(row, open) : 0;
      List<Printed> cells = open.remove(at);
      assertThat(row).as(where).hasSameSizeAs(cells);
      for (int i = 0; i < cells.size(); i++) {
        check(where + ", " + row.get(0) + ", " + table.heads().get(i), row.get(i), cells.get(i));
        compared.merge(where, cells.get(i).numbers(), Long::sum);
      }
    }
  }

  private static int matching(List<String> row, List<List<Printed>> open) {
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      List<Printed> cells = open.get(i);
      List<String> wrong = new ArrayList<>();
      for (int k = 0; k < Math.min(cells.size(), row.size()); k++) {
        cells.get(k).problem(row.get(k)).ifPresent(wrong::add);
      }
      if (wrong.isEmpty()) {
        return i;
      }
      if (cells.get(0).problem(row.get(0)).isEmpty()) {
        problems.addAll(wrong);
      }
    }
    throw new AssertionError("The warehouse has no such row: " + row + "; " + problems);
  }

  private void same(String where, String printed, Printed expected) {
    check(where, printed, expected);
    compared.merge(where, expected.numbers(), Long::sum);
  }

  private static void check(String where, String printed, Printed expected) {
    expected
        .problem(printed)
        .ifPresent(
            problem -> {
              throw new AssertionError(where + ": " + problem + "; printed is “" + printed + "”");
            });
  }
}
