package medspa.warehouse.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads and atomically replaces the small JSON files of a workspace, and the lines of those that
 * only grow. An object ends with its {@value #SEAL}, the CRC-32C of what stands before it, so that
 * a file that was changed by accident is not taken for what was written; those of earlier versions
 * have none.
 */
public final class LakeJson {
  private static final String SEAL = "seal";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private LakeJson() {}

  /**
   * Reads a file.
   *
   * @throws DamagedFileException if it is not what was written
   * @throws UncheckedIOException if it is not there or cannot be read
   */
  public static <T> T read(Path file, Class<T> type) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
    try {
      return sealed(MAPPER.readTree(bytes), type);
    } catch (IOException e) {
      throw new DamagedFileException(
          file, "`medspa check` says what that costs and what heals it.", e);
    }
  }

  /** The value of a line of JSON; empty if it is not what was written, as one that was cut off. */
  public static <T> Optional<T> tryRead(String line, Class<T> type) {
    try {
      return Optional.of(sealed(MAPPER.readTree(line), type));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static <T> T sealed(JsonNode tree, Class<T> type) throws IOException {
    if (tree instanceof ObjectNode object && object.has(SEAL)) {
      String seal = object.remove(SEAL).asText();
      if (!seal.equals(seal(object))) {
        throw new IOException("The seal is that of another content");
      }
    }
    T value = tree == null || tree.isMissingNode() ? null : MAPPER.treeToValue(tree, type);
    if (value == null) {
      throw new IOException("There is nothing in it");
    }
    return value;
  }

  private static String seal(JsonNode tree) throws JsonProcessingException {
    return Seal.of(MAPPER.writeValueAsBytes(tree)).crc32c();
  }

  private static JsonNode withSeal(Object value) throws IOException {
    JsonNode tree = MAPPER.readTree(MAPPER.writeValueAsBytes(value));
    if (tree instanceof ObjectNode object) {
      object.put(SEAL, seal(object));
    }
    return tree;
  }

  /** The value as JSON on one line. */
  public static String line(Object value) {
    try {
      return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write as JSON: " + value.getClass(), e);
    }
  }

  /** The value as JSON on one line that ends with its seal. */
  static String sealedLine(Object value) {
    try {
      return line(withSeal(value));
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot write as JSON: " + value.getClass(), e);
    }
  }

  /** A value as it stands in another, to be read by {@link #value}. */
  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** What {@link #tree} has written. */
  static <T> T value(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is no " + type.getSimpleName(), e);
    }
  }

  /** Writes beside the file, forces it to disk and renames: a reader sees the old or the new. */
  public static void replace(Path file, Object value) {
    try {
      DiskFiles.write(file, MAPPER.writeValueAsBytes(withSeal(value)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }
}
