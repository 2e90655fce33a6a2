package medspa.jobs.ingest;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.jobs.ingest.NumericDates.Place;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.lake.Batch.Period;

/** Whether 03/04/2026 is in March or in April. */
enum DateOrder {
  MONTH_FIRST("mdy"),
  DAY_FIRST("dmy");

  /** The setting of a source that tells it. */
  static final String SETTING = "dates";

  private final String word;

  DateOrder(String word) {
    this.word = word;
  }

  /** The word of the setting. */
  String word() {
    return word;
  }

  DateOrder other() {
    return this == MONTH_FIRST ? DAY_FIRST : MONTH_FIRST;
  }

  private String inWords() {
    return this == MONTH_FIRST ? "the month first" : "the day first";
  }

  /** The order of that word. */
  static Optional<DateOrder> of(String word) {
    for (DateOrder order : values()) {
      if (order.word.equals(word)) {
        return Optional.of(order);
      }
    }
    return Optional.empty();
  }

  /**
   * What is known beside the file.
   *
   * @param setting what the source says
   * @param earlier the order of earlier deliveries of the source
   * @param last the last day that a fact of the file can have happened, where it holds only such
   */
  record Known(Optional<DateOrder> setting, Optional<DateOrder> earlier, Optional<LocalDate> last) {

    /** Nothing: the file alone is to tell. */
    static final Known NOTHING = new Known(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * The order of a file's dates.
   *
   * @param isProven whether the file itself proves it, whatever else is known
   */
  record Decided(DateOrder order, boolean isProven) {}

  /**
   * Decides the order of a file.
   *
   * @param stated the period that the file's name or titles state, where they do; it may be written
   *     in numbers too, so that it depends on the order
   * @return the order, or nothing where the file has no such date, or both orders mean the same
   *     days
   * @throws FileRefusedException if the file contradicts the setting or itself, or nothing proves
   *     either order; it names the setting
   */
  static Optional<Decided> decide(NumericDates dates, Map<DateOrder, Period> stated, Known known)
      throws FileRefusedException {
    if (dates.isEmpty()) {
      return Optional.empty();
    }
    Optional<Place> yearsInFront = dates.yearsInFront();
    if (yearsInFront.isPresent()) {
      throw refused(
          yearsInFront.get(),
          "The dates seem to begin with a year of two digits: read with the day first, all would be"
              + " of one day of the month, in many years.",
          "Write the years with four digits, such as 2026-03-09, or export with a date format that"
              + " does.");
    }
    Optional<DateOrder> proven = proven(dates);
    if (known.setting().isPresent()) {
      DateOrder setting = known.setting().get();
      if (proven.filter(order -> order != setting).isPresent()) {
        throw refused(
            dates.proofOf(setting.other()).orElseThrow(),
            "The date has "
                + setting.other().inWords()
                + ", and the source says `dates: "
                + setting.word
                + "`.",
            "Set `dates: " + setting.other().word + "` at the source, or export it again.");
      }
      return Optional.of(new Decided(setting, proven.isPresent()));
    }
    if (proven.isPresent() || dates.areSameEitherWay()) {
      return proven.map(order -> new Decided(order, true));
    }
    Optional<DateOrder> byPeriod = byPeriod(dates, stated);
    Optional<DateOrder> byJumps = byJumps(dates);
    DateOrder order =
        byPeriod
            .or(known::earlier)
            .or(() -> byJumps)
            .orElseThrow(() -> undecided(dates, "no day is above 12"));
    // The clock is no proof of the other order, but a reason not to trust this one.
    if (known.last().filter(last -> dates.areAfter(last, order)).isPresent()) {
      throw undecided(
          dates, "with " + order.inWords() + ", as it seems, several days are not over yet");
    }
    return Optional.of(
        new Decided(order, byPeriod.or(() -> byJumps).filter(order::equals).isPresent()));
  }

  private static Optional<DateOrder> byPeriod(NumericDates dates, Map<DateOrder, Period> stated) {
    List<DateOrder> fitting =
        Stream.of(values())
            .filter(order -> stated.containsKey(order))
            .filter(order -> dates.areWithin(stated.get(order), order))
            .toList();
    return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
  }

  private static Optional<DateOrder> byJumps(NumericDates dates) {
    return Stream.of(values()).filter(order -> dates.jumpsAs(order.other())).findFirst();
  }

  private static Optional<DateOrder> proven(NumericDates dates) throws FileRefusedException {
    Optional<Place> monthFirst = dates.proofOf(MONTH_FIRST);
    Optional<Place> dayFirst = dates.proofOf(DAY_FIRST);
    if (monthFirst.isPresent() && dayFirst.isPresent()) {
      throw refused(
          dayFirst.get(),
          "The date has the day first, and that of line "
              + monthFirst.get().line()
              + " in "
              + monthFirst.get().column()
              + " the month.",
          "Export it again, without saving it in a spreadsheet; one file has one order.");
    }
    return monthFirst.isPresent() ? Optional.of(MONTH_FIRST) : dayFirst.map(place -> DAY_FIRST);
  }

  private static FileRefusedException undecided(NumericDates dates, String why) {
    return refused(
        dates.first().orElseThrow(),
        "Nothing tells whether dates have the day or the month first: " + why + ".",
        "Set `dates: mdy` (month first) or `dates: dmy` (day first) at the source.");
  }

  private static FileRefusedException refused(Place place, String problem, String nextStep) {
    return FileRefusedException.column(place.line(), place.column(), problem, nextStep);
  }
}
