package medspa.pipelines.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import medspa.examples.market.MadeUpMarket;
import medspa.examples.market.Scenario;
import medspa.examples.market.Scenario.Cause;
import medspa.examples.market.Scenario.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A market in which it is known what goes wrong, where and since when, published as it would have
 * been two weeks and seven weeks after it began, each time from no more than what had been exported
 * by then. A signal of the first of these weeks is read from the publication of the second: no move
 * is told, and so no limit replaced, before the third.
 *
 * <p>{@code docs/judging-change.md} holds what came out; {@code -Dmedspa.planted.write=true} writes
 * it there.
 */
@Tag("full")
class PlantedCausesTest {
  private static final LocalDate FROM = LocalDate.of(2026, 1, 5);
  private static final LocalDate BEGINS = FROM.plusWeeks(20);

  /** Weeks within which a cause must be named, and those within which it must be a story. */
  private static final int NAMED_WITHIN = 2;

  private static final int TOLD_WITHIN = 7;

  private static final Path DOCS = Path.of("../docs/judging-change.md");

  /**
   * A cause and what must tell it.
   *
   * @param signals KPIs of which one must signal
   * @param action a condition on the action that must be there, empty where a signal tells it
   * @param stories KPIs of which one must be a story; empty for what can be none
   */
  private record Planted(
      String words, Kind kind, String location, String signals, String action, String stories) {}

  private static final List<Planted> PLANTED =
      List.of(
          new Planted(
              "half of the bookings stay out, three times as many are missed",
              Kind.TURNS_BAD,
              "cedar-dallas",
              "fill_rate, no_show_rate, net_revenue",
              "",
              "fill_rate, no_show_rate, net_revenue"),
          new Planted(
              "the toxin runs out, its bookings are called off",
              Kind.RUNS_OUT,
              "cedar-plano",
              "stockout_days, cancel_rate",
              "action = 'secure_stock' AND subject = 'BTX'",
              "net_revenue, fill_rate"),
          new Planted(
              "bookings are given half as much time again as they take",
              Kind.LONG_TEMPLATES,
              "cedar-waco",
              "duration_ratio",
              "action = 'correct_template' AND subject = 'HYDRA'",
              "duration_ratio"),
          new Planted(
              "no reminders go out",
              Kind.FORGETS_REMINDERS,
              "willow-tampa",
              "",
              // Before, a quarter of the bookings got none, as everywhere else.
              "action = 'remind_bookings'"
                  + " AND CAST(regexp_extract(evidence, '^[0-9]+') AS INTEGER) >= 50",
              "no_show_rate"),
          new Planted("a location opens", Kind.OPENS, "willow-naples", "", "", ""));

  private static final List<String> QUIET =
      Scenario.LOCATIONS.stream()
          .filter(location -> PLANTED.stream().noneMatch(p -> p.location().equals(location)))
          .toList();

  @TempDir static Path directory;

  /** Rows of the letter two weeks after the beginning, before anything else is published. */
  private static final Map<String, Integer> NAMED = new TreeMap<>();

  private static final List<String> LINES = new ArrayList<>();
  private static String falseActions;
  private static String favourableOpening;

  @BeforeAll
  static void publishTwoAndSevenWeeksAfterTheBeginning() throws IOException {
    MadeUpMarket.write(
        directory,
        new Scenario(
            FROM,
            BEGINS.plusWeeks(TOLD_WITHIN),
            PLANTED.stream().map(p -> new Cause(p.kind(), p.location(), BEGINS)).toList()),
        1,
        line -> {});
    Path later = directory.resolve("later");
    Files.move(directory.resolve("exports"), later);
    publish(later, BEGINS.plusWeeks(NAMED_WITHIN));
    PLANTED.forEach(planted -> NAMED.put(planted.location(), named(planted)));
    falseActions =
        query(
            "SELECT location_id, action, subject FROM actions WHERE action = 'correct_template'"
                + " AND location_id <> 'cedar-waco' OR action = 'secure_stock' AND subject = 'BTX'"
                + " AND location_id <> 'cedar-plano' OR action = 'remind_bookings' AND"
                + " CAST(regexp_extract(evidence, '^[0-9]+') AS INTEGER) >= 50 AND location_id <>"
                + " 'willow-tampa'");
    favourableOpening =
        query(
            "SELECT kpi, rule FROM kpi_signals WHERE practice_id = 'willow' AND location_id IS NULL"
                + " AND kpi = 'net_revenue' AND is_favourable AND week_start >= DATE '"
                + BEGINS
                + "'");
    publish(later, BEGINS.plusWeeks(TOLD_WITHIN));
  }

  /** Brings what had been exported by that morning, and publishes. */
  private static void publish(Path later, LocalDate asOf) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(later)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      String exportedOn = name.substring(name.length() - 14, name.length() - 4);
      if (!LocalDate.parse(exportedOn).isAfter(asOf)) {
        Path there = directory.resolve("exports").resolve(later.relativize(file));
        Files.createDirectories(there.getParent());
        Files.move(file, there);
      }
    }
    TinyMarketsJudgedTest.run("ingest", "-w", directory.toString());
    TinyMarketsJudgedTest.run("compute", "-w", directory.toString(), "--as-of", asOf.toString());
    TinyMarketsJudgedTest.run("publish", "-w", directory.toString());
  }

  private static String query(String sql) {
    return Verdict.query(directory, sql).lines().skip(1).reduce((a, b) -> a + "\n" + b).orElse("");
  }

  private static String any(String kpis) {
    return "kpi IN ('" + kpis.replace(", ", "', '") + "')";
  }

  /** Weeks until something names the cause; what does is noted for the docs. */
  private static int named(Planted planted) {
    List<String> by = new ArrayList<>();
    int weeks = Integer.MAX_VALUE;
    if (planted.kind() == Kind.OPENS) {
      weeks =
          weeks(
              "SELECT min(week_start) FROM practice_change_others WHERE location_id = '%s' AND"
                  + " reason = 'opened' AND opened_on = DATE '%s'",
              planted.location(), BEGINS);
      by.add("named beside the change of the practice");
    }
    if (!planted.signals().isEmpty()) {
      weeks =
          weeks(
              "SELECT min(week_start) FROM kpi_signals WHERE location_id = '%s' AND category IS NULL"
                  + " AND rule <> 'target_missed' AND week_start >= DATE '%s' AND "
                  + any(planted.signals()),
              planted.location(),
              BEGINS);
      by.add("signal");
    }
    if (!planted.action().isEmpty()) {
      String action =
          query(
              "SELECT action FROM actions WHERE location_id = '"
                  + planted.location()
                  + "' AND "
                  + planted.action());
      assertThat(action).as(planted.words()).isNotEmpty();
      weeks = Math.min(weeks, NAMED_WITHIN);
      by.add("action `" + action + "`");
    }
    LINES.add("| " + planted.words() + " | " + String.join(", ", by) + " | " + weeks + " |");
    return weeks;
  }

  private static int weeks(String sql, Object... of) {
    String day = query(String.format(Locale.ROOT, sql, of));
    return day.isEmpty() ? Integer.MAX_VALUE : weeks(LocalDate.parse(day));
  }

  /** Weeks from the beginning to the end of that week. */
  private static int weeks(LocalDate week) {
    return Math.toIntExact(ChronoUnit.WEEKS.between(BEGINS, week)) + 1;
  }

  @Test
  void everyCauseIsNamedWithinTwoWeeks() {
    assertThat(NAMED).hasSize(PLANTED.size());
    assertThat(NAMED.values()).allSatisfy(weeks -> assertThat(weeks).isBetween(1, NAMED_WITHIN));
  }

  @Test
  void everyCauseThatMovesAKpiIsAStoryWithinSevenWeeks() {
    for (Planted planted : PLANTED) {
      if (!planted.stories().isEmpty()) {
        assertThat(story(planted)).as(planted.words()).matches("[a-z_]+,[3-7]");
      }
    }
  }

  /** The KPI that is told first, since no more than a week off, and after how many weeks. */
  private static String story(Planted planted) {
    String first =
        query(
            "SELECT kpi, told_week_start FROM kpi_stories WHERE location_id = '%s' AND %s AND abs(since_week_start - DATE '%s') <= 7 ORDER BY 2, 1 LIMIT 1"
                .formatted(planted.location(), any(planted.stories()), BEGINS));
    if (first.isEmpty()) {
      return "";
    }
    String[] cells = first.split(",", -1);
    return cells[0] + "," + weeks(LocalDate.parse(cells[1]));
  }

  @Test
  void noActionOfAPlantedKindIsProposedWhereNothingIsPlanted() {
    assertThat(falseActions).isEmpty();
  }

  @Test
  void anOpeningIsNoBetterWeekOfThePractice() {
    assertThat(favourableOpening).isEmpty();
  }

  @Test
  void quietLocationsTellNoMoreThanIsPromised() {
    // One false story a year for 20 series; a story needs 12 weeks before it.
    assertThat((double) falseStories()).isLessThanOrEqualTo(judgedWeeks() / (20.0 * 52));
  }

  private static String quiet() {
    return "location_id IN ('" + String.join("', '", QUIET) + "')";
  }

  private static long falseStories() {
    return Long.parseLong(query("SELECT count(*) FROM kpi_stories WHERE " + quiet()));
  }

  /** Weeks of series of quiet locations in which a story could have been told. */
  private static long judgedWeeks() {
    return Long.parseLong(
        query(
            "SELECT sum(greatest(0, weeks - 12)) FROM (SELECT count(*) AS weeks FROM kpi_series"
                + " JOIN kpi_definitions USING (kpi) WHERE sample IS NOT NULL AND"
                + " category IS NULL AND "
                + quiet()
                + " GROUP BY location_id, kpi)"));
  }

  @Test
  void theDocsSayWhatCameOut() throws IOException {
    List<String> table = new ArrayList<>();
    table.add("| planted | named by | within weeks | story | after weeks |");
    table.add("|---|---|---|---|---|");
    for (int i = 0; i < PLANTED.size(); i++) {
      String[] story = (story(PLANTED.get(i)) + ",").split(",", -1);
      boolean isStory = !PLANTED.get(i).stories().isEmpty();
      table.add(
          LINES.get(i)
              + (isStory
                  ? " `" + story[0] + "` | " + story[1] + " |"
                  : " none: it has no weeks before | |"));
    }
    table.add("");
    long weeks =
        Long.parseLong(
            query(
                "SELECT count(*) FROM kpi_series CROSS JOIN runs WHERE week_start > last_week_start"
                    + " - 26 * 7 AND category IS NULL AND "
                    + quiet()));
    long signals =
        Long.parseLong(
            query(
                "SELECT count(DISTINCT (location_id, kpi, week_start)) FROM kpi_signals WHERE rule"
                    + " <> 'target_missed' AND category IS NULL AND "
                    + quiet()));
    table.add(
        String.format(
            Locale.ROOT,
            "In the %d quiet locations: %d false stories in %,d weeks of series (the bound allows"
                + " %.1f); signals in %.0f %% of the weeks of series.",
            QUIET.size(),
            falseStories(),
            judgedWeeks(),
            judgedWeeks() / (20.0 * 52),
            100.0 * signals / weeks));
    String figures = String.join("\n", table);
    String docs = Files.readString(DOCS);
    if (Boolean.getBoolean("medspa.planted.write")) {
      docs =
          docs.replaceFirst(
              "(?s)<!-- planted -->.*<!-- planted end -->",
              Matcher.quoteReplacement("<!-- planted -->\n" + figures + "\n<!-- planted end -->"));
      Files.writeString(DOCS, docs);
    }
    assertThat(docs).contains(figures);
  }
}
