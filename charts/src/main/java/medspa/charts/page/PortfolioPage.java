package medspa.charts.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.BenchmarkFacts;
import medspa.charts.read.Kpi;
import medspa.charts.read.PortfolioTable;
import medspa.charts.read.Run;

/**
 * Makes the web page of a consultant: one HTML file that needs no network and forbids itself one.
 * Its script draws what its data, compressed JSON, hold; it computes nothing but places among the
 * locations that are shown. The values of weeks stand behind the script, which draws the first view
 * while they are still read. Equal facts give equal text.
 */
public final class PortfolioPage {
  private final String frame = resource("portfolio.html");
  private final String css = resource("portfolio.css");
  private final String script = resource("format.js") + resource("portfolio.js");

  /**
   * The file, as text to be written in UTF-8.
   *
   * @param values gives the values of one KPI of the table; asked once for each
   */
  public String render(
      Run run,
      PortfolioTable table,
      BenchmarkFacts facts,
      Function<Kpi, List<PortfolioTable.Value>> values) {
    Map<String, byte[]> texts = new PortfolioData(run, table, facts).json(values);
    String data = element("data", texts.remove("data"));
    StringBuilder ranges = new StringBuilder();
    texts.forEach((name, text) -> ranges.append(element(name, text)));
    String title = "Multi-location benchmark: " + table.consultant().name();
    return frame
        .replace("{{title}}", escape(title))
        .replace("{{consultant}}", escape(table.consultant().name()))
        .replace("{{until}}", escape(KpiFormat.fullDay(run.lastWeek().plusDays(6))))
        .replace("{{footnote}}", escape(run.footNote()))
        .replace("{{run}}", escape(run.runId()))
        .replace("{{css}}", css)
        .replace("{{script}}", script)
        .replace("{{data}}", data)
        .replace("{{values}}", ranges);
  }

  private static String element(String name, byte[] text) {
    return "<script type=\"application/octet-stream\" id=\""
        + name
        + "\">"
        + packed(text)
        + "</script>\n";
  }

  private static String packed(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (DeflaterOutputStream packing = new DeflaterOutputStream(out, deflater)) {
      packing.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException("The data of a page cannot be compressed", e);
    } finally {
      deflater.end();
    }
    return Base64.getEncoder().encodeToString(out.toByteArray());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String resource(String name) {
    try (InputStream in = PortfolioPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("There is no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The resource " + name + " cannot be read", e);
    }
  }
}
