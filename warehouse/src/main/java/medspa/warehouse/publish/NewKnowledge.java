package medspa.warehouse.publish;

import static medspa.warehouse.query.Sql.identifier;
import static medspa.warehouse.query.Sql.identifiers;
import static medspa.warehouse.query.Sql.list;
import static medspa.warehouse.query.Sql.literal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContract.Kind;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.query.Sql;

/**
 * Finds which files, not known at an earlier publication, differ from what was known then, and in
 * which weeks. Only rows decide: a delivery that repeats last month's appointments as they were is
 * the cause of nothing.
 */
final class NewKnowledge {
  private final BuildConnection build;
  private final Lake lake;
  private final TableContracts contracts;
  private final Bronze bronze;

  /**
   * @param bronze what is known now
   */
  NewKnowledge(BuildConnection build, Lake lake, TableContracts contracts, Bronze bronze) {
    this.build = build;
    this.lake = lake;
    this.contracts = contracts;
    this.bronze = bronze;
  }

  /** Fills newly_known and touched for one earlier publication. */
  void since(long publication, long bronzeSequence) throws SQLException {
    List<Batch> former = bronze.knownAt(bronzeSequence).current();
    Map<String, List<Batch>> fresh =
        bronze.current().stream()
            .filter(batch -> batch.sequence() > bronzeSequence)
            .collect(Collectors.groupingBy(Batch::source, LinkedHashMap::new, Collectors.toList()));
    for (List<Batch> ofSource : fresh.values()) {
      List<List<Object>> rows = new ArrayList<>();
      for (Batch batch : ofSource) {
        rows.add(List.of(publication, batch.sourceFileId(), batch.source(), batch.fileName()));
      }
      build.insert("newly_known", rows);
      List<Batch> before =
          former.stream().filter(batch -> batch.source().equals(ofSource.get(0).source())).toList();
      for (TableContract contract : contracts.all()) {
        if (ofSource.stream().anyMatch(batch -> batch.table(contract.name()).isPresent())) {
          touched(publication, contract, before, ofSource);
        }
      }
    }
  }

  private void touched(
      long publication, TableContract contract, List<Batch> before, List<Batch> fresh)
      throws SQLException {
    List<String> formerFiles = files(contract, before);
    List<String> freshFiles = files(contract, fresh);
    if (formerFiles.isEmpty() && freshFiles.isEmpty()) {
      return;
    }
    List<String> columns = columns(contract, formerFiles, freshFiles);
    List<String> key =
        Stream.concat(Stream.of("practice_id"), contract.storedKey().stream()).toList();
    boolean isFact = contract.kind() == Kind.FACT;
    String sql =
        Definitions.resource("sql/history/touched_" + (isFact ? "fact" : "reference") + ".sql")
            .replace("${files}", batchRows(before, fresh))
            .replace("(VALUES ${windows})", windowRows(contract.name(), before, fresh))
            .replace("${former}", rows(formerFiles, freshFiles))
            .replace("${fresh}", rows(freshFiles, formerFiles))
            .replace("${key}", identifiers(key))
            .replace("${same_key}", compared(key, " IS NOT DISTINCT FROM ", " AND "))
            .replace("${differs}", "(" + compared(columns, " IS DISTINCT FROM ", " OR ") + ")")
            .replace("${base}", Long.toString(publication))
            .replace("${table}", literal(contract.name()))
            .replace("${practice}", literal(fresh.get(0).practiceId()));
    build.execute(sql);
  }

  /** The Parquet files of the batches that have rows of the table. */
  private List<String> files(TableContract contract, List<Batch> batches) {
    return batches.stream()
        .filter(batch -> batch.table(contract.name()).filter(t -> t.rowsAccepted() > 0).isPresent())
        .map(batch -> lake.batchTable(batch.sourceFileId(), contract.name()).toString())
        .toList();
  }

  /** The columns of the contract that both sides have: an older file may lack a newer column. */
  private List<String> columns(TableContract contract, List<String> former, List<String> fresh)
      throws SQLException {
    Set<String> there = Set.copyOf(build.columns("SELECT * FROM " + rows(former, fresh)));
    Set<String> here = Set.copyOf(build.columns("SELECT * FROM " + rows(fresh, former)));
    // The local day too: it moves with the zone of its location.
    return Stream.concat(
            contract.columns().stream().map(Column::storedName), Stream.of("local_date"))
        .filter(column -> there.contains(column) && here.contains(column))
        .toList();
  }

  /** The rows of files, or none in the shape of the others. */
  private static String rows(List<String> files, List<String> others) {
    return files.isEmpty() ? "(FROM " + parquet(others) + " LIMIT 0)" : parquet(files);
  }

  private static String parquet(List<String> files) {
    return "read_parquet(" + list(files) + ", union_by_name = true, hive_partitioning = false)";
  }

  private static String compared(List<String> columns, String comparison, String joint) {
    return columns.stream()
        .map(column -> "r." + identifier(column) + comparison + "a." + identifier(column))
        .collect(Collectors.joining(joint));
  }

  private String batchRows(List<Batch> before, List<Batch> fresh) {
    List<String> rows = new ArrayList<>();
    for (List<Batch> batches : List.of(before, fresh)) {
      for (Batch batch : batches) {
        String replaced =
            batches == fresh ? former(batch, before).map(Sql::literal).orElse("NULL") : "NULL";
        rows.add(
            String.format(
                java.util.Locale.ROOT,
                "(%s, %s, %d, %d, CAST(%s AS VARCHAR))",
                literal(batch.sourceFileId()),
                batches == fresh,
                batch.order(),
                batch.delivery() == Delivery.APPEND ? -1 : 1,
                replaced));
      }
    }
    return String.join(", ", rows);
  }

  /** The batch known before whose place a new one took, if need be by way of others. */
  private Optional<String> former(Batch batch, List<Batch> before) {
    Optional<String> replaced = batch.replaces();
    while (replaced.isPresent()) {
      String id = replaced.get();
      if (before.stream().anyMatch(b -> b.sourceFileId().equals(id))) {
        return replaced;
      }
      replaced =
          bronze.all().stream()
              .filter(b -> b.sourceFileId().equals(id))
              .findFirst()
              .flatMap(Batch::replaces);
    }
    return Optional.empty();
  }

  private static String windowRows(String table, List<Batch> before, List<Batch> fresh) {
    List<String> rows = new ArrayList<>();
    for (Batch batch : Stream.concat(before.stream(), fresh.stream()).toList()) {
      if (batch.delivery() == Delivery.WINDOW) {
        for (Window window : batch.table(table).map(TableCounts::windows).orElse(List.of())) {
          rows.add(
              String.format(
                  java.util.Locale.ROOT,
                  "(%s, %s, DATE '%s', DATE '%s')",
                  literal(batch.sourceFileId()),
                  literal(window.locationId()),
                  window.firstDate(),
                  window.lastDate()));
        }
      }
    }
    return rows.isEmpty()
        ? "(SELECT CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS DATE),"
            + " CAST(NULL AS DATE) WHERE false)"
        : "(VALUES " + String.join(", ", rows) + ")";
  }
}
