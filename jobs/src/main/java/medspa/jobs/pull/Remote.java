package medspa.jobs.pull;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a source's exports are fetched from. Names of environment variables, never secrets. */
public sealed interface Remote {
  /** The address as people may see it: no secret, no query. */
  String address();

  /** Whether an address is encrypted, or of this machine, where nobody listens in. */
  static boolean isAllowed(URI uri) {
    return uri.getHost() != null
        && ("https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme()) && isLoopback(uri.getHost())));
  }

  /** Why a file cannot have this name here, if it cannot; continues the name. */
  static Optional<String> fileNameProblem(String name) {
    return PulledFiles.problem(name);
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")
        || host.equals("[::1]");
  }

  /**
   * Files of a directory on an SFTP server.
   *
   * @param port 22 unless named
   * @param directory the directory, absolute or relative to the user's home
   * @param glob which of its files
   * @param passwordEnv variable of the password
   * @param keyEnv variable of the private key itself
   * @param keyFileEnv variable of the private key's file
   * @param passphraseEnv variable of the private key's passphrase
   */
  record Sftp(
      String user,
      String host,
      int port,
      String directory,
      String glob,
      String passwordEnv,
      String keyEnv,
      String keyFileEnv,
      String passphraseEnv)
      implements Remote {
    @Override
    public String address() {
      String path = directory.startsWith("/") ? directory : "/~/" + directory;
      return "sftp://"
          + user
          + "@"
          + host
          + (port == 22 ? "" : ":" + port)
          + path
          + (path.endsWith("/") ? "" : "/")
          + glob;
    }
  }

  /**
   * One file of a web server.
   *
   * @param uri https, or http of this machine
   * @param fileName what it is called here
   * @param tokenEnv variable of a bearer token
   * @param userEnv variable of the user, for basic authentication
   * @param passwordEnv variable of that user's password
   */
  record WebFile(
      URI uri,
      String fileName,
      Optional<String> tokenEnv,
      Optional<String> userEnv,
      Optional<String> passwordEnv)
      implements Remote {
    @Override
    public String address() {
      return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
  }

  /**
   * One kind of object of the Square API.
   *
   * @param object which
   * @param baseUrl such as {@code https://connect.squareup.com}
   * @param locations Square's ids of the locations; empty where the kind has none
   * @param tokenEnv variable of the access token
   * @param since where the first pull begins; a year before it unless given
   * @param overlap how far a pull reaches back behind the end of the one before
   * @param ahead how far bookings are asked for into the future
   */
  record Square(
      SquareObject object,
      URI baseUrl,
      List<String> locations,
      String tokenEnv,
      Optional<Instant> since,
      Duration overlap,
      Duration ahead)
      implements Remote {
    @Override
    public String address() {
      return "square-api:" + object.id() + " at " + baseUrl.getHost();
    }
  }
}
