package medspa.charts.page;

import java.util.List;
import java.util.Optional;

/** What the template of the owner report shows; every text is ready to be escaped and set. */
public record OwnerView(
    Frame frame, List<Section> sections, List<DefinitionView> definitions, DataView data) {

  /**
   * The locations whose figures stand behind all sections. The figures of a summary, and those of
   * the only section, stand in the section and fill its last page.
   */
  public List<Section> appendix() {
    return appendix(sections);
  }

  static List<Section> appendix(List<Section> sections) {
    return sections.size() == 1
        ? List.of()
        : sections.stream()
            .filter(section -> section.locations().isEmpty() && !section.figures().isEmpty())
            .toList();
  }

  /**
   * A practice's summary or one location.
   *
   * @param tiles four to a row
   * @param notes sentences under the tiles
   * @param trendRows pairs of small charts
   * @param trendNotes how to read them
   * @param trendsMissing which KPIs have no chart; empty where all have one
   * @param locations the pinned KPIs of each location, in tables as wide as a page
   */
  public record Section(
      String anchor,
      String eyebrow,
      String title,
      String owner,
      String period,
      String headline,
      List<List<Tile>> tiles,
      List<String> notes,
      List<List<Trend>> trendRows,
      List<String> trendNotes,
      String trendsMissing,
      List<LocationTable> locations,
      Optional<ProviderView> providers,
      Optional<StockView> stock,
      List<WeeklyTable> figures) {

    /** Whether there is so little to show that it needs no page of its own. */
    public boolean isBrief() {
      return trendRows.isEmpty() && locations.isEmpty() && providers.isEmpty() && stock.isEmpty();
    }
  }

  /**
   * One pinned KPI.
   *
   * @param css class of the tile: its target's state, few or none
   * @param change against the week before; empty where one of both is missing
   * @param signal more than noise; empty where it is not
   * @param state against the target; empty without one
   * @param peers the peers' median, or why it is withheld
   * @param reason why there is no value, or that it has few data
   */
  public record Tile(
      String label,
      String value,
      String css,
      Optional<String> change,
      Optional<String> signal,
      Optional<State> state,
      Optional<String> peers,
      Optional<String> reason) {}

  /** A target and where the value stands against it. */
  public record State(String css, String shape, String words, String goal) {}

  /** One small chart. */
  public record Trend(String label, String says, FigureList.Reference figure) {}

  /** Some pinned KPIs, location by location. */
  public record LocationTable(List<String> kpis, List<LocationRow> rows) {}

  /** One location. */
  public record LocationRow(String name, List<LocationCell> cells) {}

  /** One value of one location; the lines below it may be empty. */
  public record LocationCell(String value, String css, String change, Optional<State> state) {}

  /** Numbers by week: a row per week and one per limit, target and quartile. */
  public record WeeklyTable(List<String> kpis, List<WeeklyRow> rows) {}

  /** One row; it starts a new group where {@code isRule}. */
  public record WeeklyRow(String name, List<String> cells, boolean isRule) {}

  /**
   * The providers of a location.
   *
   * @param columns those that have a value in some row
   * @param rows the last is the location's
   * @param charts where the time went
   * @param missing why there is no chart; empty where there is one
   */
  public record ProviderView(
      String says,
      List<ProviderColumn> columns,
      List<ProviderRow> rows,
      List<LegendEntry> legend,
      List<FigureList.Reference> charts,
      String missing) {}

  /** A column after the name; {@code width} in percent of the table. */
  public record ProviderColumn(String label, String css, String width) {}

  /** One provider, or the location. */
  public record ProviderRow(String name, String role, List<ProviderCell> cells, boolean isTotal) {}

  /** One value; {@code bar} is that of its track in percent, if there is one. */
  public record ProviderCell(String value, String css, Optional<String> bar) {}

  /** A colour and its name. */
  public record LegendEntry(String color, String label) {}

  /**
   * The stock of a location.
   *
   * @param says what it holds and how fast it turns
   * @param orders what to order or to look at now
   * @param lots those that expire before they are used
   */
  public record StockView(String says, OrderTable orders, LotTable lots) {}

  /**
   * What to order.
   *
   * @param says how many and for how much, and how it is reckoned
   * @param rest what is not listed; empty where everything is
   */
  public record OrderTable(String says, List<OrderRow> rows, String rest) {}

  /** One product; {@code numbers} from its weekly use to what is available. */
  public record OrderRow(
      String name, String css, String state, List<String> numbers, String order, String cost) {}

  /**
   * Lots at risk.
   *
   * @param says the value at risk by horizon
   * @param rest lots that are not listed; empty where all are
   */
  public record LotTable(String says, List<LotRow> rows, String rest) {}

  /** One lot; {@code numbers} from what is on hand to the value at risk. */
  public record LotRow(
      String name, String lot, String expires, String css, String state, List<String> numbers) {}
}
