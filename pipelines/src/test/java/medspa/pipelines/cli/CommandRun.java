package medspa.pipelines.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One command as typed, in this process.
 *
 * @param exit its exit code
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int exit, String out, String err) {
  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = Medspa.run(new PrintWriter(out), new PrintWriter(err), false, arguments);
    return new CommandRun(exit, out.toString(), err.toString());
  }
}
