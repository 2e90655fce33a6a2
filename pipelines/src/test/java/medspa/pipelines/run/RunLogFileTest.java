package medspa.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogFileTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-08T05:00:00Z"), ZoneOffset.UTC);

  @TempDir Path workspace;

  private List<Path> logs() throws IOException {
    try (Stream<Path> files = Files.list(workspace.resolve("logs"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void eachLineHasItsTimeAndAFailureItsPlaceButNoWords() throws IOException {
    try (RunLogFile log = RunLogFile.open(workspace, "run", CLOCK)) {
      log.write("Ingested 6 new files");
      log.write(new IllegalStateException("Jo Doe", new IOException("jo@doe.example")));
    }
    assertThat(logs()).hasSize(1);
    assertThat(logs().get(0)).hasFileName("2026-06-08T05-00-00Z-run.log");
    assertThat(logs().get(0))
        .content()
        .contains(
            "2026-06-08T05:00:00Z Ingested 6 new files\n",
            "java.lang.IllegalStateException\n    at medspa.pipelines.run.RunLogFileTest",
            "java.io.IOException\n")
        .doesNotContain("Jo Doe", "jo@doe");
  }

  @Test
  void theOldestGo() throws IOException {
    for (int minute = 0; minute < RunLogFile.KEPT + 3; minute++) {
      RunLogFile.open(workspace, "run", Clock.offset(CLOCK, Duration.ofMinutes(minute))).close();
    }
    assertThat(logs()).hasSize(RunLogFile.KEPT);
    assertThat(logs().get(0)).hasFileName("2026-06-08T05-03-00Z-run.log");
  }
}
