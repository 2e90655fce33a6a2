package medspa.charts.read;

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

/** Reads where the money of a week is. */
final class MoneyReader {
  private final ReportQuery query;

  MoneyReader(ReportQuery query) {
    this.query = query;
  }

  /** Of one location. */
  MoneyFacts ofLocation(String practiceId, String locationId, LocalDate week) {
    return new MoneyFacts(
        leakage("leakage", practiceId, locationId, week),
        bridges("money", practiceId, locationId, week).stream().findFirst(),
        owed("owed", practiceId, locationId),
        advances("stored_value", practiceId, locationId, week),
        Map.of());
  }

  /** Of a practice over its locations, and those that are not in a sum. */
  MoneyFacts ofPractice(String practiceId, LocalDate week) {
    Map<Part, List<String>> untold = new EnumMap<>(Part.class);
    query.rows(
        "practice_untold_money",
        row ->
            untold
                .computeIfAbsent(
                    Part.valueOf(row.text("part").toUpperCase(Locale.ROOT)),
                    part -> new ArrayList<>())
                .add(row.text("name")),
        practiceId,
        week);
    return new MoneyFacts(
        leakage("practice_leakage", practiceId, week),
        bridges("practice_money", practiceId, week).stream().findFirst(),
        owed("practice_owed", practiceId),
        advances("practice_stored_value", practiceId, week),
        untold);
  }

  private List<Leak> leakage(String statement, Object... parameters) {
    return query.rows(
        statement,
        row ->
            new Leak(
                row.text("label"),
                row.text("role"),
                row.optionalDecimal("minutes"),
                row.optionalDecimal("amount")),
        parameters);
  }

  private List<Bridge> bridges(String statement, Object... parameters) {
    return query.rows(
        statement,
        row ->
            new Bridge(
                row.optionalDecimal("cash_collected"),
                row.optionalDecimal("redeemed"),
                row.optionalDecimal("paid_of_others"),
                row.optionalDecimal("unpaid_at_week_end"),
                row.decimal("tax_and_tips"),
                row.decimal("sales"),
                row.decimal("sold_in_advance"),
                row.decimal("recognised_revenue")),
        parameters);
  }

  private List<Owed> owed(String statement, Object... parameters) {
    return query.rows(
        statement,
        row -> new Owed(row.integer("from_days"), row.count("receipts"), row.decimal("owed")),
        parameters);
  }

  private List<Advance> advances(String statement, Object... parameters) {
    return query.rows(
        statement,
        row -> new Advance(row.text("kind"), row.decimal("closing"), row.integer("weeks_missing")),
        parameters);
  }
}
