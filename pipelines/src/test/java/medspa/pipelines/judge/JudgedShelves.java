package medspa.pipelines.judge;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Walks through each product's movements and counts at a location as somebody would with a pencil:
 * a sheet per lot, one for stock whose lot nobody noted, and every evening the total and what of it
 * is still good.
 */
final class JudgedShelves {
  private static final Comparator<Sheet> EXPIRES_FIRST =
      Comparator.comparing((Sheet s) -> !s.lot.isEmpty())
          .thenComparing(s -> s.expiresOn.orElse(LocalDate.MAX))
          .thenComparing(s -> s.lot);

  private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(4);

  private final Map<String, Sheet> sheets = new TreeMap<>();

  /** What the books hold of one lot; the empty lot is stock whose lot nobody noted. */
  private static final class Sheet {
    private final String lot;
    private Optional<LocalDate> expiresOn = Optional.empty();
    private BigDecimal quantity = NOTHING;

    private Sheet(String lot) {
      this.lot = lot;
    }
  }

  private record Event(
      List<String> product,
      LocalDate firstDay,
      String lot,
      Optional<LocalDate> expiresOn,
      LocalDate day,
      String moment,
      boolean isCount,
      BigDecimal quantity,
      Optional<BigDecimal> pack) {}

  /** Fills {@code daily_stock} and {@code counted_lines} from {@code stock_events}. */
  static void walk(Connection duckdb, LocalDate asOf) throws SQLException {
    List<List<Event>> products = new ArrayList<>();
    try (Statement statement = duckdb.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT practice_id, location_id, product_id, first_day, lot, expires_on, day,
                  epoch_us(moment)::VARCHAR, step > 0, quantity, pack_quantity
                FROM stock_events JOIN history USING (practice_id, location_id)
                  LEFT JOIN current_products USING (practice_id, product_id)
                ORDER BY practice_id, location_id, product_id, moment, step, id""")) {
      while (row.next()) {
        Event event =
            new Event(
                List.of(row.getString(1), row.getString(2), row.getString(3)),
                row.getObject(4, LocalDate.class),
                row.getString(5),
                Optional.ofNullable(row.getObject(6, LocalDate.class)),
                row.getObject(7, LocalDate.class),
                row.getString(8),
                row.getBoolean(9),
                row.getBigDecimal(10),
                Optional.ofNullable(row.getBigDecimal(11)));
        if (products.isEmpty()
            || !products.get(products.size() - 1).get(0).product().equals(event.product())) {
          products.add(new ArrayList<>());
        }
        products.get(products.size() - 1).add(event);
      }
    }
    DuckDBConnection connection = duckdb.unwrap(DuckDBConnection.class);
    try (DuckDBAppender evenings = connection.createAppender("daily_stock");
        DuckDBAppender lines = connection.createAppender("counted_lines")) {
      for (List<Event> events : products) {
        new JudgedShelves().walk(events, asOf, evenings, lines);
      }
    }
  }

  private void walk(
      List<Event> events, LocalDate asOf, DuckDBAppender evenings, DuckDBAppender lines)
      throws SQLException {
    Event first = events.get(0);
    int next = 0;
    for (LocalDate day = first.firstDay(); day.isBefore(asOf); day = day.plusDays(1)) {
      for (; next < events.size() && events.get(next).day().equals(day); next++) {
        Event event = events.get(next);
        if (!event.isCount()) {
          move(event);
          continue;
        }
        boolean isOpening = first.isCount() && event.moment().equals(first.moment());
        if (!isOpening && isInAnotherUnit(event)) {
          continue;
        }
        BigDecimal book = event.lot().isEmpty() ? total() : nameLot(event);
        begin(lines, event.product(), day);
        lines.append(book).append(event.quantity());
        lines.append(isOpening).endRow();
        count(event, event.quantity().subtract(book));
      }
      begin(evenings, first.product(), day);
      evenings.append(total()).append(total().subtract(expired(day))).endRow();
    }
  }

  private static void begin(DuckDBAppender row, List<String> product, LocalDate day)
      throws SQLException {
    row.beginRow();
    for (String id : product) {
      row.append(id);
    }
    row.append(day);
  }

  /**
   * A lot may go below nothing; what leaves without a lot is taken for good from those there are.
   */
  private void move(Event event) {
    Sheet sheet = sheet(event.lot());
    sheet.quantity = sheet.quantity.add(event.quantity());
    event.expiresOn().ifPresent(day -> sheet.expiresOn = Optional.of(day));
    cover(sheets, sheets.get(""));
  }

  /**
   * Whether somebody counted packs where the books have pieces, or the reverse: within a fifth, ten
   * or more of one make one of the other, by the product's pack or, of fifty and more, a usual
   * pack.
   */
  private boolean isInAnotherUnit(Event count) {
    double book = total().doubleValue();
    if (!count.lot().isEmpty()) {
      double lot = sheet(count.lot()).quantity.doubleValue();
      double unnoted = Math.max(0, sheet("").quantity.doubleValue());
      book = lot + Math.max(0, Math.min(unnoted, count.quantity().doubleValue() - lot));
    }
    double counted = count.quantity().doubleValue();
    if (book <= 0 || counted <= 0) {
      return false;
    }
    double more = Math.max(book, counted);
    double fewer = Math.min(book, counted);
    List<Double> packs = new ArrayList<>();
    count.pack().map(BigDecimal::doubleValue).filter(size -> size >= 10).ifPresent(packs::add);
    if (more >= 50) {
      packs.addAll(List.of(10.0, 50.0, 100.0, 200.0, 500.0, 1000.0));
    }
    return packs.stream().anyMatch(size -> Math.abs(more - fewer * size) <= more / 5);
  }

  /** Moves to the lot's sheet what stock without a lot can give to what was counted of the lot. */
  private BigDecimal nameLot(Event count) {
    Sheet lot = sheet(count.lot());
    Sheet nobodyNoted = sheet("");
    if (lot.quantity.compareTo(count.quantity()) < 0 && nobodyNoted.quantity.signum() > 0) {
      BigDecimal both = lot.quantity.add(nobodyNoted.quantity);
      lot.quantity = both.min(count.quantity());
      nobodyNoted.quantity = both.subtract(lot.quantity);
    }
    return lot.quantity;
  }

  /** A count of a lot resets its sheet; one of the product leaves the difference to all sheets. */
  private void count(Event event, BigDecimal difference) {
    if (!event.lot().isEmpty()) {
      sheet(event.lot()).quantity = event.quantity();
      return;
    }
    sheet("").quantity = sheet("").quantity.add(difference);
    List.copyOf(sheets.values()).forEach(sheet -> cover(sheets, sheet));
    BigDecimal rest = NOTHING;
    for (Sheet sheet : sheets.values()) {
      if (sheet.quantity.signum() < 0) {
        rest = rest.add(sheet.quantity);
        sheet.quantity = NOTHING;
      }
    }
    sheet("").quantity = sheet("").quantity.add(rest);
  }

  /** What a sheet is short of comes from stock without a lot, then from what expires first. */
  private static void cover(Map<String, Sheet> sheets, Sheet shortOf) {
    if (shortOf == null || shortOf.quantity.signum() >= 0) {
      return;
    }
    for (Sheet sheet : sheets.values().stream().sorted(EXPIRES_FIRST).toList()) {
      BigDecimal part = shortOf.quantity.negate().min(sheet.quantity).max(BigDecimal.ZERO);
      sheet.quantity = sheet.quantity.subtract(part);
      shortOf.quantity = shortOf.quantity.add(part);
    }
  }

  private Sheet sheet(String lot) {
    return sheets.computeIfAbsent(lot, Sheet::new);
  }

  private BigDecimal total() {
    return sheets.values().stream().map(s -> s.quantity).reduce(NOTHING, BigDecimal::add);
  }

  /** What the lots that have expired hold, once the lots below nothing have been covered. */
  private BigDecimal expired(LocalDate day) {
    Map<String, Sheet> covered = new TreeMap<>();
    sheets.forEach(
        (lot, sheet) -> {
          Sheet copy = new Sheet(lot);
          copy.expiresOn = sheet.expiresOn;
          copy.quantity = sheet.quantity;
          covered.put(lot, copy);
        });
    covered.values().forEach(sheet -> cover(covered, sheet));
    return covered.values().stream()
        .filter(s -> s.expiresOn.filter(e -> e.isBefore(day)).isPresent())
        .map(s -> s.quantity.max(BigDecimal.ZERO))
        .reduce(NOTHING, BigDecimal::add);
  }
}
