package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;
import medspa.warehouse.lake.LakeJson;
import medspa.warehouse.publish.Extract.Audience;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which published positions a later publication changes, and why. Eight practices that tell
 * no-shows in the last week and in the one that decides who contributes; the first has two
 * locations, and a consultant knows the first two practices.
 */
class BenchmarkRestatementTest {
  private static final LocalDate FIRST = LAST_WEEK.minusWeeks(12);

  /** Of a thousand visits due; the last is the first practice's second location. */
  private static final int[] NO_SHOWS = {270, 100, 200, 315, 400, 500, 100, 200, 250};

  @RegisterExtension final LakeFixture lake = new LakeFixture();

  @TempDir Path directory;

  private static String practice(int number) {
    return "zp" + (number == 9 ? 1 : number);
  }

  private static String location(int number) {
    return "zl" + number;
  }

  @BeforeEach
  void publishOnce() throws Exception {
    lake.reading("benchmark_restatements", "kpi_benchmark", "publications");
    for (int i = 1; i <= NO_SHOWS.length; i++) {
      open(i, NO_SHOWS[i - 1]);
    }
    lake.consultant("adviser", practice(1), practice(2));
    publish("run-1");
  }

  private void open(int number, int noShows) throws Exception {
    lake.location(practice(number), location(number), "TX")
        .has(practice(number), location(number), "appointments");
    for (LocalDate week : List.of(FIRST, LAST_WEEK)) {
      measure(number, week, "visits_due", 1000);
      measure(number, week, "visits_no_show", noShows);
    }
  }

  private void measure(int number, LocalDate week, String measure, int amount) throws Exception {
    lake.measure(practice(number), location(number), week, measure, Integer.toString(amount));
  }

  /** No-shows that come to be known late. */
  private void late(int number, int noShows) throws Exception {
    measure(number, LAST_WEEK, "visits_no_show", noShows);
  }

  private void publish(String runId) throws Exception {
    lake.runId(runId).write().publish();
  }

  /** What an audience is told of the last week among all. */
  private List<String> told(String audience) throws Exception {
    return lake.query(
        "SELECT location_id, from_rank, to_rank, from_percentile, to_percentile, cause FROM"
            + " benchmark_restatements WHERE audience_id = '%s' AND peer_group = 'all'"
                .formatted(audience)
            + " AND kpi = 'no_show_rate' AND range_weeks = 1 AND week_start = DATE '2026-03-30'"
            + " AND publication = (SELECT max(publication) FROM publications) ORDER BY ALL");
  }

  @Test
  void lateRowsMoveALocationAndTheOneThatItOvertakes() throws Exception {
    assertThat(lake.query("SELECT * FROM benchmark_restatements")).isEmpty();

    late(1, -60);
    publish("run-2");

    assertThat(told("zp1"))
        .containsExactly("zl1|2|1|0.25|0.25|unexplained", "zl9|1|2|0.25|0.25|other_locations");
    assertThat(told("adviser"))
        .extracting(row -> row.substring(0, row.lastIndexOf('|')))
        .containsExactly("zl1|3|2|0.25|0.5", "zl9|2|3|0.25|0.25");
    assertThat(
            lake.query(
                "SELECT DISTINCT previous_publication, publication, range_weeks, from_value,"
                    + " to_value FROM benchmark_restatements WHERE audience_id = 'zp1' AND"
                    + " location_id = 'zl1' AND peer_group = 'all' ORDER BY ALL"))
        .as("every range that holds the week and had been published")
        .contains("1|2|1|0.27|0.21");
  }

  @Test
  void whatChangedWithThePeersNamesNobodyAmongThem() throws Exception {
    late(8, 600);
    publish("run-2");

    assertThat(told("zp1")).containsExactly("zl1|2|2|0.25|0.5|peers", "zl9|1|1|0.25|0.5|peers");
    assertThat(
            lake.query(
                "SELECT r::VARCHAR FROM benchmark_restatements r WHERE audience_id IN ('zp1',"
                    + " 'adviser')"))
        .isNotEmpty()
        .noneMatch(row -> row.contains("zp8") || row.contains("zl8"));
  }

  @Tag("full")
  @Test
  void practicesThatJoinAreAnotherNumberOfContributors() throws Exception {
    open(10, 800);
    open(11, 800);
    lake.configuration("digest-2");
    publish("run-2");

    assertThat(told("zp1"))
        .filteredOn(row -> row.startsWith("zl1|"))
        .containsExactly("zl1|2|2|0.25|0.5|configuration", "zl1|2|2|0.25|0.5|contributors");
    assertThat(
            lake.query(
                "SELECT DISTINCT from_contributors, to_contributors FROM benchmark_restatements"
                    + " WHERE audience_id = 'zp1' AND peer_group = 'all'"))
        .containsExactly("7|9");
    assertThat(told("zp10")).as("who is compared for the first time is restated nothing").isEmpty();
  }

  @Tag("full")
  @Test
  void thePublicationAfterItSaysNothingIfNothingChanges() throws Exception {
    late(1, -60);
    publish("run-2");
    String all = "SELECT * FROM benchmark_restatements ORDER BY ALL";
    List<String> before = lake.query(all);

    publish("run-2");
    assertThat(lake.query(all)).as("the same again is no publication").isEqualTo(before);

    publish("run-3");
    assertThat(lake.query("SELECT max(publication) FROM publications")).containsExactly("3");
    assertThat(told("zp1")).isEmpty();
    assertThat(lake.query(all)).isEqualTo(before);
  }

  @Tag("full")
  @Test
  void aLocationThatIsComparedForTheFirstTimeRestatesNothing() throws Exception {
    lake.location("zp1", "zl10", "TX").has("zp1", "zl10", "appointments");
    for (LocalDate week : List.of(FIRST, LAST_WEEK)) {
      lake.measure("zp1", "zl10", week, "visits_due", "1000");
      lake.measure("zp1", "zl10", week, "visits_no_show", "100");
    }
    publish("run-2");

    assertThat(lake.query("SELECT count(*) > 0 FROM kpi_benchmark WHERE location_id = 'zl10'"))
        .containsExactly("true");
    assertThat(lake.query("SELECT * FROM benchmark_restatements WHERE location_id = 'zl10'"))
        .isEmpty();
  }

  @Test
  void aNewWeekRestatesNothing() throws Exception {
    LocalDate next = LAST_WEEK.plusWeeks(1);
    for (int i = 1; i <= NO_SHOWS.length; i++) {
      measure(i, next, "visits_due", 1000);
      measure(i, next, "visits_no_show", 1000 - NO_SHOWS[i - 1]);
    }
    lake.lastWeek(next).weeksComputed(14);
    publish("run-2");

    assertThat(lake.query("SELECT count(*) > 0 FROM kpi_benchmark WHERE week_start = '2026-04-06'"))
        .containsExactly("true");
    assertThat(lake.query("SELECT * FROM benchmark_restatements")).isEmpty();
  }

  @Test
  void aLateFileIsNamedByItsSource() throws Exception {
    lateFile();
    late(1, -60);
    publish("run-2");

    assertThat(
            lake.query(
                "SELECT DISTINCT location_id, cause, source FROM benchmark_restatements WHERE"
                    + " audience_id = 'zp1' AND peer_group = 'all' AND range_weeks = 1 ORDER BY"
                    + " ALL"))
        .containsExactly("zl1|file|zp1-schedule", "zl9|other_locations|null");
  }

  /** A file of the first practice with an appointment of the last week. */
  private void lateFile() throws Exception {
    long sequence = lake.nextSequence();
    String id = String.format(java.util.Locale.ROOT, "%08d-abc", sequence);
    Files.createDirectories(lake.lake.batch(id));
    lake.execute(
        "COPY (SELECT 'zp1' AS practice_id, 'zl1' AS location_id, 'late' AS appointment_id, DATE '"
            + LAST_WEEK
            + "' AS local_date, 'no_show' AS status, '"
            + id
            + "' AS source_file_id, 1::BIGINT AS source_line) TO '"
            + lake.lake.batchTable(id, "appointments")
            + "' (FORMAT parquet)");
    LakeJson.replace(
        lake.lake.batch(id).resolve("batch.json"),
        new Batch(
            sequence,
            sequence,
            id,
            "zp1-schedule",
            "zp1",
            "exports/late.csv",
            "sha",
            "inputs",
            Optional.empty(),
            "medspa",
            Delivery.UPSERT,
            Instant.parse("2026-04-06T08:00:00Z"),
            0,
            List.of(
                new TableCounts(
                    "appointments",
                    1,
                    1,
                    0,
                    0,
                    0,
                    List.of(new Window("zl1", LAST_WEEK, LAST_WEEK)))),
            Optional.empty(),
            Optional.empty()));
  }

  @Tag("full")
  @Test
  void anExtractHoldsOnlyWhatWasSaidToItsAudience() throws Exception {
    late(2, 300);
    late(1, -60);
    publish("run-2");
    Path own = extract(Audience.Kind.PRACTICE, "zp1");
    Path known = extract(Audience.Kind.CONSULTANT, "adviser");

    String audiences =
        "SELECT DISTINCT audience || ' ' || audience_id || ' ' || practice_id FROM"
            + " benchmark_restatements ORDER BY 1";
    assertThat(query(own, audiences)).containsExactly("practice zp1 zp1");
    assertThat(query(known, audiences))
        .containsExactly("consultant adviser zp1", "consultant adviser zp2");
  }

  private Path extract(Audience.Kind kind, String id) {
    Path target = directory.resolve(id + ".duckdb");
    new Extract()
        .write(
            new Extract.Request(lake.warehouse, new Audience(kind, id), target, Optional.empty()));
    return target;
  }

  private static List<String> query(Path file, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
