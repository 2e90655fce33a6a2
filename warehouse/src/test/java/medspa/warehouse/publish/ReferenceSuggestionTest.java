package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.LakeJson;
import medspa.warehouse.query.WarehouseQuery;
import medspa.warehouse.query.WarehouseQuery.Limits;
import medspa.warehouse.query.WarehouseQuery.Results;
import medspa.warehouse.reference.ReferenceSuggestion;
import medspa.warehouse.reference.ReferenceSuggestion.Cell;
import medspa.warehouse.reference.ReferenceSuggestion.Origin;
import medspa.warehouse.reference.ReferenceSuggestion.Seen;
import medspa.warehouse.reference.ReferenceSuggestion.Thing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a workbook is suggested with, from what exports tell and what was filled in before. */
class ReferenceSuggestionTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(
          ReferenceSuggestionTest::write,
          "practices",
          "locations",
          "services",
          "service_products",
          "products",
          "rooms",
          "providers",
          "runs",
          "appointments",
          "sale_lines",
          "shifts",
          "timecards",
          "stock_movements",
          "stock_counts");

  private static ReferenceSuggestion suggestion;

  private static int rows;

  private static void appointment(
      LakeFixture lake, LocalDate day, String start, int minutes, String service, String status)
      throws Exception {
    String at = day + " " + start + ":00Z";
    lake.rows(
        "silver/appointments",
        "practice_id, location_id, appointment_id, provider_id, room_id, service_id, status,"
            + " start_at, end_at, started_at, finished_at, local_date, is_deleted, source_file_id,"
            + " source_line",
        ("'spa', 'spa-1', 'a%d', 'P1', 'R1', '%s', '%s', TIMESTAMPTZ '%s', TIMESTAMPTZ '%s' +"
                + " to_minutes(%d), TIMESTAMPTZ '%s', TIMESTAMPTZ '%s' + to_minutes(%d), DATE '%s',"
                + " false, 'f', 1")
            .formatted(++rows, service, status, at, at, minutes, at, at, minutes + 5, day));
  }

  private static void movement(
      LakeFixture lake, LocalDate day, String product, String kind, int quantity, String cost)
      throws Exception {
    lake.rows(
        "silver/stock_movements",
        "practice_id, location_id, movement_id, product_id, kind, quantity, unit_cost, moved_at,"
            + " local_date, is_deleted, source_file_id, source_line",
        "'spa', 'spa-1', 'm%d', '%s', '%s', %d, %s, TIMESTAMPTZ '%s 12:00Z', DATE '%s', false, 'f', 1"
            .formatted(++rows, product, kind, quantity, cost, day, day));
  }

  private static void write(LakeFixture lake) throws Exception {
    lake.location("spa", "spa-1", "TX").location("other", "other-1", "TX");
    // Each day a number of peels that varies, ten minutes apart, and 3 ml for each.
    for (int i = 0; i < 14; i++) {
      LocalDate day = MONDAY.plusDays(i);
      int peels = 1 + (i * 5) % 4;
      for (int n = 0; n < peels; n++) {
        appointment(lake, day, "1" + n + ":00", 50, "peel", "completed");
      }
      appointment(lake, day, "15:00", 30, "talk", i % 2 == 0 ? "completed" : "booked");
      movement(lake, day, "acid", "usage", -3 * peels, "NULL");
      // One cap for each, of which never more than two are written down.
      for (int n = 0; n < Math.min(2, peels); n++) {
        lake.rows(
            "silver/stock_movements",
            "practice_id, location_id, movement_id, product_id, service_id, kind, quantity,"
                + " moved_at, local_date, is_deleted, source_file_id, source_line",
            "'spa', 'spa-1', 'c%d', 'cap', 'peel', 'usage', -1, TIMESTAMPTZ '%s 12:00Z', DATE '%s', false, 'f', 1"
                .formatted(++rows, day, day));
      }
    }
    // New: a week of it is not known yet.
    movement(lake, MONDAY.plusDays(13), "tape", "usage", -1, "NULL");
    appointment(lake, MONDAY, "10:52", 5, "talk", "cancelled");
    appointment(lake, LocalDate.of(2026, 12, 1), "10:00", 50, "peel", "booked");
    movement(lake, MONDAY, "acid", "receipt", 50, "1.5");
    movement(lake, MONDAY.plusDays(9), "acid", "receipt", 50, "1.75");
    movement(lake, MONDAY, "masked-0123456789abcdef", "usage", -1, "NULL");
    lake.rows(
        "silver/services",
        "practice_id, service_id, name, category, duration_minutes, list_price, is_deleted",
        "'spa', 'peel', 'Peel', NULL, 50, 80, false",
        "'spa', 'old', 'Old one', NULL, 12, NULL, false",
        "'spa', 'wax', 'wax', NULL, 15, NULL, false",
        "'other', 'theirs', 'Theirs', NULL, 50, 80, false");
    lake.rows(
        "silver/sale_lines",
        "practice_id, location_id, sale_id, line_id, seller_id, kind, quantity, net_amount,"
            + " gross_amount, local_date, is_deleted, source_file_id, source_line",
        "'spa', 'spa-1', 's1', '1', 'desk', 'retail', 1, 0, 0, DATE '2026-03-05', false, 'f', 1");
    lake.rows(
        "silver/service_products",
        "practice_id, service_id, product_id, quantity, is_deleted",
        "'spa', 'wax', 'strip', 2, false");
  }

  /** A workbook of before: what it says is part of what is published, too. */
  @BeforeAll
  static void suggest() throws Exception {
    LakeFixture lake = LAKE.lake();
    // What it says of the old one stands in the warehouse still, and no export says it.
    workbook(
        lake,
        1,
        "services",
        "UNNEST(['peel', 'old']) AS service_id, UNNEST([7, 0]) AS turnover_minutes,"
            + " UNNEST([NULL, 12]) AS duration_minutes");
    workbook(
        lake,
        2,
        "services",
        "UNNEST(['peel', 'wax']) AS service_id, UNNEST(['peel', 'wax']) AS name,"
            + " UNNEST([10, 0]) AS turnover_minutes, UNNEST([NULL, 15]) AS duration_minutes");
    workbook(
        lake, 3, "service_products", "'wax' AS service_id, 'strip' AS product_id, 2 AS quantity");
    try (WarehouseQuery warehouse =
        WarehouseQuery.open(lake.warehouse, Limits.DEFAULT, Results.WHOLE)) {
      suggestion = ReferenceSuggestion.of(warehouse, lake.lake, "spa");
      assertThatThrownBy(() -> ReferenceSuggestion.of(warehouse, lake.lake, "spas"))
          .hasMessage("There is no practice spas in the warehouse; there are other, spa");
    }
  }

  private static void workbook(LakeFixture lake, int sequence, String table, String columns)
      throws Exception {
    String id = "0000000" + sequence + "-aaaaaaaaaaaa";
    Path file = lake.lake.batchTable(id, table);
    Files.createDirectories(file.getParent());
    String all =
        medspa.warehouse.contract.TableContracts.load().table(table).columns().stream()
            .map(column -> column.name())
            .filter(column -> !columns.contains("AS " + column))
            .map(column -> ", NULL AS " + column)
            .reduce("", String::concat);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT %s%s, 1 AS source_line) TO '%s' (FORMAT parquet)"
              .formatted(columns, all, file));
    }
    LakeJson.replace(
        file.resolveSibling("batch.json"),
        new Batch(
            sequence,
            sequence,
            id,
            "reference",
            "spa",
            "exports/reference.xlsx!/" + table,
            "a" + sequence,
            "inputs",
            Optional.empty(),
            "reference-workbook",
            Delivery.WHOLE,
            Instant.parse("2026-04-01T00:00:00Z"),
            0,
            List.of(new TableCounts(table, 1, 1, 0, 0, 0, List.of())),
            Optional.empty(),
            Optional.empty()));
  }

  private static List<Thing> things(String sheet) {
    return suggestion.sheets().stream()
        .filter(s -> s.sheet().name().equals(sheet))
        .findFirst()
        .orElseThrow()
        .things();
  }

  /** A cell that exports tell in brackets, what a person wrote as it is, what is missing as ?. */
  private static List<String> cells(String sheet) {
    List<String> rows = new ArrayList<>();
    for (Thing thing : things(sheet)) {
      rows.add(
          String.join(" ", thing.cells().stream().map(ReferenceSuggestionTest::text).toList())
              + " | "
              + String.join(" ", thing.seen().stream().map(ReferenceSuggestionTest::text).toList())
              + (thing.isNamed() ? "" : " | unnamed"));
    }
    return rows;
  }

  private static String text(Cell cell) {
    return switch (cell.origin()) {
      case KEY, WRITTEN -> cell.text();
      case TOLD -> "[" + cell.text() + "]";
      case MISSING -> "?";
      case OPEN -> "-";
    };
  }

  private static String text(Seen seen) {
    return seen.number()
        .map(number -> number.stripTrailingZeros().toPlainString())
        .or(() -> seen.day().map(LocalDate::toString))
        .or(seen::text)
        .orElse("-");
  }

  @Test
  void servicesComeWithTheirMinutesAndGapsAndWhatWasFilledInIsKept() {
    // A cancelled booking in between, and one of the afternoon, are no gap of ten minutes.
    assertThat(cells("Services"))
        .containsExactly(
            "peel [Peel] ? [50] ? 10 ? [80] | 34 - 50 55 10",
            "talk - ? ? ? ? ? - | 14 - 30 35 -",
            "old [Old one] - - - - - - | - - - - -",
            "wax - - 15 - 0 - - | - - - - - | unnamed");
  }

  @Test
  void aRecipeIsGuessedFromDaysOnWhichMoreWasUsedTheMoreOftenTheServiceWasPerformed() {
    assertThat(cells("Recipes"))
        .containsExactly(
            "peel acid ? | 3 14",
            "peel cap ? | 1 8",
            "talk ? ? | - -",
            "wax strip 2 | - - | unnamed");
    assertThat(things("Recipes").get(0).beside())
        .extracting(ReferenceSuggestionTest::text)
        .containsExactly("Peel", "acid");
  }

  @Test
  void productsComeWithTheirUseAndDeliveriesAndNoIdThatMayBeAClient() {
    // 33 peels at 3 ml, in the two weeks that are known.
    assertThat(cells("Products"))
        .containsExactly(
            "acid - - ? - ? - ? - - - | 49.5 2 9 1.75",
            "cap - - ? ? ? - ? - - - | 12 - - -",
            "tape - - ? ? ? - ? - - - | - - - -",
            "strip - - - - - - - - - - | - - - -");
  }

  @Test
  void roomsAndPeopleComeWithTheirFirstAndLastDayUntilNow() {
    assertThat(cells("Rooms")).containsExactly("spa-1 R1 - ? | 48 2026-03-02 2026-03-15");
    assertThat(cells("Providers"))
        .containsExactly(
            "P1 - - | 48 0 2026-03-02 2026-03-15", "desk - - | 0 1 2026-03-05 2026-03-05");
  }

  @Test
  void whatNoExportNamesIsCountedBySheet() {
    assertThat(suggestion.unnamed()).isEqualTo(Map.of("Services", 1L, "Recipes", 1L));
    assertThat(suggestion.locations()).containsExactly("spa-1");
    assertThat(suggestion.missing()).isEqualTo(3 + 5 + 2 + 2 + 3 + 4 + 4 + 1);
    assertThat(suggestion.withoutRecipe()).isEqualTo(1);
    assertThat(things("Services").get(0).cells().get(5).origin()).isEqualTo(Origin.WRITTEN);
  }
}
