package medspa.warehouse.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.ResourceFolder;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.measure.MeasureDefinition.Explanation;
import medspa.warehouse.measure.MeasureDefinition.Period;
import medspa.warehouse.measure.MeasureDefinition.Unit;

/**
 * All measures, loaded and validated as a whole from {@code measures/}: one file per family. What a
 * family says of unit, period, grains, tables and explanation holds for each of its measures that
 * does not say otherwise.
 */
public final class MeasureCatalogue {
  private static final Set<String> SHARED =
      Set.of("from", "unit", "period", "grains", "members_add_up", "explain");

  private final Map<String, MeasureFamily> families;
  private final Map<String, MeasureDefinition> measures;

  private MeasureCatalogue(Map<String, MeasureFamily> families) {
    this.families = families;
    this.measures = new LinkedHashMap<>();
    for (MeasureFamily family : families.values()) {
      family.measures().forEach(measure -> measures.put(measure.id(), measure));
    }
  }

  /**
   * Loads the declarations shipped with the program.
   *
   * @throws medspa.warehouse.definition.InvalidDefinitionException naming file, line and measure
   */
  public static MeasureCatalogue load() {
    return load(ResourceFolder.shipped("measures"));
  }

  static MeasureCatalogue load(ResourceFolder folder) {
    Problems problems = new Problems();
    Set<String> tables = TableContracts.load().names();
    Map<String, MeasureFamily> families = new LinkedHashMap<>();
    Map<String, MeasureDefinition> known = new LinkedHashMap<>();
    for (String id : folder.names(".yaml")) {
      String file = id + ".yaml";
      YamlValue yaml = YamlValue.parse(folder.path(file), folder.text(file), problems);
      MeasureFamily family = parse(yaml, tables);
      if (!family.id().equals(id)) {
        yaml.problem("must declare the family " + id + " like the file");
      }
      for (MeasureDefinition measure : family.measures()) {
        MeasureDefinition other = known.put(measure.id(), measure);
        if (other != null) {
          yaml.problem("declares " + measure.id() + ", which " + other.family() + " declares too");
        }
      }
      families.put(id, family);
    }
    oneWayToRoundPerStatement(families.values(), problems);
    problems.failIfAny();
    return new MeasureCatalogue(families);
  }

  /** The rows of a statement are read in one way, whatever measure they are of. */
  private static void oneWayToRoundPerStatement(
      Collection<MeasureFamily> families, Problems problems) {
    Map<String, MeasureDefinition> first = new LinkedHashMap<>();
    for (MeasureFamily family : families) {
      for (MeasureDefinition measure : family.measures()) {
        Optional<Explanation> explanation = measure.explanation();
        MeasureDefinition other =
            explanation.map(e -> first.putIfAbsent(e.statement(), measure)).orElse(measure);
        if (!other.explanation().equals(explanation)) {
          problems.add(
              "measures/" + family.id() + ".yaml " + measure.id(),
              "has its rows from the same statement as "
                  + other.id()
                  + ", but only one of them in fractions");
        }
      }
    }
  }

  /** The families in the order of their names. */
  public List<MeasureFamily> families() {
    return List.copyOf(families.values());
  }

  /** All measures, by family. */
  public List<MeasureDefinition> all() {
    return List.copyOf(measures.values());
  }

  /** The measure of that id. */
  public Optional<MeasureDefinition> find(String id) {
    return Optional.ofNullable(measures.get(id));
  }

  /** Reads one family; problems go into the document's {@link Problems}. */
  static MeasureFamily parse(YamlValue yaml, Set<String> tables) {
    yaml.allowOnly(union(Set.of("family", "about", "measures"), SHARED));
    String id = yaml.text("family");
    List<MeasureDefinition> measures = new ArrayList<>();
    Map<String, YamlValue> declared =
        yaml.find("measures").map(YamlValue::entries).orElse(Map.of());
    if (declared.isEmpty()) {
      yaml.problem("needs measures");
    }
    declared.forEach((name, measure) -> measures.add(measure(id, name, measure, yaml, tables)));
    MeasureFamily family = new MeasureFamily(id, yaml.text("about"), List.copyOf(measures));
    if (!family.isDaily()
        && measures.stream().anyMatch(measure -> measure.period() == Period.DAY)) {
      yaml.problem("has measures of days and of weeks; give each their own file");
    }
    return family;
  }

  private static MeasureDefinition measure(
      String family, String id, YamlValue own, YamlValue shared, Set<String> tables) {
    own.allowOnly(union(Set.of("words"), SHARED));
    if (!id.matches("[a-z]+(_[a-z0-9]+)*")) {
      own.problem("must be written in lower case with _ between words");
    }
    YamlValue says = own.find("from").isPresent() ? own : shared;
    List<String> from = says.texts("from");
    for (YamlValue table : says.list("from")) {
      if (!tables.contains(table.text())) {
        table.problem("'" + table.text() + "' is no canonical table");
      }
    }
    List<Grain> grains = grains(own, shared, "grains");
    // Grains of its own have their own sums.
    List<Grain> membersAddUp =
        own.find("grains").isPresent()
            ? grains(own, own, "members_add_up")
            : grains(own, shared, "members_add_up");
    if (from.isEmpty() || grains.isEmpty()) {
      own.problem("needs from and grains, of its own or of its family");
    }
    if (!grains.containsAll(membersAddUp)
        || membersAddUp.stream().anyMatch(Predicate.isEqual(Grain.LOCATION))) {
      own.problem("has a grain under members_add_up that is none of its members' grains");
    }
    return new MeasureDefinition(
        id,
        family,
        own.text("words"),
        word(own, shared, "unit", Unit.COUNT),
        word(own, shared, "period", Period.DAY),
        grains,
        membersAddUp,
        List.copyOf(from),
        explanation(own.find("explain").or(() -> shared.find("explain"))));
  }

  private static List<Grain> grains(YamlValue own, YamlValue shared, String key) {
    return (own.find(key).isPresent() ? own : shared)
        .list(key).stream().flatMap(grain -> grain.word(Grain.class).stream()).toList();
  }

  private static <E extends Enum<E>> E word(
      YamlValue own, YamlValue shared, String key, E otherwise) {
    Optional<YamlValue> said = own.find(key).or(() -> shared.find(key));
    if (said.isEmpty()) {
      own.problem("needs the key " + key + ", of its own or of its family");
    }
    return said.flatMap(value -> value.word(otherwise.getDeclaringClass())).orElse(otherwise);
  }

  private static Optional<Explanation> explanation(Optional<YamlValue> yaml) {
    return yaml.filter(value -> !value.isScalar() || !value.text().equals("none"))
        .map(
            value -> {
              value.allowOnly(Set.of("rows", "fractions"));
              return new Explanation(value.text("rows"), value.flag("fractions", false));
            });
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
  }
}
