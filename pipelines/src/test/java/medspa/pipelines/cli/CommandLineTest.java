package medspa.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import medspa.pipelines.run.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person or a script meets before any number is computed: messages and exit codes. */
class CommandLineTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @TempDir Path directory;

  @Test
  void anUnknownCommandOrOptionIsWrongUsage() {
    assertThat(CommandRun.of("frobnicate").exit()).isEqualTo(2);
    CommandRun run = CommandRun.of("run", "--as-of", "yesterday", "-w", "x");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("yesterday");
    CommandRun nowhere = CommandRun.of("ingest");
    assertThat(nowhere.exit()).isEqualTo(2);
    assertThat(nowhere.err()).contains("name a workspace with -w DIR or MEDSPA_WORKSPACE");
  }

  @Test
  void everyCommandHasHelpAndTheExitCodesAreTold() {
    assertThat(CommandRun.of("--help").out())
        .contains("data refused", "a check failed", "nothing to do");
    for (String command :
        new String[] {
          "demo",
          "init",
          "run",
          "pull",
          "ingest",
          "compute",
          "publish",
          "report",
          "query",
          "status",
          "health",
          "mapping",
          "identities"
        }) {
      CommandRun run = CommandRun.of(command, "--help");
      assertThat(run.exit()).as(command).isZero();
      assertThat(run.out()).as(command).contains("Usage: medspa " + command);
    }
  }

  @Test
  void initWritesAConfigurationThatIsValidAndNeverOverwritesOne() throws IOException {
    Path workspace = directory.resolve("spa");
    assertThat(CommandRun.of("init", workspace.toString()).exit()).isZero();
    assertThat(workspace.resolve("exports")).isDirectory();
    CommandRun ingest = CommandRun.of("ingest", "-w", workspace.toString());
    assertThat(ingest.err())
        .as("the template is valid; what is missing is the key")
        .contains("There is no pseudonym key", "openssl rand -hex 32");
    assertThat(ingest.exit()).isEqualTo(2);

    Files.writeString(workspace.resolve("medspa.yaml"), "mine");
    assertThat(CommandRun.of("init", workspace.toString()).exit()).isEqualTo(2);
    assertThat(workspace.resolve("medspa.yaml")).hasContent("mine");
  }

  @Test
  void aDirectoryThatIsNoWorkspaceSaysHowToMakeOne() {
    CommandRun run = CommandRun.of("run", "-w", directory.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("there is no configuration", "medspa init");
  }

  private Path workspaceWithKey(String key) throws IOException {
    Files.writeString(directory.resolve("key"), key);
    Files.writeString(
        directory.resolve("medspa.yaml"),
        """
        pseudonym_key_file: key
        practices:
          - {id: glow, name: Glow, locations: [{id: austin, name: Austin, time_zone: America/Chicago}]}
        sources:
          - {name: products, format: medspa, table: products, practice: glow, from: exports/products.csv}
        """);
    return directory;
  }

  @Test
  void aKeyThatCanBeGuessedIsRefusedWithoutPrintingIt() throws IOException {
    CommandRun run = CommandRun.of("ingest", "-w", workspaceWithKey("guess me").toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("must have 32").doesNotContain("guess me");
  }

  @Test
  void aKeyOfFewDifferentBytesIsRefused() throws IOException {
    CommandRun run = CommandRun.of("ingest", "-w", workspaceWithKey("k".repeat(32)).toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("only 1 different bytes", "openssl rand -hex 32");
  }

  @Test
  void aKeyThatWasNeverUsedHereHasNothingReadAgainUnlessItIsSaid() throws IOException {
    Path workspace = workspaceWithKey(KEY);
    Files.writeString(
        workspace.resolve("medspa.yaml"),
        Files.readString(workspace.resolve("medspa.yaml"))
            .replace("table: products", "table: clients")
            .replace("products", "clients"));
    Files.createDirectories(workspace.resolve("exports"));
    Files.writeString(workspace.resolve("exports/clients.csv"), "client_id\nC1\nC2\n");
    String w = workspace.toString();
    assertThat(CommandRun.of("ingest", "-w", w).exit()).isZero();
    assertThat(CommandRun.of("ingest", "-w", w).exit()).isEqualTo(99);

    Files.writeString(workspace.resolve("key"), KEY.replace('0', 'x'));
    CommandRun other = CommandRun.of("ingest", "-w", w);
    assertThat(other.exit()).isEqualTo(2);
    assertThat(other.err()).contains("1 files were read under another pseudonym key", "--new-key");
    assertThat(CommandRun.of("status", "-w", w).out())
        .contains("ingest: exit code 2: 1 files were read under another pseudonym key");
    assertThat(CommandRun.of("ingest", "-w", w, "--new-key").err())
        .contains("Ingested 1 new files");
    assertThat(CommandRun.of("ingest", "-w", w).exit()).as("asked once").isEqualTo(99);
  }

  @ParameterizedTest
  @CsvSource({"'', rwx------", "readable_by: group, rwxr-x---", "readable_by: owner, rwx------"})
  void onlyTheOwnerAndWhomHeNamesMayEnterWhatIsKept(String setting, String mode)
      throws IOException {
    Path workspace = workspaceWithKey(KEY);
    Files.writeString(
        workspace.resolve("medspa.yaml"),
        Files.readString(workspace.resolve("medspa.yaml")) + setting + "\n");
    Files.createDirectories(
        workspace.resolve("lake"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx")));
    Files.createDirectories(workspace.resolve("exports"));
    Files.writeString(workspace.resolve("exports/products.csv"), "product_id,name\nBTX,Toxin\n");
    assertThat(CommandRun.of("ingest", "-w", workspace.toString()).exit()).isZero();
    for (String name : new String[] {"lake", "history", "warehouse", "reports", "logs"}) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(workspace.resolve(name))))
          .as(name)
          .isEqualTo(mode);
    }
  }

  @Test
  void aGroupThatMayReadKeepsWhatItMayBeyondThatAndNewFilesTheirGroup() throws IOException {
    Path workspace = workspaceWithKey(KEY);
    Files.writeString(
        workspace.resolve("medspa.yaml"),
        Files.readString(workspace.resolve("medspa.yaml")) + "readable_by: group\n");
    Path lake = Files.createDirectories(workspace.resolve("lake"));
    Files.setAttribute(lake, "unix:mode", 02775);
    Files.createDirectories(workspace.resolve("exports"));
    Files.writeString(workspace.resolve("exports/products.csv"), "product_id,name\nBTX,Toxin\n");
    assertThat(CommandRun.of("ingest", "-w", workspace.toString()).exit()).isZero();
    assertThat((int) Files.getAttribute(lake, "unix:mode") & 07777).isEqualTo(02770);
  }

  @Test
  void problemsAreRedOnATerminalUnlessNobodyWantsColours() {
    assertThat(Terminal.coloured("Refused", true, null)).isEqualTo("\u001b[31mRefused\u001b[0m");
    assertThat(Terminal.coloured("Refused", true, "")).contains("[31m");
    assertThat(Terminal.coloured("Refused", true, "1")).isEqualTo("Refused");
    assertThat(Terminal.coloured("Refused", false, null)).isEqualTo("Refused");
  }

  @Test
  void whatACommandSaysIsKeptAlsoWhenItIsQuiet() throws IOException {
    Path workspace = workspaceWithKey(KEY);
    Files.createDirectories(workspace.resolve("exports"));
    Files.writeString(workspace.resolve("exports/products.csv"), "product_id,name\nBTX,Toxin\n");
    assertThat(CommandRun.of("ingest", "-w", workspace.toString(), "-q").err()).isEmpty();
    Files.delete(workspace.resolve("exports/products.csv"));
    assertThat(CommandRun.of("report", "-w", workspace.toString()).exit()).isEqualTo(2);
    try (Stream<Path> logs = Files.list(workspace.resolve("logs"))) {
      List<Path> files = logs.filter(file -> file.toString().endsWith(".log")).sorted().toList();
      assertThat(files).hasSize(2);
      assertThat(files.get(0).toString()).endsWith("Z-ingest.log");
      assertThat(Path.of(files.get(0).toString().replace(".log", ".json")))
          .content()
          .contains(
              "\"medspa_version\" : \"" + Version.CURRENT + "\"",
              "\"file\" : \"exports/products.csv\"",
              "\"sha256\" : \"",
              "\"accepted\" : 1",
              "\"exit_code\" : 0");
      List<JsonNode> events = new ArrayList<>();
      for (String line : Files.readAllLines(workspace.resolve("logs/lineage.jsonl"))) {
        events.add(new ObjectMapper().readTree(line));
      }
      assertThat(events)
          .extracting(
              event -> event.path("eventType").asText(),
              event -> event.path("job").path("name").asText(),
              event -> event.path("inputs").size())
          .containsExactly(
              tuple("START", "medspa.ingest", 0),
              tuple("COMPLETE", "medspa.ingest", 1),
              tuple("START", "medspa.report", 0),
              tuple("FAIL", "medspa.report", 0));
      assertThat(events)
          .extracting(event -> event.path("run").path("runId").asText())
          .allMatch(id -> UUID.fromString(id).toString().equals(id))
          .satisfies(
              ids -> {
                assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
                assertThat(ids.get(2)).isEqualTo(ids.get(3));
              });
      assertThat(events.get(1).path("inputs").get(0).path("name").asText())
          .isEqualTo(workspace.resolve("exports/products.csv").toString());
      assertThat(
              events
                  .get(3)
                  .path("run")
                  .path("facets")
                  .path("errorMessage")
                  .path("message")
                  .asText())
          .startsWith("There is no warehouse");
      assertThat(files.get(0))
          .content()
          .contains(
              "exports/products.csv: 1 products",
              "Ingested 1 new files; 0 were known, 0 refused.",
              "ended with exit code 0");
      assertThat(files.get(1)).content().contains("ended with exit code 2: There is no warehouse");
    }
  }

  @Test
  void aMissingExportIsRefusedDataAndNamesTheSource() throws IOException {
    CommandRun run = CommandRun.of("ingest", "-w", workspaceWithKey(KEY).toString());
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("exports/products.csv", "No file matches", "source products");
  }

  @Test
  void theSecondCommandOnAWorkspaceIsToldWhoHoldsIt() throws IOException {
    Path workspace = workspaceWithKey(KEY);
    Files.writeString(workspace.resolve(".medspa.lock.holder"), "process 4711 (medspa run)");
    try (FileChannel channel =
        FileChannel.open(
            workspace.resolve(".medspa.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      assertThat(channel.tryLock()).isNotNull();
      CommandRun run = CommandRun.of("ingest", "-w", workspace.toString());
      assertThat(run.exit()).isEqualTo(4);
      assertThat(run.err()).contains("in use by process 4711 (medspa run)");
    }
  }

  @Test
  void aQueryOrReportBeforeTheFirstPublicationSaysWhatToRun() throws IOException {
    Path workspace = workspaceWithKey(KEY);
    CommandRun query = CommandRun.of("query", "-w", workspace.toString(), "SELECT 1");
    assertThat(query.exit()).isEqualTo(2);
    assertThat(query.err()).contains("There is no warehouse", "medspa run");
    CommandRun publish = CommandRun.of("publish", "-w", workspace.toString());
    assertThat(publish.exit()).isEqualTo(2);
    assertThat(publish.err()).contains("Nothing has been computed", "medspa compute");
    assertThat(CommandRun.of("report", "-w", workspace.toString()).exit()).isEqualTo(2);
    assertThat(CommandRun.of("status", "-w", workspace.toString()).out())
        .contains("Nothing is published yet");
  }

  @Test
  void beforeTheFirstPublicationTheStatusTellsWhatTheFilesLack() throws IOException {
    Path workspace = workspaceWithKey(KEY);
    Files.writeString(
        workspace.resolve("medspa.yaml"),
        """
        pseudonym_key_file: key
        reject_limit: 0.5
        practices:
          - {id: glow, name: Glow, locations: [{id: austin, name: Austin, time_zone: America/Chicago}]}
        sources:
          - {name: sales, format: medspa, table: sale_lines, practice: glow, from: 'exports/s*.csv', delivery: window}
          - {name: bad, format: medspa, table: products, practice: glow, from: exports/p.csv}
        """);
    String header =
        "sale_id,line_id,location_id,client_id,sold_at,kind,service_id,quantity,gross_amount\n";
    String row = "%s,%s,austin,%s,2026-06-0%dT10:00,service,%s,1,%s\n";
    StringBuilder first = new StringBuilder(header);
    for (int i = 1; i <= 5; i++) {
      first.append(row.formatted("S" + i, "1", "C" + i, i, "Facial", "10.00"));
    }
    Files.createDirectories(workspace.resolve("exports"));
    Files.writeString(workspace.resolve("exports/s-2026-06-06.csv"), first);
    Files.writeString(
        workspace.resolve("exports/s-2026-06-07.csv"),
        header
            + row.formatted("S1", "1", "C1", 1, "Facial", "10.00")
            + row.formatted("S1", "1", "C1", 1, "Facial", "20.00")
            + row.formatted("S2", "1", "jo@doe.example", 2, "Gift of jo@doe.example", "5.00")
            + row.formatted("S3", "1", "C3", 3, "Facial", "5 %")
            + row.formatted("S5", "1", "C5", 5, "Facial", "10.00"));
    Files.writeString(workspace.resolve("exports/p.csv"), "");
    assertThat(CommandRun.of("ingest", "-w", workspace.toString()).exit()).isEqualTo(3);

    CommandRun status = CommandRun.of("status", "-w", workspace.toString());
    assertThat(status.exit()).isZero();
    assertThat(status.out().replaceAll(" +", " "))
        .contains(
            "Refused: exports/p.csv",
            "sales | sale_lines | gross_amount | not_a_number | 1 | 5",
            "sales | sale_lines | exports/s-2026-06-07.csv | 1\n",
            "sales | exports/s-2026-06-07.csv | sale_lines | 2 | 3",
            "Cells that were masked, by file",
            "Nothing is published yet");
  }

  /** A query to which statements are piped. */
  private static CommandRun piped(Path warehouse, String statements) {
    InputStream typed = System.in;
    System.setIn(new ByteArrayInputStream(statements.getBytes(StandardCharsets.UTF_8)));
    try {
      return CommandRun.of("query", "--format", "csv", "--file", warehouse.toString());
    } finally {
      System.setIn(typed);
    }
  }

  @Test
  void statementsMayBePipedAndAScriptLearnsOfOneThatFails() throws Exception {
    Path warehouse = directory.resolve("extract.duckdb");
    DriverManager.getConnection("jdbc:duckdb:" + warehouse).close();

    CommandRun one = piped(warehouse, "SELECT 1 AS one");
    assertThat(one.exit()).isZero();
    assertThat(one.out().lines()).as("the last needs no semicolon").containsExactly("one", "1");
    assertThat(one.err()).as("nobody is asked").isEmpty();

    CommandRun three =
        piped(warehouse, "SELECT 1 AS one;\nSELECT nothing;\n\nSELECT\n3 AS three\n");
    assertThat(three.exit()).isEqualTo(2);
    assertThat(three.out().lines()).containsExactly("one", "1", "three", "3");
    assertThat(three.err()).contains("nothing");

    assertThat(piped(warehouse, "SELECT 1 AS one;\n\n").out().lines()).containsExactly("one", "1");
    assertThat(piped(warehouse, "").exit()).isZero();
  }

  @Test
  void whereNothingCanBeWrittenTheDiskIsNamedAndNotTheProgram() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    for (String command : new String[] {"init", "demo"}) {
      CommandRun run = CommandRun.of(command, file.toString());
      assertThat(run.exit()).as(command).isEqualTo(2);
      assertThat(run.err())
          .contains("Cannot read or write " + file, "Check who may write there")
          .doesNotContain("Unexpected");
    }
  }

  @Test
  void whatIsToBeTypedNextCanBeTypedAnywhere() {
    assertThat(DemoCommand.fromAnywhere("medspa")).as("on the PATH").isEqualTo("medspa");
    assertThat(DemoCommand.fromAnywhere("./medspa"))
        .isEqualTo(Path.of("medspa").toAbsolutePath().toString());
    assertThat(DemoCommand.quoted("/my spa's/medspa")).isEqualTo("'/my spa'\\''s/medspa'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--time-zone Chicago  | is no IANA name of a zone such as America/Chicago",
        "--rows -1            | --rows must be a number such as 5",
        "--param sorts=1      | it knows kind_of_other, retail_categories",
        "--param kind_of_other=goods | it is one of service, retail, package",
        "--lookup items=FILE  | --lookup items is none of square-items; it has none"
      })
  void aWrongOptionOfACheckSaysWhatItCanBe(String option, String advice) throws IOException {
    Path export = Files.writeString(directory.resolve("any.csv"), "product_id\nBTX\n");
    List<String> arguments =
        new ArrayList<>(List.of("mapping", "check", "square-items", "--sample", export.toString()));
    arguments.addAll(List.of(option.replace("FILE", export.toString()).split(" ", -1)));
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(advice).doesNotContain("Exception");
  }

  @Test
  void theShippedMappingsAreListed() {
    assertThat(CommandRun.of("mapping", "list").out())
        .contains("medspa · ", "square-items · Square", "acuity-appointments · Acuity");
  }

  @Test
  void theBuiltInFormatIsListedAndSaidToHaveNoMapping() throws IOException {
    Path export = Files.writeString(directory.resolve("any.csv"), "product_id\nBTX\n");
    for (String command : new String[] {"show", "check"}) {
      CommandRun run =
          command.equals("show")
              ? CommandRun.of("mapping", "show", "medspa")
              : CommandRun.of("mapping", "check", "medspa", "--sample", export.toString());
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err()).contains("built-in format medspa", "data-dictionary", "format: medspa");
    }
  }

  @Test
  void anExportOfTheBuiltInFormatIsRecognisedWithItsTable() throws IOException {
    Path export =
        Files.writeString(
            directory.resolve("any.csv"), "product_id,name,shelf\nBTX,Toxin,2\n,Filler,3\n");

    CommandRun run = CommandRun.of("mapping", "check", "--sample", export.toString());
    assertThat(run.out())
        .contains(
            "Mapping  none is needed: it is the built-in format; its source in medspa.yaml has"
                + " format: medspa, table: products",
            "Columns  that the table does not have: shelf",
            "products  2 rows read, 1 accepted, 0 duplicate, 0 superseded, 1 rejected");
    assertThat(run.exit()).as("a row without its key").isEqualTo(3);
  }

  @Test
  void aCheckShowsTheStatedPeriodAndRefusesWhatTheIngestionWould() throws IOException {
    String header =
        "Date,Time,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,"
            + "Discounts,Net Sales,Tax,Transaction ID,Event Type,Time Zone\n";
    String line =
        "2026-06-0%d,10:00:00,Skin,Facial,1,,,,$10.00,$0.00,$10.00,$0.00,T%d,Payment,UTC\n";
    String receipts = line.formatted(1, 1) + line.formatted(2, 2) + line.formatted(9, 3);
    Path export = directory.resolve("items-2026-06-01-2026-06-08.csv");

    Files.writeString(export, header + receipts);
    assertThat(check(export).out())
        .contains(
            "Period   2026-06-01 to 2026-06-07, as the file states",
            "rejected for outside_period in sold_at: 1 rows, first at line 4");

    Files.writeString(export, header + receipts + receipts);
    CommandRun twice = check(export);
    assertThat(twice.exit()).isEqualTo(3);
    assertThat(twice.out())
        .contains(
            "Refused  The file holds rows twice", "line 5 is that of line 2", "repeated_rows");

    Files.writeString(export, header + receipts.replace("T1", "1.39E+18"));
    CommandRun damaged = check(export);
    assertThat(damaged.exit()).isEqualTo(3);
    assertThat(damaged.err()).contains("line 2", "Transaction ID", "scientific notation");
  }

  private static CommandRun check(Path export) {
    return CommandRun.of(
        "mapping", "check", "square-items", "--location", "spa", "--sample", export.toString());
  }

  @Test
  void anExportThatNoMappingKnowsIsRefusedWithAStepThatIsNotTheSameAgain() throws IOException {
    Path export = Files.writeString(directory.resolve("any.csv"), "this,that\n1,2\n");

    CommandRun run = CommandRun.of("mapping", "check", "--sample", export.toString());
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err())
        .contains("No mapping knows this header", "medspa mapping list", "add-your-vendor.md")
        .doesNotContain("mapping check");
  }

  @Test
  void aSampleOrLookUpThatIsNotThereIsWrongUsage() throws IOException {
    Path none = directory.resolve("none.csv");
    Path export = Files.writeString(directory.resolve("any.csv"), "product_id\nBTX\n");

    CommandRun sample = CommandRun.of("mapping", "check", "--sample", none.toString());
    assertThat(sample.exit()).isEqualTo(2);
    assertThat(sample.err()).contains("There is no file " + none + ", which --sample names");
    CommandRun lookup =
        CommandRun.of(
            "mapping", "check", "--sample", export.toString(), "--lookup", "items=" + none);
    assertThat(lookup.exit()).isEqualTo(2);
    assertThat(lookup.err()).contains("There is no file " + none + ", which --lookup items names");
  }

  @ParameterizedTest
  @CsvSource({"explain fill_rate --week", "journal --week", "run --as-of"})
  void aDateThatIsNoneIsToldWithoutTheWordsOfTheLanguage(String command) {
    CommandRun run = CommandRun.of((command + " today").split(" ", -1));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("'today' is no date such as 2026-11-09")
        .doesNotContain("Exception");
  }

  @Test
  void computeOfALakeThatHoldsNothingSaysWhatToDo() throws IOException {
    Path workspace = workspaceWithKey(KEY);
    CommandRun run = CommandRun.of("compute", "-w", workspace.toString(), "--as-of", "2026-06-01");
    assertThat(run.exit()).isEqualTo(99);
    assertThat(run.err())
        .contains("No week is computed as of 2026-06-01", "medspa ingest", "--as-of");
  }

  @Test
  void aSparkMasterThatIsNoneIsWrongUsage() {
    CommandRun run = CommandRun.of("compute", "-w", directory.toString(), "--master", "foo");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("'foo' is no Spark master such as local[4]");
  }

  @Test
  void quietLeavesOnlyProblemsAndResults() throws IOException {
    Path workspace = workspaceWithKey(KEY);
    Files.createDirectories(workspace.resolve("exports"));
    Files.writeString(workspace.resolve("exports/products.csv"), "product_id\nBTX\n");
    CommandRun run = CommandRun.of("ingest", "-q", "--json", "-w", workspace.toString());
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().strip())
        .matches(
            "\\{\"ingested\":1,\"known\":0,\"copies\":0,\"refused\":0,\"on_disk\":\\{[^}]+\\},\"exit_code\":0\\}");
  }
}
