package medspa.charts.read;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import medspa.charts.read.DailyFacts.Known;
import medspa.charts.read.DailyFacts.Load;
import medspa.charts.read.DailyFacts.Usual;
import medspa.warehouse.query.Row;
import medspa.warehouse.query.WarehouseQuery.RowReader;

/** Reads what the daily flash says of a location. */
final class DailyReader {
  /** The provider id under which bookings stand that name nobody. */
  private static final String UNATTRIBUTED = "unattributed";

  private final ReportQuery query;
  private final Practice practice;
  private final Location location;

  DailyReader(ReportQuery query, Practice practice, Location location) {
    this.query = query;
    this.practice = practice;
    this.location = location;
  }

  /** Everything; empty before the location has opened. */
  Optional<DailyFacts> facts() {
    return rows("daily_today", DailyReader::today).stream()
        .findFirst()
        .map(
            today ->
                new DailyFacts(
                    practice,
                    location,
                    today,
                    rows("daily_days", DailyReader::day),
                    rows("daily_pace", DailyReader::pace),
                    rows("daily_categories", DailyReader::category),
                    rows("daily_providers", DailyReader::provider),
                    rows("daily_rooms", DailyReader::room),
                    rows("daily_gaps", DailyReader::gap),
                    rows("daily_stock", DailyReader::need),
                    rows("daily_stock_unavailable", row -> row.text("reason")).stream()
                        .findFirst()));
  }

  private <T> List<T> rows(String statement, RowReader<T> reader) {
    return query.rows(statement, reader, practice.id(), location.id());
  }

  private static DailyFacts.Today today(Row row) throws SQLException {
    return new DailyFacts.Today(
        row.date("date"),
        row.flag("is_first_day"),
        row.flag("is_closed"),
        row.optionalCount("rows_booked"),
        load(row, "bookable_minutes"),
        row.optionalNumber("filled_share"),
        row.optionalNumber("net_per_treated_hour"),
        new Known(
            row.optionalDate("sales_until"),
            row.optionalDate("payments_until"),
            row.optionalDate("outcomes_until"),
            row.optionalDate("stock_until")));
  }

  private static Optional<Load> load(Row row, String minutes) throws SQLException {
    Optional<BigDecimal> all = row.optionalDecimal(minutes);
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Load(all.get(), row.decimal("booked_minutes")));
  }

  private static DailyFacts.Day day(Row row) throws SQLException {
    return new DailyFacts.Day(
        row.date("date"),
        row.flag("is_closed"),
        row.optionalDecimal("net_revenue"),
        row.optionalCount("visits_due").isPresent(),
        row.count("visits_unresolved"));
  }

  private static DailyFacts.Pace pace(Row row) throws SQLException {
    OptionalDouble value = row.optionalNumber("compared_value");
    OptionalDouble base = row.optionalNumber("base_value");
    // A ratio of days on which there was nothing to divide by has no value to compare.
    Optional<Usual> usual =
        value.isEmpty() || base.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Usual(
                    row.integer("compared_days"),
                    row.date("compared_last"),
                    value.getAsDouble(),
                    base.getAsDouble(),
                    row.optionalNumber("base_low").orElseThrow(),
                    row.optionalNumber("base_high").orElseThrow()));
    return new DailyFacts.Pace(
        row.text("kpi"),
        row.optionalNumber("yesterday"),
        row.optionalNumber("yesterday_sample"),
        row.optionalNumber("week_to_date"),
        row.optionalNumber("week_sample"),
        row.integer("days_told"),
        usual,
        row.optionalText("unavailable_reason"));
  }

  private static DailyFacts.Category category(Row row) throws SQLException {
    return new DailyFacts.Category(
        row.optionalText("category"),
        row.optionalDecimal("yesterday"),
        row.optionalDecimal("week_to_date"),
        row.optionalDecimal("compared"),
        row.optionalDecimal("base"));
  }

  private static DailyFacts.Provider provider(Row row) throws SQLException {
    String id = row.text("provider_id");
    return new DailyFacts.Provider(
        id,
        id.equals(UNATTRIBUTED)
            ? Optional.empty()
            : Optional.of(row.optionalText("name").orElse(id)),
        row.count("rows_booked"),
        load(row, "bookable_minutes"));
  }

  private static DailyFacts.Room room(Row row) throws SQLException {
    return new DailyFacts.Room(
        row.text("name"),
        row.count("rows_booked"),
        load(row, "open_minutes"),
        row.decimal("booked_minutes"));
  }

  private static DailyFacts.Gap gap(Row row) throws SQLException {
    return new DailyFacts.Gap(
        row.text("provider_id"),
        LocalTime.parse(row.text("from_time")),
        LocalTime.parse(row.text("until_time")),
        row.decimal("free_minutes"),
        row.text("service"),
        row.optionalDecimal("worth"));
  }

  private static DailyFacts.Need need(Row row) throws SQLException {
    return new DailyFacts.Need(
        row.text("name"),
        row.count("rows_booked"),
        row.decimal("need"),
        row.optionalDecimal("usable_on_hand"),
        row.optionalDecimal("short_quantity"));
  }
}
