package medspa.warehouse.relation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContract.Kind;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.relation.Relation.Field;
import medspa.warehouse.relation.Relation.Rows;

/**
 * How a canonical table is published: {@code practice_id}, the contract's columns under their
 * stored names, {@code local_date} for facts, {@code net_amount} for receipt lines, then where the
 * row came from. Rows that were deleted at their source are left out.
 */
public final class CanonicalRelations {
  private static final Field PRACTICE =
      new Field("practice_id", "VARCHAR", "The practice.", Optional.empty());
  private static final Field LOCAL_DATE =
      new Field(
          "local_date",
          "DATE",
          "Local day of the row in its location's own time zone.",
          Optional.empty());
  private static final Field NET_AMOUNT =
      new Field(
          "net_amount",
          "DECIMAL(18,4)",
          "Gross amount less discount, before tax.",
          Optional.of("currency of the practice"));
  private static final Field SOURCE_FILE =
      new Field(
          "source_file_id",
          "VARCHAR",
          "The ingested file the row came from, see ingest_files.",
          Optional.empty());
  private static final Field SOURCE_LINE =
      new Field(
          "source_line", "BIGINT", "Line of the file on which the row begins.", Optional.empty());

  private CanonicalRelations() {}

  /** The published form of every canonical table, sorted by name. */
  public static List<Relation> all(TableContracts contracts) {
    return contracts.all().stream().map(CanonicalRelations::of).toList();
  }

  /** The published form of one canonical table. */
  public static Relation of(TableContract contract) {
    List<Field> columns = new ArrayList<>();
    columns.add(PRACTICE);
    contract.columns().forEach(column -> columns.add(field(column)));
    if (contract.kind() == Kind.FACT) {
      columns.add(LOCAL_DATE);
    }
    if (contract.name().equals("sale_lines")) {
      columns.add(NET_AMOUNT);
    }
    columns.add(SOURCE_FILE);
    columns.add(SOURCE_LINE);
    List<String> key = new ArrayList<>(List.of("practice_id"));
    key.addAll(contract.storedKey());
    return new Relation(
        contract.name(),
        true,
        Relation.Kind.TABLE,
        List.of(),
        contract.grain(),
        List.copyOf(key),
        List.copyOf(columns),
        new Rows.Canonical(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        false,
        Optional.empty());
  }

  private static Field field(Column column) {
    String meaning =
        column.words().isEmpty()
            ? column.meaning()
            : column.meaning() + " One of " + String.join(", ", column.words()) + ".";
    Optional<String> unit =
        column.type() == ColumnType.MONEY
            ? column.unit().or(() -> NET_AMOUNT.unit())
            : column.unit();
    return new Field(column.storedName(), column.type().duckdbType(), meaning, unit);
  }
}
