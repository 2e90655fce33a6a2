package medspa.jobs.compute.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import medspa.jobs.compute.Results;
import medspa.jobs.compute.TestBatch;
import medspa.jobs.compute.TestLake;
import medspa.jobs.compute.TestMarket;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.market.Market;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases computed by hand for what clients do over time; each case has clients of its own. */
final class ClientVisitsTest {
  @TempDir static Path directory;
  private static TestBatch batch;
  private static Results results;
  private static int id;

  @BeforeAll
  static void compute() {
    Market market =
        new TestMarket()
            .location("glow", "rebook")
            .location("glow", "elsewhere")
            .location("glow", "parts")
            .location("glow", "east", ZoneId.of("America/New_York"), List.of())
            .location("glow", "fresh")
            .location("glow", "again")
            .location("old", "history")
            .location("other", "twin")
            // A Wednesday: the week that begins on Monday the 9th is the first whole one.
            .historyFrom("old", LocalDate.of(2026, 3, 4))
            .build();
    TestLake lake = new TestLake(directory, market);
    batch = lake.batch(Delivery.UPSERT);
    rebook();
    parts();
    fresh();
    again();
    history();
    batch.write();
    results = lake.compute("2026-07-01");
  }

  /** An appointment of an hour, given as location, client, start, status and the rest. */
  private static void row(
      String location, String client, String start, String status, String... rest) {
    id++;
    batch.row(
        "appointments",
        "appointment_id="
            + id
            + " location_id="
            + location
            + (client.equals("-") ? "" : " client_key=" + client)
            + " start_at="
            + start
            + " end_at="
            + start.replaceFirst(":[0-9]{2}$", ":59")
            + " status="
            + status
            + " "
            + String.join(" ", rest));
  }

  private static void rebook() {
    String day = "2026-03-03T";
    // r1 booked a minute before midnight, r2 at midnight: Chicago's, though it is the same in UTC.
    row("rebook", "r1", day + "10:00", "completed", "provider_id=p");
    row("elsewhere", "r1", "2026-08-01T10:00", "cancelled", "booked_at=2026-03-03T23:59-06:00");
    row("rebook", "r2", day + "10:00", "completed", "provider_id=p");
    row("elsewhere", "r2", "2026-08-01T10:00", "booked", "booked_at=2026-03-04T00:00-06:00");
    // r3 booked long before; r4's next one is deleted; r5's is on the same day; r6 has no time.
    row("rebook", "r3", day + "10:00", "arrived", "provider_id=q");
    row("rebook", "r3", "2026-03-10T10:00", "no_show", "booked_at=2026-01-01T10:00");
    row("rebook", "r4", day + "10:00", "completed", "provider_id=p");
    row("rebook", "r4", "2026-03-10T10:00", "deleted", "booked_at=2026-01-01T10:00");
    row("rebook", "r5", day + "10:00", "completed", "provider_id=p");
    row("rebook", "r5", day + "20:00", "booked", "booked_at=2026-01-01T10:00");
    row("rebook", "r6", day + "10:00", "completed", "provider_id=p");
    row("rebook", "r6", "2026-03-10T10:00", "booked");
    // The other practice's r6 is somebody else; nobody is nobody; a no-show is not attended.
    row("twin", "r6", "2026-03-10T10:00", "booked", "booked_at=2026-01-01T10:00");
    row("rebook", "-", day + "10:00", "completed", "provider_id=p");
    row("rebook", "-", "2026-03-10T10:00", "booked", "booked_at=2026-01-01T10:00");
    row("rebook", "r7", day + "10:00", "no_show", "provider_id=p");
    row("rebook", "r7", "2026-03-10T10:00", "booked", "booked_at=2026-01-01T10:00");
    // New York's day ends an hour before Chicago's.
    row("east", "r8", day + "10:00", "completed");
    row("rebook", "r8", "2026-08-01T10:00", "booked", "booked_at=2026-03-03T23:30-06:00");
  }

  @Test
  void aVisitIsRebookedWhenALaterAppointmentWasBookedBeforeItsLocalDayEnded() {
    assertThat(results.measures("rebook"))
        .containsEntry("visits_attended", "7")
        .containsEntry("visits_attended_known", "6")
        .containsEntry("visits_rebooked", "2");
    assertThat(results.measures("rebook", "p"))
        .containsEntry("visits_attended_known", "5")
        .containsEntry("visits_rebooked", "1");
    assertThat(results.measures("rebook", "q"))
        .containsEntry("visits_attended_known", "1")
        .containsEntry("visits_rebooked", "1");
    assertThat(results.measures("east")).doesNotContainKey("visits_rebooked");
  }

  private static void parts() {
    // One visit with two providers, of whom one was missed; and one visit of two days by its id.
    row("parts", "s1", "2026-03-03T10:00", "completed", "provider_id=p visit_id=1");
    row("parts", "s1", "2026-03-03T11:00", "no_show", "provider_id=q visit_id=1");
    row("parts", "s1", "2026-03-20T10:00", "booked", "booked_at=2026-03-01T10:00 visit_id=2");
  }

  @Test
  void aProvidersVisitsAreFormedFromThatProvidersRows() {
    assertThat(results.measures("parts", "p")).containsEntry("visits_rebooked", "1");
    assertThat(results.measures("parts", "q"))
        .doesNotContainKeys("visits_rebooked", "visits_attended_known");
    assertThat(results.measures("parts")).containsEntry("visits_rebooked", "1");
  }

  private static void fresh() {
    // n1's first attended visit is elsewhere in the practice; n2's is here, after a no-show.
    row("elsewhere", "n1", "2026-03-02T10:00", "completed");
    row("fresh", "n1", "2026-03-03T10:00", "completed");
    row("fresh", "n2", "2026-03-02T10:00", "no_show");
    row("fresh", "n2", "2026-03-03T10:00", "completed");
    row("fresh", "n2", "2026-03-04T10:00", "completed");
    // n3 was seen before the exports begin; n4 on that very day; n5's first row is deleted.
    row("fresh", "n3", "2026-03-03T10:00", "completed");
    batch.row("clients", "practice_id=glow client_key=n3 first_seen_on=2026-03-02");
    row("fresh", "n4", "2026-03-03T10:00", "completed");
    batch.row("clients", "practice_id=glow client_key=n4 first_seen_on=2026-03-03");
    row("fresh", "n5", "2026-03-02T10:00", "deleted");
    row("fresh", "n5", "2026-03-03T10:00", "completed");
    row("twin", "n5", "2026-01-03T10:00", "completed");
    row("fresh", "-", "2026-03-03T10:00", "completed");
  }

  @Test
  void aVisitWithTheEarliestAttendedStartInThePracticeIsTheNewClients() {
    assertThat(
            results.rows(
                "SELECT date, measure, amount::INTEGER FROM {gold/measures_daily} WHERE location_id"
                    + " = 'fresh' AND grain = 'location' AND measure IN ('visits_new_client',"
                    + " 'visits_since_history') ORDER BY ALL"))
        .containsExactly(
            "2026-03-03|visits_new_client|3",
            "2026-03-03|visits_since_history|5",
            "2026-03-04|visits_since_history|1");
  }

  private static void again() {
    // First visits on 3 March, whose 90th day is 1 June.
    row("again", "a1", "2026-03-03T10:00", "completed");
    row("elsewhere", "a1", "2026-06-01T23:30", "completed");
    row("again", "a2", "2026-03-03T10:00", "completed");
    row("again", "a2", "2026-06-02T00:30", "completed");
    row("again", "a3", "2026-03-03T10:00", "completed");
    row("again", "a3", "2026-03-03T20:00", "completed", "visit_id=evening");
    row("again", "a3", "2026-03-20T20:00", "no_show");
    // On 1 and 2 April, whose 90th days are the day before the as-of, and the as-of.
    row("again", "a4", "2026-04-01T10:00", "completed");
    row("again", "a5", "2026-04-02T10:00", "completed");
  }

  @Test
  void aNewClientWhoComesAgainOnALaterDayUpToTheNinetiethHasReturned() {
    assertThat(
            results.rows(
                "SELECT date, measure, amount::INTEGER FROM {gold/measures_daily} WHERE location_id"
                    + " = 'again' AND measure LIKE 'clients_%' ORDER BY ALL"))
        .containsExactly(
            "2026-06-01|clients_matured_90|3",
            "2026-06-01|clients_returned_90|1",
            "2026-06-30|clients_matured_90|1");
  }

  private static void history() {
    row("history", "h1", "2026-03-03T10:00", "completed");
    row("history", "h1", "2026-03-09T10:00", "completed");
    row("history", "h2", "2026-03-08T10:00", "completed");
    row("history", "h3", "2026-03-09T10:00", "completed");
  }

  @Test
  void inWeeksThatBeginBeforeTheHistoryNobodyIsCounted() {
    assertThat(
            results.rows(
                "SELECT date, measure, amount::INTEGER FROM {gold/measures_daily} WHERE location_id"
                    + " = 'history' AND measure IN ('visits_new_client', 'visits_since_history')"
                    + " ORDER BY ALL"))
        .containsExactly("2026-03-09|visits_new_client|1", "2026-03-09|visits_since_history|2");
    assertThat(results.measures("history")).containsEntry("visits_attended_known", "4");
  }
}
