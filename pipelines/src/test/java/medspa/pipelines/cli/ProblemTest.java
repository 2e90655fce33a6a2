package medspa.pipelines.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import medspa.pipelines.config.WorkspaceLoader;
import medspa.warehouse.definition.InvalidDefinitionException;
import medspa.warehouse.query.QueryException;
import medspa.warehouse.query.QueryFormat;
import medspa.warehouse.query.WarehouseQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemTest {
  @TempDir Path directory;

  @Test
  void ourOwnSentencesAreKept() {
    QueryException nothing =
        catchThrowableOfType(
            QueryException.class,
            () ->
                WarehouseQuery.open(directory.resolve("none"), WarehouseQuery.Limits.DEFAULT)
                    .close());
    assertThat(Problem.of(nothing)).startsWith("There is no warehouse at ");
    InvalidDefinitionException wrong =
        catchThrowableOfType(
            InvalidDefinitionException.class,
            () ->
                WorkspaceLoader.load(
                    Files.writeString(directory.resolve("medspa.yaml"), "prices: 1").getParent()));
    assertThat(Problem.of(wrong)).contains("prices", "; ");
  }

  @Test
  void thoseOfAnEngineAreNotBecauseTheyMayQuoteAnExport() throws Exception {
    Path file = directory.resolve("a.duckdb");
    DriverManager.getConnection("jdbc:duckdb:" + file).close();
    try (WarehouseQuery query = WarehouseQuery.open(file, WarehouseQuery.Limits.DEFAULT)) {
      QueryException failed =
          catchThrowableOfType(
              QueryException.class,
              () ->
                  query.run(
                      "SELECT 'Jo Doe'::INT",
                      QueryFormat.CSV,
                      new PrintWriter(Writer.nullWriter())));
      assertThat(failed).hasMessageContaining("Jo Doe");
      assertThat(Problem.of(failed)).doesNotContain("Jo Doe").contains("--verbose");
    }
    assertThat(Problem.of(new IllegalStateException("Jo Doe")))
        .isEqualTo(
            "an error that nobody expected (IllegalStateException); the command tells more with"
                + " --verbose");
    NumberFormatException foreign =
        catchThrowableOfType(NumberFormatException.class, () -> Integer.parseInt("Jo Doe"));
    assertThat(Problem.of(foreign)).as("not thrown by us").doesNotContain("Jo Doe");
  }

  @Test
  void ofADiskTheFileIsNamed() {
    assertThat(
            Problem.of(new UncheckedIOException(new AccessDeniedException("/spa/lake/state.json"))))
        .isEqualTo("/spa/lake/state.json cannot be read or written");
  }
}
