package medspa.charts.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import medspa.charts.document.Block;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import org.junit.jupiter.api.Test;

class KeptTest {
  private static List<Integer> rows(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static Passage passage(Table.Look look, int count) {
    return Passage.of(
        new Block.Heading("Rows"),
        new Table(
            look,
            List.of(Column.words("Row", 100)),
            rows(count).stream().map(row -> Row.of("row " + row)).toList()));
  }

  @Test
  void aShortTableStaysWholeWithItsHeading() {
    assertThat(Kept.css(passage(Table.Look.SMALL, 12))).isEqualTo("whole");
    assertThat(Kept.css(passage(Table.Look.SMALL, 13))).isEqualTo("long");
  }

  @Test
  void aHeatTableOf24LocationsAndTheirPeersStaysWhole() {
    assertThat(Kept.css(passage(Table.Look.HEAT, 28))).isEqualTo("whole");
    assertThat(Kept.css(passage(Table.Look.HEAT, 29))).isEqualTo("long");
  }

  @Test
  void aPassageWithoutATableStaysWhole() {
    assertThat(Kept.css(Passage.of(Block.Sentence.nothingThere("Nothing.")))).isEqualTo("whole");
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
