package medspa.warehouse.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import medspa.warehouse.definition.InvalidDefinitionException;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.YamlValue;
import org.junit.jupiter.api.Test;

class PublishedFiguresTest {
  private static final String FIGURE =
      """
      figure: a_figure
      kpi: no_show_rate
      low: 0.08
      high: 0.08
      kind: measured
      source: A journal
      link: https://example.com/a
      year: 2021
      sample: 1,000 appointments
      grade: a
      definition: Missed appointments
      difference: Appointments and not visits
      """;

  private static PublishedFigure parse(String yaml) {
    Problems problems = new Problems();
    PublishedFigure figure =
        PublishedFigures.parse(
            YamlValue.parse("a_figure.yaml", yaml, problems), KpiCatalogue.load());
    problems.failIfAny();
    return figure;
  }

  @Test
  void everyFigureThatIsShippedSaysWhereItIsFromAndWhatItIsNot() {
    List<PublishedFigure> figures = PublishedFigures.load();
    assertThat(figures).hasSizeGreaterThanOrEqualTo(7);
    assertThat(figures)
        .allSatisfy(
            figure -> {
              assertThat(figure.source()).hasSizeGreaterThan(20);
              assertThat(figure.sample()).isNotBlank();
              assertThat(figure.difference()).hasSizeGreaterThan(30);
            });
    assertThat(figures).extracting(PublishedFigure::id).doesNotHaveDuplicates();
  }

  @Test
  void aFigureThatLacksWhatMakesItOneIsRefusedWithItsFile() {
    assertThat(parse(FIGURE).low()).isEqualByComparingTo("0.08");
    for (List<String> change :
        List.of(
            List.of("kpi: no_show_rate", "kpi: luck", "names the KPI luck, which there is not"),
            List.of("high: 0.08", "high: 0.07", "has a low above its high"),
            List.of("high: 0.08", "high: 8", "needs shares from 0 to 1"),
            List.of("link: https", "link: http", "needs a link that begins with https://"),
            List.of("year: 2021", "year: 21", "needs the year of its data, from 1990"),
            List.of("grade: a", "grade: c", "grade"),
            List.of("difference: Appointments and not visits\n", "", "difference"),
            List.of("grade: a", "grade: a\ncurrency: USD", "has a currency, but is no amount"),
            List.of("low: 0.08", "low: eight", "must be a number such as 0.23"))) {
      assertThat(FIGURE).contains(change.get(0));
      assertThatThrownBy(() -> parse(FIGURE.replace(change.get(0), change.get(1))))
          .as(change.toString())
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("a_figure.yaml")
          .hasMessageContaining(change.get(2));
    }
  }
}
