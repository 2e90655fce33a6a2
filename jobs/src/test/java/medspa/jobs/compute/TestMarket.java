package medspa.jobs.compute;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.market.Location;
import medspa.warehouse.market.Market;
import medspa.warehouse.market.Market.Hours;
import medspa.warehouse.market.Market.Practice;
import medspa.warehouse.market.Market.ShiftTemplate;
import medspa.warehouse.market.Market.SourceExpectation;

/** Builds a market for a test; locations are in Chicago with 24 hours of notice unless said. */
public final class TestMarket {
  public static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

  private final Map<String, List<Location>> practices = new LinkedHashMap<>();
  private final Map<String, LocalDate> historyFrom = new LinkedHashMap<>();
  private final Map<String, LocalDate> openedOn = new LinkedHashMap<>();
  private final List<ShiftTemplate> templates = new ArrayList<>();
  private final List<SourceExpectation> sources = new ArrayList<>();
  private DayOfWeek weekStartsOn = DayOfWeek.MONDAY;

  public TestMarket weekStartsOn(DayOfWeek day) {
    weekStartsOn = day;
    return this;
  }

  public TestMarket location(String practice, String location) {
    return location(practice, location, CHICAGO, List.of());
  }

  public TestMarket location(
      String practice, String location, ZoneId zone, List<LocalDate> closedDays) {
    return add(practice, location, zone, "24", closedDays, Map.of(), Optional.empty());
  }

  public TestMarket locationWithNotice(String practice, String location, String noticeHours) {
    return add(practice, location, CHICAGO, noticeHours, List.of(), Map.of(), Optional.empty());
  }

  /** A location with opening hours, and rooms where they are configured. */
  public TestMarket open(
      String practice,
      String location,
      Map<DayOfWeek, List<Hours>> hours,
      Optional<Integer> rooms,
      List<LocalDate> closedDays) {
    return add(practice, location, CHICAGO, "24", closedDays, hours, rooms);
  }

  /** Since when the exports of a practice hold every appointment. */
  public TestMarket historyFrom(String practice, LocalDate day) {
    historyFrom.put(practice, day);
    return this;
  }

  public TestMarket locationWithRooms(String practice, String location, int rooms) {
    return add(practice, location, CHICAGO, "24", List.of(), Map.of(), Optional.of(rooms));
  }

  /** When a location opened; said before the location is. */
  public TestMarket openedOn(String location, LocalDate day) {
    openedOn.put(location, day);
    return this;
  }

  private TestMarket add(
      String practice,
      String location,
      ZoneId zone,
      String noticeHours,
      List<LocalDate> closedDays,
      Map<DayOfWeek, List<Hours>> hours,
      Optional<Integer> rooms) {
    practices
        .computeIfAbsent(practice, p -> new ArrayList<>())
        .add(
            new Location(
                location,
                practice,
                location,
                zone,
                Optional.empty(),
                Optional.ofNullable(openedOn.get(location)),
                rooms,
                new BigDecimal(noticeHours),
                closedDays,
                hours,
                List.of()));
    return this;
  }

  public TestMarket template(ShiftTemplate template) {
    templates.add(template);
    return this;
  }

  /** A configured source, after those before it. */
  public TestMarket source(String practice, String source) {
    sources.add(new SourceExpectation(source, practice, "medspa", Optional.empty()));
    return this;
  }

  public Market build() {
    return new Market(
        "USD",
        weekStartsOn,
        practices.entrySet().stream()
            .map(
                p ->
                    new Practice(
                        p.getKey(),
                        p.getKey(),
                        List.copyOf(p.getValue()),
                        List.of(),
                        List.of(),
                        Optional.ofNullable(historyFrom.get(p.getKey())),
                        Optional.empty()))
            .toList(),
        List.copyOf(templates),
        List.of(),
        List.of(),
        List.copyOf(sources));
  }
}
