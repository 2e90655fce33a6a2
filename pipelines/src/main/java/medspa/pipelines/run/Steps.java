package medspa.pipelines.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import medspa.charts.Letters;
import medspa.charts.PageSize;
import medspa.charts.ReportRequest;
import medspa.charts.Reports;
import medspa.jobs.compute.Computation;
import medspa.jobs.compute.ComputeRequest;
import medspa.jobs.compute.ComputeResult;
import medspa.jobs.ingest.Ingestion;
import medspa.jobs.ingest.PseudonymKey;
import medspa.jobs.pull.Pull;
import medspa.jobs.pull.Transport;
import medspa.pipelines.config.Secrets;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.deliver.Delivery;
import medspa.pipelines.deliver.Dispatch;
import medspa.pipelines.deliver.Receivers;
import medspa.warehouse.history.PastPublication;
import medspa.warehouse.lake.KnownAt;
import medspa.warehouse.market.Location;
import medspa.warehouse.publish.Publication;
import medspa.warehouse.publish.PublishRequest;
import medspa.warehouse.publish.Publisher;

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

  /**
   * Fetches what is new at the sources that are fetched.
   *
   * @return how each of them ended
   */
  public List<Pull.Outcome> pull() {
    return Pull.run(
        new Pull.Request(
            workspace.pulls(),
            workspace.files().knownHosts(),
            variable -> Optional.ofNullable(environment.get(variable)),
            clock.instant(),
            Transport.standard(),
            progress));
  }

  /**
   * Takes every new export into bronze.
   *
   * @param asOf a day that somebody named: what it and the days before it tell has happened, even
   *     if the clock lies before it
   * @param newKey whether a pseudonym key that was never used here may have all files read again
   * @throws NewKeyException if it is one and may not
   */
  public Ingestion.Result ingest(Optional<LocalDate> asOf, boolean newKey) {
    PseudonymKey key = Secrets.pseudonymKey(workspace, environment);
    int files = newKey ? 0 : Ingestion.readUnderOtherKeys(workspace.lake(), key);
    if (files > 0) {
      throw new NewKeyException(files);
    }
    return Ingestion.run(
        new Ingestion.Request(
            workspace.directory(),
            workspace.lake(),
            workspace.market(),
            workspace.sources(),
            workspace.mappings(),
            workspace.identities(),
            key,
            workspace.rejectLimit(),
            workspace.deletionLimit(),
            clock.instant(),
            asOf,
            Runtime.getRuntime().availableProcessors(),
            progress));
  }

  /**
   * Folds bronze and computes the measures, unless the lake holds them already.
   *
   * @param asOf the day before which events count; without it the end of the week that was the last
   *     complete one when all that counts was known, which is now unless the workspace looks back
   * @param sparkMaster a cluster; without it this process
   * @param rebuild whether to compute even when nothing has changed
   * @throws ClockSetBackException see {@link #trustClock}
   */
  public ComputeResult compute(
      Optional<LocalDate> asOf, Optional<String> sparkMaster, boolean rebuild) {
    trustClock(asOf);
    return Computation.run(
        new ComputeRequest(
            workspace.lake(),
            workspace.market(),
            asOf.orElseGet(this::endOfLastCompleteWeek),
            workspace.knownAt().map(KnownAt::sequence),
            workspace.configurationDigest(),
            Version.CURRENT,
            sparkMaster,
            rebuild,
            progress));
  }

  /**
   * The first day of the week that is running in the location where it began last; of a look back
   * the week that was running then.
   */
  LocalDate endOfLastCompleteWeek() {
    return workspace.market().weekStart(today());
  }

  /** The day that is running in the location where it began last; of a look back the day then. */
  public LocalDate today() {
    return today(workspace.knownAt().map(KnownAt::at).orElseGet(clock::instant));
  }

  /** The local day of the location in which it began last. */
  private LocalDate today(Instant now) {
    return workspace.market().locations().stream()
        .map(Location::zone)
        .map(zone -> LocalDate.ofInstant(now, zone))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /**
   * Makes sure that the clock may choose the as-of: on a day that lies before what is published it
   * would replace what is known of the weeks since by nothing.
   *
   * @param asOf the day that somebody chose, which is right whatever the clock says
   * @throws ClockSetBackException if nobody did, nor looks back, and the clock lies before the
   *     as-of of the last publication
   */
  public void trustClock(Optional<LocalDate> asOf) {
    if (asOf.isPresent() || workspace.knownAt().isPresent()) {
      return;
    }
    List<PastPublication> publications = workspace.history().publications();
    if (publications.isEmpty()) {
      return;
    }
    LocalDate published = publications.get(publications.size() - 1).asOf();
    LocalDate today = today(clock.instant());
    if (today.isBefore(published)) {
      throw new ClockSetBackException(today, published, endOfLastCompleteWeek());
    }
  }

  /** Builds, checks and publishes the warehouse. */
  public Publication publish() {
    return new Publisher()
        .publish(
            new PublishRequest(
                workspace.lake(),
                workspace.market(),
                workspace.identities(),
                workspace.warehouseFile(),
                workspace.history(),
                clock.instant(),
                Version.CURRENT,
                progress));
  }

  /**
   * Writes the reports of the last published week.
   *
   * @param practice only this practice
   * @param location only this location
   * @param highlight the practice whose locations have a colour of their own in benchmarks
   */
  public List<Path> report(
      Optional<String> practice,
      Optional<String> location,
      Optional<String> highlight,
      PageSize page) {
    return Reports.write(request(practice, location, highlight, page), progress);
  }

  /**
   * Writes the daily flash of each location for the day that the warehouse was published as of.
   *
   * @param practice only this practice
   * @param location only this location
   */
  public List<Path> reportDaily(
      Optional<String> practice, Optional<String> location, PageSize page) {
    return Reports.writeDaily(request(practice, location, Optional.empty(), page), progress);
  }

  private ReportRequest request(
      Optional<String> practice,
      Optional<String> location,
      Optional<String> highlight,
      PageSize page) {
    return new ReportRequest(
        workspace.warehouseFile(), workspace.reports(), practice, location, page, highlight);
  }

  /**
   * Sends the letters and alerts of the last published week to whom they are for, and writes no
   * report.
   *
   * @param resend whether to repeat what may have arrived, was refused or says something else since
   * @throws medspa.warehouse.query.QueryException if nothing is published
   * @throws medspa.warehouse.lake.DamagedFileException if it is not known what was sent before
   */
  public Delivery.Result deliver(boolean resend) {
    workspace.history().deliveries().refuseDamage();
    try (Letters letters = Letters.open(workspace.warehouseFile())) {
      return Delivery.run(
          new Delivery.Request(
              workspace.delivery(),
              letters.week(),
              letters.runId(),
              practice -> dispatch(letters, practice),
              workspace.history().deliveries(),
              resend,
              new Receivers(
                  variable -> Optional.ofNullable(environment.get(variable)),
                  clock,
                  Optional.empty()),
              progress));
    }
  }

  /** The first day of the last published week. */
  public LocalDate publishedWeek() {
    try (Letters letters = Letters.open(workspace.warehouseFile())) {
      return letters.week();
    }
  }

  private Optional<Dispatch> dispatch(Letters letters, String practice) {
    Path file = Letters.file(workspace.reports(), letters.week(), practice);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    return letters.of(practice).map(letter -> new WrittenLetter(letter, file));
  }
}
