package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.history.PastJournal;
import medspa.warehouse.history.PastPublication;
import medspa.warehouse.history.PastRun;
import medspa.warehouse.journal.JournalEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What history remembers of publications, and which published numbers they restate. */
class HistoryPublicationTest {
  private static final LocalDate WEEK = LAST_WEEK;
  private static final LocalDate BEFORE = LAST_WEEK.minusDays(7);

  private static final String RESTATED =
      "SELECT publication, previous_publication, grain, member_id, kpi, week_start, from_numerator,"
          + " to_numerator, cause, from_version, to_version FROM restatements ORDER BY ALL";

  @TempDir Path directory;
  private LakeFixture lake;

  @BeforeEach
  void open() throws Exception {
    lake = new LakeFixture(directory);
    lake.reading(
        "restatements",
        "kpi_weekly_numbers",
        "publications",
        "runs",
        "run_history",
        "journal_exported");
    lake.location("glow", "austin", "TX").has("glow", "austin", "sale_lines", "payments");
    net(BEFORE, "100");
    lake.measure("glow", "austin", BEFORE, "sales_visits", "1");
  }

  @AfterEach
  void close() throws Exception {
    lake.close();
  }

  /** Adds to the net service of a week, which nobody is named for. */
  private void net(LocalDate week, String amount) throws Exception {
    lake.provider("glow", "austin", "unattributed", week, "net_service", amount);
  }

  private List<String> restated() throws Exception {
    return lake.query(RESTATED);
  }

  /** Every row of the relations that depend on history. */
  private List<String> history() throws Exception {
    return List.of(
        String.join("\n", lake.query("SELECT * FROM publications ORDER BY 1")),
        String.join("\n", lake.query("SELECT * FROM restatements ORDER BY ALL")),
        String.join("\n", lake.query("SELECT * FROM run_history ORDER BY 1")));
  }

  private void publish(String runId) throws Exception {
    lake.runId(runId).write().publish();
  }

  @Test
  void theFirstPublicationRestatesNothingAndIsRemembered() throws Exception {
    publish("run-1");

    assertThat(restated()).isEmpty();
    assertThat(lake.history.publications())
        .containsExactly(
            new PastPublication(
                1,
                "run-1",
                Instant.parse("2026-04-06T12:00:00Z"),
                LakeFixture.AS_OF,
                WEEK,
                100,
                1,
                "digest",
                "0.1.0",
                lake.query(
                        "SELECT 1 FROM kpi_weekly UNION ALL SELECT 1 FROM kpi_weekly_practice"
                            + " UNION ALL SELECT 1 FROM kpi_weekly_region"
                            + " UNION ALL SELECT 1 FROM kpi_weekly_provider"
                            + " UNION ALL SELECT 1 FROM kpi_weekly_category")
                    .size(),
                0));
    assertThat(lake.query("SELECT publication, run_id, as_of FROM publications"))
        .containsExactly("1|run-1|2026-04-06");
  }

  @Test
  void publishingTheSameAgainAddsNothingAndShowsTheSame() throws Exception {
    publish("run-1");
    net(BEFORE, "10");
    lake.publishedAt("2026-04-13T12:00:00Z");
    publish("run-2");
    List<String> first = history();

    lake.publishedAt("2027-04-13T12:00:00Z");
    publish("run-2");
    assertThat(history()).isEqualTo(first);
    assertThat(lake.history.publications()).hasSize(2);
  }

  @Test
  void aChangedNumberOfAClosedWeekIsRestatedAtEveryGrainAndANewWeekIsNot() throws Exception {
    publish("run-1");
    net(BEFORE, "10");
    net(WEEK.plusDays(7), "5");
    lake.lastWeek(WEEK.plusDays(7));
    publish("run-2");

    assertThat(restated())
        .filteredOn(row -> row.contains("net_revenue"))
        .containsExactly(
            "2|1|category|uncategorised|net_revenue|2026-03-23|100.000000|110.000000|as_of|2026-04-06|2026-04-13",
            "2|1|location|null|net_revenue|2026-03-23|100.000000|110.000000|as_of|2026-04-06|2026-04-13",
            "2|1|practice|null|net_revenue|2026-03-23|100.000000|110.000000|as_of|2026-04-06|2026-04-13",
            "2|1|provider|unattributed|net_revenue|2026-03-23|100.000000|110.000000|as_of|2026-04-06|2026-04-13",
            "2|1|region|TX|net_revenue|2026-03-23|100.000000|110.000000|as_of|2026-04-06|2026-04-13");
    assertThat(lake.query("SELECT DISTINCT week_start FROM restatements")).hasSize(1);
    assertThat(lake.query("SELECT numbers_restated FROM publications ORDER BY publication"))
        .containsExactly(
            "0",
            lake.query(
                    "SELECT count(DISTINCT (grain, location_id, member_id, kpi)) FROM restatements")
                .get(0));
  }

  @Tag("full")
  @Test
  void whatIsExpectedOfAWeekIsKeptAndALookBackShowsWhatWasKeptThen() throws Exception {
    String days =
        "SELECT basis, publication, week_start, count(*) FROM forecast_daily GROUP BY ALL";
    lake.reading("forecast_daily");
    publish("run-1");
    assertThat(lake.query(days)).containsExactly("coming|null|2026-04-06|7");

    lake.lastWeek(WEEK.plusDays(7)).bronzeSequence(101);
    publish("run-2");
    assertThat(lake.query(days + " ORDER BY 1"))
        .containsExactly("coming|null|2026-04-13|7", "published|1|2026-04-06|7");

    lake.lastWeek(WEEK.plusDays(14)).knownAt(100);
    publish("run-3");
    assertThat(lake.query(days + " ORDER BY 1"))
        .as("the second publication was not known")
        .containsExactly("coming|null|2026-04-20|7", "published|1|2026-04-06|7");
    assertThat(lake.history.publications()).hasSize(2);
  }

  /** Forty receipts of 100 that nobody paid in time, of which half were paid later. */
  private void receipts() throws Exception {
    for (int i = 0; i < 40; i++) {
      String day = i < 20 ? "2026-01-12" : "2026-02-10";
      lake.rows(
          "silver/sale_lines",
          "practice_id, location_id, sale_id, line_id, kind, quantity, net_amount, tax_amount,"
              + " local_date, is_deleted, source_file_id, source_line",
          "'glow', 'austin', 's"
              + i
              + "', '1', 'deposit', 1, 90, 10, DATE '"
              + day
              + "', false, 'file', 1");
      if (i < 20) {
        pay(i, "2026-03-10");
      }
    }
  }

  private void pay(int receipt, String day) throws Exception {
    lake.rows(
        "silver/payments",
        "practice_id, location_id, payment_id, sale_id, tender, amount, local_date, is_deleted,"
            + " source_file_id, source_line",
        String.format(
            "'glow', 'austin', 'p%d', 's%d', 'cash', 100, DATE '%s', false, 'file', 1",
            receipt, receipt, day));
  }

  @Tag("full")
  @Test
  void whatWasProposedIsLookedAtAgainAWeekLaterAndKept() throws Exception {
    lake.reading("actions", "action_outcomes");
    receipts();
    publish("run-1");
    assertThat(lake.query("SELECT subject, observed, is_in_letter FROM actions"))
        .containsExactly("austin|2000.0000|true");
    assertThat(lake.query("SELECT * FROM action_outcomes")).isEmpty();

    for (int i = 20; i < 30; i++) {
      pay(i, "2026-04-08");
    }
    lake.lastWeek(WEEK.plusDays(7));
    publish("run-2");
    String outcomes =
        "SELECT week_start, sentence, observed, observed_after, status, became, came FROM"
            + " action_outcomes ORDER BY week_start";
    String paid =
        "2026-03-30|Collect 20 receipts|2000.0000|1000.0000|in_part|10 of 20 unpaid receipts were paid|1000.00";
    assertThat(lake.query(outcomes)).containsExactly(paid);

    for (int i = 30; i < 40; i++) {
      pay(i, "2026-04-15");
    }
    lake.lastWeek(WEEK.plusDays(14));
    publish("run-3");
    assertThat(lake.query(outcomes))
        .containsExactly(
            paid,
            "2026-04-06|Collect 10 receipts|1000.0000|0.0000|done|10 of 10 unpaid receipts were paid|1000.00");
  }

  @Test
  void aNumberThatAppearsInOrVanishesFromAClosedWeekIsRestated() throws Exception {
    publish("run-1");
    net(WEEK, "7");
    publish("run-2");
    net(WEEK, "-7");
    publish("run-3");

    assertThat(restated())
        .filteredOn(row -> row.contains("location|null|net_revenue"))
        .containsExactly(
            "2|1|location|null|net_revenue|2026-03-30|null|7.000000|unexplained|2026-04-06|2026-04-06",
            "3|2|location|null|net_revenue|2026-03-30|7.000000|null|unexplained|2026-04-06|2026-04-06");
  }

  @Test
  void aLocationOrKpiThatIsPublishedForTheFirstTimeRestatesNothing() throws Exception {
    publish("run-1");
    lake.location("halo", "boston", "MA").has("halo", "boston", "sale_lines", "shifts");
    lake.provider("halo", "boston", "unattributed", BEFORE, "net_service", "50");
    lake.has("glow", "austin", "shifts");
    lake.seconds("glow", "austin", "ann", BEFORE, 3600, 0);
    publish("run-2");

    assertThat(lake.query("SELECT DISTINCT practice_id FROM kpi_weekly")).hasSize(2);
    assertThat(restated()).isEmpty();
  }

  @Test
  void collectionRatesGrowByDesign() throws Exception {
    lake.measure("glow", "austin", BEFORE, "billed", "100");
    lake.measure("glow", "austin", BEFORE, "collected", "50");
    publish("run-1");
    lake.measure("glow", "austin", BEFORE, "collected", "30");
    publish("run-2");

    assertThat(lake.query("SELECT value FROM kpi_weekly WHERE kpi = 'collection_rate'"))
        .containsExactly("0.8");
    assertThat(restated()).isEmpty();
    assertThat(lake.history.publications().get(1).numbersChanged())
        .as("but remembered")
        .isPositive();
    assertThat(lake.query("SELECT kpi FROM kpi_definitions WHERE grows"))
        .containsExactly("collection_rate");
  }

  @Test
  void configurationAndCodeAreNamedWithTheirVersions() throws Exception {
    publish("run-1");
    net(BEFORE, "10");
    lake.configuration("digest-2").codeVersion("0.2.0");
    publish("run-2");

    assertThat(restated())
        .filteredOn(row -> row.contains("location|null|net_revenue"))
        .containsExactly(
            "2|1|location|null|net_revenue|2026-03-23|100.000000|110.000000|code|0.1.0|0.2.0",
            "2|1|location|null|net_revenue|2026-03-23|100.000000|110.000000|configuration|digest|digest-2");
  }

  @Test
  void aNewVersionOfADefinitionIsNamedWhereItChangesANumber() throws Exception {
    publish("run-1");
    try (java.sql.Connection duckdb = java.sql.DriverManager.getConnection("jdbc:duckdb:");
        java.sql.Statement statement = duckdb.createStatement()) {
      Path numbers = lake.history.numbers(1);
      statement.execute(
          "CREATE TABLE n AS SELECT * REPLACE (0 AS definition_version, CASE grain WHEN 'location'"
              + " THEN numerator + 1 ELSE numerator END AS numerator) FROM '"
              + numbers
              + "'");
      statement.execute("COPY n TO '" + numbers + "' (FORMAT parquet)");
      // As a history whose files nobody sealed.
      Files.delete(lake.history.sealed().log());
    }
    publish("run-2");

    assertThat(restated())
        .filteredOn(row -> row.contains("net_revenue"))
        .containsExactly(
            "2|1|location|null|net_revenue|2026-03-23|101.000000|100.000000|definition|0|1");
  }

  @Tag("full")
  @Test
  void anEarlierAsOfAndTheLaterOneAgainRestateNothing() throws Exception {
    net(WEEK, "7");
    publish("run-1");
    net(WEEK, "-7");
    lake.lastWeek(BEFORE);
    publish("run-2");
    net(WEEK, "7");
    lake.lastWeek(WEEK);
    publish("run-3");

    assertThat(restated()).isEmpty();
    assertThat(lake.history.publications()).hasSize(3);

    net(WEEK, "1");
    publish("run-4");
    assertThat(restated())
        .filteredOn(row -> row.contains("location|null|net_revenue"))
        .as("compared with the last publication that held the week")
        .containsExactly(
            "4|3|location|null|net_revenue|2026-03-30|7.000000|8.000000|unexplained|2026-04-06|2026-04-06");
  }

  @Test
  void whatWasPublishedSurvivesTheDeletionOfTheWarehouse() throws Exception {
    publish("run-1");
    net(BEFORE, "10");
    publish("run-2");
    List<String> before = history();
    Files.delete(lake.warehouse);

    publish("run-2");
    assertThat(history()).isEqualTo(before);
    assertThat(lake.query("SELECT count(*) FROM restatements").get(0)).isNotEqualTo("0");
  }

  /** Puts a publication back to what a kill right before its commit leaves. */
  private void uncommit(long number) throws IOException {
    Path numbers = lake.history.numbers(number).getParent();
    Files.move(numbers, numbers.resolveSibling("." + numbers.getFileName()));
    // The line about it is only written after the commit; the others are made from the markers.
    Files.delete(lake.history.sealed().log());
  }

  @Test
  void aRunKilledBetweenTheSwapAndTheHistoryIsHealedByTheNext() throws Exception {
    publish("run-1");
    uncommit(1);
    assertThat(lake.history.publications()).isEmpty();

    net(BEFORE, "10");
    publish("run-2");
    assertThat(lake.history.publications())
        .extracting(PastPublication::runId)
        .containsExactly("run-1", "run-2");
    assertThat(restated()).isNotEmpty();
    assertThat(lake.history.pending()).isEmpty();
  }

  @Tag("full")
  @Test
  void aRunKilledBeforeTheSwapPublishedNothing() throws Exception {
    publish("run-1");
    byte[] published = Files.readAllBytes(lake.warehouse);
    net(BEFORE, "10");
    publish("run-2");
    uncommit(2);
    Files.delete(lake.warehouse);
    Files.write(lake.warehouse, published);

    net(BEFORE, "10");
    publish("run-3");
    assertThat(lake.history.publications())
        .extracting(PastPublication::runId)
        .containsExactly("run-1", "run-3");
    assertThat(restated())
        .filteredOn(row -> row.contains("location|null|net_revenue"))
        .containsExactly(
            "2|1|location|null|net_revenue|2026-03-23|100.000000|120.000000|unexplained|2026-04-06|2026-04-06");
  }

  @Test
  void aFailedCheckLeavesHistoryAsItWas() throws Exception {
    publish("run-1");
    net(BEFORE, "10");
    lake.rows(
        "gold/measures_weekly",
        "practice_id, location_id, grain, member_id, week_start, measure, amount",
        "'glow', 'austin', 'provider', 'ann', DATE '2026-03-30', 'bookable_seconds', 5");
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> publish("run-2"))
        .isInstanceOf(CheckFailedException.class);

    assertThat(lake.history.publications()).hasSize(1);
  }

  @Test
  void aLookBackIsNotRememberedAndShowsOnlyWhatWasPublishedOfThatKnowledge() throws Exception {
    lake.bronzeSequence(3);
    publish("run-1");
    net(BEFORE, "10");
    lake.bronzeSequence(5);
    publish("run-2");
    net(BEFORE, "-10");
    lake.bronzeSequence(3).knownAt(3);
    publish("run-1");

    assertThat(lake.query("SELECT known_at FROM runs")).containsExactly("3");
    assertThat(lake.query("SELECT run_id FROM publications")).containsExactly("run-1");
    assertThat(restated()).isEmpty();
    assertThat(lake.history.publications()).hasSize(2);
  }

  @Test
  void runsThatWereOverAreShownWithHowTheyEnded() throws Exception {
    PastRun run = PastRun.started("ingest", Instant.parse("2026-04-06T11:00:00Z"));
    lake.history.runs().append(run);
    lake.history
        .runs()
        .append(
            new PastRun(
                run.id(),
                run.command(),
                run.startedAt(),
                Optional.of(Instant.parse("2026-04-06T11:01:00Z")),
                Optional.of(3),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(2),
                List.of("exports/bad.csv"),
                Optional.empty()));
    lake.history.runs().append(PastRun.started("run", Instant.parse("2026-04-06T11:59:00Z")));
    Path log = directory.resolve("history/runs.jsonl");
    Files.write(
        log,
        "{\"id\": \"cut".getBytes(StandardCharsets.UTF_8),
        java.nio.file.StandardOpenOption.APPEND);
    lake.history.runs().append(PastRun.started("status", Instant.parse("2026-04-06T11:59:30Z")));
    publish("run-1");

    assertThat(
            lake.query(
                "SELECT run, command, started_at, ended_at, exit_code, files_ingested,"
                    + " files_refused, left_out FROM run_history"))
        .containsExactly(
            "1|ingest|2026-04-06T11:00:00Z|2026-04-06T11:01:00Z|3|2|1|exports/bad.csv");
    assertThat(lake.history.runs().read())
        .extracting(PastRun::command)
        .containsExactly("ingest", "run", "status");
  }

  @Test
  void theEntriesThatWereExportedBeforeStandInThePublication() throws Exception {
    JournalEntry entry =
        new JournalEntry(
            "J260331-1",
            Optional.empty(),
            "austin",
            LocalDate.of(2026, 4, 1),
            LocalDate.of(2026, 3, 31),
            LocalDate.of(2026, 3, 31),
            List.of(
                new JournalEntry.Line(1, "cash", "Cash", new BigDecimal("8.50")),
                new JournalEntry.Line(12, "service_revenue", "Services", new BigDecimal("-8.50"))));
    lake.history
        .journals()
        .append(
            new PastJournal(
                "glow", Instant.parse("2026-04-06T11:00:00Z"), "run-0", List.of(entry)));
    // After the instant of the publication.
    lake.history
        .journals()
        .append(
            new PastJournal(
                "glow", Instant.parse("2030-01-01T00:00:00Z"), "run-1", List.of(entry)));
    publish("run-1");

    assertThat(
            lake.query(
                "SELECT entry_number, adjusts, location_id, journal_date, last_day, account, debit,"
                    + " credit, exported_at, run_id FROM journal_exported ORDER BY position"))
        .containsExactly(
            "J260331-1|null|austin|2026-04-01|2026-03-31|cash|8.50|null|2026-04-06T11:00:00Z|run-0",
            "J260331-1|null|austin|2026-04-01|2026-03-31|service_revenue|null|8.50|"
                + "2026-04-06T11:00:00Z|run-0");
    assertThat(lake.history.journals().entries("other")).isEmpty();
  }
}
