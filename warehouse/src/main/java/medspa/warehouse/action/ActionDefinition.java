package medspa.warehouse.action;

import java.util.List;

/**
 * Something that a practice can do, as data: whom it concerns follows from a query.
 *
 * @param id its name, that of its file
 * @param position its place among actions of equal worth, from 1
 * @param role who acts
 * @param worth what the dollars of a candidate are
 * @param floor a candidate with fewer expected dollars than this is none
 * @param sentence what to do
 * @param evidence why, in one line
 * @param query a row for each candidate, with the columns {@link #COLUMNS} and those that the texts
 *     name
 * @param outcome what became of its candidates a week later
 */
public record ActionDefinition(
    String id,
    int position,
    String role,
    Worth worth,
    int floor,
    Text sentence,
    Text evidence,
    String query,
    Outcome outcome) {

  /** What the query of every action gives, besides the texts that its sentences name. */
  static final List<String> COLUMNS =
      List.of(
          "practice_id", "location_id", "subject", "low", "expected", "high", "due_on", "observed");

  /** What the query of an outcome gives, besides the texts that its words name. */
  static final List<String> OUTCOME_COLUMNS =
      List.of("practice_id", "location_id", "subject", "observed_after", "came", "status");

  /** What the dollars of a candidate are; only those of one kind are compared. */
  public enum Worth {
    /** Revenue a week, or once within weeks. */
    REVENUE,
    /** Cash that is tied up, and comes free once. */
    CASH,
    /** What one week without the person or thing would cost. */
    EXPOSURE
  }

  /**
   * How the candidates of a letter are looked at again a week later.
   *
   * @param became what became of it, in a few words
   * @param query a row for each candidate of which the exports tell, from those of the letter in
   *     {@code acted}: the columns {@link #OUTCOME_COLUMNS}, where status is done, in_part or
   *     not_done, and those that the words name
   */
  record Outcome(Text became, String query) {}

  /**
   * A text with columns of the query in braces.
   *
   * @param parts words and names of columns in turn, words first
   */
  record Text(List<String> parts) {
    /** Copies the parts. */
    Text {
      parts = List.copyOf(parts);
    }
  }
}
