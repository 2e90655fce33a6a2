package medspa.warehouse.publish;

import static medspa.warehouse.query.Sql.list;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.relation.Relations;

/**
 * What bronze knows of the files that were taken in or refused, and of their rows that are in no
 * number: the same relations in a warehouse and before there is one.
 */
public final class IngestedFiles {
  private static final List<String> RELATIONS =
      List.of(
          "ingest_files",
          "refused_files",
          "rejected_rows",
          "rejected_money",
          "replaced_rejections",
          "superseded_rows");

  private final BuildConnection build;
  private final Relations relations;

  IngestedFiles(BuildConnection build, Relations relations) {
    this.build = build;
    this.relations = relations;
  }

  /**
   * Writes a DuckDB file with ingest_files, refused_files, rejected_rows and superseded_rows for
   * all that the lake holds now, published or not.
   *
   * @param file where nothing is yet
   * @throws PublishException if it cannot be written
   */
  public static void write(Lake lake, Path file) {
    Relations relations = Relations.load();
    try (BuildConnection build =
        BuildConnection.create(file, file.resolveSibling(file.getFileName() + ".tmp"))) {
      for (String name : RELATIONS) {
        WarehouseSchema.createTable(build, relations.relation(name));
      }
      new IngestedFiles(build, relations).load(lake, Bronze.read(lake).current());
      build.detach();
    } catch (SQLException e) {
      throw new PublishException("The files of the lake cannot be listed: " + e.getMessage(), e);
    }
  }

  /** Fills the relations for some batches. */
  void load(Lake lake, List<Batch> batches) throws SQLException {
    new ConfiguredRows(build).insertFiles(batches, RefusedFile.read(lake));
    load(
        "rejected_rows",
        batches.stream().map(batch -> lake.rejectedRows(batch.sourceFileId())).toList(),
        "table_name, source_line, column_name, reason");
    load(
        "rejected_money",
        batches.stream().map(batch -> lake.rejectedAmounts(batch.sourceFileId())).toList(),
        "table_name, source_line, row_number() OVER (PARTITION BY filename, table_name, source_line"
            + " ORDER BY reason, column_name, location_id, local_date, kind, amount, row_key) AS"
            + " row_in_line, location_id, local_date AS date, kind, amount, row_key");
    load(
        "superseded_rows",
        batches.stream().map(batch -> lake.supersededRows(batch.sourceFileId())).toList(),
        "table_name, source_line, replaced_by_line");
  }

  private void load(String relation, List<Path> parquet, String columns) throws SQLException {
    List<String> files = parquet.stream().filter(Files::exists).map(Path::toString).toList();
    if (files.isEmpty()) {
      return;
    }
    // A batch's directory is named by its source_file_id.
    WarehouseSchema.fill(
        build,
        relations.relation(relation),
        "SELECT split_part(replace(filename, '\\', '/'), '/', -2) AS source_file_id, "
            + columns
            + " FROM (SELECT NULL::VARCHAR AS column_name, NULL::VARCHAR AS reason WHERE false"
            // Batches of earlier builds lack columns.
            + " UNION ALL BY NAME FROM read_parquet("
            + list(files)
            + ", filename = true, hive_partitioning = false, union_by_name = true))"
            + " ORDER BY ALL");
  }
}
