package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import medspa.warehouse.lake.DamagedFileException;
import medspa.warehouse.lake.LakeState;
import medspa.warehouse.relation.Relation;
import medspa.warehouse.relation.Relation.Kind;
import medspa.warehouse.relation.Relations;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PublisherTest {
  private static final LocalDate WEEK = LAST_WEEK;

  @RegisterExtension final LakeFixture lake = new LakeFixture();

  @BeforeEach
  void open() throws Exception {
    lake.location("glow", "austin", "TX");
  }

  @Test
  void everyRelationIsPublishedAsItIsDefinedWithAllItsComments() throws Exception {
    lake.write().publish();

    List<Relation> defined = new ArrayList<>(Relations.load().published());
    List<Relation> macros = defined.stream().filter(r -> r.kind() == Kind.MACRO).toList();
    defined.removeAll(macros);
    List<String> expected = new ArrayList<>();
    for (Relation relation : defined) {
      relation
          .columns()
          .forEach(
              c ->
                  expected.add(
                      relation.name() + "|" + c.name() + "|" + c.type() + "|" + c.comment()));
    }
    assertThat(
            lake.query(
                "SELECT table_name, column_name, data_type, comment FROM duckdb_columns()"
                    + " WHERE NOT internal"))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(
            lake.query(
                "SELECT table_name, comment FROM duckdb_tables() UNION ALL"
                    + " SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"))
        .containsExactlyInAnyOrderElementsOf(
            defined.stream().map(r -> r.name() + "|" + r.grain()).toList());
    for (Relation macro : macros) {
      assertThat(
              lake.query(
                  "SELECT comment FROM duckdb_functions() WHERE function_name = '"
                      + macro.name()
                      + "'"))
          .containsExactly(macro.grain());
      assertThat(
              lake.query(
                  "SELECT column_name, column_type FROM (DESCRIBE FROM "
                      + macro.name()
                      + "("
                      + String.join(", ", Collections.nCopies(macro.parameters().size(), "NULL"))
                      + "))"))
          .isEqualTo(macro.columns().stream().map(c -> c.name() + "|" + c.type()).toList());
    }
  }

  @Test
  void theFileIsReadOnlyAndNothingIsLeftBesideIt() throws Exception {
    Publication publication = lake.write().publish();

    assertThat(publication.warehouseFile()).isEqualTo(lake.warehouse.toAbsolutePath());
    assertThat(publication.rows()).containsEntry("locations", 1L).containsEntry("visits", 0L);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lake.warehouse)))
        .isEqualTo("r--r--r--");
    assertThat(filesBesideWarehouse()).containsExactly("medspa.duckdb");
  }

  @Test
  void aReaderThatHasTheOldFileOpenKeepsIt() throws Exception {
    lake.reading("runs");
    lake.write().publish();
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    try (Connection reader =
            DriverManager.getConnection("jdbc:duckdb:" + lake.warehouse, readOnly);
        Statement statement = reader.createStatement()) {
      lake.runId("run-2").write().publish();

      try (ResultSet rows = statement.executeQuery("SELECT run_id FROM runs")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("run-1");
      }
    }
    assertThat(lake.query("SELECT run_id FROM runs")).containsExactly("run-2");
  }

  @Test
  void aFailedCheckLeavesTheOldFileAndRemovesTheNewOne() throws Exception {
    lake.reading("measures_weekly");
    lake.write().publish();
    byte[] before = Files.readAllBytes(lake.warehouse);
    lake.runId("run-2")
        .provider("glow", "austin", "ann", WEEK, "bookable_seconds", "3600")
        .provider("glow", "austin", "ann", WEEK, "kept_seconds", "3599")
        .write();

    assertThatThrownBy(() -> lake.publish())
        .isInstanceOfSatisfying(
            CheckFailedException.class,
            e -> {
              assertThat(e.check()).isEqualTo("capacity_identity");
              assertThat(e.keys())
                  .contains(
                      "practice_id=glow, location_id=austin, grain=provider, member_id=ann,"
                          + " week_start=2026-03-30");
            })
        .hasMessageContaining("The check capacity_identity failed and nothing was published");

    assertThat(Files.readAllBytes(lake.warehouse)).isEqualTo(before);
    assertThat(filesBesideWarehouse()).containsExactly("medspa.duckdb");
  }

  @Test
  void whatAKilledRunLeftAndAForeignLogAreSwept() throws Exception {
    lake.reading("runs");
    Files.createDirectories(lake.warehouse.getParent());
    for (String name :
        List.of(".medspa.duckdb.new", ".medspa.duckdb.new.wal", "medspa.duckdb.wal")) {
      Files.writeString(lake.warehouse.resolveSibling(name), "left over");
    }
    Files.createDirectories(lake.warehouse.resolveSibling(".medspa.duckdb.tmp"));
    Files.writeString(lake.warehouse.resolveSibling(".medspa.duckdb.tmp").resolve("a"), "spilled");

    lake.write().publish();

    assertThat(filesBesideWarehouse()).containsExactly("medspa.duckdb");
    assertThat(lake.query("SELECT run_id FROM runs")).containsExactly("run-1");
  }

  @Test
  void withoutAComputationThereIsNothingToPublish() {
    assertThatThrownBy(() -> lake.publish())
        .isInstanceOf(NothingComputedException.class)
        .hasMessageContaining("run medspa compute first");
    assertThat(lake.warehouse).doesNotExist();
  }

  @Test
  void aDatasetThatIsNotThereOrLacksAColumnIsNamed() throws Exception {
    lake.write();
    LakeState state = LakeState.read(lake.lake).orElseThrow();
    Path visits = state.dataset(lake.lake, "silver/visits").orElseThrow();
    try (Stream<Path> files = Files.list(visits)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    lake.execute("COPY (SELECT 'glow' AS practice_id) TO '" + visits + "/a.parquet'");
    assertThatThrownBy(() -> lake.publish())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("silver/visits lacks the columns location_id, visit_key");

    Files.delete(visits.resolve("a.parquet"));
    Files.delete(visits);
    assertThatThrownBy(() -> lake.publish())
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining(visits + " is damaged. Run `medspa compute`");
  }

  @Test
  void aDatasetThatTheStateDoesNotNameIsAnEmptyRelation() throws Exception {
    new LakeState(
            "run-0",
            LakeFixture.AS_OF,
            java.util.Optional.empty(),
            WEEK,
            0,
            0,
            0,
            "digest",
            java.util.Map.of())
        .write(lake.lake);

    lake.publish();

    assertThat(lake.query("SELECT count(*) FROM appointments")).containsExactly("0");
    assertThat(lake.query("SELECT kpi FROM kpi_definitions ANTI JOIN kpi_unavailable USING (kpi)"))
        .isEmpty();
    assertThat(lake.query("SELECT min(date), max(date), count(*) FROM dates"))
        .containsExactly("2026-03-30|2026-04-06|8");
  }

  private List<String> filesBesideWarehouse() throws Exception {
    try (Stream<Path> files = Files.list(lake.warehouse.getParent())) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
