package medspa.warehouse.journal;

import static medspa.warehouse.query.Sql.literal;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
 * @param recorded of an entry that was exported itself, and what was exported to adjust it
 */
public record ExplainedEntry(
    String practice, String location, LocalDate from, LocalDate to, List<JournalEntry> recorded) {
  private static final Pattern NUMBER =
      Pattern.compile(
          "J(?<day>[0-9]{6})-(?<j>[0-9a-f]{8})|T(?<from>[0-9]{6})-(?<to>[0-9]{6})-(?<t>[0-9a-f]{6})");

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT);

  /** A line whose rows add up to something else. */
  public record Gap(String account, BigDecimal line, BigDecimal rows) {}

  /**
   * An account that has another amount than when the entry was exported.
   *
   * @param recorded in the entry
   * @param adjusted in what was exported to adjust it
   * @param now what the rows say
   */
  public record Change(String account, BigDecimal recorded, BigDecimal adjusted, BigDecimal now) {

    /** What no entry has yet. */
    public BigDecimal open() {
      return now.subtract(recorded).subtract(adjusted);
    }
  }

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
      return Optional.of(
          new ExplainedEntry(
              practice,
              entry.location(),
              entry.from(),
              entry.to(),
              exported.stream()
                  .map(ExportedEntry::entry)
                  .filter(other -> other.about().equals(entry.about()))
                  .toList()));
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
          .map(location -> new ExplainedEntry(practice, location, from, to, List.of()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes the rows behind each line, with the file and line that each was read from; of an entry
   * that was exported with what the line had then ({@code line_amount}), has now ({@code
   * amount_now}), and the difference.
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

  /**
   * The accounts that have other amounts now than in the entry that was exported; none if it was
   * not.
   */
  public List<Change> changes(WarehouseQuery warehouse) {
    if (recorded.isEmpty()) {
      return List.of();
    }
    Map<String, BigDecimal> now = new TreeMap<>();
    warehouse.rows(
        statement("explained_now"), row -> now.put(row.text("account"), row.decimal("amount")));
    Map<String, BigDecimal> was = recorded.get(0).amounts();
    Map<String, BigDecimal> adjusted = new TreeMap<>();
    recorded.stream()
        .skip(1)
        .forEach(
            one -> one.amounts().forEach((a, more) -> adjusted.merge(a, more, BigDecimal::add)));
    Set<String> accounts = new TreeSet<>(now.keySet());
    accounts.addAll(was.keySet());
    accounts.addAll(adjusted.keySet());
    return accounts.stream()
        .map(
            account ->
                new Change(
                    account,
                    was.getOrDefault(account, BigDecimal.ZERO),
                    adjusted.getOrDefault(account, BigDecimal.ZERO),
                    now.getOrDefault(account, BigDecimal.ZERO)))
        .filter(
            change -> change.now().compareTo(change.recorded()) != 0 || change.open().signum() != 0)
        .toList();
  }

  /** Weeks of the days that are in no entry, with what is missing, as {@link Journal#untold}. */
  public List<String> untold(WarehouseQuery warehouse) {
    return Journal.untold(warehouse, practice, Optional.of(location), from, to);
  }

  /** The lines of the entry when it was exported. */
  private String lines() {
    if (recorded.isEmpty()) {
      return "SELECT NULL::INTEGER, NULL::VARCHAR, NULL::VARCHAR, NULL::DECIMAL(38, 2) WHERE false";
    }
    return recorded.get(0).lines().stream()
        .map(
            line ->
                "("
                    + String.join(
                        ", ",
                        Integer.toString(line.position()),
                        literal(line.account()),
                        literal(line.memo()),
                        "CAST('" + line.amount().toPlainString() + "' AS DECIMAL(38, 2))")
                    + ")")
        .collect(Collectors.joining(", ", "VALUES ", ""));
  }

  private String statement(String part) {
    return (Definitions.resource("sql/journal/explained.sql")
            + Definitions.resource("sql/journal/" + part + ".sql"))
        .replace(
            "${amounts}",
            recorded.isEmpty()
                ? "l.amount AS line_amount"
                : "coalesce(e.amount, 0) AS line_amount, coalesce(l.amount, 0) AS amount_now,"
                    + " coalesce(l.amount, 0) - coalesce(e.amount, 0) AS difference")
        .replace("${recorded}", lines())
        .replace("${practice}", literal(practice))
        .replace("${location}", literal(location))
        .replace("${from}", "DATE '" + from + "'")
        .replace("${to}", "DATE '" + to + "'");
  }
}
