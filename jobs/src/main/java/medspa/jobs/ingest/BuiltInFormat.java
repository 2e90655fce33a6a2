package medspa.jobs.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import medspa.jobs.ingest.Mapping.ColumnMapping;
import medspa.jobs.ingest.Mapping.Header;
import medspa.jobs.ingest.Mapping.NamedValues;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.jobs.read.Format;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.query.Sql;

/** The built-in format: exports whose columns are those of the canonical table. */
final class BuiltInFormat {
  /** Columns that somebody may put beside the canonical ones. */
  private static final List<List<String>> BUILT_IN_CLIENTS =
      List.of(
          List.of("client_id"),
          List.of("client_name"),
          List.of("name"),
          List.of("first_name", "last_name"),
          List.of("phone"));

  private BuiltInFormat() {}

  /** The mapping of a table onto itself. */
  static Mapping of(TableContract contract) {
    Map<String, ColumnMapping> columns = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    List<String> optional = new ArrayList<>();
    for (Column column : contract.columns()) {
      columns.put(column.name(), new ColumnMapping(Sql.identifier(column.name()), false));
      (column.required() ? required : optional).add(column.name());
    }
    boolean hasMoney = contract.columns().stream().anyMatch(c -> c.type() == ColumnType.MONEY);
    if (hasMoney) {
      optional.add("currency");
    }
    return new Mapping(
        Mappings.BUILT_IN,
        "Medspa Analytics",
        "built-in format of " + contract.name(),
        "the canonical table itself",
        Mappings.BUILT_IN + "-" + contract.name() + "-2",
        Format.CSV,
        new Header(required, optional, Set.of(), Map.of(), Map.of(), List.of()),
        Delivery.UPSERT,
        Optional.of(NamedValues.optional(Pattern.compile("(?<date>\\d{4}-\\d{2}-\\d{2})"))),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of(),
        Map.of(),
        hasMoney ? Optional.of(Sql.identifier("currency")) : Optional.empty(),
        Optional.empty(),
        List.of(),
        true,
        ClientScope.PRACTICE,
        List.of(
            new TableMapping(
                contract.name(),
                "source",
                Optional.empty(),
                true,
                Optional.empty(),
                false,
                columns,
                Map.of())),
        Set.of(),
        columns.containsKey("client_id") ? BUILT_IN_CLIENTS : List.of());
  }
}
