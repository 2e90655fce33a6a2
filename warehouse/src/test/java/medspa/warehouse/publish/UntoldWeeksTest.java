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

  @RegisterExtension final LakeFixture lake = new LakeFixture();

  private void location(String location) throws Exception {
    lake.location("glow", location, "TX")
        .has("glow", location, "shifts", "appointments", "sale_lines");
    hours(location, BEFORE, 72_000);
    lake.provider("glow", location, "ann", BEFORE, "lines_sold", "40");
    lake.provider("glow", location, "ann", BEFORE, "net_service", "4000");
  }

  /** 40 bookable hours and 2 treatment rooms. */
  private void hours(String location, LocalDate week, long kept) throws Exception {
    lake.seconds("glow", location, "ann", week, 144_000, kept);
    lake.measure("glow", location, week, "treatment_rooms", "2");
  }

  private List<String> last(String kpi) throws Exception {
    return lake.query(
        "SELECT location_id, value FROM kpi_weekly WHERE week_start = DATE '2026-03-30' AND kpi = '"
            + kpi
            + "' ORDER BY 1");
  }

  private List<String> reasons(String kpi) throws Exception {
    return lake.query(
        "SELECT location_id, reason FROM kpi_unavailable WHERE kpi = '" + kpi + "' ORDER BY 1");
  }

  @Test
  void hoursAfterTheLastOutcomeHaveNoFillRate() throws Exception {
    location("austin");
    location("dallas");
    hours("austin", LAST_WEEK, 0);
    hours("dallas", LAST_WEEK, 0);
    // Cancellations are made ahead and tell nothing of the week; Dallas knows that nobody came.
    lake.measure("glow", "austin", LAST_WEEK, "visits_cancelled", "3")
        .measure("glow", "dallas", LAST_WEEK, "visits_no_show", "3")
        .write()
        .publish();

    for (String kpi : new String[] {"fill_rate", "booked_fill_rate"}) {
      assertThat(last(kpi)).containsExactly("dallas|0.0");
      assertThat(reasons(kpi))
          .containsExactly("austin|the exports tell nothing of it after the week of 2026-03-23");
    }
    assertThat(
            lake.query(
                "SELECT value, denominator FROM kpi_weekly_practice WHERE kpi = 'fill_rate' AND"
                    + " week_start = DATE '2026-03-30'"))
        .as("Austin's hours are not in the practice's either")
        .containsExactly("0.0|2400.000000");
    assertThat(
            lake.query(
                "SELECT location_id, value FROM kpi_between(DATE '2026-03-23', DATE '2026-03-30')"
                    + " WHERE kpi = 'fill_rate' AND grain = 'location' ORDER BY 1"))
        .containsExactly("austin|0.5", "dallas|0.25");
    try (WarehouseQuery query =
        WarehouseQuery.open(lake.warehouse, WarehouseQuery.Limits.DEFAULT)) {
      Explanation austin =
          new Explainer(query).explain("fill_rate", new Subject.OfLocation("austin"), LAST_WEEK);
      assertThat(((Unavailable) austin).reason())
          .isEqualTo("the exports tell nothing of it after the week of 2026-03-23");
    }
  }

  @Test
  void hoursAndRoomsAfterTheLastSaleHaveNoRevenue() throws Exception {
    location("austin");
    location("dallas");
    for (String location : List.of("austin", "dallas")) {
      hours(location, LAST_WEEK, 36_000);
      lake.measure("glow", location, LAST_WEEK, "visits_attended", "9");
    }
    // Dallas sold a cream and treated for nothing.
    lake.provider("glow", "dallas", "ann", LAST_WEEK, "lines_sold", "1").write().publish();

    for (String kpi :
        new String[] {
          "revenue_per_provider_hour", "revenue_per_treated_hour", "revenue_per_room"
        }) {
      assertThat(last(kpi)).as(kpi).containsExactly("dallas|0.0");
      assertThat(reasons(kpi))
          .as(kpi)
          .containsExactly("austin|the exports tell nothing of it after the week of 2026-03-23");
    }
    assertThat(last("fill_rate")).containsExactly("austin|0.25", "dallas|0.25");
  }

  @Test
  void stockAfterItsLastTellingNamesTheWeekThatWasToldLast() throws Exception {
    lake.location("glow", "austin", "TX").has("glow", "austin", "stock_movements");
    for (String measure : List.of("mean_inventory", "annual_goods_used", "used_cost_91")) {
      lake.measure("glow", "austin", BEFORE, measure, "1000");
    }
    hours("austin", LAST_WEEK, 36_000);
    lake.write().publish();

    for (String kpi : List.of("inventory_turn", "days_on_hand", "expired_share")) {
      assertThat(last(kpi)).as(kpi).isEmpty();
      assertThat(reasons(kpi))
          .as(kpi)
          .containsExactly("austin|the exports tell nothing of it after the week of 2026-03-23");
    }
  }
}
