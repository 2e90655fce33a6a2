package medspa.pipelines.judge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.publish.Extract;
import medspa.warehouse.publish.Extract.Audience;
import medspa.warehouse.query.WarehouseQuery;

/**
 * A market's warehouse, cut for each of its practices: every relation and every byte of the file is
 * searched for what only another practice has.
 */
final class ExtractedMarket {
  /** Texts of a practice that lead to it: ids, names and the pseudonyms of its clients. */
  private static final String MARKS =
      """
      SELECT practice_id, practice_id AS mark FROM practices
      UNION ALL SELECT practice_id, name FROM practices
      UNION ALL SELECT practice_id, location_id FROM locations
      UNION ALL SELECT practice_id, name FROM locations
      UNION ALL (SELECT practice_id, client_key FROM appointments WHERE client_key IS NOT NULL
        ORDER BY client_key LIMIT 200)
      """;

  private static final String RELATIONS =
      "SELECT table_name AS name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views()"
          + " WHERE NOT internal ORDER BY 1";

  private ExtractedMarket() {}

  /** Where another practice shows, as practice, relation or file, and text. */
  static List<String> leaks(Path workspace) {
    Path warehouse = workspace.resolve("warehouse/medspa.duckdb");
    Map<String, List<String>> marks = new LinkedHashMap<>();
    try (WarehouseQuery query = open(warehouse)) {
      query
          .rows(MARKS, row -> List.of(row.text("practice_id"), row.text("mark")))
          .forEach(
              mark -> marks.computeIfAbsent(mark.get(0), id -> new ArrayList<>()).add(mark.get(1)));
    }
    List<String> leaks = new ArrayList<>();
    for (String practice : marks.keySet()) {
      Path file = workspace.resolve("extracts").resolve(practice + ".duckdb");
      new Extract()
          .write(
              new Extract.Request(
                  warehouse,
                  new Audience(Audience.Kind.PRACTICE, practice),
                  file,
                  Optional.empty()));
      Map<String, String> texts = texts(file);
      marks.forEach(
          (other, theirs) -> {
            if (!other.equals(practice)) {
              theirs.stream()
                  .filter(mark -> !marks.get(practice).contains(mark))
                  .forEach(
                      mark ->
                          texts.forEach(
                              (place, text) -> {
                                if (text.contains(mark.toLowerCase(Locale.ROOT))) {
                                  leaks.add(practice + ": " + mark + " in " + place);
                                }
                              }));
            }
          });
    }
    return leaks;
  }

  /** All that is in a file: the rows of each relation by its name, and its bytes. */
  private static Map<String, String> texts(Path file) {
    Map<String, String> texts = new LinkedHashMap<>();
    try (WarehouseQuery query = open(file)) {
      for (String relation : query.rows(RELATIONS, row -> row.text("name"))) {
        texts.put(
            relation,
            String.join(
                    "\n",
                    query.rows(
                        "SELECT r::VARCHAR AS line FROM " + relation + " r",
                        row -> row.text("line")))
                .toLowerCase(Locale.ROOT)
                // Zones are named after cities, as places are.
                .replaceAll("america/\\w+", ""));
      }
      texts.put(
          "the file",
          new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
              .toLowerCase(Locale.ROOT)
              .replaceAll("america/\\w+", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  private static WarehouseQuery open(Path file) {
    return WarehouseQuery.open(file, WarehouseQuery.Limits.DEFAULT, WarehouseQuery.Results.WHOLE);
  }
}
