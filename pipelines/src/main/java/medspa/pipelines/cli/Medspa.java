package medspa.pipelines.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Consumer;
import medspa.pipelines.run.ClockSetBackException;
import medspa.pipelines.run.ExitCode;
import medspa.pipelines.run.NewKeyException;
import medspa.pipelines.run.Version;
import medspa.pipelines.run.WorkspaceLock;
import medspa.warehouse.definition.InvalidDefinitionException;
import medspa.warehouse.lake.DamagedFileException;
import medspa.warehouse.publish.CheckFailedException;
import medspa.warehouse.publish.NothingComputedException;
import medspa.warehouse.query.QueryException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code medspa} command: connects the commands, the streams and the exit codes. */
@Command(
    name = "medspa",
    mixinStandardHelpOptions = true,
    versionProvider = Medspa.Versions.class,
    description = "The open analytics pipeline for medical spas.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:done",
      " 1:unexpected error",
      " 2:wrong usage or configuration",
      " 3:data refused, the rest is done; do not retry",
      " 4:something is out of reach or busy; retry",
      " 5:a check failed or a file is damaged, nothing was published",
      "99:nothing to do"
    },
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      StepCommands.RunCommand.class,
      StepCommands.PullCommand.class,
      StepCommands.IngestCommand.class,
      StepCommands.ComputeCommand.class,
      StepCommands.PublishCommand.class,
      StepCommands.ReportCommand.class,
      StepCommands.DeliverCommand.class,
      QueryCommand.class,
      ExportCommand.class,
      JournalCommand.class,
      ExtractCommand.class,
      ExplainCommand.class,
      StatusCommand.class,
      HealthCommand.class,
      CheckCommand.class,
      CleanCommand.class,
      BackupCommands.BackupCommand.class,
      BackupCommands.RestoreCommand.class,
      UpgradeCommand.class,
      MappingCommand.class,
      IdentitiesCommand.class,
      ReferenceCommand.class,
      AutoComplete.GenerateCompletion.class,
      CommandLine.HelpCommand.class
    })
public final class Medspa {
  private Medspa() {}

  /** The program's version. */
  static final class Versions implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"medspa " + Version.CURRENT};
    }
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    boolean onTerminal = Boolean.getBoolean("medspa.terminal");
    System.exit(run(out, err, onTerminal, arguments));
  }

  /**
   * Runs one command.
   *
   * @return its exit code, see {@link ExitCode}
   */
  public static int run(PrintWriter out, PrintWriter err, boolean onTerminal, String... arguments) {
    CommandLine commandLine = new CommandLine(new Medspa());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.registerConverter(LocalDate.class, Medspa::date);
    commandLine.registerConverter(ZoneId.class, Medspa::zone);
    commandLine.setOut(out);
    commandLine.setErr(err);
    commandLine.setExecutionStrategy(
        parsed -> {
          terminalOf(parsed).connect(out, err, onTerminal);
          return new CommandLine.RunLast().execute(parsed);
        });
    commandLine.setExecutionExceptionHandler(
        (e, line, parsed) -> report(e, terminalOf(parsed), err, onTerminal));
    return commandLine.execute(arguments);
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      CommandLine.TypeConversionException problem =
          new CommandLine.TypeConversionException("'" + text + "' is no date such as 2026-11-09");
      problem.initCause(e);
      throw problem;
    }
  }

  private static ZoneId zone(String text) {
    if (!ZoneId.getAvailableZoneIds().contains(text)) {
      throw new CommandLine.TypeConversionException(
          "'" + text + "' is no IANA name of a zone such as America/Chicago");
    }
    return ZoneId.of(text);
  }

  private static Terminal terminalOf(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    Object mixin = last.commandSpec().mixins().get("terminal");
    return mixin instanceof CommandLine.Model.CommandSpec spec
            && spec.userObject() instanceof Terminal terminal
        ? terminal
        : new Terminal();
  }

  private static int report(Exception e, Terminal terminal, PrintWriter err, boolean onTerminal) {
    Consumer<String> problem =
        text -> err.println(Terminal.coloured(text, onTerminal, System.getenv("NO_COLOR")));
    if (e instanceof InvalidDefinitionException invalid) {
      invalid.problems().forEach(problem);
      return ExitCode.USAGE.code();
    }
    Optional<IOException> disk = refusedByDisk(e);
    if (disk.isPresent()) {
      problem.accept(
          "Cannot read or write "
              + disk.get().getMessage()
              + ". Check who may write there and whether the disk has room, and run the command"
              + " again.");
      return ExitCode.USAGE.code();
    }
    ExitCode exit = exitCode(e);
    if (exit != ExitCode.UNEXPECTED) {
      problem.accept(e.getMessage());
      return exit.code();
    }
    problem.accept("Unexpected: " + e.getMessage());
    if (terminal.verbose) {
      e.printStackTrace(err);
    } else {
      err.println("Run again with --verbose for details, and report it with them.");
    }
    return exit.code();
  }

  /** What the disk says if it is the cause; a file that should be there and is not is none. */
  static Optional<IOException> refusedByDisk(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileSystemException refused
          && !(refused instanceof NoSuchFileException)) {
        return Optional.of(refused);
      }
      if (cause instanceof IOException io
          && String.valueOf(io.getMessage()).contains("No space left")) {
        return Optional.of(io);
      }
    }
    return Optional.empty();
  }

  /** How a command ends that fails with the exception. */
  static ExitCode exitCode(Exception e) {
    if (refusedByDisk(e).isPresent()) {
      return ExitCode.USAGE;
    }
    if (e instanceof WorkspaceLock.HeldException) {
      return ExitCode.UNREACHABLE;
    }
    if (e instanceof CheckFailedException || e instanceof DamagedFileException) {
      return ExitCode.CHECK_FAILED;
    }
    return e instanceof InvalidDefinitionException
            || e instanceof QueryException
            || e instanceof NothingComputedException
            || e instanceof ClockSetBackException
            || e instanceof NewKeyException
            || e instanceof IllegalArgumentException
        ? ExitCode.USAGE
        : ExitCode.UNEXPECTED;
  }
}
