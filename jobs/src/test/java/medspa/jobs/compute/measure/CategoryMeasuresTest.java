package medspa.jobs.compute.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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

/** Cases computed by hand for measures by category of services. */
final class CategoryMeasuresTest {
  @TempDir static Path directory;
  private static Results results;

  @BeforeAll
  static void compute() {
    Market market =
        new TestMarket()
            .location("glow", "sales")
            .location("glow", "visits")
            .location("other", "twin")
            .build();
    TestLake lake = new TestLake(directory, market);
    TestBatch batch = lake.batch(Delivery.UPSERT);
    batch.row("services", "practice_id=glow service_id=laser category=Laser");
    batch.row("services", "practice_id=glow service_id=peel category=Peels");
    batch.row("services", "practice_id=glow service_id=plain");
    String[] lines = {
      "sales 1 1 kind=service service_id=laser gross_amount=100",
      "sales 1 2 kind=service service_id=laser gross_amount=50",
      "sales 1 3 kind=service service_id=peel gross_amount=30",
      "sales 1 4 kind=retail service_id=laser gross_amount=7",
      "sales 1 5 kind=fee service_id=laser gross_amount=5",
      "sales 2 1 kind=service service_id=plain gross_amount=20",
      "sales 3 1 kind=service service_id=nowhere gross_amount=10",
      "sales 3 2 kind=service gross_amount=1",
      // The other practice's price list does not describe its laser.
      "twin 1 1 kind=service service_id=laser gross_amount=9"
    };
    for (String line : lines) {
      String[] parts = line.split(" ", 4);
      batch.row(
          "sale_lines",
          "location_id="
              + parts[0]
              + " sale_id="
              + parts[1]
              + " line_id="
              + parts[2]
              + " quantity=1 sold_at=2026-03-03T10:00 "
              + parts[3]);
    }
    String at = " start_at=2026-03-03T10:00 end_at=2026-03-03T11:00 ";
    batch
        .row(
            "appointments",
            "appointment_id=1 location_id=visits visit_id=1 service_id=laser"
                + at
                + "status=no_show")
        .row(
            "appointments",
            "appointment_id=2 location_id=visits visit_id=1 service_id=laser"
                + at
                + "status=completed")
        .row(
            "appointments",
            "appointment_id=3 location_id=visits visit_id=1 service_id=peel"
                + at
                + "status=no_show")
        .row(
            "appointments",
            "appointment_id=4 location_id=visits visit_id=2" + at + "status=no_show");
    batch.write();
    results = lake.compute("2026-03-09");
  }

  @Test
  void aCategoryHasItsServicesAndTheCategoriesAddUpToTheServicesOfTheLocation() {
    assertThat(results.measures("sales", Grain.CATEGORY, "Laser"))
        .containsOnlyKeys("net_service", "gross_service", "lines_sold", "sales_visits")
        .containsEntry("net_service", "150")
        .containsEntry("sales_visits", "1");
    assertThat(results.measures("sales", Grain.CATEGORY, "Peels"))
        .containsEntry("net_service", "30");
    assertThat(results.measures("sales", Grain.CATEGORY, "uncategorised"))
        .containsEntry("net_service", "31")
        .containsEntry("sales_visits", "2");
    assertThat(results.measures("sales"))
        .containsEntry("net_service", "211")
        .containsEntry("net_retail", "7")
        .containsEntry("sales_visits", "3");
    assertThat(results.measures("twin", Grain.CATEGORY, "uncategorised"))
        .containsEntry("net_service", "9");
  }

  @Test
  void aCategorysVisitsAreFormedFromItsRowsAlone() {
    assertThat(results.measures("visits", Grain.CATEGORY, "Laser"))
        .containsEntry("visits_attended", "1")
        .containsEntry("visits_due", "1")
        .doesNotContainKey("visits_no_show");
    assertThat(results.measures("visits", Grain.CATEGORY, "Peels"))
        .containsEntry("visits_no_show", "1");
    assertThat(results.measures("visits", Grain.CATEGORY, "uncategorised"))
        .containsEntry("visits_no_show", "1");
    assertThat(results.measures("visits"))
        .containsEntry("visits_due", "2")
        .containsEntry("visits_no_show", "1");
  }
}
