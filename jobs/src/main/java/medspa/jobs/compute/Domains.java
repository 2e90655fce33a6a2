package medspa.jobs.compute;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import medspa.jobs.compute.client.ClientVisits;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.provider.Overtime;
import medspa.jobs.compute.provider.ProviderTime;
import medspa.jobs.compute.provider.ShiftTemplates;
import medspa.jobs.compute.provider.TimeCards;
import medspa.jobs.compute.room.RoomMeasures;
import medspa.jobs.compute.room.TreatmentRooms;
import medspa.jobs.compute.sale.Sales;
import medspa.jobs.compute.silver.DatasetSource;
import medspa.jobs.compute.stock.Inventory;
import medspa.jobs.compute.stock.StockMeasures;
import medspa.jobs.compute.visit.Bookings;
import medspa.jobs.compute.visit.DoubleBookings;
import medspa.jobs.compute.visit.Visits;
import medspa.warehouse.measure.MeasureCatalogue;
import medspa.warehouse.measure.MeasureFamily;

/** The domains at work: what forms datasets, and what measures. */
final class Domains {
  private Domains() {}

  /** What forms datasets. */
  static List<DatasetSource> datasets() {
    return List.of(new ShiftTemplates(), new Visits(), new Inventory());
  }

  /** What measures, whatever the catalogue declares. */
  static List<MeasureSource> sources() {
    return Stream.of(
            List.of(new Visits(), new Bookings(), new DoubleBookings()),
            List.of(new ClientVisits()),
            List.of(new ProviderTime(), new TimeCards(), new Overtime()),
            List.of(new RoomMeasures(), new TreatmentRooms()),
            Sales.sources(),
            StockMeasures.sources())
        .<MeasureSource>flatMap(List::stream)
        .toList();
  }

  /**
   * The source of each declared family.
   *
   * @throws IllegalStateException naming families that nobody or several measure, those that nobody
   *     declares, and those that are made of other tables than declared
   */
  static Map<MeasureFamily, MeasureSource> measuring(
      MeasureCatalogue catalogue, List<MeasureSource> sources) {
    Map<String, MeasureSource> byFamily = new TreeMap<>();
    TreeSet<String> problems = new TreeSet<>();
    for (MeasureSource source : sources) {
      if (byFamily.put(source.family(), source) != null) {
        problems.add(source.family() + " has two sources");
      }
    }
    Map<MeasureFamily, MeasureSource> measuring = new java.util.LinkedHashMap<>();
    for (MeasureFamily family : catalogue.families()) {
      MeasureSource source = byFamily.remove(family.id());
      if (source == null) {
        problems.add(family.id() + " is declared, but nobody measures it");
      } else {
        if (!source.reach().keySet().equals(family.tables())) {
          problems.add(
              family.id()
                  + " is declared to be made of "
                  + new TreeSet<>(family.tables())
                  + ", but its source says "
                  + new TreeSet<>(source.reach().keySet()));
        }
        measuring.put(family, source);
      }
    }
    byFamily.keySet().forEach(family -> problems.add(family + " is measured, but not declared"));
    if (!problems.isEmpty()) {
      throw new IllegalStateException("Families of measures: " + String.join("; ", problems));
    }
    return measuring;
  }
}
