package medspa.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide for a new vendor, followed to the letter: its files, its commands, their output. */
class GuideTest {
  private static final Pattern BLOCK =
      Pattern.compile(
          "^```(\\S+)(?: (file|replace)=(\\S+))?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir Path directory;

  private record Block(String kind, String action, String target, String text) {}

  private static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(Path.of("../docs/add-your-vendor.md")));
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)));
    }
    return blocks;
  }

  @Test
  void whatTheGuideShowsIsWhatHappens() throws Exception {
    CommandRun last = null;
    int compared = 0;
    for (Block block : blocks()) {
      if ("file".equals(block.action())) {
        Path file = directory.resolve(block.target());
        Files.createDirectories(file.getParent());
        Files.writeString(file, block.text());
      } else if ("replace".equals(block.action())) {
        Path file = directory.resolve(block.target());
        String[] halves = block.text().split("---\\n", 2);
        assertThat(file).content().contains(halves[0]);
        Files.writeString(file, Files.readString(file).replace(halves[0], halves[1]));
      } else if (block.kind().equals("console")) {
        if (Files.isDirectory(directory.resolve("spa"))) {
          Files.writeString(directory.resolve("spa/key.txt"), "0123456789abcdef".repeat(4));
        }
        last = run(block.text());
      } else if (block.kind().equals("stdout") || block.kind().equals("stderr")) {
        String said = block.kind().equals("stdout") ? last.out() : last.err();
        assertThat(said.replace(directory + "/", "").strip()).isEqualTo(block.text().strip());
        compared++;
      }
    }
    assertThat(compared).isEqualTo(4);
  }

  /** The command with its paths below the test's directory. */
  private CommandRun run(String block) {
    List<String> arguments = new ArrayList<>();
    for (String word : List.of(block.strip().split(" "))) {
      boolean path = word.equals("spa") || word.startsWith("spa/");
      arguments.add(path ? directory.resolve(word).toString() : word);
    }
    assertThat(arguments.subList(0, 2)).containsExactly("$", "medspa");
    return CommandRun.of(arguments.subList(2, arguments.size()).toArray(String[]::new));
  }
}
