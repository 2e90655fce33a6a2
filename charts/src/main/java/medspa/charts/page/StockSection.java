package medspa.charts.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import medspa.charts.figure.KpiFormat;
import medspa.charts.page.OwnerView.StockRow;
import medspa.charts.page.OwnerView.StockView;
import medspa.charts.read.Location;
import medspa.charts.read.LocationFacts;
import medspa.charts.read.StockItem;

/** The stock of a location, what needs a look first. */
final class StockSection {
  /** Rows of the list; products that need a look are listed beyond it. */
  private static final int ROWS = 20;

  private static final BigDecimal DAYS_OF_USE = BigDecimal.valueOf(91);
  private static final BigDecimal SHORT_COVER = BigDecimal.valueOf(2);

  /** What a product needs, the most urgent first. */
  private enum Urgency {
    NEGATIVE("off", "■"),
    EMPTY("off", "■"),
    EXPIRED("off", "■"),
    SHORT("near", "▲"),
    EXPIRING("near", "▲"),
    COVERED("on", "●"),
    UNUSED("open", "○");

    private final String css;
    private final String shape;

    Urgency(String css, String shape) {
      this.css = css;
      this.shape = shape;
    }
  }

  /** A product with what follows from its numbers. */
  private record Judged(
      StockItem item, BigDecimal weeklyUse, Optional<BigDecimal> cover, Urgency urgency) {}

  private final KpiFormat format;

  StockSection(KpiFormat format) {
    this.format = format;
  }

  /** The view; empty for a location without stock history. */
  Optional<StockView> view(LocationFacts facts) {
    List<Judged> judged =
        facts.stock().stream()
            .map(item -> judge(facts.location(), item))
            .sorted(
                Comparator.comparing(Judged::urgency)
                    .thenComparing(j -> j.cover().orElse(BigDecimal.valueOf(Long.MAX_VALUE)))
                    .thenComparing(
                        j -> j.item().value().orElse(BigDecimal.ZERO), Comparator.reverseOrder())
                    .thenComparing(j -> j.item().name())
                    .thenComparing(j -> j.item().productId()))
            .toList();
    if (judged.isEmpty()) {
      return Optional.empty();
    }
    List<Judged> listed = new ArrayList<>();
    List<Judged> rest = new ArrayList<>();
    for (Judged product : judged) {
      boolean needsALook = product.urgency().compareTo(Urgency.COVERED) < 0;
      (needsALook || listed.size() < ROWS ? listed : rest).add(product);
    }
    return Optional.of(
        new StockView(says(judged), listed.stream().map(this::row).toList(), rest(rest)));
  }

  private static Judged judge(Location location, StockItem item) {
    BigDecimal weeklyUse =
        item.used91Days()
            .max(BigDecimal.ZERO)
            .multiply(BigDecimal.valueOf(7))
            .divide(daysOfUse(location, item), 6, RoundingMode.HALF_UP);
    Optional<BigDecimal> cover =
        weeklyUse.signum() > 0
            ? Optional.of(
                item.usable().max(BigDecimal.ZERO).divide(weeklyUse, 6, RoundingMode.HALF_UP))
            : Optional.empty();
    return new Judged(item, weeklyUse, cover, urgency(item, cover));
  }

  /** A location younger than 91 days has used its stock over fewer of them. */
  private static BigDecimal daysOfUse(Location location, StockItem item) {
    return location
        .openedOn()
        .map(opened -> ChronoUnit.DAYS.between(opened, item.onDate()) + 1)
        .filter(days -> days > 0)
        .map(BigDecimal::valueOf)
        .orElse(DAYS_OF_USE)
        .min(DAYS_OF_USE);
  }

  private static Urgency urgency(StockItem item, Optional<BigDecimal> cover) {
    if (item.onHand().signum() < 0) {
      return Urgency.NEGATIVE;
    }
    if (cover.isPresent() && item.usable().signum() <= 0) {
      return Urgency.EMPTY;
    }
    if (item.expired().signum() > 0) {
      return Urgency.EXPIRED;
    }
    if (cover.isPresent() && cover.get().compareTo(SHORT_COVER) < 0) {
      return Urgency.SHORT;
    }
    if (item.expiring90Days().signum() > 0) {
      return Urgency.EXPIRING;
    }
    return cover.isPresent() ? Urgency.COVERED : Urgency.UNUSED;
  }

  private static String words(Judged product) {
    StockItem item = product.item();
    String words =
        switch (product.urgency()) {
          case NEGATIVE -> "Negative: check the books";
          case EMPTY -> item.expired().signum() > 0 ? "Out, the rest expired" : "Out of stock";
          case EXPIRED -> "Expired: " + KpiFormat.quantity(item.expired());
          case SHORT -> "Under 2 weeks";
          case EXPIRING ->
              item.nextExpiryOn()
                  .map(
                      day ->
                          "Expires in "
                              + KpiFormat.count(ChronoUnit.DAYS.between(item.onDate(), day))
                              + " days")
                  .orElse("Expires within 90 days");
          case COVERED -> "Covered";
          case UNUSED -> item.onHand().signum() == 0 ? "None, not in use" : "Not used in 91 days";
        };
    return item.isConsignment() ? words + " (consigned)" : words;
  }

  private StockRow row(Judged product) {
    StockItem item = product.item();
    return new StockRow(
        item.name(),
        KpiFormat.quantity(item.onHand()),
        KpiFormat.quantity(item.usable()),
        product.weeklyUse().signum() == 0
            ? KpiFormat.NONE
            : KpiFormat.oneDecimal(product.weeklyUse()),
        product.cover().map(KpiFormat::oneDecimal).orElse(KpiFormat.NONE),
        item.nextExpiryOn().map(KpiFormat::shortFullDay).orElse(KpiFormat.NONE),
        item.expiring90Days().signum() == 0
            ? KpiFormat.NONE
            : KpiFormat.quantity(item.expiring90Days()),
        item.value().map(format::money).orElse(KpiFormat.NONE),
        product.urgency().css,
        product.urgency().shape,
        words(product));
  }

  private static String says(List<Judged> judged) {
    List<String> parts = new ArrayList<>();
    count(judged, Urgency.NEGATIVE, "negative").ifPresent(parts::add);
    count(judged, Urgency.EMPTY, "out of stock").ifPresent(parts::add);
    count(judged, Urgency.EXPIRED, "with expired lots").ifPresent(parts::add);
    count(judged, Urgency.SHORT, "with less than two weeks of cover").ifPresent(parts::add);
    count(judged, Urgency.EXPIRING, "with lots that expire within 90 days").ifPresent(parts::add);
    String products =
        KpiFormat.count(judged.size()) + (judged.size() == 1 ? " product" : " products");
    return (parts.isEmpty()
            ? "Of " + products + " none needs a look."
            : "Of " + products + ": " + String.join(", ", parts) + ".")
        + " Weekly use is what was used or sold in the last 91 days; cover is usable stock divided"
        + " by it.";
  }

  private static Optional<String> count(List<Judged> judged, Urgency urgency, String words) {
    long count = judged.stream().filter(j -> j.urgency() == urgency).count();
    return count == 0 ? Optional.empty() : Optional.of(KpiFormat.count(count) + " " + words);
  }

  private String rest(List<Judged> rest) {
    if (rest.isEmpty()) {
      return "";
    }
    BigDecimal value =
        rest.stream()
            .map(j -> j.item().value().orElse(BigDecimal.ZERO))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return "Not listed: "
        + KpiFormat.count(rest.size())
        + (rest.size() == 1 ? " product that needs" : " products that need")
        + " no look, worth "
        + format.money(value)
        + " at cost.";
  }
}
