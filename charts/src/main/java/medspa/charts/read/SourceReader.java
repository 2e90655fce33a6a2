package medspa.charts.read;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import medspa.charts.read.SourceFacts.Coverage;
import medspa.charts.read.SourceFacts.Delivered;
import medspa.charts.read.SourceFacts.Identities;
import medspa.charts.read.SourceFacts.IncompleteList;
import medspa.charts.read.SourceFacts.IngestedFile;
import medspa.charts.read.SourceFacts.OtherUnit;
import medspa.charts.read.SourceFacts.RefusedFile;
import medspa.charts.read.SourceFacts.RejectedRows;
import medspa.charts.read.SourceFacts.Restated;
import medspa.charts.read.SourceFacts.RowCounts;
import medspa.charts.read.SourceFacts.Source;
import medspa.charts.read.SourceFacts.Unavailable;
import medspa.charts.read.SourceFacts.Unmatched;
import medspa.charts.read.SourceFacts.Volume;
import medspa.warehouse.query.Row;
import medspa.warehouse.query.WarehouseQuery.RowReader;

/** Reads what went into the numbers of some practices and what stayed out. */
final class SourceReader {
  /** Stands for several practices together; no practice has that id. */
  private static final String TOGETHER = "";

  private final Map<String, List<Source>> sources;
  private final Map<String, List<Volume>> volumes;
  private final Map<String, List<OtherUnit>> otherUnits;
  private final Map<String, List<IngestedFile>> files;
  private final Map<String, List<RejectedRows>> rejected;
  private final Map<String, List<RefusedFile>> refused;
  private final Map<String, List<Unavailable>> unavailable;
  private final Map<String, List<IncompleteList>> incompleteLists;
  private final Map<String, List<Restated>> restated;
  private final Map<String, List<Coverage>> coverage;
  private final Map<String, List<Unmatched>> unmatched;
  private final Map<String, List<Long>> crosswalkLines;

  /** Reads each practice by itself. */
  SourceReader(ReportQuery query, List<String> practiceIds) {
    this(query, practiceIds, row -> row.text("practice_id"));
  }

  private SourceReader(ReportQuery query, List<String> practiceIds, RowReader<String> of) {
    sources = query.grouped("sources", of, SourceReader::source, practiceIds);
    volumes =
        query.grouped(
            "volumes",
            of,
            row ->
                new Volume(
                    row.text("source"),
                    row.text("table_name"),
                    row.date("week_start"),
                    row.count("rows"),
                    row.optionalNumber("usual").orElse(0)),
            practiceIds);
    otherUnits =
        query.grouped(
            "other_units",
            of,
            row ->
                new OtherUnit(
                    row.text("location_id"),
                    row.text("product"),
                    row.count("counts"),
                    row.date("newest_on")),
            practiceIds);
    files = query.grouped("ingested_files", of, SourceReader::file, practiceIds);
    rejected = query.grouped("rejected_rows", of, SourceReader::rejected, practiceIds);
    refused = query.grouped("refused_files", of, SourceReader::refused, practiceIds);
    unavailable =
        query.grouped(
            "not_computed",
            of,
            row -> new Unavailable(row.text("location_id"), row.text("kpi"), row.text("reason")),
            practiceIds);
    incompleteLists =
        query.grouped(
            "lists",
            of,
            row ->
                new IncompleteList(
                    row.text("location_id"),
                    row.text("label"),
                    row.text("state").equals("empty"),
                    row.text("column_name"),
                    row.text("brings")),
            practiceIds);
    restated = query.grouped("restated", of, SourceReader::restated, practiceIds);
    // Its shares of all practices together are no sums of theirs: they have rows of their own.
    coverage =
        query.ofPractices(
            "coverage",
            row ->
                new Coverage(
                    row.text("kind"),
                    row.optionalNumber("revenue"),
                    row.optionalNumber("hours"),
                    row.count("unmatched")),
            practiceIds);
    unmatched = query.ofPractices("unmatched", SourceReader::unmatched, practiceIds);
    crosswalkLines = query.grouped("crosswalk_lines", of, row -> row.count("lines"), practiceIds);
  }

  /** Of several practices together; which ids have no match is told of one practice only. */
  static SourceFacts together(ReportQuery query, List<String> practiceIds) {
    if (practiceIds.isEmpty()) {
      return SourceFacts.NONE;
    }
    SourceReader reader = new SourceReader(query, practiceIds, row -> TOGETHER);
    return reader.facts(
        TOGETHER,
        practiceIds.size() == 1
            ? reader.unmatched.getOrDefault(practiceIds.get(0), List.of())
            : List.of());
  }

  /** Of one practice. */
  SourceFacts facts(String practiceId) {
    return facts(practiceId, unmatched.getOrDefault(practiceId, List.of()));
  }

  private SourceFacts facts(String of, List<Unmatched> ids) {
    return new SourceFacts(
        sources.getOrDefault(of, List.of()),
        volumes.getOrDefault(of, List.of()),
        otherUnits.getOrDefault(of, List.of()),
        new Delivered(
            files.getOrDefault(of, List.of()),
            rejected.getOrDefault(of, List.of()),
            refused.getOrDefault(of, List.of())),
        unavailable.getOrDefault(of, List.of()),
        incompleteLists.getOrDefault(of, List.of()),
        restated.getOrDefault(of, List.of()),
        new Identities(
            coverage.getOrDefault(of, List.of()),
            ids,
            crosswalkLines.getOrDefault(of, List.of()).stream().mapToLong(Long::longValue).sum()));
  }

  private static Source source(Row row) throws SQLException {
    return new Source(
        row.text("source"),
        row.text("state"),
        row.count("files"),
        row.optionalDate("newest_date"),
        row.optionalInteger("expected_every_days"),
        row.optionalNumber("reject_share"));
  }

  private static IngestedFile file(Row row) throws SQLException {
    return new IngestedFile(
        row.text("practice"),
        row.text("source"),
        row.text("file_name"),
        row.text("table_name"),
        new RowCounts(
            row.count("rows_read"),
            row.count("rows_accepted"),
            row.count("rows_duplicate"),
            row.count("rows_superseded"),
            row.count("rows_rejected")),
        row.optionalDate("first_date"),
        row.optionalDate("last_date"));
  }

  private static RejectedRows rejected(Row row) throws SQLException {
    return new RejectedRows(
        row.text("source"),
        row.text("table_name"),
        row.optionalText("column_name"),
        row.text("reason"),
        row.count("rows"),
        row.text("example_file"),
        row.optionalCount("example_line"),
        row.decimal("sales"),
        row.decimal("payments"),
        row.text("currency"));
  }

  private static RefusedFile refused(Row row) throws SQLException {
    return new RefusedFile(
        row.text("source"),
        row.text("file_name"),
        row.optionalCount("source_line"),
        row.optionalText("column_name"),
        row.text("problem"),
        row.text("next_step"));
  }

  private static Restated restated(Row row) throws SQLException {
    return new Restated(
        row.text("location_id"),
        row.text("cause"),
        row.optionalText("file_name"),
        row.count("numbers"),
        row.date("first_week"),
        row.date("last_week"));
  }

  private static Unmatched unmatched(Row row) throws SQLException {
    return new Unmatched(
        row.text("kind"),
        row.text("side"),
        row.text("value"),
        row.text("name"),
        row.text("sources"),
        row.count("rows"),
        row.count("candidates"),
        row.optionalText("proposal"));
  }
}
