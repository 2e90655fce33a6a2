package medspa.charts.html;

import static medspa.charts.html.HtmlPages.elements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Chapter;
import medspa.charts.document.Chapter.Bookmark;
import medspa.charts.document.Document;
import medspa.charts.document.Figures;
import medspa.charts.document.Line;
import medspa.charts.document.Masthead;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.document.Value;
import medspa.charts.figure.Drawing;
import medspa.charts.figure.Figure;
import medspa.charts.figure.Typeface;
import medspa.warehouse.kpi.KpiDefinition.Unit;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Every kind of block on a screen. */
class HtmlRendererTest {
  static final String NASTY = "Glow & <script>alert('x')</script> \"Spa\" العربية";

  static Drawing drawing(String axis, String alternative) {
    return width -> {
      XYSeries series = new XYSeries("Line");
      series.add(1, 4);
      series.add(2, 6);
      NumberAxis weeks = new NumberAxis(axis);
      NumberAxis values = new NumberAxis();
      weeks.setLabelFont(Typeface.REGULAR.at(7.5f));
      weeks.setTickLabelFont(Typeface.REGULAR.at(7.5f));
      values.setTickLabelFont(Typeface.SEMI_BOLD.at(7.5f));
      XYPlot plot =
          new XYPlot(
              new XYSeriesCollection(series),
              weeks,
              values,
              new XYLineAndShapeRenderer(true, false));
      plot.setBackgroundPaint(null);
      JFreeChart chart = new JFreeChart(null, null, plot, false);
      chart.setBackgroundPaint(null);
      return new Figure(chart, List.of(), width, 90, alternative);
    };
  }

  static Document document() {
    Figures.Key key =
        new Figures.Key("Lines: ", List.of(new Figures.Swatch("#0072B2", "Kept")), List.of("So."));
    Table table =
        new Table(
            Table.Look.ROOMY,
            List.of(Column.words("What", 60), Column.numbers("Worth", 20), Column.words("W", 20)),
            List.of(
                Row.of(
                    NASTY,
                    Cell.of("$1,200", new Value.Amount(Unit.MONEY, new BigDecimal("1200.00")))
                        .in(Tone.WORSE)
                        .withBar(0.25)
                        .with(Line.of(Tone.QUIET, "a week")),
                    Cell.drawn(drawing("", "A line of " + NASTY)))));
    return new Document(
        "Letter of " + NASTY,
        "What it is about",
        "For " + NASTY,
        LocalDate.of(2026, 11, 16),
        "p1",
        List.of(
            new Chapter(
                Optional.of(new Bookmark(NASTY, "letter")),
                Chapter.Start.FOLLOWING,
                Optional.empty(),
                List.of(
                    new Masthead("Weekly", NASTY, "Two locations", "One week"),
                    new Block.Sentence(Block.Sentence.Voice.HEADLINE, "It was good."),
                    new Block.Heading("What moved it"),
                    Passage.of(Block.Sentence.explains("Read it so."), table),
                    new Block.Note("Small print"))),
            new Chapter(
                Optional.of(new Bookmark("Atlanta", "location-1")),
                Chapter.Start.NEW_PAGE,
                Optional.of("Atlanta"),
                List.of(
                    new Masthead("Weekly", "Atlanta", "Magnolia", "One week"),
                    new Block.Heading("Hours"),
                    new Figures(
                        "Where the time went",
                        new Figures.Arrangement.Paired(),
                        List.of(
                            List.of(
                                new Figures.Panel(
                                    "Kept",
                                    "most",
                                    new Figures.Content.Drawn(
                                        drawing("Week & more", "Kept hours rose.")))),
                            List.of(
                                new Figures.Panel(
                                    "Idle", "", new Figures.Content.Missing("Too few weeks.")))),
                        key)))));
  }

  private static Element page() throws Exception {
    return HtmlPages.parsed(new HtmlRenderer().render(document()));
  }

  @Test
  void textFromDataIsTextWhateverItHolds() throws Exception {
    String html = new HtmlRenderer().render(document());
    assertThat(html).doesNotContain("<script");
    Element page = HtmlPages.parsed(html);
    assertThat(elements(page, "title").get(0).getTextContent()).isEqualTo("Letter of " + NASTY);
    assertThat(elements(page, "footer").get(0).getTextContent()).isEqualTo("For " + NASTY);
    assertThat(elements(page, "h1").get(0).getTextContent()).isEqualTo(NASTY);
  }

  @Test
  void whoCannotSeeThePageFindsTheirWay() throws Exception {
    Element page = page();
    assertThat(page.getAttribute("lang")).isEqualTo("en-US");
    assertThat(elements(page, "main")).hasSize(1);
    assertThat(elements(page, "nav").get(0).getAttribute("aria-label")).isEqualTo("Contents");
    assertThat(elements(page, "a"))
        .extracting(a -> a.getAttribute("href"))
        .containsExactly("#letter", "#location-1");
    assertThat(elements(page, "section"))
        .extracting(s -> s.getAttribute("id"))
        .containsExactly("letter", "location-1");
    assertThat(elements(page, "h1")).hasSize(1);
    assertThat(elements(page, "h2"))
        .extracting(Element::getTextContent)
        .containsExactly("What moved it", "Atlanta");
    assertThat(elements(page, "h3"))
        .extracting(Element::getTextContent)
        .containsExactly("Hours", "Where the time went");
    assertThat(elements(page, "th"))
        .extracting(th -> th.getAttribute("scope"))
        .containsExactly("col", "col", "col", "row");
    assertThat(elements(page, "svg"))
        .hasSize(2)
        .allSatisfy(svg -> assertThat(svg.getAttribute("role")).isEqualTo("img"))
        .extracting(svg -> svg.getAttribute("aria-label"))
        .containsExactly("A line of " + NASTY, "Kept hours rose.");
  }

  @Test
  void textOfChartsIsTextAsWideAsItWasMeasured() throws Exception {
    assertThat(elements(page(), "text"))
        .anySatisfy(
            text -> {
              assertThat(text.getTextContent()).isEqualTo("Week & more");
              assertThat(Double.parseDouble(text.getAttribute("textLength"))).isBetween(35.0, 50.0);
            })
        .anySatisfy(text -> assertThat(text.getAttribute("font-weight")).isEqualTo("600"));
  }

  @Test
  void aChartThatIsNotThereSaysWhy() throws Exception {
    assertThat(elements(page(), "figure").get(1).getTextContent()).contains("Too few weeks.");
  }

  @Test
  void thePageNeedsNoNetworkAndHasADarkLook() {
    String html = new HtmlRenderer().render(document());
    assertThat(html)
        .doesNotContain("http:", "https:", "@import", "src=", "<link")
        .contains("prefers-color-scheme: dark");
  }

  @Test
  void equalDocumentsGiveEqualPages() {
    assertThat(new HtmlRenderer().render(document()))
        .isEqualTo(new HtmlRenderer().render(document()));
  }

  @Test
  void noTwoElementsOfAPageHaveTheSameName() {
    String html = new HtmlRenderer().render(document());
    List<String> ids =
        Pattern.compile(" id=\"([^\"]+)\"")
            .matcher(html)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void whatIsDrawnBeyondItsShapeIsCut() {
    SvgGraphics graphics = new SvgGraphics("f");
    graphics.setClip(new Rectangle2D.Double(0, 0, 10, 10));
    graphics.setPaint(new Color(0, 114, 178, 51));
    graphics.translate(5, 5);
    graphics.fill(new Rectangle2D.Double(0, 0, 2, 2));
    graphics.setStroke(new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    graphics.draw(new Rectangle2D.Double(0, 0, 4.5, 4.5));
    assertThat(graphics.elements())
        .isEqualTo(
            "<defs><clipPath id=\"f-clip1\"><path d=\"M0 0L10 0L10 10L0 10L0 0Z\"/></clipPath></defs>"
                + "<path d=\"M5 5L7 5L7 7L5 7L5 5Z\" fill=\"#0072b2\" fill-opacity=\"0.2\"/>"
                + "<path d=\"M5 5L9.5 5L9.5 9.5L5 9.5L5 5Z\" fill=\"none\" stroke=\"#0072b2\""
                + " stroke-opacity=\"0.2\" stroke-width=\"2\" clip-path=\"url(#f-clip1)\"/>");
  }

  @Test
  void textThatIsTurnedStaysText() {
    SvgGraphics graphics = new SvgGraphics("f");
    graphics.setFont(Typeface.REGULAR.at(8));
    graphics.rotate(-Math.PI / 2);
    graphics.drawString("up", 1, 2);
    assertThat(graphics.elements())
        .startsWith("<text transform=\"matrix(0 -1 1 0 2 -1)\"")
        .endsWith(">up</text>");
  }

  @Test
  void whatNoChartNeedsIsRefused() {
    SvgGraphics graphics = new SvgGraphics("f");
    assertThatThrownBy(
            () -> graphics.setPaint(new GradientPaint(0, 0, Color.RED, 1, 1, Color.BLUE)))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
