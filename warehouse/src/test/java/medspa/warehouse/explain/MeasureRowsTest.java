package medspa.warehouse.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import medspa.warehouse.measure.MeasureCatalogue;
import medspa.warehouse.measure.MeasureDefinition;
import org.junit.jupiter.api.Test;

class MeasureRowsTest {
  /** A statement that nobody names is dead, and one that is named but not there fails too late. */
  @Test
  void everyStatementGivesTheMeasuresThatNameIt() throws IOException {
    Map<String, List<String>> named = new TreeMap<>();
    for (MeasureDefinition measure : MeasureCatalogue.load().all()) {
      measure
          .explanation()
          .ifPresent(
              explanation ->
                  named
                      .computeIfAbsent(explanation.statement() + ".sql", s -> new ArrayList<>())
                      .add(measure.id()));
    }
    Path folder = Path.of("src/main/resources/sql/explain");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("files of %s", folder)
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(named.keySet().stream(), Stream.of("session.sql")).toList());
    }
    for (Map.Entry<String, List<String>> statement : named.entrySet()) {
      assertThat(Files.readString(folder.resolve(statement.getKey())))
          .as(statement.getKey())
          .contains(statement.getValue().stream().map(measure -> "'" + measure + "'").toList());
    }
  }

  @Test
  void sharesOfAGroupAddUpToItsRoundedSum() {
    RoundedTogether group = new RoundedTogether();
    BigDecimal third = RoundedTogether.fraction(BigDecimal.TEN, new BigDecimal(3));
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < 3; i++) {
      sum = sum.add(group.share(Optional.of("a"), third, new BigDecimal(364), new BigDecimal(91)));
    }
    assertThat(sum).isEqualByComparingTo("40");
    assertThat(group.share(Optional.of("b"), third, BigDecimal.ONE, BigDecimal.ONE))
        .isEqualByComparingTo("3.3333333333");
    assertThat(group.share(Optional.empty(), third, BigDecimal.TEN, BigDecimal.ONE))
        .isEqualTo(third);
  }

  @Test
  void aFewNamesAreListedAndOfManyTheNearest() {
    assertThat(UnknownNameException.of("location", "c", List.of("b", "a")))
        .hasMessage("There is no location c; there are a, b");
    List<String> many = Stream.iterate(100, i -> i + 1).limit(30).map(i -> "room" + i).toList();
    assertThat(UnknownNameException.of("room", "Room11", many))
        .hasMessageStartingWith("There is no room Room11; of 30 the nearest are room101, room11")
        .hasMessageNotContaining("room128");
    assertThat(UnknownNameException.of("room", "r", List.of()))
        .hasMessage("There is no room r; nothing of the kind is published");
  }
}
