package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.explain.Explainer;
import medspa.warehouse.explain.Explanation.Explained;
import medspa.warehouse.explain.Explanation.Unavailable;
import medspa.warehouse.explain.ExplanationText;
import medspa.warehouse.explain.Subject;
import medspa.warehouse.measure.Grain;
import medspa.warehouse.query.QueryFormat;
import medspa.warehouse.query.WarehouseQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sums of which the exports tell that there was nothing to add: 0, and not unknown. */
class KnownZeroTest {
  private static final LocalDate BEFORE = LAST_WEEK.minusWeeks(1);

  @RegisterExtension final LakeFixture lake = new LakeFixture();

  private void location(String practice, String location) throws Exception {
    lake.location(practice, location, "TX").has(practice, location, "stock_movements");
  }

  /** A week whose stock export tells of products in use, with so many stockout days. */
  private void stock(String practice, String location, LocalDate week, int days) throws Exception {
    lake.measure(practice, location, week, "products_in_use", "11");
    if (days != 0) {
      lake.measure(practice, location, week, "stockout_days", Integer.toString(days));
    }
  }

  private List<String> zeros(String kpi) throws Exception {
    return lake.query(
        "SELECT grain, coalesce(location_id, '-'), coalesce(member_id, '-'), week_start, value,"
            + " numerator, sample_size, is_stable FROM kpi_weekly_zeros WHERE kpi = '"
            + kpi
            + "' ORDER BY ALL");
  }

  private List<String> reasons(String kpi) throws Exception {
    return lake.query(
        "SELECT location_id, reason FROM kpi_unavailable WHERE kpi = '" + kpi + "' ORDER BY ALL");
  }

  @Test
  void aWeekOfWhichTheExportTellsWithNothingToCountIsZeroAndAvailable() throws Exception {
    lake.openedOn("elgin", LAST_WEEK.plusDays(7)).openedOn("frisco", LAST_WEEK.plusDays(6));
    for (String location : List.of("austin", "dallas", "elgin", "frisco", "katy")) {
      location("glow", location);
    }
    lake.location("glow", "waco", "OK");
    stock("glow", "austin", BEFORE, 4);
    stock("glow", "austin", LAST_WEEK, 0);
    stock("glow", "dallas", LAST_WEEK, 3);
    stock("glow", "elgin", LAST_WEEK, 0);
    stock("glow", "frisco", LAST_WEEK, 0);
    stock("glow", "katy", BEFORE, 0);
    lake.write().publish();

    assertThat(zeros("stockout_days"))
        .containsExactly(
            "location|austin|-|2026-03-30|0.0|0.000000|null|true",
            "location|frisco|-|2026-03-30|0.0|0.000000|null|true",
            "location|katy|-|2026-03-23|0.0|0.000000|null|true");
    assertThat(reasons("stockout_days"))
        .containsExactly(
            "elgin|the exports tell nothing of it in this week",
            "katy|the exports tell nothing of it in this week",
            "waco|no stock movement export");
    assertThat(
            lake.query(
                "SELECT location_id, week_start, value FROM kpi_weekly WHERE kpi = 'stockout_days'"
                    + " ORDER BY ALL"))
        .as("a row exists where numerator or denominator is not zero")
        .containsExactly("austin|2026-03-23|4.0", "dallas|2026-03-30|3.0");
  }

  @Test
  void aPracticeIsZeroWhereItsLocationsAreOrCancelOut() throws Exception {
    for (String location : List.of("austin", "dallas")) {
      lake.location("glow", location, "TX").has("glow", location, "stock_counts");
      for (LocalDate week : List.of(BEFORE, LAST_WEEK)) {
        lake.measure("glow", location, week, "counts_owned", "15");
      }
    }
    lake.measure("glow", "austin", LAST_WEEK, "shrinkage_cost", "12.5")
        .measure("glow", "dallas", LAST_WEEK, "shrinkage_cost", "-12.5")
        .write()
        .publish();

    assertThat(zeros("shrinkage_cost"))
        .containsExactly(
            "location|austin|-|2026-03-23|0.0|0.000000|15.000000|false",
            "location|dallas|-|2026-03-23|0.0|0.000000|15.000000|false",
            "practice|-|-|2026-03-23|0.0|0.000000|30.000000|true",
            "practice|-|-|2026-03-30|0.0|0.000000|30.000000|true",
            "region|-|TX|2026-03-23|0.0|0.000000|30.000000|true",
            "region|-|TX|2026-03-30|0.0|0.000000|30.000000|true");
    String between =
        "SELECT grain, coalesce(location_id, member_id, '-'), value, sample_size FROM"
            + " kpi_between(DATE '%s', DATE '%s') WHERE kpi = 'shrinkage_cost' ORDER BY ALL";
    assertThat(lake.query(between.formatted(BEFORE, BEFORE)))
        .containsExactly(
            "location|austin|0.0|15.000000",
            "location|dallas|0.0|15.000000",
            "practice|-|0.0|30.000000",
            "region|TX|0.0|30.000000");
    assertThat(lake.query(between.formatted(BEFORE, LAST_WEEK)))
        .containsExactly(
            "location|austin|12.5|30.000000",
            "location|dallas|-12.5|30.000000",
            "practice|-|0.0|60.000000",
            "region|TX|0.0|60.000000");
    assertThat(
            lake.query(
                "SELECT count(*) FROM kpi_between(DATE '2026-03-30', DATE '2026-03-30') WHERE kpi ="
                    + " 'stockout_days'"))
        .as("what no week tells of has no row")
        .containsExactly("0");
  }

  @Test
  void aProviderWithoutOvertimeHasNoneAndThePracticeKeepsItsOwn() throws Exception {
    for (String practice : List.of("glow", "luna")) {
      lake.location(practice, practice + "1", "TX").has(practice, practice + "1", "timecards");
      lake.provider(practice, practice + "1", "ann", LAST_WEEK, "worked_seconds", "72000");
    }
    lake.rows(
            "gold/measures_weekly",
            "practice_id, grain, week_start, measure, amount",
            "'glow', 'practice', DATE '2026-03-30', 'overtime_seconds', 7200")
        .write()
        .publish();

    String overtime =
        "SELECT grain, practice_id, coalesce(member_id, '-'), value FROM %s WHERE kpi ="
            + " 'overtime_hours' ORDER BY ALL";
    assertThat(lake.query(overtime.formatted("kpi_weekly_zeros")))
        .containsExactly(
            "location|glow|-|0.0",
            "location|luna|-|0.0",
            "practice|luna|-|0.0",
            "provider|glow|ann|0.0",
            "provider|luna|ann|0.0",
            "region|glow|TX|0.0",
            "region|luna|TX|0.0");
    assertThat(lake.query(overtime.formatted("kpi_between(DATE '2026-03-30', DATE '2026-03-30')")))
        .containsExactly(
            "location|glow|-|0.0",
            "location|luna|-|0.0",
            "practice|glow|-|2.0",
            "practice|luna|-|0.0",
            "provider|glow|ann|0.0",
            "provider|luna|ann|0.0",
            "region|glow|TX|0.0",
            "region|luna|TX|0.0");
  }

  @Test
  void noAmountOfZeroIsMadeUpForProvidersThatTheExportNeverNames() throws Exception {
    for (String location : List.of("austin", "dallas")) {
      lake.location("glow", location, "TX").has("glow", location, "sale_lines");
      for (String provider : List.of("ann", "unattributed")) {
        lake.provider("glow", location, provider, LAST_WEEK, "lines_sold", "2");
      }
    }
    lake.provider("glow", "austin", "ann", BEFORE, "net_service", "100").write().publish();

    assertThat(zeros("net_revenue").stream().filter(row -> !row.startsWith("category")))
        .contains("location|austin|-|2026-03-30|0.0|0.000000|0.000000|false")
        .filteredOn(row -> row.startsWith("provider"))
        .containsExactly("provider|austin|ann|2026-03-30|0.0|0.000000|0.000000|false");
  }

  @Test
  void zeroIsRankedAndAPracticeContributesItsLocationsWithNone() throws Exception {
    for (String practice : List.of("p1", "p2", "p3", "p4", "p5", "p6")) {
      location(practice, practice + "-a");
      stock(practice, practice + "-a", BEFORE, 1);
      stock(practice, practice + "-a", LAST_WEEK, practice.equals("p1") ? 0 : 4);
    }
    location("p2", "p2-b");
    stock("p2", "p2-b", LAST_WEEK, 0);
    // Nothing is told of the last week.
    location("p3", "p3-b");
    stock("p3", "p3-b", BEFORE, 2);
    lake.write().publish();

    String benchmark =
        "SELECT location_id, value, rank, %s FROM kpi_benchmark WHERE kpi = 'stockout_days' AND"
            + " peer_group = 'all' AND week_start = DATE '2026-03-30' AND range_weeks = %d AND"
            + " location_id < 'p4' ORDER BY ALL";
    // Practices contribute 0, 2 (the mean of 4 and 0), 4, 4, 4 and 4.
    assertThat(lake.query(benchmark.formatted("contributors, p25, p50, withheld_reason", 1)))
        .containsExactly(
            "p1-a|0.0|1|6|2.5|4.0|null",
            "p2-a|4.0|3|6|2.5|4.0|null",
            "p2-b|0.0|1|6|2.5|4.0|null",
            "p3-a|4.0|3|6|2.5|4.0|null");
    assertThat(lake.query(benchmark.formatted("is_stable", 4)))
        .containsExactly(
            "p1-a|1.0|2|true",
            "p2-a|5.0|4|true",
            "p2-b|0.0|1|true",
            "p3-a|5.0|4|true",
            "p3-b|2.0|3|true");
  }

  @Test
  void aKnownZeroIsExplainedThoughNoRowAddsToIt() throws Exception {
    DoubleBookingFixture.into(lake, "glow", "austin", BEFORE, 1);
    lake.location("glow", "austin", "TX")
        .has("glow", "austin", "appointments", "stock_movements")
        .provider("glow", "austin", "ann", LAST_WEEK, "rows_booked", "25")
        .write()
        .publish();

    try (WarehouseQuery query =
        WarehouseQuery.open(lake.warehouse, WarehouseQuery.Limits.DEFAULT)) {
      Explainer explainer = new Explainer(query);
      for (Subject subject :
          List.of(
              new Subject.OfLocation("austin"),
              new Subject.OfMember("austin", Grain.PROVIDER, "ann"))) {
        StringBuilder text = new StringBuilder();
        ExplanationText.write(
            explainer.explain("double_bookings", subject, LAST_WEEK),
            QueryFormat.TABLE,
            Optional.empty(),
            text);
        assertThat(text)
            .contains("value        0\n")
            .contains("definition   double_bookings, version 1")
            .contains("sample       25 appointments")
            .contains("No row adds to it: it is 0.")
            .doesNotContain("not available");
      }
      for (Subject subject :
          List.of(new Subject.OfPractice("glow"), new Subject.OfRegion("glow", "TX"))) {
        Explained rolled = (Explained) explainer.explain("double_bookings", subject, LAST_WEEK);
        assertThat(rolled.value()).hasValue(0);
        assertThat(rolled.addsUp()).isTrue();
        assertThat(rolled.parts().get(0).contributions())
            .singleElement()
            .satisfies(
                row -> {
                  assertThat(row.words()).isEqualTo("Location austin, 0 rows");
                  assertThat(row.measure()).isEqualTo("double_bookings");
                });
      }
      Subject austin = new Subject.OfLocation("austin");
      assertThat(((Unavailable) explainer.explain("stockout_days", austin, LAST_WEEK)).reason())
          .isEqualTo("no movement is a usage or sale");
    }
  }
}
