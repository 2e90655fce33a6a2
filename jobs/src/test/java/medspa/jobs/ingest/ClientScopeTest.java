package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.market.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sites of one practice may give one number to two clients. */
class ClientScopeTest {
  private static final String SALES =
      "Sale Date,Client ID,Client,Sale ID,Item name,Location,Price,Quantity,Subtotal,Discount"
          + " amount,Tax,Item Total,Total Paid w/ Payment Method,Payment Method";

  @TempDir Path directory;

  private static String sale(String client, String sale) {
    return "6/20/2026,%s,x,%s,Facial,Main,100,1,100,0,0,100,100,Cash".formatted(client, sale);
  }

  private IngestFixture twoSites() throws Exception {
    return new IngestFixture(directory)
        .mapped("a", "mindbody-sales", "a.csv", "austin")
        .mapped("b", "mindbody-sales", "b.csv", "island")
        .file("a.csv", SALES, sale("100000012", "1"), sale("100000013", "2"))
        .file("b.csv", SALES, sale("100000012", "3"));
  }

  private static List<String> people(IngestFixture fixture) throws Exception {
    assertThat(fixture.ingest().refused()).allMatch(file -> file.source().equals("c"));
    return fixture.rows(
        "sale_lines",
        "SELECT string_agg(sale_id, ' ' ORDER BY sale_id) FROM rows GROUP BY client_key ORDER BY 1");
  }

  @Test
  void oneNumberAtTwoSitesIsTwoPeople() throws Exception {
    assertThat(people(twoSites())).containsExactly("1", "2", "3");
  }

  @Test
  void aSourceSaysThatTheSitesShareTheirNumbers() throws Exception {
    IngestFixture fixture = twoSites();
    fixture.sources.replaceAll(source -> source.withClientScope(ClientScope.PRACTICE));
    assertThat(people(fixture)).containsExactly("1 3", "2");
  }

  @Test
  void sourcesOfOneVendorThatShareALocationAreOneSite() throws Exception {
    IngestFixture fixture =
        twoSites()
            .mapped("c", "mindbody-api-appointments", "c.json", "austin")
            .last(s -> s.withLocations(Map.of("1", "austin", "2", "island")));
    ClientSites sites = new ClientSites(fixture.sources);
    assertThat(fixture.sources)
        .extracting(source -> sites.site(source).orElse(""))
        .containsExactly("austin", "austin", "austin");
    assertThat(people(fixture)).containsExactly("1 3", "2");
  }

  @Test
  void whoIsOnePersonAtTwoSitesIsSaidInTheCrosswalk() throws Exception {
    IngestFixture fixture = twoSites();
    fixture.identities.add(
        new Identity("glow", Identity.Kind.CLIENT, "a", "100000013", "100000012"));
    fixture.identities.add(
        new Identity("glow", Identity.Kind.CLIENT, "b", "100000012", "100000012"));
    assertThat(people(fixture)).containsExactly("1", "2 3");
  }

  @Test
  void everyShippedMappingWithClientsSaysWithinWhatTheirIdsNameThem() {
    Problems problems = new Problems();
    Mappings mappings = Mappings.load(TableContracts.load(), directory, problems);
    TableContracts contracts = TableContracts.load();
    assertThat(mappings.all())
        .filteredOn(
            mapping ->
                mapping.tables().stream()
                    .anyMatch(
                        table ->
                            contracts.table(table.table()).columns().stream()
                                .filter(column -> column.type() == ColumnType.CLIENT)
                                .anyMatch(c -> table.columns().containsKey(c.name()))))
        .hasSizeGreaterThan(15)
        .allSatisfy(
            mapping ->
                assertThat(mappings.text(mapping.id()).orElseThrow())
                    .as(mapping.id())
                    .contains("\nclient_scope: "));
  }
}
