package medspa.warehouse.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import medspa.warehouse.lake.JsonLines;

/**
 * How each run went: one line of JSON when it begins and one when it ends, appended and never
 * changed. A run without its second line was killed.
 */
public final class RunLog {
  private final JsonLines lines;

  RunLog(Path file) {
    this.lines = new JsonLines(file);
  }

  /** Appends a line and forces it to disk. */
  public void append(PastRun run) {
    lines.append(run);
  }

  /** The file. */
  public Path file() {
    return lines.file();
  }

  /**
   * Sets lines apart that are not what was written.
   *
   * @return how many there were
   */
  int setDamagedApart() {
    return lines.setDamagedApart(PastRun.class);
  }

  /** Lines that are not what was written. */
  public int damaged() {
    return lines.content(PastRun.class).damaged().size();
  }

  /** Every run in the order of their beginning; a line that was cut off is left out. */
  public List<PastRun> read() {
    Map<String, PastRun> runs = new LinkedHashMap<>();
    lines.read(PastRun.class).forEach(run -> runs.put(run.id(), run));
    return new ArrayList<>(runs.values());
  }
}
