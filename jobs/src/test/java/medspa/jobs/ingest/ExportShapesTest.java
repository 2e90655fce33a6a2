package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.RefusedFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mapping can say about the shape of an export, and how an export is recognised. */
class ExportShapesTest {
  @TempDir Path directory;

  private static String mapping(String id, String file, String header, String rest) {
    return """
        mapping: %s
        vendor: v
        title: t
        evidence: e
        file: %s
        header: %s
        %s
        """
        .formatted(id, file, header, rest);
  }

  private static final String PRODUCTS =
      """
      tables:
        products:
          where: is_nonzero("Price") OR "Price" = '0'
          columns: {product_id: '"Code"', name: '"Name"', unit_cost: 'money("Price")'}
      """;

  private IngestFixture fixture(String id, String mapping) throws Exception {
    return new IngestFixture(directory)
        .mappingFile(id + ".yaml", mapping)
        .mapped(id, id, "*", "austin");
  }

  @Test
  void titlesAboveTheHeaderAndAFooterBelowAreNoRows() throws Exception {
    IngestFixture fixture =
        fixture(
                "titled",
                mapping(
                    "titled",
                    "{type: csv, header_within: 5, short_rows: true}",
                    "{required: [Code, Price], optional: [Name], synonyms: {Name: [Product, Item]}}",
                    PRODUCTS))
            .file(
                "stock.csv",
                "Glow Aesthetics",
                "Stock as on,28 Jul 2026",
                "Code,Product,Price",
                "B1,Botox,\"$1,149.00\"",
                "Total:,,");
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(
            fixture.rows("products", "SELECT source_line, product_id, name, unit_cost FROM rows"))
        .containsExactly("4|B1|Botox|1149.0000");
    assertThat(fixture.rejected()).isEmpty();
  }

  @Test
  void whatARowAboveTheHeaderTellsIsAVariable() throws Exception {
    String tables =
        """
        titles: {pattern: 'As on : (?<asOn>[0-9]+ [A-Z][a-z]{2} [0-9]{4})', required: true}
        tables:
          stock_counts:
            columns:
              count_id: '"Code"'
              product_id: '"Code"'
              counted_at: date_time(getvariable('asOn'), '%d %b %Y')
              quantity: '"On hand"'
        """;
    IngestFixture fixture =
        fixture(
                "titled",
                mapping(
                    "titled",
                    "{type: csv, header_within: 5}",
                    "{required: [Code, On hand]}",
                    tables))
            .file("stock.csv", "Glow", "Current Stock,As on : 28 Jul 2026", "Code,On hand", "B1,5");
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(fixture.rows("stock_counts", "SELECT product_id, counted_at FROM rows"))
        .containsExactly("B1|2026-07-28T05:00Z");
    fixture.file("cut.csv", "Code,On hand", "As on : 28 Jul 2026,5");
    assertThat(fixture.ingest().refused())
        .singleElement()
        .extracting(RefusedFile::message)
        .asString()
        .contains("cut.csv", "rows above the header do not tell", "(asOn)", "must match As on");
  }

  @Test
  void aHeaderThatIsNotAmongTheFirstRowsIsRefused() throws Exception {
    IngestFixture fixture =
        fixture(
                "titled",
                mapping(
                    "titled",
                    "{type: csv, header_within: 2}",
                    "{required: [Code, Name, Price]}",
                    PRODUCTS))
            .file("stock.csv", "Glow", "Canaryname,Name,Price", "Cod,Name,Price", "B1,Botox,1");
    assertThat(fixture.ingest().refused())
        .singleElement()
        .extracting(RefusedFile::message)
        .asString()
        .contains("stock.csv, line 2, column Code", "None of the first 2 rows", "it lacks Code")
        .doesNotContain("Canaryname");
  }

  @Test
  void aColumnPerLocationBecomesARowPerLocation() throws Exception {
    String tables =
        """
        file_name: {pattern: 'stock-(?<taken>\\d{4}-\\d{2}-\\d{2})', required: true}
        tables:
          stock_counts:
            from: (SELECT source_line, is_ragged, "Code", unnest(map_entries(stock)) AS s FROM source)
            columns:
              count_id: getvariable('taken') || ':' || "Code" || ':' || s.key
              location_id: s.key
              product_id: '"Code"'
              counted_at: getvariable('taken')
              quantity: s.value
        """;
    IngestFixture fixture =
        fixture(
                "wide",
                mapping(
                    "wide",
                    "{type: csv}",
                    "{required: [Code], wide: {stock: 'Stock at (.+)'}}",
                    tables))
            .last(s -> s.withLocations(Map.of("Main St", "austin", "The Island", "island")))
            .file(
                "stock-2026-06-01.csv",
                "Code,Stock at Main St,Note,Stock at The Island",
                "B1,5,x,-2",
                "B2,,x,1.5");
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(
            fixture.rows(
                "stock_counts",
                "SELECT product_id, location_id, quantity, counted_at FROM rows ORDER BY 1, 2"))
        .containsExactly(
            "B1|austin|5.0000|2026-06-01T05:00Z",
            "B1|island|-2.0000|2026-05-31T13:30Z",
            "B2|island|1.5000|2026-05-31T13:30Z");
    fixture.file("stock-june.csv", "Code,Stock at Main St", "B1,5");
    assertThat(fixture.ingest().refused())
        .singleElement()
        .extracting(RefusedFile::message)
        .asString()
        .contains("stock-june.csv", "name of the file does not tell", "taken", "must match");
  }

  @Test
  void theSameBytesUnderANameThatTellsAreTakenAfterOneThatDoesNot() throws Exception {
    String[] lines = {
      "Handle,Title,Option1 Value,SKU,Location,On hand (current)", "b,Botox,,B1,Main,5",
    };
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("stock", "shopify-inventory", "inventory*.csv", "austin")
            .last(s -> s.withLocations(Map.of("Main", "austin")))
            .file("inventory_export_1.csv", lines)
            .file("inventory_2026-06-01.csv", lines);
    Ingestion.Result result = fixture.ingest();
    assertThat(result.refused())
        .singleElement()
        .extracting(RefusedFile::message)
        .asString()
        .contains("inventory_export_1.csv", "such as inventory_2026-06-01.csv");
    assertThat(result.batches())
        .singleElement()
        .extracting(Batch::fileName)
        .isEqualTo("exports/inventory_2026-06-01.csv");
    assertThat(fixture.ingest().batches()).as("known under its good name").isEmpty();
  }

  @Test
  void aFileUnderAnotherNameIsReadAgainOnlyWhereTheNameTellsOfItsRows() throws Exception {
    String[] count = {
      "count_id,location_id,product_id,counted_at,quantity", "1,austin,B1,2026-06-01,5"
    };
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("stock", "shopify-inventory", "inventory*.csv", "austin")
            .last(s -> s.withLocations(Map.of("Main", "austin")))
            .file(
                "inventory_2026-06-01.csv",
                "Handle,Title,Option1 Value,SKU,Location,On hand (current)",
                "b,B,,B1,Main,5")
            .builtIn("stock_counts", "glow", Delivery.UPSERT)
            .file("stock_counts-2026-06-01.csv", count);
    assertThat(fixture.ingest().batches()).hasSize(2);
    for (String name : List.of("inventory_2026-06-0%d.csv", "stock_counts-2026-06-0%d.csv")) {
      Path exports = directory.resolve("exports");
      Files.move(exports.resolve(name.formatted(1)), exports.resolve(name.formatted(2)));
    }
    assertThat(fixture.ingest().batches())
        .singleElement()
        .extracting(Batch::fileName)
        .isEqualTo("exports/inventory_2026-06-02.csv");
    assertThat(fixture.rows("stock_counts", "SELECT local_date FROM rows ORDER BY 1"))
        .containsExactly("2026-06-01", "2026-06-02");
  }

  @Test
  void equalBytesOfTwoDaysAreTwoFilesWhereTheNameTellsTheDay() throws Exception {
    String[] stock = {
      "Handle,Title,Option1 Value,SKU,Location,On hand (current)", "b,B,,B1,Main,5"
    };
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("stock", "shopify-inventory", "inventory*.csv", "austin")
            .last(s -> s.withLocations(Map.of("Main", "austin")))
            .file("inventory_2026-06-01.csv", stock)
            .file("inventory_2026-06-02.csv", stock);
    assertThat(fixture.ingest().batches()).hasSize(2);
    fixture.file("inventory_2026-06-03.csv", stock);
    assertThat(fixture.ingest().batches()).as("the third day").hasSize(1);
    assertThat(fixture.ingest().batches()).as("ingesting again changes nothing").isEmpty();
    assertThat(fixture.rows("stock_counts", "SELECT local_date FROM rows ORDER BY 1"))
        .containsExactly("2026-06-01", "2026-06-02", "2026-06-03");
    assertThat(Bronze.read(fixture.lake).current()).hasSize(3);
    fixture.file("inventory_export_1.csv", stock);
    assertThat(fixture.ingest().refused())
        .as("a name that does not tell what rows need is not known for its bytes")
        .singleElement()
        .extracting(RefusedFile::message)
        .asString()
        .contains("inventory_export_1.csv", "such as inventory_2026-06-01.csv");
    assertThat(Bronze.read(fixture.lake).current()).hasSize(3);
  }

  @Test
  void everyMoneyFormIsRead() throws Exception {
    String tables =
        """
        tables:
          products:
            columns:
              product_id: '"Id"'
              unit_cost: CASE "Form" WHEN 'eu' THEN decimal_comma("Price") WHEN 'cents' THEN minor_units("Price") ELSE money("Price") END
        """;
    IngestFixture fixture =
        fixture("money", mapping("money", "{type: tsv}", "{required: [Id, Form, Price]}", tables))
            .file(
                "m.tsv",
                "Id\tForm\tPrice",
                "1\tus\t$1,149.00",
                "2\tus\t-$3.45",
                "3\tus\t($36.75)",
                "4\tus\t62.5",
                "5\tus\t0.0000",
                "6\tus\t$0.00 ",
                "7\teu\t1.234,56 $",
                "8\teu\t-12,5",
                "9\tcents\t12901",
                "10\tcents\t-5",
                "11\tus\t$ (1.00)x",
                "12\teu\t1,234.56",
                "13\tcents\t1.5x");
    fixture.ingest("1");
    assertThat(
            fixture.rows("products", "SELECT product_id, unit_cost FROM rows ORDER BY source_line"))
        .containsExactly(
            "1|1149.0000",
            "2|-3.4500",
            "3|-36.7500",
            "4|62.5000",
            "5|0.0000",
            "6|0.0000",
            "7|1234.5600",
            "8|-12.5000",
            "9|129.0100",
            "10|-0.0500");
    assertThat(fixture.rejected())
        .containsExactly(
            "12 unit_cost not_a_number", "13 unit_cost not_a_number", "14 unit_cost not_a_number");
  }

  @Test
  void sumsAndUnitCostsAreExact() throws Exception {
    String tables =
        """
        tables:
          products:
            columns:
              product_id: '"Id"'
              unit_cost: per_unit("Total", "Qty")
              retail_price: plus("Total", "Qty")
        """;
    IngestFixture fixture =
        fixture("sums", mapping("sums", "{type: csv}", "{required: [Id, Total, Qty]}", tables))
            .file(
                "s.csv",
                "Id,Total,Qty",
                "1,10,3",
                "2,-10,-4",
                "3,0.0001,2",
                "4,7,",
                "5,0.1,0.2",
                "6,5,0",
                "7,x,1",
                "8,1,x",
                "9,99999999999999,0.0001");
    fixture.ingest("1");
    assertThat(
            fixture.rows(
                "products",
                "SELECT product_id, unit_cost, retail_price FROM rows ORDER BY source_line"))
        .containsExactly(
            "1|3.3333|13.0000",
            "2|2.5000|-14.0000",
            "3|0.0001|2.0001",
            "4|null|7.0000",
            "5|0.5000|0.3000",
            "6|null|5.0000");
    assertThat(fixture.rejected())
        .containsExactly(
            "8 unit_cost not_a_number", "9 unit_cost not_a_number", "10 unit_cost not_a_number");
  }

  @Test
  void aDateIsReadInTheOrderThatTheSourceNames() throws Exception {
    String rest =
        """
        params: {dates: mdy}
        tables:
          payments:
            columns:
              payment_id: '"Id"'
              sale_id: '"Id"'
              paid_at: date_time_of("When", getvariable('dates'))
              tender: "'cash'"
              amount: "'1'"
        """;
    IngestFixture fixture =
        fixture("dates", mapping("dates", "{type: csv}", "{required: [Id, When]}", rest))
            .file(
                "d.csv",
                "Id,When",
                "1,04-07-2026",
                "2,4/7/2026 9:05 PM",
                "3,04.07.2026 13:05",
                "5,31/12/2026")
            .file("e.csv", "Id,When", "4,2026-07-04 14:30:00");
    fixture.ingest("1");
    String select = "SELECT payment_id, paid_at FROM rows ORDER BY 1";
    assertThat(fixture.rows("payments", select))
        .containsExactly(
            "1|2026-04-07T05:00Z",
            "2|2026-04-08T02:05Z",
            "3|2026-04-07T18:05Z",
            "4|2026-07-04T19:30Z");
    assertThat(fixture.rejected()).containsExactly("5 paid_at not_a_instant");

    fixture.last(s -> s.withParams(Map.of("dates", "dmy"))).ingest("1");
    assertThat(fixture.rows("payments", select))
        .containsExactly(
            "1|2026-07-04T05:00Z",
            "2|2026-07-05T02:05Z",
            "3|2026-07-04T18:05Z",
            "4|2026-07-04T19:30Z",
            "5|2026-12-31T06:00Z");

    fixture.last(s -> s.withParams(Map.of("dates", "ymd"))).ingest("1");
    assertThat(fixture.rejected()).as("an order nobody knows").hasSize(5);
  }

  private static final String DRIFT_OLD =
      mapping("drift-old", "{type: csv}", "{required: [Code, Price], optional: [Name]}", PRODUCTS);
  private static final String DRIFT_NEW =
      mapping(
          "drift-new",
          "{type: csv}",
          "{required: [Code, Price, Currency], optional: [Name]}",
          PRODUCTS.replace("money(\"Price\")", "minor_units(\"Price\")"));

  private IngestFixture drifting() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .mappingFile("old.yaml", DRIFT_OLD)
            .mappingFile("new.yaml", DRIFT_NEW)
            .mapped("drift", "drift-old", "*", "austin");
    return fixture.last(s -> oldOrNew(fixture, s));
  }

  private static Source oldOrNew(IngestFixture fixture, Source source) {
    return with(
        source,
        Source.MappingRef.oneOf(
            List.of(
                fixture.mapping("drift-old", Optional.empty()),
                fixture.mapping("drift-new", Optional.empty()))),
        source.from());
  }

  private static Source from(Source source, String from) {
    return with(source, source.mapping(), from);
  }

  private static Source with(Source s, Source.MappingRef mapping, String from) {
    return new Source(
        s.name(),
        s.practiceId(),
        mapping,
        from,
        s.location(),
        s.locations(),
        s.ownDelivery(),
        s.encoding(),
        s.params(),
        s.lookups());
  }

  @Test
  void eachFileOfADriftingExportIsReadByTheMappingThatKnowsTheMostOfIt() throws Exception {
    IngestFixture fixture =
        drifting()
            .file("a.csv", "Code,Name,Price", "A,Botox,5.00")
            .file("b.csv", "Code,Name,Price,Currency", "B,Botox,500,USD");
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(fixture.rows("products", "SELECT product_id, unit_cost FROM rows ORDER BY 1"))
        .containsExactly("A|5.0000", "B|5.0000");
    assertThat(fixture.ingest().known()).isEqualTo(2);
  }

  @Test
  void anUnknownHeaderNamesTheNearestMappingAndWhatItLacks() throws Exception {
    IngestFixture fixture = drifting().file("a.csv", "Code,Cost,Currency,Canaryname", "A,5,USD,x");
    assertThat(fixture.ingest().refused())
        .singleElement()
        .extracting(RefusedFile::message)
        .asString()
        .contains("No mapping knows this header; nearest is drift-new, for which it lacks Price.")
        .doesNotContain("Canaryname");
  }

  @Test
  void aHeaderThatFitsTwoMappingsEquallyIsAmbiguous() throws Exception {
    IngestFixture fixture =
        drifting()
            .mappingFile("new.yaml", DRIFT_OLD.replace("drift-old", "drift-new"))
            .file("a.csv", "Code,Name,Price", "A,Botox,5.00");
    fixture.last(s -> oldOrNew(fixture, s));
    assertThat(fixture.ingest().refused())
        .singleElement()
        .extracting(RefusedFile::message)
        .asString()
        .contains("fits drift-old and drift-new equally well", "Name the one that is meant");
  }

  @Test
  void anArchiveIsReadMemberByMemberAndOneBadMemberDoesNotStopTheOthers() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String[] member :
          new String[][] {
            {"2026-06-02.csv", "product_id,name\nB1,New\n"},
            {"2026-06-01.csv", "product_id,name\nB1,Old\n"},
            {"../../readme.txt", "hello\n"}
          }) {
        zip.putNextEntry(new ZipEntry(member[0]));
        zip.write(member[1].getBytes(StandardCharsets.UTF_8));
      }
    }
    IngestFixture fixture =
        new IngestFixture(directory)
            .builtIn("products", "glow", medspa.warehouse.lake.Batch.Delivery.UPSERT)
            .bytes("products.zip", bytes.toByteArray());
    fixture.last(s -> from(s, "exports/*.zip"));
    Ingestion.Result result = fixture.ingest();
    assertThat(result.batches())
        .extracting(batch -> batch.fileName())
        .containsExactly(
            "exports/products.zip!/2026-06-01.csv", "exports/products.zip!/2026-06-02.csv");
    assertThat(result.refused())
        .singleElement()
        .extracting(RefusedFile::message)
        .asString()
        .contains("products.zip!/../../readme.txt", "one column");
    assertThat(fixture.ingest().known()).isEqualTo(2);
    assertThat(directory.getParent().resolve("readme.txt")).doesNotExist();

    fixture.last(s -> from(s, "exports/*.zip!/2026*.csv"));
    assertThat(fixture.ingest().refused()).as("only the members that are named").isEmpty();
  }

  @Test
  void aFileThatIsStillBeingWrittenIsHiddenAndNotTaken() throws Exception {
    IngestFixture fixture =
        fixture(
                "plain",
                mapping(
                    "plain",
                    "{type: csv}",
                    "{required: [Code, Price], optional: [Name]}",
                    PRODUCTS))
            .file(".stock.csv", "Code,Price", "B1,5")
            .file("stock.csv", "Code,Price", "B2,5");
    assertThat(fixture.ingest().batches()).hasSize(1);
    assertThat(fixture.rows("products", "SELECT product_id FROM rows")).containsExactly("B2");
  }

  @Test
  void aShippedMappingOfLinesReadsOneDocumentWhereItsFileIsChanged() throws Exception {
    Problems problems = new Problems();
    String lines =
        Mappings.load(TableContracts.load(), directory, problems)
            .text("square-api-bookings")
            .orElseThrow();
    problems.failIfAny();
    IngestFixture fixture =
        new IngestFixture(directory)
            .mappingFile(
                "bookings.yaml",
                lines
                    .replace("mapping: square-api-bookings", "mapping: square-bookings-document")
                    .replace("file: {type: jsonl}", "file: {type: json, records: bookings}"))
            .mapped("bookings", "square-bookings-document", "*.json", "austin")
            .file(
                "bookings-2026-06-01-2026-06-08.json",
                """
                {"bookings": [
                  {"id": "B1", "status": "ACCEPTED", "start_at": "2026-06-01T14:00:00Z",
                   "updated_at": "2026-06-01T15:00:00Z", "location_id": "L1",
                   "appointment_segments": [{"duration_minutes": 60}]},
                  {"id": "B2", "status": "ACCEPTED", "start_at": "2026-06-01T14:30:00Z",
                   "location_id": "L1", "appointment_segments": [{"duration_minutes": 60}]}],
                 "cursor": "next"}
                """);
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(fixture.rows("appointments", "SELECT visit_id, status FROM rows ORDER BY 1"))
        .containsExactly("B1|completed", "B2|booked");
  }
}
