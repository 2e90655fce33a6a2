package medspa.charts.read;

/** The warehouse file cannot be opened, or does not hold what a report needs. */
public final class UnreadableWarehouseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableWarehouseException(String message, Throwable cause) {
    super(message, cause);
  }

  UnreadableWarehouseException(String message) {
    super(message);
  }
}
