package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;
import medspa.warehouse.lake.LakeJson;
import medspa.warehouse.lake.RefusedFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is published of files and sources: what came, how fresh it is, and how much is usual. */
class SourcePublicationTest {
  @RegisterExtension final LakeFixture lake = new LakeFixture();

  @BeforeEach
  void open() throws Exception {
    lake.reading("ingest_files", "refused_files", "rejected_rows", "sources", "source_volumes");
    lake.location("glow", "austin", "TX");
  }

  @Test
  void filesRejectedRowsAndFreshnessComeFromTheBatchesThatWentIn() throws Exception {
    batch(1, "old", Optional.empty(), LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 15));
    // The same file read again takes the place of the first.
    batch(2, "new", Optional.of("old"), LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 20));
    // Ingested after the computation: not in the numbers, so not in the list.
    batch(3, "later", Optional.empty(), LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 1));
    lake.execute(
        "COPY (SELECT 'appointments' AS table_name, 17::BIGINT AS source_line, 'end_at' AS"
            + " column_name, 'end_not_after_start' AS reason) TO '"
            + lake.lake.rejectedRows("new")
            + "'");
    RefusedFile.write(
        lake.lake,
        List.of(
            new RefusedFile(
                "sales",
                "glow",
                "exports/bad.csv",
                Optional.of(3L),
                Optional.empty(),
                "The last line is cut off.",
                "Export it again.")));
    lake.bronzeSequence(2)
        .expect("schedule", "glow", 7)
        .expect("sales", "glow", 7)
        .expect("templates", "glow", null)
        .rows(
            "silver/appointments",
            "practice_id, location_id, appointment_id, local_date, is_deleted, source_file_id",
            "'glow', 'austin', 'a1', DATE '2026-03-29', false, 'new'",
            "'glow', 'austin', 'a2', DATE '2026-04-20', false, 'new'")
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT source_file_id, source, mapping, delivery, table_name, ingested_at,"
                    + " rows_read, rows_accepted, rows_rejected, columns_dropped, first_date,"
                    + " last_date FROM ingest_files"))
        .containsExactly(
            "new|schedule|acuity|window|appointments|2026-04-06T08:00:00Z|10|9|1|2|2026-03-01"
                + "|2026-04-20");
    assertThat(lake.query("SELECT * FROM rejected_rows"))
        .containsExactly("new|appointments|17|end_at|end_not_after_start");
    assertThat(lake.query("SELECT file_name, source_line, column_name FROM refused_files"))
        .containsExactly("exports/bad.csv|3|null");
    // The newest day before the as-of is 29 March, 8 days back; bookings of the future do not
    // count.
    assertThat(
            lake.query(
                "SELECT source, state, files, newest_date, is_stale, days_late, rows_read,"
                    + " rows_rejected, reject_share FROM sources"))
        .containsExactly(
            "schedule|late|1|2026-03-29|true|1|10|1|0.1",
            "sales|missing|0|null|true|null|0|0|null",
            "templates|nothing yet|0|null|null|null|0|0|null");
  }

  @Test
  void aSourceWhoseLastFileWasRefusedSaysSoEvenIfItsRowsAreFresh() throws Exception {
    batch(1, "new", Optional.empty(), LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 5));
    RefusedFile.write(
        lake.lake,
        List.of(
            new RefusedFile(
                "schedule",
                "glow",
                "x.csv",
                Optional.empty(),
                Optional.empty(),
                "Empty.",
                "Redo.")));
    lake.bronzeSequence(1).expect("schedule", "glow", 7).write().publish();
    assertThat(lake.query("SELECT state, days_late, is_stale FROM sources"))
        .containsExactly("refused|0|false");
    RefusedFile.write(lake.lake, List.of());
    lake.publish();
    assertThat(lake.query("SELECT state FROM sources")).containsExactly("current");
  }

  /** Weekly rows of one source up to the last complete week, oldest first. */
  private List<String> volumes(int... rows) throws Exception {
    LocalDate start = LakeFixture.LAST_WEEK.minusWeeks(rows.length - 1L);
    batch(1, "new", Optional.empty(), start, LakeFixture.LAST_WEEK.plusDays(5));
    lake.weeksComputed(rows.length).bronzeSequence(1);
    for (int week = 0; week < rows.length; week++) {
      for (int row = 0; row < rows[week]; row++) {
        // The last row of each week lies on its Saturday; the Sunday is closed.
        LocalDate day = start.plusWeeks(week).plusDays(row == 0 ? 5 : row % 6);
        lake.rows(
            "silver/appointments",
            "practice_id, appointment_id, location_id, start_at, end_at, status, local_date,"
                + " source_file_id, source_line",
            "'glow', 'A"
                + week
                + "-"
                + row
                + "', 'austin', TIMESTAMPTZ '"
                + day
                + " 15:00:00+00', TIMESTAMPTZ '"
                + day
                + " 16:00:00+00', 'completed', DATE '"
                + day
                + "', 'new', "
                + (2 + row));
      }
    }
    lake.write().publish();
    return lake.query(
        "SELECT rows, usual, lower_limit, upper_limit, is_unusual FROM source_volumes ORDER BY"
            + " week_start");
  }

  @Test
  void aWeekIsUnusualOutsideHalfOfTheMedianWhereWeeksHardlyDiffer() throws Exception {
    // Median of six weeks of 20 is 20, their deviation 0: the limits are 10 and 30, both included.
    assertThat(volumes(20, 20, 20, 20, 20, 20, 10, 9, 31))
        .containsExactly(
            "20|null|null|null|null",
            "20|null|null|null|null",
            "20|null|null|null|null",
            "20|null|null|null|null",
            "20|null|null|null|null",
            "20|null|null|null|null",
            "10|20.0|10.0|30.0|false",
            "9|20.0|10.0|30.0|true",
            "31|20.0|10.0|30.0|true");
  }

  @Test
  void weeksThatDifferWidelyHaveWiderLimitsAndAWeekWithoutRowsCounts() throws Exception {
    // Before the last week: 10, 30, 10, 30, 10, 30; median 20, deviation 10, 3.5 × 14.826 = 51.9.
    assertThat(volumes(10, 30, 10, 30, 10, 30, 0, 1).subList(6, 8))
        .satisfiesExactly(
            none -> assertThat(none).startsWith("0|20.0|0.0|71.8").endsWith("|false"),
            last -> assertThat(last).startsWith("1|10.0|0.0|").endsWith("|false"));
  }

  @Test
  void datesReachFromTheFirstWeekToTheAsOfWithTheMarketsWeeks() throws Exception {
    lake.weeksComputed(2)
        .has("glow", "austin", "shifts") // on 1 March, a Sunday
        .write()
        .publish();

    assertThat(lake.query("SELECT min(date), max(date) FROM dates"))
        .containsExactly("2026-03-01|2026-04-06");
    assertThat(lake.query("SELECT * FROM dates WHERE date = DATE '2026-03-01'"))
        .containsExactly("2026-03-01|2026-02-23|2026-03-01|7|2026-03-01|2026");
    assertThat(lake.query("SELECT week_start FROM dates WHERE date = DATE '2026-03-02'"))
        .containsExactly("2026-03-02");
  }

  private void batch(
      long sequence, String id, Optional<String> replaces, LocalDate first, LocalDate last) {
    LakeJson.replace(
        lake.lake.batch(id).resolve("batch.json"),
        new Batch(
            sequence,
            sequence,
            id,
            "schedule",
            "glow",
            "exports/schedule.csv",
            "sha",
            "inputs",
            replaces,
            "acuity",
            Delivery.WINDOW,
            Instant.parse("2026-04-06T08:00:00Z"),
            2,
            List.of(
                new TableCounts(
                    "appointments", 10, 9, 0, 0, 1, List.of(new Window("austin", first, last)))),
            Optional.empty(),
            Optional.empty()));
  }
}
