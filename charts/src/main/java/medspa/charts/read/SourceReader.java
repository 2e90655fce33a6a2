package medspa.charts.read;

import java.util.List;
import medspa.charts.read.SourceFacts.Coverage;
import medspa.charts.read.SourceFacts.Delivered;
import medspa.charts.read.SourceFacts.Identities;
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

/** Reads what went into the numbers of some practices and what stayed out. */
final class SourceReader {
  private SourceReader() {}

  static SourceFacts read(ReportQuery query, List<String> practiceIds) {
    if (practiceIds.isEmpty()) {
      return SourceFacts.NONE;
    }
    return new SourceFacts(
        query.rows(
            "sources",
            row ->
                new Source(
                    row.text("source"),
                    row.text("state"),
                    row.count("files"),
                    row.optionalDate("newest_date"),
                    row.optionalInteger("expected_every_days"),
                    row.optionalNumber("reject_share")),
            practiceIds),
        query.rows(
            "volumes",
            row ->
                new Volume(
                    row.text("source"),
                    row.text("table_name"),
                    row.date("week_start"),
                    row.count("rows"),
                    row.optionalNumber("usual").orElse(0)),
            practiceIds),
        query.rows(
            "other_units",
            row ->
                new OtherUnit(
                    row.text("location_id"),
                    row.text("product"),
                    row.count("counts"),
                    row.date("newest_on")),
            practiceIds),
        new Delivered(
            files(query, practiceIds), rejected(query, practiceIds), refused(query, practiceIds)),
        query.rows(
            "not_computed",
            row -> new Unavailable(row.text("location_id"), row.text("kpi"), row.text("reason")),
            practiceIds),
        query.rows(
            "restated",
            row ->
                new Restated(
                    row.text("location_id"),
                    row.text("cause"),
                    row.optionalText("file_name"),
                    row.count("numbers"),
                    row.date("first_week"),
                    row.date("last_week")),
            practiceIds),
        new Identities(
            coverage(query, practiceIds),
            practiceIds.size() == 1 ? unmatched(query, practiceIds.get(0)) : List.of(),
            query.row("crosswalk_lines", row -> row.count("lines"), practiceIds)));
  }

  private static List<IngestedFile> files(ReportQuery query, List<String> practiceIds) {
    return query.rows(
        "ingested_files",
        row ->
            new IngestedFile(
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
                row.optionalDate("last_date")),
        practiceIds);
  }

  private static List<RejectedRows> rejected(ReportQuery query, List<String> practiceIds) {
    return query.rows(
        "rejected_rows",
        row ->
            new RejectedRows(
                row.text("source"),
                row.text("table_name"),
                row.optionalText("column_name"),
                row.text("reason"),
                row.count("rows"),
                row.text("example_file"),
                row.optionalCount("example_line")),
        practiceIds);
  }

  private static List<RefusedFile> refused(ReportQuery query, List<String> practiceIds) {
    return query.rows(
        "refused_files",
        row ->
            new RefusedFile(
                row.text("source"),
                row.text("file_name"),
                row.optionalCount("source_line"),
                row.optionalText("column_name"),
                row.text("problem"),
                row.text("next_step")),
        practiceIds);
  }

  private static List<Coverage> coverage(ReportQuery query, List<String> practiceIds) {
    return query.rows(
        "coverage",
        row ->
            new Coverage(
                row.text("kind"),
                row.optionalNumber("revenue"),
                row.optionalNumber("hours"),
                row.count("unmatched")),
        practiceIds);
  }

  private static List<Unmatched> unmatched(ReportQuery query, String practiceId) {
    return query.rows(
        "unmatched",
        row ->
            new Unmatched(
                row.text("kind"),
                row.text("side"),
                row.text("value"),
                row.text("name"),
                row.text("sources"),
                row.count("rows"),
                row.count("candidates"),
                row.optionalText("proposal")),
        practiceId);
  }
}
