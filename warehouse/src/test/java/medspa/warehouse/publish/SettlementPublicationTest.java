package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From what was collected over fees to the bank, against deposits worked out by hand. */
class SettlementPublicationTest {
  private static final String PAYMENTS =
      "practice_id, location_id, payment_id, sale_id, tender, amount, fee_amount, payout_id,"
          + " payout_on, local_date, is_deleted, source_file_id, source_line";
  private static final String PAYOUTS =
      "practice_id, location_id, payout_id, processor, status, amount, local_date, is_deleted,"
          + " source_file_id, source_line";

  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(
          SettlementPublicationTest::write,
          "bank_daily",
          "bank_open_items",
          "payout_reconciliation");

  /** The money of a practice that is named after its test. */
  private record Money(LakeFixture lake, String practice) {
    Money at(String... places) throws Exception {
      for (String place : places) {
        lake.location(practice, practice + "-" + place, practice);
      }
      return this;
    }

    void paid(
        String place, String id, String tender, String amount, String fee, String payout, int day)
        throws Exception {
      paid(place, id, tender, amount, fee, payout, "NULL", day);
    }

    void paid(
        String place,
        String id,
        String tender,
        String amount,
        String fee,
        String payout,
        String payoutOn,
        int day)
        throws Exception {
      lake.rows(
          "silver/payments",
          PAYMENTS,
          "'%s', '%s-%s', '%s', 's-%s', '%s', %s, %s, %s, %s, DATE '2026-03-%02d', false, 'f', 1"
              .formatted(
                  practice, practice, place, id, id, tender, amount, fee, payout, payoutOn, day));
    }

    void deposit(String place, String id, String status, String amount, String day)
        throws Exception {
      lake.rows(
          "silver/payouts",
          PAYOUTS,
          "'%s', '%s-%s', '%s', 'Acme', %s, %s, DATE '%s', false, 'f', 1"
              .formatted(practice, practice, place, id, status, amount, day));
    }
  }

  private static void write(LakeFixture lake) throws Exception {
    Money steps = new Money(lake, "steps").at("austin");
    steps.paid("austin", "1", "card", "100.00", "2.70", "'d1'", 24);
    steps.paid("austin", "2", "card", "50.25", "1.41", "'d1'", 24);
    steps.paid("austin", "3", "card", "-20.00", "0", "'d2'", 25);
    steps.paid("austin", "4", "card", "80.00", "2.18", "NULL", 25);
    steps.paid("austin", "5", "cash", "999.00", "NULL", "NULL", 25);
    steps.paid("austin", "6", "gift_card", "10.00", "NULL", "NULL", 25);
    steps.paid("austin", "7", "financing", "900.00", "89.10", "NULL", 25);
    steps.deposit("austin", "d1", "NULL", "146.14", "2026-03-26");
    steps.deposit("austin", "d2", "NULL", "-20.00", "2026-03-27");

    Money states = new Money(lake, "states").at("austin", "dallas");
    states.paid("austin", "1", "card", "100.00", "3.00", "'short'", 20);
    states.deposit("austin", "short", "'paid'", "82.00", "2026-03-23");
    states.paid("austin", "2", "card", "10.00", "NULL", "'unknown-fee'", 20);
    states.deposit("austin", "unknown-fee", "'paid'", "9.70", "2026-03-23");
    states.deposit("austin", "empty", "'paid'", "5.00", "2026-03-23");
    states.paid("austin", "3", "card", "30.00", "1.00", "'back'", "DATE '2026-03-23'", 20);
    states.deposit("austin", "back", "'failed'", "29.00", "2026-03-23");
    states.paid("austin", "4", "card", "40.00", "1.00", "'under-way'", 20);
    states.deposit("austin", "under-way", "'in_transit'", "39.00", "2026-03-23");
    states.paid("austin", "5", "card", "50.00", "1.00", "'nowhere'", "DATE '2026-03-24'", 20);
    // The account of Austin takes the money of Dallas, too; both have a deposit named 'twice'.
    states.paid("dallas", "6", "card", "60.00", "2.00", "'joint'", 20);
    states.paid("austin", "7", "card", "40.00", "1.00", "'joint'", 20);
    states.deposit("austin", "joint", "NULL", "97.00", "2026-03-23");
    states.paid("dallas", "8", "card", "70.00", "2.00", "'twice'", 20);
    states.deposit("austin", "twice", "NULL", "1.00", "2026-03-23");
    states.deposit("dallas", "twice", "NULL", "68.00", "2026-03-23");
    // On the as-of day: it is not over.
    states.paid("austin", "9", "card", "90.00", "3.00", "'today'", 31);
    states.deposit("austin", "today", "NULL", "87.00", LakeFixture.AS_OF.toString());

    Money dated = new Money(lake, "dated").at("austin");
    dated.paid("austin", "1", "card", "100.00", "3.00", "'x'", "DATE '2026-03-22'", 20);
    dated.paid("austin", "2", "check", "20.00", "0.50", "NULL", 20);
    dated.paid("austin", "3", "check", "30.00", "NULL", "NULL", 20);
    dated.paid("austin", "4", "financing", "400.00", "NULL", "'y'", "DATE '2026-03-22'", 20);

    Money age = new Money(lake, "age").at("austin");
    for (int i = 0; i < 20; i++) {
      // Eighteen of twenty took three days, two seven.
      String day = i < 18 ? "DATE '2026-03-05'" : "DATE '2026-03-09'";
      age.paid("austin", "p" + i, "card", "10.00", "0", "'x'", day, 2);
    }
    age.paid("austin", "late", "card", "11.00", "0", "NULL", 30);
    age.paid("austin", "on-time", "card", "12.00", "0", "NULL", 31);
  }

  private static List<String> ask(String sql) throws Exception {
    return LAKE.query(sql);
  }

  @Test
  void eachDayAndTenderGoesFromCollectedOverFeesToTheBank() throws Exception {
    assertThat(
            ask(
                "SELECT date, tender, processor, payments, collected, paid_back, fees, net, deposited,"
                    + " in_transit, payments_in_transit, last_deposited_on FROM bank_daily WHERE"
                    + " practice_id = 'steps' ORDER BY ALL"))
        .containsExactly(
            "2026-03-24|card|Acme|2|150.2500|0.0000|4.1100|146.1400|146.1400|0.0000|0|2026-03-26",
            "2026-03-25|card|Acme|1|-20.0000|-20.0000|0.0000|-20.0000|-20.0000|0.0000|0|2026-03-27",
            "2026-03-25|card|unknown|1|80.0000|0.0000|2.1800|77.8200|0.0000|77.8200|1|null",
            "2026-03-25|financing|unknown|1|900.0000|0.0000|89.1000|810.9000|null|null|null|null");
  }

  @Test
  void aDepositIsHeldAgainstThePaymentsThatNameIt() throws Exception {
    assertThat(
            ask(
                "SELECT location_id, payout_id, state, amount, payments, payments_net, difference FROM"
                    + " payout_reconciliation WHERE practice_id = 'states' ORDER BY ALL"))
        .containsExactly(
            "states-austin|back|failed|29.0000|1|29.0000|0.0000",
            "states-austin|empty|no_payments|5.0000|0|0.0000|null",
            "states-austin|joint|matched|97.0000|2|97.0000|0.0000",
            "states-austin|nowhere|not_exported|null|1|49.0000|null",
            "states-austin|short|differs|82.0000|1|97.0000|-15.0000",
            "states-austin|twice|no_payments|1.0000|0|0.0000|null",
            "states-austin|under-way|in_transit|39.0000|1|39.0000|0.0000",
            "states-austin|unknown-fee|fees_unknown|9.7000|1|10.0000|null",
            "states-dallas|twice|matched|68.0000|1|68.0000|0.0000");
    assertThat(
            ask(
                "SELECT DISTINCT state FROM payout_reconciliation WHERE practice_id IN ('steps',"
                    + " 'dated')"))
        .as("without exported deposits there is none to miss")
        .containsExactly("matched");
  }

  @Test
  void whatFailedIsUnderWayOrComesLaterIsOpen() throws Exception {
    assertThat(
            ask(
                "SELECT payment_id, amount, fee_amount, payout_id, age_days FROM bank_open_items WHERE"
                    + " practice_id = 'states' ORDER BY ALL"))
        .containsExactly(
            "3|30.0000|1.0000|back|17",
            "4|40.0000|1.0000|under-way|17",
            "9|90.0000|3.0000|today|6");
  }

  @Test
  void aPaymentThatNamesTheDayOfItsDepositNeedsNoOther() throws Exception {
    assertThat(
            ask(
                "SELECT tender, payments, deposited, in_transit, last_deposited_on FROM bank_daily"
                    + " WHERE practice_id = 'dated' ORDER BY ALL"))
        .containsExactly(
            "card|1|97.0000|0.0000|2026-03-22",
            "check|1|null|null|null",
            "financing|1|400.0000|0.0000|2026-03-22");
  }

  @Test
  void aFeeThatNobodyTellsIsUnknownAndNotNothing() throws Exception {
    assertThat(
            ask(
                "SELECT tender, collected, fees, payments_without_fee, net FROM bank_daily WHERE"
                    + " practice_id = 'dated' AND tender IN ('card', 'financing') ORDER BY ALL"))
        .containsExactly("card|100.0000|3.0000|0|97.0000", "financing|400.0000|null|1|null");
  }

  @Test
  void anItemIsLateAfterTwiceTheDaysInWhichNineOfTenArrive() throws Exception {
    assertThat(
            ask(
                "SELECT payment_id, age_days, usual_days, is_late FROM bank_open_items WHERE"
                    + " practice_id IN ('age', 'steps') ORDER BY ALL"))
        .containsExactly("4|12|null|null", "late|7|3|true", "on-time|6|3|false");
  }
}
