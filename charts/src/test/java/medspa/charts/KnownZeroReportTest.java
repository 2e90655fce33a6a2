package medspa.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sum that is known to be 0 has no row among the numbers, and is shown as one. */
class KnownZeroReportTest {
  @TempDir Path folder;

  @Test
  void aSumThatIsKnownToBeZeroIsShownAsZeroWithItsHistory() {
    Path warehouse =
        MarketFixture.write(
            folder.resolve("medspa.duckdb"),
            List.of(
                "DELETE FROM kpi_pinned",
                "INSERT INTO kpi_pinned VALUES ('harbour', 1, 'stockout_days'),"
                    + " ('harbour', 2, 'overtime_hours')",
                "INSERT INTO kpi_weekly SELECT practice_id, location_id, week_start,"
                    + " 'stockout_days', 2, 2, NULL, NULL, true, 1 FROM kpi_weekly"
                    + " WHERE location_id = 'pier' AND kpi = 'fill_rate'"
                    + " AND week_start < DATE '2026-11-16'",
                "INSERT INTO kpi_weekly_zeros BY NAME SELECT 'location' AS grain, practice_id,"
                    + " location_id, week_start, 'stockout_days' AS kpi, 0 AS value,"
                    + " 0 AS numerator, true AS is_stable, 1 AS definition_version FROM kpi_weekly"
                    + " WHERE location_id = 'pier' AND kpi = 'fill_rate'"
                    + " AND week_start = DATE '2026-11-16'",
                "INSERT INTO kpi_unavailable VALUES ('harbour', 'pier', DATE '2026-11-16',"
                    + " 'overtime_hours', 'no time-card export')"));
    Reports.write(
        new ReportRequest(
            warehouse,
            folder.resolve("out"),
            Optional.of("harbour"),
            Optional.empty(),
            PageSize.LETTER),
        line -> {});

    String text =
        PdfText.of(folder.resolve("out").resolve(MarketFixture.WEEK).resolve("harbour-weekly.pdf"));
    assertThat(text).contains("Stockout days 0 ").contains("Overtime (no time-card export)");
    assertThat(
            PdfText.<List<String>>ask(
                folder.resolve("out").resolve(MarketFixture.WEEK).resolve("harbour-weekly.pdf"),
                document ->
                    PdfText.structure(document).stream()
                        .map(element -> String.valueOf(element.getAlternateDescription()))
                        .toList()))
        .as("the weeks of the line")
        .anySatisfy(
            words -> assertThat(words).startsWith("Stockout days by week").contains(" 2, 0."));
  }
}
