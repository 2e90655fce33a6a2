package medspa.jobs.pull;

import java.util.function.Consumer;

/** Fetches what is new at a source. */
interface Fetcher {
  /**
   * Fetches what is new.
   *
   * @throws PullException if something is left to fetch; what came before stays
   */
  void fetch(PulledFiles files, Progress progress) throws PullException;

  /** How far a fetch has come: told to people in lines, and kept as the source's state. */
  final class Progress {
    private final String source;
    private final Consumer<String> lines;
    private PullState state;
    private int newFiles;

    Progress(String source, PullState state, Consumer<String> lines) {
      this.source = source;
      this.state = state;
      this.lines = lines;
    }

    PullState state() {
      return state;
    }

    void state(PullState next) {
      state = next;
    }

    void line(String text) {
      lines.accept(source + ": " + text);
    }

    /** A download that takes long; the whole is unknown if negative. */
    void bytes(String name, long bytes, long whole) {
      line(
          PulledFiles.printable(name)
              + " "
              + (bytes >> 20)
              + (whole < 0 ? "" : " of " + (whole >> 20))
              + " MB");
    }

    /** Counts a file that is new. */
    void newFile(String name) {
      newFiles++;
      line("took " + PulledFiles.printable(name));
    }

    int newFiles() {
      return newFiles;
    }
  }
}
