package medspa.charts.figure;

/**
 * An axis with round ticks.
 *
 * @param lower its first tick
 * @param upper its last tick
 * @param step between two ticks
 */
record Scale(double lower, double upper, double step) {

  /** The tightest round scale over the values with about that many intervals. */
  static Scale over(double min, double max, int intervals) {
    double low = min;
    double high = max;
    if (high - low < 1e-9) {
      double around = Math.max(Math.abs(high) * 0.1, 0.01);
      low = low >= 0 ? Math.max(0, low - around) : low - around;
      high = high + around;
    }
    double raw = (high - low) / intervals;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = 10 * power;
    for (double nice : new double[] {1, 2, 2.5, 5}) {
      if (nice * power >= raw - 1e-12) {
        step = nice * power;
        break;
      }
    }
    return new Scale(
        Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step, step);
  }
}
