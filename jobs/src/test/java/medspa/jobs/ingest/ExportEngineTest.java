package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.query.Sql;
import org.junit.jupiter.api.Test;

class ExportEngineTest {
  private static String value(ExportEngine engine, String sql) throws SQLException {
    try (Statement statement = engine.connection().createStatement();
        ResultSet row = statement.executeQuery("SELECT " + sql)) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void anExportSeesTheSettingsOfTheOneBeforeOnlyWhereTheyAreItsOwn() throws SQLException {
    try (ExportEngine engine = ExportEngine.lockedDown(Optional.empty())) {
      engine.setOnly(Map.of("period", "'May'", "words", "'old'", "kept", "'same'"));
      engine.set("title", "'Report of May'");
      engine.setOnly(Map.of("words", "'new'", "kept", "'same'"));
      assertThat(value(engine, "getvariable('period')")).isNull();
      assertThat(value(engine, "getvariable('title')")).isNull();
      assertThat(value(engine, "getvariable('words')")).isEqualTo("new");
      assertThat(value(engine, "getvariable('kept')")).isEqualTo("same");
    }
  }

  @Test
  void aVariableThatWasForgottenIsSetAgain() throws SQLException {
    try (ExportEngine engine = ExportEngine.lockedDown(Optional.empty())) {
      engine.setOnly(Map.of("dates", "'mdy'"));
      engine.reset("dates");
      engine.setOnly(Map.of("dates", "'mdy'"));
      assertThat(value(engine, "getvariable('dates')")).isEqualTo("mdy");
    }
  }

  /** Words of mappings are spelled in Java, those of exports by the engine. */
  @Test
  void aPlainTextIsTheSameWordInJavaAndInTheEngine() throws SQLException {
    String printable =
        IntStream.rangeClosed(' ', '~')
            .filter(c -> c != '%')
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    try (ExportEngine engine = ExportEngine.lockedDown(Optional.empty())) {
      for (String text : new String[] {printable, "No-Show", "_Gift Card (e) #2", "-", ""}) {
        assertThat(TableIngest.plainWord(text))
            .isEqualTo(value(engine, "word(" + Sql.literal(text) + ")"));
      }
    }
  }

  /** The lists stand beside a table's own columns in one query. */
  @Test
  void noTableHasAColumnWithTheNameOfAList() {
    TableContracts contracts = TableContracts.load();
    for (String name : contracts.names()) {
      TableContract contract = contracts.table(name);
      assertThat(contract.columns())
          .as(name)
          .extracting(Column::name)
          .doesNotContain("instants", "numbers", "too_fine", "damaged", "place", "zone");
    }
  }
}
