package medspa.warehouse.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.ResourceFolder;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.list.ListDefinition.ListColumn;
import medspa.warehouse.list.ListDefinition.Part;

/** All lists, loaded and validated as a whole from {@code lists/}. */
public final class ListCatalogue {
  private static final Set<String> KEYS =
      Set.of("list", "order", "label", "relation", "needs", "gains");

  private final List<ListDefinition> definitions;

  private ListCatalogue(List<ListDefinition> definitions) {
    this.definitions = definitions;
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

  /** Loads the definitions of a folder; problems go where the caller collects them. */
  static ListCatalogue load(ResourceFolder folder, TableContracts contracts, Problems problems) {
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
    return new ListCatalogue(List.copyOf(inOrder.values()));
  }

  /** All definitions in their order. */
  public List<ListDefinition> all() {
    return definitions;
  }

  private static List<Part> parts(YamlValue yaml, String key, TableContracts contracts) {
    List<Part> parts = new ArrayList<>();
    for (YamlValue part : yaml.list(key)) {
      part.allowOnly(Set.of("column", "word", "else", "without"));
      Optional<String> word = part.optionalText("word");
      List<ListColumn> columns = new ArrayList<>();
      for (YamlValue name : part.list("column")) {
        column(name, word, contracts).ifPresent(columns::add);
      }
      if (part.find("column").isEmpty()) {
        part.problem("needs a column, such as services.turnover_minutes");
      }
      parts.add(
          new Part(List.copyOf(columns), word, part.optionalText("else"), part.text("without")));
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
