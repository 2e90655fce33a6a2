package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.LakeJson;
import medspa.warehouse.market.Identity.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is published about ids that a practice's systems do not share: a scheduler with Claire Adams
 * and Bo Li, whose point of sale knows them as TM_9x2 and Bo Li.
 */
class IdentityPublicationTest {
  private static final LocalDate WEEK = LakeFixture.LAST_WEEK;

  private static int batches;

  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(
          IdentityPublicationTest::write,
          "identity_coverage",
          "unmatched_identities",
          "identities",
          "identity_proposals");

  /** The systems of a practice that is named after its test and has one location, "-austin". */
  private static final class Systems {
    private final LakeFixture lake;
    private final String practice;
    private int next;

    Systems(LakeFixture lake, String practice) {
      this.lake = lake;
      this.practice = practice;
      lake.location(practice, practice + "-austin", practice);
    }

    /** With Claire Adams and Bo Li in the scheduler. */
    static Systems staffed(LakeFixture lake, String practice) throws Exception {
      Systems systems = new Systems(lake, practice);
      systems.batch("calendar", "appointments");
      systems.batch("pos", "sale_lines");
      systems.batch("staff", "providers");
      systems.booked("Claire Adams", "Botox");
      systems.booked("Bo Li", "Botox");
      systems.bookable("Claire Adams", "21600");
      systems.bookable("Bo Li", "7200");
      return systems;
    }

    private void bookable(String provider, String seconds) throws Exception {
      String austin = practice + "-austin";
      lake.provider(practice, austin, provider, WEEK, "bookable_seconds", seconds)
          .provider(practice, austin, provider, WEEK, "idle_seconds", seconds);
    }

    void batch(String source, String table) {
      LakeJson.replace(
          lake.lake.batch(practice + "-" + source).resolve("batch.json"),
          new Batch(
              ++batches,
              batches,
              practice + "-" + source,
              source,
              practice,
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

    /** A row of the practice: of a source, with SQL literals of the columns named. */
    void row(String table, String source, String columns, String values) throws Exception {
      lake.rows(
          "silver/" + table,
          "practice_id, is_deleted, source_file_id, " + columns,
          "'%s', false, '%s-%s', %s".formatted(practice, practice, source, values));
    }

    /** A row with a key of its own, of the location and a day. */
    void fact(String table, String source, LocalDate day, String key, String columns, String values)
        throws Exception {
      row(
          table,
          source,
          "location_id, local_date, " + key + ", " + columns,
          "'%s-austin', DATE '%s', '%d', %s".formatted(practice, day, ++next, values));
    }

    void booked(String provider, String service) throws Exception {
      fact(
          "appointments",
          "calendar",
          WEEK,
          "appointment_id",
          "provider_id, service_id, client_key, status",
          "'%s', '%s', 'c', 'booked'".formatted(provider, service));
    }

    void sold(String kind, String provider, String seller, String item, int amount)
        throws Exception {
      fact(
          "sale_lines",
          "pos",
          WEEK,
          "sale_id",
          "line_id, provider_id, seller_id, kind, service_id, net_amount",
          "'1', '%s', '%s', '%s', '%s', %d".formatted(provider, seller, kind, item, amount));
    }
  }

  private static void write(LakeFixture lake) throws Exception {
    revenue(Systems.staffed(lake, "revenue"));
    named(Systems.staffed(lake, "named"));
    spelled(Systems.staffed(lake, "spelled"));
    alike(Systems.staffed(lake, "alike"));
    desk(Systems.staffed(lake, "desk"));
    seller(Systems.staffed(lake, "seller"));
    retail(Systems.staffed(lake, "retail"));
    goods(Systems.staffed(lake, "goods"));
    mapped(Systems.staffed(lake, "mapped"));
    Systems.staffed(lake, "unsold");
    cards(new Systems(lake, "cards"));
  }

  private static List<String> query(String columns, String relation, String practice, String more)
      throws Exception {
    return LAKE.query(
        "SELECT %s FROM %s WHERE practice_id = '%s' %s ORDER BY ALL"
            .formatted(columns, relation, practice, more));
  }

  private static List<String> coverage(String practice) throws Exception {
    return query(
        "week_start, kind, revenue::INT, matched_revenue::INT, revenue_share, hours,"
            + " matched_hours, hours_share, values_unmatched",
        "identity_coverage",
        practice,
        "");
  }

  private static List<String> unmatched(String columns, String practice) throws Exception {
    return query(columns, "unmatched_identities", practice, "");
  }

  /** What is proposed for the values of the point of sale. */
  private static List<String> proposed(String practice) throws Exception {
    return query(
        "value, source, rows, name, candidates, proposed_id, score",
        "unmatched_identities",
        practice,
        "AND side = 'sales'");
  }

  private static void revenue(Systems at) throws Exception {
    at.sold("service", "TM_9x2", "TM_9x2", "Botox", 300);
    at.sold("service", "Bo Li", "TM_9x2", "Botox", 150);
    at.sold("retail", "Bo Li", "TM_9x2", "Botox", 50);
    at.sold("tip", "TM_9x2", "TM_9x2", "Botox", 20);
    // A refund counts by its amount: 300 + 50 + 100 of 600 are not matched.
    at.sold("service", "TM_9x2", "TM_9x2", "Botox", -100);
  }

  @Test
  void revenueAndHoursWhoseProviderTheOtherSideDoesNotKnowAreNotMatched() throws Exception {
    assertThat(coverage("revenue"))
        .containsExactly(
            "2026-03-30|provider|600|150|0.25|8.0|2.0|0.25|2",
            "2026-03-30|service|600|600|1.0|0.0|0.0|null|0");
    assertThat(
            unmatched(
                "kind, side, value, source, rows, net_revenue::INT, first_date, is_mapped",
                "revenue"))
        .containsExactly(
            "provider|sales|TM_9x2|pos|5|250|2026-03-30|false",
            "provider|schedule|Claire Adams|calendar|1|0|2026-03-30|false");
  }

  private static void named(Systems at) throws Exception {
    at.sold("service", "TM_9x2", "TM_9x2", "Botox", 300);
    at.row("providers", "staff", "provider_id, name", "'TM_9x2', 'Claire A.'");
  }

  @Test
  void aNameIsProposedAndSoIsTheLineOfTheExportThatNamesIt() throws Exception {
    assertThat(proposed("named"))
        .containsExactly(
            "TM_9x2|pos|1|Claire A.|1|Claire Adams|0.95",
            "TM_9x2|staff|1|Claire A.|1|Claire Adams|0.95");
  }

  private static void spelled(Systems at) throws Exception {
    for (String name :
        List.of("ADAMS, Claire", "Dr. Clairé Adams RN", "C. Adams", "Claire", "Claire Adms")) {
      at.sold("service", name, name, "Botox", 1);
    }
    at.sold("service", "Dana Cole", "Dana Cole", "Botox", 1);
    at.sold("service", "C. A.", "C. A.", "Botox", 1);
  }

  @Test
  void namesAreComparedWithoutCaseAccentsOrderAndTitles() throws Exception {
    assertThat(
            query(
                "value, proposed_id, score",
                "unmatched_identities",
                "spelled",
                "AND side = 'sales'"))
        .containsExactly(
            "ADAMS, Claire|Claire Adams|1.0",
            "C. A.|null|null",
            "C. Adams|Claire Adams|0.95",
            "Claire|Claire Adams|0.85",
            "Claire Adms|Claire Adams|0.9833",
            "Dana Cole|null|null",
            "Dr. Clairé Adams RN|Claire Adams|1.0");
  }

  private static void alike(Systems at) throws Exception {
    at.booked("Claire Abbott", "Filler 1 ml");
    at.sold("service", "Claire A.", "Claire A.", "Filler 2 ml", 100);
    at.sold("service", "Bo Li", "Bo Li", "filler - 1 ML", 100);
  }

  @Test
  void nothingIsProposedWhereTwoAreEquallyAlikeOrNumbersDiffer() throws Exception {
    assertThat(proposed("alike"))
        .containsExactly(
            "Claire A.|pos|1|Claire A.|2|null|null",
            "Filler 2 ml|pos|1|Filler 2 ml|0|null|null",
            "filler - 1 ML|pos|1|filler - 1 ML|1|Filler 1 ml|1.0");
  }

  private static void desk(Systems at) throws Exception {
    at.sold("service", "Bo Li", "Desk", "Botox", 100);
    at.sold("service", "Desk", "Desk", "Botox", 100);
    at.lake
        .identity("desk", Kind.PROVIDER, "pos", "Desk", "Desk")
        .identity("desk", Kind.CLIENT, "pos", "anna@mail.example", "C1");
  }

  @Test
  void aLineThatLeavesAValueAsItIsSaysThatItHasNoCounterpart() throws Exception {
    assertThat(unmatched("value", "desk")).containsExactly("Claire Adams");
    assertThat(coverage("desk").get(0)).contains("provider|200|200|1.0|8.0|2.0|0.25|1");
    assertThat(query("*", "identities", "desk", ""))
        .as("lines about clients are not published")
        .containsExactly("desk|provider|pos|Desk|Desk");
  }

  private static void seller(Systems at) throws Exception {
    at.sold("service", "Bo Li", "Desk", "Botox", 100);
    at.sold("retail", "Desk", "Desk", "Botox", 50);
    at.sold("tip", "Desk", "Desk", "Botox", 5);
  }

  @Test
  void whoSellsAndPerformsNoServiceNeedsNoMatch() throws Exception {
    assertThat(unmatched("side, value", "seller")).containsExactly("schedule|Claire Adams");
    assertThat(coverage("seller").get(0)).contains("provider|100|100|1.0|8.0|2.0|0.25|1");
  }

  private static void retail(Systems at) throws Exception {
    String columns = "line_id, seller_id, kind, net_amount";
    at.fact("sale_lines", "pos", WEEK, "sale_id", columns, "'1', 'C. Adams', 'retail', 40");
    at.fact("sale_lines", "pos", WEEK, "sale_id", columns, "'1', 'Desk', 'tip', 40");
  }

  @Test
  void whoSellsMayBeAProviderWhereNoLineNamesWhoPerformed() throws Exception {
    assertThat(proposed("retail")).containsExactly("C. Adams|pos|1|C. Adams|1|Claire Adams|0.95");
  }

  private static void goods(Systems at) throws Exception {
    at.batch("shelf", "stock_movements");
    at.sold("service", "Bo Li", "Bo Li", "Botox", 100);
    at.booked("Bo Li", "Consultation");
    LocalDate after = WEEK.plusDays(7);
    for (String product : List.of("GEL", "SPF 50")) {
      at.fact(
          "stock_movements",
          "shelf",
          after,
          "movement_id",
          "product_id, kind, quantity, moved_at",
          "'%s', 'usage', -1, TIMESTAMPTZ '%s 15:00:00+00'".formatted(product, after));
    }
    for (String product : List.of("SPF 50", "Serum")) {
      at.fact(
          "sale_lines",
          "pos",
          WEEK,
          "sale_id",
          "line_id, kind, product_id, net_amount",
          "'1', 'retail', '%s', 40".formatted(product));
    }
  }

  @Test
  void whatIsUsedAndNeverSoldNeedsNoMatchAndWhatIsSoldDoes() throws Exception {
    assertThat(
            query("kind, side, value", "unmatched_identities", "goods", "AND kind <> 'provider'"))
        .containsExactly("product|sales|Serum");
    assertThat(
            query("kind, values_unmatched", "identity_coverage", "goods", "AND kind <> 'provider'"))
        .containsExactly("product|1", "service|0");
  }

  private static void mapped(Systems at) throws Exception {
    at.sold("service", "Claire A.", "Claire A.", "Botox", 100);
    at.lake.identity("mapped", Kind.PROVIDER, "pos", "Claire A.", "Claire Adams");
  }

  @Test
  void aMappedValueWhoseFileWasNotReadAgainIsToldAndNotProposed() throws Exception {
    assertThat(
            query(
                "value, is_mapped, proposed_id",
                "unmatched_identities",
                "mapped",
                "AND side = 'sales'"))
        .containsExactly("Claire A.|true|null");
  }

  @Test
  void whereOneSideNamesNobodyThereIsNothingToMatch() throws Exception {
    assertThat(coverage("unsold")).isEmpty();
    assertThat(unmatched("*", "unsold")).isEmpty();
  }

  private static void cards(Systems at) throws Exception {
    for (String card :
        List.of(
            "'Ann', TIMESTAMPTZ '2026-03-30 15:00+00', TIMESTAMPTZ '2026-03-30 18:00+00'",
            "'Cy', TIMESTAMPTZ '2026-03-30 15:00+00', TIMESTAMPTZ '2026-03-30 16:00+00'")) {
      at.fact(
          "timecards",
          "clock",
          WEEK,
          "timecard_id",
          "provider_id, clock_in_at, clock_out_at",
          card);
    }
    at.fact(
        "sale_lines",
        "pos",
        WEEK,
        "sale_id",
        "line_id, provider_id, kind, net_amount",
        "'1', 'Ann', 'service', 10");
  }

  @Test
  void timeCardsAreHoursWhereNobodyHasBookableTime() throws Exception {
    assertThat(coverage("cards")).containsExactly("2026-03-30|provider|10|10|1.0|4.0|3.0|0.75|1");
  }
}
