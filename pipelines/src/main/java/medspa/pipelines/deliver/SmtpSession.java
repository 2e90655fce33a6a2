package medspa.pipelines.deliver;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import medspa.pipelines.deliver.Ending.Reach;
import medspa.pipelines.deliver.MailServer.Security;
import medspa.warehouse.history.PastDelivery.Outcome;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * A conversation with a mail server: connected when the first mail is sent and again after it broke
 * off. It knows of each mail whether the server has taken it, will not take it, or may have.
 */
final class SmtpSession implements AutoCloseable {
  private static final int LONGEST_ANSWER = 200;

  private final MailServer server;
  private final Optional<SecretText> password;
  private final Session session;
  private Optional<Line> line = Optional.empty();

  SmtpSession(MailServer server, Optional<SecretText> password, Optional<SSLContext> tls) {
    this.server = server;
    this.password = password;
    this.session = Session.getInstance(properties(server, tls));
  }

  private static Properties properties(MailServer server, Optional<SSLContext> tls) {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", server.host());
    properties.put("mail.smtp.port", String.valueOf(server.port()));
    properties.put(
        "mail.smtp.connectiontimeout", String.valueOf(server.connectTimeout().toMillis()));
    properties.put("mail.smtp.timeout", String.valueOf(server.timeout().toMillis()));
    properties.put("mail.smtp.writetimeout", String.valueOf(server.timeout().toMillis()));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3");
    properties.put("mail.smtp.auth", String.valueOf(server.user().isPresent()));
    properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    if (server.security() == Security.STARTTLS) {
      properties.put("mail.smtp.starttls.enable", "true");
      properties.put("mail.smtp.starttls.required", "true");
    } else if (server.security() == Security.TLS) {
      properties.put("mail.smtp.ssl.enable", "true");
    }
    tls.ifPresent(
        context -> properties.put("mail.smtp.ssl.socketFactory", context.getSocketFactory()));
    return properties;
  }

  /** What messages are made with. */
  Session session() {
    return session;
  }

  /** Connects, unless it is connected; empty if that succeeded. */
  Optional<Ending> connect() {
    if (line.isPresent() && line.get().isConnected()) {
      return Optional.empty();
    }
    Line fresh = new Line(session);
    try {
      fresh.connect(
          server.host(),
          server.port(),
          server.user().orElse(null),
          password.map(SecretText::text).orElse(null));
    } catch (AuthenticationFailedException e) {
      close(fresh);
      return Optional.of(loginRefused(fresh.getLastReturnCode()));
    } catch (MessagingException e) {
      close(fresh);
      return Optional.of(notConnected(fresh, e));
    }
    if (server.user().isPresent() && !fresh.supportsExtension("AUTH")) {
      close(fresh);
      return Optional.of(
          Ending.misconfigured(
              where() + " lets nobody log in here. Check delivery.port and delivery.security."));
    }
    line = Optional.of(fresh);
    return Optional.empty();
  }

  private Ending loginRefused(int code) {
    if (code >= 400 && code < 500) {
      return Ending.silent(Outcome.FAILED, where() + " let nobody log in for now (" + code + ").");
    }
    return Ending.misconfigured(
        where()
            + " refuses the login. Check delivery.user and the environment variable "
            + server.passwordEnv()
            + "; some services ask for a password made for programs.");
  }

  private Ending notConnected(Line fresh, MessagingException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return Ending.misconfigured(
            "The certificate of "
                + where()
                + " is not trusted, is of another name, or there is no common way to encrypt. Check"
                + " delivery.host and delivery.security; a private authority is named to Java by"
                + " -Djavax.net.ssl.trustStore in MEDSPA_JAVA_OPTS.");
      }
    }
    if (server.security() == Security.STARTTLS
        && fresh.hasGreeted()
        && !fresh.supportsExtension("STARTTLS")) {
      return Ending.misconfigured(
          where()
              + " offers no STARTTLS, and nothing is sent in clear. Check delivery.port, or set"
              + " delivery.security: tls if it encrypts from the first byte.");
    }
    return Ending.silent(Outcome.FAILED, "No connection to " + where() + " can be made.");
  }

  /** Sends to whom the message is addressed; the session must be connected. */
  Ending send(MimeMessage message) {
    Line current = line.orElseThrow();
    current.isEnding = false;
    try {
      current.sendMessage(message, message.getAllRecipients());
      return Ending.sent(current.getLastReturnCode());
    } catch (MessagingException e) {
      int code = code(e);
      Ending ending = current.isEnding ? afterData(code, current) : beforeData(code, current, e);
      if (ending.reach() == Reach.SILENT) {
        close();
      }
      return ending;
    }
  }

  private Ending afterData(int code, Line current) {
    if (code >= 500) {
      return Ending.answered(Outcome.REFUSED, code, said(current));
    }
    if (code >= 400) {
      return Ending.answered(Outcome.FAILED, code, said(current));
    }
    return Ending.silent(
        Outcome.UNKNOWN, where() + " got all of the mail and did not say whether it took it.");
  }

  private Ending beforeData(int code, Line current, MessagingException e) {
    int known = code > 0 ? code : current.getLastReturnCode();
    if (known >= 500 && !isBrokenOff(e)) {
      return Ending.answered(Outcome.REFUSED, known, said(current));
    }
    if (known >= 400 && !isBrokenOff(e)) {
      return Ending.answered(Outcome.FAILED, known, said(current));
    }
    return Ending.silent(Outcome.FAILED, where() + " broke off before it got the mail.");
  }

  private static boolean isBrokenOff(MessagingException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  /** The answer that an exception is about; 0 or less where there was none. */
  private static int code(MessagingException e) {
    for (Exception next = e; next != null; next = next(next)) {
      if (next instanceof SMTPAddressFailedException address) {
        return address.getReturnCode();
      } else if (next instanceof SMTPSenderFailedException sender) {
        return sender.getReturnCode();
      } else if (next instanceof SMTPSendFailedException send && send.getNextException() == null) {
        return send.getReturnCode();
      }
    }
    return e instanceof SMTPSendFailedException send ? send.getReturnCode() : 0;
  }

  private static Exception next(Exception e) {
    return e instanceof MessagingException messaging ? messaging.getNextException() : null;
  }

  /** The server's own words, which may help, and may hold anything. */
  private String said(Line current) {
    String answer = String.valueOf(current.getLastServerResponse());
    String plain = answer.replaceAll("[^\\x20-\\x7E]+", " ").strip();
    String hidden = password.map(secret -> secret.hideIn(plain)).orElse(plain);
    return where()
        + " answered \""
        + hidden.substring(0, Math.min(LONGEST_ANSWER, hidden.length()))
        + "\".";
  }

  private String where() {
    return server.host() + ":" + server.port();
  }

  @Override
  public void close() {
    line.ifPresent(SmtpSession::close);
    line = Optional.empty();
  }

  private static void close(Line line) {
    try {
      line.close();
    } catch (MessagingException e) {
      // Whatever was sent has been answered; a farewell changes nothing of it.
    }
  }

  /** A connection that knows whether the end of a mail has been on its way to the server. */
  private static final class Line extends SMTPTransport {
    private boolean isEnding;
    private boolean hasAnswered;

    Line(Session session) {
      super(session, null);
    }

    boolean hasGreeted() {
      return hasAnswered;
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
      isEnding = true;
      super.finishData();
    }

    @Override
    protected boolean ehlo(String domain) throws MessagingException {
      boolean isKnown = super.ehlo(domain);
      hasAnswered = true;
      return isKnown;
    }
  }
}
