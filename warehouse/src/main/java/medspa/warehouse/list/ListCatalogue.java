package medspa.warehouse.list;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContract.Kind;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.ResourceFolder;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.list.ListDefinition.ListColumn;
import medspa.warehouse.list.ListDefinition.Part;
import medspa.warehouse.query.Sql;

/** All lists, loaded and validated as a whole from {@code lists/}. */
public final class ListCatalogue {
  private static final Set<String> KEYS =
      Set.of("list", "order", "label", "relation", "needs", "gains");

  private static final String FIRST = "(SELECT last_week - 84 FROM computed)";
  private static final String LAST = "(SELECT last_week + 6 FROM computed)";

  private final List<ListDefinition> definitions;
  private final TableContracts contracts;

  private ListCatalogue(List<ListDefinition> definitions, TableContracts contracts) {
    this.definitions = definitions;
    this.contracts = contracts;
  }

  /**
   * Loads the definitions shipped with the program.
   *
   * @throws medspa.warehouse.definition.InvalidDefinitionException naming file and field
   */
  public static ListCatalogue load() {
    Problems problems = new Problems();
    ListCatalogue lists = load(ResourceFolder.shipped("lists"), TableContracts.load(), problems);
    problems.failIfAny();
    return lists;
  }

  /**
   * Loads the definitions of a folder of some class path; problems go where the caller collects
   * them.
   */
  public static ListCatalogue load(
      ResourceFolder folder, TableContracts contracts, Problems problems) {
    SortedMap<Integer, ListDefinition> inOrder = new TreeMap<>();
    for (String id : folder.names(".yaml")) {
      String file = id + ".yaml";
      YamlValue yaml = YamlValue.parse(folder.path(file), folder.text(file), problems);
      yaml.allowOnly(KEYS);
      ListDefinition list =
          new ListDefinition(
              yaml.text("list"),
              yaml.integer("order", 0),
              yaml.text("label"),
              yaml.text("relation"),
              parts(yaml, "needs", contracts),
              parts(yaml, "gains", contracts));
      if (!list.id().equals(id)) {
        yaml.problem("must define the list " + id + " like the file");
      }
      if (list.needs().isEmpty()) {
        yaml.problem("needs at least one column without which the list says nothing, under needs");
      }
      ListDefinition other = inOrder.put(list.order(), list);
      if (other != null) {
        yaml.problem("has the order of " + other.id() + "; give it one of its own");
      }
    }
    return new ListCatalogue(List.copyOf(inOrder.values()), contracts);
  }

  /** All definitions in their order. */
  public List<ListDefinition> all() {
    return definitions;
  }

  /** One SELECT of what the lists are made of: a row for each part and each of its columns. */
  public String parts() {
    List<String> rows = new ArrayList<>();
    for (ListDefinition list : definitions) {
      List<Part> parts = new ArrayList<>(list.needs());
      parts.addAll(list.gains());
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i);
        for (String column : columns(part)) {
          rows.add(
              "("
                  + String.join(
                      ", ",
                      Integer.toString(list.order()),
                      Sql.literal(list.id()),
                      Sql.literal(list.label()),
                      Sql.literal(list.relation()),
                      Integer.toString(i),
                      Boolean.toString(i < list.needs().size()),
                      Sql.literal(part.name()),
                      Sql.literal(part.without()),
                      Sql.literal(column),
                      Sql.literal(part.word().orElse("")))
                  + ")");
        }
      }
    }
    return "SELECT * FROM (VALUES\n"
        + String.join(",\n", rows)
        + ") p (list_order, list, label, relation, position, is_needed, name, without, column_name, word)";
  }

  /**
   * One SELECT of what the exports tell of each of these columns in the 13 weeks to the end of the
   * last computed one, by location: of how many things, and of how many of them. Reads the things
   * that a location uses from {@code used}.
   */
  public String told() {
    Map<String, String> selects = new LinkedHashMap<>();
    for (ListDefinition list : definitions) {
      Stream.concat(list.needs().stream(), list.gains().stream())
          .forEach(
              part -> {
                part.setting()
                    .ifPresent(
                        setting ->
                            selects.put(
                                setting,
                                told(setting, "", setting, "count(*)", " FROM " + setting)));
                part.columns()
                    .forEach(
                        column ->
                            selects.put(
                                column.name() + " " + part.word().orElse(""),
                                told(column, part.word())));
              });
    }
    return String.join("\nUNION ALL\n", selects.values());
  }

  private static List<String> columns(Part part) {
    return part.setting()
        .map(List::of)
        .orElseGet(() -> part.columns().stream().map(ListColumn::name).toList());
  }

  private String told(ListColumn column, Optional<String> word) {
    TableContract contract = contracts.table(column.table());
    String stored = contract.column(column.column()).orElseThrow().storedName();
    if (contract.kind() == Kind.FACT) {
      return told(
          column.name(),
          word.orElse(""),
          "rows of " + column.table(),
          word.map(w -> "count(*) FILTER (" + stored + " = " + Sql.literal(w) + ")")
              .orElse("count(" + stored + ")"),
          " FROM " + column.table() + " WHERE local_date BETWEEN " + FIRST + " AND " + LAST);
    }
    String thing =
        contract.storedKey().stream()
            .filter(key -> !key.equals("location_id"))
            .findFirst()
            .orElseThrow();
    return told(
        column.name(),
        word.orElse(""),
        thing.replaceAll("_(id|key)$", "s"),
        "count(told)",
        " FROM (SELECT u.practice_id, u.location_id, u.thing, any_value(r."
            + stored
            + ") AS told FROM used u LEFT JOIN "
            + column.table()
            + " r ON r.practice_id = u.practice_id AND r."
            + thing
            + " = u.thing WHERE u.kind = "
            + Sql.literal(thing)
            + " GROUP BY ALL)");
  }

  private static String told(String column, String word, String things, String count, String from) {
    return "SELECT practice_id, location_id, "
        + Sql.literal(column)
        + " AS column_name, "
        + Sql.literal(word)
        + " AS word, "
        + Sql.literal(things.replace('_', ' '))
        + " AS things_name, count(*) AS things, "
        + count
        + " AS told"
        + from
        + " GROUP BY practice_id, location_id";
  }

  private static List<Part> parts(YamlValue yaml, String key, TableContracts contracts) {
    List<Part> parts = new ArrayList<>();
    for (YamlValue part : yaml.list(key)) {
      part.allowOnly(Set.of("column", "setting", "word", "else", "without"));
      Optional<String> word = part.optionalText("word");
      List<ListColumn> columns = new ArrayList<>();
      for (YamlValue name : part.list("column")) {
        column(name, word, contracts).ifPresent(columns::add);
      }
      Optional<String> setting = part.optionalText("setting");
      if (part.find("column").isPresent() == setting.isPresent()) {
        part.problem("needs a column, such as services.turnover_minutes, or a setting");
      }
      parts.add(
          new Part(
              List.copyOf(columns),
              setting,
              word,
              part.optionalText("else"),
              part.text("without")));
    }
    return List.copyOf(parts);
  }

  private static Optional<ListColumn> column(
      YamlValue yaml, Optional<String> word, TableContracts contracts) {
    String name = yaml.text();
    int dot = name.indexOf('.');
    String table = name.substring(0, Math.max(dot, 0));
    if (!contracts.names().contains(table)) {
      yaml.problem("must be a column of a canonical table, such as services.turnover_minutes");
      return Optional.empty();
    }
    Optional<Column> column = contracts.table(table).column(name.substring(dot + 1));
    if (column.isEmpty()) {
      yaml.problem("is no column of " + table);
    } else if (word.isPresent() && !column.get().words().contains(word.get())) {
      yaml.problem("never has the word " + word.get());
    }
    return column.map(found -> new ListColumn(table, found.name()));
  }
}
