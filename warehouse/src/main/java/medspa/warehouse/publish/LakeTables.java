package medspa.warehouse.publish;

import static medspa.warehouse.query.Sql.identifier;
import static medspa.warehouse.query.Sql.list;
import static medspa.warehouse.query.Sql.literal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContract.Kind;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.LakeState;
import medspa.warehouse.relation.CanonicalRelations;
import medspa.warehouse.relation.Relation;
import medspa.warehouse.relation.Relation.Field;
import medspa.warehouse.relation.Relation.Rows;
import medspa.warehouse.relation.Relations;

/** Copies the valid Parquet of the lake into the warehouse. */
final class LakeTables {
  private final BuildConnection build;
  private final Lake lake;
  private final LakeState state;

  LakeTables(BuildConnection build, Lake lake, LakeState state) {
    this.build = build;
    this.lake = lake;
    this.state = state;
  }

  /**
   * The current rows of every canonical table. A row that was deleted at its source is left out,
   * except an appointment: its status says so.
   */
  void loadCanonical(TableContracts contracts) throws SQLException {
    List<String> dates = new ArrayList<>();
    for (TableContract contract : contracts.all()) {
      Relation table = CanonicalRelations.of(contract);
      List<String> columns = new ArrayList<>(table.columns().stream().map(Field::name).toList());
      columns.add("is_deleted");
      Optional<String> parquet = parquet("silver/" + contract.name(), columns);
      if (parquet.isPresent()) {
        WarehouseSchema.fill(
            build,
            table,
            "SELECT * FROM "
                + parquet.get()
                + (contract.column("status").isPresent() ? "" : " WHERE is_deleted IS NOT TRUE"));
      }
      if (contract.kind() == Kind.FACT) {
        dates.add(
            "SELECT "
                + literal(contract.name())
                + " AS table_name, source_file_id, local_date, count(*) AS rows FROM "
                + identifier(contract.name())
                + " GROUP BY ALL");
      }
    }
    build.execute("INSERT INTO fact_dates BY NAME " + String.join(" UNION ALL ", dates));
  }

  /** Relations that the lake holds as they are published. */
  void loadRelations(Relations relations) throws SQLException {
    for (Relation relation : relations.all()) {
      if (relation.rows() instanceof Rows.Dataset dataset) {
        load(relation, dataset.name());
      }
    }
  }

  private void load(Relation table, String dataset) throws SQLException {
    Optional<String> parquet = parquet(dataset, table.columns().stream().map(Field::name).toList());
    if (parquet.isPresent()) {
      WarehouseSchema.fill(build, table, "SELECT * FROM " + parquet.get());
    }
  }

  /** The measures, from which every KPI is divided: of all weeks, and of all days. */
  void loadMeasures(Relation weekly, Relation daily) throws SQLException {
    loadMeasures(weekly, "");
    // A measure of whole weeks has no days.
    loadMeasures(
        daily, " WHERE measure IN (SELECT measure FROM measure_grains WHERE period = 'day')");
  }

  private void loadMeasures(Relation table, String where) throws SQLException {
    List<String> columns = table.columns().stream().map(Field::name).toList();
    Optional<String> rows = parquet("gold/" + table.name(), columns);
    if (rows.isPresent()) {
      WarehouseSchema.fill(build, table, "SELECT * FROM " + rows.get() + where + " ORDER BY ALL");
    }
  }

  /** The facts that deliveries deleted, appointments left out: they are published with a status. */
  void loadDeletedRows(Relation table, TableContracts contracts) throws SQLException {
    for (TableContract contract : contracts.all()) {
      List<String> columns =
          List.of("practice_id", "location_id", "local_date", "source_file_id", "source_line");
      if (contract.kind() != Kind.FACT || contract.column("status").isPresent()) {
        continue;
      }
      List<String> keys =
          contract.storedKey().stream().filter(key -> !key.equals("location_id")).toList();
      List<String> read = new ArrayList<>(columns);
      read.addAll(keys);
      read.add("is_deleted");
      Optional<String> parquet = parquet("silver/" + contract.name(), read);
      if (parquet.isPresent()) {
        WarehouseSchema.fill(
            build,
            table,
            "SELECT "
                + literal(contract.name())
                + " AS table_name, "
                + String.join(", ", columns)
                + ", concat_ws(' ', "
                + String.join(", ", keys)
                + ") AS row_id FROM "
                + parquet.get()
                + " WHERE is_deleted ORDER BY ALL");
      }
    }
  }

  /**
   * A table function over the Parquet files of a dataset, if it holds any.
   *
   * @throws IllegalStateException if a file lacks a column
   */
  private Optional<String> parquet(String dataset, List<String> columns) throws SQLException {
    Optional<Path> directory = state.dataset(lake, dataset);
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    List<String> files = parquetFiles(directory.get());
    if (files.isEmpty()) {
      return Optional.empty();
    }
    String function = "read_parquet(" + list(files) + ", hive_partitioning = false)";
    List<String> present = build.columns("SELECT * FROM " + function);
    List<String> missing = columns.stream().filter(c -> !present.contains(c)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "The dataset "
              + dataset
              + " lacks the columns "
              + String.join(", ", missing)
              + "; run medspa compute --rebuild");
    }
    return Optional.of(function);
  }

  private static List<String> parquetFiles(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".parquet"))
          .filter(file -> isVisible(directory.relativize(file)))
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + directory, e);
    }
  }

  /** Spark and the file system leave files beginning with a dot or underscore; they are no data. */
  private static boolean isVisible(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".") || part.toString().startsWith("_")) {
        return false;
      }
    }
    return true;
  }

  /** Tells which of the tables that KPIs need have rows, and where. */
  void collectEvidence(TableContracts contracts, List<String> tables) throws SQLException {
    for (String table : tables) {
      String location =
          contracts.table(table).hasLocation() ? "location_id" : "CAST(NULL AS VARCHAR)";
      build.execute(
          "INSERT INTO table_evidence SELECT DISTINCT practice_id, "
              + location
              + ", "
              + literal(table)
              + " FROM "
              + identifier(table));
    }
  }
}
