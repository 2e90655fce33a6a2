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
import medspa.warehouse.query.QueryFormat;
import medspa.warehouse.query.WarehouseQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medspa journal}: a week's journal entries for the books of a practice. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description =
        "Write the journal entries of a week as CSV, one balanced entry per location, for import"
            + " into QuickBooks or Xero.")
final class JournalCommand implements Callable<Integer> {
  @Mixin WorkspaceOption option = new WorkspaceOption();
  @Mixin KnownAtOption knowledge = new KnownAtOption();
  @Mixin Terminal terminal = new Terminal();

  @Option(
      names = "--practice",
      paramLabel = "ID",
      description = "Whose books; needed where the workspace has several practices.")
  String practice;

  @Option(names = "--location", paramLabel = "ID", description = "Only this location.")
  String location;

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
    Workspace workspace = knowledge.published(option.load());
    String owner = owner(workspace);
    try (WarehouseQuery warehouse =
        WarehouseQuery.open(workspace.warehouseFile(), WarehouseQuery.Limits.DEFAULT)) {
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
                  owner,
                  Optional.ofNullable(location),
                  week,
                  format,
                  workspace.accounts().get(owner)),
              csv);
      if (lines == 0) {
        terminal.say("Nothing was sold or paid in the week of " + week + ".");
        return ExitCode.NOTHING_TO_DO.code();
      }
      terminal.results().print(csv);
      terminal.results().flush();
      terminal.say("Wrote " + lines + " lines of the week of " + week + " for " + owner + ".");
      return ExitCode.DONE.code();
    }
  }

  /** The practice that is named, that owns the named location, or the only one. */
  private String owner(Workspace workspace) {
    List<String> ids = workspace.market().practices().stream().map(Practice::id).toList();
    if (practice != null && !ids.contains(practice)) {
      throw new IllegalArgumentException(
          "There is no practice " + practice + "; practices are " + String.join(", ", ids));
    }
    if (location != null) {
      Location place =
          workspace
              .market()
              .location(location)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "There is no location "
                              + location
                              + "; locations are "
                              + String.join(
                                  ", ",
                                  workspace.market().locations().stream()
                                      .map(Location::id)
                                      .toList())));
      if (practice != null && !place.practiceId().equals(practice)) {
        throw new IllegalArgumentException(
            "The location " + location + " belongs to " + place.practiceId());
      }
      return place.practiceId();
    }
    if (practice == null && ids.size() > 1) {
      throw new IllegalArgumentException(
          "Name the --practice whose books these are: " + String.join(", ", ids));
    }
    return practice == null ? ids.get(0) : practice;
  }

  private static LocalDate lastWeek(WarehouseQuery warehouse) {
    StringBuilder csv = new StringBuilder();
    warehouse.run("SELECT last_week_start FROM runs", QueryFormat.CSV, csv);
    return LocalDate.parse(csv.toString().lines().skip(1).findFirst().orElseThrow());
  }
}
