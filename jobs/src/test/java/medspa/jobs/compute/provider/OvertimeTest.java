package medspa.jobs.compute.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import medspa.jobs.compute.Results;
import medspa.jobs.compute.TestBatch;
import medspa.jobs.compute.TestLake;
import medspa.jobs.compute.TestMarket;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.market.Market;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OvertimeTest {
  @TempDir Path directory;
  private int id;

  private void card(TestBatch batch, String location, String provider, String in, String out) {
    id++;
    batch.row(
        "timecards",
        "timecard_id="
            + id
            + " location_id="
            + location
            + " provider_id="
            + provider
            + " clock_in_at="
            + in
            + " clock_out_at="
            + out);
  }

  /** Twelve hours from 08:00 on each of the first days of March, which begins on a Sunday. */
  private void days(TestBatch batch, String location, String provider, int from, int to) {
    for (int day = from; day <= to; day++) {
      String date = "2026-03-0" + day + "T";
      card(batch, location, provider, date + "08:00", date + "20:00");
    }
  }

  @Test
  void hoursOverFortyInAWeekAreCountedPerProviderAndLocationAndInThePractice() {
    Market market =
        new TestMarket()
            .location("glow", "austin")
            .location("glow", "dallas")
            .location("other", "twin")
            .build();
    TestLake lake = new TestLake(directory, market);
    TestBatch batch = lake.batch(Delivery.UPSERT);
    // ann: 48 hours in Austin and 12 in Dallas, together 60; bea: exactly 40 hours.
    days(batch, "austin", "ann", 2, 5);
    days(batch, "dallas", "ann", 6, 6);
    days(batch, "dallas", "bea", 2, 4);
    card(batch, "dallas", "bea", "2026-03-05T08:00", "2026-03-05T12:00");
    // cat: 36 hours there and 36 here, each below 40, together 72.
    days(batch, "austin", "cat", 2, 4);
    days(batch, "dallas", "cat", 5, 7);
    // The week before has Sunday only, and the other practice's ann is somebody else.
    days(batch, "austin", "ann", 1, 1);
    days(batch, "twin", "ann", 2, 5);
    batch.write();

    Results results = lake.compute("2026-03-16");

    assertThat(
            results.rows(
                "SELECT practice_id, location_id, grain, member_id, week_start, amount::BIGINT FROM"
                    + " {gold/measures_weekly} WHERE measure = 'overtime_seconds' ORDER BY ALL"))
        .containsExactly(
            "glow|austin|location|null|2026-03-02|" + 8 * 3600,
            "glow|austin|provider|ann|2026-03-02|" + 8 * 3600,
            "glow|null|practice|null|2026-03-02|" + (20 + 32) * 3600,
            "other|twin|location|null|2026-03-02|" + 8 * 3600,
            "other|twin|provider|ann|2026-03-02|" + 8 * 3600,
            "other|null|practice|null|2026-03-02|" + 8 * 3600);
    assertThat(
            results.rows(
                "SELECT practice_id, coalesce(member_id, grain), date, amount::BIGINT FROM"
                    + " {gold/measures_daily} WHERE measure = 'overtime_seconds' AND practice_id ="
                    + " 'glow' ORDER BY ALL"))
        .as("on the days on which the hours beyond 40 fell: of cat's 72 from Thursday on")
        .containsExactly(
            "glow|ann|2026-03-05|" + 8 * 3600,
            "glow|location|2026-03-05|" + 8 * 3600,
            "glow|practice|2026-03-05|" + 16 * 3600,
            "glow|practice|2026-03-06|" + (12 + 12) * 3600,
            "glow|practice|2026-03-07|" + 12 * 3600);
  }

  @Test
  void aCardBelongsWholeToTheWeekOfItsClockInInElapsedTime() {
    TestLake lake = new TestLake(directory, new TestMarket().location("glow", "austin").build());
    TestBatch batch = lake.batch(Delivery.UPSERT);
    days(batch, "austin", "ann", 2, 4);
    // From Sunday evening to Monday morning across the spring change: 7 hours on the clock, 6 real
    // before it and the next day's shift is of the next week.
    card(batch, "austin", "ann", "2026-03-07T22:00", "2026-03-08T05:00");
    card(batch, "austin", "ann", "2026-03-08T23:00", "2026-03-09T02:00");
    card(batch, "austin", "ann", "2026-03-09T08:00", "2026-03-09T20:00");
    batch.write();

    Results results = lake.compute("2026-03-16");

    // 36 + 6 + 3 = 45 hours.
    assertThat(
            results.rows(
                "SELECT week_start, amount::BIGINT FROM {gold/measures_weekly} WHERE measure ="
                    + " 'overtime_seconds' AND grain = 'provider'"))
        .containsExactly("2026-03-02|" + 5 * 3600);
  }
}
