package medspa.charts.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import medspa.charts.MarketFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedWarehouseTest {
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

      assertThat(asked(warehouse, practices)).isEqualTo(asked(warehouse, List.of(small)));
    }
  }

  @Test
  void aPracticeIsToldTheSameAloneAndTogetherWithOthers() {
    try (PublishedWarehouse warehouse = market()) {
      List<Practice> practices = warehouse.practices();

      assertThat(warehouse.factsTogether(practices, Optional.empty()).toList())
          .isEqualTo(
              practices.stream()
                  .map(practice -> warehouse.practiceFacts(practice, Optional.empty()))
                  .toList());
    }
  }

  @Test
  void noMoreLocationsAreReadAtOnceThanFitIntoMemoryButNoPracticeIsLeftOut() {
    try (PublishedWarehouse warehouse = market()) {
      List<Practice> practices = warehouse.practices();
      List<List<Practice>> groups = warehouse.together(practices, 3);

      assertThat(groups.stream().flatMap(List::stream)).containsExactlyElementsOf(practices);
      assertThat(groups)
          .hasSizeGreaterThan(1)
          .allMatch(group -> group.size() == 1 || locations(warehouse, group) <= 3);
      assertThat(warehouse.together(practices, 1_000)).containsExactly(practices);
    }
  }

  private static long locations(PublishedWarehouse warehouse, List<Practice> practices) {
    return practices.stream().mapToLong(p -> warehouse.locations(p.id()).size()).sum();
  }

  private static long asked(PublishedWarehouse warehouse, List<Practice> practices) {
    long before = warehouse.statementsAsked();
    warehouse.eachPractice(
        practices,
        Optional.empty(),
        facts -> {},
        (practice, e) -> {
          throw e;
        });
    return warehouse.statementsAsked() - before;
  }

  private PublishedWarehouse market() {
    return PublishedWarehouse.open(MarketFixture.write(folder.resolve("market.duckdb")));
  }
}
