package medspa.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import medspa.charts.Letters.Letter;
import medspa.charts.html.MailRenderer.Frame;
import medspa.charts.html.MailRenderer.Mail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent of a letter, and of which report. */
class LettersTest {
  private static final LocalDate WEEK = LocalDate.parse(MarketFixture.WEEK);

  @TempDir Path folder;

  private Path market(String name, String... changes) {
    return MarketFixture.write(folder.resolve(name + ".duckdb"), List.of(changes));
  }

  private byte[] pdf(Path warehouse, Optional<String> location, PageSize paper) throws Exception {
    List<Path> written =
        Reports.write(
            new ReportRequest(
                warehouse, folder.resolve("out"), Optional.of("lumiere"), location, paper),
            line -> {});
    return Files.readAllBytes(written.get(0));
  }

  private static Letter lumiere(Letters letters) {
    return letters.of("lumiere").orElseThrow();
  }

  @Test
  void theSubjectSaysWhoseLetterItIsAndOfWhichWeek() {
    try (Letters letters = Letters.open(market("one"))) {
      assertThat(lumiere(letters).subject()).endsWith(": week of Nov 16 to Nov 22, 2026");
      assertThat(letters.week()).isEqualTo(WEEK);
      assertThat(letters.of("nobody")).isEmpty();
    }
  }

  @Test
  void theFirstPageIsTheMailAndTheOthersAreNot() {
    try (Letters letters = Letters.open(market("one"))) {
      Letter letter = lumiere(letters);
      Mail mail =
          letter.mail(new Frame(Optional.empty(), "The report is attached.", Optional.empty()));
      assertThat(mail.text())
          .contains(letter.verdict(), "is attached")
          .doesNotContain("Where the time went");
      assertThat(mail.html()).doesNotContain("Where the time went");
      assertThat(mail.pictures()).isNotEmpty();
    }
  }

  @Test
  void aReportIsKnownOnAnyPaperAndNoOtherIsTakenForIt() throws Exception {
    Path warehouse = market("one");
    Path later = market("later", "UPDATE runs SET run_id = 'another'");
    byte[] letterPaper = pdf(warehouse, Optional.empty(), PageSize.LETTER);
    byte[] a4 = pdf(warehouse, Optional.empty(), PageSize.A4);
    byte[] houston = pdf(warehouse, Optional.of("houston"), PageSize.A4);
    byte[] anothers = pdf(later, Optional.empty(), PageSize.A4);
    try (Letters letters = Letters.open(warehouse);
        Letters others = Letters.open(later)) {
      Letter letter = lumiere(letters);
      assertThat(letter.isIn(letterPaper)).isTrue();
      assertThat(letter.isIn(a4)).isTrue();
      assertThat(letter.isIn(Arrays.copyOf(a4, a4.length - 9))).isFalse();
      assertThat(letter.isIn(houston)).isFalse();
      assertThat(letter.isIn(anothers)).isFalse();
      assertThat(lumiere(others).isIn(anothers)).isTrue();
      assertThat(letters.of("harbour").orElseThrow().isIn(a4)).isFalse();
      assertThat(letter.isIn("no PDF".getBytes(StandardCharsets.UTF_8))).isFalse();
      assertThat(letter.isIn(new byte[0])).isFalse();
    }
  }

  @Test
  void anotherPublicationOfTheSameNumbersSaysTheSameAndOneOfOthersDoesNot() {
    Path again =
        market(
            "again",
            "UPDATE runs SET run_id = 'another', configuration_digest = 'other', bronze_files = 99");
    Path restated =
        market(
            "restated",
            "UPDATE kpi_weekly SET value = value * 1.5 WHERE kpi = 'no_show_rate' AND week_start = '"
                + MarketFixture.WEEK
                + "'");
    try (Letters letters = Letters.open(market("one"));
        Letters others = Letters.open(again);
        Letters changed = Letters.open(restated)) {
      assertThat(lumiere(others).digest()).isEqualTo(lumiere(letters).digest());
      assertThat(lumiere(changed).digest()).isNotEqualTo(lumiere(letters).digest());
      assertThat(letters.of("harbour").orElseThrow().digest())
          .isNotEqualTo(lumiere(letters).digest());
    }
  }

  @Test
  void onlyWhatWasNoSignalTheWeekBeforeIsNewAndWhatGotWorseComesFirst() {
    String rows =
        "INSERT INTO kpi_signals (practice_id, location_id, week_start, kpi, category, rule, value,"
            + " is_favourable) VALUES ";
    Path warehouse = market("one");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse);
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM kpi_signals");
      statement.execute(
          rows
              + "('lumiere', 'houston', '2026-11-16', 'fill_rate', NULL, 'above_limit', 0.9, true),"
              + "('lumiere', 'houston', '2026-11-16', 'no_show_rate', NULL, 'above_limit', 0.2, false),"
              + "('lumiere', 'houston', '2026-11-16', 'no_show_rate', NULL, 'near_upper', 0.2, false),"
              + "('lumiere', NULL, '2026-11-16', 'average_ticket', NULL, 'run_below', 380, false),"
              + "('lumiere', NULL, '2026-11-09', 'average_ticket', NULL, 'run_below', 381, false),"
              + "('lumiere', 'houston', '2026-11-16', 'fill_rate', 'Filler', 'below_limit', 0.1, false),"
              + "('lumiere', 'houston', '2026-11-16', 'retail_share', NULL, 'target_missed', 0.1, false),"
              + "('harbour', NULL, '2026-11-16', 'fill_rate', NULL, 'below_limit', 0.1, false)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    try (Letters letters = Letters.open(warehouse)) {
      assertThat(lumiere(letters).signals())
          .containsExactly(
              "Houston Heights: No-show rate 20.0%, above its usual range (worse)",
              "Houston Heights: Fill rate 90.0%, above its usual range (better)");
    }
  }
}
