package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bridge from cash to revenue, stored value and the journal, against weeks worked by hand. */
class LedgerPublicationTest {
  private static final String LINES =
      "practice_id, location_id, sale_id, line_id, kind, quantity, net_amount, tax_amount,"
          + " local_date, is_deleted, source_file_id, source_line";
  private static final String PAYMENTS =
      "practice_id, location_id, payment_id, sale_id, tender, amount, local_date, is_deleted,"
          + " source_file_id, source_line";

  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(
          LedgerPublicationTest::write,
          "journal_daily",
          "journal_monthly",
          "journal_weekly",
          "revenue_bridge_daily",
          "revenue_bridge_monthly",
          "revenue_bridge_weekly",
          "stored_value_monthly",
          "stored_value_weekly",
          "untold_weeks");

  /** The books of a practice that is named after its test and has one location, "-austin". */
  private static final class Books {
    private final LakeFixture lake;
    private final String practice;
    private int next;

    Books(LakeFixture lake, String practice) {
      this.lake = lake;
      this.practice = practice;
      lake.location(practice, practice + "-austin", practice);
    }

    void line(String sale, String kind, int quantity, String net, String tax, String day)
        throws Exception {
      String row =
          "'%s', '%s-austin', '%s', '%d', '%s', %d, %s, %s, DATE '%s', false, 'f', 1"
              .formatted(practice, practice, sale, ++next, kind, quantity, net, tax, day);
      lake.rows("silver/sale_lines", LINES, row);
      LocalDate date = LocalDate.parse(day);
      boolean isRevenue = kind.equals("service") || kind.equals("retail") || kind.equals("fee");
      if (isRevenue && date.isBefore(LakeFixture.AS_OF)) {
        LocalDate week = date.minusDays(date.getDayOfWeek().getValue() - 1L);
        lake.provider(practice, practice + "-austin", "ann", week, "net_" + kind, net);
      }
    }

    void pay(String sale, String tender, String amount, String day) throws Exception {
      lake.rows(
          "silver/payments",
          PAYMENTS,
          "'%s', '%s-austin', 'p%d', '%s', '%s', %s, DATE '%s', false, 'f', 1"
              .formatted(practice, practice, ++next, sale, tender, amount, day));
    }

    void measure(String measure, String amount) throws Exception {
      lake.measure(practice, practice + "-austin", LakeFixture.LAST_WEEK, measure, amount);
    }

    void lost(String product, boolean isConsignment, int wasted, String expiredCost)
        throws Exception {
      lake.rows(
          "gold/stock_ledger",
          "practice_id, location_id, product_id, is_consignment, date, opening_on_hand, received,"
              + " used, wasted, expired, adjusted, transferred, opening_balance, count_correction,"
              + " on_hand, unit_cost, expired_cost",
          "'%s', '%s-austin', '%s', %s, DATE '2026-04-01', 0, 0, 0, %d, 0, 0, 0, %d, 0, 0, 6.125, %s"
              .formatted(practice, practice, product, isConsignment, wasted, -wasted, expiredCost));
      lake.rows(
          "silver/stock_movements",
          "practice_id, location_id, movement_id, product_id, kind, quantity, local_date,"
              + " is_deleted, source_file_id, source_line",
          "'%s', '%s-austin', '%s', '%s', 'waste', %d, DATE '2026-04-01', false, 'f', 1"
              .formatted(practice, practice, product, product, wasted));
      lake.rows(
          "gold/stock_weekly",
          "practice_id, location_id, product_id, is_consignment, week_start, opening_on_hand,"
              + " movements, count_corrections, on_hand, stock_value",
          "'%s', '%s-austin', '%s', %s, DATE '2026-03-30', 0, %d, %d, 0, 0"
              .formatted(practice, practice, product, isConsignment, wasted, -wasted));
      lake.rows(
          "gold/inventory_on_hand",
          "practice_id, location_id, product_id, on_date, on_hand",
          "'%s', '%s-austin', '%s', DATE '2026-04-05', 0".formatted(practice, practice, product));
    }
  }

  /**
   * Two weeks: a package sold and redeemed, a tip, a late payment, a refund, a stranger's money.
   */
  private static void twoWeeks(Books at) throws Exception {
    at.line("A", "service", 1, "200.00", "0", "2026-03-23");
    at.line("A", "tip", 1, "20.00", "0", "2026-03-23");
    at.pay("A", "card", "150.00", "2026-03-23");
    at.line("B", "package", 1, "900.00", "0", "2026-03-24");
    at.pay("B", "financing", "900.00", "2026-03-24");
    at.line("C", "gift_card", 1, "100.00", "0", "2026-03-29");
    at.line("C", "retail", 2, "50.00", "4.1250", "2026-03-29");
    at.pay("C", "cash", "154.1250", "2026-03-29");
    // The week after: the rest of A, a redeemed package, a refund of the gift card on its receipt.
    at.pay("A", "check", "70.00", "2026-03-30");
    at.line("D", "service", 1, "300.00", "0", "2026-03-31");
    at.pay("D", "package", "300.00", "2026-03-31");
    at.line("C", "gift_card", -1, "-100.00", "0", "2026-04-01");
    at.pay("C", "cash", "-100.00", "2026-04-01");
    at.pay("Z", "other", "33.33", "2026-04-02");
    at.line("E", "fee", 1, "25.00", "0", "2026-04-05");
    // On the as-of day, which begins the unfinished week.
    at.line("F", "service", 1, "999.00", "0", "2026-04-06");
    at.pay("F", "card", "999.00", "2026-04-06");
  }

  private static void write(LakeFixture lake) throws Exception {
    twoWeeks(new Books(lake, "bridge"));
    unpaid(new Books(lake, "unpaid"));
    stored(new Books(lake, "stored"));
    twoWeeks(new Books(lake, "journal"));
    redeemed(new Books(lake, "redeemed"));
    rounded(new Books(lake, "rounded"));
    goods(new Books(lake, "goods"));
    wasted(new Books(lake, "wasted"));
    untold(new Books(lake, "untold"));
    lake.openedOn("early-austin", LocalDate.of(2026, 3, 25));
    early(new Books(lake, "early"));
    unredeemable(new Books(lake, "unredeemable"));
    unsold(new Books(lake, "unsold"));
  }

  @Test
  void cashLeadsToSalesAndSalesToRevenueToTheCent() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT week_start, cash_collected, redeemed_package, paid_of_other_weeks,"
                    + " paid_without_receipt, unpaid_at_week_end, billed, tax, tips, sales,"
                    + " sold_package, sold_gift_card, recognised_revenue FROM"
                    + " revenue_bridge_weekly WHERE practice_id = 'bridge' ORDER BY ALL"))
        .containsExactly(
            "2026-03-23|1204.1250|0.0000|0.0000|0.0000|70.0000|1274.1250|4.1250|20.0000|1250.0000"
                + "|900.0000|100.0000|250.0000",
            "2026-03-30|3.3300|300.0000|70.0000|33.3300|25.0000|225.0000|0.0000|0.0000|225.0000"
                + "|0.0000|-100.0000|325.0000");
  }

  @Test
  void monthsOfTheBridgeAreCutAtTheMonthsEnd() throws Exception {
    String columns =
        "cash_collected, redeemed_package, %s, paid_without_receipt, %s, billed, tax,"
            + " recognised_revenue";
    assertThat(
            LAKE.query(
                "SELECT period_start, is_whole, "
                    + columns.formatted("paid_of_other_periods", "unpaid_at_period_end")
                    + " FROM revenue_bridge_monthly WHERE practice_id = 'bridge' AND calendar ="
                    + " 'month' ORDER BY ALL"))
        .as("30 and 31 March are March's, and so is the rest of A that was paid then")
        .containsExactly(
            "2026-03-01|true|1274.1250|300.0000|0.0000|0.0000|0.0000|1574.1250|4.1250|550.0000",
            "2026-04-01|false|-66.6700|0.0000|0.0000|33.3300|25.0000|-75.0000|0.0000|25.0000");
    assertThat(
            LAKE.query(
                "SELECT date, "
                    + columns.formatted("paid_of_other_days", "unpaid_at_day_end")
                    + " FROM revenue_bridge_daily WHERE practice_id = 'bridge' AND date BETWEEN"
                    + " DATE '2026-03-23' AND DATE '2026-03-30' ORDER BY ALL"))
        .containsExactly(
            "2026-03-23|150.0000|0.0000|0.0000|0.0000|70.0000|220.0000|0.0000|200.0000",
            "2026-03-24|900.0000|0.0000|0.0000|0.0000|0.0000|900.0000|0.0000|0.0000",
            "2026-03-29|154.1250|0.0000|0.0000|0.0000|0.0000|154.1250|4.1250|50.0000",
            "2026-03-30|70.0000|0.0000|70.0000|0.0000|0.0000|0.0000|0.0000|0.0000");
    assertThat(
            LAKE.query(
                "SELECT kind, period_start, opening, sold, redeemed, refunded, closing FROM"
                    + " stored_value_monthly WHERE practice_id = 'bridge' ORDER BY ALL"))
        .containsExactly(
            "gift_card|2026-03-01|0.0000|100.0000|0.0000|0.0000|100.0000",
            "gift_card|2026-04-01|100.0000|0.0000|0.0000|100.0000|0.0000",
            "package|2026-03-01|0.0000|900.0000|300.0000|0.0000|600.0000",
            "package|2026-04-01|600.0000|0.0000|0.0000|0.0000|600.0000");
  }

  @Test
  void aMonthOfWhichAWeekDidNotArriveHasTheRestAndSaysSo() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT period_start, sales_days_missing, payments_days_missing, cash_collected,"
                    + " unpaid_at_period_end, billed FROM revenue_bridge_monthly WHERE practice_id ="
                    + " 'untold' ORDER BY ALL"))
        .as("what a week billed whose payments did not arrive is not owed")
        .containsExactly(
            "2026-03-01|7|14|900.0000|null|980.0000", "2026-04-01|0|0|0.0000|0.0000|300.0000");
    assertThat(
            LAKE.query(
                "SELECT period_start, sold, redeemed, closing, weeks_missing FROM"
                    + " stored_value_monthly WHERE practice_id = 'untold' ORDER BY ALL"))
        .containsExactly(
            "2026-03-01|900.0000|0.0000|900.0000|2", "2026-04-01|0.0000|300.0000|600.0000|2");
  }

  private static List<String> journal(String practice, String columns, String more)
      throws Exception {
    return LAKE.query(
        "SELECT %s FROM journal_weekly WHERE practice_id = '%s' %s ORDER BY position"
            .formatted(columns, practice, more));
  }

  private static void unpaid(Books at) throws Exception {
    at.line("A", "service", 1, "200.00", "10.00", "2026-03-30");
  }

  @Test
  void withoutPaymentsNoCashIsMadeUp() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT cash_collected, redeemed_package, unpaid_at_week_end, billed,"
                    + " recognised_revenue FROM revenue_bridge_weekly WHERE practice_id = 'unpaid'"))
        .containsExactly("null|null|null|210.0000|200.0000");
    assertThat(journal("unpaid", "account, debit, credit", ""))
        .containsExactly(
            "accounts_receivable|210.00|null",
            "service_revenue|null|200.00",
            "sales_tax_payable|null|10.00");
  }

  private static void stored(Books at) throws Exception {
    // Each week is told: something else was sold and paid in it.
    for (String day : List.of("2026-03-10", "2026-03-18", "2026-03-25", "2026-04-03")) {
      at.line("day " + day, "retail", 1, "10.00", "0", day);
      at.pay("day " + day, "card", "10.00", day);
    }
    at.line("B", "package", 1, "900.00", "0", "2026-03-10");
    at.pay("D", "package", "300.00", "2026-03-24");
    at.line("B", "package", -1, "-600.00", "0", "2026-04-01");
    at.pay("G", "account_credit", "40.00", "2026-03-31");
  }

  @Test
  void storedValueRollsForwardThroughWeeksWithoutAnyMove() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT kind, week_start, opening, sold, redeemed, refunded, expired, closing,"
                    + " redeems_older FROM stored_value_weekly WHERE practice_id = 'stored' ORDER BY ALL"))
        .containsExactly(
            "deposit|2026-03-30|0.0000|0.0000|40.0000|0.0000|0.0000|-40.0000|true",
            "package|2026-03-09|0.0000|900.0000|0.0000|0.0000|0.0000|900.0000|false",
            "package|2026-03-16|900.0000|0.0000|0.0000|0.0000|0.0000|900.0000|false",
            "package|2026-03-23|900.0000|0.0000|300.0000|0.0000|0.0000|600.0000|false",
            "package|2026-03-30|600.0000|0.0000|0.0000|600.0000|0.0000|0.0000|false");
  }

  /** A package; then a week without payments, one without anything, and one that is told. */
  private static void untold(Books at) throws Exception {
    at.line("A", "package", 1, "900.00", "0", "2026-03-10");
    at.pay("A", "card", "900.00", "2026-03-10");
    at.line("B", "service", 1, "80.00", "0", "2026-03-17");
    at.line("C", "service", 1, "300.00", "0", "2026-04-01");
    at.pay("C", "package", "300.00", "2026-04-01");
  }

  @Test
  void aWeekThatDidNotArriveIsInNoBooksAndNotZero() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT week_start, table_name FROM untold_weeks WHERE practice_id = 'untold'"
                    + " ORDER BY ALL"))
        .containsExactly("2026-03-16|payments", "2026-03-23|payments", "2026-03-23|sale_lines");
    assertThat(
            LAKE.query(
                "SELECT week_start, cash_collected, redeemed_package, unpaid_at_week_end, billed,"
                    + " recognised_revenue FROM revenue_bridge_weekly WHERE practice_id = 'untold'"
                    + " ORDER BY ALL"))
        .containsExactly(
            "2026-03-09|900.0000|0.0000|0.0000|900.0000|0.0000",
            "2026-03-16|null|null|null|80.0000|80.0000",
            "2026-03-30|0.0000|300.0000|0.0000|300.0000|300.0000");
    assertThat(
            LAKE.query(
                "SELECT week_start, opening, sold, redeemed, refunded, closing, weeks_missing FROM"
                    + " stored_value_weekly WHERE practice_id = 'untold' ORDER BY ALL"))
        .containsExactly(
            "2026-03-09|0.0000|900.0000|0.0000|0.0000|900.0000|0",
            "2026-03-16|null|0.0000|null|0.0000|null|1",
            "2026-03-23|null|null|null|null|null|2",
            "2026-03-30|900.0000|0.0000|300.0000|0.0000|600.0000|2");
    assertThat(
            LAKE.query(
                "SELECT DISTINCT week_start FROM journal_weekly WHERE practice_id = 'untold'"
                    + " ORDER BY ALL"))
        .as("what was billed without payments is not booked as owed")
        .containsExactly("2026-03-09", "2026-03-30");
  }

  /**
   * A deposit and a gift card of a location that opens weeks later, each paid in another week; then
   * a week without payments.
   */
  private static void early(Books at) throws Exception {
    at.line("A", "deposit", 1, "100.00", "0", "2026-02-24");
    at.pay("A", "card", "100.00", "2026-03-10");
    at.line("B", "gift_card", 1, "70.00", "0", "2026-03-17");
    at.line("C", "service", 1, "80.00", "0", "2026-03-27");
    at.pay("C", "card", "80.00", "2026-03-27");
    at.pay("B", "cash", "70.00", "2026-03-28");
    at.line("D", "service", 1, "30.00", "0", "2026-04-01");
  }

  @Test
  void whatWasSoldAndPaidBeforeTheLocationOpenedIsBooked() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT week_start, table_name FROM untold_weeks WHERE practice_id = 'early'"
                    + " ORDER BY ALL"))
        .as("it sold nothing in most weeks before, and that was so")
        .containsExactly("2026-03-30|payments");
    assertThat(
            LAKE.query(
                "SELECT date, account, debit, credit FROM journal_daily WHERE practice_id = 'early'"
                    + " ORDER BY date, position"))
        .containsExactly(
            "2026-02-24|accounts_receivable|100.00|null",
            "2026-02-24|client_deposits|null|100.00",
            "2026-03-10|card_clearing|100.00|null",
            "2026-03-10|accounts_receivable|null|100.00",
            "2026-03-17|accounts_receivable|70.00|null",
            "2026-03-17|gift_card_liability|null|70.00",
            "2026-03-27|card_clearing|80.00|null",
            "2026-03-27|service_revenue|null|80.00",
            "2026-03-28|cash|70.00|null",
            "2026-03-28|accounts_receivable|null|70.00");
    assertThat(
            LAKE.query(
                "SELECT week_start, cash_collected, billed, unpaid_at_week_end, paid_of_other_weeks"
                    + " FROM revenue_bridge_weekly WHERE practice_id = 'early' ORDER BY ALL"))
        .containsExactly(
            "2026-02-23|0.0000|100.0000|100.0000|0.0000",
            "2026-03-09|100.0000|0.0000|0.0000|100.0000",
            "2026-03-16|0.0000|70.0000|70.0000|0.0000",
            "2026-03-23|150.0000|80.0000|0.0000|70.0000",
            "2026-03-30|null|30.0000|null|null");
  }

  private static void unredeemable(Books at) throws Exception {
    at.line("A", "gift_card", 1, "50.00", "0", "2026-03-30");
  }

  @Test
  void whatClientsHaveLeftIsUnknownWherePaymentsAreNotExported() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT sold, redeemed, closing FROM stored_value_weekly WHERE practice_id ="
                    + " 'unredeemable'"))
        .containsExactly("50.0000|null|null");
  }

  /** Payments of a location of which nobody exports sales; one names a receipt, one names none. */
  private static void unsold(Books at) throws Exception {
    at.pay("A", "card", "150.00", "2026-03-17");
    at.pay("A", "gift_card", "50.00", "2026-03-17");
    at.lake.rows(
        "silver/payments",
        PAYMENTS,
        "'unsold', 'unsold-austin', 'alone', NULL, 'cash', 80.5, DATE '2026-03-31', false, 'f', 1");
    at.pay("A", "card", "-30.00", "2026-04-01");
  }

  @Test
  void whatIsPaidWhereNoSalesAreExportedIsOwedUntilSomebodyKnowsWhatFor() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT date, account, debit, credit FROM journal_daily WHERE practice_id = 'unsold'"
                    + " ORDER BY date, position"))
        .containsExactly(
            "2026-03-17|card_clearing|150.00|null",
            "2026-03-17|gift_card_liability|50.00|null",
            "2026-03-17|unapplied_payments|null|200.00",
            "2026-03-31|cash|80.50|null",
            "2026-03-31|unapplied_payments|null|80.50",
            "2026-04-01|card_clearing|null|30.00",
            "2026-04-01|unapplied_payments|30.00|null");
    assertThat(
            LAKE.query(
                "SELECT period_start, cash_collected, paid_of_other_periods, paid_without_receipt,"
                    + " unpaid_at_period_end, billed FROM revenue_bridge_monthly WHERE practice_id ="
                    + " 'unsold' AND calendar = 'month' ORDER BY ALL"))
        .as(
            "what was billed stays unknown, and a month of which a week did not arrive has the rest")
        .containsExactly(
            "2026-03-01|230.5000|null|280.5000|null|null",
            "2026-04-01|-30.0000|null|-30.0000|null|null");
  }

  @Test
  void theJournalBooksTheWeekAndBalances() throws Exception {
    assertThat(journal("journal", "account, debit, credit", "AND week_start = DATE '2026-03-30'"))
        .containsExactly(
            "cash|null|100.00",
            "checks|70.00|null",
            "other_clearing|33.33|null",
            "package_liability|300.00|null",
            "accounts_receivable|null|45.00",
            "unapplied_payments|null|33.33",
            "service_revenue|null|300.00",
            "fee_revenue|null|25.00",
            "gift_card_liability|100.00|null");
  }

  @Test
  void theJournalIsDatedByDayAndWeeksAndMonthsAreItsSums() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT date, account, debit, credit FROM journal_daily WHERE practice_id = 'journal'"
                    + " AND date BETWEEN DATE '2026-03-30' AND DATE '2026-04-01' ORDER BY date,"
                    + " position"))
        .as("March ends within the week")
        .containsExactly(
            "2026-03-30|checks|70.00|null",
            "2026-03-30|accounts_receivable|null|70.00",
            "2026-03-31|package_liability|300.00|null",
            "2026-03-31|service_revenue|null|300.00",
            "2026-04-01|cash|null|100.00",
            "2026-04-01|gift_card_liability|100.00|null");
    assertThat(
            LAKE.query(
                "SELECT period_start, account, debit, credit FROM journal_monthly WHERE practice_id ="
                    + " 'journal' AND calendar = 'month' AND account IN ('service_revenue',"
                    + " 'accounts_receivable', 'fee_revenue') ORDER BY period_start, position"))
        .containsExactly(
            "2026-03-01|service_revenue|null|500.00",
            "2026-04-01|accounts_receivable|25.00|null",
            "2026-04-01|fee_revenue|null|25.00");
  }

  private static void redeemed(Books at) throws Exception {
    at.line("A", "service", 1, "100.00", "0", "2026-03-30");
    at.pay("A", "gift_card", "60.00", "2026-03-30");
    at.pay("A", "account_credit", "40.00", "2026-03-30");
  }

  @Test
  void whatIsRedeemedLowersWhatIsOwedOfItsKind() throws Exception {
    assertThat(journal("redeemed", "account, debit, credit", ""))
        .containsExactly(
            "gift_card_liability|60.00|null",
            "client_deposits|40.00|null",
            "service_revenue|null|100.00");
  }

  private static void rounded(Books at) throws Exception {
    at.line("A", "service", 1, "10.0050", "0.5050", "2026-03-30");
    at.pay("A", "card", "10.5100", "2026-03-30");
  }

  @Test
  void whatRoundingToCentsLeavesIsALineOfItsOwn() throws Exception {
    // 10.51 paid; 10.01 and 0.51 booked: a cent too much.
    assertThat(journal("rounded", "account, debit, credit", ""))
        .containsExactly(
            "card_clearing|10.51|null",
            "service_revenue|null|10.01",
            "sales_tax_payable|null|0.51",
            "rounding|0.01|null");
  }

  private static void goods(Books at) throws Exception {
    at.line("A", "service", 1, "10.00", "0", "2026-03-30");
    at.pay("A", "card", "10.00", "2026-03-30");
    at.measure("goods_used", "70");
    at.measure("goods_used_owned", "50");
    at.measure("shrinkage_cost", "-4");
  }

  @Test
  void goodsAreBookedOutOfTheStockOfTheirOwner() throws Exception {
    assertThat(journal("goods", "account, debit, credit", "AND position >= 21"))
        .containsExactly(
            "cost_of_goods|70.00|null",
            "inventory|null|50.00",
            "consignment_payable|null|20.00",
            "inventory_shrinkage|null|4.00",
            "inventory|4.00|null");
  }

  private static void wasted(Books at) throws Exception {
    at.line("A", "service", 1, "10.00", "0", "2026-03-30");
    at.pay("A", "card", "10.00", "2026-03-30");
    at.lost("BTX", false, -2, "30.50");
    at.lost("PLLA", true, -1, "0");
  }

  @Test
  void ownedGoodsThatExpiredOrWereWastedLeaveTheInventory() throws Exception {
    // 2 × 6.125 of waste and 30.50 of expired; the consigned vial was never ours.
    assertThat(journal("wasted", "account, memo, debit, credit", "AND position >= 21"))
        .containsExactly(
            "inventory_shrinkage|Expired and wasted goods|42.75|null",
            "inventory|Expired and wasted goods|null|42.75");
  }
}
