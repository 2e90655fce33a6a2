package medspa.warehouse.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import medspa.warehouse.lake.LakeJson;

/**
 * How each run went: one line of JSON when it begins and one when it ends, appended and never
 * changed. A run without its second line was killed.
 */
public final class RunLog {
  private final Path file;

  RunLog(Path file) {
    this.file = file;
  }

  /** Appends a line and forces it to disk. */
  public void append(PastRun run) {
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        String line = (isTorn(channel) ? "\n" : "") + LakeJson.line(run) + "\n";
        channel.position(channel.size());
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** Whether the last line was cut off by a kill. */
  private static boolean isTorn(FileChannel channel) throws IOException {
    if (channel.size() == 0) {
      return false;
    }
    ByteBuffer last = ByteBuffer.allocate(1);
    channel.read(last, channel.size() - 1);
    return last.get(0) != '\n';
  }

  /** Every run in the order of their beginning; a line that was cut off is left out. */
  public List<PastRun> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    Map<String, PastRun> runs = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        LakeJson.tryRead(line, PastRun.class).ifPresent(run -> runs.put(run.id(), run));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
    return new ArrayList<>(runs.values());
  }
}
