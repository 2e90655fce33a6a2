package medspa.pipelines.cli;

import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import medspa.pipelines.config.WorkspaceFiles;
import medspa.pipelines.run.ExitCode;
import medspa.pipelines.run.Health;
import medspa.pipelines.run.WorkspaceLock;
import medspa.warehouse.history.PastPublication;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.LakeJson;
import medspa.warehouse.query.WarehouseQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code medspa health}: one line of JSON and an exit code, for whoever watches a workspace. */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description =
        "Tell in one line of JSON whether somebody should look: how old the last publication is, late"
            + " sources, the last failure. Exit code 0 if all is well, 5 if not.")
final class HealthCommand implements Callable<Integer> {
  @Mixin WorkspaceOption option = new WorkspaceOption();
  @Mixin Terminal terminal = new Terminal();
  @Spec CommandSpec spec;

  @Option(
      names = "--max-age",
      paramLabel = "AGE",
      defaultValue = "8d",
      description =
          "How old the last publication may be, such as 8d or 30h (default: ${DEFAULT-VALUE}).")
  String oldest;

  @Override
  public Integer call() {
    Duration limit = limit();
    WorkspaceFiles files = option.files();
    List<PastPublication> publications = files.history().publications();
    long published =
        publications.isEmpty() ? 0 : publications.get(publications.size() - 1).bronzeSequence();
    Health health =
        Health.of(
            publications,
            files.history().runs().read(),
            Files.exists(files.warehouseFile()) ? sources(files) : List.of(),
            Bronze.read(files.lake()).current().stream()
                .filter(batch -> batch.sequence() > published)
                .count(),
            Clock.systemUTC().instant(),
            limit,
            WorkspaceLock.isHolderAlive(files.directory()));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("healthy", health.isWell());
    line.putAll(health.facts());
    line.put("problems", health.problems());
    terminal.result(LakeJson.line(line));
    return (health.isWell() ? ExitCode.DONE : ExitCode.CHECK_FAILED).code();
  }

  private static List<Health.SourceState> sources(WorkspaceFiles files) {
    try (WarehouseQuery query =
        WarehouseQuery.open(files.warehouseFile(), WarehouseQuery.Limits.DEFAULT)) {
      return query.rows(
          "SELECT source, state FROM sources ORDER BY source",
          row -> new Health.SourceState(row.text("source"), row.text("state")));
    }
  }

  private Duration limit() {
    if (!oldest.matches("[1-9][0-9]{0,4}[dh]")) {
      throw new ParameterException(
          spec.commandLine(), "--max-age is '" + oldest + "', must be such as 8d or 30h");
    }
    long number = Long.parseLong(oldest.substring(0, oldest.length() - 1));
    return oldest.endsWith("d") ? Duration.ofDays(number) : Duration.ofHours(number);
  }
}
