package medspa.jobs.ingest;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.jobs.ingest.Inbox.Found;
import medspa.jobs.ingest.Planner.Plan;
import medspa.jobs.ingest.Planner.SourceWorks;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.BronzeDamage;
import medspa.warehouse.lake.DamagedFileException;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.market.Identity;
import medspa.warehouse.market.Location;
import medspa.warehouse.market.Market;

/**
 * Takes every new export file of a workspace into bronze, in five steps: {@link Inbox} finds files
 * and recognises them, {@link Planner} decides which are new, {@link FileIngest} turns each into a
 * batch or refuses it, and what was refused is recorded. Files of one source go one after the other
 * in the order of delivery; sources run side by side. A file that is refused leaves nothing but its
 * entry in the lake's list of refused files; the others go on.
 */
public final class Ingestion {
  /** A file that changes more often while it is taken in is being written. */
  private static final int ATTEMPTS = 3;

  private final Request request;
  private final KnownHashes hashes;
  private final Inbox inbox;
  private final Planner planner;
  private final FileIngest ingest;
  private final Preview preview;

  private final BronzeDamage damage;
  private final List<String> mended;

  private Ingestion(Request request) {
    this.mended = new ArrayList<>(request.lake().batches().mend());
    TableContracts contracts = TableContracts.load();
    this.request = request;
    this.hashes = KnownHashes.read(request.lake(), request.key(), request.ingestedAt());
    this.inbox = new Inbox(request.workspace(), hashes::of);
    Bronze bronze = Bronze.read(request.lake());
    this.damage = BronzeDamage.find(request.lake());
    this.planner = new Planner(request, contracts, bronze, damage);
    this.ingest =
        new FileIngest(
            request.lake(),
            contracts,
            request.mappings(),
            request.key(),
            new DeliveryLimits(request.rejectLimit(), request.deletionLimit()),
            bronze);
    this.preview = new Preview(request.mappings());
  }

  /**
   * What to ingest.
   *
   * @param workspace directory that file names are relative to
   * @param sources in the order of the configuration
   * @param identities what sources call differently; a source's files are read again when its lines
   *     change
   * @param key under which clients become pseudonyms
   * @param rejectLimit share of rejected rows above which a file is refused, such as 0.05
   * @param deletionLimit share of a location's rows on the days that a delivery replaces above
   *     which it may not delete, unless its source says otherwise
   * @param ingestedAt the instant that the new batches carry
   * @param asOf a day that somebody named, until the end of which things have happened whatever the
   *     clock says
   * @param threads sources that run side by side
   * @param progress told in one line about each file
   */
  public record Request(
      Path workspace,
      Lake lake,
      Market market,
      List<Source> sources,
      Mappings mappings,
      List<Identity> identities,
      PseudonymKey key,
      BigDecimal rejectLimit,
      BigDecimal deletionLimit,
      Instant ingestedAt,
      Optional<LocalDate> asOf,
      int threads,
      Consumer<String> progress) {

    /**
     * The instant after which nothing that a file tells can have happened.
     *
     * @param first the batch by which it came first, if it is read again
     */
    Instant deliveredAt(Optional<Batch> first) {
      Instant taken = first.map(Batch::ingestedAt).orElse(ingestedAt);
      return asOf.map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
          .filter(end -> end.isAfter(ingestedAt) && end.isAfter(taken))
          .orElse(taken);
    }

    /** The locations of a source's practice. */
    List<Location> locations(Source source) {
      return market.locations().stream()
          .filter(location -> location.practiceId().equals(source.practiceId()))
          .toList();
    }
  }

  /**
   * What was done.
   *
   * @param batches new batches, by sequence
   * @param refused files that were refused
   * @param known files whose rows the lake has, copies among them
   * @param copies those of them that are another file of the same source by another name
   * @param mended a sentence about each file of the lake that was damaged
   */
  public record Result(
      List<Batch> batches, List<RefusedFile> refused, int known, int copies, List<String> mended) {}

  /** What became of one planned file. */
  private sealed interface Outcome {
    /** It is a batch. */
    record Taken(Batch batch) implements Outcome {}

    /** It was a batch that was damaged, and is that batch again. */
    record Mended(Batch batch) implements Outcome {}

    /** It changed into one that is taken already. */
    record Known() implements Outcome {}

    /** It is one that is taken now, by another name. */
    record Copy() implements Outcome {}

    /** It is left out. */
    record Refused(RefusedFile file) implements Outcome {}
  }

  /**
   * Takes in what is new, and again what is damaged; also replaces the lake's list of refused
   * files.
   *
   * @throws DamagedFileException if something is damaged that counts and no export holds; all else
   *     is done then
   */
  public static Result run(Request request) {
    FileIngest.sweep(request.lake());
    Ingestion ingestion = new Ingestion(request);
    Map<Source, Found> found = ingestion.find();
    Plan plan = ingestion.planner.plan(found);
    List<Outcome> outcomes;
    try (ingestion.ingest) {
      outcomes = ingestion.ingest(plan);
    }
    Result result = result(plan, outcomes, ingestion.mended);
    request
        .lake()
        .batches()
        .log(
            Stream.concat(
                    only(Outcome.Mended.class, outcomes).map(Outcome.Mended::batch),
                    result.batches().stream())
                .map(Batch::sourceFileId)
                .toList());
    RefusedFile.write(request.lake(), result.refused());
    ingestion.tellOfDamage(outcomes);
    return result;
  }

  /** Says what became of each damaged batch. */
  private void tellOfDamage(List<Outcome> outcomes) {
    Set<String> again =
        only(Outcome.Mended.class, outcomes)
            .map(outcome -> outcome.batch().sourceFileId())
            .collect(Collectors.toSet());
    Bronze now = Bronze.read(request.lake());
    Set<String> counting =
        now.current().stream().map(Batch::sourceFileId).collect(Collectors.toSet());
    List<String> lost = new ArrayList<>();
    damage
        .unknown()
        .forEach(file -> lost.add(file + " damaged, and nothing tells of what it was."));
    for (Batch batch : now.all()) {
      if (damage.isOf(batch)) {
        if (again.contains(batch.sourceFileId())) {
          mended.add(damage.words(batch) + "; read again from there, nothing is lost.");
        } else if (counting.contains(batch.sourceFileId())) {
          lost.add(
              damage.words(batch)
                  + " that count. Nothing else holds them: put "
                  + batch.fileName()
                  + " back as it was and run this again.");
        } else {
          mended.add(
              damage.words(batch)
                  + " that count no more, because the file was read again later; only a look back"
                  + " by --known-at misses them.");
        }
      }
    }
    if (!lost.isEmpty()) {
      throw new DamagedFileException(
          Stream.concat(mended.stream(), lost.stream()).collect(Collectors.joining("\n"))
              + "\nTo go on without what is lost: `medspa check --give-up`.");
    }
  }

  /**
   * How many files would be read again because this key has never been used in the lake; 0 once one
   * of its files is read under it, so that a change that was interrupted goes on.
   */
  public static int readUnderOtherKeys(Lake lake, PseudonymKey key) {
    List<String> keys =
        Bronze.read(lake).current().stream()
            .flatMap(batch -> batch.keyFingerprint().stream())
            .toList();
    return keys.contains(key.fingerprint()) ? 0 : keys.size();
  }

  /**
   * Which lines of a batch's file later ones with the same key replaced, in words such as {@code
   * line 2 by line 3}: the first five.
   */
  public static List<String> replacedLines(Lake lake, Batch batch) {
    if (batch.tables().stream().noneMatch(table -> table.rowsSuperseded() > 0)) {
      return List.of();
    }
    try (BatchReaders readers = new BatchReaders()) {
      return BatchFiles.replacedLines(readers, lake, batch);
    } catch (SQLException e) {
      throw new IllegalStateException("A database in memory cannot be closed", e);
    }
  }

  private Map<Source, Found> find() {
    Map<Source, Found> found = new LinkedHashMap<>();
    request.sources().forEach(source -> found.put(source, inbox.find(source)));
    hashes.write(request.lake());
    hashes.damage().ifPresent(mended::add);
    return found;
  }

  private List<Outcome> ingest(Plan plan) {
    ExecutorService executor = Executors.newFixedThreadPool(Math.max(1, request.threads()));
    try {
      List<Future<List<Outcome>>> futures =
          plan.sources().stream().map(works -> executor.submit(() -> ingest(works))).toList();
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<List<Outcome>> future : futures) {
        outcomes.addAll(future.get());
      }
      return outcomes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The ingestion was interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("The ingestion failed", e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }

  private List<Outcome> ingest(SourceWorks planned) {
    List<Outcome> outcomes = new ArrayList<>();
    Map<String, Optional<DateOrder>> orders = new HashMap<>();
    List<Work> taken = new ArrayList<>();
    for (Work work : planned.works()) {
      if (taken.stream().anyMatch(work::isCopyOf)) {
        outcomes.add(new Outcome.Copy());
        continue;
      }
      Mapping mapping = work.source().mapping().mapping();
      Optional<DateOrder> order =
          orders.computeIfAbsent(mapping.id(), id -> order(planned, mapping));
      Outcome outcome = ingest(planned, work, order);
      if (outcome instanceof Outcome.Taken || outcome instanceof Outcome.Mended) {
        taken.add(work);
      }
      tell(outcome);
      outcomes.add(outcome);
    }
    return outcomes;
  }

  /** What other files of the source, taken before or now, tell about the order of its dates. */
  private Optional<DateOrder> order(SourceWorks planned, Mapping mapping) {
    if (mapping.dates().isEmpty() || planned.source().dates().isPresent()) {
      return Optional.empty();
    }
    return planner
        .earlierOrder(planned, mapping.id())
        .or(
            () ->
                preview.provenOrder(
                    planned.works().stream()
                        .filter(work -> work.source().mapping().mapping().equals(mapping))
                        .toList()));
  }

  /** Takes a file in; one that changes meanwhile is planned and taken again, as it is then. */
  private Outcome ingest(SourceWorks works, Work planned, Optional<DateOrder> order) {
    Source source = works.source();
    try {
      Optional<Work> work = Optional.of(planned);
      for (int attempt = 1; attempt <= ATTEMPTS && work.isPresent(); attempt++) {
        Work now = work.get();
        Optional<Batch> batch = ingested(now, order);
        if (batch.isPresent()) {
          return now.mended().equals(batch)
              ? new Outcome.Mended(batch.get())
              : new Outcome.Taken(batch.get());
        }
        work =
            planner
                .again(inbox, source, work.get())
                .filter(
                    again ->
                        works.works().stream()
                            .filter(other -> !other.equals(planned))
                            .noneMatch(again::isCopyOf));
      }
      if (work.isEmpty()) {
        return new Outcome.Known();
      }
      throw FileRefusedException.file(
          "The file changes while it is read.", "Wait until it is written, and run again.");
    } catch (FileRefusedException e) {
      return new Outcome.Refused(source.refusal(preview.fileName(planned), e));
    }
  }

  /** Takes a file in; one that cannot be what it was takes its own place as another batch. */
  private Optional<Batch> ingested(Work work, Optional<DateOrder> order)
      throws FileRefusedException {
    List<Location> locations = request.locations(work.source());
    try {
      return ingest.ingest(work, locations, order);
    } catch (FileIngest.OtherBatchException e) {
      return ingest.ingest(work.replacing(request.ingestedAt()), locations, order);
    }
  }

  private void tell(Outcome outcome) {
    if (outcome instanceof Outcome.Taken taken) {
      request.progress().accept(summary(taken.batch()));
    } else if (outcome instanceof Outcome.Refused refused) {
      request.progress().accept("refused " + refused.file().message());
    }
  }

  private String summary(Batch batch) {
    StringBuilder summary = new StringBuilder(batch.fileName()).append(":");
    long superseded = 0;
    long masked = 0;
    for (Batch.TableCounts counts : batch.tables()) {
      summary.append(" ").append(counts.rowsAccepted()).append(" ").append(counts.table());
      if (counts.rowsRejected() > 0) {
        summary.append(" (").append(counts.rowsRejected()).append(" rejected)");
      }
      if (counts.rowsDeleted() > 0) {
        summary.append(" (deletes ").append(counts.rowsDeleted()).append(" of earlier files)");
      }
      superseded += counts.rowsSuperseded();
      masked += counts.cellsMasked();
    }
    if (superseded > 0) {
      List<String> lines = ingest.replacedLines(batch);
      summary
          .append("; ")
          .append(superseded)
          .append(" rows replaced by later ones with the same key: ")
          .append(String.join(", ", lines))
          .append(superseded > lines.size() ? ", …" : "");
    }
    if (masked > 0) {
      summary.append("; ").append(masked).append(" cells masked, because they may name a client");
    }
    return summary.toString();
  }

  private static Result result(Plan plan, List<Outcome> outcomes, List<String> mended) {
    List<Batch> batches =
        only(Outcome.Taken.class, outcomes)
            .map(Outcome.Taken::batch)
            .sorted(Comparator.comparingLong(Batch::sequence))
            .toList();
    List<RefusedFile> refused =
        Stream.concat(
                plan.refused().stream(),
                only(Outcome.Refused.class, outcomes).map(Outcome.Refused::file))
            .toList();
    long copies = plan.copies() + only(Outcome.Copy.class, outcomes).count();
    long known = plan.known() + only(Outcome.Known.class, outcomes).count() + copies;
    return new Result(batches, refused, Math.toIntExact(known), Math.toIntExact(copies), mended);
  }

  private static <T extends Outcome> Stream<T> only(Class<T> kind, List<Outcome> outcomes) {
    return outcomes.stream().filter(kind::isInstance).map(kind::cast);
  }
}
