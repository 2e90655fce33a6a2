package medspa.charts.read;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import medspa.charts.read.MoneyFacts.Advance;
import medspa.charts.read.MoneyFacts.Bridge;
import medspa.charts.read.MoneyFacts.Leak;
import medspa.charts.read.MoneyFacts.Owed;
import medspa.charts.read.MoneyFacts.Part;
import medspa.charts.read.ReportQuery.Place;
import medspa.warehouse.query.Row;
import medspa.warehouse.query.WarehouseQuery.RowReader;

/** Reads where the money of a week is, of some practices at once. */
final class MoneyReader {
  private final Statements<Place> ofLocations;
  private final Statements<String> ofPractices;
  private final Map<String, List<Untold>> untold;

  /** The name of a location that is not in a part. */
  private record Untold(Part part, String name) {}

  MoneyReader(ReportQuery query, List<String> practiceIds, LocalDate week) {
    ofLocations = new Statements<>(query, "", Place::of, practiceIds, week);
    ofPractices =
        new Statements<>(query, "practice_", row -> row.text("practice_id"), practiceIds, week);
    untold =
        query.ofPractices(
            "practice_untold_money",
            row ->
                new Untold(
                    Part.valueOf(row.text("part").toUpperCase(Locale.ROOT)), row.text("name")),
            practiceIds,
            week);
  }

  /** Of one location. */
  MoneyFacts ofLocation(Location location) {
    return ofLocations.facts(Place.of(location), Map.of());
  }

  /** Of a practice over its locations, and those that are not in a sum. */
  MoneyFacts ofPractice(String practiceId) {
    Map<Part, List<String>> names = new EnumMap<>(Part.class);
    untold
        .getOrDefault(practiceId, List.of())
        .forEach(
            location ->
                names
                    .computeIfAbsent(location.part(), part -> new ArrayList<>())
                    .add(location.name()));
    return ofPractices.facts(practiceId, names);
  }

  /** What the four statements say, by location or by practice. */
  private static final class Statements<K> {
    private final Map<K, List<Leak>> leakage;
    private final Map<K, List<Bridge>> bridges;
    private final Map<K, List<Owed>> owed;
    private final Map<K, List<Advance>> advances;

    Statements(
        ReportQuery query, String of, RowReader<K> key, List<String> practiceIds, LocalDate week) {
      leakage = query.grouped(of + "leakage", key, Statements::leak, practiceIds, week);
      bridges = query.grouped(of + "money", key, Statements::bridge, practiceIds, week);
      owed =
          query.grouped(
              of + "owed",
              key,
              row -> new Owed(row.integer("from_days"), row.count("receipts"), row.decimal("owed")),
              practiceIds);
      advances =
          query.grouped(
              of + "stored_value",
              key,
              row ->
                  new Advance(
                      row.text("kind"), row.decimal("closing"), row.integer("weeks_missing")),
              practiceIds,
              week);
    }

    MoneyFacts facts(K of, Map<Part, List<String>> untold) {
      return new MoneyFacts(
          leakage.getOrDefault(of, List.of()),
          bridges.getOrDefault(of, List.of()).stream().findFirst(),
          owed.getOrDefault(of, List.of()),
          advances.getOrDefault(of, List.of()),
          untold);
    }

    private static Leak leak(Row row) throws SQLException {
      return new Leak(
          row.text("label"),
          row.text("role"),
          row.optionalDecimal("minutes"),
          row.optionalDecimal("amount"));
    }

    private static Bridge bridge(Row row) throws SQLException {
      return new Bridge(
          row.optionalDecimal("cash_collected"),
          row.optionalDecimal("redeemed"),
          row.optionalDecimal("paid_of_others"),
          row.optionalDecimal("unpaid_at_week_end"),
          row.decimal("tax_and_tips"),
          row.decimal("sales"),
          row.decimal("sold_in_advance"),
          row.decimal("recognised_revenue"));
    }
  }
}
