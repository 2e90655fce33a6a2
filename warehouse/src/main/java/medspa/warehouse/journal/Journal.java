package medspa.warehouse.journal;

import static medspa.warehouse.query.Sql.literal;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.journal.Accounts.Account;
import medspa.warehouse.query.QueryFormat;
import medspa.warehouse.query.Sql;
import medspa.warehouse.query.WarehouseQuery;

/**
 * The week's journal entries of a practice as CSV, one balanced entry per location, from {@code
 * journal_weekly} of the published warehouse.
 */
public final class Journal {
  private Journal() {}

  /**
   * Which entries to write.
   *
   * @param week first day of the week
   * @param location only this location
   */
  public record Request(
      String practice,
      Optional<String> location,
      LocalDate week,
      JournalFormat format,
      Accounts accounts) {}

  /**
   * Writes the entries.
   *
   * @return the number of lines, 0 if nothing was sold or paid in the week
   * @throws IllegalArgumentException if Xero's file is wanted and an account that is booked to has
   *     no code
   * @throws medspa.warehouse.query.QueryException if the warehouse cannot be read
   */
  public static long write(WarehouseQuery warehouse, Request request, Appendable out) {
    String lines =
        Definitions.resource("sql/journal/lines.sql")
            .replace("${accounts}", values(request.accounts().all()))
            .replace("${week}", request.week().toString())
            .replace("${practice}", literal(request.practice()))
            .replace("${location}", request.location().map(Sql::literal).orElse("NULL"));
    if (request.format() == JournalFormat.XERO) {
      requireCodes(warehouse, lines, request.accounts());
    }
    String columns =
        Definitions.resource(request.format().resource())
            .replace("${tax_rate}", literal(request.accounts().xeroTaxRate()));
    return warehouse.run(lines + columns, QueryFormat.CSV, out);
  }

  /**
   * The locations that have no entry because sales or payments of the week did not arrive, with
   * what is missing, such as {@code Waco (payments)}.
   *
   * @throws medspa.warehouse.query.QueryException if the warehouse cannot be read
   */
  public static List<String> untold(
      WarehouseQuery warehouse, String practice, Optional<String> location, LocalDate week) {
    return warehouse.rows(
        Definitions.resource("sql/journal/untold.sql"),
        row -> row.text("name") + " (" + row.text("missing") + ")",
        practice,
        location,
        week);
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

  private static String values(Map<String, Account> accounts) {
    return accounts.entrySet().stream()
        .map(
            entry ->
                "("
                    + literal(entry.getKey())
                    + ", "
                    + literal(entry.getValue().name())
                    + ", "
                    + entry.getValue().code().map(Sql::literal).orElse("NULL::VARCHAR")
                    + ")")
        .collect(Collectors.joining(", "));
  }
}
