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

  @RegisterExtension static final PublishedLake LAKE = new PublishedLake(KnownZeroTest::write);

  /** A practice for each test, or several whose names its expectations tell. */
  private static void write(LakeFixture lake) throws Exception {
    told(lake);
    cancelled(lake);
    overtime(lake);
    providers(lake);
    ranked(lake);
    explained(lake);
  }

  private static void location(LakeFixture lake, String practice, String location, String region)
      throws Exception {
    lake.location(practice, location, region).has(practice, location, "stock_movements");
  }

  /** A week whose stock export tells of products in use, with so many stockout days. */
  private static void stock(
      LakeFixture lake, String practice, String location, LocalDate week, int days)
      throws Exception {
    lake.measure(practice, location, week, "products_in_use", "11");
    if (days != 0) {
      lake.measure(practice, location, week, "stockout_days", Integer.toString(days));
    }
  }

  private static List<String> zeros(String practice, String kpi) throws Exception {
    return LAKE.query(
        "SELECT grain, coalesce(location_id, '-'), coalesce(member_id, '-'), week_start, value,"
            + " numerator, sample_size, is_stable FROM kpi_weekly_zeros WHERE practice_id = '%s'"
                .formatted(practice)
            + " AND kpi = '%s' ORDER BY ALL".formatted(kpi));
  }

  private static List<String> reasons(String practice, String kpi) throws Exception {
    return LAKE.query(
        "SELECT location_id, reason FROM kpi_unavailable WHERE practice_id = '%s' AND kpi = '%s'"
                .formatted(practice, kpi)
            + " ORDER BY ALL");
  }

  private static void told(LakeFixture lake) throws Exception {
    lake.openedOn("told-elgin", LAST_WEEK.plusDays(7))
        .openedOn("told-frisco", LAST_WEEK.plusDays(6));
    for (String location :
        List.of("told-austin", "told-dallas", "told-elgin", "told-frisco", "told-katy")) {
      location(lake, "told", location, "TX");
    }
    lake.location("told", "told-waco", "OK");
    stock(lake, "told", "told-austin", BEFORE, 4);
    stock(lake, "told", "told-austin", LAST_WEEK, 0);
    stock(lake, "told", "told-dallas", LAST_WEEK, 3);
    stock(lake, "told", "told-elgin", LAST_WEEK, 0);
    stock(lake, "told", "told-frisco", LAST_WEEK, 0);
    stock(lake, "told", "told-katy", BEFORE, 0);
  }

  @Test
  void aWeekOfWhichTheExportTellsWithNothingToCountIsZeroAndAvailable() throws Exception {
    assertThat(zeros("told", "stockout_days"))
        .containsExactly(
            "location|told-austin|-|2026-03-30|0.0|0.000000|null|true",
            "location|told-frisco|-|2026-03-30|0.0|0.000000|null|true",
            "location|told-katy|-|2026-03-23|0.0|0.000000|null|true");
    assertThat(reasons("told", "stockout_days"))
        .containsExactly(
            "told-elgin|the exports tell nothing of it in this week",
            "told-katy|the exports tell nothing of it in this week",
            "told-waco|no stock movement export");
    assertThat(
            LAKE.query(
                "SELECT location_id, week_start, value FROM kpi_weekly WHERE practice_id = 'told'"
                    + " AND kpi = 'stockout_days' ORDER BY ALL"))
        .as("a row exists where numerator or denominator is not zero")
        .containsExactly("told-austin|2026-03-23|4.0", "told-dallas|2026-03-30|3.0");
  }

  private static void cancelled(LakeFixture lake) throws Exception {
    for (String location : List.of("cancelled-austin", "cancelled-dallas")) {
      lake.location("cancelled", location, "TX").has("cancelled", location, "stock_counts");
      for (LocalDate week : List.of(BEFORE, LAST_WEEK)) {
        lake.measure("cancelled", location, week, "counts_owned", "15");
      }
    }
    lake.measure("cancelled", "cancelled-austin", LAST_WEEK, "shrinkage_cost", "12.5")
        .measure("cancelled", "cancelled-dallas", LAST_WEEK, "shrinkage_cost", "-12.5")
        .rows(
            "gold/stock_ledger",
            "practice_id, location_id, product_id, is_consignment, date, opening_on_hand, received,"
                + " used, wasted, expired, adjusted, transferred, opening_balance, expired_cost,"
                + " unit_cost, counts, book_before_count, counted, count_correction, on_hand,"
                + " shrinkage_cost",
            counted("cancelled-austin", 11, 10, "12.5"),
            counted("cancelled-dallas", 10, 11, "-12.5"));
  }

  /** A count of the last week that found one more or less than the books. */
  private static String counted(String location, int book, int counted, String shrinkage) {
    return "'cancelled', '%s', 'P', false, DATE '%s', 0, 0, 0, 0, 0, 0, 0, %d, 0, 12.5, 1, %d, %d, %d, %d, %s"
        .formatted(location, LAST_WEEK, book, book, counted, counted - book, counted, shrinkage);
  }

  @Test
  void aPracticeIsZeroWhereItsLocationsAreOrCancelOut() throws Exception {
    assertThat(zeros("cancelled", "shrinkage_cost"))
        .containsExactly(
            "location|cancelled-austin|-|2026-03-23|0.0|0.000000|15.000000|false",
            "location|cancelled-dallas|-|2026-03-23|0.0|0.000000|15.000000|false",
            "practice|-|-|2026-03-23|0.0|0.000000|30.000000|true",
            "practice|-|-|2026-03-30|0.0|0.000000|30.000000|true",
            "region|-|TX|2026-03-23|0.0|0.000000|30.000000|true",
            "region|-|TX|2026-03-30|0.0|0.000000|30.000000|true");
    String between =
        "SELECT grain, coalesce(location_id, member_id, '-'), value, sample_size FROM"
            + " kpi_between(DATE '%s', DATE '%s') WHERE practice_id = 'cancelled' AND kpi ="
            + " 'shrinkage_cost' ORDER BY ALL";
    assertThat(LAKE.query(between.formatted(BEFORE, BEFORE.plusDays(6))))
        .containsExactly(
            "location|cancelled-austin|0.0|15.000000",
            "location|cancelled-dallas|0.0|15.000000",
            "practice|-|0.0|30.000000",
            "region|TX|0.0|30.000000");
    assertThat(LAKE.query(between.formatted(BEFORE, LAST_WEEK.plusDays(6))))
        .containsExactly(
            "location|cancelled-austin|12.5|30.000000",
            "location|cancelled-dallas|-12.5|30.000000",
            "practice|-|0.0|60.000000",
            "region|TX|0.0|60.000000");
    assertThat(
            LAKE.query(
                "SELECT count(*) FROM kpi_between(DATE '2026-03-30', DATE '2026-04-05') WHERE"
                    + " practice_id = 'cancelled' AND kpi = 'stockout_days'"))
        .as("what no week tells of has no row")
        .containsExactly("0");
  }

  private static void overtime(LakeFixture lake) throws Exception {
    for (String practice : List.of("glow", "luna")) {
      lake.location(practice, practice + "1", "TX").has(practice, practice + "1", "timecards");
      lake.provider(practice, practice + "1", "ann", LAST_WEEK, "worked_seconds", "72000");
    }
    lake.rows(
        "gold/measures_weekly",
        "practice_id, grain, week_start, measure, amount",
        "'glow', 'practice', DATE '2026-03-30', 'overtime_seconds', 7200");
  }

  @Test
  void aProviderWithoutOvertimeHasNoneAndThePracticeKeepsItsOwn() throws Exception {
    String overtime =
        "SELECT grain, practice_id, coalesce(member_id, '-'), value FROM %s WHERE kpi ="
            + " 'overtime_hours' AND practice_id IN ('glow', 'luna') ORDER BY ALL";
    assertThat(LAKE.query(overtime.formatted("kpi_weekly_zeros")))
        .containsExactly(
            "location|glow|-|0.0",
            "location|luna|-|0.0",
            "practice|luna|-|0.0",
            "provider|glow|ann|0.0",
            "provider|luna|ann|0.0",
            "region|glow|TX|0.0",
            "region|luna|TX|0.0");
    assertThat(LAKE.query(overtime.formatted("kpi_between(DATE '2026-03-30', DATE '2026-04-05')")))
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

  private static void providers(LakeFixture lake) throws Exception {
    for (String location : List.of("providers-austin", "providers-dallas")) {
      lake.location("providers", location, "TX").has("providers", location, "sale_lines");
      for (String provider : List.of("ann", "unattributed")) {
        lake.provider("providers", location, provider, LAST_WEEK, "lines_sold", "2");
      }
    }
    lake.provider("providers", "providers-austin", "ann", BEFORE, "net_service", "100");
  }

  @Test
  void noAmountOfZeroIsMadeUpForProvidersThatTheExportNeverNames() throws Exception {
    assertThat(
            zeros("providers", "net_revenue").stream().filter(row -> !row.startsWith("category")))
        .contains("location|providers-austin|-|2026-03-30|0.0|0.000000|0.000000|false")
        .filteredOn(row -> row.startsWith("provider"))
        .containsExactly("provider|providers-austin|ann|2026-03-30|0.0|0.000000|0.000000|false");
  }

  private static void ranked(LakeFixture lake) throws Exception {
    for (String practice : List.of("p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8")) {
      location(lake, practice, practice + "-a", "ranked");
      // Who contributes is decided in the quarter's first week.
      stock(lake, practice, practice + "-a", LAST_WEEK.minusWeeks(12), 1);
      stock(lake, practice, practice + "-a", BEFORE, 1);
      stock(
          lake,
          practice,
          practice + "-a",
          LAST_WEEK,
          practice.equals("p1") ? 0 : practice.equals("p6") ? 1 : 4);
    }
    location(lake, "p2", "p2-b", "ranked");
    stock(lake, "p2", "p2-b", LAST_WEEK, 0);
    // Nothing is told of the last week.
    location(lake, "p3", "p3-b", "ranked");
    stock(lake, "p3", "p3-b", BEFORE, 2);
  }

  @Test
  void zeroIsRankedAndAPracticeContributesItsLocationsWithNone() throws Exception {
    String benchmark =
        "SELECT location_id, value, rank, %s FROM kpi_benchmark WHERE kpi = 'stockout_days' AND"
            + " peer_group = 'region:ranked' AND week_start = DATE '2026-03-30' AND range_weeks = %d AND"
            + " location_id < 'p4' ORDER BY ALL";
    // Practices contribute 0, 2 (the mean of 4 and 0), 1 and five times 4,
    // each to the peers of the others.
    assertThat(LAKE.query(benchmark.formatted("contributors, p25, p50, withheld_reason", 1)))
        .containsExactly(
            "p1-a|0.0|1|7|3.0|4.0|null",
            "p2-a|4.0|2|7|2.5|4.0|null",
            "p2-b|0.0|1|7|2.5|4.0|null",
            "p3-a|4.0|1|7|1.5|4.0|null");
    assertThat(LAKE.query(benchmark.formatted("is_stable", 4)))
        .containsExactly(
            "p1-a|1.0|1|true",
            "p2-a|5.0|2|true",
            "p2-b|0.0|1|true",
            "p3-a|5.0|2|true",
            "p3-b|2.0|1|true");
  }

  private static void explained(LakeFixture lake) throws Exception {
    DoubleBookingFixture.into(lake, "explained", "explained-austin", BEFORE, 1);
    lake.location("explained", "explained-austin", "TX")
        .has("explained", "explained-austin", "appointments", "stock_movements")
        .provider("explained", "explained-austin", "ann", LAST_WEEK, "rows_booked", "25");
  }

  @Test
  void aKnownZeroIsExplainedThoughNoRowAddsToIt() throws Exception {
    try (WarehouseQuery query =
        WarehouseQuery.open(LAKE.lake().warehouse, WarehouseQuery.Limits.DEFAULT)) {
      Explainer explainer = new Explainer(query);
      for (Subject subject :
          List.of(
              new Subject.OfLocation("explained-austin"),
              new Subject.OfMember("explained-austin", Grain.PROVIDER, "ann"))) {
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
          List.of(new Subject.OfPractice("explained"), new Subject.OfRegion("explained", "TX"))) {
        Explained rolled = (Explained) explainer.explain("double_bookings", subject, LAST_WEEK);
        assertThat(rolled.value()).hasValue(0);
        assertThat(rolled.addsUp()).isTrue();
        assertThat(rolled.parts().get(0).contributions())
            .singleElement()
            .satisfies(
                row -> {
                  assertThat(row.words()).isEqualTo("Location explained-austin, 0 rows");
                  assertThat(row.measure()).isEqualTo("double_bookings");
                });
      }
      Subject austin = new Subject.OfLocation("explained-austin");
      assertThat(((Unavailable) explainer.explain("stockout_days", austin, LAST_WEEK)).reason())
          .isEqualTo("no movement is a usage or sale");
    }
  }
}
