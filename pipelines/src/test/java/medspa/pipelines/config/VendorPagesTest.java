package medspa.pipelines.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The pages about vendors: their examples are valid, and the index names all of them. */
class VendorPagesTest {
  private static final Path PAGES = Path.of("../docs/vendors");
  private static final Pattern SOURCES =
      Pattern.compile("```yaml\n(sources:\n.*?)```", Pattern.DOTALL);
  private static final Pattern LOCATION = Pattern.compile("glow-[a-z]+");

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> everyExampleIsAValidConfiguration() throws Exception {
    try (Stream<Path> pages = Files.list(PAGES)) {
      return pages.filter(page -> !page.endsWith("README.md")).sorted().toList().stream()
          .map(page -> DynamicTest.dynamicTest(page.getFileName().toString(), () -> load(page)));
    }
  }

  private void load(Path page) throws Exception {
    Matcher matcher = SOURCES.matcher(Files.readString(page));
    assertThat(matcher.find()).isTrue();
    Set<String> locations = new TreeSet<>();
    Matcher location = LOCATION.matcher(matcher.group(1));
    while (location.find()) {
      locations.add(location.group());
    }
    StringBuilder yaml =
        new StringBuilder("practices:\n  - id: glow\n    name: Glow\n    locations:\n");
    for (String id : locations) {
      yaml.append("      - {id: " + id + ", name: x, time_zone: America/Chicago}\n");
    }
    Path workspace = Files.createTempDirectory(directory, "w");
    Files.writeString(workspace.resolve("medspa.yaml"), yaml + matcher.group(1));
    assertThat(WorkspaceLoader.load(workspace).sources()).isNotEmpty();
  }

  @Test
  void theIndexNamesEveryPage() throws Exception {
    String index = Files.readString(PAGES.resolve("README.md"));
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(
              pages.map(page -> page.getFileName().toString()).filter(p -> !p.equals("README.md")))
          .allSatisfy(page -> assertThat(index).contains("(" + page + ")"));
    }
  }
}
