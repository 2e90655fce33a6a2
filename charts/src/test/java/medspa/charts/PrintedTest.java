package medspa.charts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the comparison of printed numbers takes for the same, and what not. */
class PrintedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$2.7k | money | 2650",
        "$2.7k | money | 2749.99",
        "$1.25M | money | 1254999",
        "−$820 | money | -820.4",
        "$339.19 | money | 339.185",
        "69.0% | percent | 0.69049",
        "0.035% | percent | 0.000351",
        "< 0.0001% | percent | 0.0000004",
        "$438.13/h | money_per_hour | 438.125",
        "8.3× | times_per_year | 8.25",
        "43.9 | days | 43.94",
        "1,234 | count | 1234"
      })
  void aNumberIsWhatItWasRoundedFrom(String text, String unit, double exact) {
    assertThat(Printed.of(Printed.number(unit, exact)).problem(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$2.7k | money | 2760",
        "2.7k | money | 2700",
        "$2.70 | count | 2.7",
        "−$820 | money | 820",
        "+$820 | money | 820",
        "69.0 | percent | 0.69",
        "69.0% | percent | 0.6906",
        "$438.13/h | money | 438.125",
        "< 0.0001% | percent | 0",
        "1,234 5 | count | 1234",
        "– | count | 1234"
      })
  void anotherNumberOrUnitIsNone(String text, String unit, double exact) {
    assertThat(Printed.of(Printed.number(unit, exact)).problem(text)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"3 → 1 | true", "3→1 | true", "13 → 1 | false", "3 → 1 and 2 | false", "3 | false"})
  void whatStandsBesideTheNumbersIsThereToo(String text, boolean isSame) {
    assertThat(Printed.of(Printed.count(3), " → ", Printed.count(1)).problem(text).isEmpty())
        .isEqualTo(isSame);
  }
}
