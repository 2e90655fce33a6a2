package medspa.pipelines.config;

import java.time.DateTimeException;
import java.time.MonthDay;
import java.util.Arrays;
import java.util.Optional;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.market.FiscalYear;
import medspa.warehouse.market.FiscalYear.Pattern;

/** Reads {@code fiscal_year_starts} and {@code fiscal_periods}; problems are collected. */
final class FiscalYearReader {
  /** Every month has it. */
  private static final int LAST_DAY = 28;

  private FiscalYearReader() {}

  static Optional<FiscalYear> read(YamlValue yaml) {
    Pattern pattern = yaml.convert("fiscal_periods", Pattern.MONTHS, FiscalYearReader::pattern);
    Optional<YamlValue> starts = yaml.find("fiscal_year_starts");
    if (starts.isEmpty() && yaml.find("fiscal_periods").isPresent()) {
      yaml.problem("has fiscal_periods, which need fiscal_year_starts, such as 01-01");
    }
    return starts
        .flatMap(value -> value.convert(FiscalYearReader::day))
        .map(day -> new FiscalYear(day, pattern));
  }

  private static MonthDay day(String text) {
    if (text.matches("[0-9]{2}-[0-9]{2}")) {
      try {
        MonthDay day = MonthDay.parse("--" + text);
        if (day.getDayOfMonth() <= LAST_DAY) {
          return day;
        }
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(expected(), e);
      }
    }
    throw new IllegalArgumentException(expected());
  }

  private static String expected() {
    return "must be month and day of the month, up to the 28th, such as 07-01";
  }

  private static Pattern pattern(String text) {
    return Arrays.stream(Pattern.values())
        .filter(pattern -> pattern.word().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be months, 4-4-5, 4-5-4 or 5-4-4"));
  }
}
