package medspa.jobs.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Objects of a JSON document or of JSON lines as rows. A column is the path of a property, with
 * dots between; an object or a list is its JSON text. A property that is missing or null is an
 * empty cell. A whole number comes with all of its digits, however many; one that was written as a
 * fraction, as {@code 1.39e18}, has lost them.
 */
final class JsonFile {
  private static final int LONGEST_RECORD = 16 << 20;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxStringLength(1 << 20)
                          .maxNameLength(1_000)
                          .build())
                  .build())
          .enable(
              DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
              DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private JsonFile() {}

  /**
   * Streams the records into the sink.
   *
   * @param wanted paths to read beside those of the first record
   * @throws FileRefusedException if it is no such JSON, is truncated, holds a record beyond any
   *     reason, or if the sink refuses
   * @throws IOException if it cannot be read
   */
  static void read(InputStream in, Format format, Set<String> wanted, RowSink sink)
      throws FileRefusedException, IOException {
    Limited limited = new Limited(in);
    long record = 0;
    try (JsonParser parser = MAPPER.createParser(limited)) {
      boolean lines = format.type() == Format.Type.JSON_LINES;
      if (!lines) {
        enterList(parser, format);
      }
      List<JsonPointer> paths = List.of();
      for (JsonToken token = parser.nextToken();
          token != null && token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        if (token != JsonToken.START_OBJECT) {
          throw FileRefusedException.line(
              record + 1,
              "Record " + (record + 1) + " is no JSON object.",
              "Check that this is the right file and that the mapping names its list in"
                  + " `file: {records: …}`.");
        }
        JsonNode node = MAPPER.readTree(parser);
        limited.recordIsOver();
        if (record++ == 0) {
          List<String> columns = columns(node, wanted);
          paths = columns.stream().map(JsonFile::path).toList();
          if (!sink.row(1, columns)) {
            return;
          }
        }
        if (!sink.row(record, paths.stream().map(path -> text(node.at(path))).toList())) {
          return;
        }
      }
      if (!lines && parser.currentToken() == null) {
        throw truncated(record);
      }
      if (record == 0) {
        sink.row(1, List.copyOf(wanted));
      }
    } catch (TooLongException e) {
      throw FileRefusedException.line(
          record + 1,
          "Record " + (record + 1) + " is longer than " + LONGEST_RECORD + " bytes.",
          "Check that the mapping names the list of records in `file: {records: …}`.");
    } catch (MismatchedInputException e) {
      throw FileRefusedException.line(
          record + 1,
          "Record "
              + (record + 1)
              + " has a property twice, and only one of its values could be read.",
          "Export it again, or give the second one another name.");
    } catch (JsonProcessingException e) {
      // The parser's message may quote the text.
      boolean atEnd = e.getLocation() != null && limited.endsAt(e.getLocation().getByteOffset());
      throw atEnd || e instanceof JsonEOFException
          ? truncated(record)
          : FileRefusedException.line(
              record + 1,
              "After record " + record + " the text is not JSON.",
              "Check that this is the right file; a list of objects, one on each line, is"
                  + " `file: {type: jsonl}`.");
    }
  }

  private static FileRefusedException truncated(long record) {
    return FileRefusedException.line(
        record + 1,
        "The file ends after record " + record + " in the middle: it is truncated.",
        "Export it again and wait until the download has finished.");
  }

  /** Moves to the first element of the list of records. */
  private static void enterList(JsonParser parser, Format format)
      throws IOException, FileRefusedException {
    JsonToken token = parser.nextToken();
    for (String step : format.records().map(r -> r.split("\\.")).orElse(new String[0])) {
      boolean found = false;
      while (token == JsonToken.START_OBJECT && !found) {
        JsonToken name = parser.nextToken();
        while (name == JsonToken.FIELD_NAME && !parser.currentName().equals(step)) {
          parser.nextToken();
          parser.skipChildren();
          name = parser.nextToken();
        }
        found = name == JsonToken.FIELD_NAME;
        token = found ? parser.nextToken() : null;
      }
    }
    if (token != JsonToken.START_ARRAY) {
      throw FileRefusedException.file(
          "The JSON holds no list of records "
              + format.records().map(r -> "at " + r).orElse("at its top")
              + ".",
          "Check that this is the right file; a mapping names the list in `file: {records: …}`.");
    }
  }

  private static List<String> columns(JsonNode first, Set<String> wanted) {
    Set<String> columns = new LinkedHashSet<>();
    collect("", first, columns);
    columns.addAll(wanted);
    return new ArrayList<>(columns);
  }

  private static void collect(String prefix, JsonNode object, Set<String> columns) {
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      String path = prefix + property.getKey();
      columns.add(path);
      if (property.getValue().isObject()) {
        collect(path + ".", property.getValue(), columns);
      }
    }
  }

  private static JsonPointer path(String column) {
    return JsonPointer.compile(
        "/" + column.replace("~", "~0").replace("/", "~1").replace('.', '/'));
  }

  private static String text(JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return "";
    }
    if (node.isNumber()) {
      BigDecimal number = node.decimalValue();
      if (node.isFloatingPointNumber() && LongNumber.isLost(number)) {
        return LongNumber.text(number);
      }
      // A number such as 1e-999999 would be a text of a million digits.
      return Math.abs((long) number.scale()) > 40 ? node.asText() : number.toPlainString();
    }
    return node.isContainerNode() ? node.toString() : node.asText();
  }

  /** Stops a record that would fill the memory. */
  private static final class Limited extends FilterInputStream {
    private long sinceRecord;
    private long total;
    private boolean ended;

    Limited(InputStream in) {
      super(in);
    }

    void recordIsOver() {
      sinceRecord = 0;
    }

    /** Whether nothing follows a place in the text. */
    boolean endsAt(long offset) {
      return ended && offset >= total;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      ended = ended || read < 0;
      total += Math.max(0, read);
      sinceRecord += Math.max(0, read);
      if (sinceRecord > LONGEST_RECORD) {
        throw new TooLongException();
      }
      return read;
    }
  }

  private static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
