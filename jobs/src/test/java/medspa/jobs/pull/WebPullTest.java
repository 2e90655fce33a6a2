package medspa.jobs.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import medspa.jobs.pull.Pull.Outcome;
import medspa.warehouse.definition.InvalidDefinitionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls single files from a real web server on loopback. */
class WebPullTest {
  private static final String DATE = "Mon, 08 Jun 2026 06:00:00 GMT";
  private static final String TOKEN = "Zq-secret-bearer-token";

  @TempDir Path directory;
  private PullRun run;

  @BeforeEach
  void start() {
    run = new PullRun(directory.resolve("workspace"));
  }

  private static Remote file(URI uri) {
    String path = uri.getPath();
    return new Remote.WebFile(
        uri,
        path.substring(path.lastIndexOf('/') + 1),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Remote withToken(URI uri) {
    return new Remote.WebFile(
        uri, "sales.csv", Optional.of("TOKEN"), Optional.empty(), Optional.empty());
  }

  private static void header(HttpExchange exchange, String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  @Test
  void aFileComesEncryptedWithItsTimeAndAgainOnlyWhenItChanges() throws Exception {
    Path store = directory.resolve("server.p12");
    String[] content = {"one", "\"v1\"", DATE};
    try (WebServer server =
        WebServer.encrypted(
            store,
            (exchange, body) -> {
              boolean known =
                  content[1].equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
              header(exchange, "ETag", content[1]);
              header(exchange, "Last-Modified", content[2]);
              WebServer.send(exchange, known ? 304 : 200, known ? "" : content[0]);
            })) {
      run.tls = Optional.of(WebServer.trust(store));
      Remote remote = file(server.uri("/out/sales.csv?format=csv"));
      Outcome first = run.from(remote);
      assertThat(first.failure()).as(first.message()).isEmpty();
      assertThat(run.text("sales.csv")).isEqualTo("one");
      assertThat(run.modified("sales.csv")).isEqualTo(Instant.parse("2026-06-08T06:00:00Z"));

      assertThat(run.from(remote).newFiles()).isZero();
      assertThat(server.asked.get(1).header("If-none-match")).contains("\"v1\"");
      assertThat(server.asked.get(1).header("If-modified-since")).contains(DATE);

      content[0] = "two";
      content[1] = "\"v2\"";
      content[2] = "Tue, 09 Jun 2026 06:00:00 GMT";
      assertThat(run.from(remote).newFiles()).isEqualTo(1);
      assertThat(run.visible()).containsExactly("20260609T060000Z/sales.csv", "sales.csv");
      assertThat(run.text("sales.csv")).isEqualTo("one");
    }
  }

  @Test
  void aServerWithoutMarksIsAskedAgainAndTheSameContentIsNoNewFile() throws Exception {
    try (WebServer server =
        WebServer.plain((exchange, body) -> WebServer.send(exchange, 200, "one"))) {
      Remote remote = file(server.uri("/sales.csv"));
      assertThat(run.from(remote).newFiles()).isEqualTo(1);
      assertThat(run.from(remote).newFiles()).isZero();
      assertThat(run.visible()).containsExactly("sales.csv");
      assertThat(run.modified("sales.csv")).isEqualTo(PullRun.NOW);
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefused() throws Exception {
    try (WebServer server =
        WebServer.encrypted(
            directory.resolve("server.p12"),
            (exchange, body) -> WebServer.send(exchange, 200, "one"))) {
      Outcome outcome = run.from(file(server.uri("/sales.csv")));
      assertThat(outcome.failure()).contains(Failure.CONFIGURATION);
      assertThat(outcome.message()).contains("certificate of 127.0.0.1 is not trusted");
      assertThat(run.visible()).isEmpty();
    }
  }

  @Test
  void theLoginComesFromTheEnvironmentAndIsSeenByNobodyElse() throws Exception {
    try (WebServer other =
            WebServer.plain((exchange, body) -> WebServer.send(exchange, 200, "one"));
        WebServer server =
            WebServer.plain(
                (exchange, body) -> {
                  header(exchange, "Location", other.uri("/moved.csv").toString());
                  WebServer.send(exchange, 302, "");
                })) {
      run.environment.put("TOKEN", TOKEN + "\n");
      Outcome outcome = run.from(withToken(server.uri("/sales.csv")));
      assertThat(outcome.failure()).as(outcome.message()).isEmpty();
      assertThat(server.asked.get(0).header("Authorization")).contains("Bearer " + TOKEN);
      assertThat(other.asked.get(0).header("Authorization"))
          .as("a redirect to another server takes no login along")
          .isEmpty();
      assertThat(run.visible()).containsExactly("sales.csv");
      assertThat(run.said(outcome)).doesNotContain(TOKEN);
    }
  }

  @Test
  void aUserAndPasswordAreSentAsBasicAuthentication() throws Exception {
    try (WebServer server =
        WebServer.plain((exchange, body) -> WebServer.send(exchange, 200, "one"))) {
      run.environment.put("USER", "glow");
      run.environment.put("PASS", "Zq-password");
      run.from(
          new Remote.WebFile(
              server.uri("/sales.csv"),
              "sales.csv",
              Optional.empty(),
              Optional.of("USER"),
              Optional.of("PASS")));
      assertThat(server.asked.get(0).header("Authorization"))
          .contains(
              "Basic "
                  + Base64.getEncoder()
                      .encodeToString("glow:Zq-password".getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void aSecretThatIsMissingOrBrokenStopsEverythingWithoutBeingPrinted() {
    assertThatThrownBy(() -> run.from(withToken(URI.create("https://127.0.0.1/sales.csv"))))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("TOKEN");
    run.environment.put("TOKEN", TOKEN + "\r\nX-Evil: 1");
    assertThatThrownBy(() -> run.from(withToken(URI.create("https://127.0.0.1/sales.csv"))))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("TOKEN has a line break")
        .hasMessageNotContaining(TOKEN);
  }

  @Test
  void aRefusedLoginAndAMissingFileAreNotTriedAgain() throws Exception {
    try (WebServer server =
        WebServer.plain(
            (exchange, body) ->
                WebServer.send(
                    exchange,
                    exchange.getRequestURI().getPath().contains("gone") ? 404 : 401,
                    ""))) {
      Outcome login = run.from(file(server.uri("/sales.csv")));
      assertThat(login.failure()).contains(Failure.CONFIGURATION);
      Outcome gone = run.from(file(server.uri("/gone.csv")));
      assertThat(gone.failure()).contains(Failure.DATA);
      assertThat(gone.message()).contains("404");
      assertThat(server.asked).hasSize(2);
      assertThat(run.waits).isEmpty();
    }
  }

  @Test
  void aThrottledRequestWaitsAsLongAsTheServerAsks() throws Exception {
    AtomicInteger request = new AtomicInteger();
    try (WebServer server =
        WebServer.plain(
            (exchange, body) -> {
              switch (request.getAndIncrement()) {
                case 0 -> {
                  header(exchange, "Retry-After", "7");
                  WebServer.send(exchange, 429, "");
                }
                case 1 -> WebServer.send(exchange, 503, "");
                default -> WebServer.send(exchange, 200, "one");
              }
            })) {
      Outcome outcome = run.from(file(server.uri("/sales.csv")));
      assertThat(outcome.failure()).as(outcome.message()).isEmpty();
      assertThat(run.waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(2));
    }
  }

  @Test
  void aServerThatAsksForMorePatienceThanARunHasIsLeftToTheNext() throws Exception {
    try (WebServer server =
        WebServer.plain(
            (exchange, body) -> {
              header(exchange, "Retry-After", "3600");
              WebServer.send(exchange, 429, "");
            })) {
      Outcome outcome = run.from(file(server.uri("/sales.csv")));
      assertThat(outcome.failure()).contains(Failure.UNREACHABLE);
      assertThat(outcome.message()).contains("too many requests", "wait 3600 seconds");
      assertThat(server.asked).hasSize(1);
    }
  }

  @Test
  void errorsOfTheServerAreTriedAgainUntilTheAttemptsAreUsedUp() throws Exception {
    try (WebServer server =
        WebServer.plain((exchange, body) -> WebServer.send(exchange, 500, ""))) {
      Outcome outcome = run.from(file(server.uri("/sales.csv")));
      assertThat(outcome.failure()).contains(Failure.UNREACHABLE);
      assertThat(server.asked).hasSize(3);
      assertThat(run.waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }
  }

  @Test
  void aBodyThatBreaksOffIsNoFileAndIsFetchedAgain() throws Exception {
    AtomicInteger request = new AtomicInteger();
    String content = "0123456789".repeat(20_000);
    try (WebServer server =
        WebServer.plain(
            (exchange, body) -> {
              if (request.getAndIncrement() < 3) {
                WebServer.sendHalf(exchange, content);
              } else {
                WebServer.send(exchange, 200, content);
              }
            })) {
      Remote remote = file(server.uri("/sales.csv"));
      assertThat(run.from(remote).failure()).contains(Failure.UNREACHABLE);
      assertThat(run.visible()).isEmpty();
      assertThat(run.from(remote).newFiles()).isEqualTo(1);
      assertThat(run.text("sales.csv")).isEqualTo(content);
      assertThat(run.everything()).noneMatch(path -> path.endsWith(".part"));
    }
  }

  @Test
  void aBodyThatStandsStillIsGivenUp() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    run.idleTimeout = Duration.ofMillis(500);
    run.attempts = 1;
    try (WebServer server =
        WebServer.plain(
            (exchange, body) -> {
              exchange.sendResponseHeaders(200, 1000);
              exchange.getResponseBody().write(new byte[100]);
              exchange.getResponseBody().flush();
              await(end);
            })) {
      assertThat(run.from(file(server.uri("/sales.csv"))).failure()).contains(Failure.UNREACHABLE);
      assertThat(run.visible()).isEmpty();
      end.countDown();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  @Test
  void aFileWhoseChecksumIsNotTheAnnouncedOneIsNotTaken() throws Exception {
    String[] announced = {"other"};
    try (WebServer server =
        WebServer.plain(
            (exchange, body) -> {
              header(exchange, "Repr-Digest", "sha-256=:" + sha256(announced[0]) + ":");
              WebServer.send(exchange, 200, "one");
            })) {
      Outcome outcome = run.from(file(server.uri("/sales.csv")));
      assertThat(outcome.failure()).contains(Failure.UNREACHABLE);
      assertThat(outcome.message()).contains("checksum");
      assertThat(run.visible()).isEmpty();
      announced[0] = "one";
      assertThat(run.from(file(server.uri("/sales.csv"))).newFiles()).isEqualTo(1);
    }
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFileLargerThanAllowedIsRefusedWhetherItSaysSoOrNot() throws Exception {
    try (WebServer server =
        WebServer.plain(
            (exchange, body) -> {
              boolean says = exchange.getRequestURI().getPath().contains("says");
              byte[] bytes = new byte[(1 << 20) + 1];
              exchange.sendResponseHeaders(200, says ? bytes.length : 0);
              exchange.getResponseBody().write(bytes);
              exchange.close();
            })) {
      for (String path : new String[] {"/says.csv", "/streams.csv"}) {
        Outcome outcome = run.from(file(server.uri(path)));
        assertThat(outcome.failure()).as(path).contains(Failure.DATA);
        assertThat(outcome.message()).contains("larger than 1 MB", "max_megabytes");
        assertThat(run.visible()).isEmpty();
      }
    }
  }

  @Test
  void redirectsLeadToEncryptedAddressesOnlyAndNotInCircles() throws Exception {
    Path store = directory.resolve("server.p12");
    try (WebServer server =
        WebServer.encrypted(
            store,
            (exchange, body) -> {
              String path = exchange.getRequestURI().getPath();
              if (path.equals("/moved.csv")) {
                WebServer.send(exchange, 200, "one");
                return;
              }
              header(
                  exchange,
                  "Location",
                  switch (path) {
                    case "/plain.csv" -> "http://127.0.0.1/sales.csv";
                    case "/file.csv" -> "file:///etc/hosts";
                    case "/circle.csv" -> "/circle.csv";
                    default -> "/moved.csv";
                  });
              WebServer.send(exchange, 301, "");
            })) {
      run.tls = Optional.of(WebServer.trust(store));
      for (String path : new String[] {"/plain.csv", "/file.csv"}) {
        Outcome outcome = run.from(file(server.uri(path)));
        assertThat(outcome.failure()).as(path).contains(Failure.DATA);
        assertThat(outcome.message()).as(path).contains("not encrypted");
      }
      assertThat(run.from(file(server.uri("/circle.csv"))).message()).contains("more than 5 times");
      assertThat(run.visible()).isEmpty();
      assertThat(run.from(file(server.uri("/old.csv"))).newFiles()).isEqualTo(1);
      assertThat(run.visible()).containsExactly("old.csv");
    }
  }

  @Test
  void oneSourceThatFailsDoesNotKeepTheOthersFromComing() throws Exception {
    try (WebServer server =
        WebServer.plain(
            (exchange, body) ->
                WebServer.send(
                    exchange,
                    exchange.getRequestURI().getPath().contains("bad") ? 500 : 200,
                    "x"))) {
      var outcomes =
          run.all(
              java.util.List.of(
                  new PullSource("a", file(server.uri("/bad.csv")), run.directory(), 1, 1 << 20),
                  new PullSource("b", file(server.uri("/good.csv")), run.directory(), 1, 1 << 20)));
      assertThat(outcomes.get(0).failure()).contains(Failure.UNREACHABLE);
      assertThat(outcomes.get(1).newFiles()).isEqualTo(1);
    }
  }
}
