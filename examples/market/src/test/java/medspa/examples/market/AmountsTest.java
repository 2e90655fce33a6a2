package medspa.examples.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AmountsTest {
  @Test
  void dollarsCarryASignAndThousands() {
    assertThat(Amounts.dollars(11_490_000)).isEqualTo("$1,149.00");
    assertThat(Amounts.dollars(-34_500)).isEqualTo("-$3.45");
    assertThat(Amounts.dollars(12_345_678_900L)).isEqualTo("$1,234,567.89");
    assertThat(Amounts.dollars(0)).isEqualTo("$0.00");
  }

  @Test
  void plainAmountsCarryFourDecimalsOnlyWhereTheyHaveThem() {
    assertThat(Amounts.plain(125_000)).isEqualTo("12.50");
    assertThat(Amounts.plain(-113_850)).isEqualTo("-11.3850");
    assertThat(Amounts.plain(5)).isEqualTo("0.0005");
    assertThat(Amounts.plain(OptionalLong.empty())).isEmpty();
  }

  @Test
  void quantitiesAreWholeWhereTheyCanBe() {
    assertThat(Amounts.number(-30_000)).isEqualTo("-3");
    assertThat(Amounts.number(2_500)).isEqualTo("0.25");
    assertThat(Amounts.oneDecimal(-10_000)).isEqualTo("-1.0");
  }
}
