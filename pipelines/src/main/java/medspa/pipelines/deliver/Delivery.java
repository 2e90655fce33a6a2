package medspa.pipelines.deliver;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import medspa.pipelines.deliver.DeliverySettings.Audience;
import medspa.pipelines.deliver.Ending.Reach;
import medspa.warehouse.definition.InvalidDefinitionException;
import medspa.warehouse.history.DeliveryLog;
import medspa.warehouse.history.PastDelivery;
import medspa.warehouse.history.PastDelivery.Outcome;
import medspa.warehouse.lake.Sha256;

/**
 * Sends the letters and alerts of a week, each to each recipient at most once. What is about to be
 * sent is on the disk before it is sent, and how that ended after it; so a delivery that is killed
 * leaves behind which one may have arrived, and that one is sent again only by who asks for it.
 */
public final class Delivery {
  private static final String MAIL = "mail";

  /** Mails in a row to a server that does not answer, after which the rest is left for later. */
  private static final int PATIENCE = 2;

  private final Request request;
  private final List<PastDelivery> past;
  private final Map<String, SecretText> secrets = new TreeMap<>();
  private final Result result = new Result();
  private Optional<SmtpSession> session = Optional.empty();
  private boolean isMailStopped;
  private int silent;
  private long number;

  private Delivery(Request request) {
    this.request = request;
    this.past = new ArrayList<>(request.log().read());
    this.number = past.stream().mapToLong(PastDelivery::number).max().orElse(0);
  }

  /**
   * What to deliver.
   *
   * @param week first day of the week of the letters
   * @param runId the publication that they are of
   * @param dispatches what there is of a practice; empty where nothing is published or written
   * @param log what was sent before, and what is now
   * @param resend whether to repeat what may have arrived, what was refused, and reports that
   *     differ from those that were sent
   * @param progress told in one line about each thing sent
   */
  public record Request(
      DeliverySettings settings,
      LocalDate week,
      String runId,
      Function<String, Optional<Dispatch>> dispatches,
      DeliveryLog log,
      boolean resend,
      Receivers receivers,
      Consumer<String> progress) {}

  /** How a delivery went; every list has one sentence for each item, with what to do. */
  public static final class Result {
    private int sent;
    private int known;
    private final List<String> unsendable = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final List<String> misconfigured = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> restated = new ArrayList<>();

    private Result() {}

    /** Letters and alerts that were taken now. */
    public int sent() {
      return sent;
    }

    /** Those that had been taken before. */
    public int known() {
      return known;
    }

    /** Practices without a report of the published numbers. */
    public List<String> unsendable() {
      return List.copyOf(unsendable);
    }

    /** What the next delivery tries again. */
    public List<String> failed() {
      return List.copyOf(failed);
    }

    /** What is tried again after a setting was corrected. */
    public List<String> misconfigured() {
      return List.copyOf(misconfigured);
    }

    /** What the receiver will not take. */
    public List<String> refused() {
      return List.copyOf(refused);
    }

    /** What may have arrived or not. */
    public List<String> unknown() {
      return List.copyOf(unknown);
    }

    /** Reports that differ from what was sent. */
    public List<String> restated() {
      return List.copyOf(restated);
    }
  }

  /**
   * Delivers what is to be delivered now.
   *
   * @throws InvalidDefinitionException if a secret is missing or cannot be one; nothing was sent
   */
  public static Result run(Request request) {
    return new Delivery(request).run();
  }

  private Result run() {
    readSecrets();
    try {
      for (Audience audience : request.settings().audiences()) {
        deliver(audience);
      }
    } finally {
      session.ifPresent(SmtpSession::close);
    }
    return result;
  }

  private void readSecrets() {
    List<String> problems = new ArrayList<>();
    boolean hasRecipients =
        request.settings().audiences().stream().anyMatch(a -> !a.recipients().isEmpty());
    if (hasRecipients) {
      request
          .settings()
          .mail()
          .map(DeliverySettings.Mail::server)
          .filter(server -> server.user().isPresent())
          .ifPresent(server -> secret(server.passwordEnv(), "The mail server", problems));
    }
    for (Audience audience : request.settings().audiences()) {
      for (Optional<String> variable : List.of(audience.slackEnv(), audience.teamsEnv())) {
        variable
            .flatMap(name -> secret(name, "The practice " + audience.practiceId(), problems))
            .flatMap(address -> Webhook.problem(address.text()))
            .ifPresent(
                problem ->
                    problems.add(
                        "The environment variable " + variable.orElseThrow() + " " + problem));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems.stream().distinct().toList());
    }
  }

  private Optional<SecretText> secret(String variable, String whose, List<String> problems) {
    Optional<String> text =
        request
            .receivers()
            .environment()
            .apply(variable)
            .map(String::strip)
            .filter(found -> !found.isEmpty());
    if (text.isEmpty()) {
      problems.add(whose + " needs the environment variable " + variable);
      return Optional.empty();
    }
    if (text.get().chars().anyMatch(Character::isISOControl)) {
      problems.add(
          "The environment variable "
              + variable
              + " has a line break or control character inside; set it to the secret alone");
      return Optional.empty();
    }
    SecretText secret = new SecretText(text.get());
    secrets.put(variable, secret);
    return Optional.of(secret);
  }

  private void deliver(Audience audience) {
    List<String> recipients =
        request.settings().mail().isPresent() ? audience.recipients() : List.of();
    if (recipients.isEmpty() && audience.slackEnv().isEmpty() && audience.teamsEnv().isEmpty()) {
      return;
    }
    Optional<Dispatch> dispatch = request.dispatches().apply(audience.practiceId());
    if (dispatch.isEmpty()) {
      result.unsendable.add(audience.practiceId());
      return;
    }
    Prepared prepared = new Prepared(audience.practiceId(), dispatch.get());
    recipients.forEach(recipient -> mail(prepared, recipient));
    audience.slackEnv().ifPresent(variable -> post(prepared, Webhook.Kind.SLACK, variable));
    audience.teamsEnv().ifPresent(variable -> post(prepared, Webhook.Kind.TEAMS, variable));
  }

  /** What there is of a practice; whether it may be sent is asked once, and only if it is sent. */
  private final class Prepared {
    private final String practiceId;
    private final Dispatch dispatch;
    private final String content;
    private Optional<Boolean> isPublished = Optional.empty();

    Prepared(String practiceId, Dispatch dispatch) {
      this.practiceId = practiceId;
      this.dispatch = dispatch;
      this.content = dispatch.content();
    }

    boolean maySend() {
      if (isPublished.isEmpty()) {
        isPublished = Optional.of(dispatch.isPublished());
        if (!isPublished.get()) {
          result.unsendable.add(practiceId);
        }
      }
      return isPublished.get();
    }

    String report() {
      return practiceId + "-weekly";
    }
  }

  private void mail(Prepared prepared, String recipient) {
    List<PastDelivery> attempts = attempts(prepared.report(), MAIL, recipient);
    if (!isDue(prepared, recipient, attempts, true) || !prepared.maySend()) {
      return;
    }
    if (isMailStopped) {
      return;
    }
    boolean corrects = corrects(prepared, attempts);
    DeliverySettings.Mail settings = request.settings().mail().orElseThrow();
    SmtpSession smtp = session(settings);
    Optional<Ending> noConnection = smtp.connect();
    if (noConnection.isPresent()) {
      stop(noConnection.get());
      return;
    }
    MimeMessage message;
    try {
      message =
          new LetterMail(settings, prepared.practiceId, request.week(), prepared.dispatch, corrects)
              .to(
                  smtp.session(),
                  recipient,
                  prepared.content,
                  request.receivers().clock().instant());
    } catch (MessagingException e) {
      result.misconfigured.add(
          prepared.report() + " was not sent to " + recipient + ": it is no address; correct it.");
      return;
    }
    attempt(prepared, MAIL, recipient, prepared.content, corrects, () -> smtp.send(message));
  }

  private SmtpSession session(DeliverySettings.Mail settings) {
    if (session.isEmpty()) {
      session =
          Optional.of(
              new SmtpSession(
                  settings.server(),
                  Optional.ofNullable(secrets.get(settings.server().passwordEnv())),
                  request.receivers().tls()));
    }
    return session.get();
  }

  /** No mail can be sent for now; what is left is not even tried. */
  private void stop(Ending ending) {
    isMailStopped = true;
    String problem = ending.problem().orElseThrow();
    if (ending.reach() == Reach.MISCONFIGURED) {
      result.misconfigured.add(problem + " No mail is sent until then.");
    } else {
      result.failed.add(problem + " The next `medspa deliver` sends what is left.");
    }
  }

  private void post(Prepared prepared, Webhook.Kind kind, String variable) {
    String channel = kind == Webhook.Kind.SLACK ? "slack" : "teams";
    List<PastDelivery> attempts = attempts(prepared.report(), channel, variable);
    if (!isDue(prepared, channel + " " + variable, attempts, false) || !prepared.maySend()) {
      return;
    }
    String body = Webhook.body(kind, prepared.dispatch);
    attempt(
        prepared,
        channel,
        variable,
        Sha256.of(body),
        false,
        () -> new Webhook(request.receivers().tls()).post(secrets.get(variable), variable, body));
  }

  private List<PastDelivery> attempts(String report, String channel, String recipient) {
    return past.stream()
        .filter(
            one ->
                one.report().equals(report)
                    && one.week().equals(request.week())
                    && one.channel().equals(channel)
                    && one.recipient().equalsIgnoreCase(recipient))
        .toList();
  }

  /** Whether to send, and if not, what to tell about it. */
  private boolean isDue(
      Prepared prepared, String to, List<PastDelivery> attempts, boolean mayCorrect) {
    String what = prepared.report() + " of " + request.week() + " to " + to;
    Optional<PastDelivery> last =
        attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    boolean wasAskedFor =
        last.filter(one -> one.result() == Outcome.FAILED && one.corrects())
            .filter(one -> one.content().equals(prepared.content))
            .isPresent();
    Optional<PastDelivery> counts =
        attempts.stream()
            .filter(one -> one.result() != Outcome.FAILED)
            .reduce((one, later) -> later);
    if (counts.isEmpty()) {
      return true;
    }
    switch (counts.get().result()) {
      case SENT -> {
        if (!mayCorrect || counts.get().content().equals(prepared.content)) {
          result.known++;
          return false;
        }
        if (request.resend() || wasAskedFor) {
          return true;
        }
        result.restated.add(
            what
                + " was sent and says something else since; --resend sends it again, marked as"
                + " corrected.");
        return false;
      }
      case REFUSED -> {
        if (request.resend()) {
          return true;
        }
        result.refused.add(
            what
                + " was refused: "
                + counts.get().problem().orElse("")
                + " Correct the recipient; --resend tries again.");
        return false;
      }
      default -> {
        if (request.resend()) {
          return true;
        }
        result.unknown.add(
            what
                + " may have arrived or not: "
                + counts.get().problem().orElse("medspa was stopped while it was sent.")
                + " Ask there; --resend sends it again.");
        return false;
      }
    }
  }

  private static boolean corrects(Prepared prepared, List<PastDelivery> attempts) {
    return attempts.stream()
        .filter(one -> one.result() == Outcome.SENT || one.result() == Outcome.UNKNOWN)
        .anyMatch(one -> !one.content().equals(prepared.content));
  }

  /** Sends something. */
  @FunctionalInterface
  private interface Sender {
    Ending send();
  }

  private void attempt(
      Prepared prepared,
      String channel,
      String recipient,
      String content,
      boolean corrects,
      Sender sender) {
    number++;
    PastDelivery intent =
        new PastDelivery(
            number,
            prepared.report(),
            request.week(),
            channel,
            recipient,
            content,
            request.runId(),
            corrects,
            request.receivers().clock().instant(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    request.log().append(intent);
    Ending ending = sender.send();
    PastDelivery ended =
        intent.ended(
            request.receivers().clock().instant(),
            ending.outcome(),
            ending.code(),
            ending.problem());
    request.log().append(ended);
    past.add(ended);
    tell(ended, ending);
  }

  private void tell(PastDelivery delivery, Ending ending) {
    String what =
        delivery.report()
            + " of "
            + delivery.week()
            + " to "
            + (delivery.channel().equals(MAIL) ? "" : delivery.channel() + " ")
            + delivery.recipient();
    String problem = ending.problem().orElse("");
    switch (ending.outcome()) {
      case SENT -> {
        result.sent++;
        request.progress().accept("sent " + what);
      }
      case REFUSED ->
          result.refused.add(
              what + " was refused: " + problem + " Correct the recipient; --resend tries again.");
      case UNKNOWN ->
          result.unknown.add(
              what
                  + " may have arrived or not: "
                  + problem
                  + " Ask there; --resend sends it again.");
      case FAILED -> {
        if (ending.reach() == Reach.MISCONFIGURED) {
          result.misconfigured.add(what + " was not sent: " + problem);
        } else {
          result.failed.add(
              what + " was not sent: " + problem + " The next `medspa deliver` tries again.");
        }
      }
    }
    if (delivery.channel().equals(MAIL)) {
      silent = ending.reach() == Reach.SILENT ? silent + 1 : 0;
      if (silent >= PATIENCE && !isMailStopped) {
        isMailStopped = true;
        result.failed.add(
            "The mail server does not answer; the next `medspa deliver` sends what is left.");
      }
    }
  }
}
