package medspa.warehouse.journal;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Places under another id than the books know them by: their entries would be booked a second time.
 */
final class Renamed {
  private Renamed() {}

  /**
   * Refuses first entries of a location that seems to be one that the warehouse does not know any
   * more.
   *
   * @param issued what is to be exported
   * @param exported all entries of the practice that were exported
   * @param known the locations of the warehouse
   * @param isNamed whether the location was asked for by its id
   * @param amounts of a location on the days of an exported entry as they are now; empty if there
   *     are none
   * @throws IllegalArgumentException if there is one
   */
  static void refuse(
      List<JournalEntry> issued,
      List<ExportedEntry> exported,
      Set<String> known,
      boolean isNamed,
      BiFunction<String, JournalEntry, Map<String, BigDecimal>> amounts) {
    Map<String, List<JournalEntry>> gone =
        exported.stream()
            .map(ExportedEntry::entry)
            .filter(entry -> !known.contains(entry.location()))
            .collect(
                Collectors.groupingBy(
                    JournalEntry::about, LinkedHashMap::new, Collectors.toList()));
    Set<String> first =
        issued.stream().map(JournalEntry::location).collect(Collectors.toCollection(TreeSet::new));
    exported.forEach(one -> first.remove(one.entry().location()));
    for (String location : first) {
      for (List<JournalEntry> entries : gone.values()) {
        JournalEntry was = entries.get(0);
        Map<String, BigDecimal> now = amounts.apply(location, was);
        if (!now.isEmpty() && (!isNamed || isSame(now, entries))) {
          throw new IllegalArgumentException(
              "The location "
                  + was.location()
                  + " was exported into the books and is not in the published warehouse any more,"
                  + " and "
                  + location
                  + ", of which nothing was exported, has amounts of the same days. If it was only"
                  + " renamed, its days would be booked twice: give it back the id "
                  + was.location()
                  + " in medspa.yaml (its name may change) and run `medspa compute` and `medspa"
                  + " publish`. If it is another place, name it with --location");
        }
      }
    }
  }

  private static boolean isSame(Map<String, BigDecimal> now, List<JournalEntry> entries) {
    Map<String, BigDecimal> rest = new TreeMap<>(now);
    entries.forEach(
        entry -> entry.amounts().forEach((a, was) -> rest.merge(a, was.negate(), BigDecimal::add)));
    return rest.values().stream().allMatch(amount -> amount.signum() == 0);
  }

  /**
   * Refuses entries of days of a location that were exported into the books of another practice.
   *
   * @param elsewhere what was exported of other practices, by practice
   * @throws IllegalArgumentException if there is one
   */
  static void refuseElsewhere(
      List<JournalEntry> issued, Map<String, List<ExportedEntry>> elsewhere) {
    elsewhere.forEach(
        (practice, exported) -> {
          for (ExportedEntry one : exported) {
            JournalEntry was = one.entry();
            for (JournalEntry entry : issued) {
              if (entry.adjusts().isEmpty()
                  && entry.location().equals(was.location())
                  && entry.isOpening() == was.isOpening()
                  && meets(entry, was.from(), was.to())) {
                throw new IllegalArgumentException(
                    "Days of "
                        + was.location()
                        + " from "
                        + was.from()
                        + " to "
                        + was.to()
                        + " were exported into the books of the practice "
                        + practice
                        + ". If the practice was only renamed, give it back that id in medspa.yaml;"
                        + " if the location changed hands, name the days since then with --from and"
                        + " --to");
              }
            }
          }
        });
  }

  private static boolean meets(JournalEntry entry, LocalDate from, LocalDate to) {
    return !entry.from().isAfter(to) && !entry.to().isBefore(from);
  }
}
