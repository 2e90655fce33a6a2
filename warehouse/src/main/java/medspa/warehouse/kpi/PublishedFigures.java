package medspa.warehouse.kpi;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.ResourceFolder;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.kpi.KpiDefinition.Unit;
import medspa.warehouse.kpi.PublishedFigure.Grade;
import medspa.warehouse.kpi.PublishedFigure.Kind;

/** All figures of the trade, loaded and validated as a whole from {@code published/}. */
public final class PublishedFigures {
  private static final Set<String> KEYS =
      Set.of(
          "figure",
          "kpi",
          "low",
          "high",
          "currency",
          "kind",
          "source",
          "link",
          "year",
          "sample",
          "grade",
          "definition",
          "difference");

  private static final int FIRST_YEAR = 1990;

  private PublishedFigures() {}

  /**
   * The figures shipped with the program, by id.
   *
   * @throws medspa.warehouse.definition.InvalidDefinitionException naming file and field
   */
  public static List<PublishedFigure> load() {
    return load(ResourceFolder.shipped("published"), KpiCatalogue.load());
  }

  static List<PublishedFigure> load(ResourceFolder folder, KpiCatalogue kpis) {
    Problems problems = new Problems();
    List<PublishedFigure> figures = new ArrayList<>();
    for (String id : folder.names(".yaml")) {
      String file = id + ".yaml";
      YamlValue yaml = YamlValue.parse(folder.path(file), folder.text(file), problems);
      PublishedFigure figure = parse(yaml, kpis);
      if (!figure.id().equals(id)) {
        yaml.problem("must be the figure " + id + " like the file");
      }
      figures.add(figure);
    }
    problems.failIfAny();
    return List.copyOf(figures);
  }

  /** Reads one figure; problems go into the document's {@link Problems}. */
  static PublishedFigure parse(YamlValue yaml, KpiCatalogue kpis) {
    yaml.allowOnly(KEYS);
    PublishedFigure figure =
        new PublishedFigure(
            yaml.text("figure"),
            yaml.text("kpi"),
            number(yaml, "low"),
            number(yaml, "high"),
            yaml.optionalText("currency"),
            yaml.find("kind").flatMap(kind -> kind.word(Kind.class)).orElse(Kind.MEASURED),
            yaml.text("source"),
            yaml.text("link"),
            yaml.integer("year", 0),
            yaml.text("sample"),
            yaml.find("grade").flatMap(grade -> grade.word(Grade.class)).orElse(Grade.B),
            yaml.text("definition"),
            yaml.text("difference"));
    for (String key : List.of("kind", "grade")) {
      yaml.text(key);
    }
    if (figure.low().compareTo(figure.high()) > 0) {
      yaml.problem("has a low above its high");
    }
    if (!figure.link().startsWith("https://")) {
      yaml.problem("needs a link that begins with https://");
    }
    if (figure.year() < FIRST_YEAR) {
      yaml.problem("needs the year of its data, from " + FIRST_YEAR);
    }
    Optional<KpiDefinition> kpi = kpis.find(figure.kpi());
    if (kpi.isEmpty()) {
      yaml.problem("names the KPI " + figure.kpi() + ", which there is not");
    }
    kpi.ifPresent(known -> fits(yaml, figure, known.unit()));
    return figure;
  }

  private static void fits(YamlValue yaml, PublishedFigure figure, Unit unit) {
    boolean isMoney = unit == Unit.MONEY || unit == Unit.MONEY_PER_HOUR;
    if (isMoney != figure.currency().isPresent()) {
      yaml.problem(isMoney ? "needs a currency such as USD" : "has a currency, but is no amount");
    }
    if (unit == Unit.PERCENT && figure.high().compareTo(BigDecimal.ONE) > 0) {
      yaml.problem("needs shares from 0 to 1");
    }
  }

  private static BigDecimal number(YamlValue yaml, String key) {
    yaml.text(key);
    return yaml.convert(
        key,
        BigDecimal.ZERO,
        text -> {
          if (!text.matches("[0-9]+(\\.[0-9]+)?")) {
            throw new IllegalArgumentException("must be a number such as 0.23");
          }
          return new BigDecimal(text);
        });
  }
}
