package medspa.warehouse.contract;

import java.util.List;
import java.util.Optional;

/**
 * One column of a canonical table.
 *
 * @param name the column's name in exports of the built-in format and in the mapping
 * @param type what a value must look like
 * @param required whether a row without it is rejected
 * @param words the vocabulary of a {@link ColumnType#WORD}; empty for other types
 * @param meaning one sentence for the data dictionary
 * @param unit unit of the value, where it has one
 * @param past whether it tells when something happened, so that it cannot lie after its delivery
 */
public record Column(
    String name,
    ColumnType type,
    boolean required,
    List<String> words,
    String meaning,
    Optional<String> unit,
    boolean past) {

  /** The column's name past ingestion: a client id leaves it as {@code client_key}. */
  public String storedName() {
    return type == ColumnType.CLIENT ? name.replaceAll("_id$", "_key") : name;
  }
}
