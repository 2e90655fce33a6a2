package medspa.charts.report;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import medspa.charts.document.Book;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.BenchmarkFacts;
import medspa.charts.read.Kpi;
import medspa.charts.read.PortfolioTable;
import medspa.charts.read.Run;
import medspa.charts.section.DefinitionSheet;
import medspa.charts.section.GapSheet;
import medspa.charts.section.KpiSheet;
import medspa.charts.section.LocationSheet;
import medspa.charts.section.MoveSheet;
import medspa.charts.section.NumberSheet;
import medspa.charts.section.PeerSheet;
import medspa.charts.section.Portfolio;
import medspa.charts.section.PublishedSheet;
import medspa.charts.section.RestatedSheet;
import medspa.charts.section.SheetSection;
import medspa.charts.section.Shelf;
import medspa.charts.section.ShiftSheet;

/**
 * The workbook of one consultant: what the {@link BenchmarkReport} shows, of every location, and
 * every number behind it.
 *
 * @param sheets its tables, in their order
 */
public record BenchmarkBook(List<SheetSection<Shelf>> sheets) {
  private static final List<SheetSection<Shelf>> SHEETS =
      List.of(
          new LocationSheet(),
          new GapSheet(),
          new ShiftSheet(),
          new MoveSheet(),
          new KpiSheet(),
          new PeerSheet(),
          new NumberSheet(),
          new RestatedSheet(),
          new DefinitionSheet());

  /** Copies the sheets. */
  public BenchmarkBook {
    sheets = List.copyOf(sheets);
  }

  /** The workbook as it is written. */
  public BenchmarkBook() {
    this(SHEETS);
  }

  /**
   * The workbook over the weeks up to the one that the run computed last.
   *
   * @param values every value of a KPI; asked for one KPI at a time while the book is written
   */
  public Book of(
      Run run,
      BenchmarkFacts facts,
      PortfolioTable table,
      Function<Kpi, List<PortfolioTable.Value>> values) {
    Portfolio portfolio = Portfolio.of(facts);
    Shelf shelf = new Shelf(portfolio, table, values);
    String consultant = facts.consultant().name();
    return new Book(
        "Multi-location benchmark: " + consultant,
        "Locations compared with their peers, 13 weeks to "
            + KpiFormat.fullDay(run.lastWeek().plusDays(6))
            + ".",
        List.of(
            consultant + run.footNote() + ".",
            "Peers are practices that are not named. Nothing from "
                + KpiFormat.fullDay(run.asOf())
                + " on is in the numbers.",
            run.privacyNote(),
            "Publication " + run.runId() + " by Medspa Analytics " + run.codeVersion() + "."),
        run.asOf(),
        portfolio.format().sign(),
        Stream.concat(
                sheets.stream(),
                facts.published().isEmpty() ? Stream.empty() : Stream.of(new PublishedSheet()))
            .map(section -> section.sheet(shelf))
            .toList());
  }
}
