package medspa.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import medspa.examples.market.MadeUpMarket;
import medspa.examples.market.MarketSize;
import medspa.examples.market.MarketSummary;
import medspa.pipelines.config.Secrets;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.config.WorkspaceFiles;
import medspa.pipelines.config.WorkspaceLoader;
import medspa.pipelines.run.ExitCode;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.query.QueryFormat;
import medspa.warehouse.query.WarehouseQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medspa demo}: a made-up market, the week's work on it, and where the reports are. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Make up a market of medical spas and run everything on it.")
final class DemoCommand implements Callable<Integer> {
  /** Remembers what the exports were made of, so that the same demo can be run again. */
  private static final String MARKER = ".medspa-demo";

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "demo",
      description = "Directory of the workspace (default: ${DEFAULT-VALUE}).")
  Path directory;

  @Option(
      names = "--size",
      defaultValue = "SMALL",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  MarketSize size;

  @Option(
      names = "--weeks",
      paramLabel = "N",
      description = "Weeks of history, from 18 (default: those of the size; SMALL has 26).")
  Integer weeks;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Another seed, another market (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--until",
      paramLabel = "DATE",
      defaultValue = "2026-11-16",
      description = "The day after the last day of the history (default: ${DEFAULT-VALUE}).")
  LocalDate until;

  @Option(names = "--exports-only", description = "Only write the exports and the configuration.")
  boolean exportsOnly;

  @Option(
      names = "--built-in-format",
      description = "Every practice exports the built-in format; no vendor's.")
  boolean builtInFormat;

  @picocli.CommandLine.Mixin Terminal terminal = new Terminal();

  @Override
  public Integer call() throws IOException {
    if (!exportsAreThere()) {
      return ExitCode.USAGE.code();
    }
    if (exportsOnly) {
      return ExitCode.DONE.code();
    }
    Workspace workspace = WorkspaceLoader.load(directory);
    StepCommands.RunCommand command = new StepCommands.RunCommand();
    command.terminal = terminal;
    command.asOf = until;
    // The key of the made-up market is beside it; that of the environment is for real clients.
    command.environment = Secrets.withoutKey(System.getenv());
    ExitCode exit = command.run(workspace, "demo");
    try (WarehouseQuery query =
        WarehouseQuery.open(workspace.warehouseFile(), WarehouseQuery.Limits.DEFAULT)) {
      terminal.result("The week before " + until + ", by practice:");
      query.run(Definitions.resource("sql/headline.sql"), QueryFormat.TABLE, terminal.results());
    }
    terminal.result("Reports:   " + workspace.reports());
    terminal.result("Warehouse: " + workspace.warehouseFile());
    terminal.say(
        "Ask it: "
            + fromAnywhere(System.getProperty("medspa.command", "medspa"))
            + " query -w "
            + quoted(directory.toAbsolutePath().normalize().toString())
            + " \"SELECT * FROM kpi_weekly LIMIT 10\"");
    return exit.code();
  }

  /** How the command is typed in any directory: one that no PATH finds needs its whole name. */
  static String fromAnywhere(String command) {
    return quoted(
        command.indexOf('/') < 0
            ? command
            : Path.of(command).toAbsolutePath().normalize().toString());
  }

  /** As a shell reads it as one word. */
  static String quoted(String word) {
    return word.matches("[\\w./+@%:,=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** Writes the exports, or finds those of the same demo; anything else in the way is told. */
  private boolean exportsAreThere() throws IOException {
    int history = weeks == null ? size.weeks() : weeks;
    String made =
        size
            + " "
            + seed
            + " "
            + until
            + (history == size.weeks() ? "" : " " + history + " weeks")
            + (builtInFormat ? " built-in" : "");
    Path marker = directory.resolve(MARKER);
    if (Files.exists(marker) && Files.readString(marker).equals(made)) {
      terminal.say("The exports of this demo are in " + directory + " already.");
      return true;
    }
    if (Files.exists(directory.resolve(WorkspaceFiles.CONFIGURATION))) {
      terminal.problem(
          directory
              + " holds another workspace; name an empty directory, or remove it to start anew.");
      return false;
    }
    MarketSummary summary =
        MadeUpMarket.write(
            directory, size, history, seed, until, builtInFormat, terminal::progress);
    Files.writeString(marker, made);
    terminal.say(
        "Made up "
            + summary.practices()
            + " practices with "
            + summary.locations()
            + " locations: "
            + summary.files()
            + " export files from "
            + summary.from()
            + " until "
            + summary.until()
            + ". "
            + summary.decliningLocation()
            + " turns bad in the week of "
            + summary.declinesFrom()
            + ".");
    return true;
  }
}
