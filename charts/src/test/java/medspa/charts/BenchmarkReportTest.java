package medspa.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkReportTest {
  @TempDir Path folder;

  private Path write(String... changes) {
    Path warehouse = MarketFixture.write(folder.resolve("medspa.duckdb"), List.of(changes));
    List<Path> written =
        Reports.write(
            new ReportRequest(
                warehouse,
                folder.resolve("reports"),
                Optional.empty(),
                Optional.empty(),
                PageSize.A4),
            line -> {});
    return written.get(written.size() - 1);
  }

  @Test
  void locationsAreRankedAndHeldAgainstQuartiles() {
    String text = PdfText.of(write());
    assertThat(text)
        .contains("Kim & Partners 5 locations of 3 practices")
        .contains("Austin Domain is in the bottom quartile of its peers on 4 of 5 KPIs")
        .contains("Lower is better. Peer median 6.3%, middle half 6.0% to 6.5%.")
        .contains("Pier 9 Harbour Laser 76.1% 87.7% 6.5% Q1 4.4% Q1 $339.19 Q4")
        .contains("Peers, median – – 6.3% 4.0% $319.66 $548,229");
  }

  @Test
  void withheldStatisticsSayWhy() {
    assertThat(PdfText.of(write()))
        .contains("Fill rate Only 4 practices contribute, 5 are needed.");
  }

  @Test
  void aPracticeThatDidNotEngageTheConsultantIsNeverNamed() {
    assertThat(PdfText.of(write()))
        .doesNotContain("Ästhetik")
        .doesNotContain("Seefeld")
        .doesNotContain("Young Skin")
        .doesNotContain("Soho")
        .doesNotContain("Silent Spa");
  }

  @Test
  void aStatisticThatCarriesAReasonToWithholdItIsNotShown() {
    String text =
        PdfText.of(
            write("UPDATE kpi_benchmark SET withheld_reason = 'one practice is above 25 %'"));
    assertThat(text)
        .contains("Nothing can be compared")
        .contains("One practice is above 25 %.")
        .doesNotContain("$319.66")
        .doesNotContain("Q4 $");
  }

  @Test
  void anUnstableLocationHasNoQuartile() {
    assertThat(
            PdfText.of(
                write(
                    "UPDATE kpi_benchmark SET is_stable = false"
                        + " WHERE location_id = 'pier' AND kpi = 'no_show_rate'")))
        .contains("Pier 9 Harbour Laser 76.1% 87.7% 6.5% few data");
  }

  @Test
  void aConsultantWithoutLocationsGetsAnHonestPage() {
    assertThat(PdfText.of(write("UPDATE consultants SET practice_id = 'gone'")))
        .contains("there is nothing to compare");
  }
}
