package medspa.charts.figure;

import static medspa.charts.figure.ChartFixture.FORMAT;
import static medspa.charts.figure.ChartFixture.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import medspa.charts.figure.DotChart.Dot;
import medspa.charts.figure.DotChart.Mark;
import medspa.charts.figure.DotChart.Span;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers.Interval;
import medspa.charts.read.Peers.Quartiles;
import medspa.charts.read.ProcessBehaviour;
import medspa.charts.read.ProviderWeek;
import medspa.charts.read.ProviderWeek.Minutes;
import medspa.charts.read.Series;
import medspa.charts.read.Story;
import medspa.warehouse.kpi.KpiDefinition.Direction;
import org.jfree.chart.annotations.XYBoxAnnotation;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.XYDataset;
import org.junit.jupiter.api.Test;

class ChartsTest {
  private static final Kpi UP = ChartFixture.kpi(Direction.UP);
  private static final Kpi DOWN = ChartFixture.kpi(Direction.DOWN);
  private static final Quartiles QUARTILES = new Quartiles(0.2, 0.3, 0.4);

  private static TrendChart trend(Series series) {
    return new TrendChart(
        UP,
        series,
        series.weeksWithValue() < 12
            ? Optional.empty()
            : Optional.of(
                new ProcessBehaviour(
                    0.4, 0.1, 0.7, new TreeMap<>(Map.of(12, ProcessBehaviour.Rule.ABOVE_LIMIT)))),
        OptionalDouble.of(0.5),
        Optional.of(QUARTILES),
        FORMAT);
  }

  @Test
  void aTrendShowsValuesMeanTargetAndPeers() {
    Series series = series(.3, .4, .3, .4, .3, .4, .3, .4, .3, .4, .3, .4, .9);
    XYPlot plot = trend(series).chart().getXYPlot();
    XYDataset data = plot.getDataset();
    assertThat(data.getItemCount(TrendChart.VALUES)).isEqualTo(13);
    assertThat(data.getYValue(TrendChart.VALUES, 12)).isEqualTo(0.9);
    assertThat(data.getItemCount(TrendChart.BETTER)).isEqualTo(1);
    assertThat(data.getXValue(TrendChart.BETTER, 0)).isEqualTo(12);
    assertThat(plot.getRangeMarkers(Layer.FOREGROUND))
        .singleElement()
        .satisfies(marker -> assertThat(((ValueMarker) marker).getValue()).isEqualTo(0.5));
    assertThat(plot.getRangeMarkers(Layer.BACKGROUND).size()).isEqualTo(2);
    assertThat(plot.getAnnotations()).hasAtLeastOneElementOfType(XYBoxAnnotation.class);
    assertThat(plot.getRangeAxis().getRange().contains(0.2)).isTrue();
    assertThat(plot.getRangeAxis().getUpperBound()).isGreaterThan(0.9);
  }

  @Test
  void aGapBreaksTheLineAndALoneWeekIsAPoint() {
    Series series = series(.3, .3, .3, .3, .3, .3, .3, .3, .3, .3, Double.NaN, .4, Double.NaN);
    XYDataset data = trend(series).chart().getXYPlot().getDataset();
    assertThat(data.getYValue(TrendChart.VALUES, 10)).isNaN();
    assertThat(data.getItemCount(TrendChart.LATEST)).isEqualTo(1);
    assertThat(data.getXValue(TrendChart.LATEST, 0)).isEqualTo(11);
  }

  @Test
  void aTrendWithoutAnyValueIsNoChart() {
    assertThat(trend(series()).figure(200, 80)).isEmpty();
  }

  @Test
  void endLabelsNameWhatIsThere() {
    Figure figure = trend(series(.3, .3)).figure(200, 80).orElseThrow();
    assertThat(figure.endLabels())
        .extracting(EndLabel::text)
        .containsExactly("30.0%", "Target 50.0%", "Peers 30.0%");
    assertThat(figure.alternative())
        .startsWith("Rate, weeks of Aug 24 to Nov 16. This week 30.0%.")
        .contains("Target 50.0%");
  }

  @Test
  void labelsThatWouldTouchAreMovedApartInsideTheFigure() {
    double[] placed = Figure.apart(new double[] {50, 51, 52, 79}, new double[] {8, 8, 8, 8}, 0, 80);
    for (int i = 1; i < placed.length; i++) {
      assertThat(placed[i] - placed[i - 1]).isGreaterThanOrEqualTo(8);
    }
    assertThat(placed[3]).isLessThanOrEqualTo(76);
    assertThat(placed[0]).isEqualTo(50);
  }

  @Test
  void theFourthQuarterIsTheBestWhicheverDirectionIsBetterAndATieThatDoesNotFitIsInNone() {
    double[] eight = {1, 2, 3, 4, 5, 6, 7, 8};
    assertThat(Standing.among(UP, 7, eight)).contains(Standing.Q4);
    assertThat(Standing.among(UP, 6, eight)).contains(Standing.Q3);
    assertThat(Standing.among(UP, 4, eight)).contains(Standing.Q2);
    assertThat(Standing.among(UP, 2, eight)).contains(Standing.Q1);
    assertThat(Standing.among(DOWN, 2, eight)).contains(Standing.Q4);
    assertThat(Standing.among(DOWN, 7, eight)).contains(Standing.Q1);
    double[] tied = {0, 0, 0, 0, 0, 6, 7, 8};
    assertThat(Standing.among(DOWN, 0, tied)).isEmpty();
    assertThat(Standing.among(DOWN, 8, tied)).contains(Standing.Q1);
    assertThat(Standing.among(UP, 3, new double[] {1, 2, 3})).isEmpty();
  }

  private static Dot dot(String name, double value, Mark mark) {
    return new Dot(name, value, Optional.of(new Interval(value - 0.1, value + 0.1)), mark, "");
  }

  private static DotChart dots(Optional<Quartiles> peers, Dot... dots) {
    return new DotChart(UP, List.of(dots), peers, new Span(0, 0.8), FORMAT);
  }

  @Test
  void dotsStandInTheirRowsBeforeThePeersMiddleHalf() {
    DotChart chart =
        dots(
            Optional.of(QUARTILES),
            dot("1. Same name", 0.5, Mark.BEST),
            dot("2. Same name", 0.3, Mark.BETWEEN),
            new Dot("Few", 0.7, Optional.empty(), Mark.UNRANKED, "not ranked"));
    CategoryPlot plot = chart.chart(250).getCategoryPlot();
    assertThat(plot.getDataset().getColumnCount()).isEqualTo(3);
    assertThat(plot.getRangeMarkers(Layer.BACKGROUND).size()).isEqualTo(2);
    assertThat(chart.figure(250).alternative())
        .contains("1. Same name 50.0% (40.0% to 60.0%); 2. Same name 30.0%")
        .contains("Few 70.0%, not ranked.")
        .contains("Middle half of the peers 20.0% to 40.0%, median 30.0%.");
  }

  @Test
  void aWithheldBandIsNotDrawn() {
    DotChart chart = dots(Optional.empty(), dot("One", 0.5, Mark.BETWEEN));
    assertThat((Object) chart.chart(250).getCategoryPlot().getRangeMarkers(Layer.BACKGROUND))
        .isNull();
    assertThat(chart.figure(250).alternative()).contains("quartiles are withheld");
  }

  @Test
  void anIntervalThatLeavesTheChartIsCutAtItsEdge() {
    Dot wide = new Dot("One", 0.4, Optional.of(new Interval(-5, 5)), Mark.BETWEEN, "");
    Figure figure = dots(Optional.empty(), wide).figure(250);
    BufferedImage image = new BufferedImage(250, 40, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setPaint(Color.WHITE);
    graphics.fillRect(0, 0, 250, 40);
    figure.draw(graphics);
    int right = 0;
    int inked = 0;
    for (int x = 0; x < 250; x++) {
      if (new Color(image.getRGB(x, 8)).getBlue() < 200) {
        right = x;
        inked++;
      }
    }
    assertThat(inked).as("the line is there").isGreaterThan(100);
    assertThat(right).as("and ends before the value beside it").isLessThan(250);
    assertThat(image.getRGB(249, 8) & 0xFFFFFF).isEqualTo(0xFFFFFF);
  }

  @Test
  void whereTheTimeWentAddsUpToTheBookableHours() {
    ProviderWeek provider =
        new ProviderWeek(
            "p1",
            "A. Name",
            Optional.empty(),
            Optional.of(
                new Minutes(
                    BigDecimal.valueOf(600),
                    BigDecimal.valueOf(300),
                    BigDecimal.valueOf(60),
                    BigDecimal.valueOf(30),
                    BigDecimal.valueOf(15),
                    BigDecimal.valueOf(195))),
            Map.of());
    TimeChart chart = new TimeChart(List.of(provider), 10);
    CategoryPlot plot = chart.chart(400).getCategoryPlot();
    double sum = 0;
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < plot.getDataset().getRowCount(); row++) {
      sum += plot.getDataset().getValue(row, 0).doubleValue();
      rows.add(String.valueOf(plot.getDataset().getRowKey(row)));
    }
    assertThat(sum).isEqualTo(10);
    assertThat(String.join(",", rows)).isEqualTo("Kept,No-show,Late-cancelled,Unresolved,Idle");
    assertThat(chart.figure(400).alternative()).contains("A. Name: 5.0 h Kept, 1.0 h No-show");
  }

  @Test
  void aTextTooWideForItsPlaceEndsWithAnEllipsis() {
    String shorter = ChartTheme.fit(ChartTheme.LABEL, "A name that is far too long", 60);
    assertThat(shorter).startsWith("A name").endsWith("…");
    assertThat(ChartTheme.width(ChartTheme.LABEL, shorter)).isLessThanOrEqualTo(60);
  }

  @Test
  void textIsComposedAndRidOfWhatTheTypefaceLacks() {
    assertThat(Typeface.printable("Ame\u0301lie\u0007 \u202e\uA9A1\uA9A2 Київ 東"))
        .isEqualTo("Amélie (?) Київ 東");
    assertThat(Typeface.missing("\uA9A1 a \uA9A1\uA9A2")).containsExactly(0xA9A1, 0xA9A2);
  }

  @Test
  void aNameIsSetInAFontForEachOfItsScripts() {
    assertThat(Typeface.runs("Spa 東京 שלום", ChartTheme.LABEL))
        .extracting(Typeface.Run::text, run -> run.font().getFamily())
        .containsExactly(
            tuple("Spa ", "Source Sans 3"),
            tuple("東京", "Droid Sans Fallback"),
            tuple(" ", "Source Sans 3"),
            tuple("שלום", "Noto Sans Hebrew"));
    assertThat(ChartTheme.width(ChartTheme.LABEL, "東京")).isGreaterThan(10);
  }

  @Test
  void fromRightToLeftIsSeenInItsOrderWithJoinedLetters() {
    assertThat(RightToLeft.seen("Spa שלום 12 & Co")).isEqualTo("Spa םולש 12 & Co");
    assertThat(RightToLeft.seen("קליניקת אור")).isEqualTo("רוא תקינילק");
    // Beh, initial; alef, final; beh, isolated: seen from the right.
    assertThat(RightToLeft.seen("باب")).isEqualTo("\uFE8F\uFE8E\uFE91");
    assertThat(RightToLeft.seen("Ελλάδα Київ")).isEqualTo("Ελλάδα Київ");
  }

  @Test
  void aStoryShowsBothLevelsAndBreaksAtAWeekWithoutEnoughData() {
    List<Story.Week> weeks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      if (i != 4) {
        weeks.add(new Story.Week(ChartFixture.WEEK.minusWeeks(19L - i), i < 12 ? .6 : .3));
      }
    }
    Story story =
        new Story(
            "a",
            new Story.Move("rate", ChartFixture.WEEK.minusWeeks(7), .6, .3, false),
            11,
            8,
            Optional.empty(),
            List.of(),
            List.of(),
            weeks);
    StoryChart chart = new StoryChart(UP, story, FORMAT);
    XYPlot plot = chart.chart().getXYPlot();
    XYDataset data = plot.getDataset();
    assertThat(data.getItemCount(StoryChart.VALUES)).isEqualTo(20);
    assertThat(data.getYValue(StoryChart.VALUES, 4)).isNaN();
    assertThat(data.getYValue(StoryChart.BEFORE, 0)).isEqualTo(.6);
    assertThat(data.getXValue(StoryChart.BEFORE, 1)).isEqualTo(11.5);
    assertThat(data.getXValue(StoryChart.SINCE, 0)).isEqualTo(11.5);
    assertThat(data.getYValue(StoryChart.SINCE, 1)).isEqualTo(.3);
    assertThat(plot.getDomainMarkers(Layer.BACKGROUND).size()).isEqualTo(1);
    assertThat(chart.figure(200, 90).endLabels())
        .extracting(EndLabel::text)
        .containsExactly("Before 60.0%", "Since 30.0%");
  }
}
