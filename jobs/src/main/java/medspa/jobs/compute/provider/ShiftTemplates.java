package medspa.jobs.compute.provider;

import static org.apache.spark.sql.functions.min;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import medspa.jobs.compute.silver.DatasetSource;
import medspa.warehouse.market.LocalCalendar;
import medspa.warehouse.market.Location;
import medspa.warehouse.market.Market;
import medspa.warehouse.market.Market.Hours;
import medspa.warehouse.market.Market.ShiftTemplate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Bookable shifts of providers whose scheduler exports none, from the weekly templates. */
public final class ShiftTemplates implements DatasetSource {
  private static final String SHIFTS = "silver/shifts";

  /** Stands for the file of rows that come from the configuration. */
  private static final String CONFIGURATION = "configuration";

  @Override
  public Set<String> datasets() {
    return Set.of(SHIFTS);
  }

  @Override
  public Set<String> needs() {
    return Set.of("silver/appointments");
  }

  /** The shifts of exports and of the templates of the configuration. */
  @Override
  public Map<String, Dataset<Row>> formed(Inputs in) {
    Dataset<Row> exported = in.folded("shifts");
    if (in.market().shiftTemplates().isEmpty()) {
      return Map.of(SHIFTS, exported);
    }
    Map<String, LocalDate> firstAppointments = new HashMap<>();
    for (Row row :
        in.silver()
            .current("appointments")
            .groupBy("location_id")
            .agg(min("local_date"))
            .collectAsList()) {
      firstAppointments.put(row.getString(0), row.getAs(1));
    }
    List<Row> planned = new ArrayList<>();
    for (PlannedShift shift : expand(in.market(), in.silver().asOf(), firstAppointments)) {
      planned.add(
          RowFactory.create(
              shift.practiceId(),
              shift.shiftId(),
              shift.locationId(),
              shift.providerId(),
              shift.startAt(),
              shift.endAt(),
              "bookable",
              shift.day(),
              false,
              CONFIGURATION,
              null));
    }
    return Map.of(
        SHIFTS,
        exported.union(exported.sparkSession().createDataFrame(planned, exported.schema())));
  }

  /** A bookable shift on the local day on which it starts. */
  record PlannedShift(
      String practiceId,
      String locationId,
      String shiftId,
      String providerId,
      LocalDate day,
      Instant startAt,
      Instant endAt) {}

  /**
   * Expands every template of the market into its days before the as-of. A template without a first
   * day begins with the location's first appointment; where there is none it gives nothing. A
   * closed day has no shift, even where an exception names hours for it.
   *
   * @param firstAppointments local date of the first appointment, by location id
   */
  static List<PlannedShift> expand(
      Market market, LocalDate asOf, Map<String, LocalDate> firstAppointments) {
    List<PlannedShift> shifts = new ArrayList<>();
    for (ShiftTemplate template : market.shiftTemplates()) {
      Location location =
          market
              .location(template.locationId())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "The shift template of "
                              + template.providerId()
                              + " names the location "
                              + template.locationId()
                              + ", which is not configured"));
      Optional<LocalDate> from =
          template
              .from()
              .or(() -> Optional.ofNullable(firstAppointments.get(template.locationId())));
      LocalDate end =
          template.until().map(day -> day.plusDays(1)).filter(asOf::isAfter).orElse(asOf);
      if (from.isPresent() && from.get().isBefore(end)) {
        from.get()
            .datesUntil(end)
            .filter(day -> !location.closedDays().contains(day))
            .forEach(day -> addDay(shifts, template, location, day));
      }
    }
    return shifts;
  }

  private static void addDay(
      List<PlannedShift> shifts, ShiftTemplate template, Location location, LocalDate day) {
    List<Hours> weekly = template.weekly().getOrDefault(day.getDayOfWeek(), List.of());
    for (Hours hours : template.exceptions().getOrDefault(day, weekly)) {
      // Hours that end at or before their start end on the next day, such as 16:00 to 00:00.
      LocalDate lastDay = hours.to().isAfter(hours.from()) ? day : day.plusDays(1);
      Instant start = LocalCalendar.instantOf(LocalDateTime.of(day, hours.from()), location.zone());
      Instant end = LocalCalendar.instantOf(LocalDateTime.of(lastDay, hours.to()), location.zone());
      // Hours that lie wholly in the gap of daylight saving do not exist.
      if (start.isBefore(end)) {
        shifts.add(
            new PlannedShift(
                location.practiceId(),
                location.id(),
                template.providerId() + "|" + day + "|" + hours.from(),
                template.providerId(),
                LocalDate.ofInstant(start, location.zone()),
                start,
                end));
      }
    }
  }
}
