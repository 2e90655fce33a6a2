package medspa.charts.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.charts.document.Book;
import medspa.charts.document.Book.Allowed;
import medspa.charts.document.Book.Column;
import medspa.charts.document.Book.Entry;
import medspa.charts.document.Tone;
import medspa.charts.document.Value;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.kpi.KpiDefinition.Unit;
import medspa.warehouse.list.ListCatalogue;
import medspa.warehouse.list.ListDefinition;
import medspa.warehouse.reference.ReferenceColumn;
import medspa.warehouse.reference.ReferenceSheet;
import medspa.warehouse.reference.ReferenceSuggestion;
import medspa.warehouse.reference.ReferenceSuggestion.Cell;
import medspa.warehouse.reference.ReferenceSuggestion.Seen;
import medspa.warehouse.reference.ReferenceSuggestion.Thing;
import medspa.warehouse.reference.SeenColumn;

/**
 * The workbook in which a manager writes down what no export tells: a sheet for each kind of thing,
 * and a last one that explains each column.
 */
public final class ReferenceBook {
  private static final String NOTE = "Note";
  private static final int NOTE_WIDTH = 56;

  private final List<ListDefinition> lists = ListCatalogue.load().all();

  /**
   * The workbook of a practice.
   *
   * @param day on which it is suggested; its date
   */
  public Book of(ReferenceSuggestion suggestion, LocalDate day) {
    List<Book.Sheet> sheets = new ArrayList<>();
    for (ReferenceSuggestion.Sheet sheet : suggestion.sheets()) {
      sheets.add(sheet(suggestion, sheet));
    }
    sheets.add(explained(suggestion));
    long missing = suggestion.missing();
    return new Book(
        "Reference workbook: " + suggestion.practice(),
        missing == 0
            ? "Nothing is missing. Change what has changed."
            : String.format(
                Locale.ROOT,
                "What your systems do not export, for you to fill in: %,d yellow cells.",
                missing),
        List.of(
            "1. Fill in the yellow cells, from the top: the most booked and most used come first. Leave"
                + " empty what you do not know.",
            "2. [Brackets] show what your systems say. To change it, write over the whole cell,"
                + " without brackets.",
            "3. Columns that begin with “Seen” are there to help you; nothing in them is read.",
            "4. Save the file as an Excel workbook (.xlsx), and give it to whoever runs Medspa"
                + " Analytics. You can do a part now and the rest another day.",
            "No client’s name or number belongs into this file."),
        day,
        "",
        sheets);
  }

  private Book.Sheet sheet(ReferenceSuggestion suggestion, ReferenceSuggestion.Sheet of) {
    ReferenceSheet sheet = of.sheet();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < sheet.key().size(); i++) {
      columns.add(column(suggestion, sheet.key().get(i)));
      sheet.beside().stream().skip(i).limit(1).forEach(column -> columns.add(column(column)));
    }
    sheet.filled().forEach(column -> columns.add(column(suggestion, column)));
    sheet.seen().forEach(column -> columns.add(column(column)));
    columns.add(Column.sentences(NOTE, NOTE_WIDTH));
    return new Book.Sheet(
        sheet.name(),
        sheet.about(),
        columns,
        sheet.key().size() + sheet.beside().size() + (hasName(sheet) ? 1 : 0),
        Book.Rows.of(of.things().stream().map(thing -> row(sheet, thing)).toList()));
  }

  private static boolean hasName(ReferenceSheet sheet) {
    return sheet.filled().get(0).name().equals("name");
  }

  private static Column column(SeenColumn column) {
    return Column.sentences(column.label(), column.width());
  }

  private static Column column(ReferenceSuggestion suggestion, ReferenceColumn column) {
    Column shown = Column.sentences(column.label(), column.width());
    String says = "Write " + column.allowed() + ", or leave the cell empty.";
    if (column.range().isPresent()) {
      return shown.allowing(
          new Allowed(
              new Allowed.Rule.Between(
                  column.range().get().least(),
                  column.range().get().most(),
                  column.column().type() == ColumnType.INTEGER),
              says));
    }
    if (column.column().type() == ColumnType.BOOLEAN) {
      return shown.allowing(new Allowed(new Allowed.Rule.Words(List.of("yes", "no")), says));
    }
    if (!column.oneOf().isEmpty()) {
      return shown.allowing(new Allowed(new Allowed.Rule.Words(column.oneOf()), says));
    }
    if (column.name().equals("location_id")) {
      return shown.allowing(
          new Allowed(
              new Allowed.Rule.Words(suggestion.locations()),
              "Write one of your locations: " + String.join(", ", suggestion.locations()) + "."));
    }
    return home(suggestion, column)
        .map(
            sheet ->
                shown.allowing(
                    new Allowed(
                        new Allowed.Rule.Listed(sheet.name(), 0),
                        "The sheet " + sheet.name() + " has no such id.")))
        .orElse(shown);
  }

  /** The sheet whose things an id of another sheet names. */
  private static Optional<ReferenceSheet> home(
      ReferenceSuggestion suggestion, ReferenceColumn column) {
    List<ReferenceSheet> sheets =
        suggestion.sheets().stream().map(ReferenceSuggestion.Sheet::sheet).toList();
    boolean isOwn = sheets.stream().anyMatch(s -> s.key().contains(column) && s.key().size() == 1);
    return isOwn
        ? Optional.empty()
        : sheets.stream()
            .filter(s -> s.key().size() == 1 && s.key().get(0).name().equals(column.name()))
            .findFirst();
  }

  private static List<Entry> row(ReferenceSheet sheet, Thing thing) {
    Map<ReferenceColumn, Cell> cells = new LinkedHashMap<>();
    for (int i = 0; i < sheet.columns().size(); i++) {
      cells.put(sheet.columns().get(i), thing.cells().get(i));
    }
    List<Entry> row = new ArrayList<>();
    for (int i = 0; i < sheet.key().size(); i++) {
      row.add(entry(sheet.key().get(i), cells.get(sheet.key().get(i))));
      thing.beside().stream().skip(i).limit(1).forEach(seen -> row.add(entry(seen)));
    }
    sheet.filled().forEach(column -> row.add(entry(column, cells.get(column))));
    thing.seen().forEach(seen -> row.add(entry(seen)));
    row.add(note(sheet, thing));
    return row;
  }

  private static Entry entry(ReferenceColumn column, Cell cell) {
    return switch (cell.origin()) {
      case MISSING -> Entry.NONE.in(Tone.MISSING);
      case OPEN -> Entry.NONE;
      case TOLD -> Entry.words("[" + cell.text() + "]").in(Tone.QUIET);
      case KEY -> Entry.words(cell.text());
      case WRITTEN ->
          column.isNumber() ? number(new BigDecimal(cell.text())) : Entry.words(cell.text());
    };
  }

  private static Entry number(BigDecimal number) {
    return Entry.of(new Value.Amount(Unit.COUNT, number));
  }

  private static Entry entry(Seen seen) {
    Optional<Entry> shown =
        seen.number()
            .map(ReferenceBook::number)
            .or(() -> seen.day().map(day -> Entry.of(new Value.Day(day))))
            .or(() -> seen.text().map(Entry::words));
    return shown.orElse(Entry.NONE).in(Tone.QUIET);
  }

  private static Entry note(ReferenceSheet sheet, Thing thing) {
    List<String> missing = thing.missing(sheet);
    if (!thing.isNamed()) {
      return Entry.words("No export names this. Check the id, unless that is right.");
    }
    if (thing.isOpen()) {
      return Entry.words("No recipe is known. Leave the row if it uses nothing.");
    }
    return missing.isEmpty()
        ? Entry.NONE
        : Entry.words(missing.size() + (missing.size() == 1 ? " cell" : " cells") + " to fill in")
            .in(Tone.QUIET);
  }

  private Book.Sheet explained(ReferenceSuggestion suggestion) {
    List<List<Entry>> rows = new ArrayList<>();
    for (ReferenceSuggestion.Sheet of : suggestion.sheets()) {
      ReferenceSheet sheet = of.sheet();
      for (ReferenceColumn column : sheet.columns()) {
        rows.add(
            Stream.of(
                    sheet.name(),
                    column.label(),
                    column.explain(),
                    column.isKey() ? "The id" : capital(column.allowed()),
                    without(sheet, column))
                .map(text -> text.isEmpty() ? Entry.NONE : Entry.words(text))
                .toList());
      }
      Stream.concat(sheet.beside().stream(), sheet.seen().stream())
          .forEach(
              column ->
                  rows.add(
                      List.of(
                          Entry.words(sheet.name()),
                          Entry.words(column.label()),
                          Entry.words(column.explain()),
                          Entry.words("Nothing: it is only shown").in(Tone.QUIET),
                          Entry.NONE)));
    }
    return new Book.Sheet(
        "Explained",
        "What each column means, what to write, and what your reports lack without it.",
        List.of(
            Column.sentences("Sheet", 12),
            Column.sentences("Column", 24),
            Column.sentences("What it is", 60),
            Column.sentences("What to write", 32),
            Column.sentences("Without it", 60)),
        2,
        Book.Rows.of(rows));
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
  }

  /** What lists lack without the column. */
  private String without(ReferenceSheet sheet, ReferenceColumn column) {
    String name = sheet.contract().name() + "." + column.name();
    return lists.stream()
        .flatMap(
            list ->
                Stream.concat(list.needs().stream(), list.gains().stream())
                    .filter(part -> part.columns().stream().anyMatch(c -> c.name().equals(name)))
                    .map(part -> list.label() + ": " + part.without() + "."))
        .distinct()
        .collect(Collectors.joining(" "));
  }
}
