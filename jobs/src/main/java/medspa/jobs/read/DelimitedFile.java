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
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A delimited text file as a stream of rows with the line each begins on. Reads what a spreadsheet
 * makes of it where nothing is lost: another delimiter, a first line {@code sep=;}, records in
 * quotes as a whole, UTF-16 without a mark. Refuses what is no such file; memory is bounded by the
 * longest allowed record.
 */
final class DelimitedFile {
  /** A longer field is no cell of an export but a broken quote or another kind of file. */
  private static final int LONGEST_FIELD = 1 << 20;

  private static final String TRUNCATED_ADVICE =
      "Export it again and wait until the download has finished.";

  /** A number with a comma before its decimals, or one that may have a point between thousands. */
  private static final Pattern LOCAL_NUMBER =
      Pattern.compile(
          "[-+(]?\\s*[$£€]?\\s*[-+]?([0-9][0-9.\u00a0 ']*,[0-9]+|[0-9]{1,3}(\\.[0-9]{3})+)\\s*[%€$£]?\\)?");

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
    TextLayout layout = TextLayout.of(in, format);
    in.skipNBytes(layout.mark());
    long before = layout.separatorLine() > 0 ? 1 : 0;
    long line = 1;
    try (Watch watch = new Watch(decoded(in, layout));
        CsvReader<CsvRecord> reader = csv(layout).ofCsvRecord(watch)) {
      Iterator<CsvRecord> records = reader.iterator();
      int rows = 0;
      int width = 0;
      int last = 0;
      boolean more = true;
      while (more && records.hasNext()) {
        CsvRecord record = records.next();
        line = record.getStartingLineNumber() + before;
        List<String> fields = record.getFields();
        if (layout.wrapped() && fields.size() == 1) {
          fields = unwrapped(fields.get(0), layout);
        }
        last = fields.size();
        ExportReader.checkWidth(line, last);
        if (++rows <= format.headerWithin()) {
          width = Math.max(width, last);
        }
        if (layout.delimiter() != format.delimiter()) {
          checkNumbers(line, fields, layout.delimiter());
        }
        more = sink.row(line, fields);
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

  private static CsvReader.CsvReaderBuilder csv(TextLayout layout) {
    return CsvReader.builder()
        .fieldSeparator(layout.delimiter())
        .skipEmptyLines(true)
        .allowMissingFields(true)
        .allowExtraFields(true)
        .maxBufferSize(LONGEST_FIELD);
  }

  /** The fields of a record that a spreadsheet has put into quotes as a whole. */
  private static List<String> unwrapped(String record, TextLayout layout) throws IOException {
    try (CsvReader<CsvRecord> reader = csv(layout).ofCsvRecord(record)) {
      List<String> fields = new ArrayList<>();
      for (CsvRecord part : reader) {
        fields.addAll(part.getFields());
      }
      return fields.isEmpty() ? List.of("") : fields;
    }
  }

  /**
   * A file with another delimiter than its mapping's comes from a spreadsheet that may write
   * numbers in another way too; 1.234 would be another number then.
   */
  private static void checkNumbers(long line, List<String> fields, char delimiter)
      throws FileRefusedException {
    for (String field : fields) {
      if (field.length() < 20 && LOCAL_NUMBER.matcher(field.strip()).matches()) {
        throw FileRefusedException.line(
            line,
            "The fields are separated by "
                + (delimiter == '\t' ? "tabs" : delimiter)
                + ", which is not the mapping's delimiter, and numbers have commas or groups of"
                + " thousands: a spreadsheet has saved the file again, and what the numbers are is"
                + " not sure.",
            "Take the export as the system gives it. Or read it by a mapping of your own that says"
                + " `file: {delimiter: '"
                + (delimiter == '\t' ? "\\t" : delimiter)
                + "'}` and decimal_comma(…) around its amounts; `medspa mapping show` prints one to"
                + " begin with.");
      }
    }
  }

  private static Reader decoded(InputStream in, TextLayout layout) throws IOException {
    Reader reader =
        new InputStreamReader(
            in,
            layout
                .charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    for (int i = 0; i < layout.separatorLine(); i++) {
      reader.read();
    }
    return reader;
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
