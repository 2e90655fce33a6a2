package medspa.jobs.read;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
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
import java.util.Iterator;

/**
 * A delimited text file as a stream of rows with the line each begins on. Refuses what is no such
 * file; memory is bounded by the longest allowed record.
 */
final class DelimitedFile {
  /** A longer field is no cell of an export but a broken quote or another kind of file. */
  private static final int LONGEST_FIELD = 1 << 20;

  private static final String TRUNCATED_ADVICE =
      "Export it again and wait until the download has finished.";

  private DelimitedFile() {}

  /**
   * Streams the file into the sink.
   *
   * @param in a stream that can be reset
   * @throws FileRefusedException if it is empty, in another encoding, truncated, has a line beyond
   *     any reason, or if the sink refuses
   * @throws IOException if it cannot be read
   */
  static void read(InputStream in, Format format, RowSink sink)
      throws FileRefusedException, IOException {
    long line = 1;
    try (Watch watch = new Watch(decoded(in, format));
        CsvReader<CsvRecord> reader =
            CsvReader.builder()
                .fieldSeparator(format.delimiter())
                .skipEmptyLines(true)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .maxBufferSize(LONGEST_FIELD)
                .ofCsvRecord(watch)) {
      Iterator<CsvRecord> records = reader.iterator();
      int rows = 0;
      int width = 0;
      int last = 0;
      boolean more = true;
      while (more && records.hasNext()) {
        CsvRecord record = records.next();
        line = record.getStartingLineNumber();
        last = record.getFieldCount();
        ExportReader.checkWidth(line, last);
        if (++rows <= format.headerWithin()) {
          width = Math.max(width, last);
        }
        more = sink.row(line, record.getFields());
      }
      if (!more) {
        return;
      }
      if (rows == 0) {
        throw FileRefusedException.file(
            "The file is empty.", "Export it again; a period without rows still has a header.");
      }
      if (watch.insideQuotes()) {
        throw FileRefusedException.line(
            line, "The file ends inside a quoted field: it is truncated.", TRUNCATED_ADVICE);
      }
      if (last < width && !format.shortRows() && !watch.endsWithLineBreak()) {
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
      if (e.getCause() instanceof ExportFile.SwollenException swollen) {
        throw swollen;
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
    }
  }

  private static FileRefusedException wrongEncoding(long line, Format format) {
    return FileRefusedException.line(
        line,
        "At or after line " + line + " the text is not " + format.encoding() + ".",
        "If the file was saved by Excel, set `encoding: windows-1252` on the source.");
  }

  private static Reader decoded(InputStream in, Format format)
      throws IOException, FileRefusedException {
    in.mark(4);
    byte[] head = in.readNBytes(3);
    in.reset();
    Charset charset = charset(format.encoding());
    int skip = 0;
    if (FileKind.startsWith(head, 0xEF, 0xBB, 0xBF)) {
      charset = StandardCharsets.UTF_8;
      skip = 3;
    } else if (FileKind.startsWith(head, 0xFF, 0xFE)) {
      charset = StandardCharsets.UTF_16LE;
      skip = 2;
    } else if (FileKind.startsWith(head, 0xFE, 0xFF)) {
      charset = StandardCharsets.UTF_16BE;
      skip = 2;
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
