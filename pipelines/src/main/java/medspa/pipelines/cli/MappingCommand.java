package medspa.pipelines.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import medspa.jobs.ingest.MappingCheck;
import medspa.jobs.ingest.Mappings;
import medspa.jobs.read.FileRefusedException;
import medspa.pipelines.run.ExitCode;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.InvalidDefinitionException;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.lake.Batch.TableCounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medspa mapping}: what exports can be read, and a way to try one. */
@Command(
    name = "mapping",
    mixinStandardHelpOptions = true,
    description = "Show the mappings of vendors' exports, and try one on a sample.",
    subcommands = {
      MappingCommand.ListCommand.class,
      MappingCommand.ShowCommand.class,
      MappingCommand.CheckCommand.class
    })
final class MappingCommand {
  /** {@code -w DIR}, whose own mappings are known too. */
  static final class Known {
    @Option(
        names = {"-w", "--workspace"},
        paramLabel = "DIR",
        defaultValue = WorkspaceOption.DEFAULT,
        description =
            "Also know the mappings of this workspace (default: MEDSPA_WORKSPACE, or the current"
                + " directory).")
    Path workspace;

    Mappings load() {
      Problems problems = new Problems();
      Mappings mappings =
          Mappings.load(TableContracts.load(), workspace.resolve("mappings"), problems);
      problems.failIfAny();
      return mappings;
    }
  }

  /** {@code medspa mapping list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the shipped mappings and those of a workspace.")
  static final class ListCommand implements Callable<Integer> {
    @Mixin Terminal terminal = new Terminal();
    @Mixin Known known = new Known();

    @Override
    public Integer call() {
      known.load().describe().forEach(terminal::result);
      return ExitCode.DONE.code();
    }
  }

  /** {@code medspa mapping show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Print the definition of a mapping, to read or to begin one's own with.")
  static final class ShowCommand implements Callable<Integer> {
    @Mixin Terminal terminal = new Terminal();
    @Mixin Known known = new Known();

    @Parameters(paramLabel = "ID", description = "Name of a mapping, see `medspa mapping list`.")
    String id;

    @Override
    public Integer call() {
      Optional<String> text = known.load().text(id);
      if (text.isEmpty()) {
        throw noMapping(id);
      }
      terminal.results().print(text.get());
      terminal.results().flush();
      return ExitCode.DONE.code();
    }
  }

  private static InvalidDefinitionException noMapping(String id) {
    if (id.equals(Mappings.BUILT_IN)) {
      return new InvalidDefinitionException(
          List.of(
              "The built-in format "
                  + Mappings.BUILT_IN
                  + " has no mapping: its columns are those of a table in docs/data-dictionary.md."
                  + " Name `format: medspa` and the `table` of the source in medspa.yaml; `medspa"
                  + " mapping check --sample FILE` tries a file of it"));
    }
    if (id.equals(Mappings.REFERENCE)) {
      return new InvalidDefinitionException(
          List.of(
              "The format "
                  + Mappings.REFERENCE
                  + " has no mapping to show or try: docs/reference-workbook.md has its sheets, and"
                  + " `medspa reference suggest` writes the workbook. Name `format: "
                  + Mappings.REFERENCE
                  + "` in medspa.yaml; `medspa ingest` names every wrong cell"));
    }
    return new InvalidDefinitionException(
        List.of(
            "There is no mapping "
                + id
                + "; `medspa mapping list` shows them, a file of one's own is named by its path"));
  }

  /** {@code medspa mapping check}. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Try a mapping on an export: the first mapped rows, and every problem.",
        "Nothing is written. Without a mapping the export is recognised by its header, also one of the"
            + " built-in format."
      })
  static final class CheckCommand implements Callable<Integer> {
    @Mixin Terminal terminal = new Terminal();
    @Mixin Known known = new Known();

    @Parameters(
        arity = "0..1",
        paramLabel = "FILE",
        description = "A mapping's file, or the name of a known one.")
    String mapping;

    @Option(names = "--sample", required = true, paramLabel = "EXPORT", description = "The export.")
    Path sample;

    @Option(
        names = "--lookup",
        paramLabel = "NAME=EXPORT",
        description = "An export that the mapping looks rows up in.")
    Map<String, Path> lookups = new LinkedHashMap<>();

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A setting of the mapping.")
    Map<String, String> params = new LinkedHashMap<>();

    @Option(
        names = "--location",
        paramLabel = "ID",
        description =
            "The location that the source would name, where the export names none in its rows.")
    String location;

    @Option(
        names = "--time-zone",
        paramLabel = "ZONE",
        defaultValue = "UTC",
        description = "Zone of the location, such as America/Chicago (default: UTC).")
    ZoneId zone;

    @Option(
        names = "--rows",
        paramLabel = "N",
        defaultValue = "5",
        description = "How many mapped rows to show per table (default: 5).")
    int rows;

    @Override
    public Integer call() {
      if (rows < 0) {
        throw new InvalidDefinitionException(List.of("--rows must be a number such as 5, or 0"));
      }
      requireFile("--sample", sample);
      lookups.forEach((name, file) -> requireFile("--lookup " + name, file));
      Mappings mappings = known.load();
      Optional<String> id = Optional.ofNullable(mapping);
      if (mapping != null && mappings.text(mapping).isEmpty()) {
        Path file = Path.of(mapping);
        if (mapping.equals(Mappings.BUILT_IN) || !Files.isRegularFile(file)) {
          throw noMapping(mapping);
        }
        Problems problems = new Problems();
        Map.Entry<String, Mappings> added = mappings.andSiblings(file).and(file, problems);
        problems.failIfAny();
        id = Optional.of(added.getKey());
        mappings = added.getValue();
      }
      return check(mappings, id);
    }

    private static void requireFile(String option, Path file) {
      if (!Files.isRegularFile(file)) {
        throw new InvalidDefinitionException(
            List.of("There is no file " + file + ", which " + option + " names"));
      }
    }

    private Integer check(Mappings mappings, Optional<String> id) {
      try {
        MappingCheck.Result result =
            MappingCheck.run(
                new MappingCheck.Request(
                    mappings,
                    id,
                    sample,
                    Optional.ofNullable(location),
                    lookups,
                    params,
                    zone,
                    Clock.systemUTC().instant(),
                    rows));
        print(result);
        boolean rejected = result.tables().stream().anyMatch(t -> t.counts().rowsRejected() > 0);
        return (rejected || result.doubled().isPresent() ? ExitCode.DATA_REFUSED : ExitCode.DONE)
            .code();
      } catch (FileRefusedException e) {
        String where =
            sample
                + e.line().map(line -> ", line " + line).orElse("")
                + e.column().map(column -> ", column " + column).orElse("")
                + ": ";
        terminal.problem(
            (e.lookup().isPresent() ? "" : where) + e.getMessage() + " " + e.nextStep());
        return ExitCode.DATA_REFUSED.code();
      } catch (IllegalArgumentException e) {
        throw new InvalidDefinitionException(List.of(e.getMessage()));
      }
    }

    private void print(MappingCheck.Result result) {
      boolean isBuiltIn = result.mapping().equals(Mappings.BUILT_IN);
      terminal.result(
          isBuiltIn
              ? "Mapping  none is needed: it is the built-in format; its source in medspa.yaml has"
                  + " format: medspa, table: "
                  + result.tables().get(0).counts().table()
              : "Mapping  " + result.mapping());
      terminal.result(
          "Records  "
              + result.records()
              + " after the header; "
              + (result.totals() == 0 ? "" : result.totals() + " total rows are left out; ")
              + result.columnsDropped()
              + " columns are not read");
      result
          .period()
          .ifPresent(
              days ->
                  terminal.result(
                      "Period   "
                          + days.firstDate()
                          + " to "
                          + days.lastDate()
                          + ", as the file states"));
      result.doubled().ifPresent(why -> terminal.result("Refused  " + why));
      if (isBuiltIn && !result.unknownColumns().isEmpty()) {
        terminal.result(
            "Columns  that the table does not have: " + String.join(", ", result.unknownColumns()));
      } else if (!result.unknownColumns().isEmpty()) {
        terminal.result(
            "Columns  the mapping does not list "
                + String.join(", ", result.unknownColumns())
                + "; read them under header.optional or list them under header.ignored");
      }
      result.tables().forEach(this::print);
    }

    private void print(MappingCheck.Table table) {
      TableCounts counts = table.counts();
      terminal.result("");
      terminal.result(
          counts.table()
              + "  "
              + counts.rowsRead()
              + " rows read, "
              + counts.rowsAccepted()
              + " accepted, "
              + counts.rowsDuplicate()
              + " duplicate, "
              + counts.rowsSuperseded()
              + " superseded, "
              + counts.rowsRejected()
              + " rejected");
      table.rejected().forEach(line -> terminal.result("  rejected for " + line));
      if (location == null
          && table.rejected().stream().anyMatch(r -> r.startsWith("unknown_loc"))) {
        terminal.result(
            "  the export names no location there; --location ID gives these rows one, as"
                + " `location:` of the source does");
      }
      table.superseded().forEach(line -> terminal.result("  " + line));
      if (counts.cellsMasked() > 0) {
        terminal.result(
            "  "
                + counts.cellsMasked()
                + " cells hold a client, or are ids that may name one, and are masked");
      }
      table
          .unknownWords()
          .forEach(line -> terminal.result("  needs a translation under values: " + line));
      table.words().forEach(line -> terminal.result("  " + line));
      if (!table.emptyColumns().isEmpty()) {
        terminal.result("  empty in every row: " + String.join(", ", table.emptyColumns()));
      }
      if (!table.rows().isEmpty()) {
        List<List<String>> lines = new ArrayList<>(List.of(table.columns()));
        lines.addAll(table.rows());
        columns(lines).forEach(line -> terminal.result("  " + line));
      }
    }

    private static List<String> columns(List<List<String>> lines) {
      List<String> padded = new ArrayList<>();
      for (List<String> line : lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.size(); i++) {
          int column = i;
          int width = lines.stream().mapToInt(l -> l.get(column).length()).max().orElse(0);
          text.append(line.get(i)).append(" ".repeat(width - line.get(i).length() + 2));
        }
        padded.add(text.toString().stripTrailing());
      }
      return padded;
    }
  }
}
