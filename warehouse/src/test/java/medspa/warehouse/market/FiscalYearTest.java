package medspa.warehouse.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import medspa.warehouse.market.FiscalYear.Pattern;
import org.junit.jupiter.api.Test;

class FiscalYearTest {
  private static List<String> periods(
      MonthDay starts, Pattern pattern, String first, String last, DayOfWeek weekStartsOn) {
    return new FiscalYear(starts, pattern)
        .periods(LocalDate.parse(first), LocalDate.parse(last), weekStartsOn).stream()
            .map(p -> p.label() + " " + p.start() + " " + p.end())
            .toList();
  }

  @Test
  void monthsFromADayOfTheMonthAreNamedByTheYearThatHoldsMostOfThem() {
    assertThat(
            periods(
                MonthDay.of(7, 15), Pattern.MONTHS, "2026-07-01", "2026-08-20", DayOfWeek.MONDAY))
        .containsExactly(
            "FY2026-P12 2026-06-15 2026-07-14",
            "FY2027-P01 2026-07-15 2026-08-14",
            "FY2027-P02 2026-08-15 2026-09-14");
    assertThat(
            periods(
                MonthDay.of(2, 1), Pattern.MONTHS, "2027-01-31", "2027-02-01", DayOfWeek.MONDAY))
        .as("eleven of twelve months lie in the year in which it starts")
        .containsExactly("FY2026-P12 2027-01-01 2027-01-31", "FY2027-P01 2027-02-01 2027-02-28");
    assertThat(
            periods(
                MonthDay.of(7, 1), Pattern.MONTHS, "2026-07-01", "2026-07-01", DayOfWeek.MONDAY))
        .as("of two halves the later one names it")
        .containsExactly("FY2027-P01 2026-07-01 2026-07-31");
  }

  @Test
  void quartersOf445WeeksBeginWithTheWeekNearestToTheDay() {
    // The calendar of the National Retail Federation: 2023 had 53 weeks, from 29 January 2023 to
    // 3 February 2024.
    List<String> year =
        periods(
            MonthDay.of(2, 1), Pattern.WEEKS_4_5_4, "2023-01-29", "2024-02-04", DayOfWeek.SUNDAY);
    assertThat(year).hasSize(13);
    assertThat(year.get(0)).isEqualTo("FY2023-P01 2023-01-29 2023-02-25");
    assertThat(year.get(1)).isEqualTo("FY2023-P02 2023-02-26 2023-04-01");
    assertThat(year.get(2)).isEqualTo("FY2023-P03 2023-04-02 2023-04-29");
    assertThat(year.get(11)).isEqualTo("FY2023-P12 2023-12-31 2024-02-03");
    assertThat(year.get(12)).isEqualTo("FY2024-P01 2024-02-04 2024-03-02");

    assertThat(
            periods(
                MonthDay.of(1, 1),
                Pattern.WEEKS_4_4_5,
                "2025-12-29",
                "2026-03-29",
                DayOfWeek.MONDAY))
        .containsExactly(
            "FY2026-P01 2025-12-29 2026-01-25",
            "FY2026-P02 2026-01-26 2026-02-22",
            "FY2026-P03 2026-02-23 2026-03-29");
  }

  @Test
  void everyDayIsInOnePeriod() {
    for (Pattern pattern : Pattern.values()) {
      LocalDate next = null;
      for (AccountingPeriod period :
          new FiscalYear(MonthDay.of(10, 1), pattern)
              .periods(LocalDate.of(2020, 1, 1), LocalDate.of(2031, 12, 31), DayOfWeek.SATURDAY)) {
        assertThat(period.end()).isAfter(period.start());
        if (next != null) {
          assertThat(period.start()).as(pattern + " " + period).isEqualTo(next);
        }
        next = period.end().plusDays(1);
      }
      assertThat(next).isAfter(LocalDate.of(2031, 12, 31));
    }
  }
}
