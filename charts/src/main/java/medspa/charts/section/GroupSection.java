package medspa.charts.section;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Line;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers.Quartiles;

/**
 * Regions and peer groups beside each other: how many locations of the consultant's practices are
 * in each, their median and spread, and the median of peers where that may be told. Of others
 * nothing is computed here: what is said of them is what is published of them within the group.
 */
public final class GroupSection implements Section<Portfolio> {
  /** KPIs in a table that is as wide as a page. */
  private static final int KPIS = 7;

  /** A group of fewer has no median to speak of. */
  private static final int LEAST = 2;

  /** Groups of one table; of more those with most locations are told. */
  private static final int MOST = 20;

  /** What begins the name of each kind of group, and what it is called. */
  private enum Kind {
    REGION("region:", "Regions", "Region"),
    GROUP("group:", "Peer groups", "Peer group");

    private final String prefix;
    private final String heading;
    private final String column;

    Kind(String prefix, String heading, String column) {
      this.prefix = prefix;
      this.heading = heading;
      this.column = column;
    }
  }

  /** The consultant's locations in a group. */
  private record Group(String id, String name, List<BenchmarkLocation> locations) {
    /** The values of those that are ranked, in rising order. */
    double[] values(Kpi kpi) {
      return locations.stream()
          .filter(location -> Portfolio.isRanked(location, kpi))
          .mapToDouble(
              location -> Portfolio.peers(location, kpi).orElseThrow().value().getAsDouble())
          .sorted()
          .toArray();
    }

    Optional<Quartiles> peers(Kpi kpi) {
      return locations.stream()
          .map(location -> location.groups().get(id))
          .filter(kpis -> kpis != null && kpis.containsKey(kpi.id()))
          .flatMap(kpis -> kpis.get(kpi.id()).quartiles().stream())
          .findFirst();
    }
  }

  @Override
  public List<Block> blocks(Portfolio portfolio) {
    List<Block> blocks = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      blocks.addAll(compared(portfolio, kind));
    }
    return blocks;
  }

  private static List<Block> compared(Portfolio portfolio, Kind kind) {
    List<Group> all = groups(portfolio, kind);
    List<Group> groups =
        all.stream().filter(group -> group.locations().size() >= LEAST).limit(MOST).toList();
    List<Kpi> apart =
        portfolio.kpis().stream()
            .filter(portfolio::tellsApart)
            .filter(kpi -> differ(portfolio, kpi, groups))
            .sorted(
                Comparator.comparingDouble((Kpi kpi) -> -share(portfolio, kpi, groups))
                    .thenComparing(Kpi::id))
            .toList();
    if (groups.size() < LEAST || apart.isEmpty()) {
      return List.of();
    }
    List<Kpi> kpis = apart.subList(0, Math.min(KPIS, apart.size()));
    return List.of(
        Passage.of(
            new Block.Heading(kind.heading + " compared"),
            Block.Sentence.explains(explains(all, groups, kpis, apart.size())),
            table(portfolio, kind, groups, kpis)));
  }

  /** The most locations first. */
  private static List<Group> groups(Portfolio portfolio, Kind kind) {
    Map<String, List<BenchmarkLocation>> members = new TreeMap<>();
    portfolio
        .locations()
        .forEach(
            location ->
                location.groups().keySet().stream()
                    .filter(id -> id.startsWith(kind.prefix))
                    .forEach(
                        id -> members.computeIfAbsent(id, key -> new ArrayList<>()).add(location)));
    List<Group> groups = new ArrayList<>();
    members.forEach(
        (id, some) ->
            groups.add(new Group(id, id.substring(kind.prefix.length()), List.copyOf(some))));
    return groups.stream()
        .sorted(
            Comparator.comparing((Group group) -> -group.locations().size())
                .thenComparing(Group::name))
        .toList();
  }

  /** Whether medians of two groups are written differently. */
  private static boolean differ(Portfolio portfolio, Kpi kpi, List<Group> groups) {
    return groups.stream()
            .map(group -> group.values(kpi))
            .filter(values -> values.length >= LEAST)
            .map(values -> portfolio.format().compact(kpi.unit(), median(values)))
            .distinct()
            .count()
        > 1;
  }

  /** How far the medians lie apart, as a share of how far all ranked locations do. */
  private static double share(Portfolio portfolio, Kpi kpi, List<Group> groups) {
    double[] medians =
        groups.stream()
            .map(group -> group.values(kpi))
            .filter(values -> values.length >= LEAST)
            .mapToDouble(GroupSection::median)
            .sorted()
            .toArray();
    double[] all = portfolio.ranked(kpi);
    return (medians[medians.length - 1] - medians[0]) / (all[all.length - 1] - all[0]);
  }

  private static String explains(List<Group> all, List<Group> groups, List<Kpi> kpis, int apart) {
    List<String> single =
        all.stream().filter(group -> group.locations().size() < LEAST).map(Group::name).toList();
    int more = all.size() - single.size() - groups.size();
    boolean hasPeers =
        groups.stream()
            .anyMatch(group -> kpis.stream().anyMatch(kpi -> group.peers(kpi).isPresent()));
    return "Median of the locations that are ranked, the lowest and the highest of them"
        + (hasPeers
            ? ", and the peers’ median within the group, rounded, where it may be told"
            : "")
        + ". "
        + (apart > KPIS
            ? "The "
                + KPIS
                + " KPIs of which the medians lie furthest apart, held against all locations."
            : "Only KPIs of which the medians differ.")
        + (single.isEmpty() ? "" : " With one location each: " + Words.named(single) + ".")
        + (more == 0 ? "" : " " + KpiFormat.count(more) + " more have fewer locations.");
  }

  private static Table table(Portfolio portfolio, Kind kind, List<Group> groups, List<Kpi> kpis) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words(kind.column, 18));
    kpis.forEach(kpi -> columns.add(Column.numbers(kpi.label())));
    List<Row> rows = new ArrayList<>();
    for (Group group : groups) {
      long practices =
          group.locations().stream().map(location -> location.practice().id()).distinct().count();
      rows.add(
          new Row(
              Row.Kind.ITEM,
              false,
              Cell.of(group.name())
                  .with(
                      Line.of(
                          Tone.PLAIN,
                          group.locations().size()
                              + " locations of "
                              + practices
                              + (practices == 1 ? " practice" : " practices"))),
              kpis.stream().map(kpi -> cell(portfolio, group, kpi)).toList()));
    }
    return new Table(Table.Look.TIGHT, columns, rows);
  }

  private static Cell cell(Portfolio portfolio, Group group, Kpi kpi) {
    double[] values = group.values(kpi);
    KpiFormat format = portfolio.format();
    Cell cell =
        values.length < LEAST
            ? Cells.none().in(Tone.FEW)
            : Cells.of(format.compact(kpi.unit(), median(values)), kpi.unit(), median(values))
                .with(
                    Line.of(
                        Tone.QUIET,
                        format.compact(kpi.unit(), values[0])
                            + " – "
                            + format.compact(kpi.unit(), values[values.length - 1])));
    return group
        .peers(kpi)
        .map(
            peers ->
                cell.with(Line.of(Tone.QUIET, "peers " + format.compact(kpi.unit(), peers.p50()))))
        .orElse(cell);
  }

  private static double median(double[] rising) {
    int middle = rising.length / 2;
    return rising.length % 2 == 1 ? rising[middle] : (rising[middle - 1] + rising[middle]) / 2;
  }
}
