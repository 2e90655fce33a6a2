package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.publish.Confinement.Fact;
import medspa.warehouse.publish.Confinement.Interval;
import medspa.warehouse.publish.Confinement.Mean;
import medspa.warehouse.publish.Confinement.Value;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Everything that is published to one audience, taken together, against each practice that it does
 * not know: no value of it may be confined to less than a fifth of itself, or, of a share, to less
 * than a fifth of the peers' middle half.
 */
class DisclosureTest {
  private static final LocalDate LAST = LocalDate.of(2026, 4, 27);
  private static final int WEEKS = 30;
  private static final List<String> KPIS = List.of("average_ticket", "no_show_rate", "net_revenue");
  private static final double FIFTH = 0.2;

  /**
   * A market of practices with one location each; one may be as large as four, and one is new in
   * March and so contributes from the second quarter on.
   *
   * @param order which practice has which numbers
   */
  private record Market(int practices, boolean hasGiant, boolean hasNew, List<Integer> order) {
    static Market of(int practices) {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < practices; i++) {
        order.add(i);
      }
      return new Market(practices, false, false, order);
    }

    static String practice(int i) {
      return String.format(Locale.ROOT, "p%02d", i);
    }

    String region(int i) {
      return i < (practices + 1) / 2 ? "NORTH" : "SOUTH";
    }

    void writeTo(LakeFixture lake) throws Exception {
      lake.reading("kpi_benchmark", "kpi_benchmark_consultant", "peer_statistics")
          .weeksComputed(WEEKS)
          .lastWeek(LAST);
      for (int i = 0; i < practices; i++) {
        String practice = practice(i);
        String location = practice + "-l";
        lake.location(practice, location, region(i))
            .has(practice, location, "appointments", "sale_lines");
        numbers(lake, practice, location, order.get(i));
      }
      lake.consultant("few", practice(0), practice(1));
      lake.consultant(
          "most",
          order.stream()
              .limit(practices - 1)
              .map(i -> practice(order.indexOf(i)))
              .toArray(String[]::new));
    }

    private void numbers(LakeFixture lake, String practice, String location, int number)
        throws Exception {
      Random random = new Random(number);
      double ticket = 150 + 300 * random.nextDouble();
      double missed = 0.02 + 0.12 * random.nextDouble();
      double size = hasGiant && number == practices - 1 ? 40 : 8 + 4 * random.nextDouble();
      List<String> rows = new ArrayList<>();
      for (int week = 0; week < WEEKS; week++) {
        if (hasNew && number == practices - 1 && week < WEEKS - 9) {
          continue;
        }
        long visits = Math.round(size * (10 + 2 * random.nextDouble()));
        long net = Math.round(visits * ticket * (0.9 + 0.2 * random.nextDouble()));
        long noShows = Math.round(visits * missed * (0.8 + 0.4 * random.nextDouble()));
        LocalDate day = LAST.minusWeeks(WEEKS - 1 - week);
        String key = "('" + practice + "', '" + location + "', ";
        rows.add(key + "'location', NULL, DATE '" + day + "', 'net_service', " + net + ")");
        rows.add(key + "'provider', 'ann', DATE '" + day + "', 'net_service', " + net + ")");
        rows.add(key + "'location', NULL, DATE '" + day + "', 'sales_visits', " + visits + ")");
        rows.add(key + "'location', NULL, DATE '" + day + "', 'visits_due', " + visits + ")");
        rows.add(key + "'location', NULL, DATE '" + day + "', 'visits_no_show', " + noShows + ")");
      }
      lake.execute(
          "INSERT INTO \"gold/measures_weekly\" (practice_id, location_id, grain, member_id,"
              + " week_start, measure, amount) VALUES "
              + String.join(", ", rows));
    }
  }

  /** A published statistic and who stands behind it. */
  private record Told(String period, String group, double p25, double p50, double p75) {}

  /** What is published of a market, and what is true. */
  private static final class Published implements AutoCloseable {
    private final Path directory;
    private final Market market;
    private final LakeFixture lake;
    private final Map<String, Map<Value, Double>> truth = new TreeMap<>();

    Published(Market market) throws Exception {
      this.market = market;
      directory = Files.createTempDirectory("medspa-disclosure");
      lake = new LakeFixture(directory);
      market.writeTo(lake);
      lake.write().publish();
      for (String row :
          lake.query(
              "SELECT DISTINCT kpi, practice_id, range_weeks || '/' || week_start, value FROM"
                  + " kpi_benchmark WHERE peer_group = 'all' AND value IS NOT NULL")) {
        List<String> cells = Arrays.asList(row.split("\\|"));
        truth
            .computeIfAbsent(cells.get(0), kpi -> new LinkedHashMap<>())
            .put(new Value(cells.get(1), cells.get(2)), Double.parseDouble(cells.get(3)));
      }
    }

    List<Told> told(String audience, String kpi) throws Exception {
      return lake
          .query(
              "SELECT range_weeks || '/' || week_start, peer_group, p25, p50, p75 FROM"
                  + " peer_statistics WHERE audience_id = '%s' AND kpi = '%s' AND p50 IS NOT NULL"
                      .formatted(audience, kpi)
                  + " ORDER BY ALL")
          .stream()
          .map(row -> Arrays.asList(row.split("\\|")))
          .map(
              c ->
                  new Told(
                      c.get(0),
                      c.get(1),
                      Double.parseDouble(c.get(2)),
                      Double.parseDouble(c.get(3)),
                      Double.parseDouble(c.get(4))))
          .toList();
    }

    /** Everything that is published to an audience, as text. */
    List<String> everything(String audience) throws Exception {
      List<String> rows =
          new ArrayList<>(
              lake.query(
                  "SELECT s::VARCHAR FROM peer_statistics s WHERE audience_id = '%s' ORDER BY 1"
                      .formatted(audience)));
      rows.addAll(
          lake.query(
              "SELECT b::VARCHAR FROM kpi_benchmark b WHERE practice_id = '%s' ORDER BY 1"
                  .formatted(audience)));
      rows.addAll(
          lake.query(
              "SELECT b::VARCHAR FROM kpi_benchmark_consultant b WHERE consultant_id = '%s'"
                      .formatted(audience)
                  + " ORDER BY 1"));
      return rows;
    }

    /** Who contributes in the quarter of a period; an attacker is taken to know. */
    Collection<String> contributors(Set<String> known, String group, String period) {
      boolean isBeforeNew = period.substring(period.indexOf('/') + 1).compareTo("2026-04") < 0;
      Set<String> practices = new LinkedHashSet<>();
      for (int i = 0; i < market.practices(); i++) {
        boolean isNew = market.hasNew() && market.order().get(i) == market.practices() - 1;
        if (!known.contains(Market.practice(i))
            && (group.equals("all") || group.equals("region:" + market.region(i)))
            && !(isNew && isBeforeNew)) {
          practices.add(Market.practice(i));
        }
      }
      return practices;
    }

    @Override
    public void close() throws SQLException, IOException {
      lake.close();
      DiskFiles.remove(directory);
    }
  }

  private static String week(int back) {
    return "1/" + LAST.minusWeeks(back);
  }

  /** Values of a market that one audience can confine too far, as text. */
  private static List<String> confined(Published published, String audience, Set<String> known)
      throws Exception {
    List<String> confined = new ArrayList<>();
    for (String kpi : KPIS) {
      boolean isShare = kpi.equals("no_show_rate");
      Set<String> periods = new TreeSet<>();
      for (int back = 0; back < 5; back++) {
        periods.add(week(back));
      }
      periods.add("4/" + LAST);
      periods.add("13/" + LAST);
      periods.add("13/" + LAST.minusWeeks(4));
      List<Fact> facts = new ArrayList<>();
      for (Told told : published.told(audience, kpi)) {
        Collection<String> of = published.contributors(known, told.group(), told.period());
        if (periods.contains(told.period())) {
          facts.addAll(PreferredNumbers.facts(of, told.period(), 0.25, told.p25(), isShare));
          facts.addAll(PreferredNumbers.facts(of, told.period(), 0.5, told.p50(), isShare));
          facts.addAll(PreferredNumbers.facts(of, told.period(), 0.75, told.p75(), isShare));
        }
      }
      if (facts.isEmpty()) {
        continue;
      }
      Collection<String> all = published.contributors(known, "all", week(0));
      List<Mean> means =
          kpi.equals("net_revenue")
              ? List.of()
              : List.of(new Mean(all, "4/" + LAST, List.of(week(0), week(1), week(2), week(3))));
      Confinement attack = new Confinement(facts, means);
      Map<Value, Double> truth = published.truth.get(kpi);
      // One practice of each region, and the new one: the others are told apart by nothing.
      Set<String> attacked = new LinkedHashSet<>();
      List<String> ordered = List.copyOf(all);
      attacked.add(ordered.get(0));
      attacked.add(ordered.get(ordered.size() - 1));
      for (String practice : attacked) {
        for (String period : List.of(week(0), week(4), "4/" + LAST, "13/" + LAST)) {
          Double value = truth.get(new Value(practice, period));
          double[] others =
              all.stream()
                  .map(p -> truth.get(new Value(p, period)))
                  .filter(v -> v != null)
                  .mapToDouble(v -> v)
                  .sorted()
                  .toArray();
          double least =
              isShare ? FIFTH * (quantile(others, 0.75) - quantile(others, 0.25)) : FIFTH * value;
          Interval interval = attack.of(new Value(practice, period));
          if (interval.width() < least) {
            confined.add(audience + " " + kpi + " " + practice + " " + period + " " + interval);
          }
        }
      }
    }
    return confined;
  }

  private static double quantile(double[] sorted, double share) {
    double place = (sorted.length - 1) * share;
    int below = (int) Math.floor(place);
    return below + 1 >= sorted.length
        ? sorted[below]
        : sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
  }

  private static void attack(Market market, boolean byAll) throws Exception {
    try (Published published = new Published(market)) {
      for (int i = 0; i < (byAll ? market.practices() : 1); i++) {
        String owner = Market.practice(i);
        assertThat(confined(published, owner, Set.of(owner))).isEmpty();
      }
      assertThat(confined(published, "few", Set.of(Market.practice(0), Market.practice(1))))
          .isEmpty();
      for (String kpi : KPIS) {
        assertThat(published.told("most", kpi)).as("of one practice nothing is told").isEmpty();
      }
      assertThat(published.told(Market.practice(0), "average_ticket").isEmpty())
          .as("of fewer than five others nothing is told, of more something")
          .isEqualTo(market.practices() < 6 || market.hasGiant());
    }
  }

  @Test
  void noPracticeOfElevenIsConfinedByAnyArithmeticNorTheOneThatIsNew() throws Exception {
    attack(new Market(11, false, true, Market.of(11).order()), false);
  }

  @Tag("full")
  @ParameterizedTest
  @CsvSource({"5,false", "6,false", "9,false", "10,false", "11,false", "20,false", "10,true"})
  void noPracticeIsConfined(int practices, boolean hasGiant) throws Exception {
    attack(new Market(practices, hasGiant, false, Market.of(practices).order()), practices <= 11);
  }

  @Test
  void twoPracticesOfARegionCanExchangeAllTheirNumbersAndNobodyElseSeesIt() throws Exception {
    List<Integer> order = new ArrayList<>(Market.of(11).order());
    order.set(7, 9);
    order.set(9, 7);
    try (Published one = new Published(Market.of(11));
        Published other = new Published(new Market(11, false, false, order))) {
      assertThat(one.truth).isNotEqualTo(other.truth);
      for (String audience : List.of("p00", "p10", "few")) {
        assertThat(one.told(audience, "average_ticket")).as(audience).isNotEmpty();
        assertThat(one.everything(audience)).as(audience).isEqualTo(other.everything(audience));
      }
      assertThat(one.everything("p07")).isNotEqualTo(other.everything("p07"));
    }
  }

  /**
   * A practice whose numbers are delivered late joins the others in statistics that were published
   * before.
   */
  @Test
  void whoJoinsByARestatementIsNotConfinedBecauseValuesAreRounded() {
    int confined = 0;
    for (int others : new int[] {5, 6, 9, 10, 19}) {
      for (int seed = 0; seed < 12; seed++) {
        Random random = new Random(seed);
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < others; i++) {
          values.put(Market.practice(i), 150 + 300 * random.nextDouble());
        }
        List<String> before = List.copyOf(values.keySet());
        double late = 200 + 200 * random.nextDouble();
        values.put("late", late);
        List<String> after = List.copyOf(values.keySet());
        List<Fact> exact = new ArrayList<>();
        List<Fact> rounded = new ArrayList<>();
        for (double share : new double[] {0.25, 0.5, 0.75}) {
          for (List<String> of : List.of(before, after)) {
            double[] sorted = of.stream().mapToDouble(values::get).sorted().toArray();
            exact.addAll(PreferredNumbers.exactFacts(of, "week", share, quantile(sorted, share)));
            double[] numbers =
                Arrays.stream(sorted).map(v -> PreferredNumbers.rounded(v, false)).toArray();
            rounded.addAll(
                PreferredNumbers.facts(of, "week", share, quantile(numbers, share), false));
          }
        }
        Value value = new Value("late", "week");
        if (new Confinement(exact, List.of()).of(value).width() < FIFTH * late) {
          confined++;
        }
        assertThat(new Confinement(rounded, List.of()).of(value).width())
            .isGreaterThanOrEqualTo(FIFTH * late);
      }
    }
    assertThat(confined).as("without rounding some are confined").isPositive();
  }

  /**
   * The rules before: quartiles over all contributors, five or more, the audience's own among them,
   * in two digits below ten.
   */
  @ParameterizedTest
  @CsvSource({"6,0,64", "9,0,35", "10,47,47", "11,44,53", "20,31,47"})
  void countsAloneLetAConsultantOfAllButOneSolveTheOther(
      int practices, int solvedOfHundred, int confinedOfHundred) {
    int solved = 0;
    int confined = 0;
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      double[] known = random.doubles(practices - 1, 150, 450).sorted().toArray();
      double hidden = 150 + 300 * random.nextDouble();
      Interval interval = oneUnknown(known, hidden, practices < 10);
      solved += interval.width() < 1e-6 * hidden ? 1 : 0;
      confined += interval.width() < FIFTH * hidden ? 1 : 0;
    }
    assertThat(List.of(solved, confined)).containsExactly(solvedOfHundred, confinedOfHundred);
  }

  /** What is certain of one value among known ones from the quartiles over all of them. */
  private static Interval oneUnknown(double[] known, double hidden, boolean isRounded) {
    double[] all = Arrays.copyOf(known, known.length + 1);
    all[known.length] = hidden;
    Arrays.sort(all);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int place = 0; place < all.length; place++) {
      double from = place == 0 ? 0 : known[place - 1];
      double to = place == known.length ? Double.POSITIVE_INFINITY : known[place];
      for (double share : new double[] {0.25, 0.5, 0.75}) {
        double published = quantile(all, share);
        double half = 1e-9;
        if (isRounded) {
          double unit = Math.pow(10, Math.floor(Math.log10(published)) - 1);
          published = Math.round(published / unit) * unit;
          half = unit / 2;
        }
        double at = (all.length - 1) * share;
        int below = (int) Math.floor(at);
        double part = at - below;
        // The statistic is fixed + weight · x while x is at that place.
        double weight = (below == place ? 1 - part : 0) + (below + 1 == place ? part : 0);
        double fixed = 0;
        if (below != place) {
          fixed += (1 - part) * known[below < place ? below : below - 1];
        }
        if (part > 0 && below + 1 != place) {
          fixed += part * known[below + 1 < place ? below + 1 : below];
        }
        if (weight == 0) {
          if (Math.abs(fixed - published) > half) {
            to = from - 1;
          }
        } else {
          from = Math.max(from, (published - half - fixed) / weight);
          to = Math.min(to, (published + half - fixed) / weight);
        }
      }
      if (from <= to) {
        low = Math.min(low, from);
        high = Math.max(high, to);
      }
    }
    return new Interval(low, high);
  }
}
