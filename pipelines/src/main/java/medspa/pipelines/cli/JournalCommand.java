package medspa.pipelines.cli;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.run.ExitCode;
import medspa.warehouse.journal.Journal;
import medspa.warehouse.journal.JournalFormat;
import medspa.warehouse.market.Location;
import medspa.warehouse.market.Market.Practice;
import medspa.warehouse.query.WarehouseQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medspa journal}: a week's journal entries for the books of a practice. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description = {
      "Write the journal entries of a week as CSV, one balanced entry per location, for import into"
          + " QuickBooks or Xero.",
      "Where the workspace has several practices, name the one whose books they are."
    })
final class JournalCommand implements Callable<Integer> {
  @Mixin WorkspaceOption option = new WorkspaceOption();
  @Mixin KnownAtOption knowledge = new KnownAtOption();
  @Mixin PlaceOption place = new PlaceOption();
  @Mixin Terminal terminal = new Terminal();

  @Option(
      names = "--week",
      paramLabel = "DATE",
      description = "A day of the week (default: the last published week).")
  LocalDate day;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "PLAIN",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  JournalFormat format;

  @Override
  public Integer call() {
    Workspace workspace = option.load();
    String owner = owner(workspace);
    try (WarehouseQuery warehouse =
        WarehouseQuery.open(
            knowledge.warehouse(workspace.files()), WarehouseQuery.Limits.DEFAULT)) {
      LocalDate last = lastWeek(warehouse);
      LocalDate week = Optional.ofNullable(day).map(workspace.market()::weekStart).orElse(last);
      if (week.isAfter(last)) {
        throw new IllegalArgumentException(
            "The week of " + week + " is not published; the last published one begins on " + last);
      }
      StringBuilder csv = new StringBuilder();
      long lines =
          Journal.write(
              warehouse,
              new Journal.Request(
                  owner, place.location(), week, format, workspace.accounts().get(owner)),
              csv);
      List<String> untold = Journal.untold(warehouse, owner, place.location(), week);
      if (lines == 0 && !untold.isEmpty()) {
        terminal.problem(
            "No entry of the week of "
                + week
                + " can be booked, because of these nothing arrived: "
                + String.join(", ", untold)
                + ". Deliver the week and run `medspa run` again.");
        return ExitCode.DATA_REFUSED.code();
      }
      if (lines == 0) {
        terminal.say("Nothing was sold or paid in the week of " + week + ".");
        return ExitCode.NOTHING_TO_DO.code();
      }
      terminal.results().print(csv);
      terminal.results().flush();
      terminal.say("Wrote " + lines + " lines of the week of " + week + " for " + owner + ".");
      if (!untold.isEmpty()) {
        terminal.problem(
            "Not in it, because of these nothing arrived: "
                + String.join(", ", untold)
                + ". Deliver the week, run `medspa run` and write the journal of these with"
                + " --location.");
      }
      return ExitCode.DONE.code();
    }
  }

  /** The practice that is named, that owns the named location, or the only one. */
  private String owner(Workspace workspace) {
    List<String> ids = workspace.market().practices().stream().map(Practice::id).toList();
    Optional<String> practice = place.practice();
    if (practice.isPresent() && !ids.contains(practice.get())) {
      throw new IllegalArgumentException(
          "There is no practice " + practice.get() + "; practices are " + String.join(", ", ids));
    }
    if (place.location().isPresent()) {
      Location location = location(workspace, place.location().get());
      if (practice.isPresent() && !location.practiceId().equals(practice.get())) {
        throw new IllegalArgumentException(
            "The location "
                + location.id()
                + " belongs to "
                + location.practiceId()
                + "; name that as --practice, or no practice");
      }
      return location.practiceId();
    }
    if (practice.isEmpty() && ids.size() > 1) {
      throw new IllegalArgumentException(
          "Name the --practice whose books these are: " + String.join(", ", ids));
    }
    return practice.orElse(ids.get(0));
  }

  private static Location location(Workspace workspace, String id) {
    return workspace
        .market()
        .location(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no location "
                        + id
                        + "; locations are "
                        + String.join(
                            ", ",
                            workspace.market().locations().stream().map(Location::id).toList())));
  }

  private static LocalDate lastWeek(WarehouseQuery warehouse) {
    return warehouse.row("SELECT last_week_start FROM runs", row -> row.date("last_week_start"));
  }
}
