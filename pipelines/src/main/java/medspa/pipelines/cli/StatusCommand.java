package medspa.pipelines.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import medspa.jobs.pull.PullSource;
import medspa.jobs.pull.PullState;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.run.ExitCode;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.history.PastDelivery;
import medspa.warehouse.history.PastPublication;
import medspa.warehouse.history.PastRun;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.publish.IngestedFiles;
import medspa.warehouse.query.WarehouseQuery;
import medspa.warehouse.reference.ReferenceSheets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code medspa status}: what was ingested, rejected, refused, is late, and was published. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Show what was ingested, is late, was rejected and is published.")
final class StatusCommand implements Callable<Integer> {
  /** Past runs that are shown. */
  private static final int RUNS = 10;

  @Mixin WorkspaceOption option = new WorkspaceOption();
  @Mixin Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    Workspace workspace = option.load();
    terminal.result("Ingested files: " + Bronze.read(workspace.lake()).current().size());
    workspace.pulls().forEach(this::pulled);
    List<RefusedFile> refused = RefusedFile.read(workspace.lake());
    refused.forEach(file -> terminal.result("Refused: " + file.message()));
    ingested(workspace);
    lastRuns(workspace);
    deliveries(workspace);
    if (!Files.exists(workspace.warehouseFile())) {
      terminal.result("Nothing is published yet; run `medspa run -w " + option.directory + "`.");
      return ExitCode.DONE.code();
    }
    unpublished(workspace);
    try (WarehouseQuery query =
        WarehouseQuery.open(workspace.warehouseFile(), WarehouseQuery.Limits.DEFAULT)) {
      section(query, "Published", "sql/status_published.sql");
      section(query, "Restated weeks of the last publications", "sql/status_restated.sql");
      section(query, "Sources", "sql/status_sources.sql");
      section(query, "Volumes far from usual", "sql/status_volumes.sql");
      section(
          query, "Ids that two systems name, matched in the last week", "sql/status_coverage.sql");
      section(query, "Ids without a match", "sql/status_unmatched.sql");
      section(query, "Lists that say less than they could", "sql/status_lists.sql");
      writable(query);
      section(query, "Rows that are deleted now, the latest days", "sql/status_vanished.sql");
      section(
          query, "Counts that fit another unit than the books", "sql/status_unit_mismatches.sql");
    }
    return ExitCode.DONE.code();
  }

  /** That somebody can write down what some of the lists lack. */
  private void writable(WarehouseQuery query) {
    List<String> tables =
        ReferenceSheets.load().stream().map(sheet -> sheet.contract().name()).toList();
    boolean isWritable =
        query.row(
            "SELECT count(*) AS lists FROM list_completeness"
                + " WHERE is_by_hand AND split_part(column_name, '.', 1) = ANY(?)",
            row -> row.count("lists") > 0,
            tables);
    if (isWritable) {
      terminal.result("");
      terminal.result(
          "Minutes, recipes, delivery times and the like can be written down: `medspa reference suggest -w "
              + option.directory
              + "` makes a workbook for it.");
    }
  }

  /** What the files that were taken in lack, published or not. */
  private void ingested(Workspace workspace) {
    if (Bronze.read(workspace.lake()).current().isEmpty()) {
      return;
    }
    try {
      Path directory = Files.createTempDirectory("medspa-status");
      try {
        Path file = directory.resolve("ingested.duckdb");
        IngestedFiles.write(workspace.lake(), file);
        try (WarehouseQuery query = WarehouseQuery.open(file, WarehouseQuery.Limits.DEFAULT)) {
          section(query, "Rejected rows, by reason", "sql/status_rejected.sql");
          section(query, "Rows that deliveries deleted, by file", "sql/status_deleted.sql");
          section(query, "Cells that were masked, by file", "sql/status_masked.sql");
          section(
              query, "Rows that a later one of their file replaced", "sql/status_superseded.sql");
        }
      } finally {
        DiskFiles.remove(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The files of the lake cannot be listed", e);
    }
  }

  /** That what follows is as it was published, if files came since. */
  private void unpublished(Workspace workspace) {
    List<PastPublication> publications = workspace.history().publications();
    if (publications.isEmpty()) {
      return;
    }
    PastPublication last = publications.get(publications.size() - 1);
    long newer =
        Bronze.read(workspace.lake()).current().stream()
            .filter(batch -> batch.sequence() > last.bronzeSequence())
            .count();
    if (newer > 0) {
      terminal.result("");
      terminal.result(
          "Not published yet: "
              + newer
              + (newer == 1 ? " ingested file" : " ingested files")
              + ". What follows is as of the publication of "
              + last.publishedAt().truncatedTo(ChronoUnit.SECONDS)
              + "; `medspa run -w "
              + option.directory
              + "` brings it up to date.");
    }
  }

  private void pulled(PullSource source) {
    PullState state = PullState.read(source.directory(), source.remote());
    terminal.result(
        "Pulled "
            + source.source()
            + ": "
            + PullState.count(source.directory())
            + " files, "
            + state.succeededAt().map(at -> "last " + at).orElse("never as a whole")
            + state
                .failure()
                .map(problem -> "; failed " + state.triedAt().orElseThrow() + ": " + problem)
                .orElse(""));
  }

  /** How the last runs went, the newest last; one without an end was killed or is running. */
  private void lastRuns(Workspace workspace) {
    List<PastRun> runs = workspace.history().runs().read();
    if (runs.isEmpty()) {
      return;
    }
    terminal.result("");
    terminal.result("Last runs");
    for (PastRun run : runs.subList(Math.max(0, runs.size() - RUNS), runs.size())) {
      StringBuilder line =
          new StringBuilder(run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString())
              .append("  ")
              .append(run.command())
              .append(run.exitCode().map(code -> ": exit code " + code).orElse(": has not ended"));
      run.asOf().ifPresent(asOf -> line.append(", as of ").append(asOf));
      run.knownAt().ifPresent(sequence -> line.append(", known at ").append(sequence));
      run.filesIngested().ifPresent(files -> line.append(", ").append(files).append(" new files"));
      if (!run.leftOut().isEmpty()) {
        line.append(", left out ").append(String.join(", ", run.leftOut()));
      }
      run.problem().ifPresent(problem -> line.append(": ").append(problem));
      terminal.result(line.toString());
    }
  }

  /** What became of the newest week's letters and alerts; the last attempt at each counts. */
  private void deliveries(Workspace workspace) {
    List<PastDelivery> all = workspace.history().deliveries().read();
    Optional<LocalDate> week = all.stream().map(PastDelivery::week).max(Comparator.naturalOrder());
    if (week.isEmpty()) {
      return;
    }
    Map<String, PastDelivery> last = new LinkedHashMap<>();
    all.stream()
        .filter(one -> one.week().equals(week.get()))
        .forEach(one -> last.put(one.report() + " " + one.channel() + " " + one.recipient(), one));
    Map<PastDelivery.Outcome, Long> counts =
        last.values().stream()
            .collect(
                Collectors.groupingBy(PastDelivery::result, TreeMap::new, Collectors.counting()));
    terminal.result("");
    terminal.result(
        "Deliveries of the week of "
            + week.get()
            + ": "
            + counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + words(entry.getKey()))
                .collect(Collectors.joining(", ")));
    last.forEach(
        (what, one) -> {
          if (one.result() != PastDelivery.Outcome.SENT) {
            terminal.result("  " + what + ": " + words(one.result()));
          }
        });
  }

  private static String words(PastDelivery.Outcome outcome) {
    return switch (outcome) {
      case SENT -> "sent";
      case REFUSED -> "refused";
      case FAILED -> "not sent yet";
      case UNKNOWN -> "sent or not, nobody knows";
    };
  }

  private void section(WarehouseQuery query, String title, String resource) {
    terminal.result("");
    terminal.result(title);
    query.print(Definitions.resource(resource), terminal.results());
    terminal.results().flush();
  }
}
