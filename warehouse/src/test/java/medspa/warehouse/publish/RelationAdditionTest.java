package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.kpi.KpiCatalogue;
import medspa.warehouse.measure.MeasureCatalogue;
import medspa.warehouse.relation.DataDictionary;
import medspa.warehouse.relation.Relations;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new relation is two files in a folder of its own, and nothing else of the project is touched:
 * it is built in its turn, commented, described and checked.
 */
class RelationAdditionTest {
  private static final TableContracts CONTRACTS = TableContracts.load();

  @TempDir Path directory;
  @RegisterExtension final LakeFixture lake = new LakeFixture();

  @BeforeEach
  void aPublishedMarketAndTheTwoFiles() throws Exception {
    lake.location("glow", "austin", "TX")
        .has("glow", "austin", "appointments")
        .measure("glow", "austin", LakeFixture.LAST_WEEK, "visits_due", "10")
        .measure("glow", "austin", LakeFixture.LAST_WEEK, "visits_no_show", "3")
        .write();
    write(
        "definition.yaml",
        """
        relation: absent_visits
        grain: One row per location with a rate of visits to which nobody came.
        key: [location_id]
        columns:
          location_id: {type: VARCHAR, meaning: The location.}
          region: {type: VARCHAR, meaning: Its region.}
          rate: {type: DOUBLE, unit: fraction, meaning: The highest rate of a week.}
        """);
    write(
        "query.sql",
        """
        -- Reads what is configured, and what is itself derived.
        SELECT max(k.value) AS rate, location_id, l.region
        FROM kpi_weekly k
        JOIN locations l USING (practice_id, location_id)
        WHERE k.kpi = 'no_show_rate'
        GROUP BY ALL
        """);
  }

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve("classes/relations/absent_visits").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Relations relations() throws IOException {
    URL[] own = {directory.resolve("classes").toUri().toURL()};
    try (URLClassLoader classPath = new URLClassLoader(own, getClass().getClassLoader())) {
      return Relations.load(CONTRACTS, classPath);
    }
  }

  private Publisher publisher() throws IOException {
    return new Publisher(CONTRACTS, MeasureCatalogue.load(), KpiCatalogue.load(), relations());
  }

  /** Of the relations of the project only those that it reads are published with it. */
  private void publish() throws IOException {
    lake.publish(publisher().only(Set.of("absent_visits")));
  }

  @Test
  void itIsBuiltAndCommented() throws Exception {
    lake.publish(publisher());

    assertThat(lake.query("FROM absent_visits")).containsExactly("austin|TX|0.3");
    assertThat(lake.query("SELECT comment FROM duckdb_tables() WHERE table_name = 'absent_visits'"))
        .containsExactly("One row per location with a rate of visits to which nobody came.");
    assertThat(
            lake.query(
                "SELECT comment FROM duckdb_columns() WHERE table_name = 'absent_visits'"
                    + " ORDER BY column_index"))
        .containsExactly(
            "The location.", "Its region.", "The highest rate of a week. Unit: fraction.");
  }

  @Test
  void itStandsInTheDataDictionary() throws Exception {
    assertThat(
            DataDictionary.markdown(
                relations(), CONTRACTS, MeasureCatalogue.load(), KpiCatalogue.load()))
        .contains("### absent_visits\n\nOne row per location with a rate of visits")
        .contains("| `rate` | DOUBLE | The highest rate of a week. Unit: fraction. |");
  }

  @Test
  void itsChecksRunBeforeItIsPublished() throws Exception {
    write("checks/rates_are_low.sql", "SELECT location_id FROM absent_visits WHERE rate > 0.25");
    assertThatThrownBy(this::publish)
        .isInstanceOfSatisfying(
            CheckFailedException.class,
            e -> {
              assertThat(e.check()).isEqualTo("rates_are_low");
              assertThat(e.keys()).containsExactly("location_id=austin");
            });

    write("checks/rates_are_low.sql", "SELECT location_id FROM absent_visits WHERE rate > 0.35");
    publish();
    assertThat(lake.query("SELECT rate FROM absent_visits")).containsExactly("0.3");
  }

  @Test
  void itsKeyIsChecked() throws Exception {
    write("query.sql", "SELECT location_id, region, unnest([0.1, 0.2]) AS rate FROM locations");

    assertThatThrownBy(this::publish)
        .isInstanceOf(CheckFailedException.class)
        .hasMessageContaining("for absent_visits")
        .hasMessageContaining("location_id=austin");
  }
}
