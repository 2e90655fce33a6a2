package medspa.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import medspa.warehouse.query.QueryException;

/** Reports that could not be made: each is named at the end and stops no other. */
final class Failures {
  private final int reports;
  private final List<String> names = new ArrayList<>();
  private final List<RuntimeException> causes = new ArrayList<>();

  Failures(int reports) {
    this.reports = reports;
  }

  /**
   * What is made; empty if it cannot be.
   *
   * @throws QueryException if the warehouse cannot answer, because none could be made then
   */
  <T> Optional<T> unless(String name, Supplier<T> made) {
    try {
      return Optional.of(made.get());
    } catch (QueryException e) {
      throw e;
    } catch (RuntimeException e) {
      add(name, e);
      return Optional.empty();
    }
  }

  void add(String name, RuntimeException cause) {
    names.add(name);
    causes.add(cause);
  }

  /**
   * Tells of them.
   *
   * @throws IllegalStateException if there are any
   */
  void end() {
    if (names.isEmpty()) {
      return;
    }
    IllegalStateException all =
        new IllegalStateException(
            names.size()
                + " of "
                + reports
                + " reports could not be made: "
                + String.join(", ", names)
                + ". The others are written.",
            causes.get(0));
    causes.stream().skip(1).forEach(all::addSuppressed);
    throw all;
  }
}
