package medspa.charts.read;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.query.Row;

/** Reads the stock of a location. */
final class StockReader {
  private final ReportQuery query;
  private final String practiceId;
  private final String locationId;

  StockReader(ReportQuery query, String practiceId, String locationId) {
    this.query = query;
    this.practiceId = practiceId;
    this.locationId = locationId;
  }

  StockFacts facts() {
    return new StockFacts(items(), lots(), shortages(), overstock());
  }

  private List<StockFacts.Shortage> shortages() {
    return query.rows(
        "short_stock",
        row ->
            new StockFacts.Shortage(
                row.text("name"),
                row.date("short_on"),
                row.decimal("short_quantity"),
                row.count("booked_rows"),
                row.decimal("usable_on_hand"),
                row.optionalInteger("lead_time_days")),
        practiceId,
        locationId);
  }

  private List<StockFacts.Overstock> overstock() {
    return query.rows(
        "overstock",
        row ->
            new StockFacts.Overstock(
                row.text("name"), row.decimal("overstock"), row.decimal("overstock_cost")),
        practiceId,
        locationId);
  }

  private List<StockItem> items() {
    return query.rows(
        "stock_items",
        row ->
            new StockItem(
                row.text("product_id"),
                row.text("name"),
                row.flag("is_consignment"),
                new StockItem.Shelf(
                    row.decimal("on_hand"),
                    row.decimal("usable_on_hand"),
                    row.decimal("expired_on_hand").max(BigDecimal.ZERO),
                    row.optionalDecimal("stock_value")),
                row.decimal("used_91_days"),
                row.flag("has_reorder") ? Optional.of(reorder(row)) : Optional.empty()),
        practiceId,
        locationId);
  }

  private static StockItem.Reorder reorder(Row row) throws SQLException {
    return new StockItem.Reorder(
        new StockItem.Par(
            row.optionalDecimal("weekly_usage"),
            row.optionalInteger("lead_time_days"),
            row.optionalDecimal("demand_in_lead_time"),
            row.optionalDecimal("safety_stock"),
            row.optionalDecimal("par")),
        row.optionalDecimal("available"),
        new StockItem.Order(
            row.optionalCount("order_packs"),
            row.optionalDecimal("pack_quantity").orElse(BigDecimal.ONE),
            row.optionalDecimal("order_cost")),
        row.optionalText("unavailable_reason"));
  }

  private List<ExpiringLot> lots() {
    return query.rows(
        "expiring_lots",
        row ->
            new ExpiringLot(
                row.text("name"),
                row.flag("is_consignment"),
                row.optionalText("lot"),
                row.date("expires_on"),
                row.count("days_left"),
                row.integer("horizon_days"),
                row.decimal("on_hand"),
                new ExpiringLot.Risk(
                    row.optionalDecimal("projected_use"),
                    row.optionalDecimal("at_risk"),
                    row.optionalDecimal("at_risk_cost")),
                row.count("breaches_91")),
        practiceId,
        locationId);
  }
}
