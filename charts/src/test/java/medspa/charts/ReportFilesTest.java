package medspa.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Stream;
import medspa.warehouse.query.QueryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
  @TempDir Path folder;

  private List<Path> write(
      Path warehouse, String out, Optional<String> practice, Optional<String> location) {
    return Reports.write(
        new ReportRequest(warehouse, folder.resolve(out), practice, location, PageSize.LETTER),
        line -> {});
  }

  private Path market(String... changes) {
    return MarketFixture.write(folder.resolve("medspa.duckdb"), List.of(changes));
  }

  @Test
  void everyPracticeAndConsultantGetsAFileInTheFolderOfTheWeekWithTheSameBytesInAnyLocaleAndZone()
      throws IOException {
    List<String> lines = new ArrayList<>();
    Path warehouse = market();
    Path out = folder.resolve("reports");
    List<Path> written =
        Reports.write(
            new ReportRequest(warehouse, out, Optional.empty(), Optional.empty(), PageSize.LETTER),
            lines::add);
    assertThat(written)
        .extracting(path -> out.relativize(path).toString())
        .containsExactly(
            "2026-11-16/harbour-weekly.pdf",
            "2026-11-16/lumiere-weekly.pdf",
            "2026-11-16/northern-weekly.pdf",
            "2026-11-16/silent-weekly.pdf",
            "2026-11-16/young-weekly.pdf",
            "2026-11-16/zurich-weekly.pdf",
            "2026-11-16/benchmark-kim.pdf",
            "2026-11-16/benchmark-kim.html",
            "2026-11-16/benchmark-kim.xlsx");
    assertThat(lines).hasSize(9).first().asString().startsWith("report 1 of 9: ");
    try (Stream<Path> files = Files.list(out.resolve("2026-11-16"))) {
      assertThat(files).hasSize(9);
    }
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
      List<Path> again = write(warehouse, "again", Optional.empty(), Optional.empty());
      for (int i = 0; i < written.size(); i++) {
        assertThat(again.get(i)).hasSameBinaryContentAs(written.get(i));
      }
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void oneLocationGetsAReportOfItsOwnAndNoBenchmark() {
    List<Path> written = write(market(), "out", Optional.empty(), Optional.of("houston"));
    assertThat(written)
        .singleElement()
        .satisfies(
            path -> {
              assertThat(path).hasFileName("lumiere-houston-weekly.pdf");
              assertThat(PdfText.of(path)).contains("Houston Heights").doesNotContain("Austin");
            });
  }

  @Test
  void aReportThatCannotBeMadeIsNamedAndStopsNoOther() {
    Path warehouse =
        market("UPDATE revenue_steps SET comparison = 'nonsense' WHERE practice_id = 'northern'");
    Path out = folder.resolve("one-fails");

    assertThatThrownBy(
            () ->
                Reports.write(
                    new ReportRequest(
                        warehouse, out, Optional.empty(), Optional.empty(), PageSize.A4),
                    line -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 of ")
        .hasMessageContaining("could not be made: the letter of northern. The others are written");
    Path week = out.resolve(MarketFixture.WEEK);
    assertThat(week.resolve("northern-weekly.pdf")).doesNotExist();
    assertThat(week.resolve("lumiere-weekly.pdf")).exists();
    assertThat(week.resolve("zurich-weekly.pdf")).exists();
  }

  @Test
  void aPracticeThatIsNotThereIsRefused() {
    Path warehouse = market();
    assertThatThrownBy(() -> write(warehouse, "out", Optional.of("nobody"), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("There is no practice nobody in the warehouse; there are ")
        .hasMessageContaining("after the next `medspa run`");
  }

  @Test
  void aLocationOfAnotherPracticeIsRefused() {
    Path warehouse = market();
    assertThatThrownBy(() -> write(warehouse, "out", Optional.of("young"), Optional.of("austin")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "There is no location austin of practice young in the warehouse; there are ");
  }

  @Test
  void anIdCannotLeaveTheFolder() {
    Path warehouse =
        market(
            "UPDATE practices SET practice_id = '../../escaped' WHERE practice_id = 'young'",
            "DELETE FROM consultants");
    assertThatThrownBy(() -> write(warehouse, "out", Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be part of a file name");
    assertThat(folder.resolve("escaped-weekly.pdf")).doesNotExist();
  }

  @Test
  void aMissingWarehouseSaysWhatToDo() {
    assertThatThrownBy(
            () -> write(folder.resolve("gone.duckdb"), "out", Optional.empty(), Optional.empty()))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("run medspa run first");
  }

  @Test
  void aWeekThatOnlyOtherKpisTellOfIsNotTheLastOneThatIsNamed() throws IOException {
    Path warehouse =
        market(
            "DELETE FROM kpi_weekly WHERE practice_id = 'harbour'"
                + " AND week_start = DATE '2026-11-16' AND kpi <> 'late_cancel_rate'",
            "DELETE FROM revenue_steps WHERE practice_id = 'harbour'");
    write(warehouse, "out", Optional.of("harbour"), Optional.empty());
    assertThat(PdfText.of(folder.resolve("out/2026-11-16/harbour-weekly.pdf")))
        .contains("None of these KPIs can be told for this week; the last week of which one can is")
        .contains("that of November 9, 2026.");
  }

  @Test
  void aWarehouseIsNotChangedByAReport() throws IOException {
    Path warehouse = market();
    byte[] before = Files.readAllBytes(warehouse);
    write(warehouse, "out", Optional.of("silent"), Optional.empty());
    assertThat(Files.readAllBytes(warehouse)).isEqualTo(before);
  }

  @Test
  void sixtyLocationsAreAllInTheReportUnderRepeatedTableHeads() {
    Path warehouse =
        market(
            "INSERT INTO locations SELECT 'harbour', 'h' || i, 'Pier ' || (100 + i), 'UTC', 'CA',"
                + " NULL, 2, 24 FROM range(59) t(i)",
            "INSERT INTO kpi_weekly SELECT 'harbour', 'h' || i, week_start, kpi, value, numerator,"
                + " denominator, sample_size, is_stable, 1 FROM kpi_weekly, range(59) t(i)"
                + " WHERE location_id = 'pier' AND kpi IN ('net_revenue', 'no_show_rate')"
                + " AND week_start >= DATE '2026-11-09'",
            "INSERT INTO actions BY NAME SELECT a.* REPLACE ('harbour' AS practice_id, 'h' || i AS"
                + " location_id, 10 + i AS rank, false AS is_in_letter) FROM actions a, range(59) t(i) WHERE rank = 1",
            "INSERT INTO kpi_benchmark BY NAME SELECT b.* REPLACE ('h' || t.i AS location_id)"
                + " FROM kpi_benchmark b, range(59) t(i) WHERE location_id = 'pier'");
    Path report = write(warehouse, "out", Optional.of("harbour"), Optional.empty()).get(0);
    String owner = PdfText.of(report);
    assertThat(owner).contains("60 locations");
    for (int i = 0; i < 59; i++) {
      assertThat(owner).contains("Pier " + (100 + i));
    }
    assertThat(PdfText.ofPage(report, 3)).contains("Location Net revenue");
    assertThat(PdfText.pages(report)).isLessThanOrEqualTo(12);
    assertThat(owner).contains("The 2 locations with most to tell follow");
  }

  @Test
  void zeroRevenueIsShownAsZeroAndNotAsMissing() {
    Path warehouse =
        market(
            "UPDATE kpi_weekly SET value = 0 WHERE kpi = 'net_revenue'",
            "UPDATE kpi_weekly_practice SET value = 0 WHERE kpi = 'net_revenue'",
            "UPDATE revenue_steps SET net_revenue = 0, base_revenue = 0");
    Path pdf = write(warehouse, "out", Optional.of("lumiere"), Optional.empty()).get(0);
    assertThat(PdfText.of(pdf))
        .contains("Net revenue $0; like for like as in the mean of the four weeks before.")
        .contains("Net revenue $0 not like for like");
  }

  @Test
  void charactersThatTheTypefaceLacksAndControlCharactersDoNotStopAReport() {
    Path warehouse =
        market(
            "UPDATE locations SET name = 'Spa ' || chr(43425) || chr(43426) || chr(7) || ' Tokyo'"
                + " WHERE location_id = 'pier'");
    Path pdf = write(warehouse, "out", Optional.of("harbour"), Optional.empty()).get(0);
    assertThat(PdfText.of(pdf))
        .contains("Spa (?) Tokyo")
        .contains(
            "No font of the PDF has U+A9A1 JAVANESE LETTER TA MURDA, U+A9A2 JAVANESE LETTER DA; (?) stands for"
                + " what it cannot show.");
    assertThat(PdfText.<String>ask(pdf, d -> d.getDocumentInformation().getTitle()))
        .contains("Spa \uA9A1\uA9A2 Tokyo");
  }
}
