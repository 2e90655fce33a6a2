package medspa.jobs.compute.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.jobs.compute.TestMarket;
import medspa.jobs.compute.provider.ShiftTemplates.PlannedShift;
import medspa.warehouse.market.Market;
import medspa.warehouse.market.Market.Hours;
import medspa.warehouse.market.Market.ShiftTemplate;
import org.junit.jupiter.api.Test;

final class ShiftTemplatesTest {
  private static final LocalDate SUNDAY = LocalDate.of(2026, 3, 8);
  private static final Optional<LocalDate> NONE = Optional.empty();

  private static Hours hours(String from, String to) {
    return new Hours(LocalTime.parse(from), LocalTime.parse(to));
  }

  private static List<PlannedShift> expand(
      LocalDate asOf,
      Map<String, LocalDate> firstAppointments,
      Optional<LocalDate> from,
      Optional<LocalDate> until,
      Map<DayOfWeek, List<Hours>> weekly,
      Map<LocalDate, List<Hours>> exceptions,
      LocalDate... closedDays) {
    Market market =
        new TestMarket()
            .location("glow", "austin", TestMarket.CHICAGO, List.of(closedDays))
            .template(new ShiftTemplate("austin", "p", from, until, weekly, exceptions))
            .build();
    return ShiftTemplates.expand(market, asOf, firstAppointments);
  }

  private static Map<DayOfWeek, List<Hours>> everyDay(Hours... hours) {
    Map<DayOfWeek, List<Hours>> weekly = new java.util.EnumMap<>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      weekly.put(day, List.of(hours));
    }
    return weekly;
  }

  @Test
  void aTemplateHoldsFromItsFirstDayToTheDayBeforeTheAsOf() {
    List<PlannedShift> shifts =
        expand(
            SUNDAY.plusDays(9),
            Map.of(),
            Optional.of(SUNDAY.minusDays(1)),
            NONE,
            Map.of(DayOfWeek.MONDAY, List.of(hours("09:00", "12:00"), hours("13:00", "17:00"))),
            Map.of());
    assertThat(shifts)
        .extracting(PlannedShift::shiftId)
        .containsExactly(
            "p|2026-03-09|09:00", "p|2026-03-09|13:00", "p|2026-03-16|09:00", "p|2026-03-16|13:00");
    assertThat(shifts.get(0).startAt()).isEqualTo("2026-03-09T14:00:00Z");
    assertThat(shifts.get(0).endAt()).isEqualTo("2026-03-09T17:00:00Z");
    assertThat(shifts.get(0).practiceId()).isEqualTo("glow");
  }

  @Test
  void aTemplateEndsWithItsLastDay() {
    assertThat(
            expand(
                SUNDAY.plusDays(9),
                Map.of(),
                Optional.of(SUNDAY),
                Optional.of(SUNDAY.plusDays(1)),
                everyDay(hours("09:00", "10:00")),
                Map.of()))
        .extracting(PlannedShift::day)
        .containsExactly(SUNDAY, SUNDAY.plusDays(1));
  }

  @Test
  void aTemplateWithoutFirstDayBeginsWithTheLocationsFirstAppointment() {
    assertThat(
            expand(
                SUNDAY.plusDays(2),
                Map.of("austin", SUNDAY, "elsewhere", SUNDAY.minusDays(9)),
                NONE,
                NONE,
                everyDay(hours("09:00", "10:00")),
                Map.of()))
        .extracting(PlannedShift::day)
        .containsExactly(SUNDAY, SUNDAY.plusDays(1));
    assertThat(expand(SUNDAY, Map.of(), NONE, NONE, everyDay(hours("09:00", "10:00")), Map.of()))
        .isEmpty();
  }

  @Test
  void exceptionsReplaceTheHoursOfADayAndClosedDaysHaveNone() {
    assertThat(
            expand(
                SUNDAY.plusDays(4),
                Map.of(),
                Optional.of(SUNDAY),
                NONE,
                everyDay(hours("09:00", "10:00")),
                Map.of(
                    SUNDAY,
                    List.of(),
                    SUNDAY.plusDays(1),
                    List.of(hours("12:00", "13:00")),
                    SUNDAY.plusDays(2),
                    List.of(hours("12:00", "13:00"))),
                SUNDAY.plusDays(2)))
        .extracting(PlannedShift::shiftId)
        .containsExactly("p|2026-03-09|12:00", "p|2026-03-11|09:00");
  }

  @Test
  void aShiftOverTheChangeOfTheClocksLastsItsRealHours() {
    // On 8 March 2026 02:00 becomes 03:00.
    List<PlannedShift> shifts =
        expand(
            SUNDAY.plusDays(1),
            Map.of(),
            Optional.of(SUNDAY),
            NONE,
            everyDay(hours("01:00", "04:00"), hours("02:30", "05:00"), hours("02:00", "03:00")),
            Map.of());
    assertThat(shifts).hasSize(2);
    assertThat(java.time.Duration.between(shifts.get(0).startAt(), shifts.get(0).endAt()))
        .hasHours(2);
    assertThat(shifts.get(1).startAt()).isEqualTo("2026-03-08T08:30:00Z");
  }

  @Test
  void hoursThatEndAtMidnightEndOnTheNextDay() {
    assertThat(
            expand(
                    SUNDAY.plusDays(3),
                    Map.of(),
                    Optional.of(SUNDAY.plusDays(2)),
                    NONE,
                    everyDay(hours("22:00", "00:00")),
                    Map.of())
                .get(0)
                .endAt())
        .isEqualTo("2026-03-11T05:00:00Z");
  }

  @Test
  void aTemplateOfAnUnknownLocationIsRefused() {
    Market market =
        new TestMarket()
            .location("glow", "austin")
            .template(new ShiftTemplate("dallas", "p", NONE, NONE, Map.of(), Map.of()))
            .build();
    assertThatThrownBy(() -> ShiftTemplates.expand(market, SUNDAY, Map.of()))
        .hasMessage("The shift template of p names the location dallas, which is not configured");
  }
}
