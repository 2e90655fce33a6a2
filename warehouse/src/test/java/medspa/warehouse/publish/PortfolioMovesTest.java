package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What changed at the locations of a consultant in 4 and in 13 weeks. */
class PortfolioMovesTest {
  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(PortfolioMovesTest::write, "portfolio_moves", "portfolio_gaps");

  private static void write(LakeFixture lake) throws Exception {
    lake.weeksComputed(26).openedOn("new-l", LAST_WEEK.minusWeeks(20));
    for (String id : List.of("old", "new", "torn")) {
      lake.location(id, id + "-l", "TX").has(id, id + "-l", "appointments", "shifts", "sale_lines");
      for (int back = 0; back < 26; back++) {
        LocalDate week = LAST_WEEK.minusWeeks(back);
        if (!(id.equals("torn") && back == 6)) {
          String net = back < 4 ? "150" : back < 13 ? "130" : "100";
          lake.provider(id, id + "-l", "ann", week, "net_service", net);
        }
        // Twenty hours a week, half of them kept and in the last four weeks three quarters.
        lake.seconds(id, id + "-l", "ann", week, 72_000, back < 4 ? 54_000 : 36_000);
      }
    }
    lake.target("old-l", "fill_rate", 0.8).consultant("adviser", "old", "new", "torn");
  }

  private static List<String> moves(String location, String measure) throws Exception {
    return LAKE.query(
        "SELECT kpi, range_weeks, before_week_start, before, since FROM portfolio_moves WHERE"
            + " location_id = '%s-l' AND measure = '%s' ORDER BY ALL".formatted(location, measure));
  }

  @Test
  void revenueOfALocationThatWasOpenAndToldInAllWeeks() throws Exception {
    assertThat(moves("old", "revenue"))
        .containsExactly(
            "net_revenue|4|2026-03-02|130.00|150.00", "net_revenue|13|2025-12-29|100.00|136.15");
    assertThat(moves("new", "revenue"))
        .as("it opened within the 26 weeks")
        .containsExactly("net_revenue|4|2026-03-02|130.00|150.00");
    assertThat(moves("torn", "revenue")).as("a week of the eight is untold").isEmpty();
  }

  @Test
  void whatIsToBeGainedAtTheTargetOfEachTime() throws Exception {
    // Four weeks: (0.8 − 0.5) · 80 hours · 13 · 0.5 ÷ 4, and (0.8 − 0.75) · 80 · 10 · 0.5 ÷ 4.
    // Thirteen: (0.8 − 0.5) · 1330 ÷ 13, and (0.8 − 150 ÷ 260) · 130 · 1770 ÷ 150 ÷ 13.
    assertThat(moves("old", "opportunity"))
        .containsExactly(
            "fill_rate|4|2026-03-02|39.00|5.00", "fill_rate|13|2026-01-05|30.69|26.32");
    assertThat(moves("new", "opportunity")).as("neither peers nor a target").isEmpty();
    assertThat(LAKE.query("SELECT range_weeks, expected FROM portfolio_gaps"))
        .as("gaps are of the longest range that ended last")
        .containsExactly("13|26.32");
  }
}
