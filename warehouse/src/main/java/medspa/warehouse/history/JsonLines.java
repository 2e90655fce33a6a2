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
import java.util.List;
import medspa.warehouse.lake.LakeJson;

/** A file of one JSON value a line, to which is only ever added. */
record JsonLines(Path file) {
  /** Appends a line and forces it to disk. */
  void append(Object value) {
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        String line = (isTorn(channel) ? "\n" : "") + LakeJson.line(value) + "\n";
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

  /** Every value in its order; a line that was cut off is left out. */
  <T> List<T> read(Class<T> type) {
    List<T> values = new ArrayList<>();
    if (!Files.exists(file)) {
      return values;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        LakeJson.tryRead(line, type).ifPresent(values::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
    return values;
  }
}
