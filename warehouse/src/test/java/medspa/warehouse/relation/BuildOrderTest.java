package medspa.warehouse.relation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.definition.InvalidDefinitionException;
import medspa.warehouse.definition.ResourceFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildOrderTest {
  @TempDir Path classPath;

  private BuildOrder order() throws IOException {
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classPath.toUri().toURL()}, getClass().getClassLoader())) {
      return BuildOrder.of(Relations.load(TableContracts.load(), loader));
    }
  }

  private void write(String name, String file, String text) throws IOException {
    Path folder = Files.createDirectories(classPath.resolve("relations").resolve(name));
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }

  private void relation(String name, String more, String query) throws IOException {
    write(
        name,
        "definition.yaml",
        "relation: "
            + name
            + "\n"
            + more
            + "grain: One row.\ncolumns:\n  a: {type: INTEGER, meaning: A number.}\n");
    write(name, "query.sql", query);
  }

  @Test
  void eachRelationComesAfterThoseItReads() throws Exception {
    BuildOrder order = order();

    List<String> names = order.relations().stream().map(Relation::name).toList();
    assertThat(names).doesNotHaveDuplicates().contains("restatements", "kpi_weekly", "visits");
    for (String name : names) {
      assertThat(names.subList(0, names.indexOf(name))).containsAll(order.reads(name));
    }
    assertThat(order.reads("kpi_weekly")).containsExactly("kpi_rows");
    assertThat(order.reads("locations")).containsExactly("configured_locations", "rooms");
  }

  @Test
  void whatIsNotPublishedIsReadBySomeQueryOrCheck() throws Exception {
    Relations relations = Relations.load();
    BuildOrder order = BuildOrder.of(relations);

    Set<String> read = new TreeSet<>();
    Map<String, String> checks = new TreeMap<>(relations.checks());
    for (Relation relation : order.relations()) {
      read.addAll(order.reads(relation.name()));
      checks.putAll(relation.checks());
    }
    try (QueryReads parser = QueryReads.open()) {
      for (String check : checks.values()) {
        read.addAll(parser.of(check).tables());
      }
    }
    assertThat(order.relations())
        .filteredOn(relation -> !relation.isPublished())
        .extracting(Relation::name)
        .contains("kpi_rows", "computed")
        .allSatisfy(name -> assertThat(read).contains(name));
  }

  @Test
  void everyFunctionOfTheQueriesIsUsed() {
    String functions = Definitions.resource("sql/functions.sql");
    List<String> names =
        Pattern.compile("CREATE TEMP MACRO (\\w+)")
            .matcher(functions)
            .results()
            .map(found -> found.group(1))
            .toList();
    String queries =
        Stream.of("relations", "checks", "sql", "actions")
            .map(ResourceFolder::shipped)
            .flatMap(
                folder ->
                    folder.files().stream()
                        .filter(
                            file -> file.endsWith(".sql") || folder.path(file).contains("actions"))
                        .map(folder::text))
            .collect(Collectors.joining("\n"));
    assertThat(names)
        .contains("week_of", "scaled")
        .allSatisfy(
            name ->
                assertThat(Pattern.compile("(?<!MACRO )\\b" + name + "\\(").matcher(queries).find())
                    .as(name)
                    .isTrue());
  }

  @Test
  void aNameOfTheQueryItselfIsNoRelation() throws Exception {
    relation(
        "a_sample",
        "",
        """
        WITH rooms AS (SELECT 1 AS a FROM rooms), visits AS (FROM rooms)
        SELECT a FROM visits
        WHERE EXISTS (WITH payments AS (SELECT 1) FROM payments)
          AND a IN (SELECT numerator FROM kpi_between(DATE '2026-01-05', DATE '2026-01-05'))
        UNION ALL SELECT 1 FROM main.stock_lots
        """);

    assertThat(order().reads("a_sample")).containsExactly("kpi_between", "rooms", "stock_lots");
  }

  @Test
  void aCircleAnUnknownNameAndWhatIsNoQueryAreNamed() throws Exception {
    relation("a_one", "", "SELECT a FROM a_two");
    relation("a_two", "", "SELECT a FROM a_one");
    assertThatThrownBy(this::order)
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("relations/a_one: cannot be built")
        .hasMessageContaining("a_one reads a_two reads a_one");

    relation("a_one", "", "SELECT a FROM kpi_yearly JOIN locatons USING (a)");
    relation("a_two", "", "DELETE FROM rooms");
    write("a_two", "checks/broken.sql", "SELECT a FROM nowhere");
    assertThatThrownBy(this::order)
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("relations/a_one/query.sql: reads kpi_yearly, which is no relation")
        .hasMessageContaining("relations/a_one/query.sql: reads locatons, which is no relation")
        .hasMessageContaining("relations/a_two/query.sql: must be one SELECT")
        .hasMessageContaining("relations/a_two/checks/broken.sql: reads nowhere");
  }

  @Test
  void aPublishedViewReadsOnlyWhatIsPublished() throws Exception {
    relation("a_view", "kind: view\n", "SELECT 1 AS a FROM kpi_rows");

    assertThatThrownBy(this::order)
        .hasMessageContaining("relations/a_view/query.sql: reads kpi_rows, which is not published");
  }

  @Test
  void whatWouldNotBeUsedIsRefused() throws Exception {
    relation("a_sample", "loaded: lake\n", "SELECT 1 AS a");
    write("a_sample", "notes.txt", "");
    write("a_other", "query.sql", "SELECT 1 AS a");
    write("rooms", "definition.yaml", "relation: rooms\n");
    Files.writeString(classPath.resolve("relations/loose.sql"), "SELECT 1");

    assertThatThrownBy(this::order)
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("relations/a_sample/query.sql: would not be used")
        .hasMessageContaining("relations/a_sample/notes.txt: is no file of a relation")
        .hasMessageContaining("relations/a_other/definition.yaml: is missing")
        .hasMessageContaining("relations/rooms/definition.yaml: is of a canonical table")
        .hasMessageContaining("relations/loose.sql: must stand in the folder of a relation");
  }
}
