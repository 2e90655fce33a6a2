package medspa.warehouse.journal;

import java.util.Locale;

/** The columns of a journal file. */
public enum JournalFormat {
  /** Number, ISO date, location, code and name of the account, debit, credit, memo. */
  PLAIN(Integer.MAX_VALUE),
  /** What QuickBooks Online imports as journal entries: names of accounts, dates mm/dd/yyyy. */
  QUICKBOOKS(Integer.MAX_VALUE),
  /**
   * Xero's template of manual journals: codes of accounts, dates dd/mm/yyyy, signed amounts, at
   * most 300 lines a file.
   */
  XERO(300);

  private final int mostLines;

  JournalFormat(int mostLines) {
    this.mostLines = mostLines;
  }

  /** How many lines one file may have, without its head. */
  public int mostLines() {
    return mostLines;
  }

  String resource() {
    return "sql/journal/" + name().toLowerCase(Locale.ROOT) + ".sql";
  }
}
