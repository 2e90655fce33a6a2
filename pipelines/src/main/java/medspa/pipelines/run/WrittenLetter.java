package medspa.pipelines.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import medspa.charts.Letters.Letter;
import medspa.charts.html.MailRenderer.Frame;
import medspa.charts.html.MailRenderer.Mail;
import medspa.pipelines.deliver.Dispatch;

/** A letter of the published warehouse and the report that was written of it. */
final class WrittenLetter implements Dispatch {
  private final Letter letter;
  private final byte[] pdf;

  WrittenLetter(Letter letter, Path file) {
    this.letter = letter;
    try {
      this.pdf = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The report " + file + " cannot be read", e);
    }
  }

  @Override
  public byte[] pdf() {
    return pdf.clone();
  }

  @Override
  public String content() {
    return letter.digest();
  }

  @Override
  public String subject() {
    return letter.subject();
  }

  @Override
  public String verdict() {
    return letter.verdict();
  }

  @Override
  public List<String> signals() {
    return letter.signals();
  }

  @Override
  public Mail mail(Frame frame) {
    return letter.mail(frame);
  }

  @Override
  public boolean isPublished() {
    return letter.isIn(pdf);
  }
}
