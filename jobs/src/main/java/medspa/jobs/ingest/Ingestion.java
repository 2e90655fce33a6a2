package medspa.jobs.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
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
import medspa.jobs.ingest.ExportDatabase.Lookup;
import medspa.jobs.ingest.ExportDatabase.LookupFile;
import medspa.jobs.ingest.FileIngest.Work;
import medspa.jobs.read.ExportFile;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.market.Identity;
import medspa.warehouse.market.Location;
import medspa.warehouse.market.Market;

/**
 * Takes every new export file of a workspace into bronze. Files of one source go one after the
 * other in the order of delivery; sources run side by side. A file that is refused leaves nothing
 * but its entry in the lake's list of refused files; the others go on.
 */
public final class Ingestion {
  /** Between the glob of archives and that of their members. */
  private static final String MEMBERS = "!/";

  private Ingestion() {}

  /**
   * What to ingest.
   *
   * @param workspace directory that file names are relative to
   * @param sources in the order of the configuration
   * @param identities what sources call differently; a source's files are read again when its lines
   *     change
   * @param key under which clients become pseudonyms
   * @param rejectLimit share of rejected rows above which a file is refused, such as 0.05
   * @param ingestedAt the instant that the new batches carry
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
      Instant ingestedAt,
      int threads,
      Consumer<String> progress) {}

  /**
   * What was done.
   *
   * @param batches new batches, by sequence
   * @param refused files that were refused
   * @param known files that had been taken before
   */
  public record Result(List<Batch> batches, List<RefusedFile> refused, int known) {}

  /** A file with what its place in the order of delivery depends on. */
  private record Found(
      Source source,
      ExportFile file,
      String fileName,
      String sha256,
      LocalDate date,
      Instant modified) {}

  /** A path that a source's glob matches. */
  private record Matched(Path path, String name, Instant modified) {}

  /** Takes in what is new; also replaces the lake's list of refused files. */
  public static Result run(Request request) {
    TableContracts contracts = TableContracts.load();
    FileIngest.sweep(request.lake());
    Bronze bronze = Bronze.read(request.lake());
    List<RefusedFile> refused = new ArrayList<>();
    List<List<Work>> plan = new ArrayList<>();
    int known = 0;
    long sequence = bronze.nextSequence();
    for (Source source : request.sources()) {
      if (!source.mapping().feedsTables()) {
        continue;
      }
      List<Matched> matched = matched(request.workspace(), source);
      boolean seen = bronze.all().stream().anyMatch(b -> b.source().equals(source.name()));
      // Whoever fetches says why nothing came; that nothing was to be had is no refusal.
      if (matched.isEmpty() && !seen && !source.isPulled()) {
        refused.add(missing(source));
      }
      List<Work> works = new ArrayList<>();
      for (Found file : files(source, matched, refused)) {
        Optional<Work> work = work(request, bronze, works, file, sequence, refused);
        if (work.isPresent()) {
          works.add(work.get());
          sequence++;
        } else {
          known++;
        }
      }
      plan.add(works);
    }
    refused.addAll(underAnotherKey(request, contracts, bronze, plan));
    FileIngest ingest =
        new FileIngest(
            request.lake(), contracts, request.mappings(), request.key(), request.rejectLimit());
    List<Batch> batches = runAll(request, ingest, plan, refused);
    RefusedFile.write(request.lake(), refused);
    return new Result(batches, List.copyOf(refused), known);
  }

  private static Optional<Work> work(
      Request request,
      Bronze bronze,
      List<Work> planned,
      Found found,
      long sequence,
      List<RefusedFile> refused) {
    Source source = found.source();
    Map<String, Lookup> lookups = lookups(request, source, refused);
    Crosswalk crosswalk = Crosswalk.of(source, request.identities());
    String inputs = inputsDigest(request, source, lookups, crosswalk);
    boolean twice = planned.stream().anyMatch(w -> w.sha256().equals(found.sha256()));
    Optional<Batch> before =
        bronze.current().stream()
            .filter(b -> b.source().equals(source.name()) && b.sha256().equals(found.sha256()))
            .findFirst();
    if (twice || before.filter(b -> b.inputsDigest().equals(inputs)).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Work(
            source,
            found.file(),
            found.fileName(),
            found.sha256(),
            inputs,
            sequence,
            before,
            request.ingestedAt(),
            lookups,
            crosswalk));
  }

  /** Everything besides the file's bytes that shapes its rows. */
  private static String inputsDigest(
      Request request, Source source, Map<String, Lookup> lookups, Crosswalk crosswalk) {
    List<String> inputs = new ArrayList<>();
    inputs.add(source.mapping().mapping().digest());
    inputs.add(source.delivery().name());
    inputs.add(source.location().orElse(""));
    inputs.add(source.format().encoding());
    inputs.add(new java.util.TreeMap<>(source.locations()).toString());
    inputs.add(new java.util.TreeMap<>(source.params()).toString());
    inputs.add(request.key().fingerprint());
    for (Location location : locations(request, source)) {
      inputs.add(location.id() + " " + location.zone().getId());
    }
    for (Map.Entry<String, Lookup> lookup : lookups.entrySet()) {
      inputs.add(lookup.getKey());
      for (LookupFile file : lookup.getValue().files()) {
        inputs.add(file.sha256());
      }
    }
    crosswalk.digest(request.key(), source.practiceId()).ifPresent(inputs::add);
    return Digests.sha256(inputs);
  }

  private static Map<String, Lookup> lookups(
      Request request, Source source, List<RefusedFile> refused) {
    Map<String, Lookup> lookups = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : source.lookups().entrySet()) {
      for (Source other : request.sources()) {
        if (other.name().equals(entry.getValue())) {
          List<RefusedFile> unread = new ArrayList<>();
          List<LookupFile> files =
              files(other, matched(request.workspace(), other), unread).stream()
                  .map(f -> new LookupFile(f.source(), f.file(), f.sha256()))
                  .toList();
          unread.stream().filter(file -> !refused.contains(file)).forEach(refused::add);
          lookups.put(entry.getKey(), new Lookup(files));
        }
      }
    }
    return lookups;
  }

  private static List<Location> locations(Request request, Source source) {
    return request.market().locations().stream()
        .filter(l -> l.practiceId().equals(source.practiceId()))
        .toList();
  }

  private static RefusedFile refused(Source source, String fileName, FileRefusedException e) {
    return new RefusedFile(
        source.name(),
        source.practiceId(),
        fileName,
        e.line(),
        e.column(),
        e.getMessage(),
        e.nextStep());
  }

  private static RefusedFile unreadable(Source source, String fileName) {
    return new RefusedFile(
        source.name(),
        source.practiceId(),
        fileName,
        Optional.empty(),
        Optional.empty(),
        "The file cannot be read.",
        "Check its permissions and whether it is still being copied.");
  }

  /**
   * Files with clients that were read under another key and cannot be read again: their clients
   * would count as other persons.
   */
  private static List<RefusedFile> underAnotherKey(
      Request request, TableContracts contracts, Bronze bronze, List<List<Work>> plan) {
    Set<String> replaced =
        plan.stream()
            .flatMap(List::stream)
            .flatMap(work -> work.replaces().stream())
            .map(Batch::sourceFileId)
            .collect(Collectors.toSet());
    return bronze.current().stream()
        .filter(
            batch ->
                batch
                    .keyFingerprint()
                    .filter(key -> !key.equals(request.key().fingerprint()))
                    .isPresent())
        .filter(batch -> !replaced.contains(batch.sourceFileId()))
        .filter(
            batch ->
                batch.tables().stream()
                    .filter(table -> table.rowsAccepted() > 0)
                    .flatMap(table -> contracts.table(table.table()).columns().stream())
                    .anyMatch(column -> column.type() == ColumnType.CLIENT))
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

  private static RefusedFile missing(Source source) {
    return new RefusedFile(
        source.name(),
        source.practiceId(),
        source.from(),
        Optional.empty(),
        Optional.empty(),
        "No file matches.",
        "Put the export there, or correct `from:` of the source " + source.name() + ".");
  }

  private static List<Batch> runAll(
      Request request, FileIngest ingest, List<List<Work>> plan, List<RefusedFile> refused) {
    ExecutorService executor = Executors.newFixedThreadPool(Math.max(1, request.threads()));
    List<Future<List<Batch>>> futures = new ArrayList<>();
    try {
      for (List<Work> works : plan) {
        futures.add(executor.submit(() -> runSource(request, ingest, works, refused)));
      }
      List<Batch> batches = new ArrayList<>();
      for (Future<List<Batch>> future : futures) {
        batches.addAll(future.get());
      }
      batches.sort(Comparator.comparingLong(Batch::sequence));
      return batches;
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

  private static List<Batch> runSource(
      Request request, FileIngest ingest, List<Work> works, List<RefusedFile> refused) {
    List<Batch> batches = new ArrayList<>();
    for (Work work : works) {
      try {
        Batch batch = ingest.ingest(work, locations(request, work.source()));
        batches.add(batch);
        request.progress().accept(summary(batch));
      } catch (FileRefusedException e) {
        RefusedFile file = refused(work.source(), work.fileName(), e);
        synchronized (refused) {
          refused.add(file);
        }
        request.progress().accept("refused " + file.message());
      }
    }
    return batches;
  }

  private static String summary(Batch batch) {
    StringBuilder summary = new StringBuilder(batch.fileName()).append(":");
    for (Batch.TableCounts counts : batch.tables()) {
      summary.append(" ").append(counts.rowsAccepted()).append(" ").append(counts.table());
      if (counts.rowsRejected() > 0) {
        summary.append(" (").append(counts.rowsRejected()).append(" rejected)");
      }
    }
    return summary.toString();
  }

  /**
   * Exports of a source in the order of delivery: date in the name, else modification, then name.
   * What cannot be read or recognised is added to the refused files.
   */
  private static List<Found> files(
      Source source, List<Matched> matched, List<RefusedFile> refused) {
    List<Found> files = new ArrayList<>();
    for (Matched match : matched) {
      try {
        for (ExportFile file : ExportFile.in(match.path())) {
          if (!wanted(source, file)) {
            continue;
          }
          String name = match.name() + file.member().map(member -> "!/" + member).orElse("");
          try {
            Source readAs =
                source.mapping().isOpen()
                    ? source.readAs(new Recognition(source.mapping().candidates()).recognise(file))
                    : source;
            String sha256 = Digests.sha256(file);
            LocalDate date = dateInName(readAs, file.fileName());
            files.add(new Found(readAs, file, name, sha256, date, match.modified()));
          } catch (FileRefusedException e) {
            refused.add(refused(source, name, e));
          } catch (ExportFile.SwollenException e) {
            refused.add(refused(source, name, e.refusal()));
          } catch (IOException e) {
            refused.add(unreadable(source, name));
          }
        }
      } catch (FileRefusedException e) {
        refused.add(refused(source, match.name(), e));
      } catch (IOException e) {
        refused.add(unreadable(source, match.name()));
      }
    }
    files.sort(
        Comparator.comparing(Found::date)
            .thenComparing(Found::modified)
            .thenComparing(Found::fileName));
    return files;
  }

  /** Whether the source takes this member of an archive; a plain file it always takes. */
  private static boolean wanted(Source source, ExportFile file) {
    int members = source.from().indexOf(MEMBERS);
    if (members < 0 || file.member().isEmpty()) {
      return true;
    }
    PathMatcher matcher =
        FileSystems.getDefault()
            .getPathMatcher("glob:" + source.from().substring(members + MEMBERS.length()));
    return matcher.matches(Path.of(file.member().get()))
        || matcher.matches(Path.of(file.fileName()));
  }

  /** The part of {@code from} that names files. */
  private static String paths(Source source) {
    int members = source.from().indexOf(MEMBERS);
    return members < 0 ? source.from() : source.from().substring(0, members);
  }

  /** The files that a source's glob matches; hidden ones are still being written. */
  private static List<Matched> matched(Path workspace, Source source) {
    Path root = workspace.toAbsolutePath().normalize();
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + root.resolve(paths(source)));
    Path start = fixedPart(root, paths(source));
    if (!Files.exists(start)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(start)) {
      List<Matched> matched = new ArrayList<>();
      for (Path path : paths.filter(matcher::matches).filter(Files::isRegularFile).toList()) {
        if (!path.getFileName().toString().startsWith(".")) {
          matched.add(
              new Matched(
                  path,
                  root.relativize(path).toString(),
                  Files.getLastModifiedTime(path).toInstant()));
        }
      }
      return matched;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the files of " + source.name(), e);
    }
  }

  /** The directory in front of the first wildcard. */
  private static Path fixedPart(Path root, String from) {
    int wildcard = -1;
    for (int i = 0; i < from.length() && wildcard < 0; i++) {
      if ("*?[{".indexOf(from.charAt(i)) >= 0) {
        wildcard = i;
      }
    }
    if (wildcard < 0) {
      return root.resolve(from);
    }
    int slash = from.lastIndexOf('/', wildcard);
    return slash < 0 ? root : root.resolve(from.substring(0, slash));
  }

  /** The date in the name; files without one come first and are ordered by modification. */
  private static LocalDate dateInName(Source source, String name) {
    return source
        .mapping()
        .mapping()
        .fileName()
        .flatMap(fileName -> fileName.values(name))
        .flatMap(values -> Optional.ofNullable(values.get("date")))
        .map(Ingestion::date)
        .orElse(LocalDate.MIN);
  }

  private static LocalDate date(String text) {
    try {
      return text.contains("-")
          ? LocalDate.parse(text)
          : LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeParseException e) {
      return LocalDate.MIN;
    }
  }
}
