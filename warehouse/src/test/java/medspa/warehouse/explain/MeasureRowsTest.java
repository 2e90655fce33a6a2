package medspa.warehouse.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.warehouse.kpi.KpiCatalogue;
import medspa.warehouse.kpi.KpiDefinition;
import medspa.warehouse.kpi.KpiDefinition.Term;
import org.junit.jupiter.api.Test;

class MeasureRowsTest {
  @Test
  void theRowsOfEveryMeasureInANumeratorOrDenominatorCanBeTold() {
    List<String> measures =
        KpiCatalogue.load().all().stream()
            .flatMap(MeasureRowsTest::terms)
            .flatMap(term -> term.measures().stream())
            .distinct()
            .toList();
    assertThat(measures)
        .hasSizeGreaterThan(15)
        .allSatisfy(
            measure -> assertThat(MeasureRows.know(measure)).as("rows behind " + measure).isTrue());
    assertThat(MeasureRows.know("visits_imagined")).isFalse();
  }

  private static Stream<Term> terms(KpiDefinition kpi) {
    return Stream.concat(Stream.of(kpi.numerator()), kpi.denominator().stream());
  }

  @Test
  void sharesOfAGroupAddUpToItsRoundedSum() {
    RoundedTogether group = new RoundedTogether();
    BigDecimal third = RoundedTogether.fraction(BigDecimal.TEN, new BigDecimal(3));
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < 3; i++) {
      sum = sum.add(group.share(Optional.of("a"), third, new BigDecimal(364), new BigDecimal(91)));
    }
    assertThat(sum).isEqualByComparingTo("40");
    assertThat(group.share(Optional.of("b"), third, BigDecimal.ONE, BigDecimal.ONE))
        .isEqualByComparingTo("3.3333333333");
    assertThat(group.share(Optional.empty(), third, BigDecimal.TEN, BigDecimal.ONE))
        .isEqualTo(third);
  }

  @Test
  void aFewNamesAreListedAndOfManyTheNearest() {
    assertThat(UnknownNameException.of("location", "c", List.of("b", "a")))
        .hasMessage("There is no location c; there are a, b");
    List<String> many = Stream.iterate(100, i -> i + 1).limit(30).map(i -> "room" + i).toList();
    assertThat(UnknownNameException.of("room", "Room11", many))
        .hasMessageStartingWith("There is no room Room11; of 30 the nearest are room101, room11")
        .hasMessageNotContaining("room128");
    assertThat(UnknownNameException.of("room", "r", List.of()))
        .hasMessage("There is no room r; nothing of the kind is published");
  }
}
