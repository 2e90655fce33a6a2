package medspa.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A benchmark over exports that are corrected and come late, from the command line: eight practices
 * of which a consultant knows two, with three locations; the others are peers.
 */
@Tag("full")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestatedBenchmarkTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 15);
  private static final LocalDate LAST = AS_OF.minusWeeks(1);
  private static final int WEEKS = 14;
  private static final int VISITS = 30;
  private static final String HEAD =
      "appointment_id,location_id,client_id,provider_id,start_at,end_at,status\n";

  /** No-shows of a week, of thirty visits; the first practice has the last location, too. */
  private static final int[] NO_SHOWS = {10, 3, 6, 10, 12, 15, 3, 6, 9};

  @TempDir static Path workspace;

  @BeforeAll
  static void publishOnce() throws IOException {
    StringBuilder yaml = new StringBuilder("currency: USD\npseudonym_key_file: key\npractices:\n");
    for (int i = 1; i <= 8; i++) {
      yaml.append("  - {id: p" + i + ", name: Practice " + i + ", locations: [" + location(i));
      yaml.append(i == 1 ? ", " + location(9) + "]}\n" : "]}\n");
    }
    yaml.append("sources:\n");
    for (int i = 1; i <= 8; i++) {
      yaml.append(
          "  - {name: calendar-p%1$d, format: medspa, table: appointments, practice: p%1$d, from: 'exports/p%1$d-*.csv'}\n"
              .formatted(i));
    }
    yaml.append("consultants:\n  - {id: adviser, name: Adviser, practices: [p1, p2]}\n");
    write("medspa.yaml", yaml.toString());
    write("key", "0123456789abcdef0123456789abcdef");
    for (int i = 1; i <= 8; i++) {
      StringBuilder rows = new StringBuilder(HEAD);
      for (int week = 0; week < WEEKS; week++) {
        rows.append(week(i, LAST.minusWeeks(week), NO_SHOWS[i - 1]));
        if (i == 1) {
          rows.append(week(9, LAST.minusWeeks(week), NO_SHOWS[8]));
        }
      }
      write("exports/p" + i + "-2026-06-15.csv", rows.toString());
    }
    run();
  }

  private static String location(int number) {
    return "{id: l" + number + ", name: Place " + number + ", time_zone: America/Chicago}";
  }

  /** Thirty visits of a week at a location, the first of them no-shows. */
  private static String week(int location, LocalDate monday, int noShows) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < VISITS; i++) {
      LocalDate day = monday.plusDays(i % 5);
      int hour = 9 + i / 5;
      rows.append(
          "A%1$d-%2$s-%3$d,l%1$d,C%1$d-%3$d,P%1$d,%4$sT%5$02d:00,%4$sT%5$02d:45,%6$s\n"
              .formatted(location, monday, i, day, hour, i < noShows ? "no_show" : "completed"));
    }
    return rows.toString();
  }

  private static void write(String name, String text) throws IOException {
    Path file = workspace.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void run() {
    CommandRun run = CommandRun.of("run", "-w", workspace.toString(), "--as-of", AS_OF.toString());
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private static List<String> query(String sql) {
    CommandRun run = CommandRun.of("query", "-w", workspace.toString(), "--format", "csv", sql);
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out().lines().skip(1).toList();
  }

  private static Path report(String ending) {
    return workspace.resolve("reports/" + LAST + "/benchmark-adviser." + ending);
  }

  private static String pdf() throws IOException {
    try (var pdf = Loader.loadPDF(report("pdf").toFile())) {
      return new PDFTextStripper().getText(pdf).replaceAll("\\s+", " ");
    }
  }

  /** What the newest publication restates of the consultant's positions in the last week. */
  private static List<String> told() {
    return query(
        "SELECT location_id, from_rank, to_rank, cause, coalesce(source, 'none') FROM"
            + " benchmark_restatements WHERE audience_id = 'adviser' AND peer_group = 'all' AND"
            + " kpi = 'no_show_rate' AND range_weeks = 1 AND publication = (SELECT"
            + " max(publication) FROM publications) ORDER BY ALL");
  }

  @Test
  @Order(1)
  void theFirstBenchmarkRestatesNothing() throws IOException {
    assertThat(query("SELECT count(*) FROM benchmark_restatements")).containsExactly("0");
    assertThat(
            query(
                "SELECT location_id, rank FROM kpi_benchmark_consultant WHERE kpi = 'no_show_rate'"
                    + " AND peer_group = 'all' AND range_weeks = 1 AND week_start = DATE '"
                    + LAST
                    + "' ORDER BY rank"))
        .containsExactly("l2,1", "l9,2", "l1,3");
    assertThat(pdf()).doesNotContain("told otherwise");
  }

  @Test
  @Order(2)
  void aCorrectedExportMovesItsLocationAndThoseThatItOvertakes() throws IOException {
    write("exports/p1-2026-06-16.csv", HEAD + week(1, LAST, 1));
    run();

    assertThat(told())
        .containsExactly(
            "l1,3,1,file,calendar-p1",
            "l2,1,2,other_locations,none",
            "l9,2,3,other_locations,none");
    assertThat(
            query(
                "SELECT DISTINCT file_name FROM restatements WHERE location_id = 'l1' AND kpi ="
                    + " 'no_show_rate' AND cause = 'file'"))
        .containsExactly("exports/p1-2026-06-16.csv");
    assertThat(pdf())
        .contains("What an earlier benchmark told otherwise")
        .containsPattern(
            "Place 1 Practice 1 No-show rate .{1,30} to Jun 14 3 → [123] A file with other rows");
  }

  @Test
  @Order(3)
  void aLateExportOfAPeerIsTheirStatisticsAndNobodysName() throws IOException {
    write("exports/p8-2026-06-17.csv", HEAD + week(8, LAST, 25));
    write("exports/p3-2026-06-17.csv", HEAD + week(3, LAST, 25));
    run();

    assertThat(told()).isNotEmpty().allMatch(row -> row.endsWith(",peers,none"));
    assertThat(
            query(
                "SELECT count(*) FROM benchmark_restatements WHERE audience_id = 'adviser' AND"
                    + " publication = 3 AND (practice_id NOT IN ('p1', 'p2') OR source IS NOT"
                    + " NULL)"))
        .containsExactly("0");
    assertThat(pdf())
        .contains("What an earlier benchmark told otherwise", "The peers changed")
        .doesNotContain("Practice 8", "Place 8", "Practice 3", "Place 3");
  }

  @Test
  @Order(4)
  void aCorrectionThatChangesNoPositionRestatesNone() throws IOException {
    String before = query("SELECT count(*) FROM benchmark_restatements").get(0);
    // The same rows under another name.
    write("exports/p2-2026-06-18.csv", HEAD + week(2, LAST, NO_SHOWS[1]));
    run();

    assertThat(query("SELECT count(*) FROM benchmark_restatements")).containsExactly(before);
  }
}
