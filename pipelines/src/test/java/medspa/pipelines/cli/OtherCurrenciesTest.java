package medspa.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs in currencies of three decimals and of none, from amounts in the smallest unit and in
 * full to published KPIs and the report; and of receipts whose ids somebody typed, which are masked
 * and still meet their payments.
 */
@Tag("full")
class OtherCurrenciesTest {
  @TempDir Path workspace;

  /** Of 12 345 fils 345 are tax; the second receipt is 2.5 dinars. */
  @Test
  void amountsHaveThreeDecimals() throws IOException {
    amountsAreThoseOfTheCurrency("KWD", "12345", "345", "2.5", "12.000000", "2.500000");
  }

  /** Whole yen: 12 345 with 345 of tax, and 2 500. */
  @Test
  void amountsHaveNoDecimals() throws IOException {
    amountsAreThoseOfTheCurrency("JPY", "12345", "345", "2500", "12000.000000", "2500.000000");
  }

  private void amountsAreThoseOfTheCurrency(
      String currency, String total, String tax, String typed, String net, String typedNet)
      throws IOException {
    write("key", "0123456789abcdef0123456789abcdef");
    write(
        "medspa.yaml",
        """
        currency: %s
        pseudonym_key_file: key
        practices:
          - {id: api, name: Api, locations: [{id: gulf, name: Gulf, time_zone: Asia/Kuwait}]}
          - {id: csv, name: Csv, locations: [{id: bay, name: Bay, time_zone: Asia/Tokyo}]}
        sources:
          - {name: orders, format: square-api-orders, locations: {L1: gulf}, from: exports/orders.jsonl}
          - {name: charges, format: square-api-payments, locations: {L1: gulf}, from: exports/payments.jsonl}
          - {name: sales, format: medspa, table: sale_lines, practice: csv, from: exports/sales.csv}
          - {name: payments, format: medspa, table: payments, practice: csv, from: exports/payments.csv}
        """
            .formatted(currency));
    String money = "{\"amount\": %s, \"currency\": \"" + currency + "\"}";
    write(
        "exports/orders.jsonl",
        """
        {"id": "O1", "location_id": "L1", "state": "COMPLETED", "closed_at": "2026-06-02T10:00:00Z", "total_money": %1$s, "line_items": [{"uid": "u1", "quantity": "1", "item_type": "ITEM", "name": "Peel", "total_money": %1$s, "total_tax_money": %2$s}]}
        """
            .formatted(money.formatted(total), money.formatted(tax)));
    write(
        "exports/payments.jsonl",
        """
        {"id": "P1", "status": "COMPLETED", "created_at": "2026-06-02T10:00:00Z", "location_id": "L1", "source_type": "CASH", "order_id": "O1", "total_money": %s}
        """
            .formatted(money.formatted(total)));
    write(
        "exports/sales.csv",
        """
        sale_id,line_id,location_id,client_id,client_name,sold_at,kind,service_id,quantity,gross_amount
        Zora Quill,1,bay,C1,Zora Quill,2026-06-02T10:00,service,Peel,1,%s
        """
            .formatted(typed));
    write(
        "exports/payments.csv",
        """
        payment_id,location_id,sale_id,paid_at,tender,amount
        P1,bay,Zora Quill,2026-06-02T10:00,cash,%s
        """
            .formatted(typed));

    CommandRun run = CommandRun.of("run", "-w", workspace.toString(), "--as-of", "2026-06-08");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(
            query(
                "SELECT location_id, kpi, numerator, value FROM kpi_weekly"
                    + " WHERE kpi IN ('net_revenue', 'collection_rate') ORDER BY ALL"))
        .contains(
            "bay,collection_rate," + typedNet + ",1.0",
            "bay,net_revenue," + typedNet + ",",
            "gulf,net_revenue," + net + ",")
        .containsPattern("gulf,collection_rate,[0-9.]+,1\\.0");
    assertThat(query("SELECT sum(amount) FROM payments WHERE location_id = 'gulf'"))
        .contains(currency.equals("KWD") ? "12.3450" : "12345.0000");
    assertThat(
            query(
                "SELECT count(*) AS n FROM sale_lines JOIN payments USING (practice_id, sale_id)"
                    + " WHERE sale_id LIKE '%masked-%'"))
        .endsWith("n\n1\n");
    assertThat(query("SELECT * FROM sale_lines") + query("SELECT * FROM payments"))
        .doesNotContain("Zora");
  }

  private String query(String sql) {
    CommandRun run = CommandRun.of("query", "-w", workspace.toString(), "--format", "csv", sql);
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out().replace("\r", "");
  }

  private void write(String name, String text) throws IOException {
    Path file = workspace.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
