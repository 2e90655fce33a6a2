package medspa.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.config.WorkspaceLoader;
import medspa.warehouse.history.History;
import medspa.warehouse.history.PastPublication;
import medspa.warehouse.lake.KnownAt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsTest {
  @TempDir Path directory;

  @BeforeEach
  void configureTwoZones() throws IOException {
    Files.writeString(
        directory.resolve("medspa.yaml"),
        """
        practices:
          - id: glow
            name: Glow
            locations:
              - {id: austin, name: Austin, time_zone: America/Chicago}
              - {id: soho, name: Soho, time_zone: Europe/London}
        sources:
          - {name: products, format: medspa, table: products, practice: glow, from: exports/products.csv}
        """);
  }

  private static LocalDate asOf(Workspace workspace, String now) {
    Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    return new Steps(workspace, clock, Map.of(), line -> {}).endOfLastCompleteWeek();
  }

  @Test
  void aWeekIsCompleteWhenItIsOverEverywhere() {
    Workspace workspace = WorkspaceLoader.load(directory);

    // Midnight in Chicago is 05:00 UTC in summer.
    assertThat(asOf(workspace, "2026-06-15T04:59:59Z")).isEqualTo("2026-06-08");
    assertThat(asOf(workspace, "2026-06-15T05:00:00Z")).isEqualTo("2026-06-15");
  }

  @Test
  void aLookBackEndsWithTheWeekThatWasTheLastCompleteOneThen() {
    Workspace workspace = WorkspaceLoader.load(directory);
    for (String[] then :
        new String[][] {
          {"2026-06-15T04:59:59Z", "2026-06-08"}, {"2026-06-15T05:00:00Z", "2026-06-15"}
        }) {
      Workspace looksBack =
          workspace.with(workspace.files().knownAt(new KnownAt(3, Instant.parse(then[0]))));
      assertThat(asOf(looksBack, "2026-11-25T12:00:00Z")).as(then[0]).isEqualTo(then[1]);
    }
  }

  private void published(long number, String asOf) throws IOException {
    History history = WorkspaceLoader.load(directory).history();
    history.begin(number);
    history.prepare(
        new PastPublication(
            number,
            "run-" + number,
            Instant.parse("2026-06-17T08:00:00Z"),
            LocalDate.parse(asOf),
            LocalDate.parse(asOf).minusWeeks(1),
            1,
            1,
            "configuration",
            "1.0",
            0,
            0));
    history.commit(number);
  }

  private static Steps at(Workspace workspace, String now) {
    return new Steps(
        workspace, Clock.fixed(Instant.parse(now), ZoneOffset.UTC), Map.of(), line -> {});
  }

  @Test
  void aClockBeforeWhatIsPublishedChoosesNoAsOf() throws IOException {
    published(1, "2026-06-15");
    Workspace workspace = WorkspaceLoader.load(directory);

    Steps setBack = at(workspace, "2019-03-06T12:00:00Z");
    assertThatThrownBy(() -> setBack.compute(Optional.empty(), Optional.empty(), false))
        .isInstanceOf(ClockSetBackException.class)
        .hasMessage(
            "The clock says 2019-03-06, but numbers are published as of 2026-06-15, which is later;"
                + " nothing was done. Set the clock right, or name the as-of: --as-of 2026-06-15"
                + " keeps what is published, and --as-of 2019-03-04 replaces it by what happened"
                + " before that day.");
    assertThat(workspace.lake().directory()).doesNotExist();

    // The day of the as-of begins in Chicago at 05:00 UTC.
    assertThatThrownBy(() -> at(workspace, "2026-06-15T04:59:59Z").trustClock(Optional.empty()))
        .isInstanceOf(ClockSetBackException.class);
    assertThatCode(() -> at(workspace, "2026-06-15T05:00:00Z").trustClock(Optional.empty()))
        .doesNotThrowAnyException();
  }

  @Test
  void anAsOfThatSomebodyNamesIsRightWhateverTheClockSays() throws IOException {
    published(1, "2026-06-15");
    Workspace workspace = WorkspaceLoader.load(directory);
    Optional<LocalDate> named = Optional.of(LocalDate.parse("2019-03-04"));
    assertThatCode(() -> at(workspace, "2019-03-06T12:00:00Z").trustClock(named))
        .doesNotThrowAnyException();

    // Whoever named an earlier day replaced what was published, on purpose.
    published(2, "2019-03-04");
    assertThatCode(() -> at(workspace, "2019-03-06T12:00:00Z").trustClock(Optional.empty()))
        .doesNotThrowAnyException();
  }

  @Test
  void aLookBackAndAWorkspaceThatPublishedNothingTrustTheClock() throws IOException {
    Workspace workspace = WorkspaceLoader.load(directory);
    assertThatCode(() -> at(workspace, "2019-03-06T12:00:00Z").trustClock(Optional.empty()))
        .doesNotThrowAnyException();

    published(1, "2026-06-15");
    Workspace looksBack =
        workspace.with(
            workspace.files().knownAt(new KnownAt(3, Instant.parse("2026-06-01T12:00:00Z"))));
    assertThatCode(() -> at(looksBack, "2019-03-06T12:00:00Z").trustClock(Optional.empty()))
        .doesNotThrowAnyException();
  }
}
