package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.YamlValue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each of the fourteen traps that vendors' exports share is really in a fixture, see {@code
 * traps.yaml}: a fixture that loses its trap, or a trap without one, fails here. What becomes of
 * the rows is for {@link VendorMappingsTest}.
 */
class TrapsTest {
  private static final int TRAPS = 14;

  private static final Map<String, VendorFixture> FIXTURES = new LinkedHashMap<>();
  private static Map<String, YamlValue> traps;

  @BeforeAll
  static void read() throws Exception {
    for (VendorFixture fixture : VendorFixture.all()) {
      FIXTURES.put(fixture.id(), fixture);
    }
    Problems problems = new Problems();
    YamlValue yaml =
        YamlValue.parse(Path.of(TrapsTest.class.getResource("/traps.yaml").toURI()), problems);
    traps = yaml.find("traps").orElseThrow().entries();
    problems.failIfAny();
  }

  @Test
  void everyTrapHasACase() {
    assertThat(traps.keySet())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, TRAPS).mapToObj(String::valueOf).toList());
    assertThat(traps.values()).allSatisfy(trap -> assertThat(trap.list("cases")).isNotEmpty());
  }

  @TestFactory
  Stream<DynamicTest> everyCaseHoldsItsTrap() {
    return traps.entrySet().stream()
        .flatMap(
            trap ->
                trap.getValue().list("cases").stream()
                    .map(
                        one ->
                            DynamicTest.dynamicTest(
                                trap.getKey()
                                    + " "
                                    + trap.getValue().text("trap")
                                    + ": "
                                    + one.text("in"),
                                () -> assertThat(missing(one)).isEmpty())));
  }

  @Test
  void aCaseThatDoesNotHoldItsTrapIsFound() throws Exception {
    Problems problems = new Problems();
    YamlValue one =
        YamlValue.parse(
            "case.yaml",
            "{in: boulevard-stock/fixture, holds: 'no such text', named: 'no such name', as: 'no"
                + " such row'}",
            problems);
    assertThat(missing(one)).containsExactly("holds", "named", "as");
  }

  /** The parts of a case that its fixture does not have. */
  private static List<String> missing(YamlValue one) throws Exception {
    VendorFixture fixture = FIXTURES.get(one.text("in"));
    assertThat(fixture).as("the fixture " + one.text("in")).isNotNull();
    List<String> missing = new ArrayList<>();
    Map<String, List<String>> texts = new LinkedHashMap<>();
    texts.put("holds", fixture.exports());
    texts.put("named", fixture.exportNames());
    texts.put("as", fixture.expectedTables());
    for (Map.Entry<String, List<String>> part : texts.entrySet()) {
      Optional<Predicate<String>> wanted =
          one.optionalText(part.getKey()).map(regex -> Pattern.compile(regex).asPredicate());
      if (wanted.isPresent() && part.getValue().stream().noneMatch(wanted.get())) {
        missing.add(part.getKey());
      }
    }
    return missing;
  }
}
