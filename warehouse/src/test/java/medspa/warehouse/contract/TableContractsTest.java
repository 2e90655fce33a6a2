package medspa.warehouse.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import medspa.warehouse.contract.TableContract.Kind;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.YamlValue;
import org.junit.jupiter.api.Test;

class TableContractsTest {
  private static final String GOOD =
      """
      table: shifts
      grain: One row per shift.
      kind: fact
      key: [shift_id]
      date: start_at
      columns:
        shift_id: {type: id, required: true, meaning: The shift.}
        start_at: {type: instant, required: true, meaning: Its start.}
        kind: {type: word, words: [bookable, blocked], meaning: What it is.}
      checks:
        - {reason: late, column: start_at, reject_when: false}
      """;

  private static List<String> problemsOf(String text) {
    Problems problems = new Problems();
    TableContracts.parse(YamlValue.parse("tables/shifts.yaml", text, problems));
    return problems.messages();
  }

  @Test
  void aGoodContractHasNoProblem() {
    assertThat(problemsOf(GOOD)).isEmpty();
  }

  @Test
  void twoProblemsAreReportedTogetherWithFileLineAndField() {
    String bad =
        GOOD.replace("key: [shift_id]", "key: [shift_no]").replace("type: instant", "type: moment");

    assertThat(problemsOf(bad))
        .containsExactly(
            "tables/shifts.yaml:8 columns.start_at.type: 'moment' is not a type",
            "tables/shifts.yaml:4 key[0]: is not a column of the table");
  }

  @Test
  void aWordNeedsItsVocabularyAndNothingElseHasOne() {
    assertThat(problemsOf(GOOD.replace("words: [bookable, blocked], ", "")))
        .containsExactly(
            "tables/shifts.yaml:9 columns.kind: needs words if, and only if, its type is word");
    assertThat(problemsOf(GOOD.replace("type: id,", "type: id, words: [a],")))
        .containsExactly(
            "tables/shifts.yaml:7 columns.shift_id: needs words if, and only if, its type is word");
  }

  @Test
  void aFactNeedsTheDateThatPlacesItInADay() {
    assertThat(problemsOf(GOOD.replace("date: start_at\n", "")))
        .containsExactly("tables/shifts.yaml:1: needs a date, because it is a fact");
    assertThat(
            problemsOf(
                GOOD.replace("date: start_at\n", "").replace("kind: fact", "kind: reference")))
        .isEmpty();
    assertThat(problemsOf(GOOD.replace("kind: fact", "kind: dimension")))
        .containsExactly("tables/shifts.yaml:3 kind: 'dimension' must be fact or reference");
  }

  @Test
  void aCheckNamesAColumnOfItsTable() {
    assertThat(problemsOf(GOOD.replace("column: start_at", "column: begin_at")))
        .containsExactly(
            "tables/shifts.yaml:11 checks[0]: names the column begin_at, which the table does not"
                + " have");
  }

  @Test
  void withoutKeyColumnsOrMeaningATableIsNoContract() {
    assertThat(problemsOf(GOOD.replace("key: [shift_id]\n", "")))
        .containsExactly("tables/shifts.yaml:1: needs a key");
    assertThat(problemsOf(GOOD.replace(", meaning: The shift.", "")))
        .containsExactly("tables/shifts.yaml:7 columns.shift_id: needs the key meaning");
  }

  @Test
  void theShippedContractsKeepTheirPromises() {
    TableContracts contracts = TableContracts.load();

    assertThat(contracts.names()).contains("appointments", "sale_lines", "clients");
    assertThat(contracts.table("sale_lines").storedKey())
        .containsExactly("location_id", "sale_id", "line_id");
    assertThat(contracts.table("clients").storedKey()).containsExactly("client_key");
    assertThat(contracts.table("clients").hasLocation()).isFalse();
    assertThat(contracts.table("rooms").hasLocation()).isTrue();
    assertThat(contracts.table("appointments").column("client_id").orElseThrow().storedName())
        .isEqualTo("client_key");
    assertThat(contracts.all())
        .allSatisfy(
            table -> {
              assertThat(table.kind() == Kind.FACT).isEqualTo(table.date().isPresent());
              table
                  .date()
                  .ifPresent(
                      date ->
                          assertThat(table.column(date).orElseThrow().type())
                              .isEqualTo(ColumnType.INSTANT));
              assertThat(table.key())
                  .allSatisfy(
                      key -> assertThat(table.column(key).orElseThrow().required()).isTrue());
            });
    assertThatThrownBy(() -> contracts.table("bookings"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no table bookings; tables are appointments");
  }
}
