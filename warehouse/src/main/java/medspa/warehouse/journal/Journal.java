package medspa.warehouse.journal;

import static medspa.warehouse.query.Sql.literal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.query.QueryFormat;
import medspa.warehouse.query.Sql;
import medspa.warehouse.query.WarehouseQuery;

/**
 * The journal entries of some days of a practice as CSV, balanced, one for each location and day or
 * one for each location, from {@code journal_daily} of the published warehouse.
 */
public final class Journal {
  private Journal() {}

  /**
   * Which entries to write.
   *
   * @param location only this location
   * @param isTotal whether the days are added up to one entry per location, dated on the last
   */
  public record Request(
      String practice,
      Optional<String> location,
      LocalDate from,
      LocalDate to,
      boolean isTotal,
      JournalFormat format,
      Accounts accounts) {}

  /**
   * A file to import.
   *
   * @param lines lines of entries in it, without the head
   */
  public record Part(String csv, long lines) {}

  private record Entry(String number, long lines) {}

  /**
   * Writes the entries.
   *
   * @return as few files of whole entries as the format's limit of lines allows; none if nothing
   *     was sold, paid or used on the days
   * @throws IllegalArgumentException if Xero's file is wanted and an account that is booked to has
   *     no code
   * @throws medspa.warehouse.query.QueryException if the warehouse cannot be read
   */
  public static List<Part> write(WarehouseQuery warehouse, Request request) {
    String all = lines(request, "true");
    if (request.format() == JournalFormat.XERO) {
      requireCodes(warehouse, all, request.accounts());
    }
    List<Entry> entries =
        warehouse.rows(
            all + Definitions.resource("sql/journal/entries.sql"),
            row -> new Entry(row.text("entry_number"), row.count("lines")));
    List<Part> parts = new ArrayList<>();
    for (List<Entry> together : filled(entries, request.format().mostLines())) {
      String chosen =
          together.size() == entries.size()
              ? "true"
              : "n.entry_number IN ("
                  + together.stream()
                      .map(entry -> literal(entry.number()))
                      .collect(Collectors.joining(", "))
                  + ")";
      StringBuilder csv = new StringBuilder();
      long count = warehouse.run(lines(request, chosen) + columns(request), QueryFormat.CSV, csv);
      parts.add(new Part(csv.toString(), count));
    }
    return parts;
  }

  /** Entries in their order, as many together as have no more than some lines. */
  private static List<List<Entry>> filled(List<Entry> entries, int mostLines) {
    List<List<Entry>> filled = new ArrayList<>();
    long lines = mostLines;
    for (Entry entry : entries) {
      if (lines + entry.lines() > mostLines) {
        filled.add(new ArrayList<>());
        lines = 0;
      }
      filled.get(filled.size() - 1).add(entry);
      lines += entry.lines();
    }
    return filled;
  }

  private static String lines(Request request, String entries) {
    return Definitions.resource("sql/journal/lines.sql")
        .replace("${accounts}", values(request.accounts()))
        .replace("${is_total}", Boolean.toString(request.isTotal()))
        .replace("${from}", request.from().toString())
        .replace("${to}", request.to().toString())
        .replace("${practice}", literal(request.practice()))
        .replace("${location}", request.location().map(Sql::literal).orElse("NULL"))
        .replace("${entries}", entries);
  }

  private static String columns(Request request) {
    return Definitions.resource(request.format().resource())
        .replace("${tax_rate}", literal(request.accounts().xeroTaxRate()))
        .replace("${tracking}", text(request.accounts().xeroTracking()));
  }

  /**
   * The locations without entries of some of the days because sales or payments of a week did not
   * arrive, with what is missing, such as {@code Waco (payments of the week of 2026-03-23)}.
   *
   * @throws medspa.warehouse.query.QueryException if the warehouse cannot be read
   */
  public static List<String> untold(WarehouseQuery warehouse, Request request) {
    return warehouse.rows(
        Definitions.resource("sql/journal/untold.sql"),
        row ->
            row.text("name")
                + " ("
                + row.text("missing")
                + " of the week of "
                + row.text("week")
                + ")",
        request.practice(),
        request.location(),
        request.from(),
        request.to());
  }

  /**
   * What was sold and paid on the days in rows that were rejected, which is in no entry, such as
   * {@code Waco (sales of 120.00 in 2 rows)}. Rows whose day or place cannot be read may be of
   * these days and locations and are named as such: {@code Waco on an unknown day (…)}, {@code an
   * unknown place (…)}.
   *
   * @throws medspa.warehouse.query.QueryException if the warehouse cannot be read
   */
  public static List<String> rejected(WarehouseQuery warehouse, Request request) {
    return warehouse.rows(
        Definitions.resource("sql/journal/rejected.sql"),
        row ->
            row.text("place")
                + " ("
                + row.text("what")
                + " of "
                + row.decimal("amount").toPlainString()
                + " in "
                + row.count("rows")
                + (row.count("rows") == 1 ? " row" : " rows")
                + (row.count("unreadable") == 0
                    ? ""
                    : ", " + row.count("unreadable") + " of them without a readable amount")
                + ")",
        request.practice(),
        request.location(),
        request.from(),
        request.to());
  }

  private static void requireCodes(WarehouseQuery warehouse, String lines, Accounts accounts) {
    StringBuilder missing = new StringBuilder();
    long count =
        warehouse.run(
            lines + Definitions.resource("sql/journal/missing_codes.sql"),
            QueryFormat.CSV,
            missing);
    if (count > 0) {
      List<String> ids = missing.toString().lines().skip(1).toList();
      throw new IllegalArgumentException(
          "Xero needs the code of every account that is booked to; give these a code under"
              + " `accounts:` in medspa.yaml, such as `"
              + ids.get(0)
              + ": {name: "
              + accounts.all().get(ids.get(0)).name()
              + ", code: 200}`: "
              + String.join(", ", ids));
    }
  }

  private static String values(Accounts accounts) {
    return accounts.all().entrySet().stream()
        .map(
            entry ->
                "("
                    + String.join(
                        ", ",
                        literal(entry.getKey()),
                        literal(entry.getValue().name()),
                        text(entry.getValue().code()),
                        text(accounts.contact(entry.getKey())))
                    + ")")
        .collect(Collectors.joining(", "));
  }

  private static String text(Optional<String> value) {
    return value.map(Sql::literal).orElse("NULL::VARCHAR");
  }
}
