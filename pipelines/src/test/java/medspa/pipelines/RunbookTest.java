package medspa.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.pipelines.run.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The runbook has every way in which a command ends, and quotes what commands really say. */
class RunbookTest {
  /** What is quoted, up to where it differs from case to case. */
  private static final Pattern QUOTED = Pattern.compile("\"(?:… )?([^\"…]+)");

  private static final Pattern SAID = Pattern.compile("super\\(\\D*?\"([^\"]{8,}?)[ \"]*\"");

  private static String runbook() throws IOException {
    return Files.readString(Path.of("../docs/runbook.md"));
  }

  /** All main sources, with texts that were split over lines put together. */
  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String module : List.of("warehouse", "jobs", "charts", "pipelines")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          all.append(Files.readString(file));
        }
      }
    }
    return all.toString().replaceAll("\"\\s*\\+\\s*\"", "");
  }

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void everyExitCodeSaysWhatToDo(ExitCode exit) throws IOException {
    assertThat(runbook()).contains("## Exit code " + exit.code() + "\n\n`" + exit + "`");
  }

  @Test
  void whatIsQuotedIsSaid() throws IOException {
    String sources = sources();
    List<String> quoted =
        QUOTED
            .matcher(runbook().replaceAll("(?ms)^```.*?^```$", ""))
            .results()
            .map(match -> match.group(1).strip())
            .filter(text -> Character.isUpperCase(text.charAt(0)) || text.startsWith("files"))
            .toList();
    assertThat(quoted).hasSizeGreaterThan(10);
    assertThat(quoted).allSatisfy(text -> assertThat(sources.contains(text)).as(text).isTrue());
  }

  @Test
  void whatTheRunRefusesToDoIsInIt() throws IOException {
    String runbook = runbook();
    List<Path> exceptions;
    try (Stream<Path> files = Files.list(Path.of("src/main/java/medspa/pipelines/run"))) {
      exceptions = files.filter(f -> f.toString().endsWith("Exception.java")).toList();
    }
    assertThat(exceptions).hasSizeGreaterThan(1);
    for (Path exception : exceptions) {
      Matcher said = SAID.matcher(Files.readString(exception));
      assertThat(said.find()).as("what %s says", exception).isTrue();
      String words =
          Stream.of(said.group(1).strip().split(" ")).limit(3).collect(Collectors.joining(" "));
      assertThat(runbook).as("what to do about %s", exception).contains(words);
    }
  }
}
