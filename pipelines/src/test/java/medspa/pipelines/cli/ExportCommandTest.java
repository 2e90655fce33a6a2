package medspa.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
  @TempDir Path workspace;

  @BeforeEach
  void aWarehouse() throws Exception {
    Files.writeString(workspace.resolve("medspa.yaml"), "currency: USD\n");
    Files.createDirectories(workspace.resolve("warehouse"));
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:duckdb:" + workspace.resolve("warehouse/medspa.duckdb"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE runs AS SELECT DATE '2026-04-06' AS as_of");
      statement.execute(
          "CREATE TABLE locations AS SELECT 'austin' AS location_id, 'America/Chicago' AS time_zone");
    }
  }

  private CommandRun export(String asked, Path file) {
    return CommandRun.of("export", "-w", workspace.toString(), "-o", file.toString(), asked);
  }

  @Test
  void aRelationOrTheRowsOfAStatementBecomeAWorkbook() {
    for (String asked : new String[] {"locations", "SELECT 7 AS seven;"}) {
      Path file = workspace.resolve("rows.xlsx");
      CommandRun run = export(asked, file);
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.err()).contains("Wrote 1 row into " + file);
      assertThat(file).isNotEmptyFile();
    }
  }

  @Test
  void whatCannotBeWrittenLeavesNoFile() {
    Path file = workspace.resolve("rows.xlsx");
    for (String asked : new String[] {"nothing_such", "DROP TABLE runs", "SELECT error('no')"}) {
      CommandRun run = export(asked, file);
      assertThat(run.exit()).as(asked).isEqualTo(2);
      assertThat(run.err()).isNotBlank();
      assertThat(workspace.toFile().list()).doesNotContain("rows.xlsx", "rows.xlsx.part");
    }
    assertThat(export("locations", workspace.resolve("no/such/rows.xlsx")))
        .satisfies(
            run -> {
              assertThat(run.exit()).isEqualTo(2);
              assertThat(run.err()).contains("name another file with -o");
            });
  }
}
