package medspa.charts.section;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.LocationFacts;
import medspa.charts.read.RevenueStep;
import medspa.charts.read.RevenueStep.Comparison;
import medspa.charts.read.RevenueStep.Effects;
import medspa.charts.read.RevenueStep.Part;
import medspa.charts.read.ServiceFacts;
import medspa.charts.read.ServiceFacts.Duration;
import medspa.charts.read.ServiceFacts.Rate;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/**
 * The services of a location: what each category brought and why that changed, services that take
 * another time than they are booked for, and what an hour of each provider brings by category.
 */
public final class ServiceSection implements Section<Subject> {
  private static final int SERVICES = 4;
  private static final int CATEGORIES = 8;

  /** Categories beside each other. */
  private static final int RATES = 6;

  private static final int PROVIDERS = 12;

  /** Fewer treatments than this say nothing about a provider, however they are shrunk. */
  private static final int TREATMENTS = 5;

  private static final double THOUSAND = 1000;

  private static final String PER_TREATED_HOUR = "revenue_per_treated_hour";

  private static final List<Column> BY_CATEGORY =
      List.of(
          Column.words("Category", 28),
          Column.numbers("Net revenue", 12),
          Column.numbers("Mean of 4 weeks before", 18),
          Column.numbers("Change", 12),
          Column.numbers("Volume", 10),
          Column.numbers("Price", 10),
          Column.numbers("Mix", 10));

  @Override
  public List<Block> blocks(Subject subject) {
    return subject
        .location()
        .map(LocationFacts::services)
        .map(services -> blocks(subject, services))
        .orElse(List.of());
  }

  private static List<Block> blocks(Subject subject, ServiceFacts services) {
    List<RevenueStep> categories = categories(subject);
    Optional<String> templates = templates(services);
    Optional<Passage> rates =
        subject.isWrong(PER_TREATED_HOUR)
            ? Optional.empty()
            : rates(services.rates(), subject.format());
    List<Block> blocks = new ArrayList<>();
    List<Block> first = new ArrayList<>();
    if (!categories.isEmpty()) {
      first.add(new Block.Heading(heading(categories, subject.format())));
      first.add(byCategory(categories, subject.format()));
    } else if (templates.isPresent()) {
      first.add(new Block.Heading("Services"));
    }
    templates.ifPresent(words -> first.add(Block.Sentence.explains(words)));
    if (!first.isEmpty()) {
      blocks.add(new Passage(first));
    }
    rates.ifPresent(blocks::add);
    return blocks;
  }

  /** Of more than one category, where the week can be held against the four before. */
  private static List<RevenueStep> categories(Subject subject) {
    List<RevenueStep> categories =
        subject.week().steps().stream()
            .filter(step -> step.part() == Part.SERVICE && step.net().isPresent())
            .filter(step -> step.comparison() == Comparison.COMPARED)
            .filter(step -> step.net().orElseThrow().signum() != 0 || step.base().signum() != 0)
            .sorted(Comparator.comparing((RevenueStep step) -> step.net().orElseThrow()).reversed())
            .toList();
    return categories.size() > 1 ? categories : List.of();
  }

  private static String heading(List<RevenueStep> categories, KpiFormat format) {
    RevenueStep most =
        categories.stream()
            .max(Comparator.comparing((RevenueStep step) -> change(step).abs()))
            .orElseThrow();
    return "Services: "
        + Words.quiet(name(most))
        + " "
        + format.briefChange(change(most))
        + " against the mean of the four weeks before";
  }

  private static BigDecimal change(RevenueStep step) {
    return step.net().orElseThrow().subtract(step.base());
  }

  private static String name(RevenueStep step) {
    return Words.capital(step.category().orElse("").replace('_', ' '));
  }

  private static Table byCategory(List<RevenueStep> categories, KpiFormat format) {
    List<Row> rows = new ArrayList<>();
    categories.stream()
        .limit(CATEGORIES)
        .forEach(
            step ->
                rows.add(
                    Row.of(
                        name(step),
                        cells(step.net().orElseThrow(), step.base(), step.effects(), format))));
    List<RevenueStep> rest = categories.stream().skip(CATEGORIES).toList();
    if (!rest.isEmpty()) {
      rows.add(
          Row.of(
              rest.size() + (rest.size() == 1 ? " other category" : " other categories"),
              cells(net(rest), base(rest), effects(rest), format)));
    }
    rows.add(
        new Row(
            Row.Kind.TOTAL,
            false,
            Cell.of("Services"),
            cells(net(categories), base(categories), effects(categories), format)));
    return new Table(Table.Look.SMALL, BY_CATEGORY, rows);
  }

  private static BigDecimal net(List<RevenueStep> steps) {
    return steps.stream()
        .flatMap(step -> step.net().stream())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal base(List<RevenueStep> steps) {
    return steps.stream().map(RevenueStep::base).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** What the effects add up to; empty where one of the steps has none. */
  private static Optional<Effects> effects(List<RevenueStep> steps) {
    return steps.stream().allMatch(step -> step.effects().isPresent())
        ? Optional.of(
            steps.stream()
                .flatMap(step -> step.effects().stream())
                .reduce(Effects.NONE, Effects::plus))
        : Optional.empty();
  }

  private static List<Cell> cells(
      BigDecimal net, BigDecimal base, Optional<Effects> effects, KpiFormat format) {
    return List.of(
        Cells.brief(format, net),
        Cells.brief(format, base),
        Cells.change(format, Optional.of(net.subtract(base))).in(Tone.STRONG),
        Cells.change(format, effects.map(Effects::volume)),
        Cells.change(format, effects.map(Effects::price)),
        Cells.change(format, effects.map(Effects::mix)));
  }

  private static Optional<String> templates(ServiceFacts services) {
    return services.wrongTemplates().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Booked for another time than they take: "
                + services.wrongTemplates().stream()
                    .limit(SERVICES)
                    .map(ServiceSection::words)
                    .collect(Collectors.joining("; "))
                + (services.wrongTemplates().size() > SERVICES
                    ? "; and " + (services.wrongTemplates().size() - SERVICES) + " more."
                    : "."));
  }

  private static String words(Duration service) {
    return service.service()
        + " "
        + Math.round(service.scheduledMedian())
        + " min, half within "
        + Math.round(service.actualMedian())
        + " and four of five within "
        + Math.round(service.actualP80())
        + " (n "
        + KpiFormat.count(service.timed())
        + ")";
  }

  /** Providers by the categories with most hours; only where two can be compared. */
  private static Optional<Passage> rates(List<Rate> all, KpiFormat format) {
    List<Rate> told = all.stream().filter(rate -> rate.treatments() >= TREATMENTS).toList();
    List<String> categories = byHours(told, Rate::category).stream().limit(RATES).toList();
    List<String> providers = byHours(told, Rate::provider).stream().limit(PROVIDERS).toList();
    if (providers.size() < 2) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("Per treated hour (n)", 22));
    categories.forEach(
        category -> columns.add(Column.numbers(Words.capital(category.replace('_', ' ')))));
    List<Row> rows = new ArrayList<>();
    for (String provider : providers) {
      rows.add(
          Row.of(
              provider,
              categories.stream()
                  .map(category -> cell(told, provider, category, format))
                  .toList()));
    }
    rows.add(
        new Row(
            Row.Kind.REFERENCE,
            false,
            Cell.of("Mean of the practice"),
            categories.stream().map(category -> mean(told, category, format)).toList()));
    return Optional.of(
        Passage.of(
            new Block.Heading("What an hour brings, by provider and service"),
            Block.Sentence.explains(
                "Net service per treated hour over 13 weeks, with the treatments it rests on. Few"
                    + " hours say little: each is drawn to the practice’s mean, as if 20 hours of"
                    + " that were added."),
            new Table(Table.Look.SMALL, columns, rows)));
  }

  private static List<String> byHours(List<Rate> rates, Function<Rate, String> of) {
    Map<String, Double> hours =
        rates.stream().collect(Collectors.groupingBy(of, Collectors.summingDouble(Rate::hours)));
    return hours.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Cell cell(List<Rate> rates, String provider, String category, KpiFormat format) {
    return rates.stream()
        .filter(rate -> rate.provider().equals(provider) && rate.category().equals(category))
        .findFirst()
        .map(
            rate ->
                Cells.of(
                    dollars(rate.value(), format) + " (" + KpiFormat.count(rate.treatments()) + ")",
                    Unit.MONEY_PER_HOUR,
                    rate.value()))
        .orElse(Cells.none());
  }

  /** Whole ones. */
  private static String dollars(double value, KpiFormat format) {
    return value < THOUSAND
        ? format.brief(BigDecimal.valueOf(value))
        : format.compact(Unit.MONEY, value);
  }

  private static Cell mean(List<Rate> rates, String category, KpiFormat format) {
    return rates.stream()
        .filter(rate -> rate.category().equals(category))
        .findFirst()
        .map(rate -> Cells.of(dollars(rate.mean(), format), Unit.MONEY_PER_HOUR, rate.mean()))
        .orElse(Cells.none());
  }
}
