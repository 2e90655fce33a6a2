package medspa.pipelines.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import medspa.pipelines.run.RunLogFile;
import picocli.CommandLine.Option;

/**
 * Where a command speaks: results to standard output, words for people to standard error. On a
 * terminal progress rewrites one line; otherwise it is plain lines.
 */
final class Terminal {
  private static final int WIDTH = 100;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing but results and errors.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say every step, and print stack traces of unexpected errors.")
  boolean verbose;

  private Optional<RunLogFile> log = Optional.empty();
  private PrintWriter out;
  private PrintWriter err;
  private boolean interactive;
  private boolean lineOpen;
  private long steps;

  /** Connects it to the process's streams. */
  void connect(PrintWriter results, PrintWriter words, boolean onTerminal) {
    this.out = results;
    this.err = words;
    this.interactive = onTerminal;
  }

  /** Has every word for people, and every step, written to a file as well. */
  void logTo(RunLogFile file) {
    log = Optional.of(file);
  }

  /** Whether a person types what the command reads; a script pipes it. */
  boolean isTyped() {
    return interactive && Boolean.getBoolean("medspa.typed");
  }

  /** A result, to standard output. */
  void result(String line) {
    endProgress();
    out.println(line);
    out.flush();
  }

  /** The writer of results, for those that are long. */
  PrintWriter results() {
    endProgress();
    return out;
  }

  /** A sentence for people. */
  void say(String line) {
    log.ifPresent(file -> file.write(line));
    if (!quiet) {
      print(line);
    }
  }

  /** Asks for input on the same line, if somebody is there. */
  void ask(String prompt) {
    if (isTyped() && !quiet) {
      err.print(prompt);
      err.flush();
    }
  }

  /** Whether the person who is there says yes; false where nobody is. */
  boolean confirms(String question) {
    if (!isTyped()) {
      return false;
    }
    endProgress();
    err.print(question + " [y/N] ");
    err.flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    } catch (IOException e) {
      return false;
    }
  }

  /** A sentence for people, even when quiet. */
  void problem(String line) {
    log.ifPresent(file -> file.write(line));
    print(coloured(line, interactive, System.getenv("NO_COLOR")));
  }

  /** A problem as it is written: red where a terminal shows colours and nobody asked for none. */
  static String coloured(String problem, boolean onTerminal, String noColor) {
    return onTerminal && (noColor == null || noColor.isEmpty())
        ? "\u001b[31m" + problem + "\u001b[0m"
        : problem;
  }

  private void print(String line) {
    endProgress();
    err.println(line);
    err.flush();
  }

  /** One step of something long: rewritten on a terminal, every line only when verbose. */
  synchronized void progress(String step) {
    steps++;
    log.ifPresent(file -> file.write(step));
    if (quiet) {
      return;
    }
    if (verbose) {
      print("  " + step);
    } else if (interactive) {
      String line = "  " + step;
      line = line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line;
      err.print("\r\u001b[K" + line);
      err.flush();
      lineOpen = true;
    } else if (steps % 50 == 0) {
      print("  " + step);
    }
  }

  private void endProgress() {
    if (lineOpen) {
      err.print("\r\u001b[K");
      lineOpen = false;
    }
  }
}
