package medspa.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;
import medspa.pipelines.deliver.PostOffice;
import medspa.warehouse.explain.Explainer;
import medspa.warehouse.explain.Explanation.Explained;
import medspa.warehouse.explain.Subject;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.query.WarehouseQuery;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One week of one provider from the exports to the PDF, every number worked out by hand; then what
 * happens to a bad file, a repetition, and a lake of which only bronze is left.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WeekByHandTest {
  private static final String CANARY = "Canaryname";

  @TempDir static Path workspace;
  private static CommandRun first;

  @BeforeAll
  static void runTheWeek() throws IOException {
    write(
        "medspa.yaml",
        """
        currency: USD
        pseudonym_key_file: key
        practices:
          - id: glow
            name: Glow
            locations: [{id: austin, name: Austin, time_zone: America/Chicago}]
        sources:
          - {name: appointments, format: medspa, table: appointments, practice: glow, from: 'exports/appointments*.csv', delivery: window}
          - {name: shifts, format: medspa, table: shifts, practice: glow, from: exports/shifts.csv}
          - {name: timecards, format: medspa, table: timecards, practice: glow, from: exports/timecards.csv}
          - {name: sales, format: medspa, table: sale_lines, practice: glow, from: exports/sales.csv}
          - {name: payments, format: medspa, table: payments, practice: glow, from: exports/payments.csv}
          - {name: stock, format: medspa, table: stock_movements, practice: glow, from: exports/stock.csv}
        """);
    write("key", "0123456789abcdef0123456789abcdef");
    // 9 to 17 with an hour's break: 420 bookable minutes.
    write(
        "exports/shifts.csv",
        """
        shift_id,location_id,provider_id,start_at,end_at,kind
        H1,austin,P1,2026-06-01T09:00,2026-06-01T17:00,bookable
        H2,austin,P1,2026-06-01T12:00,2026-06-01T13:00,break
        """);
    // Kept 60 + 30 of A5, whose other half hour is after the shift; no-show 90; A3 was cancelled
    // exactly 24 hours ahead, which is early, A4 a minute later, which is late: 60; A6 has no
    // outcome: 30. Idle: 420 - 90 - 90 - 60 - 30 = 150.
    write(
        "exports/appointments-2026-06-07.csv",
        """
        appointment_id,location_id,client_id,client_name,provider_id,start_at,end_at,status,cancelled_at
        A1,austin,C1,%1$s,P1,2026-06-01T09:00,2026-06-01T10:00,completed,
        A2,austin,C2,%1$s,P1,2026-06-01T10:00,2026-06-01T11:30,no_show,
        A3,austin,C3,%1$s,P1,2026-06-01T14:00,2026-06-01T15:00,cancelled,2026-05-31T14:00
        A4,austin,C4,%1$s,P1,2026-06-01T15:00,2026-06-01T16:00,cancelled,2026-05-31T15:01
        A5,austin,C5,%1$s,P1,2026-06-01T16:30,2026-06-01T17:30,arrived,
        A6,austin,C6,%1$s,P1,2026-06-01T13:00,2026-06-01T13:30,booked,
        A7,austin,C1,%1$s,P1,2026-06-09T13:00,2026-06-09T13:30,booked,
        """
            .formatted(CANARY));
    // 8.5 hours on the card.
    write(
        "exports/timecards.csv",
        """
        timecard_id,location_id,provider_id,clock_in_at,clock_out_at
        T1,austin,P1,2026-06-01T08:30,2026-06-01T17:00
        """);
    // Service 270 and a refund of 100, retail 50, fee 25, tip 20, tax 4. The refund is no visit.
    write(
        "exports/sales.csv",
        """
        sale_id,line_id,location_id,client_id,provider_id,seller_id,sold_at,kind,quantity,gross_amount,discount_amount,tax_amount
        S1,1,austin,C1,P1,P1,2026-06-01T10:00,service,1,300,30,0
        S1,2,austin,C1,,P1,2026-06-01T10:00,retail,1,50,0,4
        S1,3,austin,C1,P1,,2026-06-01T10:00,tip,1,20,,
        S2,1,austin,C9,P1,,2026-06-02T10:00,service,-1,-100,0,0
        S3,1,austin,C2,,,2026-06-02T11:00,fee,1,25,0,0
        """);
    // 344 and -100 paid; the fee is open, and a payment on the as-of day is too late to count.
    write(
        "exports/payments.csv",
        """
        payment_id,location_id,sale_id,paid_at,tender,amount
        Y1,austin,S1,2026-06-01T10:05,card,344
        Y2,austin,S2,2026-06-02T10:05,card,-100
        Y3,austin,S3,2026-06-08T00:00,cash,25
        """);
    // 35 days of history: 28 with 100 units and 7 with 90, at 5 each; 10 used.
    write(
        "exports/stock.csv",
        """
        movement_id,location_id,product_id,lot,expires_on,moved_at,kind,quantity,unit_cost
        M1,austin,BTX,L1,2026-07-01,2026-05-04T09:00,receipt,100,5
        M2,austin,BTX,L1,2026-07-01,2026-06-01T09:00,usage,-10,
        """);
    first = CommandRun.of("run", "-w", workspace.toString(), "--as-of", "2026-06-08", "--json");
  }

  private static void write(String name, String text) throws IOException {
    Path file = workspace.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String query(String sql) {
    CommandRun run = CommandRun.of("query", "-w", workspace.toString(), "--format", "csv", sql);
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out();
  }

  private static String kpis() {
    return query(
        "SELECT kpi, numerator::DOUBLE AS n, denominator::DOUBLE AS d, round(value, 6) AS v,"
            + " sample_size::DOUBLE AS s, is_stable FROM kpi_weekly"
            + " WHERE week_start = DATE '2026-06-01' ORDER BY kpi");
  }

  @Test
  @Order(1)
  void everyKpiOfTheWeekIsTheOneWorkedOutByHand() {
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(kpis().lines())
        .containsExactly(
            "kpi,n,d,v,s,is_stable",
            "average_ticket,220.0,1.0,220.0,1.0,false",
            "booked_fill_rate,270.0,420.0,0.642857,7.0,false",
            "cancel_rate,1.0,6.0,0.166667,6.0,false",
            "collected_at_close,244.0,269.0,0.907063,3.0,false",
            "collection_rate,244.0,269.0,0.907063,3.0,false",
            "days_on_hand,178360.0,520.0,343.0,,true",
            "discount_rate,30.0,250.0,0.12,3.0,false",
            "expired_share,0.0,50.0,0.0,,true",
            "fill_rate,90.0,420.0,0.214286,7.0,false",
            "inventory_turn,520.0,490.0,1.061224,,true",
            "last_minute_change_rate,100.0,4.0,25.0,4.0,false",
            "late_cancel_rate,1.0,4.0,0.25,4.0,false",
            "margin_after_goods,170.0,220.0,0.772727,1.0,false",
            "net_revenue,245.0,,245.0,1.0,false",
            "new_client_share,2.0,2.0,1.0,2.0,false",
            "no_show_rate,1.0,4.0,0.25,4.0,false",
            "retail_share,50.0,220.0,0.227273,1.0,false",
            "revenue_per_provider_hour,170.0,7.0,24.285714,7.0,false",
            "revenue_per_treated_hour,170.0,1.5,113.333333,1.5,false",
            "revenue_per_worked_hour,170.0,8.5,20.0,8.5,false",
            "stock_value,450.0,,450.0,,true");
  }

  @Test
  @Order(2)
  void theMinutesOfTheProviderAddUp() {
    assertThat(
            query(
                "SELECT provider_id, bookable_minutes::INT AS b, kept_minutes::INT AS k,"
                    + " no_show_minutes::INT AS n, late_cancelled_minutes::INT AS l,"
                    + " unresolved_minutes::INT AS u, idle_minutes::INT AS i,"
                    + " overflow_minutes::INT AS o FROM provider_minutes_weekly"))
        .isEqualToIgnoringNewLines("provider_id,b,k,n,l,u,i,oP1,420,90,90,60,30,150,30");
  }

  @Test
  @Order(3)
  void aFactLeadsBackToItsFileAndLine() {
    assertThat(
            query(
                "SELECT DISTINCT file_name, source_line FROM appointments"
                    + " JOIN ingest_files USING (source_file_id) WHERE appointment_id = 'A4'"))
        .isEqualToIgnoringNewLines("file_name,source_lineexports/appointments-2026-06-07.csv,5");
  }

  @Test
  @Order(3)
  void theRowsOfEveryNumberAddUpToIt() {
    try (WarehouseQuery query =
        WarehouseQuery.open(
            workspace.resolve("warehouse/medspa.duckdb"), WarehouseQuery.Limits.DEFAULT)) {
      Explainer explainer = new Explainer(query);
      List<String> kpis =
          query.rows(
              "SELECT kpi FROM kpi_weekly WHERE week_start = DATE '2026-06-01' ORDER BY ALL",
              row -> row.text("kpi"));
      assertThat(kpis).hasSize(21);
      for (String kpi : kpis) {
        assertThat(
                explainer.explain(kpi, new Subject.OfLocation("austin"), LocalDate.of(2026, 6, 1)))
            .as(kpi)
            .isInstanceOfSatisfying(Explained.class, found -> assertThat(found.addsUp()).isTrue());
      }
    }
  }

  @Test
  @Order(4)
  void theReportIsWrittenAndTheLineOfJsonSaysWhere() {
    Path report = workspace.resolve("reports/2026-06-01/glow-weekly.pdf");
    assertThat(report).exists();
    assertThat(first.out().strip().lines().reduce((a, b) -> b).orElse(""))
        .startsWith("{\"ingested\":6")
        .contains("\"exit_code\":0", report.toString());
  }

  @Test
  @Order(5)
  void noClientIsFoundAnywhereOutsideTheExports() throws IOException {
    assertThat(first.err() + first.out()).doesNotContain(CANARY);
    try (Stream<Path> files = Files.walk(workspace)) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(f -> !f.startsWith(workspace.resolve("exports")))
              .toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(CANARY);
      }
    }
    assertThat(query("SELECT client_key FROM appointments")).doesNotContain("C1", "C2");
  }

  @Test
  @Order(6)
  void theSameAgainDoesNothingNewAndWritesTheSameBytes() throws IOException {
    Path report = workspace.resolve("reports/2026-06-01/glow-weekly.pdf");
    byte[] before = Files.readAllBytes(report);
    String w = workspace.toString();
    assertThat(CommandRun.of("ingest", "-w", w).exit()).isEqualTo(99);
    assertThat(CommandRun.of("compute", "-w", w, "--as-of", "2026-06-08").exit()).isEqualTo(99);
    assertThat(CommandRun.of("publish", "-w", w).exit()).isZero();
    assertThat(CommandRun.of("report", "-w", w).exit()).isZero();
    assertThat(Files.readAllBytes(report)).isEqualTo(before);
  }

  @Test
  @Order(6)
  void whoeverWatchesIsToldInOneLine() {
    String w = workspace.toString();
    CommandRun well = CommandRun.of("health", "-w", w);
    assertThat(well.out().lines()).hasSize(1);
    assertThat(well.out())
        .startsWith("{\"healthy\":true,\"published_at\":\"")
        .contains("\"as_of\":\"2026-06-08\"");
    assertThat(well.exit()).isZero();
    assertThat(CommandRun.of("health", "-w", w, "--max-age", "soon").exit()).isEqualTo(2);
    assertThat(CommandRun.of("report", "-w", w, "--practice", "nobody").exit()).isEqualTo(2);
    CommandRun ill = CommandRun.of("health", "-w", w);
    assertThat(ill.exit()).isEqualTo(5);
    assertThat(ill.out())
        .startsWith("{\"healthy\":false")
        .contains(
            "the last command failed: report ended with exit code 2: There is no practice nobody");
    assertThat(CommandRun.of("report", "-w", w).exit()).isZero();
    assertThat(CommandRun.of("health", "-w", w).exit()).isZero();
  }

  @Test
  @Order(6)
  void theDaysWorkWritesAFlashAndLeavesTheWeeklyReportAlone() throws IOException {
    Path report = workspace.resolve("reports/2026-06-01/glow-weekly.pdf");
    byte[] before = Files.readAllBytes(report);
    CommandRun run =
        CommandRun.of("run", "-w", workspace.toString(), "--daily", "--as-of", "2026-06-08");
    assertThat(run.err()).contains("Wrote 2 reports under");
    assertThat(run.exit()).isZero();
    assertThat(workspace.resolve("reports/2026-06-08/glow-austin-daily.html"))
        .content()
        .contains("Daily flash", "Monday, Jun 8, 2026");
    assertThat(workspace.resolve("reports/2026-06-08/glow-austin-daily.pdf")).isNotEmptyFile();
    assertThat(Files.readAllBytes(report)).isEqualTo(before);
  }

  @Test
  @Order(7)
  void theLetterOfTheWeekIsMailedOnceAndOnlyOfWhatIsPublished() throws Exception {
    String w = workspace.toString();
    Path configuration = workspace.resolve("medspa.yaml");
    String plain = Files.readString(configuration);
    Path report = workspace.resolve("reports/2026-06-01/glow-weekly.pdf");
    byte[] pdf = Files.readAllBytes(report);
    assertThat(CommandRun.of("deliver", "-w", w).exit()).isEqualTo(99);
    try (PostOffice office = PostOffice.plain()) {
      Files.writeString(
          configuration,
          plain.replace("name: Glow\n", "name: Glow\n    recipients: [owner@glow.example]\n")
              + "delivery: {host: localhost, port: "
              + office.port()
              + ", security: none, from: reports@medspa.example}\n");
      Files.write(report, Arrays.copyOf(pdf, pdf.length - 9000));
      CommandRun stale = CommandRun.of("deliver", "-w", w);
      assertThat(stale.exit()).isEqualTo(2);
      assertThat(stale.err()).contains("medspa report -w " + w);
      assertThat(office.taken()).isEmpty();
      Files.write(report, pdf);
      CommandRun other = CommandRun.of("deliver", "-w", w, "--week", "2026-05-25");
      assertThat(other.exit()).isEqualTo(2);
      assertThat(other.err()).contains("the published week begins on 2026-06-01", "2026-06-01`");
      CommandRun sent = CommandRun.of("deliver", "-w", w, "--json", "--week", "2026-06-01");
      assertThat(sent.exit()).isZero();
      assertThat(sent.out()).contains("\"sent\":1", "\"exit_code\":0");
      CommandRun again = CommandRun.of("deliver", "-w", w, "--resend");
      assertThat(again.exit()).isEqualTo(99);
      assertThat(again.err()).contains("1 had been sent before");
      assertThat(office.taken())
          .singleElement()
          .satisfies(
              mail -> {
                assertThat(mail.recipient()).isEqualTo("owner@glow.example");
                assertThat(mail.message().getSubject())
                    .isEqualTo("Glow: week of Jun 1 to Jun 7, 2026");
              });
      assertThat(CommandRun.of("status", "-w", w).out())
          .contains("Deliveries", "2026-06-01", "1 sent");
    } finally {
      Files.writeString(configuration, plain);
      Files.write(report, pdf);
    }
  }

  @Tag("full")
  @Test
  @Order(8)
  void aBadFileIsRefusedTheRestIsPublishedAndTheReportSaysSo() throws IOException {
    write("exports/appointments-2026-06-08.csv", "this is,not\nan,export\n");
    String before = kpis();
    CommandRun run = CommandRun.of("run", "-w", workspace.toString(), "--as-of", "2026-06-08");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err())
        .contains("Refused: exports/appointments-2026-06-08.csv, line 1", "appointment_id");
    assertThat(kpis()).isEqualTo(before);
    assertThat(query("SELECT file_name, source_line FROM refused_files"))
        .contains("exports/appointments-2026-06-08.csv,1");
    assertThat(CommandRun.of("status", "-w", workspace.toString()).out())
        .contains("Refused: exports/appointments-2026-06-08.csv");
    Files.delete(workspace.resolve("exports/appointments-2026-06-08.csv"));
    assertThat(CommandRun.of("run", "-w", workspace.toString(), "--as-of", "2026-06-08").exit())
        .isZero();
  }

  @Tag("full")
  @Test
  @Order(9)
  void fromBronzeAloneTheSameNumbersComeAgain() throws IOException {
    String before = kpis() + query("FROM appointments ORDER BY appointment_id");
    for (String directory : List.of("lake/silver", "lake/gold", "warehouse", "reports")) {
      DiskFiles.remove(workspace.resolve(directory));
    }
    assertThat(CommandRun.of("run", "-w", workspace.toString(), "--as-of", "2026-06-08").exit())
        .isZero();
    assertThat(kpis() + query("FROM appointments ORDER BY appointment_id")).isEqualTo(before);
    assertThat(workspace.resolve("reports/2026-06-01/glow-weekly.pdf")).exists();
  }

  @Tag("full")
  @ParameterizedTest
  @CsvSource({
    "ar-EG-u-nu-arab, America/New_York",
    "tr-TR, Asia/Kathmandu",
    "th-TH-u-ca-buddhist-nu-thai, Pacific/Apia",
    "sv-SE, Africa/Monrovia"
  })
  @Order(9)
  void noNumberAndNoByteOfALetterDependsOnTheComputersLanguageOrZone(String language, String zone)
      throws IOException {
    String w = workspace.toString();
    Path letter = workspace.resolve("reports/2026-06-01/glow-weekly.pdf");
    byte[] before = Files.readAllBytes(letter);
    String numbers = everyNumber();
    Locale locale = Locale.getDefault();
    TimeZone timeZone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      for (String directory : List.of("lake", "warehouse", "history", "reports")) {
        DiskFiles.remove(workspace.resolve(directory));
      }
      assertThat(CommandRun.of("run", "-w", w, "--as-of", "2026-06-08").exit()).isZero();
      assertThat(everyNumber()).isEqualTo(numbers);
      assertThat(Files.readAllBytes(letter)).isEqualTo(before);
      assertThat(CommandRun.of("status", "-w", w).out())
          .contains("Ingested files: 6", "2026-06-08 | 2026-06-01");
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(timeZone);
    }
  }

  private static String everyNumber() {
    return kpis()
        + query("SELECT * EXCLUDE (source_file_id) FROM appointments ORDER BY appointment_id")
        + query("FROM kpi_daily ORDER BY ALL")
        + query("FROM measures_daily ORDER BY ALL")
        + query("FROM stock_ledger ORDER BY ALL");
  }

  @Tag("full")
  @Test
  @Order(10)
  void aLaterWindowDeliveryChangesStatusesAndDeletesWhatItLacks() throws IOException {
    // A6 got its outcome, A2 is gone from the export: deleted at the source.
    write(
        "exports/appointments-2026-06-08.csv",
        """
        appointment_id,location_id,client_id,provider_id,start_at,end_at,status,cancelled_at
        A1,austin,C1,P1,2026-06-01T09:00,2026-06-01T10:00,completed,
        A6,austin,C6,P1,2026-06-01T13:00,2026-06-01T13:30,completed,
        A8,austin,C6,P1,2026-06-01T16:00,2026-06-01T16:30,completed,
        """);
    assertThat(CommandRun.of("status", "-w", workspace.toString()).out())
        .doesNotContain("Not published yet");
    assertThat(CommandRun.of("ingest", "-w", workspace.toString()).exit()).isZero();
    assertThat(CommandRun.of("status", "-w", workspace.toString()).out())
        .contains("Ingested files: 7", "Not published yet: 1 ingested file.", "`medspa run -w ");
    assertThat(CommandRun.of("run", "-w", workspace.toString(), "--as-of", "2026-06-08").exit())
        .isZero();
    assertThat(query("SELECT appointment_id, status FROM appointments ORDER BY 1").lines())
        .containsExactly(
            "appointment_id,status",
            "A1,completed",
            "A2,deleted",
            "A3,deleted",
            "A4,deleted",
            "A5,deleted",
            "A6,completed",
            "A7,booked",
            "A8,completed");
    assertThat(kpis()).contains("fill_rate,120.0,420.0,0.285714");
  }
}
