package medspa.warehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import medspa.warehouse.change.LevelPeriods.Period;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often a story is false, and how soon a step is told: letters of 20 series whose weeks are
 * rates and sums as the KPIs have them, independent or correlated by 0.3. A story needs 12 weeks
 * before it, as in {@code kpi_stories}.
 *
 * <p>The large run prints the figures of {@code docs/judging-change.md}; {@code
 * -Dmedspa.simulation.write=true} writes them there.
 */
class LevelSimulationTest {
  private static final int SERIES = 20;
  private static final int YEAR = 52;

  /** Weeks of history before the year, and before a step. */
  private static final int HISTORY = 26;

  /** Weeks within which a step should be told. */
  private static final int SOON = 7;

  private static final Path DOCS = Path.of("../docs/judging-change.md");
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
  private static final List<LocalDate> WEEKS =
      IntStream.range(0, 200).mapToObj(FIRST::plusWeeks).toList();

  /** What the weeks of a series are. */
  private enum Kind {
    NORMAL("normal values"),
    /** No-show rates of visits, fill rates of hours, and as many sums of revenue. */
    KPIS("a quarter no-show rates, a quarter fill rates, half revenue");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** What came out. */
  private record Figures(double falseStories, double soon, double later, double firstWeek) {}

  @Test
  void aYearOfTwentySeriesTellsAboutOneFalseStoryAtMostAndMostStepsSoon() {
    for (double correlation : new double[] {0, 0.3}) {
      Figures figures = figures(Kind.NORMAL, correlation, 60);
      assertThat(figures.falseStories()).isLessThan(1.6);
      assertThat(figures.soon()).isGreaterThan(correlation == 0 ? 0.72 : 0.35);
    }
  }

  @Test
  @Tag("full")
  void theFiguresOfTheDocumentationAreThoseOfTheSimulation() throws Exception {
    List<String> table = new ArrayList<>();
    table.add(
        "| weeks | correlation | false stories a year | told within 7 weeks | within 12 weeks |"
            + " first week right within one |");
    table.add("|---|---|---|---|---|---|");
    for (Kind kind : Kind.values()) {
      for (double correlation : new double[] {0, 0.3}) {
        Figures figures = figures(kind, correlation, 1500);
        table.add(
            String.format(
                Locale.ROOT,
                "| %s | %.1f | %.2f | %.0f %% | %.0f %% | %.0f %% |",
                kind.words,
                correlation,
                figures.falseStories(),
                100 * figures.soon(),
                100 * figures.later(),
                100 * figures.firstWeek()));
        assertThat(figures.falseStories()).as(table.toString()).isLessThanOrEqualTo(1);
        if (correlation == 0) {
          assertThat(figures.soon()).as(table.toString()).isGreaterThanOrEqualTo(0.8);
        }
      }
    }
    table.add("");
    table.add(
        "| weeks before the step | independent, within 7 weeks | correlated, within 7 weeks |");
    table.add("|---|---|---|");
    for (int history : new int[] {12, 17, 26, 52}) {
      table.add(
          String.format(
              Locale.ROOT,
              "| %d | %.0f %% | %.0f %% |",
              history,
              100 * steps(Kind.NORMAL, 0, 1000, history).soon(),
              100 * steps(Kind.NORMAL, 0.3, 1000, history).soon()));
    }
    String figures = String.join("\n", table);
    String docs = Files.readString(DOCS);
    if (Boolean.getBoolean("medspa.simulation.write")) {
      docs =
          docs.replaceFirst(
              "(?s)<!-- simulation -->.*<!-- end -->",
              "<!-- simulation -->\n" + figures + "\n<!-- end -->");
      Files.writeString(DOCS, docs);
    }
    assertThat(docs).contains(figures);
  }

  private static Figures figures(Kind kind, double correlation, int letters) {
    Random random = new Random(2026);
    int stories = 0;
    for (int letter = 0; letter < letters; letter++) {
      List<WeeklySeries> series = new ArrayList<>();
      for (int i = 0; i < SERIES; i++) {
        series.add(series(noise(kind, i, correlation, HISTORY + YEAR, random)));
      }
      for (List<Period> periods : periods(series)) {
        for (int i = 1; i < periods.size(); i++) {
          boolean isStory = periods.get(i - 1).end() - periods.get(i - 1).first() >= 12;
          stories += isStory && periods.get(i).told().getAsInt() >= HISTORY ? 1 : 0;
        }
      }
    }
    Figures steps = steps(kind, correlation, letters, HISTORY);
    return new Figures((double) stories / letters, steps.soon(), steps.later(), steps.firstWeek());
  }

  /** Four of the series take a step of two standard deviations, up or down. */
  private static Figures steps(Kind kind, double correlation, int letters, int history) {
    Random random = new Random(1924);
    int steps = 0;
    int soon = 0;
    int later = 0;
    int right = 0;
    for (int letter = 0; letter < letters; letter++) {
      List<WeeklySeries> series = new ArrayList<>();
      for (int i = 0; i < SERIES; i++) {
        double[] values = noise(kind, i, correlation, history + 12, random);
        double step = (i < 2 ? 2 : -2) * deviation(kind, i);
        for (int week = history; i < 4 && week < values.length; week++) {
          values[week] += step;
        }
        series.add(series(values));
      }
      for (List<Period> periods : periods(series).subList(0, 4)) {
        Period told = periods.get(Math.min(1, periods.size() - 1));
        if (told.told().isPresent() && told.told().getAsInt() < history) {
          // A false one before the step; it is counted above.
          continue;
        }
        steps++;
        if (told.told().isPresent()) {
          later++;
          soon += told.told().getAsInt() < history + SOON ? 1 : 0;
          right += Math.abs(told.first() - history) <= 1 ? 1 : 0;
        }
      }
    }
    return new Figures(0, (double) soon / steps, (double) later / steps, (double) right / later);
  }

  private static List<List<Period>> periods(List<WeeklySeries> series) {
    WeekCorrelation correlation = WeekCorrelation.of(series);
    return series.stream().map(some -> LevelPeriods.of(some, correlation)).toList();
  }

  private static WeeklySeries series(double[] values) {
    List<Double> told = new ArrayList<>();
    for (double value : values) {
      told.add(value);
    }
    return new WeeklySeries(WEEKS.subList(0, values.length), told);
  }

  private static double deviation(Kind kind, int place) {
    if (kind == Kind.NORMAL) {
      return 1;
    }
    if (isSum(place)) {
      return 36_000 * Math.exp(0.0072) * Math.sqrt(Math.exp(0.0144) - 1);
    }
    double share = share(place);
    int least = least(place);
    double inverse = IntStream.rangeClosed(least, least + 60).mapToDouble(n -> 1.0 / n).sum() / 61;
    return Math.sqrt(share * (1 - share) * inverse);
  }

  private static boolean isSum(int place) {
    return place % 2 == 1;
  }

  /** The fewest visits or hours of a week; there are up to 60 more. */
  private static int least(int place) {
    return place % 4 == 0 ? 80 : 100;
  }

  private static double share(int place) {
    return place % 4 == 0 ? 0.06 : 0.55;
  }

  /** Weeks at one level, each correlated with the one before. */
  private static double[] noise(
      Kind kind, int place, double correlation, int weeks, Random random) {
    double[] values = new double[weeks];
    double z = random.nextGaussian();
    for (int i = 0; i < weeks; i++) {
      if (kind == Kind.NORMAL) {
        values[i] = z;
      } else if (isSum(place)) {
        values[i] = 36_000 * Math.exp(0.12 * z);
      } else {
        values[i] = binomial(z, least(place) + random.nextInt(61), share(place));
      }
      z = correlation * z + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
    }
    return values;
  }

  /** The share of n whose place among all binomial ones is that of a standard normal number. */
  private static double binomial(double z, int n, double share) {
    double rest = normal(z);
    double probability = Math.pow(1 - share, n);
    int count = 0;
    while (rest > probability && count < n) {
      rest -= probability;
      count++;
      probability *= (n - count + 1.0) / count * share / (1 - share);
    }
    return (double) count / n;
  }

  /** The share of standard normal numbers below z (Zelen and Severo, 1964, 26.2.17). */
  private static double normal(double z) {
    double t = 1 / (1 + 0.2316419 * Math.abs(z));
    double tail =
        Math.exp(-z * z / 2)
            / Math.sqrt(2 * Math.PI)
            * t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return z > 0 ? 1 - tail : tail;
  }
}
