package medspa.charts.document;

import java.math.BigDecimal;
import java.time.LocalDate;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/** What a cell holds besides its text, for outputs that can be reckoned with. */
public sealed interface Value {
  /** A number with all its digits, in its unit. */
  record Amount(Unit unit, BigDecimal number) implements Value {}

  /** A day. */
  record Day(LocalDate date) implements Value {}
}
