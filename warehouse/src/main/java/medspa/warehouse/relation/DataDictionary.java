package medspa.warehouse.relation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.kpi.KpiCatalogue;
import medspa.warehouse.kpi.KpiDefinition;
import medspa.warehouse.kpi.KpiDefinition.Need;
import medspa.warehouse.kpi.KpiDefinition.Term;
import medspa.warehouse.measure.Grain;
import medspa.warehouse.measure.MeasureCatalogue;
import medspa.warehouse.measure.MeasureDefinition;
import medspa.warehouse.measure.MeasureFamily;
import medspa.warehouse.relation.Relation.Field;
import medspa.warehouse.relation.Relation.Rows;

/**
 * The data dictionary in Markdown, generated from the definitions: what the warehouse publishes,
 * what an export must look like, and how each KPI is computed.
 */
public final class DataDictionary {
  private DataDictionary() {}

  /** The dictionary of the shipped definitions; equal definitions give equal text. */
  public static String markdown() {
    return markdown(
        Relations.load(), TableContracts.load(), MeasureCatalogue.load(), KpiCatalogue.load());
  }

  /** The dictionary of the given definitions. */
  public static String markdown(
      Relations relations,
      TableContracts contracts,
      MeasureCatalogue measures,
      KpiCatalogue catalogue) {
    StringBuilder text = new StringBuilder();
    text.append("# Data dictionary\n\n");
    text.append(
        "Generated from `warehouse/src/main/resources/{relations,tables,measures,kpis}`; change it there."
            + " The same sentences stand as comments on the relations and columns of the"
            + " warehouse.\n\n");
    text.append("## Relations of the warehouse\n\n");
    relations.published().stream()
        .filter(relation -> !(relation.rows() instanceof Rows.Canonical))
        .forEach(relation -> relation(text, relation));
    text.append("## Current rows of the canonical tables\n\n");
    text.append(
        "Accepted rows in their latest version; rows deleted at their source are left out.\n\n");
    CanonicalRelations.all(contracts).forEach(relation -> relation(text, relation));
    text.append("## Columns of exports\n\n");
    text.append(
        "What the built-in format `medspa` and every mapping deliver. Columns not named here are"
            + " dropped before anything is written.\n\n");
    contracts.all().forEach(contract -> contract(text, contract));
    text.append("## Measures\n\n");
    text.append(
        "What KPIs add up, in `measures_weekly`. A measure of days is the sum of its days; one of"
            + " weeks is not, and one of a week's end stands for the range that ends there.\n\n");
    measures.families().forEach(family -> family(text, family));
    text.append("## KPIs\n\n");
    catalogue.all().forEach(kpi -> kpi(text, kpi));
    return text.toString().stripTrailing() + "\n";
  }

  private static void relation(StringBuilder text, Relation relation) {
    text.append("### ").append(relation.name());
    if (!relation.parameters().isEmpty()) {
      text.append('(').append(String.join(", ", relation.parameters())).append(')');
    }
    text.append("\n\n").append(relation.grain());
    if (!relation.key().isEmpty()) {
      text.append(" Key: ").append(code(relation.key())).append('.');
    }
    text.append("\n\n| column | type | meaning |\n|---|---|---|\n");
    for (Field column : relation.columns()) {
      row(text, "`" + column.name() + "`", column.type(), column.comment());
    }
    text.append('\n');
  }

  private static List<String> rejected(TableContract contract) {
    List<String> rejected = new ArrayList<>();
    contract
        .checks()
        .forEach(
            check -> rejected.add("`" + check.reason() + "` where `" + check.rejectWhen() + "`"));
    contract.columns().stream()
        .filter(Column::past)
        .forEach(
            column ->
                rejected.add(
                    "`after_delivery` where `"
                        + column.name()
                        + "` lies more than a day after the delivery"));
    return rejected;
  }

  private static void contract(StringBuilder text, TableContract contract) {
    text.append("### ").append(contract.name()).append(" in exports\n\n").append(contract.grain());
    text.append(" Key: ").append(code(contract.key())).append(".\n\n");
    text.append("| column | type | required | meaning |\n|---|---|---|---|\n");
    for (Column column : contract.columns()) {
      row(
          text,
          "`" + column.name() + "`",
          column.type().name().toLowerCase(Locale.ROOT),
          column.required() ? "yes" : "",
          meaning(column));
    }
    List<String> rejected = rejected(contract);
    if (!rejected.isEmpty()) {
      text.append("\nRejected rows: ").append(String.join("; ", rejected)).append(".\n");
    }
    text.append('\n');
  }

  private static String meaning(Column column) {
    String words =
        column.words().isEmpty() ? "" : " One of " + String.join(", ", column.words()) + ".";
    String stored =
        column.type() == ColumnType.CLIENT ? " Stored as " + column.storedName() + "." : "";
    return column.meaning()
        + words
        + stored
        + column.unit().map(unit -> " Unit: " + unit + ".").orElse("");
  }

  private static void family(StringBuilder text, MeasureFamily family) {
    text.append("### ").append(family.id()).append("\n\n").append(family.about()).append("\n\n");
    text.append("| measure | is | unit | of | grain | members add up | made of |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (MeasureDefinition measure : family.measures()) {
      row(
          text,
          "`" + measure.id() + "`",
          measure.words(),
          measure.unit().name().toLowerCase(Locale.ROOT),
          measure.period().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          grains(measure.grains()),
          measure.membersAddUp().isEmpty() ? "–" : grains(measure.membersAddUp()),
          String.join(", ", measure.tables()));
    }
    text.append('\n');
  }

  private static String grains(List<Grain> grains) {
    return grains.stream().map(Grain::word).collect(Collectors.joining(", "));
  }

  private static void kpi(StringBuilder text, KpiDefinition kpi) {
    text.append("### ").append(kpi.id()).append("\n\n");
    text.append("**").append(kpi.label()).append("**, version ").append(kpi.version());
    text.append(". ").append(kpi.description()).append("\n\n| | |\n|---|---|\n");
    row(text, "formula", kpi.formula());
    row(text, "numerator", term(Optional.of(kpi.numerator())));
    row(text, "denominator", term(kpi.denominator()));
    row(text, "sample", term(kpi.sample()));
    row(text, "unit", kpi.unit().name().toLowerCase(Locale.ROOT));
    row(text, "better", kpi.direction().name().toLowerCase(Locale.ROOT));
    row(text, "grain", grains(kpi.grains()));
    row(text, "per day", kpi.daily().isEmpty() ? "–" : grains(kpi.daily()));
    row(
        text,
        "range of weeks",
        switch (kpi.rollup()) {
          case SUM -> "measures of the weeks are added";
          case PERIOD_END -> "the last week's value";
        });
    row(
        text,
        "month, range of days",
        switch (kpi.months()) {
          case SUM -> "measures of the days are added";
          case PERIOD_END -> "the value at the end of the month; no other range of days";
        });
    row(text, "left out", kpi.exclusions());
    row(
        text,
        "not available",
        kpi.needs().stream().map(Need::reason).collect(Collectors.joining("; ")));
    if (!kpi.toldWhere().isEmpty()) {
      row(text, "known", "in a location's weeks with " + code(kpi.toldWhere()));
    }
    if (!kpi.zeroWhere().isEmpty()) {
      row(
          text,
          "known to be 0",
          "in weeks with " + code(kpi.zeroWhere()) + " and nothing to add, in `kpi_weekly_zeros`");
    }
    text.append('\n');
  }

  private static String term(Optional<Term> term) {
    return term.map(
            t ->
                t.words()
                    + ": "
                    + t.measures().stream()
                        .map(measure -> "`" + measure + "`")
                        .collect(Collectors.joining(" + "))
                    + (t.multiplyBy() == 1 ? "" : " × " + t.multiplyBy())
                    + (t.divideBy() == 1 ? "" : " ÷ " + t.divideBy()))
        .orElse("–");
  }

  private static String code(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  private static void row(StringBuilder text, String... cells) {
    for (String cell : cells) {
      text.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    text.append("|\n");
  }
}
