package medspa.jobs.pull;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import medspa.jobs.pull.Credentials.Secret;
import medspa.jobs.pull.PullState.Fetched;

/** Fetches one file of a web server, unless the server says that it has not changed. */
final class WebPull implements Fetcher {
  private static final int MOST_REDIRECTS = 5;
  private static final Pattern SHA256 = Pattern.compile("(?i)sha-256=:?([A-Za-z0-9+/]{43}=):?");

  private final PullSource source;
  private final Remote.WebFile remote;
  private final Optional<String> authorization;
  private final Instant now;
  private final Transport transport;

  WebPull(
      PullSource source,
      Remote.WebFile remote,
      Credentials credentials,
      Instant now,
      Transport transport) {
    this.source = source;
    this.remote = remote;
    this.authorization = authorization(source.source(), remote, credentials);
    this.now = now;
    this.transport = transport;
  }

  private static Optional<String> authorization(
      String source, Remote.WebFile remote, Credentials credentials) {
    if (remote.tokenEnv().isPresent()) {
      Secret token = credentials.need(source, remote.tokenEnv().get());
      return Optional.of("Bearer " + token.reveal());
    }
    if (remote.userEnv().isPresent() && remote.passwordEnv().isPresent()) {
      Secret user = credentials.need(source, remote.userEnv().get());
      Secret password = credentials.need(source, remote.passwordEnv().get());
      String pair = user.reveal() + ":" + password.reveal();
      return Optional.of(
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    return Optional.empty();
  }

  @Override
  public void fetch(PulledFiles files, Progress progress) throws PullException {
    files.sweep();
    try (Http http = new Http(transport)) {
      new Retry(transport, source.attempts())
          .run(
              () -> {
                once(http, files, progress);
                return true;
              });
    }
  }

  private void once(Http http, PulledFiles files, Progress progress) throws PullException {
    URI uri = remote.uri();
    for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
      URI at = uri;
      HttpRequest request = request(http, at, files, progress.state());
      Optional<URI> next =
          http.send(
              request,
              (status, headers, body) -> {
                if (status == 304) {
                  return Optional.empty();
                }
                if (isRedirect(status)) {
                  return Optional.of(target(at, headers));
                }
                if (status != Http.OK) {
                  throw Http.refusal(
                      status,
                      headers,
                      at.getHost(),
                      authorization.isEmpty()
                          ? "Name the variables of its login under `pull:` of the source."
                          : "Check the login in the environment.");
                }
                take(headers, body, files, progress);
                return Optional.empty();
              });
      if (next.isEmpty()) {
        return;
      }
      uri = next.get();
    }
    throw PullException.data(
        "The address redirects more than "
            + MOST_REDIRECTS
            + " times. Name the file's own address in `from:`.");
  }

  private HttpRequest request(Http http, URI uri, PulledFiles files, PullState state) {
    HttpRequest.Builder request = http.request(uri).header("Accept-Encoding", "identity");
    // A login is for the server that the source names, and for no other that this one names.
    if (isSameOrigin(uri, remote.uri())) {
      authorization.ifPresent(value -> request.header("Authorization", value));
    }
    Fetched known = state.files().get(remote.fileName());
    if (known != null && files.has(remote.fileName())) {
      known.etag().ifPresent(etag -> request.header("If-None-Match", etag));
      known.modified().ifPresent(date -> request.header("If-Modified-Since", date));
    }
    return request.GET().build();
  }

  private void take(HttpHeaders headers, InputStream body, PulledFiles files, Progress progress)
      throws PullException {
    String encoding = headers.firstValue("Content-Encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw PullException.data(
          "The server sends the file encoded, though it was asked not to. Name an address in `from:`"
              + " that gives the file as it is.");
    }
    OptionalLong length = headers.firstValueAsLong("Content-Length");
    if (length.orElse(0) > source.maxBytes()) {
      throw PulledFiles.tooLarge(source.maxBytes());
    }
    String name = remote.fileName();
    Path begun = files.begun(name);
    long bytes =
        PulledFiles.copy(
            body, begun, source.maxBytes(), at -> progress.bytes(name, at, length.orElse(-1)));
    if (length.isPresent() && length.getAsLong() != bytes) {
      throw PullException.unreachable(
          "The server announced " + length.getAsLong() + " bytes and sent " + bytes + ".");
    }
    checkDigest(headers, begun);
    Optional<String> modified = headers.firstValue("Last-Modified");
    if (files.keep(begun, name, modified.flatMap(WebPull::instant).orElse(now))) {
      progress.newFile(name);
    }
    progress.state(
        progress
            .state()
            .withFiles(
                Map.of(
                    name,
                    new Fetched(
                        bytes,
                        modified.filter(date -> instant(date).isPresent()),
                        headers.firstValue("ETag").filter(WebPull::isEtag)))));
  }

  private static void checkDigest(HttpHeaders headers, Path file) throws PullException {
    for (String header : new String[] {"Repr-Digest", "Content-Digest", "Digest"}) {
      Matcher matcher = SHA256.matcher(headers.firstValue(header).orElse(""));
      if (matcher.find()) {
        String announced = HexFormat.of().formatHex(Base64.getDecoder().decode(matcher.group(1)));
        if (!announced.equals(PulledFiles.sha256(file))) {
          throw PullException.unreachable("The file's checksum is not the one announced.");
        }
      }
    }
  }

  private static boolean isEtag(String etag) {
    return etag.matches("(W/)?\"[\\x21\\x23-\\x7e]{0,200}\"");
  }

  private static Optional<Instant> instant(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static URI target(URI at, HttpHeaders headers) throws PullException {
    URI target;
    try {
      target = at.resolve(headers.firstValue("Location").orElse(""));
    } catch (IllegalArgumentException e) {
      throw PullException.data(
          "The server redirects to an address that is none. Name the file's own address in `from:`.");
    }
    boolean allowed =
        target.getHost() != null
            && ("https".equals(target.getScheme())
                || ("http".equals(at.getScheme()) && Remote.isAllowed(target)));
    if (!allowed) {
      throw PullException.data(
          "The server redirects to an address that is not encrypted. Name the https address of the"
              + " file in `from:`.");
    }
    return target;
  }

  private static boolean isSameOrigin(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
  }
}
