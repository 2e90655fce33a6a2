package medspa.charts.document;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A report as tables that can be reckoned with, before it is a workbook. Unlike those of a {@link
 * Document} they leave nothing out for want of room.
 *
 * @param title the title of the file
 * @param subject what it is about, one sentence
 * @param preface sentences that a reader needs before the numbers
 * @param asOf stands for the date of the file, so that the same input gives the same bytes
 * @param currency the sign of all money; may be empty
 * @param sheets in the order of reading
 */
public record Book(
    String title,
    String subject,
    List<String> preface,
    LocalDate asOf,
    String currency,
    List<Sheet> sheets) {
  /** Copies the lists. */
  public Book {
    preface = List.copyOf(preface);
    sheets = List.copyOf(sheets);
  }

  /**
   * One table.
   *
   * @param name unique, without blanks; names the sheet and the table
   * @param about what a row is, one or two sentences
   * @param columns with names that are unique whatever their case
   * @param held columns at the start that stay in view
   */
  public record Sheet(String name, String about, List<Column> columns, int held, Rows rows) {
    /** Copies the columns. */
    public Sheet {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A column.
   *
   * @param width in characters
   * @param wraps whether long texts go on in a second line
   * @param allowed what somebody may write into a cell, where the column is to be filled in
   */
  public record Column(String head, int width, boolean wraps, Optional<Allowed> allowed) {
    /** A column whose values take one line. */
    public static Column of(String head, int width) {
      return new Column(head, width, false, Optional.empty());
    }

    /** A column of sentences. */
    public static Column sentences(String head, int width) {
      return new Column(head, width, true, Optional.empty());
    }

    /** The same, to be filled in. */
    public Column allowing(Allowed other) {
      return new Column(head, width, wraps, Optional.of(other));
    }
  }

  /**
   * What somebody may write into a cell; an empty one is always allowed.
   *
   * @param rule what a spreadsheet holds the cell to
   * @param says what to write, shown when something else was written
   */
  public record Allowed(Rule rule, String says) {
    /** What is allowed. */
    public sealed interface Rule {
      /** One of some words, offered as a list. */
      record Words(List<String> words) implements Rule {}

      /**
       * What stands in a column of another sheet, offered as a list; other words with a warning.
       */
      record Listed(String sheet, int column) implements Rule {}

      /** A number between two, both allowed. */
      record Between(BigDecimal least, BigDecimal most, boolean isWhole) implements Rule {}
    }
  }

  /** The rows of a table, handed over one by one, so that there may be more than memory holds. */
  @FunctionalInterface
  public interface Rows {
    /** Hands over each row: an entry for each column. */
    void each(Consumer<List<Entry>> reader);

    /** Rows that are there. */
    static Rows of(List<List<Entry>> rows) {
      List<List<Entry>> copy = rows.stream().map(List::copyOf).toList();
      return copy::forEach;
    }
  }

  /** A value of a row; empty where there is none. */
  public record Entry(Optional<Value> value, Tone tone) {
    /** No value. */
    public static final Entry NONE = new Entry(Optional.empty(), Tone.PLAIN);

    /** A value. */
    public static Entry of(Value value) {
      return new Entry(Optional.of(value), Tone.PLAIN);
    }

    /** Words. */
    public static Entry words(String text) {
      return of(new Value.Words(text));
    }

    /** What may be missing. */
    public static Entry maybe(Optional<? extends Value> value) {
      return value.map(v -> of(v)).orElse(NONE);
    }

    /** The entry in another tone. */
    public Entry in(Tone other) {
      return new Entry(value, other);
    }
  }
}
