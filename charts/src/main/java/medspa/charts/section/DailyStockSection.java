package medspa.charts.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import medspa.charts.document.Block;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.DailyFacts;
import medspa.charts.read.DailyFacts.Need;

/** What today's bookings need and stock does not have. */
public final class DailyStockSection implements Section<DailySubject> {
  private static final int ROWS = 4;

  @Override
  public List<Block> blocks(DailySubject subject) {
    DailyFacts facts = subject.facts();
    if (facts.stockUnavailable().isPresent()) {
      return List.of(
          Block.Sentence.explains(
              "Stock at risk today is not known: " + facts.stockUnavailable().get() + "."));
    }
    List<Need> shortages =
        facts.stock().stream()
            .filter(need -> need.missing().filter(much -> much.signum() > 0).isPresent())
            .toList();
    List<Need> unknown = facts.stock().stream().filter(need -> need.missing().isEmpty()).toList();
    List<Block> blocks = new ArrayList<>();
    if (!shortages.isEmpty()) {
      blocks.add(
          new Block.Heading(
              "Stock: too little of "
                  + KpiFormat.count(shortages.size())
                  + (shortages.size() == 1 ? " product" : " products")
                  + " for today’s bookings"));
      blocks.add(
          new Table(
              Table.Look.SMALL,
              List.of(
                  Column.words("Product", 40),
                  Column.numbers("Bookings", 15),
                  Column.numbers("Need", 15),
                  Column.numbers("Usable on hand", 15),
                  Column.numbers("Short", 15)),
              shortages.stream().limit(ROWS).map(DailyStockSection::row).toList()));
      if (shortages.size() > ROWS) {
        blocks.add(
            new Block.Note("Short too: " + names(shortages.subList(ROWS, shortages.size()))));
      }
    } else if (facts.stock().size() > unknown.size()) {
      blocks.add(
          Block.Sentence.explains(
              "Stock covers what today’s bookings need of "
                  + KpiFormat.count(facts.stock().size() - unknown.size())
                  + (facts.stock().size() - unknown.size() == 1 ? " product." : " products.")));
    }
    if (!unknown.isEmpty()) {
      blocks.add(
          new Block.Note("Needed today, but no export tells how much is there: " + names(unknown)));
    }
    return blocks.isEmpty() ? List.of() : List.of(new Passage(blocks));
  }

  private static Row row(Need need) {
    return Row.of(
        need.name(),
        Cells.count(need.rows()),
        Cells.quantity(Optional.of(need.quantity())),
        Cells.quantity(need.usable()),
        Cells.quantity(need.missing()));
  }

  private static String names(List<Need> some) {
    return some.stream().limit(ROWS).map(Need::name).collect(Collectors.joining(", "))
        + (some.size() > ROWS ? " and " + (some.size() - ROWS) + " more." : ".");
  }
}
