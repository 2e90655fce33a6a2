package medspa.pipelines.deliver;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import medspa.warehouse.history.PastDelivery.Outcome;
import medspa.warehouse.lake.LakeJson;

/** Posts the verdict and the new signals of a week to a channel. Its address is a secret. */
final class Webhook {
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /** Signals that are told; of more only how many. */
  private static final int SIGNALS = 6;

  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  private final HttpClient client;

  Webhook(Optional<SSLContext> tls) {
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER);
    tls.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /** The kinds of channel. */
  enum Kind {
    SLACK,
    /** A workflow of Teams that posts what it receives. */
    TEAMS
  }

  /** What is posted, as JSON. */
  static String body(Kind kind, Dispatch dispatch) {
    return LakeJson.line(kind == Kind.SLACK ? slack(dispatch) : teams(dispatch));
  }

  private static Map<String, Object> slack(Dispatch dispatch) {
    List<String> lines = new ArrayList<>();
    lines.add("*" + forSlack(dispatch.subject()) + "*");
    lines.add(forSlack(dispatch.verdict()));
    signals(dispatch).forEach(signal -> lines.add("• " + forSlack(signal)));
    return Map.of("text", String.join("\n", lines));
  }

  /** Slack reads these three as markup, and marks of emphasis only around words. */
  private static String forSlack(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static Map<String, Object> teams(Dispatch dispatch) {
    List<Object> body = new ArrayList<>();
    body.add(text(dispatch.subject(), true));
    body.add(text(dispatch.verdict(), false));
    signals(dispatch).forEach(signal -> body.add(text("• " + signal, false)));
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard");
    card.put("version", "1.4");
    card.put("body", body);
    Map<String, Object> attachment = new LinkedHashMap<>();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    attachment.put("contentUrl", null);
    attachment.put("content", card);
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("type", "message");
    message.put("attachments", List.of(attachment));
    return message;
  }

  /** A text of runs is shown as it is; a block of text would be read as Markdown. */
  private static Map<String, Object> text(String text, boolean isTitle) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("type", "TextRun");
    run.put("text", text);
    if (isTitle) {
      run.put("weight", "bolder");
    }
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("type", "RichTextBlock");
    block.put("inlines", List.of(run));
    return block;
  }

  private static List<String> signals(Dispatch dispatch) {
    List<String> all = dispatch.signals();
    if (all.size() <= SIGNALS) {
      return all;
    }
    List<String> shown = new ArrayList<>(all.subList(0, SIGNALS));
    shown.add((all.size() - SIGNALS) + " more KPIs are more than noise since this week.");
    return shown;
  }

  /** Why an address cannot be posted to; empty if it can. It is not in the words. */
  static Optional<String> problem(String address) {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      return Optional.of("holds no address");
    }
    boolean isSafe =
        "https".equalsIgnoreCase(uri.getScheme())
            || ("http".equalsIgnoreCase(uri.getScheme()) && Loopback.is(uri.getHost()));
    return uri.getHost() == null || !isSafe
        ? Optional.of("must hold an https:// address; http:// is only for this machine")
        : Optional.empty();
  }

  /**
   * Posts once.
   *
   * @param variable what the address is called in messages
   */
  Ending post(SecretText address, String variable, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address.text()))
            .timeout(ANSWER)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "medspa")
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build();
    String where = "The webhook of " + variable;
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return answered(status, where);
    } catch (HttpConnectTimeoutException | ConnectException e) {
      return Ending.silent(Outcome.FAILED, where + " cannot be connected to.");
    } catch (SSLHandshakeException e) {
      return Ending.misconfigured(
          where + " has a certificate that is not trusted. Check the address in the environment.");
    } catch (IOException e) {
      return Ending.silent(
          Outcome.UNKNOWN, where + " got the message and did not say whether it took it.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Ending.silent(Outcome.UNKNOWN, where + " was interrupted while it answered.");
    }
  }

  private static Ending answered(int status, String where) {
    String said = where + " answered HTTP " + status + ".";
    if (status >= 200 && status < 300) {
      return Ending.sent(status);
    }
    if (status == TOO_MANY || status == UNAVAILABLE) {
      return Ending.answered(Outcome.FAILED, status, said);
    }
    // Behind any other failure of the server the message may have been posted.
    return Ending.answered(
        status >= 500 ? Outcome.UNKNOWN : Outcome.REFUSED,
        status,
        status >= 500
            ? said
            : said + " Check the address in the environment: it may have been withdrawn.");
  }
}
