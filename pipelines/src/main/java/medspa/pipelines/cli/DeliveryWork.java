package medspa.pipelines.cli;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.deliver.Delivery;
import medspa.pipelines.deliver.DeliverySettings;
import medspa.pipelines.run.ExitCode;
import medspa.pipelines.run.Steps;

/** The delivery as a person meets it: what was sent, and what is left to do about the rest. */
final class DeliveryWork {
  private final StepCommand command;
  private final Terminal terminal;
  private final Workspace workspace;
  private final Steps steps;

  DeliveryWork(StepCommand command, Workspace workspace, Steps steps) {
    this.command = command;
    this.terminal = command.terminal;
    this.workspace = workspace;
    this.steps = steps;
  }

  ExitCode deliver(Optional<LocalDate> week, boolean resend) {
    DeliverySettings settings = workspace.delivery();
    boolean hasRecipients =
        settings.audiences().stream().anyMatch(audience -> !audience.recipients().isEmpty());
    boolean hasChannels =
        settings.audiences().stream()
            .anyMatch(a -> a.slackEnv().isPresent() || a.teamsEnv().isPresent());
    if (!hasChannels && (settings.mail().isEmpty() || !hasRecipients)) {
      terminal.say(
          hasRecipients
              ? "Nothing is delivered: practices have recipients, but medspa.yaml has no delivery:"
                  + " with the mail server."
              : "Nothing is delivered: no practice in medspa.yaml has recipients.");
      return ExitCode.NOTHING_TO_DO;
    }
    LocalDate published = steps.publishedWeek();
    if (week.isPresent() && !week.get().equals(published)) {
      terminal.problem(
          "Not sent: the published week begins on "
              + published
              + ", not on "
              + week.get()
              + ". `medspa run --as-of "
              + week.get().plusDays(7)
              + "` publishes that week.");
      return ExitCode.USAGE;
    }
    Delivery.Result result = steps.deliver(resend);
    tell(result, published);
    return exit(result);
  }

  private void tell(Delivery.Result result, LocalDate week) {
    result.restated().forEach(terminal::problem);
    result.unknown().forEach(terminal::problem);
    result.refused().forEach(terminal::problem);
    result.failed().forEach(terminal::problem);
    result.misconfigured().forEach(terminal::problem);
    if (!result.unsendable().isEmpty()) {
      terminal.problem(
          "Not sent: of "
              + String.join(", ", result.unsendable())
              + " there is no report of what is published now. Run `medspa report -w "
              + workspace.directory()
              + "`, then `medspa deliver` again.");
    }
    terminal.say(
        "Sent "
            + result.sent()
            + " letters and alerts of the week of "
            + week
            + "; "
            + result.known()
            + " had been sent before.");
    command.note("week", week.toString());
    command.note("sent", result.sent());
    command.note("sent_before", result.known());
    note("failed", result.failed());
    note("misconfigured", result.misconfigured());
    note("refused", result.refused());
    note("unknown", result.unknown());
    note("restated", result.restated());
    note("without_report", result.unsendable());
  }

  private void note(String key, List<String> items) {
    command.note(key, items.size());
  }

  private static ExitCode exit(Delivery.Result result) {
    ExitCode exit = result.sent() > 0 ? ExitCode.DONE : ExitCode.NOTHING_TO_DO;
    if (!result.failed().isEmpty()) {
      exit = exit.and(ExitCode.UNREACHABLE);
    }
    if (!result.misconfigured().isEmpty() || !result.unsendable().isEmpty()) {
      exit = exit.and(ExitCode.USAGE);
    }
    if (!result.refused().isEmpty() || !result.unknown().isEmpty()) {
      exit = exit.and(ExitCode.DATA_REFUSED);
    }
    return exit;
  }
}
