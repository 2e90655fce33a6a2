package medspa.warehouse.relation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import medspa.warehouse.action.ActionCatalogue;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.ResourceFolder;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.list.ListCatalogue;
import medspa.warehouse.relation.Relation.Field;
import medspa.warehouse.relation.Relation.Kind;
import medspa.warehouse.relation.Relation.Rows;
import medspa.warehouse.relation.Relation.Step;

/**
 * All relations of the warehouse, loaded and validated as a whole: the canonical tables and what
 * stands in {@code relations/}, one folder each with
 *
 * <ul>
 *   <li>{@code definition.yaml}: what it is; a canonical table has its contract instead
 *   <li>{@code query.sql}: its rows, or the body of a view or macro, unless the definition names
 *       what they are loaded from; with {@code of_actions: candidates} it finds those of all
 *       actions in {@code candidates}, with {@code of_actions: outcomes} what became of earlier
 *       ones in {@code outcomes}
 *   <li>{@code additions.sql}: rows that are added to loaded ones
 *   <li>{@code functions.sql}: functions that only its query uses
 *   <li>{@code checks/*.sql}: queries of rows that must not be, to be run before it is published
 *   <li>{@code extract.sql}: the rows that an audience gets in an extract, where these are not
 *       those with the {@code practice_id} of one of its practices; {@code for_everyone} gives all
 *       of them, and a relation with nothing of this gives none
 * </ul>
 *
 * Checks over several relations stand in {@code checks/}.
 */
public final class Relations {
  private static final String DEFINITION = "definition.yaml";
  private static final String QUERY = "query.sql";
  private static final String ADDITIONS = "additions.sql";
  private static final String FUNCTIONS = "functions.sql";
  private static final String EXTRACT = "extract.sql";
  private static final Pattern CHECK = Pattern.compile("checks/(\\w+)\\.sql");

  private static final Pattern TYPE =
      Pattern.compile(
          "VARCHAR|INTEGER|BIGINT|DOUBLE|BOOLEAN|DATE|TIME|TIMESTAMP WITH TIME ZONE"
              + "|DECIMAL\\(\\d{1,2},\\d{1,2}\\)");

  private final Map<String, Relation> relations;
  private final Map<String, String> checks;

  private Relations(Map<String, Relation> relations, Map<String, String> checks) {
    this.relations = relations;
    this.checks = checks;
  }

  /**
   * Loads the definitions shipped with the program.
   *
   * @throws medspa.warehouse.definition.InvalidDefinitionException naming file and field
   */
  public static Relations load() {
    return load(TableContracts.load(), Relations.class.getClassLoader());
  }

  /**
   * Loads the definitions of a class path.
   *
   * @throws medspa.warehouse.definition.InvalidDefinitionException naming file and field
   */
  public static Relations load(TableContracts contracts, ClassLoader classPath) {
    ResourceFolder folder = ResourceFolder.of("relations", classPath);
    Problems problems = new Problems();
    Map<String, Map<String, String>> texts = new TreeMap<>();
    for (String file : folder.files()) {
      int slash = file.indexOf('/');
      if (slash < 0) {
        problems.add(folder.path(file), "must stand in the folder of a relation");
        continue;
      }
      texts
          .computeIfAbsent(file.substring(0, slash), name -> new LinkedHashMap<>())
          .put(file.substring(slash + 1), folder.text(file));
    }
    ActionCatalogue actions =
        ActionCatalogue.load(ResourceFolder.of("actions", classPath), problems);
    ListCatalogue lists =
        ListCatalogue.load(ResourceFolder.of("lists", classPath), contracts, problems);
    Map<String, Relation> relations = new TreeMap<>();
    for (TableContract contract : contracts.all()) {
      Map<String, String> files = texts.getOrDefault(contract.name(), Map.of());
      relations.put(contract.name(), withFiles(CanonicalRelations.of(contract), files, problems));
    }
    texts.forEach(
        (name, files) -> {
          String path = folder.path(name + "/");
          if (relations.containsKey(name)) {
            if (files.containsKey(DEFINITION)) {
              problems.add(path + DEFINITION, "is of a canonical table, which has its contract");
            }
          } else if (!files.containsKey(DEFINITION)) {
            problems.add(path + DEFINITION, "is missing");
          } else {
            YamlValue yaml = YamlValue.parse(path + DEFINITION, files.get(DEFINITION), problems);
            Relation relation =
                withFiles(parse(yaml, query(yaml, files, actions, lists)), files, problems);
            if (!relation.name().equals(name)) {
              problems.add(path + DEFINITION + " relation", "must be " + name + " like the folder");
            }
            relations.put(name, relation);
          }
        });
    ResourceFolder common = ResourceFolder.of("checks", classPath);
    Map<String, String> checks = new TreeMap<>();
    for (String name : common.names(".sql")) {
      checks.put(name, common.text(name + ".sql"));
    }
    problems.failIfAny();
    return new Relations(relations, checks);
  }

  /** All relations, sorted by name. */
  public List<Relation> all() {
    return List.copyOf(relations.values());
  }

  /** Those that the published file holds, sorted by name. */
  public List<Relation> published() {
    return relations.values().stream().filter(Relation::isPublished).toList();
  }

  /** The checks over several relations: queries of offending rows, by the name of the check. */
  public Map<String, String> checks() {
    return checks;
  }

  /**
   * The definition of a relation.
   *
   * @throws IllegalArgumentException if there is no such relation
   */
  public Relation relation(String name) {
    Relation relation = relations.get(name);
    if (relation == null) {
      throw new IllegalArgumentException(
          "There is no relation "
              + name
              + "; relations are "
              + String.join(", ", relations.keySet()));
    }
    return relation;
  }

  /** The query beside the definition, over what it reads of all actions, or of all lists. */
  private static Optional<String> query(
      YamlValue yaml, Map<String, String> files, ActionCatalogue actions, ListCatalogue lists) {
    Optional<String> own = Optional.ofNullable(files.get(QUERY));
    if (yaml.flag("of_lists", false)) {
      return own.map(
          query -> query.replace("{parts}", lists.parts()).replace("{told}", lists.told()));
    }
    Optional<OfActions> read = yaml.find("of_actions").flatMap(word -> word.word(OfActions.class));
    return read.map(
            rows ->
                own.map(
                    query ->
                        "WITH "
                            + rows.name().toLowerCase(Locale.ROOT)
                            + " AS (\n"
                            + (rows == OfActions.CANDIDATES ? actions.query() : actions.outcomes())
                            + "\n)\n"
                            + query))
        .orElse(own);
  }

  private enum OfActions {
    CANDIDATES,
    OUTCOMES
  }

  /** Adds what stands beside the definition. */
  private static Relation withFiles(
      Relation relation, Map<String, String> files, Problems problems) {
    String folder = "relations/" + relation.name() + "/";
    Map<String, String> checks = new TreeMap<>();
    files.forEach(
        (file, text) -> {
          var check = CHECK.matcher(file);
          if (check.matches()) {
            checks.put(check.group(1), text);
          } else if (!Set.of(DEFINITION, QUERY, ADDITIONS, FUNCTIONS, EXTRACT).contains(file)) {
            problems.add(folder + file, "is no file of a relation and would not be used");
          }
        });
    boolean isQuery = relation.rows() instanceof Rows.Query;
    if (!isQuery && files.containsKey(QUERY)) {
      problems.add(folder + QUERY, "would not be used, because the rows are loaded");
    }
    if (isQuery && files.containsKey(ADDITIONS)) {
      problems.add(folder + ADDITIONS, "adds to rows that are loaded; write them in " + QUERY);
    }
    return new Relation(
        relation.name(),
        relation.isPublished(),
        relation.kind(),
        relation.parameters(),
        relation.grain(),
        relation.key(),
        relation.columns(),
        relation.rows(),
        Optional.ofNullable(files.get(ADDITIONS)),
        Optional.ofNullable(files.get(FUNCTIONS)),
        checks,
        relation.isForEveryone(),
        Optional.ofNullable(files.get(EXTRACT)));
  }

  /** Reads one definition; problems go into the document's {@link Problems}. */
  static Relation parse(YamlValue yaml, Optional<String> query) {
    yaml.allowOnly(
        Set.of(
            "relation",
            "published",
            "kind",
            "parameters",
            "grain",
            "key",
            "columns",
            "loaded",
            "dataset",
            "of_actions",
            "of_lists",
            "for_everyone"));
    boolean isPublished = yaml.flag("published", true);
    List<Field> columns = new ArrayList<>();
    yaml.find("columns")
        .ifPresentOrElse(
            map -> map.entries().forEach((name, value) -> columns.add(column(name, value))),
            () -> yaml.problem("needs the key columns"));
    List<String> names = columns.stream().map(Field::name).toList();
    for (YamlValue element : yaml.list("key")) {
      if (!names.contains(element.text())) {
        element.problem("is not a column of the relation");
      }
    }
    Kind kind = yaml.convert("kind", Kind.TABLE, text -> word(Kind.class, text));
    List<String> parameters = yaml.texts("parameters");
    if (parameters.isEmpty() == (kind == Kind.MACRO)) {
      yaml.problem("needs parameters if it is a macro, and else none");
    }
    return new Relation(
        yaml.text("relation"),
        isPublished,
        kind,
        parameters,
        yaml.text("grain"),
        yaml.texts("key"),
        List.copyOf(columns),
        rows(yaml, query),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        yaml.flag("for_everyone", false),
        Optional.empty());
  }

  private static Rows rows(YamlValue yaml, Optional<String> query) {
    if (yaml.find("dataset").isPresent()) {
      return new Rows.Dataset(yaml.text("dataset"));
    }
    if (yaml.find("loaded").isPresent()) {
      return new Rows.Loaded(yaml.convert("loaded", Step.LAKE, text -> word(Step.class, text)));
    }
    if (query.isEmpty()) {
      yaml.problem("needs a " + QUERY + " beside it, or one of the keys loaded and dataset");
    }
    return new Rows.Query(query.orElse(""));
  }

  private static <E extends Enum<E>> E word(Class<E> type, String text) {
    List<String> words = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      words.add(constant.name().toLowerCase(Locale.ROOT));
      if (words.get(words.size() - 1).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "must be "
            + words.stream().limit(words.size() - 1L).collect(Collectors.joining(", "))
            + " or "
            + words.get(words.size() - 1));
  }

  private static Field column(String name, YamlValue value) {
    value.allowOnly(Set.of("type", "meaning", "unit"));
    String type = value.text("type");
    if (!TYPE.matcher(type).matches()) {
      value.problem("has the type '" + type + "', which is not a type of the warehouse");
    }
    return new Field(name, type, value.text("meaning"), value.optionalText("unit"));
  }
}
