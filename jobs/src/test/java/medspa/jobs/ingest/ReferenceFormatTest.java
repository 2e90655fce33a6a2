package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.lake.WholeDeliveries;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the workbook that a person filled in. */
class ReferenceFormatTest {
  private static final String SERVICES =
      "Service id|Service|Category|Treatment minutes|Set-up minutes|Clean-up minutes|List price";
  private static final String ROOMS = "Location|Room id|Room|Kind";
  private static final String RECIPES = "Service id|Service|Product id|Product|Quantity";

  @TempDir Path directory;
  private IngestFixture fixture;

  @BeforeEach
  void makeWorkspace() {
    fixture = new IngestFixture(directory);
    fixture.sources.add(source(fixture));
  }

  static Source source(IngestFixture fixture) {
    return new Source(
        "reference",
        "glow",
        fixture.mapping(Mappings.REFERENCE, Optional.empty()),
        "exports/reference*.xlsx",
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  private Ingestion.Result ingest(String name, FilledWorkbook workbook) throws Exception {
    return fixture.bytes(name, workbook.bytes()).ingest();
  }

  private static List<String> messages(Ingestion.Result result) {
    return result.refused().stream().map(RefusedFile::message).toList();
  }

  @Test
  void whatAPersonWroteIsARowAndWhatExportsToldStaysTheirs() throws Exception {
    Ingestion.Result result =
        ingest(
            "reference.xlsx",
            new FilledWorkbook()
                .sheet("About", "Reference workbook of Glow")
                .sheet("Explained", "Sheet|Column|What it is", "Services|Service id|Leave it")
                .sheet(
                    "Services",
                    "Please fill in",
                    SERVICES + "|Seen: bookings",
                    "S1|[Botox]|[Injectables]|[45]|0|10|[$120.00]|41",
                    "",
                    "S2|[Peel]|[Facials]|[30]|||[80]|12",
                    "S3||Lasers|25|||$1,200.50|7",
                    "|||||||",
                    "4|Wax||15||5||3")
                .sheet("Rooms", ROOMS, "austin|R1|[Room 1]|Treatment", "island|R1||other")
                .sheet(
                    "Recipes",
                    RECIPES,
                    "S1|Botox|TOX|Toxin|20",
                    "S1|Botox|NDL|Needle|",
                    "S2|Peel||||"));

    assertThat(messages(result)).isEmpty();
    assertThat(
            fixture.rows(
                "services",
                "SELECT service_id, name, category, duration_minutes, setup_minutes,"
                    + " turnover_minutes, list_price::DOUBLE, source_line FROM rows ORDER BY ALL"))
        .containsExactly(
            "4|Wax|null|15|null|5|null|8",
            "S1|null|null|null|0|10|null|3",
            "S3|null|Lasers|25|null|null|1200.5|6");
    assertThat(
            fixture.rows("rooms", "SELECT location_id, room_id, name, kind FROM rows ORDER BY 1"))
        .containsExactly("austin|R1|null|treatment", "island|R1|null|other");
    assertThat(
            fixture.rows(
                "service_products", "SELECT service_id, product_id, quantity::INT FROM rows"))
        .containsExactly("S1|TOX|20");
    assertThat(result.batches())
        .extracting(Batch::fileName)
        .containsExactly(
            "exports/reference.xlsx!/Recipes",
            "exports/reference.xlsx!/Rooms",
            "exports/reference.xlsx!/Services");
    assertThat(result.batches())
        .allSatisfy(batch -> assertThat(batch.delivery()).isEqualTo(Delivery.WHOLE))
        .allSatisfy(batch -> assertThat(batch.mapping()).isEqualTo("reference-workbook"));
  }

  @Test
  void everyWrongCellIsToldWithItsSheetRowColumnAndWhatToDo() throws Exception {
    Ingestion.Result result =
        ingest(
            "reference.xlsx",
            new FilledWorkbook()
                .sheet(
                    "Services",
                    SERVICES,
                    "S1|Botox|Injectables|about 20|0|10|120",
                    "S2|Peel|Facials|30|900|5|80",
                    "|Wax||15|||",
                    "S2|Peel again||30|||",
                    "S5|Lift||30|||cheap")
                .sheet("Rooms", ROOMS, "Austin downtown|R1|One|treatment", "austin|R2|Two|sauna")
                .sheet("Recipes", RECIPES, "S1|Botox||Toxin|20", "S1|Botox|TOX|Toxin|0")
                .sheet("Providers", "Provider id|Provider|Role", "P1|Claire|Nurse injector"));

    assertThat(messages(result))
        .containsExactlyInAnyOrder(
            "exports/reference.xlsx!/Services, line 2, column Treatment minutes: It cannot be read;"
                + " write a whole number from 1 to 720, or leave it empty. Also row 3, Set-up"
                + " minutes: The number is out of range; write a whole number from 0 to 240. row 4,"
                + " Service id: It is empty; write the id that your exports have, or take out the"
                + " row. row 6, List price: It cannot be read; write a number from 0 on, or leave it"
                + " empty. Then save the workbook; until the whole sheet can be read, what"
                + " an earlier one said counts on.",
            "exports/reference.xlsx!/Rooms, line 2, column Location: It is no location of the"
                + " practice; write its id, as the workbook was suggested with. Also row 3, Kind:"
                + " The word is none of the list; write one of the words treatment, consultation,"
                + " other. Then save the workbook; until the whole sheet can be read, what an"
                + " earlier one said counts on.",
            "exports/reference.xlsx!/Recipes, line 2, column Product id: It is empty; write the id"
                + " that your exports have, or take out the row. Also row 3, Quantity: The number is"
                + " out of range; write a number above 0. Then save the workbook;"
                + " until the whole sheet can be read, what an earlier one said counts on.");
    assertThat(result.batches())
        .extracting(Batch::fileName)
        .containsExactly("exports/reference.xlsx!/Providers");
  }

  @Test
  void twoRowsAboutOneThingAreNoneOfThemGuessed() throws Exception {
    Ingestion.Result result =
        ingest(
            "reference.xlsx",
            new FilledWorkbook()
                .sheet(
                    "Services", SERVICES, "S1|Botox||20|||", "S2|Peel||30|||", "S1|Botox||25|||"));

    assertThat(messages(result))
        .singleElement()
        .asString()
        .startsWith(
            "exports/reference.xlsx!/Services, line 2: It is about the same as row 4; keep one of"
                + " them and take out the other.");
    assertThat(result.batches()).isEmpty();
  }

  @Test
  void eachSavedWorkbookIsAVersionAndAnUnchangedOneIsKnown() throws Exception {
    FilledWorkbook first =
        new FilledWorkbook()
            .sheet("Services", SERVICES, "S1|Botox||20|||", "S2|Peel||30|||")
            .sheet("Providers", "Provider id|Provider|Role", "P1|Claire|Nurse injector");
    ingest("reference-2026-05-01.xlsx", first);
    Ingestion.Result again = fixture.ingest();
    // A copy under another name, and a version that has lost a row and a sheet.
    fixture.bytes("reference-copy.xlsx", first.bytes());
    Ingestion.Result second =
        ingest(
            "reference-2026-06-01.xlsx",
            new FilledWorkbook().sheet("services", SERVICES, "S2|Peel||35|||"));

    assertThat(again.batches()).isEmpty();
    assertThat(again.known()).isEqualTo(2);
    assertThat(second.batches())
        .extracting(Batch::fileName)
        .contains("exports/reference-2026-06-01.xlsx!/services");
    List<Batch> all = Bronze.read(fixture.lake).current();
    assertThat(all.get(all.size() - 1).fileName())
        .isEqualTo("exports/reference-2026-06-01.xlsx!/services");
    assertThat(all).extracting(Batch::sha256).doesNotHaveDuplicates();
  }

  /** The file whose services count. */
  private String counting() {
    return WholeDeliveries.newest(Bronze.read(fixture.lake).current(), "services")
        .get("reference")
        .fileName();
  }

  private static FilledWorkbook services(String... rows) {
    return new FilledWorkbook()
        .sheet(
            "Services", Stream.concat(Stream.of(SERVICES), Stream.of(rows)).toArray(String[]::new));
  }

  @Test
  void theWorkbookOfTheLaterDayCountsWhicheverWasTakenInLater() throws Exception {
    ingest("reference-2026-12-08.xlsx", services("S1|Botox||20|||"));
    ingest("reference-2026-12-01.xlsx", services("S1|Botox||25|||"));

    assertThat(counting()).isEqualTo("exports/reference-2026-12-08.xlsx!/Services");

    // A correction of the same day, and what one had before under a later day.
    ingest("corrected-2026-12-08/reference-2026-12-08.xlsx", services("S1|Botox||30|||"));
    fixture.last(source -> reading(source, "exports/{*,*/*}.xlsx"));
    fixture.ingest();

    assertThat(counting())
        .isEqualTo("exports/corrected-2026-12-08/reference-2026-12-08.xlsx!/Services");

    Ingestion.Result back = ingest("reference-2026-12-15.xlsx", services("S1|Botox||20|||"));

    assertThat(messages(back)).isEmpty();
    assertThat(counting()).isEqualTo("exports/reference-2026-12-15.xlsx!/Services");
    assertThat(fixture.ingest().batches()).isEmpty();
  }

  private static Source reading(Source source, String from) {
    return new Source(
        source.name(),
        source.practiceId(),
        source.mapping(),
        from,
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  @Test
  void aWorkbookThatIsPutBackUnderItsNameCountsAgain() throws Exception {
    byte[] first = services("S1|Botox||20|||").bytes();
    fixture.bytes("reference-2026-12-01.xlsx", first).ingest();
    ingest("reference-2026-12-01.xlsx", services("S1|Botox||99|||"));

    Ingestion.Result back = fixture.bytes("reference-2026-12-01.xlsx", first).ingest();

    assertThat(messages(back)).isEmpty();
    assertThat(back.batches()).hasSize(1);
    assertThat(
            WholeDeliveries.newest(Bronze.read(fixture.lake).current(), "services")
                .get("reference"))
        .isEqualTo(back.batches().get(0));
    assertThat(fixture.ingest().batches()).isEmpty();
  }

  @Test
  void aWorkbookThatIsGivenAnotherDayMovesToIt() throws Exception {
    ingest("reference-2026-12-01.xlsx", services("S1|Botox||20|||"));
    ingest("reference-2026-12-08.xlsx", services("S1|Botox||30|||"));
    Files.move(
        fixture.workspace.resolve("exports/reference-2026-12-01.xlsx"),
        fixture.workspace.resolve("exports/reference-2026-12-09.xlsx"));

    Ingestion.Result renamed = fixture.ingest();

    assertThat(messages(renamed)).isEmpty();
    assertThat(counting()).isEqualTo("exports/reference-2026-12-09.xlsx!/Services");
    assertThat(Bronze.read(fixture.lake).current()).hasSize(2);
  }

  @Test
  void aWorkbookWithoutADayIsRefusedBesideOneThatHasOne() throws Exception {
    fixture.bytes("reference-2026-12-01.xlsx", services("S1|Botox||20|||").bytes());

    Ingestion.Result both = ingest("reference-new.xlsx", services("S1|Botox||30|||"));
    Ingestion.Result impossible = ingest("reference-2026-02-30.xlsx", services("S1|||40|||"));

    assertThat(messages(both))
        .containsExactly(
            "exports/reference-new.xlsx!/Services: The name of the workbook has no day, and that of"
                + " another one has. Save it under the day from which it counts, such as"
                + " reference-2026-12-01.xlsx.");
    assertThat(counting()).isEqualTo("exports/reference-2026-12-01.xlsx!/Services");
    assertThat(messages(impossible)).hasSize(2);
  }

  @Test
  void aSheetUnderAnotherNameIsNotLeftOutWithoutAWord() throws Exception {
    Ingestion.Result renamed =
        ingest(
            "reference.xlsx",
            new FilledWorkbook()
                .sheet("Services", SERVICES, "S1|Botox||20|||")
                .sheet("Notes", "ask Claire about the laser room")
                .sheet("Rooms (2)", ROOMS, "austin|R1|One|treatment"));
    Ingestion.Result other =
        ingest("reference.xlsx", new FilledWorkbook().sheet("Notes", "nothing yet"));
    Ingestion.Result headless =
        ingest("reference.xlsx", new FilledWorkbook().sheet("Rooms", "Place|Room", "austin|R1"));

    assertThat(messages(renamed))
        .containsExactly(
            "exports/reference.xlsx: Sheet number 3 has the columns of Rooms under another name."
                + " Name it Rooms if it is meant, or take out its heading.");
    assertThat(messages(other))
        .singleElement()
        .asString()
        .startsWith(
            "exports/reference.xlsx: The workbook has none of the sheets Services, Recipes");
    assertThat(messages(headless))
        .containsExactly(
            "exports/reference.xlsx!/Rooms, line 1, column Location: The sheet lacks the column"
                + " Location, and Room id. Give the columns the names that they were suggested with;"
                + " their order is free.");
  }

  @Test
  void aSheetThatSomebodyHidIsReadAndAHiddenCopyIsNot() throws Exception {
    Ingestion.Result result =
        ingest(
            "reference.xlsx",
            new FilledWorkbook()
                .sheet("Rooms", ROOMS, "austin|R1|One|treatment")
                .sheet("Services", SERVICES, "S1|Botox||20|||")
                .hidden()
                .sheet("Services (2)", SERVICES, "S1|Botox||99|||")
                .hidden());

    assertThat(messages(result)).isEmpty();
    assertThat(result.batches())
        .extracting(Batch::fileName)
        .containsExactly("exports/reference.xlsx!/Rooms", "exports/reference.xlsx!/Services");
    assertThat(fixture.rows("services", "SELECT service_id, duration_minutes FROM rows"))
        .containsExactly("S1|20");
  }

  @Test
  void aFileThatIsNoWorkbookIsToldSo() throws Exception {
    fixture.file("reference.xlsx", "service_id,turnover_minutes", "S1,10");

    assertThat(messages(fixture.ingest()))
        .singleElement()
        .asString()
        .contains("exports/reference.xlsx: This is not an Excel workbook (.xlsx).");
  }
}
