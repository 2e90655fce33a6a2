package medspa.jobs.ingest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import medspa.warehouse.lake.Batch.Delivery;

/**
 * How one vendor's export becomes rows of canonical tables. Expressions are DuckDB SQL over the
 * export's columns, all of them text.
 *
 * @param id name by which a source asks for it
 * @param vendor who makes the export
 * @param title what the export is
 * @param evidence what the header and formats were taken from, and what is unproven
 * @param digest SHA-256 of the definition; a file is read again when it changes
 * @param format how the bytes become records
 * @param header the columns it is recognised by
 * @param delivery how its rows meet earlier rows, unless the source says otherwise
 * @param fileDate finds the date of a delivery in its file name, as a group named {@code date}
 * @param params settings of the source with their defaults, read by {@code getvariable('name')}
 * @param lookups names of other exports of the practice that its SQL reads as tables
 * @param locationIsId whether {@code location_id} holds configured ids rather than a vendor's names
 * @param tables what it feeds; empty for an export that is only looked up
 */
record Mapping(
    String id,
    String vendor,
    String title,
    String evidence,
    String digest,
    Format format,
    Header header,
    Delivery delivery,
    Optional<String> fileDate,
    Map<String, String> params,
    List<String> lookups,
    boolean locationIsId,
    List<TableMapping> tables) {

  /** How the bytes become records. */
  record Format(char delimiter, String encoding) {}

  /**
   * The columns of the export, by name; their order is free.
   *
   * @param required without one of these the export is another one
   * @param optional read where present
   * @param ignored known and never read; other columns are counted as dropped too
   */
  record Header(List<String> required, List<String> optional, Set<String> ignored) {}

  /**
   * One canonical table.
   *
   * @param table its name
   * @param from a FROM clause; the export itself is {@code source}
   * @param where which records are rows of the table
   * @param ownLineKey whether the export carries its own key; else equal lines are different things
   * @param columns expression per canonical column
   * @param values vendor's word to ours, per column
   */
  record TableMapping(
      String table,
      String from,
      Optional<String> where,
      boolean ownLineKey,
      Map<String, ColumnMapping> columns,
      Map<String, Map<String, String>> values) {}

  /**
   * One canonical column.
   *
   * @param sql a DuckDB expression
   * @param pseudonymise whether the value is composed of client data and leaves as a pseudonym
   */
  record ColumnMapping(String sql, boolean pseudonymise) {}
}
