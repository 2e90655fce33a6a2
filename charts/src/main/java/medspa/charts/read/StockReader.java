package medspa.charts.read;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads the stock of a location. */
final class StockReader {
  private final Connection connection;
  private final String practiceId;
  private final String locationId;

  StockReader(Connection connection, String practiceId, String locationId) {
    this.connection = connection;
    this.practiceId = practiceId;
    this.locationId = locationId;
  }

  List<StockItem> items() {
    return Rows.query(
        connection,
        "SELECT i.product_id, i.on_date, i.on_hand, i.usable_on_hand, i.stock_value,"
            + " i.is_consignment, i.used_91_days, i.expired_on_hand,"
            + " coalesce(p.name, i.product_id) AS name, r.product_id IS NOT NULL AS has_reorder,"
            + " r.weekly_usage, r.lead_time_days, r.demand_in_lead_time, r.safety_stock, r.par,"
            + " r.available, r.pack_quantity, r.order_packs, r.order_cost, r.unavailable_reason"
            + " FROM inventory_on_hand i"
            + " LEFT JOIN products p ON p.practice_id = i.practice_id"
            + " AND p.product_id = i.product_id"
            + " LEFT JOIN inventory_reorder r ON r.practice_id = i.practice_id"
            + " AND r.location_id = i.location_id AND r.product_id = i.product_id"
            + " WHERE i.practice_id = ? AND i.location_id = ? ORDER BY i.product_id",
        row ->
            new StockItem(
                row.text("product_id"),
                row.text("name"),
                row.date("on_date"),
                row.decimal("on_hand"),
                row.decimal("usable_on_hand"),
                row.optionalDecimal("stock_value"),
                row.flag("is_consignment"),
                row.decimal("used_91_days"),
                row.decimal("expired_on_hand").max(BigDecimal.ZERO),
                row.flag("has_reorder") ? Optional.of(reorder(row)) : Optional.empty()),
        practiceId,
        locationId);
  }

  private static StockItem.Reorder reorder(Rows row) throws SQLException {
    return new StockItem.Reorder(
        row.optionalDecimal("weekly_usage"),
        row.optionalInteger("lead_time_days"),
        row.optionalDecimal("demand_in_lead_time"),
        row.optionalDecimal("safety_stock"),
        row.optionalDecimal("par"),
        row.optionalDecimal("available"),
        row.optionalDecimal("pack_quantity").orElse(BigDecimal.ONE),
        row.optionalCount("order_packs"),
        row.optionalDecimal("order_cost"),
        row.optionalText("unavailable_reason"));
  }

  List<ExpiringLot> lots() {
    return Rows.query(
        connection,
        "SELECT e.*, coalesce(p.name, e.product_id) AS name FROM inventory_expiring e"
            + " LEFT JOIN products p ON p.practice_id = e.practice_id"
            + " AND p.product_id = e.product_id"
            + " WHERE e.practice_id = ? AND e.location_id = ?"
            + " ORDER BY e.expires_on, e.at_risk_cost DESC NULLS LAST, e.product_id, e.lot",
        row ->
            new ExpiringLot(
                row.text("name"),
                row.flag("is_consignment"),
                row.optionalText("lot"),
                row.date("expires_on"),
                row.count("days_left"),
                row.integer("horizon_days"),
                row.decimal("on_hand"),
                row.optionalDecimal("projected_use"),
                row.optionalDecimal("at_risk"),
                row.optionalDecimal("at_risk_cost"),
                row.count("breaches_91")),
        practiceId,
        locationId);
  }
}
