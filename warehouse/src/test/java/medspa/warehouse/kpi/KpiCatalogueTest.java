package medspa.warehouse.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.ResourceFolder;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.kpi.KpiDefinition.Need;
import medspa.warehouse.kpi.KpiDefinition.Rollup;
import medspa.warehouse.measure.Grain;
import medspa.warehouse.measure.MeasureCatalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KpiCatalogueTest {
  private static final String GOOD =
      """
      kpi: fill_rate
      order: 10
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
    KpiCatalogue.parse(
        YamlValue.parse("kpis/fill_rate.yaml", text, problems), MeasureCatalogue.load());
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
            "kpis/fill_rate.yaml:6 unit: 'furlongs' is not one of percent, money, money_per_hour,"
                + " times_per_year, days, hours, minutes, count, per_hundred, ratio",
            "kpis/fill_rate.yaml:8 numerator: needs divide_by and multiply_by of 1 or more");
  }

  @Test
  void everyFieldThatANumberNeedsIsRequired() {
    for (String key :
        List.of(
            "kpi",
            "order",
            "version",
            "label",
            "description",
            "numerator",
            "exclusions",
            "formula")) {
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
        .startsWith("kpis/fill_rate.yaml:16 colour: is not a known key");
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
  void aMeasureThatDoesNotExistIsAProblemWhereverItIsNamed() {
    String need = "- {table: shifts, reason: no shifts}";
    assertThat(problemsOf(GOOD + "told_where: [visits_attended, visits_attendd]\n"))
        .containsExactly(
            "kpis/fill_rate.yaml:16 told_where[1]: 'visits_attendd' is no measure; declare it in a"
                + " file under measures/, or correct it");
    assertThat(problemsOf(GOOD.replace("[kept_seconds]", "[kept_minutes]")))
        .containsExactly(
            "kpis/fill_rate.yaml:8 numerator.measures[0]: 'kept_minutes' is no measure; declare it"
                + " in a file under measures/, or correct it");
    assertThat(problemsOf(GOOD.replace(need, "- {measure: booked_seconds, reason: none}")))
        .singleElement()
        .asString()
        .contains("needs[0].measure: 'booked_seconds' is no measure");
  }

  @Test
  void whatIsPublishedFollowsFromWhatIsMeasured() {
    assertThat(problemsOf(GOOD.replace("[location, provider]", "[location, room]")))
        .containsExactly(
            "kpis/fill_rate.yaml:1: has the grain room, at which nobody measures kept_seconds",
            "kpis/fill_rate.yaml:1: has the grain room, at which nobody measures bookable_seconds");
    assertThat(problemsOf(GOOD.replace("[kept_seconds]", "[idle_seconds]")))
        .containsExactly(
            "kpis/fill_rate.yaml:1: divides idle_seconds, whose rows cannot be shown; give it"
                + " explain in measures/provider_time.yaml");
    assertThat(problemsOf(GOOD.replace("[kept_seconds]", "[products_in_use]")))
        .contains(
            "kpis/fill_rate.yaml:1: adds products_in_use, which is measured for whole weeks, so that"
                + " no month has a number; measure it per day");
    assertThat(problemsOf(GOOD.replace("[kept_seconds]", "[used_cost_91]") + "daily: [location]"))
        .contains("kpis/fill_rate.yaml:1: is daily, but used_cost_91 is measured per week");
    assertThat(problemsOf(GOOD + "months: period_end\n"))
        .containsExactly(
            "kpis/fill_rate.yaml:1: needs months sum, because all of its measures are measured per"
                + " day");
    assertThat(problemsOf(GOOD.replace("rollup: sum", "rollup: period_end")))
        .containsExactly(
            "kpis/fill_rate.yaml:1: needs rollup sum, because all of its measures add up over"
                + " weeks");
    assertThat(
            problemsOf(
                GOOD.replace("[bookable_seconds]", "[mean_inventory]")
                    .replace("[location, provider]", "[location]")))
        .containsExactly(
            "kpis/fill_rate.yaml:1: needs rollup period_end, because one of its measures holds at"
                + " the end of a week",
            "kpis/fill_rate.yaml:1: needs months period_end, because one of its measures holds at"
                + " the end of a week");
  }

  @Test
  void aNeedIsEitherATableOrAMeasure() {
    String both = GOOD.replace("{table: shifts,", "{table: shifts, measure: bookable_seconds,");
    String neither = GOOD.replace("{table: shifts, ", "{");

    assertThat(problemsOf(both))
        .containsExactly("kpis/fill_rate.yaml:15 needs[0]: needs either a table or a measure");
    assertThat(problemsOf(neither)).isEqualTo(problemsOf(both));
  }

  @Test
  void aSumSaysWhenItIsZeroAndARatioMaySayWhenItEnds() {
    String sum =
        GOOD.lines()
            .filter(line -> !line.startsWith("denominator"))
            .reduce("", (a, b) -> a + b + "\n");

    assertThat(problemsOf(sum + "zero_where: [kept_seconds]\n")).isEmpty();
    assertThat(problemsOf(GOOD + "told_where: [kept_seconds]\n")).isEmpty();
    assertThat(problemsOf(sum))
        .singleElement()
        .asString()
        .contains("needs zero_where because it is a sum");
    assertThat(problemsOf(GOOD + "zero_where: [kept_seconds]\n"))
        .singleElement()
        .asString()
        .contains("is a ratio, which has no zero_where");
    assertThat(problemsOf(sum + "zero_where: [kept_seconds]\ntold_where: [kept_seconds]\n"))
        .singleElement()
        .asString()
        .contains("is a sum, which has no told_where");
  }

  @Test
  void twoKpisInOnePlaceOrAFileOfAnotherNameAreProblems(@TempDir Path directory) throws Exception {
    Path kpis = Files.createDirectory(directory.resolve("more-kpis"));
    Files.writeString(kpis.resolve("fill_rate.yaml"), GOOD);
    Files.writeString(kpis.resolve("idle_rate.yaml"), GOOD);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      ResourceFolder folder = ResourceFolder.of("more-kpis", loader);
      assertThatThrownBy(() -> KpiCatalogue.load(folder, MeasureCatalogue.load()))
          .hasMessageContaining(
              "more-kpis/idle_rate.yaml:1: must define the KPI idle_rate like the file")
          .hasMessageContaining(
              "more-kpis/idle_rate.yaml:1: has the order of fill_rate; give it one of its own");
    }
  }

  @Test
  void theKpiThatIsJudgedInsteadOfAnotherIsJudgedItself(@TempDir Path directory) throws Exception {
    Path kpis = Files.createDirectory(directory.resolve("judged-kpis"));
    String idle =
        GOOD.replace("kpi: fill_rate", "kpi: idle_rate").replace("order: 10", "order: 20");
    Files.writeString(kpis.resolve("fill_rate.yaml"), GOOD + "judged_by: idle_rate\n");
    Files.writeString(kpis.resolve("idle_rate.yaml"), idle + "judged_by: none\n");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      ResourceFolder folder = ResourceFolder.of("judged-kpis", loader);
      assertThatThrownBy(() -> KpiCatalogue.load(folder, MeasureCatalogue.load()))
          .hasMessageContaining(
              "judged-kpis/fill_rate.yaml:1: is judged by idle_rate, which is no KPI judged by"
                  + " itself")
          .hasMessageContaining(
              "judged-kpis/idle_rate.yaml:1: is judged by none, which is no KPI judged by itself");
      Files.writeString(kpis.resolve("idle_rate.yaml"), idle);
      assertThat(
              KpiCatalogue.load(folder, MeasureCatalogue.load())
                  .find("fill_rate")
                  .orElseThrow()
                  .judgedBy())
          .contains("idle_rate");
    }
  }

  @Test
  void theShippedCatalogueIsInItsOrder() {
    KpiCatalogue catalogue = KpiCatalogue.load();

    assertThat(catalogue.all())
        .extracting(kpi -> kpi.id() + ".yaml")
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
  void everyNeededTableIsATable() {
    for (KpiDefinition kpi : KpiCatalogue.load().all()) {
      assertThat(TableContracts.load().names())
          .as(kpi.id())
          .containsAll(
              kpi.needs().stream().map(Need::table).flatMap(java.util.Optional::stream).toList());
    }
  }
}
