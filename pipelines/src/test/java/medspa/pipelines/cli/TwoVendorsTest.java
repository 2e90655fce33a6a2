package medspa.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A practice with two vendors: Acuity's calendar knows Claire Adams and Bo Li, clients by e-mail
 * and services by its own titles; Square's till knows TM_9x2 (Claire A.) and Li, Bo, clients by
 * number and items. Without the crosswalk the numbers are wrong and everything says so; with it
 * every published KPI is that of a practice whose only system has one name for each.
 */
@Tag("full")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoVendorsTest {
  private static final String AS_OF = "2026-06-15";
  private static final String PRACTICE =
      """
      currency: USD
      pseudonym_key_file: key
      practices:
        - id: glow
          name: Glow
          locations:
            - {id: austin, name: Austin, time_zone: America/Chicago, rooms: 2, closed_days: [2026-06-05]}
      shift_templates:
        - location: austin
          provider: Claire Adams
          from: 2026-06-01
          weekly: {mon: "09:00-17:00", tue: "09:00-12:00, 13:00-17:00", fri: "09:00-17:00"}
          exceptions: {2026-06-08: closed}
        - {location: austin, provider: Bo Li, from: 2026-06-01, weekly: {mon: "10:00-16:00"}}
      """;

  @TempDir static Path folder;
  private static Path two;
  private static Path one;

  @BeforeAll
  static void write() throws IOException {
    two = folder.resolve("two");
    one = folder.resolve("one");
    write(
        two,
        "medspa.yaml",
        PRACTICE
            + """
            sources:
              - {name: calendar, format: acuity-appointments, location: austin, from: exports/calendar.csv}
              - {name: till, format: square-items, location: austin, from: exports/items.csv}
              - {name: staff, format: square-api-team-members, practice: glow, from: exports/team.jsonl}
              - {name: cards, format: square-timecards, location: austin, dates: mdy, from: exports/cards.csv}
              - {name: stock, format: medspa, table: stock_movements, practice: glow, from: exports/stock.csv}
            """);
    write(
        two,
        "exports/calendar.csv",
        """
        "Start Time","End Time","Timezone","First Name","Last Name","Phone","Email","Type","Calendar","Appointment Price","Paid?","Amount Paid Online","Certificate Code","Notes","Date Scheduled","Label","Scheduled By","Date Rescheduled","Appointment ID"
        "June 1, 2026 9:00 am","June 1, 2026 10:00 am","America/Chicago","Anna","Moore","","Anna@Mail.example","Botox, 20 minutes","Claire Adams","300","yes","0.00","","","2026-05-20","","a client ","","101"
        "June 1, 2026 10:00 am","June 1, 2026 11:00 am","America/Chicago","Beth","Stone","","beth@mail.example","Facial (classic)","Bo Li","150","yes","0.00","","","2026-05-20","","a client ","","102"
        "June 2, 2026 9:00 am","June 2, 2026 9:30 am","America/Chicago","Beth","Stone","","beth@mail.example","Botox, 20 minutes","Claire Adams","300","yes","0.00","","","2026-05-20","","desk","","103"
        "June 9, 2026 9:00 am","June 9, 2026 10:00 am","America/Chicago","Anna","Moore","","anna@mail.example","Botox, 20 minutes","Claire Adams","300","yes","0.00","","","2026-05-20","","desk","","104"
        """);
    write(
        two,
        "exports/items.csv",
        """
        Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Event Type,Customer ID,Itemization Type,Employee
        2026-06-01,10:05:00,America/Chicago,None,Botox,1.0,Regular,,$300.00,-$30.00,$270.00,$0.00,S1,Payment,CUST1,Service,TM_9x2
        2026-06-01,10:05:00,America/Chicago,None,Serum,1.0,Regular,SER-1,$50.00,$0.00,$50.00,$4.00,S1,Payment,CUST1,Physical Good,"Li, Bo"
        2026-06-01,11:05:00,America/Chicago,None,Facial,1.0,Regular,,$150.00,$0.00,$150.00,$0.00,S2,Payment,CUST2,Service,"Li, Bo"
        2026-06-02,09:40:00,America/Chicago,None,Botox,1.0,Regular,,$280.00,$0.00,$280.00,$0.00,S3,Payment,CUST2,Service,TM_9x2
        2026-06-03,12:00:00,America/Chicago,None,Botox,-1.0,Regular,,-$100.00,$0.00,-$100.00,$0.00,S4,Refund,CUST2,Service,TM_9x2
        2026-06-09,10:10:00,America/Chicago,None,Botox,1.0,Regular,,$310.00,$0.00,$310.00,$0.00,S5,Payment,CUST1,Service,TM_9x2
        """);
    write(
        two,
        "exports/team.jsonl",
        """
        {"id": "TM_9x2", "is_owner": false, "status": "ACTIVE", "given_name": "Claire", "family_name": "A."}
        """);
    write(
        two,
        "exports/cards.csv",
        """
        First name,Last name,Clockin date,Clockin time,Clockout date,Clockout time,Break start date,Break start time,Break end date,Break end time,Unpaid break,Regular hours,Overtime hours
        Claire,Adams,6/1/26,8:30:00 AM CDT,6/1/26,5:00:00 PM CDT,,,,,,8.5,0
        Bo,L.,6/1/26,10:00:00 AM CDT,6/1/26,4:00:00 PM CDT,,,,,,6,0
        """);
    write(two, "exports/stock.csv", stock("serum-30"));

    write(
        one,
        "medspa.yaml",
        PRACTICE
            + """
            sources:
              - {name: appointments, format: medspa, table: appointments, practice: glow, from: exports/appointments.csv}
              - {name: sales, format: medspa, table: sale_lines, practice: glow, from: exports/sales.csv}
              - {name: staff, format: medspa, table: providers, practice: glow, from: exports/providers.csv}
              - {name: cards, format: medspa, table: timecards, practice: glow, from: exports/cards.csv}
              - {name: stock, format: medspa, table: stock_movements, practice: glow, from: exports/stock.csv}
            """);
    write(
        one,
        "exports/appointments.csv",
        """
        appointment_id,location_id,client_id,provider_id,service_id,booked_at,start_at,end_at,status,booking_channel
        101,austin,anna@mail.example,Claire Adams,Botox,2026-05-20T00:00,2026-06-01T09:00,2026-06-01T10:00,booked,online
        102,austin,beth@mail.example,Bo Li,Facial,2026-05-20T00:00,2026-06-01T10:00,2026-06-01T11:00,booked,online
        103,austin,beth@mail.example,Claire Adams,Botox,2026-05-20T00:00,2026-06-02T09:00,2026-06-02T09:30,booked,other
        104,austin,anna@mail.example,Claire Adams,Botox,2026-05-20T00:00,2026-06-09T09:00,2026-06-09T10:00,booked,other
        """);
    write(
        one,
        "exports/sales.csv",
        """
        sale_id,line_id,location_id,client_id,provider_id,seller_id,sold_at,kind,service_id,product_id,quantity,gross_amount,discount_amount,tax_amount
        S1,1,austin,anna@mail.example,Claire Adams,Claire Adams,2026-06-01T10:05,service,Botox,,1,300,30,0
        S1,2,austin,anna@mail.example,Bo Li,Bo Li,2026-06-01T10:05,retail,,serum-30,1,50,0,4
        S2,1,austin,beth@mail.example,Bo Li,Bo Li,2026-06-01T11:05,service,Facial,,1,150,0,0
        S3,1,austin,beth@mail.example,Claire Adams,Claire Adams,2026-06-02T09:40,service,Botox,,1,280,0,0
        S4,1,austin,beth@mail.example,Claire Adams,Claire Adams,2026-06-03T12:00,service,Botox,,-1,-100,0,0
        S5,1,austin,anna@mail.example,Claire Adams,Claire Adams,2026-06-09T10:10,service,Botox,,1,310,0,0
        """);
    write(one, "exports/providers.csv", "provider_id,name\nClaire Adams,Claire A.\n");
    write(
        one,
        "exports/cards.csv",
        """
        timecard_id,location_id,provider_id,clock_in_at,clock_out_at
        1,austin,Claire Adams,2026-06-01T08:30,2026-06-01T17:00
        2,austin,Bo Li,2026-06-01T10:00,2026-06-01T16:00
        """);
    write(one, "exports/stock.csv", stock("serum-30"));
  }

  private static String stock(String product) {
    return """
        movement_id,location_id,product_id,moved_at,kind,quantity,unit_cost
        M1,austin,%1$s,2026-05-04T09:00,receipt,20,10
        M2,austin,%1$s,2026-06-01T10:05,sale,-1,
        """
        .formatted(product);
  }

  private static void write(Path workspace, String name, String text) throws IOException {
    Path file = workspace.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.writeString(workspace.resolve("key"), "0123456789abcdef0123456789abcdef");
  }

  private static CommandRun medspa(Path workspace, String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "-w";
    all[arguments.length + 1] = workspace.toString();
    return CommandRun.of(all);
  }

  private static void run(Path workspace) {
    CommandRun run = medspa(workspace, "run", "--as-of", AS_OF);
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private static List<String> query(Path workspace, String sql) {
    CommandRun run = CommandRun.of("query", "-w", workspace.toString(), "--format", "csv", sql);
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out().lines().skip(1).toList();
  }

  private static String report(Path workspace) throws IOException {
    try (var pdf =
        Loader.loadPDF(workspace.resolve("reports/2026-06-08/glow-weekly.pdf").toFile())) {
      return new PDFTextStripper().getText(pdf).replaceAll("\\s+", " ");
    }
  }

  private static List<String> kpis(Path workspace) {
    return query(
        workspace,
        "SELECT table_name FROM information_schema.tables WHERE starts_with(table_name, 'kpi_')"
            + " ORDER BY 1");
  }

  @Test
  @Order(1)
  void withoutTheCrosswalkRevenuePerProviderHourIsWrongAndEverythingSaysSo() throws Exception {
    run(two);
    assertThat(
            query(
                two,
                "SELECT provider_id, numerator::INT, denominator::INT FROM kpi_weekly_provider"
                    + " WHERE kpi = 'revenue_per_provider_hour' AND week_start = DATE '2026-06-01'"
                    + " ORDER BY 1"))
        .as("hours without revenue, revenue without hours")
        .contains("Claire Adams,0,15", "TM_9x2,450,0");
    assertThat(
            query(
                two,
                "SELECT kind, revenue_share, hours_share, values_unmatched FROM identity_coverage"
                    + " WHERE week_start = DATE '2026-06-08' ORDER BY kind"))
        .containsExactly("client,0.0,,1", "provider,0.0,0.0,3", "service,0.0,,1");
    assertThat(report(two))
        .contains("0% of the week’s revenue that names a provider")
        .contains("There is no crosswalk between the systems yet")
        .contains("TM_9x2 (Claire A.)");
    assertThat(
            medspa(two, "status")
                .out()
                .lines()
                .map(line -> line.replaceAll(" *\\| *", "|").strip()))
        .contains(
            "glow|provider|sales|TM_9x2|Claire A.|staff, till|5|Claire Adams",
            "glow|provider|sales|Li, Bo|NULL|till|2|Bo Li");
  }

  @Test
  @Order(2)
  void whatIsProposedIsWrittenBesideTheCrosswalkAndMatchesNothing() throws Exception {
    CommandRun suggested = medspa(two, "identities", "suggest");
    assertThat(suggested.exit()).as(suggested.err()).isZero();
    assertThat(Files.readString(two.resolve("identities.suggested.csv")).lines())
        .containsExactly(
            "kind,source,value,canonical_id,score,rows,value_name,canonical_name",
            "provider,staff,TM_9x2,Claire Adams,0.95,1,Claire A.,Claire Adams",
            "provider,till,TM_9x2,Claire Adams,0.95,4,Claire A.,Claire Adams",
            "provider,till,\"Li, Bo\",Bo Li,1.0,2,\"Li, Bo\",Bo Li",
            "provider,cards,Bo L.,Bo Li,0.95,1,Bo L.,Bo Li");
    assertThat(two.resolve("identities.csv")).doesNotExist();
    assertThat(medspa(two, "ingest").exit()).as("nothing to do").isEqualTo(99);
  }

  @Test
  @Order(3)
  void withItEveryPublishedNumberIsThatOfAPracticeWithOneNameForEach() throws Exception {
    String confirmed = Files.readString(two.resolve("identities.suggested.csv"));
    // What no name tells: clients, services under other titles, and the till's article number.
    Files.writeString(
        two.resolve("identities.csv"),
        confirmed
            + """
            client,till,CUST1,anna@mail.example,,,,
            client,till,CUST2,beth@mail.example,,,,
            service,calendar,"Botox, 20 minutes",Botox,,,,
            service,calendar,Facial (classic),Facial,,,,
            product,till,SER-1,serum-30,,,,
            """);
    CommandRun ingest = medspa(two, "ingest", "--json");
    assertThat(ingest.exit()).as(ingest.err()).isZero();
    assertThat(ingest.out())
        .as("calendar, till, staff and cards are read again, the stock is not")
        .contains("\"ingested\":4,\"known\":1");
    run(two);
    run(one);

    assertThat(kpis(two)).contains("kpi_weekly", "kpi_weekly_provider", "kpi_benchmark");
    for (String relation : kpis(two)) {
      assertThat(query(two, "FROM " + relation + " ORDER BY ALL"))
          .as(relation)
          .isEqualTo(query(one, "FROM " + relation + " ORDER BY ALL"));
    }
    assertThat(query(two, "SELECT count(*) FROM kpi_weekly_provider WHERE value > 0").get(0))
        .isNotEqualTo("0");
    assertThat(query(two, "FROM provider_minutes_weekly ORDER BY ALL"))
        .isEqualTo(query(one, "FROM provider_minutes_weekly ORDER BY ALL"));
    assertThat(
            query(
                two,
                "SELECT provider_id, numerator::INT, denominator::INT FROM kpi_weekly_provider"
                    + " WHERE kpi = 'revenue_per_provider_hour' AND week_start = DATE '2026-06-01'"
                    + " ORDER BY 1"))
        .containsExactly("Bo Li,150,6", "Claire Adams,450,15");
  }

  @Test
  @Order(4)
  void thenAllIsMatchedAndNothingIsProposed() throws Exception {
    assertThat(
            query(
                two,
                "SELECT kind, revenue_share, hours_share, values_unmatched FROM identity_coverage"
                    + " WHERE week_start = DATE '2026-06-01' ORDER BY kind"))
        .containsExactly("client,1.0,,0", "product,1.0,,0", "provider,1.0,1.0,0", "service,1.0,,0");
    assertThat(report(two))
        .as("the letter speaks of matches only where one is missing")
        .contains("Data health")
        .doesNotContain("There is no crosswalk", "is not complete", "Who is who");
    assertThat(medspa(two, "identities", "suggest").exit()).isEqualTo(99);
    assertThat(two.resolve("identities.suggested.csv")).doesNotExist();
    assertThat(query(two, "SELECT DISTINCT kind FROM identities ORDER BY 1"))
        .as("lines about clients stay in the file")
        .containsExactly("product", "provider", "service");
  }
}
