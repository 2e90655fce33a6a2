package medspa.charts.html;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import medspa.charts.document.Document;

/**
 * Makes one HTML file of a document that is whole without a network: its style and its charts are
 * in it, charts as SVG with text and an alternative text each, in light and dark, for narrow and
 * wide screens. Every text is escaped.
 */
public final class HtmlRenderer {
  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, HtmlRenderer.class.getClassLoader(), "medspa.charts.template");

  private final String css = css();

  /** The file, as text to be written in UTF-8; equal documents give equal text. */
  public String render(Document document) {
    StringOutput output = new StringOutput();
    ENGINE.render("html/document.jte", new HtmlPage(document, css), output);
    return output.toString();
  }

  private static String css() {
    try (InputStream in = HtmlRenderer.class.getResourceAsStream("page.css")) {
      if (in == null) {
        throw new IllegalStateException("There is no resource page.css");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The style sheet cannot be read", e);
    }
  }
}
