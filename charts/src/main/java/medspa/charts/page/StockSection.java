package medspa.charts.page;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import medspa.charts.figure.KpiFormat;
import medspa.charts.page.OwnerView.StockView;
import medspa.charts.read.LocationFacts;
import medspa.charts.read.Series;
import medspa.charts.read.StockItem;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/** The stock of a location: how fast it turns, what to order, what expires before it is used. */
final class StockSection {
  private final KpiFormat format;

  StockSection(KpiFormat format) {
    this.format = format;
  }

  /** The view; empty for a location without stock history. */
  Optional<StockView> view(LocationFacts facts) {
    return facts.stock().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StockView(
                says(facts),
                new OrderSection(format).table(facts.stock()),
                new LotSection(format).table(facts.lots())));
  }

  private String says(LocationFacts facts) {
    int count = facts.stock().size();
    BigDecimal value =
        facts.stock().stream()
            .filter(item -> !item.isConsignment())
            .flatMap(item -> item.value().stream())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    List<String> parts = new ArrayList<>();
    value(facts, "inventory_turn")
        .ifPresent(
            turn -> parts.add("turned " + format.value(Unit.TIMES_PER_YEAR, turn) + " a year"));
    value(facts, "days_on_hand")
        .ifPresent(days -> parts.add("lasts " + format.value(Unit.DAYS, days)));
    OptionalDouble stockouts = value(facts, "stockout_days");
    return KpiFormat.count(count)
        + (count == 1 ? " product; " : " products; ")
        + "owned stock is worth "
        + format.money(value)
        + " at cost"
        + (parts.isEmpty()
            ? "."
            : " and, over the 91 days to the week’s end, " + String.join(" and ", parts) + ".")
        + (stockouts.isPresent()
            ? " Product-days without usable stock this week: "
                + format.value(Unit.COUNT, stockouts.getAsDouble())
                + "."
            : "");
  }

  private static OptionalDouble value(LocationFacts facts, String kpi) {
    Series series = facts.series().get(kpi);
    return series == null ? OptionalDouble.empty() : series.last().value();
  }

  static String product(String name, boolean isConsignment) {
    return isConsignment ? name + " (consigned)" : name;
  }

  static String product(StockItem item) {
    return product(item.name(), item.isConsignment());
  }
}
