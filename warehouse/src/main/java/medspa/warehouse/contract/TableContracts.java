package medspa.warehouse.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import medspa.warehouse.contract.TableContract.Check;
import medspa.warehouse.contract.TableContract.Kind;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.ResourceFolder;
import medspa.warehouse.definition.YamlValue;

/** The contracts of all canonical tables, loaded and validated as a whole from {@code tables/}. */
public final class TableContracts {
  private final Map<String, TableContract> contracts;

  private TableContracts(Map<String, TableContract> contracts) {
    this.contracts = contracts;
  }

  /**
   * Loads the contracts shipped with the program.
   *
   * @throws medspa.warehouse.definition.InvalidDefinitionException naming file and field
   */
  public static TableContracts load() {
    Problems problems = new Problems();
    Map<String, TableContract> contracts = new LinkedHashMap<>();
    ResourceFolder folder = ResourceFolder.shipped("tables");
    for (String name : folder.names(".yaml")) {
      String file = folder.path(name + ".yaml");
      TableContract contract = parse(YamlValue.parse(file, folder.text(name + ".yaml"), problems));
      if (!contract.name().equals(name)) {
        problems.add(file + " table", "must be " + name + " like the file");
      }
      contracts.put(name, contract);
    }
    problems.failIfAny();
    return new TableContracts(contracts);
  }

  /** All contracts, sorted by name. */
  public List<TableContract> all() {
    return List.copyOf(contracts.values());
  }

  /** The names of all tables. */
  public Set<String> names() {
    return contracts.keySet();
  }

  /**
   * The contract of a table.
   *
   * @throws IllegalArgumentException if there is no such table
   */
  public TableContract table(String name) {
    TableContract contract = contracts.get(name);
    if (contract == null) {
      throw new IllegalArgumentException(
          "There is no table " + name + "; tables are " + String.join(", ", contracts.keySet()));
    }
    return contract;
  }

  /** Reads one contract; problems go into the document's {@link Problems}. */
  static TableContract parse(YamlValue yaml) {
    yaml.allowOnly(Set.of("table", "grain", "kind", "key", "date", "columns", "checks"));
    List<Column> columns = new ArrayList<>();
    yaml.find("columns")
        .ifPresentOrElse(
            map -> map.entries().forEach((name, value) -> columns.add(column(name, value))),
            () -> yaml.problem("needs the key columns"));
    Set<String> names = Set.copyOf(columns.stream().map(Column::name).toList());
    List<String> key = yaml.texts("key");
    if (key.isEmpty()) {
      yaml.problem("needs a key");
    }
    for (YamlValue element : yaml.list("key")) {
      if (!names.contains(element.text())) {
        element.problem("is not a column of the table");
      }
    }
    List<Check> checks = new ArrayList<>();
    for (YamlValue element : yaml.list("checks")) {
      element.allowOnly(Set.of("reason", "column", "reject_when"));
      Check check =
          new Check(element.text("reason"), element.text("column"), element.text("reject_when"));
      if (!names.contains(check.column())) {
        element.problem("names the column " + check.column() + ", which the table does not have");
      }
      checks.add(check);
    }
    Kind kind =
        yaml.convert(
            "kind",
            Kind.FACT,
            text -> {
              if (!text.equals("fact") && !text.equals("reference")) {
                throw new IllegalArgumentException("must be fact or reference");
              }
              return Kind.valueOf(text.toUpperCase(Locale.ROOT));
            });
    if (kind == Kind.FACT && yaml.find("date").isEmpty()) {
      yaml.problem("needs a date, because it is a fact");
    }
    return new TableContract(
        yaml.text("table"),
        yaml.text("grain"),
        kind,
        key,
        yaml.optionalText("date"),
        List.copyOf(columns),
        List.copyOf(checks));
  }

  private static Column column(String name, YamlValue value) {
    value.allowOnly(Set.of("type", "required", "words", "meaning", "unit", "past"));
    ColumnType type =
        value.convert(
            "type",
            ColumnType.TEXT,
            text -> {
              try {
                return ColumnType.valueOf(text.toUpperCase(Locale.ROOT));
              } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("is not a type", e);
              }
            });
    List<String> words = value.texts("words");
    if ((type == ColumnType.WORD) == words.isEmpty()) {
      value.problem("needs words if, and only if, its type is word");
    }
    boolean past = value.flag("past", false);
    if (past && type != ColumnType.INSTANT) {
      value.problem("can only be past if its type is instant");
    }
    return new Column(
        name,
        type,
        value.flag("required", false),
        words,
        value.text("meaning"),
        value.optionalText("unit"),
        past);
  }
}
