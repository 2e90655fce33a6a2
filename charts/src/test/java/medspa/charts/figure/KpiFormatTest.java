package medspa.charts.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import medspa.warehouse.kpi.KpiDefinition.Unit;
import org.junit.jupiter.api.Test;

class KpiFormatTest {
  private final KpiFormat dollars = new KpiFormat("USD");

  @Test
  void aPercentHasOneDecimalRoundedHalfUp() {
    assertThat(dollars.value(Unit.PERCENT, 0.71449)).isEqualTo("71.4%");
    assertThat(dollars.value(Unit.PERCENT, 0.7145)).isEqualTo("71.5%");
    assertThat(dollars.value(Unit.PERCENT, 0.01)).isEqualTo("1.0%");
  }

  @Test
  void aShareBelowOnePercentHasTwoDigitsThatTell() {
    assertThat(dollars.value(Unit.PERCENT, 0.000351)).isEqualTo("0.035%");
    assertThat(dollars.value(Unit.PERCENT, 0.0035)).isEqualTo("0.35%");
    assertThat(dollars.value(Unit.PERCENT, 0.00996)).isEqualTo("1.0%");
    assertThat(dollars.value(Unit.PERCENT, 0.000996)).isEqualTo("0.10%");
    assertThat(dollars.compact(Unit.PERCENT, -0.0004)).isEqualTo("−0.040%");
    assertThat(dollars.value(Unit.PER_HUNDRED, 0.04)).isEqualTo("0.040");
    assertThat(KpiFormat.share(0.0000004)).isEqualTo("< 0.0001%");
  }

  @Test
  void onlyNothingIsZeroPercent() {
    assertThat(dollars.value(Unit.PERCENT, 0)).isEqualTo("0%");
    assertThat(dollars.value(Unit.PER_HUNDRED, 0)).isEqualTo("0");
  }

  @Test
  void centsAreShownBelowAThousandOnly() {
    assertThat(dollars.value(Unit.MONEY, 999.99)).isEqualTo("$999.99");
    assertThat(dollars.value(Unit.MONEY, 999.995)).isEqualTo("$1,000");
    assertThat(dollars.value(Unit.MONEY, 1234567.8)).isEqualTo("$1,234,568");
    assertThat(dollars.value(Unit.MONEY, 0)).isEqualTo("$0");
  }

  @Test
  void aNegativeAmountHasATrueMinusBeforeTheSign() {
    assertThat(dollars.value(Unit.MONEY, -1230.25)).isEqualTo("−$1,230");
  }

  @Test
  void currenciesHaveTheirSigns() {
    assertThat(new KpiFormat("CAD").money(BigDecimal.TEN)).isEqualTo("CA$10.00");
    assertThat(new KpiFormat("GBP").money(BigDecimal.TEN)).isEqualTo("£10.00");
    assertThat(new KpiFormat("EUR").money(BigDecimal.TEN)).isEqualTo("€10.00");
    assertThat(new KpiFormat("CHF").money(BigDecimal.TEN)).isEqualTo("CHF\u00a010.00");
  }

  @Test
  void whatIsNotThereIsAnEnDash() {
    assertThat(dollars.value(Unit.DAYS, OptionalDouble.empty())).isEqualTo("–");
  }

  @Test
  void aDifferenceCarriesItsSign() {
    assertThat(dollars.difference(Unit.PERCENT, 0.70, 0.721)).isEqualTo("+2.1 pts");
    assertThat(dollars.difference(Unit.MONEY, 5000, 3800)).isEqualTo("−$1,200");
    assertThat(dollars.difference(Unit.PERCENT, 0.7, 0.70001)).isEqualTo("no change");
    assertThat(dollars.difference(Unit.PERCENT, 0.0001, 0.00045)).isEqualTo("+0.035 pts");
    assertThat(dollars.difference(Unit.PERCENT, 0, 0.0000001)).isEqualTo("no change");
  }

  @Test
  void ticksAreAsShortAsTheirStepAllows() {
    assertThat(dollars.axis(Unit.MONEY, 84000, 2000)).isEqualTo("$84k");
    assertThat(dollars.axis(Unit.MONEY, 2500, 500)).isEqualTo("$2.5k");
    assertThat(dollars.axis(Unit.PERCENT, 0.075, 0.025)).isEqualTo("7.5%");
    assertThat(dollars.axis(Unit.MONEY, 2000000, 1000000)).isEqualTo("$2M");
    assertThat(dollars.axis(Unit.MONEY, 1500000, 500000)).isEqualTo("$1.5M");
    assertThat(dollars.axis(Unit.PERCENT, 0.000025, 0.000025)).isEqualTo("0.0025%");
  }

  @Test
  void quantitiesAndHoursAreRoundedForReadingOnly() {
    assertThat(KpiFormat.quantity(new BigDecimal("7.5000"))).isEqualTo("7.5");
    assertThat(KpiFormat.quantity(new BigDecimal("1240"))).isEqualTo("1,240");
    assertThat(KpiFormat.hours(new BigDecimal("93"))).isEqualTo("1.6");
  }
}
