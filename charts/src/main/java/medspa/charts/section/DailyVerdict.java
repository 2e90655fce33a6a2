package medspa.charts.section;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.DailyFacts;
import medspa.charts.read.DailyFacts.Day;
import medspa.charts.read.DailyFacts.Pace;
import medspa.charts.read.DailyFacts.Usual;

/** The first sentences of the daily flash: what is missing, yesterday, the week to date. */
public final class DailyVerdict {
  private static final String NET_REVENUE = "net_revenue";

  private DailyVerdict() {}

  /** The sentences, at least one. */
  public static String of(DailySubject subject) {
    DailyFacts facts = subject.facts();
    Optional<Day> yesterday = facts.yesterday();
    if (yesterday.isEmpty()) {
      return facts.today().isFirstDay()
          ? "It opens today."
          : "It opened after yesterday, so there is nothing to look back at.";
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(yesterday(subject, yesterday.get()));
    week(subject).ifPresent(sentences::add);
    return String.join(" ", sentences);
  }

  private static String yesterday(DailySubject subject, Day day) {
    String name = KpiFormat.wholeWeekday(day.date());
    if (day.netRevenue().isEmpty()) {
      return "No sales of "
          + name
          + " arrived: yesterday’s revenue is unknown, not 0"
          + subject
              .facts()
              .today()
              .known()
              .sales()
              .map(last -> "; the last day with sales is " + KpiFormat.wholeWeekday(last))
              .orElse("")
          + ".";
    }
    BigDecimal net = day.netRevenue().get();
    if (day.isClosed()) {
      return "Yesterday, "
          + name
          + ", it was closed"
          + (net.signum() == 0 ? "." : "; " + subject.format().money(net) + " net was booked.");
    }
    return name + " brought " + subject.format().money(net) + " net revenue.";
  }

  private static Optional<String> week(DailySubject subject) {
    Optional<Pace> pace = subject.facts().pace(NET_REVENUE);
    if (pace.isEmpty() || pace.get().daysTold() == 0 || pace.get().week().isEmpty()) {
      return Optional.empty();
    }
    KpiFormat format = subject.format();
    String told =
        (subject.facts().days().size() == 7 ? "The week ended at " : "The week to date is at ")
            + format.brief(BigDecimal.valueOf(pace.get().week().getAsDouble()))
            + without(subject);
    return Optional.of(
        pace.get()
            .usual()
            .map(usual -> told + ", " + against(format, usual, pace.get()))
            .orElse(told + "."));
  }

  /** Open days that are in no sum because nobody tells of them. */
  private static String without(DailySubject subject) {
    String missing =
        subject.facts().days().stream()
            .filter(day -> day.netRevenue().isEmpty())
            .map(Day::date)
            .map(KpiFormat::weekday)
            .collect(Collectors.joining(", "));
    return missing.isEmpty() ? "" : " without " + missing;
  }

  private static String against(KpiFormat format, Usual usual, Pace pace) {
    BigDecimal change =
        BigDecimal.valueOf(usual.value()).subtract(BigDecimal.valueOf(usual.base()));
    String days =
        usual.days() == pace.daysTold()
            ? "the same days"
            : "the same "
                + (usual.days() == 1
                    ? KpiFormat.weekday(usual.last()).substring(0, 3)
                    : usual.days() + " days");
    return (change.signum() == 0
            ? "as much as the mean of "
            : format.brief(change.abs())
                + (change.signum() > 0 ? " over the mean of " : " under the mean of "))
        + days
        + " of the four weeks before"
        + (usual.value() > usual.high()
            ? ", more than in any of them."
            : usual.value() < usual.low() ? ", less than in any of them." : ".");
  }

  /** The last of the days, as the head of a column. */
  static String yesterday(List<Day> days) {
    return "Yesterday, " + KpiFormat.weekday(days.get(days.size() - 1).date());
  }

  /** The days that the pace looks at, as the head of a column. */
  static String span(List<Day> days) {
    LocalDate first = days.get(0).date();
    LocalDate last = days.get(days.size() - 1).date();
    return first.equals(last)
        ? KpiFormat.weekday(first)
        : KpiFormat.weekday(first) + " to " + KpiFormat.weekday(last);
  }
}
