package medspa.jobs.ingest;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import medspa.jobs.read.CellFault;
import medspa.warehouse.definition.Spelling;

/**
 * Tells the rows of a report that add up others from its records. Such a row leaves the columns
 * empty that every record fills, or has a word such as Total in them; and it says what it is, holds
 * nothing but numbers, or is a line of text alone. A record that has merely lost its id is none of
 * these, and is judged as a record.
 */
final class TotalRows {
  private static final Pattern WORD =
      Pattern.compile(
          "(?i)(grand|sub|over-?all|report|page|running|net)?[ -]*totals?\\b.{0,60}"
              + "|.{0,60}\\b(sub|grand )?totals?:?"
              + "|(sum|summe|gesamt(summe)?|totale|somme|average|avg|mean|count)\\b.{0,20}"
              + "|all");

  /** What nothing but a total is called; "Total Body Wax" and "Total Defense" are sold. */
  private static final Pattern PLAIN_WORD =
      Pattern.compile(
          "(?i)(grand|sub|over-?all|report|page|running|net)?[ -]*totals?:?( (for|of|by|on)\\b.*)?|all");

  private static final Pattern NUMBER =
      Pattern.compile("[-+(]?\\s*[$£€]?\\s*[-+]?[0-9][0-9.,: ']*\\s*[$£€%]?\\)?|-+|\\$ ?-");

  private final List<Integer> filled;

  /**
   * The totals of one file.
   *
   * @param filled positions of the columns that every record fills, null for one that the file
   *     lacks; without any no row is a total
   */
  TotalRows(List<Integer> filled) {
    this.filled = filled.stream().filter(Objects::nonNull).toList();
  }

  /** Whether a row is no record. */
  boolean isTotal(List<String> fields) {
    if (filled.isEmpty()) {
      return false;
    }
    for (int position : filled) {
      String id = position < fields.size() ? Spelling.of(fields.get(position)) : "";
      if (!id.isEmpty() && !WORD.matcher(id).matches()) {
        return false;
      }
    }
    List<String> cells = fields.stream().map(Spelling::of).filter(c -> !c.isEmpty()).toList();
    // Beside a word that may be a name, a total has no more than what it adds up, such as a tender.
    long texts = cells.stream().filter(cell -> !NUMBER.matcher(cell).matches()).count();
    return cells.size() <= 1
        || cells.stream().anyMatch(cell -> PLAIN_WORD.matcher(cell).matches())
        || (texts <= 2 && cells.stream().anyMatch(cell -> WORD.matcher(cell).matches()))
        || cells.stream()
            .allMatch(cell -> NUMBER.matcher(cell).matches() || CellFault.of(cell).isPresent());
  }
}
