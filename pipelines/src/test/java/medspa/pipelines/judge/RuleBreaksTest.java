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
    assertThat(rule.keySet()).containsExactly("file", "find", "replace", "rule");
    assertThat(rule.get("replace")).isNotEqualTo(rule.get("find"));
    String code = Files.readString(ROOT.resolve(rule.get("file")));
    assertThat(List.of(code.split(Pattern.quote(rule.get("find")), -1)))
        .as("parts of %s around %s", rule.get("file"), rule.get("find"))
        .hasSize(2);
  }
}
