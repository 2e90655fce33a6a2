package medspa.jobs.pull;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import medspa.jobs.pull.Pull.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls from a server on loopback that pages, throttles and fails like Square's. */
class SquarePullTest {
  private static final String TOKEN = "Zq-secret-square-token";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private PullRun run;
  private WebServer server;

  /** Answers of pages, by kind, location and number of the page. */
  private final Map<String, List<String>> pages = new TreeMap<>();

  /** Answers that come before those, in their order: statuses, or -1 for a broken connection. */
  private final Deque<Integer> failures = new ArrayDeque<>();

  private boolean cursorsExpire;

  @BeforeEach
  void start() throws IOException {
    run = new PullRun(directory.resolve("workspace"));
    run.environment.put("MEDSPA_SQUARE_TOKEN", TOKEN);
    server = WebServer.plain(this::answer);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void answer(HttpExchange exchange, String body) throws IOException {
    if (!failures.isEmpty()) {
      int status = failures.poll();
      if (status == 429) {
        exchange.getResponseHeaders().set("Retry-After", "5");
      }
      if (status < 0) {
        WebServer.sendHalf(exchange, "{\"orders\": [{\"id\": \"half\"}]}");
      } else {
        WebServer.send(exchange, status, "{\"errors\": [{\"code\": \"SOME_ERROR\"}]}");
      }
      return;
    }
    String target = exchange.getRequestURI().toString();
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    JsonNode question = body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
    String cursor = query.getOrDefault("cursor", question.path("cursor").asText(""));
    if (!cursor.isEmpty() && cursorsExpire) {
      cursorsExpire = false;
      WebServer.send(exchange, 400, "{\"errors\": [{\"code\": \"INVALID_CURSOR\"}]}");
      return;
    }
    String kind = target.replaceFirst("\\?.*", "");
    String key = kind + query.getOrDefault("location_id", "");
    List<String> answers = pages.getOrDefault(key, List.of());
    int page = cursor.isEmpty() ? 0 : Integer.parseInt(cursor.replace("next=&", ""));
    String list =
        switch (kind) {
          case "/v2/orders/search" -> "orders";
          case "/v2/inventory/counts/batch-retrieve" -> "counts";
          case "/v2/catalog/list" -> "objects";
          case "/v2/team-members/search" -> "team_members";
          default -> kind.replace("/v2/", "");
        };
    String next = page + 1 < answers.size() ? ", \"cursor\": \"next=&" + (page + 1) + "\"" : "";
    WebServer.send(
        exchange,
        200,
        answers.isEmpty() ? "{}" : "{\"" + list + "\": [" + answers.get(page) + "]" + next + "}");
  }

  private static Map<String, String> query(String query) {
    Map<String, String> values = new TreeMap<>();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      String[] parts = pair.split("=", 2);
      values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return values;
  }

  private Remote.Square square(SquareObject object, String... locations) {
    return new Remote.Square(
        object,
        server.uri(""),
        List.of(locations),
        "MEDSPA_SQUARE_TOKEN",
        Optional.of(Instant.parse("2026-06-01T00:00:00Z")),
        Duration.ofDays(object.overlapDays()),
        Duration.ofDays(31));
  }

  private Map<String, String> asked(int request) {
    return query(server.asked.get(request).target().replaceFirst("^[^?]*\\??", ""));
  }

  @Test
  void ordersComePageByPageAsJsonLinesThatKeepEveryDigit() throws Exception {
    pages.put(
        "/v2/orders/search",
        List.of(
            "{\"id\": \"O1\", \"total\": 12.50, \"n\": 9007199254740993}, {\"id\": \"O2\"}",
            "{\"id\": \"O3\", \"note\": \"Ümlaut 💉\"}"));
    Outcome outcome = run.from(square(SquareObject.ORDERS, "L1", "L2"));
    assertThat(outcome.failure()).as(outcome.message()).isEmpty();
    String name = "orders-2026-06-01T000000Z-2026-06-15T100000Z.jsonl";
    assertThat(run.visible()).containsExactly(name);
    assertThat(run.text(name))
        .isEqualTo(
            """
            {"id":"O1","total":12.50,"n":9007199254740993}
            {"id":"O2"}
            {"id":"O3","note":"Ümlaut 💉"}
            """);
    assertThat(run.modified(name)).isEqualTo(PullRun.NOW);
    JsonNode question = JSON.readTree(server.asked.get(0).body());
    assertThat(question.path("location_ids").toString()).isEqualTo("[\"L1\",\"L2\"]");
    assertThat(question.at("/query/filter/date_time_filter/updated_at/start_at").asText())
        .isEqualTo("2026-06-01T00:00:00Z");
    assertThat(question.at("/query/sort/sort_field").asText()).isEqualTo("UPDATED_AT");
    assertThat(JSON.readTree(server.asked.get(1).body()).path("cursor").asText())
        .isEqualTo("next=&1");
    assertThat(server.asked.get(0).header("Authorization")).contains("Bearer " + TOKEN);
    assertThat(server.asked.get(0).header("Square-version")).isPresent();
    assertThat(run.waits).as("between requests").containsExactly(Duration.ofMillis(100));
    assertThat(run.said(outcome)).doesNotContain(TOKEN);
  }

  @Test
  void theNextPullReachesBackByTheOverlap() {
    pages.put("/v2/paymentsL1", List.of("{\"id\": \"P1\"}"));
    run.from(square(SquareObject.PAYMENTS, "L1"));
    assertThat(asked(0))
        .containsEntry("updated_at_begin_time", "2026-06-01T00:00:00Z")
        .containsEntry("updated_at_end_time", "2026-06-15T10:00:00Z")
        .containsEntry("begin_time", "1970-01-01T00:00:00Z")
        .containsEntry("sort_field", "UPDATED_AT");
    pages.put("/v2/paymentsL1", List.of("{\"id\": \"P2\"}"));
    run.now = PullRun.NOW.plus(Duration.ofDays(7));
    assertThat(run.from(square(SquareObject.PAYMENTS, "L1")).newFiles()).isEqualTo(1);
    assertThat(asked(1)).containsEntry("updated_at_begin_time", "2026-06-14T10:00:00Z");
    assertThat(run.visible()).hasSize(2);

    // A location that is new is read from the beginning.
    run.from(square(SquareObject.PAYMENTS, "L1", "L2"));
    assertThat(asked(2)).containsEntry("updated_at_begin_time", "2026-06-01T00:00:00Z");
    assertThat(asked(3)).containsEntry("location_id", "L2");
  }

  @Test
  void bookingsAreAskedForIntoTheFutureInPiecesOfAMonth() {
    pages.put("/v2/bookingsL1", List.of("{\"id\": \"B1\"}"));
    run.from(square(SquareObject.BOOKINGS, "L1"));
    assertThat(asked(0))
        .containsEntry("start_at_min", "2026-06-01T00:00:00Z")
        .containsEntry("start_at_max", "2026-07-02T00:00:00Z");
    assertThat(asked(1))
        .containsEntry("start_at_min", "2026-07-02T00:00:00Z")
        .containsEntry("start_at_max", "2026-07-16T10:00:00Z");
    assertThat(server.asked).hasSize(2);
    assertThat(run.visible())
        .as("named by what is not in the future")
        .containsExactly("bookings-2026-06-01T000000Z-2026-06-15T100000Z.jsonl");
  }

  @Test
  void catalogAndTeamComeAsAWholeAndOnlyWhenTheyChanged() {
    pages.put("/v2/catalog/list", List.of("{\"id\": \"I1\"}", "{\"id\": \"I2\"}"));
    Remote catalog = square(SquareObject.CATALOG);
    assertThat(run.from(catalog).newFiles()).isEqualTo(1);
    run.now = PullRun.NOW.plus(Duration.ofDays(7));
    assertThat(run.from(catalog).newFiles()).isZero();
    assertThat(run.visible()).containsExactly("catalog-2026-06-15T100000Z.jsonl");
    assertThat(asked(0)).containsEntry("types", "ITEM,CATEGORY");

    pages.put("/v2/team-members/search", List.of("{\"id\": \"T1\"}"));
    assertThat(run.from(square(SquareObject.TEAM_MEMBERS)).newFiles()).isEqualTo(1);
  }

  @Test
  void countsAreOfWhatIsInStock() throws Exception {
    pages.put("/v2/inventory/counts/batch-retrieve", List.of("{\"state\": \"IN_STOCK\"}"));
    assertThat(run.from(square(SquareObject.INVENTORY_COUNTS, "L1")).newFiles()).isEqualTo(1);
    JsonNode question = JSON.readTree(server.asked.get(0).body());
    assertThat(question.path("states").toString()).isEqualTo("[\"IN_STOCK\"]");
    assertThat(question.path("updated_after").asText()).isEqualTo("2026-06-01T00:00:00Z");
  }

  @Test
  void aTimeWithoutAnythingMakesNoFileAndIsNoFailure() {
    Outcome outcome = run.from(square(SquareObject.REFUNDS, "L1"));
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.newFiles()).isZero();
    assertThat(run.visible()).isEmpty();
  }

  @Test
  void throttlingErrorsAndBrokenConnectionsAreWaitedOut() {
    pages.put("/v2/orders/search", List.of("{\"id\": \"O1\"}", "{\"id\": \"O2\"}"));
    run.attempts = 5;
    failures.addAll(List.of(429, 500, -1, 503));
    Outcome outcome = run.from(square(SquareObject.ORDERS, "L1"));
    assertThat(outcome.failure()).as(outcome.message()).isEmpty();
    assertThat(run.waits)
        .containsExactly(
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofMillis(100));
    assertThat(run.text(run.visible().get(0))).hasLineCount(2);
  }

  @Test
  void aPullThatFailsInTheMiddleGoesOnBehindTheLastWholePage() {
    pages.put(
        "/v2/orders/search", List.of("{\"id\": \"O1\"}", "{\"id\": \"O2\"}", "{\"id\": \"O3\"}"));
    run.attempts = 1;
    // Two pages come, then the server is gone.
    breakAfterPages(2);
    Remote remote = square(SquareObject.ORDERS, "L1");
    assertThat(run.from(remote).failure()).contains(Failure.UNREACHABLE);
    assertThat(run.visible()).isEmpty();

    int before = server.asked.size();
    run.now = PullRun.NOW.plus(Duration.ofHours(1));
    Outcome outcome = run.from(remote);
    assertThat(outcome.failure()).as(outcome.message()).isEmpty();
    assertThat(server.asked).as("only the page that was missing").hasSize(before + 1);
    assertThat(run.visible())
        .as("the time that the first attempt asked for")
        .containsExactly("orders-2026-06-01T000000Z-2026-06-15T100000Z.jsonl");
    assertThat(run.text(run.visible().get(0)))
        .isEqualTo(
            """
            {"id":"O1"}
            {"id":"O2"}
            {"id":"O3"}
            """);
  }

  /** A server of the same pages that fails once, after so many of them. */
  private void breakAfterPages(int pagesBefore) {
    failures.clear();
    server.close();
    int[] left = {pagesBefore};
    try {
      server =
          WebServer.plain(
              (exchange, body) -> {
                if (left[0]-- == 0) {
                  WebServer.send(exchange, 500, "");
                } else {
                  answer(exchange, body);
                }
              });
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void bytesBehindTheLastWholePageAreCutOffWhenAPullGoesOn() throws Exception {
    pages.put("/v2/orders/search", List.of("{\"id\": \"O1\"}", "{\"id\": \"O2\"}"));
    run.attempts = 1;
    breakAfterPages(1);
    run.from(square(SquareObject.ORDERS, "L1"));
    Path begun = run.directory().resolve(".orders.part");
    Files.writeString(begun, Files.readString(begun) + "{\"id\": \"half a pag");
    run.from(square(SquareObject.ORDERS, "L1"));
    assertThat(run.text(run.visible().get(0)))
        .isEqualTo(
            """
            {"id":"O1"}
            {"id":"O2"}
            """);
  }

  @Test
  void aCursorThatHasExpiredMeansThatPartFromItsBeginning() {
    pages.put("/v2/paymentsL1", List.of("{\"id\": \"P1\"}"));
    pages.put("/v2/paymentsL2", List.of("{\"id\": \"P2\"}", "{\"id\": \"P3\"}"));
    run.attempts = 1;
    breakAfterPages(2);
    Remote remote = square(SquareObject.PAYMENTS, "L1", "L2");
    assertThat(run.from(remote).failure()).contains(Failure.UNREACHABLE);
    cursorsExpire = true;
    Outcome outcome = run.from(square(SquareObject.PAYMENTS, "L1", "L2"));
    assertThat(outcome.failure()).as(outcome.message()).isEmpty();
    assertThat(run.text(run.visible().get(0)))
        .isEqualTo(
            """
            {"id":"P1"}
            {"id":"P2"}
            {"id":"P3"}
            """);
  }

  @Test
  void aPullThatWasBrokenOffDaysAgoBeginsAnew() {
    pages.put("/v2/orders/search", List.of("{\"id\": \"O1\"}", "{\"id\": \"O2\"}"));
    run.attempts = 1;
    breakAfterPages(1);
    run.from(square(SquareObject.ORDERS, "L1"));
    run.now = PullRun.NOW.plus(Duration.ofDays(3));
    run.from(square(SquareObject.ORDERS, "L1"));
    assertThat(run.visible()).containsExactly("orders-2026-06-01T000000Z-2026-06-18T100000Z.jsonl");
    assertThat(run.text(run.visible().get(0)))
        .isEqualTo(
            """
            {"id":"O1"}
            {"id":"O2"}
            """);
  }

  @Test
  void aRefusedTokenSaysWhatToCheckAndIsNeverPrinted() {
    failures.add(401);
    Outcome outcome = run.from(square(SquareObject.ORDERS, "L1"));
    assertThat(outcome.failure()).contains(Failure.CONFIGURATION);
    assertThat(outcome.message()).contains("MEDSPA_SQUARE_TOKEN", "may read orders", "SOME_ERROR");
    assertThat(run.said(outcome)).doesNotContain(TOKEN);
  }

  @Test
  void anUnknownLocationIsAConfigurationToCorrect() {
    failures.add(400);
    Outcome outcome = run.from(square(SquareObject.ORDERS, "nowhere"));
    assertThat(outcome.failure()).contains(Failure.CONFIGURATION);
    assertThat(outcome.message()).contains("HTTP 400 (SOME_ERROR)", "locations");
  }

  @Test
  void pagesThatGoInACircleAndAnswersThatAreNoneEndThePull() {
    pages.put("/v2/orders/search", List.of("7"));
    Outcome noObject = run.from(square(SquareObject.ORDERS, "L1"));
    assertThat(noObject.failure()).contains(Failure.DATA);

    server.close();
    for (Map.Entry<String, Failure> answer :
        Map.of(
                "{\"orders\": [], \"cursor\": \"same\"}", Failure.DATA,
                "<html>Log in to this network</html>", Failure.UNREACHABLE,
                "{\"orders\": {}}", Failure.UNREACHABLE,
                "{\"orders\": [{\"id\": 1}", Failure.UNREACHABLE)
            .entrySet()) {
      try (WebServer other =
          WebServer.plain((exchange, body) -> WebServer.send(exchange, 200, answer.getKey()))) {
        server = other;
        Outcome outcome = run.from(square(SquareObject.ORDERS, "L1"));
        assertThat(outcome.failure()).as(answer.getKey()).contains(answer.getValue());
        assertThat(outcome.message()).doesNotContain("Log in");
        assertThat(run.visible()).isEmpty();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
