package medspa.charts.section;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import medspa.charts.document.Block;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.DailyFacts.Known;

/** Up to when the exports tell, in one line. */
public final class DailyKnownSection implements Section<DailySubject> {
  @Override
  public List<Block> blocks(DailySubject subject) {
    Known known = subject.facts().today().known();
    List<String> told = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    part("sales", known.sales(), told, silent);
    part("payments", known.payments(), told, silent);
    part("what became of visits", known.outcomes(), told, silent);
    part("stock", known.stock(), told, silent);
    return List.of(
        new Block.Note(
            (told.isEmpty() ? "" : "The exports tell of " + String.join(", ", told) + ". ")
                + (silent.isEmpty()
                    ? ""
                    : "They never told of " + String.join(" or ", silent) + " here. ")
                + "The book is as it stood when the day began. The weekly report says what each KPI"
                + " is."));
  }

  private static void part(
      String what, Optional<LocalDate> until, List<String> told, List<String> silent) {
    until.ifPresentOrElse(
        day -> told.add(what + " until " + KpiFormat.day(day)), () -> silent.add(what));
  }
}
