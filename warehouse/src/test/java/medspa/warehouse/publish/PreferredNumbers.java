package medspa.warehouse.publish;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import medspa.warehouse.publish.Confinement.Fact;

/**
 * The series that values of peers are rounded to, written a second time, and what a quartile tells.
 */
final class PreferredNumbers {
  private static final double HALF_STEP = Math.pow(10, 0.05);
  private static final double[] SERIES = {1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8};
  private static final List<Cell> AMOUNTS = amounts(-4, 8);
  private static final List<Cell> SHARES = shares();

  private PreferredNumbers() {}

  /** A number and what it stands for. */
  record Cell(double number, double low, double high) {}

  private static List<Cell> amounts(int from, int to) {
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell(0, 0, 0));
    for (int power = from; power < to; power++) {
      for (int i = 0; i < SERIES.length; i++) {
        double exact = Math.pow(10, power + i / 10.0);
        cells.add(new Cell(SERIES[i] * Math.pow(10, power), exact / HALF_STEP, exact * HALF_STEP));
      }
    }
    return cells;
  }

  private static List<Cell> shares() {
    List<Cell> cells = new ArrayList<>();
    for (Cell cell : amounts(-4, 0)) {
      if (cell.number() <= 0.5) {
        cells.add(new Cell(cell.number(), cell.low(), Math.min(0.5, cell.high())));
        cells.add(new Cell(1 - cell.number(), Math.max(0.5, 1 - cell.high()), 1 - cell.low()));
      }
    }
    return cells;
  }

  static double rounded(double value, boolean isShare) {
    Cell nearest = null;
    for (Cell cell : isShare ? SHARES : AMOUNTS) {
      if (value >= cell.low() && value <= cell.high()) {
        nearest = cell;
      }
    }
    return nearest.number();
  }

  /**
   * What a published quartile of rounded values tells, to somebody who solves for both neighbours.
   */
  static List<Fact> facts(
      Collection<String> of, String period, double share, double published, boolean isShare) {
    double place = (of.size() - 1) * share;
    int below = (int) Math.floor(place);
    double part = place - below;
    List<Cell> cells = isShare ? SHARES : AMOUNTS;
    double[] lower = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    double[] upper = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    double near = 1e-9 * Math.max(1, Math.abs(published));
    for (Cell one : cells) {
      for (Cell other : part == 0 ? List.of(one) : cells) {
        if (one.number() <= other.number()
            && Math.abs(one.number() * (1 - part) + other.number() * part - published) < near) {
          lower[0] = Math.min(lower[0], one.low());
          lower[1] = Math.max(lower[1], one.high());
          upper[0] = Math.min(upper[0], other.low());
          upper[1] = Math.max(upper[1], other.high());
        }
      }
    }
    if (lower[0] > lower[1]) {
      throw new IllegalStateException(published + " is no quartile of preferred numbers");
    }
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact(of, period, below, lower[0], lower[1]));
    if (part > 0) {
      facts.add(new Fact(of, period, below + 1, upper[0], upper[1]));
    }
    return facts;
  }

  /** What a quartile of exact values tells of the places beside it. */
  static List<Fact> exactFacts(
      Collection<String> of, String period, double share, double published) {
    double place = (of.size() - 1) * share;
    int below = (int) Math.floor(place);
    return place == below
        ? List.of(new Fact(of, period, below, published, published))
        : List.of(
            new Fact(of, period, below, Double.NEGATIVE_INFINITY, published),
            new Fact(of, period, below + 1, published, Double.POSITIVE_INFINITY));
  }
}
