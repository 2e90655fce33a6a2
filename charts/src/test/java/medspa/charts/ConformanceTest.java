package medspa.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** veraPDF judges the reports of the whole market, edge cases among them. */
class ConformanceTest {
  @TempDir static Path folder;

  private static List<Path> reports;

  @BeforeAll
  static void write() {
    VeraGreenfieldFoundryProvider.initialise();
    Path warehouse =
        MarketFixture.write(
            folder.resolve("medspa.duckdb"),
            List.of(
                "UPDATE locations SET name = 'Spa עיניים ' || 'عيادة' || ' 美容医院 클리닉 ☎ ★' WHERE"
                    + " location_id = 'austin'",
                "UPDATE providers SET name = 'د. ليلى حداد' WHERE practice_id = 'lumiere' AND provider_id = 'p2'",
                "UPDATE providers SET name = '田中 さくら, RN' WHERE practice_id = 'lumiere' AND provider_id = 'p1'"));
    ReportRequest all =
        new ReportRequest(
            warehouse, folder.resolve("out"), Optional.empty(), Optional.empty(), PageSize.A4);
    List<Path> written = new ArrayList<>(Reports.write(all, line -> {}));
    written.addAll(Reports.writeDaily(all, line -> {}));
    reports = written.stream().filter(path -> path.toString().endsWith(".pdf")).toList();
  }

  @Test
  void everyReportIsPdfUa1() throws Exception {
    for (Path report : reports) {
      assertThat(failures(report, PDFAFlavour.PDFUA_1)).as(report.toString()).isEmpty();
    }
  }

  @Tag("full")
  @Test
  void everyReportIsPdfA2a() throws Exception {
    for (Path report : reports) {
      assertThat(failures(report, PDFAFlavour.PDFA_2_A)).as(report.toString()).isEmpty();
    }
  }

  /** The judge is awake: a report is not of a flavour that it does not claim to be. */
  @Test
  void aFlavourThatTheReportDoesNotFollowIsRefused() throws Exception {
    assertThat(failures(reports.get(0), PDFAFlavour.PDFA_1_A)).isNotEmpty();
  }

  private static List<String> failures(Path pdf, PDFAFlavour flavour) throws Exception {
    try (InputStream in = Files.newInputStream(pdf);
        PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      ValidationResult result = validator.validate(parser);
      return result.getTestAssertions().stream()
          .filter(assertion -> assertion.getStatus() == TestAssertion.Status.FAILED)
          .map(
              assertion ->
                  assertion.getRuleId().getClause()
                      + " "
                      + assertion.getMessage()
                      + " "
                      + assertion.getLocation().getContext())
          .distinct()
          .limit(20)
          .toList();
    }
  }
}
