package medspa.pipelines.deliver;

import java.util.Optional;
import medspa.warehouse.history.PastDelivery.Outcome;

/**
 * How an attempt to send ended.
 *
 * @param code what the receiver answered, where it answered in numbers
 * @param problem what to tell where it did not arrive
 * @param reach what that says of the next one
 */
record Ending(Outcome outcome, Optional<Integer> code, Optional<String> problem, Reach reach) {
  /** Whether the receiver can be talked to. */
  enum Reach {
    /** It answered. */
    ANSWERS,
    /** It did not answer, or broke off. */
    SILENT,
    /** Nothing can be sent before somebody changes a setting. */
    MISCONFIGURED
  }

  static Ending sent(int code) {
    return new Ending(Outcome.SENT, Optional.of(code), Optional.empty(), Reach.ANSWERS);
  }

  static Ending answered(Outcome outcome, int code, String problem) {
    return new Ending(outcome, Optional.of(code), Optional.of(problem), Reach.ANSWERS);
  }

  static Ending silent(Outcome outcome, String problem) {
    return new Ending(outcome, Optional.empty(), Optional.of(problem), Reach.SILENT);
  }

  static Ending misconfigured(String problem) {
    return new Ending(Outcome.FAILED, Optional.empty(), Optional.of(problem), Reach.MISCONFIGURED);
  }
}
