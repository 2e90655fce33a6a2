package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.market.Identity;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An export that was opened, touched up and saved again gives the same numbers or none. */
class ReSavedExportsTest {
  private static final String PAYMENTS =
      """
      mapping: pay
      vendor: Somebody
      title: Payments
      evidence: None, it is made up.
      file: {type: %s}
      header: {required: [Id, When, Amount], optional: [Note], totals: [Id]}
      tables:
        payments:
          columns:
            payment_id: '"Id"'
            sale_id: '"Id"'
            paid_at: date_time("When", ['%%m/%%d/%%Y'])
            tender: "'cash'"
            amount: money("Amount")
      """;

  @TempDir Path directory;

  private IngestFixture payments(String type) throws Exception {
    return new IngestFixture(directory)
        .mappingFile("pay.yaml", PAYMENTS.formatted(type))
        .mapped("pay", "pay", "*", "austin");
  }

  private static RefusedFile refused(IngestFixture fixture) {
    List<RefusedFile> refused = fixture.ingest("1").refused();
    assertThat(refused).hasSize(1);
    return refused.get(0);
  }

  private interface Fill {
    void fill(XSSFWorkbook workbook, XSSFSheet sheet);
  }

  private static byte[] workbook(Fill fill) throws IOException {
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      XSSFSheet sheet = workbook.createSheet("Sheet1");
      row(sheet, 0, "Id", "When", "Amount", "Note");
      fill.fill(workbook, sheet);
      workbook.write(out);
      return out.toByteArray();
    }
  }

  private static Row row(XSSFSheet sheet, int index, String... texts) {
    Row row = sheet.createRow(index);
    for (int i = 0; i < texts.length; i++) {
      row.createCell(i).setCellValue(texts[i]);
    }
    return row;
  }

  @Test
  void aFormulaWithoutAValueIsNamedWhereItIsReadAndOnlyThere() throws Exception {
    IngestFixture fixture =
        payments("xlsx")
            .bytes(
                "a.xlsx",
                workbook(
                    (workbook, sheet) ->
                        row(sheet, 1, "P1", "06/01/2026").createCell(2).setCellFormula("5+5")));
    RefusedFile refused = refused(fixture);
    assertThat(refused.line()).contains(2L);
    assertThat(refused.column()).contains("Amount");
    assertThat(refused.message()).contains("a formula without a saved value", "save it again");

    fixture.bytes(
        "a.xlsx",
        workbook(
            (workbook, sheet) -> {
              sheet.getRow(0).createCell(4).setCellValue("Unread");
              Row row = row(sheet, 1, "P1", "06/01/2026", "", "");
              row.createCell(2).setCellFormula("5+5");
              row.getCell(2).setCellValue(10);
              row.createCell(4).setCellFormula("5+5");
            }));
    assertThat(fixture.ingest("1").refused()).isEmpty();
    assertThat(fixture.rows("payments", "SELECT payment_id, amount FROM rows"))
        .containsExactly("P1|10.0000");
  }

  @Test
  void anErrorValueIsNoText() throws Exception {
    RefusedFile refused =
        refused(
            payments("xlsx")
                .bytes(
                    "a.xlsx",
                    workbook(
                        (workbook, sheet) ->
                            row(sheet, 1, "P1", "06/01/2026", "5", "")
                                .createCell(0)
                                .setCellErrorValue(FormulaError.REF.getCode()))));
    assertThat(refused.column()).contains("Id");
    assertThat(refused.message()).contains("error value");

    RefusedFile text =
        refused(
            payments("csv")
                .file("a.xlsx", "Id,When,Amount", "P1,06/01/2026,5", "#N/A,06/01/2026,6"));
    assertThat(text.line()).contains(3L);
    assertThat(text.column()).contains("Id");
  }

  @Test
  void aColumnThatMixesDatesAndTextIsRefused() throws Exception {
    RefusedFile refused =
        refused(
            payments("xlsx")
                .bytes(
                    "a.xlsx",
                    workbook(
                        (workbook, sheet) -> {
                          Row real = row(sheet, 1, "P1", "", "5");
                          CellStyle date = workbook.createCellStyle();
                          date.setDataFormat(workbook.createDataFormat().getFormat("m/d/yyyy"));
                          real.getCell(1).setCellValue(LocalDateTime.parse("2026-02-06T00:00"));
                          real.getCell(1).setCellStyle(date);
                          row(sheet, 2, "P2", "13/06/2026", "6");
                        })));
    assertThat(refused.line()).contains(3L);
    assertThat(refused.column()).contains("When");
    assertThat(refused.message()).contains("mixes real dates and dates that are text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.39072623729863E+18", "1,23457E+18", "1.5e+20"})
  void anIdInScientificNotationRefusesTheFile(String id) throws Exception {
    RefusedFile refused =
        refused(
            payments("csv")
                .file(
                    "a.csv",
                    "Id,When,Amount",
                    "P1,06/01/2026,5",
                    "\"" + id + "\",06/02/2026,5",
                    "P3,06/03/2026,5"));
    assertThat(refused.line()).contains(3L);
    assertThat(refused.column()).contains("Id");
    assertThat(refused.message())
        .contains("last digits", "payment_id", "as text")
        .doesNotContain(id, "reject_limit");
  }

  @Test
  void anIdThatAWorkbookHoldsAsANumberOfNineteenDigitsRefusesTheFile() throws Exception {
    RefusedFile refused =
        refused(
            payments("xlsx")
                .bytes(
                    "a.xlsx",
                    workbook(
                        (workbook, sheet) -> {
                          row(sheet, 1, "1390726237298631770", "06/01/2026", "5");
                          row(sheet, 2, "", "06/01/2026", "5")
                              .getCell(0)
                              .setCellValue(1_390_726_237_298_631_680d);
                        })));
    assertThat(refused.line()).contains(3L);
    assertThat(refused.column()).contains("Id");
  }

  @Test
  void longIdsWhoseLastDigitsAreAllZeroHaveBeenNumbers() throws Exception {
    RefusedFile refused =
        refused(
            payments("csv")
                .file(
                    "a.csv",
                    "Id,When,Amount",
                    "1390726237298630000,06/01/2026,5",
                    "1390726237298640000,06/02/2026,5",
                    "17,06/03/2026,5"));
    assertThat(refused.column()).contains("Id");
    assertThat(refused.message()).contains("15 digits");

    IngestFixture right =
        payments("csv")
            .file(
                "a.csv",
                "Id,When,Amount",
                "1390726237298630000,06/01/2026,5",
                "1390726237298631771,06/02/2026,5");
    assertThat(right.ingest().refused()).isEmpty();
    assertThat(right.rows("payments", "SELECT count(*) FROM rows")).containsExactly("2");
  }

  @Test
  void aWholeNumberWithDecimalsIsNoId() throws Exception {
    IngestFixture fixture =
        payments("csv").file("a.csv", "Id,When,Amount", "100012.0,06/01/2026,5", "P2,06/02/2026,5");
    fixture.ingest("1");
    assertThat(fixture.rejected()).containsExactly("2 payment_id damaged_id");
  }

  @Test
  void totalRowsAreNoRecordsAndARecordThatLostItsIdIsOne() throws Exception {
    IngestFixture fixture =
        payments("csv")
            .file(
                "a.csv",
                "Id,When,Amount,Note",
                "P1,06/01/2026,5,",
                "Total,,5,",
                ",,\"5.00\",",
                ",Kim Total,5,",
                ",,5,Subtotal for Kim",
                "Grand Total:,,5,x",
                ",,,End of report",
                ",06/02/2026,7,paid by the totals desk");
    fixture.ingest("1");
    assertThat(fixture.rows("payments", "SELECT payment_id, amount FROM rows"))
        .containsExactly("P1|5.0000");
    assertThat(fixture.rejected()).containsExactly("9 payment_id missing");
  }

  @Test
  void columnsThatShareANameGoByTheirPlace() throws Exception {
    String mapping =
        PAYMENTS
            .formatted("csv")
            .replace("[Id, When, Amount]", "[Id, When, Amount, 'Amount#2']")
            .replace("money(\"Amount\")", "plus(money(\"Amount\"), money(\"Amount#2\"))");
    IngestFixture fixture =
        new IngestFixture(directory)
            .mappingFile("pay.yaml", mapping)
            .mapped("pay", "pay", "*", "austin")
            .file("a.csv", "Id,When,Amount,Note,Amount", "P1,06/01/2026,40,,50");
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(fixture.rows("payments", "SELECT amount FROM rows")).containsExactly("90.0000");
  }

  @Test
  void aColumnThatIsThereTwiceIsRefusedWithTheWordsThatTellThemApart() throws Exception {
    RefusedFile refused =
        refused(payments("csv").file("a.csv", "Id,When,Amount,Amount", "P1,06/01/2026,40,50"));
    assertThat(refused.message()).contains("has the column Amount twice", "\"Amount#2\"");
  }

  @Test
  void oneNameIsOneHoweverItIsTyped() throws Exception {
    List<String> names =
        List.of(
            "Jos\u00e9 N\u00fa\u00f1ez",
            "Jose\u0301 Nu\u0301n\u0303ez",
            "Jos\u00e9\u00a0N\u00fa\u00f1ez",
            "Jos\u00e9  N\u00fa\u00f1ez ",
            "\u200bJos\u00e9\u3000N\u00fa\u00f1ez\ufeff");
    String[] lines = new String[names.size() + 1];
    lines[0] = "appointment_id,location_id,client_id,provider_id,start_at,end_at,\u00a0status ";
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      lines[i + 1] =
          "A%d,\u00a0austin,%s,%s,2026-06-01T09:00,2026-06-01T10:00,booked\u00a0"
              .formatted(i, name, name);
    }
    IngestFixture fixture =
        new IngestFixture(directory)
            .builtIn("appointments", "glow", medspa.warehouse.lake.Batch.Delivery.UPSERT)
            .file("appointments.csv", lines);
    fixture.identities.add(
        new Identity("glow", Identity.Kind.PROVIDER, "appointments", names.get(1), "P1"));
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(
            fixture.rows(
                "appointments",
                "SELECT count(*), count(DISTINCT client_key), min(provider_id), max(provider_id)"
                    + " FROM rows"))
        .containsExactly("5|1|P1|P1");
  }

  @Test
  void aLocationIsFoundByItsNameHoweverTheConfigurationTypesIt() throws Exception {
    String mapping =
        PAYMENTS
            .formatted("csv")
            .replace("optional: [Note]", "optional: [Note, Site]")
            .replace("payment_id:", "location_id: '\"Site\"'\n      payment_id:");
    IngestFixture fixture =
        new IngestFixture(directory)
            .mappingFile("pay.yaml", mapping)
            .mapped("pay", "pay", "*", "austin")
            .last(s -> s.withLocations(Map.of("Plaza Espan\u0303a\u00a0 1", "island")))
            .file("a.csv", "Id,When,Amount,Site", "P1,06/01/2026,40,Plaza Espa\u00f1a 1");
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(fixture.rows("payments", "SELECT location_id FROM rows")).containsExactly("island");
  }
}
