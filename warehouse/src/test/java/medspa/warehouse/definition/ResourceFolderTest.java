package medspa.warehouse.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceFolderTest {
  @TempDir Path directory;

  @Test
  void aJarAndADirectoryAreListedTogether() throws Exception {
    Path jar = directory.resolve("a jar.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (String name :
          new String[] {"rules/", "rules/b.yaml", "rules/deep/c.sql", "rulesets/d"}) {
        entries.putNextEntry(new JarEntry(name));
        entries.write(name.getBytes(StandardCharsets.UTF_8));
        entries.closeEntry();
      }
    }
    Path plain = directory.resolve("a directory");
    Files.createDirectories(plain.resolve("rules"));
    Files.writeString(plain.resolve("rules/a.yaml"), "own");

    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL(), plain.toUri().toURL()}, null)) {
      ResourceFolder rules = ResourceFolder.of("rules", loader);
      assertThat(rules.files()).containsExactly("a.yaml", "b.yaml", "deep/c.sql");
      assertThat(rules.names(".yaml")).containsExactly("a", "b");
      assertThat(rules.text("a.yaml")).isEqualTo("own");
      assertThat(rules.text("deep/c.sql")).isEqualTo("rules/deep/c.sql");
    }
  }

  @Test
  void aFolderThatNothingHasIsNamed() {
    assertThatThrownBy(() -> ResourceFolder.shipped("nowhere").files())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("There is no folder nowhere on the class path");
    assertThatThrownBy(() -> ResourceFolder.shipped("relations").text("none.sql"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("relations/none.sql");
  }
}
