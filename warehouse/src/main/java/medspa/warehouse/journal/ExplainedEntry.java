package medspa.warehouse.journal;

import static medspa.warehouse.query.Sql.literal;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.lake.Sha256;
import medspa.warehouse.query.QueryFormat;
import medspa.warehouse.query.WarehouseQuery;

/**
 * From an entry of the books to the rows of the exports behind its lines.
 *
 * @param location whose entry it is
 * @param from first of the days that it is of
 * @param to last of them
 */
public record ExplainedEntry(String practice, String location, LocalDate from, LocalDate to) {
  private static final Pattern NUMBER =
      Pattern.compile(
          "J(?<day>[0-9]{6})-(?<j>[0-9a-f]{8})|T(?<from>[0-9]{6})-(?<to>[0-9]{6})-(?<t>[0-9a-f]{6})");

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT);

  /** A line whose rows add up to something else. */
  public record Gap(String account, BigDecimal line, BigDecimal rows) {}

  /**
   * The entry of a number: one that was exported, or one as it is now.
   *
   * @param exported all entries of the practice that were exported
   * @return empty if no entry of the practice has the number
   * @throws medspa.warehouse.query.QueryException if the warehouse cannot be read
   */
  public static Optional<ExplainedEntry> of(
      WarehouseQuery warehouse, String practice, String number, List<ExportedEntry> exported) {
    Optional<JournalEntry> known =
        exported.stream()
            .map(ExportedEntry::entry)
            .filter(entry -> entry.number().equals(number) && !entry.isOpening())
            .findFirst();
    if (known.isPresent()) {
      JournalEntry entry = known.get();
      return Optional.of(new ExplainedEntry(practice, entry.location(), entry.from(), entry.to()));
    }
    Matcher parts = NUMBER.matcher(number);
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean isDay = parts.group("day") != null;
    String hash = parts.group(isDay ? "j" : "t");
    try {
      LocalDate from = LocalDate.parse(parts.group(isDay ? "day" : "from"), DAY);
      LocalDate to = LocalDate.parse(parts.group(isDay ? "day" : "to"), DAY);
      return warehouse
          .rows(
              "SELECT location_id FROM locations WHERE practice_id = $1",
              row -> row.text("location_id"),
              practice)
          .stream()
          .filter(location -> Sha256.of(location).startsWith(hash))
          .findFirst()
          .map(location -> new ExplainedEntry(practice, location, from, to));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes the rows behind each line, with the file and line that each was read from.
   *
   * @return how many
   */
  public long write(WarehouseQuery warehouse, QueryFormat format, Appendable out) {
    return warehouse.run(statement("explained_rows"), format, out);
  }

  /** The lines whose rows do not add up to them; none should be. */
  public List<Gap> gaps(WarehouseQuery warehouse) {
    return warehouse.rows(
        statement("explained_gaps"),
        row -> new Gap(row.text("account"), row.decimal("line"), row.decimal("rows")));
  }

  private String statement(String part) {
    return (Definitions.resource("sql/journal/explained.sql")
            + Definitions.resource("sql/journal/" + part + ".sql"))
        .replace("${practice}", literal(practice))
        .replace("${location}", literal(location))
        .replace("${from}", "DATE '" + from + "'")
        .replace("${to}", "DATE '" + to + "'");
  }
}
