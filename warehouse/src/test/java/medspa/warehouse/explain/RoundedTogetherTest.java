package medspa.warehouse.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RoundedTogetherTest {
  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final BigDecimal THREE = BigDecimal.valueOf(3);

  private final RoundedTogether together = new RoundedTogether();

  private BigDecimal third(String group) {
    return together.share(Optional.of(group), ONE, ONE, THREE);
  }

  @Test
  void sharesOfAGroupAddUpToItsRoundedSum() {
    List<BigDecimal> thirds = List.of(third("a"), third("a"), third("a"));

    assertThat(thirds)
        .extracting(BigDecimal::toPlainString)
        .containsExactly("0.3333333333", "0.3333333334", "0.3333333333");
    assertThat(thirds.stream().reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo("1");
  }

  @Test
  void groupsAreRoundedApart() {
    assertThat(third("a")).isEqualByComparingTo("0.3333333333");
    assertThat(third("b")).isEqualByComparingTo("0.3333333333");
  }

  @Test
  void halfOfTheLastDecimalGoesToTheEvenOne() {
    BigDecimal half = new BigDecimal("0.00000000005");

    assertThat(together.share(Optional.of("a"), half, ONE, ONE)).isEqualByComparingTo("0");
    assertThat(together.share(Optional.of("b"), half, THREE, ONE))
        .isEqualByComparingTo("0.0000000002");
  }

  @Test
  void withoutAGroupTheAmountStaysAsItIs() {
    BigDecimal exact = new BigDecimal("0.123456789012345");

    assertThat(together.share(Optional.empty(), exact, ONE, THREE)).isEqualTo(exact);
  }
}
