package medspa.pipelines.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import medspa.warehouse.kpi.KpiCatalogue;
import medspa.warehouse.kpi.KpiDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The list of deliberate rule breaks still fits the code; running them is a matter of hours. */
class RuleBreaksTest {
  private static final Path ROOT = Path.of("..");

  static Stream<Map<String, String>> breaks() throws IOException {
    String text = Files.readString(Path.of("src/test/mutation/rule-breaks.txt"));
    return Stream.of(text.split("\n\\s*\n", -1))
        .map(RuleBreaksTest::entries)
        .filter(entries -> !entries.isEmpty());
  }

  private static Map<String, String> entries(String block) {
    Map<String, String> entries = new TreeMap<>();
    block
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(
            line -> {
              int colon = line.indexOf(": ");
              entries.put(line.substring(0, colon), line.substring(colon + 2));
            });
    return entries;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("breaks")
  void theTextToBreakOccursExactlyOnce(Map<String, String> rule) throws IOException {
    assertThat(rule).containsKeys("file", "find", "replace", "rule");
    assertThat(rule.get("replace")).isNotEqualTo(rule.get("find"));
    String code = Files.readString(ROOT.resolve(rule.get("file")));
    assertThat(List.of(code.split(Pattern.quote(rule.get("find")), -1)))
        .as("parts of %s around %s", rule.get("file"), rule.get("find"))
        .hasSize(2);
  }

  @Test
  void everyRuleIsBrokenOnceAndSeenInKpisOrByTestsThatThereAre() throws IOException {
    List<String> kpis = KpiCatalogue.load().all().stream().map(KpiDefinition::id).toList();
    List<Map<String, String>> rules = breaks().toList();
    assertThat(rules).extracting(rule -> rule.get("rule")).doesNotHaveDuplicates();
    for (Map<String, String> rule : rules) {
      assertThat(List.of("file", "find", "replace", "rule", "shows", "test"))
          .as(rule.get("rule"))
          .containsAll(rule.keySet());
      if (rule.containsKey("shows")) {
        assertThat(kpis).containsAll(List.of(rule.get("shows").split(", ", -1)));
      }
      if (rule.containsKey("test")) {
        assertThat(testSource(rule.get("test").split("#", -1)))
            .as("source of %s", rule.get("test"))
            .isTrue();
      }
    }
  }

  /** Whether there is a test class of that name, with the method where one is named. */
  private static boolean testSource(String... classAndMethod) throws IOException {
    for (Path module :
        List.of(
            ROOT.resolve("warehouse"),
            ROOT.resolve("jobs"),
            ROOT.resolve("charts"),
            Path.of("."))) {
      try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
        for (Path file : files.filter(f -> f.endsWith(classAndMethod[0] + ".java")).toList()) {
          return classAndMethod.length == 1
              || Files.readString(file).contains("void " + classAndMethod[1] + "(");
        }
      }
    }
    return false;
  }
}
