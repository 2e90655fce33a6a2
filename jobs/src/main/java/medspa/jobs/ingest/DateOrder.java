package medspa.jobs.ingest;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import medspa.jobs.ingest.NumericDates.Place;
import medspa.jobs.read.FileRefusedException;

/** Whether 03/04/2026 is in March or in April. */
enum DateOrder {
  MONTH_FIRST("mdy"),
  DAY_FIRST("dmy");

  /** The setting of a source that tells it. */
  static final String SETTING = "dates";

  private static final Pattern STATED =
      Pattern.compile("(?<!\\d)(20\\d{2})[-_]?(\\d{2})[-_]?(\\d{2})(?!\\d)");

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
   * @param fileName may state the period of the file by two dates, such as 2026-06-01 and 20260607
   */
  record Known(
      Optional<DateOrder> setting,
      Optional<DateOrder> earlier,
      Optional<LocalDate> last,
      String fileName) {

    /** Nothing but the file's name. */
    static Known only(String fileName) {
      return new Known(Optional.empty(), Optional.empty(), Optional.empty(), fileName);
    }
  }

  /**
   * Decides the order of a file.
   *
   * @return the order, or nothing where the file has no such date, or both orders mean the same
   *     days
   * @throws FileRefusedException if the file contradicts the setting or itself, or nothing proves
   *     either order; it names the setting
   */
  static Optional<DateOrder> decide(NumericDates dates, Known known) throws FileRefusedException {
    if (dates.isEmpty()) {
      return Optional.empty();
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
      return known.setting();
    }
    if (proven.isPresent() || dates.areSameEitherWay()) {
      return proven;
    }
    DateOrder order =
        byPeriod(dates, known.fileName())
            .or(known::earlier)
            .or(() -> byJumps(dates))
            .orElseThrow(() -> undecided(dates, "no day is above 12"));
    // The clock is no proof of the other order, but a reason not to trust this one.
    if (known.last().filter(last -> dates.areAfter(last, order)).isPresent()) {
      throw undecided(
          dates, "with " + order.inWords() + ", as it seems, several days are not over yet");
    }
    return Optional.of(order);
  }

  private static Optional<DateOrder> byPeriod(NumericDates dates, String fileName) {
    List<LocalDate> stated = datesIn(fileName);
    return stated.size() == 2
        ? Stream.of(values())
            .filter(order -> dates.proveByPeriod(stated.get(0), stated.get(1), order))
            .findFirst()
        : Optional.empty();
  }

  private static List<LocalDate> datesIn(String fileName) {
    List<LocalDate> dates = new ArrayList<>();
    Matcher matcher = STATED.matcher(fileName);
    while (matcher.find()) {
      try {
        dates.add(
            LocalDate.parse(matcher.group(1) + "-" + matcher.group(2) + "-" + matcher.group(3)));
      } catch (DateTimeParseException e) {
        return List.of();
      }
    }
    return dates;
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
