package medspa.pipelines.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import medspa.charts.BenchmarkNumbers;
import medspa.charts.PdfNumbers;
import medspa.charts.page.PageNumbers;
import medspa.pipelines.cli.Medspa;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo as a new user runs it, once, and its numbers against the independent judge: every
 * numerator, denominator and sample of every KPI at every grain.
 */
@Tag("full")
class DemoMarketJudgedTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 11, 16);

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
    return Verdict.query(workspace, sql);
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
          .hasSize(16)
          .contains(
              "benchmark-advisors.html",
              "benchmark-advisors.pdf",
              "benchmark-advisors.xlsx",
              "benchmark-second-look.html",
              "benchmark-second-look.pdf",
              "benchmark-second-look.xlsx",
              "glow-weekly.pdf",
              "magnolia-weekly.pdf");
    }
  }

  @Test
  void everyNumberOfAConsultantsPageIsThatOfTheWarehouse() {
    for (String consultant : List.of("advisors", "second-look")) {
      assertThat(
              PageNumbers.compare(
                  workspace.resolve("reports/2026-11-09/benchmark-" + consultant + ".html"),
                  workspace.resolve("warehouse/medspa.duckdb"),
                  consultant))
          .isGreaterThan(5_000);
    }
  }

  @Test
  void everyNumberOfAConsultantsPdfIsThatOfTheWarehouse() {
    for (String consultant : List.of("advisors", "second-look")) {
      Map<String, Long> compared =
          PdfNumbers.compare(
              workspace.resolve("reports/2026-11-09/benchmark-" + consultant + ".pdf"),
              workspace.resolve("warehouse/medspa.duckdb"),
              consultant);
      assertThat(compared.keySet())
          .as(consultant)
          .contains(
              "all KPIs",
              "groups",
              "headline",
              "intervals and places of charts",
              "levels",
              "movers",
              "opportunities",
              "rows of charts");
      assertThat(compared.values().stream().mapToLong(Long::longValue).sum())
          .as(consultant)
          .isGreaterThan(1_500);
    }
  }

  @Test
  void everyNumberOfAConsultantsWorkbookIsThatOfTheWarehouse() {
    for (String consultant : List.of("advisors", "second-look")) {
      assertThat(
              BenchmarkNumbers.compare(
                  workspace.resolve("reports/2026-11-09/benchmark-" + consultant + ".xlsx"),
                  workspace.resolve("warehouse/medspa.duckdb"),
                  consultant))
          .hasSize(10)
          .allSatisfy(
              (sheet, compared) -> {
                assertThat(compared.differing()).as(consultant + ": " + sheet).isEmpty();
                // A first benchmark restates nothing, and figures of the trade are not shown.
                if (!sheet.endsWith("FROM Restated") && !sheet.endsWith("FROM Published")) {
                  assertThat(compared.rows()).as(consultant + ": " + sheet).isPositive();
                }
              });
    }
  }

  @Test
  void aConsultantsQuestionsAreAnsweredAsTheRowsSay() {
    assertThat(ConsultantQuestions.statements()).containsOnlyKeys(1, 2, 3, 4, 5);
    assertThat(ConsultantQuestions.checked(workspace))
        .hasSize(7)
        .allSatisfy(
            (question, checked) -> {
              assertThat(checked.rows()).as(question).isGreaterThanOrEqualTo(2);
              assertThat(checked.wrong()).as(question).isZero();
            });
  }

  @Test
  void everyLetterIsReadInTenSeconds() {
    assertThat(LetterLimits.of(workspace))
        .hasSize(10)
        .allSatisfy(
            (practice, effort) ->
                assertThat(effort.isTooMuch()).as(practice + ": " + effort).isFalse());
  }

  @Test
  void readIsAcceptedDuplicateSupersededAndRejectedForEveryFile() {
    assertThat(
            query(
                    "SELECT count(*) > 400, count(*) FILTER (rows_read <> rows_accepted +"
                        + " rows_duplicate + rows_superseded + rows_rejected), sum(rows_rejected) >"
                        + " 0, sum(rows_superseded) > 0, sum(rows_duplicate) > 0 FROM ingest_files")
                .lines()
                .skip(1))
        .containsExactly("true,0,true,true,true");
  }

  @Test
  void everyNumberEqualsTheJudges() {
    Verdict verdict = Verdict.on(workspace, AS_OF, Set.of());
    assertThat(verdict.practices()).as("practices in the built-in format").hasSize(7);
    assertThat(verdict.rows()).isGreaterThan(40_000);
    assertThat(verdict.told()).isEmpty();
  }
}
