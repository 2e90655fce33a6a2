package medspa.pipelines.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import medspa.charts.PageSize;
import medspa.jobs.compute.ComputeResult;
import medspa.jobs.ingest.Ingestion;
import medspa.jobs.pull.Failure;
import medspa.jobs.pull.Pull;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.run.ExitCode;
import medspa.pipelines.run.NewKeyException;
import medspa.pipelines.run.Steps;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.publish.Publication;
import medspa.warehouse.reference.LostCells;

/** The steps as a person meets them: each says what it did and how it ended. */
final class WeeklyWork {
  private final StepCommand command;
  private final Terminal terminal;
  private final Workspace workspace;
  private final Steps steps;

  WeeklyWork(StepCommand command, Workspace workspace, Steps steps) {
    this.command = command;
    this.terminal = command.terminal;
    this.workspace = workspace;
    this.steps = steps;
  }

  /** Fetches; a source that fails does not keep the others from being fetched. */
  ExitCode pull() {
    List<Pull.Outcome> outcomes = steps.pull();
    ExitCode exit = ExitCode.NOTHING_TO_DO;
    int files = 0;
    int failed = 0;
    for (Pull.Outcome outcome : outcomes) {
      files += outcome.newFiles();
      if (outcome.failure().isPresent()) {
        failed++;
        command.leftOut(outcome.source());
        exit = exit.and(exit(outcome.failure().get()));
        terminal.problem(
            "Not pulled: "
                + outcome.source()
                + ": "
                + outcome.message()
                + (outcome.failure().get() == Failure.UNREACHABLE
                    ? " What came is kept; run the command again later."
                    : ""));
      }
    }
    terminal.say(
        outcomes.isEmpty()
            ? "No source is pulled; `from:` of each names files of the workspace."
            : "Pulled "
                + files
                + " new files from "
                + outcomes.size()
                + " sources, "
                + failed
                + " of which failed.");
    command.note("pulled", files);
    command.note("pull_failed", failed);
    return files > 0 ? exit.and(ExitCode.DONE) : exit;
  }

  private static ExitCode exit(Failure failure) {
    return switch (failure) {
      case CONFIGURATION -> ExitCode.USAGE;
      case DATA -> ExitCode.DATA_REFUSED;
      case UNREACHABLE -> ExitCode.UNREACHABLE;
    };
  }

  /** Fetches where there is something to fetch, and ingests what is there, come what may. */
  ExitCode pullAndIngest(Optional<LocalDate> asOf) {
    return workspace.pulls().isEmpty() ? ingest(asOf) : pull().and(ingest(asOf));
  }

  ExitCode ingest(Optional<LocalDate> asOf) {
    Ingestion.Result result = ingested(asOf);
    result.mended().forEach(terminal::problem);
    result.refused().forEach(file -> terminal.problem("Refused: " + file.message()));
    result.refused().forEach(file -> command.leftOut(file.fileName()));
    int known = result.known() - result.copies();
    terminal.say(
        "Ingested "
            + result.batches().size()
            + " new files; "
            + known
            + " were known, "
            + (result.copies() > 0 ? result.copies() + " are copies of others, " : "")
            + result.refused().size()
            + " refused.");
    for (Batch batch : result.batches()) {
      for (TableCounts counts : batch.tables()) {
        if (counts.rowsDeleted() > 0) {
          terminal.say(
              batch.fileName()
                  + " deletes "
                  + counts.rowsDeleted()
                  + " rows of "
                  + counts.table()
                  + " that earlier files told and it lacks.");
        }
        if (counts.cellsMasked() > 0) {
          terminal.say(
              batch.fileName()
                  + ": "
                  + counts.cellsMasked()
                  + " cells of "
                  + counts.table()
                  + " hold a client, or are ids that may name one, and were masked.");
        }
      }
    }
    tellLost(result.batches());
    tellRejected(result.batches());
    tellReplaced(result.batches());
    command.ingested(result.batches());
    command.note("ingested", result.batches().size());
    command.note("known", known);
    command.note("copies", result.copies());
    command.note("refused", result.refused().size());
    if (!result.refused().isEmpty()) {
      return ExitCode.DATA_REFUSED;
    }
    return result.batches().isEmpty() ? ExitCode.NOTHING_TO_DO : ExitCode.DONE;
  }

  /** What was taken in, after whoever is there has agreed to a key that was never used here. */
  private Ingestion.Result ingested(Optional<LocalDate> asOf) {
    try {
      return steps.ingest(asOf, command.newKey());
    } catch (NewKeyException e) {
      if (!terminal.confirms(e.getMessage() + " Read them again under the new key?")) {
        throw e;
      }
      return steps.ingest(asOf, true);
    }
  }

  /** What workbooks said and their next versions do not. */
  private void tellLost(List<Batch> batches) {
    if (batches.stream().anyMatch(batch -> batch.delivery() == Delivery.WHOLE)) {
      Bronze bronze = Bronze.read(workspace.lake());
      for (Batch batch : batches) {
        LostCells.of(workspace.lake(), bronze, batch)
            .ifPresent(lost -> terminal.problem(lost.message()));
      }
    }
  }

  /** Rows of files that were taken which are in no number. */
  private void tellRejected(List<Batch> batches) {
    long files = batches.stream().filter(batch -> rejected(batch) > 0).count();
    if (files > 0) {
      terminal.say(
          batches.stream().mapToLong(WeeklyWork::rejected).sum()
              + " rows of "
              + files
              + " files were rejected; line, column and reason of each are in rejected_rows.");
    }
  }

  private static long rejected(Batch batch) {
    return batch.tables().stream().mapToLong(TableCounts::rowsRejected).sum();
  }

  /** Rows that a later one of their file replaced: by file and line, or in one sentence. */
  private void tellReplaced(List<Batch> batches) {
    List<Batch> replacing = batches.stream().filter(batch -> superseded(batch) > 0).toList();
    if (replacing.isEmpty()) {
      return;
    }
    if (command.tellsOfEachFile() || terminal.verbose) {
      for (Batch batch : replacing) {
        terminal.say(
            batch.fileName()
                + ": "
                + superseded(batch)
                + " rows were replaced by later ones with the same key, "
                + String.join(", ", Ingestion.replacedLines(workspace.lake(), batch))
                + "; all of them are in superseded_rows.");
      }
      return;
    }
    terminal.say(
        replacing.stream().mapToLong(WeeklyWork::superseded).sum()
            + " rows of "
            + replacing.size()
            + " files were replaced by later ones of the same file with the same key; they are in"
            + " superseded_rows, and --verbose names the lines.");
  }

  private static long superseded(Batch batch) {
    return batch.tables().stream().mapToLong(TableCounts::rowsSuperseded).sum();
  }

  ExitCode compute(Optional<LocalDate> asOf, Optional<String> master, boolean rebuild) {
    ComputeResult result = steps.compute(asOf, master, rebuild);
    result.mended().forEach(terminal::problem);
    if (result.state().weeksComputed() == 0) {
      terminal.problem(
          "No week is computed as of "
              + result.state().asOf()
              + ": the lake holds nothing of before it. Put exports where `from:` of the sources"
              + " names them and run `medspa ingest`, or name a later day by --as-of.");
      command.note("as_of", result.state().asOf().toString());
      return ExitCode.NOTHING_TO_DO;
    }
    terminal.say(
        (result.computed() ? "Computed " : "Already computed ")
            + result.state().weeksComputed()
            + " weeks as of "
            + result.state().asOf()
            + result
                .state()
                .knownAt()
                .map(sequence -> ", known at ingestion " + sequence)
                .orElse("")
            + "; the last begins on "
            + result.state().lastWeekStart()
            + ".");
    command.note("as_of", result.state().asOf().toString());
    result.state().knownAt().ifPresent(sequence -> command.note("known_at", sequence));
    command.note("last_week_start", result.state().lastWeekStart().toString());
    command.note("run_id", result.state().runId());
    return result.computed() ? ExitCode.DONE : ExitCode.NOTHING_TO_DO;
  }

  ExitCode publish() {
    Publication publication = steps.publish();
    publication.mended().forEach(terminal::problem);
    long kpis = publication.rows().getOrDefault("kpi_weekly", 0L);
    terminal.say("Published " + publication.warehouseFile() + " with " + kpis + " weekly KPIs.");
    if (publication.restated() > 0) {
      terminal.say(
          publication.restated()
              + " numbers of closed weeks differ from what was published before; the relation"
              + " restatements says which and why.");
    }
    command.note("restated", publication.restated());
    command.note("warehouse", publication.warehouseFile().toString());
    command.note("kpi_weekly_rows", kpis);
    return ExitCode.DONE;
  }

  ExitCode report(
      Optional<String> practice,
      Optional<String> location,
      Optional<String> highlight,
      PageSize page) {
    return wrote(steps.report(practice, location, highlight, page));
  }

  ExitCode reportDaily(Optional<String> practice, Optional<String> location, PageSize page) {
    return wrote(steps.reportDaily(practice, location, page));
  }

  private ExitCode wrote(List<Path> reports) {
    terminal.say(
        "Wrote "
            + reports.size()
            + " reports under "
            + (reports.isEmpty() ? workspace.reports() : reports.get(0).getParent())
            + ".");
    command.note("reports", reports.stream().map(Path::toString).toList());
    return ExitCode.DONE;
  }

  /**
   * Everything; a source that is out of reach or data that is refused does not stop the rest, but
   * ends it with its own exit code. A look back at what was known takes in nothing: what comes now
   * was not known then.
   *
   * @param daily whether it is the day's work: as of today, with the flashes and no weekly report
   */
  ExitCode all(Optional<LocalDate> asOf, Optional<String> master, boolean daily) {
    // Before anything is taken in: a wrong clock would stamp new batches too.
    steps.trustClock(asOf);
    ExitCode ingested =
        workspace.knownAt().isPresent()
            ? ExitCode.NOTHING_TO_DO
            : command.part("ingest", () -> pullAndIngest(asOf));
    Optional<LocalDate> day = daily ? asOf.or(() -> Optional.of(steps.today())) : asOf;
    command.part("compute", () -> compute(day, master, false));
    command.part("publish", this::publish);
    command.part(
        "report",
        () ->
            daily
                ? reportDaily(Optional.empty(), Optional.empty(), PageSize.LETTER)
                : report(Optional.empty(), Optional.empty(), Optional.empty(), PageSize.LETTER));
    return ingested.and(ExitCode.DONE);
  }
}
