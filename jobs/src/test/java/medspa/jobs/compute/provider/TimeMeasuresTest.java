package medspa.jobs.compute.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import medspa.jobs.compute.Results;
import medspa.jobs.compute.TestBatch;
import medspa.jobs.compute.TestLake;
import medspa.jobs.compute.TestMarket;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.market.Market;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures of providers' time and of visits, each rule at a location of its own. */
final class TimeMeasuresTest {
  @TempDir static Path directory;
  private static Results results;
  private static TestBatch batch;

  @BeforeAll
  static void compute() {
    Market market =
        new TestMarket()
            .location("glow", "split")
            .location("glow", "midnight")
            .location("glow", "week_of_spring")
            .location("glow", "week_of_autumn")
            .location("glow", "notice")
            .locationWithNotice("glow", "half_hour", "0.5")
            .location("glow", "visits")
            .location("glow", "providers")
            .location("glow", "cards")
            .location("glow", "as_of")
            .location("other", "twin")
            .location("other", "sydney", ZoneId.of("Australia/Sydney"), List.of())
            .build();
    TestLake lake = new TestLake(directory, market);
    batch = lake.batch(Delivery.UPSERT);
    split();
    midnight();
    daylightSaving();
    notice();
    visits();
    providers();
    cardsAndAsOf();
    batch.write();
    results = lake.compute("2026-11-09");
  }

  private static void appointment(String id, String location, String rest) {
    batch.row("appointments", "appointment_id=" + id + " location_id=" + location + " " + rest);
  }

  private static void shift(String id, String location, String rest) {
    batch.row("shifts", "shift_id=" + id + " location_id=" + location + " " + rest);
  }

  private static String at(String start, String end, String status) {
    return "start_at=" + start + " end_at=" + end + " status=" + status;
  }

  private static void split() {
    // Overlapping shifts 09:00–13:00 and 12:00–17:00, a break 13:00–14:00: 7 hours bookable.
    shift(
        "1",
        "split",
        "provider_id=p kind=bookable start_at=2026-03-03T09:00 end_at=2026-03-03T13:00");
    shift(
        "2",
        "split",
        "provider_id=p kind=bookable start_at=2026-03-03T12:00 end_at=2026-03-03T17:00");
    shift(
        "3", "split", "provider_id=p kind=break start_at=2026-03-03T13:00 end_at=2026-03-03T14:00");
    // An evening that is blocked and then taken off is not bookable.
    String evening = "start_at=2026-03-03T18:00 end_at=2026-03-03T20:00";
    shift("4", "split", "provider_id=p kind=bookable " + evening);
    shift("5", "split", "provider_id=p kind=blocked " + evening.replace("20:00", "19:00"));
    shift("6", "split", "provider_id=p kind=time_off " + evening.replace("18:00", "19:00"));
    String p = "provider_id=p ";
    // Two attended that overlap by half an hour, the second runs into the break: 09:30–11:00,
    // 12:30–13:00 kept; 13:00–13:30 and 17:00–17:30 overflow.
    appointment("1", "split", p + at("2026-03-03T09:30", "2026-03-03T10:30", "completed"));
    appointment("2", "split", p + at("2026-03-03T10:00", "2026-03-03T11:00", "arrived"));
    appointment("3", "split", p + at("2026-03-03T12:30", "2026-03-03T13:30", "completed"));
    appointment("4", "split", p + at("2026-03-03T16:30", "2026-03-03T17:30", "completed"));
    // No-show under an attended one counts only what is left of it: 11:00–11:30.
    appointment("5", "split", p + at("2026-03-03T10:30", "2026-03-03T11:30", "no_show"));
    // Late: 11:15–12:00 less the no-show: 11:30–12:00.
    appointment(
        "6",
        "split",
        p
            + at("2026-03-03T11:15", "2026-03-03T12:00", "cancelled")
            + " cancelled_at=2026-03-03T08:00");
    // Unresolved 14:00–15:00, an early cancellation and a deleted one leave idle time.
    appointment("7", "split", p + at("2026-03-03T14:00", "2026-03-03T15:00", "confirmed"));
    appointment(
        "8",
        "split",
        p
            + at("2026-03-03T15:00", "2026-03-03T16:00", "cancelled")
            + " cancelled_at=2026-03-01T08:00");
    appointment("9", "split", p + at("2026-03-03T15:00", "2026-03-03T16:00", "deleted"));
    // Without a provider: in nobody's time.
    appointment("10", "split", at("2026-03-03T15:00", "2026-03-03T16:00", "completed"));
  }

  @Test
  void bookableTimeIsSplitIntoKeptNoShowLateUnresolvedAndIdle() {
    assertThat(results.measures("split", "p"))
        .containsEntry("bookable_seconds", "25200")
        .containsEntry("kept_seconds", String.valueOf((90 + 30 + 30) * 60))
        .containsEntry("no_show_seconds", "1800")
        .containsEntry("late_cancelled_seconds", "1800")
        .containsEntry("unresolved_seconds", "3600")
        .containsEntry("idle_seconds", String.valueOf(25200 - 9000 - 1800 - 1800 - 3600))
        .containsEntry("overflow_seconds", "3600");
  }

  @Test
  void theLocationsTimeIsTheSumOfItsProviders() {
    assertThat(
            results.rows(
                "SELECT measure FROM {gold/measures_daily} WHERE measure LIKE '%_seconds'"
                    + " AND measure <> 'worked_seconds'"
                    + " GROUP BY location_id, date, measure"
                    + " HAVING coalesce(sum(amount) FILTER (grain = 'location'), 0)"
                    + " <> coalesce(sum(amount) FILTER (grain = 'provider'), 0)"))
        .isEmpty();
    assertThat(results.measures("providers")).containsEntry("bookable_seconds", "7200");
  }

  @Test
  void bookableIsKeptPlusNoShowPlusLatePlusUnresolvedPlusIdle() {
    List<String> days =
        results.rows(
            "SELECT sum(CASE measure WHEN 'bookable_seconds' THEN amount ELSE -amount END) = 0"
                + " FROM {gold/measures_daily} WHERE measure IN ('bookable_seconds',"
                + " 'kept_seconds', 'no_show_seconds', 'late_cancelled_seconds',"
                + " 'unresolved_seconds', 'idle_seconds')"
                + " GROUP BY location_id, grain, member_id, date");
    assertThat(days).hasSizeGreaterThan(20).containsOnly("true");
  }

  private static void midnight() {
    // Sunday 22:00 to Monday 02:00, in a week that starts on Monday.
    shift(
        "1",
        "midnight",
        "provider_id=p kind=bookable start_at=2026-03-01T22:00 end_at=2026-03-02T02:00");
    appointment(
        "1",
        "midnight",
        "provider_id=p " + at("2026-03-01T23:00", "2026-03-02T00:30", "completed"));
  }

  @Test
  void intervalsAreCutAtLocalMidnightAndEachPieceBelongsToItsWeek() {
    assertThat(
            results.rows(
                "SELECT date, measure, amount::BIGINT FROM {gold/measures_daily}"
                    + " WHERE location_id = 'midnight' AND grain = 'provider' AND member_id = 'p'"
                    + " AND measure IN ('bookable_seconds', 'kept_seconds') ORDER BY ALL"))
        .containsExactly(
            "2026-03-01|bookable_seconds|7200",
            "2026-03-01|kept_seconds|3600",
            "2026-03-02|bookable_seconds|7200",
            "2026-03-02|kept_seconds|1800");
    assertThat(
            results.rows(
                "SELECT week_start, amount::BIGINT FROM {gold/measures_weekly}"
                    + " WHERE location_id = 'midnight' AND grain = 'provider' AND member_id = 'p'"
                    + " AND measure = 'kept_seconds' ORDER BY ALL"))
        .containsExactly("2026-02-23|3600", "2026-03-02|1800");
  }

  private static void daylightSaving() {
    // Bookable round the clock, Monday to Monday; the clocks change on Sunday.
    for (int day = 0; day < 7; day++) {
      java.time.LocalDate spring = java.time.LocalDate.of(2026, 3, 2).plusDays(day);
      java.time.LocalDate autumn = java.time.LocalDate.of(2026, 10, 26).plusDays(day);
      shift(
          "s" + day,
          "week_of_spring",
          "provider_id=p kind=bookable start_at="
              + spring
              + "T00:00 end_at="
              + spring.plusDays(1)
              + "T00:00");
      shift(
          "a" + day,
          "week_of_autumn",
          "provider_id=p kind=bookable start_at="
              + autumn
              + "T00:00 end_at="
              + autumn.plusDays(1)
              + "T00:00");
    }
    shift(
        "1",
        "sydney",
        "provider_id=p kind=bookable start_at=2026-10-04T00:00 end_at=2026-10-05T00:00");
  }

  @Test
  void theWeekInWhichTheClocksGoForwardHas167Hours() {
    assertThat(weeks("week_of_spring")).containsExactly("2026-03-02|" + 167 * 3600);
    assertThat(weeks("sydney")).containsExactly("2026-09-28|" + 23 * 3600);
  }

  @Test
  void theWeekInWhichTheClocksGoBackHas169Hours() {
    assertThat(weeks("week_of_autumn")).containsExactly("2026-10-26|" + 169 * 3600);
  }

  private static List<String> weeks(String location) {
    return results.rows(
        "SELECT week_start, amount::BIGINT FROM {gold/measures_weekly} WHERE location_id = '"
            + location
            + "' AND grain = 'location' AND measure = 'bookable_seconds' ORDER BY ALL");
  }

  private static void notice() {
    // Start on Sunday 8 March at 12:00, after the clocks went forward at 02:00: 24 elapsed hours
    // before are 11:00 on the wall.
    String start = at("2026-03-08T12:00", "2026-03-08T13:00", "cancelled");
    appointment("exactly", "notice", "client_key=a " + start + " cancelled_at=2026-03-07T11:00");
    appointment("second", "notice", "client_key=b " + start + " cancelled_at=2026-03-07T11:00:01");
    appointment("after", "notice", "client_key=c " + start + " cancelled_at=2026-03-08T12:30");
    appointment("never", "notice", "client_key=d " + start);
    appointment("1", "half_hour", "client_key=a " + start + " cancelled_at=2026-03-08T11:30");
    appointment("2", "half_hour", "client_key=b " + start + " cancelled_at=2026-03-08T11:31");
  }

  @Test
  void theNoticeIsThatOfTheLocation() {
    assertThat(results.measures("half_hour"))
        .containsEntry("visits_cancelled", "1")
        .containsEntry("visits_late_cancelled", "1");
  }

  @Test
  void lateCancellationAtExactlyTheNoticeIsEarly() {
    assertThat(outcome("a")).containsExactly("cancelled");
    assertThat(outcome("b")).containsExactly("late_cancelled");
  }

  @Test
  void cancellationAfterTheStartIsLate() {
    assertThat(outcome("c")).containsExactly("late_cancelled");
  }

  @Test
  void cancellationWithoutItsTimeIsEarly() {
    assertThat(outcome("d")).containsExactly("cancelled");
    assertThat(results.measures("notice"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "visits_late_cancelled", "2",
                "visits_due", "2",
                "visits_cancelled", "2",
                "cancellations_known", "3",
                "rows_cancelled", "4",
                "rows_changed_last_minute", "2"));
  }

  private static List<String> outcome(String client) {
    return results.rows(
        "SELECT outcome FROM {silver/visits} WHERE location_id = 'notice' AND client_key = '"
            + client
            + "'");
  }

  private static void visits() {
    String day = "2026-03-03T";
    // One visit of one client on one day, whatever its rows became: attended wins.
    appointment("1", "visits", "client_key=a " + at(day + "09:00", day + "10:00", "no_show"));
    appointment("2", "visits", "client_key=a " + at(day + "10:00", day + "11:00", "completed"));
    // The next day is another visit.
    appointment(
        "3", "visits", "client_key=a " + at("2026-03-04T09:00", "2026-03-04T10:00", "booked"));
    // A visit id holds together what days part; it belongs to the earliest row.
    appointment(
        "4", "visits", "client_key=b visit_id=v " + at(day + "23:00", day + "23:30", "no_show"));
    appointment(
        "5",
        "visits",
        "client_key=b visit_id=v " + at("2026-03-04T00:00", "2026-03-04T00:30", "cancelled"));
    // Rows without client are visits by themselves; one has the id of the visit above.
    appointment("v", "visits", at(day + "09:00", day + "10:00", "completed"));
    appointment("6", "visits", at(day + "09:00", day + "10:00", "completed"));
    appointment("7", "visits", "client_key=c " + at(day + "09:00", day + "10:00", "deleted"));
    // A late cancellation weighs less than a no-show and more than what is unresolved, and that
    // more than an early cancellation. In UTC the later row of d is on the next day.
    String early = " cancelled_at=2026-03-01T09:00";
    String late = " cancelled_at=2026-03-03T08:00";
    appointment("8", "visits", "client_key=d " + at(day + "16:00", day + "17:00", "no_show"));
    appointment(
        "9", "visits", "client_key=d " + at(day + "19:00", day + "20:00", "cancelled") + late);
    appointment(
        "10", "visits", "client_key=e " + at(day + "09:00", day + "10:00", "cancelled") + late);
    appointment("11", "visits", "client_key=e " + at(day + "10:00", day + "11:00", "booked"));
    appointment(
        "12", "visits", "client_key=f " + at(day + "09:00", day + "10:00", "cancelled") + early);
    appointment("13", "visits", "client_key=f " + at(day + "10:00", day + "11:00", "confirmed"));
    appointment("14", "visits", "client_key=g " + at(day + "09:00", day + "10:00", "deleted"));
    appointment(
        "15", "visits", "client_key=g " + at(day + "10:00", day + "11:00", "cancelled") + early);
    // The same client at another practice is someone else.
    appointment("1", "twin", "client_key=a " + at(day + "09:00", day + "10:00", "no_show"));
  }

  @Test
  void aVisitHasTheWeightiestOutcomeOfItsRows() {
    assertThat(
            results.rows(
                "SELECT client_key, visit_date, outcome, rows FROM {silver/visits}"
                    + " WHERE location_id = 'visits' ORDER BY ALL"))
        .containsExactly(
            "a|2026-03-03|attended|2",
            "a|2026-03-04|unresolved|1",
            "b|2026-03-03|no_show|2",
            "c|2026-03-03|deleted|1",
            "d|2026-03-03|no_show|2",
            "e|2026-03-03|late_cancelled|2",
            "f|2026-03-03|unresolved|2",
            "g|2026-03-03|cancelled|2",
            "null|2026-03-03|attended|1",
            "null|2026-03-03|attended|1");
    assertThat(results.measures("visits"))
        .containsEntry("visits_attended", "3")
        .containsEntry("visits_no_show", "2")
        .containsEntry("visits_late_cancelled", "1")
        .containsEntry("visits_unresolved", "2")
        .containsEntry("visits_cancelled", "1")
        .containsEntry("visits_due", "6")
        .doesNotContainKey("visits_deleted");
  }

  @Test
  void aVisitIsMeasuredOnTheDayOfItsEarliestRow() {
    assertThat(
            results.rows(
                "SELECT date, amount::BIGINT FROM {gold/measures_daily} WHERE location_id ="
                    + " 'visits' AND grain = 'location' AND measure = 'visits_no_show'"))
        .containsExactly("2026-03-03|2");
  }

  @Test
  void twoPracticesThatShareIdsStayApart() {
    assertThat(results.measures("twin"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("visits_no_show", "1", "visits_due", "1", "rows_booked", "1"));
    assertThat(
            results.rows(
                "SELECT practice_id FROM {silver/appointments}"
                    + " WHERE appointment_id = '1' AND location_id IN ('visits', 'twin') ORDER BY ALL"))
        .containsExactly("glow", "other");
  }

  private static void providers() {
    String day = "2026-03-03T";
    shift(
        "1",
        "providers",
        "provider_id=p kind=bookable start_at=" + day + "09:00 end_at=" + day + "10:00");
    shift(
        "2",
        "providers",
        "provider_id=q kind=bookable start_at=" + day + "09:00 end_at=" + day + "10:00");
    // One visit with rows of two providers: attended by p, missed by q.
    appointment(
        "1",
        "providers",
        "provider_id=p client_key=a " + at(day + "09:00", day + "10:00", "completed"));
    appointment(
        "2",
        "providers",
        "provider_id=q client_key=a " + at(day + "10:00", day + "11:00", "no_show"));
    appointment("3", "providers", "client_key=b " + at(day + "10:00", day + "11:00", "no_show"));
  }

  @Test
  void aProvidersVisitsAreFormedFromItsRowsAlone() {
    assertThat(results.measures("providers", "p")).containsEntry("visits_attended", "1");
    assertThat(results.measures("providers", "q")).containsEntry("visits_no_show", "1");
    assertThat(results.measures("providers", "unattributed")).containsEntry("visits_no_show", "1");
    assertThat(results.measures("providers"))
        .containsEntry("visits_attended", "1")
        .containsEntry("visits_no_show", "1")
        .containsEntry("visits_due", "2");
  }

  private static void cardsAndAsOf() {
    // A card over midnight from Sunday to Monday counts whole in the week of clock-in.
    batch.row(
        "timecards",
        "timecard_id=1 location_id=cards provider_id=p"
            + " clock_in_at=2026-03-01T22:00 clock_out_at=2026-03-02T02:00");
    // The as-of is Monday, 9 November 2026.
    shift(
        "1",
        "as_of",
        "provider_id=p kind=bookable start_at=2026-11-08T22:00 end_at=2026-11-09T03:00");
    shift(
        "2",
        "as_of",
        "provider_id=p kind=bookable start_at=2026-11-09T09:00 end_at=2026-11-09T10:00");
    appointment(
        "1", "as_of", "client_key=a " + at("2026-11-08T23:59", "2026-11-09T00:30", "booked"));
    appointment(
        "2", "as_of", "client_key=b " + at("2026-11-09T00:00", "2026-11-09T00:30", "booked"));
  }

  @Test
  void aTimeCardBelongsWholeToTheWeekOfClockIn() {
    assertThat(
            results.rows(
                "SELECT week_start, member_id, amount::BIGINT FROM {gold/measures_weekly}"
                    + " WHERE measure = 'worked_seconds' ORDER BY ALL"))
        .containsExactly("2026-02-23|p|14400", "2026-02-23|null|14400");
  }

  @Test
  void nothingAtOrAfterTheAsOfIsMeasured() {
    assertThat(results.measures("as_of"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "bookable_seconds", "7200",
                "idle_seconds", "7200",
                "visits_unresolved", "1",
                "rows_booked", "1"));
    assertThat(results.rows("SELECT count(*) FROM {silver/visits} WHERE location_id = 'as_of'"))
        .containsExactly("1");
  }
}
