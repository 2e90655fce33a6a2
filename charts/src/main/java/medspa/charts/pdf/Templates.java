package medspa.charts.pdf;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import medspa.charts.figure.Typeface;

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

  /** Every family is followed by those for letters that it does not have. */
  private static String withScripts(String css) {
    String scripts =
        Typeface.SCRIPTS.stream()
            .map(script -> ", '" + script.family() + "'")
            .collect(Collectors.joining());
    String with = css;
    for (Typeface typeface : List.of(Typeface.REGULAR, Typeface.SEMI_BOLD)) {
      String family = "'" + typeface.family() + "'";
      with = with.replace(family, family + scripts);
    }
    return with;
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
          + withScripts(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("The style sheet cannot be read", e);
    }
  }
}
