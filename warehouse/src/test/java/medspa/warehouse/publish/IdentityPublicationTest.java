package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.LakeJson;
import medspa.warehouse.market.Identity.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is published about ids that a practice's systems do not share: a scheduler with Claire Adams
 * and Bo Li, whose point of sale knows them as TM_9x2 and Bo Li.
 */
class IdentityPublicationTest {
  private static final LocalDate WEEK = LakeFixture.LAST_WEEK;
  private static final String COVERAGE =
      "SELECT location_id, week_start, kind, revenue::INT, matched_revenue::INT,"
          + " revenue_share, hours, matched_hours, hours_share, values_unmatched"
          + " FROM identity_coverage ORDER BY ALL";
  private static final String PROPOSED =
      "SELECT value, source, rows, name, candidates, proposed_id, score FROM unmatched_identities";

  @TempDir Path directory;
  @RegisterExtension final LakeFixture lake = new LakeFixture();
  private int next;

  @BeforeEach
  void open() throws Exception {
    lake.location("glow", "austin", "TX");
    batch("calendar", "appointments");
    batch("pos", "sale_lines");
    batch("staff", "providers");
    booked("Claire Adams", "Botox");
    booked("Bo Li", "Botox");
    lake.provider("glow", "austin", "Claire Adams", WEEK, "bookable_seconds", "21600");
    lake.provider("glow", "austin", "Claire Adams", WEEK, "idle_seconds", "21600");
    lake.provider("glow", "austin", "Bo Li", WEEK, "bookable_seconds", "7200");
    lake.provider("glow", "austin", "Bo Li", WEEK, "idle_seconds", "7200");
  }

  private void batch(String source, String table) {
    LakeJson.replace(
        lake.lake.batch(source).resolve("batch.json"),
        new Batch(
            ++next,
            next,
            source,
            source,
            "glow",
            "exports/" + source + ".csv",
            "sha",
            "inputs",
            Optional.empty(),
            "medspa",
            Delivery.UPSERT,
            Instant.parse("2026-04-06T08:00:00Z"),
            0,
            List.of(new TableCounts(table, 1, 1, 0, 0, 0, List.of())),
            Optional.empty(),
            Optional.empty()));
  }

  private void booked(String provider, String service) throws Exception {
    lake.rows(
        "silver/appointments",
        "practice_id, location_id, appointment_id, provider_id, service_id, client_key, status,"
            + " local_date, is_deleted, source_file_id",
        "'glow', 'austin', 'a%d', '%s', '%s', 'c', 'booked', DATE '%s', false, 'calendar'"
            .formatted(++next, provider, service, WEEK));
  }

  private void sold(String kind, String provider, String seller, String item, int amount)
      throws Exception {
    lake.rows(
        "silver/sale_lines",
        "practice_id, location_id, sale_id, line_id, provider_id, seller_id, kind, service_id,"
            + " net_amount, local_date, is_deleted, source_file_id",
        "'glow', 'austin', 's%d', '1', '%s', '%s', '%s', '%s', %d, DATE '%s', false, 'pos'"
            .formatted(++next, provider, seller, kind, item, amount, WEEK));
  }

  private void named(String id, String name) throws Exception {
    lake.rows(
        "silver/providers",
        "practice_id, provider_id, name, is_deleted, source_file_id",
        "'glow', '%s', '%s', false, 'staff'".formatted(id, name));
  }

  private List<String> proposed() throws Exception {
    return lake.query(PROPOSED + " WHERE side = 'sales' ORDER BY ALL");
  }

  @Test
  void revenueAndHoursWhoseProviderTheOtherSideDoesNotKnowAreNotMatched() throws Exception {
    sold("service", "TM_9x2", "TM_9x2", "Botox", 300);
    sold("service", "Bo Li", "TM_9x2", "Botox", 150);
    sold("retail", "Bo Li", "TM_9x2", "Botox", 50);
    sold("tip", "TM_9x2", "TM_9x2", "Botox", 20);
    // A refund counts by its amount: 300 + 50 + 100 of 600 are not matched.
    sold("service", "TM_9x2", "TM_9x2", "Botox", -100);
    lake.write().publish();

    assertThat(lake.query(COVERAGE))
        .containsExactly(
            "austin|2026-03-30|provider|600|150|0.25|8.0|2.0|0.25|2",
            "austin|2026-03-30|service|600|600|1.0|0.0|0.0|null|0");
    assertThat(
            lake.query(
                "SELECT kind, side, value, source, rows, net_revenue::INT, first_date, is_mapped"
                    + " FROM unmatched_identities"))
        .containsExactly(
            "provider|sales|TM_9x2|pos|5|250|2026-03-30|false",
            "provider|schedule|Claire Adams|calendar|1|0|2026-03-30|false");
  }

  @Test
  void aNameIsProposedAndSoIsTheLineOfTheExportThatNamesIt() throws Exception {
    sold("service", "TM_9x2", "TM_9x2", "Botox", 300);
    named("TM_9x2", "Claire A.");
    lake.write().publish();

    assertThat(proposed())
        .containsExactly(
            "TM_9x2|pos|1|Claire A.|1|Claire Adams|0.95",
            "TM_9x2|staff|1|Claire A.|1|Claire Adams|0.95");
  }

  @Test
  void namesAreComparedWithoutCaseAccentsOrderAndTitles() throws Exception {
    for (String name :
        List.of("ADAMS, Claire", "Dr. Clairé Adams RN", "C. Adams", "Claire", "Claire Adms")) {
      sold("service", name, name, "Botox", 1);
    }
    sold("service", "Dana Cole", "Dana Cole", "Botox", 1);
    sold("service", "C. A.", "C. A.", "Botox", 1);
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT value, proposed_id, score FROM unmatched_identities WHERE side = 'sales' ORDER BY value"))
        .containsExactly(
            "ADAMS, Claire|Claire Adams|1.0",
            "C. A.|null|null",
            "C. Adams|Claire Adams|0.95",
            "Claire|Claire Adams|0.85",
            "Claire Adms|Claire Adams|0.9833",
            "Dana Cole|null|null",
            "Dr. Clairé Adams RN|Claire Adams|1.0");
  }

  @Test
  void nothingIsProposedWhereTwoAreEquallyAlikeOrNumbersDiffer() throws Exception {
    booked("Claire Abbott", "Filler 1 ml");
    sold("service", "Claire A.", "Claire A.", "Filler 2 ml", 100);
    sold("service", "Bo Li", "Bo Li", "filler - 1 ML", 100);
    lake.write().publish();

    assertThat(proposed())
        .containsExactly(
            "Claire A.|pos|1|Claire A.|2|null|null",
            "Filler 2 ml|pos|1|Filler 2 ml|0|null|null",
            "filler - 1 ML|pos|1|filler - 1 ML|1|Filler 1 ml|1.0");
  }

  @Test
  void aLineThatLeavesAValueAsItIsSaysThatItHasNoCounterpart() throws Exception {
    sold("service", "Bo Li", "Desk", "Botox", 100);
    sold("service", "Desk", "Desk", "Botox", 100);
    lake.identity("glow", Kind.PROVIDER, "pos", "Desk", "Desk")
        .identity("glow", Kind.CLIENT, "pos", "anna@mail.example", "C1")
        .write()
        .publish();

    assertThat(lake.query("SELECT value FROM unmatched_identities"))
        .containsExactly("Claire Adams");
    assertThat(lake.query(COVERAGE).get(0)).contains("provider|200|200|1.0|8.0|2.0|0.25|1");
    assertThat(lake.query("SELECT * FROM identities"))
        .as("lines about clients are not published")
        .containsExactly("glow|provider|pos|Desk|Desk");
  }

  @Test
  void whoSellsAndPerformsNoServiceNeedsNoMatch() throws Exception {
    sold("service", "Bo Li", "Desk", "Botox", 100);
    sold("retail", "Desk", "Desk", "Botox", 50);
    sold("tip", "Desk", "Desk", "Botox", 5);
    lake.write().publish();

    assertThat(lake.query("SELECT side, value FROM unmatched_identities"))
        .containsExactly("schedule|Claire Adams");
    assertThat(lake.query(COVERAGE).get(0)).contains("provider|100|100|1.0|8.0|2.0|0.25|1");
  }

  @Test
  void whoSellsMayBeAProviderWhereNoLineNamesWhoPerformed() throws Exception {
    lake.rows(
        "silver/sale_lines",
        "practice_id, location_id, sale_id, line_id, seller_id, kind, net_amount, local_date,"
            + " is_deleted, source_file_id",
        "'glow', 'austin', 's1', '1', 'C. Adams', 'retail', 40, DATE '%s', false, 'pos'"
            .formatted(WEEK),
        "'glow', 'austin', 's2', '1', 'Desk', 'tip', 40, DATE '%s', false, 'pos'".formatted(WEEK));
    lake.write().publish();

    assertThat(proposed()).containsExactly("C. Adams|pos|1|C. Adams|1|Claire Adams|0.95");
  }

  @Test
  void whatIsUsedAndNeverSoldNeedsNoMatchAndWhatIsSoldDoes() throws Exception {
    batch("shelf", "stock_movements");
    sold("service", "Bo Li", "Bo Li", "Botox", 100);
    booked("Bo Li", "Consultation");
    LocalDate after = WEEK.plusDays(7);
    for (String product : List.of("GEL", "SPF 50")) {
      lake.rows(
          "silver/stock_movements",
          "practice_id, location_id, movement_id, product_id, kind, quantity, moved_at,"
              + " local_date, is_deleted, source_file_id",
          "'glow', 'austin', 'm%d', '%s', 'usage', -1, TIMESTAMPTZ '%s 15:00:00+00', DATE '%s',"
                  .formatted(++next, product, after, after)
              + " false, 'shelf'");
    }
    for (String product : List.of("SPF 50", "Serum")) {
      lake.rows(
          "silver/sale_lines",
          "practice_id, location_id, sale_id, line_id, kind, product_id, net_amount, local_date,"
              + " is_deleted, source_file_id",
          "'glow', 'austin', 's%d', '1', 'retail', '%s', 40, DATE '%s', false, 'pos'"
              .formatted(++next, product, WEEK));
    }
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT kind, side, value FROM unmatched_identities WHERE kind <> 'provider'"))
        .containsExactly("product|sales|Serum");
    assertThat(
            lake.query(
                "SELECT kind, values_unmatched FROM identity_coverage WHERE kind <> 'provider'"
                    + " ORDER BY kind"))
        .containsExactly("product|1", "service|0");
  }

  @Test
  void aMappedValueWhoseFileWasNotReadAgainIsToldAndNotProposed() throws Exception {
    sold("service", "Claire A.", "Claire A.", "Botox", 100);
    lake.identity("glow", Kind.PROVIDER, "pos", "Claire A.", "Claire Adams").write().publish();

    assertThat(
            lake.query(
                "SELECT value, is_mapped, proposed_id FROM unmatched_identities WHERE side ="
                    + " 'sales'"))
        .containsExactly("Claire A.|true|null");
  }

  @Test
  void whereOneSideNamesNobodyThereIsNothingToMatch() throws Exception {
    lake.write().publish();

    assertThat(lake.query(COVERAGE)).isEmpty();
    assertThat(lake.query(PROPOSED)).isEmpty();
  }

  @Test
  void timeCardsAreHoursWhereNobodyHasBookableTime() throws Exception {
    LakeFixture cards = new LakeFixture(directory.resolve("cards"));
    cards
        .location("glow", "austin", "TX")
        .rows(
            "silver/timecards",
            "practice_id, location_id, timecard_id, provider_id, clock_in_at, clock_out_at,"
                + " local_date, is_deleted",
            "'glow', 'austin', 't1', 'Ann', TIMESTAMPTZ '2026-03-30 15:00:00+00', TIMESTAMPTZ"
                + " '2026-03-30 18:00:00+00', DATE '2026-03-30', false",
            "'glow', 'austin', 't2', 'Cy', TIMESTAMPTZ '2026-03-30 15:00:00+00', TIMESTAMPTZ"
                + " '2026-03-30 16:00:00+00', DATE '2026-03-30', false")
        .rows(
            "silver/sale_lines",
            "practice_id, location_id, sale_id, line_id, provider_id, kind, net_amount,"
                + " local_date, is_deleted",
            "'glow', 'austin', 's', '1', 'Ann', 'service', 10, DATE '2026-03-30', false")
        .write()
        .publish();

    assertThat(cards.query(COVERAGE))
        .containsExactly("austin|2026-03-30|provider|10|10|1.0|4.0|3.0|0.75|1");
    cards.close();
  }
}
