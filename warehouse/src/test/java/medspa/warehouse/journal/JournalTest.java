package medspa.warehouse.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.journal.Accounts.Account;
import medspa.warehouse.query.WarehouseQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final LocalDate WEEK = LocalDate.of(2026, 3, 30);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void aWarehouseWithTwoEntries() throws Exception {
    file = directory.resolve("medspa.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE locations AS SELECT * FROM (VALUES ('glow', 'austin', 'Austin'),"
              + " ('glow', 'waco', 'Waco'), ('other', 'reno', 'Reno'))"
              + " t (practice_id, location_id, name)");
      statement.execute(
          "CREATE TABLE journal_weekly AS SELECT practice_id, location_id, DATE '2026-03-30' AS"
              + " week_start, position, account, memo, debit::DECIMAL(38,2) AS debit,"
              + " credit::DECIMAL(38,2) AS credit FROM (VALUES"
              + " ('glow', 'waco', 2, 'card_clearing', 'Card payments', 1210.5, NULL),"
              + " ('glow', 'waco', 11, 'service_revenue', 'Services', NULL, 1210.5),"
              + " ('glow', 'austin', 1, 'cash', 'Cash received', NULL, 8),"
              + " ('glow', 'austin', 12, 'retail_revenue', 'Retail', 8, NULL),"
              + " ('other', 'reno', 1, 'cash', 'Cash received', 5, NULL))"
              + " t (practice_id, location_id, position, account, memo, debit, credit)");
      statement.execute(
          "CREATE TABLE untold_weeks AS SELECT 'glow' AS practice_id, location_id, week_start,"
              + " table_name FROM (VALUES ('waco', DATE '2026-03-23', 'payments'), ('waco', DATE"
              + " '2026-03-23', 'sale_lines'), ('austin', DATE '2026-03-23', 'payments')) t"
              + " (location_id, week_start, table_name)");
    }
  }

  private List<String> write(JournalFormat format, Accounts accounts, Optional<String> location) {
    StringBuilder csv = new StringBuilder();
    try (WarehouseQuery warehouse =
        WarehouseQuery.open(file, new WarehouseQuery.Limits("1GB", 1, Duration.ofMinutes(1)))) {
      Journal.write(warehouse, new Journal.Request("glow", location, WEEK, format, accounts), csv);
    }
    return csv.toString().lines().toList();
  }

  private static Accounts accounts(Map<String, Account> given) {
    return Accounts.of(given, Optional.empty());
  }

  @Test
  void anEntryOfEachLocationOfThePracticeIsDatedOnTheWeeksLastDay() {
    assertThat(write(JournalFormat.PLAIN, accounts(Map.of()), Optional.empty()))
        .containsExactly(
            "journal_no,journal_date,practice_id,location_id,account_code,account_name,debit,"
                + "credit,memo",
            "W20260330-1,2026-04-05,glow,austin,,Cash on hand,,8.00,Cash received",
            "W20260330-1,2026-04-05,glow,austin,,Retail revenue,8.00,,Retail",
            "W20260330-2,2026-04-05,glow,waco,,Card clearing,1210.50,,Card payments",
            "W20260330-2,2026-04-05,glow,waco,,Service revenue,,1210.50,Services");
  }

  @Test
  void locationsOfWhichTheWeekDidNotArriveAreNamedWithWhatIsMissing() {
    try (WarehouseQuery warehouse =
        WarehouseQuery.open(file, new WarehouseQuery.Limits("1GB", 1, Duration.ofMinutes(1)))) {
      LocalDate before = WEEK.minusWeeks(1);
      assertThat(Journal.untold(warehouse, "glow", Optional.empty(), before))
          .containsExactly("Austin (payments)", "Waco (sales and payments)");
      assertThat(Journal.untold(warehouse, "glow", Optional.of("waco"), before))
          .containsExactly("Waco (sales and payments)");
      assertThat(Journal.untold(warehouse, "glow", Optional.empty(), WEEK)).isEmpty();
      assertThat(Journal.untold(warehouse, "other", Optional.empty(), before)).isEmpty();
    }
  }

  @Test
  void quickBooksGetsItsColumnsDatesAndThePracticesOwnNames() {
    Map<String, Account> own = new LinkedHashMap<>();
    own.put("card_clearing", new Account("Bank:Card, pending", Optional.empty()));
    own.put("service_revenue", new Account("Owner's income", Optional.empty()));

    assertThat(write(JournalFormat.QUICKBOOKS, accounts(own), Optional.of("waco")))
        .containsExactly(
            "Journal No,Journal Date,Account Name,Debits,Credits,Description,Name,Location",
            "W20260330-2,04/05/2026,\"Bank:Card, pending\",1210.50,,Card payments,,Waco",
            "W20260330-2,04/05/2026,Owner's income,,1210.50,Services,,Waco");
  }

  @Test
  void xeroGetsCodesAndSignedAmounts() {
    Map<String, Account> own = new LinkedHashMap<>();
    own.put("card_clearing", new Account("Card", Optional.of("610")));
    own.put("service_revenue", new Account("Income", Optional.of("200")));

    assertThat(
            write(
                JournalFormat.XERO,
                Accounts.of(own, Optional.of("No Tax (0%)")),
                Optional.of("waco")))
        .containsExactly(
            "*Narration,*Date,Description,*AccountCode,*TaxRate,*Amount,TrackingName1,"
                + "TrackingOption1,TrackingName2,TrackingOption2",
            "Waco W20260330-2,05/04/2026,Card payments,610,No Tax (0%),1210.50,,,,",
            "Waco W20260330-2,05/04/2026,Services,200,No Tax (0%),-1210.50,,,,");
  }

  @Test
  void xeroIsRefusedNamingTheAccountsWithoutACode() {
    Map<String, Account> own = Map.of("cash", new Account("Cash", Optional.of("100")));

    assertThatThrownBy(() -> write(JournalFormat.XERO, accounts(own), Optional.of("austin")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "give these a code under `accounts:` in medspa.yaml, such as"
                + " `retail_revenue: {name: Retail revenue, code: 200}`: retail_revenue");
  }

  @Test
  void anAccountThatNoJournalHasIsRefused() {
    Map<String, Account> own = Map.of("petty_cash", new Account("Petty", Optional.empty()));

    assertThatThrownBy(() -> accounts(own))
        .hasMessageContaining("There is no account petty_cash; accounts are cash, card_clearing");
  }
}
