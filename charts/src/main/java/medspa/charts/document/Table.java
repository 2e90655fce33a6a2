package medspa.charts.document;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A table of values. The first column heads the rows.
 *
 * @param look how its rows are set
 */
public record Table(Look look, List<Column> columns, List<Row> rows) implements Block {
  /** Copies columns and rows. */
  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** How the rows of a table are set. */
  public enum Look {
    /** Few columns with lines under their values. */
    ROOMY,
    /** What most tables are. */
    SMALL,
    /** Many narrow columns. */
    TIGHT,
    /** A cell for each of many things, told apart by their tones. */
    HEAT
  }

  /**
   * A column.
   *
   * @param width in percent of the table; empty for an even share of what is left
   */
  public record Column(String head, Align align, OptionalDouble width) {
    /** A column of words. */
    public static Column words(String head, double width) {
      return new Column(head, Align.START, OptionalDouble.of(width));
    }

    /** A column of words behind one of numbers. */
    public static Column wordsApart(String head, double width) {
      return new Column(head, Align.START_APART, OptionalDouble.of(width));
    }

    /** A column of numbers. */
    public static Column numbers(String head, double width) {
      return new Column(head, Align.END, OptionalDouble.of(width));
    }

    /** A column of numbers that shares the width that is left. */
    public static Column numbers(String head) {
      return new Column(head, Align.END, OptionalDouble.empty());
    }
  }

  /** Where the values of a column begin. */
  public enum Align {
    START,
    /** At the start, with room before it. */
    START_APART,
    END
  }

  /**
   * A row.
   *
   * @param startsGroup whether a line parts it from the row before
   * @param head its name
   * @param cells one for each column but the first
   */
  public record Row(Kind kind, boolean startsGroup, Cell head, List<Cell> cells) {
    /** Copies the cells. */
    public Row {
      cells = List.copyOf(cells);
    }

    /** What a row is to the others. */
    public enum Kind {
      ITEM,
      /** What the others add up to. */
      TOTAL,
      /** What the others are held against. */
      REFERENCE
    }

    /** One of the things that the table is about. */
    public static Row of(String head, List<Cell> cells) {
      return new Row(Kind.ITEM, false, Cell.of(head), cells);
    }

    /** One of the things that the table is about. */
    public static Row of(String head, Cell... cells) {
      return of(head, Arrays.asList(cells));
    }
  }
}
