package medspa.charts.html;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Optional;
import medspa.charts.document.Chapter;
import medspa.charts.document.Document;

/**
 * Makes one chapter of a document the body of a mail: tables with styles of their own, because
 * clients drop style sheets, and charts as pictures, because they drop SVG. Every text is escaped.
 */
public final class MailRenderer {
  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, MailRenderer.class.getClassLoader(), "medspa.charts.template");

  /**
   * What a mail says besides the chapter.
   *
   * @param notice above it; empty where there is nothing to say
   * @param closing below it, where the rest of the document is
   * @param link where the closing leads to
   */
  public record Frame(Optional<String> notice, String closing, Optional<String> link) {}

  /**
   * The body of a mail.
   *
   * @param text the same without tables and pictures
   * @param pictures what the HTML names by {@code cid:}
   */
  public record Mail(String html, String text, List<Picture> pictures) {
    /** Copies the pictures. */
    public Mail {
      pictures = List.copyOf(pictures);
    }
  }

  /** A chart as a picture, twice as fine as it is shown. */
  public static final class Picture {
    private final String id;
    private final byte[] png;

    Picture(String id, byte[] png) {
      this.id = id;
      this.png = png.clone();
    }

    /** Its content id, unique in the mail. */
    public String id() {
      return id;
    }

    /** The file. */
    public byte[] png() {
      return png.clone();
    }
  }

  /** The chapter as a mail; equal chapters give equal mails. */
  public Mail render(Document document, Chapter chapter, Frame frame) {
    MailPage page = new MailPage(document, chapter, frame);
    StringOutput output = new StringOutput();
    ENGINE.render("mail/document.jte", page, output);
    return new Mail(output.toString(), MailText.of(chapter, frame), page.pictures());
  }
}
