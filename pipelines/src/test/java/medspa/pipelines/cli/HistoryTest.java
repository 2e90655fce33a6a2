package medspa.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import medspa.pipelines.config.WorkspaceLoader;
import medspa.pipelines.run.Steps;
import medspa.warehouse.lake.DiskFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A practice over half a year from the command line: files that come late, out of order and twice,
 * what was published of them, and what was known when.
 */
@Tag("full")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HistoryTest {
  private static final String AS_OF = "2026-06-15";
  private static final String LATER = "2026-11-16";
  private static final String SALES =
      "sale_id,line_id,location_id,client_id,provider_id,sold_at,kind,quantity,gross_amount,discount_amount\n";
  private static final String PAYMENTS = "payment_id,location_id,sale_id,paid_at,tender,amount\n";
  private static final String APPOINTMENTS =
      "appointment_id,location_id,client_id,provider_id,start_at,end_at,status\n";

  @TempDir static Path workspace;

  /** What was published first: the numbers and the report. */
  private static String firstNumbers;

  private static byte[] firstReport;

  @BeforeAll
  static void runTheFirstWeeks() throws IOException {
    write(
        "medspa.yaml",
        """
        currency: USD
        pseudonym_key_file: key
        practices:
          - id: glow
            name: Glow
            locations: [{id: austin, name: Austin, time_zone: America/Chicago}]
        sources:
          - {name: schedule, format: medspa, table: appointments, practice: glow, from: 'exports/schedule-*.csv', delivery: window}
          - {name: sales, format: medspa, table: sale_lines, practice: glow, from: 'exports/sales-*.csv'}
          - {name: payments, format: medspa, table: payments, practice: glow, from: 'exports/payments-*.csv', delivery: append}
        """);
    write("key", "0123456789abcdef0123456789abcdef");
    write(
        "exports/schedule-2026-06-15.csv",
        APPOINTMENTS
            + "A1,austin,C1,P1,2026-06-02T09:00,2026-06-02T10:00,completed\n"
            + "A2,austin,C2,P1,2026-06-02T10:00,2026-06-02T11:00,booked\n"
            + "A3,austin,C1,P1,2026-06-09T09:00,2026-06-09T10:00,completed\n");
    write(
        "exports/sales-2026-06-15.csv",
        SALES
            + "S1,1,austin,C1,P1,2026-06-02T10:00,service,1,300,0\n"
            + "S2,1,austin,C1,P1,2026-06-09T10:00,service,1,200,0\n");
    write("exports/payments-2026-06-15.csv", PAYMENTS + "Y1,austin,S1,2026-06-02T10:05,card,100\n");
    CommandRun first = CommandRun.of("run", "-w", workspace.toString(), "--as-of", AS_OF);
    assertThat(first.exit()).as(first.err()).isZero();
    firstNumbers = numbers();
    firstReport = Files.readAllBytes(report("reports"));
  }

  private static void write(String name, String text) throws IOException {
    Path file = workspace.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static Path report(String reports) {
    return workspace.resolve(reports + "/2026-06-08/glow-weekly.pdf");
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(arguments[0], "-w", workspace.toString()), Stream.of(arguments).skip(1))
            .toArray(String[]::new));
  }

  private static String query(String... arguments) {
    CommandRun run =
        run(
            Stream.concat(Stream.of("query", "--format", "csv"), Stream.of(arguments))
                .toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out();
  }

  private static final String NUMBERS =
      "SELECT * FROM kpi_weekly WHERE week_start < DATE '2026-06-15' ORDER BY ALL";

  private static String explained(String... options) {
    CommandRun run =
        run(
            Stream.concat(
                    Stream.of(
                        "explain", "no_show_rate", "--location", "austin", "--week", "2026-06-02"),
                    Stream.of(options))
                .toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out();
  }

  private static String numbers() {
    return query(NUMBERS);
  }

  private static String restated(String columns) {
    return query("SELECT " + columns + " FROM restatements WHERE grain = 'location' ORDER BY ALL");
  }

  private static void delete(String... directories) throws IOException {
    for (String directory : directories) {
      DiskFiles.remove(workspace.resolve(directory));
    }
  }

  @Test
  @Order(1)
  void theSameRunAgainPublishesTheSameAndIsNoPublicationOfItsOwn() throws IOException {
    String before = query("FROM publications");
    assertThat(run("run", "--as-of", AS_OF).exit()).isZero();

    assertThat(numbers()).isEqualTo(firstNumbers);
    assertThat(query("FROM publications")).isEqualTo(before);
    assertThat(Files.readAllBytes(report("reports"))).isEqualTo(firstReport);
    assertThat(restated("kpi")).isEqualToIgnoringNewLines("kpi");
  }

  @Test
  @Order(2)
  void aCorrectionMonthsLaterRestatesTheClosedWeekAndNamesItsFile() throws IOException {
    // S1 was 350; S2 comes again as it was. A payment of June arrives in November.
    write(
        "exports/sales-2026-11-16.csv",
        SALES
            + "S1,1,austin,C1,P1,2026-06-02T10:00,service,1,350,0\n"
            + "S2,1,austin,C1,P1,2026-06-09T10:00,service,1,200,0\n");
    write("exports/payments-2026-11-16.csv", PAYMENTS + "Y2,austin,S1,2026-06-03T10:05,card,50\n");
    CommandRun run = run("run", "--as-of", LATER);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("numbers of closed weeks differ", "relation restatements");

    assertThat(
            query(
                "SELECT DISTINCT kpi, week_start, from_value, to_value, cause, file_name"
                    + " FROM restatements WHERE grain = 'location' AND kpi = 'net_revenue'"
                    + " ORDER BY ALL"))
        .isEqualToIgnoringNewLines(
            "kpi,week_start,from_value,to_value,cause,file_name"
                + "net_revenue,2026-06-01,300.0,350.0,file,exports/sales-2026-11-16.csv");
    assertThat(query("SELECT DISTINCT week_start FROM restatements"))
        .as("nothing of the other week changed")
        .isEqualToIgnoringNewLines("week_start2026-06-01");
    assertThat(query("SELECT count(*) FROM restatements WHERE kpi = 'collection_rate'"))
        .as("collection rates grow by design")
        .isEqualToIgnoringNewLines("count_star()0");
  }

  @Test
  @Order(3)
  void anExportOfTheClosedWeekThatComesOutOfOrderIsRestatedToo() throws IOException {
    // The file is older than what is known: what it says of A1 and A2 is outdated but A2's absence
    // is not deleted by it, and A0 was never told.
    write(
        "exports/schedule-2026-06-01.csv",
        APPOINTMENTS + "A0,austin,C3,P1,2026-06-01T09:00,2026-06-01T10:00,no_show\n");
    assertThat(run("run", "--as-of", LATER).exit()).isZero();

    assertThat(
            query(
                "SELECT kpi, from_numerator, to_numerator, from_denominator, to_denominator,"
                    + " file_name FROM restatements WHERE grain = 'location' AND publication = 3"
                    + " AND kpi = 'no_show_rate'"))
        .contains(",1.000000,")
        .contains("exports/schedule-2026-06-01.csv");
  }

  @Test
  @Order(4)
  void whatWasKnownIsPublishedBesideWhatIsKnownNow() throws IOException {
    String now = numbers();
    byte[] warehouse = Files.readAllBytes(workspace.resolve("warehouse/medspa.duckdb"));
    CommandRun run = run("run", "--as-of", AS_OF, "--known-at", "3", "--json");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("known at ingestion 3", "known-at-3.duckdb");
    assertThat(run.out()).contains("\"known_at\":3");

    assertThat(query("--known-at", "3", NUMBERS)).isEqualTo(firstNumbers);
    assertThat(query("--known-at", "3", "SELECT known_at, bronze_sequence, bronze_files FROM runs"))
        .isEqualToIgnoringNewLines("known_at,bronze_sequence,bronze_files3,3,3");
    assertThat(
            query("--known-at", "3", "SELECT DISTINCT file_name FROM ingest_files ORDER BY 1")
                .lines()
                .skip(1))
        .containsExactly(
            "exports/payments-2026-06-15.csv",
            "exports/sales-2026-06-15.csv",
            "exports/schedule-2026-06-15.csv");
    assertThat(query("--known-at", "3", "SELECT sum(files) FROM sources")).contains("3");
    assertThat(report("reports/known-at-3")).exists();
    assertThat(explained("--known-at", "3"))
        .contains("exports/schedule-2026-06-15.csv")
        .doesNotContain("exports/schedule-2026-06-01.csv");
    assertThat(explained()).contains("exports/schedule-2026-06-01.csv");
    assertThat(run("journal", "--known-at", "3", "--week", "2026-06-02").out())
        .contains("Card clearing,100.00,");

    assertThat(numbers()).as("what is published stays").isEqualTo(now);
    assertThat(Files.readAllBytes(workspace.resolve("warehouse/medspa.duckdb")))
        .isEqualTo(warehouse);
    assertThat(Files.readAllBytes(report("reports"))).isEqualTo(firstReport);
  }

  @Test
  @Order(5)
  void aLookBackRepeatedGivesTheSameBytesAndAnInstantNamesItToo() throws IOException {
    byte[] before = Files.readAllBytes(report("reports/known-at-3"));
    String instant =
        query(
                "SELECT DISTINCT ingested_at FROM ingest_files WHERE file_name LIKE '%sales-2026-06%'")
            .lines()
            .skip(1)
            .findFirst()
            .orElseThrow();
    CommandRun run = run("run", "--as-of", AS_OF, "--known-at", asInstant(instant));
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("known at ingestion 3");
    assertThat(Files.readAllBytes(report("reports/known-at-3"))).isEqualTo(before);
    assertThat(run("compute", "--as-of", AS_OF, "--known-at", "3").exit()).isEqualTo(99);
  }

  private static String asInstant(String text) {
    String iso = text.replace(' ', 'T');
    return iso.matches(".*[+-]\\d\\d$") ? iso + ":00" : iso;
  }

  @Test
  @Order(6)
  void aStateOfKnowledgeThatNeverWasOrIsNotPublishedSaysSo() {
    for (String wrong :
        List.of("99", "0", "1999-01-01T00:00:00Z", "2199-01-01T00:00:00Z", "June")) {
      CommandRun run = run("compute", "--known-at", wrong);
      assertThat(run.exit()).as(wrong).isEqualTo(2);
      assertThat(run.err()).as(wrong).contains(wrong);
    }
    CommandRun query = run("query", "--known-at", "2", "SELECT 1");
    assertThat(query.exit()).isEqualTo(2);
    assertThat(query.err()).contains("medspa run -w " + workspace + " --known-at 2 first");
  }

  @Test
  @Order(7)
  void decadesLaterAndWithoutWarehouseAndLakeTheSameBronzeGivesTheSameRows() throws Exception {
    Map<String, List<String>> before = everything();
    assertThat(before).containsKeys("kpi_weekly", "restatements", "run_history", "sources");
    delete("warehouse", "lake/silver", "lake/gold");

    Steps steps =
        new Steps(
            WorkspaceLoader.load(workspace),
            Clock.fixed(Instant.parse("2099-11-16T12:00:00Z"), ZoneOffset.UTC),
            Map.of(),
            line -> {});
    assertThat(steps.ingest(Optional.empty(), false).batches()).isEmpty();
    steps.compute(Optional.of(LocalDate.parse(LATER)), Optional.empty(), false);
    steps.publish();
    assertThat(everything()).isEqualTo(before);
  }

  /** The rows of every published relation, by its name. */
  private static Map<String, List<String>> everything() throws SQLException {
    Map<String, List<String>> rows = new TreeMap<>();
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    try (Connection published =
            DriverManager.getConnection(
                "jdbc:duckdb:" + workspace.resolve("warehouse/medspa.duckdb"), readOnly);
        Statement statement = published.createStatement()) {
      for (String relation :
          texts(statement, "SELECT table_name FROM information_schema.tables ORDER BY 1")) {
        rows.put(
            relation, texts(statement, "SELECT r::VARCHAR FROM " + relation + " r ORDER BY 1"));
      }
    }
    return rows;
  }

  private static List<String> texts(Statement statement, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  @Test
  @Order(8)
  void aRunThatDiedBeforeHistoryKnewIsHealedByTheNextOne() throws IOException {
    String publications = query("FROM publications ORDER BY 1");
    // How many there are follows from whether the long tests before this one ran.
    Path last;
    try (Stream<Path> published = Files.list(workspace.resolve("history/publications"))) {
      last = published.max(Comparator.naturalOrder()).orElseThrow();
    }
    Files.move(last, last.resolveSibling("." + last.getFileName()));

    assertThat(run("publish").exit()).isZero();
    assertThat(last).exists();
    assertThat(query("FROM publications ORDER BY 1")).isEqualTo(publications);
  }

  @Test
  @Order(9)
  void howEachRunWentIsRemembered() throws IOException {
    write("exports/sales-2026-11-17.csv", "this is,not\nan,export\n");
    assertThat(run("run", "--as-of", LATER).exit()).isEqualTo(3);
    Files.delete(workspace.resolve("exports/sales-2026-11-17.csv"));
    Files.writeString(
        workspace.resolve("history/runs.jsonl"),
        "{\"id\":\"k\",\"command\":\"run\",\"startedAt\":\"2026-11-17T10:00:00Z\",\"leftOut\":[]}\n",
        StandardOpenOption.APPEND);

    assertThat(run("status").out())
        .contains("Last runs")
        .contains(
            "run: exit code 3, as of 2026-11-16, 0 new files, left out exports/sales-2026-11-17.csv")
        .contains("2026-11-17T10:00:00Z  run: has not ended")
        .contains("Restated weeks of the last publications");
    // A new publication shows the runs that were over before it.
    assertThat(run("run", "--as-of", "2026-11-09").exit()).isZero();
    assertThat(
            query(
                "SELECT exit_code, files_ingested, files_refused, left_out FROM run_history"
                    + " WHERE exit_code = 3"))
        .isEqualToIgnoringNewLines(
            "exit_code,files_ingested,files_refused,left_out3,0,1,exports/sales-2026-11-17.csv");
  }
}
