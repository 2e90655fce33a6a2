package medspa.jobs.compute.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.market.Location;
import medspa.warehouse.market.Market.Hours;
import org.junit.jupiter.api.Test;

public final class OpeningHoursTest {
  private static final long HOUR = 3_600_000_000L;

  public static Hours hours(String from, String to) {
    return new Hours(LocalTime.parse(from), LocalTime.parse(to));
  }

  private static OpeningHours opening(Map<DayOfWeek, List<Hours>> week, LocalDate... closedDays) {
    return OpeningHours.of(
            new Location(
                "austin",
                "glow",
                "Austin",
                ZoneId.of("America/Chicago"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                BigDecimal.ONE,
                List.of(closedDays),
                week,
                List.of()))
        .orElseThrow();
  }

  private static double open(OpeningHours opening, String day) {
    return (double) opening.on(LocalDate.parse(day)).length() / HOUR;
  }

  @Test
  void aDayIsOpenDuringItsHoursAndADayWithoutHoursIsClosed() {
    OpeningHours opening =
        opening(
            Map.of(DayOfWeek.MONDAY, List.of(hours("09:00", "12:00"), hours("13:00", "18:30"))));

    assertThat(open(opening, "2026-03-02")).isEqualTo(8.5);
    assertThat(open(opening, "2026-03-03")).isZero();
  }

  @Test
  void hoursPastMidnightAreCutBetweenTheDays() {
    OpeningHours opening = opening(Map.of(DayOfWeek.MONDAY, List.of(hours("20:00", "02:00"))));

    assertThat(open(opening, "2026-03-02")).isEqualTo(4);
    assertThat(open(opening, "2026-03-03")).isEqualTo(2);
    assertThat(open(opening, "2026-03-04")).isZero();
  }

  @Test
  void aClosedDayHasNoOpenTimeNotEvenOfTheEveningBeforeAndGivesNoneToTheNext() {
    Map<DayOfWeek, List<Hours>> week =
        Map.of(
            DayOfWeek.MONDAY, List.of(hours("20:00", "02:00")),
            DayOfWeek.TUESDAY, List.of(hours("09:00", "17:00")));

    assertThat(open(opening(week, LocalDate.of(2026, 3, 2)), "2026-03-02")).isZero();
    assertThat(open(opening(week, LocalDate.of(2026, 3, 2)), "2026-03-03")).isEqualTo(8);
    assertThat(open(opening(week, LocalDate.of(2026, 3, 3)), "2026-03-03")).isZero();
  }

  @Test
  void anHourThatDaylightSavingSkipsOrRepeatsCountsAsItHappens() {
    // Chicago: 8 March 2026 has 23 hours, 1 November 25.
    OpeningHours opening = opening(Map.of(DayOfWeek.SUNDAY, List.of(hours("00:00", "00:00"))));

    assertThat(open(opening, "2026-03-01")).isEqualTo(24);
    assertThat(open(opening, "2026-03-08")).isEqualTo(23);
    assertThat(open(opening, "2026-11-01")).isEqualTo(25);
    assertThat(
            open(opening(Map.of(DayOfWeek.SUNDAY, List.of(hours("02:15", "02:45")))), "2026-03-08"))
        .isEqualTo(0.5);
  }
}
