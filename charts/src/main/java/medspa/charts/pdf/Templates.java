package medspa.charts.pdf;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The templates, compiled with the program; every text in them is escaped. */
final class Templates {
  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Templates.class.getClassLoader(), "medspa.charts.template");

  private Templates() {}

  /** The pages of a document. */
  static String render(Layout layout) {
    StringOutput output = new StringOutput();
    ENGINE.render("document.jte", layout, output);
    return output.toString();
  }

  /** The style sheet for the paper. */
  static String css(Paper paper) {
    try (InputStream in = Templates.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("There is no resource report.css");
      }
      return "@page { size: "
          + paper.css()
          + "; }\n"
          + new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The style sheet cannot be read", e);
    }
  }
}
