package medspa.charts.figure;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import medspa.charts.read.Kpi;
import medspa.charts.read.Point;
import medspa.charts.read.Series;
import medspa.warehouse.kpi.KpiDefinition.Direction;
import medspa.warehouse.kpi.KpiDefinition.Unit;

final class ChartFixture {
  static final LocalDate WEEK = LocalDate.of(2026, 11, 16);
  static final KpiFormat FORMAT = new KpiFormat("USD");

  private ChartFixture() {}

  static Kpi kpi(Direction direction) {
    return new Kpi(
        "rate",
        1,
        "Rate",
        Unit.PERCENT,
        direction,
        Optional.of("visits"),
        7,
        Optional.empty(),
        new Kpi.Definition("What it says.", "a ÷ b", "None."));
  }

  /** Thirteen stable weeks ending with the values; NaN is a week without a value. */
  static Series series(double... values) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < Series.WEEKS; i++) {
      int place = i - (Series.WEEKS - values.length);
      LocalDate week = WEEK.minusWeeks(Series.WEEKS - 1L - i);
      boolean present = place >= 0 && !Double.isNaN(values[place]);
      points.add(
          present
              ? new Point(week, OptionalDouble.of(values[place]), true, OptionalDouble.of(100))
              : Point.absent(week));
    }
    return new Series(points);
  }
}
