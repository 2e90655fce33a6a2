package medspa.warehouse.kpi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.kpi.KpiDefinition.Direction;
import medspa.warehouse.kpi.KpiDefinition.Grain;
import medspa.warehouse.kpi.KpiDefinition.Need;
import medspa.warehouse.kpi.KpiDefinition.Rollup;
import medspa.warehouse.kpi.KpiDefinition.Term;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/** All KPI definitions, loaded and validated as a whole from {@code kpis/}. */
public final class KpiCatalogue {
  /** File names under {@code kpis/}, in the order in which reports list them. */
  private static final List<String> IDS =
      List.of(
          "fill_rate",
          "booked_fill_rate",
          "no_show_rate",
          "late_cancel_rate",
          "cancel_rate",
          "average_ticket",
          "net_revenue",
          "collection_rate",
          "retail_share",
          "discount_rate",
          "revenue_per_provider_hour",
          "revenue_per_treated_hour",
          "revenue_per_worked_hour",
          "revenue_per_room",
          "room_utilization",
          "double_bookings",
          "rebooking_rate",
          "online_booking_share",
          "new_client_share",
          "overtime_hours",
          "last_minute_change_rate",
          "inventory_turn",
          "days_on_hand",
          "expired_share",
          "stockout_days",
          "shrinkage_cost",
          "expedited_freight",
          "late_start_rate",
          "duration_ratio",
          "wait_minutes",
          "new_client_return_90",
          "count_error_share",
          "stock_value",
          "margin_after_goods");

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
    Problems problems = new Problems();
    Map<String, KpiDefinition> definitions = new LinkedHashMap<>();
    for (String id : IDS) {
      String file = "kpis/" + id + ".yaml";
      KpiDefinition definition = parse(YamlValue.parse(file, Definitions.resource(file), problems));
      if (!definition.id().equals(id)) {
        problems.add(file + " kpi", "must be " + id + " like the file");
      }
      definitions.put(id, definition);
    }
    problems.failIfAny();
    return new KpiCatalogue(definitions);
  }

  /** All definitions in their published order. */
  public List<KpiDefinition> all() {
    return List.copyOf(definitions.values());
  }

  /** The definition of that id. */
  public Optional<KpiDefinition> find(String id) {
    return Optional.ofNullable(definitions.get(id));
  }

  /** Reads one definition; problems go into the document's {@link Problems}. */
  static KpiDefinition parse(YamlValue yaml) {
    yaml.allowOnly(
        Set.of(
            "kpi",
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
            "spans_days",
            "exclusions",
            "formula",
            "grows",
            "needs",
            "known_by"));
    int version = yaml.integer("version", 0);
    if (version < 1) {
      yaml.problem("needs a version of 1 or more");
    }
    if (yaml.find("numerator").isEmpty()) {
      yaml.problem("needs the key numerator");
    }
    List<Grain> grains = grains(yaml, "grains");
    List<Grain> daily = grains(yaml, "daily");
    if (!grains.containsAll(daily)) {
      yaml.problem("has a grain under daily that it has not under grains");
    }
    List<Need> needs = new ArrayList<>();
    for (YamlValue need : yaml.list("needs")) {
      need.allowOnly(Set.of("table", "measure", "reason"));
      Need parsed =
          new Need(need.optionalText("table"), need.optionalText("measure"), need.text("reason"));
      if (parsed.table().isPresent() == parsed.measure().isPresent()) {
        need.problem("needs either a table or a measure");
      }
      needs.add(parsed);
    }
    List<String> knownBy = yaml.find("known_by").isPresent() ? yaml.texts("known_by") : List.of();
    if (knownBy.isEmpty() && yaml.find("denominator").isEmpty()) {
      yaml.problem("needs known_by because it is a sum");
    }
    return new KpiDefinition(
        yaml.text("kpi"),
        version,
        yaml.text("label"),
        yaml.text("description"),
        yaml.convert("unit", Unit.PERCENT, text -> word(Unit.class, text)),
        yaml.convert("direction", Direction.UP, text -> word(Direction.class, text)),
        yaml.find("numerator").map(KpiCatalogue::term).orElse(new Term(List.of(), 1, 1, "")),
        yaml.find("denominator").map(KpiCatalogue::term),
        yaml.find("sample").map(KpiCatalogue::term),
        grains,
        daily,
        yaml.convert("rollup", Rollup.SUM, text -> word(Rollup.class, text)),
        yaml.integer("spans_days", 7),
        yaml.text("exclusions"),
        yaml.text("formula"),
        yaml.flag("grows", false),
        List.copyOf(needs),
        List.copyOf(knownBy));
  }

  private static List<Grain> grains(YamlValue yaml, String key) {
    List<Grain> grains = new ArrayList<>();
    for (YamlValue grain : yaml.list(key)) {
      grain.convert(text -> word(Grain.class, text)).ifPresent(grains::add);
    }
    return List.copyOf(grains);
  }

  private static Term term(YamlValue yaml) {
    yaml.allowOnly(Set.of("measures", "multiply_by", "divide_by", "words"));
    List<String> measures = yaml.texts("measures");
    if (measures.isEmpty()) {
      yaml.problem("needs measures");
    }
    int divideBy = yaml.integer("divide_by", 1);
    int multiplyBy = yaml.integer("multiply_by", 1);
    if (divideBy < 1 || multiplyBy < 1) {
      yaml.problem("needs divide_by and multiply_by of 1 or more");
    }
    return new Term(measures, multiplyBy, divideBy, yaml.text("words"));
  }

  private static <E extends Enum<E>> E word(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("is not one of " + List.of(type.getEnumConstants()));
  }
}
