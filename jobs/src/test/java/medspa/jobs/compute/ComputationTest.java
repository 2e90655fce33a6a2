package medspa.jobs.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import medspa.jobs.compute.session.RunDirectories;
import medspa.jobs.compute.session.WorkSize;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.LakeState;
import medspa.warehouse.market.Market;
import medspa.warehouse.market.Market.Hours;
import medspa.warehouse.market.Market.ShiftTemplate;
import medspa.warehouse.relation.Relation;
import medspa.warehouse.relation.Relation.Rows;
import medspa.warehouse.relation.Relations;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComputationTest {
  @TempDir Path directory;

  private static final Market MARKET =
      new TestMarket()
          .location("glow", "austin")
          .template(
              new ShiftTemplate(
                  "austin", "p", Optional.empty(), Optional.empty(), everyDay(), Map.of()))
          .build();

  private static Map<DayOfWeek, List<Hours>> everyDay() {
    Map<DayOfWeek, List<Hours>> weekly = new EnumMap<>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      weekly.put(day, List.of(new Hours(LocalTime.of(9, 0), LocalTime.of(17, 0))));
    }
    return weekly;
  }

  private static TestLake lake(Path directory) {
    TestLake lake = new TestLake(directory.resolve("a lake"), MARKET);
    lake.batch(Delivery.UPSERT)
        .row("appointments", appointment("1", "2026-03-04T09:00", "completed"))
        .row("appointments", appointment("2", "2026-03-10T09:00", "no_show"))
        .write();
    return lake;
  }

  private static String appointment(String id, String start, String status) {
    return "appointment_id="
        + id
        + " location_id=austin provider_id=p start_at="
        + start
        + " end_at="
        + start.substring(0, 11)
        + "10:00 status="
        + status;
  }

  private static List<Path> files(TestLake lake, String level) throws IOException {
    try (Stream<Path> files = Files.walk(lake.lake().directory().resolve(level), 2)) {
      return files.filter(file -> file.getParent().getParent().endsWith(level)).sorted().toList();
    }
  }

  @Test
  void aSecondRunWithTheSameInputsDoesNothing() {
    TestLake lake = lake(directory);
    ComputeResult first = lake.computeAgain("2026-03-11", false);
    assertThat(first.computed()).isTrue();
    assertThat(Computation.run(lake.request("2026-03-11", false), ComputationTest::noSession))
        .isEqualTo(new ComputeResult(first.state(), false, List.of()));
    assertThat(LakeState.read(lake.lake())).contains(first.state());

    // Another as-of, configuration, missing directory or batch is something to do.
    assertStarts(lake.request("2026-03-10", false));
    assertStarts(lake.request("2026-03-11", true));
    ComputeRequest same = lake.request("2026-03-11", false);
    assertStarts(
        new ComputeRequest(
            same.lake(),
            same.market(),
            same.asOf(),
            same.knownAt(),
            "sources in another order",
            same.codeVersion(),
            same.sparkMaster(),
            same.rebuild(),
            same.progress()));
    Path rooms = first.state().dataset(lake.lake(), "silver/rooms").orElseThrow();
    Path moved = rooms.resolveSibling("moved");
    move(rooms, moved);
    assertStarts(lake.request("2026-03-11", false));
    move(moved, rooms);
    assertThat(Computation.run(lake.request("2026-03-11", false), ComputationTest::noSession))
        .isEqualTo(new ComputeResult(first.state(), false, List.of()));
    lake.batch(Delivery.UPSERT)
        .row("appointments", appointment("3", "2026-02-22T09:00", "booked"))
        .write();
    assertStarts(lake.request("2026-03-11", false));
  }

  @Test
  void anotherColumnOfAContractIsSomethingToDo() {
    ComputeRequest request = lake(directory).request("2026-03-11", false);
    List<Batch> batches = Bronze.read(request.lake()).current();
    List<TableContract> contracts = TableContracts.load().all();
    TableContract rooms = TableContracts.load().table("rooms");
    List<TableContract> earlier = new ArrayList<>(contracts);
    earlier.set(
        contracts.indexOf(rooms),
        new TableContract(
            rooms.name(),
            rooms.grain(),
            rooms.kind(),
            rooms.key(),
            rooms.date(),
            rooms.columns().subList(0, rooms.columns().size() - 1),
            rooms.checks()));

    assertThat(Computation.runId(request, batches, contracts))
        .isEqualTo(Computation.runId(request, batches, TableContracts.load().all()))
        .isNotEqualTo(Computation.runId(request, batches, earlier));
  }

  private static LakeState noSession(WorkSize size, Function<SparkSession, LakeState> work) {
    throw new IllegalStateException("a session is asked for");
  }

  private static void assertStarts(ComputeRequest request) {
    assertThatThrownBy(() -> Computation.run(request, ComputationTest::noSession))
        .hasMessage("a session is asked for");
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theStateTellsWhatWentInAndHowFarItReaches() {
    TestLake lake = lake(directory);
    lake.batch(Delivery.UPSERT)
        .row("appointments", appointment("3", "2026-02-22T09:00", "booked"))
        .write();
    LakeState state = lake.computeAgain("2026-03-11", false).state();
    assertThat(state.asOf()).isEqualTo(LocalDate.of(2026, 3, 11));
    assertThat(state.lastWeekStart()).isEqualTo(LocalDate.of(2026, 3, 2));
    // Sunday, 22 February is in the week of the 16th.
    assertThat(state.weeksComputed()).isEqualTo(3);
    assertThat(state.bronzeSequence()).isEqualTo(2);
    assertThat(state.bronzeFiles()).isEqualTo(2);
    assertThat(state.datasets().keySet())
        .as("what the warehouse copies, each canonical table and the measures")
        .isEqualTo(datasets());
    Results results = new Results(lake.lake());

    // Days of the unfinished week are measured, the week itself is not.
    assertThat(
            results.rows(
                "SELECT max(date) FROM {gold/measures_daily} UNION ALL"
                    + " SELECT max(week_start) FROM {gold/measures_weekly}"))
        .containsExactly("2026-03-10", "2026-03-02");

    // Shift templates hold from the first appointment on.
    assertThat(
            results.rows(
                "SELECT shift_id, practice_id, kind, local_date, epoch(start_at)::BIGINT,"
                    + " is_deleted, source_file_id, source_line FROM {silver/shifts} ORDER BY ALL"))
        .hasSize(17)
        .startsWith(
            "p|2026-02-22|09:00|glow|bookable|2026-02-22|1771772400|false|configuration|null");
    assertThat(results.measures("austin"))
        .containsEntry("bookable_seconds", String.valueOf(17 * 8 * 3600))
        .containsEntry("kept_seconds", "3600")
        .containsEntry("no_show_seconds", "3600");
  }

  @Tag("full")
  @Test
  void whatAKilledRunLeftIsIgnoredAndSwept() throws IOException {
    TestLake lake = lake(directory);
    Path stray = lake.lake().silver("appointments", "of-another-run");
    Files.createDirectories(stray);
    Files.writeString(stray.resolve("part-0.parquet"), "half a file");
    assertThatThrownBy(
            () ->
                Computation.run(
                    lake.request("2026-03-11", false),
                    (size, work) -> {
                      LakeState lost = work.apply(SharedSpark.session());
                      throw new IllegalStateException("killed as of " + lost.asOf());
                    }))
        .hasMessage("killed as of 2026-03-11");
    assertThat(LakeState.read(lake.lake())).isEmpty();
    List<Path> left = files(lake, "silver");
    assertThat(left)
        .as("each table's, and the other run's")
        .hasSize(TableContracts.load().all().size() + 2);
    for (Path run : left) {
      Files.writeString(run.resolve("part-of-the-killed-run.parquet"), "half a file");
    }

    LakeState state = lake.computeAgain("2026-03-11", false).state();
    assertThat(new Results(lake.lake()).measures("austin"))
        .containsEntry("visits_attended", "1")
        .containsEntry("visits_no_show", "1");
    assertThat(Stream.concat(files(lake, "silver").stream(), files(lake, "gold").stream()))
        .containsExactlyInAnyOrderElementsOf(
            state.datasets().values().stream().map(lake.lake().directory()::resolve).toList());
  }

  @Tag("full")
  @Test
  void aRebuildGivesTheSameContentInNewDirectories() {
    TestLake lake = lake(directory);
    LakeState first = lake.computeAgain("2026-03-11", false).state();
    List<String> before = content(lake, first);
    LakeState second = lake.computeAgain("2026-03-11", true).state();
    assertThat(second.runId()).isEqualTo(first.runId());
    assertThat(second.datasets().values()).doesNotContainAnyElementsOf(first.datasets().values());
    assertThat(content(lake, second)).isEqualTo(before).hasSizeGreaterThan(40);
    // A third run takes the first names again.
    assertThat(
            RunDirectories.of(lake.lake(), second.runId(), Optional.of(second))
                .create("silver/rooms"))
        .endsWithRaw(Path.of("silver", "rooms", first.runId()));
  }

  private static List<String> content(TestLake lake, LakeState state) {
    Results results = new Results(lake.lake());
    List<String> content = new ArrayList<>();
    for (String dataset : state.datasets().keySet()) {
      results
          .rows("SELECT * FROM {" + dataset + "} ORDER BY ALL")
          .forEach(row -> content.add(dataset + " " + row));
    }
    return content;
  }

  @Test
  void rowsOfALocationThatIsNoLongerConfiguredAreLeftOut() {
    TestLake lake = lake(directory);
    TestLake other =
        new TestLake(lake.lake().directory(), new TestMarket().location("glow", "dallas").build());
    assertThat(other.compute("2026-03-11").rows("SELECT * FROM {silver/appointments}")).isEmpty();
  }

  @Tag("full")
  @Test
  void anEmptyLakeGivesEmptyTables() {
    TestLake lake = new TestLake(directory.resolve("empty"), MARKET);
    LakeState state = lake.computeAgain("2026-03-11", false).state();
    assertThat(state.weeksComputed()).isZero();
    assertThat(state.bronzeSequence()).isZero();
    assertThat(
            new Results(lake.lake())
                .rows("SELECT location_id, member_id, week_start FROM {gold/measures_weekly}"))
        .isEmpty();
  }

  @Test
  void sparkSettingsFollowTheSizeOfTheWork() {
    assertThat(new WorkSize(400).isSmall()).isTrue();
    assertThat(new WorkSize(400).shufflePartitions()).isEqualTo(2);
    assertThat(new WorkSize(20_000_000).isSmall()).isFalse();
    assertThat(new WorkSize(20_000_000).shufflePartitions()).isEqualTo(20);
    assertThat(new WorkSize(Long.MAX_VALUE).shufflePartitions()).isEqualTo(64);
    assertThat(SharedSpark.session().conf().get("spark.sql.ansi.enabled")).isEqualTo("true");
    assertThat(SharedSpark.session().conf().get("spark.sql.session.timeZone")).isEqualTo("UTC");
  }

  private static Set<String> datasets() {
    Set<String> names = new TreeSet<>(Set.of("gold/measures_daily", "gold/measures_weekly"));
    TableContracts.load().all().forEach(table -> names.add("silver/" + table.name()));
    for (Relation relation : Relations.load().all()) {
      if (relation.rows() instanceof Rows.Dataset dataset) {
        names.add(dataset.name());
      }
    }
    return names;
  }
}
