package medspa.jobs.pull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import medspa.jobs.pull.Credentials.Secret;
import medspa.jobs.pull.PullState.OpenPull;
import medspa.jobs.pull.PullState.SquareState;

/**
 * Reads one kind of object of the Square API, page by page, into one file of JSON lines. Each page
 * is on disk before the next is asked for, so a pull that was broken off goes on behind it; the
 * file appears when the last page is there. A pull reaches back behind the one before, because
 * objects come in late and bookings change when they are over.
 */
final class SquarePull implements Fetcher {
  private static final String VERSION = "2025-10-16";
  private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(100);
  private static final Duration FIRST_REACH = Duration.ofDays(365);

  /** Cursors do not live for ever. */
  private static final Duration OPEN_AT_MOST = Duration.ofHours(24);

  private static final int LARGEST_PAGE = 64 << 20;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(64).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final PullSource source;
  private final Remote.Square remote;
  private final Secret token;
  private final Instant now;
  private final Transport transport;

  SquarePull(
      PullSource source,
      Remote.Square remote,
      Credentials credentials,
      Instant now,
      Transport transport) {
    this.source = source;
    this.remote = remote;
    this.token = credentials.need(source.source(), remote.tokenEnv());
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
    this.transport = transport;
  }

  /**
   * One answer.
   *
   * @param lines its objects, one a line
   * @param cursor the next page, or empty
   * @param isExpired whether the server does not know the cursor it was asked with
   */
  private record Page(String lines, int objects, String cursor, boolean isExpired) {}

  @Override
  public void fetch(PulledFiles files, Progress progress) throws PullException {
    Path begun = files.begun(remote.object().id());
    OpenPull open = goOn(progress.state(), begun).orElseGet(() -> begin(progress.state()));
    List<SquarePlan> parts = SquarePlan.of(remote.object(), open);
    long objects = 0;
    try (Http http = new Http(transport);
        FileChannel out =
            FileChannel.open(begun, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.truncate(open.bytes()).position(open.bytes());
      save(files, progress, open);
      boolean isFirstOfRun = true;
      while (open.part() < parts.size()) {
        if (!isFirstOfRun) {
          transport.waiter().pause(BETWEEN_REQUESTS);
        }
        Page page = page(http, parts.get(open.part()), open.cursor());
        if (page.isExpired()) {
          if (!isFirstOfRun) {
            throw PullException.unreachable("Square does not know its own cursor any more.");
          }
          open = at(open, open.part(), "", open.partBytes(), open.partBytes());
          out.truncate(open.bytes()).position(open.bytes());
        } else {
          if (page.cursor().equals(open.cursor()) && !page.cursor().isEmpty()) {
            throw PullException.data(
                "Square's pages go in a circle. Pull again later, and ask Square's support if it stays so.");
          }
          write(out, page.lines());
          objects += page.objects();
          open = behind(open, page, out.position());
          progress.line(objects + " " + remote.object().id());
        }
        if (open.bytes() > source.maxBytes()) {
          throw PulledFiles.tooLarge(source.maxBytes());
        }
        isFirstOfRun = false;
        save(files, progress, open);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + begun, e);
    }
    finish(open, begun, files, progress);
  }

  /** The pull that was broken off, if it can go on and still asks what is asked now. */
  private Optional<OpenPull> goOn(PullState state, Path begun) {
    return state
        .square()
        .flatMap(SquareState::open)
        .filter(open -> Duration.between(open.until(), now).abs().compareTo(OPEN_AT_MOST) < 0)
        .filter(open -> open.locations().equals(remote.locations()))
        .filter(open -> open.since().equals(remote.since().orElse(open.since())))
        .filter(open -> Files.isRegularFile(begun) && size(begun) >= open.bytes());
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** From the end of the last pull with the overlap, unless more is asked for than it read. */
  private OpenPull begin(PullState state) {
    Optional<SquareState> before = state.square();
    Instant since =
        remote.since().or(() -> before.flatMap(SquareState::since)).orElse(now.minus(FIRST_REACH));
    Instant from =
        before
            .filter(b -> b.locations().containsAll(remote.locations()))
            .filter(b -> b.since().filter(s -> !s.isAfter(since)).isPresent())
            .flatMap(SquareState::until)
            .map(until -> until.minus(remote.overlap()))
            .filter(reach -> reach.isAfter(since))
            .orElse(since);
    return new OpenPull(
        from, now, now.plus(remote.ahead()), since, remote.locations(), 0, "", 0, 0);
  }

  private static OpenPull at(OpenPull open, int part, String cursor, long partBytes, long bytes) {
    return new OpenPull(
        open.from(),
        open.until(),
        open.ahead(),
        open.since(),
        open.locations(),
        part,
        cursor,
        partBytes,
        bytes);
  }

  private static OpenPull behind(OpenPull open, Page page, long bytes) {
    return page.cursor().isEmpty()
        ? at(open, open.part() + 1, "", bytes, bytes)
        : at(open, open.part(), page.cursor(), open.partBytes(), bytes);
  }

  private static void save(PulledFiles files, Progress progress, OpenPull open) {
    Optional<SquareState> before = progress.state().square();
    progress.state(
        progress
            .state()
            .withSquare(
                new SquareState(
                    before.flatMap(SquareState::since),
                    before.flatMap(SquareState::until),
                    before.map(SquareState::locations).orElse(List.of()),
                    before.flatMap(SquareState::sha256),
                    Optional.of(open))));
    progress.state().write(files.directory());
  }

  private static void write(FileChannel out, String lines) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
    out.force(true);
  }

  private Page page(Http http, SquarePlan part, String cursor) throws PullException {
    return new Retry(transport, source.attempts())
        .run(
            () -> {
              HttpRequest request =
                  part.ask(http.request(remote.baseUrl()), remote.baseUrl(), cursor)
                      .header("Authorization", "Bearer " + token.reveal())
                      .header("Square-Version", VERSION)
                      .header("Accept", "application/json")
                      .build();
              return http.send(
                  request, (status, headers, body) -> answer(status, headers, body, cursor));
            });
  }

  private Page answer(int status, HttpHeaders headers, InputStream body, String cursor)
      throws PullException {
    if (status != Http.OK) {
      String code = errorCode(body);
      if (status == 400 && !cursor.isEmpty() && code.contains("CURSOR")) {
        return new Page("", 0, "", true);
      }
      if (status == 400 || status == 404) {
        throw PullException.configuration(
            "Square answered HTTP "
                + status
                + code
                + ". Check the ids under `locations:`, which are Square's own.");
      }
      throw Http.refusal(
          status,
          headers,
          remote.baseUrl().getHost(),
          "Check the token in "
              + remote.tokenEnv()
              + ", and that it may read "
              + remote.object().id()
              + code
              + ".");
    }
    JsonNode answer = parse(body);
    String next = answer.path("cursor").asText("");
    StringBuilder lines = new StringBuilder();
    JsonNode list = answer.path(remote.object().list());
    if (answer.has("errors") || !(list.isMissingNode() || list.isArray())) {
      throw PullException.unreachable("Square's answer is not the list that was asked for.");
    }
    try {
      for (JsonNode object : list) {
        if (!object.isObject()) {
          throw PullException.data(
              "Square's list holds something that is no object. Pull again later, and ask Square's support"
                  + " if it stays so.");
        }
        lines.append(MAPPER.writeValueAsString(object)).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write an object", e);
    }
    return new Page(lines.toString(), list.size(), next, false);
  }

  /** The answer; what is none came from somewhere between, or was cut. */
  private static JsonNode parse(InputStream body) throws PullException {
    JsonNode answer;
    try {
      byte[] bytes = body.readNBytes(LARGEST_PAGE + 1);
      if (bytes.length > LARGEST_PAGE) {
        throw PullException.data(
            "One page of Square's is larger than any page should be. Check `pull: {base_url: …}`.");
      }
      answer = MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw PullException.unreachable("The answer broke off, or is not Square's.");
    }
    if (!answer.isObject()) {
      throw PullException.unreachable("The answer is not Square's.");
    }
    return answer;
  }

  /** Square's word for what is wrong, such as INVALID_CURSOR; its sentences may quote anything. */
  private static String errorCode(InputStream body) {
    try {
      String code =
          MAPPER.readTree(body.readNBytes(1 << 16)).path("errors").path(0).path("code").asText("");
      return code.matches("[A-Z_]{1,60}") ? " (" + code + ")" : "";
    } catch (IOException e) {
      return "";
    }
  }

  private void finish(OpenPull open, Path begun, PulledFiles files, Progress progress) {
    Optional<String> before = progress.state().square().flatMap(SquareState::sha256);
    Optional<String> sha256 = before;
    try {
      if (Files.size(begun) > 0) {
        sha256 = Optional.of(PulledFiles.sha256(begun));
      }
      if (Files.size(begun) == 0 || sha256.equals(before)) {
        Files.delete(begun);
      } else {
        String name = name(open);
        if (files.keep(begun, name, open.until())) {
          progress.newFile(name);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot finish " + begun, e);
    }
    progress.state(
        progress
            .state()
            .withSquare(
                new SquareState(
                    Optional.of(open.since()),
                    Optional.of(open.until()),
                    open.locations(),
                    sha256,
                    Optional.empty())));
  }

  /** The kind, and the time that was asked for; its end orders the files. */
  private String name(OpenPull open) {
    String from = remote.object().isByTime() ? compact(open.from()) + "-" : "";
    return remote.object().id() + "-" + from + compact(open.until()) + ".jsonl";
  }

  private static String compact(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
  }
}
