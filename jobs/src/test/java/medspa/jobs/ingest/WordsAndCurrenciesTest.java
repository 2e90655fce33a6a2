package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import medspa.warehouse.lake.Batch.Delivery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a source adds to its mapping: the workspace's currency and words of its own. */
class WordsAndCurrenciesTest {
  private static final String PAYMENT = "payment_id,location_id,sale_id,paid_at,tender,amount";
  private static final Currency DOLLAR = Currency.getInstance("USD");

  private static final String API_ORDER =
      """
      {"id": "O1", "location_id": "L1", "state": "COMPLETED", "closed_at": "2026-06-02T15:00:00Z", \
      "total_money": {"amount": 12345, "currency": "%1$s"}, "line_items": [{"uid": "U1", "name": \
      "Facial", "quantity": "1", "total_money": {"amount": 12345, "currency": "%1$s"}, \
      "total_tax_money": {"amount": 345, "currency": "%1$s"}}]}""";

  @TempDir Path directory;

  private IngestFixture payments(String... rows) throws Exception {
    return new IngestFixture(directory)
        .builtIn("payments", "glow", Delivery.UPSERT)
        .file("payments.csv", rows);
  }

  private static IngestFixture with(
      IngestFixture fixture, Currency currency, Map<String, Map<String, String>> words) {
    return fixture.last(
        s ->
            new Source(
                s.name(),
                s.practiceId(),
                s.mapping().as(currency, words),
                s.from(),
                s.location(),
                s.locations(),
                s.ownDelivery(),
                s.encoding(),
                s.params(),
                s.lookups(),
                s.safeguards(),
                s.ownClientScope()));
  }

  @Test
  void aRowOfTheBuiltInFormatInAnotherCurrencyIsRejected() throws Exception {
    IngestFixture fixture =
        payments(
            PAYMENT + ",currency",
            "P1,austin,S1,2026-06-01T09:00,cash,10,USD",
            "P2,austin,S1,2026-06-01T09:00,cash,10,usd ",
            "P3,austin,S1,2026-06-01T09:00,cash,10,",
            "P4,austin,S1,2026-06-01T09:00,cash,10,EUR");

    assertThat(fixture.ingest("0.5").refused()).isEmpty();
    assertThat(fixture.rows("payments", "SELECT payment_id FROM rows"))
        .containsExactly("P1", "P2", "P3");
    assertThat(fixture.rejected()).containsExactly("5 amount other_currency");
  }

  @Test
  void aFileInAnotherCurrencyIsRefusedWithTheSettingThatHelps() throws Exception {
    IngestFixture fixture =
        payments(PAYMENT + ",currency", "P1,austin,S1,2026-06-01T09:00,cash,10,EUR");

    assertThat(fixture.ingest().refused())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.message()).contains("other_currency");
              assertThat(file.nextStep()).contains("`currency:` of the workspace");
            });
  }

  @Test
  void anotherCurrencyOfTheWorkspaceReadsTheFileAgain() throws Exception {
    IngestFixture fixture =
        payments(PAYMENT + ",currency", "P1,austin,S1,2026-06-01T09:00,cash,10,EUR");
    fixture.ingest("1");
    assertThat(fixture.rejected()).isNotEmpty();

    with(fixture, Currency.getInstance("EUR"), Map.of()).ingest();
    assertThat(fixture.rejected()).isEmpty();
    assertThat(fixture.rows("payments", "SELECT payment_id FROM rows")).containsExactly("P1");
  }

  @ParameterizedTest
  @CsvSource({"USD, 120.0000|3.4500", "JPY, 12000.0000|345.0000", "KWD, 12.0000|0.3450"})
  void amountsInTheSmallestUnitHaveTheDecimalsOfTheirCurrency(String currency, String amounts)
      throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("orders", "square-api-orders", "orders*.jsonl", "austin")
            .file("orders-2026-06-03.jsonl", API_ORDER.formatted(currency));

    with(fixture, Currency.getInstance(currency), Map.of()).ingest();
    assertThat(fixture.rows("sale_lines", "SELECT gross_amount, tax_amount FROM rows"))
        .containsExactly(amounts);
  }

  @Test
  void anOrderOfTheApiInAnotherCurrencyIsRejected() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("orders", "square-api-orders", "orders*.jsonl", "austin")
            .file("orders-2026-06-03.jsonl", API_ORDER.formatted("JPY"));

    fixture.ingest("1");
    assertThat(fixture.rejected()).containsExactly("1 gross_amount other_currency");
  }

  @ParameterizedTest
  @CsvSource({"USD, $", "MXN, $", "GBP, £", "EUR, €", "JPY, ¥", "CHF, ''"})
  void anAmountWithTheSignOfAnotherCurrencyIsRejected(String currency, String sign)
      throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("items", "square-items-12", "items*.csv", "austin")
            .file(
                "items-2026-06-01-2026-06-08.csv",
                "Date,Time,Category,Item,Qty,Gross Sales,Discounts,Net Sales,Tax,Transaction ID",
                "2026-06-02,10:00:00,Face,Peel,1,$100.00,0,100.00,0,$",
                "2026-06-02,10:00:00,Face,Peel,1,£100.00,0,100.00,0,£",
                "2026-06-02,10:00:00,Face,Peel,1,¥100.00,0,100.00,0,¥",
                "2026-06-02,10:00:00,Face,Peel,1,€100.00,0,100.00,0,€",
                "2026-06-02,10:00:00,Face,Peel,1,100.00,0,100.00,0,none");

    with(fixture, Currency.getInstance(currency), Map.of()).ingest("1");
    assertThat(fixture.rows("sale_lines", "SELECT sale_id FROM rows"))
        .containsExactlyInAnyOrderElementsOf(
            sign.isEmpty() ? List.of("none") : List.of(sign, "none"));
  }

  @Test
  void aWordThatNoMappingKnowsIsRefusedWithTheSettingThatHelps() throws Exception {
    IngestFixture fixture = payments(PAYMENT, "P1,austin,S1,2026-06-01T09:00,Store scrip,10");

    assertThat(fixture.ingest().refused())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.column()).contains("tender");
              assertThat(file.nextStep()).contains("`words: {tender: {<their word>: <ours>}}`");
            });
    with(fixture, DOLLAR, Map.of("tender", Map.of("store SCRIP", "account_credit"))).ingest();
    assertThat(fixture.rows("payments", "SELECT tender FROM rows"))
        .containsExactly("account_credit");
  }

  @Test
  void aWordOfTheSourceIsKnownToTheSqlOfTheMapping() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("items", "square-items", "items*.csv", "austin")
            .file(
                "items-2026-06-03-2026-06-04.csv",
                "Date,Time,Time Zone,Category,Item,Qty,Gross Sales,Discounts,Net Sales,Tax,"
                    + "Transaction ID,Event Type,Itemization Type",
                "2026-06-03,10:00:00,Central Time (US & Canada),Face,Serum,1,25.00,0.00,25.00,0.00,"
                    + "G1,Payment,Merchandise");

    with(fixture, DOLLAR, Map.of("kind", Map.of("merchandise", "retail"))).ingest();
    assertThat(fixture.rows("sale_lines", "SELECT kind, product_id FROM rows"))
        .isEqualTo(List.of("retail|Serum"));
  }

  private IngestFixture waitlisted(String flag) throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("appointments", "mindbody-api-appointments", "appointments*.json", "austin")
            .file(
                "appointments-2026-06-03.json",
                """
                {"Appointments": [{"Id": 1, "Status": "Booked", "StartDateTime": "2026-06-02T15:00:00", \
                "EndDateTime": "2026-06-02T16:00:00", "StaffId": 5, "IsWaitlist": %s}]}"""
                    .formatted(flag));
    return fixture;
  }

  @ParameterizedTest
  @CsvSource({
    "true, deleted",
    "'\"WAHR\"', deleted",
    "false, booked",
    "'\" \"', booked",
    "null, booked"
  })
  void aFlagIsYesOrNoInAnyLanguageOfASpreadsheet(String flag, String status) throws Exception {
    IngestFixture fixture = waitlisted(flag);
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(fixture.rows("appointments", "SELECT status FROM rows")).containsExactly(status);
  }

  @Test
  void aFlagThatIsNeitherYesNorNoIsNotTakenForNo() throws Exception {
    assertThat(waitlisted("\"perhaps\"").ingest().refused())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.message()).contains("IsWaitlist", "neither yes nor no");
              assertThat(file.nextStep()).contains("true or false");
            });
  }
}
