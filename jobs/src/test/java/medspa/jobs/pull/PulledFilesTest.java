package medspa.jobs.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever a server calls its files, they lie in the folder of their source. */
class PulledFilesTest {
  @Test
  void namesThatLeadElsewhereOrAreNoFilesOnSomeSystemAreRefused() {
    for (String name :
        List.of(
            "",
            " ",
            ".",
            "..",
            "../x.csv",
            "a/b.csv",
            "/etc/passwd",
            "..\\x.csv",
            "C:\\x.csv",
            "C:x.csv",
            "a\u0000.csv",
            "a\n.csv",
            "CON",
            "con.csv",
            "Aux.tar.csv",
            "LPT1",
            "x.",
            " x.csv",
            "x.csv ",
            "a?.csv",
            "x".repeat(201),
            "20260609T060000Z")) {
      assertThat(PulledFiles.problem(name)).as("'" + name + "'").isPresent();
    }
    for (String name :
        List.of("sales.csv", "a b (1).csv", "sales-2026-06-01.jsonl", "console.csv", "..a.csv")) {
      assertThat(PulledFiles.problem(name)).as(name).isEmpty();
    }
  }

  @Property(tries = 2_000)
  void noNameThatIsTakenLeavesTheFolder(@ForAll String name) {
    Path folder = Path.of("/workspace/exports/pulled/source");
    if (PulledFiles.problem(name).isEmpty()) {
      Path file = folder.resolve(name);
      assertThat(file.normalize().getParent()).isEqualTo(folder);
      assertThat(file.getFileName().toString()).isEqualTo(name);
    }
  }
}
