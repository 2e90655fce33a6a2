package medspa.pipelines.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import medspa.pipelines.config.WorkspaceFiles;
import medspa.pipelines.run.ExitCode;
import medspa.warehouse.market.Market.Detail;
import medspa.warehouse.publish.Extract;
import medspa.warehouse.publish.Extract.Audience;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medspa extract}: a warehouse that holds only what one audience may see. */
@Command(
    name = "extract",
    mixinStandardHelpOptions = true,
    description = {
      "Write a warehouse that holds only what one audience may see: the rows of its practices, and of"
          + " others only statistics.",
      "It has the same relations; `medspa query --file` asks it, and so does any DuckDB tool."
    })
final class ExtractCommand implements Callable<Integer> {
  @Mixin WorkspaceOption option = new WorkspaceOption();
  @Mixin KnownAtOption knowledge = new KnownAtOption();
  @Mixin Terminal terminal = new Terminal();

  @ArgGroup(multiplicity = "1")
  Whom whom;

  /** Who gets the file. */
  static final class Whom {
    @Option(names = "--practice", paramLabel = "ID", description = "For this practice: its rows.")
    String practice;

    @Option(
        names = "--consultant",
        paramLabel = "ID",
        description =
            "For this consultant: numbers of the practices that engaged him or her; rows of exports"
                + " only if the configuration says `detail: rows`.")
    String consultant;

    Audience audience() {
      return practice != null
          ? new Audience(Audience.Kind.PRACTICE, practice)
          : new Audience(Audience.Kind.CONSULTANT, consultant);
    }
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file (default: extracts/<id>.duckdb in the workspace).")
  Path output;

  @Option(
      names = "--parquet",
      paramLabel = "DIR",
      description = "Also write each relation as a Parquet file into this folder.")
  Path parquet;

  @Override
  public Integer call() {
    WorkspaceFiles files = option.files();
    Audience audience = whom.audience();
    Path target =
        output != null
            ? output
            : files.directory().resolve("extracts").resolve(audience.id() + ".duckdb");
    Extract.Written written =
        new Extract()
            .write(
                new Extract.Request(
                    knowledge.warehouse(files), audience, target, Optional.ofNullable(parquet)));
    long rows = written.rows().values().stream().mapToLong(Long::longValue).sum();
    terminal.say(
        "Wrote "
            + rows
            + " rows of "
            + String.join(", ", written.practices())
            + (written.detail() == Detail.ROWS
                ? "."
                : "; no row of a client, an appointment or a receipt."));
    terminal.result(target.toString());
    return ExitCode.DONE.code();
  }
}
