package medspa.jobs.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.query.Sql;

/**
 * Refuses a file that names several locations where its source says that all rows are of one: an
 * export of all locations in the folder of one would give it what the others sold.
 */
final class OneLocation {
  private OneLocation() {}

  /**
   * Looks at the rows of every table that will count.
   *
   * @throws FileRefusedException at the first row of a second location; it names the setting
   */
  static void refuse(ExportDatabase database, Source source)
      throws SQLException, FileRefusedException {
    Mapping mapping = source.mapping().mapping();
    if (source.location().isEmpty() || mapping.locationIsId()) {
      return;
    }
    for (TableMapping table : mapping.tables()) {
      if (!table.columns().containsKey("location_id")) {
        continue;
      }
      try (ResultSet second =
          database
              .statement()
              .executeQuery(
                  """
                  WITH named AS (
                    SELECT source_line, lower(trim(raw_location_id)) AS name FROM %s
                    WHERE verdict IS NULL)
                  SELECT min(source_line) FROM named
                  WHERE name <> (SELECT arg_min(name, source_line) FROM named)
                  """
                      .formatted(Sql.identifier(table.table() + "_judged")))) {
        if (second.next() && second.getObject(1) != null) {
          throw FileRefusedException.column(
              second.getLong(1),
              "location_id",
              "The export names another location here than above, and the source says that all of its"
                  + " rows are of "
                  + source.location().get()
                  + ".",
              "Write `locations:` instead of `location:` at the source "
                  + source.name()
                  + ", such as {\"Main St\": "
                  + source.location().get()
                  + "}, with each name that the export has; or export this location alone.");
        }
      }
    }
  }
}
