package medspa.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import medspa.warehouse.lake.DiskFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that keep a workspace over the years: check, clean, backup, restore, upgrade. */
class OperationsTest {
  @TempDir Path scratch;

  private SmallWorkspace workspace;

  @BeforeEach
  void ingestTheFirstDelivery() throws IOException {
    workspace = SmallWorkspace.in(scratch.resolve("spa"));
    assertThat(workspace.run("ingest").exit()).isZero();
  }

  private Map<String, String> bronze(SmallWorkspace of) throws IOException {
    Map<String, String> bronze = new TreeMap<>();
    for (String path : of.files()) {
      if (path.startsWith("lake/bronze") || path.startsWith("history/publications")) {
        bronze.put(
            path,
            new String(
                SmallWorkspace.bytes(of.directory().resolve(path)), StandardCharsets.ISO_8859_1));
      }
    }
    return bronze;
  }

  @Test
  void aWorkspaceIsRestoredFromItsBackupWithoutTheKeyAndWithoutWhatIsMadeAgain()
      throws IOException {
    workspace.write("exports/.late.csv.part", "half");
    workspace.write("lake/silver/visits/run/a.parquet", "made again");
    Path archive = scratch.resolve("backup.zip");
    CommandRun backup = workspace.run("backup", archive.toString());
    assertThat(backup.exit()).as(backup.err()).isZero();
    assertThat(backup.err())
        .contains(
            "The pseudonym key is not among them: keep " + workspace.directory().resolve("key"));

    Path target = scratch.resolve("restored");
    CommandRun restore = CommandRun.of("restore", archive.toString(), target.toString());
    assertThat(restore.exit()).as(restore.err()).isZero();
    assertThat(restore.err()).contains("Put the pseudonym key back");
    SmallWorkspace restored = new SmallWorkspace(target);
    assertThat(target.resolve("key")).doesNotExist();
    assertThat(target.resolve("lake/silver")).doesNotExist();
    assertThat(target.resolve("exports/.late.csv.part")).doesNotExist();
    assertThat(bronze(restored)).isNotEmpty().isEqualTo(bronze(workspace));

    restored.write("key", "0123456789abcdef0123456789abcdef");
    assertThat(restored.run("ingest").exit()).as("nothing is new").isEqualTo(99);
    assertThat(restored.run("check").out()).isEmpty();
  }

  @Test
  void nothingIsOverwrittenByABackupOrARestore() throws IOException {
    Path archive = scratch.resolve("backup.zip");
    Files.writeString(archive, "mine");
    CommandRun backup = workspace.run("backup", archive.toString());
    assertThat(backup.exit()).isEqualTo(2);
    assertThat(backup.err()).contains("is there already; nothing was changed");
    assertThat(Files.readString(archive)).isEqualTo("mine");

    Files.delete(archive);
    assertThat(workspace.run("backup", archive.toString()).exit()).isZero();
    CommandRun restore =
        CommandRun.of("restore", archive.toString(), workspace.directory().toString());
    assertThat(restore.exit()).isEqualTo(2);
    assertThat(restore.err()).contains("is not empty; nothing was changed");
  }

  @Test
  void aBackupThatIsNotWholeIsToldByItsName() throws IOException {
    Path archive = scratch.resolve("backup.zip");
    assertThat(workspace.run("backup", archive.toString()).exit()).isZero();
    byte[] bytes = Files.readAllBytes(archive);
    // More than the names and times between two files, which a single byte may hit.
    for (int i = bytes.length / 3; i < bytes.length / 3 + 500; i++) {
      bytes[i] ^= 0x10;
    }
    Path flipped = Files.write(scratch.resolve("flipped.zip"), bytes);
    Path cut = Files.write(scratch.resolve("cut.zip"), java.util.Arrays.copyOf(bytes, 4000));
    for (Path damaged : List.of(flipped, cut)) {
      CommandRun restore =
          CommandRun.of(
              "restore",
              damaged.toString(),
              scratch.resolve("to-" + damaged.getFileName()).toString());
      assertThat(restore.exit()).as(restore.err()).isEqualTo(5);
      assertThat(restore.err()).contains(damaged + " is damaged");
    }
  }

  @Test
  void whatKilledCommandsLeftIsListedAndRemovedOnlyWhenAsked() throws IOException {
    assertThat(workspace.run("clean").exit()).isEqualTo(99);
    List<String> before = workspace.files();
    Map<String, String> left =
        Map.of(
            "lake/bronze/.00000009-aaaaaaaaaaaa/sales.parquet", "half",
            "lake/.state.json.new", "{",
            "lake/.spark/blockmgr/1", "scratch",
            "lake/gold/measures_daily/old-run/part-0.parquet", "old rows",
            "warehouse/.medspa.duckdb.new", "half a warehouse",
            "warehouse/medspa.duckdb.wal", "foreign");
    for (Map.Entry<String, String> file : left.entrySet()) {
      workspace.write(file.getKey(), file.getValue());
    }

    CommandRun listed = workspace.run("clean");
    assertThat(listed.exit()).isZero();
    assertThat(listed.out())
        .contains(
            "lake/bronze/.00000009-aaaaaaaaaaaa: 4 bytes",
            "lake/.state.json.new: 1 bytes",
            "lake/.spark: 7 bytes",
            "lake/gold/measures_daily/old-run: 8 bytes",
            "warehouse/.medspa.duckdb.new: 16 bytes",
            "warehouse/medspa.duckdb.wal: 7 bytes");
    assertThat(listed.err()).contains("Nothing was removed; `medspa clean --yes` removes 43 bytes");
    assertThat(workspace.files()).hasSize(before.size() + left.size());

    CommandRun removed = workspace.run("clean", "--yes");
    assertThat(removed.err()).contains("Removed 43 bytes");
    assertThat(workspace.files()).isEqualTo(before);
  }

  @Test
  void whatNoExportHoldsAnyMoreIsNamedAndGivenUpOnlyWhenAsked() throws IOException {
    String batch =
        workspace.files().stream()
            .filter(path -> path.endsWith("sale_lines.parquet"))
            .findFirst()
            .orElseThrow();
    workspace.write(batch, "not Parquet");
    Files.delete(workspace.directory().resolve("exports/sales-2026-06-15.csv"));

    CommandRun ingest = workspace.run("ingest");
    assertThat(ingest.exit()).isEqualTo(5);
    assertThat(ingest.err())
        .contains(
            batch + " damaged: what was read of exports/sales-2026-06-15.csv, 4 rows that count",
            "put exports/sales-2026-06-15.csv back as it was and run this again",
            "medspa check --give-up");

    CommandRun givenUp = workspace.run("check", "--give-up");
    assertThat(givenUp.exit()).as(givenUp.err()).isZero();
    assertThat(givenUp.out()).contains("Gave up what was", "exports/sales-2026-06-15.csv, 4 rows");
    assertThat(workspace.directory().resolve("lake/lost"))
        .isDirectoryRecursivelyContaining("glob:**/sale_lines.parquet");
    assertThat(workspace.run("ingest").exit()).isEqualTo(3);
    assertThat(workspace.run("check").exit()).isZero();
  }

  @Test
  void aWorkspaceOfALaterVersionIsRefusedAndLeftAsItIs() throws IOException {
    workspace.write("lake/format.json", "{\"format\": 3, \"writtenBy\": \"9.0\"}");
    for (String command : new String[] {"ingest", "upgrade", "publish"}) {
      CommandRun run = workspace.run(command);
      assertThat(run.exit()).as(command).isEqualTo(2);
      assertThat(run.err())
          .contains("was written by a later version of the program: its format is 3");
    }
  }

  /** A workspace that the program wrote before files had seals and logs. */
  private SmallWorkspace ofFormatOne() throws IOException {
    Path target = scratch.resolve("format-1");
    try (ZipInputStream zip =
        new ZipInputStream(OperationsTest.class.getResourceAsStream("/workspaces/format-1.zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = target.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
    return new SmallWorkspace(target);
  }

  @Test
  void aWorkspaceOfTheFirstFormatIsBroughtUpAndHoldsWhatItHeld() throws IOException {
    SmallWorkspace old = ofFormatOne();
    CommandRun upgrade = old.run("upgrade");
    assertThat(upgrade.exit()).as(upgrade.err()).isZero();
    assertThat(upgrade.out()).contains("was of format 1 and is of format 2 now");
    assertThat(old.run("upgrade").exit()).isEqualTo(99);
    assertThat(old.run("check").out()).isEmpty();
    CommandRun ingest = old.run("ingest");
    assertThat(ingest.err()).contains("0 refused");
  }

  @Tag("full")
  @Test
  void theFirstFormatsNumbersAreWhatTheyWere() throws IOException {
    SmallWorkspace old = ofFormatOne();
    DiskFiles.remove(old.directory().resolve("lake/state.json"));
    old.worked();

    List<String> expected =
        new String(
                OperationsTest.class
                    .getResourceAsStream("/workspaces/format-1-numbers.txt")
                    .readAllBytes(),
                StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(numbers(old.directory().resolve("warehouse/medspa.duckdb"))).containsAll(expected);
    assertThat(old.run("check").out()).isEmpty();
  }

  /** The numbers and rows that the fixture tells, one a line. */
  private static List<String> numbers(Path warehouse) {
    Properties settings = new Properties();
    settings.setProperty("duckdb.read_only", "true");
    List<String> numbers = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse, settings);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT concat_ws(' ', 'kpi', kpi, location_id, week_start, round(value, 6)) FROM kpi_weekly
                UNION ALL SELECT concat_ws(' ', 'appointment', appointment_id, status, client_key, source_line) FROM appointments
                UNION ALL SELECT concat_ws(' ', 'sale', sale_id, net_amount, source_line) FROM sale_lines
                UNION ALL SELECT concat_ws(' ', 'payment', payment_id, amount, source_line) FROM payments
                UNION ALL SELECT concat_ws(' ', 'rejected', table_name, source_line, reason) FROM rejected_rows
                UNION ALL SELECT concat_ws(' ', 'replaced', table_name, source_line, replaced_by_line) FROM superseded_rows
                UNION ALL SELECT concat_ws(' ', 'publication', publication, as_of, numbers_changed) FROM publications
                ORDER BY 1
                """)) {
      while (rows.next()) {
        numbers.add(rows.getString(1));
      }
      return numbers;
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot read " + warehouse, e);
    }
  }
}
