package medspa.jobs.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import medspa.jobs.ingest.Mapping.ColumnMapping;
import medspa.jobs.ingest.Mapping.Header;
import medspa.jobs.ingest.Mapping.NamedValues;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.jobs.read.Format;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContract.Check;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Sha256;
import medspa.warehouse.lake.WholeDeliveries;
import medspa.warehouse.query.Sql;
import medspa.warehouse.reference.ReferenceColumn;
import medspa.warehouse.reference.ReferenceSheet;
import medspa.warehouse.reference.ReferenceSheets;

/**
 * The reference workbook as a person filled it in: each sheet is an export of its own, of one
 * table. A text in [brackets] is what exports told when the workbook was suggested: it counts as an
 * empty cell, so that newer exports go on telling it. A row in which a person wrote nothing is
 * none.
 */
final class ReferenceFormat {
  /** Somebody may put a title and a note above the header. */
  static final int HEADER_WITHIN = 10;

  private static final List<ReferenceSheet> SHEETS = ReferenceSheets.load();

  private ReferenceFormat() {}

  /** Its sheets. */
  static List<ReferenceSheet> sheets() {
    return SHEETS;
  }

  /** The mapping of each sheet, in their order. */
  static List<Mapping> mappings() {
    return SHEETS.stream().map(sheet -> mapping(sheet, sheet.name())).toList();
  }

  /** Whether a mapping is that of a sheet. */
  static boolean is(Mapping mapping) {
    return mapping.id().equals(Mappings.REFERENCE);
  }

  /** The sheet that a mapping reads. */
  static ReferenceSheet sheet(Mapping mapping) {
    String table = mapping.tables().get(0).table();
    return SHEETS.stream()
        .filter(sheet -> sheet.contract().name().equals(table))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The same mapping for a sheet whose name is written in another case.
   *
   * @param name as the workbook has it
   */
  static Mapping called(Mapping mapping, String name) {
    return mapping.reading(mapping.format().onSheet(name, HEADER_WITHIN));
  }

  private static Mapping mapping(ReferenceSheet sheet, String name) {
    Map<String, ColumnMapping> columns = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    List<String> optional = new ArrayList<>();
    for (ReferenceColumn column : sheet.columns()) {
      columns.put(column.name(), new ColumnMapping(sql(column), false));
      boolean isNeeded = column.isKey() || column.column().required();
      (isNeeded ? required : optional).add(column.label());
    }
    String filled =
        sheet.filled().stream()
            .map(column -> own(column) + " IS NOT NULL")
            .collect(Collectors.joining(" OR "));
    return new Mapping(
        Mappings.REFERENCE,
        "Medspa Analytics",
        "reference workbook, sheet " + sheet.name(),
        "written by medspa reference suggest",
        Sha256.of("2 " + sheet.contract().name() + " " + sheet.columns()),
        Format.WORKBOOK.onSheet(name, HEADER_WITHIN),
        new Header(required, optional, Set.of(), Map.of(), Map.of(), List.of()),
        Delivery.WHOLE,
        Optional.of(NamedValues.optional(WholeDeliveries.DAY)),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        true,
        ClientScope.PRACTICE,
        List.of(
            new TableMapping(
                sheet.contract().name(),
                "source",
                Optional.of(filled),
                true,
                Optional.empty(),
                false,
                columns,
                Map.of())),
        Set.of(),
        List.of());
  }

  private static String sql(ReferenceColumn column) {
    if (column.isKey()) {
      return Sql.identifier(column.label());
    }
    if (!column.oneOf().isEmpty()) {
      return "lower(" + own(column) + ")";
    }
    return column.column().type() == ColumnType.MONEY ? "money(" + own(column) + ")" : own(column);
  }

  /** What a person wrote into the cell. */
  private static String own(ReferenceColumn column) {
    String cell = Sql.identifier(column.label());
    return "CASE WHEN NOT " + isTold(cell) + " THEN " + cell + " END";
  }

  private static String isTold(String cell) {
    return "regexp_full_match(trim(" + cell + "), '(?s)\\[.*\\]')";
  }

  /** The contract with what else a cell of the workbook must be: within its range, of its words. */
  static TableContract judged(Mapping mapping, TableContract contract) {
    if (!is(mapping)) {
      return contract;
    }
    List<Check> checks = new ArrayList<>(contract.checks());
    for (ReferenceColumn column : sheet(mapping).columns()) {
      String name = Sql.identifier(column.name());
      column
          .range()
          .ifPresent(
              range ->
                  checks.add(
                      new Check(
                          WrongCells.OUT_OF_RANGE,
                          column.name(),
                          "%s NOT BETWEEN %s AND %s"
                              .formatted(
                                  name,
                                  range.least().toPlainString(),
                                  range.most().toPlainString()))));
      if (!column.oneOf().isEmpty()) {
        checks.add(
            new Check(
                WrongCells.NO_CHOICE,
                column.name(),
                name + " NOT IN (" + Sql.literals(column.oneOf()) + ")"));
      }
    }
    return new TableContract(
        contract.name(),
        contract.grain(),
        contract.kind(),
        contract.key(),
        contract.date(),
        contract.columns(),
        checks);
  }
}
