package medspa.warehouse.publish;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/**
 * What can be concluded of one practice from facts about the order of many: for each threshold a
 * linear program over "this practice lies below it in this period". What the program forces is
 * certain.
 */
final class Confinement {
  private static final double TOLERANCE = 1e-6;

  private final List<Fact> facts;
  private final List<Mean> means;

  /**
   * One practice's value in one period.
   *
   * @param period a week or a range of weeks
   */
  record Value(String practice, String period) {}

  /**
   * The value at a place in the order of some practices is {@code atLeast} or more and below {@code
   * atMost}, or both.
   *
   * @param index from 0, the smallest
   */
  record Fact(Collection<String> of, String period, int index, double atLeast, double atMost) {}

  /** The value of a period is a mean of those of others, with weights that nobody tells. */
  record Mean(Collection<String> of, String period, List<String> over) {}

  /** Ends between which a value lies for certain. */
  record Interval(double low, double high) {
    double width() {
      return high - low;
    }
  }

  Confinement(List<Fact> facts, List<Mean> means) {
    this.facts = facts;
    this.means = means;
  }

  /** What is certain of a value. */
  Interval of(Value value) {
    TreeSet<Double> thresholds = new TreeSet<>();
    for (Fact fact : facts) {
      thresholds.add(fact.atLeast());
      thresholds.add(fact.atLeast() == fact.atMost() ? Math.nextUp(fact.atMost()) : fact.atMost());
    }
    thresholds.removeIf(threshold -> Double.isInfinite(threshold));
    double low = Double.NEGATIVE_INFINITY;
    for (double threshold : thresholds) {
      if (extreme(value, threshold, GoalType.MAXIMIZE) > 1 - TOLERANCE) {
        break;
      }
      low = threshold;
    }
    double high = Double.POSITIVE_INFINITY;
    for (double threshold : thresholds.descendingSet()) {
      if (extreme(value, threshold, GoalType.MINIMIZE) < TOLERANCE) {
        break;
      }
      high = threshold;
    }
    return new Interval(low, high);
  }

  /** How far the value can be, or must be, below the threshold: 0 not, 1 wholly. */
  private double extreme(Value value, double threshold, GoalType goal) {
    Map<Value, Integer> variables = new LinkedHashMap<>();
    for (Fact fact : facts) {
      fact.of().forEach(p -> variables.putIfAbsent(new Value(p, fact.period()), variables.size()));
    }
    for (Mean mean : means) {
      for (String practice : mean.of()) {
        variables.putIfAbsent(new Value(practice, mean.period()), variables.size());
        mean.over().forEach(p -> variables.putIfAbsent(new Value(practice, p), variables.size()));
      }
    }
    if (!variables.containsKey(value)) {
      return goal == GoalType.MAXIMIZE ? 1 : 0;
    }
    List<LinearConstraint> constraints = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      double[] row = new double[variables.size()];
      row[i] = 1;
      constraints.add(new LinearConstraint(row, Relationship.LEQ, 1));
    }
    for (Fact fact : facts) {
      double[] row = new double[variables.size()];
      fact.of().forEach(p -> row[variables.get(new Value(p, fact.period()))] = 1);
      if (threshold <= fact.atLeast()) {
        constraints.add(new LinearConstraint(row, Relationship.LEQ, fact.index()));
      }
      boolean isExact = fact.atLeast() == fact.atMost();
      if (isExact ? threshold > fact.atMost() : threshold >= fact.atMost()) {
        constraints.add(new LinearConstraint(row, Relationship.GEQ, fact.index() + 1.0));
      }
    }
    for (Mean mean : means) {
      for (String practice : mean.of()) {
        // Below the threshold only if a part of it is, and not below only if a part is not.
        double[] row = new double[variables.size()];
        row[variables.get(new Value(practice, mean.period()))] = 1;
        mean.over().forEach(p -> row[variables.get(new Value(practice, p))] = -1);
        constraints.add(new LinearConstraint(row, Relationship.LEQ, 0));
        constraints.add(new LinearConstraint(row, Relationship.GEQ, 1.0 - mean.over().size()));
      }
    }
    double[] objective = new double[variables.size()];
    objective[variables.get(value)] = 1;
    return new SimplexSolver()
        .optimize(
            new MaxIter(100_000),
            new LinearObjectiveFunction(objective, 0),
            new LinearConstraintSet(constraints),
            goal,
            new NonNegativeConstraint(true))
        .getValue();
  }
}
