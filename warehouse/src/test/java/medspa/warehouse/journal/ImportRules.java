package medspa.warehouse.journal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What QuickBooks Online and Xero say of the files that they import as journals, as a list of what
 * a file breaks. QuickBooks: "Import journal entries" of its help; Xero: "Add or post multiple
 * manual journals" of its help, which allows 300 lines in a file.
 */
final class ImportRules {
  private static final int LONGEST_NUMBER = 21;
  private static final int MOST_LINES = 300;

  private ImportRules() {}

  /** Lines of an entry have one number and date, balance, and name whom a receivable is of. */
  static List<String> brokenForQuickBooks(List<String> csv, Set<String> receivableOrPayable) {
    List<String> broken = new ArrayList<>();
    Map<String, BigDecimal> sums = new LinkedHashMap<>();
    Map<String, Set<String>> dates = new LinkedHashMap<>();
    List<String> head = cells(csv.get(0));
    for (String column :
        List.of("Journal No", "Journal Date", "Account Name", "Debits", "Credits", "Name")) {
      if (!head.contains(column)) {
        broken.add("no column " + column);
      }
    }
    for (String line : csv.subList(1, csv.size())) {
      List<String> cells = cells(line);
      String number = cells.get(head.indexOf("Journal No"));
      String date = cells.get(head.indexOf("Journal Date"));
      String debit = cells.get(head.indexOf("Debits"));
      String credit = cells.get(head.indexOf("Credits"));
      String account = cells.get(head.indexOf("Account Name"));
      if (number.isEmpty() || number.length() > LONGEST_NUMBER) {
        broken.add("number " + number);
      }
      if (!date.matches("\\d\\d/\\d\\d/\\d{4}")) {
        broken.add("date " + date);
      }
      if (debit.isEmpty() == credit.isEmpty() || (debit + credit).startsWith("-")) {
        broken.add("neither a debit nor a credit: " + line);
      }
      if (account.isEmpty()) {
        broken.add("no account: " + line);
      }
      if (receivableOrPayable.contains(account) && cells.get(head.indexOf("Name")).isEmpty()) {
        broken.add("nobody named: " + line);
      }
      dates.computeIfAbsent(number, n -> new HashSet<>()).add(date);
      sums.merge(number, amount(debit).subtract(amount(credit)), BigDecimal::add);
    }
    unbalanced(sums, broken);
    dates.forEach(
        (number, days) -> {
          if (days.size() > 1) {
            broken.add("several dates of " + number);
          }
        });
    return broken;
  }

  /**
   * Lines with one narration and date are a journal and balance; all mandatory cells are filled.
   */
  static List<String> brokenForXero(List<String> csv) {
    List<String> broken = new ArrayList<>();
    Map<String, BigDecimal> sums = new LinkedHashMap<>();
    List<String> head = cells(csv.get(0));
    if (csv.size() - 1 > MOST_LINES) {
      broken.add(csv.size() - 1 + " lines");
    }
    for (String line : csv.subList(1, csv.size())) {
      List<String> cells = cells(line);
      for (int i = 0; i < head.size(); i++) {
        if (head.get(i).startsWith("*") && cells.get(i).isEmpty()) {
          broken.add("no " + head.get(i) + ": " + line);
        }
      }
      String date = cells.get(head.indexOf("*Date"));
      if (!date.matches("\\d\\d/\\d\\d/\\d{4}")) {
        broken.add("date " + date);
      }
      if (!cells.get(head.indexOf("*AccountCode")).matches("[A-Za-z0-9]+")) {
        broken.add("a code and its name: " + line);
      }
      if (cells.get(head.indexOf("TrackingName1")).isEmpty()
          != cells.get(head.indexOf("TrackingOption1")).isEmpty()) {
        broken.add("half a tracking category: " + line);
      }
      sums.merge(
          cells.get(head.indexOf("*Narration")) + " " + date,
          amount(cells.get(head.indexOf("*Amount"))),
          BigDecimal::add);
    }
    unbalanced(sums, broken);
    return broken;
  }

  private static void unbalanced(Map<String, BigDecimal> sums, List<String> broken) {
    sums.forEach(
        (entry, sum) -> {
          if (sum.signum() != 0) {
            broken.add(entry + " is off by " + sum);
          }
        });
  }

  private static BigDecimal amount(String cell) {
    return cell.isEmpty() ? BigDecimal.ZERO : new BigDecimal(cell);
  }

  /** The cells of a line of CSV; quotes keep commas. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c == ',' && !isQuoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
