package medspa.charts.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/**
 * How a report writes numbers; the only place that rounds, half up. Negative numbers carry a true
 * minus sign, and what does not exist is an en dash.
 */
public final class KpiFormat {
  /** What stands for a value that does not exist. */
  public static final String NONE = "–";

  private static final String MINUS = "−";
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal CENTS_BELOW = BigDecimal.valueOf(1000);

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  /** Hundredths nearer to 0 than this are only said to be so. */
  private static final BigDecimal LEAST = new BigDecimal("0.0001");

  private static final Map<String, String> SIGNS =
      Map.of("USD", "$", "CAD", "CA$", "GBP", "£", "EUR", "€", "AUD", "A$", "NZD", "NZ$");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.US);
  private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEE d", Locale.US);
  private static final DateTimeFormatter WHOLE_WEEKDAY =
      DateTimeFormatter.ofPattern("EEEE, MMM d", Locale.US);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mm", Locale.US);
  private static final DateTimeFormatter FULL_DAY =
      DateTimeFormatter.ofPattern("MMMM d, uuuu", Locale.US);
  private static final DateTimeFormatter SHORT_FULL_DAY =
      DateTimeFormatter.ofPattern("MMM d, uuuu", Locale.US);

  private final String sign;

  /**
   * Formats for one currency.
   *
   * @param currency ISO 4217 code; one without a sign of its own is written before the amount
   */
  public KpiFormat(String currency) {
    this.sign = SIGNS.getOrDefault(currency, currency.isEmpty() ? "" : currency + "\u00a0");
  }

  /** What stands before an amount. */
  public String sign() {
    return sign;
  }

  /** A value in its unit: {@code 71.4%}, {@code $84,210}, {@code $438.12/h}, {@code 8.3×}. */
  public String value(Unit unit, double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    return switch (unit) {
      case PERCENT -> percent(exact.multiply(HUNDRED));
      case MONEY -> money(exact);
      case MONEY_PER_HOUR -> money(exact) + "/h";
      case TIMES_PER_YEAR -> number(exact, 1) + "×";
      case DAYS -> number(exact, 1) + " days";
      case HOURS -> number(exact, 1) + " h";
      case MINUTES -> number(exact, 1) + " min";
      case COUNT -> number(exact, 0);
      case PER_HUNDRED -> perHundred(exact);
      case RATIO -> number(exact, 2);
    };
  }

  /**
   * A share: {@code 71.4%}; below 1 % with two significant digits, because 0.0 % would say that
   * there is nothing: {@code 0.035%}.
   */
  public static String share(double share) {
    return percent(BigDecimal.valueOf(share).multiply(HUNDRED));
  }

  private static String percent(BigDecimal hundredths) {
    return perHundred(hundredths) + "%";
  }

  private static String perHundred(BigDecimal hundredths) {
    if (hundredths.signum() == 0) {
      return "0";
    }
    if (hundredths.abs().compareTo(LEAST) < 0) {
      return hundredths.signum() < 0 ? "> " + MINUS + LEAST : "< " + LEAST;
    }
    return number(hundredths, digits(hundredths));
  }

  /** Decimals that leave a value below 1 two significant digits, and any other one decimal. */
  private static int digits(BigDecimal value) {
    int first = value.scale() - value.precision() + 1;
    return first <= 0 ? 1 : first + 1 - (rolls(value, first + 1) ? 1 : 0);
  }

  /** Whether rounding carries into the digit before the first: 0.0996 is 0.10. */
  private static boolean rolls(BigDecimal value, int decimals) {
    BigDecimal rounded = value.setScale(decimals, RoundingMode.HALF_UP);
    return rounded.precision() > 2;
  }

  /** A value that may be missing. */
  public String value(Unit unit, OptionalDouble value) {
    return value.isPresent() ? value(unit, value.getAsDouble()) : NONE;
  }

  /** A value in a narrow column whose head names the unit: without {@code /h} and {@code days}. */
  public String compact(Unit unit, double value) {
    return switch (unit) {
      case MONEY_PER_HOUR -> value(Unit.MONEY, value);
      case DAYS, HOURS, MINUTES -> number(BigDecimal.valueOf(value), 1);
      case PERCENT, MONEY, TIMES_PER_YEAR, COUNT, PER_HUNDRED, RATIO -> value(unit, value);
    };
  }

  /** A value that may be missing, in a narrow column. */
  public String compact(Unit unit, OptionalDouble value) {
    return value.isPresent() ? compact(unit, value.getAsDouble()) : NONE;
  }

  /** A difference with its sign: {@code +2.1 pts}, {@code −$1,200}. */
  public String difference(Unit unit, double from, double to) {
    BigDecimal difference = BigDecimal.valueOf(to).subtract(BigDecimal.valueOf(from));
    String text =
        switch (unit) {
          case PERCENT -> points(from, to, HUNDRED) + " pts";
          case MONEY, MONEY_PER_HOUR -> money(difference);
          case TIMES_PER_YEAR -> number(difference, 1) + "×";
          case DAYS -> number(difference, 1) + " days";
          case HOURS -> number(difference, 1) + " h";
          case MINUTES -> number(difference, 1) + " min";
          case COUNT -> number(difference, 0);
          case PER_HUNDRED -> points(from, to, BigDecimal.ONE);
          case RATIO -> number(difference, 2);
        };
    boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
    return zero ? "no change" : difference.signum() > 0 ? "+" + text : text;
  }

  /** The difference of two shares, with the digits of the smaller where both are below 1 %. */
  private static String points(double from, double to, BigDecimal factor) {
    BigDecimal one = BigDecimal.valueOf(from).multiply(factor);
    BigDecimal other = BigDecimal.valueOf(to).multiply(factor);
    boolean small = one.abs().max(other.abs()).compareTo(BigDecimal.ONE) < 0;
    BigDecimal difference = other.subtract(one);
    if (difference.abs().compareTo(LEAST) < 0) {
      return number(BigDecimal.ZERO, 1);
    }
    return small ? perHundred(difference) : number(difference, 1);
  }

  /** A value at an axis: as short as the step between two ticks allows. */
  public String axis(Unit unit, double value, double step) {
    BigDecimal exact = BigDecimal.valueOf(value);
    return switch (unit) {
      case PERCENT -> number(exact.multiply(HUNDRED), decimals(step * 100)) + "%";
      case MONEY, MONEY_PER_HOUR -> {
        if (value == 0) {
          yield sign + "0";
        }
        if (step >= 1_000_000 || (step >= 50_000 && Math.abs(value) >= 1_000_000)) {
          yield signed(exact.movePointLeft(6), decimals(step / 1e6)) + "M";
        }
        if (step >= 500 && Math.abs(value) >= 1000) {
          yield signed(exact.movePointLeft(3), decimals(step / 1e3)) + "k";
        }
        yield signed(exact, decimals(step));
      }
      case TIMES_PER_YEAR -> number(exact, decimals(step)) + "×";
      case DAYS -> number(exact, decimals(step)) + " d";
      case HOURS -> number(exact, decimals(step)) + " h";
      case MINUTES -> number(exact, decimals(step)) + " min";
      case COUNT, PER_HUNDRED, RATIO -> number(exact, decimals(step));
    };
  }

  private static int decimals(double step) {
    for (int decimals = 0; decimals < 6; decimals++) {
      double scaled = step * Math.pow(10, decimals);
      if (Math.abs(scaled - Math.rint(scaled)) < 1e-6) {
        return decimals;
      }
    }
    return 6;
  }

  /** An amount; cents are shown below 1,000. */
  public String money(BigDecimal amount) {
    BigDecimal cents = amount.setScale(2, RoundingMode.HALF_UP);
    if (cents.signum() == 0) {
      return sign + "0";
    }
    return signed(amount, cents.abs().compareTo(CENTS_BELOW) < 0 ? 2 : 0);
  }

  /** An amount in a sentence: {@code $94.6k}, {@code $1.25M}, {@code $820}. */
  public String brief(BigDecimal amount) {
    BigDecimal whole = amount.setScale(0, RoundingMode.HALF_UP);
    if (whole.abs().compareTo(MILLION) >= 0) {
      return signed(amount.movePointLeft(6), 2) + "M";
    }
    if (whole.abs().compareTo(CENTS_BELOW) >= 0) {
      // 999,960 is a million, and not 1,000.0 thousand.
      BigDecimal thousands = amount.movePointLeft(3).setScale(1, RoundingMode.HALF_UP);
      return thousands.abs().compareTo(CENTS_BELOW) >= 0
          ? signed(amount.movePointLeft(6), 2) + "M"
          : signed(thousands, 1) + "k";
    }
    return whole.signum() == 0 ? sign + "0" : signed(whole, 0);
  }

  /** A change in a sentence or a narrow column: {@code +$1.2k}, {@code −$820}. */
  public String briefChange(BigDecimal change) {
    String text = brief(change);
    return change.signum() > 0 && text.chars().anyMatch(c -> c >= '1' && c <= '9')
        ? "+" + text
        : text;
  }

  private String signed(BigDecimal amount, int decimals) {
    String digits = number(amount.abs(), decimals);
    return (amount.signum() < 0 ? MINUS : "") + sign + digits;
  }

  /** Minutes as hours with one decimal. */
  public static String hours(BigDecimal minutes) {
    return number(minutes.divide(BigDecimal.valueOf(60), 6, RoundingMode.HALF_UP), 1);
  }

  /** A quantity with at most two decimals, none where it is whole. */
  public static String quantity(BigDecimal quantity) {
    BigDecimal rounded = quantity.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
    return number(rounded, Math.max(0, rounded.scale()));
  }

  /** A number with one decimal. */
  public static String oneDecimal(BigDecimal value) {
    return number(value, 1);
  }

  /** A count with thousands separators. */
  public static String count(long count) {
    return number(BigDecimal.valueOf(count), 0);
  }

  /** A day of the week: {@code Mon 16}. */
  public static String weekday(LocalDate date) {
    return WEEKDAY.format(date);
  }

  /** A day of the week in a sentence: {@code Monday, Nov 16}. */
  public static String wholeWeekday(LocalDate date) {
    return WHOLE_WEEKDAY.format(date);
  }

  /** A stretch of a day: {@code 2:15–3:15 pm}, {@code 11:30 am–12:15 pm}. */
  public static String times(LocalTime from, LocalTime until) {
    String start = TIME.format(from);
    String first = half(from);
    String last = half(until);
    return start + (first.equals(last) ? "" : " " + first) + "–" + TIME.format(until) + " " + last;
  }

  private static String half(LocalTime time) {
    return time.getHour() < 12 ? "am" : "pm";
  }

  /** A day and month: {@code Nov 16}. */
  public static String day(LocalDate date) {
    return DAY.format(date);
  }

  /** A whole date: {@code November 16, 2026}. */
  public static String fullDay(LocalDate date) {
    return FULL_DAY.format(date);
  }

  /** A whole date for tables: {@code Nov 16, 2026}. */
  public static String shortFullDay(LocalDate date) {
    return SHORT_FULL_DAY.format(date);
  }

  private static String number(BigDecimal value, int decimals) {
    BigDecimal rounded = value.setScale(decimals, RoundingMode.HALF_UP);
    DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.US));
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    format.setNegativePrefix(MINUS);
    return format.format(rounded.signum() == 0 ? BigDecimal.ZERO : rounded);
  }
}
