package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that add up others are told from records that lost their id. */
class TotalRowsTest {
  /** Columns of the rows below: day, client, id (which every record fills), item, place, amount. */
  private static boolean isTotal(String row) {
    return new TotalRows(List.of(2)).isTotal(List.of(row.split(",", -1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Total,,,,,100",
        "6/2/2026,,,Total,Main,100",
        "6/2/2026,,,Total for Main,Main,100",
        "Total Cash,,,,Main,100",
        ",,Grand Total,,,100",
        ",,,,,100"
      })
  void aTotalIsNoRecord(String row) {
    assertThat(isTotal(row)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6/2/2026,C1,,Total Body Wax,Main,100",
        "6/2/2026,C1,,Total Defense,,100",
        "6/2/2026,C1,,Average Brow,Main,100",
        "6/2/2026,C1,S1,Total,Main,100"
      })
  void aRecordThatLostItsIdIsOneThatTheContractJudges(String row) {
    assertThat(isTotal(row)).isFalse();
  }
}
