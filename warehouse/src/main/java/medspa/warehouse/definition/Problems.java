package medspa.warehouse.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects every problem of a definition or configuration before anything fails, so that its author
 * sees all of them at once.
 */
public final class Problems {
  private final List<String> messages = new ArrayList<>();

  /** Adds a problem, once: where it is (file, line and key), what is wrong, what to do. */
  public void add(String where, String message) {
    String problem = where + ": " + message;
    if (!messages.contains(problem)) {
      messages.add(problem);
    }
  }

  /** The problems so far, in the order of their discovery. */
  public List<String> messages() {
    return List.copyOf(messages);
  }

  /**
   * Fails if there was any problem.
   *
   * @throws InvalidDefinitionException with all of them
   */
  public void failIfAny() {
    if (!messages.isEmpty()) {
      throw new InvalidDefinitionException(messages);
    }
  }
}
