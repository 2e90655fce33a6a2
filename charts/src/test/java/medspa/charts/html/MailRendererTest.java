package medspa.charts.html;

import static medspa.charts.html.HtmlPages.elements;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import medspa.charts.document.Document;
import medspa.charts.html.MailRenderer.Frame;
import medspa.charts.html.MailRenderer.Mail;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** A chapter as the body of a mail. */
class MailRendererTest {
  private static final Frame ATTACHED =
      new Frame(Optional.empty(), "The report is attached.", Optional.empty());

  private static Mail mail(int chapter, Frame frame) {
    Document document = HtmlRendererTest.document();
    return new MailRenderer().render(document, document.chapters().get(chapter), frame);
  }

  @Test
  void whatMailClientsDropIsNotNeeded() {
    assertThat(mail(0, ATTACHED).html() + mail(1, ATTACHED).html())
        .doesNotContain("<svg", "<script", "<link", "http:", "https:", "url(", "var(");
  }

  @Test
  void chartsArePicturesOfTheMailWithWordsAndTwiceAsFine() throws Exception {
    Mail mail = mail(0, ATTACHED);
    Element picture = elements(HtmlPages.parsed(mail.html()), "img").get(0);
    assertThat(picture.getAttribute("src")).isEqualTo("cid:figure1");
    assertThat(picture.getAttribute("alt")).isEqualTo("A line of " + HtmlRendererTest.NASTY);
    assertThat(mail.pictures()).extracting(MailRenderer.Picture::id).containsExactly("figure1");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(mail.pictures().get(0).png()));
    assertThat(image.getWidth()).isEqualTo(2 * Integer.parseInt(picture.getAttribute("width")));
    assertThat(image.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
  }

  @Test
  void whatTheLetterSaysIsTextOfTheMailAndTheRestIsNot() throws Exception {
    String text = HtmlPages.parsed(mail(0, ATTACHED).html()).getTextContent();
    assertThat(text)
        .contains(HtmlRendererTest.NASTY, "It was good.", "$1,200", "a week", "attached.")
        .doesNotContain("Where the time went");
  }

  @Test
  void anotherChapterIsDrawnToo() throws Exception {
    Element page = HtmlPages.parsed(mail(1, ATTACHED).html());
    assertThat(page.getTextContent()).contains("Where the time went", "Kept", "Too few weeks.");
    assertThat(elements(page, "img")).hasSize(1);
  }

  @Test
  void theMailSaysWhereTheRestIsAndThatItCorrectsAnother() throws Exception {
    Frame frame =
        new Frame(
            Optional.of("This corrects another."),
            "The report:",
            Optional.of("https://reports.example/glow.pdf?a=1&b=2"));
    Element page = HtmlPages.parsed(mail(0, frame).html());
    assertThat(elements(page, "a"))
        .extracting(a -> a.getAttribute("href"))
        .isEqualTo(List.of("https://reports.example/glow.pdf?a=1&b=2"));
    assertThat(page.getTextContent()).contains("This corrects another.");
    assertThat(mail(0, frame).text())
        .startsWith("This corrects another.\n\nWeekly\n" + HtmlRendererTest.NASTY)
        .endsWith("The report:\nhttps://reports.example/glow.pdf?a=1&b=2\n");
  }

  @Test
  void whoReadsPlainTextReadsTheSame() {
    assertThat(mail(0, ATTACHED).text())
        .contains("What moved it\n-------------")
        .contains("What:\n- " + HtmlRendererTest.NASTY + ": Worth $1,200 (a week)");
  }

  @Test
  void aBarIsCutIntoPartsThatFillItsTrack() throws Exception {
    Element page = HtmlPages.parsed(mail(0, ATTACHED).html());
    assertThat(elements(page, "td"))
        .filteredOn(cell -> cell.hasAttribute("bgcolor"))
        .extracting(cell -> cell.getAttribute("bgcolor") + " " + cell.getAttribute("width"))
        .containsExactly("#C24E00 25%", "#E8ECF1 75%");
  }

  @Test
  void equalChaptersGiveEqualMails() {
    Mail one = mail(0, ATTACHED);
    Mail other = mail(0, ATTACHED);
    assertThat(one.html()).isEqualTo(other.html());
    assertThat(one.pictures().get(0).png()).isEqualTo(other.pictures().get(0).png());
  }
}
