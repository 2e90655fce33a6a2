package medspa.jobs.pull;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * One request to a web server and what its answer means for a pull. Follows no redirect by itself,
 * and gives up on a body that stands still.
 */
final class Http implements AutoCloseable {
  static final int OK = 200;

  private final HttpClient client;
  private final Duration idleTimeout;
  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "pull-watch");
            thread.setDaemon(true);
            return thread;
          });

  Http(Transport transport) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(transport.connectTimeout())
            .followRedirects(HttpClient.Redirect.NEVER);
    transport.tls().ifPresent(builder::sslContext);
    this.client = builder.build();
    this.idleTimeout = transport.idleTimeout();
    watch.setRemoveOnCancelPolicy(true);
  }

  HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(idleTimeout).header("User-Agent", "medspa");
  }

  /** What to do with an answer. */
  @FunctionalInterface
  interface Handler<T> {
    T handle(int status, HttpHeaders headers, InputStream body) throws PullException;
  }

  /** Sends once; the body is read inside the handler only. */
  <T> T send(HttpRequest request, Handler<T> handler) throws PullException {
    String host = request.uri().getHost();
    HttpResponse<InputStream> response;
    try {
      response = client.send(request, BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException e) {
      throw PullException.unreachable(host + " did not answer in time.");
    } catch (ConnectException e) {
      throw PullException.unreachable("No connection to " + host + " can be made.");
    } catch (SSLHandshakeException e) {
      throw PullException.configuration(
          "The certificate of "
              + host
              + " is not trusted, or there is no common way to encrypt. Check the address; a private"
              + " authority is named to Java by -Djavax.net.ssl.trustStore in MEDSPA_JAVA_OPTS.");
    } catch (SSLException e) {
      throw PullException.unreachable("The encrypted connection to " + host + " broke off.");
    } catch (IOException e) {
      throw PullException.unreachable("The connection to " + host + " broke off.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PullException.unreachable("The pull was interrupted.");
    }
    try (InputStream body = new Watched(response.body())) {
      return handler.handle(response.statusCode(), response.headers(), body);
    } catch (IOException e) {
      throw PullException.unreachable("The connection to " + host + " broke off.");
    }
  }

  /**
   * What a status that is no success means.
   *
   * @param login what to check when the login is refused
   */
  static PullException refusal(int status, HttpHeaders headers, String host, String login) {
    String answered = host + " answered HTTP " + status;
    if (status == 401 || status == 403) {
      return PullException.configuration(answered + ": the login is refused. " + login);
    }
    if (status == 404 || status == 410) {
      return PullException.data(answered + ": there is no such file. Correct `from:`.");
    }
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      Optional<Duration> wait = retryAfter(headers);
      return PullException.unreachable(
          answered
              + (status == 429 ? ": too many requests" : "")
              + wait.map(time -> ", and asks to wait " + time.toSeconds() + " seconds").orElse("")
              + ".",
          wait);
    }
    return PullException.data(answered + ", which no file answers with. Check `from:`.");
  }

  /** Seconds, or a date that is compared with the server's own. */
  static Optional<Duration> retryAfter(HttpHeaders headers) {
    String text = headers.firstValue("Retry-After").orElse("").strip();
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      String date = headers.firstValue("Date").orElse("");
      Duration wait =
          Duration.between(
              ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME),
              ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
      return Optional.of(wait).filter(time -> !time.isNegative());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }

  /** A body that is closed, and so ends in an exception, when a read takes too long. */
  private final class Watched extends FilterInputStream {
    Watched(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      ScheduledFuture<?> alarm =
          watch.schedule(this::giveUp, idleTimeout.toMillis(), TimeUnit.MILLISECONDS);
      try {
        return in.read(buffer, offset, length);
      } finally {
        alarm.cancel(false);
      }
    }

    private void giveUp() {
      try {
        in.close();
      } catch (IOException e) {
        // The reader meets the same end.
      }
    }
  }
}
