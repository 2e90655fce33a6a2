package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import medspa.jobs.ingest.RepeatedRows.FileRow;
import medspa.jobs.ingest.RepeatedRows.Found;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RepeatedRowsTest {
  /** A file of rows, each a receipt's letter and the number of one of its lines. */
  private static Optional<Found> in(String rows) {
    List<FileRow> file = new ArrayList<>();
    for (String row : rows.split(" ", -1)) {
      file.add(new FileRow(file.size() + 2, row.hashCode(), row.substring(0, 1)));
    }
    return RepeatedRows.in(file);
  }

  @Test
  void aFileThatWasPastedTwiceRepeatsItself() {
    assertThat(in("a1 a2 b1 c1 a1 a2 b1 c1")).contains(new Found(6, 2, 3, 3));
    assertThat(in("a1 b1 a1 b1")).contains(new Found(4, 2, 2, 2));
  }

  @Test
  void rowsThatWerePastedAgainAreFoundAmongOthers() {
    assertThat(in("a1 b1 c1 d1 e1 b1 c1 f1")).contains(new Found(7, 3, 2, 6));
    assertThat(in("a1 b1 c1 b1")).contains(new Found(5, 3, 1, 3));
  }

  @Test
  void aDoubledFileThatWasSortedRepeatsItself() {
    assertThat(in("a1 a1 b1 b1 c1 c1 c2 c2")).contains(new Found(3, 2, 3, 3));
    assertThat(in("a1 a1 b1 b1")).contains(new Found(3, 2, 2, 2));
    assertThat(in("a1 a1 b1 b1 c1 c1 d1")).contains(new Found(3, 2, 3, 4));
  }

  @Test
  void oneReceiptThatWasPastedTwiceRepeatsItself() {
    assertThat(in("a1 a2 a1 a2")).contains(new Found(4, 2, 1, 1));
  }

  @Test
  void equalLinesOfAReceiptAreTwoThingsSold() {
    assertThat(in("a1 a1")).isEmpty();
    assertThat(in("a1 a1 a1 a1")).isEmpty();
    assertThat(in("a1 a1 a2 a2")).isEmpty();
    assertThat(in("a1 a1 a2 b1 c1")).isEmpty();
    assertThat(in("a1 a1 b1 b1 c1")).isEmpty();
    assertThat(in("a1 a1 b1 b1 c1 c1 d1 e1 f1 g1")).isEmpty();
  }

  /** A file of rows that have no receipt, each a letter. */
  private static Optional<Found> inWhole(String rows) {
    Map<Long, Long> file = new HashMap<>();
    for (int row = 0; row < rows.length(); row++) {
      file.put(row + 2L, (long) rows.charAt(row));
    }
    return RepeatedRows.inWhole(file);
  }

  @Test
  void rowsWithAMadeUpKeyAreRepeatedIfAllAreOrHalfOfThemInOnePiece() {
    assertThat(inWhole("abab")).contains(new Found(4, 2, 2, 2));
    assertThat(inWhole("aabb")).contains(new Found(3, 2, 2, 2));
    assertThat(inWhole("abcdefdef")).contains(new Found(8, 5, 3, 6));
    assertThat(inWhole("aa")).isEmpty();
    assertThat(inWhole("aabbccddef")).isEmpty();
    assertThat(inWhole("abcab")).isEmpty();
    assertThat(inWhole("abcdefgefg")).isEmpty();
  }

  @Test
  void aReceiptInTwoPlacesWithRowsOfItsOwnIsNoRepetition() {
    assertThat(in("a1 b1 a2 c1")).isEmpty();
    assertThat(in("a1 a1 b1 a2 a2 c1 d1")).isEmpty();
    assertThat(in("a1 b1 a1 a2 c1")).isEmpty();
  }

  @Property(tries = 200)
  void honestFilesOfRareEqualLinesAreNeverTakenForDoubledAndDoubledOnesAlways(
      @ForAll @IntRange(min = 2, max = 40) int receipts, @ForAll Random random) {
    List<FileRow> honest = new ArrayList<>();
    for (int receipt = 0; receipt < receipts; receipt++) {
      int lines = 1 + random.nextInt(4);
      for (int line = 0; line < lines; line++) {
        honest.add(new FileRow(honest.size() + 2, receipt * 10L + line, "r" + receipt));
        if (line > 0 && random.nextInt(4) == 0) {
          honest.add(new FileRow(honest.size() + 2, receipt * 10L + line, "r" + receipt));
        }
      }
    }
    assertThat(RepeatedRows.in(honest)).isEmpty();

    List<FileRow> doubled = Stream.concat(honest.stream(), honest.stream()).toList();
    assertThat(RepeatedRows.in(doubled)).isPresent();
    List<FileRow> sorted =
        doubled.stream().sorted(java.util.Comparator.comparingLong(FileRow::fingerprint)).toList();
    assertThat(RepeatedRows.in(sorted)).isPresent();
  }
}
