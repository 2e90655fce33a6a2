package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.kpi.KpiCatalogue;
import medspa.warehouse.measure.MeasureCatalogue;
import medspa.warehouse.relation.BuildOrder;
import medspa.warehouse.relation.Relations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each check is shown a warehouse that obeys it and, until it is undone, one that does not. */
class WarehouseChecksTest {
  private static final String PLACE = "'glow', 'austin', ";

  private static final Relations RELATIONS = Relations.load();
  private static final BuildOrder ORDER = BuildOrder.of(RELATIONS);

  @TempDir static Path directory;
  private static BuildConnection build;

  @BeforeAll
  static void aWarehouseThatObeysEveryCheck() throws Exception {
    build = BuildConnection.create(directory.resolve("new.duckdb"), directory.resolve("new.tmp"));
    build.together(() -> new WarehouseSchema(ORDER).create(build));
    new ConfiguredRows(build).insertCatalogue(KpiCatalogue.load());
    new ConfiguredRows(build).insertMeasures(MeasureCatalogue.load(), TableContracts.load());
    build.execute(
        "INSERT INTO locations BY NAME SELECT 'glow' AS practice_id, 'austin' AS location_id,"
            + " 'TX' AS region");
    build.execute("INSERT INTO computed VALUES ('2026-03-30', '2026-03-30', '2026-04-06')");
    build.execute(
        "INSERT INTO table_evidence SELECT 'glow', 'austin', unnest(['shifts', 'sale_lines', 'appointments'])");
    for (String provider : List.of("NULL", "'ann'")) {
      measure(provider, "bookable_seconds", "7200");
      measure(provider, "kept_seconds", "3600");
      measure(provider, "no_show_seconds", "600");
      measure(provider, "late_cancelled_seconds", "500");
      measure(provider, "unresolved_seconds", "400");
      measure(provider, "idle_seconds", "2100");
      measure(provider, "visits_attended", "3");
      measure(provider, "net_service", "100.10");
      measure(provider, "net_retail", "20.20");
      measure(provider, "net_fee", "3.30");
      measure(provider, "visits_due", "10");
      measure(provider, "visits_no_show", "3");
    }
    category("Laser", "net_service", "50.05");
    category("uncategorised", "net_service", "50.05");
    // The week's days: all on its first, but one cent on its last and one of the next week.
    build.execute(
        "UPDATE measures_daily SET amount = amount - 0.01 WHERE measure = 'net_fee' AND grain ="
            + " 'location'");
    build.execute(
        "INSERT INTO measures_daily VALUES ("
            + PLACE
            + "'location', NULL, DATE '2026-04-05', 'net_fee', 0.01), ("
            + PLACE
            + "'location', NULL, DATE '2026-04-06', 'net_fee', 9)");
  }

  @AfterAll
  static void close() throws Exception {
    build.close();
  }

  @BeforeEach
  void begin() throws Exception {
    build.execute("BEGIN TRANSACTION");
  }

  @AfterEach
  void undo() throws Exception {
    build.execute("ROLLBACK");
  }

  private static void measure(String provider, String measure, String amount) throws Exception {
    insert((provider.equals("NULL") ? "'location', " : "'provider', ") + provider, measure, amount);
  }

  /** A measure of the week, all of it on its first day. */
  private static void insert(String member, String measure, String amount) throws Exception {
    for (String table : List.of("measures_weekly", "measures_daily")) {
      build.execute(
          "INSERT INTO %s VALUES (%s%s, DATE '2026-03-30', '%s', %s)"
              .formatted(table, PLACE, member, measure, amount));
    }
  }

  private void compute() throws Exception {
    for (String name :
        List.of(
            "kpi_told",
            "kpi_sums",
            "kpi_availability",
            "kpi_rows",
            "kpi_weekly",
            "kpi_weekly_category",
            "kpi_weekly_zeros",
            "kpi_weekly_practice",
            "kpi_weekly_region",
            "kpi_daily")) {
      Derivation.fill(build, RELATIONS.relation(name));
    }
  }

  private void run() throws Exception {
    WarehouseChecks.run(build, ORDER, RELATIONS.checks());
  }

  private void assertFails(String check, String key) {
    assertThatThrownBy(this::run)
        .isInstanceOfSatisfying(
            CheckFailedException.class,
            e -> {
              assertThat(e.check()).isEqualTo(check);
              assertThat(e.keys()).anySatisfy(k -> assertThat(k).contains(key));
              assertThat(e).hasMessageContaining(check).hasMessageContaining(key);
            });
  }

  /**
   * That the publication stops, and that this check of the measures is among those that say why.
   */
  private void assertFinds(String check, String key) throws Exception {
    assertThatThrownBy(this::run).as(key).isInstanceOf(CheckFailedException.class);
    String query = RELATIONS.relation("measures_weekly").checks().get(check);
    assertThat(build.keys(query, 3)).anySatisfy(k -> assertThat(k).contains(key));
  }

  @Test
  void aSoundWarehousePasses() throws Exception {
    compute();

    assertThatCode(this::run).doesNotThrowAnyException();
  }

  @Test
  void aPublishedNumberOfAClosedWeekThatIsAnotherNowMustBeRestated() throws Exception {
    compute();
    build.execute(
        "INSERT INTO this_publication BY NAME SELECT 2 AS number, DATE '2026-03-30' AS last_week");
    build.execute(
        "INSERT INTO past_numbers BY NAME SELECT 1 AS publication, 'location' AS grain, *,"
            + " true AS is_published FROM (SELECT * EXCLUDE is_stable FROM kpi_weekly)");
    run();

    build.execute("UPDATE past_numbers SET numerator = numerator + 0.01 WHERE kpi = 'net_revenue'");
    assertFails("no_silent_drift", "kpi=net_revenue");
    build.execute(
        "INSERT INTO restatements BY NAME SELECT 2 AS publication, 'location' AS grain,"
            + " practice_id, location_id, week_start, kpi FROM kpi_weekly"
            + " WHERE kpi = 'net_revenue'");
    run();

    build.execute("UPDATE this_publication SET number = 3");
    assertFails("no_silent_drift", "kpi=net_revenue");
    build.execute("UPDATE this_publication SET last_week = DATE '2026-03-23'");
    run();
  }

  @Test
  void aSecondTooManyBreaksTheCapacityIdentity() throws Exception {
    build.execute(
        "UPDATE measures_weekly SET amount = amount + 1 WHERE measure = 'idle_seconds' AND"
            + " member_id = 'ann'");
    compute();

    assertFails("capacity_identity", "member_id=ann");
  }

  @Test
  void everyPartOfTheBookableTimeIsInTheCapacityIdentity() throws Exception {
    compute();
    for (String part : List.of("kept", "no_show", "late_cancelled", "unresolved", "idle")) {
      build.execute(
          "UPDATE measures_weekly SET amount = amount + 1 WHERE measure = '" + part + "_seconds'");
      assertFails("capacity_identity", "location_id=austin");
      build.execute(
          "UPDATE measures_weekly SET amount = amount - 1 WHERE measure = '" + part + "_seconds'");
    }
  }

  @Test
  void aCentThatNoProviderHasBreaksTheSumOverProviders() throws Exception {
    compute();
    for (String measure : List.of("net_service", "net_retail", "net_fee")) {
      String change = " WHERE grain = 'location' AND measure = '" + measure + "'";
      build.execute("UPDATE measures_weekly SET amount = amount + 0.01" + change);
      assertFinds("members_add_up", "measure=" + measure);
      build.execute("UPDATE measures_weekly SET amount = amount - 0.01" + change);
    }
  }

  @Test
  void providersWithoutTheirLocationDoNotAddUp() throws Exception {
    build.execute("DELETE FROM measures_weekly WHERE grain = 'location' AND measure = 'net_fee'");
    compute();

    assertFails("members_add_up", "measure=net_fee");
  }

  @Test
  void everyAdditiveMeasureOfTheProvidersAddsUpToTheLocation() throws Exception {
    compute();
    String measures =
        "overflow_seconds rows_booked overtime_seconds gross_service gross_retail gross_fee"
            + " discount_service discount_retail discount_fee lines_sold";
    for (String measure : measures.split(" ", -1)) {
      if (measure.endsWith("_service")) {
        category("Laser", measure, "5");
      }
      measure("'ann'", measure, "5");
      assertFinds("members_add_up", "measure=" + measure);
      measure("NULL", measure, "5");
      assertThatCode(this::run).doesNotThrowAnyException();
    }
  }

  private static void category(String category, String measure, String amount) throws Exception {
    insert("'category', '" + category + "'", measure, amount);
  }

  @Test
  void everyAmountOfServiceOfTheCategoriesAddsUpToTheLocation() throws Exception {
    compute();
    for (String measure : List.of("gross_service", "discount_service", "rows_timed")) {
      measure("NULL", measure, "5");
      measure("'ann'", measure, "5");
      assertFails("members_add_up", "measure=" + measure);
      category("Laser", measure, "2");
      category("uncategorised", measure, "3");
      assertThatCode(this::run).doesNotThrowAnyException();
    }
  }

  @Test
  void aCentThatNoCategoryHasBreaksTheSumOverCategories() throws Exception {
    compute();
    for (String table : List.of("measures_weekly", "measures_daily")) {
      build.execute("DELETE FROM " + table + " WHERE grain = 'category' AND member_id = 'Laser'");
    }
    assertFails("members_add_up", "measure=net_service");

    category("Laser", "net_service", "50.06");
    assertFails("members_add_up", "week_start=2026-03-30");
  }

  @Test
  void aRollUpThatIsNotTheSumOfItsLocationsIsFound() throws Exception {
    compute();
    for (String grain : List.of("practice", "region")) {
      String table = "kpi_weekly_" + grain;
      String rate = " WHERE kpi = 'no_show_rate'";
      for (String part : List.of("numerator", "denominator")) {
        build.execute("UPDATE " + table + " SET " + part + " = " + part + " + 1" + rate);
        assertFails("rollups_add_up", "grain=" + grain);
        build.execute("UPDATE " + table + " SET " + part + " = " + part + " - 1" + rate);
      }
      build.execute("CREATE TEMP TABLE kept AS FROM " + table + rate);
      build.execute("DELETE FROM " + table + rate);
      assertFails("rollups_add_up", "kpi=no_show_rate");
      build.execute("INSERT INTO " + table + " FROM kept");
      build.execute("DROP TABLE kept");
      assertThatCode(this::run).doesNotThrowAnyException();
    }
    build.execute("UPDATE kpi_weekly SET numerator = numerator + 0.01 WHERE kpi = 'net_revenue'");
    build.execute("UPDATE kpi_daily SET numerator = numerator + 0.01 WHERE date = '2026-04-05'");
    assertFails("rollups_add_up", "kpi=net_revenue");
  }

  @Test
  void aWeekThatIsNotTheSumOfItsDaysIsFoundAtEveryGrain() throws Exception {
    compute();
    for (String place : List.of("grain = 'location'", "member_id = 'ann'", "member_id = 'Laser'")) {
      build.execute(
          "UPDATE measures_daily SET amount = amount + 1 WHERE measure = 'net_service' AND "
              + place);
      assertFails("weeks_have_their_days", "measure=net_service");
      build.execute(
          "UPDATE measures_daily SET amount = amount - 1 WHERE measure = 'net_service' AND "
              + place);
      assertThatCode(this::run).doesNotThrowAnyException();
    }
  }

  @Test
  void monthsThatAreNotTheirWeeksAreFound() throws Exception {
    compute();
    build.execute(
        "INSERT INTO periods BY NAME SELECT 'month' AS calendar, period_start, last_day AS"
            + " period_end, first_day, last_day, 2026 AS year, month(period_start) AS number, false"
            + " AS is_whole FROM (VALUES (DATE '2026-03-01', DATE '2026-03-30', DATE '2026-03-31'),"
            + " (DATE '2026-04-01', DATE '2026-04-01', DATE '2026-04-05')) p (period_start,"
            + " first_day, last_day)");
    for (String name :
        List.of(
            "dates",
            "period_days",
            "stock_monthly",
            "kpi_monthly_rows",
            "kpi_monthly",
            "kpi_monthly_category",
            "kpi_monthly_practice",
            "kpi_monthly_region")) {
      Derivation.fill(build, RELATIONS.relation(name));
    }
    assertThatCode(this::run).doesNotThrowAnyException();
    for (String table : List.of("kpi_monthly", "kpi_monthly_category", "kpi_monthly_practice")) {
      String revenue = " WHERE kpi = 'net_revenue' AND period_start = DATE '2026-03-01'";
      build.execute("UPDATE " + table + " SET numerator = numerator + 0.01" + revenue);
      assertFails("months_have_their_days", "kpi=net_revenue");
      build.execute("UPDATE " + table + " SET numerator = numerator - 0.01" + revenue);
      assertThatCode(this::run).doesNotThrowAnyException();
    }
    // A day in the month beside it leaves all sums alike.
    for (String table : List.of("kpi_monthly", "kpi_monthly_category", "kpi_monthly_practice")) {
      String moved =
          "UPDATE "
              + table
              + " SET numerator = numerator + %s * (CASE period_start WHEN DATE '2026-03-01' THEN 1 ELSE"
              + " -1 END) WHERE kpi = 'net_revenue'";
      build.execute(moved.formatted("0.01"));
      assertFails("months_have_their_days", "kpi=net_revenue");
      build.execute(moved.formatted("-0.01"));
      assertThatCode(this::run).doesNotThrowAnyException();
    }
    build.execute("DELETE FROM kpi_monthly_region WHERE kpi = 'no_show_rate'");
    assertFails("weeks_and_months_agree", "kpi=no_show_rate");
  }

  @Test
  void aDayOfTheBridgeThatIsInNoMonthOrInAnotherIsFound() throws Exception {
    compute();
    build.execute(
        "INSERT INTO periods BY NAME SELECT 'month' AS calendar, DATE '2026-04-01' AS period_start,"
            + " DATE '2026-04-30' AS period_end, DATE '2026-04-01' AS first_day, DATE '2026-04-05' AS"
            + " last_day, 2026 AS year, 4 AS number, false AS is_whole");
    String day =
        "INSERT INTO revenue_bridge_daily BY NAME SELECT 'glow' AS practice_id, 'austin' AS"
            + " location_id, DATE '%s' AS date, 20 AS billed, 2 AS tax, 18 AS revenue_service";
    build.execute(day.formatted("2026-04-01"));
    build.execute(day.formatted("2026-04-02"));
    // Before the first computed day it is in no month.
    build.execute(day.formatted("2026-03-29"));
    assertFails("months_of_the_bridge_have_their_days", "period_start=2026-04-01, item=billed");

    build.execute(
        "INSERT INTO revenue_bridge_monthly BY NAME SELECT 'glow' AS practice_id, 'austin' AS"
            + " location_id, 'month' AS calendar, DATE '2026-04-01' AS period_start, 40 AS billed, 4 AS"
            + " tax, 36 AS revenue_service, NULL AS paid_without_receipt");
    build.execute(
        "INSERT INTO sales_tax_monthly BY NAME SELECT 'glow' AS practice_id, 'austin' AS location_id,"
            + " 'month' AS calendar, DATE '2026-04-01' AS period_start, 'service' AS kind, 0.1 AS rate,"
            + " 4 AS tax_collected, 0 AS tax_refunded");
    for (String column : List.of("billed", "revenue_service")) {
      build.execute("UPDATE revenue_bridge_monthly SET " + column + " = " + column + " + 0.01");
      assertFails("months_of_the_bridge_have_their_days", "item=" + column);
      build.execute("UPDATE revenue_bridge_monthly SET " + column + " = " + column + " - 0.01");
    }
  }

  @Test
  void taxTipsAndDifferencesOfCountsThatAreNotThoseOfTheBooksAreFound() throws Exception {
    compute();
    build.execute(
        "INSERT INTO sales_tax_monthly BY NAME SELECT 'glow' AS practice_id, 'austin' AS location_id,"
            + " 'month' AS calendar, DATE '2026-04-01' AS period_start, 'retail' AS kind, 0.08 AS rate,"
            + " 8 AS tax_collected, -1 AS tax_refunded");
    assertFails("tax_is_that_of_the_bridge", "period_start=2026-04-01");
    build.execute("DELETE FROM sales_tax_monthly");
    build.execute(
        "INSERT INTO tips_daily BY NAME SELECT 'glow' AS practice_id, 'austin' AS location_id, DATE"
            + " '2026-04-01' AS date, 'ann' AS provider_id, 8 AS tips, 0 AS tips_returned");
    assertFails("tips_are_those_of_the_bridge", "date=2026-04-01");
    build.execute("DELETE FROM tips_daily");
    build.execute(
        "INSERT INTO count_differences BY NAME SELECT 'glow' AS practice_id, 'austin' AS location_id,"
            + " DATE '2026-04-01' AS date, 'BTX' AS product_id, 8 AS cost");
    assertFails("differences_are_shrinkage", "date=2026-04-01");
  }

  @Test
  void aDayWithoutStockThatItsWeekDoesNotHaveIsFound() throws Exception {
    compute();
    build.execute(
        "INSERT INTO stock_weekly BY NAME SELECT 'glow' AS practice_id, 'austin' AS location_id,"
            + " 'BTX' AS product_id, DATE '2026-03-30' AS week_start, 1 AS stockout_days, true AS"
            + " is_in_use");
    assertFails("stockouts_are_those_of_the_weeks", "product_id=BTX");
    String day =
        "INSERT INTO stockouts BY NAME SELECT 'glow' AS practice_id, 'austin' AS location_id, 'BTX'"
            + " AS product_id, DATE '%s' AS date, DATE '2026-03-30' AS week_start";
    build.execute(day.formatted("2026-04-03"));
    build.execute(day.formatted("2026-04-04"));
    assertFails("stockouts_are_those_of_the_weeks", "week_start=2026-03-30");
  }

  @Test
  void daysThatAreNotTheirWeekAreFoundUpToTheLastComputedWeek() throws Exception {
    compute();
    // The running week is in the days and in no week yet.
    assertThatCode(this::run).doesNotThrowAnyException();
    for (String change :
        List.of(
            "numerator = numerator + 0.01 WHERE kpi = 'net_revenue' AND category IS NULL AND date ="
                + " '2026-04-05'",
            "numerator = numerator + 0.01 WHERE kpi = 'net_revenue' AND category = 'Laser'",
            "denominator = denominator - 1 WHERE kpi = 'no_show_rate'",
            "date = date + 7 WHERE kpi = 'no_show_rate'")) {
      build.execute("CREATE TEMP TABLE kept AS FROM kpi_daily");
      build.execute("UPDATE kpi_daily SET " + change);
      assertFails("days_add_up", "location_id=austin");
      build.execute("DELETE FROM kpi_daily");
      build.execute("INSERT INTO kpi_daily FROM kept");
      build.execute("DROP TABLE kept");
    }
  }

  @Test
  void revenuePerHourThatIsNotFillTimesRevenuePerTreatedHourIsFound() throws Exception {
    compute();
    for (String change :
        List.of(
            "numerator = numerator + 0.0001 WHERE kpi = 'revenue_per_provider_hour'",
            "denominator = denominator + 1 WHERE kpi = 'fill_rate'",
            "denominator = denominator + 1 WHERE kpi = 'revenue_per_treated_hour'")) {
      build.execute("CREATE TEMP TABLE kept_sums AS FROM kpi_sums");
      build.execute("UPDATE kpi_sums SET " + change);
      assertFails("revenue_per_provider_hour_identity", "week_start=2026-03-30");
      build.execute("CREATE OR REPLACE TEMP TABLE kpi_sums AS FROM kept_sums");
      build.execute("DROP TABLE kept_sums");
    }
  }

  @Test
  void aDefinitionThatDriftsFromTheIdentityIsFound() throws Exception {
    // Revenue per hour with retail in it is another number than fill rate × per treated hour.
    build.execute(
        "INSERT INTO kpi_measures VALUES ('revenue_per_provider_hour', 'numerator', 'net_retail', 1, 1)");
    compute();

    assertFails("revenue_per_provider_hour_identity", "location_id=austin");
  }

  @Test
  void aMeasureThatStandsTwiceIsFoundBeforeItIsAddedTwice() throws Exception {
    measure("NULL", "receipts", "1");
    measure("NULL", "receipts", "1");
    compute();

    assertFails("business_key_unique", "measure=receipts");
    assertThatThrownBy(this::run).hasMessageContaining("for measures_weekly");
  }

  @Test
  void aBusinessKeyThatStandsTwiceIsFound() throws Exception {
    compute();
    for (int i = 0; i < 2; i++) {
      build.execute(
          "INSERT INTO sale_lines BY NAME SELECT 'glow' AS practice_id, 'austin' AS location_id,"
              + " 's1' AS sale_id, '"
              + i
              + "' AS line_id");
      build.execute(
          "INSERT INTO products BY NAME SELECT 'p" + i + "' AS practice_id, 'BTX' AS product_id");
    }
    assertThatCode(this::run).doesNotThrowAnyException();

    build.execute("INSERT INTO products BY NAME SELECT 'p1' AS practice_id, 'BTX' AS product_id");
    assertFails("business_key_unique", "practice_id=p1, product_id=BTX");
    assertThatThrownBy(this::run).hasMessageContaining("for products");
  }

  private void bridge(String changed, String amount) throws Exception {
    build.execute("DELETE FROM revenue_bridge_weekly");
    build.execute(
        "INSERT INTO revenue_bridge_weekly BY NAME SELECT 'glow' AS practice_id, 'austin' AS"
            + " location_id, DATE '2026-03-30' AS week_start, 150.10 AS cash_collected, 0 AS"
            + " redeemed_gift_card, 10 AS redeemed_package, 0 AS redeemed_membership, 0 AS"
            + " redeemed_account_credit, 5 AS paid_of_other_weeks, 1 AS paid_without_receipt, 20"
            + " AS unpaid_at_week_end, 174.10 AS billed, 9.50 AS tax, 1 AS tips, 163.60 AS sales,"
            + " 40 AS sold_package, 0 AS sold_membership, 0 AS sold_gift_card, 0 AS sold_deposit,"
            + " 123.60 AS recognised_revenue");
    build.execute("UPDATE revenue_bridge_weekly SET " + changed + " = " + changed + " + " + amount);
    build.execute("DELETE FROM stored_value_weekly");
    build.execute(
        "INSERT INTO stored_value_weekly BY NAME SELECT 'glow' AS practice_id, 'austin' AS"
            + " location_id, DATE '2026-03-30' AS week_start, 'package' AS kind, 0 AS opening, 40"
            + " AS sold, 10 AS redeemed, 0 AS refunded, 0 AS expired, 30 AS closing");
  }

  @Test
  void aCentThatIsLostBetweenCashAndRevenueIsFound() throws Exception {
    compute();
    bridge("billed", "0");
    assertThatCode(this::run).doesNotThrowAnyException();

    for (String column :
        List.of("cash_collected", "unpaid_at_week_end", "billed", "tips", "sales", "tax")) {
      bridge(column, "0.01");
      assertFails("revenue_bridge_closes", "week_start=2026-03-30");
    }
    // Adds up, and is not the revenue that is published.
    bridge("recognised_revenue", "0.01");
    build.execute("UPDATE revenue_bridge_weekly SET sales = sales + 0.01, tips = tips - 0.01");
    assertFails("revenue_bridge_closes", "location_id=austin");
  }

  @Test
  void storedValueThatDoesNotRollForwardIsFound() throws Exception {
    compute();
    for (String column : List.of("opening", "sold", "redeemed", "refunded", "expired", "closing")) {
      bridge("billed", "0");
      build.execute("UPDATE stored_value_weekly SET " + column + " = " + column + " + 0.01");
      assertFails("stored_value_rolls_forward", "kind=package");
    }
    // Rolls forward by itself, and says something else than the bridge.
    bridge("billed", "0");
    build.execute("UPDATE stored_value_weekly SET sold = sold + 1, closing = closing + 1");
    assertFails("stored_value_rolls_forward", "week_start=2026-03-30");
    // A week is missing in between.
    bridge("billed", "0");
    build.execute(
        "INSERT INTO stored_value_weekly BY NAME SELECT * REPLACE (week_start + 14 AS week_start,"
            + " 30 AS opening, 0 AS sold, 0 AS redeemed) FROM stored_value_weekly");
    assertFails("stored_value_rolls_forward", "week_start=2026-04-13");
  }

  @Test
  void aJournalThatDoesNotBalanceIsFound() throws Exception {
    compute();
    build.execute(
        "INSERT INTO journal_daily BY NAME SELECT 'glow' AS practice_id, 'austin' AS location_id,"
            + " DATE '2026-03-30' AS date, unnest([1, 2]) AS position, 'cash' AS account");
    build.execute("UPDATE journal_daily SET debit = 5 WHERE position = 1");
    build.execute("UPDATE journal_daily SET credit = 5 WHERE position = 2");
    assertThatCode(this::run).doesNotThrowAnyException();

    build.execute("UPDATE journal_daily SET credit = 5.01 WHERE position = 2");
    assertFails("journal_balances", "location_id=austin");

    build.execute("UPDATE journal_daily SET credit = 5, account = 'rounding' WHERE position = 2");
    assertFails("journal_balances", "location_id=austin");
  }

  @Test
  void aFileWhoseRowsDoNotAddUpIsFound() throws Exception {
    compute();
    String insert =
        "INSERT INTO ingest_files BY NAME SELECT '%s' AS source_file_id, 'shifts' AS table_name, 10"
            + " AS rows_read, 6 AS rows_accepted, 1 AS rows_duplicate, 2 AS rows_superseded, %d AS"
            + " rows_rejected";
    build.execute(String.format(java.util.Locale.ROOT, insert, "good", 1));
    assertThatCode(this::run).doesNotThrowAnyException();

    build.execute(String.format(java.util.Locale.ROOT, insert, "bad", 0));
    assertFails("rows_read_add_up", "source_file_id=bad");
  }

  @Test
  void aKpiRowWithoutItsDefinitionIsFound() throws Exception {
    compute();
    build.execute("UPDATE kpi_definitions SET version = 2 WHERE kpi = 'fill_rate'");
    assertFails("kpi_has_definition", "kpi=fill_rate, definition_version=1");

    build.execute("UPDATE kpi_definitions SET version = 1 WHERE kpi = 'fill_rate'");
    build.execute("INSERT INTO kpi_benchmark BY NAME SELECT 'made_up' AS kpi");
    assertFails("kpi_has_definition", "kpi=made_up");
  }

  @Test
  void noMoreThanThreeKeysAreTold() throws Exception {
    compute();
    for (int i = 0; i < 5; i++) {
      build.execute("INSERT INTO kpi_benchmark BY NAME SELECT 'made_up_" + i + "' AS kpi");
    }
    assertThatThrownBy(this::run)
        .isInstanceOfSatisfying(CheckFailedException.class, e -> assertThat(e.keys()).hasSize(3));
  }
}
