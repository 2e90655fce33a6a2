package medspa.charts.read;

import java.time.LocalDate;
import java.util.List;
import medspa.charts.read.MoneyFacts.Advance;
import medspa.charts.read.MoneyFacts.Bridge;
import medspa.charts.read.MoneyFacts.Leak;
import medspa.charts.read.MoneyFacts.Owed;

/** Reads where the money of a location's week is. */
final class MoneyReader {
  private MoneyReader() {}

  static MoneyFacts read(ReportQuery query, String practiceId, String locationId, LocalDate week) {
    List<Leak> leakage =
        query.rows(
            "leakage",
            row ->
                new Leak(
                    row.text("label"),
                    row.text("role"),
                    row.optionalDecimal("minutes"),
                    row.optionalDecimal("amount")),
            practiceId,
            locationId,
            week);
    List<Bridge> bridges =
        query.rows(
            "money",
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
            practiceId,
            locationId,
            week);
    List<Owed> owed =
        query.rows(
            "owed",
            row -> new Owed(row.integer("from_days"), row.count("receipts"), row.decimal("owed")),
            practiceId,
            locationId);
    List<Advance> advances =
        query.rows(
            "stored_value",
            row -> new Advance(row.text("kind"), row.decimal("closing")),
            practiceId,
            locationId,
            week);
    return new MoneyFacts(leakage, bridges.stream().findFirst(), owed, advances);
  }
}
