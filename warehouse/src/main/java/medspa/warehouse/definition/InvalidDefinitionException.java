package medspa.warehouse.definition;

import java.util.List;

/** A definition or configuration that cannot be used; carries every problem found in it. */
public final class InvalidDefinitionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /** With the problems, one sentence each, naming file, line and key. */
  public InvalidDefinitionException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence per problem, naming file, line and key. */
  public List<String> problems() {
    return problems;
  }
}
