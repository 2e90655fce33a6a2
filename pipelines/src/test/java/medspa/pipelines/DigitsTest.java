package medspa.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * In Egypt or Iran a computer writes {@code %d} with digits of its own, in SQL and in messages:
 * {@code formatted} takes numbers by {@code %s}, and {@code String.format} is told a locale.
 */
class DigitsTest {
  private static final Pattern CALL = Pattern.compile("\\.formatted\\(|String\\.format\\(");
  private static final Pattern NUMBER = Pattern.compile("%[\\d,.$+-]*[dfegxo]");
  private static final Pattern LOCALE = Pattern.compile("\\s*(java\\.util\\.)?Locale\\.ROOT,");

  @Test
  void noTextIsWrittenInTheDigitsOfTheComputersLanguage() throws IOException {
    try (Stream<Path> modules =
        Stream.of("warehouse", "jobs", "charts", "examples/market", "pipelines")
            .map(module -> Path.of("..", module, "src/main/java"))) {
      List<Path> files = modules.flatMap(DigitsTest::sources).toList();
      assertThat(files).hasSizeGreaterThan(400);
      List<Path> wrong = new ArrayList<>();
      for (Path file : files) {
        if (inOwnDigits(Files.readString(file))) {
          wrong.add(file);
        }
      }
      assertThat(wrong).isEmpty();
    }
  }

  @Test
  void theSearchFindsThem() {
    assertThat(inOwnDigits("x = \"a %d\"\n + \"b\".formatted(1);")).isTrue();
    assertThat(inOwnDigits("x = \"\"\"\n  LIMIT %5.1f\n\"\"\".formatted(1);")).isTrue();
    assertThat(inOwnDigits("String.format(\"%s\", 1);")).isTrue();
    assertThat(inOwnDigits("String.format(\n Locale.ROOT, \"%08d\", 1);")).isFalse();
    assertThat(inOwnDigits("String.format(Locale.ROOT, \"%d\", 1); \"%s\".formatted(1);"))
        .isFalse();
  }

  private static boolean inOwnDigits(String source) {
    Matcher call = CALL.matcher(source);
    while (call.find()) {
      if (call.group().startsWith("String")) {
        if (!LOCALE.matcher(source).region(call.end(), source.length()).lookingAt()) {
          return true;
        }
      } else {
        int statement =
            Math.max(
                source.lastIndexOf(";\n", call.start()), source.lastIndexOf("; ", call.start()));
        if (NUMBER.matcher(source.substring(statement + 1, call.start())).find()) {
          return true;
        }
      }
    }
    return false;
  }

  private static Stream<Path> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
