package medspa.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import medspa.pipelines.cli.Medspa;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page for contributors names is there: files, modules, tests and commands. */
class ContributingTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
  private static final Pattern QUOTED = Pattern.compile("`([^`\\s]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");

  private static String page() {
    try {
      return Files.readString(ROOT.resolve("CONTRIBUTING.md"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Stream<String> commands() {
    return FENCED.matcher(page()).results().flatMap(block -> block.group(1).lines());
  }

  static Stream<String> paths() {
    String words = page().replaceAll("(?ms)^```.*?^```$", "");
    return Stream.concat(
            QUOTED.matcher(words).results().map(m -> m.group(1)).filter(w -> w.contains("/")),
            LINK.matcher(words).results().map(m -> m.group(1)))
        .map(ContributingTest::fixedPart);
  }

  /** The folder in front of a name that is still to be chosen, such as {@code kpis/<kpi>.yaml}. */
  private static String fixedPart(String path) {
    int open = path.indexOf('<');
    return open < 0 ? path : path.substring(0, path.lastIndexOf('/', open));
  }

  @ParameterizedTest
  @MethodSource("paths")
  void eachPathIsThere(String path) {
    assertThat(ROOT.resolve(path)).exists();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachCommandCanBeRun(String command) throws IOException {
    List<String> words = Arrays.asList(command.split(" "));
    switch (words.get(0)) {
      case "mvn" -> mavenKnows(command);
      case "git" ->
          assertThat(ROOT.resolve(words.get(words.size() - 1)).resolve("pre-commit"))
              .isExecutable();
      case "python3" -> assertThat(ROOT.resolve(words.get(1))).isRegularFile();
      case "bench/letters", "bench/run" -> assertThat(ROOT.resolve(words.get(0))).isExecutable();
      default -> {
        assertThat(words.get(0)).isEqualTo("./medspa");
        assertThat(Medspa.run(silent(), silent(), false, words.get(1), "--help")).isZero();
      }
    }
  }

  private static java.io.PrintWriter silent() {
    return new java.io.PrintWriter(java.io.Writer.nullWriter());
  }

  private static void mavenKnows(String command) throws IOException {
    Path module = ROOT;
    for (MatchResult named : Pattern.compile("-pl (\\S+)").matcher(command).results().toList()) {
      module = ROOT.resolve(named.group(1));
      assertThat(Files.readString(ROOT.resolve("pom.xml")))
          .contains("<module>" + named.group(1) + "</module>");
    }
    Pattern test = Pattern.compile("-Dtest=(\\w+)(?:#(\\w+))?");
    for (MatchResult named : test.matcher(command).results().toList()) {
      try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
        List<Path> classes = files.filter(f -> f.endsWith(named.group(1) + ".java")).toList();
        assertThat(classes).as(named.group(1)).hasSize(1);
        if (named.group(2) != null) {
          assertThat(classes.get(0)).content().contains("void " + named.group(2) + "(");
        }
      }
    }
  }

  @Test
  void aFolderBeforeANameToBeChosenIsWhatMustBeThere() {
    assertThat(fixedPart("kpis/<kpi>.yaml")).isEqualTo("kpis");
    assertThat(fixedPart("relations/<name>/query.sql")).isEqualTo("relations");
    assertThat(fixedPart("docs/testing.md")).isEqualTo("docs/testing.md");
  }
}
