package medspa.pipelines.deliver;

import java.util.Locale;

/** Names of this machine, behind which nobody can listen. */
public final class Loopback {
  private Loopback() {}

  /** Whether a host is this machine, by its name alone. */
  public static boolean is(String host) {
    return host != null
        && host.toLowerCase(Locale.ROOT).matches("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");
  }
}
