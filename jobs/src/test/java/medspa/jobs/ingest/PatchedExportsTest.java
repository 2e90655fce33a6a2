package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.RefusedFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports that were touched up by hand or put together from several, row by row. */
class PatchedExportsTest {
  private static final String SALE =
      "sale_id,line_id,location_id,sold_at,kind,quantity,gross_amount";

  private static final String BOOKINGS =
      """
      mapping: mended
      vendor: Somebody
      title: Bookings with their minutes
      evidence: None, it is made up.
      file: {type: csv}
      header: {required: [Id, When, Minutes]}
      dates: [When]
      tables:
        appointments:
          columns:
            appointment_id: '"Id"'
            start_at: dated("When")
            end_at: coalesce(CAST(TRY_CAST(dated("When") AS TIMESTAMP) + to_minutes(coalesce(minutes_of("Minutes"), whole("Minutes"))) AS VARCHAR), "Minutes")
            status: "'completed'"
      """;

  @TempDir Path directory;

  private IngestFixture sales() {
    return new IngestFixture(directory).builtIn("sale_lines", "glow", Delivery.UPSERT);
  }

  private IngestFixture bookings() throws Exception {
    return new IngestFixture(directory)
        .mappingFile("mended.yaml", BOOKINGS)
        .mapped("mended", "mended", "*", "austin");
  }

  private static RefusedFile refused(IngestFixture fixture) {
    List<RefusedFile> refused = fixture.ingest("1").refused();
    assertThat(refused).hasSize(1);
    return refused.get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"6/15/2026 2:30", "6/15/2026 02:30:00", "6/15/2026 6:59"})
  void aTimeThatLostItsHalfOfTheDayIsNotAtNight(String time) throws Exception {
    RefusedFile refused =
        refused(
            bookings()
                .file("a.csv", "Id,When,Minutes", "A,6/15/2026 1:00 PM,60", "B," + time + ",60"));
    assertThat(refused.line()).contains(3L);
    assertThat(refused.column()).contains("When");
    assertThat(refused.message()).contains("AM or PM");
  }

  @Test
  void twoClocksInOneColumnAreReadWhereBothArePlain() throws Exception {
    IngestFixture fixture =
        bookings()
            .file(
                "a.csv",
                "Id,When,Minutes",
                "A,6/15/2026 1:00 PM,60",
                "B,6/15/2026 9:28,60",
                "C,6/15/2026 12:15,60");
    assertThat(fixture.ingest("1").refused()).isEmpty();
    assertThat(fixture.rows("appointments", "SELECT start_at FROM rows ORDER BY appointment_id"))
        .containsExactly("2026-06-15T18:00Z", "2026-06-15T14:28Z", "2026-06-15T17:15Z");
    fixture.file(
        "a.csv",
        "Id,When,Minutes",
        "A,6/15/2026 1:00 PM,60",
        "B,6/15/2026 2:30,60",
        "C,6/15/2026 14:30,60");
    assertThat(fixture.ingest("1").refused()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "90, 20:30",
    "90.0, 20:30",
    "1:30, 20:30",
    "90 mins, 20:30",
    "1 hour, 20:00",
    "1 hr 30 min, 20:30",
    "2 hours and 5 minutes, 21:05",
    "1 h, 20:00"
  })
  void aDurationIsReadInItsUnits(String minutes, String end) throws Exception {
    IngestFixture fixture =
        bookings().file("a.csv", "Id,When,Minutes", "A,6/15/2026 2:00 PM," + minutes);
    assertThat(fixture.ingest("1").refused()).isEmpty();
    assertThat(fixture.rows("appointments", "SELECT end_at FROM rows"))
        .containsExactly("2026-06-15T" + end + "Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "0.75", "1.5 h", "45 min or so", "-30"})
  void aDurationThatIsNoNumberOfMinutesIsRejectedAndNotRounded(String minutes) throws Exception {
    IngestFixture fixture =
        bookings()
            .file(
                "a.csv",
                "Id,When,Minutes",
                "A,6/15/2026 2:00 PM," + minutes,
                "B,6/15/2026 3:00 PM,60");
    assertThat(fixture.ingest("1").refused()).isEmpty();
    assertThat(fixture.rejected()).hasSize(1);
    assertThat(fixture.rejected().get(0)).contains("end_at");
  }

  @Test
  void yearsOfTwoDigitsInFrontAreNoDays() throws Exception {
    RefusedFile refused =
        refused(
            bookings()
                .file(
                    "a.csv",
                    "Id,When,Minutes",
                    "A,26/06/15,60",
                    "B,26/06/16 1:00 PM,60",
                    "C,26/06/17,60"));
    assertThat(refused.line()).contains(2L);
    assertThat(refused.column()).contains("When");
    assertThat(refused.message()).contains("a year of two digits", "four digits");
  }

  @Test
  void daysOfAMonthWithShortYearsAreDays() throws Exception {
    IngestFixture fixture =
        bookings()
            .file(
                "a.csv",
                "Id,When,Minutes",
                "A,26/12/25 10:00,60",
                "B,26/01/26 10:00,60",
                "C,27/01/26 10:00,60");
    assertThat(fixture.ingest("1").refused()).isEmpty();
    assertThat(fixture.rows("appointments", "SELECT local_date FROM rows ORDER BY appointment_id"))
        .containsExactly("2025-12-26", "2026-01-26", "2026-01-27");
  }

  @Test
  void whatComesBackBringsNoMoney() throws Exception {
    IngestFixture fixture =
        sales()
            .file(
                "sale_lines.csv",
                SALE,
                "S1,1,austin,2026-06-15 10:00,service,-1,100",
                "S2,1,austin,2026-06-15 10:00,service,-1,-100",
                "S3,1,austin,2026-06-15 10:00,service,1,-5",
                "S4,1,austin,2026-06-15 10:00,service,-1,0");
    assertThat(fixture.ingest("1").refused()).isEmpty();
    assertThat(fixture.rejected())
        .singleElement()
        .asString()
        .contains("refund_with_positive_amount");
    assertThat(fixture.rows("sale_lines", "SELECT sale_id FROM rows ORDER BY 1"))
        .containsExactly("S2", "S3", "S4");
  }

  private static final String SQUARE =
      "Date,Time,Time Zone,Category,Item,Qty,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Event Type,Location";

  private static String square(String id, String quantity, String gross, String event, String at) {
    return "2026-06-15,10:00:00,Central Time (US & Canada),None,Facial,%s,%s,$0.00,%s,$0.00,%s,%s,%s"
        .formatted(quantity, gross, gross, id, event, at);
  }

  private IngestFixture square(String... rows) throws Exception {
    return new IngestFixture(directory)
        .mapped("square", "square-items", "*", "austin")
        .file("items.csv", SQUARE + "\n" + String.join("\n", rows));
  }

  @Test
  void anExportOfAllLocationsIsNotThatOfOne() throws Exception {
    RefusedFile refused =
        refused(
            square(
                square("T1", "1", "$100.00", "Payment", "Main"),
                square("T2", "1", "$100.00", "Payment", ""),
                square("T3", "1", "$100.00", "Payment", "West")));
    assertThat(refused.line()).contains(4L);
    assertThat(refused.column()).contains("location_id");
    assertThat(refused.message()).contains("another location", "`locations:`", "square");
  }

  @Test
  void oneNameOfALocationIsWhatTheSourceSays() throws Exception {
    IngestFixture fixture =
        square(
            square("T1", "1", "$100.00", "Payment", "Main"),
            square("T2", "1", "$100.00", "Payment", " Main"));
    assertThat(fixture.ingest("1").refused()).isEmpty();
    assertThat(fixture.rows("sale_lines", "SELECT DISTINCT location_id FROM rows"))
        .containsExactly("austin");
  }

  @Test
  void aRefundIsMoneyThatGoesOut() throws Exception {
    IngestFixture fixture =
        square(
            square("T1", "1", "$100.00", "Payment", "Main"),
            square("T2", "1", "-$100.00", "Refund", "Main"),
            square("T3", "-1", "-$50.00", "Refund", "Main"),
            square("T4", "1", "$25.00", "Refund", "Main"));
    assertThat(fixture.ingest("1").refused()).isEmpty();
    assertThat(
            fixture.rows(
                "sale_lines", "SELECT sale_id, quantity, gross_amount FROM rows ORDER BY 1"))
        .containsExactly("T1|1.0000|100.0000", "T2|-1.0000|-100.0000", "T3|-1.0000|-50.0000");
    assertThat(fixture.rejected())
        .singleElement()
        .asString()
        .contains("refund_with_positive_amount");
  }

  @Test
  void twoOrdersOfOneNameAreNotOne() throws Exception {
    String header =
        "Name,Financial Status,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Refunded Amount";
    RefusedFile refused =
        refused(
            new IngestFixture(directory)
                .mapped("shop", "shopify-orders", "*", "austin")
                .file(
                    "orders.csv",
                    header,
                    "#1,paid,50,0,0,50,0,2026-06-02 10:00:00 -0500,1,Serum,50,0",
                    "#1,paid,20,0,0,20,0,2026-07-02 10:00:00 -0500,1,Mask,20,0"));
    assertThat(refused.line()).contains(3L);
    assertThat(refused.column()).contains("Created at");
  }

  @ParameterizedTest
  @CsvSource({"Voided, Yes", "Is Deleted, TRUE", "Payment Status, voided", "STATUS, Cancelled"})
  void aColumnThatNobodyReadsMayCallARowVoid(String column, String word) throws Exception {
    RefusedFile refused =
        refused(
            sales()
                .file(
                    "sale_lines.csv",
                    SALE + "," + column,
                    "S1,1,austin,2026-06-15 10:00,service,1,100,",
                    "S2,1,austin,2026-06-15 10:00,service,1,100," + word));
    assertThat(refused.line()).contains(3L);
    assertThat(refused.message())
        .contains("Column number 8", "does not count")
        .doesNotContain(column);
  }

  @ParameterizedTest
  @CsvSource({"Voided, No", "Status, Paid", "Note, voided", "Status, yes"})
  void otherColumnsThatNobodyReadAreDropped(String column, String word) throws Exception {
    IngestFixture fixture =
        sales()
            .file(
                "sale_lines.csv",
                SALE + "," + column,
                "S1,1,austin,2026-06-15 10:00,service,1,100," + word);
    assertThat(fixture.ingest("1").refused()).isEmpty();
    assertThat(fixture.rows("sale_lines", "SELECT sale_id FROM rows")).containsExactly("S1");
  }

  private IngestFixture movements(String... rows) throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add("movement_id,location_id,product_id,moved_at,kind,quantity,unit_cost");
    for (String row : rows) {
      lines.add("M" + lines.size() + ",austin,BTX,2026-06-15 10:00," + row);
    }
    return new IngestFixture(directory)
        .builtIn("stock_movements", "glow", Delivery.UPSERT)
        .file("stock_movements.csv", lines.toArray(String[]::new));
  }

  @Test
  void whatIsUsedDoesNotAddToTheStock() throws Exception {
    RefusedFile refused =
        refused(movements("receipt,100,6", "usage,20,6", "usage,30,6", "waste,5,6"));
    assertThat(refused.line()).contains(3L);
    assertThat(refused.column()).contains("quantity");
    assertThat(refused.message()).contains("All 3 rows", "would add to it", "-20");
  }

  @Test
  void whatComesInDoesNotTakeFromTheStock() throws Exception {
    assertThat(refused(movements("receipt,-1,6", "receipt,-2,6", "transfer_in,-3,6")).message())
        .contains("All 3 rows of what comes into the stock would take from it");
  }

  @Test
  void entriesThatTakeBackOthersAreTaken() throws Exception {
    IngestFixture fixture =
        movements(
            "receipt,100,6",
            "usage,-20,6",
            "usage,20,6",
            "usage,2,6",
            "adjustment,3,6",
            "adjustment,3,6",
            "return,3,6",
            "return,4,6");
    assertThat(fixture.ingest("1").refused()).isEmpty();
    assertThat(fixture.rejected()).isEmpty();
  }

  @Test
  void rowsOfAnUnknownKindAreRejectedAsThatAndTellNothingOfSigns() throws Exception {
    IngestFixture fixture =
        movements(
            "usage,-10,6",
            "usage,-20,6",
            "usage,-2,6",
            "used up,-3,6",
            "used up,-4,6",
            "used up,-5,6",
            "usage,-1,6");
    assertThat(fixture.ingest("1").refused()).isEmpty();
    assertThat(fixture.rejected()).hasSize(3).allMatch(row -> row.contains("kind"));
  }

  @Test
  void aCostIsNotNegative() throws Exception {
    IngestFixture fixture = movements("receipt,100,-6", "receipt,100,0");
    assertThat(fixture.ingest("1").refused()).isEmpty();
    assertThat(fixture.rejected()).singleElement().asString().contains("negative_cost");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sale_id,line_id,location_id,sold_at,kind,gross_amount,quantity",
        "SALE_ID,LINE_ID,LOCATION_ID,SOLD_AT,KIND,QUANTITY,GROSS_AMOUNT",
        "\uFEFFsale_id,line_id,location_id,sold_at,kind,quantity,gross_amount",
        "sale_id,line_id,location_id,sold_at,kind,quantity,gross_amount,discount_amount"
      })
  void aSecondHeaderInTheMiddleIsNoRow(String header) throws Exception {
    RefusedFile refused =
        refused(
            sales()
                .file(
                    "sale_lines.csv",
                    SALE,
                    "S1,1,austin,2026-06-15 10:00,service,1,100",
                    header,
                    "S2,1,austin,2026-06-16 10:00,service,2,200"));
    assertThat(refused.line()).contains(3L);
    assertThat(refused.message()).contains("a file of its own");
  }
}
