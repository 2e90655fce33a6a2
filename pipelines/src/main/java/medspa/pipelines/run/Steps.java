package medspa.pipelines.run;

import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import medspa.jobs.ingest.Ingestion;
import medspa.pipelines.config.Secrets;
import medspa.pipelines.config.Workspace;

/** The steps of the weekly work on one workspace, each of which may be repeated at will. */
public final class Steps {
  private final Workspace workspace;
  private final Clock clock;
  private final Map<String, String> environment;
  private final Consumer<String> progress;

  /**
   * The steps of a workspace.
   *
   * @param clock only stamps new batches and finds the last complete week; no number depends on it
   * @param environment where secrets may be
   * @param progress told in one line about each thing done
   */
  public Steps(
      Workspace workspace,
      Clock clock,
      Map<String, String> environment,
      Consumer<String> progress) {
    this.workspace = workspace;
    this.clock = clock;
    this.environment = environment;
    this.progress = progress;
  }

  /** Takes every new export into bronze. */
  public Ingestion.Result ingest() {
    return Ingestion.run(
        new Ingestion.Request(
            workspace.directory(),
            workspace.lake(),
            workspace.market(),
            workspace.sources(),
            workspace.mappings(),
            Secrets.pseudonymKey(workspace, environment),
            workspace.rejectLimit(),
            clock.instant(),
            Runtime.getRuntime().availableProcessors(),
            progress));
  }
}
