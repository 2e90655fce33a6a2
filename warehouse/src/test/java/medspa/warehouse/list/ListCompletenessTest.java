package medspa.warehouse.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import medspa.warehouse.relation.HandMadeRelations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How complete a list is follows from what the exports of the last 13 weeks tell. */
class ListCompletenessTest {
  private HandMadeRelations warehouse;

  @BeforeEach
  void aLocationWithHours() throws SQLException {
    warehouse = new HandMadeRelations();
    warehouse.location("austin");
    warehouse.rows(
        "opening_hours",
        "'austin' AS location_id, 1 AS weekday, TIME '09:00' AS opens, TIME '17:00' AS closes");
  }

  @AfterEach
  void close() throws SQLException {
    warehouse.close();
  }

  private void booked(String service, String date) throws SQLException {
    warehouse.rows(
        "appointments",
        "'austin' AS location_id, '"
            + service
            + date
            + "' AS appointment_id, 'completed' AS status, 'P1' AS provider_id, '"
            + service
            + "' AS service_id, DATE '"
            + date
            + "' AS local_date");
  }

  private String completeness(String list) throws SQLException {
    warehouse.derive("list_columns");
    warehouse.derive("list_completeness");
    List<String> rows =
        warehouse.read(
            "SELECT state, parts_told, parts, brings FROM list_completeness WHERE list = '"
                + list
                + "'");
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  @Test
  void aListIsFullWhenEachServiceThatIsUsedTellsAllOfIt() throws SQLException {
    booked("peel", "2026-03-30");
    warehouse.rows(
        "services",
        "'peel' AS service_id, 30 AS duration_minutes, 5 AS setup_minutes, 5 AS turnover_minutes, 0"
            + " AS buffer_minutes");

    assertThat(completeness("room_capacity")).isEqualTo("full|5|5|null");
  }

  @Test
  void whatOneMoreColumnWouldBringIsSaidWithTheThingsThatLackIt() throws SQLException {
    for (String service : List.of("peel", "facial", "laser")) {
      booked(service, "2026-03-30");
      warehouse.rows(
          "services",
          "'"
              + service
              + "' AS service_id, 30 AS duration_minutes, 5 AS setup_minutes, 0 AS buffer_minutes"
              + (service.equals("peel") ? ", 5 AS turnover_minutes" : ""));
    }

    assertThat(completeness("room_capacity"))
        .isEqualTo(
            "partly|4|5|turnover minutes of 2 of 3 services are missing; for those, room"
                + " capacity is the naive one");
  }

  @Test
  void whatIsNeededComesFirstAndMakesAListEmpty() throws SQLException {
    booked("peel", "2026-03-30");

    assertThat(completeness("room_capacity"))
        .isEqualTo(
            "empty|1|5|minutes on the menu of 1 of 1 services are missing: nobody knows how many"
                + " treatments fit a room");
  }

  @Test
  void whatNobodyUsedForThirteenWeeksLacksNothing() throws SQLException {
    booked("peel", "2026-03-30");
    booked("wrap", "2026-01-04");
    warehouse.rows(
        "services",
        "'peel' AS service_id, 30 AS duration_minutes, 5 AS setup_minutes, 5 AS turnover_minutes, 0"
            + " AS buffer_minutes");

    assertThat(completeness("room_capacity")).isEqualTo("full|5|5|null");

    booked("wrap", "2026-01-05");
    assertThat(completeness("room_capacity"))
        .startsWith("partly|1|5|minutes on the menu of 1 of 2 services");
  }

  @Test
  void aColumnOfRowsIsToldByOneOfThemAndAWordByARowThatHasIt() throws SQLException {
    for (String kind : List.of("receipt", "receipt", "usage")) {
      warehouse.rows(
          "stock_movements",
          "'austin' AS location_id, 'M' AS movement_id, 'BTX' AS product_id, '"
              + kind
              + "' AS kind, 1 AS quantity, DATE '2026-03-30' AS local_date, DATE '2026-12-31' AS"
              + " expires_on"
              + (kind.equals("usage") ? ", 'L1' AS lot" : ""));
      if (kind.equals("receipt")) {
        assertThat(completeness("inventory_reorder")).startsWith("empty|0|5|");
        assertThat(
                warehouse.read(
                    "SELECT state, brings FROM list_columns WHERE list = 'inventory_reorder' AND"
                        + " position = 0"))
            .singleElement()
            .asString()
            .startsWith("missing|uses and sales of goods are not among ")
            .endsWith(" stock movements: no use of goods is told");
      }
    }

    assertThat(completeness("inventory_reorder"))
        .startsWith("empty|1|5|delivery times of 1 of 1 products are missing: ");
    assertThat(completeness("expiry_breaches")).isEqualTo("full|2|2|null");
  }

  @Test
  void anyOneOfSeveralColumnsIsEnough() throws SQLException {
    warehouse.rows(
        "stock_movements",
        "'austin' AS location_id, 'M' AS movement_id, 'BTX' AS product_id, 'usage' AS kind, -1 AS"
            + " quantity, DATE '2026-03-30' AS local_date, 6 AS unit_cost");
    warehouse.rows(
        "products", "'BTX' AS product_id, false AS is_consignment, 100 AS pack_quantity");

    assertThat(completeness("inventory_consignment")).isEqualTo("full|4|4|null");
  }

  @Test
  void aLocationWithoutHoursIsToldSo() throws SQLException {
    warehouse.run("DELETE FROM opening_hours");

    assertThat(completeness("room_capacity"))
        .isEqualTo("empty|0|5|opening hours are missing: nobody knows how long rooms are open");
  }

  @Test
  void anyOfTheWordsIsEnoughAndWhatIsRedeemedMakesAList() throws SQLException {
    warehouse.rows(
        "sale_lines",
        "'austin' AS location_id, 'S' AS sale_id, 'service' AS kind, 80 AS gross_amount, DATE"
            + " '2026-03-30' AS local_date");
    warehouse.rows(
        "payments",
        "'austin' AS location_id, 'P' AS payment_id, 'cash' AS tender, 80 AS amount, DATE"
            + " '2026-03-30' AS local_date");
    assertThat(completeness("stored_value")).startsWith("empty|0|3|");

    warehouse.run("UPDATE payments SET tender = 'package'");
    assertThat(completeness("stored_value"))
        .isEqualTo(
            "partly|2|3|sales of gift cards, packages, memberships and deposits are not among 1 sale"
                + " lines: no sale of it is told");
    warehouse.run("UPDATE sale_lines SET kind = 'deposit'");
    assertThat(completeness("stored_value")).isEqualTo("full|3|3|null");
  }

  @Test
  void aColumnIsToldByTheRowsThatMatter() throws SQLException {
    booked("peel", "2026-03-30");
    warehouse.rows("services", "'peel' AS service_id, 'Skin' AS category");
    for (String kind : List.of("service", "retail")) {
      warehouse.rows(
          "sale_lines",
          "'austin' AS location_id, 'S' AS sale_id, 'peel' AS service_id, '"
              + kind
              + "' AS kind, DATE '2026-03-30' AS local_date"
              + (kind.equals("retail") ? ", 'P1' AS provider_id" : ""));
    }
    assertThat(completeness("provider_category"))
        .contains("providers are in none of 1 sale lines (service): ");

    warehouse.run("UPDATE appointments SET status = 'no_show'");
    assertThat(completeness("provider_category"))
        .startsWith("empty|")
        .contains("appointments that took place are missing: ");
  }

  @Test
  void ofTwoColumnsThatTellAsMuchOneIsNamedWithItsOwnFigures() throws SQLException {
    warehouse.rows(
        "stock_movements",
        "'austin' AS location_id, 'M' || i AS movement_id, 'BTX' AS product_id, 'usage' AS kind, -1"
            + " AS quantity, DATE '2026-03-30' AS local_date FROM range(3) r (i)");
    warehouse.rows("products", "'BTX' AS product_id");
    warehouse.derive("list_columns");

    assertThat(
            warehouse.read(
                "SELECT things_name, things, told FROM list_columns WHERE list ="
                    + " 'inventory_consignment' AND position = 1"))
        .containsExactly("stock movements|3|0");
  }

  @Test
  void ofSeveralGapsTheWorstIsTold() throws SQLException {
    for (int i = 1; i <= 25; i++) {
      booked("s" + i, "2026-03-30");
      warehouse.rows(
          "services",
          "'s"
              + i
              + "' AS service_id, 30 AS duration_minutes"
              + (i > 1 ? ", 5 AS setup_minutes" : "")
              + (i > 5 ? ", 5 AS turnover_minutes" : "")
              + (i > 9 ? ", 0 AS buffer_minutes" : ""));
    }

    assertThat(completeness("room_capacity"))
        .startsWith("partly|2|5|buffer minutes of 9 of 25 services are missing");
    assertThat(
            warehouse.read(
                "SELECT parts_missing, column_name, is_by_hand, missing_share FROM"
                    + " list_completeness WHERE list = 'room_capacity'"))
        .containsExactly("0|services.buffer_minutes|true|0.36");

    assertThat(completeness("service_durations")).startsWith("empty|3|6|actual starts are in none");
    warehouse.run("UPDATE appointments SET started_at = now(), finished_at = now()");
    assertThat(completeness("service_durations"))
        .startsWith("partly|5|6|categories of all 25 services are");
  }
}
