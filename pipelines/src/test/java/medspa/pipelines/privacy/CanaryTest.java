package medspa.pipelines.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise that no client's data passes ingestion, for every export format: a name, phone,
 * e-mail, birth date, card digits and a note are planted, everything is run in a process of its own
 * with verbose logs, its temporary and spill directories and Spark's event log inside the
 * workspace, and every byte outside {@code exports/} is searched, compressed pages, database and
 * PDFs opened.
 */
class CanaryTest {
  private static final String KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0-canary-key";

  @TempDir Path workspace;

  @Tag("full")
  @Test
  void noClientOfAnyExportIsAnywhereOutsideTheExports() throws Exception {
    CanaryExports exports = CanaryExports.write(workspace);
    Set<String> planted = exports.planted();
    assertThat(planted)
        .as("every shipped mapping has an export with canaries")
        .containsExactlyInAnyOrderElementsOf(CanaryExports.shipped());
    int exit = medspa("run", "-w", workspace.toString(), "--as-of", "2026-11-02", "--verbose");
    String log = Files.readString(workspace.resolve("run.log"));
    assertThat(exit).as(log).isEqualTo(3);
    medspa("status", "-w", workspace.toString(), "--verbose");
    medspa("identities", "suggest", "-w", workspace.toString(), "--verbose");
    Files.writeString(
        workspace.resolve("identities.csv"),
        "kind,source,value,canonical_id\n" + String.join(",", CanaryExports.CANARIES) + "\n");
    assertThat(medspa("ingest", "-w", workspace.toString(), "--verbose"))
        .as("a crosswalk of nothing but a client is refused, and not quoted")
        .isEqualTo(2);

    assertThat(log).as("the broken exports were met").contains("refused");
    assertThat(rowsPerMapping()).as("rows of every export passed").containsAll(planted);
    assertThat(maskedPerMapping())
        .as("what was typed into each export that names clients was masked")
        .containsAll(exports.typed());
    assertThat(bornPerMapping())
        .as("birth dates of each form passed where clients are")
        .containsAll(exports.born());
    assertThat(searched())
        .as("kinds of files that were searched")
        .contains("parquet", "duckdb", "pdf", "json", "log");
    assertThat(found()).isEmpty();
  }

  @Test
  void aCrashInTheMiddleOfAnIngestionLeavesNoClientBehind() throws Exception {
    Path exports = Files.createDirectories(workspace.resolve("exports"));
    StringBuilder rows =
        new StringBuilder("appointment_id,location_id,client_id,start_at,end_at,status,notes\n");
    for (int i = 0; i < 100_000; i++) {
      rows.append(i)
          .append(",austin,")
          .append(CanaryExports.CANARIES.get(0))
          .append(i)
          .append(",2026-06-01T10:00,2026-06-01T11:00,completed,")
          .append(CanaryExports.CANARIES.get(6))
          .append('\n');
    }
    Files.writeString(exports.resolve("appointments.csv"), rows);
    Files.writeString(
        workspace.resolve("medspa.yaml"),
        """
        practices:
          - {id: glow, name: Glow, locations: [{id: austin, name: Austin, time_zone: America/Chicago}]}
        sources:
          - {name: a, format: medspa, table: appointments, practice: glow, from: exports/appointments.csv}
        """);
    Process process = start("ingest", "-w", workspace.toString(), "--verbose");
    Path bronze = workspace.resolve("lake/bronze");
    for (int i = 0; i < 600 && process.isAlive() && !isBegun(bronze); i++) {
      Thread.sleep(50);
    }
    Thread.sleep(1_000);
    new ProcessBuilder("kill", "-SEGV", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(workspace.resolve("crash.log")).as("the crash report of the runtime").exists();
    assertThat(found()).isEmpty();
  }

  private static boolean isBegun(Path bronze) throws IOException {
    if (!Files.isDirectory(bronze)) {
      return false;
    }
    try (Stream<Path> files = Files.list(bronze)) {
      return files.findAny().isPresent();
    }
  }

  private int medspa(String... arguments) throws Exception {
    Process process = start(arguments);
    try {
      assertThat(process.waitFor(Duration.ofMinutes(10).toSeconds(), TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(String... arguments) throws IOException {
    Path temporary = Files.createDirectories(workspace.resolve("tmp"));
    Path events = Files.createDirectories(workspace.resolve("events"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx1500m",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=240m",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + workspace.resolve("crash.log"),
            "-Djava.awt.headless=true",
            "-Djava.io.tmpdir=" + temporary,
            "-Dspark.local.dir=" + temporary,
            "-Dspark.eventLog.enabled=true",
            "-Dspark.eventLog.compress=false",
            "-Dspark.eventLog.dir=" + events.toUri(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "medspa.pipelines.cli.Medspa"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("MEDSPA_PSEUDONYM_KEY", KEY);
    File log = workspace.resolve(arguments[0] + ".log").toFile();
    return builder.redirectErrorStream(true).redirectOutput(log).start();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(workspace)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(workspace.resolve("exports")))
          .filter(file -> !file.equals(workspace.resolve("medspa.yaml")))
          // The crosswalk may hold clients' ids, as the exports do.
          .filter(file -> !file.equals(workspace.resolve("identities.csv")))
          .filter(file -> !isLibraryOfTheDriver(file))
          .toList();
    }
  }

  /**
   * Whether this is the library that the DuckDB driver unpacks, byte by byte as the driver ships
   * it: a program that a crash leaves behind, and by far the largest file to search.
   */
  private static boolean isLibraryOfTheDriver(Path file) {
    if (!file.getFileName().toString().startsWith("libduckdb_java")) {
      return false;
    }
    for (String platform :
        List.of("linux_amd64", "linux_arm64", "macos_arm64", "osx_universal", "windows_amd64")) {
      try (InputStream shipped =
          DuckDBDriver.class.getResourceAsStream("/libduckdb_java.so_" + platform)) {
        if (shipped != null && Arrays.equals(shipped.readAllBytes(), Files.readAllBytes(file))) {
          return true;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return false;
  }

  private Set<String> searched() throws IOException {
    Set<String> kinds = new TreeSet<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      kinds.add(name.substring(name.lastIndexOf('.') + 1));
    }
    return kinds;
  }

  /** Each place where a canary or the key is, as file and text. */
  private List<String> found() throws Exception {
    List<String> wanted = new ArrayList<>(CanaryExports.CANARIES);
    // Parts of the texts, in case something cuts them.
    wanted.addAll(List.of("Zquilla", "Canaryname", "canarymail", "lidocaine", "49297777", KEY));
    wanted.add(CanaryExports.CROSSWALK);
    wanted.replaceAll(canary -> canary.toLowerCase(Locale.ROOT));
    List<String> found = new ArrayList<>();
    // One database for all files: to open one takes longer than to read a file.
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      for (Path file : files()) {
        for (String content : contents(file, duckdb)) {
          String text = content.toLowerCase(Locale.ROOT);
          for (String canary : wanted) {
            if (text.contains(canary)) {
              found.add(workspace.relativize(file) + ": " + canary);
            }
          }
        }
      }
    }
    return found;
  }

  /** A file's bytes in each encoding that text may have, and what is in it once it is opened. */
  private static List<String> contents(Path file, Connection duckdb) throws Exception {
    List<String> contents = new ArrayList<>();
    byte[] bytes = Files.readAllBytes(file);
    for (Charset charset :
        List.of(
            StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      contents.add(new String(bytes, charset));
    }
    String name = file.getFileName().toString();
    if (name.endsWith(".parquet")) {
      contents.add(query(duckdb, "SELECT t::VARCHAR FROM read_parquet('" + file + "') t"));
      contents.add(query(duckdb, "SELECT m::VARCHAR FROM parquet_metadata('" + file + "') m"));
    } else if (name.endsWith(".duckdb")) {
      query(duckdb, "ATTACH '" + file + "' AS w (READ_ONLY)");
      String tables =
          query(
              duckdb,
              "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = 'w'");
      for (String table : tables.lines().toList()) {
        contents.add(query(duckdb, "SELECT t::VARCHAR FROM w." + table + " t"));
      }
      contents.add(query(duckdb, "SELECT coalesce(comment, '') || sql FROM duckdb_tables()"));
      query(duckdb, "DETACH w");
    } else if (name.endsWith(".pdf")) {
      try (var pdf = Loader.loadPDF(bytes)) {
        contents.add(new PDFTextStripper().getText(pdf));
      }
    }
    return contents;
  }

  private Set<String> rowsPerMapping() throws Exception {
    return mappingsOfFiles("rows_accepted > 0");
  }

  private Set<String> maskedPerMapping() throws Exception {
    return mappingsOfFiles("cells_masked > 0 AND contains(file_name, '[client ')");
  }

  private Set<String> bornPerMapping() throws Exception {
    Set<String> born = new TreeSet<>();
    for (String form : List.of("born0", "born1")) {
      String condition = "rows_accepted > 0 AND contains(file_name, '" + form + "-')";
      mappingsOfFiles(condition).forEach(mapping -> born.add(form + " " + mapping));
    }
    return born;
  }

  private Set<String> mappingsOfFiles(String condition) throws Exception {
    Set<String> mappings = new TreeSet<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      query(
          duckdb, "ATTACH '" + workspace.resolve("warehouse/medspa.duckdb") + "' AS w (READ_ONLY)");
      query(duckdb, "SELECT DISTINCT source FROM w.ingest_files WHERE " + condition)
          .lines()
          .map(source -> source.split("\\.", -1)[1])
          .forEach(mappings::add);
    }
    return mappings;
  }

  /** The first column of what a statement gives, if it gives any, a line for each row. */
  private static String query(Connection duckdb, String sql) throws Exception {
    StringBuilder text = new StringBuilder();
    try (Statement statement = duckdb.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            text.append(rows.getString(1)).append('\n');
          }
        }
      }
    }
    return text.toString();
  }
}
