package medspa.pipelines.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import medspa.charts.ReferenceWorkbook;
import medspa.jobs.ingest.Source;
import medspa.jobs.ingest.WaitingWorkbooks;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.run.ExitCode;
import medspa.warehouse.definition.InvalidDefinitionException;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.query.WarehouseQuery;
import medspa.warehouse.query.WarehouseQuery.Limits;
import medspa.warehouse.query.WarehouseQuery.Results;
import medspa.warehouse.reference.ReferenceSuggestion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medspa reference}: what no export tells, for a person to write down. */
@Command(
    name = "reference",
    mixinStandardHelpOptions = true,
    description = "Write down what no export tells: minutes, recipes, delivery times.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ReferenceCommand.SuggestCommand.class, CommandLine.HelpCommand.class})
final class ReferenceCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Name a command: suggest. See `medspa reference --help`.");
  }

  /** {@code medspa reference suggest}: a workbook for each practice; changes no number. */
  @Command(
      name = "suggest",
      mixinStandardHelpOptions = true,
      description = {
        "Write a workbook for each practice, reference-<practice>-<day>.xlsx, with a row for each thing"
            + " that its exports name.",
        "Filled in, it is a source: format: reference-workbook. What was filled in before is kept."
      })
  static final class SuggestCommand implements Callable<Integer> {
    @Mixin WorkspaceOption option = new WorkspaceOption();
    @Mixin Terminal terminal = new Terminal();

    @Option(
        names = "--practice",
        paramLabel = "ID",
        description = "Only this practice (default: all of the workspace).")
    String practice;

    @Option(
        names = "--to",
        paramLabel = "DIR",
        description = "Where to write it (default: the workspace). No file is ever replaced.")
    Path directory;

    @Override
    public Integer call() {
      Workspace workspace = option.load();
      Path to = directory == null ? workspace.directory() : directory;
      if (!Files.isDirectory(to)) {
        throw new InvalidDefinitionException(
            List.of("There is no directory " + to + ", which --to names; make it first"));
      }
      // The day on the wall of whoever fills it in.
      LocalDate day = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneId.systemDefault());
      List<String> waiting = waiting(workspace);
      if (!waiting.isEmpty()) {
        waiting.forEach(terminal::problem);
        terminal.problem(
            "What stands there would be missing from a workbook that is suggested now, and lost once"
                + " that one counts. Mend the cells that are named and run `medspa ingest`, or take"
                + " the file away; then suggest again.");
        return ExitCode.DATA_REFUSED.code();
      }
      List<ReferenceSuggestion> suggestions = suggestions(workspace);
      List<Path> files = new ArrayList<>();
      for (ReferenceSuggestion suggestion : suggestions) {
        files.add(to.resolve("reference-" + suggestion.practiceId() + "-" + day + ".xlsx"));
      }
      // Somebody may be filling it in.
      for (Path file : files) {
        if (Files.exists(file)) {
          throw new InvalidDefinitionException(
              List.of(
                  "There is a workbook "
                      + file
                      + " already, and what was filled in would be lost. Move it to where its source"
                      + " reads it, or name another directory by --to"));
        }
      }
      for (int i = 0; i < files.size(); i++) {
        ReferenceWorkbook.write(suggestions.get(i), day, files.get(i));
        terminal.result(files.get(i).toString());
        tell(workspace, suggestions.get(i));
      }
      return ExitCode.DONE.code();
    }

    /** What was filled in and no number has yet. */
    private List<String> waiting(Workspace workspace) {
      return workspace.sources().stream()
          .filter(source -> source.mapping().isBySheet())
          .filter(source -> practice == null || source.practiceId().equals(practice))
          .flatMap(
              source ->
                  WaitingWorkbooks.of(workspace.directory(), workspace.lake(), source).stream())
          .toList();
    }

    private List<ReferenceSuggestion> suggestions(Workspace workspace) {
      try (WarehouseQuery warehouse =
          WarehouseQuery.open(workspace.warehouseFile(), Limits.DEFAULT, Results.WHOLE)) {
        List<String> practices =
            practice == null ? ReferenceSuggestion.practices(warehouse) : List.of(practice);
        Lake lake = workspace.lake();
        return practices.stream().map(id -> ReferenceSuggestion.of(warehouse, lake, id)).toList();
      } catch (IllegalArgumentException e) {
        throw new InvalidDefinitionException(List.of(e.getMessage()));
      }
    }

    private void tell(Workspace workspace, ReferenceSuggestion suggestion) {
      String id = suggestion.practiceId();
      Optional<Source> source =
          workspace.sources().stream()
              .filter(s -> s.practiceId().equals(id) && s.mapping().isBySheet())
              .findFirst();
      long missing = suggestion.missing();
      terminal.say(
          suggestion.practice()
              + ": "
              + (missing == 0 ? "nothing is missing" : missing + " cells are to be filled in")
              + (suggestion.withoutRecipe() > 0
                  ? ", among them the recipes of "
                      + suggestion.withoutRecipe()
                      + " services: leave those that use nothing"
                  : "")
              + ". Save the workbook as "
              + source.map(Source::from).orElse("exports/" + id + "/reference-*.xlsx")
              + (source.isPresent()
                  ? " of the workspace, and run `medspa run -w " + option.directory + "`."
                  : " of the workspace, and add it under sources: of medspa.yaml as the last of the"
                      + " practice: - {name: "
                      + id
                      + "-reference, format: reference-workbook, practice: "
                      + id
                      + ", from: exports/"
                      + id
                      + "/reference-*.xlsx}"));
      if (!suggestion.unnamed().isEmpty()) {
        terminal.say(
            suggestion.practice()
                + ": no export names what these rows are about, so check their ids: "
                + suggestion.unnamed().entrySet().stream()
                    .map(sheet -> sheet.getValue() + " of " + sheet.getKey())
                    .collect(Collectors.joining(", "))
                + ".");
      }
    }
  }
}
