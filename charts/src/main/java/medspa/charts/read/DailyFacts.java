package medspa.charts.read;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the daily flash says of one location. Today is the as-of date, yesterday the day before.
 *
 * @param today its book as it stood when the day began
 * @param days of the week that yesterday is in, up to yesterday; none before the location opened
 * @param paces by KPI, none without such days
 * @param categories of net revenue, with retail and fees last
 * @param stock what today's bookings need, what is short first
 * @param stockUnavailable why nothing can be said of stock, where that is so
 */
public record DailyFacts(
    Practice practice,
    Location location,
    Today today,
    List<Day> days,
    List<Pace> paces,
    List<Category> categories,
    List<Provider> providers,
    List<Room> rooms,
    List<Gap> gaps,
    List<Need> stock,
    Optional<String> stockUnavailable) {

  /** Copies the lists. */
  public DailyFacts {
    days = List.copyOf(days);
    paces = List.copyOf(paces);
    categories = List.copyOf(categories);
    providers = List.copyOf(providers);
    rooms = List.copyOf(rooms);
    gaps = List.copyOf(gaps);
    stock = List.copyOf(stock);
  }

  /** The pace of a KPI. */
  public Optional<Pace> pace(String kpi) {
    return paces.stream().filter(pace -> pace.kpi().equals(kpi)).findFirst();
  }

  /** Yesterday; empty where the location had not opened. */
  public Optional<Day> yesterday() {
    return days.isEmpty() ? Optional.empty() : Optional.of(days.get(days.size() - 1));
  }

  /**
   * The book of today.
   *
   * @param isFirstDay whether the location opens today
   * @param rows standing bookings; empty where no export tells of today or later
   * @param load of bookable time; empty where no export tells shifts of today or later
   * @param filledShare of what was free when the last 28 days began, what filled on the day itself
   * @param netPerHour net service revenue per treated hour
   * @param known up to when the exports tell
   */
  public record Today(
      LocalDate date,
      boolean isFirstDay,
      boolean isClosed,
      OptionalLong rows,
      Optional<Load> load,
      OptionalDouble filledShare,
      OptionalDouble netPerHour,
      Known known) {}

  /** Minutes of a day and how many of them are booked. */
  public record Load(BigDecimal minutes, BigDecimal booked) {
    /** The booked share; 0 of nothing. */
    public double share() {
      return minutes.signum() == 0 ? 0 : booked.doubleValue() / minutes.doubleValue();
    }
  }

  /** The last local day of which each kind of export tells. */
  public record Known(
      Optional<LocalDate> sales,
      Optional<LocalDate> payments,
      Optional<LocalDate> outcomes,
      Optional<LocalDate> stock) {}

  /**
   * A day of the week.
   *
   * @param netRevenue empty where its sales are not told
   * @param hasOutcomes whether it is told what became of its visits
   * @param unresolved visits that are over and still stand as booked
   */
  public record Day(
      LocalDate date,
      boolean isClosed,
      Optional<BigDecimal> netRevenue,
      boolean hasOutcomes,
      long unresolved) {}

  /**
   * A KPI of yesterday and of the week to date.
   *
   * @param daysTold days of the week to date that are told, of those on which it was open
   * @param usual the same days of the four weeks before; empty where nothing can be compared
   * @param unavailableReason why there is none
   */
  public record Pace(
      String kpi,
      OptionalDouble yesterday,
      OptionalDouble yesterdaySample,
      OptionalDouble week,
      OptionalDouble weekSample,
      int daysTold,
      Optional<Usual> usual,
      Optional<String> unavailableReason) {}

  /**
   * Days that are told in the week and in each of the four before.
   *
   * @param days how many, and the last of them in this week
   * @param value over them now
   * @param base over them in the four weeks before
   * @param low lowest of the four weeks
   * @param high highest of the four weeks
   */
  public record Usual(
      int days, LocalDate last, double value, double base, double low, double high) {}

  /**
   * Net revenue of a service category.
   *
   * @param name empty for retail and fees
   * @param compared of the days of the week that are told in the four weeks before too
   * @param base mean of the same days of these weeks
   */
  public record Category(
      Optional<String> name,
      Optional<BigDecimal> yesterday,
      Optional<BigDecimal> week,
      Optional<BigDecimal> compared,
      Optional<BigDecimal> base) {}

  /**
   * A provider's day.
   *
   * @param name empty for bookings that name nobody
   */
  public record Provider(String id, Optional<String> name, long rows, Optional<Load> load) {}

  /**
   * A room's day.
   *
   * @param open of opening hours; empty where none are configured
   */
  public record Room(String name, long rows, Optional<Load> open, BigDecimal booked) {}

  /**
   * Free time that a usual service fits into.
   *
   * @param service performed most often of those that fit
   * @param worth at what a treated hour brings
   */
  public record Gap(
      String providerId,
      LocalTime from,
      LocalTime until,
      BigDecimal minutes,
      String service,
      Optional<BigDecimal> worth) {}

  /**
   * What today's bookings need of a product.
   *
   * @param usable on hand; empty where no export tells
   * @param missing how much too little; empty with it
   */
  public record Need(
      String name,
      long rows,
      BigDecimal quantity,
      Optional<BigDecimal> usable,
      Optional<BigDecimal> missing) {}
}
