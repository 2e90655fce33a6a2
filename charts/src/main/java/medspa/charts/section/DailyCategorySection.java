package medspa.charts.section;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.DailyFacts.Category;
import medspa.charts.read.DailyFacts.Day;

/** Net revenue of yesterday and of the week to date by service category. */
public final class DailyCategorySection implements Section<DailySubject> {
  /** Categories with a row of their own; the rest of them share one, so that all is one page. */
  private static final int ROWS = 7;

  private static final int ROWS_BESIDE_MANY = 4;

  @Override
  public List<Block> blocks(DailySubject subject) {
    List<Category> all = subject.facts().categories();
    List<Category> services = all.stream().filter(one -> one.name().isPresent()).toList();
    // A menu without categories says nothing that the total does not.
    boolean isSplit = services.stream().anyMatch(one -> !one.name().get().equals("uncategorised"));
    if (!isSplit || all.stream().allMatch(one -> one.week().isEmpty())) {
      return List.of();
    }
    boolean isCompared = all.stream().anyMatch(one -> one.base().isPresent());
    List<Row> rows = new ArrayList<>();
    int most = DailyBookSection.hasFew(subject) ? ROWS : ROWS_BESIDE_MANY;
    int shown = services.size() > most + 1 ? most : services.size();
    services
        .subList(0, shown)
        .forEach(
            one ->
                rows.add(row(subject.format(), Words.capital(one.name().get()), isCompared, one)));
    if (shown < services.size()) {
      List<Category> rest = services.subList(shown, services.size());
      rows.add(row(subject.format(), rest.size() + " others", isCompared, sum(rest)));
    }
    all.stream()
        .filter(one -> one.name().isEmpty())
        .forEach(one -> rows.add(row(subject.format(), "Retail and fees", isCompared, one)));
    List<Day> days = subject.facts().days();
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("", isCompared ? 36 : 67));
    columns.add(Column.numbers(DailyVerdict.yesterday(days), 17));
    columns.add(Column.numbers(DailyVerdict.span(days), 16));
    if (isCompared) {
      columns.add(Column.numbers("Same days, four weeks before", 18));
      columns.add(Column.numbers("Change", 13));
    }
    return List.of(
        Passage.of(
            new Block.Heading("Net revenue by category"),
            new Table(Table.Look.SMALL, columns, rows)));
  }

  private static Row row(KpiFormat format, String name, boolean isCompared, Category one) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cells.money(format, one.yesterday()));
    cells.add(Cells.money(format, one.week()));
    if (isCompared) {
      cells.add(Cells.money(format, one.base()));
      cells.add(Cells.change(format, one.compared().flatMap(now -> one.base().map(now::subtract))));
    }
    return Row.of(name, cells);
  }

  private static Category sum(List<Category> some) {
    return new Category(
        Optional.empty(),
        sum(some, Category::yesterday),
        sum(some, Category::week),
        sum(some, Category::compared),
        sum(some, Category::base));
  }

  /** What is not told is told of none of them. */
  private static Optional<BigDecimal> sum(
      List<Category> some, Function<Category, Optional<BigDecimal>> amount) {
    return some.stream().flatMap(one -> amount.apply(one).stream()).reduce(BigDecimal::add);
  }
}
