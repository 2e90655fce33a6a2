package medspa.warehouse.journal;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which entries are to be exported, given those that were. An entry that was exported is never
 * issued with other amounts: where they are others now, an adjusting entry has the difference by
 * account. No entry is dated within books that are closed.
 *
 * @param entries to be exported
 * @param unchanged of those asked for, how many were exported and are as they were
 */
record Issue(List<JournalEntry> entries, int unchanged) {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT);

  /**
   * Compares what is with what was exported.
   *
   * @param current the entries asked for, each as it is now; one without lines has nothing to book
   * @param exported all entries that were exported, in their order
   * @param closedThrough the last day on which the books are closed
   * @param cause why an entry has other amounts than when it was last exported, in words
   */
  static Issue of(
      List<JournalEntry> current,
      List<ExportedEntry> exported,
      Optional<LocalDate> closedThrough,
      Function<ExportedEntry, String> cause) {
    Map<String, List<ExportedEntry>> before = new LinkedHashMap<>();
    exported.forEach(e -> before.computeIfAbsent(e.entry().about(), n -> new ArrayList<>()).add(e));
    List<JournalEntry> entries = new ArrayList<>();
    int unchanged = 0;
    for (JournalEntry entry : current) {
      List<ExportedEntry> known = before.getOrDefault(entry.number(), List.of());
      if (known.isEmpty()) {
        if (!entry.lines().isEmpty()) {
          entries.add(entry.on(open(entry.date(), closedThrough)));
        }
        continue;
      }
      Map<String, BigDecimal> difference = difference(entry, known);
      if (difference.isEmpty()) {
        unchanged++;
      } else {
        entries.add(
            adjusting(entry, known.size(), difference, cause.apply(known.get(known.size() - 1)))
                .on(open(entry.date(), closedThrough)));
      }
    }
    return new Issue(entries, unchanged);
  }

  private static LocalDate open(LocalDate day, Optional<LocalDate> closedThrough) {
    return closedThrough
        .map(closed -> closed.plusDays(1))
        .filter(first -> first.isAfter(day))
        .orElse(day);
  }

  private static Map<String, BigDecimal> difference(JournalEntry entry, List<ExportedEntry> known) {
    Map<String, BigDecimal> difference = new TreeMap<>(entry.amounts());
    known.forEach(
        one ->
            one.entry()
                .amounts()
                .forEach(
                    (account, amount) ->
                        difference.merge(account, amount.negate(), BigDecimal::add)));
    difference.values().removeIf(amount -> amount.signum() == 0);
    return difference;
  }

  /** Its number tells the day, how many there were before, and the location as that it adjusts. */
  private static JournalEntry adjusting(
      JournalEntry entry, int before, Map<String, BigDecimal> difference, String cause) {
    List<JournalEntry.Line> lines = new ArrayList<>();
    for (String account : Accounts.known()) {
      BigDecimal amount = difference.get(account);
      if (amount != null) {
        lines.add(
            new JournalEntry.Line(
                lines.size() + 1, account, "Adjusts " + entry.number() + ": " + cause, amount));
      }
    }
    String place = entry.number().substring(entry.number().lastIndexOf('-') + 1);
    return new JournalEntry(
        "A" + DAY.format(entry.to()) + "-" + before + "-" + place,
        Optional.of(entry.number()),
        entry.location(),
        entry.date(),
        entry.from(),
        entry.to(),
        lines);
  }
}
