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
        query.run(sql, format, terminal.results());
        terminal.results().flush();
        return ExitCode.DONE.code();
      }
      prompt(query);
      return ExitCode.DONE.code();
    }
  }

  /** Reads statements until the input ends; a statement ends with a semicolon. */
  private void prompt(WarehouseQuery query) throws IOException {
    terminal.say(
        "SQL on the published warehouse; end a statement with ; and the prompt with exit.");
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    StringBuilder statement = new StringBuilder();
    terminal.ask("medspa> ");
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      if (statement.isEmpty() && (line.strip().equals("exit") || line.strip().equals("quit"))) {
        return;
      }
      statement.append(line).append('\n');
      if (line.stripTrailing().endsWith(";")) {
        try {
          query.run(statement.toString(), format, terminal.results());
          terminal.results().flush();
        } catch (QueryException e) {
          terminal.problem(e.getMessage());
        }
        statement.setLength(0);
      }
      terminal.ask(statement.isEmpty() ? "medspa> " : "   ...> ");
    }
  }
}
