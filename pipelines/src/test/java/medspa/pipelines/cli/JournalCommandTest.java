package medspa.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal's command says and how it ends, on a warehouse made by hand. */
class JournalCommandTest {
  @TempDir Path workspace;

  @BeforeEach
  void aWarehouseOfTwoWeeksWithTwoEntries() throws Exception {
    Files.writeString(workspace.resolve("key"), "0123456789abcdef0123456789abcdef");
    Files.writeString(
        workspace.resolve("medspa.yaml"),
        """
        currency: USD
        pseudonym_key_file: key
        practices:
          - {id: glow, name: Glow, locations: [{id: waco, name: Waco, time_zone: America/Chicago}]}
        sources:
          - {name: sales, format: medspa, table: sale_lines, practice: glow, from: exports/sales.csv}
        """);
    Files.createDirectories(workspace.resolve("warehouse"));
    execute(
        "CREATE TABLE runs AS SELECT DATE '2026-03-23' AS first_week_start, DATE '2026-03-30' AS"
            + " last_week_start, 'run' AS run_id",
        "CREATE TABLE locations AS SELECT 'glow' AS practice_id, 'waco' AS location_id, 'Waco' AS"
            + " name",
        "CREATE TABLE journal_daily AS SELECT 'glow' AS practice_id, 'waco' AS location_id, date,"
            + " position, account, 'Memo' AS memo, debit::DECIMAL(38,2) AS debit,"
            + " credit::DECIMAL(38,2) AS credit FROM (VALUES (DATE '2026-03-24', 1, 'cash', 8, NULL),"
            + " (DATE '2026-03-24', 11, 'service_revenue', NULL, 8), (DATE '2026-03-25', 1, 'cash', 9,"
            + " NULL), (DATE '2026-03-25', 11, 'service_revenue', NULL, 9))"
            + " t (date, position, account, debit, credit)",
        "CREATE TABLE rejected_amounts (practice_id VARCHAR, location_id VARCHAR, table_name VARCHAR,"
            + " date DATE, amount DECIMAL(18,4), is_told_otherwise BOOLEAN)",
        "CREATE TABLE count_differences (practice_id VARCHAR, location_id VARCHAR, product_id VARCHAR,"
            + " date DATE, cost DECIMAL(38,4), is_large BOOLEAN)",
        "CREATE TABLE untold_weeks (practice_id VARCHAR, location_id VARCHAR, week_start DATE,"
            + " table_name VARCHAR)");
  }

  private void execute(String... statements) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:duckdb:" + workspace.resolve("warehouse/medspa.duckdb"));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private CommandRun journal(String... more) {
    List<String> command = new ArrayList<>(List.of("journal", "-w", workspace.toString()));
    command.addAll(List.of(more));
    return CommandRun.of(command.toArray(String[]::new));
  }

  private void restate() throws Exception {
    execute(
        "UPDATE journal_daily SET debit = debit + 1 WHERE date = DATE '2026-03-25' AND position = 1",
        "UPDATE journal_daily SET credit = credit + 1 WHERE date = DATE '2026-03-25' AND position > 1",
        "CREATE TABLE IF NOT EXISTS ingest_files (source_file_id VARCHAR, practice_id VARCHAR, source"
            + " VARCHAR, table_name VARCHAR, file_name VARCHAR, ingested_at TIMESTAMPTZ, rows_deleted"
            + " BIGINT)",
        "CREATE TABLE IF NOT EXISTS restatements (practice_id VARCHAR, location_id VARCHAR,"
            + " restated_at TIMESTAMPTZ, week_start DATE, file_name VARCHAR, cause VARCHAR)");
    for (String table :
        List.of("payments", "sale_lines", "stock_movements", "stock_counts", "deleted_rows")) {
      execute(
          "CREATE TABLE IF NOT EXISTS "
              + table
              + " (practice_id VARCHAR, location_id VARCHAR, sale_id VARCHAR, table_name VARCHAR,"
              + " local_date DATE, source_file_id VARCHAR)");
    }
  }

  @Test
  void whatIsRecordedIsNotWrittenAgainAndWhatChangedIsAdjusted() throws Exception {
    CommandRun preview = journal("--week", "2026-03-24");
    CommandRun recorded = journal("--week", "2026-03-24", "--record");
    assertThat(recorded.exit()).isZero();
    assertThat(recorded.out()).as("only --record counts as exported").isEqualTo(preview.out());
    assertThat(recorded.err()).contains("Recorded 2 entries as exported.");
    assertThat(workspace.resolve("history/journals.jsonl")).content().hasLineCount(1);
    assertThat(journal("--week", "2026-03-24"))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(99);
              assertThat(run.out()).isEmpty();
              assertThat(run.err())
                  .contains("2 entries were exported before and not written again");
            });

    restate();
    assertThat(journal("--week", "2026-03-30").err())
        .as("of other days it is said")
        .contains("1 more of the entries that were exported have other amounts now");
    CommandRun adjusted = journal("--adjustments", "--record");
    assertThat(adjusted.exit()).isZero();
    assertThat(adjusted.out().lines())
        .hasSize(3)
        .anyMatch(
            line -> line.startsWith("A260325-1-") && line.contains(",Cash on hand,1.00,,Adjusts"));
    assertThat(journal("--adjustments"))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(99);
              assertThat(run.err()).contains("Nothing that was exported has other amounts now.");
            });
    List<String> again = new ArrayList<>(preview.out().lines().toList());
    again.addAll(adjusted.out().lines().skip(1).toList());
    assertThat(journal("--week", "2026-03-24", "--again").out().lines())
        .containsExactlyInAnyOrderElementsOf(again);
  }

  @Test
  void ofAPlaceThatIsNotToldNothingIsRecordedAndUnderAnotherPracticeNothingIsBookedTwice()
      throws Exception {
    assertThat(journal("--week", "2026-03-24", "--record").exit()).isZero();
    Path configuration = workspace.resolve("medspa.yaml");
    String before = Files.readString(configuration);
    Files.writeString(configuration, before.replace("glow", "shine"));
    execute("UPDATE locations SET practice_id = 'shine'");
    execute("UPDATE journal_daily SET practice_id = 'shine'");
    assertThat(journal("--week", "2026-03-24", "--record"))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(2);
              assertThat(run.out()).isEmpty();
              assertThat(run.err()).contains("into the books of the practice glow");
            });

    Files.writeString(configuration, before.replace("waco", "austin"));
    execute("UPDATE locations SET practice_id = 'glow', location_id = 'austin'");
    execute("DELETE FROM journal_daily");
    assertThat(journal("--adjustments", "--record"))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(99);
              assertThat(run.out()).isEmpty();
              assertThat(run.err())
                  .contains("does not know these locations: waco. What was exported of them stays")
                  .doesNotContain("Recorded");
            });
    assertThat(workspace.resolve("history/journals.jsonl")).content().hasLineCount(1);
  }

  @Test
  void anOpeningEntryIsWrittenAgainThoughItsDayIsNotPublished() throws Exception {
    Path configuration = workspace.resolve("medspa.yaml");
    Files.writeString(
        configuration,
        Files.readString(configuration)
            .replace(
                "time_zone: America/Chicago",
                "time_zone: America/Chicago, opening_balances: {date: 2026-02-28, cash: 5.00}"));
    CommandRun opening = journal("--opening", "--record");
    assertThat(opening.exit()).as(opening.err()).isZero();
    CommandRun again = journal("--again", "--from", "2026-02-28", "--to", "2026-02-28");
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out()).isEqualTo(opening.out()).contains("O260228-");
  }

  @Test
  void booksThatAreClosedAfterTheLastPublishedDayAreRefused() throws Exception {
    Path configuration = workspace.resolve("medspa.yaml");
    String before = Files.readString(configuration);
    Files.writeString(configuration, before + "books_closed_through: 2026-04-05\n");
    assertThat(journal("--week", "2026-03-24").out()).contains(",2026-04-06,glow,waco");
    Files.writeString(configuration, before + "books_closed_through: 2062-09-30\n");
    assertThat(journal("--week", "2026-03-24"))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(2);
              assertThat(run.out()).isEmpty();
              assertThat(run.err())
                  .contains(
                      "books_closed_through in medspa.yaml is 2062-09-30, after the last published"
                          + " day, 2026-04-05");
            });
  }

  @Test
  void whatWasKnownEarlierIsNotRecordedAndAdjustmentsAreOfNoDays() {
    assertThat(journal("--known-at", "1", "--record").exit()).isEqualTo(2);
    assertThat(journal("--again", "--record").err()).contains("leave --record out");
    assertThat(journal("--adjustments", "--week", "2026-03-24"))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(2);
              assertThat(run.err()).contains("are of no days");
            });
    assertThat(journal("--opening"))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(99);
              assertThat(run.err()).contains("No location has opening_balances");
            });
  }

  @Test
  void ofDaysOfWhichEveryRowWasRejectedItIsNotSaidThatNothingWasSold() throws Exception {
    assertThat(journal())
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(99);
              assertThat(run.err())
                  .contains("Nothing was sold, paid or used in the week of 2026-03-30.");
            });

    execute(
        "INSERT INTO rejected_amounts VALUES ('glow', 'waco', 'payments', '2026-04-01', 20, false)");

    assertThat(journal())
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(3);
              assertThat(run.out()).isEmpty();
              assertThat(run.err())
                  .contains(
                      "There is no entry of the week of 2026-03-30.",
                      "Not in the books, because their rows were rejected: Waco (payments of 20.00 in"
                          + " 1 row). The relation rejected_amounts names file, line and reason")
                  .doesNotContain("Nothing was sold", "nothing was accepted");
            });
  }

  @Test
  void daysBeforeTheFirstPublishedOneAreNotWrittenAsIfNothingWasSold() {
    for (String[] days :
        new String[][] {
          {"--from", "2026-03-22", "--to", "2026-03-28"},
          {"--from", "2026-03-01", "--to", "2026-03-02"}
        }) {
      assertThat(journal(days))
          .satisfies(
              run -> {
                assertThat(run.exit()).isEqualTo(2);
                assertThat(run.out()).isEmpty();
                assertThat(run.err())
                    .contains(
                        "The days from "
                            + days[1]
                            + " on are not published; the first published one is 2026-03-23")
                    .doesNotContain("part of the month");
              });
    }
    assertThat(journal("--month", "2026-03-24"))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(2);
              assertThat(run.err())
                  .contains(
                      "The days from 2026-03-01 on are not published; the first published one is"
                          + " 2026-03-23; write a part of the month with --from and --to");
            });
    assertThat(journal("--week", "2026-03-22"))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(2);
              assertThat(run.err())
                  .contains(
                      "The week of 2026-03-16 is not published; the first published one begins on"
                          + " 2026-03-23");
            });
    assertThat(journal("--from", "2026-03-23", "--to", "2026-03-31"))
        .satisfies(
            run -> {
              assertThat(run.exit()).as(run.err()).isZero();
              assertThat(run.out()).contains("2026-03-24,glow,waco", "2026-03-25,glow,waco");
            });
  }

  @Test
  void filesThatALongerJournalLeftAreNotMixedWithThoseOfAShorterOne() throws Exception {
    Files.writeString(
        workspace.resolve("medspa.yaml"),
        Files.readString(workspace.resolve("medspa.yaml"))
            + "accounts: {cash: {name: Cash, code: 100}, service_revenue: {name: Sales, code: 200}}\n");
    execute(
        "INSERT INTO journal_daily SELECT 'glow', 'waco', DATE '2026-03-26' + CAST(d AS INTEGER),"
            + " position, 'cash', 'Cash', 1, NULL FROM range(3) a (d), range(1, 201) b (position)");
    Path file = workspace.resolve("march.csv");
    Path second = workspace.resolve("march-2.csv");
    String[] days = {
      "--from", "2026-03-23", "--to", "2026-03-31", "--format", "xero", "-o", file.toString()
    };
    assertThat(journal(days).exit()).isZero();
    assertThat(workspace.resolve("march-3.csv")).exists();
    assertThat(journal(days).exit()).as("files of the same journal are written again").isZero();
    String before = Files.readString(file);

    days[3] = "2026-03-25";
    assertThat(journal(days))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(2);
              assertThat(run.err())
                  .contains(
                      "The journal has 1 file, and beside it stand those of an earlier one: "
                          + second
                          + ", "
                          + workspace.resolve("march-3.csv")
                          + "; move them away, or name another file with -o");
            });
    assertThat(file).as("nothing was written").hasContent(before);

    Files.delete(second);
    Files.delete(workspace.resolve("march-3.csv"));
    assertThat(journal(days).exit()).isZero();
    assertThat(Files.readString(file)).isNotEqualTo(before);
  }

  @Test
  void ofAWeekThatDidNotArriveWithRowsThatWereRejectedBothAreSaid() throws Exception {
    execute(
        "INSERT INTO rejected_amounts VALUES ('glow', 'waco', 'payments', NULL, 20, false)",
        "INSERT INTO untold_weeks VALUES ('glow', 'waco', '2026-03-30', 'payments')");

    assertThat(journal())
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(3);
              assertThat(run.err())
                  .contains(
                      "There is no entry of the week of 2026-03-30.",
                      "rejected: Waco on an unknown day (payments of 20.00 in 1 row).",
                      "nothing was accepted: Waco (payments of the week of 2026-03-30).");
            });
    assertThat(journal("--week", "2026-03-24"))
        .satisfies(
            run -> {
              assertThat(run.exit()).isZero();
              assertThat(run.out()).contains("2026-03-24,glow,waco");
              assertThat(run.err())
                  .contains("rejected: Waco on an unknown day (payments of 20.00 in 1 row).")
                  .doesNotContain("nothing was accepted", "no entry");
            });
  }
}
