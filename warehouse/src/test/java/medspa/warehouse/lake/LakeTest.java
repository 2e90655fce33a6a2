package medspa.warehouse.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {
  @TempDir Path directory;
  private Lake lake;

  @BeforeEach
  void open() {
    lake = new Lake(directory.resolve("lake"));
  }

  private static Batch batch(long sequence, long order, String id, Optional<String> replaces) {
    return new Batch(
        sequence,
        order,
        id,
        "austin-schedule",
        "glow",
        "exports/schedule.csv",
        "abc",
        "def",
        replaces,
        "acuity-appointments",
        Delivery.WINDOW,
        Instant.parse("2026-01-05T08:00:00.123456789Z"),
        1,
        List.of(
            new TableCounts(
                "appointments",
                10,
                7,
                1,
                1,
                1,
                List.of(new Window("austin", LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 4))))),
        Optional.empty(),
        Optional.empty());
  }

  private void write(Batch batch) {
    LakeJson.replace(lake.batch(batch.sourceFileId()).resolve("batch.json"), batch);
  }

  @Test
  void aMarkerIsReadAsItWasWritten() {
    Batch batch = batch(1, 1, "00000001-abc", Optional.of("00000000-abc"));
    write(batch);

    assertThat(Bronze.read(lake).all()).containsExactly(batch);
    assertThat(batch.table("appointments")).isPresent();
    assertThat(batch.table("payments")).isEmpty();
  }

  @Test
  void aDirectoryWithoutItsMarkerOrStillBeingWrittenIsNoBatch() throws Exception {
    write(batch(1, 1, "00000001-abc", Optional.empty()));
    Files.createDirectories(lake.batch("00000002-abc"));
    write(batch(3, 3, ".00000003-abc", Optional.empty()));

    assertThat(Bronze.read(lake).all()).extracting(Batch::sequence).containsExactly(1L);
    assertThat(Bronze.read(lake).nextSequence()).isEqualTo(2);
  }

  @Test
  void batchesComeInTheOrderOfTheirSequenceWhateverTheirDirectoriesAreCalled() {
    write(batch(100_000_000, 2, "100000000-abc", Optional.empty()));
    write(batch(99_999_999, 1, "99999999-abc", Optional.empty()));

    assertThat(Bronze.read(lake).all())
        .extracting(Batch::sequence)
        .containsExactly(99_999_999L, 100_000_000L);
    assertThat(Bronze.read(lake).nextSequence()).isEqualTo(100_000_001);
  }

  @Test
  void aReplacedBatchDoesNotCountAndItsSuccessorTakesItsPlaceInTheOrderOfDelivery() {
    write(batch(1, 1, "00000001-abc", Optional.empty()));
    write(batch(2, 2, "00000002-def", Optional.empty()));
    write(batch(3, 1, "00000003-abc", Optional.of("00000001-abc")));
    Bronze bronze = Bronze.read(lake);

    assertThat(bronze.current())
        .extracting(Batch::sourceFileId)
        .containsExactly("00000003-abc", "00000002-def");
    assertThat(bronze.all()).extracting(Batch::sequence).containsExactly(1L, 2L, 3L);
    assertThat(bronze.nextSequence()).isEqualTo(4);
  }

  @Test
  void whatWasKnownLacksLaterBatchesAndStillCountsWhatTheyReplaced() {
    write(batch(1, 1, "00000001-abc", Optional.empty()));
    write(batch(3, 3, "00000003-def", Optional.empty()));
    write(batch(4, 1, "00000004-abc", Optional.of("00000001-abc")));
    Bronze bronze = Bronze.read(lake);

    assertThat(bronze.knownAt(3).current())
        .extracting(Batch::sourceFileId)
        .containsExactly("00000001-abc", "00000003-def");
    assertThat(bronze.knownAt(4).current()).isEqualTo(bronze.current());
    assertThat(bronze.knownAt(2).all()).hasSize(1);
    assertThat(lake.knownAt(3).batch("x")).as("one bronze").isEqualTo(lake.batch("x"));
    assertThat(lake.knownAt(3).state()).isNotEqualTo(lake.state());
  }

  @Test
  void aStateOfKnowledgeIsNamedBySequenceOrInstant() {
    write(batch(1, 1, "00000001-abc", Optional.empty()));
    write(batch(3, 3, "00000003-def", Optional.empty()));
    Bronze bronze = Bronze.read(lake);
    Instant now = Instant.parse("2026-01-06T00:00:00Z");

    assertThat(KnownAt.of("1", bronze, now).sequence()).isEqualTo(1);
    assertThat(KnownAt.of("2", bronze, now).sequence()).as("refused").isEqualTo(1);
    assertThat(KnownAt.of("3", bronze, now).sequence()).isEqualTo(3);
    assertThat(KnownAt.of("2026-01-05T08:00:00.123456Z", bronze, now).sequence()).isEqualTo(3);
    assertThat(KnownAt.of("2026-01-05T03:00:01-05:00", bronze, now).sequence()).isEqualTo(3);
    assertThat(KnownAt.of("2026-01-05T03:00:01-05:00", bronze, now).at())
        .as("the instant that was asked for")
        .isEqualTo("2026-01-05T08:00:01Z");
    assertThat(KnownAt.of("3", bronze, now).at())
        .as("when the batch came")
        .isEqualTo(bronze.all().get(1).ingestedAt());
  }

  @Test
  void aStateOfKnowledgeThatNeverWasIsAnError() {
    write(batch(2, 2, "00000002-abc", Optional.empty()));
    Bronze bronze = Bronze.read(lake);
    Instant now = Instant.parse("2026-01-06T00:00:00Z");

    for (String future : List.of("3", "2026-01-06T00:00:01Z")) {
      assertThatThrownBy(() -> KnownAt.of(future, bronze, now))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(future + " is in the future")
          .hasMessageContaining("the sequence 2");
    }
    for (String before : List.of("1", "0", "2026-01-05T08:00:00Z")) {
      assertThatThrownBy(() -> KnownAt.of(before, bronze, now))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Nothing had been ingested at " + before);
    }
    for (String unclear : List.of("yesterday", "2026-01-05", "2026-01-05T08:00:00", "-1", "")) {
      assertThatThrownBy(() -> KnownAt.of(unclear, bronze, now))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + unclear + "' is neither an ingestion sequence");
    }
    Bronze none = Bronze.read(new Lake(directory.resolve("none")));
    assertThatThrownBy(() -> KnownAt.of("1", none, now))
        .hasMessageContaining("Nothing has been ingested yet");
  }

  @Test
  void anEmptyLakeHasNoBatchNoStateAndNoRefusedFile() {
    assertThat(Bronze.read(lake).all()).isEmpty();
    assertThat(Bronze.read(lake).nextSequence()).isEqualTo(1);
    assertThat(LakeState.read(lake)).isEmpty();
    assertThat(RefusedFile.read(lake)).isEmpty();
  }

  @Test
  void theStateNamesTheValidDirectoryOfADataset() {
    LakeState state =
        new LakeState(
            "run",
            LocalDate.of(2026, 1, 5),
            Optional.of(7L),
            LocalDate.of(2025, 12, 29),
            3,
            7,
            5,
            "digest",
            Map.of("silver/visits", "silver/visits/run"));
    state.write(lake);

    assertThat(LakeState.read(lake)).contains(state);
    assertThat(state.dataset(lake, "silver/visits"))
        .contains(lake.directory().resolve("silver/visits/run"));
    assertThat(state.dataset(lake, "silver/none")).isEmpty();
  }

  @Test
  void replacingLeavesNothingBesideTheFile() throws Exception {
    RefusedFile refused =
        new RefusedFile(
            "s", "glow", "a.csv", Optional.of(3L), Optional.of("Start"), "No date.", "Fix it.");
    RefusedFile.write(lake, List.of());
    RefusedFile.write(lake, List.of(refused));

    assertThat(RefusedFile.read(lake)).containsExactly(refused);
    assertThat(refused.message()).isEqualTo("a.csv, line 3, column Start: No date. Fix it.");
    try (Stream<Path> files = Files.list(lake.directory())) {
      assertThat(files).containsExactly(lake.refused());
    }
  }

  @Test
  void aBrokenFileIsNamed() throws Exception {
    Files.createDirectories(lake.directory());
    Files.writeString(lake.state(), "{\"runId\": ");

    assertThatThrownBy(() -> LakeState.read(lake))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("state.json");
  }

  @Test
  void aLineOfJsonIsOneLine() {
    assertThat(LakeJson.line(Map.of("as_of", LocalDate.of(2026, 1, 5))))
        .isEqualTo("{\"as_of\":\"2026-01-05\"}");
  }
}
