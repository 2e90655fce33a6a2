package medspa.charts.page;

import java.util.List;

/**
 * The last page: what is in, what is out and why.
 *
 * @param provenance as-of, run and versions, sentence by sentence
 * @param restated published numbers that have changed since, a sentence for each cause
 */
public record DataView(
    FileView files,
    List<RejectedRow> rejected,
    List<RefusedRow> refused,
    List<SourceRow> sources,
    List<String> sourceNotes,
    List<UnavailableRow> unavailable,
    IdentityView identities,
    List<String> provenance,
    List<String> restated,
    String privacy) {

  /**
   * Who is who across systems.
   *
   * @param notes what an owner must know, one sentence each
   */
  public record IdentityView(
      List<String> notes, List<CoverageRow> coverage, List<UnmatchedRow> unmatched) {}

  /** How far two systems name the same. */
  public record CoverageRow(String kind, String revenue, String hours, String unmatched) {}

  /** An id without a match. */
  public record UnmatchedRow(String id, String kind, String where, String rows, String proposal) {}

  /**
   * The files.
   *
   * @param heads of the columns; empty where there is no file
   * @param isSummed whether a row is a sum of files, and its second column their number
   */
  public record FileView(String note, List<String> heads, boolean isSummed, List<FileRow> rows) {}

  /**
   * A file, or the sum of some.
   *
   * @param name the source, or what the sum is over
   * @param file its name, or how many there are
   */
  public record FileRow(
      String name, String file, String table, List<String> counts, String dates) {}

  /** Rejected rows by reason. */
  public record RejectedRow(
      String source, String table, String column, String reason, String rows, String first) {}

  /** A file refused as a whole. */
  public record RefusedRow(String file, String where, String problem, String nextStep) {}

  /** A source and how fresh it is. */
  public record SourceRow(
      String name, String files, String newest, String expected, String css, String state) {}

  /** KPIs that could not be computed for one reason. */
  public record UnavailableRow(String kpi, String reason, String locations) {}
}
