package medspa.warehouse.publish;

/** There is nothing to publish yet; carries what to run first. */
public final class NothingComputedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NothingComputedException(String message) {
    super(message);
  }
}
