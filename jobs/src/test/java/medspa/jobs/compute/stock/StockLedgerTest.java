package medspa.jobs.compute.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import medspa.jobs.compute.stock.StockEvent.Kind;
import medspa.jobs.compute.stock.StockLedger.Position;
import org.junit.jupiter.api.Test;

/** Stock of one product; days are days of March 2026, times are hours. */
final class StockLedgerTest {
  private final List<StockEvent> events = new ArrayList<>();
  private Optional<BigDecimal> productCost = Optional.empty();
  private Optional<BigDecimal> packQuantity = Optional.empty();

  private static LocalDate march(int day) {
    return LocalDate.of(2026, 3, 1).plusDays(day - 1);
  }

  private StockLedgerTest add(
      int day, int hour, Kind kind, String lot, String quantity, String cost) {
    events.add(
        new StockEvent(
            (day * 24L + hour) * 3_600_000_000L,
            march(day),
            kind,
            "id" + events.size(),
            Optional.of(lot).filter(name -> !name.isEmpty()),
            Optional.empty(),
            new BigDecimal(quantity),
            Optional.of(cost).filter(text -> !text.isEmpty()).map(BigDecimal::new)));
    return this;
  }

  private StockLedgerTest add(int day, Kind kind, String quantity, String cost) {
    return add(day, 12, kind, "", quantity, cost);
  }

  private StockLedgerTest receiveLot(int day, String lot, LocalDate expiresOn, String quantity) {
    events.add(
        new StockEvent(
            day * 24L * 3_600_000_000L,
            march(day),
            Kind.RECEIPT,
            "id" + events.size(),
            Optional.of(lot),
            Optional.of(expiresOn),
            new BigDecimal(quantity),
            Optional.of(BigDecimal.ONE)));
    return this;
  }

  private StockLedger ledger() {
    return StockLedger.replay(productCost, packQuantity, events);
  }

  private Position position(int day) {
    return ledger().position(march(day)).orElseThrow();
  }

  private StockDay day(int day) {
    return ledger().days().stream()
        .filter(row -> row.date().equals(march(day)))
        .findFirst()
        .orElseThrow();
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text);
  }

  @Test
  void onHandIsTheRunningSumOfSignedQuantities() {
    add(1, Kind.RECEIPT, "10", "2").add(3, Kind.USAGE, "-4", "").add(4, Kind.WASTE, "-1", "");
    add(5, Kind.TRANSFER_OUT, "-2", "").add(5, Kind.TRANSFER_IN, "3", "");
    assertThat(position(2).onHand()).isEqualByComparingTo("10");
    assertThat(position(3).onHand()).isEqualByComparingTo("6");
    assertThat(position(9).onHand()).isEqualByComparingTo("6");
    assertThat(ledger().position(march(0))).isEmpty();
  }

  @Test
  void aCountResetsTheProductToWhatWasCounted() {
    add(1, Kind.RECEIPT, "10", "2").add(2, Kind.COUNT, "7", "").add(3, Kind.USAGE, "-1", "");
    assertThat(position(1).onHand()).isEqualByComparingTo("10");
    assertThat(position(2).onHand()).isEqualByComparingTo("7");
    assertThat(position(3).onHand()).isEqualByComparingTo("6");
  }

  @Test
  void aCountInPacksWhereTheBooksHoldUnitsSetsNothing() {
    packQuantity = Optional.of(number("100"));
    add(1, Kind.RECEIPT, "500", "6").add(2, Kind.USAGE, "-40", "").add(3, Kind.USAGE, "-0.4", "");
    add(6, Kind.COUNT, "4.2", "").add(7, Kind.COUNT, "455", "");
    assertThat(position(6).onHand()).isEqualByComparingTo("459.6");
    assertThat(position(7).onHand()).isEqualByComparingTo("455");
    assertThat(day(6).shrinkageCost()).isEqualByComparingTo("0");
    assertThat(day(6).counts()).isZero();
    assertThat(day(7).shrinkageCost()).isEqualByComparingTo("27.6");
    assertThat(ledger().unitMismatches())
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.count().day()).isEqualTo(march(6));
              assertThat(left.book()).isEqualByComparingTo("459.6");
              assertThat(left.factor()).isEqualByComparingTo("100");
            });
  }

  @Test
  void aCountOfALotInAnotherUnitSetsNothing() {
    packQuantity = Optional.of(number("100"));
    receiveLot(1, "A", march(90), "200").receiveLot(1, "B", march(99), "300");
    add(2, 12, Kind.COUNT, "A", "2", "").add(2, 12, Kind.COUNT, "B", "290", "");
    assertThat(position(2).onHand()).isEqualByComparingTo("490");
    assertThat(ledger().unitMismatches())
        .extracting(left -> left.count().lot().orElseThrow())
        .containsExactly("A");
  }

  @Test
  void aCountWithALotResetsThatLotOnly() {
    receiveLot(1, "A", march(90), "10").receiveLot(1, "B", march(99), "5");
    add(2, 12, Kind.COUNT, "A", "8", "");
    assertThat(position(2).onHand()).isEqualByComparingTo("13");
  }

  @Test
  void aFirstCountIsTheOpeningBalance() {
    productCost = Optional.of(number("3"));
    add(1, Kind.COUNT, "7", "").add(2, Kind.USAGE, "-2", "");
    assertThat(position(2).onHand()).isEqualByComparingTo("5");
    assertThat(position(2).value())
        .hasValueSatisfying(v -> assertThat(v).isEqualByComparingTo("15"));
    assertThat(ledger().goodsUsed(march(1), march(9))).isEqualByComparingTo("6");
  }

  @Test
  void atOneInstantMovementsComeBeforeCounts() {
    add(1, Kind.COUNT, "5", "").add(2, Kind.COUNT, "9", "").add(2, Kind.RECEIPT, "4", "1");
    assertThat(position(2).onHand()).isEqualByComparingTo("9");
  }

  @Test
  void atOneInstantTheCountOfTheProductHasTheLastWord() {
    add(1, Kind.COUNT, "9", "")
        .add(1, 12, Kind.COUNT, "A", "4", "")
        .add(1, 12, Kind.COUNT, "B", "4", "");
    assertThat(position(1).onHand()).isEqualByComparingTo("9");
  }

  @Test
  void theCostOfADayIsTheMeanOfAllReceiptsUpToItLaterTheSameDayIncluded() {
    add(1, 9, Kind.RECEIPT, "", "10", "2");
    add(2, 9, Kind.USAGE, "", "-1", "").add(2, 18, Kind.RECEIPT, "", "20", "5");
    assertThat(ledger().goodsUsed(march(2), march(2))).isEqualByComparingTo("4");
    assertThat(position(1).cost()).hasValueSatisfying(c -> assertThat(c).isEqualByComparingTo("2"));
    assertThat(position(2).cost()).hasValueSatisfying(c -> assertThat(c).isEqualByComparingTo("4"));
  }

  @Test
  void onlyReceiptsMakeTheCost() {
    add(1, Kind.RECEIPT, "10", "2").add(2, Kind.TRANSFER_IN, "10", "8");
    add(3, Kind.ADJUSTMENT, "1", "50").add(4, Kind.USAGE, "-1", "");
    assertThat(ledger().goodsUsed(march(4), march(4))).isEqualByComparingTo("2");
  }

  @Test
  void theMeanCostIsNotRounded() {
    add(1, Kind.RECEIPT, "1", "1").add(1, Kind.RECEIPT, "2", "2").add(2, Kind.USAGE, "-3", "");
    // 3 at 5/3 each; a cost rounded to the ten decimals of an amount would give 5.0000000001.
    assertThat(ledger().goodsUsed(march(2), march(2))).isEqualByComparingTo("5");
  }

  @Test
  void beforeTheFirstReceiptWithACostTheProductsCostHolds() {
    productCost = Optional.of(number("7"));
    add(1, Kind.RECEIPT, "5", "").add(2, Kind.USAGE, "-1", "").add(3, Kind.RECEIPT, "5", "2");
    assertThat(ledger().goodsUsed(march(2), march(2))).isEqualByComparingTo("7");
    assertThat(position(3).cost()).hasValueSatisfying(c -> assertThat(c).isEqualByComparingTo("2"));
  }

  @Test
  void aMovementsOwnCostComesFirst() {
    add(1, Kind.RECEIPT, "10", "2").add(2, Kind.SALE, "-3", "2.5");
    assertThat(ledger().goodsUsed(march(2), march(2))).isEqualByComparingTo("7.5");
  }

  @Test
  void returnsCountAgainstUseAndOtherKindsMoveQuantityOnly() {
    add(1, Kind.RECEIPT, "10", "2").add(2, Kind.USAGE, "-3", "").add(3, Kind.RETURN, "1", "");
    add(4, Kind.WASTE, "-1", "").add(4, Kind.EXPIRED, "-1", "").add(4, Kind.ADJUSTMENT, "-1", "");
    add(4, Kind.TRANSFER_OUT, "-1", "");
    assertThat(ledger().goodsUsed(march(1), march(9))).isEqualByComparingTo("4");
    assertThat(ledger().unitsUsed(march(1), march(9))).isEqualByComparingTo("2");
    assertThat(position(9).onHand()).isEqualByComparingTo("4");
  }

  @Test
  void aNegativeOnHandCountsAsZeroInValueAndIsReported() {
    add(1, Kind.RECEIPT, "2", "3").add(2, Kind.USAGE, "-5", "");
    assertThat(position(2).onHand()).isEqualByComparingTo("-3");
    assertThat(position(2).value()).hasValueSatisfying(v -> assertThat(v).isZero());
    assertThat(ledger().valueOfDays(march(1), march(4))).isEqualByComparingTo("6");
  }

  @Test
  void theValueOfAnUnknownCostIsUnknownAndCountsAsZero() {
    add(1, Kind.COUNT, "5", "").add(2, Kind.USAGE, "-1", "");
    assertThat(position(1).value()).isEmpty();
    assertThat(ledger().valueOfDays(march(1), march(3))).isZero();
    assertThat(ledger().goodsUsed(march(1), march(3))).isZero();
  }

  @Test
  void valuesOfDaysAddUpWhatWasOnHandAtTheEndOfEach() {
    add(3, Kind.RECEIPT, "10", "2").add(5, Kind.USAGE, "-4", "").add(6, Kind.RECEIPT, "4", "4.5");
    // Days 3 and 4: 20 each, day 5: 12, from day 6: 10 × 38/14.
    assertThat(ledger().valueOfDays(march(1), march(5))).isEqualByComparingTo("52");
    assertThat(ledger().valueOfDays(march(4), march(5))).isEqualByComparingTo("32");
    assertThat(ledger().valueOfDays(march(6), march(12)).doubleValue()).isEqualTo(190.0);
  }

  @Test
  void usableIsOnHandWithoutLotsThatExpiredBeforeTheDay() {
    receiveLot(1, "A", march(4), "10").receiveLot(1, "B", march(50), "5");
    assertThat(position(4).usable()).isEqualByComparingTo("15");
    assertThat(position(4).nextExpiry()).contains(march(4));
    assertThat(position(5).usable()).isEqualByComparingTo("5");
    assertThat(position(5).expired()).isEqualByComparingTo("10");
    assertThat(position(5).nextExpiry()).contains(march(50));
    assertThat(position(5).expiring()).isEqualByComparingTo("5");
  }

  @Test
  void lotsThatExpireWithin90DaysAreCounted() {
    receiveLot(1, "A", march(91), "10").receiveLot(1, "B", march(92), "5");
    assertThat(position(1).expiring()).isEqualByComparingTo("10");
    assertThat(position(2).expiring()).isEqualByComparingTo("15");
  }

  @Test
  void stockThatLeavesWithoutALotIsTakenFromTheLotThatExpiresFirst() {
    receiveLot(1, "B", march(50), "5").receiveLot(1, "A", march(4), "10");
    add(2, Kind.USAGE, "-12", "");
    assertThat(position(6).expired()).isZero();
    assertThat(position(6).usable()).isEqualByComparingTo("3");
  }

  @Test
  void aLotThatGoesOutAndNeverCameInIsTakenFromTheStockWhoseLotNobodyKnew() {
    add(1, Kind.COUNT, "10", "").receiveLot(2, "A", march(50), "5");
    add(3, 12, Kind.USAGE, "OLD", "-6", "");
    assertThat(position(3).onHand()).isEqualByComparingTo("9");
    assertThat(position(3).nextExpiry()).contains(march(50));
    assertThat(position(3).expiring()).isEqualByComparingTo("5");
    add(4, 12, Kind.USAGE, "OLD", "-6", "");
    assertThat(position(4).expiring()).as("what is left came from lot A").isEqualByComparingTo("3");
  }

  @Test
  void aCountBelowTheBooksIsMissingInTheLotsThatExpireFirstForGood() {
    receiveLot(1, "A", march(50), "10");
    add(2, Kind.COUNT, "0", "");
    receiveLot(3, "B", march(20), "5");
    assertThat(position(3).nextExpiry()).contains(march(20));
    assertThat(position(21).usable()).isZero();
    assertThat(position(21).onHand()).isEqualByComparingTo("5");
  }

  @Test
  void daysThatEndWithoutUsableStockAreStockoutsOnceThereIsHistory() {
    receiveLot(3, "A", march(6), "2");
    add(5, Kind.COUNT, "0", "").add(6, 1, Kind.RECEIPT, "A", "1", "1");
    // Day 5: none; day 6: the lot can still be used; days 7 to 9: expired.
    assertThat(ledger().stockoutDays(march(1), march(9)))
        .containsExactly(march(5), march(7), march(8), march(9));
  }

  @Test
  void theOrderInWhichEventsArriveDoesNotMatter() {
    add(1, Kind.RECEIPT, "10", "2").add(1, Kind.COUNT, "9", "").add(2, Kind.USAGE, "-3", "");
    receiveLot(2, "A", march(20), "4");
    add(3, 12, Kind.COUNT, "A", "3", "").add(4, Kind.RETURN, "1", "");
    Position position = position(5);
    Collections.shuffle(events, new Random(3));
    assertThat(position(5)).isEqualTo(position);
    assertThat(position.onHand()).isEqualByComparingTo("10");
  }

  @Test
  void aCountOfALotFindsWhatUsageWithoutALotHasLeftOfIt() {
    receiveLot(1, "A", march(50), "10").receiveLot(1, "B", march(60), "10");
    add(2, Kind.USAGE, "-4", "").add(3, 12, Kind.COUNT, "A", "6", "");
    assertThat(position(3).onHand()).isEqualByComparingTo("16");
    assertThat(day(3).shrinkageCost()).isZero();
  }

  @Test
  void aCountOfALotIsComparedWithThatLotsBook() {
    receiveLot(1, "A", march(50), "10").receiveLot(1, "B", march(60), "5");
    add(2, 12, Kind.USAGE, "A", "-3", "").add(3, 12, Kind.COUNT, "A", "5", "");
    assertThat(day(3).book()).isEqualByComparingTo("7");
    assertThat(day(3).counted()).isEqualByComparingTo("5");
    assertThat(day(3).shrinkageCost()).isEqualByComparingTo("2");
    assertThat(day(3).onHand()).isEqualByComparingTo("10");
  }

  @Test
  void whatACountFindsOfALotWasInTheStockWhoseLotNobodyKnew() {
    add(1, Kind.COUNT, "500", "").add(2, 12, Kind.USAGE, "A", "-100", "");
    add(3, 12, Kind.COUNT, "A", "150", "");
    assertThat(day(3).onHand()).as("nothing came in").isEqualByComparingTo("400");
    assertThat(day(3).book()).isEqualByComparingTo("150");
    assertThat(day(3).shrinkageCost()).isZero();
    add(4, 12, Kind.COUNT, "B", "250", "").add(5, 12, Kind.COUNT, "A", "140", "");
    assertThat(position(5).onHand()).isEqualByComparingTo("390");
    assertThat(day(5).book()).isEqualByComparingTo("150");
  }

  @Test
  void whatStockWithoutALotCannotExplainWasFound() {
    add(1, Kind.COUNT, "30", "").receiveLot(2, "A", march(50), "10");
    add(3, 12, Kind.COUNT, "A", "60", "");
    assertThat(day(3).book()).isEqualByComparingTo("40");
    assertThat(day(3).shrinkageCost()).isEqualByComparingTo("-20");
    assertThat(day(3).onHand()).isEqualByComparingTo("60");
    assertThat(day(3).lots()).extracting(LotBook.Lot::name).containsExactly(Optional.of("A"));
  }

  @Test
  void aLotThatIsShortAtACountTakesNothingFromStockWithoutALot() {
    add(1, Kind.COUNT, "30", "").receiveLot(2, "A", march(50), "10");
    add(3, 12, Kind.COUNT, "A", "6", "");
    assertThat(day(3).book()).isEqualByComparingTo("10");
    assertThat(day(3).onHand()).isEqualByComparingTo("36");
  }

  @Test
  void shrinkageIsTheDifferenceAtTheCostOfTheDayOfTheCount() {
    add(1, Kind.RECEIPT, "10", "2").add(2, 9, Kind.COUNT, "", "7", "");
    add(2, 18, Kind.RECEIPT, "", "10", "4");
    // 10 at 2 and 10 at 4 are 3 each; the receipt later the same day is included.
    assertThat(day(2).shrinkageCost()).isEqualByComparingTo("9");
    assertThat(day(2).errorCost()).isEqualByComparingTo("9");
    assertThat(day(2).bookCost()).isEqualByComparingTo("30");
  }

  @Test
  void whatIsFoundTooMuchIsNegativeShrinkageAndStillAnError() {
    productCost = Optional.of(number("3"));
    add(1, Kind.COUNT, "4", "").add(2, 9, Kind.COUNT, "", "6", "");
    add(2, 18, Kind.COUNT, "", "5", "");
    assertThat(day(2).counts()).isEqualTo(2);
    assertThat(day(2).shrinkageCost()).isEqualByComparingTo("-3");
    assertThat(day(2).errorCost()).isEqualByComparingTo("9");
    assertThat(day(2).bookCost()).isEqualByComparingTo("30");
  }

  @Test
  void aNegativeBookIsAnErrorButNoBookValue() {
    productCost = Optional.of(number("2"));
    add(1, Kind.USAGE, "-5", "").add(2, Kind.COUNT, "3", "");
    assertThat(day(2).shrinkageCost()).isEqualByComparingTo("-16");
    assertThat(day(2).errorCost()).isEqualByComparingTo("16");
    assertThat(day(2).bookCost()).isZero();
  }

  @Test
  void countsAtTheFirstInstantAreTheOpeningBalanceAndNoShrinkage() {
    productCost = Optional.of(number("2"));
    add(1, 12, Kind.COUNT, "A", "4", "").add(1, 12, Kind.COUNT, "B", "5", "");
    add(1, 13, Kind.COUNT, "A", "3", "");
    assertThat(day(1).opened()).isEqualByComparingTo("9");
    assertThat(day(1).counts()).isEqualTo(1);
    assertThat(day(1).shrinkageCost()).isEqualByComparingTo("2");
    assertThat(day(1).onHand()).isEqualByComparingTo("8");
  }

  @Test
  void aCountAfterAMovementAtTheFirstInstantIsNoOpening() {
    add(1, Kind.COUNT, "4", "").add(1, Kind.RECEIPT, "5", "2");
    assertThat(day(1).opened()).isZero();
    assertThat(day(1).counts()).isEqualTo(1);
    assertThat(day(1).shrinkageCost()).isEqualByComparingTo("2");
  }

  @Test
  void onlyWhatIsWrittenOffAsExpiredIsCostOfExpiredAtItsOwnCostFirst() {
    add(1, Kind.RECEIPT, "20", "2").add(2, Kind.EXPIRED, "-3", "").add(2, Kind.WASTE, "-5", "");
    add(3, Kind.EXPIRED, "-1", "2.5");
    assertThat(ledger().expiredCost(march(1), march(2))).isEqualByComparingTo("6");
    assertThat(ledger().expiredCost(march(3), march(3))).isEqualByComparingTo("2.5");
    assertThat(ledger().goodsUsed(march(1), march(3))).isZero();
  }

  @Test
  void aDayTellsWhatMovedByKindAndRollsForward() {
    add(1, Kind.COUNT, "20", "");
    add(2, 8, Kind.RECEIPT, "", "10", "2").add(2, 9, Kind.USAGE, "", "-4", "");
    add(2, 9, Kind.SALE, "", "-2", "").add(2, 10, Kind.RETURN, "", "1", "");
    add(2, 11, Kind.WASTE, "", "-1", "").add(2, 11, Kind.EXPIRED, "", "-2", "");
    add(2, 12, Kind.ADJUSTMENT, "", "-1", "").add(2, 13, Kind.TRANSFER_IN, "", "5", "");
    add(2, 14, Kind.TRANSFER_OUT, "", "-3", "").add(2, 20, Kind.COUNT, "", "21", "");
    StockDay day = day(2);
    assertThat(day.opening()).isEqualByComparingTo("20");
    assertThat(day.moved(Kind.RECEIPT)).isEqualByComparingTo("10");
    assertThat(day.unitsUsed()).isEqualByComparingTo("5");
    assertThat(day.uses()).isEqualTo(2);
    assertThat(day.book()).isEqualByComparingTo("23");
    assertThat(day.corrected()).isEqualByComparingTo("-2");
    assertThat(day.onHand()).isEqualByComparingTo("21");
    assertThat(day.opening().add(day.moved(Kind.values())).add(day.corrected()))
        .isEqualByComparingTo(day.onHand());
  }

  @Test
  void usageOfALaterLotWhileAnEarlierOneIsOnHandIsABreach() {
    receiveLot(1, "A", march(20), "10").receiveLot(1, "B", march(40), "10");
    add(2, 12, Kind.USAGE, "B", "-4", "");
    assertThat(ledger().breaches())
        .singleElement()
        .satisfies(
            breach -> {
              assertThat(breach.movement().quantity()).isEqualByComparingTo("-4");
              assertThat(breach.expiresOn()).isEqualTo(march(40));
              assertThat(breach.earlier().name()).contains("A");
              assertThat(breach.earlier().quantity()).isEqualByComparingTo("10");
            });
  }

  @Test
  void noBreachIsWhatTakesTheFirstLotOrAnExpiredOneOrIsNoUsage() {
    receiveLot(1, "A", march(20), "4").receiveLot(1, "B", march(40), "10");
    receiveLot(1, "C", march(40), "10");
    add(2, 12, Kind.SALE, "A", "-4", "").add(3, 12, Kind.USAGE, "C", "-1", "");
    receiveLot(4, "D", march(30), "2");
    add(5, 12, Kind.TRANSFER_OUT, "B", "-1", "").add(5, 12, Kind.USAGE, "B", "1", "");
    add(5, 12, Kind.USAGE, "", "-1", "");
    // Lot D has expired on the day after its last.
    add(31, 12, Kind.USAGE, "B", "-1", "");
    assertThat(ledger().breaches()).isEmpty();
    add(30, 12, Kind.USAGE, "B", "-1", "");
    assertThat(ledger().breaches()).hasSize(1);
  }

  @Test
  void usageOfNothingIsNoBreach() {
    receiveLot(1, "A", march(20), "4").receiveLot(1, "B", march(40), "10");
    add(2, 12, Kind.USAGE, "B", "0", "");
    assertThat(ledger().breaches()).isEmpty();
  }

  @Test
  void withoutEventsThereIsNoStock() {
    assertThat(ledger().days()).isEmpty();
    assertThat(ledger().firstDay()).isEmpty();
    assertThat(ledger().onHand(march(1))).isEqualByComparingTo("0");
  }

  @Test
  void lotsOnHandAreThoseOfTheDayTheFirstToExpireFirst() {
    receiveLot(1, "B", march(60), "5").receiveLot(1, "A", march(50), "10");
    add(2, 12, Kind.USAGE, "A", "-3", "").add(3, Kind.RECEIPT, "2", "1");
    assertThat(ledger().lots(march(2)))
        .extracting(lot -> lot.name().orElse("") + " " + lot.quantity().toPlainString())
        .containsExactly("A 7", "B 5");
    assertThat(ledger().lots(march(3)))
        .extracting(lot -> lot.name().orElse("none"))
        .containsExactly("A", "B", "none");
    assertThat(ledger().lots(march(0))).isEmpty();
  }

  @Test
  void whatLeavesWithoutALotIsStockWithoutALotBeforeTheLotThatExpiresFirst() {
    add(1, Kind.COUNT, "3", "").receiveLot(2, "A", march(50), "5");
    add(3, Kind.USAGE, "-2", "").add(4, Kind.USAGE, "-2", "");
    // What was taken from a lot stays taken when stock without a lot comes in.
    add(5, 9, Kind.RECEIPT, "", "3", "1");
    assertThat(ledger().lots(march(3)))
        .extracting(lot -> lot.quantity().toPlainString())
        .containsExactly("5", "1");
    assertThat(ledger().lots(march(4)))
        .extracting(lot -> lot.quantity().toPlainString())
        .containsExactly("4");
    assertThat(ledger().lots(march(5)))
        .extracting(lot -> lot.quantity().toPlainString())
        .containsExactly("4", "3");
  }
}
