package medspa.charts.read;

import java.sql.Connection;
import java.util.List;
import java.util.stream.Collectors;
import medspa.charts.read.SourceFacts.Coverage;
import medspa.charts.read.SourceFacts.IngestedFile;
import medspa.charts.read.SourceFacts.RefusedFile;
import medspa.charts.read.SourceFacts.RejectedRows;
import medspa.charts.read.SourceFacts.Restated;
import medspa.charts.read.SourceFacts.Source;
import medspa.charts.read.SourceFacts.Unavailable;
import medspa.charts.read.SourceFacts.Unmatched;
import medspa.charts.read.SourceFacts.Volume;

/** Reads what went into the numbers of some practices and what stayed out. */
final class SourceReader {
  private SourceReader() {}

  static SourceFacts read(Connection connection, List<String> practiceIds) {
    Object[] ids = practiceIds.toArray();
    String among = practiceIds.stream().map(id -> "?").collect(Collectors.joining(", "));
    if (practiceIds.isEmpty()) {
      return new SourceFacts(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
          List.of(), 0);
    }
    return new SourceFacts(
        Rows.query(
            connection,
            "SELECT f.*, coalesce(p.name, f.practice_id) AS practice FROM ingest_files f"
                + " LEFT JOIN practices p USING (practice_id) WHERE f.practice_id IN ("
                + among
                + ") ORDER BY source, ingested_at DESC, file_name, source_file_id, table_name",
            row ->
                new IngestedFile(
                    row.text("practice"),
                    row.text("source"),
                    row.text("file_name"),
                    row.text("table_name"),
                    row.count("rows_read"),
                    row.count("rows_accepted"),
                    row.count("rows_duplicate"),
                    row.count("rows_superseded"),
                    row.count("rows_rejected"),
                    row.integer("columns_dropped"),
                    row.optionalDate("first_date"),
                    row.optionalDate("last_date")),
            ids),
        Rows.query(
            connection,
            "WITH files AS (SELECT DISTINCT source_file_id, source, file_name FROM ingest_files"
                + " WHERE practice_id IN ("
                + among
                + ")) SELECT f.source, r.table_name, r.column_name, r.reason, count(*) AS rows,"
                + " min(f.file_name) AS example_file,"
                + " arg_min(r.source_line, (f.file_name, r.source_line)) AS example_line"
                + " FROM rejected_rows r JOIN files f USING (source_file_id)"
                + " GROUP BY f.source, r.table_name, r.column_name, r.reason"
                + " ORDER BY rows DESC, f.source, r.table_name, r.column_name, r.reason",
            row ->
                new RejectedRows(
                    row.text("source"),
                    row.text("table_name"),
                    row.optionalText("column_name"),
                    row.text("reason"),
                    row.count("rows"),
                    row.text("example_file"),
                    row.optionalCount("example_line")),
            ids),
        Rows.query(
            connection,
            "SELECT * FROM refused_files WHERE practice_id IN ("
                + among
                + ") ORDER BY source, file_name, source_line",
            row ->
                new RefusedFile(
                    row.text("source"),
                    row.text("file_name"),
                    row.optionalCount("source_line"),
                    row.optionalText("column_name"),
                    row.text("problem"),
                    row.text("next_step")),
            ids),
        Rows.query(
            connection,
            "SELECT * FROM sources WHERE practice_id IN (" + among + ") ORDER BY source",
            row ->
                new Source(
                    row.text("source"),
                    row.text("state"),
                    row.count("files"),
                    row.optionalDate("newest_date"),
                    row.optionalInteger("expected_every_days"),
                    row.optionalNumber("reject_share")),
            ids),
        Rows.query(
            connection,
            "SELECT * FROM source_volumes WHERE is_unusual"
                + " AND week_start > (SELECT last_week_start FROM runs) - 28 AND practice_id IN ("
                + among
                + ") ORDER BY week_start DESC, source, table_name",
            row ->
                new Volume(
                    row.text("source"),
                    row.text("table_name"),
                    row.date("week_start"),
                    row.count("rows"),
                    row.optionalNumber("usual").orElse(0)),
            ids),
        Rows.query(
            connection,
            "SELECT u.location_id, u.kpi, u.reason FROM kpi_unavailable u"
                + " WHERE u.week_start = (SELECT last_week_start FROM runs)"
                + " AND u.practice_id IN ("
                + among
                + ") ORDER BY u.kpi, u.reason, u.location_id",
            row -> new Unavailable(row.text("location_id"), row.text("kpi"), row.text("reason")),
            ids),
        Rows.query(
            connection,
            // Of the weeks that the trends show; a number that was restated twice counts once.
            "SELECT location_id, cause, file_name, count(DISTINCT (kpi, week_start)) AS numbers,"
                + " min(week_start) AS first_week, max(week_start) AS last_week"
                + " FROM restatements WHERE grain = 'location'"
                + " AND week_start > (SELECT last_week_start FROM runs) - 91 AND practice_id IN ("
                + among
                + ") GROUP BY ALL ORDER BY cause, file_name, location_id",
            row ->
                new Restated(
                    row.text("location_id"),
                    row.text("cause"),
                    row.optionalText("file_name"),
                    row.count("numbers"),
                    row.date("first_week"),
                    row.date("last_week")),
            ids),
        coverage(connection, among, ids),
        practiceIds.size() == 1 ? unmatched(connection, ids) : List.of(),
        Rows.query(
                connection,
                "SELECT count(*) AS lines FROM identities WHERE practice_id IN (" + among + ")",
                row -> row.count("lines"),
                ids)
            .get(0));
  }

  private static List<Coverage> coverage(Connection connection, String among, Object[] ids) {
    return Rows.query(
        connection,
        "SELECT kind, CAST(sum(matched_revenue) / nullif(sum(revenue), 0) AS DOUBLE) AS revenue,"
            + " sum(matched_hours) / nullif(sum(hours), 0) AS hours,"
            + " sum(values_unmatched) AS unmatched FROM identity_coverage"
            + " WHERE week_start = (SELECT last_week_start FROM runs) AND practice_id IN ("
            + among
            + ") GROUP BY kind ORDER BY list_position(['provider', 'service', 'product',"
            + " 'client'], kind)",
        row ->
            new Coverage(
                row.text("kind"),
                row.optionalNumber("revenue"),
                row.optionalNumber("hours"),
                row.count("unmatched")),
        ids);
  }

  private static List<Unmatched> unmatched(Connection connection, Object[] ids) {
    return Rows.query(
        connection,
        "SELECT kind, side, value, name, string_agg(source, ', ' ORDER BY source) AS sources,"
            + " sum(rows) AS rows, any_value(candidates) AS candidates,"
            + " any_value(proposed_id) AS proposal FROM unmatched_identities"
            + " WHERE practice_id = ? GROUP BY kind, side, value, name"
            + " ORDER BY rows DESC, kind, side, value",
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
        ids);
  }
}
