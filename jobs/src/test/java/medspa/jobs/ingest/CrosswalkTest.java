package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.market.Identity;
import medspa.warehouse.market.Identity.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ids that a source calls differently are replaced in every column before anything is judged. */
class CrosswalkTest {
  @TempDir Path workspace;
  private IngestFixture ingest;

  @BeforeEach
  void open() {
    ingest = new IngestFixture(workspace);
  }

  private void line(Kind kind, String source, String value, String canonicalId) {
    ingest.identities.add(new Identity("glow", kind, source, value, canonicalId));
  }

  @Test
  void everyColumnThatNamesSuchAnEntityIsTranslated() throws Exception {
    ingest
        .builtIn("appointments", "glow", Delivery.UPSERT)
        .file(
            "appointments.csv",
            "appointment_id,location_id,client_id,provider_id,room_id,service_id,start_at,end_at,status",
            "A1,austin,c-1,Claire,Room 1,Tox,2026-05-04T10:00,2026-05-04T11:00,booked",
            "A2,austin,c-2,Bo,Room 2,Peel,2026-05-04T10:00,2026-05-04T11:00,booked")
        .builtIn("sale_lines", "glow", Delivery.UPSERT)
        .file(
            "sale_lines.csv",
            "sale_id,line_id,location_id,client_id,provider_id,seller_id,sold_at,kind,service_id,product_id,quantity,gross_amount",
            "S1,1,austin,c-1,TM_9x2,TM_9x2,2026-05-04T11:00,service,Botox,,1,100",
            "S1,2,austin,c-2,,TM_9x2,2026-05-04T11:00,retail,,SKU-7,1,20");
    line(Kind.PROVIDER, "appointments", "Claire", "P1");
    line(Kind.ROOM, "appointments", "Room 1", "R1");
    line(Kind.SERVICE, "appointments", "Tox", "botox");
    line(Kind.PROVIDER, "sale_lines", "TM_9x2", "P1");
    line(Kind.SERVICE, "sale_lines", "Botox", "botox");
    line(Kind.PRODUCT, "sale_lines", "SKU-7", "serum");
    // The value of another source is none of this one's.
    line(Kind.PROVIDER, "sale_lines", "Bo", "P2");

    assertThat(ingest.ingest().refused()).isEmpty();
    assertThat(
            ingest.rows(
                "appointments",
                "SELECT appointment_id, provider_id, room_id, service_id FROM rows ORDER BY 1"))
        .containsExactly("A1|P1|R1|botox", "A2|Bo|Room 2|Peel");
    assertThat(
            ingest.rows(
                "sale_lines",
                "SELECT line_id, provider_id, seller_id, service_id, product_id FROM rows ORDER BY"
                    + " 1"))
        .containsExactly("1|P1|P1|botox|null", "2|null|P1|null|serum");
  }

  @Test
  void referenceTablesAndTheirKeysAreTranslatedToo() throws Exception {
    ingest
        .builtIn("providers", "glow", Delivery.UPSERT)
        .file("providers.csv", "provider_id,name", "TM_1,Claire (old till)", "TM_2,Claire A.")
        .builtIn("service_products", "glow", Delivery.UPSERT)
        .file("service_products.csv", "service_id,product_id,quantity", "Tox,BTX,20");
    line(Kind.PROVIDER, "providers", "TM_1", "P1");
    line(Kind.PROVIDER, "providers", "TM_2", "P1");
    line(Kind.SERVICE, "service_products", "Tox", "botox");
    line(Kind.PRODUCT, "service_products", "BTX", "toxin");

    Ingestion.Result result = ingest.ingest();
    assertThat(result.refused()).isEmpty();
    assertThat(ingest.rows("providers", "SELECT provider_id, name FROM rows"))
        .containsExactly("P1|Claire A.");
    assertThat(result.batches().get(0).tables().get(0).rowsSuperseded()).isEqualTo(1);
    assertThat(ingest.rows("service_products", "SELECT service_id, product_id FROM rows"))
        .containsExactly("botox|toxin");
  }

  @Test
  void aClientIsComparedAsDeliveredAndItsCanonicalIdBecomesThePseudonym() throws Exception {
    String header = "client_id,acquisition_channel";
    ingest
        .add(
            "a",
            "glow",
            "medspa",
            Optional.of("clients"),
            "a.csv",
            Optional.empty(),
            Delivery.UPSERT)
        .file("a.csv", header, "CUST-1,web")
        .add(
            "b",
            "glow",
            "medspa",
            Optional.of("clients"),
            "b.csv",
            Optional.empty(),
            Delivery.UPSERT)
        .file("b.csv", header, "anna@mail.example,web");
    line(Kind.CLIENT, "a", "CUST-1", "anna@mail.example");

    assertThat(ingest.ingest().refused()).isEmpty();
    assertThat(ingest.rows("clients", "SELECT count(*), count(DISTINCT client_key) FROM rows"))
        .containsExactly("2|1");
    assertThat(ingest.rows("clients", "SELECT DISTINCT client_key FROM rows"))
        .containsExactly(ingest.key.pseudonym("glow", "anna@mail.example"));
  }

  @Test
  void onlyTheFilesOfASourceWhoseLinesChangedAreReadAgainInTheirOldPlace() throws Exception {
    ingest
        .builtIn("shifts", "glow", Delivery.APPEND)
        .file(
            "shifts-1.csv",
            "shift_id,location_id,provider_id,start_at,end_at,kind",
            "H1,austin,Claire,2026-05-04T09:00,2026-05-04T17:00,bookable")
        .builtIn("providers", "glow", Delivery.UPSERT)
        .file("providers.csv", "provider_id,name", "P1,Claire");
    ingest.ingest();
    List<Batch> before = Bronze.read(ingest.lake).current();

    line(Kind.PROVIDER, "shifts", "Claire", "P1");
    // A line that leaves the value as it is changes no row.
    line(Kind.PROVIDER, "providers", "P1", "P1");
    Ingestion.Result again = ingest.ingest();
    assertThat(again.batches()).extracting(Batch::source).containsExactly("shifts");
    assertThat(again.batches().get(0).replaces()).contains(before.get(0).sourceFileId());
    assertThat(again.batches().get(0).order()).isEqualTo(before.get(0).order());
    assertThat(ingest.rows("shifts", "SELECT provider_id FROM rows")).containsExactly("P1");

    line(Kind.ROOM, "shifts", "Room 1", "R1");
    ingest.identities.add(0, ingest.identities.remove(2));
    assertThat(ingest.ingest().batches()).as("one line more, of another kind").hasSize(1);
    ingest.identities.add(ingest.identities.remove(0));
    assertThat(ingest.ingest().batches()).as("the order of lines does not matter").isEmpty();

    ingest.identities.clear();
    assertThat(ingest.ingest().batches()).hasSize(1);
    assertThat(ingest.rows("shifts", "SELECT provider_id FROM rows")).containsExactly("Claire");
  }

  @Test
  void whatIsLeftInTheLakeDoesNotLetClientsIdsBeTriedOut() throws Exception {
    ingest
        .builtIn("clients", "glow", Delivery.UPSERT)
        .file("clients.csv", "client_id", "512-555-0100");
    line(Kind.CLIENT, "clients", "512-555-0100", "C1");
    String digest = ingest.ingest().batches().get(0).inputsDigest();

    IngestFixture other = new IngestFixture(Files.createDirectories(workspace.resolve("other")));
    other.key = new PseudonymKey("another key of more than thirty-two bytes");
    Crosswalk lines = Crosswalk.of(ingest.sources.get(0), ingest.identities, Optional.empty());
    assertThat(lines.digest(ingest.key, "glow"))
        .isPresent()
        .isNotEqualTo(lines.digest(other.key, "glow"));
    assertThat(Crosswalk.NONE.digest(ingest.key, "glow")).isEmpty();
    assertThat(digest).hasSize(64).doesNotContain("512");
  }
}
