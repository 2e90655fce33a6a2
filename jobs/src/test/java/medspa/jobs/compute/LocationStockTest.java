package medspa.jobs.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import medspa.jobs.compute.LocationStock.Product;
import medspa.jobs.compute.LocationStock.WeekEnd;
import medspa.jobs.compute.StockEvent.Kind;
import org.junit.jupiter.api.Test;

final class LocationStockTest {
  /** The end of the first week with 28 days of history is 28 January. */
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  private static StockEvent event(LocalDate day, Kind kind, String quantity, String cost) {
    return new StockEvent(
        day.toEpochDay() * 86_400_000_000L,
        day,
        kind,
        kind + " " + day,
        Optional.empty(),
        Optional.empty(),
        new BigDecimal(quantity),
        Optional.of(cost).filter(text -> !text.isEmpty()).map(BigDecimal::new));
  }

  private static Product product(String id, boolean isConsignment, StockEvent... events) {
    return new Product(id, isConsignment, StockLedger.replay(Optional.empty(), List.of(events)));
  }

  @Test
  void aWeekNeeds28DaysOfHistoryOfAnyProduct() {
    Product owned = product("a", false, event(FIRST.plusDays(20), Kind.RECEIPT, "10", "2"));
    Product consigned = product("b", true, event(FIRST, Kind.COUNT, "1", ""));
    LocationStock stock = new LocationStock(List.of(owned, consigned));
    assertThat(stock.weekEnds(LocalDate.of(2026, 1, 21))).hasSize(0);
    assertThat(stock.weekEnds(LocalDate.of(2026, 1, 22)))
        .containsExactly(
            // 8 of 28 days at 20.
            new WeekEnd(
                LocalDate.of(2026, 1, 22),
                new BigDecimal("0E-10"),
                new BigDecimal("5.7142857143")));
  }

  @Test
  void theMeanIsOverAtMost91DaysAndGoodsUsedAreOfAYearOf364Days() {
    Product product =
        product(
            "a",
            false,
            event(FIRST, Kind.RECEIPT, "100", "2"),
            event(FIRST.plusDays(1), Kind.USAGE, "-50", ""),
            event(FIRST.plusDays(100), Kind.USAGE, "-10", ""));
    LocalDate weekStart = FIRST.plusDays(100);
    List<WeekEnd> weeks = new LocationStock(List.of(product)).weekEnds(weekStart);
    // 84 days at 100, 7 at 80; used 10 at 2 in the last 91 days.
    assertThat(weeks.get(weeks.size() - 1))
        .isEqualTo(
            new WeekEnd(
                weekStart, new BigDecimal("80.0000000000"), new BigDecimal("98.4615384615")));
    assertThat(weeks)
        .hasSize(12)
        .first()
        .extracting(WeekEnd::weekStart)
        .isEqualTo(FIRST.plusDays(23));
  }

  @Test
  void consignedProductsAreInNeitherMeasure() {
    Product owned = product("a", false, event(FIRST, Kind.RECEIPT, "10", "1"));
    Product consigned =
        product(
            "b",
            true,
            event(FIRST, Kind.RECEIPT, "10", "100"),
            event(FIRST.plusDays(2), Kind.USAGE, "-5", ""));
    assertThat(new LocationStock(List.of(owned, consigned)).weekEnds(LocalDate.of(2026, 1, 22)))
        .extracting(WeekEnd::annualGoodsUsed, WeekEnd::meanInventory)
        .hasToString("[(0E-10, 10.0000000000)]");
  }

  @Test
  void aNegativeOnHandOfOneProductTakesNothingFromAnother() {
    Product negative = product("a", false, event(FIRST, Kind.USAGE, "-10", "5"));
    Product owned = product("b", false, event(FIRST, Kind.RECEIPT, "10", "1"));
    assertThat(new LocationStock(List.of(negative, owned)).weekEnds(LocalDate.of(2026, 1, 22)))
        .extracting(WeekEnd::meanInventory)
        .hasToString("[10.0000000000]");
  }

  @Test
  void productsWithoutHistoryByTheDayAreNotOnHand() {
    Product later = product("a", false, event(FIRST.plusDays(9), Kind.RECEIPT, "1", "1"));
    Product now = product("b", false, event(FIRST, Kind.USAGE, "-1", "1"));
    assertThat(new LocationStock(List.of(later, now)).onHand(FIRST.plusDays(8)))
        .singleElement()
        .satisfies(
            onHand -> {
              assertThat(onHand.productId()).isEqualTo("b");
              assertThat(onHand.used()).isEqualByComparingTo("1");
              assertThat(onHand.stockoutDays()).isEqualTo(9);
            });
  }
}
