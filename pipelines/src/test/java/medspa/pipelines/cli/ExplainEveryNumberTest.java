package medspa.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import medspa.warehouse.explain.Contribution;
import medspa.warehouse.explain.Contribution.Origin;
import medspa.warehouse.explain.Explainer;
import medspa.warehouse.explain.Explanation;
import medspa.warehouse.explain.Explanation.Explained;
import medspa.warehouse.explain.Explanation.Part;
import medspa.warehouse.explain.Subject;
import medspa.warehouse.kpi.KpiCatalogue;
import medspa.warehouse.kpi.KpiDefinition;
import medspa.warehouse.measure.Grain;
import medspa.warehouse.query.WarehouseQuery;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every published number of a small market is explained: the rows add up to numerator and
 * denominator, and stand on the lines of the exports that are named.
 */
@Tag("full")
class ExplainEveryNumberTest {
  private static final Map<String, String> RELATIONS =
      Map.of(
          "kpi_weekly", "location_id, NULL AS member_id",
          "kpi_weekly_provider", "location_id, provider_id",
          "kpi_weekly_room", "location_id, room_id",
          "kpi_weekly_category", "location_id, category",
          "kpi_weekly_product", "location_id, product_id",
          "kpi_weekly_practice", "NULL, NULL",
          "kpi_weekly_region", "NULL, region");

  private static final String ZEROS =
      "SELECT replace('kpi_weekly_' || grain, '_location', ''), practice_id, location_id, member_id,"
          + " week_start, kpi FROM kpi_weekly_zeros";

  @TempDir static Path workspace;

  /** A published number. */
  private record Figure(String kpi, Subject subject, LocalDate week) {}

  @BeforeAll
  static void runTheMarket() {
    ExplainedMarket.write(workspace);
    CommandRun run =
        CommandRun.of(
            "run", "-w", workspace.toString(), "--as-of", ExplainedMarket.AS_OF.toString());
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private static Path warehouse() {
    return workspace.resolve("warehouse/medspa.duckdb");
  }

  private static CommandRun explain(String... arguments) {
    List<String> all = new ArrayList<>(List.of("explain", "-w", workspace.toString()));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }

  /** In an order in which numbers that share rows follow each other. */
  private static List<Figure> published(WarehouseQuery query) {
    String all =
        RELATIONS.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                e ->
                    "SELECT '%s' AS relation, practice_id, %s, week_start, kpi FROM %s"
                        .formatted(e.getKey(), e.getValue(), e.getKey()))
            .collect(Collectors.joining(" UNION ALL "));
    return query.rows(
        all + " UNION ALL " + ZEROS + " ORDER BY ALL",
        row ->
            new Figure(
                row.text("kpi"),
                subject(
                    row.text("relation"),
                    row.text("practice_id"),
                    row.text("location_id"),
                    row.text("member_id")),
                row.date("week_start")));
  }

  private static Subject subject(String relation, String practice, String location, String member) {
    String grain = relation.replaceAll("kpi_weekly_?", "");
    return switch (grain) {
      case "" -> new Subject.OfLocation(location);
      case "practice" -> new Subject.OfPractice(practice);
      case "region" -> new Subject.OfRegion(practice, member);
      default ->
          new Subject.OfMember(location, Grain.valueOf(grain.toUpperCase(Locale.ROOT)), member);
    };
  }

  @Test
  void theRowsOfEachNumberOfTheLastWeekAddUpToItAndStandOnTheirLines() {
    LocalDate last = ExplainedMarket.AS_OF.minusDays(7);
    // Who is new in the last week has not had 90 days to return.
    addUpAndStandOnTheirLines(
        figure -> figure.week().equals(last) || figure.kpi().equals("new_client_return_90"), 200);
  }

  @Test
  void theRowsOfEveryPublishedNumberAddUpToItAndStandOnTheirLines() {
    addUpAndStandOnTheirLines(number -> true, 2_000);
  }

  private static void addUpAndStandOnTheirLines(Predicate<Figure> wanted, int lineCount) {
    Set<String> explained = new TreeSet<>();
    Set<String> zeros = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    Lines lines = new Lines();
    try (WarehouseQuery query = WarehouseQuery.open(warehouse(), WarehouseQuery.Limits.DEFAULT)) {
      Explainer explainer = new Explainer(query);
      for (Figure number : published(query).stream().filter(wanted).toList()) {
        Explanation explanation = explainer.explain(number.kpi(), number.subject(), number.week());
        if (!(explanation instanceof Explained found) || !found.addsUp()) {
          wrong.add(number + ": " + explanation);
          continue;
        }
        explained.add(number.kpi());
        if (found.parts().size() == 1 && found.value().getAsDouble() == 0) {
          zeros.add(number.kpi());
        }
        for (Part part : found.parts()) {
          lines.check(part.contributions());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(lines.wrong).isEmpty();
    assertThat(zeros).contains("overtime_hours", "double_bookings");
    assertThat(lines.checked).hasSizeGreaterThan(lineCount);
    assertThat(explained)
        .containsExactlyInAnyOrderElementsOf(
            KpiCatalogue.load().all().stream().map(KpiDefinition::id).toList());
  }

  /** The exports as files of lines, and what was found wrong about them. */
  private static final class Lines {
    private final Map<String, List<String>> files = new HashMap<>();
    private final Set<String> checked = new HashSet<>();
    private final Set<String> wrong = new TreeSet<>();

    void check(List<Contribution> rows) {
      for (Contribution row : rows) {
        Optional<Long> line = row.origin().flatMap(Origin::line);
        if (line.isPresent()) {
          check(row, row.origin().get().fileName(), line.get());
        } else if (row.origin().isPresent()
            != row.origin().map(Origin::fileName).filter("medspa.yaml"::equals).isPresent()) {
          wrong.add(row.toString());
        }
      }
    }

    private void check(Contribution row, String file, long line) {
      if (!checked.add(file + ":" + line + ":" + row.recordId())) {
        return;
      }
      List<String> lines = files.computeIfAbsent(file, Lines::read);
      String begins = row.recordId().replace('/', ',') + ",";
      if (line < 2 || line > lines.size() || !lines.get((int) line - 1).startsWith(begins)) {
        wrong.add(file + " line " + line + " does not begin with " + begins);
      }
    }

    private static List<String> read(String file) {
      try {
        return Files.readAllLines(workspace.resolve(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void theTextTellsDefinitionFigureAndRows() {
    CommandRun run = explain("fill_rate", "--location", "austin", "--week", "2026-11-04");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith(
            "Fill rate of Austin (austin) of Glow\n  week         2026-11-02 to 2026-11-08\n")
        .contains(
            "fill_rate, version 1: Share of the bookable provider time",
            "kept minutes ÷ bookable minutes",
            "numerator: minutes kept",
            "kept 45 min of 23:15–00:45, P2",
            "exports/appointments.csv",
            ", the published numerator.",
            ", the published denominator.");
  }

  @Test
  void aCountAndARatioStandWithoutAWordForTheirUnit() {
    assertThat(explain("double_bookings", "--location", "austin", "--week", "2026-11-02").out())
        .containsPattern("value +\\d+\n");
    assertThat(explain("duration_ratio", "--location", "austin", "--week", "2026-11-02").out())
        .containsPattern("value +\\d\\.\\d{1,4}\n");
  }

  @Test
  void aLongTableIsCutAndSaysHowMuchIsLeft() {
    CommandRun cut =
        explain("no_show_rate", "--location", "austin", "--week", "2026-11-02", "--limit", "2");
    assertThat(cut.out()).containsPattern("and \\d+ more, together \\d+; --limit 0, --format csv");
    CommandRun whole =
        explain("no_show_rate", "--location", "austin", "--week", "2026-11-02", "--limit", "0");
    assertThat(whole.out())
        .doesNotContain(" more, together")
        .hasSizeGreaterThan(cut.out().length());
  }

  @Test
  void csvAndJsonHoldEveryRow() throws IOException {
    CommandRun csv =
        explain("net_revenue", "--location", "soho", "--week", "2026-10-19", "--format", "csv");
    CommandRun json =
        explain("net_revenue", "--location", "soho", "--week", "2026-10-19", "--format", "json");
    assertThat(csv.out().lines().findFirst())
        .hasValue(
            "part,measure,contribution,words,table_name,record_id,local_date,source,file_name,"
                + "source_line,source_file_id");
    var tree = new com.fasterxml.jackson.databind.ObjectMapper().readTree(json.out());
    assertThat(tree.path("adds_up").asBoolean()).isTrue();
    assertThat(tree.path("parts").get(0).path("rows")).hasSize((int) csv.out().lines().count() - 1);
    assertThat(tree.path("definition").path("unit").asText()).isEqualTo("money");
    assertThat(csv.out()).contains("service, net -100.00 = -100.00 − 0.00, P3");
  }

  @Test
  void aPracticeIsTheListOfItsLocations() {
    CommandRun run = explain("average_ticket", "--practice", "glow", "--week", "2026-11-02");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("Glow (glow), all its locations", "| austin |", "| soho   |", "with --location");
    assertThat(
            explain(
                    "average_ticket",
                    "--practice",
                    "glow",
                    "--region",
                    "NY",
                    "--week",
                    "2026-11-02")
                .out())
        .contains("| soho   |")
        .doesNotContain("| austin |");
  }

  @Test
  void aNumberThatIsNotAvailableSaysWhy() {
    CommandRun run = explain("fill_rate", "--location", "reno", "--week", "2026-11-09");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("not available: no shift export and no shift template")
        .contains("kept minutes ÷ bookable minutes");
    assertThat(explain("net_revenue", "--practice", "solo", "--week", "2026-11-09").out())
        .contains("not available: none of the locations has a number in this week");
  }

  @Test
  void unknownNamesAreAnsweredWithThoseThereAre() {
    String week = "2026-11-02";
    assertThat(explain("fillrate", "--location", "austin", "--week", week).err())
        .contains("There is no KPI fillrate", "fill_rate");
    assertThat(explain("fill_rate", "--location", "austn", "--week", week).err())
        .contains("There is no location austn; there are austin, reno, soho");
    assertThat(
            explain("fill_rate", "--location", "austin", "--provider", "P9", "--week", week).err())
        .contains("There is no provider with fill_rate at austin P9; there are P1, P2");
    assertThat(explain("fill_rate", "--practice", "glo", "--week", week).err())
        .contains("There is no practice glo; there are glow, solo");
    assertThat(explain("fill_rate", "--practice", "glow", "--region", "CA", "--week", week).err())
        .contains("There is no region of glow CA; there are NY, TX");
    assertThat(
            explain("collection_rate", "--location", "austin", "--provider", "P1", "--week", week)
                .err())
        .contains("collection_rate is not published by provider; it is by location");
    CommandRun late = explain("fill_rate", "--location", "austin", "--week", "2026-11-16");
    assertThat(late.exit()).isEqualTo(2);
    assertThat(late.err())
        .contains("The week of 2026-11-16 is not computed; weeks begin on")
        .contains("to 2026-11-09");
  }

  @Test
  void halfACommandIsRefusedWithWhatIsMissing() {
    assertThat(explain("fill_rate", "--week", "2026-11-02").err())
        .contains("Give either --location ID or --practice ID.");
    assertThat(
            explain("fill_rate", "--practice", "glow", "--provider", "P1", "--week", "2026-11-02")
                .err())
        .contains("with --location ID");
    CommandRun region =
        explain("fill_rate", "--location", "austin", "--region", "TX", "--week", "2026-11-02");
    assertThat(region.exit()).isEqualTo(2);
    assertThat(region.err()).contains("give --practice ID instead of --location");
  }

  @Test
  void rowsThatDoNotAddUpEndWithCodeFiveAndBothFigures() throws IOException, SQLException {
    byte[] whole = Files.readAllBytes(warehouse());
    try {
      Files.setPosixFilePermissions(warehouse(), PosixFilePermissions.fromString("rw-------"));
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse());
          Statement statement = connection.createStatement()) {
        statement.execute(
            "UPDATE kpi_weekly SET numerator = 12345.5 WHERE kpi = 'fill_rate'"
                + " AND location_id = 'austin'");
      }
      CommandRun run = explain("fill_rate", "--location", "austin", "--week", "2026-11-02");
      assertThat(run.exit()).isEqualTo(5);
      assertThat(run.err())
          .containsPattern(
              "The rows of the numerator add up to \\d+\\.\\d+, but published is 12345");
      assertThat(run.out()).contains("but published is 12345.5.");
    } finally {
      Files.write(warehouse(), whole);
      Files.setPosixFilePermissions(warehouse(), PosixFilePermissions.fromString("r--r--r--"));
    }
  }

  @Test
  void noClientIsNamed() {
    for (String kpi : List.of("no_show_rate", "average_ticket", "collection_rate")) {
      CommandRun run =
          explain(kpi, "--location", "austin", "--week", "2026-11-02", "--format", "csv");
      assertThat(run.out()).doesNotContainPattern("\\bC\\d+\\b").doesNotContain("of two");
    }
  }
}
