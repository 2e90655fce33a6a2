package medspa.warehouse.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlValueTest {
  @TempDir Path directory;
  private final Problems problems = new Problems();

  private YamlValue parse(String text) {
    return YamlValue.parse("medspa.yaml", text, problems);
  }

  @Test
  void scalarsStayTheTextTheyWereWrittenAs() {
    YamlValue yaml = parse("a: no\nb: 007\nc: 2026-01-05\nd: '~'\ne: ~\nf:\n");

    assertThat(yaml.text("a")).isEqualTo("no");
    assertThat(yaml.text("b")).isEqualTo("007");
    assertThat(yaml.text("c")).isEqualTo("2026-01-05");
    assertThat(yaml.text("d")).isEqualTo("~");
    assertThat(yaml.optionalText("e")).isEmpty();
    assertThat(yaml.optionalText("f")).isEmpty();
    assertThat(yaml.optionalText("g")).isEmpty();
    assertThat(problems.messages()).isEmpty();
  }

  @Test
  void aProblemNamesFileLineAndKey() {
    YamlValue yaml =
        parse(
            "practices:\n  - id: glow\n    locations:\n      - id: austin\n        rooms: five\n");

    int rooms = yaml.list("practices").get(0).list("locations").get(0).integer("rooms", 0);

    assertThat(rooms).isZero();
    assertThat(problems.messages())
        .containsExactly(
            "medspa.yaml:5 practices[0].locations[0].rooms: 'five' must be a whole number such as"
                + " 5");
  }

  @Test
  void allProblemsAreReportedTogether() {
    YamlValue yaml = parse("a: maybe\nb: [1, 2]\nunknown: 1\n");
    yaml.allowOnly(Set.of("a", "b", "c"));
    yaml.flag("a", false);
    yaml.text("b");
    yaml.text("c");

    assertThatThrownBy(problems::failIfAny)
        .isInstanceOfSatisfying(
            InvalidDefinitionException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "medspa.yaml:3 unknown: is not a known key; known are a, b, c",
                        "medspa.yaml:1 a: 'maybe' must be true or false",
                        "medspa.yaml:2 b: must be a single value, not a list or keys",
                        "medspa.yaml:1: needs the key c"))
        .hasMessageContaining("medspa.yaml:3")
        .hasMessageContaining("medspa.yaml:2");
  }

  @Test
  void withoutAProblemNothingFails() {
    parse("a: 1");
    assertThatCode(problems::failIfAny).doesNotThrowAnyException();
  }

  @Test
  void aKeyThatStandsTwiceIsAProblem() {
    YamlValue yaml = parse("a: 1\na: 2\n");
    yaml.text("a");

    assertThat(problems.messages())
        .singleElement()
        .asString()
        .contains("medspa.yaml:2 a: stands twice");
  }

  @Test
  void whatIsNoYamlNamesItsLine() {
    parse("a: 1\nb: [1, 2\nc: 3\n");

    assertThat(problems.messages())
        .singleElement()
        .asString()
        .startsWith("medspa.yaml:3: is not YAML");
  }

  @Test
  void anEmptyOrUnreadableDocumentIsAProblem() throws Exception {
    parse("");
    YamlValue.parse(directory.resolve("none.yaml"), problems);
    Path latin = directory.resolve("latin.yaml");
    Files.write(latin, new byte[] {'a', ':', ' ', (byte) 0xe9});
    YamlValue.parse(latin, problems);

    assertThat(problems.messages()).hasSize(3);
    assertThat(problems.messages().get(0)).startsWith("medspa.yaml: is empty; ");
    assertThat(problems.messages().get(1)).contains("none.yaml: cannot be read");
    assertThat(problems.messages().get(2)).contains("latin.yaml: cannot be read");
  }

  @Test
  void aScalarCountsAsAListOfOneAndAMappingDoesNot() {
    YamlValue yaml = parse("a: x\nb: {c: d}\n");

    assertThat(yaml.texts("a")).containsExactly("x");
    assertThat(yaml.texts("b")).isEmpty();
    assertThat(problems.messages())
        .containsExactly("medspa.yaml:2 b: must be a list, such as [first, second]");
  }

  @Test
  void aMissingResourceIsNamed() {
    assertThatThrownBy(() -> Definitions.resource("kpis/none.yaml"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kpis/none.yaml");
  }
}
