package medspa.warehouse.market;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The practices and locations of a workspace, with what no export carries.
 *
 * @param currency ISO 4217 code of every amount
 * @param weekStartsOn first day of the week
 * @param practices owners, each a contributor to benchmarks
 * @param shiftTemplates weekly shifts of providers whose scheduler exports none
 * @param targets target per KPI and location
 * @param consultants who may see which practices by name
 * @param expectations what is known of each source besides its rows, in the order of the
 *     configuration: of two sources that deliver one key the later one decides
 * @param showsPublishedFigures whether figures of the trade stand beside the KPIs
 * @param fiscalYear how books are closed, where not by calendar months alone
 */
public record Market(
    String currency,
    DayOfWeek weekStartsOn,
    List<Practice> practices,
    List<ShiftTemplate> shiftTemplates,
    List<Target> targets,
    List<Consultant> consultants,
    List<SourceExpectation> expectations,
    boolean showsPublishedFigures,
    Optional<FiscalYear> fiscalYear) {

  /** A market without figures of the trade, whose books are closed by calendar months. */
  public Market(
      String currency,
      DayOfWeek weekStartsOn,
      List<Practice> practices,
      List<ShiftTemplate> shiftTemplates,
      List<Target> targets,
      List<Consultant> consultants,
      List<SourceExpectation> expectations) {
    this(
        currency,
        weekStartsOn,
        practices,
        shiftTemplates,
        targets,
        consultants,
        expectations,
        false,
        Optional.empty());
  }

  /** Every location of every practice. */
  public List<Location> locations() {
    return practices.stream().flatMap(p -> p.locations().stream()).toList();
  }

  /** The location of that id. */
  public Optional<Location> location(String id) {
    return locations().stream().filter(l -> l.id().equals(id)).findFirst();
  }

  /** First day of the week that holds the day. */
  public LocalDate weekStart(LocalDate day) {
    return LocalCalendar.weekOf(day, weekStartsOn);
  }

  /**
   * The months, and the periods of the fiscal year where there is one, that hold any of the days.
   */
  public List<AccountingPeriod> periods(LocalDate firstDay, LocalDate lastDay) {
    return Stream.concat(
            AccountingPeriod.months(firstDay, lastDay).stream(),
            fiscalYear.stream()
                .flatMap(year -> year.periods(firstDay, lastDay, weekStartsOn).stream()))
        .toList();
  }

  /**
   * An owner.
   *
   * @param pinnedKpis KPIs on the first page of the owner's report, in order
   * @param recipients e-mail addresses that the owner's report is meant for
   * @param historyFrom first day from which the exports hold every appointment, where configured;
   *     before it nobody can tell who is a new client
   * @param carryingCostRate what holding stock costs in a year as a share of its value, where
   *     configured
   */
  public record Practice(
      String id,
      String name,
      List<Location> locations,
      List<String> pinnedKpis,
      List<String> recipients,
      Optional<LocalDate> historyFrom,
      Optional<BigDecimal> carryingCostRate) {

    /** A practice whose history is complete from its first export on. */
    public Practice(
        String id,
        String name,
        List<Location> locations,
        List<String> pinnedKpis,
        List<String> recipients) {
      this(id, name, locations, pinnedKpis, recipients, Optional.empty(), Optional.empty());
    }
  }

  /** What a KPI should reach at a location, in the unit of the KPI. */
  public record Target(String locationId, String kpi, double value) {}

  /**
   * Someone who was engaged by practices and may see them by name.
   *
   * @param detail what an extract for the consultant holds of them
   */
  public record Consultant(String id, String name, List<String> practiceIds, Detail detail) {}

  /** How far an audience sees into the practices that it may name. */
  public enum Detail {
    /** No row that leads to a client, an appointment or any other single row of an export. */
    AGGREGATES,
    /** All of it. */
    ROWS;

    /** As it stands in the configuration and in the warehouse. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is known of a source besides its rows.
   *
   * @param expectedEveryDays how often a new export is expected
   */
  public record SourceExpectation(
      String source, String practiceId, String mapping, Optional<Integer> expectedEveryDays) {}

  /** Minutes of the day, from until to, as local time. */
  public record Hours(java.time.LocalTime from, java.time.LocalTime to) {}

  /**
   * Weekly shifts of one provider at one location.
   *
   * @param from first day the template holds; empty is the location's first appointment
   * @param until last day it holds; empty is for ever
   * @param weekly bookable hours per day of the week
   * @param exceptions hours of single days instead of the weekly ones; an empty list is a day off
   */
  public record ShiftTemplate(
      String locationId,
      String providerId,
      Optional<LocalDate> from,
      Optional<LocalDate> until,
      Map<DayOfWeek, List<Hours>> weekly,
      Map<LocalDate, List<Hours>> exceptions) {}
}
