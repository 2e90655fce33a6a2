package medspa.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.Lake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code medspa pull} and {@code medspa ingest} in processes of their own, with secrets in their
 * environment, against a web server on loopback: exit codes, what is printed, and a kill.
 */
class PullCommandTest {
  private static final String TOKEN = "Zq-secret-token-4711";
  private static final String CLIENT = "Zquilla Canaryname";

  @TempDir Path workspace;
  private HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile HttpHandler answer;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (InputStream in = exchange.getRequestBody()) {
            in.readAllBytes();
          }
          asked.add(exchange.getRequestURI().toString());
          answer.handle(exchange);
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void configure(String sources) throws IOException {
    Files.writeString(
        workspace.resolve("medspa.yaml"),
        """
        practices:
          - {id: glow, name: Glow, locations: [{id: austin, name: Austin, time_zone: America/Chicago}]}
        sources:
        """
            + sources.indent(2));
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + Files.createDirectories(workspace.resolve("tmp")),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "medspa.pipelines.cli.Medspa"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-w", workspace.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("MEDSPA_"));
    builder
        .environment()
        .put("MEDSPA_PSEUDONYM_KEY", "a key of the tests, not a secret of anybody");
    builder.environment().putAll(environment);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(workspace.resolve("run.log").toFile())
        .start();
  }

  private int medspa(Map<String, String> environment, String... arguments) throws Exception {
    Process process = start(environment, arguments);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String log() throws IOException {
    return Files.readString(workspace.resolve("run.log"));
  }

  /** Files of the workspace outside the exports that hold a text. */
  private List<String> filesWith(String text) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(workspace)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean isExport = file.startsWith(workspace.resolve("exports"));
        boolean isData = isExport && !file.getFileName().toString().startsWith(".");
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (!isData && content.contains(text)) {
          found.add(workspace.relativize(file).toString());
        }
      }
    }
    return found;
  }

  @Tag("full")
  @Test
  void whatIsPulledIsIngestedAndASourceThatIsAwayEndsTheWorkWithARetry() throws Exception {
    configure(
        """
        - {name: products, format: medspa, table: products, practice: glow, from: '%s/products.csv', pull: {token_env: GLOW_TOKEN, attempts: 1}}
        - {name: local, format: medspa, table: services, practice: glow, from: exports/services.csv}
        """
            .formatted(url()));
    Files.createDirectories(workspace.resolve("exports"));
    Files.writeString(workspace.resolve("exports/services.csv"), "service_id,name\nS1,Facial\n");
    answer =
        exchange -> {
          String authorization = exchange.getRequestHeaders().getFirst("Authorization");
          boolean allowed = ("Bearer " + TOKEN).equals(authorization);
          send(
              exchange,
              allowed ? 200 : 401,
              allowed ? "product_id,name,notes\nP1,Serum," + CLIENT + "\n" : "");
        };

    assertThat(medspa(Map.of(), "ingest", "--verbose")).isEqualTo(2);
    assertThat(log()).contains("The source products needs the environment variable GLOW_TOKEN");
    assertThat(asked).as("nothing is tried before all secrets are there").isEmpty();

    assertThat(medspa(Map.of("GLOW_TOKEN", TOKEN), "ingest", "--verbose", "--json"))
        .as(log())
        .isZero();
    assertThat(log()).contains("\"pulled\":1", "\"ingested\":2");
    assertThat(filesWith(TOKEN)).isEmpty();
    assertThat(filesWith(CLIENT)).isEmpty();

    assertThat(medspa(Map.of("GLOW_TOKEN", TOKEN), "pull")).isEqualTo(99);

    assertThat(medspa(Map.of("GLOW_TOKEN", "Zq-wrong"), "pull", "--verbose")).isEqualTo(2);
    assertThat(log()).contains("login is refused");
    assertThat(filesWith("Zq-wrong")).isEmpty();

    answer = exchange -> send(exchange, 503, "");
    Files.writeString(
        workspace.resolve("exports/services.csv"), "service_id,name\nS1,Facial\nS2,Peel\n");
    assertThat(medspa(Map.of("GLOW_TOKEN", TOKEN), "ingest", "--json")).as(log()).isEqualTo(4);
    assertThat(log())
        .as("the rest of the work is done")
        .contains("Not pulled: products", "503", "\"ingested\":1", "\"exit_code\":4");
    assertThat(medspa(Map.of(), "ingest", "--no-pull")).as("nothing is fetched").isEqualTo(99);

    CommandRun status = CommandRun.of("status", "-w", workspace.toString());
    assertThat(status.out()).contains("Pulled products: 1 files, last 20", "; failed 20", "503");
  }

  @Tag("full")
  @Test
  void aPullThatIsKilledLeavesNothingVisibleAndGoesOnBehindTheLastPage() throws Exception {
    configure(
        """
        - {name: payments, format: square-api-payments, locations: {L1: austin}, from: 'square-api:payments', pull: {base_url: '%s', since: 2026-01-01}}
        """
            .formatted(url()));
    CountDownLatch isAtThird = new CountDownLatch(1);
    CountDownLatch isKilled = new CountDownLatch(1);
    answer =
        exchange -> {
          String query = exchange.getRequestURI().getQuery();
          int page = query.contains("cursor=") ? query.contains("cursor=two") ? 3 : 2 : 1;
          if (page == 3 && isKilled.getCount() > 0) {
            isAtThird.countDown();
            await(isKilled);
            exchange.close();
            return;
          }
          String payment =
              """
              {"id": "P%d", "status": "COMPLETED", "source_type": "CASH", "order_id": "O1",
              "location_id": "L1", "created_at": "2026-06-01T15:00:00Z", "total_money": {"amount": 1250, "currency": "USD"}}
              """
                  .formatted(page);
          String next = page == 1 ? "one" : "two";
          send(
              exchange,
              200,
              "{\"payments\": ["
                  + payment
                  + "]"
                  + (page < 3 ? ", \"cursor\": \"" + next + "\"" : "")
                  + "}");
        };
    Map<String, String> token = Map.of("MEDSPA_SQUARE_TOKEN", TOKEN);
    Process process = start(token, "ingest");
    assertThat(isAtThird.await(120, TimeUnit.SECONDS)).as(log()).isTrue();
    process.destroyForcibly();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    isKilled.countDown();
    Path folder = workspace.resolve("exports/pulled/payments");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.startsWith("."));
    }

    asked.clear();
    assertThat(medspa(token, "ingest", "--json")).as(log()).isZero();
    assertThat(asked).as("only the page that was missing").hasSize(1);
    assertThat(asked.get(0)).contains("cursor=two");
    assertThat(Bronze.read(new Lake(workspace.resolve("lake"))).current())
        .singleElement()
        .satisfies(
            batch -> {
              assertThat(batch.fileName()).matches("exports/pulled/payments/payments-.*\\.jsonl");
              assertThat(batch.tables())
                  .singleElement()
                  .satisfies(table -> assertThat(table.rowsAccepted()).isEqualTo(3));
            });
    assertThat(filesWith(TOKEN)).isEmpty();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }
}
