package medspa.pipelines.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.run.ExitCode;
import medspa.pipelines.run.WorkspaceLock;
import medspa.warehouse.history.JournalLog;
import medspa.warehouse.history.PastJournal;
import medspa.warehouse.journal.Books;
import medspa.warehouse.journal.ExplainedEntry;
import medspa.warehouse.journal.Journal;
import medspa.warehouse.journal.JournalEntry;
import medspa.warehouse.journal.JournalFormat;
import medspa.warehouse.market.Location;
import medspa.warehouse.market.Market.Practice;
import medspa.warehouse.query.QueryFormat;
import medspa.warehouse.query.WarehouseQuery;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medspa journal}: journal entries of some days for the books of a practice. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description = {
      "Write journal entries as CSV for import into QuickBooks or Xero: balanced, one per location and"
          + " day, of a week, a month or any days.",
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
  LocalDate weekDay;

  @Option(
      names = "--month",
      paramLabel = "DATE",
      description =
          "A day of the calendar month, which must be computed from its first to its last.")
  LocalDate monthDay;

  @Option(names = "--from", paramLabel = "DATE", description = "The first day, with --to.")
  LocalDate from;

  @Option(names = "--to", paramLabel = "DATE", description = "The last day, with --from.")
  LocalDate to;

  @Option(
      names = "--total",
      description =
          "Add the days up to one entry per location, dated on the last (default: one per day).")
  boolean isTotal;

  @Option(
      names = "--record",
      description =
          "Keep in the history that these entries were exported: they are never issued again with"
              + " other amounts, but followed by an adjusting entry.")
  boolean isRecorded;

  /** At most one of them. */
  static final class Other {
    @Option(
        names = "--adjustments",
        description = "Instead of days: of all that was exported, what has other amounts now.")
    boolean isAdjustments;

    @Option(names = "--again", description = "What was exported of the days, as it was.")
    boolean isAgain;

    @Option(
        names = "--opening",
        description = "Instead of days: the opening_balances of the configuration.")
    boolean isOpening;

    @Option(
        names = "--explain",
        paramLabel = "NUMBER",
        description = "The rows of the exports behind each line of the entry of this number.")
    String explained;
  }

  @ArgGroup Other other = new Other();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "PLAIN",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  JournalFormat format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write this file, and FILE-2, FILE-3 … where a file may not have so many lines (default:"
              + " standard output).")
  Path output;

  /** The first days of the first and the last week that are published. */
  private record Computed(LocalDate firstWeek, LocalDate lastWeek, String runId) {}

  /** Days of a journal, both included, and what they are called. */
  private record Days(LocalDate from, LocalDate to, String name) {}

  @Override
  public Integer call() {
    if (isRecorded && (knowledge.knownAt != null || other.isAgain || other.explained != null)) {
      throw new IllegalArgumentException(
          "What was known earlier, or was exported already, cannot be recorded: leave --record out");
    }
    Workspace workspace = option.load();
    return isRecorded
        ? WorkspaceLock.during(workspace.directory(), "journal", () -> journal(workspace))
        : journal(workspace);
  }

  private int journal(Workspace workspace) {
    String owner = owner(workspace);
    JournalLog log = workspace.history().journals();
    try (WarehouseQuery warehouse =
        WarehouseQuery.open(
            knowledge.warehouse(workspace.files()), WarehouseQuery.Limits.DEFAULT)) {
      if (other.explained != null) {
        return explain(warehouse, owner, log);
      }
      Computed computed = computed(warehouse);
      requireBooksOfPublishedDays(workspace.books().get(owner), computed);
      Days days = days(workspace, computed);
      Journal.Request request =
          new Journal.Request(
              owner,
              place.location(),
              days.from(),
              days.to(),
              scope(),
              format,
              workspace.books().get(owner),
              log.entries(owner));
      Journal.Written written = Journal.write(warehouse, request);
      if (!other.isAgain) {
        Journal.requireNoneElsewhere(written, log.elsewhere(owner));
      }
      List<String> rejected = isOfDays() ? Journal.rejected(warehouse, request) : List.of();
      List<String> untold = isOfDays() ? Journal.untold(warehouse, request) : List.of();
      boolean isNothingSaid =
          written.entries().isEmpty() && (written.unchanged() == 0 || other.isAdjustments);
      if (!written.entries().isEmpty()) {
        write(written.parts(), owner, days);
        if (isRecorded) {
          record(log, owner, computed, written.entries());
        }
      } else if (isNothingSaid
          && rejected.isEmpty()
          && untold.isEmpty()
          && !(other.isOpening && !written.unknown().isEmpty())) {
        terminal.say(nothing(days));
      } else if (isNothingSaid) {
        terminal.problem("There is no entry of " + days.name() + ".");
      }
      sayWhatWasExported(warehouse, written, request, computed);
      sayWhatIsMissing(rejected, untold);
      sayWhatIsUnknown(written.unknown());
      if (!written.entries().isEmpty()) {
        return ExitCode.DONE.code();
      }
      return (isNothingSaid && !(rejected.isEmpty() && untold.isEmpty())
              ? ExitCode.DATA_REFUSED
              : ExitCode.NOTHING_TO_DO)
          .code();
    }
  }

  private int explain(WarehouseQuery warehouse, String owner, JournalLog log) {
    ExplainedEntry entry =
        ExplainedEntry.of(warehouse, owner, other.explained, log.entries(owner))
            .orElseThrow(() -> new IllegalArgumentException(noEntry(owner)));
    StringBuilder rows = new StringBuilder();
    long count = entry.write(warehouse, output == null ? QueryFormat.TABLE : QueryFormat.CSV, rows);
    String days = entry.location() + " from " + entry.from() + " to " + entry.to();
    List<String> untold = entry.untold(warehouse);
    if (count == 0) {
      if (untold.isEmpty()) {
        throw new IllegalArgumentException("Nothing was sold, paid or used at " + days);
      }
      terminal.problem("There is no entry of " + days + ".");
    } else if (output == null) {
      terminal.results().print(rows);
      terminal.results().flush();
    } else {
      write(output, rows.toString());
      terminal.say("Wrote " + count + " rows into " + output + ".");
    }
    if (untold.isEmpty()) {
      sayWhatChanged(entry.changes(warehouse));
    } else {
      terminal.problem(
          "Not in the rows, because of these nothing was accepted: "
              + String.join(", ", untold)
              + ". Such a week is in no entry until it is told.");
    }
    List<ExplainedEntry.Gap> gaps = entry.gaps(warehouse);
    gaps.forEach(
        gap ->
            terminal.problem(
                "The rows of "
                    + gap.account()
                    + " add up to "
                    + gap.rows().stripTrailingZeros().toPlainString()
                    + ", but the line has "
                    + gap.line().toPlainString()
                    + "; run `medspa compute --rebuild` and `medspa publish`, and report it if they"
                    + " still differ."));
    if (count == 0) {
      return ExitCode.DATA_REFUSED.code();
    }
    return (gaps.isEmpty() ? ExitCode.DONE : ExitCode.CHECK_FAILED).code();
  }

  private String noEntry(String owner) {
    return "No entry of "
        + owner
        + " has the number "
        + other.explained
        + "; "
        + (other.explained.startsWith("A")
            ? "an adjusting entry is known once it was exported with --record: explain the entry"
                + " that it adjusts, which its memo names"
            : "`medspa journal` writes them, and opening balances stand in medspa.yaml");
  }

  private void sayWhatChanged(List<ExplainedEntry.Change> changes) {
    for (ExplainedEntry.Change change : changes) {
      BigDecimal more = change.now().subtract(change.recorded());
      terminal.say(
          change.account()
              + ": "
              + change.recorded().toPlainString()
              + " was recorded, the rows say "
              + change.now().toPlainString()
              + " now; the difference is "
              + more.toPlainString()
              + (change.adjusted().signum() == 0
                  ? ""
                  : ", of which " + change.adjusted().toPlainString() + " was adjusted")
              + ".");
    }
    if (changes.stream().anyMatch(change -> change.open().signum() != 0)) {
      terminal.problem(
          "The entry has other amounts now than in the books; write what adjusts it with"
              + " --adjustments.");
    }
  }

  private Journal.Scope scope() {
    if (other.isAdjustments) {
      return Journal.Scope.ADJUSTMENTS;
    } else if (other.isAgain) {
      return Journal.Scope.AGAIN;
    } else if (other.isOpening) {
      return Journal.Scope.OPENING;
    }
    return isTotal ? Journal.Scope.TOTAL : Journal.Scope.DAYS;
  }

  /** Whether days are asked for, of which something may be missing. */
  private boolean isOfDays() {
    return scope() == Journal.Scope.DAYS || scope() == Journal.Scope.TOTAL;
  }

  private String nothing(Days days) {
    return switch (scope()) {
      case ADJUSTMENTS -> "Nothing that was exported has other amounts now.";
      case AGAIN -> "Nothing of " + days.name() + " was exported with --record.";
      case OPENING ->
          "No location has opening_balances; write them below it in medspa.yaml, such as"
              + " `opening_balances: {date: 2026-09-30, gift_card_liability: 1250.00}`.";
      case DAYS, TOTAL -> "Nothing was sold, paid or used in " + days.name() + ".";
    };
  }

  private void record(JournalLog log, String owner, Computed computed, List<JournalEntry> entries) {
    log.append(
        new PastJournal(
            owner,
            Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS),
            computed.runId(),
            entries));
    terminal.say(
        "Recorded "
            + entries.size()
            + (entries.size() == 1 ? " entry" : " entries")
            + " as exported.");
  }

  private void sayWhatWasExported(
      WarehouseQuery warehouse,
      Journal.Written written,
      Journal.Request request,
      Computed computed) {
    if (written.unchanged() > 0 && !other.isAdjustments) {
      terminal.say(
          written.unchanged()
              + (written.unchanged() == 1 ? " entry was" : " entries were")
              + " exported before and not written again; --again writes what was exported.");
    }
    if (isOfDays() && !request.exported().isEmpty()) {
      int changed =
          Journal.changed(
              warehouse,
              new Journal.Request(
                  request.practice(),
                  request.location(),
                  computed.firstWeek(),
                  computed.lastWeek().plusDays(6),
                  Journal.Scope.ADJUSTMENTS,
                  format,
                  request.books(),
                  request.exported()));
      long here = written.entries().stream().filter(entry -> entry.adjusts().isPresent()).count();
      if (changed > here) {
        terminal.problem(
            changed
                - here
                + " more of the entries that were exported have other amounts now; write what"
                + " adjusts them with --adjustments.");
      }
    }
  }

  private void sayWhatIsMissing(List<String> rejected, List<String> untold) {
    if (!rejected.isEmpty()) {
      terminal.problem(
          "Not in the books, because their rows were rejected: "
              + String.join(", ", rejected)
              + ". The relation rejected_amounts names file, line and reason of each; correct them"
              + " at the source, export again and run `medspa run`.");
    }
    if (!untold.isEmpty()) {
      terminal.problem(
          "Not in the books, because of these nothing was accepted: "
              + String.join(", ", untold)
              + ". Deliver them, corrected where rows were rejected or a file was refused, run"
              + " `medspa run` and write the journal of these days with --location, or --adjustments"
              + " where they are within an entry that was recorded.");
    }
  }

  private void sayWhatIsUnknown(List<String> unknown) {
    if (!unknown.isEmpty()) {
      terminal.problem(
          "Not looked at, because the published warehouse does not know these locations: "
              + String.join(", ", unknown)
              + ". What was exported of them stays as it is. If one has another id in medspa.yaml"
              + " now, give it back the old one; if one is new, run `medspa run` first.");
    }
  }

  /** Each entry is dated after the closed days: a slip in the year would date all of them there. */
  private void requireBooksOfPublishedDays(Books books, Computed computed) {
    LocalDate lastDay = computed.lastWeek().plusDays(6);
    boolean isAsItWas = other.isAgain || knowledge.knownAt != null;
    if (!isAsItWas && books.closedThrough().filter(lastDay::isBefore).isPresent()) {
      throw new IllegalArgumentException(
          "books_closed_through in medspa.yaml is "
              + books.closedThrough().get()
              + ", after the last published day, "
              + lastDay
              + ": every entry would be dated later than what is known. Write the last day on which"
              + " the books are closed, or publish the days until then first");
    }
  }

  private Days days(Workspace workspace, Computed computed) {
    boolean isRange = from != null || to != null;
    if ((weekDay == null ? 0 : 1) + (monthDay == null ? 0 : 1) + (isRange ? 1 : 0) > 1) {
      throw new IllegalArgumentException("Name a --week, a --month, or --from and --to");
    }
    if (isRange && (from == null || to == null || to.isBefore(from))) {
      throw new IllegalArgumentException(
          "Name both --from and --to, the first day before the last");
    }
    LocalDate lastDay = computed.lastWeek().plusDays(6);
    if (other.isAdjustments || other.isOpening) {
      if (isRange || weekDay != null || monthDay != null || isTotal) {
        throw new IllegalArgumentException(
            "--adjustments and --opening are of no days: leave the days and --total out");
      }
      return new Days(
          computed.firstWeek(), lastDay, other.isOpening ? "opening balances" : "adjustments");
    }
    if (isRange || monthDay != null) {
      LocalDate first = isRange ? from : monthDay.withDayOfMonth(1);
      LocalDate last = isRange ? to : first.plusMonths(1).minusDays(1);
      if (other.isAgain) {
        return new Days(first, last, "the days from " + first + " to " + last);
      }
      String part = isRange ? "" : "; write a part of the month with --from and --to";
      if (last.isAfter(lastDay)) {
        throw new IllegalArgumentException(
            "The days until "
                + last
                + " are not published; the last published one is "
                + lastDay
                + part);
      }
      if (first.isBefore(computed.firstWeek())) {
        throw new IllegalArgumentException(
            "The days from "
                + first
                + " on are not published; the first published one is "
                + computed.firstWeek()
                + part);
      }
      return new Days(first, last, "the days from " + first + " to " + last);
    }
    LocalDate week = weekDay == null ? computed.lastWeek() : workspace.market().weekStart(weekDay);
    if (week.isBefore(computed.firstWeek())) {
      throw new IllegalArgumentException(
          "The week of "
              + week
              + " is not published; the first published one begins on "
              + computed.firstWeek());
    }
    if (week.isAfter(computed.lastWeek())) {
      throw new IllegalArgumentException(
          "The week of "
              + week
              + " is not published; the last published one begins on "
              + computed.lastWeek());
    }
    return new Days(week, week.plusDays(6), "the week of " + week);
  }

  private void write(List<Journal.Part> parts, String owner, Days days) {
    long lines = parts.stream().mapToLong(Journal.Part::lines).sum();
    if (output == null) {
      if (parts.size() > 1) {
        throw new IllegalArgumentException(
            "The journal has "
                + lines
                + " lines, and a file for "
                + format
                + " at most "
                + format.mostLines()
                + "; name a file with -o, which is split, or use --total or fewer days");
      }
      terminal.results().print(parts.get(0).csv());
      terminal.results().flush();
      terminal.say("Wrote " + lines + " lines of " + days.name() + " for " + owner + ".");
      return;
    }
    requireNoneOfALongerOne(parts.size());
    List<Path> files = new ArrayList<>();
    for (Journal.Part part : parts) {
      Path file = files.isEmpty() ? output : numbered(files.size() + 1);
      write(file, part.csv());
      files.add(file);
    }
    terminal.say(
        "Wrote "
            + lines
            + " lines of "
            + days.name()
            + " for "
            + owner
            + " into "
            + String.join(", ", files.stream().map(Path::toString).toList())
            + ".");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Cannot write " + file + ": " + e + "; name another file with -o", e);
    }
  }

  /** A file that a longer journal of the name left would be imported together with these. */
  private void requireNoneOfALongerOne(int written) {
    List<String> left = new ArrayList<>();
    for (int number = Math.max(2, written + 1); Files.exists(numbered(number)); number++) {
      left.add(numbered(number).toString());
    }
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "The journal has "
              + written
              + (written == 1 ? " file" : " files")
              + ", and beside it stand those of an earlier one: "
              + String.join(", ", left)
              + "; move them away, or name another file with -o");
    }
  }

  /** {@code journal-2.csv} beside {@code journal.csv}. */
  private Path numbered(int number) {
    String name = output.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return output.resolveSibling(
        dot <= 0
            ? name + "-" + number
            : name.substring(0, dot) + "-" + number + name.substring(dot));
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

  private static Computed computed(WarehouseQuery warehouse) {
    return warehouse.row(
        "SELECT first_week_start, last_week_start, run_id FROM runs",
        row ->
            new Computed(
                row.date("first_week_start"), row.date("last_week_start"), row.text("run_id")));
  }
}
