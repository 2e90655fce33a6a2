package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.market.Identity;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What becomes of an export that was opened, touched up and saved again, case by case: what {@link
 * EveryResaveTest} cannot do to a vendor's fixture, and what exactly is said.
 */
class ResaveCasesTest {
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
  void cellsThatAreMergedDownAreNotEmptyInTheRowsBelow() throws Exception {
    IngestFixture fixture =
        payments("xlsx")
            .bytes(
                "a.xlsx",
                workbook(
                    (workbook, sheet) -> {
                      row(sheet, 1, "P1", "06/01/2026", "5", "n");
                      row(sheet, 2, "P2", "06/01/2026", "6", "");
                      sheet.addMergedRegion(new CellRangeAddress(1, 2, 3, 3));
                    }));
    RefusedFile refused = refused(fixture);
    assertThat(refused.line()).contains(2L);
    assertThat(refused.column()).contains("Note");
    assertThat(refused.message()).contains("merged down to line 3", "unmerge");
  }

  @Test
  void cellsThatAreMergedWhereNothingIsLostAreRead() throws Exception {
    IngestFixture fixture =
        payments("xlsx")
            .bytes(
                "a.xlsx",
                workbook(
                    (workbook, sheet) -> {
                      sheet.getRow(0).createCell(4).setCellValue("Unread");
                      row(sheet, 1, "P1", "06/01/2026", "5", "n", "u");
                      row(sheet, 2, "P2", "06/01/2026", "6", "n", "");
                      sheet.addMergedRegion(new CellRangeAddress(1, 2, 4, 4));
                      sheet.addMergedRegion(new CellRangeAddress(1, 1, 2, 3));
                    }));
    assertThat(fixture.ingest("1").refused()).isEmpty();
    assertThat(fixture.rows("payments", "SELECT payment_id, amount FROM rows ORDER BY 1"))
        .containsExactly("P1|5.0000", "P2|6.0000");
  }

  @Test
  void aFurtherSheetWithTheColumnsInAnotherOrderIsThereToo() throws Exception {
    RefusedFile refused =
        refused(
            payments("xlsx")
                .bytes(
                    "a.xlsx",
                    workbook(
                        (workbook, sheet) -> {
                          row(sheet, 1, "P1", "06/01/2026", "5", "");
                          XSSFSheet july = workbook.createSheet("July");
                          row(july, 0, "Amount", "Id", "When", "Till");
                          row(july, 1, "6", "P2", "07/01/2026", "1");
                        })));
    assertThat(refused.message()).contains("Sheet number 2 has the columns of the first one");
  }

  @Test
  void anExportBehindASummaryIsNamed() throws Exception {
    RefusedFile refused =
        refused(
            payments("xlsx")
                .bytes(
                    "a.xlsx",
                    workbook(
                        (workbook, sheet) -> {
                          sheet.removeRow(sheet.getRow(0));
                          row(sheet, 0, "Summary", "of June");
                          XSSFSheet data = workbook.createSheet("Data");
                          row(data, 0, "Id", "When", "Amount");
                          row(data, 1, "P1", "06/01/2026", "5");
                        })));
    assertThat(refused.message())
        .contains("Sheet number 2 has the export's columns, and the first one has not");
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
  void longIdsThatHaveBecomeOneHaveBeenNumbers() throws Exception {
    RefusedFile refused =
        refused(
            payments("csv")
                .file(
                    "a.csv",
                    "Id,When,Amount",
                    "1390726237298630000,06/01/2026,5",
                    "1390726237298630000,06/02/2026,6"));
    assertThat(refused.message()).contains("15 digits");
  }

  @Test
  void aNumberWithGroupsOfThousandsIsNoIdAndAnItemsNameMayHoldOne() throws Exception {
    IngestFixture fixture =
        payments("csv")
            .file(
                "a.csv",
                "Id,When,Amount",
                "\"100,012\",06/01/2026,5",
                "\"Botox, 1,000 units\",06/02/2026,5",
                "\"0,500\",06/02/2026,5",
                "100012.0:consumable,06/02/2026,5");
    fixture.ingest("1");
    assertThat(fixture.rejected())
        .containsExactly("2 payment_id damaged_id", "5 payment_id damaged_id");
  }

  @Test
  void whatProgramsWriteAroundATextIsUndone() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .builtIn("appointments", "glow", Delivery.UPSERT)
            .file(
                "appointments.csv",
                "appointment_id,location_id,client_id,provider_id,start_at,end_at,status",
                "\"=\"\"0017\"\"\",austin,NULL,nan,2026-06-01T09:00,2026-06-01T10:00,booked",
                "18,austin,(null),Nan,2026-06-01T09:00,2026-06-01T10:00,booked",
                "19,austin,Null,=SUM,2026-06-01T09:00,2026-06-01T10:00,booked",
                "20,austin,,N\u00c3\u00baria \u00c2\u00bd,2026-06-01T09:00,2026-06-01T10:00,booked",
                "21,austin,,S\u00c3O \u00c9\u00c8,2026-06-01T09:00,2026-06-01T10:00,booked");
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(
            fixture.rows(
                "appointments", "SELECT appointment_id, client_key IS NULL, provider_id FROM rows"))
        .containsExactly(
            "0017|true|null",
            "18|true|Nan",
            "19|false|=SUM",
            "20|true|N\u00faria \u00bd",
            "21|true|S\u00c3O \u00c9\u00c8");
  }

  @Test
  void aHeaderBelowATitleIsRefusedWithItsLine() throws Exception {
    RefusedFile refused =
        refused(
            payments("csv").file("a.csv", "Report", "June", "Id,When,Amount", "P1,06/01/2026,5"));
    assertThat(refused.line()).contains(3L);
    assertThat(refused.message()).contains("The header stands on line 3", "header_within: 3");
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
            .builtIn("appointments", "glow", Delivery.UPSERT)
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
