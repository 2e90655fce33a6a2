package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;
import medspa.warehouse.lake.LakeJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Which files are named for a restated number: those whose rows differ from what was known, in the
 * days that the number rests on.
 */
class RestatementCausesTest {
  /** The week whose net revenue is restated. */
  private static final LocalDate WEEK = LAST_WEEK.minusDays(14);

  private static final LocalDate OTHER = LAST_WEEK;

  @RegisterExtension final LakeFixture lake = new LakeFixture();
  private long sequence;

  @BeforeEach
  void open() throws Exception {
    lake.location("glow", "austin", "TX").location("glow", "dallas", "TX");
    lake.has("glow", "austin", "sale_lines");
    lake.provider("glow", "austin", "unattributed", WEEK, "net_service", "100");
  }

  /** A row of sale_lines or products: its key, its day if it has one, and its content. */
  private record Line(String location, String key, LocalDate day, String amount) {}

  private static Line line(String key, LocalDate day, String amount) {
    return new Line("austin", key, day, amount);
  }

  private String batch(String source, Delivery delivery, Line... lines) throws Exception {
    return batch(source, delivery, "sale_lines", Optional.empty(), lines);
  }

  private String batch(
      String source, Delivery delivery, String table, Optional<String> replaces, Line... lines)
      throws Exception {
    sequence++;
    String id = String.format(Locale.ROOT, "%08d-abc", sequence);
    Files.createDirectories(lake.lake.batch(id));
    List<String> rows = new ArrayList<>();
    TreeMap<String, List<LocalDate>> days = new TreeMap<>();
    boolean isFact = table.equals("sale_lines");
    for (Line line : lines) {
      rows.add(
          String.format(
              Locale.ROOT,
              "SELECT 'glow' AS practice_id, %s '%s' AS source_file_id, CAST(%d AS BIGINT) AS source_line",
              isFact
                  ? "'%s' AS location_id, '%s' AS sale_id, '1' AS line_id, DATE '%s' AS local_date, %s::DECIMAL(18,4) AS gross_amount,"
                      .formatted(line.location(), line.key(), line.day(), line.amount())
                  : "'%s' AS product_id, %s::DECIMAL(18,4) AS unit_cost,"
                      .formatted(line.key(), line.amount()),
              id,
              rows.size() + 1));
      if (isFact) {
        days.computeIfAbsent(line.location(), l -> new ArrayList<>()).add(line.day());
      }
    }
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "COPY ("
              + String.join(" UNION ALL ", rows)
              + ") TO '"
              + lake.lake.batchTable(id, table)
              + "' (FORMAT parquet)");
    }
    List<Window> windows = new ArrayList<>();
    days.forEach(
        (location, dates) ->
            windows.add(
                new Window(
                    location,
                    dates.stream().min(LocalDate::compareTo).orElseThrow(),
                    dates.stream().max(LocalDate::compareTo).orElseThrow())));
    long order = replaces.map(r -> Long.parseLong(r.substring(0, 8))).orElse(sequence);
    LakeJson.replace(
        lake.lake.batch(id).resolve("batch.json"),
        new Batch(
            sequence,
            order,
            id,
            source,
            "glow",
            "exports/" + source + "-" + sequence + ".csv",
            "sha",
            "inputs",
            replaces,
            "medspa",
            delivery,
            Instant.parse("2026-04-06T08:00:00Z"),
            0,
            List.of(new TableCounts(table, lines.length, lines.length, 0, 0, 0, windows)),
            Optional.empty(),
            Optional.empty()));
    return id;
  }

  private void publish(String runId) throws Exception {
    lake.bronzeSequence(sequence).runId(runId).write().publish();
  }

  /** The causes of the location's net revenue, after it has changed. */
  private List<String> causes() throws Exception {
    lake.provider("glow", "austin", "unattributed", WEEK, "net_service", "1");
    publish("run-2");
    List<String> causes =
        lake.query(
            "SELECT cause, coalesce(file_name, from_version || ' ' || to_version)"
                + " FROM restatements WHERE publication = 2 AND grain = 'location'"
                + " AND kpi = 'net_revenue' ORDER BY ALL");
    assertThat(causes)
        .as("the practice's number has the same causes")
        .isEqualTo(
            lake.query(
                "SELECT cause, coalesce(file_name, from_version || ' ' || to_version)"
                    + " FROM restatements WHERE publication = 2 AND grain = 'practice'"
                    + " AND kpi = 'net_revenue' ORDER BY ALL"));
    return causes;
  }

  @Test
  void aFileWithANewOrChangedRowInTheWeekIsNamedAndOneThatRepeatsIsNot() throws Exception {
    batch("sales", Delivery.UPSERT, line("a", WEEK, "100"), line("b", OTHER, "5"));
    publish("run-1");
    batch("sales", Delivery.UPSERT, line("a", WEEK, "100"), line("b", OTHER, "6"));
    batch("sales", Delivery.UPSERT, line("a", WEEK.plusDays(6), "100"));
    batch("late", Delivery.APPEND, line("c", WEEK.plusDays(6), "1"));
    batch("late", Delivery.APPEND, line("d", WEEK.plusDays(7), "1"));
    batch("late", Delivery.APPEND, line("e", WEEK.minusDays(1), "1"));

    assertThat(causes()).containsExactly("file|exports/late-4.csv", "file|exports/sales-3.csv");
  }

  @Test
  void aWindowThatLacksARowOfTheWeekIsNamedOnce() throws Exception {
    batch(
        "sales",
        Delivery.WINDOW,
        line("a", WEEK, "1"),
        line("b", WEEK, "2"),
        line("c", OTHER, "3"));
    batch("sales", Delivery.WINDOW, line("a", WEEK, "1"), line("x", OTHER, "3"));
    publish("run-1");
    // b was deleted before; nothing is new.
    batch("sales", Delivery.WINDOW, line("a", WEEK, "1"), line("x", OTHER, "3"));
    batch("sales", Delivery.WINDOW, line("y", WEEK.minusDays(1), "1"), line("x", OTHER, "3"));

    assertThat(causes()).containsExactly("file|exports/sales-4.csv");
  }

  @Test
  void aRowThatLeftTheWeekCountsForTheWeekItLeft() throws Exception {
    batch("sales", Delivery.UPSERT, line("a", WEEK, "1"));
    publish("run-1");
    batch("sales", Delivery.UPSERT, line("a", OTHER, "1"));
    batch("other", Delivery.UPSERT, line("z", OTHER, "1"));

    assertThat(causes()).containsExactly("file|exports/sales-2.csv");
  }

  @Test
  void aFileThatIsReadAgainIsNamedForWhatItNoLongerHolds() throws Exception {
    String first = batch("sales", Delivery.UPSERT, line("a", WEEK, "1"), line("b", OTHER, "1"));
    publish("run-1");
    String again =
        batch("sales", Delivery.UPSERT, "sale_lines", Optional.of(first), line("b", OTHER, "1"));
    batch("sales", Delivery.UPSERT, "sale_lines", Optional.of(again), line("b", OTHER, "1"));

    assertThat(causes()).containsExactly("file|exports/sales-3.csv");
  }

  @Test
  void anotherLocationsFileIsNotNamed() throws Exception {
    batch("sales", Delivery.UPSERT, line("a", WEEK, "1"));
    publish("run-1");
    batch("sales", Delivery.UPSERT, line("a", WEEK, "2"));
    batch("dallas", Delivery.UPSERT, new Line("dallas", "a", OTHER, "2"));

    assertThat(causes()).containsExactly("file|exports/sales-2.csv");
  }

  @Test
  void whereNoFileTouchesTheWeekAllThatChangedAnythingAreNamed() throws Exception {
    batch("sales", Delivery.UPSERT, line("a", WEEK, "1"));
    batch("products", Delivery.UPSERT, "products", Optional.empty(), line("p", null, "5"));
    batch("menu", Delivery.UPSERT, "products", Optional.empty(), line("q", null, "5"));
    publish("run-1");
    batch("products", Delivery.UPSERT, "products", Optional.empty(), line("p", null, "6"));
    batch("menu", Delivery.UPSERT, "products", Optional.empty(), line("q", null, "5"));
    batch("dallas", Delivery.UPSERT, new Line("dallas", "a", OTHER, "2"));
    batch("sales", Delivery.UPSERT, line("a", WEEK, "1"));

    assertThat(causes())
        .containsExactly("file|exports/dallas-6.csv", "file|exports/products-4.csv");
  }

  @Test
  void aChangedConfigurationIsNamedRatherThanFilesOfOtherWeeks() throws Exception {
    batch("sales", Delivery.UPSERT, line("a", WEEK, "1"));
    publish("run-1");
    batch("sales", Delivery.UPSERT, line("b", OTHER, "1"));
    lake.configuration("digest-2");

    assertThat(causes()).containsExactly("configuration|digest digest-2");
  }
}
