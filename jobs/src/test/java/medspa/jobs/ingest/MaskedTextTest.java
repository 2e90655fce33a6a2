package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.market.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody typed about a client into another column than a client's. */
class MaskedTextTest {
  private static final String SALES =
      "sale_id,line_id,location_id,client_id,provider_id,sold_at,kind,service_id,product_id,quantity,gross_amount,client_name,phone";

  private static final String PAYMENTS = "payment_id,location_id,sale_id,paid_at,tender,amount";

  @TempDir Path directory;

  private IngestFixture sales(String... rows) throws Exception {
    List<String> lines = new ArrayList<>(List.of(SALES));
    lines.addAll(List.of(rows));
    return new IngestFixture(directory)
        .builtIn("sale_lines", "glow", Delivery.UPSERT)
        .file("sale_lines-2026-06-01.csv", lines.toArray(String[]::new));
  }

  private static String sale(String id, String client, String service, String names) {
    return "%s,1,austin,%s,Kim,2026-06-01T10:00,service,%s,,1,100,%s"
        .formatted(id, client, service, names);
  }

  private static String retail(String id, String product, String names) {
    return "%s,1,austin,C9,Kim,2026-06-01T10:00,retail,,%s,1,100,%s".formatted(id, product, names);
  }

  private static long masked(Batch batch) {
    return batch.tables().stream().mapToLong(TableCounts::cellsMasked).sum();
  }

  @Test
  void aClientOfAnyRowIsMaskedInTheServiceAndCounted() throws Exception {
    IngestFixture fixture =
        sales(
            sale("S1", "C1", "Botox Jane Doe", "Jane Doe,555-019-9773"),
            sale("S2", "C2", "Gift of jane doe", "Amy Poe,"),
            sale("S3", "C2", "Botox 5550199773", "Amy Poe,"),
            sale("S4", "C2", "Botox amy@poe.example", "Amy Poe,"),
            sale("S5", "C2", "Botox", "Amy Poe,"));
    Batch batch = fixture.ingest().batches().get(0);
    assertThat(fixture.rows("sale_lines", "SELECT service_id FROM rows ORDER BY sale_id"))
        .containsExactly(
            "Botox [client]", "Gift of [client]", "Botox [client]", "Botox [client]", "Botox");
    assertThat(masked(batch)).isEqualTo(4);
  }

  @Test
  void productsStayApartAndEqualToThemselves() throws Exception {
    IngestFixture fixture =
        sales(
            retail("S1", "Cream Jane Doe", "Jane Doe,"),
            retail("S2", "Cream Jane Doe", "Amy Poe,"),
            retail("S3", "Cream Amy Poe", "Amy Poe,"));
    fixture.ingest();
    List<String> products =
        fixture.rows("sale_lines", "SELECT product_id FROM rows ORDER BY sale_id");
    assertThat(products).allMatch(product -> product.matches("Cream \\[client [0-9a-f]{12}\\]"));
    assertThat(products.get(1)).isEqualTo(products.get(0));
    assertThat(products.get(2)).isNotEqualTo(products.get(0));
  }

  @Test
  void aTypedInvoiceNumberIsOneAndTheSameWhereNoClientIsNamed() throws Exception {
    IngestFixture fixture =
        sales(
                sale("INV 7 Jane Doe", "C1", "Botox", "Jane Doe,"),
                sale("INV 8 Jane Doe", "C1", "Botox", "Jane Doe,"))
            .builtIn("payments", "glow", Delivery.UPSERT)
            .file(
                "payments.csv",
                PAYMENTS,
                "P1,austin,INV 7 Jane Doe,2026-06-01T10:00,card,60",
                "P2,austin,INV 7 Jane Doe,2026-06-01T10:00,cash,40",
                "P3,austin,S9,2026-06-01T10:00,cash,40");
    Ingestion.Result result = fixture.ingest();
    List<String> sales =
        fixture.rows("sale_lines", "SELECT DISTINCT sale_id FROM rows ORDER BY source_line");
    assertThat(sales).hasSize(2).allMatch(id -> id.matches("masked-[0-9a-f]{32}"));
    List<String> paid = fixture.rows("payments", "SELECT sale_id FROM rows ORDER BY payment_id");
    assertThat(sales).contains(paid.get(0));
    assertThat(paid).containsExactly(paid.get(0), paid.get(0), "S9");
    assertThat(result.batches()).extracting(MaskedTextTest::masked).containsExactly(2L, 2L);
  }

  @Test
  void aRowThatMayNotComeAgainIsKnownByItsMaskedKey() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .builtIn("payments", "glow", Delivery.APPEND)
            .file(
                "payments-2026-06-01.csv", PAYMENTS, "Jane Doe,austin,S1,2026-06-01T10:00,card,60")
            .file(
                "payments-2026-06-02.csv",
                PAYMENTS,
                "Jane Doe,austin,S1,2026-06-01T10:00,card,70",
                "P2,austin,S1,2026-06-01T10:00,card,40");
    Batch second = fixture.ingest("1").batches().get(1);
    assertThat(second.tables().get(0).rowsRejected()).isEqualTo(1);
  }

  @Test
  void aPaymentWithATypedReceiptIsReadAgainUnderANewKeyOrNamed() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .builtIn("payments", "glow", Delivery.UPSERT)
            .file("payments1.csv", PAYMENTS, "P1,austin,INV Jane Doe,2026-06-01T10:00,card,60")
            .file("payments2.csv", PAYMENTS, "P2,austin,S1,2026-06-01T10:00,card,60");
    fixture.ingest();
    fixture.key = new PseudonymKey("another key of more than 32 bytes");
    Files.delete(directory.resolve("exports/payments1.csv"));
    Files.delete(directory.resolve("exports/payments2.csv"));
    fixture.file("payments3.csv", PAYMENTS, "P3,austin,S3,2026-06-01T10:00,card,60");
    assertThat(fixture.ingest().refused())
        .singleElement()
        .satisfies(
            file ->
                assertThat(file.message())
                    .startsWith("exports/payments1.csv: ")
                    .contains("another pseudonym key"));
  }

  @Test
  void anIdWithoutItsLastDigitsRefusesTheFileAlsoWhereItIsMasked() throws Exception {
    IngestFixture fixture =
        sales(
            sale("1.39E+18 Jane Doe", "C1", "Botox", "Jane Doe,"),
            sale("S2", "C1", "Botox", "Jane Doe,"));
    assertThat(fixture.ingest("1").refused())
        .singleElement()
        .satisfies(
            file -> assertThat(file.message()).contains("the last digits of the id are lost"));
  }

  @Test
  void aProviderWhoIsAClientStays() throws Exception {
    IngestFixture fixture =
        sales(
            "S1,1,austin,C1,Kim Lee,2026-06-01T10:00,service,Facial with Kim Lee,,1,100,Amy Poe,",
            "S2,1,austin,C2,Dana Fox,2026-06-01T10:00,service,Peel Amy Poe,,1,100,Kim Lee,");
    fixture.ingest();
    assertThat(fixture.rows("sale_lines", "SELECT provider_id, service_id FROM rows ORDER BY 1"))
        .containsExactly("Dana Fox|Peel [client]", "Kim Lee|Facial with Kim Lee");
  }

  @Test
  void aNameThatIsAServiceOfThreeClientsIsAWordOfTheTrade() throws Exception {
    IngestFixture fixture =
        sales(
            sale("S1", "C1", "Hydra Facial", "Hydra Facial,"),
            sale("S2", "C2", "Hydra Facial", "Amy Poe,"),
            sale("S3", "C3", "Hydra Facial", "Jane Doe,"),
            sale("S4", "C3", "Hydra Facial deluxe", "Jane Doe,"),
            sale("S5", "C2", "Jane Doe", "Amy Poe,"),
            sale("S6", "C3", "Jane Doe", "Jane Doe,"));
    fixture.ingest();
    assertThat(fixture.rows("sale_lines", "SELECT service_id FROM rows ORDER BY sale_id"))
        .containsExactly(
            "Hydra Facial",
            "Hydra Facial",
            "Hydra Facial",
            "Hydra Facial deluxe",
            "[client]",
            "[client]");
  }

  @Test
  void aServiceThatTheCrosswalkNamesIsThatService() throws Exception {
    IngestFixture fixture = sales(sale("S1", "C1", "Botox Jane Doe", "Jane Doe,"));
    fixture.identities.add(
        new Identity("glow", Identity.Kind.SERVICE, "sale_lines", "Botox Jane Doe", "Botox"));
    Batch batch = fixture.ingest().batches().get(0);
    assertThat(fixture.rows("sale_lines", "SELECT service_id FROM rows")).containsExactly("Botox");
    assertThat(masked(batch)).isZero();
  }

  @Test
  void theNameOfAFileIsKeptWithoutItsClientAndLeadsToTheFile() throws Exception {
    List<String> told = new ArrayList<>();
    IngestFixture fixture =
        new IngestFixture(directory)
            .builtIn("sale_lines", "glow", Delivery.UPSERT)
            .file("sale_lines_Doe_Jane.csv", SALES, sale("S1", "C1", "Botox", "Jane Doe,"))
            .file(
                "sale_lines for Amy Poe.csv",
                SALES,
                sale("S1", "C1", "Botox", "Amy Poe,"),
                "S2,1,nowhere,C1,Kim,2026-06-01T10:00,service,Botox,,1,1,Amy Poe,");
    fixture.progress = told::add;
    Ingestion.Result result = fixture.ingest();
    assertThat(result.batches())
        .singleElement()
        .satisfies(
            batch ->
                assertThat(batch.fileName())
                    .isEqualTo(
                        "exports/sale_lines_[client " + batch.sha256().substring(0, 12) + "].csv"));
    assertThat(result.refused())
        .singleElement()
        .satisfies(
            file ->
                assertThat(file.message())
                    .matches(
                        "(?s)exports/sale_lines for \\[client [0-9a-f]{12}\\]\\.csv, line 3, .*"));
    assertThat(told).hasSize(2).noneMatch(line -> line.contains("Doe") || line.contains("Poe"));
    assertThat(lake()).doesNotContain("Jane", "Amy");
  }

  private String lake() throws Exception {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory.resolve("lake"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  @Test
  void progressTellsHowManyCellsWereMasked() throws Exception {
    List<String> told = new ArrayList<>();
    IngestFixture fixture = sales(sale("S1", "C1", "Botox Jane Doe", "Jane Doe,"));
    fixture.progress = told::add;
    fixture.ingest();
    assertThat(told)
        .singleElement()
        .asString()
        .endsWith("; 1 cells masked, because they may name a client");
  }

  @Test
  void theClientsOfALookUpAreKnownToo() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .mappingFile("people.yaml", mapping("people", "[Id, Guest]", "clients: [Guest]", ""))
            .mappingFile(
                "visits.yaml",
                mapping(
                    "visits",
                    "[Id, Item]",
                    "lookups: [people]",
                    """
                    tables:
                      services:
                        columns: {service_id: '"Id"', name: '"Item"'}
                    """))
            .mapped("people", "people", "people.csv", "austin")
            .mapped("visits", "visits", "visits.csv", "austin")
            .last(
                source ->
                    new Source(
                        source.name(),
                        source.practiceId(),
                        source.mapping(),
                        source.from(),
                        source.location(),
                        source.locations(),
                        Optional.empty(),
                        Optional.empty(),
                        java.util.Map.of(),
                        java.util.Map.of("people", "people")))
            .file("people.csv", "Id,Guest", "1,Jane Doe")
            .file("visits.csv", "Id,Item", "1,Peel Jane Doe", "2,Peel Amy Poe");
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(fixture.rows("services", "SELECT name FROM rows ORDER BY service_id"))
        .containsExactly("Peel [client]", "Peel Amy Poe");
  }

  private static String mapping(String id, String columns, String more, String tables) {
    return """
        mapping: %s
        vendor: v
        title: t
        evidence: e
        file: {type: csv}
        header: {required: %s}
        %s
        %s"""
        .formatted(id, columns, more, tables);
  }

  @Test
  void aColumnOfClientsThatTheHeaderDoesNotListIsAProblem() throws Exception {
    Problems problems = new Problems();
    Path own = Files.createDirectories(directory.resolve("mappings"));
    Files.writeString(
        own.resolve("x.yaml"), mapping("x", "[Id]", "clients: [[First, Last], Id]", ""));
    Mappings.load(TableContracts.load(), own, problems);
    assertThat(problems.messages())
        .hasSize(2)
        .allMatch(message -> message.contains("which header does not list"));
  }

  private static final Pattern CLIENT =
      Pattern.compile(
          "client|guest|patient|customer|buyer|billing|shipping|referred by",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern IDENTIFIES =
      Pattern.compile("name|e-?mail|phone|mobile", Pattern.CASE_INSENSITIVE);

  /** Headings that speak of no client's name, e-mail address or phone number. */
  private static final Set<String> NO_CLIENT =
      Set.of(
          "cliniko-api-appointments email_reminder_sent",
          "cliniko-api-appointments patient",
          "square-catalog Customer-facing Name",
          "shopify-orders Billing Province Name",
          "shopify-orders Shipping Province Name",
          "square-api-team-members email_address",
          "square-api-team-members phone_number");

  @Test
  void everyColumnOfAShippedExportThatNamesAClientIsLookedAt() {
    Set<String> missing = new TreeSet<>();
    Set<String> looked = new TreeSet<>();
    Problems problems = new Problems();
    for (Mapping mapping : Mappings.load(TableContracts.load(), directory, problems).all()) {
      Set<String> clients = new TreeSet<>();
      mapping.clients().forEach(clients::addAll);
      clients.forEach(column -> looked.add(mapping.id() + " " + column));
      Stream.of(
              mapping.header().required(), mapping.header().optional(), mapping.header().ignored())
          .flatMap(columns -> columns.stream())
          .filter(MaskedTextTest::identifiesAClient)
          .filter(column -> !clients.contains(column))
          .map(column -> mapping.id() + " " + column)
          .filter(column -> !NO_CLIENT.contains(column))
          .forEach(missing::add);
    }
    assertThat(missing).isEmpty();
    assertThat(looked)
        .contains(
            "jane-appointments patient_last_name",
            "vagaro-transactions Customer",
            "square-items Customer ID")
        .hasSizeGreaterThan(30);
  }

  private static boolean identifiesAClient(String column) {
    String heading = column.toLowerCase(Locale.ROOT);
    boolean alone =
        Set.of("client", "guest", "patient", "customer", "email", "phone").contains(heading)
            || heading.contains("email")
            || heading.contains("phone");
    return alone
        || (CLIENT.matcher(heading).find()
            && IDENTIFIES.matcher(heading).find()
            && !heading.contains("_at"));
  }
}
