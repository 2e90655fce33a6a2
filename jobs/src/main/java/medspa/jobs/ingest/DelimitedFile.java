package medspa.jobs.ingest;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import medspa.jobs.ingest.Mapping.Format;

/**
 * A delimited text file as a stream of records with the line each begins on. Refuses what is no
 * such file; memory is bounded by the longest allowed record.
 */
final class DelimitedFile {
  /** A longer field is no cell of an export but a broken quote or another kind of file. */
  private static final int LONGEST_FIELD = 1 << 20;

  private static final String TRUNCATED_ADVICE =
      "Export it again and wait until the download has finished.";

  /** Receives the records of a file. */
  interface Sink {
    /** The column names, once, before any record. */
    void header(List<String> columns, long line) throws FileRefusedException;

    /**
     * One record.
     *
     * @param ragged whether it has another number of fields than the header
     */
    void record(CsvRecord record, boolean ragged) throws FileRefusedException;
  }

  private DelimitedFile() {}

  /**
   * Streams the file into the sink.
   *
   * @throws FileRefusedException if it is empty, binary, in another encoding, truncated, has a line
   *     beyond any reason, or if the sink refuses
   */
  static void read(Path file, Format format, Sink sink) throws FileRefusedException {
    long line = 1;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        Watch watch = new Watch(decoded(in, format));
        CsvReader<CsvRecord> reader =
            CsvReader.builder()
                .fieldSeparator(format.delimiter())
                .skipEmptyLines(true)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .maxBufferSize(LONGEST_FIELD)
                .ofCsvRecord(watch)) {
      Iterator<CsvRecord> records = reader.iterator();
      if (!records.hasNext()) {
        throw FileRefusedException.file(
            "The file is empty.", "Export it again; a period without rows still has a header.");
      }
      CsvRecord first = records.next();
      List<String> columns = columns(first);
      sink.header(columns, first.getStartingLineNumber());
      boolean shortEnd = false;
      while (records.hasNext()) {
        CsvRecord record = records.next();
        line = record.getStartingLineNumber();
        boolean ragged = record.getFieldCount() != columns.size();
        shortEnd = record.getFieldCount() < columns.size();
        sink.record(record, ragged);
      }
      if (watch.insideQuotes()) {
        throw FileRefusedException.line(
            line, "The file ends inside a quoted field: it is truncated.", TRUNCATED_ADVICE);
      }
      if (shortEnd && !watch.endsWithLineBreak()) {
        throw FileRefusedException.line(
            line,
            "The last line has fewer fields than the header and no line break: the file is"
                + " truncated.",
            TRUNCATED_ADVICE);
      }
    } catch (CsvParseException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw wrongEncoding(line, format);
      }
      throw FileRefusedException.line(
          line + 1,
          "After line "
              + line
              + " a field is longer than "
              + LONGEST_FIELD
              + " characters or quoted wrongly.",
          "Look for a quotation mark that is not closed, and check that this is the right file.");
    } catch (CharacterCodingException e) {
      throw wrongEncoding(line, format);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw wrongEncoding(line, format);
      }
      throw e;
    } catch (IOException e) {
      throw FileRefusedException.file(
          "The file cannot be read.", "Check that it exists and that its permissions allow it.");
    }
  }

  private static FileRefusedException wrongEncoding(long line, Format format) {
    return FileRefusedException.line(
        line,
        "At or after line " + line + " the text is not " + format.encoding() + ".",
        "If the file was saved by Excel, set `encoding: windows-1252` on the source.");
  }

  private static List<String> columns(CsvRecord header) {
    return header.getFields().stream().map(String::strip).toList();
  }

  private static Reader decoded(InputStream in, Format format)
      throws IOException, FileRefusedException {
    in.mark(8192);
    byte[] head = in.readNBytes(4096);
    in.reset();
    Charset charset = charset(format.encoding());
    int skip = 0;
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      charset = StandardCharsets.UTF_8;
      skip = 3;
    } else if (startsWith(head, 0xFF, 0xFE)) {
      charset = StandardCharsets.UTF_16LE;
      skip = 2;
    } else if (startsWith(head, 0xFE, 0xFF)) {
      charset = StandardCharsets.UTF_16BE;
      skip = 2;
    } else {
      refuseBinary(head);
    }
    in.skipNBytes(skip);
    return new InputStreamReader(
        in,
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  private static Charset charset(String name) throws FileRefusedException {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw FileRefusedException.file(
          "There is no encoding " + name + ".", "Use UTF-8, windows-1252 or ISO-8859-1.");
    }
  }

  private static void refuseBinary(byte[] head) throws FileRefusedException {
    if (startsWith(head, 'P', 'K', 3, 4)) {
      throw FileRefusedException.file(
          "This is a ZIP archive or an Excel workbook, not a text file.",
          "Unpack it, or save it as CSV (UTF-8).");
    }
    if (startsWith(head, '%', 'P', 'D', 'F')) {
      throw FileRefusedException.file(
          "This is a PDF, not a text file.", "Export the report as CSV.");
    }
    for (byte b : head) {
      if (b == 0) {
        throw FileRefusedException.file(
            "This is a binary file, not a text file.", "Export the report as CSV.");
      }
    }
  }

  private static boolean startsWith(byte[] head, int... magic) {
    if (head.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((head[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Sees what the parser sees: whether quotes are balanced and how the text ends. */
  private static final class Watch extends FilterReader {
    private boolean insideQuotes;
    private char last = '\n';

    Watch(Reader in) {
      super(in);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      for (int i = offset; i < offset + read; i++) {
        if (buffer[i] == '"') {
          insideQuotes = !insideQuotes;
        }
      }
      if (read > 0) {
        last = buffer[offset + read - 1];
      }
      return read;
    }

    boolean insideQuotes() {
      return insideQuotes;
    }

    boolean endsWithLineBreak() {
      return last == '\n' || last == '\r';
    }
  }
}
