package medspa.warehouse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import medspa.warehouse.query.WarehouseQuery.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarehouseQueryTest {
  @TempDir Path directory;
  private Path file;
  private WarehouseQuery query;

  @BeforeEach
  void open() throws Exception {
    file = directory.resolve("medspa.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE kpi AS SELECT * FROM (VALUES ('fill_rate', 0.75, 12.50::DECIMAL(9,2)),"
              + " ('a \"b\", c', NULL, NULL), ('', 1e300, -1.00)) t (kpi, value, amount)");
      statement.execute("COMMENT ON TABLE kpi IS 'Numbers.'");
    }
    query = WarehouseQuery.open(file, new Limits("200MB", 2, Duration.ofSeconds(20)));
  }

  @AfterEach
  void close() {
    query.close();
  }

  private String run(String sql, QueryFormat format) {
    StringBuilder out = new StringBuilder();
    query.run(sql, format, out);
    return out.toString();
  }

  @Test
  void csvIsRfc4180AndTellsNullFromEmptyText() {
    assertThat(run("SELECT * FROM kpi", QueryFormat.CSV))
        .isEqualTo(
            "kpi,value,amount\r\nfill_rate,0.75,12.50\r\n\"a \"\"b\"\", c\",,\r\n\"\",1.0E300,-1.00\r\n");
    assertThat(run("SELECT 'a' || chr(10) || 'b' AS \"x,y\"", QueryFormat.CSV))
        .isEqualTo("\"x,y\"\r\n\"a\nb\"\r\n");
  }

  @Test
  void aTextThatASpreadsheetWouldRunIsGuardedInCsvAndANumberIsNot() {
    assertThat(
            run(
                "SELECT '=cmd|''/c calc''!A1' AS a, '@SUM(1)' AS b, '-5 % off' AS c, -5 AS d,"
                    + " '+1' AS e, '5-' AS f",
                QueryFormat.CSV))
        .isEqualTo("a,b,c,d,e,f\r\n'=cmd|'/c calc'!A1,'@SUM(1),'-5 % off,-5,'+1,5-\r\n");
    assertThat(run("SELECT '=1' AS a", QueryFormat.JSON)).contains("\"=1\"");
  }

  @Test
  void jsonIsAnArrayOfObjectsWithNumbersAsNumbers() {
    assertThat(run("SELECT * FROM kpi LIMIT 2", QueryFormat.JSON))
        .isEqualTo(
            """
            [
            {"kpi":"fill_rate","value":0.75,"amount":12.50},
            {"kpi":"a \\"b\\", c","value":null,"amount":null}
            ]
            """);
    assertThat(run("SELECT 1 WHERE false", QueryFormat.JSON)).isEqualTo("[]\n");
    assertThat(run("SELECT 1 AS a, 2 AS a, 'nan'::DOUBLE AS b, true AS c", QueryFormat.JSON))
        .isEqualTo("[\n{\"a\":1,\"a_2\":2,\"b\":null,\"c\":true}\n]\n");
    assertThat(
            run(
                "SELECT [1, 2] AS l, {'a': 'x', 'b': NULL} AS s, MAP {'k': 1.5} AS m,"
                    + " '{\"j\":1}'::JSON AS j, chr(7) AS t",
                QueryFormat.JSON))
        .isEqualTo(
            "[\n{\"l\":[1,2],\"s\":{\"a\":\"x\",\"b\":null},\"m\":{\"k\":1.5},\"j\":{\"j\":1},"
                + "\"t\":\"\\u0007\"}\n]\n");
  }

  @Test
  void aTableIsAlignedAndCountsItsRows() {
    assertThat(run("SELECT kpi, amount FROM kpi", QueryFormat.TABLE))
        .isEqualTo(
            """
            kpi       | amount
            ----------+-------
            fill_rate |  12.50
            a "b", c  | NULL
                      |  -1.00
            (3 rows)
            """);
    assertThat(run("SELECT 1 AS one", QueryFormat.TABLE)).isEqualTo("one\n---\n  1\n(1 row)\n");
    assertThat(run("SELECT 1 AS one WHERE false", QueryFormat.TABLE))
        .isEqualTo("one\n---\n(0 rows)\n");
  }

  @Test
  void aTableKeepsLinesAndHidesWhatCouldSteerATerminal() {
    assertThat(run("SELECT 'a' || chr(10) || chr(27) || '[2J' AS x, 1 AS y", QueryFormat.TABLE))
        .isEqualTo("x    | y\n-----+--\na    | 1\n\uFFFD[2J |\n(1 row)\n");
  }

  @Test
  void aLongTableIsWrittenInOnePassAndCounted() {
    StringBuilder out = new StringBuilder();
    long rows = query.run("SELECT range AS n FROM range(2500)", QueryFormat.TABLE, out);

    assertThat(rows).isEqualTo(2500);
    assertThat(out.toString().lines()).hasSize(2503).last().isEqualTo("(2500 rows)");
  }

  @Test
  void instantsAreUtcAndTimestampsAreNotShiftedByTheZoneOfTheMachine() {
    assertThat(
            run(
                "SELECT TIMESTAMPTZ '2026-03-08 02:30:00-06' AS i, TIMESTAMP '2026-09-27 02:30:00'"
                    + " AS t, DATE '2026-09-27' AS d, TIME '02:30:00' AS c, INTERVAL 1 DAY AS p",
                QueryFormat.CSV))
        .isEqualTo(
            "i,t,d,c,p\r\n2026-03-08T08:30:00Z,2026-09-27T02:30:00,2026-09-27,02:30,1 day\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT kpi FROM kpi",
        "select 1;",
        "-- a comment; with a semicolon\nSELECT ';' AS x",
        "WITH a AS (SELECT 1) SELECT * FROM a",
        "FROM kpi",
        "VALUES (1)",
        "DESCRIBE kpi",
        "SHOW TABLES",
        "SUMMARIZE kpi",
        "EXPLAIN SELECT * FROM kpi",
        "explain analyze SELECT * FROM kpi",
        "SELECT comment FROM duckdb_tables()"
      })
  void whatReadsIsRun(String sql) {
    assertThat(run(sql, QueryFormat.CSV)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-- nothing",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE kpi",
        "DROP TABLE kpi",
        "DELETE FROM kpi",
        "UPDATE kpi SET value = 1",
        "INSERT INTO kpi VALUES ('x', 1, 1)",
        "CREATE TEMP TABLE x AS SELECT 1",
        "CREATE VIEW x AS SELECT 1",
        "WITH x AS (INSERT INTO kpi VALUES ('x', 1, 1) RETURNING *) SELECT * FROM x",
        "WITH x AS (DELETE FROM kpi RETURNING *) SELECT * FROM x",
        "WITH x AS (UPDATE kpi SET value = 1 RETURNING *) SELECT * FROM x",
        "COPY kpi TO 'out.csv'",
        "COPY (SELECT 1) TO 'out.csv'",
        "EXPORT DATABASE 'out'",
        "ATTACH 'other.duckdb' AS other",
        "ATTACH ':memory:' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET memory_limit = '10GB'",
        "SET lock_configuration = false",
        "RESET threads",
        "PRAGMA enable_profiling",
        "CALL pragma_version()",
        "BEGIN TRANSACTION",
        "CHECKPOINT",
        "VACUUM",
        "PREPARE p AS SELECT 1",
        "COMMENT ON TABLE kpi IS 'x'",
        "USE memory",
        "EXPLAIN DELETE FROM kpi",
        "EXPLAIN ANALYZE DELETE FROM kpi",
        "EXPLAIN ANALYZE COPY kpi TO 'out.csv'"
      })
  void whatWritesOrConfiguresIsRefused(String sql) throws Exception {
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> run(sql, QueryFormat.CSV))
        .isInstanceOf(QueryException.class)
        .hasMessageStartingWith("Only one statement that reads can be run here");

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(Path.of("out.csv")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_csv('%s')",
        "SELECT * FROM read_text('%s')",
        "SELECT * FROM read_blob('%s')",
        "SELECT * FROM read_json('%s')",
        "SELECT * FROM read_parquet('%s')",
        "SELECT * FROM parquet_metadata('%s')",
        "SELECT * FROM sniff_csv('%s')",
        "SELECT * FROM glob('%s*')",
        "SELECT * FROM '%s'",
        "DESCRIBE SELECT * FROM read_csv('%s')",
        "SUMMARIZE SELECT * FROM '%s'",
        "SELECT (SELECT content FROM read_text('%s'))",
        "SELECT * FROM query('SELECT * FROM read_text(''%s'')')",
        "EXPLAIN ANALYZE SELECT * FROM read_csv('%s')"
      })
  void noOtherFileCanBeRead(String sql) throws Exception {
    Path secret = Files.writeString(directory.resolve("secret.csv"), "name\nClaire\n");

    assertThatThrownBy(() -> run(sql.replace("%s", secret.toString()), QueryFormat.CSV))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("disabled by configuration")
        .hasMessageNotContaining("Claire");
  }

  @Test
  void whateverPassesTheParserMeetsALockedSandbox() {
    assertThat(
            run(
                    "SELECT current_setting('enable_external_access'),"
                        + " current_setting('lock_configuration'),"
                        + " current_setting('autoload_known_extensions'),"
                        + " current_setting('autoinstall_known_extensions'),"
                        + " current_setting('temp_directory'), current_setting('threads')",
                    QueryFormat.CSV)
                .lines()
                .skip(1))
        .containsExactly("false,true,false,false,\"\",2");
  }

  @Test
  void whatTakesTooLongIsStopped() {
    query.close();
    query = WarehouseQuery.open(file, new Limits("200MB", 2, Duration.ofSeconds(1)));

    assertThatThrownBy(
            () ->
                run(
                    "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range"
                        + " = -1",
                    QueryFormat.CSV))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("took longer than 1 s and was stopped");
  }

  @Test
  void whatTakesTooLongAfterItsFirstRowIsStoppedToo() {
    query.close();
    query = WarehouseQuery.open(file, new Limits("200MB", 2, Duration.ofSeconds(1)));

    assertThatThrownBy(
            () ->
                query.run(
                    "SELECT a.range FROM range(1000000) a, range(1000000) b WHERE (a.range + b.range)"
                        + " % 100000 = 7",
                    QueryFormat.CSV, new java.io.PrintWriter(java.io.Writer.nullWriter())))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("took longer than 1 s and was stopped");
  }

  @Test
  void whatNeedsTooMuchMemoryFailsAndSaysSo() {
    assertThatThrownBy(
            () ->
                run(
                    "SELECT list(range || 'xxxxxxxxxxxxxxxxxxxx') FROM range(20000000)",
                    QueryFormat.CSV))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("Out of Memory");
    assertThat(directory.resolve("medspa.duckdb.tmp")).doesNotExist();
  }

  @Test
  void aMistakeIsToldInTheWordsOfTheDatabase() {
    assertThatThrownBy(() -> run("SELEC 1", QueryFormat.CSV))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("cannot be parsed")
        .hasMessageContaining("SELEC");
    assertThatThrownBy(() -> run("SELECT nothing FROM kpi", QueryFormat.CSV))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> run("SELECT CAST('x' AS INTEGER)", QueryFormat.CSV))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("Could not convert string 'x' to INT32");
  }

  @Test
  void aMissingOrForeignFileIsNamed() throws Exception {
    Limits limits = Limits.DEFAULT;
    assertThatThrownBy(() -> WarehouseQuery.open(directory.resolve("none.duckdb"), limits))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("There is no warehouse at")
        .hasMessageContaining("none.duckdb");
    assertThat(directory.resolve("none.duckdb")).doesNotExist();

    Path text = Files.writeString(directory.resolve("text.duckdb"), "not a database");
    assertThatThrownBy(() -> WarehouseQuery.open(text, limits))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("text.duckdb cannot be opened");
  }

  @Test
  void limitsOfNothingAreInvalid() {
    assertThatThrownBy(() -> new Limits("1GB", 0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 threads");
    assertThatThrownBy(() -> new Limits("1GB", 1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be 1 or more");
  }

  private record Read(
      String kpi, OptionalDouble value, Optional<BigDecimal> amount, BigDecimal amountOrZero) {}

  @Test
  void rowsBecomeRecordsThatHoldNoNull() {
    assertThat(
            query.rows(
                "SELECT * FROM kpi WHERE kpi = ANY($1) ORDER BY kpi DESC",
                row ->
                    new Read(
                        row.text("kpi"),
                        row.optionalNumber("value"),
                        row.optionalDecimal("amount"),
                        row.decimal("amount")),
                List.of("fill_rate", "a \"b\", c")))
        .containsExactly(
            new Read(
                "fill_rate",
                OptionalDouble.of(0.75),
                Optional.of(new BigDecimal("12.50")),
                new BigDecimal("12.50")),
            new Read("a \"b\", c", OptionalDouble.empty(), Optional.empty(), BigDecimal.ZERO));
  }

  @Test
  void ofAnEmptyListNothingIsAsked() {
    assertThat(
            query.rows("SELECT * FROM kpi WHERE kpi = ANY(?)", row -> row.text("kpi"), List.of()))
        .isEmpty();
  }

  @Test
  void aRelationThatMustHaveOneRowSaysHowManyItHas() {
    long rows = query.row("SELECT count(*) AS rows FROM kpi", row -> row.count("rows"));
    assertThat(rows).isEqualTo(3);
    assertThatThrownBy(() -> query.row("SELECT kpi FROM kpi", row -> row.text("kpi")))
        .isInstanceOf(QueryException.class)
        .hasMessageStartingWith("The warehouse has 3 rows where it must have one;")
        .hasMessageEndingWith("SELECT kpi FROM kpi");
  }

  @Test
  void aDayThatIsMissingNamesItsColumn() {
    assertThatThrownBy(
            () -> query.row("SELECT CAST(NULL AS DATE) AS week", row -> row.date("week")))
        .isInstanceOf(QueryException.class)
        .hasMessage("The column week is NULL");
  }

  @Test
  void wholeResultsTellWhyAStatementFailedWhileItRan() {
    query.close();
    query =
        WarehouseQuery.open(
            file, new Limits("200MB", 2, Duration.ofSeconds(20)), WarehouseQuery.Results.WHOLE);
    assertThatThrownBy(
            () -> query.rows("SELECT CAST(kpi AS INTEGER) AS n FROM kpi", row -> row.count("n")))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("Could not convert string 'fill_rate' to INT32");
  }

  @Test
  void whatAnotherVersionDidNotPublishIsAskedForByTheCommandThatHelps() {
    assertThatThrownBy(() -> query.rows("SELECT no_such_column FROM kpi", row -> row.text("kpi")))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("another version of the program")
        .hasMessageContaining("medspa publish")
        .hasMessageNotContaining("no_such_column");
    assertThatThrownBy(() -> query.print("SELECT 1 FROM no_such_relation", new StringBuilder()))
        .hasMessageContaining("medspa publish");
  }

  @Test
  void aStatementThatIsAskedAgainAnswersOfWhatItIsAskedNow() {
    String added = "SELECT CAST($1 AS INT) + 1 AS n";
    assertThat(query.rows(added, row -> row.integer("n"), 1)).containsExactly(2);
    assertThat(query.rows(added, row -> row.integer("n"), 5)).containsExactly(6);
    String variable = "SELECT CAST(getvariable('asked') AS INT) AS n";
    query.prepare("SET VARIABLE asked = CAST(? AS INT)", 1);
    assertThat(query.rows(variable, row -> row.integer("n"))).containsExactly(1);
    query.prepare("SET VARIABLE asked = CAST(? AS INT)", 2);
    assertThat(query.rows(variable, row -> row.integer("n"))).containsExactly(2);
  }
}
