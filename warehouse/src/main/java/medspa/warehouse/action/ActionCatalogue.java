package medspa.warehouse.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import medspa.warehouse.action.ActionDefinition.Outcome;
import medspa.warehouse.action.ActionDefinition.Text;
import medspa.warehouse.action.ActionDefinition.Worth;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.ResourceFolder;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.query.Sql;

/** All actions, loaded and validated as a whole from {@code actions/}. */
public final class ActionCatalogue {
  private static final Set<String> KEYS =
      Set.of(
          "action",
          "position",
          "role",
          "worth",
          "floor",
          "sentence",
          "evidence",
          "query",
          "outcome");

  private static final Pattern COLUMN = Pattern.compile("\\{([a-z][a-z0-9_]*)\\}");

  private final List<ActionDefinition> definitions;

  private ActionCatalogue(List<ActionDefinition> definitions) {
    this.definitions = definitions;
  }

  /**
   * Loads the definitions of a folder; problems go where the caller collects them.
   *
   * @param folder {@code actions} on some class path
   */
  public static ActionCatalogue load(ResourceFolder folder, Problems problems) {
    Map<Integer, ActionDefinition> inOrder = new TreeMap<>();
    for (String id : folder.names(".yaml")) {
      String file = id + ".yaml";
      YamlValue yaml = YamlValue.parse(folder.path(file), folder.text(file), problems);
      ActionDefinition action = parse(yaml);
      if (!action.id().equals(id)) {
        yaml.problem("must define the action " + id + " like the file");
      }
      ActionDefinition other = inOrder.put(action.position(), action);
      if (other != null) {
        yaml.problem("has the position of " + other.id() + "; give it one of its own");
      }
    }
    return new ActionCatalogue(List.copyOf(inOrder.values()));
  }

  /** All definitions in their order. */
  public List<ActionDefinition> all() {
    return definitions;
  }

  /** One SELECT of the candidates of all actions, with the texts written out. */
  public String query() {
    return definitions.stream()
        .map(ActionCatalogue::query)
        .collect(Collectors.joining("\nUNION ALL BY NAME\n"));
  }

  /** One SELECT of what became of the candidates in acted_actions, of those that can be told. */
  public String outcomes() {
    return definitions.stream()
        .map(ActionCatalogue::outcome)
        .collect(Collectors.joining("\nUNION ALL BY NAME\n"));
  }

  private static String outcome(ActionDefinition action) {
    String id = Sql.literal(action.id());
    return "SELECT "
        + id
        + " AS action, "
        + String.join(", ", ActionDefinition.OUTCOME_COLUMNS)
        + ", "
        + expression(action.outcome().became())
        + " AS became\nFROM (\nWITH acted AS (SELECT * FROM acted_actions WHERE action = "
        + id
        + ")\nSELECT * FROM (\n"
        + action.outcome().query()
        + "\n)\n)";
  }

  private static String query(ActionDefinition action) {
    return "SELECT "
        + Sql.literal(action.id())
        + " AS action, "
        + action.position()
        + " AS position, "
        + Sql.literal(action.role())
        + " AS role, "
        + Sql.literal(action.worth().name().toLowerCase(Locale.ROOT))
        + " AS worth, "
        + String.join(", ", ActionDefinition.COLUMNS)
        + ", "
        + expression(action.sentence())
        + " AS sentence, "
        + expression(action.evidence())
        + " AS evidence\nFROM (\n"
        + action.query()
        + "\n)\nWHERE expected >= "
        + action.floor();
  }

  /** The text as SQL: words as literals, columns as text. */
  private static String expression(Text text) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < text.parts().size(); i++) {
      String part = text.parts().get(i);
      if (i % 2 == 1) {
        parts.add("CAST(" + Sql.identifier(part) + " AS VARCHAR)");
      } else if (!part.isEmpty()) {
        parts.add(Sql.literal(part));
      }
    }
    return String.join(" || ", parts);
  }

  private static ActionDefinition parse(YamlValue yaml) {
    yaml.allowOnly(KEYS);
    if (yaml.integer("position", 0) < 1) {
      yaml.problem("needs a position of 1 or more");
    }
    return new ActionDefinition(
        yaml.text("action"),
        yaml.integer("position", 0),
        yaml.text("role"),
        yaml.find("worth").flatMap(worth -> worth.word(Worth.class)).orElse(Worth.REVENUE),
        yaml.integer("floor", 0),
        text(yaml, "sentence"),
        text(yaml, "evidence"),
        yaml.text("query"),
        outcome(yaml));
  }

  private static Outcome outcome(YamlValue yaml) {
    Optional<YamlValue> outcome = yaml.find("outcome");
    if (outcome.isEmpty()) {
      yaml.problem("needs the key outcome with the words became and a query");
      return new Outcome(new Text(List.of("")), "");
    }
    outcome.get().allowOnly(Set.of("became", "query"));
    return new Outcome(text(outcome.get(), "became"), outcome.get().text("query"));
  }

  private static Text text(YamlValue yaml, String key) {
    String text = yaml.text(key);
    List<String> parts = new ArrayList<>();
    Matcher columns = COLUMN.matcher(text);
    int end = 0;
    while (columns.find()) {
      parts.add(text.substring(end, columns.start()));
      parts.add(columns.group(1));
      end = columns.end();
    }
    parts.add(text.substring(end));
    boolean hasBrace =
        java.util.stream.IntStream.iterate(0, i -> i < parts.size(), i -> i + 2)
            .mapToObj(parts::get)
            .anyMatch(words -> words.contains("{") || words.contains("}"));
    if (hasBrace) {
      yaml.problem("has a brace under " + key + " that does not enclose the name of a column");
    }
    return new Text(parts);
  }
}
