package medspa.charts.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptTest {
  private static List<Integer> rows(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void aShortTableIsOnePartThatStaysWhole() {
    assertThat(Kept.parts(rows(12)))
        .singleElement()
        .satisfies(part -> assertThat(part.isWhole()).isTrue())
        .satisfies(part -> assertThat(part.rows()).isEqualTo(rows(12)));
    assertThat(Kept.css(rows(12))).isEqualTo("whole");
  }

  @Test
  void theLastThreeRowsOfALongTableStayTogether() {
    List<Kept.Part<Integer>> parts = Kept.parts(rows(13));
    assertThat(parts).extracting(Kept.Part::isWhole).containsExactly(false, true);
    assertThat(parts.get(1).rows()).containsExactly(10, 11, 12);
    assertThat(parts.stream().flatMap(part -> part.rows().stream()).toList()).isEqualTo(rows(13));
    assertThat(Kept.css(rows(13))).isEqualTo("long");
  }
}
