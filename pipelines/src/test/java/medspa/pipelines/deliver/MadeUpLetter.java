package medspa.pipelines.deliver;

import java.nio.charset.StandardCharsets;
import java.util.List;
import medspa.charts.html.MailRenderer.Frame;
import medspa.charts.html.MailRenderer.Mail;

/** A letter of a practice that says what a test wants. */
record MadeUpLetter(String practice, String numbers, boolean isPublished) implements Dispatch {
  @Override
  public byte[] pdf() {
    return ("%PDF of " + practice + ": " + numbers).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String content() {
    return practice + " " + numbers;
  }

  @Override
  public String subject() {
    return practice + ": week of\r\nBcc: all@example.com";
  }

  @Override
  public String verdict() {
    return "Net revenue of <" + practice + "> & *more*: " + numbers;
  }

  @Override
  public List<String> signals() {
    return List.of(
        "One: fill rate", "Two: no-shows", "Three", "Four", "Five", "Six", "Seven", "Eight");
  }

  @Override
  public Mail mail(Frame frame) {
    String whole =
        frame.notice().orElse("")
            + " "
            + verdict()
            + " "
            + frame.closing()
            + frame.link().orElse("");
    return new Mail("<p>" + whole + "</p>", whole, List.of());
  }
}
