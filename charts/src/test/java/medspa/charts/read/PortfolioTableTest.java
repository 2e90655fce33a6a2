package medspa.charts.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import medspa.charts.MarketFixture;
import medspa.charts.read.PortfolioTable.PeerStatistic;
import medspa.charts.read.PortfolioTable.Place;
import medspa.charts.read.PortfolioTable.Status;
import medspa.charts.read.PortfolioTable.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortfolioTableTest {
  private static final LocalDate WEEK = LocalDate.parse(MarketFixture.WEEK);

  @TempDir Path folder;

  @Test
  void onlyPracticesThatEngagedTheConsultantAreInIt() {
    try (PublishedWarehouse warehouse = market()) {
      Consultant kim = kim(warehouse);
      PortfolioTable table = warehouse.portfolioTable(kim);
      assertThat(table.places())
          .extracting(place -> place.location().id())
          .containsExactlyInAnyOrder("austin", "houston", "quiet", "lakes", "pier");
      for (Kpi kpi : table.kpis()) {
        assertThat(warehouse.portfolioValues(kim, kpi))
            .extracting(Value::locationId)
            .isNotEmpty()
            .allMatch(id -> List.of("austin", "houston", "lakes", "pier").contains(id));
      }
    }
  }

  @Test
  void aLocationIsInItsRegionAndInThePeerGroupsOfTheConfiguration() {
    try (PublishedWarehouse warehouse =
        market(
            "INSERT INTO kpi_benchmark_consultant BY NAME SELECT b.* REPLACE ('group:' || g AS"
                + " peer_group) FROM kpi_benchmark_consultant b, (VALUES ('city'), ('large')) t(g)"
                + " WHERE location_id = 'pier'")) {
      Place pier =
          warehouse.portfolioTable(kim(warehouse)).places().stream()
              .filter(place -> place.location().id().equals("pier"))
              .findFirst()
              .orElseThrow();
      assertThat(pier.region()).contains("CA");
      assertThat(pier.groups()).containsExactly("city", "large");
    }
  }

  @Test
  void aWeekHasWhatItRestsOnAndWeeksBeforeTheComparedOnesAreThereWithoutAPlace() {
    try (PublishedWarehouse warehouse = market()) {
      List<Value> values = values(warehouse, "no_show_rate");
      Value now = of(values, "pier", WEEK, 1);
      assertThat(now.status()).isEqualTo(Status.RANKED);
      assertThat(now.rank()).isEqualTo(OptionalInt.of(1));
      assertThat(now.denominator())
          .hasValueSatisfying(d -> assertThat(d).isEqualByComparingTo("100"));
      Value before = of(values, "pier", WEEK.minusWeeks(3), 1);
      assertThat(before.status()).isEqualTo(Status.EARLIER);
      assertThat(before.rank()).isEmpty();
      assertThat(of(values, "pier", WEEK, 13).numerator()).isEmpty();
    }
  }

  @Test
  void fewDataAndALocationThatOpenedWithinTheRangeAreToldApart() {
    try (PublishedWarehouse warehouse =
        market(
            "UPDATE kpi_benchmark_consultant SET is_stable = false WHERE location_id = 'pier'",
            "UPDATE kpi_benchmark_consultant SET rank = NULL WHERE location_id = 'lakes'",
            "UPDATE kpi_benchmark_consultant SET value = NULL WHERE location_id = 'austin'")) {
      List<Value> values = values(warehouse, "no_show_rate");
      assertThat(of(values, "pier", WEEK, 13).status()).isEqualTo(Status.FEW_DATA);
      assertThat(of(values, "lakes", WEEK, 13).status()).isEqualTo(Status.OPENED_SINCE);
      assertThat(of(values, "austin", WEEK, 13).status()).isEqualTo(Status.NO_VALUE);
    }
  }

  @Test
  void aStatisticThatCarriesAReasonToWithholdItHasNoQuartiles() {
    try (PublishedWarehouse warehouse =
        market("UPDATE kpi_benchmark_consultant SET withheld_reason = 'one is too large'")) {
      assertThat(warehouse.portfolioTable(kim(warehouse)).peers())
          .isNotEmpty()
          .allMatch(peers -> peers.quartiles().isEmpty())
          .extracting(PeerStatistic::withheldReason)
          .containsOnly(Optional.of("one is too large"));
    }
  }

  private static Value of(List<Value> values, String location, LocalDate week, int range) {
    return values.stream()
        .filter(v -> v.locationId().equals(location) && v.week().equals(week))
        .filter(v -> v.rangeWeeks() == range)
        .findFirst()
        .orElseThrow();
  }

  private static List<Value> values(PublishedWarehouse warehouse, String kpi) {
    return warehouse.portfolioValues(
        kim(warehouse),
        warehouse.kpis().stream().filter(k -> k.id().equals(kpi)).findFirst().orElseThrow());
  }

  private static Consultant kim(PublishedWarehouse warehouse) {
    return warehouse.consultants().iterator().next();
  }

  private PublishedWarehouse market(String... changes) {
    return PublishedWarehouse.open(
        MarketFixture.write(folder.resolve("market.duckdb"), List.of(changes)));
  }
}
