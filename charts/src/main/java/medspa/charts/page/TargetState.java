package medspa.charts.page;

import medspa.charts.read.Kpi;

/** Where a value stands against its target; said in a word and a shape, never by colour alone. */
public enum TargetState {
  ON("on", "●", "On target"),
  NEAR("near", "▲", "Near target"),
  OFF("off", "■", "Off target");

  /** A miss by less than this share of the target is near it. */
  static final double NEAR_SHARE = 0.05;

  private final String css;
  private final String shape;
  private final String words;

  TargetState(String css, String shape, String words) {
    this.css = css;
    this.shape = shape;
    this.words = words;
  }

  static TargetState of(Kpi kpi, double value, double target) {
    double shortfall = kpi.upIsBetter() ? target - value : value - target;
    if (shortfall <= 0) {
      return ON;
    }
    return shortfall <= NEAR_SHARE * Math.abs(target) ? NEAR : OFF;
  }

  /** Its class in the style sheet. */
  public String css() {
    return css;
  }

  /** Its shape. */
  public String shape() {
    return shape;
  }

  /** Its words. */
  public String words() {
    return words;
  }
}
