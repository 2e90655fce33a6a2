package medspa.pipelines.deliver;

import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import medspa.charts.html.MailRenderer.Frame;
import medspa.charts.html.MailRenderer.Mail;
import medspa.charts.html.MailRenderer.Picture;
import medspa.warehouse.lake.Sha256;

/**
 * A letter as one mail to one recipient: its first page as HTML and as plain text, and the report
 * attached or linked.
 */
record LetterMail(
    DeliverySettings.Mail settings,
    String practiceId,
    LocalDate week,
    Dispatch dispatch,
    boolean corrects) {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  /**
   * The message.
   *
   * @param content digest of the report; with the recipient it names the message, so that who gets
   *     the same one twice can tell
   */
  MimeMessage to(Session session, String recipient, String content, Instant at)
      throws MessagingException {
    InternetAddress from = new InternetAddress(settings.from(), true);
    String domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
    Identified message =
        new Identified(
            session,
            "<"
                + Sha256.of(practiceId + "\n" + week + "\n" + recipient + "\n" + content)
                    .substring(0, 32)
                + "@"
                + domain
                + ">");
    message.setFrom(from);
    if (settings.replyTo().isPresent()) {
      message.setReplyTo(
          new InternetAddress[] {new InternetAddress(settings.replyTo().get(), true)});
    }
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient, true));
    message.setSubject(subject(), UTF_8);
    message.setHeader(
        "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC)));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setContent(content());
    message.saveChanges();
    return message;
  }

  private String subject() {
    String plain = dispatch.subject().replaceAll("\\p{Cntrl}+", " ").strip();
    return corrects ? "Corrected: " + plain : plain;
  }

  private MimeMultipart content() throws MessagingException {
    Mail mail = dispatch.mail(frame());
    MimeBodyPart text = new MimeBodyPart();
    text.setText(mail.text(), UTF_8);
    MimeBodyPart html = new MimeBodyPart();
    html.setText(mail.html(), UTF_8, "html");
    MimeMultipart related = new MimeMultipart("related", html);
    for (Picture picture : mail.pictures()) {
      MimeBodyPart part = new MimeBodyPart();
      part.setDataHandler(new DataHandler(new ByteArrayDataSource(picture.png(), "image/png")));
      part.setContentID("<" + picture.id() + ">");
      part.setDisposition(Part.INLINE);
      related.addBodyPart(part);
    }
    MimeMultipart alternatives = new MimeMultipart("alternative", text, part(related));
    if (settings.linkBase().isPresent()) {
      return alternatives;
    }
    MimeBodyPart report = new MimeBodyPart();
    report.setDataHandler(
        new DataHandler(new ByteArrayDataSource(dispatch.pdf(), "application/pdf")));
    report.setFileName(practiceId + "-" + week + ".pdf");
    report.setDisposition(Part.ATTACHMENT);
    return new MimeMultipart("mixed", part(alternatives), report);
  }

  private static BodyPart part(MimeMultipart parts) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setContent(parts);
    return part;
  }

  private Frame frame() {
    Optional<String> notice =
        corrects
            ? Optional.of(
                "This letter corrects the one that was sent before: numbers of its week were restated."
                    + " Data health in the report says which and why.")
            : Optional.empty();
    return settings
        .linkBase()
        .map(
            base ->
                new Frame(
                    notice,
                    "The whole report:",
                    Optional.of(base + "/" + week + "/" + practiceId + "-weekly.pdf")))
        .orElseGet(
            () -> new Frame(notice, "The whole report is attached as a PDF.", Optional.empty()));
  }

  /** A message whose id says what it is. */
  private static final class Identified extends MimeMessage {
    private final String id;

    Identified(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
