package medspa.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.config.WorkspaceLoader;
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
      Workspace looksBack = workspace.knownAt(new KnownAt(3, Instant.parse(then[0])));
      assertThat(asOf(looksBack, "2026-11-25T12:00:00Z")).as(then[0]).isEqualTo(then[1]);
    }
  }
}
