package medspa.pipelines.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.pipelines.cli.Medspa;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo as a new user runs it, once, and its numbers against the independent judge: every
 * numerator and denominator of every KPI, week, location and provider.
 */
class DemoMarketJudgedTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 11, 16);

  /** Six decimals is what the warehouse publishes; inventory is divided to ten on the way. */
  private static final BigDecimal INVENTORY_TOLERANCE = new BigDecimal("0.00001");

  @TempDir static Path directory;
  private static Path workspace;
  private static int exit;
  private static String told;

  @BeforeAll
  static void runTheDemo() {
    workspace = directory.resolve("demo");
    StringWriter err = new StringWriter();
    exit =
        Medspa.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            false,
            "demo",
            workspace.toString());
    told = err.toString();
  }

  private static String query(String sql) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Medspa.run(
            new PrintWriter(out),
            new PrintWriter(err),
            false,
            "query",
            "-w",
            workspace.toString(),
            "--format",
            "csv",
            sql);
    assertThat(code).as(err.toString()).isZero();
    return out.toString();
  }

  @Test
  void aLaterAsOfAloneChangesNoClosedWeekButWhatGrowsByDesign() {
    String before = query("SELECT * FROM kpi_weekly ORDER BY ALL");
    for (LocalDate asOf : List.of(AS_OF.minusDays(7), AS_OF)) {
      for (String step : List.of("compute", "publish")) {
        StringWriter err = new StringWriter();
        List<String> command = new ArrayList<>(List.of(step, "-w", workspace.toString()));
        if (step.equals("compute")) {
          command.addAll(List.of("--as-of", asOf.toString()));
        }
        assertThat(
                Medspa.run(
                    new PrintWriter(new StringWriter()),
                    new PrintWriter(err),
                    false,
                    command.toArray(String[]::new)))
            .as(err.toString())
            .isZero();
      }
    }

    assertThat(query("SELECT kpi, count(*) FROM restatements GROUP BY ALL"))
        .isEqualToIgnoringNewLines("kpi,count_star()");
    assertThat(
            query(
                "SELECT publication, as_of, numbers_changed > 0 AS changed, numbers_restated"
                    + " FROM publications ORDER BY 1"))
        .as("collection rates differ between the two, and nothing else")
        .isEqualToIgnoringNewLines(
            "publication,as_of,changed,numbers_restated"
                + "1,2026-11-16,true,02,2026-11-09,true,03,2026-11-16,true,0");
    assertThat(query("SELECT * FROM kpi_weekly ORDER BY ALL")).isEqualTo(before);
  }

  @Test
  void theDemoEndsWellAndEveryPracticeHasItsReport() throws IOException {
    assertThat(exit).as(told).isZero();
    try (Stream<Path> reports = Files.list(workspace.resolve("reports/2026-11-09"))) {
      assertThat(reports.map(path -> path.getFileName().toString()))
          .hasSize(11)
          .contains("benchmark-advisors.pdf", "glow-weekly.pdf", "magnolia-weekly.pdf");
    }
  }

  @Test
  void readIsAcceptedDuplicateSupersededAndRejectedForEveryFile() {
    assertThat(
            query(
                    "SELECT count(*) > 400, count(*) FILTER (rows_read <> rows_accepted + rows_duplicate"
                        + " + rows_superseded + rows_rejected), sum(rows_rejected) > 0,"
                        + " sum(rows_superseded) > 0, sum(rows_duplicate) > 0 FROM ingest_files")
                .lines()
                .skip(1))
        .containsExactly("true,0,true,true,true");
  }

  @Test
  void everyNumberEqualsTheJudges() {
    Map<String, BigDecimal> judged = new TreeMap<>();
    List<String> practices = new ArrayList<>();
    for (JudgedRow row : KpiJudge.judge(workspace, AS_OF)) {
      String key =
          String.join(
              " ",
              row.practice(),
              row.location(),
              row.provider().orElse("-"),
              row.weekStart().toString(),
              row.kpi());
      judged.put(key + " n", row.numerator());
      row.denominator().ifPresent(d -> judged.put(key + " d", d));
      if (!practices.contains(row.practice())) {
        practices.add(row.practice());
      }
    }
    Map<String, BigDecimal> published = published(practices);

    assertThat(practices).as("practices in the built-in format").hasSizeGreaterThanOrEqualTo(5);
    assertThat(judged).hasSizeGreaterThan(20_000);
    assertThat(published.keySet()).isEqualTo(judged.keySet());
    List<String> different =
        judged.entrySet().stream()
            .filter(e -> differs(e.getKey(), e.getValue(), published.get(e.getKey())))
            .map(
                e ->
                    e.getKey()
                        + ": judge "
                        + e.getValue()
                        + ", warehouse "
                        + published.get(e.getKey()))
            .collect(Collectors.toList());
    assertThat(different).isEmpty();
  }

  private static boolean differs(String key, BigDecimal judge, BigDecimal warehouse) {
    BigDecimal difference = judge.setScale(6, RoundingMode.HALF_EVEN).subtract(warehouse).abs();
    boolean inventory = key.contains("inventory_turn") || key.contains("days_on_hand");
    return inventory
        ? difference.compareTo(INVENTORY_TOLERANCE.max(judge.abs().movePointLeft(12))) > 0
        : difference.signum() != 0;
  }

  private static Map<String, BigDecimal> published(List<String> practices) {
    String among = practices.stream().map(p -> "'" + p + "'").collect(Collectors.joining(", "));
    String csv =
        query(
            "SELECT concat_ws(' ', practice_id, location_id, '-', week_start, kpi) AS k, numerator,"
                + " denominator FROM kpi_weekly WHERE practice_id IN ("
                + among
                + ") UNION ALL SELECT concat_ws(' ', practice_id, location_id, provider_id,"
                + " week_start, kpi), numerator, denominator FROM kpi_weekly_provider"
                + " WHERE practice_id IN ("
                + among
                + ")");
    Map<String, BigDecimal> published = new TreeMap<>();
    csv.lines()
        .skip(1)
        .forEach(
            line -> {
              String[] cells = line.replace("\"", "").split(",", -1);
              published.put(cells[0] + " n", new BigDecimal(cells[1]));
              if (!cells[2].isEmpty()) {
                published.put(cells[0] + " d", new BigDecimal(cells[2]));
              }
            });
    return published;
  }
}
