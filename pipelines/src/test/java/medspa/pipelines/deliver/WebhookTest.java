package medspa.pipelines.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import medspa.pipelines.deliver.Delivery.Result;
import medspa.pipelines.deliver.DeliverySettings.Audience;
import medspa.warehouse.definition.InvalidDefinitionException;
import medspa.warehouse.history.History;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts on their way to channels whose addresses are secrets. */
class WebhookTest {
  private static final String SECRET = "Zq-hook-4711";

  private record Asked(String path, String body) {}

  @TempDir Path folder;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private volatile int status = 200;
  private String numbers = "94.6k";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (InputStream in = exchange.getRequestBody()) {
            asked.add(
                new Asked(
                    exchange.getRequestURI().getPath(),
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)));
          }
          if (status > 0) {
            exchange.sendResponseHeaders(status, -1);
          }
          exchange.close();
        });
    server.start();
    environment.put("SLACK", url("slack"));
    environment.put("TEAMS", url("teams"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path + "/" + SECRET;
  }

  private Result deliver(boolean resend, Optional<String> slack, Optional<String> teams) {
    return Delivery.run(
        new Delivery.Request(
            new DeliverySettings(
                Optional.empty(),
                List.of(new Audience("glow", List.of("owner@glow.example"), slack, teams))),
            DeliveryTest.WEEK,
            "run-1",
            practice -> Optional.of(new MadeUpLetter(practice, numbers, true)),
            new History(folder).deliveries(),
            resend,
            new Receivers(
                variable -> Optional.ofNullable(environment.get(variable)),
                Clock.fixed(Instant.parse("2026-11-16T13:00:00Z"), ZoneOffset.UTC),
                Optional.empty()),
            told::add));
  }

  private Result slack(boolean resend) {
    return deliver(resend, Optional.of("SLACK"), Optional.empty());
  }

  @Test
  void slackGetsTheVerdictAndTheNewSignalsAsPlainText() throws Exception {
    slack(false);
    String text = new ObjectMapper().readTree(asked.get(0).body()).get("text").asText();
    assertThat(text)
        .startsWith("*glow: week of")
        .contains("Net revenue of &lt;glow&gt; &amp; *more*: 94.6k", "• One: fill rate", "• Six")
        .endsWith("2 more KPIs are more than noise since this week.")
        .doesNotContain("Seven");
  }

  @Test
  void teamsGetsAnAdaptiveCardOfRunsThatAreNoMarkup() throws Exception {
    deliver(false, Optional.empty(), Optional.of("TEAMS"));
    JsonNode message = new ObjectMapper().readTree(asked.get(0).body());
    assertThat(message.get("type").asText()).isEqualTo("message");
    JsonNode attachment = message.get("attachments").get(0);
    assertThat(attachment.get("contentType").asText())
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    JsonNode body = attachment.get("content").get("body");
    assertThat(body).hasSize(2 + 6 + 1);
    assertThat(body.get(1).get("inlines").get(0).get("text").asText())
        .isEqualTo("Net revenue of <glow> & *more*: 94.6k");
    assertThat(body).allMatch(block -> block.get("type").asText().equals("RichTextBlock"));
  }

  @Test
  void anAlertIsNeverPostedTwiceWhateverBecomesOfTheNumbers() {
    Result first = deliver(false, Optional.of("SLACK"), Optional.of("TEAMS"));
    numbers = "95.1k";
    Result second = deliver(true, Optional.of("SLACK"), Optional.of("TEAMS"));
    assertThat(first.sent()).isEqualTo(2);
    assertThat(second.sent() + second.restated().size()).isZero();
    assertThat(asked).extracting(Asked::path).hasSize(2).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({"429", "503"})
  void aChannelThatIsBusyGetsItNextTime(int answer) {
    status = answer;
    assertThat(slack(false).failed()).singleElement().asString().contains("HTTP " + answer);
    status = 200;
    assertThat(slack(false).sent()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 403, 404, 410})
  void aChannelThatIsGoneIsNotAskedAgain(int answer) {
    status = answer;
    assertThat(slack(false).refused()).singleElement().asString().contains("withdrawn");
    status = 200;
    assertThat(slack(false).refused()).hasSize(1);
    assertThat(asked).hasSize(1);
    assertThat(slack(true).sent()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 500, 502, 504})
  void anAnswerThatLeavesOpenWhetherItWasPostedIsNotRepeatedUnasked(int answer) {
    status = answer;
    assertThat(slack(false).unknown()).singleElement().asString().contains("--resend");
    status = 200;
    assertThat(slack(false).unknown()).hasSize(1);
    assertThat(asked).hasSize(1);
    assertThat(slack(true).sent()).isEqualTo(1);
  }

  @Test
  void aChannelThatCannotBeReachedGetsItNextTime() {
    server.stop(0);
    assertThat(slack(false).failed()).singleElement().asString().contains("SLACK");
  }

  @Test
  void theAddressIsASecret() throws Exception {
    status = 404;
    Result result = deliver(false, Optional.of("SLACK"), Optional.of("TEAMS"));
    assertThat(
            told
                + result.refused().toString()
                + Files.readString(folder.resolve("deliveries.jsonl")))
        .contains("SLACK")
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example/" + SECRET,
        "ftp://127.0.0.1/" + SECRET,
        "no address " + SECRET,
        "https:///" + SECRET
      })
  void anAddressThatIsNotEncryptedIsRefusedBeforeAnythingIsSent(String address) {
    environment.put("TEAMS", address);
    assertThatThrownBy(() -> deliver(false, Optional.of("SLACK"), Optional.of("TEAMS")))
        .isInstanceOfSatisfying(
            InvalidDefinitionException.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .contains("TEAMS")
                    .doesNotContain(SECRET));
    assertThat(asked).isEmpty();
  }

  @Test
  void recipientsOfMailGetNothingWhereNoMailServerIsConfigured() {
    assertThat(slack(false).sent()).isEqualTo(1);
    assertThat(asked).hasSize(1);
  }
}
