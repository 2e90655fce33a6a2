package medspa.warehouse.relation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.relation.Relation.Field;
import medspa.warehouse.relation.Relation.Kind;
import org.junit.jupiter.api.Test;

class RelationsTest {
  private static final String GOOD =
      """
      relation: dates
      grain: One row per day.
      key: [date]
      columns:
        date: {type: DATE, meaning: The day.}
        hours: {type: "DECIMAL(18,4)", unit: hours, meaning: Its length.}
      """;

  private static List<String> problemsOf(String text) {
    Problems problems = new Problems();
    Relations.parse(
        YamlValue.parse("relations/dates/definition.yaml", text, problems), Optional.of("SELECT"));
    return problems.messages();
  }

  @Test
  void aGoodDefinitionHasNoProblem() {
    assertThat(problemsOf(GOOD)).isEmpty();
    assertThat(problemsOf(GOOD.replace("grain:", "kind: view\ngrain:"))).isEmpty();
  }

  @Test
  void twoProblemsAreReportedTogetherWithFileLineAndField() {
    String bad = GOOD.replace("[date]", "[day]").replace("type: DATE", "type: DAY");

    assertThat(problemsOf(bad))
        .containsExactly(
            "relations/dates/definition.yaml:5 columns.date: has the type 'DAY', which is not a type of the"
                + " warehouse",
            "relations/dates/definition.yaml:3 key[0]: is not a column of the relation");
  }

  @Test
  void aTypeThatYamlCutsAtItsCommaIsFound() {
    assertThat(problemsOf(GOOD.replace("\"DECIMAL(18,4)\"", "DECIMAL(18,4)")))
        .hasSize(2)
        .anySatisfy(
            p -> assertThat(p).contains("relations/dates/definition.yaml:6 columns.hours.4)"))
        .anySatisfy(p -> assertThat(p).contains("has the type 'DECIMAL(18'"));
  }

  @Test
  void grainMeaningAndColumnsAreRequiredAndNothingElseIsKnown() {
    assertThat(problemsOf(GOOD.replace("grain: One row per day.\n", "")))
        .containsExactly("relations/dates/definition.yaml:1: needs the key grain");
    assertThat(problemsOf(GOOD.replace(", meaning: The day.", "")))
        .containsExactly("relations/dates/definition.yaml:5 columns.date: needs the key meaning");
    assertThat(problemsOf("relation: dates\ngrain: One row per day.\n"))
        .containsExactly("relations/dates/definition.yaml:1: needs the key columns");
    assertThat(problemsOf(GOOD + "owner: me\n"))
        .containsExactly(
            "relations/dates/definition.yaml:7 owner: is not a known key; known are columns, dataset,"
                + " for_everyone, grain, key, kind, loaded, of_actions, of_lists, parameters, published, relation");
    assertThat(problemsOf(GOOD + "kind: heap\n"))
        .containsExactly(
            "relations/dates/definition.yaml:7 kind: 'heap' must be table, view or macro");
  }

  @Test
  void whatStandsInTheFolderIsLoaded() throws Exception {
    Relations relations = Relations.load();

    try (Stream<Path> folders = Files.list(Path.of("src/main/resources/relations"))) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .isSubsetOf(relations.all().stream().map(Relation::name).toList())
          .contains("kpi_weekly", "kpi_rows", "providers");
    }
    assertThat(relations.relation("double_bookings").kind()).isEqualTo(Kind.VIEW);
    assertThat(relations.relation("kpi_weekly").key())
        .containsExactly("practice_id", "location_id", "week_start", "kpi");
    assertThat(relations.published()).extracting(Relation::name).doesNotContain("kpi_rows");
    assertThatThrownBy(() -> relations.relation("kpi_yearly"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "There is no relation kpi_yearly; relations are acted_actions, action_outcomes, actions,");
  }

  @Test
  void aCanonicalTableIsPublishedWithItsPracticeItsDayAndItsSource() {
    TableContracts contracts = TableContracts.load();

    Relation payments = CanonicalRelations.of(contracts.table("payments"));
    assertThat(payments.columns().stream().map(Field::name))
        .containsExactly(
            "practice_id",
            "payment_id",
            "location_id",
            "sale_id",
            "paid_at",
            "tender",
            "amount",
            "fee_amount",
            "payout_id",
            "payout_on",
            "local_date",
            "source_file_id",
            "source_line");
    assertThat(payments.key()).containsExactly("practice_id", "location_id", "payment_id");
    assertThat(
            CanonicalRelations.of(contracts.table("sale_lines")).columns().stream()
                .map(Field::name))
        .containsSequence("tax_amount", "local_date", "net_amount", "source_file_id");
    assertThat(
            CanonicalRelations.of(contracts.table("clients")).columns().stream().map(Field::name))
        .containsExactly(
            "practice_id",
            "client_key",
            "acquisition_channel",
            "first_seen_on",
            "source_file_id",
            "source_line");
  }

  @Test
  void aCommentHasTheUnitWhereThereIsOne() {
    Relation minutes = Relations.load().relation("provider_minutes_weekly");

    assertThat(minutes.columns().get(0).comment()).isEqualTo("The practice.");
    assertThat(minutes.columns().get(9).comment())
        .isEqualTo("What is left of the bookable time. Unit: minutes.");
  }
}
