package medspa.jobs.compute.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import medspa.jobs.compute.stock.StockEvent.Kind;
import org.junit.jupiter.api.Test;

/** Lot A expires on the 20th, lot B on the 30th; what is received without a lot never does. */
final class LotBookTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 3);

  private final LotBook book = new LotBook();

  private static StockEvent event(Kind kind, String lot, String quantity) {
    return new StockEvent(
        0,
        DAY,
        kind,
        "id",
        Optional.of(lot).filter(name -> !name.isEmpty()),
        switch (lot) {
          case "A" -> Optional.of(DAY.withDayOfMonth(20));
          case "B" -> Optional.of(DAY.withDayOfMonth(30));
          default -> Optional.empty();
        },
        new BigDecimal(quantity),
        Optional.empty());
  }

  private void receive(String lot, String quantity) {
    book.move(event(Kind.RECEIPT, lot, quantity));
  }

  private void use(String lot, String quantity) {
    book.move(event(Kind.USAGE, lot, "-" + quantity));
  }

  private LotBook.Count count(String lot, String quantity) {
    return book.count(event(Kind.COUNT, lot, quantity));
  }

  private List<String> onHand() {
    return book.onHand().stream()
        .map(lot -> lot.name().orElse("-") + " " + lot.quantity().toPlainString())
        .toList();
  }

  @Test
  void whatACountOfTheProductMissesIsMissingInTheLotsThatExpireFirst() {
    receive("A", "10");
    receive("B", "5");

    assertThat(count("", "7")).hasToString("Count[book=15, counted=7]");

    assertThat(onHand()).containsExactly("A 2", "B 5");
    assertThat(book.total()).isEqualByComparingTo("7");
  }

  @Test
  void whatACountOfTheProductFindsTooMuchIsOfNoLot() {
    receive("A", "10");
    count("", "12");

    assertThat(onHand()).containsExactly("A 10", "- 2");
  }

  @Test
  void aCountOfTheProductSettlesWhatWasTakenFromALotThatNeverCameIn() {
    receive("B", "5");
    use("A", "2");
    count("", "3");
    receive("A", "4");

    assertThat(onHand()).containsExactly("A 4", "B 3");
  }

  @Test
  void aCountBelowNothingIsTheTotalAndNoLotIsOnHand() {
    receive("A", "10");
    count("", "-2");

    assertThat(book.total()).isEqualByComparingTo("-2");
    assertThat(onHand()).isEmpty();
    receive("B", "5");
    assertThat(onHand()).containsExactly("B 3");
  }

  @Test
  void aLotOfWhichAShortageTakesAllIsNotOnHand() {
    receive("B", "2");
    use("A", "2");

    assertThat(book.total()).isZero();
    assertThat(onHand()).isEmpty();
  }

  @Test
  void whatACountOfALotFindsWasInTheStockOfNoLotAsFarAsThereIsAny() {
    receive("", "4");
    receive("A", "1");

    assertThat(count("A", "3")).hasToString("Count[book=3, counted=3]");
    assertThat(onHand()).containsExactly("A 3", "- 2");
    assertThat(count("B", "5")).hasToString("Count[book=2, counted=5]");
    assertThat(onHand()).containsExactly("A 3", "B 5");
    assertThat(count("A", "1")).hasToString("Count[book=3, counted=1]");
    assertThat(onHand()).containsExactly("A 1", "B 5");
  }
}
