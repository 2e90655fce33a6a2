package medspa.warehouse.reference;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import medspa.warehouse.contract.TableContract;

/**
 * One sheet of the reference workbook: a canonical table that a person can write down.
 *
 * @param name of the sheet
 * @param contract the table
 * @param about what a row is
 * @param columns in their order: those that tell what the row is about first
 * @param beside names that stand beside the key
 * @param seen what exports tell, last
 */
public record ReferenceSheet(
    String name,
    TableContract contract,
    String about,
    List<ReferenceColumn> columns,
    List<SeenColumn> beside,
    List<SeenColumn> seen) {
  /** Copies the columns. */
  public ReferenceSheet {
    columns = List.copyOf(columns);
    beside = List.copyOf(beside);
    seen = List.copyOf(seen);
  }

  /** Whether a sheet of a workbook is this one, whatever its letters' case. */
  public boolean isCalled(String sheet) {
    return sheet.strip().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
  }

  /** The column of that canonical name. */
  public Optional<ReferenceColumn> column(String canonical) {
    return columns.stream().filter(c -> c.name().equals(canonical)).findFirst();
  }

  /** The columns that a person fills in. */
  public List<ReferenceColumn> filled() {
    return columns.stream().filter(column -> !column.isKey()).toList();
  }

  /** The columns that tell what a row is about. */
  public List<ReferenceColumn> key() {
    return columns.stream().filter(ReferenceColumn::isKey).toList();
  }
}
