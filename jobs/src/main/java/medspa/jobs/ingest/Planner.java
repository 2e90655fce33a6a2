package medspa.jobs.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.jobs.ingest.ExportDatabase.Lookup;
import medspa.jobs.ingest.ExportDatabase.LookupFile;
import medspa.jobs.ingest.Inbox.Export;
import medspa.jobs.ingest.Inbox.Found;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.BronzeDamage;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.lake.Sha256;
import medspa.warehouse.lake.WholeDeliveries;
import medspa.warehouse.market.Location;

/**
 * Decides which exports become batches: those whose bytes, or whatever else shapes their rows, the
 * lake does not hold yet.
 */
final class Planner {
  private static final Comparator<Work> MENDED_FIRST =
      Comparator.comparing((Work work) -> !work.mends())
          .thenComparing(work -> work.mends() ? work.order() : 0);

  private final Ingestion.Request request;
  private final TableContracts contracts;
  private final Bronze bronze;
  private final BronzeDamage damage;

  /** The batches that count, by source and SHA-256. */
  private final Map<List<String>, List<Batch>> current;

  /** The sources that have been read before. */
  private final Set<String> seen;

  /**
   * For the lake as it is.
   *
   * @param bronze its batches, damaged ones too
   * @param damage those of them that are to be read again
   */
  Planner(Ingestion.Request request, TableContracts contracts, Bronze bronze, BronzeDamage damage) {
    this.request = request;
    this.contracts = contracts;
    this.bronze = bronze;
    this.damage = damage;
    this.current =
        bronze.current().stream()
            .collect(Collectors.groupingBy(batch -> List.of(batch.source(), batch.sha256())));
    this.seen = bronze.all().stream().map(Batch::source).collect(Collectors.toSet());
  }

  /**
   * What is to be done.
   *
   * @param sources each one's works, in the order of delivery
   * @param known files that had been taken before
   * @param copies files that are one of those by another name
   * @param refused files that are left out already
   */
  record Plan(List<SourceWorks> sources, int known, int copies, List<RefusedFile> refused) {}

  /**
   * The works of one source.
   *
   * @param source as it is configured
   * @param works in the order of delivery; of several with the same bytes the first one counts that
   *     is not refused
   */
  record SourceWorks(Source source, List<Work> works) {
    /**
     * What mends first, since what is new is compared with what was there.
     *
     * @param spare the first of the sequences of those that cannot be what they were; they come
     *     after those of new files, which are as if nothing had been damaged
     */
    SourceWorks inOrder(long spare) {
      List<Work> ordered = new ArrayList<>();
      long next = spare;
      for (Work work : works.stream().sorted(MENDED_FIRST).toList()) {
        ordered.add(work.mends() ? work.numbered(next++) : work);
      }
      return new SourceWorks(source, List.copyOf(ordered));
    }
  }

  /**
   * Plans what was found.
   *
   * @param found the files of every source
   */
  Plan plan(Map<Source, Found> found) {
    List<SourceWorks> sources = new ArrayList<>();
    List<RefusedFile> refused = new ArrayList<>();
    int known = 0;
    int copies = 0;
    long sequence = bronze.nextSequence();
    for (Source source : request.sources()) {
      if (!source.mapping().feedsTables()) {
        continue;
      }
      Found files = found.get(source);
      // Whoever fetches says why nothing came; that nothing was to be had is no refusal.
      if (files.isEmpty() && !source.isPulled() && !seen.contains(source.name())) {
        refused.add(missing(source));
      }
      refused.addAll(files.refused());
      if (!files.exports().isEmpty()) {
        lookedUp(source).forEach(other -> refused.addAll(found.get(other).refused()));
      }
      List<Work> works = new ArrayList<>();
      List<Export> taken = new ArrayList<>();
      for (Export export : files.exports()) {
        if (taken.stream().anyMatch(other -> export.isCopyOf(other.fileName(), other.sha256()))) {
          copies++;
          continue;
        }
        if (lacksDay(export, files)) {
          refused.add(undated(source, export));
          continue;
        }
        Optional<Work> work = work(export, files, found::get, sequence);
        if (work.isPresent()) {
          works.add(work.get());
          sequence += work.get().mends() ? 0 : 1;
        } else {
          taken.add(export);
          known++;
        }
      }
      sources.add(new SourceWorks(source, List.copyOf(works)));
    }
    List<SourceWorks> planned = new ArrayList<>();
    for (SourceWorks works : sources) {
      planned.add(works.inOrder(sequence));
      sequence += works.works().stream().filter(Work::mends).count();
    }
    refused.addAll(underAnotherKey(planned));
    return new Plan(List.copyOf(planned), known, copies, refused.stream().distinct().toList());
  }

  /**
   * Plans a file again that changed after it had been found; nothing if the lake has what it holds
   * now.
   *
   * @throws FileRefusedException if it cannot be read or recognised any more
   */
  Optional<Work> again(Inbox inbox, Source source, Work work) throws FileRefusedException {
    return work(
        inbox.again(source, work.export()), inbox.find(source), inbox::find, work.sequence());
  }

  /**
   * The order of day and month that files of the source and mapping proved before, the newest
   * delivery's. Those that are read again now tell nothing: their order may have been a setting's.
   */
  Optional<DateOrder> earlierOrder(SourceWorks planned, String mapping) {
    Set<String> readAgain = replaced(planned.works().stream().filter(work -> !work.mends()));
    return bronze.current().stream()
        .filter(batch -> batch.source().equals(planned.source().name()))
        .filter(batch -> batch.mapping().equals(mapping) && batch.provesDateOrder())
        .filter(batch -> !readAgain.contains(batch.sourceFileId()))
        .flatMap(batch -> batch.dateOrder().stream())
        .reduce((earlier, later) -> later)
        .flatMap(DateOrder::of);
  }

  /**
   * Whether nobody can tell if a new workbook counts before another one of the source: its name has
   * no day, and that of the other has.
   */
  private boolean lacksDay(Export export, Found files) {
    return isWhole(export)
        && export.date().isEmpty()
        && before(export, files).isEmpty()
        && Stream.concat(
                files.exports().stream().map(Export::fileName),
                bronze.current().stream()
                    .filter(batch -> batch.source().equals(export.source().name()))
                    .map(Batch::fileName))
            .anyMatch(name -> WholeDeliveries.day(name).isPresent());
  }

  private static RefusedFile undated(Source source, Export export) {
    return source.refusal(
        export.fileName(),
        FileRefusedException.file(
            "The name of the workbook has no day, and that of another one has.",
            "Save it under the day from which it counts, such as reference-2026-12-01.xlsx."));
  }

  private static boolean isWhole(Export export) {
    return export.source().delivery() == Delivery.WHOLE;
  }

  /**
   * Whether a file has become again what it was before a later version under its name, which would
   * go on counting.
   */
  private boolean isRestored(Export export, Batch before) {
    return isWhole(export)
        && bronze.current().stream()
            .filter(
                batch ->
                    batch.source().equals(before.source())
                        && batch.fileName().equals(export.fileName()))
            .reduce((earlier, later) -> later)
            .filter(last -> !last.sha256().equals(export.sha256()))
            .isPresent();
  }

  /**
   * @param files all files of the export's source
   */
  private Optional<Work> work(
      Export export, Found files, Function<Source, Found> found, long sequence) {
    Source source = export.source();
    Map<String, Lookup> lookups = lookups(source, found);
    Crosswalk crosswalk =
        Crosswalk.of(source, request.identities(), new ClientSites(request.sources()).site(source));
    String inputs = inputsDigest(source, export.file().fileName(), lookups, crosswalk);
    Optional<Batch> before = before(export, files).filter(batch -> !isRestored(export, batch));
    boolean isSame = before.filter(batch -> batch.inputsDigest().equals(inputs)).isPresent();
    boolean mends = isSame && before.filter(damage::isOf).isPresent();
    return isSame && !mends
        ? Optional.empty()
        : Optional.of(
            new Work(
                export,
                lookups,
                crosswalk,
                inputs,
                sequence,
                before,
                mends,
                mends ? before.get().ingestedAt() : request.ingestedAt(),
                request.deliveredAt(before.map(this::firstReading))));
  }

  /**
   * The batch whose place the file takes: that of the same rows, else of the same bytes under a
   * name that is gone, since then the file was renamed.
   */
  private Optional<Batch> before(Export export, Found files) {
    List<Batch> batches =
        current.getOrDefault(List.of(export.source().name(), export.sha256()), List.of());
    return batches.stream()
        .filter(batch -> export.isCopyOf(batch.fileName(), batch.sha256()))
        // A workbook that was restored has several, of which the last one counts.
        .reduce((first, later) -> isWhole(export) ? later : first)
        .or(
            () ->
                batches.stream()
                    .filter(
                        batch ->
                            files.exports().stream()
                                .noneMatch(
                                    other -> other.isCopyOf(batch.fileName(), batch.sha256())))
                    .findFirst());
  }

  /** The batch by which the bytes of a batch came first, however often they were read since. */
  private Batch firstReading(Batch batch) {
    return batch
        .replaces()
        .flatMap(id -> bronze.all().stream().filter(b -> b.sourceFileId().equals(id)).findFirst())
        .map(this::firstReading)
        .orElse(batch);
  }

  private static RefusedFile missing(Source source) {
    return source.refusal(
        source.from(),
        FileRefusedException.file(
            "No file matches.",
            "Put the export there, or correct `from:` of the source " + source.name() + "."));
  }

  private Stream<Source> lookedUp(Source source) {
    return request.sources().stream().filter(s -> source.lookups().containsValue(s.name()));
  }

  private Map<String, Lookup> lookups(Source source, Function<Source, Found> found) {
    Map<String, Lookup> lookups = new LinkedHashMap<>();
    source
        .lookups()
        .forEach(
            (name, other) ->
                lookedUp(source)
                    .filter(s -> s.name().equals(other))
                    .forEach(s -> lookups.put(name, lookup(found.apply(s)))));
    return lookups;
  }

  private static Lookup lookup(Found found) {
    return new Lookup(
        found.exports().stream()
            .map(export -> new LookupFile(export.source(), export.file(), export.sha256()))
            .toList());
  }

  /** Everything besides the file's bytes that shapes its rows. */
  private String inputsDigest(
      Source source, String fileName, Map<String, Lookup> lookups, Crosswalk crosswalk) {
    List<String> inputs = new ArrayList<>();
    inputs.add(MaskedText.RULES);
    inputs.add(source.mapping().mapping().digest());
    inputs.add(new TreeMap<>(source.mapping().mapping().toldByName(fileName)).toString());
    inputs.add(source.delivery().name());
    inputs.add(source.location().orElse(""));
    inputs.add(source.format().encoding());
    inputs.add(new TreeMap<>(source.locations()).toString());
    inputs.add(new TreeMap<>(source.params()).toString());
    inputs.add(request.key().fingerprint());
    for (Location location : request.locations(source)) {
      inputs.add(location.id() + " " + location.zone().getId());
    }
    lookups.forEach(
        (name, lookup) -> {
          inputs.add(name);
          lookup.files().forEach(file -> inputs.add(file.sha256()));
        });
    crosswalk.digest(request.key(), source.practiceId()).ifPresent(inputs::add);
    return Sha256.of(inputs);
  }

  /**
   * Files with clients that were read under another key and cannot be read again: their clients
   * would count as other persons.
   */
  private List<RefusedFile> underAnotherKey(List<SourceWorks> planned) {
    Set<String> replaced = replaced(planned.stream().flatMap(source -> source.works().stream()));
    return bronze.current().stream()
        .filter(
            batch ->
                batch.keyFingerprint().stream()
                    .anyMatch(key -> !key.equals(request.key().fingerprint())))
        .filter(batch -> !replaced.contains(batch.sourceFileId()))
        .filter(this::holdsClients)
        .map(
            batch ->
                new RefusedFile(
                    batch.source(),
                    batch.practiceId(),
                    batch.fileName(),
                    Optional.empty(),
                    Optional.empty(),
                    "Its clients were read under another pseudonym key, and the file is gone.",
                    "Put the file back, so that it is read under the new key, or go back to the old"
                        + " key."))
        .toList();
  }

  private static Set<String> replaced(Stream<Work> works) {
    return works
        .flatMap(work -> work.replaces().stream())
        .map(Batch::sourceFileId)
        .collect(Collectors.toSet());
  }

  private boolean holdsClients(Batch batch) {
    return batch.tables().stream().anyMatch(TableCounts::hasMasks)
        || batch.tables().stream()
            .filter(table -> table.rowsAccepted() > 0)
            .flatMap(table -> contracts.table(table.table()).columns().stream())
            .anyMatch(column -> column.type() == ColumnType.CLIENT);
  }
}
