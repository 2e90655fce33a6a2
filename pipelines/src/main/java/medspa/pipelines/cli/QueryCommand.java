package medspa.pipelines.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import medspa.pipelines.run.ExitCode;
import medspa.warehouse.query.QueryException;
import medspa.warehouse.query.QueryFormat;
import medspa.warehouse.query.WarehouseQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medspa query}: read-only SQL on the published warehouse, or a prompt. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = "Ask the published warehouse in SQL; without SQL, a prompt.")
final class QueryCommand implements Callable<Integer> {
  @Mixin PublishedOption published = new PublishedOption();
  @Mixin Terminal terminal = new Terminal();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  QueryFormat format;

  @Parameters(arity = "0..1", paramLabel = "SQL", description = "One statement that reads.")
  String sql;

  @Override
  public Integer call() throws IOException {
    try (WarehouseQuery query =
        WarehouseQuery.open(published.warehouse(), WarehouseQuery.Limits.DEFAULT)) {
      if (sql != null) {
        answer(query, sql);
        return ExitCode.DONE.code();
      }
      return prompt(query).code();
    }
  }

  private void answer(WarehouseQuery query, String statement) {
    query.run(statement, format, terminal.results());
    terminal.results().flush();
  }

  /**
   * Reads statements until the input ends; a statement ends with a semicolon, the last one also
   * with the input. A person goes on after one that fails; a script that pipes statements must
   * learn of it.
   */
  private ExitCode prompt(WarehouseQuery query) throws IOException {
    if (terminal.isTyped()) {
      terminal.say(
          "SQL on the published warehouse; end a statement with ; and the prompt with exit.");
    }
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    StringBuilder statement = new StringBuilder();
    ExitCode exit = ExitCode.DONE;
    terminal.ask("medspa> ");
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      if (statement.toString().isBlank()
          && (line.strip().equals("exit") || line.strip().equals("quit"))) {
        return exit;
      }
      statement.append(line).append('\n');
      if (line.stripTrailing().endsWith(";")) {
        exit = tried(query, statement.toString(), exit);
        statement.setLength(0);
      }
      terminal.ask(statement.isEmpty() ? "medspa> " : "   ...> ");
    }
    return statement.toString().isBlank() ? exit : tried(query, statement.toString(), exit);
  }

  /** The exit code after one more statement. */
  private ExitCode tried(WarehouseQuery query, String statement, ExitCode before) {
    try {
      answer(query, statement);
      return before;
    } catch (QueryException e) {
      terminal.problem(e.getMessage());
      return terminal.isTyped() ? before : ExitCode.USAGE;
    }
  }
}
