package medspa.warehouse.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContract.Kind;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.ResourceFolder;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.reference.ReferenceColumn.Range;

/**
 * The sheets of the reference workbook, loaded and validated as a whole from {@code reference/}. A
 * column of the table that the file does not name comes last, under its own name.
 */
public final class ReferenceSheets {
  private static final Set<String> KEYS =
      Set.of("sheet", "table", "order", "about", "columns", "beside", "seen");
  private static final Set<String> COLUMN_KEYS =
      Set.of("label", "explain", "width", "asked", "unless_seen", "one_of", "min", "max");

  private static final Set<String> SEEN_KEYS = Set.of("label", "explain", "width", "kind");

  private static final BigDecimal MOST_MINUTES = new BigDecimal("720");
  private static final BigDecimal MOST_DAYS = new BigDecimal("3650");
  private static final int USUAL_WIDTH = 16;

  private ReferenceSheets() {}

  /**
   * The sheets in their order.
   *
   * @throws medspa.warehouse.definition.InvalidDefinitionException naming file and field
   */
  public static List<ReferenceSheet> load() {
    Problems problems = new Problems();
    List<ReferenceSheet> sheets =
        load(ResourceFolder.shipped("reference"), TableContracts.load(), problems);
    problems.failIfAny();
    return sheets;
  }

  /** The sheets of a folder of some class path; problems go where the caller collects them. */
  static List<ReferenceSheet> load(
      ResourceFolder folder, TableContracts contracts, Problems problems) {
    SortedMap<Integer, ReferenceSheet> sheets = new TreeMap<>();
    Set<String> names = new HashSet<>();
    for (String id : folder.names(".yaml")) {
      String file = id + ".yaml";
      YamlValue yaml = YamlValue.parse(folder.path(file), folder.text(file), problems);
      yaml.allowOnly(KEYS);
      String table = yaml.text("table");
      if (!table.equals(id) || !contracts.names().contains(table)) {
        yaml.problem("must be about the table " + id + " like the file");
        continue;
      }
      TableContract contract = contracts.table(table);
      if (contract.kind() != Kind.REFERENCE
          || contract.columns().stream().anyMatch(c -> c.type() == ColumnType.CLIENT)) {
        yaml.problem("is about facts or clients, which a person cannot write down; take it out");
      }
      ReferenceSheet sheet =
          new ReferenceSheet(
              yaml.text("sheet"),
              contract,
              yaml.text("about"),
              columns(yaml, contract),
              seen(yaml, "beside"),
              seen(yaml, "seen"));
      if (!names.add(sheet.name().toLowerCase(Locale.ROOT))
          || sheets.put(yaml.integer("order", 0), sheet) != null) {
        yaml.problem("has the name or the order of another sheet; give it its own");
      }
    }
    return List.copyOf(sheets.values());
  }

  private static List<SeenColumn> seen(YamlValue yaml, String key) {
    List<SeenColumn> seen = new ArrayList<>();
    yaml.find(key)
        .map(YamlValue::entries)
        .orElse(Map.of())
        .forEach(
            (name, value) -> {
              value.allowOnly(SEEN_KEYS);
              seen.add(
                  new SeenColumn(
                      name,
                      value
                          .find("kind")
                          .flatMap(kind -> kind.word(SeenColumn.Kind.class))
                          .orElse(SeenColumn.Kind.TEXT),
                      value.text("label"),
                      value.text("explain"),
                      value.integer("width", USUAL_WIDTH)));
            });
    return seen;
  }

  private static List<ReferenceColumn> columns(YamlValue yaml, TableContract contract) {
    List<ReferenceColumn> columns = new ArrayList<>();
    Map<String, YamlValue> told = yaml.find("columns").map(YamlValue::entries).orElse(Map.of());
    Set<String> labels = new HashSet<>();
    told.forEach(
        (name, value) -> {
          value.allowOnly(COLUMN_KEYS);
          Optional<Column> column = contract.column(name);
          if (column.isEmpty()) {
            value.problem("is no column of " + contract.name());
          } else {
            columns.add(column(contract, column.get(), value));
          }
          if (!labels.add(value.text("label"))) {
            value.problem("has the label of another column; give it its own");
          }
        });
    for (Column column : contract.columns()) {
      if (!told.containsKey(column.name())) {
        columns.add(
            new ReferenceColumn(
                column,
                label(column.name()),
                column.meaning(),
                USUAL_WIDTH,
                contract.key().contains(column.name()),
                false,
                Optional.empty(),
                column.words(),
                range(column, Optional.empty(), Optional.empty())));
      }
    }
    return columns;
  }

  private static ReferenceColumn column(TableContract contract, Column column, YamlValue yaml) {
    return new ReferenceColumn(
        column,
        yaml.text("label"),
        yaml.text("explain"),
        yaml.integer("width", USUAL_WIDTH),
        contract.key().contains(column.name()),
        yaml.flag("asked", false),
        yaml.optionalText("unless_seen"),
        column.words().isEmpty() ? yaml.texts("one_of") : column.words(),
        range(
            column,
            yaml.find("min").flatMap(value -> value.convert(BigDecimal::new)),
            yaml.find("max").flatMap(value -> value.convert(BigDecimal::new))));
  }

  private static Optional<Range> range(
      Column column, Optional<BigDecimal> least, Optional<BigDecimal> most) {
    if (!ReferenceColumn.isNumber(column.type())) {
      return Optional.empty();
    }
    BigDecimal usual =
        switch (column.unit().orElse("")) {
          case "minutes" -> MOST_MINUTES;
          case "days" -> MOST_DAYS;
          default -> Range.MOST;
        };
    return Optional.of(new Range(least.orElse(BigDecimal.ZERO), most.orElse(usual)));
  }

  private static String label(String name) {
    String words = name.replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
