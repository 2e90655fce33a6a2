package medspa.warehouse.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import medspa.warehouse.journal.Accounts.Account;
import medspa.warehouse.lake.Sha256;
import medspa.warehouse.query.WarehouseQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final LocalDate WEEK = LocalDate.of(2026, 3, 30);

  /** Numbers end with the first letters of the SHA-256 of the location's id. */
  private static final String AUSTIN = "J260331-" + Sha256.of("austin").substring(0, 8);

  private static final String WACO = "J260331-" + Sha256.of("waco").substring(0, 8);
  private static final String WACO_LATER = "J260402-" + Sha256.of("waco").substring(0, 8);
  private static final String TOTAL = "T260330-260405-" + Sha256.of("waco").substring(0, 6);

  private static final Map<String, Books.Opening> OPENINGS =
      Map.of(
          "waco",
          new Books.Opening(
              LocalDate.of(2026, 2, 28),
              Map.of(
                  "inventory",
                  new BigDecimal("900.00"),
                  "gift_card_liability",
                  new BigDecimal("250.00"))));

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
          "CREATE TABLE journal_daily AS SELECT practice_id, location_id, date, position, account,"
              + " memo, debit::DECIMAL(38,2) AS debit, credit::DECIMAL(38,2) AS credit FROM (VALUES"
              + " ('glow', 'waco', DATE '2026-03-31', 2, 'card_clearing', 'Card payments', 1210.5,"
              + " NULL), ('glow', 'waco', DATE '2026-03-31', 11, 'service_revenue', 'Services', NULL,"
              + " 1210.5), ('glow', 'waco', DATE '2026-04-02', 2, 'card_clearing', 'Card payments',"
              + " NULL, 10.5), ('glow', 'waco', DATE '2026-04-02', 10, 'accounts_receivable', 'Billed',"
              + " 10.5, NULL), ('glow', 'austin', DATE '2026-03-31', 1, 'cash', 'Cash received', NULL,"
              + " 8), ('glow', 'austin', DATE '2026-03-31', 12, 'retail_revenue', 'Retail', 8, NULL),"
              + " ('other', 'reno', DATE '2026-03-31', 1, 'cash', 'Cash received', 5, NULL))"
              + " t (practice_id, location_id, date, position, account, memo, debit, credit)");
      statement.execute(
          "CREATE TABLE rejected_amounts AS SELECT 'glow' AS practice_id, * FROM (VALUES ('waco',"
              + " 'sale_lines', DATE '2026-03-31', 4594.9, false), ('waco', 'sale_lines', DATE"
              + " '2026-04-01', NULL, false), ('waco', 'payments', DATE '2026-04-01', 20, false),"
              + " ('waco', 'payments', DATE '2026-04-01', 70, true), ('austin', 'payments', DATE"
              + " '2026-04-06', 10, false), ('waco', 'payments', NULL, 7, false), (NULL, 'sale_lines',"
              + " DATE '2026-04-02', 3, false), (NULL, 'sale_lines', DATE '2026-04-06', 9, false),"
              + " (NULL, 'payments', NULL, 2, false)) t (location_id, table_name, date, amount,"
              + " is_told_otherwise)");
      statement.execute(
          "CREATE TABLE untold_weeks AS SELECT 'glow' AS practice_id, location_id, week_start,"
              + " table_name FROM (VALUES ('waco', DATE '2026-03-23', 'payments'), ('waco', DATE"
              + " '2026-03-23', 'sale_lines'), ('austin', DATE '2026-03-23', 'payments')) t"
              + " (location_id, week_start, table_name)");
      statement.execute(
          "CREATE TABLE ingest_files (source_file_id VARCHAR, practice_id VARCHAR, source VARCHAR,"
              + " table_name VARCHAR, file_name VARCHAR, ingested_at TIMESTAMPTZ, rows_deleted"
              + " BIGINT)");
      statement.execute(
          "CREATE TABLE payments (practice_id VARCHAR, location_id VARCHAR, sale_id VARCHAR,"
              + " local_date DATE, source_file_id VARCHAR)");
      statement.execute(
          "CREATE TABLE count_differences (practice_id VARCHAR, location_id VARCHAR, product_id"
              + " VARCHAR, date DATE, cost DECIMAL(38,4), is_large BOOLEAN)");
      for (String table :
          List.of("sale_lines", "stock_movements", "stock_counts", "deleted_rows")) {
        statement.execute(
            "CREATE TABLE " + table + " AS SELECT *, 'sale_lines' AS table_name FROM payments");
      }
      statement.execute(
          "CREATE TABLE restatements (practice_id VARCHAR, location_id VARCHAR, restated_at"
              + " TIMESTAMPTZ, week_start DATE, file_name VARCHAR, cause VARCHAR)");
    }
  }

  private WarehouseQuery open() {
    return WarehouseQuery.open(file, new WarehouseQuery.Limits("1GB", 1, Duration.ofMinutes(1)));
  }

  private List<String> write(Journal.Request request) {
    try (WarehouseQuery warehouse = open()) {
      List<Journal.Part> parts = Journal.write(warehouse, request).parts();
      assertThat(parts).hasSize(1);
      assertThat(parts.get(0).lines()).isEqualTo(parts.get(0).csv().lines().count() - 1);
      return parts.get(0).csv().lines().toList();
    }
  }

  private List<String> write(JournalFormat format, Accounts accounts, Optional<String> location) {
    return write(request("glow", location, WEEK, false, format, accounts));
  }

  private static Journal.Request request(
      String practice,
      Optional<String> location,
      LocalDate week,
      boolean isTotal,
      JournalFormat format,
      Accounts accounts) {
    return new Journal.Request(
        practice,
        location,
        week,
        week.plusDays(6),
        isTotal ? Journal.Scope.TOTAL : Journal.Scope.DAYS,
        format,
        books(accounts),
        List.of());
  }

  private static Books books(Accounts accounts) {
    return new Books(accounts, Optional.empty(), Map.of());
  }

  private static Accounts accounts(Map<String, Account> given) {
    return Accounts.of(given, Optional.empty());
  }

  @Test
  void anEntryOfEachLocationAndDayIsDatedOnTheDay() {
    assertThat(write(JournalFormat.PLAIN, accounts(Map.of()), Optional.empty()))
        .containsExactly(
            "journal_no,journal_date,practice_id,location_id,account_code,account_name,debit,"
                + "credit,memo",
            AUSTIN + ",2026-03-31,glow,austin,,Cash on hand,,8.00,Cash received",
            AUSTIN + ",2026-03-31,glow,austin,,Retail revenue,8.00,,Retail",
            WACO + ",2026-03-31,glow,waco,,Card clearing,1210.50,,Card payments",
            WACO + ",2026-03-31,glow,waco,,Service revenue,,1210.50,Services",
            WACO_LATER + ",2026-04-02,glow,waco,,Card clearing,,10.50,Card payments",
            WACO_LATER + ",2026-04-02,glow,waco,,Client receivables,10.50,,Billed");
  }

  @Test
  void theNumberOfAnEntryStaysWhenALocationIsAdded() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO locations VALUES ('glow', 'abilene', 'Abilene')");
      statement.execute(
          "INSERT INTO journal_daily SELECT * REPLACE ('abilene' AS location_id) FROM"
              + " journal_daily WHERE location_id = 'waco'");
    }
    assertThat(write(JournalFormat.PLAIN, accounts(Map.of()), Optional.empty()))
        .anyMatch(line -> line.startsWith(AUSTIN + ",2026-03-31,glow,austin"))
        .anyMatch(line -> line.startsWith(WACO + ",2026-03-31,glow,waco"))
        .hasSize(11);
  }

  @Test
  void daysAreAddedUpToOneEntryOfTheirLastDay() {
    assertThat(
            write(
                request(
                    "glow",
                    Optional.of("waco"),
                    WEEK,
                    true,
                    JournalFormat.PLAIN,
                    accounts(Map.of()))))
        .containsExactly(
            "journal_no,journal_date,practice_id,location_id,account_code,account_name,debit,"
                + "credit,memo",
            TOTAL + ",2026-04-05,glow,waco,,Card clearing,1200.00,,Card payments",
            TOTAL + ",2026-04-05,glow,waco,,Client receivables,10.50,,Billed",
            TOTAL + ",2026-04-05,glow,waco,,Service revenue,,1210.50,Services");
  }

  @Test
  void locationsOfWhichAWeekDidNotArriveAreNamedWithWhatIsMissing() {
    Accounts usual = accounts(Map.of());
    LocalDate before = WEEK.minusWeeks(1);
    try (WarehouseQuery warehouse = open()) {
      assertThat(
              Journal.untold(
                  warehouse,
                  request("glow", Optional.empty(), before, false, JournalFormat.PLAIN, usual)))
          .containsExactly(
              "Austin (payments of the week of 2026-03-23)",
              "Waco (sales and payments of the week of 2026-03-23)");
      assertThat(
              Journal.untold(
                  warehouse,
                  new Journal.Request(
                      "glow",
                      Optional.of("waco"),
                      LocalDate.of(2026, 3, 29),
                      LocalDate.of(2026, 3, 29),
                      Journal.Scope.DAYS,
                      JournalFormat.PLAIN,
                      books(usual),
                      List.of())))
          .as("a day of the week, too")
          .containsExactly("Waco (sales and payments of the week of 2026-03-23)");
      for (String practice : List.of("glow", "other")) {
        LocalDate week = practice.equals("glow") ? WEEK : before;
        assertThat(
                Journal.untold(
                    warehouse,
                    request(practice, Optional.empty(), week, false, JournalFormat.PLAIN, usual)))
            .isEmpty();
      }
    }
  }

  @Test
  void whatWasSoldOrPaidInRejectedRowsIsNamed() {
    try (WarehouseQuery warehouse = open()) {
      Journal.Request week =
          request("glow", Optional.empty(), WEEK, false, JournalFormat.PLAIN, accounts(Map.of()));
      assertThat(Journal.rejected(warehouse, week))
          .as("what another delivery told is in an entry, and Austin's is of the week after")
          .containsExactly(
              "Waco (sales of 4594.90 in 2 rows, 1 of them without a readable amount)",
              "Waco (payments of 20.00 in 1 row)",
              "Waco on an unknown day (payments of 7.00 in 1 row)",
              "an unknown place (sales of 3.00 in 1 row)",
              "an unknown place on an unknown day (payments of 2.00 in 1 row)");
      assertThat(
              Journal.rejected(
                  warehouse,
                  request(
                      "glow",
                      Optional.of("austin"),
                      WEEK,
                      false,
                      JournalFormat.PLAIN,
                      accounts(Map.of()))))
          .as("what is of no known place may be of Austin")
          .containsExactly(
              "an unknown place (sales of 3.00 in 1 row)",
              "an unknown place on an unknown day (payments of 2.00 in 1 row)");
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
            WACO + ",03/31/2026,\"Bank:Card, pending\",1210.50,,Card payments,,Waco",
            WACO + ",03/31/2026,Owner's income,,1210.50,Services,,Waco",
            WACO_LATER + ",04/02/2026,\"Bank:Card, pending\",,10.50,Card payments,,Waco",
            // QuickBooks takes no receivable without a customer.
            WACO_LATER + ",04/02/2026,Client receivables,10.50,,Billed,Clients,Waco");
    own.put(
        "accounts_receivable",
        new Account("Owed", Optional.empty(), Optional.of("Walk-in clients")));
    assertThat(write(JournalFormat.QUICKBOOKS, accounts(own), Optional.of("waco")))
        .contains(WACO_LATER + ",04/02/2026,Owed,10.50,,Billed,Walk-in clients,Waco");
  }

  @Test
  void xeroGetsCodesAndSignedAmounts() {
    Map<String, Account> own = new LinkedHashMap<>();
    own.put("card_clearing", new Account("Card", Optional.of("610")));
    own.put("service_revenue", new Account("Income", Optional.of("200")));
    own.put("accounts_receivable", new Account("Owed", Optional.of("620")));

    assertThat(
            write(
                JournalFormat.XERO,
                Accounts.of(own, Optional.of("No Tax (0%)")),
                Optional.of("waco")))
        .startsWith(
            "*Narration,*Date,Description,*AccountCode,*TaxRate,*Amount,TrackingName1,"
                + "TrackingOption1,TrackingName2,TrackingOption2",
            "Waco " + WACO + ",31/03/2026,Card payments,610,No Tax (0%),1210.50,,,,",
            "Waco " + WACO + ",31/03/2026,Services,200,No Tax (0%),-1210.50,,,,")
        .hasSize(5);
    assertThat(
            write(
                JournalFormat.XERO,
                Accounts.of(own, Optional.empty(), Optional.of("Site")),
                Optional.of("waco")))
        .contains("Waco " + WACO + ",31/03/2026,Services,200,Tax Exempt,-1210.50,Site,Waco,,");
  }

  @Test
  void bothFilesKeepTheRulesOfTheirImports() {
    Map<String, Account> own = new LinkedHashMap<>();
    for (String id : List.of("cash", "card_clearing", "retail_revenue", "service_revenue")) {
      own.put(id, new Account("Account, " + id, Optional.of("10" + own.size())));
    }
    own.put("accounts_receivable", new Account("Owed", Optional.of("620")));
    for (boolean isTotal : new boolean[] {false, true}) {
      assertThat(
              ImportRules.brokenForQuickBooks(
                  write(
                      request(
                          "glow",
                          Optional.empty(),
                          WEEK,
                          isTotal,
                          JournalFormat.QUICKBOOKS,
                          accounts(own))),
                  Set.of("Owed")))
          .isEmpty();
      assertThat(
              ImportRules.brokenForXero(
                  write(
                      request(
                          "glow",
                          Optional.empty(),
                          WEEK,
                          isTotal,
                          JournalFormat.XERO,
                          Accounts.of(own, Optional.empty(), Optional.of("Site"))))))
          .isEmpty();
    }
  }

  @Test
  void aFileForXeroHasNoMoreThan300LinesAndWholeEntries() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO journal_daily SELECT 'glow', 'waco', DATE '2026-01-01' + CAST(d AS INTEGER),"
              + " position, 'cash', 'Cash', CASE WHEN position = 1 THEN 8 END, CASE WHEN position > 1"
              + " THEN 1 END FROM range(40) a (d), range(1, 10) b (position)");
    }
    Map<String, Account> own = Map.of("cash", new Account("Cash", Optional.of("100")));
    Journal.Request request =
        new Journal.Request(
            "glow",
            Optional.empty(),
            LocalDate.of(2026, 1, 1),
            LocalDate.of(2026, 2, 28),
            Journal.Scope.DAYS,
            JournalFormat.XERO,
            books(accounts(own)),
            List.of());
    try (WarehouseQuery warehouse = open()) {
      List<Journal.Part> parts = Journal.write(warehouse, request).parts();
      assertThat(parts).extracting(Journal.Part::lines).containsExactly(297L, 63L);
      for (Journal.Part part : parts) {
        assertThat(part.csv().lines().skip(1)).hasSize((int) part.lines());
        assertThat(ImportRules.brokenForXero(part.csv().lines().toList()))
            .as("entries stay whole, so that each balances")
            .isEmpty();
      }
    }
  }

  private Journal.Written issue(
      Journal.Scope scope, Optional<LocalDate> closed, List<ExportedEntry> exported) {
    return issue(WEEK, WEEK.plusDays(6), scope, closed, exported);
  }

  private Journal.Written issue(
      LocalDate from,
      LocalDate to,
      Journal.Scope scope,
      Optional<LocalDate> closed,
      List<ExportedEntry> exported) {
    return issue(from, to, scope, closed, exported, Optional.of("waco"), OPENINGS);
  }

  private Journal.Written issue(
      LocalDate from,
      LocalDate to,
      Journal.Scope scope,
      Optional<LocalDate> closed,
      List<ExportedEntry> exported,
      Optional<String> location,
      Map<String, Books.Opening> openings) {
    try (WarehouseQuery warehouse = open()) {
      return Journal.write(
          warehouse,
          new Journal.Request(
              "glow",
              location,
              from,
              to,
              scope,
              JournalFormat.PLAIN,
              new Books(accounts(Map.of()), closed, openings),
              exported));
    }
  }

  private static List<ExportedEntry> exported(Journal.Written written) {
    return written.entries().stream()
        .map(entry -> new ExportedEntry(entry, Instant.parse("2026-04-06T08:00:00Z")))
        .toList();
  }

  private static List<String> lines(Journal.Written written) {
    return written.parts().get(0).csv().lines().skip(1).toList();
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Two more by card on 31 March, in a file that came after the export. */
  private void restate() throws Exception {
    execute(
        "UPDATE journal_daily SET debit = debit + 2 WHERE date = DATE '2026-03-31' AND location_id ="
            + " 'waco' AND account = 'card_clearing'");
    execute(
        "UPDATE journal_daily SET credit = credit + 2 WHERE date = DATE '2026-03-31' AND location_id ="
            + " 'waco' AND account = 'service_revenue'");
    execute(
        "INSERT INTO ingest_files VALUES ('f1', 'glow', 'card', 'payments', 'exports/march.csv',"
            + " TIMESTAMPTZ '2026-04-01 00:00:00Z', 0), ('f2', 'glow', 'card', 'payments',"
            + " 'exports/april.csv', TIMESTAMPTZ '2026-04-09 00:00:00Z', 0), ('f3', 'glow', 'card',"
            + " 'payments', 'exports/other.csv', TIMESTAMPTZ '2026-04-10 00:00:00Z', 0)");
    execute(
        "INSERT INTO payments VALUES ('glow', 'waco', 's1', DATE '2026-03-31', 'f1'), ('glow',"
            + " 'waco', 's2', DATE '2026-03-31', 'f2'), ('glow', 'waco', 's3', DATE '2026-04-02',"
            + " 'f3')");
  }

  @Test
  void whatWasExportedIsNotIssuedAgainAndARestatedDayIsAdjusted() throws Exception {
    List<ExportedEntry> books =
        new ArrayList<>(exported(issue(Journal.Scope.DAYS, Optional.empty(), List.of())));
    assertThat(books).hasSize(2);
    Journal.Written unchanged = issue(Journal.Scope.DAYS, Optional.empty(), books);
    assertThat(unchanged.entries()).isEmpty();
    assertThat(unchanged.parts()).isEmpty();
    assertThat(unchanged.unchanged()).isEqualTo(2);

    restate();
    Journal.Written adjusted = issue(Journal.Scope.DAYS, Optional.empty(), books);
    String number = "A260331-1-" + WACO.substring(8);
    String memo = ",Adjusts " + WACO + ": exports/april.csv";
    assertThat(lines(adjusted))
        .as("the difference, dated on the day, with what it adjusts and the file that came since")
        .containsExactly(
            number + ",2026-03-31,glow,waco,,Card clearing,2.00," + memo,
            number + ",2026-03-31,glow,waco,,Service revenue,,2.00" + memo);
    assertThat(issue(Journal.Scope.ADJUSTMENTS, Optional.empty(), books).entries())
        .isEqualTo(adjusted.entries());
    try (WarehouseQuery warehouse = open()) {
      assertThat(
              Journal.changed(
                  warehouse,
                  new Journal.Request(
                      "glow",
                      Optional.empty(),
                      WEEK,
                      WEEK.plusDays(6),
                      Journal.Scope.DAYS,
                      JournalFormat.PLAIN,
                      books(accounts(Map.of())),
                      books)))
          .isEqualTo(1);
    }
    assertThat(lines(issue(Journal.Scope.AGAIN, Optional.empty(), books)))
        .as("what was exported, as it was")
        .contains(WACO + ",2026-03-31,glow,waco,,Card clearing,1210.50,,Card payments");

    books.addAll(exported(adjusted));
    assertThat(issue(Journal.Scope.DAYS, Optional.empty(), books).unchanged()).isEqualTo(2);
    restate();
    assertThat(issue(Journal.Scope.ADJUSTMENTS, Optional.empty(), books).entries())
        .extracting(JournalEntry::number)
        .containsExactly("A260331-2-" + WACO.substring(8));
  }

  @Test
  void nothingIsDatedWithinClosedBooks() throws Exception {
    List<ExportedEntry> books = exported(issue(Journal.Scope.DAYS, Optional.empty(), List.of()));
    restate();
    Journal.Written adjusted =
        issue(Journal.Scope.DAYS, Optional.of(LocalDate.of(2026, 3, 31)), books);
    assertThat(lines(adjusted))
        .first()
        .asString()
        .startsWith("A260331-1-" + WACO.substring(8) + ",2026-04-01,glow,waco,,Card clearing,2.00,")
        .endsWith("exports/april.csv of 2026-03-31");
    assertThat(
            issue(Journal.Scope.DAYS, Optional.of(LocalDate.of(2026, 4, 5)), List.of()).entries())
        .allSatisfy(entry -> assertThat(entry.date()).isEqualTo(LocalDate.of(2026, 4, 6)))
        .extracting(JournalEntry::number)
        .containsExactly(WACO, WACO_LATER);
  }

  @Test
  void daysThatWereExportedAsOneEntryStayOne() throws Exception {
    List<ExportedEntry> books = exported(issue(Journal.Scope.TOTAL, Optional.empty(), List.of()));
    assertThat(books).extracting(one -> one.entry().number()).containsExactly(TOTAL);
    assertThat(issue(Journal.Scope.DAYS, Optional.empty(), books).unchanged()).isEqualTo(1);
    restate();
    assertThat(issue(Journal.Scope.DAYS, Optional.empty(), books).entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.adjusts()).contains(TOTAL);
              assertThat(entry.date()).isEqualTo(WEEK.plusDays(6));
              assertThat(entry.number()).hasSizeLessThanOrEqualTo(21);
            });
    List<ExportedEntry> byDay = exported(issue(Journal.Scope.DAYS, Optional.empty(), List.of()));
    assertThatThrownBy(() -> issue(Journal.Scope.TOTAL, Optional.empty(), byDay))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Some of these days of waco were exported otherwise")
        .hasMessageContaining("leave --total out");
  }

  @Test
  void aDayKeepsTheNumberThatItWasExportedWithWhateverIsAskedFor() throws Exception {
    LocalDate day = LocalDate.of(2026, 3, 31);
    List<ExportedEntry> byDay =
        exported(issue(day, day, Journal.Scope.DAYS, Optional.empty(), List.of()));
    assertThat(byDay).extracting(one -> one.entry().number()).containsExactly(WACO);
    assertThat(issue(day, day, Journal.Scope.TOTAL, Optional.empty(), byDay))
        .satisfies(
            written -> {
              assertThat(written.entries()).isEmpty();
              assertThat(written.unchanged()).isEqualTo(1);
            });
    List<ExportedEntry> total =
        exported(issue(day, day, Journal.Scope.TOTAL, Optional.empty(), List.of()));
    assertThat(total).extracting(one -> one.entry().number().charAt(0)).containsExactly('T');
    restate();
    for (Journal.Scope scope : List.of(Journal.Scope.TOTAL, Journal.Scope.DAYS)) {
      for (List<ExportedEntry> books : List.of(byDay, total)) {
        assertThat(issue(day, day, scope, Optional.empty(), books).entries())
            .singleElement()
            .satisfies(
                entry -> assertThat(entry.adjusts()).contains(books.get(0).entry().number()));
      }
    }
  }

  @Test
  void aWeekThatIsNotToldAtTheMomentIsNotTakenBack() throws Exception {
    List<ExportedEntry> books = exported(issue(Journal.Scope.DAYS, Optional.empty(), List.of()));
    execute("DELETE FROM journal_daily WHERE location_id = 'waco'");
    assertThat(issue(Journal.Scope.DAYS, Optional.empty(), books).entries())
        .as("told, and nothing is left of it")
        .hasSize(2);
    execute("INSERT INTO untold_weeks VALUES ('glow', 'waco', DATE '2026-03-30', 'payments')");
    assertThat(issue(Journal.Scope.ADJUSTMENTS, Optional.empty(), books).entries()).isEmpty();
  }

  @Test
  void theMemoNamesWhatACountFoundMuchOf() throws Exception {
    execute(
        "INSERT INTO journal_daily VALUES ('glow', 'waco', DATE '2026-04-03', 24,"
            + " 'inventory_shrinkage', 'Shrinkage found by counts', 90, NULL), ('glow', 'waco', DATE"
            + " '2026-04-03', 25, 'inventory', 'Shrinkage found by counts', NULL, 90)");
    execute(
        "INSERT INTO count_differences VALUES ('glow', 'waco', 'BTX', DATE '2026-04-03', 120, true),"
            + " ('glow', 'waco', 'JUV', DATE '2026-04-03', -40, true), ('glow', 'waco', 'GEL', DATE"
            + " '2026-04-03', 10, false)");
    assertThat(lines(issue(Journal.Scope.DAYS, Optional.empty(), List.of())))
        .anyMatch(
            line ->
                line.endsWith(
                    ",Inventory shrinkage,90.00,,\"Shrinkage found by counts: BTX -120.00, JUV"
                        + " 40.00\""));
    assertThat(lines(issue(Journal.Scope.TOTAL, Optional.empty(), List.of())))
        .as("a total names none")
        .anyMatch(line -> line.endsWith(",Inventory shrinkage,90.00,,Shrinkage found by counts"));
  }

  @Test
  void theOpeningBalancesAreAnEntryThatBalances() {
    Journal.Written opening = issue(Journal.Scope.OPENING, Optional.empty(), List.of());
    String number = "O260228-" + Sha256.of("waco").substring(0, 7);
    assertThat(lines(opening))
        .containsExactly(
            number + ",2026-02-28,glow,waco,,Gift card liability,,250.00,Opening balance",
            number + ",2026-02-28,glow,waco,,Inventory,900.00,,Opening balance",
            number + ",2026-02-28,glow,waco,,Opening balance equity,,650.00,Opening balance");
    assertThat(issue(Journal.Scope.OPENING, Optional.empty(), exported(opening)).unchanged())
        .isEqualTo(1);
    // They are no day's that was exported.
    assertThat(issue(Journal.Scope.ADJUSTMENTS, Optional.empty(), exported(opening)).entries())
        .isEmpty();
  }

  private Journal.Written opening(
      Journal.Scope scope, List<ExportedEntry> exported, Map<String, Books.Opening> openings) {
    return issue(
        WEEK, WEEK.plusDays(6), scope, Optional.empty(), exported, Optional.of("waco"), openings);
  }

  private static Map<String, Books.Opening> openedOn(String day, String inventory) {
    return Map.of(
        "waco",
        new Books.Opening(
            LocalDate.parse(day),
            Map.of(
                "inventory",
                new BigDecimal(inventory),
                "gift_card_liability",
                new BigDecimal("250.00"))));
  }

  @Test
  void aLocationIsOpenedOnceAndWhatIsCorrectedOrTakenOutIsAdjusted() {
    List<ExportedEntry> books = exported(issue(Journal.Scope.OPENING, Optional.empty(), List.of()));
    String number = books.get(0).entry().number();

    assertThatThrownBy(
            () -> opening(Journal.Scope.OPENING, books, openedOn("2026-02-27", "900.00")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("were exported as those at the end of 2026-02-28")
        .hasMessageContaining("write `date: 2026-02-28` again");
    for (Journal.Scope scope : List.of(Journal.Scope.OPENING, Journal.Scope.ADJUSTMENTS)) {
      assertThat(lines(opening(scope, books, openedOn("2026-02-28", "910.00"))))
          .containsExactly(
              "A260228-1-"
                  + number.substring(8)
                  + ",2026-02-28,glow,waco,,Inventory,10.00,,Adjusts "
                  + number
                  + ": configuration",
              "A260228-1-"
                  + number.substring(8)
                  + ",2026-02-28,glow,waco,,Opening balance equity,,10.00,Adjusts "
                  + number
                  + ": configuration");
      assertThat(opening(scope, books, Map.of()).entries())
          .as("taken out of the configuration")
          .singleElement()
          .satisfies(
              entry ->
                  assertThat(entry.lines())
                      .extracting(JournalEntry.Line::amount)
                      .containsExactly(
                          new BigDecimal("250.00"),
                          new BigDecimal("-900.00"),
                          new BigDecimal("650.00")));
    }
  }

  @Test
  void noDayIsInTheOpeningBalancesAndInAnEntry() {
    List<ExportedEntry> days = exported(issue(Journal.Scope.DAYS, Optional.empty(), List.of()));
    assertThatThrownBy(() -> opening(Journal.Scope.OPENING, days, openedOn("2026-03-31", "900.00")))
        .hasMessageContaining("The days of waco from 2026-03-31 on were exported")
        .hasMessageContaining("at the end of 2026-03-30 or an earlier day");
    List<ExportedEntry> opened =
        exported(opening(Journal.Scope.OPENING, List.of(), openedOn("2026-03-31", "900.00")));
    assertThatThrownBy(() -> issue(Journal.Scope.DAYS, Optional.empty(), opened))
        .hasMessageContaining("The days of waco until 2026-03-31 are in its opening balances");
  }

  @Test
  void aLocationThatTheWarehouseDoesNotKnowIsLeftAndNamed() throws Exception {
    List<ExportedEntry> books =
        new ArrayList<>(exported(issue(Journal.Scope.DAYS, Optional.empty(), List.of())));
    books.addAll(exported(issue(Journal.Scope.OPENING, Optional.empty(), List.of())));
    execute("DELETE FROM locations WHERE location_id = 'waco'");
    execute("DELETE FROM journal_daily WHERE location_id = 'waco'");
    for (Journal.Scope scope : List.of(Journal.Scope.ADJUSTMENTS, Journal.Scope.OPENING)) {
      assertThat(issue(scope, Optional.empty(), books))
          .satisfies(
              written -> {
                assertThat(written.entries()).isEmpty();
                assertThat(written.unknown()).containsExactly("waco");
              });
    }
    assertThat(lines(issue(Journal.Scope.AGAIN, Optional.empty(), books)))
        .as("as it was")
        .contains(WACO + ",2026-03-31,glow,waco,,Card clearing,1210.50,,Card payments");
  }

  @Test
  void aLocationThatWasRenamedIsNotBookedTwice() throws Exception {
    List<ExportedEntry> books = exported(issue(Journal.Scope.DAYS, Optional.empty(), List.of()));
    execute("UPDATE locations SET location_id = 'waco-2' WHERE location_id = 'waco'");
    execute("UPDATE journal_daily SET location_id = 'waco-2' WHERE location_id = 'waco'");
    for (Optional<String> location : List.of(Optional.<String>empty(), Optional.of("waco-2"))) {
      assertThatThrownBy(
              () ->
                  issue(
                      WEEK,
                      WEEK.plusDays(6),
                      Journal.Scope.TOTAL,
                      Optional.empty(),
                      books,
                      location,
                      Map.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("give it back the id waco in medspa.yaml");
    }
    execute("UPDATE journal_daily SET debit = debit + 1, credit = credit + 1");
    assertThat(
            issue(
                    WEEK,
                    WEEK.plusDays(6),
                    Journal.Scope.DAYS,
                    Optional.empty(),
                    books,
                    Optional.of("waco-2"),
                    Map.of())
                .entries())
        .as("another place, which was named")
        .hasSize(2);
  }

  @Test
  void whatIsInTheBooksOfAnotherPracticeIsRefused() {
    Journal.Written written = issue(Journal.Scope.DAYS, Optional.empty(), List.of());
    assertThatThrownBy(
            () -> Journal.requireNoneElsewhere(written, Map.of("shine", exported(written))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("into the books of the practice shine")
        .hasMessageContaining("give it back that id");
    Journal.requireNoneElsewhere(
        written,
        Map.of("shine", exported(issue(Journal.Scope.OPENING, Optional.empty(), List.of()))));
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
