package medspa.pipelines.cli;

import static medspa.warehouse.lake.DiskWatch.Effect.FORCE;
import static medspa.warehouse.lake.DiskWatch.Effect.FORCE_DIRECTORY;
import static medspa.warehouse.lake.DiskWatch.Effect.RENAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import medspa.warehouse.history.History;
import medspa.warehouse.history.PastDelivery;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.lake.DiskWatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of file that the program writes, corrupted, cut off, emptied and gone: after the next
 * work that takes in one delivery more, every relation is that of a workspace which nothing
 * happened to, or the work ends with the file's name and the command that goes on.
 */
class FaultsTest {
  /** What becomes of damage. */
  private enum End {
    /** The next work heals it and names the file. */
    HEALED,
    /** The next work is as good without a word: it makes the file anew without reading it. */
    UNREAD,
    /** The work ends with exit code 5 until somebody gives the file up. */
    GIVEN_UP
  }

  /**
   * Every kind of file, and what becomes of damage to its content. A file that is gone is noticed
   * too, unless it is {@link #GONE_UNNOTICED}.
   */
  private static final Map<String, End> KINDS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(".medspa.lock", End.UNREAD),
              Map.entry(".medspa.lock.holder", End.UNREAD),
              Map.entry("logs/<log>", End.UNREAD),
              Map.entry("lake/bronze.jsonl", End.HEALED),
              Map.entry("lake/bronze/<batch>/batch.json", End.HEALED),
              Map.entry("lake/bronze/<batch>/appointments.parquet", End.HEALED),
              Map.entry("lake/bronze/<batch>/payments.parquet", End.HEALED),
              Map.entry("lake/bronze/<batch>/sale_lines.parquet", End.HEALED),
              Map.entry("lake/bronze/<batch>/rejected_rows.parquet", End.HEALED),
              Map.entry("lake/bronze/<batch>/rejected_amounts.parquet", End.HEALED),
              Map.entry("lake/bronze/<batch>/superseded_rows.parquet", End.HEALED),
              Map.entry("lake/silver/<dataset>/<run>/<part>", End.HEALED),
              Map.entry("lake/gold/<dataset>/<run>/<part>", End.HEALED),
              Map.entry("lake/state.json", End.HEALED),
              Map.entry("lake/hashes.json", End.HEALED),
              Map.entry("lake/format.json", End.HEALED),
              Map.entry("lake/refused.json", End.UNREAD),
              Map.entry("history/runs.jsonl", End.HEALED),
              Map.entry("history/deliveries.jsonl", End.UNREAD),
              Map.entry("history/publications.jsonl", End.HEALED),
              Map.entry("history/publications/<n>/publication.json", End.HEALED),
              Map.entry("history/publications/<n>/numbers.parquet", End.GIVEN_UP),
              Map.entry("history/publications/<n>/actions.parquet", End.GIVEN_UP),
              Map.entry("history/publications/<n>/forecasts.parquet", End.GIVEN_UP),
              Map.entry("history/publications/<n>/outcomes.parquet", End.GIVEN_UP),
              Map.entry("warehouse/medspa.duckdb", End.UNREAD)));

  /** As good as new without them: a workspace that has none yet has none either. */
  private static final List<String> GONE_UNNOTICED =
      List.of(
          "lake/format.json",
          "lake/bronze.jsonl",
          "lake/state.json",
          "lake/hashes.json",
          "history/runs.jsonl",
          "history/publications.jsonl");

  /** Growing files: what is cut off at the end may be the line of a killed command. */
  private static final List<String> CUT_UNNOTICED = List.of("history/runs.jsonl");

  @TempDir static Path scratch;

  /** As it was after the first delivery. */
  private static SmallWorkspace before;

  /** What is published of both deliveries where nothing happens. */
  private static Map<String, String> undisturbed;

  /** What was done to files, in its order, while the second delivery was worked on. */
  private static final List<Done> done = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void workOnBothDeliveries() throws IOException {
    before = SmallWorkspace.in(scratch.resolve("before")).worked();
    // Files that were written a moment ago are not known by their hash.
    assertThat(before.run("ingest").exit()).isEqualTo(99);
    History history = new History(before.directory().resolve("history"));
    PastDelivery sent =
        new PastDelivery(
            1,
            "glow-weekly",
            LocalDate.parse("2026-06-08"),
            "mail",
            "owner@example.com",
            "0",
            "run",
            false,
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    history.deliveries().append(sent);
    history
        .deliveries()
        .append(
            sent.ended(
                Instant.EPOCH, PastDelivery.Outcome.SENT, Optional.empty(), Optional.empty()));
    SmallWorkspace twice = before.copiedTo(scratch.resolve("undisturbed")).deliverMore();
    DiskFiles.Watched watched =
        DiskFiles.watchedBy(
            (effect, path) ->
                done.add(new Done(effect, twice.directory().relativize(path).toString())));
    try {
      twice.worked();
    } finally {
      watched.close();
    }
    undisturbed = twice.relations();
  }

  /** Something that was done to a file, by its path in the workspace. */
  private record Done(DiskWatch.Effect effect, String path) {
    /** Whether a killed process can be told from one that was killed before. */
    boolean changesFiles() {
      return effect != FORCE && effect != FORCE_DIRECTORY;
    }
  }

  private static String kind(String path) {
    return path.replaceAll("\\d{8}-[0-9a-f]{12}", "<batch>")
        .replaceAll("(silver|gold)/[a-z_]+/[^/]+/part-[^/]*", "$1/<dataset>/<run>/<part>")
        .replaceAll("logs/.*", "logs/<log>")
        .replaceAll("publications/\\d{8}", "publications/<n>");
  }

  /** How a file is damaged. */
  private enum Fault {
    FLIPPED,
    CUT,
    EMPTIED,
    GONE;

    void happenTo(Path file) throws IOException {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      byte[] bytes = Files.readAllBytes(file);
      switch (this) {
        case FLIPPED -> {
          if (bytes.length > 0) {
            bytes[bytes.length / 2] ^= 0x11;
          }
          Files.write(file, bytes);
        }
        case CUT -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        case EMPTIED -> Files.write(file, new byte[0]);
        case GONE -> Files.delete(file);
      }
    }
  }

  /** The first, and where kinds have many files the largest, file of each kind. */
  private static Collection<String> oneOfEachKind() throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (String path : before.files()) {
      files.merge(kind(path), path, (a, b) -> size(b) > size(a) ? b : a);
    }
    return files.values();
  }

  private static int size(String path) {
    return SmallWorkspace.bytes(before.directory().resolve(path)).length;
  }

  static Stream<Arguments> everyFault() throws IOException {
    return oneOfEachKind().stream()
        .flatMap(path -> Stream.of(Fault.values()).map(fault -> Arguments.of(path, fault)));
  }

  /** Each kind of file and each fault now and then. */
  static Stream<Arguments> everyNinthFault() throws IOException {
    List<Arguments> faults = everyFault().toList();
    return IntStream.range(0, faults.size()).filter(i -> i % 9 == 4).mapToObj(faults::get);
  }

  static Stream<Arguments> someFaults() throws IOException {
    return oneOfEachKind().stream()
        .filter(path -> path.endsWith("/batch.json") || path.endsWith("/payments.parquet"))
        .map(path -> Arguments.of(path, path.endsWith(".json") ? Fault.CUT : Fault.FLIPPED));
  }

  @Test
  void everyKindOfFileIsKnown() throws IOException {
    assertThat(before.files().stream().map(FaultsTest::kind).distinct())
        .containsExactlyInAnyOrderElementsOf(KINDS.keySet());
  }

  /** Where in the order something is done first. */
  private static int first(DiskWatch.Effect effect, String path) {
    int place = done.indexOf(new Done(effect, path));
    assertThat(place).as(effect + " " + path).isNotNegative();
    return place;
  }

  private static Stream<String> paths(DiskWatch.Effect effect, String pattern) {
    return done.stream()
        .filter(one -> one.effect() == effect && one.path().matches(pattern))
        .map(Done::path);
  }

  @Test
  void whatAMarkerOrAStatePromisesIsOnDiskBeforeIt() {
    List<String> batches = paths(RENAME, "lake/bronze/\\d{8}-[0-9a-f]{12}").toList();
    assertThat(batches).hasSize(2);
    int log = first(FORCE, "lake/bronze.jsonl");
    for (String batch : batches) {
      int named = first(RENAME, batch);
      assertThat(done.subList(named, log))
          .as("the name of a batch is on disk before the log tells of it")
          .contains(new Done(FORCE_DIRECTORY, "lake/bronze"));
    }
    List<String> markers = paths(RENAME, "lake/bronze/\\.[^/]+/batch.json").distinct().toList();
    for (String marker : markers) {
      String folder = marker.substring(0, marker.lastIndexOf('/'));
      assertThat(paths(FORCE, Pattern.quote(folder) + "/.*\\.parquet").toList()).isNotEmpty();
      int promised = first(RENAME, marker);
      paths(FORCE, Pattern.quote(folder) + "/.*\\.parquet")
          .forEach(rows -> assertThat(first(FORCE, rows)).as(rows).isLessThan(promised));
      assertThat(first(FORCE_DIRECTORY, folder)).isLessThan(promised);
    }

    int state = first(RENAME, "lake/state.json");
    List<String> rows = paths(FORCE, "lake/(silver|gold)/.*\\.parquet").toList();
    assertThat(rows).hasSizeGreaterThan(20);
    rows.forEach(file -> assertThat(first(FORCE, file)).as(file).isLessThan(state));
    paths(FORCE_DIRECTORY, "lake/(silver|gold)/.*")
        .forEach(names -> assertThat(first(FORCE_DIRECTORY, names)).as(names).isLessThan(state));
    assertThat(done.get(state + 1)).isEqualTo(new Done(FORCE_DIRECTORY, "lake"));

    int prepared = first(RENAME, "history/publications/.00000002/publication.json");
    paths(FORCE, "history/publications/\\.00000002/.*\\.parquet")
        .forEach(file -> assertThat(first(FORCE, file)).as(file).isLessThan(prepared));
    int published = first(RENAME, "warehouse/medspa.duckdb");
    int remembered = first(RENAME, "history/publications/00000002");
    assertThat(
            List.of(prepared, first(FORCE, "warehouse/.medspa.duckdb.new"), published, remembered))
        .isSorted();
    assertThat(done.get(published + 1)).isEqualTo(new Done(FORCE_DIRECTORY, "warehouse"));
    assertThat(done.get(remembered + 1))
        .isEqualTo(new Done(FORCE_DIRECTORY, "history/publications"));
  }

  /** The power goes: nothing happens to any file any more. */
  private static final class Stopped extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Works, stops before a change of a file, works again, and has everything as undisturbed. */
  private static void goesOnAfterAStopBefore(int change) throws IOException {
    Path place = scratch.resolve("stopped");
    DiskFiles.remove(place);
    SmallWorkspace workspace = before.copiedTo(place).deliverMore();
    AtomicInteger changes = new AtomicInteger();
    DiskFiles.Watched watched =
        DiskFiles.watchedBy(
            (effect, path) -> {
              boolean isNext = new Done(effect, "").changesFiles();
              if ((isNext ? changes.incrementAndGet() : changes.get()) >= change) {
                throw new Stopped();
              }
            });
    try {
      CommandRun stopped = workspace.work();
      assertThat(stopped.exit()).as("it was stopped").isNotZero();
    } catch (Stopped e) {
      assertThat(changes.get()).isGreaterThanOrEqualTo(change);
    } finally {
      watched.close();
    }
    workspace.worked();
    assertThat(SmallWorkspace.differences(undisturbed, workspace.relations()))
        .as("after a stop before change " + change)
        .isEmpty();
    assertThat(workspace.run("check").out()).as("after a stop before change " + change).isEmpty();
  }

  private static int changes() {
    return Math.toIntExact(done.stream().filter(Done::changesFiles).count());
  }

  @Test
  void aRunThatIsStoppedGoesOn() throws IOException {
    int named =
        Math.toIntExact(
            done.subList(0, first(RENAME, "history/publications/00000002")).stream()
                .filter(Done::changesFiles)
                .count());
    goesOnAfterAStopBefore(named + 1);
  }

  @Tag("full")
  @Test
  void aRunThatIsStoppedBeforeSomeChangesOfFilesGoesOn() throws IOException {
    for (int change = 1; change <= changes(); change += 29) {
      goesOnAfterAStopBefore(change);
    }
  }

  @Tag("everywhere")
  @Test
  void aRunThatIsStoppedBeforeAnyChangeOfAFileGoesOn() throws IOException {
    for (int change = 1; change <= changes(); change++) {
      goesOnAfterAStopBefore(change);
    }
  }

  @ParameterizedTest
  @MethodSource("someFaults")
  void damageIsHealed(String path, Fault fault) throws IOException {
    heals(path, fault);
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("everyNinthFault")
  void manyKindsOfDamageAreHealed(String path, Fault fault) throws IOException {
    heals(path, fault);
  }

  @Tag("everywhere")
  @ParameterizedTest
  @MethodSource("everyFault")
  void everyDamageIsHealed(String path, Fault fault) throws IOException {
    heals(path, fault);
  }

  private static void heals(String path, Fault fault) throws IOException {
    Path place = scratch.resolve("faults");
    DiskFiles.remove(place);
    SmallWorkspace workspace = before.copiedTo(place).deliverMore();
    String kind = kind(path);
    End end = KINDS.get(kind);
    boolean isNoticed =
        end != End.UNREAD
            && !(fault == Fault.GONE && GONE_UNNOTICED.contains(kind))
            && !(fault != Fault.FLIPPED && CUT_UNNOTICED.contains(kind));
    fault.happenTo(workspace.directory().resolve(path));

    CommandRun checked = workspace.run("check");
    if (isNoticed) {
      assertThat(checked.out()).contains(path);
      assertThat(checked.exit()).isEqualTo(5);
    }

    CommandRun run = workspace.work();
    assertThat(run.err()).doesNotContain("Unexpected");
    if (end == End.GIVEN_UP) {
      assertThat(run.exit()).as(run.err()).isEqualTo(5);
      assertThat(run.err()).contains(path, "is damaged", "--give-up");
      CommandRun givenUp = workspace.run("check", "--give-up");
      assertThat(givenUp.exit()).as(givenUp.err()).isZero();
      assertThat(givenUp.out()).contains(path);
      CommandRun after = workspace.work();
      assertThat(after.exit()).as(after.err()).isZero();
      Map<String, String> expected = new TreeMap<>(undisturbed);
      Map<String, String> relations = workspace.relations();
      // What the history held is lost, and nothing else.
      List.of(
              "publications",
              "restatements",
              "benchmark_restatements",
              "restatement_causes",
              "action_outcomes",
              "forecast_accuracy",
              "forecast_daily",
              "actions")
          .forEach(
              lost -> {
                expected.remove(lost);
                relations.remove(lost);
              });
      assertThat(SmallWorkspace.differences(expected, relations)).isEmpty();
    } else {
      assertThat(run.exit()).as(run.err()).isZero();
      if (isNoticed) {
        assertThat(run.err()).contains(path);
      }
      assertThat(SmallWorkspace.differences(undisturbed, workspace.relations())).isEmpty();
    }
    CommandRun whole = workspace.run("check");
    assertThat(whole.out()).isEmpty();
    assertThat(whole.exit()).as(whole.out()).isZero();
  }
}
