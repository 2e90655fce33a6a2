package medspa.jobs.ingest;

/** What to do when most rows of a file are rejected for one reason: a setting or an edit. */
final class Advice {
  private Advice() {}

  private static boolean hasOrder(Source source) {
    return source.mapping().params().contains(DateOrder.SETTING);
  }

  private static String order(Source source) {
    return "`dates: mdy` or `dates: dmy` at the source " + source.name();
  }

  /**
   * For a reason code and the column it concerns.
   *
   * @param source whose file it is
   */
  static String after(String reason, String column, Source source) {
    return switch (reason) {
      case "unknown_location" ->
          source.location().isPresent()
              ? "Correct the ids in the export's location_id, or remove the column: the source "
                  + source.name()
                  + " names the location."
              : "Name the export's locations under `locations:` of the source "
                  + source.name()
                  + ", such as {\"Main St\": id of the location}, or say `location:` where all rows"
                  + " are of one.";
      case "unknown_word" ->
          "Say what the words mean at the source "
              + source.name()
              + ", `words: {"
              + column
              + ": {<their word>: <ours>}}`; `medspa mapping check` lists them, and"
              + " docs/data-dictionary.md ours.";
      case "other_currency" ->
          "Export one currency at a time, or set `currency:` of the workspace to that of these rows.";
      case "not_a_instant", "not_a_date", "date_out_of_range" ->
          "Check the order and form of its dates, and of durations that they are worked out from"
              + (hasOrder(source) ? ": " + order(source) + ";" : ";")
              + " in a mapping of your own, the formats of its date_time(…). `medspa mapping check`"
              + " shows the rows.";
      case "outside_period" ->
          "The rows lie on other days than the file's name or title says: give it the name it came"
              + " with, or export these days again"
              + (hasOrder(source)
                  ? "; or correct the order of day and month, " + order(source)
                  : "")
              + ". In a mapping of your own `period:` may take the last day for the day after.";
      case "after_delivery" ->
          "What is dated later than now has not happened: set this machine's clock right"
              + (hasOrder(source) ? ", or the order of day and month, " + order(source) : "")
              + "; what is planned belongs in appointments or shifts. An as-of that is named, as in"
              + " `medspa run --as-of DATE`, counts as now where the clock lies before it.";
      case "payout_far_from_payment" ->
          "The deposit lies before its payment, or more than a year after it: check the order of day"
              + " and month in the columns of both"
              + (hasOrder(source) ? ", " + order(source) : "")
              + ".";
      case "not_a_number", "more_than_four_decimals" ->
          "Check how the export writes numbers: with decimal commas its mapping needs"
              + " decimal_comma(…) around them; if a spreadsheet saved it, take the export as the"
              + " system gives it. A currency sign must be that of the workspace's `currency:`.";
      case "damaged_id" ->
          "Take the export as the system gives it: a spreadsheet or a script has made numbers of its"
              + " ids.";
      case "wrong_number_of_fields" ->
          "Check for line breaks and delimiters inside fields, and export it again; where short rows"
              + " are usual, the mapping says `file: {short_rows: true}`.";
      case "key_seen_before" ->
          "The rows were delivered before; where later files correct earlier ones, set `delivery:"
              + " upsert` on the source "
              + source.name()
              + ".";
      case "missing" ->
          "Check that what the column is made of is filled in the export, and its numbers and dates"
              + " written as the mapping reads them; rows of totals are left out by `header:"
              + " {totals: [column]}` of the mapping, others by `where`.";
      default ->
          "Correct the rows in the system and export them again, or leave them out by `where` in a"
              + " mapping of your own; `medspa mapping check` shows them.";
    };
  }
}
