package medspa.pipelines.deliver;

import java.time.Duration;
import java.util.Optional;

/**
 * The server that takes mail.
 *
 * @param user who logs in; empty where nobody does
 * @param passwordEnv variable of the user's password
 * @param connectTimeout until a connection stands
 * @param timeout until the server must have answered a command
 */
public record MailServer(
    String host,
    int port,
    Security security,
    Optional<String> user,
    String passwordEnv,
    Duration connectTimeout,
    Duration timeout) {

  /** How what is sent is kept from others. */
  public enum Security {
    /** A connection that is encrypted before anything is said. */
    STARTTLS(587),
    /** A connection that is encrypted from its first byte. */
    TLS(465),
    /** Not at all, which is for a server of this machine. */
    NONE(25);

    private final int port;

    Security(int port) {
      this.port = port;
    }

    /** Where such servers usually listen. */
    public int port() {
      return port;
    }
  }
}
