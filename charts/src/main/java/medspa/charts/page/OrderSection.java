package medspa.charts.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import medspa.charts.figure.KpiFormat;
import medspa.charts.page.OwnerView.OrderRow;
import medspa.charts.page.OwnerView.OrderTable;
import medspa.charts.read.StockItem;
import medspa.charts.read.StockItem.Reorder;

/** What to order, with the arithmetic of the reorder point, and books that cannot be right. */
final class OrderSection {
  private static final int ROWS = 20;

  /** What a product needs, the most urgent first. */
  private enum Need {
    COUNT("off", "■ Negative: count it"),
    EMPTY("off", "■ Out of stock"),
    EXPIRED("off", "■ Out, the rest expired"),
    ORDER("near", "▲ At or below par"),
    NOTHING("on", "● Covered");

    private final String css;
    private final String words;

    Need(String css, String words) {
      this.css = css;
      this.words = words;
    }
  }

  private record Judged(StockItem item, Need need) {
    Optional<BigDecimal> cost() {
      return item.reorder().flatMap(Reorder::cost);
    }

    boolean isOrdered() {
      return item.reorder().map(r -> r.packs().isPresent()).orElse(false);
    }

    /** What is there of what should be; below 0 where the books are. */
    BigDecimal coverage() {
      BigDecimal par = item.reorder().flatMap(Reorder::par).orElse(BigDecimal.ZERO);
      BigDecimal available = item.reorder().flatMap(Reorder::available).orElse(item.usable());
      return par.signum() > 0 ? available.divide(par, MathContext.DECIMAL32) : available;
    }
  }

  private final KpiFormat format;

  OrderSection(KpiFormat format) {
    this.format = format;
  }

  OrderTable table(List<StockItem> items) {
    List<Judged> needy =
        items.stream()
            .map(item -> new Judged(item, need(item)))
            .filter(judged -> judged.need() != Need.NOTHING)
            .sorted(
                Comparator.comparing(Judged::need)
                    .thenComparing(Judged::coverage)
                    .thenComparing(judged -> judged.item().name())
                    .thenComparing(judged -> judged.item().productId()))
            .toList();
    return new OrderTable(
        says(needy), needy.stream().limit(ROWS).map(this::row).toList(), rest(items, needy));
  }

  private static Need need(StockItem item) {
    if (item.onHand().signum() < 0) {
      return Need.COUNT;
    }
    if (item.used91Days().signum() > 0 && item.usable().signum() <= 0) {
      return item.expired().signum() > 0 ? Need.EXPIRED : Need.EMPTY;
    }
    return item.reorder().map(reorder -> reorder.packs().isPresent()).orElse(false)
        ? Need.ORDER
        : Need.NOTHING;
  }

  private OrderRow row(Judged judged) {
    StockItem item = judged.item();
    Optional<Reorder> reorder = item.reorder();
    return new OrderRow(
        StockSection.product(item),
        judged.need().css,
        judged.need().words,
        List.of(
            reorder.flatMap(Reorder::weeklyUse).map(KpiFormat::oneDecimal).orElse(KpiFormat.NONE),
            reorder
                .filter(r -> r.leadTimeDays().isPresent())
                .map(r -> KpiFormat.count(r.leadTimeDays().getAsInt()))
                .orElse(KpiFormat.NONE),
            quantity(reorder.flatMap(Reorder::demandInLeadTime)),
            quantity(reorder.flatMap(Reorder::safetyStock)),
            quantity(reorder.flatMap(Reorder::par)),
            KpiFormat.quantity(item.onHand()),
            quantity(reorder.flatMap(Reorder::available))),
        reorder
            .filter(r -> r.packs().isPresent())
            .map(
                r ->
                    KpiFormat.count(r.packs().getAsLong())
                        + " × "
                        + KpiFormat.quantity(r.packQuantity()))
            .orElse(KpiFormat.NONE),
        judged.cost().map(format::money).orElse(KpiFormat.NONE));
  }

  private static String quantity(Optional<BigDecimal> quantity) {
    return quantity.map(KpiFormat::oneDecimal).orElse(KpiFormat.NONE);
  }

  private String says(List<Judged> needy) {
    if (needy.isEmpty()) {
      return "No product is at or below its par, none in use is out of stock.";
    }
    List<Judged> ordered = needy.stream().filter(Judged::isOrdered).toList();
    List<Judged> owned = ordered.stream().filter(j -> !j.item().isConsignment()).toList();
    long unknown = owned.stream().filter(j -> j.cost().isEmpty()).count();
    List<String> parts = new ArrayList<>();
    count(needy, Need.COUNT, "negative in the books").ifPresent(parts::add);
    long empty = needy.stream().filter(OrderSection::isEmpty).count();
    if (empty > 0) {
      parts.add(KpiFormat.count(empty) + " out of stock");
    }
    count(needy, Need.ORDER, "at or below par").ifPresent(parts::add);
    String money =
        owned.isEmpty()
            ? ""
            : " The orders of owned products cost "
                + format.money(
                    owned.stream()
                        .flatMap(j -> j.cost().stream())
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                + (unknown == 0
                    ? "."
                    : ", " + KpiFormat.count(unknown) + " of unknown cost left out.");
    return sentence(String.join(", ", parts))
        + money
        + " Weekly use × lead time ÷ 7, and the safety stock, make the par; what is available, on hand"
        + " without what expires before it is used, is filled up to it in whole packs. Weekly use is"
        + " the mean of the last 8 weeks without a stockout.";
  }

  private static boolean isEmpty(Judged judged) {
    return judged.need() == Need.EMPTY || judged.need() == Need.EXPIRED;
  }

  private static Optional<String> count(List<Judged> needy, Need need, String words) {
    long count = needy.stream().filter(judged -> judged.need() == need).count();
    return count == 0 ? Optional.empty() : Optional.of(KpiFormat.count(count) + " " + words);
  }

  private static String sentence(String words) {
    return "Products: " + words + ".";
  }

  private static String rest(List<StockItem> items, List<Judged> needy) {
    List<String> sentences = new ArrayList<>();
    if (needy.size() > ROWS) {
      sentences.add(
          KpiFormat.count(needy.size() - ROWS)
              + " more are in the warehouse’s relation inventory_reorder.");
    }
    int others = items.size() - needy.size();
    if (others > 0 && !needy.isEmpty()) {
      sentences.add(
          KpiFormat.count(others)
              + (others == 1 ? " product needs no order." : " products need no order."));
    }
    items.stream()
        .flatMap(item -> item.reorder().stream())
        .flatMap(reorder -> reorder.unavailableReason().stream())
        .distinct()
        .sorted()
        .forEach(
            reason -> {
              long count =
                  items.stream()
                      .flatMap(item -> item.reorder().stream())
                      .filter(reorder -> reorder.unavailableReason().equals(Optional.of(reason)))
                      .count();
              sentences.add("Without a par: " + KpiFormat.count(count) + ", " + reason + ".");
            });
    return String.join(" ", sentences);
  }
}
