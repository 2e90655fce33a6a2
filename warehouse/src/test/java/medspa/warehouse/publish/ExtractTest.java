package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.market.Market.Detail;
import medspa.warehouse.publish.Extract.Audience;
import medspa.warehouse.publish.Extract.Written;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Eight practices in one warehouse, and what of it one audience gets. */
class ExtractTest {
  private static final int PRACTICES = 8;

  @RegisterExtension static final PublishedLake LAKE = new PublishedLake(ExtractTest::write);

  @TempDir Path directory;

  private static void write(LakeFixture lake) throws Exception {
    for (int i = 1; i <= PRACTICES; i++) {
      String practice = "zpractice" + i;
      String location = "zplace" + i;
      lake.location(practice, location, "TX").has(practice, location, "appointments", "sale_lines");
      // Who contributes to benchmarks is decided in the quarter's first week.
      for (LocalDate week : List.of(LAST_WEEK.minusWeeks(12), LAST_WEEK)) {
        lake.measure(practice, location, week, "visits_no_show", "" + i);
        lake.measure(practice, location, week, "visits_due", "40");
      }
      lake.rows(
          "silver/clients",
          "practice_id, client_key, is_deleted, source_file_id, source_line",
          "'" + practice + "', 'zclient" + i + "', false, 'file', 1");
    }
    spent(lake, "zpractice1", "referral", 6);
    spent(lake, "zpractice1", "walk-in", 1);
    spent(lake, "zpractice2", "referral", 2);
    spent(lake, "zpractice2", "website", 3);
    RefusedFile.write(
        lake.lake,
        List.of(
            new RefusedFile(
                "sales",
                "zpractice1",
                "exports/zfile1.csv",
                Optional.of(3L),
                Optional.empty(),
                "The last line is cut off.",
                "Export it again.")));
    lake.consultant("few", "zpractice1", "zpractice2")
        .consultant("many", "zpractice1", "zpractice2", "zpractice3", "zpractice4")
        .consultant("near", Detail.ROWS, "zpractice1", "zpractice2");
  }

  /** Clients of a channel who spent 100 each on one day of the autumn before. */
  private static void spent(LakeFixture lake, String practice, String channel, int clients)
      throws Exception {
    for (int i = 1; i <= clients; i++) {
      String client = "'" + practice + channel + i + "'";
      lake.rows(
              "silver/clients",
              "practice_id, client_key, acquisition_channel, is_deleted, source_file_id, source_line",
              "'" + practice + "', " + client + ", '" + channel + "', false, 'file', 1")
          .rows(
              "silver/sale_lines",
              "practice_id, location_id, sale_id, line_id, client_key, kind, quantity, net_amount,"
                  + " local_date, is_deleted, source_file_id, source_line",
              "'"
                  + practice
                  + "', '"
                  + practice.replace("practice", "place")
                  + "', "
                  + client
                  + ", "
                  + client
                  + ", "
                  + client
                  + ", 'service', 1, 100, DATE '2025-10-01', false, 'file', 1");
    }
  }

  private Written extract(Audience.Kind kind, String id, Path target) {
    return new Extract()
        .write(
            new Extract.Request(
                LAKE.lake().warehouse, new Audience(kind, id), target, Optional.empty()));
  }

  private Path extracted(Audience.Kind kind, String id) {
    Path target = directory.resolve(id + ".duckdb");
    extract(kind, id, target);
    return target;
  }

  /** Rows of a file as text. */
  private static List<String> query(Path file, String sql) throws Exception {
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file, readOnly);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  private static final String RELATIONS =
      "SELECT table_name || coalesce(comment, '') FROM (SELECT table_name, comment FROM"
          + " duckdb_tables() UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE NOT"
          + " internal) ORDER BY 1";

  private static final String COLUMNS =
      "SELECT table_name || '.' || column_name || ' ' || data_type || coalesce(comment, '') FROM"
          + " duckdb_columns() WHERE NOT internal ORDER BY 1";

  @Test
  void aPracticeGetsItsOwnRowsInTheSameRelations() throws Exception {
    Path file = extracted(Audience.Kind.PRACTICE, "zpractice3");

    assertThat(query(file, RELATIONS)).isEqualTo(LAKE.query(RELATIONS));
    assertThat(query(file, COLUMNS)).isEqualTo(LAKE.query(COLUMNS));
    for (String relation :
        List.of("kpi_weekly", "appointments", "clients", "locations", "sale_lines")) {
      assertThat(query(file, "SELECT r::VARCHAR FROM " + relation + " r ORDER BY 1"))
          .as(relation)
          .isNotEmpty()
          .isEqualTo(
              LAKE.query(
                  "SELECT r::VARCHAR FROM "
                      + relation
                      + " r WHERE practice_id = 'zpractice3' ORDER BY 1"));
    }
    assertThat(query(file, "SELECT audience_id || ' ' || detail FROM audience"))
        .containsExactly("zpractice3 rows");
    assertThat(query(file, "SELECT count(*) FROM kpi_definitions"))
        .isEqualTo(LAKE.query("SELECT count(*) FROM kpi_definitions"));
  }

  @Test
  void nothingOfAnotherPracticeIsInAnyRelationOrByte() throws Exception {
    Path file = extracted(Audience.Kind.PRACTICE, "zpractice3");
    List<String> texts = new ArrayList<>();
    texts.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    for (String relation :
        query(
            file,
            "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views()"
                + " WHERE NOT internal")) {
      texts.addAll(query(file, "SELECT r::VARCHAR FROM " + relation + " r"));
    }
    assertThat(texts).anyMatch(text -> text.contains("zpractice3"));
    for (int i = 1; i <= PRACTICES; i++) {
      if (i != 3) {
        String practice = "zpractice" + i;
        String place = "zplace" + i;
        String client = "zclient" + i;
        assertThat(texts)
            .noneMatch(
                text -> text.contains(practice) || text.contains(place) || text.contains(client));
      }
    }
  }

  @Test
  void aConsultantGetsNumbersOfThePracticesAndNoRowOfAClient() throws Exception {
    Path file = extracted(Audience.Kind.CONSULTANT, "few");

    assertThat(query(file, "SELECT DISTINCT practice_id FROM kpi_weekly ORDER BY 1"))
        .containsExactly("zpractice1", "zpractice2");
    assertThat(
            query(
                file,
                "SELECT (SELECT count(*) FROM appointments) + (SELECT count(*) FROM clients) +"
                    + " (SELECT count(*) FROM sale_lines) + (SELECT count(*) FROM visits)"))
        .containsExactly("0");
    assertThat(query(file, "SELECT file_name FROM refused_files"))
        .as("names of exports are the practice's")
        .isEmpty();
    assertThat(
            query(
                extracted(Audience.Kind.PRACTICE, "zpractice1"),
                "SELECT file_name FROM refused_files"))
        .containsExactly("exports/zfile1.csv");
    assertThat(query(file, "SELECT DISTINCT consultant_id FROM consultants"))
        .as("who else was engaged is not the consultant's")
        .containsExactly("few");
    assertThat(
            query(
                extracted(Audience.Kind.CONSULTANT, "near"),
                "SELECT count(*) || ' ' || min(detail) FROM clients, audience"))
        .as("with rows, as the configuration says")
        .containsExactly("28 rows");
  }

  @Tag("full")
  @Test
  void withoutRowsNoChannelOfLessThanFiveClientsTellsWhatTheySpent() throws Exception {
    String channels =
        "SELECT practice_id || ' ' || acquisition_channel || ' ' || clients || ' ' ||"
            + " CAST(net_revenue_per_client AS INTEGER) FROM clients_by_channel"
            + " WHERE horizon_days = 90 ORDER BY ALL";

    assertThat(query(extracted(Audience.Kind.CONSULTANT, "few"), channels))
        .containsExactly("zpractice1 referral 6 100", "zpractice2 other 5 100");
    assertThat(query(extracted(Audience.Kind.CONSULTANT, "near"), channels))
        .containsExactly(
            "zpractice1 referral 6 100",
            "zpractice1 walk-in 1 100",
            "zpractice2 referral 2 100",
            "zpractice2 website 3 100");
    assertThat(query(extracted(Audience.Kind.PRACTICE, "zpractice2"), channels)).hasSize(2);
  }

  @Tag("full")
  @Test
  void statisticsStayOnlyOverFivePracticesThatTheAudienceDoesNotKnow() throws Exception {
    String shown =
        "SELECT DISTINCT contributors || ' ' || coalesce(CAST(p50 IS NOT NULL AS VARCHAR), '') || ' ' || coalesce(withheld_reason, '') FROM kpi_benchmark WHERE"
            + " kpi = 'no_show_rate' AND range_weeks = 1 AND peer_group = 'all' AND week_start ="
            + " DATE '2026-03-30'";
    assertThat(LAKE.query(shown)).containsExactly("7 true ");
    assertThat(query(extracted(Audience.Kind.CONSULTANT, "few"), shown)).containsExactly("6 true ");
    assertThat(query(extracted(Audience.Kind.CONSULTANT, "many"), shown))
        .containsExactly("4 false only 4 other practices contribute, 5 are needed");
    assertThat(
            query(
                extracted(Audience.Kind.PRACTICE, "zpractice3"),
                "SELECT DISTINCT audience || ' ' || audience_id FROM peer_statistics UNION ALL SELECT"
                    + " 'consulted' FROM kpi_benchmark_consultant"))
        .as("of others' views a practice has none")
        .containsExactly("practice zpractice3");
  }

  @Test
  void aTableForEachRelationIsWrittenAsParquet() throws Exception {
    Path folder = directory.resolve("tables");
    Path target = directory.resolve("out.duckdb");
    new Extract()
        .write(
            new Extract.Request(
                LAKE.lake().warehouse,
                new Audience(Audience.Kind.PRACTICE, "zpractice2"),
                target,
                Optional.of(folder)));

    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT DISTINCT practice_id FROM read_parquet('"
                    + folder.resolve("kpi_weekly.parquet")
                    + "')")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("zpractice2");
      assertThat(rows.next()).isFalse();
    }
    Files.writeString(folder.resolve("thesis.docx"), "mine");
    assertThatThrownBy(
            () ->
                new Extract()
                    .write(
                        new Extract.Request(
                            LAKE.lake().warehouse,
                            new Audience(Audience.Kind.PRACTICE, "zpractice2"),
                            target,
                            Optional.of(folder))))
        .hasMessageContaining("other files than Parquet");
    assertThat(folder.resolve("thesis.docx")).exists();
  }

  @Test
  void whoeverIsUnknownGetsNothingAndIsToldWhoThereIs() {
    Path target = directory.resolve("out.duckdb");

    assertThatThrownBy(() -> extract(Audience.Kind.PRACTICE, "few", target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no practice few in the warehouse; there are zpractice1,");
    assertThatThrownBy(() -> extract(Audience.Kind.CONSULTANT, "zpractice1", target))
        .hasMessageContaining("There is no consultant zpractice1 in the warehouse; there are few,");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void noFileThatIsNoWarehouseIsReplaced() throws Exception {
    Path letter = Files.writeString(directory.resolve("letter.txt"), "Dear all");

    assertThatThrownBy(() -> extract(Audience.Kind.PRACTICE, "zpractice1", letter))
        .hasMessageContaining("is there and is no DuckDB file; name another file with -o");
    assertThat(letter).hasContent("Dear all");
    assertThatThrownBy(() -> extract(Audience.Kind.PRACTICE, "zpractice1", LAKE.lake().warehouse))
        .hasMessageContaining("would replace the warehouse");
    Path again = directory.resolve("again.duckdb");
    extract(Audience.Kind.PRACTICE, "zpractice1", again);
    extract(Audience.Kind.PRACTICE, "zpractice2", again);
    assertThat(query(again, "SELECT audience_id FROM audience")).containsExactly("zpractice2");
  }
}
