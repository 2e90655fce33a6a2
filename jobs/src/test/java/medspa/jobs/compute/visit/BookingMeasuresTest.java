package medspa.jobs.compute.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import medspa.jobs.compute.Results;
import medspa.jobs.compute.TestBatch;
import medspa.jobs.compute.TestLake;
import medspa.jobs.compute.TestMarket;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.market.Market;
import medspa.warehouse.measure.Grain;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases computed by hand for the measures that count booked services one by one. */
final class BookingMeasuresTest {
  private static final String DAY = "2026-03-03T";

  @TempDir static Path directory;
  private static TestBatch batch;
  private static Results results;
  private static int id;

  @BeforeAll
  static void compute() {
    Market market =
        new TestMarket()
            .location("glow", "channels")
            .location("glow", "changes")
            .location("glow", "starts")
            .location("glow", "durations")
            .location("glow", "waits")
            .location("glow", "clocks")
            .location("other", "twin")
            .build();
    TestLake lake = new TestLake(directory, market);
    batch = lake.batch(Delivery.UPSERT);
    channels();
    changes();
    starts();
    durations();
    waits();
    clocks();
    batch.write();
    results = lake.compute("2026-04-01");
  }

  /** An appointment at 10:00 of the day for an hour, unless the rest says otherwise. */
  private static void row(String location, String rest) {
    id++;
    String times = rest.contains("start_at=") ? "" : "start_at=" + DAY + "10:00 ";
    times += rest.contains("end_at=") ? "" : "end_at=" + DAY + "11:00 ";
    batch.row(
        "appointments", "appointment_id=" + id + " location_id=" + location + " " + times + rest);
  }

  private static void channels() {
    for (String channel : List.of("online", "app", "phone", "walk_in", "other")) {
      row("channels", "status=booked booking_channel=" + channel);
    }
    row("channels", "status=cancelled booking_channel=online");
    row("channels", "status=deleted booking_channel=online");
    row("channels", "status=completed booked_at=2026-02-01T10:00");
  }

  @Test
  void onlineAndAppAreOnlineAmongRowsWithAChannelThatAreNotDeleted() {
    assertThat(results.measures("channels"))
        .containsEntry("rows_online", "3")
        .containsEntry("rows_with_channel", "6")
        .containsEntry("rows_with_booked_at", "1");
  }

  private static void changes() {
    row("changes", "status=cancelled cancelled_at=2026-03-02T10:00");
    row("changes", "status=cancelled cancelled_at=2026-03-02T10:00:01");
    row("changes", "status=cancelled cancelled_at=2026-03-03T12:00");
    row("changes", "status=cancelled");
    row("changes", "status=deleted cancelled_at=2026-03-03T09:00");
    row("changes", "status=completed cancelled_at=2026-03-03T09:00");
  }

  @Test
  void aCancellationExactly24HoursBeforeIsNotAtTheLastMinuteAndOneAfterTheStartIs() {
    assertThat(results.measures("changes"))
        .containsEntry("rows_changed_last_minute", "2")
        .containsEntry("rows_cancelled", "4")
        .containsEntry("cancellations_known", "3")
        .containsEntry("rows_booked", "1");
  }

  private static void starts() {
    String p = "provider_id=p status=completed started_at=" + DAY;
    row("starts", p + "10:10");
    row("starts", p + "10:10:01");
    row("starts", p + "09:30");
    row("starts", "provider_id=q status=arrived started_at=" + DAY + "10:45");
    row("starts", "provider_id=p status=completed");
    row("starts", "provider_id=p status=no_show started_at=" + DAY + "10:45");
    row("starts", "provider_id=p status=deleted started_at=" + DAY + "10:45");
    row("starts", "status=completed started_at=" + DAY + "10:11");
  }

  @Test
  void exactlyTenMinutesIsNotLateAndOnlyAttendedRowsWithTheirStartCount() {
    assertThat(results.measures("starts"))
        .containsEntry("rows_started", "5")
        .containsEntry("rows_started_late", "3");
    assertThat(results.measures("starts", "p"))
        .containsEntry("rows_started", "3")
        .containsEntry("rows_started_late", "1");
    assertThat(results.measures("starts", "unattributed"))
        .containsEntry("rows_started", "1")
        .containsEntry("rows_started_late", "1");
    assertThat(results.measures("starts", Grain.CATEGORY, "uncategorised"))
        .doesNotContainKey("rows_started");
  }

  private static void durations() {
    batch.row("services", "practice_id=glow service_id=laser category=Laser");
    batch.row("services", "practice_id=glow service_id=plain");
    batch.row("services", "practice_id=other service_id=other category=Other");
    String done = "status=completed provider_id=p started_at=" + DAY + "10:00 ";
    row("durations", done + "service_id=laser finished_at=" + DAY + "11:15");
    row("durations", done + "service_id=plain finished_at=" + DAY + "10:45");
    // The other practice's price list says nothing about this one's services.
    row("durations", done + "service_id=other finished_at=" + DAY + "10:30");
    row("durations", done);
    row("durations", "status=completed finished_at=" + DAY + "12:00");
    row("durations", "status=no_show started_at=" + DAY + "10:00 finished_at=" + DAY + "12:00");
  }

  @Test
  void durationsAreOfAttendedRowsThatHaveBothEndsPerServiceCategoryToo() {
    Map<String, String> all =
        Map.of("rows_timed", "3", "actual_seconds", "9000", "scheduled_seconds", "10800");
    assertThat(results.measures("durations")).containsAllEntriesOf(all);
    assertThat(results.measures("durations", "p")).containsAllEntriesOf(all);
    assertThat(results.measures("durations", Grain.CATEGORY, "Laser"))
        .containsEntry("rows_timed", "1")
        .containsEntry("actual_seconds", "4500")
        .containsEntry("scheduled_seconds", "3600");
    assertThat(results.measures("durations", Grain.CATEGORY, "uncategorised"))
        .containsEntry("rows_timed", "2")
        .containsEntry("actual_seconds", "4500");
  }

  private static void waits() {
    String done = "status=completed started_at=" + DAY;
    // Early by 20 minutes and begun 5 late; late by 10 and begun 5 after; begun before the start.
    row("waits", done + "10:05 checked_in_at=" + DAY + "09:40");
    row("waits", done + "10:15 checked_in_at=" + DAY + "10:10");
    row("waits", done + "09:50 checked_in_at=" + DAY + "09:40");
    row("waits", done + "10:30");
    row("waits", "status=arrived checked_in_at=" + DAY + "10:00");
    row("waits", "status=no_show started_at=" + DAY + "10:30 checked_in_at=" + DAY + "10:00");
  }

  @Test
  void aWaitBeginsAtTheLaterOfArrivalAndStartAndIsNeverNegative() {
    assertThat(results.measures("waits"))
        .containsEntry("rows_waited", "3")
        .containsEntry("wait_seconds", "600");
  }

  private static void clocks() {
    // Chicago springs forward at 02:00 on 8 March: 01:30 to 03:30 is one hour.
    row(
        "clocks",
        "status=completed start_at=2026-03-08T01:30 end_at=2026-03-08T03:30"
            + " started_at=2026-03-08T01:30 finished_at=2026-03-08T04:00");
    // 24 hours of elapsed time before Sunday 12:00 is Saturday 11:00.
    row(
        "clocks",
        "status=cancelled start_at=2026-03-08T12:00 end_at=2026-03-08T13:00"
            + " cancelled_at=2026-03-07T11:00");
    row(
        "clocks",
        "status=cancelled start_at=2026-03-08T12:00 end_at=2026-03-08T13:00"
            + " cancelled_at=2026-03-07T11:30");
    // Late on the local day of the start, whatever the day in UTC; and one of the as-of's own day.
    row("clocks", "status=booked start_at=2026-03-31T23:30 end_at=2026-04-01T00:30");
    row("clocks", "status=booked start_at=2026-04-01T00:00 end_at=2026-04-01T00:30");
  }

  @Test
  void durationsAndNoticesAreElapsedTimeAndDaysAreLocal() {
    assertThat(results.measures("clocks"))
        .containsEntry("scheduled_seconds", "3600")
        .containsEntry("actual_seconds", "5400")
        .containsEntry("rows_changed_last_minute", "1")
        .containsEntry("rows_booked", "2");
    assertThat(
            results.rows(
                "SELECT date FROM {gold/measures_daily} WHERE location_id = 'clocks' AND measure ="
                    + " 'rows_booked' AND grain = 'location' ORDER BY 1"))
        .containsExactly("2026-03-08", "2026-03-31");
  }

  @Test
  void anotherPracticeHasNoneOfIt() {
    assertThat(results.measures("twin")).isEmpty();
  }
}
