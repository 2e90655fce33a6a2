package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import medspa.warehouse.explain.Explainer;
import medspa.warehouse.explain.Explanation;
import medspa.warehouse.explain.Explanation.Unavailable;
import medspa.warehouse.explain.Subject;
import medspa.warehouse.query.WarehouseQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Weeks that a late export does not tell of yet, while shifts and rooms are known: hours that
 * nobody filled would read as 0 %.
 */
class UntoldWeeksTest {
  private static final LocalDate BEFORE = LAST_WEEK.minusWeeks(1);

  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(
          UntoldWeeksTest::write, "kpi_between", "kpi_unavailable", "kpi_weekly_numbers");

  /** Weeks of a practice that is named after its test. */
  private record Weeks(LakeFixture lake, String practice) {
    void location(String name) throws Exception {
      String location = practice + "-" + name;
      lake.location(practice, location, "TX")
          .has(practice, location, "shifts", "appointments", "sale_lines");
      hours(name, BEFORE, 72_000);
      lake.provider(practice, location, "ann", BEFORE, "lines_sold", "40");
      lake.provider(practice, location, "ann", BEFORE, "net_service", "4000");
    }

    /** 40 bookable hours and 2 treatment rooms. */
    void hours(String name, LocalDate week, long kept) throws Exception {
      lake.seconds(practice, practice + "-" + name, "ann", week, 144_000, kept);
      measure(name, week, "treatment_rooms", "2");
    }

    void measure(String name, LocalDate week, String measure, String amount) throws Exception {
      lake.measure(practice, practice + "-" + name, week, measure, amount);
    }
  }

  private static void write(LakeFixture lake) throws Exception {
    outcomes(new Weeks(lake, "outcomes"));
    sales(new Weeks(lake, "sales"));
    stock(new Weeks(lake, "stock"));
    middle(new Weeks(lake, "middle"));
  }

  private static List<String> last(String practice, String kpi) throws Exception {
    return LAKE.query(
        "SELECT location_id, value FROM kpi_weekly WHERE week_start = DATE '2026-03-30' AND"
            + " practice_id = '%s' AND kpi = '%s' ORDER BY 1".formatted(practice, kpi));
  }

  private static List<String> reasons(String practice, String kpi) throws Exception {
    return LAKE.query(
        "SELECT location_id, reason FROM kpi_unavailable WHERE practice_id = '%s' AND kpi = '%s'"
                .formatted(practice, kpi)
            + " ORDER BY 1");
  }

  private static void outcomes(Weeks at) throws Exception {
    at.location("austin");
    at.location("dallas");
    at.hours("austin", LAST_WEEK, 0);
    at.hours("dallas", LAST_WEEK, 0);
    // Cancellations are made ahead and tell nothing of the week; Dallas knows that nobody came.
    at.measure("austin", LAST_WEEK, "visits_cancelled", "3");
    at.measure("dallas", LAST_WEEK, "visits_no_show", "3");
  }

  @Test
  void hoursAfterTheLastOutcomeHaveNoFillRate() throws Exception {
    for (String kpi : new String[] {"fill_rate", "booked_fill_rate"}) {
      assertThat(last("outcomes", kpi)).containsExactly("outcomes-dallas|0.0");
      assertThat(reasons("outcomes", kpi))
          .containsExactly(
              "outcomes-austin|the exports tell nothing of it after the week of 2026-03-23");
    }
    assertThat(
            LAKE.query(
                "SELECT value, denominator, locations_told, locations FROM kpi_weekly_practice WHERE practice_id ="
                    + " 'outcomes' AND kpi = 'fill_rate' AND week_start = DATE '2026-03-30'"))
        .as("Austin's hours are not in the practice's either")
        .containsExactly("0.0|2400.000000|1|2");
    assertThat(
            LAKE.query(
                "SELECT location_id, value FROM kpi_between(DATE '2026-03-23', DATE '2026-04-05')"
                    + " WHERE practice_id = 'outcomes' AND kpi = 'fill_rate' AND grain = 'location' ORDER BY 1"))
        .containsExactly("outcomes-austin|0.5", "outcomes-dallas|0.25");
    try (WarehouseQuery query =
        WarehouseQuery.open(LAKE.lake().warehouse, WarehouseQuery.Limits.DEFAULT)) {
      Explanation austin =
          new Explainer(query)
              .explain("fill_rate", new Subject.OfLocation("outcomes-austin"), LAST_WEEK);
      assertThat(((Unavailable) austin).reason())
          .isEqualTo("the exports tell nothing of it after the week of 2026-03-23");
    }
  }

  private static void sales(Weeks at) throws Exception {
    at.location("austin");
    at.location("dallas");
    for (String location : List.of("austin", "dallas")) {
      at.hours(location, LAST_WEEK, 36_000);
      at.measure(location, LAST_WEEK, "visits_attended", "9");
    }
    // Dallas sold a cream and treated for nothing.
    at.lake.provider("sales", "sales-dallas", "ann", LAST_WEEK, "lines_sold", "1");
  }

  @Test
  void hoursAndRoomsAfterTheLastSaleHaveNoRevenue() throws Exception {
    for (String kpi :
        new String[] {
          "revenue_per_provider_hour", "revenue_per_treated_hour", "revenue_per_room"
        }) {
      assertThat(last("sales", kpi)).as(kpi).containsExactly("sales-dallas|0.0");
      assertThat(reasons("sales", kpi))
          .as(kpi)
          .containsExactly(
              "sales-austin|the exports tell nothing of it after the week of 2026-03-23");
    }
    assertThat(last("sales", "fill_rate"))
        .containsExactly("sales-austin|0.25", "sales-dallas|0.25");
  }

  private static void middle(Weeks at) throws Exception {
    at.location("austin");
    at.measure("austin", BEFORE, "visits_attended", "20");
    LocalDate untold = BEFORE.minusWeeks(1);
    LocalDate first = BEFORE.minusWeeks(2);
    at.hours("austin", untold, 0);
    at.measure("austin", untold, "visits_cancelled", "2");
    at.hours("austin", first, 36_000);
    at.measure("austin", first, "visits_attended", "9");
    at.lake.provider("middle", "middle-austin", "ann", first, "lines_sold", "9");
    at.lake.provider("middle", "middle-austin", "ann", first, "net_service", "2000");
  }

  @Test
  void aWeekInTheMiddleWithoutAnyOutcomeOrSaleIsUnknownAndNotZero() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT kpi, week_start, value FROM kpi_weekly WHERE practice_id = 'middle' AND kpi"
                    + " IN ('fill_rate', 'revenue_per_provider_hour') ORDER BY ALL"))
        .containsExactly(
            "fill_rate|2026-03-09|0.25",
            "fill_rate|2026-03-23|0.5",
            "revenue_per_provider_hour|2026-03-09|50.0",
            "revenue_per_provider_hour|2026-03-23|100.0");
    assertThat(
            LAKE.query(
                "SELECT kpi, value FROM kpi_between(DATE '2026-03-09', DATE '2026-03-29') WHERE"
                    + " practice_id = 'middle' AND grain = 'location' AND kpi IN ('fill_rate',"
                    + " 'revenue_per_provider_hour') ORDER BY 1"))
        .as("the hours of the week between are not divided by")
        .containsExactly("fill_rate|0.375", "revenue_per_provider_hour|75.0");
  }

  private static void stock(Weeks at) throws Exception {
    at.lake.location("stock", "stock-austin", "TX").has("stock", "stock-austin", "stock_movements");
    for (String measure : List.of("mean_inventory", "annual_goods_used", "used_cost_91")) {
      at.measure("austin", BEFORE, measure, "1000");
    }
    at.hours("austin", LAST_WEEK, 36_000);
  }

  @Test
  void stockAfterItsLastTellingNamesTheWeekThatWasToldLast() throws Exception {
    for (String kpi : List.of("inventory_turn", "days_on_hand", "expired_share")) {
      assertThat(last("stock", kpi)).as(kpi).isEmpty();
      assertThat(reasons("stock", kpi))
          .as(kpi)
          .containsExactly(
              "stock-austin|the exports tell nothing of it after the week of 2026-03-23");
    }
  }
}
