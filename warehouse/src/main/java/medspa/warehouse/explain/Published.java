package medspa.warehouse.explain;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import medspa.warehouse.explain.Explanation.Definition;
import medspa.warehouse.market.LocalCalendar;
import medspa.warehouse.measure.Grain;
import medspa.warehouse.query.WarehouseQuery;

/** What is published: definitions, locations, weeks and the numbers themselves. */
final class Published {
  private final WarehouseQuery query;

  Published(WarehouseQuery query) {
    this.query = query;
  }

  /** A location with its practice. */
  record Place(
      String practiceId,
      String practiceName,
      String currency,
      String locationId,
      String locationName,
      Optional<String> region,
      ZoneId zone) {}

  /** A row of {@code kpi_weekly}, of one of its companions, or a known 0. */
  record Figure(
      String locationId,
      OptionalDouble value,
      BigDecimal numerator,
      Optional<BigDecimal> denominator,
      Optional<BigDecimal> sampleSize,
      boolean isStable,
      int version) {}

  List<Place> places() {
    return query.rows(
        "SELECT l.practice_id, p.name AS practice_name, p.currency, l.location_id,"
            + " l.name AS location_name, l.region, l.time_zone"
            + " FROM locations l JOIN practices p USING (practice_id) ORDER BY l.location_id",
        row ->
            new Place(
                row.text("practice_id"),
                row.text("practice_name"),
                row.text("currency"),
                row.text("location_id"),
                row.text("location_name"),
                row.optionalText("region"),
                ZoneId.of(row.text("time_zone"))));
  }

  LocalDate asOf() {
    return query.row("SELECT as_of FROM runs", row -> row.date("as_of"));
  }

  /** First days of the computed weeks, the first and the last; empty where no week was. */
  Optional<Weeks> weeks() {
    return query.row(
        "SELECT (SELECT min(week_start) FROM kpi_weekly) AS first_week, last_week_start"
            + " FROM runs",
        row -> {
          Optional<LocalDate> first = row.optionalDate("first_week");
          return first.isEmpty()
              ? Optional.empty()
              : Optional.of(new Weeks(first.get(), row.date("last_week_start")));
        });
  }

  /** The computed weeks by their first days. */
  record Weeks(LocalDate first, LocalDate last) {
    /** The first day of the week that holds the day. */
    LocalDate weekOf(LocalDate day) {
      return LocalCalendar.weekOf(day, last.getDayOfWeek());
    }
  }

  Optional<Definition> definition(String kpi, String currency) {
    return query
        .rows(
            "SELECT * FROM kpi_definitions WHERE kpi = ? ORDER BY version DESC",
            row ->
                new Definition(
                    kpi,
                    row.integer("version"),
                    row.text("label"),
                    row.text("description"),
                    row.text("unit"),
                    row.text("direction"),
                    row.text("numerator"),
                    row.optionalText("denominator"),
                    row.optionalText("sample"),
                    row.text("formula"),
                    row.text("exclusions"),
                    row.integer("spans_days"),
                    currency),
            kpi)
        .stream()
        .findFirst();
  }

  /** The KPI's numbers of all locations of a practice in a week. */
  List<Figure> ofLocations(String practiceId, String kpi, LocalDate week) {
    return numbers("", practiceId, kpi, week, "location");
  }

  /** The number of a location or of a part of it. */
  Optional<Figure> ofMember(
      Place place, String kpi, LocalDate week, Optional<Asked.Member> member) {
    if (member.isEmpty()) {
      return ofLocations(place.practiceId(), kpi, week).stream()
          .filter(number -> number.locationId().equals(place.locationId()))
          .findFirst();
    }
    return numbers(
            " AND location_id = ? AND member_id = ?",
            place.practiceId(),
            kpi,
            week,
            member.get().grain().word(),
            place.locationId(),
            member.get().id())
        .stream()
        .findFirst();
  }

  /** The number of a practice. */
  Optional<Figure> ofPractice(String practiceId, String kpi, LocalDate week) {
    return numbers("", practiceId, kpi, week, "practice").stream().findFirst();
  }

  /** The number of a region of a practice. */
  Optional<Figure> ofRegion(String practiceId, String region, String kpi, LocalDate week) {
    return numbers(" AND member_id = ?", practiceId, kpi, week, "region", region).stream()
        .findFirst();
  }

  private List<Figure> numbers(String more, Object... parameters) {
    return query.rows(
        "SELECT coalesce(location_id, '') AS location_id, value, numerator, denominator,"
            + " sample_size, is_stable, definition_version FROM kpi_weekly_numbers"
            + " WHERE practice_id = ? AND kpi = ? AND week_start = ? AND grain = ?"
            + more
            + " ORDER BY 1",
        row ->
            new Figure(
                row.text("location_id"),
                row.optionalNumber("value"),
                row.decimal("numerator"),
                row.optionalDecimal("denominator"),
                row.optionalDecimal("sample_size"),
                row.flag("is_stable"),
                row.integer("definition_version")),
        parameters);
  }

  /** The ids that a KPI has a number for at a grain of a location, in any week. */
  List<String> members(Place place, String kpi, Grain grain) {
    return query.rows(
        "SELECT DISTINCT member_id FROM kpi_weekly_numbers"
            + " WHERE practice_id = ? AND location_id = ? AND kpi = ? AND grain = ? ORDER BY 1",
        row -> row.text("member_id"),
        place.practiceId(),
        place.locationId(),
        kpi,
        grain.word());
  }

  /** Why the location has no number, where that holds in any week. */
  Optional<String> unavailable(Place place, String kpi, LocalDate week) {
    return query
        .rows(
            "SELECT reason FROM kpi_unavailable WHERE practice_id = ? AND location_id = ?"
                + " AND kpi = ? AND (week_start = ? OR NOT EXISTS (SELECT 1 FROM kpi_weekly w"
                + " WHERE w.practice_id = kpi_unavailable.practice_id"
                + " AND w.location_id = kpi_unavailable.location_id"
                + " AND w.kpi = kpi_unavailable.kpi))",
            row -> row.text("reason"),
            place.practiceId(),
            place.locationId(),
            kpi,
            week)
        .stream()
        .findFirst();
  }
}
