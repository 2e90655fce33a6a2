package medspa.pipelines.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import medspa.warehouse.definition.InvalidDefinitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String OTHER = "fedcba9876543210fedcba9876543210";

  @TempDir Path directory;

  private Workspace workspace() throws IOException {
    Files.writeString(
        directory.resolve("medspa.yaml"),
        """
        pseudonym_key_file: spa.key
        practices:
          - {id: glow, name: Glow, locations: [{id: austin, name: Austin, time_zone: America/Chicago}]}
        sources:
          - {name: products, format: medspa, table: products, practice: glow, from: exports/products.csv}
        """);
    return WorkspaceLoader.load(directory);
  }

  @Test
  void twoKeysAreAnErrorThatNamesBothPlacesAndNeitherKey() throws IOException {
    Files.writeString(directory.resolve("spa.key"), KEY + "\n");
    Workspace workspace = workspace();
    assertThatThrownBy(() -> Secrets.pseudonymKey(workspace, Map.of("MEDSPA_PSEUDONYM_KEY", OTHER)))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("MEDSPA_PSEUDONYM_KEY")
        .hasMessageContaining(directory.resolve("spa.key").toString())
        .hasMessageNotContaining(KEY)
        .hasMessageNotContaining(OTHER);
  }

  @Test
  void oneKeyInTwoPlacesIsOneAndEitherPlaceIsEnough() throws IOException {
    Workspace workspace = workspace();
    Map<String, String> environment = Map.of("MEDSPA_PSEUDONYM_KEY", " " + KEY);
    String fingerprint = fingerprint(workspace, environment);
    assertThat(fingerprint).as("the file is not there").isNotEmpty();
    Files.writeString(directory.resolve("spa.key"), KEY + "\n");
    assertThat(fingerprint(workspace, environment)).isEqualTo(fingerprint);
    assertThat(fingerprint(workspace, Map.of())).isEqualTo(fingerprint);
  }

  private static String fingerprint(Workspace workspace, Map<String, String> environment) {
    return Secrets.pseudonymKey(workspace, environment).fingerprint();
  }
}
