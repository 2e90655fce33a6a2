package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;
import medspa.warehouse.lake.LakeJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which files are named for a restated number: those whose rows differ from what was known, in the
 * days that the number rests on.
 */
class RestatementCausesTest {
  /** The week whose net revenue is restated. */
  private static final LocalDate WEEK = LAST_WEEK.minusDays(14);

  private static final LocalDate OTHER = LAST_WEEK;

  /** What all tests deliver; a practice for each. */
  private static final List<Delivered> ALL = new ArrayList<>();

  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(lake -> publishTwice(lake, ALL), "restatements");

  /** What a practice's sources deliver before and after the first publication. */
  private record Delivered(String practice, Deliveries before, Deliveries after) {}

  private interface Deliveries {
    void to(Sources sources) throws Exception;
  }

  /** Has the practice's deliveries published with those of the other tests. */
  private static String delivered(String practice, Deliveries before, Deliveries after) {
    ALL.add(new Delivered(practice, before, after));
    return practice;
  }

  /** A row of sale_lines or products: its key, its day if it has one, and its content. */
  private record Line(String location, String key, LocalDate day, String amount) {}

  private static Line line(String key, LocalDate day, String amount) {
    return new Line("austin", key, day, amount);
  }

  /** The sources of a practice, whose files are numbered in the order in which they come. */
  private static final class Sources {
    private final LakeFixture lake;
    private final String practice;
    private int files;
    private String newest;

    Sources(LakeFixture lake, String practice) throws Exception {
      this.lake = lake;
      this.practice = practice;
      lake.location(practice, practice + "-austin", "TX")
          .location(practice, practice + "-dallas", "TX")
          .has(practice, practice + "-austin", "sale_lines");
      revenue("100");
    }

    /** Adds to the net revenue of the week at the first location. */
    void revenue(String amount) throws Exception {
      lake.provider(practice, practice + "-austin", "unattributed", WEEK, "net_service", amount);
    }

    void sales(String source, Delivery delivery, Line... lines) throws Exception {
      batch(source, delivery, "sale_lines", Optional.empty(), lines);
    }

    void products(String source, String product, String cost) throws Exception {
      batch(source, Delivery.UPSERT, "products", Optional.empty(), line(product, null, cost));
    }

    String batch(
        String source, Delivery delivery, String table, Optional<String> replaces, Line... lines)
        throws Exception {
      long sequence = lake.nextSequence();
      String id = String.format(Locale.ROOT, "%08d-abc", sequence);
      Files.createDirectories(lake.lake.batch(id));
      boolean isFact = table.equals("sale_lines");
      List<String> rows = new ArrayList<>();
      TreeMap<String, List<LocalDate>> days = new TreeMap<>();
      for (Line line : lines) {
        String location = practice + "-" + line.location();
        rows.add(
            String.format(
                Locale.ROOT,
                "SELECT '%s' AS practice_id, %s '%s' AS source_file_id, CAST(%d AS BIGINT) AS"
                    + " source_line",
                practice,
                isFact
                    ? "'%s' AS location_id, '%s' AS sale_id, '1' AS line_id, DATE '%s' AS local_date, %s::DECIMAL(18,4) AS gross_amount,"
                        .formatted(location, line.key(), line.day(), line.amount())
                    : "'%s' AS product_id, %s::DECIMAL(18,4) AS unit_cost,"
                        .formatted(line.key(), line.amount()),
                id,
                rows.size() + 1));
        if (isFact) {
          days.computeIfAbsent(location, l -> new ArrayList<>()).add(line.day());
        }
      }
      lake.execute(
          "COPY ("
              + String.join(" UNION ALL ", rows)
              + ") TO '"
              + lake.lake.batchTable(id, table)
              + "' (FORMAT parquet)");
      List<Window> windows = new ArrayList<>();
      days.forEach(
          (location, dates) ->
              windows.add(
                  new Window(
                      location,
                      dates.stream().min(LocalDate::compareTo).orElseThrow(),
                      dates.stream().max(LocalDate::compareTo).orElseThrow())));
      LakeJson.replace(
          lake.lake.batch(id).resolve("batch.json"),
          new Batch(
              sequence,
              replaces.map(r -> Long.parseLong(r.substring(0, 8))).orElse(sequence),
              id,
              practice + "-" + source,
              practice,
              "exports/" + source + "-" + ++files + ".csv",
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
      newest = id;
      return id;
    }

    /** The last batch. */
    String newest() {
      return newest;
    }
  }

  /** Publishes what came before, and leaves to be published what came after. */
  private static void publishTwice(LakeFixture lake, List<Delivered> all) throws Exception {
    Map<String, Sources> sources = new TreeMap<>();
    for (Delivered delivered : all) {
      Sources own = new Sources(lake, delivered.practice());
      sources.put(delivered.practice(), own);
      delivered.before().to(own);
    }
    lake.runId("run-1").write().publish();
    lake.runId("run-2");
    for (Delivered delivered : all) {
      delivered.after().to(sources.get(delivered.practice()));
      sources.get(delivered.practice()).revenue("1");
    }
  }

  /** The causes of the location's net revenue, which has changed. */
  private static List<String> causes(LakeFixture lake, String practice) throws Exception {
    String causes =
        "SELECT cause, coalesce(file_name, from_version || ' ' || to_version) FROM restatements"
            + " WHERE publication = 2 AND practice_id = '%s' AND kpi = 'net_revenue'"
                .formatted(practice)
            + " AND grain = '%s' ORDER BY ALL";
    List<String> ofLocation = lake.query(causes.formatted("location"));
    assertThat(ofLocation)
        .as("the practice's number has the same causes")
        .isEqualTo(lake.query(causes.formatted("practice")));
    return ofLocation;
  }

  private static List<String> causes(String practice) throws Exception {
    return causes(LAKE.lake(), practice);
  }

  private static final String REPEATED =
      delivered(
          "repeated",
          at -> at.sales("sales", Delivery.UPSERT, line("a", WEEK, "100"), line("b", OTHER, "5")),
          at -> {
            at.sales("sales", Delivery.UPSERT, line("a", WEEK, "100"), line("b", OTHER, "6"));
            at.sales("sales", Delivery.UPSERT, line("a", WEEK.plusDays(6), "100"));
            at.sales("late", Delivery.APPEND, line("c", WEEK.plusDays(6), "1"));
            at.sales("late", Delivery.APPEND, line("d", WEEK.plusDays(7), "1"));
            at.sales("late", Delivery.APPEND, line("e", WEEK.minusDays(1), "1"));
          });

  @Test
  void aFileWithANewOrChangedRowInTheWeekIsNamedAndOneThatRepeatsIsNot() throws Exception {
    assertThat(causes(REPEATED))
        .containsExactly("file|exports/late-4.csv", "file|exports/sales-3.csv");
  }

  private static final String LACKING =
      delivered(
          "lacking",
          at -> {
            at.sales(
                "sales",
                Delivery.WINDOW,
                line("a", WEEK, "1"),
                line("b", WEEK, "2"),
                line("c", OTHER, "3"));
            at.sales("sales", Delivery.WINDOW, line("a", WEEK, "1"), line("x", OTHER, "3"));
          },
          at -> {
            // b was deleted before; nothing is new.
            at.sales("sales", Delivery.WINDOW, line("a", WEEK, "1"), line("x", OTHER, "3"));
            at.sales(
                "sales", Delivery.WINDOW, line("y", WEEK.minusDays(1), "1"), line("x", OTHER, "3"));
          });

  @Test
  void aWindowThatLacksARowOfTheWeekIsNamedOnce() throws Exception {
    assertThat(causes(LACKING)).containsExactly("file|exports/sales-4.csv");
  }

  private static final String MOVED =
      delivered(
          "moved",
          at -> at.sales("sales", Delivery.UPSERT, line("a", WEEK, "1")),
          at -> {
            at.sales("sales", Delivery.UPSERT, line("a", OTHER, "1"));
            at.sales("other", Delivery.UPSERT, line("z", OTHER, "1"));
          });

  @Test
  void aRowThatLeftTheWeekCountsForTheWeekItLeft() throws Exception {
    assertThat(causes(MOVED)).containsExactly("file|exports/sales-2.csv");
  }

  private static final String READ_AGAIN =
      delivered(
          "read-again",
          at -> at.sales("sales", Delivery.UPSERT, line("a", WEEK, "1"), line("b", OTHER, "1")),
          at -> {
            String former = at.newest();
            for (int i = 0; i < 2; i++) {
              former =
                  at.batch(
                      "sales",
                      Delivery.UPSERT,
                      "sale_lines",
                      Optional.of(former),
                      line("b", OTHER, "1"));
            }
          });

  @Test
  void aFileThatIsReadAgainIsNamedForWhatItNoLongerHolds() throws Exception {
    assertThat(causes(READ_AGAIN)).containsExactly("file|exports/sales-3.csv");
  }

  private static final String ELSEWHERE =
      delivered(
          "elsewhere",
          at -> at.sales("sales", Delivery.UPSERT, line("a", WEEK, "1")),
          at -> {
            at.sales("sales", Delivery.UPSERT, line("a", WEEK, "2"));
            at.sales("dallas", Delivery.UPSERT, new Line("dallas", "a", OTHER, "2"));
          });

  @Test
  void anotherLocationsFileIsNotNamed() throws Exception {
    assertThat(causes(ELSEWHERE)).containsExactly("file|exports/sales-2.csv");
  }

  private static final String UNTOUCHED =
      delivered(
          "untouched",
          at -> {
            at.sales("sales", Delivery.UPSERT, line("a", WEEK, "1"));
            at.products("products", "p", "5");
            at.products("menu", "q", "5");
          },
          at -> {
            at.products("products", "p", "6");
            at.products("menu", "q", "5");
            at.sales("dallas", Delivery.UPSERT, new Line("dallas", "a", OTHER, "2"));
            at.sales("sales", Delivery.UPSERT, line("a", WEEK, "1"));
          });

  @Test
  void whereNoFileTouchesTheWeekAllThatChangedAnythingAreNamed() throws Exception {
    assertThat(causes(UNTOUCHED))
        .containsExactly("file|exports/dallas-6.csv", "file|exports/products-4.csv");
  }

  @Test
  void aChangedConfigurationIsNamedRatherThanFilesOfOtherWeeks(@TempDir Path directory)
      throws Exception {
    try (LakeFixture lake = new LakeFixture(directory)) {
      lake.reading("restatements");
      publishTwice(
          lake,
          List.of(
              new Delivered(
                  "glow",
                  at -> at.sales("sales", Delivery.UPSERT, line("a", WEEK, "1")),
                  at -> at.sales("sales", Delivery.UPSERT, line("b", OTHER, "1")))));
      lake.configuration("digest-2").write().publish();

      assertThat(causes(lake, "glow")).containsExactly("configuration|digest digest-2");
    }
  }
}
