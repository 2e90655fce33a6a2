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
        List<String> told = new ArrayList<>();
        part.setting().ifPresent(setting -> told.add(Sql.literal(setting) + ", ''"));
        for (ListColumn column : part.columns()) {
          told.add(Sql.literal(column.name()) + ", " + Sql.literal(condition(column, part)));
        }
        for (String columnAndCondition : told) {
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
                      Sql.literal(part.called()),
                      Sql.literal(part.without()),
                      Boolean.toString(!part.words().isEmpty()),
                      Boolean.toString(isByHand(part)),
                      columnAndCondition)
                  + ")");
        }
      }
    }
    return "SELECT * FROM (VALUES\n"
        + String.join(",\n", rows)
        + ") p (list_order, list, label, relation, position, is_needed, name, called, without, is_word, is_by_hand, column_name, condition)";
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
                                told(setting, "", setting, true, "count(*)", " FROM " + setting)));
                part.columns()
                    .forEach(
                        column ->
                            selects.put(
                                column.name() + " " + condition(column, part), told(column, part)));
              });
    }
    return String.join("\nUNION ALL\n", selects.values());
  }

  /** Which of its values count, and of which rows. */
  private String condition(ListColumn column, Part part) {
    return String.join(", ", words(column, part)) + rowsThatCount(part);
  }

  /** Those of the part's words that the column can have. */
  private List<String> words(ListColumn column, Part part) {
    List<String> own =
        contracts.table(column.table()).column(column.column()).orElseThrow().words();
    return part.words().stream().filter(own::contains).toList();
  }

  private static String rowsThatCount(Part part) {
    return part.where().isEmpty()
        ? ""
        : " ("
            + String.join(
                "; ", part.where().values().stream().map(w -> String.join(", ", w)).toList())
            + ")";
  }

  /**
   * Whether a setting, or a table that a person can write down, tells it; who the clients are, only
   * exports.
   */
  private boolean isByHand(Part part) {
    return part.setting().isPresent()
        || part.otherwise().isPresent()
        || part.columns().stream()
            .anyMatch(
                column ->
                    contracts.table(column.table()).kind() == Kind.REFERENCE
                        && !contracts.table(column.table()).storedKey().contains("client_key"));
  }

  private String told(ListColumn column, Part part) {
    TableContract contract = contracts.table(column.table());
    String stored = contract.column(column.column()).orElseThrow().storedName();
    List<String> words = words(column, part);
    String condition = condition(column, part);
    if (contract.kind() == Kind.FACT) {
      StringBuilder rows =
          new StringBuilder(
              " FROM " + column.table() + " WHERE local_date BETWEEN " + FIRST + " AND " + LAST);
      part.where().forEach((other, values) -> rows.append(" AND " + other + isOneOf(values)));
      return told(
          column.name(),
          condition,
          column.table() + rowsThatCount(part),
          true,
          words.isEmpty()
              ? "count(" + stored + ")"
              : "count(*) FILTER (" + stored + isOneOf(words) + ")",
          rows.toString());
    }
    String thing =
        contract.storedKey().stream()
            .filter(key -> !key.equals("location_id"))
            .findFirst()
            .orElseThrow();
    return told(
        column.name(),
        condition,
        thing.replaceAll("_(id|key)$", "s"),
        false,
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

  private static String isOneOf(List<String> words) {
    return " IN (" + String.join(", ", words.stream().map(Sql::literal).toList()) + ")";
  }

  private static String told(
      String column, String condition, String things, boolean areRows, String count, String from) {
    return "SELECT practice_id, location_id, "
        + Sql.literal(column)
        + " AS column_name, "
        + Sql.literal(condition)
        + " AS condition, "
        + Sql.literal(things.replace('_', ' '))
        + " AS things_name, "
        + areRows
        + " AS are_rows, count(*) AS things, "
        + count
        + " AS told"
        + from
        + " GROUP BY practice_id, location_id";
  }

  private static List<Part> parts(YamlValue yaml, String key, TableContracts contracts) {
    List<Part> parts = new ArrayList<>();
    for (YamlValue part : yaml.list(key)) {
      part.allowOnly(Set.of("column", "setting", "word", "where", "called", "else", "without"));
      List<String> words = part.texts("word");
      List<ListColumn> columns = new ArrayList<>();
      for (YamlValue name : part.list("column")) {
        column(name, contracts).ifPresent(columns::add);
      }
      part.find("column").ifPresent(value -> checkWords(value, columns, words, contracts));
      Optional<String> setting = part.optionalText("setting");
      if (part.find("column").isPresent() == setting.isPresent()) {
        part.problem("needs a column, such as services.turnover_minutes, or a setting");
      }
      SortedMap<String, List<String>> where = new TreeMap<>();
      part.find("where")
          .ifPresent(
              conditions ->
                  conditions
                      .entries()
                      .forEach(
                          (name, value) -> {
                            List<String> values =
                                value.elements().stream().map(YamlValue::text).toList();
                            where.put(name, values);
                            checkCondition(value, columns, name, values, contracts);
                          }));
      parts.add(
          new Part(
              List.copyOf(columns),
              setting,
              words,
              where,
              part.text("called"),
              part.optionalText("else"),
              part.text("without")));
    }
    return List.copyOf(parts);
  }

  /** Each word must be one that some of the columns can have. */
  private static void checkWords(
      YamlValue yaml, List<ListColumn> columns, List<String> words, TableContracts contracts) {
    for (String word : words) {
      if (!columns.isEmpty()
          && columns.stream()
              .noneMatch(
                  column ->
                      contracts
                          .table(column.table())
                          .column(column.column())
                          .orElseThrow()
                          .words()
                          .contains(word))) {
        yaml.problem("never has the word " + word);
      }
    }
  }

  /** Rows are chosen by words of their own table. */
  private static void checkCondition(
      YamlValue yaml,
      List<ListColumn> columns,
      String name,
      List<String> words,
      TableContracts contracts) {
    for (ListColumn column : columns) {
      TableContract contract = contracts.table(column.table());
      Optional<Column> found = contract.column(name);
      if (contract.kind() != Kind.FACT) {
        yaml.problem("chooses rows of what happened; " + column.table() + " is reference data");
      } else if (found.isEmpty() || !found.get().words().containsAll(words)) {
        yaml.problem(name + " of " + column.table() + " is never " + String.join(" or ", words));
      }
    }
  }

  private static Optional<ListColumn> column(YamlValue yaml, TableContracts contracts) {
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
    }
    return column.map(found -> new ListColumn(table, found.name()));
  }
}
