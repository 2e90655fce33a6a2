package medspa.warehouse.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.ResourceFolder;
import medspa.warehouse.relation.Relation;
import medspa.warehouse.relation.Relations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions of lists are read and validated as a whole. */
class ListCatalogueTest {
  @TempDir Path directory;

  private List<String> problems(String text) throws IOException {
    Files.createDirectories(directory.resolve("lists"));
    Files.writeString(directory.resolve("lists").resolve("rooms_free.yaml"), text);
    URL[] own = {directory.toUri().toURL()};
    Problems problems = new Problems();
    try (URLClassLoader classPath = new URLClassLoader(own, null)) {
      ListCatalogue.load(ResourceFolder.of("lists", classPath), TableContracts.load(), problems);
    }
    return problems.messages();
  }

  @Test
  void everyListIsHeldByAPublishedRelation() {
    List<String> published = Relations.load().published().stream().map(Relation::name).toList();

    assertThat(ListCatalogue.load().all())
        .isNotEmpty()
        .allSatisfy(list -> assertThat(published).contains(list.relation()));
  }

  @Test
  void whatIsWrongIsNamedWithItsLine() throws IOException {
    assertThat(
            problems(
                """
                list: rooms_free
                order: 1
                label: Free rooms
                relation: room_capacity
                needs:
                  - {column: services.price, called: prices, without: nothing}
                  - {column: rooms_free.minutes, called: minutes, without: nothing}
                  - {column: payments.tender, word: [cash, coins], called: coins, without: nothing}
                  - {column: services.category, where: {kind: peel}, called: categories, without: nothing}
                  - {column: appointments.room_id, where: {status: over}, called: rooms, without: nothing}
                gains:
                  - {called: things, without: nothing}
                """))
        .containsExactlyInAnyOrder(
            "lists/rooms_free.yaml:6 needs[0].column: is no column of services",
            "lists/rooms_free.yaml:7 needs[1].column: must be a column of a canonical table, such as"
                + " services.turnover_minutes",
            "lists/rooms_free.yaml:8 needs[2].column: never has the word coins",
            "lists/rooms_free.yaml:9 needs[3].where.kind: chooses rows of what happened; services is"
                + " reference data",
            "lists/rooms_free.yaml:10 needs[4].where.status: status of appointments is never over",
            "lists/rooms_free.yaml:12 gains[0]: needs a column, such as services.turnover_minutes,"
                + " or a setting");
  }

  @Test
  void aListNeedsSomethingAndHasTheNameOfItsFile() throws IOException {
    assertThat(
            problems(
                """
                list: free_rooms
                order: 1
                label: Free rooms
                relation: room_capacity
                """))
        .containsExactlyInAnyOrder(
            "lists/rooms_free.yaml:1: must define the list rooms_free like the file",
            "lists/rooms_free.yaml:1: needs at least one column without which the list says"
                + " nothing, under needs");
  }
}
