package medspa.charts.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import medspa.charts.MarketFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedWarehouseTest {
  private static final int ALL = 1_000;

  @TempDir Path folder;

  /** A statement costs more than its rows: else the letters of a large practice would cost most. */
  @Test
  void asManyStatementsAreAskedForAllLettersAsForTheOneOfAPracticeOfOneLocation() {
    try (PublishedWarehouse warehouse = market()) {
      List<Practice> practices = warehouse.practices();
      Practice small =
          practices.stream()
              .filter(practice -> warehouse.locations(practice.id()).size() == 1)
              .findFirst()
              .orElseThrow();
      long locations = practices.stream().mapToLong(p -> warehouse.locations(p.id()).size()).sum();
      assertThat(locations).isGreaterThan(practices.size());

      assertThat(asked(warehouse, practices, ALL)).isEqualTo(asked(warehouse, List.of(small), ALL));
      assertThat(asked(warehouse, practices, 1))
          .as("where only one fits into memory")
          .isGreaterThan(asked(warehouse, practices, ALL));
    }
  }

  @Test
  void aPracticeIsToldTheSameAloneAndTogetherWithOthers() {
    try (PublishedWarehouse warehouse = market()) {
      List<Practice> practices = warehouse.practices();
      List<PracticeFacts> alone =
          practices.stream()
              .map(practice -> warehouse.practiceFacts(practice, Optional.empty()))
              .toList();

      for (int atOnce : List.of(ALL, 3, 1)) {
        List<PracticeFacts> together = new ArrayList<>();
        warehouse.eachPractice(practices, Optional.empty(), atOnce, together::add);

        assertThat(together).as("%d locations at once", atOnce).isEqualTo(alone);
      }
    }
  }

  private static long asked(PublishedWarehouse warehouse, List<Practice> practices, int atOnce) {
    long before = warehouse.statementsAsked();
    warehouse.eachPractice(practices, Optional.empty(), atOnce, facts -> {});
    return warehouse.statementsAsked() - before;
  }

  private PublishedWarehouse market() {
    return PublishedWarehouse.open(MarketFixture.write(folder.resolve("market.duckdb")));
  }
}
