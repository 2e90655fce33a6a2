package medspa.jobs.compute.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.jobs.compute.stock.StockEvent.Kind;
import org.junit.jupiter.api.Test;

final class StockEventTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 3);

  private static StockEvent event(long at, Kind kind, String id, String lot, String expiresOn) {
    return new StockEvent(
        at,
        DAY,
        kind,
        id,
        Optional.of(lot).filter(name -> !name.isEmpty()),
        Optional.of(expiresOn).filter(day -> !day.isEmpty()).map(LocalDate::parse),
        BigDecimal.ONE,
        Optional.empty());
  }

  @Test
  void atOneInstantMovementsComeFirstThenCountsOfLotsThenThoseOfTheProduct() {
    List<StockEvent> events =
        List.of(
            event(5, Kind.COUNT, "a", "", ""),
            event(5, Kind.COUNT, "b", "L", ""),
            event(5, Kind.USAGE, "d", "", ""),
            event(5, Kind.RECEIPT, "c", "L", ""),
            event(4, Kind.COUNT, "e", "", ""));

    Stream<String> inOrder = events.stream().sorted(StockEvent.ORDER).map(StockEvent::id);

    assertThat(inOrder).containsExactly("e", "c", "d", "b", "a");
  }

  @Test
  void stockIsKnownByItsLotElseByItsExpiryDateElseByNothing() {
    String byLot = event(1, Kind.RECEIPT, "a", "L", "2026-09-01").bucket();
    String byDate = event(1, Kind.RECEIPT, "a", "", "2026-09-01").bucket();

    assertThat(byLot).isEqualTo(event(1, Kind.USAGE, "b", "L", "").bucket());
    assertThat(byDate)
        .isEqualTo(event(1, Kind.USAGE, "b", "", "2026-09-01").bucket())
        .isNotEqualTo(event(1, Kind.USAGE, "b", "", "2026-10-01").bucket())
        .isNotEqualTo(event(1, Kind.USAGE, "b", "2026-09-01", "").bucket());
    assertThat(event(1, Kind.USAGE, "b", "", "").bucket()).isEmpty();
    assertThat(StockEvent.lotOf(byLot)).contains("L");
    assertThat(StockEvent.lotOf(byDate)).isEmpty();
  }
}
