package medspa.warehouse.publish;

import java.util.List;

/** A check found rows that must not be; nothing was published and the old warehouse stays. */
public final class CheckFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String check;
  private final List<String> keys;

  /**
   * With the check's name, the relation it was about and the keys of up to three offending rows.
   */
  CheckFailedException(String check, String about, List<String> keys) {
    super(
        "The check "
            + check
            + " failed"
            + about
            + " and nothing was published; offending: "
            + String.join("; ", keys)
            + ". What was published before stays; run medspa compute --rebuild and medspa publish, and"
            + " report it with these words if it fails again");
    this.check = check;
    this.keys = List.copyOf(keys);
  }

  /** Name of the check, that of its file. */
  public String check() {
    return check;
  }

  /** Up to three offending keys, each as {@code column=value, …}. */
  public List<String> keys() {
    return keys;
  }
}
