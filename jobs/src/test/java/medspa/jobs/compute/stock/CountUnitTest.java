package medspa.jobs.compute.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CountUnitTest {
  private static Optional<String> factor(String book, String counted, String pack) {
    return CountUnit.factor(
            new BigDecimal(book),
            new BigDecimal(counted),
            Optional.ofNullable(pack).map(BigDecimal::new))
        .map(BigDecimal::toPlainString);
  }

  @ParameterizedTest
  @CsvSource({
    // Vials for units, and units for vials.
    "459.6, 4.2, 100, 100",
    "4, 380, 100, 100",
    // The pack's own size, however unusual, also of small stocks.
    "36, 3, 12, 12",
    // Usual sizes of a product that tells none.
    "459.6, 4.2, , 100",
    "500, 10, , 50",
    "80, 8, , 10",
  })
  void aCountThatFitsAnotherUnitOfItsProductIsOne(
      String book, String counted, String pack, String factor) {
    assertThat(factor(book, counted, pack)).contains(factor);
  }

  @ParameterizedTest
  @CsvSource({
    "459.6, 455, 100",
    // Nothing, or less than nothing, is in every unit the same.
    "459.6, 0, 100",
    "-5, 4, 100",
    "0, 400, 100",
    // Half of it may be gone, and eight of ten.
    "100, 50, 2",
    "60, 12, 5",
    // A few bottles of which nearly all are gone.
    "12, 1, ",
    // Too far from any size.
    "459.6, 3, ",
    "459.6, 20, 100",
  })
  void anyOtherCountIsInTheUnitOfTheBooks(String book, String counted, String pack) {
    assertThat(factor(book, counted, pack)).isEmpty();
  }
}
