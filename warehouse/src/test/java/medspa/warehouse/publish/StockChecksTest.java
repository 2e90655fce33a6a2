package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import medspa.warehouse.lake.LakeState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each identity of stock is shown rows that obey it and, until they are undone, rows that do not.
 */
class StockChecksTest {
  private static final Publisher PUBLISHER = new Publisher();

  @TempDir static Path directory;
  private static BuildConnection build;

  @BeforeAll
  static void stockThatObeysEveryCheck() throws Exception {
    try (LakeFixture lake = new LakeFixture(directory)) {
      lake.location("glow", "austin", "TX");
      new StockFixture("glow", "austin", "tox")
          .used(3, 4)
          .lot("A", "2026-05-01", "8")
          .left("2")
          .into(lake);
      new StockFixture("glow", "austin", "gel").used(1, 0).left("5").into(lake);
      // Of more than was there is nothing left to be in lots, and no value.
      new StockFixture("glow", "austin", "filler").used(2, 2).left("-1").into(lake);
      lake.execute("DELETE FROM \"gold/stock_lots\" WHERE product_id = 'filler'");
      new StockFixture("glow", "austin", "loan").used(1, 1).left("5").consigned().into(lake);
      lake.write();
      build = BuildConnection.create(directory.resolve("new.duckdb"), directory.resolve("new.tmp"));
      PUBLISHER.fill(build, lake.request(), LakeState.read(lake.lake).orElseThrow());
    }
  }

  @AfterAll
  static void close() throws Exception {
    build.close();
  }

  @BeforeEach
  void begin() throws Exception {
    build.execute("BEGIN TRANSACTION");
  }

  @AfterEach
  void undo() throws Exception {
    build.execute("ROLLBACK");
  }

  @Test
  void soundStockPasses() {
    assertPasses();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stock_ledger    | received = received + 1               | date=2026-03-25
          stock_ledger    | used = used - 1                       | date=2026-03-25
          stock_ledger    | wasted = wasted - 1                   | date=2026-03-25
          stock_ledger    | expired = expired - 1                 | date=2026-03-25
          stock_ledger    | adjusted = adjusted - 1               | date=2026-03-25
          stock_ledger    | transferred = transferred - 1         | date=2026-03-25
          stock_ledger    | opening_balance = opening_balance + 1 | date=2026-03-25
          stock_ledger    | count_correction = -0.0001            | date=2026-03-25
          stock_ledger    | opening_on_hand = opening_on_hand + 1 | date=2026-03-25
          stock_ledger    | on_hand = on_hand + 1                 | date=2026-03-25
          stock_weekly    | opening_on_hand = opening_on_hand + 1 | date=2026-03-23
          stock_weekly    | movements = movements - 1             | date=2026-03-23
          stock_weekly    | count_corrections = 1                 | date=2026-03-23
          stock_weekly    | on_hand = on_hand + 1                 | date=2026-03-23
          stock_movements | quantity = quantity - 1               | date=2026-03-25
          """)
  void aUnitThatAppearsOrIsLostBreaksTheRoll(String table, String change, String key)
      throws Exception {
    build.execute("UPDATE " + table + " SET " + change + " WHERE product_id = 'tox'");

    assertFails("stock_roll", "product_id=tox", key);
  }

  @Test
  void onHandThatIsNotWhereTheLedgerEndsBreaksTheRoll() throws Exception {
    // Of what is below 0 there are no lots, which would be found too.
    build.execute("UPDATE inventory_on_hand SET on_hand = on_hand - 1 WHERE product_id = 'filler'");

    assertFails("stock_roll", "product_id=filler", "date=2026-04-01");
  }

  private static void movement(String id, String day) throws Exception {
    build.execute(
        "INSERT INTO stock_movements BY NAME SELECT 'glow' AS practice_id, 'austin' AS location_id,"
            + " 'tox' AS product_id, '%s' AS movement_id, 'usage' AS kind, -1 AS quantity, DATE"
                .formatted(id)
            + " '%s' AS local_date".formatted(day));
  }

  @Test
  void aMovementThatTheLedgerDoesNotKnowBreaksTheRoll() throws Exception {
    // After the last computed week it is no part of the ledger.
    movement("later", "2026-04-06");
    assertPasses();

    movement("lost", "2026-04-05");
    assertFails("stock_roll", "date=2026-04-05");
  }

  @Test
  void lotsThatAreNotWhatIsOnHandAreFound() throws Exception {
    build.execute("UPDATE stock_lots SET on_hand = on_hand - 0.0001 WHERE lot = 'A'");

    assertFails("stock_lots_add_up", "product_id=tox");
  }

  /** A measure of the last week, of the location or of one product. */
  private static void measure(String grain, String member, String measure, String amount)
      throws Exception {
    build.execute(
        "INSERT INTO measures_weekly VALUES ('glow', 'austin', '%s', %s, DATE '%s', '%s', %s)"
            .formatted(grain, member, LAST_WEEK, measure, amount));
  }

  @Test
  void aValueThatIsNoneOfItsProductsIsFound() throws Exception {
    build.execute(
        "UPDATE measures_weekly SET amount = amount + 0.01 WHERE measure = 'stock_value' AND grain"
            + " = 'location' AND week_start = '%s'".formatted(LAST_WEEK));

    assertFails("members_add_up", "measure=stock_value");
  }

  @Test
  void aConsignedProductInTheValueIsFoundThoughProductsAddUp() throws Exception {
    build.execute(
        "UPDATE measures_weekly SET amount = amount + 12.5 WHERE measure = 'stock_value' AND grain"
            + " = 'location' AND week_start = '%s'".formatted(LAST_WEEK));
    measure("product", "'loan'", "stock_value", "12.5");

    assertFails("stock_value_adds_up", "measure=stock_value");
  }

  @ParameterizedTest
  @CsvSource({"counts", "count_error_cost", "count_book_cost"})
  void countsOfALocationThatAreNotThoseOfItsProductsAreFound(String measure) throws Exception {
    measure("location", "NULL", measure, "3");
    measure("product", "'tox'", measure, "2");

    assertFails("members_add_up", "measure=" + measure);
  }

  private static void assertPasses() {
    assertThatCode(() -> PUBLISHER.check(build)).doesNotThrowAnyException();
  }

  private static void assertFails(String check, String... ofOneKey) {
    assertThatThrownBy(() -> PUBLISHER.check(build))
        .isInstanceOfSatisfying(
            CheckFailedException.class,
            e -> {
              assertThat(e.check()).isEqualTo(check);
              assertThat(e.keys()).anySatisfy(found -> assertThat(found).contains(ofOneKey));
            });
  }
}
