package medspa.warehouse.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.ResourceFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions of actions are read and validated as a whole. */
class ActionCatalogueTest {
  @TempDir Path directory;

  private ActionCatalogue load(Problems problems, String... files) throws IOException {
    for (int i = 0; i < files.length; i += 2) {
      Path file = directory.resolve("actions").resolve(files[i]);
      Files.createDirectories(file.getParent());
      Files.writeString(file, files[i + 1]);
    }
    URL[] own = {directory.toUri().toURL()};
    try (URLClassLoader classPath = new URLClassLoader(own, null)) {
      return ActionCatalogue.load(ResourceFolder.of("actions", classPath), problems);
    }
  }

  private static String call(String id, int position, String sentence) {
    return """
        action: %s
        position: %d
        role: Front desk
        worth: cash
        floor: 50
        sentence: %s
        evidence: It's been a year
        query: SELECT * FROM locations
        outcome:
          became: '{reached} of them'
          query: SELECT * FROM acted
        """
        .formatted(id, position, sentence);
  }

  @Test
  void theTextsBecomeSqlOverTheColumnsThatTheyName() throws IOException {
    Problems problems = new Problems();
    ActionCatalogue catalogue =
        load(problems, "call.yaml", call("call", 1, "Call {people} about {day2}"));
    assertThat(problems.messages()).isEmpty();
    assertThat(catalogue.query())
        .contains(
            "'Call ' || CAST(\"people\" AS VARCHAR) || ' about ' || CAST(\"day2\" AS VARCHAR)")
        .contains("'It''s been a year' AS evidence")
        .contains("'cash' AS worth")
        .endsWith("WHERE expected >= 50");
    assertThat(catalogue.outcomes())
        .contains("CAST(\"reached\" AS VARCHAR) || ' of them' AS became")
        .contains("WITH acted AS (SELECT * FROM acted_actions WHERE action = 'call')");
  }

  @Test
  void everyProblemNamesFileLineAndKey() throws IOException {
    Problems problems = new Problems();
    load(
        problems,
        "call.yaml",
        call("other", 1, "Call {People}"),
        "write.yaml",
        call("write", 1, "Write").replace("worth: cash", "worth: gold"),
        "ask.yaml",
        call("ask", 2, "Ask").replaceAll("(?s)outcome:.*", ""));
    assertThat(problems.messages())
        .hasSize(5)
        .anySatisfy(m -> assertThat(m).contains("ask.yaml", "needs the key outcome"))
        .anySatisfy(m -> assertThat(m).contains("call.yaml", "must define the action call"))
        .anySatisfy(m -> assertThat(m).contains("call.yaml", "has a brace under sentence"))
        .anySatisfy(m -> assertThat(m).contains("write.yaml", "worth"))
        .anySatisfy(m -> assertThat(m).contains("write.yaml", "has the position of other"));
  }
}
