package medspa.warehouse.change;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much a week takes after the week before it, in all series of a practice: their serial
 * correlation ρ, as it was known at the end of each week.
 *
 * <p>Of one series it is told by how squared differences grow with their distance: with γ₁ and γ₂
 * half the mean squares of those over one and over two weeks, γ₂ ÷ γ₁ = 1 + ρ in a series whose
 * weeks depend on the one before (the variogram of a first-order autoregression; Cressie, 1993,
 * section 2.4). A move to another level adds few differences, where it would dominate a plain
 * correlation. The practice's ρ is the median of its series, between 0 and 0.6, because steps at
 * once in most series would read as more.
 */
public final class WeekCorrelation {
  /** Weeks of a series from which it takes part. */
  private static final int WEEKS = 9;

  private static final double MOST = 0.6;

  private final NavigableMap<LocalDate, Double> byWeek;

  private WeekCorrelation(NavigableMap<LocalDate, Double> byWeek) {
    this.byWeek = byWeek;
  }

  /** The same in every week. */
  public static WeekCorrelation constant(double correlation) {
    return new WeekCorrelation(new TreeMap<>(Map.of(LocalDate.MIN, correlation)));
  }

  /** That of the series of one practice. */
  public static WeekCorrelation of(List<WeeklySeries> family) {
    List<double[]> ratios = family.stream().map(WeekCorrelation::ratios).toList();
    TreeSet<LocalDate> weeks = new TreeSet<>();
    family.forEach(series -> weeks.addAll(series.weeks()));
    int[] told = new int[family.size()];
    NavigableMap<LocalDate, Double> byWeek = new TreeMap<>();
    for (LocalDate week : weeks) {
      List<Double> known = new ArrayList<>();
      for (int i = 0; i < told.length; i++) {
        WeeklySeries series = family.get(i);
        if (told[i] < series.size() && series.weeks().get(told[i]).equals(week)) {
          told[i]++;
        }
        if (told[i] >= WEEKS && !Double.isNaN(ratios.get(i)[told[i] - 1])) {
          known.add(ratios.get(i)[told[i] - 1] - 1);
        }
      }
      byWeek.put(week, Math.min(Math.max(median(known), 0), MOST));
    }
    return new WeekCorrelation(byWeek);
  }

  /** ρ as it was known at the end of a week; 0 before any series tells. */
  public double at(LocalDate week) {
    Map.Entry<LocalDate, Double> known = byWeek.floorEntry(week);
    return known == null ? 0 : known.getValue();
  }

  /** γ₂ ÷ γ₁ of the weeks up to each; NaN where nothing has changed so far. */
  private static double[] ratios(WeeklySeries series) {
    List<Double> values = series.values();
    double[] ratios = new double[values.size()];
    double overOne = 0;
    double overTwo = 0;
    for (int i = 0; i < ratios.length; i++) {
      overOne += i < 1 ? 0 : square(values.get(i) - values.get(i - 1));
      overTwo += i < 2 ? 0 : square(values.get(i) - values.get(i - 2));
      ratios[i] = i < 2 || overOne == 0 ? Double.NaN : overTwo / (i - 1) / (overOne / i);
    }
    return ratios;
  }

  private static double square(double x) {
    return x * x;
  }

  private static double median(List<Double> known) {
    double[] sorted = known.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return 0;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
