package medspa.warehouse.query;

/** A query that was refused or failed; the message says why, and what to do where that is known. */
public final class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  QueryException(String message) {
    super(message);
  }

  /** With what is wrong, and the cause. */
  QueryException(String message, Throwable cause) {
    super(message, cause);
  }
}
