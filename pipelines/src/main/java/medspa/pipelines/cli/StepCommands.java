package medspa.pipelines.cli;

import java.time.LocalDate;
import java.util.Optional;
import medspa.charts.PageSize;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.run.ExitCode;
import medspa.pipelines.run.Steps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands that do one step of the weekly work, and the one that does all. */
final class StepCommands {
  private StepCommands() {}

  /** {@code medspa pull}. */
  @Command(
      name = "pull",
      mixinStandardHelpOptions = true,
      description = "Fetch what is new at servers and interfaces that sources name.")
  static final class PullCommand extends StepCommand {
    @Override
    ExitCode work(Workspace workspace, Steps steps) {
      return new WeeklyWork(this, workspace, steps).pull();
    }
  }

  /** {@code medspa ingest}. */
  @Command(
      name = "ingest",
      mixinStandardHelpOptions = true,
      description = "Fetch what is new and take every new export file into the lake.")
  static final class IngestCommand extends StepCommand {
    @Option(names = "--no-pull", description = "Only take what is there; fetch nothing.")
    boolean noPull;

    @Mixin NewKeyOption newKey = new NewKeyOption();

    @Override
    boolean newKey() {
      return newKey.given;
    }

    @Override
    ExitCode work(Workspace workspace, Steps steps) {
      WeeklyWork work = new WeeklyWork(this, workspace, steps);
      return noPull ? work.ingest(Optional.empty()) : work.pullAndIngest(Optional.empty());
    }
  }

  /** {@code medspa compute}. */
  @Command(
      name = "compute",
      mixinStandardHelpOptions = true,
      description = "Fold the lake into current rows and compute the measures.")
  static final class ComputeCommand extends StepCommand {
    @Mixin KnownAtOption knowledge = new KnownAtOption();

    @Option(
        names = "--as-of",
        paramLabel = "DATE",
        description = {
          "Only events before this day count (default: the first day of the running week, or with"
              + " --known-at of the week that was running then)."
        })
    LocalDate asOf;

    @Mixin MasterOption master = new MasterOption();

    @Option(names = "--rebuild", description = "Compute even if nothing has changed.")
    boolean rebuild;

    @Override
    Workspace workspace() {
      return knowledge.of(option.load());
    }

    @Override
    ExitCode work(Workspace workspace, Steps steps) {
      return new WeeklyWork(this, workspace, steps)
          .compute(Optional.ofNullable(asOf), master.url(), rebuild);
    }
  }

  /** {@code medspa publish}. */
  @Command(
      name = "publish",
      mixinStandardHelpOptions = true,
      description = "Build, check and publish the warehouse.")
  static final class PublishCommand extends StepCommand {
    @Mixin KnownAtOption knowledge = new KnownAtOption();

    @Override
    Workspace workspace() {
      return knowledge.of(option.load());
    }

    @Override
    ExitCode work(Workspace workspace, Steps steps) {
      return new WeeklyWork(this, workspace, steps).publish();
    }
  }

  /** {@code medspa report}. */
  @Command(
      name = "report",
      mixinStandardHelpOptions = true,
      description = {
        "Write the PDF reports of the last published week, or with --daily the flash of each"
            + " location for the day that was published."
      })
  static final class ReportCommand extends StepCommand {
    @Mixin KnownAtOption knowledge = new KnownAtOption();

    @Mixin PlaceOption place = new PlaceOption();

    @Option(
        names = "--paper",
        paramLabel = "SIZE",
        defaultValue = "LETTER",
        description = "Paper: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    PageSize paper;

    @Option(
        names = "--daily",
        description = {
          "Instead of the weekly reports, one page for each location as PDF and HTML: yesterday, the"
              + " week to date and today's book. Today is the --as-of that was computed."
        })
    boolean daily;

    @Option(
        names = "--highlight",
        paramLabel = "PRACTICE",
        description =
            "In benchmarks, give the locations of this practice a colour of their own instead of"
                + " telling quarters apart.")
    String highlight;

    @Override
    Workspace workspace() {
      return knowledge.of(option.load());
    }

    @Override
    ExitCode work(Workspace workspace, Steps steps) {
      WeeklyWork work = new WeeklyWork(this, workspace, steps);
      return daily
          ? work.reportDaily(place.practice(), place.location(), paper)
          : work.report(place.practice(), place.location(), Optional.ofNullable(highlight), paper);
    }
  }

  /** {@code medspa deliver}. */
  @Command(
      name = "deliver",
      mixinStandardHelpOptions = true,
      description = "Mail the week's letters and post its alerts, each at most once.")
  static final class DeliverCommand extends StepCommand {
    @Option(
        names = "--week",
        paramLabel = "DATE",
        description = "First day of the week; another than the published one is refused.")
    LocalDate week;

    @Option(
        names = "--resend",
        description = {
          "Send again what may have arrived or not, what was refused, and reports that say"
              + " something else since, marked as corrected."
        })
    boolean resend;

    @Override
    ExitCode work(Workspace workspace, Steps steps) {
      return new DeliveryWork(this, workspace, steps).deliver(Optional.ofNullable(week), resend);
    }
  }

  /** {@code medspa run}. */
  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Do the week's work: pull, ingest, compute, publish, report.")
  static final class RunCommand extends StepCommand {
    @Mixin KnownAtOption knowledge = new KnownAtOption();

    @Option(
        names = "--as-of",
        paramLabel = "DATE",
        description = {
          "Only events before this day count (default: the first day of the running week, or with"
              + " --known-at of the week that was running then)."
        })
    LocalDate asOf;

    @Mixin MasterOption master = new MasterOption();

    @Mixin NewKeyOption newKey = new NewKeyOption();

    @Option(
        names = "--daily",
        description = {
          "Do the day's work instead: compute as of today, and write the daily flash of each location"
              + " instead of the weekly reports."
        })
    boolean daily;

    @Override
    boolean newKey() {
      return newKey.given;
    }

    @Override
    boolean tellsOfEachFile() {
      return false;
    }

    @Override
    Workspace workspace() {
      return knowledge.of(option.load());
    }

    @Override
    ExitCode work(Workspace workspace, Steps steps) {
      return new WeeklyWork(this, workspace, steps)
          .all(Optional.ofNullable(asOf), master.url(), daily);
    }
  }
}
