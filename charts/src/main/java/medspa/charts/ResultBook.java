package medspa.charts;

import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import medspa.charts.document.Book;
import medspa.charts.document.Book.Column;
import medspa.charts.document.Book.Entry;
import medspa.charts.document.Value;
import medspa.charts.workbook.WorkbookRenderer;
import medspa.warehouse.kpi.KpiDefinition.Unit;
import medspa.warehouse.query.ValueReader;
import medspa.warehouse.query.WarehouseQuery;

/**
 * The rows of a statement as a workbook: numbers, days and yes or no are such cells. An instant is
 * the local time of the location that its row names, or of all locations where they share a zone,
 * else UTC.
 */
public final class ResultBook {
  private static final int WIDEST = 40;

  private final WarehouseQuery warehouse;
  private final Map<String, ZoneId> zones = new HashMap<>();
  private final LocalDate asOf;

  private ResultBook(WarehouseQuery warehouse) {
    this.warehouse = warehouse;
    warehouse
        .rows(
            "SELECT location_id, time_zone FROM locations",
            row -> Map.entry(row.text("location_id"), ZoneId.of(row.text("time_zone"))))
        .forEach(location -> zones.put(location.getKey(), location.getValue()));
    this.asOf = warehouse.row("SELECT as_of FROM runs", row -> row.date("as_of"));
  }

  /**
   * Writes the rows of a statement; the stream stays open.
   *
   * @param title of the file, such as the relation
   * @return how many rows
   * @throws medspa.warehouse.query.QueryException if the statement is refused or fails
   * @throws IllegalArgumentException if two columns have one name
   */
  public static long write(
      WarehouseQuery warehouse, String title, String statement, OutputStream out) {
    return new ResultBook(warehouse).write(title, statement, out);
  }

  private long write(String title, String statement, OutputStream out) {
    // What columns there are is known before the first row is.
    List<String> names = new ArrayList<>();
    warehouse.read("SELECT * FROM (" + withoutEnd(statement) + ") LIMIT 0", Header.into(names));
    List<Column> columns =
        names.stream()
            .map(name -> Column.of(name, Math.min(WIDEST, Math.max(12, name.length() + 3))))
            .toList();
    long[] rows = new long[1];
    Book.Sheet sheet =
        new Book.Sheet(
            "Rows",
            "A row of " + title + ".",
            columns,
            0,
            reader -> rows[0] = warehouse.read(statement, new Rows(names, reader)));
    new WorkbookRenderer()
        .render(
            new Book(
                title,
                "Rows of the warehouse as of " + asOf + ".",
                List.of(zoneWords(names)),
                asOf,
                "",
                List.of(sheet)),
            out);
    return rows[0];
  }

  private static String withoutEnd(String statement) {
    return statement.strip().replaceFirst(";\\s*$", "");
  }

  private String zoneWords(List<String> names) {
    if (names.contains("location_id")) {
      return "Instants are local times of the location that the row names.";
    }
    return shared()
        .map(zone -> "Instants are local times of " + zone + ".")
        .orElse("Instants are UTC, because no row names its location.");
  }

  /** The zone of all locations, if there is one. */
  private Optional<ZoneId> shared() {
    List<ZoneId> different = zones.values().stream().distinct().toList();
    return different.size() == 1 ? Optional.of(different.get(0)) : Optional.empty();
  }

  /** Only the names of the columns. */
  private record Header(List<String> names) implements ValueReader {
    static Header into(List<String> names) {
      return new Header(names);
    }

    @Override
    public void begin(List<String> columns) {
      names.addAll(columns);
    }

    @Override
    public void row(List<Object> values) {
      throw new IllegalStateException("A statement without rows gives one");
    }
  }

  /** Each row as entries of a sheet. */
  private final class Rows implements ValueReader {
    private final int place;
    private final Consumer<List<Entry>> reader;

    Rows(List<String> names, Consumer<List<Entry>> reader) {
      this.place =
          names.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList().indexOf("location_id");
      this.reader = reader;
    }

    @Override
    public void begin(List<String> columns) {
      // They are known.
    }

    @Override
    public void row(List<Object> values) {
      Object location = place < 0 ? null : values.get(place);
      ZoneId zone =
          location == null
              ? shared().orElse(ZoneOffset.UTC)
              : zones.getOrDefault(location.toString(), ZoneOffset.UTC);
      reader.accept(values.stream().map(value -> entry(value, zone)).toList());
    }

    private Entry entry(Object value, ZoneId zone) {
      if (value == null) {
        return Entry.NONE;
      } else if (value instanceof BigDecimal number) {
        return Entry.of(new Value.Amount(Unit.COUNT, number));
      } else if (value instanceof Double number) {
        return Double.isFinite(number)
            ? Entry.of(Value.Amount.of(Unit.COUNT, number))
            : Entry.words(number.toString());
      } else if (value instanceof Boolean isSet) {
        return Entry.of(new Value.Flag(isSet));
      } else if (value instanceof LocalDate day) {
        return Entry.of(new Value.Day(day));
      } else if (value instanceof LocalDateTime at) {
        return Entry.of(new Value.Moment(at));
      } else if (value instanceof Instant instant) {
        return Entry.of(new Value.Moment(LocalDateTime.ofInstant(instant, zone)));
      }
      return Entry.words(value.toString());
    }
  }
}
