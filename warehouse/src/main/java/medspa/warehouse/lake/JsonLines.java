package medspa.warehouse.lake;

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
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A file of one JSON value a line, each with its seal, to which is only ever added. */
public record JsonLines(Path file) {
  /** How a whole line ends; one that was cut off by a kill does not. */
  private static final Pattern END = Pattern.compile("\\}$|\"seal\":\"[0-9a-f]{8}\".?$");

  /**
   * What a file holds.
   *
   * @param values of the lines that are whole, in their order
   * @param kept these lines
   * @param damaged the lines that are not what was written; one that was cut off by a kill, which
   *     nobody has relied upon, is none of them
   */
  public record Content<T>(List<T> values, List<String> kept, List<String> damaged) {}

  /** Appends a line and forces it to disk. */
  public void append(Object value) {
    append(List.of(value));
  }

  /** Appends lines and forces them to disk at once. */
  public void append(List<?> values) {
    try {
      String lines =
          values.stream()
              .map(LakeJson::sealedLine)
              .collect(Collectors.joining("\n", isTorn() ? "\n" : "", "\n"));
      DiskFiles.append(file, lines.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** Whether the last line was cut off by a kill. */
  private boolean isTorn() throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.read(last, channel.size() - 1);
      return last.get(0) != '\n';
    }
  }

  /** Every value in its order; a line that is not what was written is left out. */
  public <T> List<T> read(Class<T> type) {
    return content(type).values();
  }

  /** Every line, by what became of it. */
  public <T> Content<T> content(Class<T> type) {
    List<T> values = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    if (Files.exists(file)) {
      // Bytes that are no text are replaced, and then the seal is that of another line.
      for (String line : new String(bytes(), StandardCharsets.UTF_8).lines().toList()) {
        Optional<T> value = LakeJson.tryRead(line, type);
        if (value.isPresent()) {
          values.add(value.get());
          kept.add(line);
        } else if (END.matcher(line).find()) {
          damaged.add(line);
        }
      }
    }
    return new Content<>(values, kept, damaged);
  }

  private byte[] bytes() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /**
   * Sets damaged lines apart, in a file beside whose name ends with {@code .damaged}.
   *
   * @return how many there were
   */
  public <T> int setDamagedApart(Class<T> type) {
    Content<T> content = content(type);
    if (!content.damaged().isEmpty()) {
      try {
        DiskFiles.append(
            file.resolveSibling(file.getFileName() + ".damaged"), lines(content.damaged()));
        DiskFiles.write(file, lines(content.kept()));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot write " + file, e);
      }
    }
    return content.damaged().size();
  }

  private static byte[] lines(List<String> lines) {
    return lines.stream()
        .map(line -> line + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }
}
