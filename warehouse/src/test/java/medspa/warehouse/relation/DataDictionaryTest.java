package medspa.warehouse.relation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DataDictionaryTest {
  private static final Path FILE = Path.of("..", "docs", "data-dictionary.md");

  @Test
  void theDictionaryInTheRepositoryIsThatOfTheDefinitions() throws Exception {
    String dictionary = DataDictionary.markdown();
    if (Boolean.getBoolean("medspa.dictionary.write")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, dictionary);
    }

    assertThat(FILE)
        .as(
            "docs/data-dictionary.md no longer says what the definitions say; rewrite it with"
                + " mvn -pl warehouse test -Dtest=DataDictionaryTest -Dmedspa.dictionary.write=true"
                + " and commit it")
        .exists()
        .content()
        .isEqualTo(dictionary);
  }

  @Test
  void itHoldsRelationsTablesExportsAndKpis() {
    assertThat(DataDictionary.markdown())
        .contains("### kpi_weekly\n\nOne row per location, week and KPI")
        .contains("Key: `practice_id`, `location_id`, `week_start`, `kpi`.")
        .contains("| `net_amount` | DECIMAL(18,4) | Gross amount less discount, before tax. Unit:")
        .contains("### appointments in exports")
        .contains("`end_not_after_start` where `end_at <= start_at`")
        .contains("Stored as client_key.")
        .contains("### fill_rate\n\n**Fill rate**, version 1.")
        .contains("| numerator | minutes kept: `kept_seconds` ÷ 60 |")
        .contains(
            "| numerator | mean daily owned inventory at cost × 364: `mean_inventory` × 364 |")
        .endsWith("|\n");
  }
}
