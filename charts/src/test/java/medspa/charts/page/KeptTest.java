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
  void aShortTableStaysWhole() {
    assertThat(Kept.css(rows(12))).isEqualTo("whole");
    assertThat(Kept.css(rows(13))).isEqualTo("long");
  }

  @Test
  void theLastThreeRowsStayTogether() {
    List<Kept.Part<Integer>> parts = Kept.parts(rows(5));
    assertThat(parts).extracting(Kept.Part::css).containsExactly("", "whole");
    assertThat(parts.get(1).rows()).containsExactly(2, 3, 4);
    assertThat(parts.stream().flatMap(part -> part.rows().stream()).toList()).isEqualTo(rows(5));
  }

  @Test
  void aPartThatStaysWholeIsNeverTheFirstForItsHeadsWouldStayBehind() {
    for (int count = 1; count <= 20; count++) {
      assertThat(Kept.parts(rows(count)).get(0).isWhole()).as("%s rows", count).isFalse();
    }
  }
}
