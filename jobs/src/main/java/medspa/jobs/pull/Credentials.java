package medspa.jobs.pull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes secrets from the environment, and collects what is missing or cannot be one. What it gives
 * prints as {@code (secret)}.
 */
final class Credentials {
  private final Function<String, Optional<String>> environment;
  private final List<String> problems = new ArrayList<>();

  Credentials(Function<String, Optional<String>> environment) {
    this.environment = environment;
  }

  /** A secret on its way to the place where it is shown. */
  static final class Secret {
    private final String text;

    private Secret(String text) {
      this.text = text;
    }

    String reveal() {
      return text;
    }

    @Override
    public String toString() {
      return "(secret)";
    }
  }

  /** The secret of a variable, if it is set; a line break at its end is no part of it. */
  Optional<Secret> find(String variable) {
    return text(variable).filter(text -> fits(variable, text)).map(Secret::new);
  }

  /** A text of several lines, such as a private key. */
  Optional<Secret> findLines(String variable) {
    return text(variable).map(Secret::new);
  }

  /** The secret of a variable that must be set. */
  Secret need(String source, String variable) {
    Optional<String> text = text(variable);
    if (text.isEmpty()) {
      problem(source, "needs the environment variable " + variable);
    }
    return text.filter(t -> fits(variable, t)).map(Secret::new).orElse(new Secret(""));
  }

  void problem(String source, String message) {
    problems.add("The source " + source + " " + message);
  }

  List<String> problems() {
    return problems.stream().distinct().toList();
  }

  private Optional<String> text(String variable) {
    return environment.apply(variable).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** A control character would end up in an error message of the client, with all around it. */
  private boolean fits(String variable, String text) {
    boolean fits = text.chars().noneMatch(Character::isISOControl);
    if (!fits) {
      problems.add(
          "The environment variable "
              + variable
              + " has a line break or control character inside; set it to the secret alone");
    }
    return fits;
  }
}
