package medspa.jobs.compute.time;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.market.LocalCalendar;
import medspa.warehouse.market.Location;
import medspa.warehouse.market.Market.Hours;

/** When a location is open, as real time of its local days. */
public final class OpeningHours implements Serializable {
  private static final long serialVersionUID = 1;

  /** Local hours; those that end at or before their start end on the next day. */
  private record Span(LocalTime from, LocalTime to) implements Serializable {}

  private final ZoneId zone;
  private final HashMap<DayOfWeek, ArrayList<Span>> weekly = new HashMap<>();
  private final HashSet<LocalDate> closedDays;

  private OpeningHours(Location location) {
    this.zone = location.zone();
    this.closedDays = new HashSet<>(location.closedDays());
    for (Map.Entry<DayOfWeek, List<Hours>> day : location.openingHours().entrySet()) {
      ArrayList<Span> spans = new ArrayList<>();
      day.getValue().forEach(hours -> spans.add(new Span(hours.from(), hours.to())));
      weekly.put(day.getKey(), spans);
    }
  }

  /** The hours of a location, if any are configured. */
  public static Optional<OpeningHours> of(Location location) {
    return location.openingHours().isEmpty()
        ? Optional.empty()
        : Optional.of(new OpeningHours(location));
  }

  /**
   * The open time within one local day, what is left of the evening before included; none on a
   * closed day. A local hour that daylight saving skips or repeats counts as often as it happens.
   */
  public Timeline on(LocalDate day) {
    if (closedDays.contains(day)) {
      return Timeline.EMPTY;
    }
    List<Timeline.Interval> open = new ArrayList<>();
    for (LocalDate opened : List.of(day.minusDays(1), day)) {
      if (!closedDays.contains(opened)) {
        for (Span span : weekly.getOrDefault(opened.getDayOfWeek(), new ArrayList<>())) {
          open.addAll(pieces(span, opened, day));
        }
      }
    }
    return Timeline.union(open);
  }

  private List<Timeline.Interval> pieces(Span span, LocalDate opened, LocalDate day) {
    LocalDate closes = span.to().isAfter(span.from()) ? opened : opened.plusDays(1);
    Timeline.Interval whole =
        new Timeline.Interval(
            micros(LocalDateTime.of(opened, span.from())),
            micros(LocalDateTime.of(closes, span.to())));
    return LocalDays.cut(whole, zone).stream()
        .filter(piece -> piece.day().equals(day))
        .map(LocalDays.DayPiece::interval)
        .toList();
  }

  private long micros(LocalDateTime local) {
    return LocalDays.micros(LocalCalendar.instantOf(local, zone));
  }
}
