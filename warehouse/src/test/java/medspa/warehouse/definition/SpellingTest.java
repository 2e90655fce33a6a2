package medspa.warehouse.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One name has one spelling, whatever system or person wrote it. */
class SpellingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Jos\u00e9 N\u00fa\u00f1ez",
        "Jose\u0301 Nu\u0301n\u0303ez",
        "Jos\u00e9\u00a0N\u00fa\u00f1ez",
        " Jos\u00e9  N\u00fa\u00f1ez\t",
        "\u200bJos\u00e9 N\u00fa\u00f1ez\u200d",
        "\ufeffJos\u00e9\u3000N\u00fa\u00f1ez\u2003",
        "Jos\u00e9\r\nN\u00fa\u00f1ez\u2028",
        "Jo\u00ads\u00e9\u202f\u2009N\u00fa\u00f1ez\u2060"
      })
  void aNameIsOneHoweverItIsTyped(String text) {
    assertThat(Spelling.of(text)).isEqualTo("Jos\u00e9 N\u00fa\u00f1ez");
  }

  @Test
  void whatIsPlainStaysAndWhatDiffersToTheEyeDiffers() {
    assertThat(Spelling.of("Claire Adams")).isEqualTo("Claire Adams");
    assertThat(Spelling.of("")).isEmpty();
    assertThat(Spelling.of(" \u00a0\u200b\t")).isEmpty();
    assertThat(Spelling.of("claire adams")).isNotEqualTo(Spelling.of("Claire Adams"));
    assertThat(Spelling.of("Jose")).isNotEqualTo(Spelling.of("Jos\u00e9"));
    assertThat(Spelling.of("\ud83d\ude00 x")).isEqualTo("\ud83d\ude00 x");
  }

  @Test
  void aDocumentKeepsItsLinesAndItsIndentation() {
    assertThat(Spelling.ofDocument("\ufeffa:\n  b: 'Jose\u0301\u00a0 N'\n\tc\n"))
        .isEqualTo("a:\n  b: 'Jos\u00e9  N'\n\tc\n");
  }
}
