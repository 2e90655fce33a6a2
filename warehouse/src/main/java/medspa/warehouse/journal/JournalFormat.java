package medspa.warehouse.journal;

import java.util.Locale;

/** The columns of a journal file. */
public enum JournalFormat {
  /** Number, ISO date, location, code and name of the account, debit, credit, memo. */
  PLAIN,
  /** What QuickBooks Online imports as journal entries: names of accounts, dates mm/dd/yyyy. */
  QUICKBOOKS,
  /** Xero's template of manual journals: codes of accounts, dates dd/mm/yyyy, signed amounts. */
  XERO;

  String resource() {
    return "sql/journal/" + name().toLowerCase(Locale.ROOT) + ".sql";
  }
}
