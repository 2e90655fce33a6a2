package medspa.charts.read;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.charts.read.ReportQuery.Place;
import medspa.warehouse.query.Row;

/** Reads the stock of the locations of some practices. */
final class StockReader {
  private final Map<Place, List<StockItem>> items;
  private final Map<Place, List<ExpiringLot>> lots;
  private final Map<Place, List<StockFacts.Shortage>> shortages;
  private final Map<Place, List<StockFacts.Overstock>> overstock;
  private final Map<Place, List<StockFacts.Consignable>> consignable;

  StockReader(ReportQuery query, List<String> practiceIds) {
    items = query.ofPlaces("stock_items", StockReader::item, practiceIds);
    lots = query.ofPlaces("expiring_lots", StockReader::lot, practiceIds);
    shortages =
        query.ofPlaces(
            "short_stock",
            row ->
                new StockFacts.Shortage(
                    row.text("name"),
                    row.date("short_on"),
                    row.decimal("short_quantity"),
                    row.count("booked_rows"),
                    row.decimal("usable_on_hand"),
                    row.optionalInteger("lead_time_days")),
            practiceIds);
    overstock =
        query.ofPlaces(
            "overstock",
            row ->
                new StockFacts.Overstock(
                    row.text("name"), row.decimal("overstock"), row.decimal("overstock_cost")),
            practiceIds);
    consignable =
        query.ofPlaces(
            "consignment",
            row ->
                new StockFacts.Consignable(
                    row.text("name"),
                    row.decimal("mean_stock_value"),
                    row.optionalNumber("turn").orElseThrow(),
                    row.optionalNumber("location_turn").orElseThrow(),
                    row.optionalDecimal("carrying_cost")),
            practiceIds);
  }

  StockFacts facts(Location location) {
    Place place = Place.of(location);
    return new StockFacts(
        items.getOrDefault(place, List.of()),
        lots.getOrDefault(place, List.of()),
        shortages.getOrDefault(place, List.of()),
        overstock.getOrDefault(place, List.of()),
        consignable.getOrDefault(place, List.of()));
  }

  private static StockItem item(Row row) throws SQLException {
    return new StockItem(
        row.text("product_id"),
        row.text("name"),
        row.flag("is_consignment"),
        new StockItem.Shelf(
            row.decimal("on_hand"),
            row.decimal("usable_on_hand"),
            row.decimal("expired_on_hand").max(BigDecimal.ZERO),
            row.optionalDecimal("stock_value")),
        row.decimal("used_91_days"),
        row.flag("has_reorder") ? Optional.of(reorder(row)) : Optional.empty());
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

  private static ExpiringLot lot(Row row) throws SQLException {
    return new ExpiringLot(
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
        row.count("breaches_91"));
  }
}
