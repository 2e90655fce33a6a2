package medspa.warehouse.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UnknownNameExceptionTest {
  private static String message(String name, List<String> known) {
    return UnknownNameException.of("location", name, known).getMessage();
  }

  private static List<String> many(String... more) {
    List<String> names = new ArrayList<>(List.of(more));
    for (int i = names.size(); i < 13; i++) {
      names.add("something-quite-different-" + i);
    }
    return names;
  }

  @Test
  void aFewNamesAreAllListed() {
    assertThat(message("sohoo", List.of("soho", "austin")))
        .isEqualTo("There is no location sohoo; there are austin, soho");
    assertThat(message("x", many().subList(0, 12))).contains("; there are ");
  }

  @Test
  void nothingPublishedIsSaid() {
    assertThat(message("soho", List.of()))
        .isEqualTo("There is no location soho; nothing of the kind is published");
  }

  @Test
  void ofManyTheFiveNearestAreListedTheNearestFirst() {
    // 1 letter changed, 2 put in, 3 taken out, 4 changed, and the first by name of two with 6
    // changed.
    List<String> known = many("austen", "austinia", "aus", "aubree", "dbcdei", "dbcdej");

    assertThat(message("AUSTIN", known))
        .isEqualTo(
            "There is no location AUSTIN; of 13 the nearest are austen, austinia, aus, aubree,"
                + " dbcdei");
  }

  @Test
  void lettersAreComparedWithoutRegardToTheirCase() {
    assertThat(message("soho", many("SOHO", "sohu", "sohox", "ohio", "so")))
        .contains("nearest are SOHO, sohox, sohu, ohio, so");
  }

  @Test
  void lettersPutInBeforeTheNameAreStepsToo() {
    assertThat(message("bar", many("xxxxxxxxbar", "bzzzzz", "bat")))
        .contains("nearest are bat, bzzzzz, xxxxxxxxbar, ");
  }

  @Test
  void aMissingLetterInTheMiddleIsOneStep() {
    assertThat(message("houton", many("houston", "hxxxon", "huston", "dallas", "austin")))
        .contains("nearest are houston, huston, ");
  }
}
