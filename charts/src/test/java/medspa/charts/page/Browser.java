package medspa.charts.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Chromium without a window, driven over its DevTools protocol. Found as MEDSPA_CHROMIUM says,
 * else on the path.
 */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS = 300;

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final List<String> errors = new ArrayList<>();
  private final String session;
  private int sent;

  private Browser(Process process, URI address) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address, new Messages(messages))
            .join();
    String target =
        call("", "Target.createTarget", Map.of("url", "about:blank")).path("targetId").asText();
    this.session =
        call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asText();
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Network.enable", Map.of());
  }

  /** Starts it with a profile of its own. */
  static Browser start(Path profile) throws IOException {
    Process process =
        new ProcessBuilder(
                executable(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile)
            .redirectErrorStream(true)
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      int at = line.indexOf("ws://");
      if (at >= 0) {
        Thread rest = new Thread(() -> said.lines().forEach(l -> {}), "what the browser says");
        rest.setDaemon(true);
        rest.start();
        return new Browser(process, URI.create(line.substring(at).strip()));
      }
    }
    throw new IOException("The browser ended before it could be driven");
  }

  private static String executable() {
    Optional<String> told = Optional.ofNullable(System.getenv("MEDSPA_CHROMIUM"));
    return told.or(
            () ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .flatMap(
                        name ->
                            Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                                .map(folder -> Path.of(folder, name)))
                    .filter(Files::isExecutable)
                    .map(Path::toString)
                    .findFirst())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No Chromium is installed; the full build looks at web pages with one. Install it"
                        + " (Debian: apt-get install chromium), or name it in MEDSPA_CHROMIUM"));
  }

  /** Opens a page and waits until it is ready. */
  void open(Path file, String fragment) {
    call("Page.navigate", Map.of("url", "about:blank"));
    call("Page.navigate", Map.of("url", file.toUri() + fragment));
    await("document.documentElement && document.documentElement.dataset.ready === 'yes'");
  }

  /** Waits until an expression is true. */
  void await(String expression) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!value("!!(" + expression + ")").asBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Never true: " + expression + "; said: " + errors);
      }
    }
  }

  /** The value of an expression, awaited where it is a promise. */
  JsonNode value(String expression) {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(result.path("exceptionDetails").toString());
    }
    return result.path("result").path("value");
  }

  /** The text of an expression. */
  String text(String expression) {
    return value(expression).asText();
  }

  /** Dark or light, as wide as said, on a screen or on paper. */
  void look(String scheme, int width, String media) {
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            media,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Presses a key and lets it go, as a keyboard does. */
  void press(String key) {
    Map<String, Integer> codes =
        Map.of("Tab", 9, "Enter", 13, "ArrowDown", 40, "ArrowRight", 39, " ", 32);
    ObjectNode down = JSON.createObjectNode();
    down.put("type", key.equals("Enter") || key.equals(" ") ? "keyDown" : "rawKeyDown");
    down.put("key", key);
    down.put("windowsVirtualKeyCode", codes.get(key));
    if (key.equals("Enter")) {
      down.put("text", "\r");
    }
    call("Input.dispatchKeyEvent", down);
    down.put("type", "keyUp");
    down.remove("text");
    call("Input.dispatchKeyEvent", down);
  }

  /** Types a text where the focus is. */
  void type(String text) {
    call("Input.insertText", Map.of("text", text));
  }

  /** What the page, or the browser about it, complained of, and every address that it asked for. */
  List<String> errors() {
    return errors;
  }

  private JsonNode call(String method, Object parameters) {
    return call(session, method, parameters);
  }

  private JsonNode call(String of, String method, Object parameters) {
    int id = ++sent;
    ObjectNode message = JSON.createObjectNode();
    message.put("id", id);
    message.put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (!of.isEmpty()) {
      message.put("sessionId", of);
    }
    socket.sendText(message.toString(), true).join();
    try {
      while (true) {
        JsonNode answer = messages.poll(SECONDS, TimeUnit.SECONDS);
        if (answer == null) {
          throw new IllegalStateException("The browser does not answer to " + method);
        }
        note(answer);
        if (answer.path("id").asInt() == id) {
          if (answer.has("error")) {
            throw new IllegalStateException(method + ": " + answer.path("error"));
          }
          return answer.path("result");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void note(JsonNode event) {
    String method = event.path("method").asText();
    String url = event.path("params").path("request").path("url").asText();
    if (method.equals("Runtime.exceptionThrown")) {
      errors.add(event.path("params").toString());
    } else if (method.equals("Network.requestWillBeSent")
        && !url.startsWith("file:")
        && !url.startsWith("blob:")) {
      errors.add("asked for " + url);
    }
  }

  @Override
  public void close() {
    try {
      socket.sendText("{\"id\":0,\"method\":\"Browser.close\"}", true).join();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Puts messages together and lines them up. */
  private record Messages(BlockingQueue<JsonNode> messages, StringBuilder part)
      implements WebSocket.Listener {
    Messages(BlockingQueue<JsonNode> messages) {
      this(messages, new StringBuilder());
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        try {
          messages.add(JSON.readTree(part.toString()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        part.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
