package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each identity of stock is shown rows that obey it and rows that do not. */
class StockChecksTest {
  @RegisterExtension final LakeFixture lake = new LakeFixture();

  @BeforeEach
  void stockThatObeysEveryCheck() throws Exception {
    lake.location("glow", "austin", "TX");
    new StockFixture("austin", "tox").used(3, 4).lot("A", "2026-05-01", "8").left("2").into(lake);
    new StockFixture("austin", "gel").used(1, 0).left("5").into(lake);
    // Of more than was there is nothing left to be in lots, and no value.
    new StockFixture("austin", "filler").used(2, 2).left("-1").into(lake);
    lake.execute("DELETE FROM \"gold/stock_lots\" WHERE product_id = 'filler'");
    new StockFixture("austin", "loan").used(1, 1).left("5").consigned().into(lake);
  }

  @Test
  void soundStockPasses() throws Exception {
    lake.write();

    assertThatCode(() -> lake.publish()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gold/stock_ledger      | received = received + 1               | date=2026-03-25
          gold/stock_ledger      | used = used - 1                       | date=2026-03-25
          gold/stock_ledger      | wasted = wasted - 1                   | date=2026-03-25
          gold/stock_ledger      | expired = expired - 1                 | date=2026-03-25
          gold/stock_ledger      | adjusted = adjusted - 1               | date=2026-03-25
          gold/stock_ledger      | transferred = transferred - 1         | date=2026-03-25
          gold/stock_ledger      | opening_balance = opening_balance + 1 | date=2026-03-25
          gold/stock_ledger      | count_correction = -0.0001            | date=2026-03-25
          gold/stock_ledger      | opening_on_hand = opening_on_hand + 1 | date=2026-03-25
          gold/stock_ledger      | on_hand = on_hand + 1                 | date=2026-03-25
          gold/stock_weekly      | opening_on_hand = opening_on_hand + 1 | date=2026-03-23
          gold/stock_weekly      | movements = movements - 1             | date=2026-03-23
          gold/stock_weekly      | count_corrections = 1                 | date=2026-03-23
          gold/stock_weekly      | on_hand = on_hand + 1                 | date=2026-03-23
          silver/stock_movements | quantity = quantity - 1               | date=2026-03-25
          """)
  void aUnitThatAppearsOrIsLostBreaksTheRoll(String table, String change, String key)
      throws Exception {
    lake.execute("UPDATE \"" + table + "\" SET " + change + " WHERE product_id = 'tox'");
    lake.write();

    assertFails("stock_roll", "product_id=tox", key);
  }

  @Test
  void onHandThatIsNotWhereTheLedgerEndsBreaksTheRoll() throws Exception {
    // Of what is below 0 there are no lots, which would be found too.
    lake.execute(
        "UPDATE \"gold/inventory_on_hand\" SET on_hand = on_hand - 1 WHERE product_id = 'filler'");
    lake.write();

    assertFails("stock_roll", "product_id=filler", "date=2026-04-01");
  }

  @Test
  void aMovementThatTheLedgerDoesNotKnowBreaksTheRoll() throws Exception {
    String columns =
        "practice_id, location_id, product_id, movement_id, kind, quantity, local_date, is_deleted";
    // After the last computed week it is no part of the ledger.
    lake.rows(
        "silver/stock_movements",
        columns,
        "'glow', 'austin', 'tox', 'later', 'usage', -1, DATE '2026-04-06', false");
    lake.write();
    assertThatCode(() -> lake.publish()).doesNotThrowAnyException();

    lake.rows(
        "silver/stock_movements",
        columns,
        "'glow', 'austin', 'tox', 'lost', 'usage', -1, DATE '2026-04-05', false");
    lake.write();
    assertFails("stock_roll", "date=2026-04-05");
  }

  @Test
  void lotsThatAreNotWhatIsOnHandAreFound() throws Exception {
    lake.execute("UPDATE \"gold/stock_lots\" SET on_hand = on_hand - 0.0001 WHERE lot = 'A'");
    lake.write();

    assertFails("stock_lots_add_up", "product_id=tox");
  }

  @Test
  void aValueThatIsNoneOfItsProductsIsFound() throws Exception {
    lake.measure("glow", "austin", LAST_WEEK, "stock_value", "0.01");
    lake.write();

    assertFails("members_add_up", "measure=stock_value");
  }

  @Test
  void aConsignedProductInTheValueIsFoundThoughProductsAddUp() throws Exception {
    lake.measure("glow", "austin", LAST_WEEK, "stock_value", "12.5")
        .member("glow", "austin", "product", "loan", LAST_WEEK, "stock_value", "12.5");
    lake.write();

    assertFails("stock_value_adds_up", "measure=stock_value");
  }

  @ParameterizedTest
  @CsvSource({"counts", "count_error_cost", "count_book_cost"})
  void countsOfALocationThatAreNotThoseOfItsProductsAreFound(String measure) throws Exception {
    lake.measure("glow", "austin", LAST_WEEK, measure, "3")
        .member("glow", "austin", "product", "tox", LAST_WEEK, measure, "2");
    lake.write();

    assertFails("members_add_up", "measure=" + measure);
  }

  private void assertFails(String check, String... ofOneKey) {
    assertThatThrownBy(() -> lake.publish())
        .isInstanceOfSatisfying(
            CheckFailedException.class,
            e -> {
              assertThat(e.check()).isEqualTo(check);
              assertThat(e.keys()).anySatisfy(found -> assertThat(found).contains(ofOneKey));
            });
  }
}
