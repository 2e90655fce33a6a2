package medspa.warehouse.relation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.relation.Relation.Field;
import medspa.warehouse.relation.Relation.Kind;

/**
 * The definitions of all published relations that are not canonical tables, loaded and validated as
 * a whole from {@code relations/}.
 */
public final class Relations {
  private static final List<String> NAMES =
      List.of(
          "kpi_weekly",
          "kpi_weekly_provider",
          "kpi_weekly_room",
          "kpi_weekly_category",
          "kpi_weekly_product",
          "kpi_weekly_practice",
          "kpi_weekly_region",
          "kpi_weekly_zeros",
          "kpi_daily",
          "kpi_between",
          "kpi_benchmark",
          "kpi_definitions",
          "kpi_measures",
          "kpi_unavailable",
          "kpi_targets",
          "kpi_pinned",
          "measures_weekly",
          "provider_minutes_weekly",
          "revenue_bridge_weekly",
          "stored_value_weekly",
          "journal_weekly",
          "kpi_crosswalk",
          "kpi_crosswalk_items",
          "kpi_crosswalk_definitions",
          "inventory_on_hand",
          "inventory_reorder",
          "inventory_expiring",
          "inventory_expiry_breaches",
          "inventory_overstock",
          "stock_at_risk",
          "stock_ledger",
          "stock_weekly",
          "stock_lots",
          "lists_unavailable",
          "visits",
          "double_bookings",
          "kpi_limits",
          "kpi_signals",
          "leakage_weekly",
          "overbooked_rooms",
          "room_capacity",
          "service_durations",
          "provider_category",
          "booking_effects",
          "clients_by_channel",
          "revenue_change_weekly",
          "seasonality_hourly",
          "seasonality_weekly",
          "practices",
          "locations",
          "opening_hours",
          "closed_days",
          "dates",
          "consultants",
          "identities",
          "identity_coverage",
          "unmatched_identities",
          "sources",
          "source_volumes",
          "ingest_files",
          "rejected_rows",
          "refused_files",
          "runs",
          "publications",
          "restatements",
          "run_history");

  private static final Pattern TYPE =
      Pattern.compile(
          "VARCHAR|INTEGER|BIGINT|DOUBLE|BOOLEAN|DATE|TIME|TIMESTAMP WITH TIME ZONE"
              + "|DECIMAL\\(\\d{1,2},\\d{1,2}\\)");

  private final Map<String, Relation> relations;

  private Relations(Map<String, Relation> relations) {
    this.relations = relations;
  }

  /**
   * Loads the definitions shipped with the program.
   *
   * @throws medspa.warehouse.definition.InvalidDefinitionException naming file and field
   */
  public static Relations load() {
    Problems problems = new Problems();
    Map<String, Relation> relations = new LinkedHashMap<>();
    for (String name : NAMES) {
      String file = "relations/" + name + ".yaml";
      Relation relation = parse(YamlValue.parse(file, Definitions.resource(file), problems));
      if (!relation.name().equals(name)) {
        problems.add(file + " relation", "must be " + name + " like the file");
      }
      relations.put(name, relation);
    }
    problems.failIfAny();
    return new Relations(relations);
  }

  /** All relations in their published order. */
  public List<Relation> all() {
    return List.copyOf(relations.values());
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
          "There is no relation " + name + "; relations are " + String.join(", ", NAMES));
    }
    return relation;
  }

  /** Reads one definition; problems go into the document's {@link Problems}. */
  static Relation parse(YamlValue yaml) {
    yaml.allowOnly(Set.of("relation", "kind", "parameters", "grain", "key", "columns"));
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
    Kind kind = yaml.convert("kind", Kind.TABLE, Relations::kind);
    List<String> parameters = yaml.texts("parameters");
    if (parameters.isEmpty() == (kind == Kind.MACRO)) {
      yaml.problem("needs parameters if it is a macro, and else none");
    }
    return new Relation(
        yaml.text("relation"),
        kind,
        parameters,
        yaml.text("grain"),
        yaml.texts("key"),
        List.copyOf(columns));
  }

  private static Kind kind(String text) {
    if (!List.of("table", "view", "macro").contains(text)) {
      throw new IllegalArgumentException("must be table, view or macro");
    }
    return Kind.valueOf(text.toUpperCase(Locale.ROOT));
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
