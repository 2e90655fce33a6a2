package medspa.warehouse.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.market.Market.Practice;
import org.junit.jupiter.api.Test;

class MarketTest {
  private static Market market(DayOfWeek weekStartsOn) {
    return new Market(
        "USD",
        weekStartsOn,
        List.of(
            new Practice("glow", "Glow", List.of(location("austin", "glow")), List.of(), List.of()),
            new Practice("lux", "Lux", List.of(location("reno", "lux")), List.of(), List.of())),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Location location(String id, String practice) {
    return new Location(
        id,
        practice,
        id,
        ZoneId.of("America/Chicago"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        BigDecimal.valueOf(24),
        List.of(),
        Map.of(),
        List.of());
  }

  @Test
  void aWeekStartsOnTheConfiguredDay() {
    LocalDate newYear = LocalDate.of(2026, 1, 1); // a Thursday

    assertThat(market(DayOfWeek.MONDAY).weekStart(newYear)).isEqualTo(LocalDate.of(2025, 12, 29));
    assertThat(market(DayOfWeek.SUNDAY).weekStart(newYear)).isEqualTo(LocalDate.of(2025, 12, 28));
    assertThat(market(DayOfWeek.THURSDAY).weekStart(newYear)).isEqualTo(newYear);
    assertThat(market(DayOfWeek.FRIDAY).weekStart(newYear)).isEqualTo(LocalDate.of(2025, 12, 26));
  }

  @Test
  void locationsOfAllPracticesAreFoundByTheirId() {
    Market market = market(DayOfWeek.MONDAY);

    assertThat(market.locations()).extracting(Location::id).containsExactly("austin", "reno");
    assertThat(market.location("reno").orElseThrow().practiceId()).isEqualTo("lux");
    assertThat(market.location("none")).isEmpty();
  }
}
