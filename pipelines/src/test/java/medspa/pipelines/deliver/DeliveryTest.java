package medspa.pipelines.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import medspa.pipelines.deliver.Delivery.Result;
import medspa.pipelines.deliver.DeliverySettings.Audience;
import medspa.pipelines.deliver.MailServer.Security;
import medspa.warehouse.definition.InvalidDefinitionException;
import medspa.warehouse.history.DeliveryLog;
import medspa.warehouse.history.History;
import medspa.warehouse.history.PastDelivery;
import medspa.warehouse.history.PastDelivery.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.RejectException;

/**
 * Letters on their way to real mail servers, which take them, refuse them, wait and fall silent.
 */
class DeliveryTest {
  static final LocalDate WEEK = LocalDate.of(2026, 11, 9);
  private static final String PASSWORD = "Zq-secret-4711";
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final String OWNER = "owner@glow.example";
  private static final String MANAGER = "manager@glow.example";

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();
  private final Map<String, Dispatch> letters = new HashMap<>();
  private Optional<SSLContext> tls = Optional.empty();
  private PostOffice office;

  @AfterEach
  void close() {
    if (office != null) {
      office.close();
    }
  }

  private DeliveryLog log() {
    return new History(folder.resolve("history")).deliveries();
  }

  private static MailServer server(int port, Security security, Optional<String> user) {
    return new MailServer("localhost", port, security, user, "SMTP_PASSWORD", PATIENCE, PATIENCE);
  }

  private Result deliver(MailServer server, boolean resend, Audience... audiences) {
    return deliver(server, Optional.empty(), resend, audiences);
  }

  private Result deliver(
      MailServer server, Optional<String> linkBase, boolean resend, Audience... audiences) {
    for (Audience audience : audiences) {
      letters.putIfAbsent(
          audience.practiceId(), new MadeUpLetter(audience.practiceId(), "94.6k", true));
    }
    return Delivery.run(
        new Delivery.Request(
            new DeliverySettings(
                Optional.of(
                    new DeliverySettings.Mail(
                        server,
                        "Glow Reports <reports@medspa.example>",
                        Optional.of("help@medspa.example"),
                        linkBase)),
                List.of(audiences)),
            WEEK,
            "run-1",
            practice -> Optional.ofNullable(letters.get(practice)),
            log(),
            resend,
            new Receivers(
                variable ->
                    variable.equals("SMTP_PASSWORD") ? Optional.of(PASSWORD) : Optional.empty(),
                Clock.fixed(Instant.parse("2026-11-16T13:00:00Z"), ZoneOffset.UTC),
                tls),
            told::add));
  }

  private static Audience glow(String... recipients) {
    return new Audience("glow", List.of(recipients), Optional.empty(), Optional.empty());
  }

  private MailServer plainOffice() {
    office = PostOffice.plain();
    return server(office.port(), Security.NONE, Optional.empty());
  }

  private List<String> recipients() {
    return office.taken.stream().map(PostOffice.Taken::recipient).toList();
  }

  /** No secret in what was told, remembered or said. */
  private void assertNoSecret(Result result) throws IOException {
    Path history = folder.resolve("history/deliveries.jsonl");
    assertThat(
            told
                + (Files.exists(history) ? Files.readString(history) : "")
                + result.failed()
                + result.misconfigured()
                + result.refused()
                + result.unknown())
        .doesNotContain(PASSWORD);
  }

  @Test
  void whoHasAllRecipientsOfAPracticeGetsEachOneMailAndNoneTwice() {
    MailServer server = plainOffice();
    String[] many =
        IntStream.range(0, 60).mapToObj(i -> "owner" + i + "@glow.example").toArray(String[]::new);
    assertThat(deliver(server, false, glow(many)).sent()).isEqualTo(60);
    Result second = deliver(server, false, glow(many));
    Result third = deliver(server, true, glow(many));
    assertThat(second.sent() + third.sent()).isZero();
    assertThat(third.known()).isEqualTo(60);
    assertThat(recipients()).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void aPracticesLetterGoesToItsOwnRecipientsAlone() {
    MailServer server = plainOffice();
    Audience other =
        new Audience("birch", List.of("owner@birch.example"), Optional.empty(), Optional.empty());
    deliver(server, false, glow(OWNER, MANAGER), other);
    assertThat(office.taken)
        .hasSize(3)
        .allSatisfy(
            mail -> {
              String own = mail.recipient().endsWith("birch.example") ? "birch" : "glow";
              String foreign = own.equals("birch") ? "<glow>" : "<birch>";
              assertThat(mail.raw()).contains(own + "-" + WEEK + ".pdf").doesNotContain(foreign);
              assertThat(mail.message().getAllRecipients()).hasSize(1);
            });
  }

  @Test
  void aLetterIsHtmlAndPlainTextWithTheReportAttached() throws Exception {
    deliver(plainOffice(), false, glow(OWNER));
    MimeMessage mail = office.taken.get(0).message();
    assertThat(mail.getSubject()).isEqualTo("glow: week of Bcc: all@example.com");
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getFrom()[0]).hasToString("Glow Reports <reports@medspa.example>");
    assertThat(mail.getReplyTo()[0]).hasToString("help@medspa.example");
    assertThat(mail.getHeader("Date")[0]).isEqualTo("Mon, 16 Nov 2026 13:00:00 GMT");
    assertThat(mail.getHeader("Auto-Submitted")[0]).isEqualTo("auto-generated");
    assertThat(office.senders).containsExactly("reports@medspa.example");
    Multipart mixed = (Multipart) mail.getContent();
    Multipart alternatives = (Multipart) mixed.getBodyPart(0).getContent();
    assertThat(alternatives.getContentType()).startsWith("multipart/alternative");
    assertThat(alternatives.getBodyPart(0).getContent().toString())
        .contains("Net revenue", "attached as a PDF");
    Multipart related = (Multipart) alternatives.getBodyPart(1).getContent();
    assertThat(related.getBodyPart(0).getContentType()).startsWith("text/html");
    assertThat(mixed.getBodyPart(1).getFileName()).isEqualTo("glow-2026-11-09.pdf");
    assertThat(new String(mixed.getBodyPart(1).getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("%PDF of glow: 94.6k");
  }

  @Test
  void aLinkStandsInThePlaceOfTheAttachmentWhereOneIsConfigured() throws Exception {
    deliver(plainOffice(), Optional.of("https://reports.example/m"), false, glow(OWNER));
    MimeMessage mail = office.taken.get(0).message();
    Multipart alternatives = (Multipart) mail.getContent();
    assertThat(alternatives.getCount()).isEqualTo(2);
    assertThat(alternatives.getBodyPart(0).getContent().toString())
        .contains("https://reports.example/m/2026-11-09/glow-weekly.pdf")
        .doesNotContain("attached");
    assertThat(office.taken.get(0).raw()).doesNotContain("application/pdf");
  }

  @Test
  void startTlsAndALoginCarryTheLetter() throws Exception {
    Path store = folder.resolve("store");
    office = PostOffice.startTls(store, PASSWORD);
    tls = PostOffice.trust(store);
    MailServer server = server(office.port(), Security.STARTTLS, Optional.of(PostOffice.USER));
    Result result = deliver(server, false, glow(OWNER, MANAGER));
    assertThat(result.sent()).isEqualTo(2);
    assertThat(office.taken).allMatch(PostOffice.Taken::wasLoggedIn);
    assertNoSecret(result);
  }

  @Test
  void tlsFromTheFirstByteCarriesTheLetter() throws Exception {
    Path store = folder.resolve("store");
    office = PostOffice.tls(store, PASSWORD);
    tls = PostOffice.trust(store);
    Result result =
        deliver(
            server(office.port(), Security.TLS, Optional.of(PostOffice.USER)), false, glow(OWNER));
    assertThat(result.sent()).isEqualTo(1);
  }

  @Test
  void aServerWithoutStartTlsGetsNothingInClear() throws Exception {
    office = PostOffice.clearLogin(PASSWORD);
    Result result =
        deliver(
            server(office.port(), Security.STARTTLS, Optional.of(PostOffice.USER)),
            false,
            glow(OWNER, MANAGER));
    assertThat(result.misconfigured()).singleElement().asString().contains("offers no STARTTLS");
    assertThat(office.senders).isEmpty();
    assertThat(log().read()).isEmpty();
    assertNoSecret(result);
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
    Path store = folder.resolve("store");
    office = PostOffice.startTls(store, PASSWORD);
    Result result =
        deliver(
            server(office.port(), Security.STARTTLS, Optional.of(PostOffice.USER)),
            false,
            glow(OWNER));
    assertThat(result.misconfigured()).singleElement().asString().contains("certificate");
    assertThat(office.senders).isEmpty();
  }

  @Test
  void aWrongPasswordNamesItsVariableAndSendsNothing() throws Exception {
    Path store = folder.resolve("store");
    office = PostOffice.startTls(store, "another");
    tls = PostOffice.trust(store);
    Result result =
        deliver(
            server(office.port(), Security.STARTTLS, Optional.of(PostOffice.USER)),
            false,
            glow(OWNER, MANAGER));
    assertThat(result.misconfigured())
        .singleElement()
        .asString()
        .contains("refuses the login", "SMTP_PASSWORD");
    assertThat(office.senders).isEmpty();
    assertNoSecret(result);
  }

  @Test
  void aServerThatLetsNobodyLogInGetsNothing() {
    office = PostOffice.plain();
    Result result =
        deliver(
            server(office.port(), Security.NONE, Optional.of(PostOffice.USER)), false, glow(OWNER));
    assertThat(result.misconfigured()).singleElement().asString().contains("lets nobody log in");
    assertThat(office.senders).isEmpty();
  }

  @Test
  void aRefusedRecipientStopsNoOtherAndIsNotTriedAgainUnasked() {
    MailServer server = plainOffice();
    office.atRecipient =
        recipient -> {
          if (recipient.equals(MANAGER)) {
            throw new RejectException(550, "no such user");
          }
        };
    Result first = deliver(server, false, glow(MANAGER, OWNER));
    assertThat(recipients()).containsExactly(OWNER);
    assertThat(first.refused()).singleElement().asString().contains(MANAGER, "no such user");
    office.atRecipient = recipient -> {};
    Result second = deliver(server, false, glow(MANAGER, OWNER));
    assertThat(second.refused()).singleElement().asString().contains("--resend");
    assertThat(recipients()).containsExactly(OWNER);
    deliver(server, true, glow(MANAGER, OWNER));
    assertThat(recipients()).containsExactly(OWNER, MANAGER);
    assertThat(office.taken.get(1).raw()).doesNotContain("Corrected");
  }

  @Test
  void whoIsAskedToComeBackComesBackWithTheNextDelivery() {
    MailServer server = plainOffice();
    Set<String> seen = new HashSet<>();
    office.atRecipient =
        recipient -> {
          if (seen.add(recipient)) {
            throw new RejectException(451, "greylisted, come back later");
          }
        };
    Result first = deliver(server, false, glow(OWNER, MANAGER));
    assertThat(first.failed()).hasSize(2).first().asString().contains("greylisted");
    assertThat(first.sent()).isZero();
    Result second = deliver(server, false, glow(OWNER, MANAGER));
    assertThat(second.sent()).isEqualTo(2);
    assertThat(deliver(server, false, glow(OWNER, MANAGER)).sent()).isZero();
    assertThat(log().read())
        .extracting(PastDelivery::result)
        .containsExactly(Outcome.FAILED, Outcome.FAILED, Outcome.SENT, Outcome.SENT);
  }

  @Test
  void aLetterThatIsRefusedAfterItsTextHasNotArrived() {
    MailServer server = plainOffice();
    office.afterData =
        recipient -> {
          throw new RejectException(recipient.equals(OWNER) ? 554 : 452, "spam or full");
        };
    Result result = deliver(server, false, glow(OWNER, MANAGER));
    assertThat(result.refused()).singleElement().asString().contains(OWNER, "554");
    assertThat(result.failed()).singleElement().asString().contains(MANAGER, "452");
    assertThat(result.unknown()).isEmpty();
  }

  @Test
  void whenNobodyListensTheNextDeliveryTriesAgain() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    Result result =
        deliver(server(free, Security.NONE, Optional.empty()), false, glow(OWNER, MANAGER));
    assertThat(result.failed()).singleElement().asString().contains("No connection");
    assertThat(log().read()).isEmpty();
    assertThat(deliver(plainOffice(), false, glow(OWNER, MANAGER)).sent()).isEqualTo(2);
  }

  @Test
  void aServerThatFallsSilentBeforeTheTextHasNotTakenTheLetter() {
    MailServer server = plainOffice();
    office.atRecipient = recipient -> pause();
    Result first = deliver(server, false, glow(OWNER));
    assertThat(first.failed()).singleElement().asString().contains("broke off before");
    assertThat(first.unknown()).isEmpty();
    office.atRecipient = recipient -> {};
    assertThat(deliver(server, false, glow(OWNER)).sent()).isEqualTo(1);
    assertThat(recipients()).containsExactly(OWNER);
  }

  @Test
  void aServerThatFallsSilentAfterTheTextMayHaveTakenItAndOnlyWhoAsksSendsItAgain() {
    MailServer server = plainOffice();
    office.afterData =
        recipient -> {
          if (recipient.equals(OWNER)) {
            pause();
          }
        };
    Result first = deliver(server, false, glow(OWNER, MANAGER));
    assertThat(first.unknown())
        .singleElement()
        .asString()
        .contains(OWNER, "may have arrived or not", "--resend");
    assertThat(first.sent()).isEqualTo(1);
    office.afterData = recipient -> {};
    Result second = deliver(server, false, glow(OWNER, MANAGER));
    assertThat(second.unknown()).hasSize(1);
    assertThat(second.sent()).isZero();
    assertThat(deliver(server, true, glow(OWNER, MANAGER)).sent()).isEqualTo(1);
    assertThat(deliver(server, true, glow(OWNER, MANAGER)).sent()).isZero();
  }

  @Test
  void aServerThatFallsSilentTwiceIsLeftAlone() {
    MailServer server = plainOffice();
    office.atRecipient = recipient -> pause();
    String[] many =
        IntStream.range(0, 9).mapToObj(i -> "owner" + i + "@glow.example").toArray(String[]::new);
    Result result = deliver(server, false, glow(many));
    assertThat(log().read()).hasSize(2);
    assertThat(result.failed()).hasSize(3).last().asString().contains("does not answer");
  }

  /** Longer than a delivery waits. */
  private static void pause() {
    try {
      Thread.sleep(3 * PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aReportThatSaysSomethingElseIsSentAgainOnlyOnRequestAndMarked() throws Exception {
    MailServer server = plainOffice();
    deliver(server, false, glow(OWNER));
    letters.put("glow", new MadeUpLetter("glow", "95.1k", true));
    Result told = deliver(server, false, glow(OWNER));
    assertThat(told.restated()).singleElement().asString().contains("glow-weekly", OWNER);
    assertThat(office.taken).hasSize(1);
    assertThat(deliver(server, true, glow(OWNER)).sent()).isEqualTo(1);
    assertThat(office.taken.get(1).message().getSubject()).startsWith("Corrected: glow");
    assertThat(office.taken.get(1).raw()).contains("corrects the one that was sent before");
    assertThat(office.taken.get(1).message().getMessageID())
        .isNotEqualTo(office.taken.get(0).message().getMessageID());
    Result last = deliver(server, true, glow(OWNER));
    assertThat(last.sent() + last.restated().size()).isZero();
  }

  @Test
  void aCorrectionThatWasAskedForAndDidNotGetThroughIsTriedAgain() {
    MailServer server = plainOffice();
    deliver(server, false, glow(OWNER));
    letters.put("glow", new MadeUpLetter("glow", "95.1k", true));
    office.atRecipient =
        recipient -> {
          throw new RejectException(450, "later");
        };
    assertThat(deliver(server, true, glow(OWNER)).failed()).hasSize(1);
    office.atRecipient = recipient -> {};
    assertThat(deliver(server, false, glow(OWNER)).sent()).isEqualTo(1);
  }

  @Test
  void whoIsAddedLaterGetsTheLetterToo() {
    MailServer server = plainOffice();
    deliver(server, false, glow(OWNER));
    assertThat(deliver(server, false, glow(OWNER, MANAGER)).sent()).isEqualTo(1);
    assertThat(recipients()).containsExactly(OWNER, MANAGER);
  }

  @Test
  void aReportOfOtherNumbersThanThePublishedOnesIsNotSentAndStopsNoOther() {
    MailServer server = plainOffice();
    letters.put("glow", new MadeUpLetter("glow", "old", false));
    Audience birch =
        new Audience("birch", List.of("owner@birch.example"), Optional.empty(), Optional.empty());
    Result result = deliver(server, false, glow(OWNER, MANAGER), birch);
    assertThat(result.unsendable()).containsExactly("glow");
    assertThat(recipients()).containsExactly("owner@birch.example");
  }

  @Test
  void aPasswordThatIsNotThereStopsEverythingBeforeItBegins() {
    office = PostOffice.plain();
    MailServer server =
        new MailServer(
            "localhost",
            office.port(),
            Security.NONE,
            Optional.of("user"),
            "NOT_THERE",
            PATIENCE,
            PATIENCE);
    assertThatThrownBy(() -> deliver(server, false, glow(OWNER)))
        .isInstanceOfSatisfying(
            InvalidDefinitionException.class,
            e -> assertThat(e.problems()).singleElement().asString().contains("NOT_THERE"));
    assertThat(office.senders).isEmpty();
  }

  @Test
  void aDeliveryThatIsKilledBetweenSendingAndRememberingIsNotRepeatedUnasked() throws Exception {
    MailServer server = plainOffice();
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledDelivery.class.getName(),
                String.valueOf(office.port()),
                folder.resolve("history").toString(),
                OWNER)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("child.txt").toFile())
            .start();
    office.afterData = recipient -> child.destroyForcibly();
    child.waitFor();
    assertThat(child.exitValue()).as(Files.readString(folder.resolve("child.txt"))).isEqualTo(137);
    office.afterData = recipient -> {};
    assertThat(log().read())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.endedAt()).isEmpty();
              assertThat(one.recipient()).isEqualTo(OWNER);
            });
    int before = office.taken.size();
    Result next = deliver(server, false, glow(OWNER, MANAGER));
    assertThat(next.unknown()).singleElement().asString().contains(OWNER, "was stopped");
    assertThat(recipients().subList(before, office.taken.size())).containsExactly(MANAGER);
    assertThat(deliver(server, true, glow(OWNER, MANAGER)).sent()).isEqualTo(1);
  }
}
