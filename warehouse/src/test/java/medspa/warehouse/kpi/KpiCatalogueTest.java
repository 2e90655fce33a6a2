package medspa.warehouse.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import java.util.stream.Stream;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.kpi.KpiDefinition.Grain;
import medspa.warehouse.kpi.KpiDefinition.Need;
import medspa.warehouse.kpi.KpiDefinition.Rollup;
import medspa.warehouse.kpi.KpiDefinition.Term;
import org.junit.jupiter.api.Test;

class KpiCatalogueTest {
  private static final String GOOD =
      """
      kpi: fill_rate
      version: 1
      label: Fill rate
      description: Share of bookable time that was kept.
      unit: percent
      direction: up
      numerator: {measures: [kept_seconds], divide_by: 60, words: minutes kept}
      denominator: {measures: [bookable_seconds], divide_by: 60, words: bookable minutes}
      grains: [location, provider]
      rollup: sum
      exclusions: Nothing.
      formula: kept ÷ bookable
      needs:
        - {table: shifts, reason: no shifts}
      """;

  private static List<String> problemsOf(String text) {
    Problems problems = new Problems();
    KpiCatalogue.parse(YamlValue.parse("kpis/fill_rate.yaml", text, problems));
    return problems.messages();
  }

  @Test
  void aGoodDefinitionHasNoProblem() {
    assertThat(problemsOf(GOOD)).isEmpty();
  }

  @Test
  void twoProblemsAreReportedTogetherWithFileLineAndField() {
    String bad =
        GOOD.replace("unit: percent", "unit: furlongs")
            .replace("divide_by: 60, words: minutes", "divide_by: 0, words: minutes");

    assertThat(problemsOf(bad))
        .containsExactly(
            "kpis/fill_rate.yaml:5 unit: 'furlongs' is not one of [PERCENT, MONEY, MONEY_PER_HOUR,"
                + " TIMES_PER_YEAR, DAYS, HOURS, MINUTES, COUNT, PER_HUNDRED, RATIO]",
            "kpis/fill_rate.yaml:7 numerator: needs divide_by and multiply_by of 1 or more");
  }

  @Test
  void everyFieldThatANumberNeedsIsRequired() {
    for (String key :
        List.of("kpi", "version", "label", "description", "numerator", "exclusions", "formula")) {
      String without =
          GOOD.lines()
              .filter(line -> !line.startsWith(key + ":"))
              .reduce("", (a, b) -> a + b + "\n");
      assertThat(problemsOf(without)).as(key).singleElement().asString().contains(key);
    }
  }

  @Test
  void anUnknownFieldIsAProblem() {
    assertThat(problemsOf(GOOD + "colour: red\n"))
        .singleElement()
        .asString()
        .startsWith("kpis/fill_rate.yaml:15 colour: is not a known key");
  }

  @Test
  void aDayHasNoGrainThatTheWeekHasNot() {
    assertThat(problemsOf(GOOD + "daily: [provider]\n")).isEmpty();
    assertThat(problemsOf(GOOD + "daily: [room]\n"))
        .singleElement()
        .asString()
        .contains("has a grain under daily that it has not under grains");
  }

  @Test
  void aNeedIsEitherATableOrAMeasure() {
    String both = GOOD.replace("{table: shifts,", "{table: shifts, measure: bookable_seconds,");
    String neither = GOOD.replace("{table: shifts, ", "{");

    assertThat(problemsOf(both))
        .containsExactly("kpis/fill_rate.yaml:14 needs[0]: needs either a table or a measure");
    assertThat(problemsOf(neither)).isEqualTo(problemsOf(both));
  }

  @Test
  void aSumNamesTheMeasuresThatTellOfItsWeekAndARatioMay() {
    String sum =
        GOOD.lines()
            .filter(line -> !line.startsWith("denominator"))
            .reduce("", (a, b) -> a + b + "\n");

    assertThat(problemsOf(sum + "known_by: [kept_seconds]\n")).isEmpty();
    assertThat(problemsOf(GOOD + "known_by: [kept_seconds]\n")).isEmpty();
    assertThat(problemsOf(sum))
        .singleElement()
        .asString()
        .contains("needs known_by because it is a sum");
  }

  @Test
  void theShippedCatalogueHoldsEveryDefinitionThatLiesThere() {
    KpiCatalogue catalogue = KpiCatalogue.load();

    assertThat(catalogue.all())
        .extracting(kpi -> kpi.id() + ".yaml")
        .containsExactlyInAnyOrder(new File("src/main/resources/kpis").list())
        .startsWith("fill_rate.yaml", "booked_fill_rate.yaml", "no_show_rate.yaml");
    assertThat(catalogue.find("none")).isEmpty();
    KpiDefinition collection = catalogue.find("collection_rate").orElseThrow();
    assertThat(collection.grains()).containsExactly(Grain.LOCATION);
    assertThat(catalogue.find("inventory_turn").orElseThrow().rollup())
        .isEqualTo(Rollup.PERIOD_END);
    // A level at the end of a week rests on no more than the week.
    assertThat(catalogue.all())
        .filteredOn(kpi -> kpi.spansDays() != 7)
        .extracting(KpiDefinition::id, KpiDefinition::spansDays)
        .hasToString("[(\"inventory_turn\", 91), (\"days_on_hand\", 91), (\"expired_share\", 91)]");
    assertThat(catalogue.find("stock_value").orElseThrow().rollup()).isEqualTo(Rollup.PERIOD_END);
    assertThat(catalogue.find("net_revenue").orElseThrow().denominator()).isEmpty();
  }

  @Test
  void everyNeededTableIsATableAndEveryMeasureIsWrittenInOneWay() {
    KpiCatalogue catalogue = KpiCatalogue.load();
    for (KpiDefinition kpi : catalogue.all()) {
      assertThat(TableContracts.load().names())
          .as(kpi.id())
          .containsAll(
              kpi.needs().stream().map(Need::table).flatMap(java.util.Optional::stream).toList());
      Stream<Term> terms =
          Stream.of(Stream.of(kpi.numerator()), kpi.denominator().stream(), kpi.sample().stream())
              .flatMap(s -> s);
      assertThat(terms.flatMap(term -> term.measures().stream()))
          .as(kpi.id())
          .allSatisfy(measure -> assertThat(measure).matches("[a-z]+(_[a-z0-9]+)*"));
    }
  }
}
