package medspa.warehouse.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.ResourceFolder;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.measure.MeasureDefinition.Explanation;
import medspa.warehouse.measure.MeasureDefinition.Period;
import medspa.warehouse.measure.MeasureDefinition.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasureCatalogueTest {
  private static final String GOOD =
      """
      family: waiting
      about: How long clients wait.
      from: [appointments]
      unit: count
      period: day
      grains: [location, provider]
      members_add_up: [provider]
      explain: {rows: bookings}
      measures:
        rows_waited: {words: rows that tell the wait}
        wait_seconds: {words: the wait, unit: seconds, grains: [location], explain: none}
      """;

  private static List<String> problemsOf(String text) {
    Problems problems = new Problems();
    MeasureCatalogue.parse(
        YamlValue.parse("measures/waiting.yaml", text, problems), TableContracts.load().names());
    return problems.messages();
  }

  @Test
  void aMeasureHasWhatItsFamilySaysUnlessItSaysOtherwise() {
    MeasureFamily family =
        MeasureCatalogue.parse(
            YamlValue.parse("measures/waiting.yaml", GOOD, new Problems()),
            TableContracts.load().names());

    assertThat(family.measures())
        .containsExactly(
            new MeasureDefinition(
                "rows_waited",
                "waiting",
                "rows that tell the wait",
                Unit.COUNT,
                Period.DAY,
                List.of(Grain.LOCATION, Grain.PROVIDER),
                List.of(Grain.PROVIDER),
                List.of("appointments"),
                java.util.Optional.of(new Explanation("bookings", false))),
            new MeasureDefinition(
                "wait_seconds",
                "waiting",
                "the wait",
                Unit.SECONDS,
                Period.DAY,
                List.of(Grain.LOCATION),
                List.of(),
                List.of("appointments"),
                java.util.Optional.empty()));
    assertThat(family.isDaily()).isTrue();
  }

  @Test
  void everyMistakeIsNamedWithFileLineAndMeasure() {
    assertThat(problemsOf(GOOD)).isEmpty();
    assertThat(problemsOf(GOOD.replace("[appointments]", "[appointmens]")))
        .containsExactly("measures/waiting.yaml:3 from[0]: 'appointmens' is no canonical table");
    assertThat(problemsOf(GOOD.replace("unit: seconds", "unit: minutes")))
        .containsExactly(
            "measures/waiting.yaml:11 measures.wait_seconds.unit: 'minutes' is not one of seconds,"
                + " money, count, days");
    assertThat(problemsOf(GOOD.replace("unit: count\n", "")))
        .containsExactly(
            "measures/waiting.yaml:9 measures.rows_waited: needs the key unit, of its own or of"
                + " its family");
    assertThat(problemsOf(GOOD.replace("wait_seconds:", "waitSeconds:")))
        .singleElement()
        .asString()
        .contains("measures.waitSeconds: must be written in lower case");
    assertThat(problemsOf(GOOD.replace("members_add_up: [provider]", "members_add_up: [room]")))
        .containsExactly(
            "measures/waiting.yaml:10 measures.rows_waited: has a grain under members_add_up that"
                + " is none of its members' grains");
    assertThat(problemsOf(GOOD.replace("unit: seconds", "unit: seconds, period: week")))
        .singleElement()
        .asString()
        .contains("has measures of days and of weeks; give each their own file");
    assertThat(problemsOf(GOOD.replace("words: the wait", "meaning: the wait")))
        .contains("measures/waiting.yaml:11 measures.wait_seconds: needs the key words");
  }

  @Test
  void aMeasureIsDeclaredOnceAndAStatementReadInOneWay(@TempDir Path directory) throws Exception {
    Path measures = Files.createDirectory(directory.resolve("more-measures"));
    Files.writeString(measures.resolve("waiting.yaml"), GOOD);
    Files.writeString(
        measures.resolve("again.yaml"),
        GOOD.replace("family: waiting", "family: again")
            .replace("rows: bookings", "rows: bookings, fractions: true"));
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      ResourceFolder folder = ResourceFolder.of("more-measures", loader);
      assertThatThrownBy(() -> MeasureCatalogue.load(folder))
          .hasMessageContaining("declares rows_waited, which again declares too")
          .hasMessageContaining(
              "measures/waiting.yaml rows_waited: has its rows from the same statement as"
                  + " rows_waited, but only one of them in fractions");
    }
  }

  @Test
  void whatIsPaidIsDeclaredForEveryTender() {
    List<String> tenders =
        TableContracts.load().table("payments").columns().stream()
            .filter(column -> column.type() == ColumnType.WORD && column.name().equals("tender"))
            .flatMap(column -> column.words().stream())
            .map(tender -> "paid_" + tender)
            .toList();
    assertThat(tenders).hasSizeGreaterThan(5);
    assertThat(
            MeasureCatalogue.load().all().stream()
                .filter(measure -> measure.family().equals("payments"))
                .map(MeasureDefinition::id))
        .containsExactlyInAnyOrderElementsOf(tenders);
  }
}
