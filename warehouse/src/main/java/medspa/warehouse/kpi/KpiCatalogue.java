package medspa.warehouse.kpi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.ResourceFolder;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.kpi.KpiDefinition.Direction;
import medspa.warehouse.kpi.KpiDefinition.Months;
import medspa.warehouse.kpi.KpiDefinition.Need;
import medspa.warehouse.kpi.KpiDefinition.Rollup;
import medspa.warehouse.kpi.KpiDefinition.Term;
import medspa.warehouse.kpi.KpiDefinition.Unit;
import medspa.warehouse.measure.Grain;
import medspa.warehouse.measure.MeasureCatalogue;
import medspa.warehouse.measure.MeasureDefinition;
import medspa.warehouse.measure.MeasureDefinition.Period;

/** All KPI definitions, loaded and validated as a whole from {@code kpis/}. */
public final class KpiCatalogue {
  private static final Set<String> KEYS =
      Set.of(
          "kpi",
          "order",
          "version",
          "label",
          "description",
          "unit",
          "direction",
          "numerator",
          "denominator",
          "sample",
          "grains",
          "daily",
          "rollup",
          "months",
          "spans_days",
          "exclusions",
          "formula",
          "grows",
          "judged_by",
          "needs",
          "zero_where",
          "told_where");

  private final Map<String, KpiDefinition> definitions;

  private KpiCatalogue(Map<String, KpiDefinition> definitions) {
    this.definitions = definitions;
  }

  /**
   * Loads the definitions shipped with the program.
   *
   * @throws medspa.warehouse.definition.InvalidDefinitionException naming file and field
   */
  public static KpiCatalogue load() {
    return load(ResourceFolder.shipped("kpis"), MeasureCatalogue.load());
  }

  static KpiCatalogue load(ResourceFolder folder, MeasureCatalogue measures) {
    Problems problems = new Problems();
    SortedMap<Integer, KpiDefinition> inOrder = new TreeMap<>();
    Map<String, YamlValue> files = new LinkedHashMap<>();
    for (String id : folder.names(".yaml")) {
      String file = id + ".yaml";
      YamlValue yaml = YamlValue.parse(folder.path(file), folder.text(file), problems);
      KpiDefinition definition = parse(yaml, measures);
      if (!definition.id().equals(id)) {
        yaml.problem("must define the KPI " + id + " like the file");
      }
      KpiDefinition other = inOrder.put(yaml.integer("order", 0), definition);
      if (other != null) {
        yaml.problem("has the order of " + other.id() + "; give it one of its own");
      }
      files.put(definition.id(), yaml);
    }
    Map<String, KpiDefinition> definitions = new LinkedHashMap<>();
    inOrder.values().forEach(definition -> definitions.put(definition.id(), definition));
    definitions.values().forEach(kpi -> standsIn(kpi, definitions, files.get(kpi.id())));
    problems.failIfAny();
    return new KpiCatalogue(definitions);
  }

  /** The KPI that is judged instead of another must be judged itself. */
  private static void standsIn(
      KpiDefinition kpi, Map<String, KpiDefinition> definitions, YamlValue yaml) {
    kpi.judgedBy()
        .filter(
            other ->
                !definitions.containsKey(other) || definitions.get(other).judgedBy().isPresent())
        .ifPresent(
            other -> yaml.problem("is judged by " + other + ", which is no KPI judged by itself"));
  }

  /** All definitions in the order in which reports list them. */
  public List<KpiDefinition> all() {
    return List.copyOf(definitions.values());
  }

  /** The definition of that id. */
  public Optional<KpiDefinition> find(String id) {
    return Optional.ofNullable(definitions.get(id));
  }

  /** Reads one definition; problems go into the document's {@link Problems}. */
  static KpiDefinition parse(YamlValue yaml, MeasureCatalogue measures) {
    yaml.allowOnly(KEYS);
    int version = yaml.integer("version", 0);
    if (version < 1) {
      yaml.problem("needs a version of 1 or more");
    }
    yaml.text("order");
    if (yaml.find("numerator").isEmpty()) {
      yaml.problem("needs the key numerator");
    }
    List<Need> needs = new ArrayList<>();
    for (YamlValue need : yaml.list("needs")) {
      need.allowOnly(Set.of("table", "measure", "reason"));
      Need parsed =
          new Need(need.optionalText("table"), need.optionalText("measure"), need.text("reason"));
      if (parsed.table().isPresent() == parsed.measure().isPresent()) {
        need.problem("needs either a table or a measure");
      }
      need.find("measure").ifPresent(measure -> declared(measure, measures));
      needs.add(parsed);
    }
    KpiDefinition kpi =
        new KpiDefinition(
            yaml.text("kpi"),
            version,
            yaml.text("label"),
            yaml.text("description"),
            word(yaml, "unit", Unit.PERCENT),
            word(yaml, "direction", Direction.UP),
            yaml.find("numerator")
                .map(term -> term(term, measures))
                .orElse(new Term(List.of(), 1, 1, "")),
            yaml.find("denominator").map(term -> term(term, measures)),
            yaml.find("sample").map(term -> term(term, measures)),
            grains(yaml, "grains"),
            grains(yaml, "daily"),
            word(yaml, "rollup", Rollup.SUM),
            word(yaml, "months", Months.SUM),
            yaml.integer("spans_days", 7),
            yaml.text("exclusions"),
            yaml.text("formula"),
            yaml.flag("grows", false),
            yaml.optionalText("judged_by"),
            List.copyOf(needs),
            declared(yaml.list("zero_where"), measures),
            declared(yaml.list("told_where"), measures));
    tellsWhenItIsKnown(yaml, kpi);
    followsItsMeasures(yaml, kpi, measures);
    return kpi;
  }

  /** A sum must say when it is 0 and not unknown; a ratio may say when it ends. */
  private static void tellsWhenItIsKnown(YamlValue yaml, KpiDefinition kpi) {
    if (kpi.denominator().isEmpty() && kpi.zeroWhere().isEmpty()) {
      yaml.problem("needs zero_where because it is a sum");
    }
    if (kpi.denominator().isPresent() && !kpi.zeroWhere().isEmpty()) {
      yaml.problem("is a ratio, which has no zero_where; told_where says where it ends");
    }
    if (kpi.denominator().isEmpty() && !kpi.toldWhere().isEmpty()) {
      yaml.problem("is a sum, which has no told_where; zero_where says when it is 0");
    }
  }

  /** What is published must follow from what is measured. */
  private static void followsItsMeasures(
      YamlValue yaml, KpiDefinition kpi, MeasureCatalogue measures) {
    if (!kpi.grains().containsAll(kpi.daily())) {
      yaml.problem("has a grain under daily that it has not under grains");
    }
    boolean isLevel = false;
    for (Term term : kpi.parts()) {
      List<MeasureDefinition> added =
          term.measures().stream().flatMap(id -> measures.find(id).stream()).toList();
      if (added.isEmpty() || added.size() < term.measures().size()) {
        return;
      }
      for (Grain grain : kpi.grains()) {
        if (added.stream().noneMatch(measure -> measure.grains().contains(grain))) {
          yaml.problem(
              "has the grain " + grain.word() + ", at which nobody measures " + ids(added));
        }
      }
      for (MeasureDefinition measure : added) {
        isLevel |= measure.period() == Period.WEEK_END;
        if (measure.period() == Period.WEEK) {
          yaml.problem(
              "adds "
                  + measure.id()
                  + ", which is measured for whole weeks, so that no month has a number; measure it"
                  + " per day");
        }
        if (!kpi.daily().isEmpty() && measure.period() == Period.WEEK_END) {
          yaml.problem("is daily, but " + measure.id() + " is measured per week");
        }
        if (measure.explanation().isEmpty()) {
          yaml.problem(
              "divides "
                  + measure.id()
                  + ", whose rows cannot be shown; give it explain in measures/"
                  + measure.family()
                  + ".yaml");
        }
      }
    }
    if (isLevel != (kpi.rollup() == Rollup.PERIOD_END)) {
      yaml.problem(
          isLevel
              ? "needs rollup period_end, because one of its measures holds at the end of a week"
              : "needs rollup sum, because all of its measures add up over weeks");
    }
    Months months = isLevel ? Months.PERIOD_END : Months.SUM;
    if (kpi.months() != months) {
      yaml.problem(
          "needs months "
              + months.word()
              + switch (months) {
                case SUM -> ", because all of its measures are measured per day";
                case PERIOD_END -> ", because one of its measures holds at the end of a week";
              });
    }
  }

  private static String ids(List<MeasureDefinition> measures) {
    return String.join(", ", measures.stream().map(MeasureDefinition::id).toList());
  }

  private static List<Grain> grains(YamlValue yaml, String key) {
    return yaml.list(key).stream().flatMap(grain -> grain.word(Grain.class).stream()).toList();
  }

  private static <E extends Enum<E>> E word(YamlValue yaml, String key, E otherwise) {
    return yaml.find(key)
        .flatMap(value -> value.word(otherwise.getDeclaringClass()))
        .orElse(otherwise);
  }

  private static Term term(YamlValue yaml, MeasureCatalogue measures) {
    yaml.allowOnly(Set.of("measures", "multiply_by", "divide_by", "words"));
    List<String> added = declared(yaml.list("measures"), measures);
    if (added.isEmpty()) {
      yaml.problem("needs measures");
    }
    int divideBy = yaml.integer("divide_by", 1);
    int multiplyBy = yaml.integer("multiply_by", 1);
    if (divideBy < 1 || multiplyBy < 1) {
      yaml.problem("needs divide_by and multiply_by of 1 or more");
    }
    return new Term(added, multiplyBy, divideBy, yaml.text("words"));
  }

  private static List<String> declared(List<YamlValue> names, MeasureCatalogue measures) {
    return names.stream().map(name -> declared(name, measures)).toList();
  }

  private static String declared(YamlValue name, MeasureCatalogue measures) {
    if (measures.find(name.text()).isEmpty()) {
      name.problem(
          "'"
              + name.text()
              + "' is no measure; declare it in a file under measures/, or correct it");
    }
    return name.text();
  }
}
