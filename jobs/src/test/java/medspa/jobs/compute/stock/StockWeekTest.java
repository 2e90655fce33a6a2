package medspa.jobs.compute.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import medspa.jobs.compute.stock.StockEvent.Kind;
import org.junit.jupiter.api.Test;

/** Weeks of one product; the location's history begins on the first of January 2026. */
final class StockWeekTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  private static StockEvent event(LocalDate day, Kind kind, String quantity, String cost) {
    return lot(day, kind, quantity, cost, "", Optional.empty());
  }

  private static StockEvent lot(
      LocalDate day,
      Kind kind,
      String quantity,
      String cost,
      String lot,
      Optional<LocalDate> expiresOn) {
    return new StockEvent(
        day.toEpochDay() * 86_400_000_000L,
        day,
        kind,
        kind + " " + day,
        Optional.of(lot).filter(text -> !text.isEmpty()),
        expiresOn,
        new BigDecimal(quantity),
        Optional.of(cost).filter(text -> !text.isEmpty()).map(BigDecimal::new));
  }

  private static List<StockWeek> weeks(LocalDate lastWeekStart, StockEvent... events) {
    return StockWeek.of(
        StockLedger.replay(Optional.empty(), Optional.empty(), List.of(events)),
        FIRST,
        lastWeekStart);
  }

  private static StockWeek last(LocalDate lastWeekStart, StockEvent... events) {
    List<StockWeek> weeks = weeks(lastWeekStart, events);
    return weeks.get(weeks.size() - 1);
  }

  @Test
  void weeksAreThoseFromTheProductsFirstDayToTheLastWeek() {
    LocalDate start = FIRST.plusDays(21);
    assertThat(weeks(start, event(FIRST.plusDays(8), Kind.RECEIPT, "1", "1")))
        .extracting(StockWeek::weekStart)
        .containsExactly(FIRST.plusDays(7), FIRST.plusDays(14), start);
    assertThat(weeks(start, event(FIRST.plusDays(28), Kind.RECEIPT, "1", "1"))).isEmpty();
    assertThat(weeks(start, event(FIRST.plusDays(27), Kind.RECEIPT, "1", "1"))).hasSize(1);
  }

  @Test
  void theMeanIsOverTheDaysSinceTheLocationsFirstOfAnyProduct() {
    StockWeek week = last(FIRST.plusDays(21), event(FIRST.plusDays(20), Kind.RECEIPT, "10", "2"));
    assertThat(week.historyDays()).isEqualTo(28);
    // 8 of 28 days at 20.
    assertThat(week.meanValue()).isEqualTo("5.7142857143");
  }

  @Test
  void theRangeIsAtMost91DaysAndGoodsUsedAreOfAYearOf364Days() {
    StockWeek week =
        last(
            FIRST.plusDays(100),
            event(FIRST, Kind.RECEIPT, "100", "2"),
            event(FIRST.plusDays(15), Kind.USAGE, "-50", ""),
            event(FIRST.plusDays(16), Kind.EXPIRED, "-4", ""),
            event(FIRST.plusDays(100), Kind.USAGE, "-10", ""));
    // The range begins on the day after the first usage: 84 days at 92, 7 at 72.
    assertThat(week.historyDays()).isEqualTo(91);
    assertThat(week.meanValue()).isEqualTo("90.4615384615");
    assertThat(week.goodsUsed()).isEqualByComparingTo("20");
    assertThat(week.annualGoodsUsed()).isEqualByComparingTo("80");
    assertThat(week.expiredCost()).isEqualByComparingTo("8");
  }

  @Test
  void aWeekRollsFromItsOpeningThroughMovementsAndCountsToItsClosing() {
    StockEvent[] events = {
      event(FIRST, Kind.COUNT, "10", ""),
      event(FIRST.plusDays(6), Kind.USAGE, "-1", ""),
      event(FIRST.plusDays(7), Kind.RECEIPT, "5", "1"),
      event(FIRST.plusDays(9), Kind.COUNT, "13", ""),
      event(FIRST.plusDays(13), Kind.USAGE, "-2", ""),
    };
    List<StockWeek> weeks = weeks(FIRST.plusDays(7), events);
    assertThat(weeks)
        .extracting(StockWeek::opening)
        .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .containsExactly(BigDecimal.ZERO, BigDecimal.valueOf(9));
    assertThat(weeks.get(0).corrected()).isEqualByComparingTo("10");
    assertThat(weeks.get(1).moved()).isEqualByComparingTo("3");
    assertThat(weeks.get(1).corrected()).isEqualByComparingTo("-1");
    assertThat(weeks.get(1).position().onHand()).isEqualByComparingTo("11");
    assertThat(weeks.get(1).unitsUsed()).isEqualByComparingTo("2");
  }

  @Test
  void stockoutDaysAreDaysOfTheWeekFromTheProductsFirstThatEndWithoutUsableStock() {
    StockEvent[] events = {
      lot(FIRST.plusDays(2), Kind.RECEIPT, "5", "1", "A", Optional.of(FIRST.plusDays(8))),
      event(FIRST.plusDays(3), Kind.USAGE, "-5", ""),
      lot(FIRST.plusDays(5), Kind.RETURN, "2", "", "A", Optional.empty()),
    };
    List<StockWeek> weeks = weeks(FIRST.plusDays(7), events);
    // Days 3 and 4 are empty; before day 2 there is no history of the product.
    assertThat(weeks.get(0).stockoutDays()).containsExactly(FIRST.plusDays(3), FIRST.plusDays(4));
    // The lot can be used on days 7 and 8, the expired rest on none of the five days after.
    assertThat(weeks.get(1).stockoutDays())
        .hasSize(5)
        .startsWith(FIRST.plusDays(9))
        .endsWith(FIRST.plusDays(13));
  }

  @Test
  void aProductIsInUseFor91DaysAfterItsLastUsageOrSale() {
    StockEvent receipt = event(FIRST, Kind.RECEIPT, "5", "1");
    StockEvent back = event(FIRST.plusDays(60), Kind.RETURN, "1", "1");
    StockEvent sale = event(FIRST.plusDays(2), Kind.SALE, "-1", "");
    // The last of 91 days is the end of the week.
    assertThat(last(FIRST.plusDays(86), receipt, sale, back).isInUse()).isTrue();
    assertThat(last(FIRST.plusDays(87), receipt, sale, back).isInUse()).isFalse();
    assertThat(last(FIRST.plusDays(7), receipt).isInUse()).isFalse();
  }
}
