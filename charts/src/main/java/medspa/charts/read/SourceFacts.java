package medspa.charts.read;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What went in and what stayed out.
 *
 * @param volumes of the last four weeks, newest first
 * @param otherUnits counts that set nothing, the newest first
 */
public record SourceFacts(
    List<Source> sources,
    List<Volume> volumes,
    List<OtherUnit> otherUnits,
    Delivered delivered,
    List<Unavailable> unavailable,
    List<IncompleteList> incompleteLists,
    List<Restated> restated,
    Identities identities) {

  /** Of no practice. */
  static final SourceFacts NONE =
      new SourceFacts(
          List.of(),
          List.of(),
          List.of(),
          new Delivered(List.of(), List.of(), List.of()),
          List.of(),
          List.of(),
          List.of(),
          new Identities(List.of(), List.of(), 0));

  /**
   * What the sources delivered.
   *
   * @param files newest first
   * @param rejected rows that are in no number
   * @param refused files that were refused as a whole
   */
  public record Delivered(
      List<IngestedFile> files, List<RejectedRows> rejected, List<RefusedFile> refused) {}

  /**
   * Who is who across systems.
   *
   * @param coverage of the report's week, one per kind of id that two systems name
   * @param unmatched ids without a match, the most frequent first; of one practice only
   * @param crosswalkLines lines of the crosswalk between systems
   */
  public record Identities(
      List<Coverage> coverage, List<Unmatched> unmatched, long crosswalkLines) {}

  /**
   * One table of one ingested file.
   *
   * @param practice name of the practice whose export it is
   */
  public record IngestedFile(
      String practice,
      String source,
      String fileName,
      String table,
      RowCounts rows,
      Optional<LocalDate> firstDate,
      Optional<LocalDate> lastDate) {}

  /** Rows of a file; read = accepted + duplicate + superseded + rejected. */
  public record RowCounts(
      long read, long accepted, long duplicate, long superseded, long rejected) {}

  /**
   * Rejected rows of one source, table, column and reason.
   *
   * @param column empty where the rule is about the whole row
   * @param sales net of the lines of sales among them that are in no number, as far as it can be
   *     read
   * @param payments the payments among them, likewise
   */
  public record RejectedRows(
      String source,
      String table,
      Optional<String> column,
      String reason,
      long rows,
      String exampleFile,
      OptionalLong exampleLine,
      BigDecimal sales,
      BigDecimal payments,
      String currency) {}

  /** A file that was refused as a whole. */
  public record RefusedFile(
      String source,
      String fileName,
      OptionalLong line,
      Optional<String> column,
      String problem,
      String nextStep) {}

  /**
   * A source of the configuration.
   *
   * @param state in the words of the warehouse: missing, nothing yet, refused, late, current, not
   *     watched
   * @param expectedEveryDays empty where the configuration does not say
   * @param rejectShare rejected of the rows of the last 28 days; empty without rows
   */
  public record Source(
      String name,
      String state,
      long files,
      Optional<LocalDate> newestDate,
      OptionalInt expectedEveryDays,
      OptionalDouble rejectShare) {}

  /** A recent week of a source whose rows are far from usual. */
  public record Volume(String source, String table, LocalDate weekStart, long rows, double usual) {}

  /**
   * Counts of a product at a location that fit another unit than the books, such as vials where
   * these hold units.
   *
   * @param product its name
   */
  public record OtherUnit(String locationId, String product, long counts, LocalDate newestOn) {}

  /**
   * How far two systems name the same providers, services, products or clients.
   *
   * @param revenueShare matched share of the revenue that names one; empty without any
   * @param hoursShare matched share of the hours; empty without any
   * @param unmatched ids of the week without a match
   */
  public record Coverage(
      String kind, OptionalDouble revenueShare, OptionalDouble hoursShare, long unmatched) {}

  /**
   * An id that one side of the practice's systems names and the other does not.
   *
   * @param side where it is named: schedule, timecards, sales, stock, reference
   * @param name what a reference export calls it, else the id
   * @param candidates similar ids of the other side
   */
  public record Unmatched(
      String kind,
      String side,
      String value,
      String name,
      String sources,
      long rows,
      long candidates,
      Optional<String> proposal) {}

  /** A KPI without a value in the report's week. */
  public record Unavailable(String locationId, String kpi, String reason) {}

  /**
   * A list that says less at a location than it could.
   *
   * @param label what the list is, in words
   * @param isEmpty whether it says nothing
   * @param columnName what is missing
   * @param brings what that would bring, with figures of the location
   */
  public record IncompleteList(
      String locationId, String label, boolean isEmpty, String columnName, String brings) {}

  /**
   * Published numbers of a location that have changed since, for one cause; a number with several
   * causes counts for each.
   *
   * @param cause in the words of the warehouse: file, configuration, code, definition, as_of,
   *     unexplained
   * @param fileName the file of the cause file
   * @param numbers how many of the weeks that the report shows
   */
  public record Restated(
      String locationId,
      String cause,
      Optional<String> fileName,
      long numbers,
      LocalDate firstWeek,
      LocalDate lastWeek) {}
}
