package medspa.warehouse.publish;

/** The warehouse could not be built or put in its place; the old one stays. */
public final class PublishException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what was being done, and what went wrong. */
  PublishException(String message, Throwable cause) {
    super(message, cause);
  }
}
