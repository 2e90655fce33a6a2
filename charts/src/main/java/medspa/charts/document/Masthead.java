package medspa.charts.document;

/**
 * The top of a report or of one of its subjects.
 *
 * @param eyebrow the kind of report
 * @param title what it is about
 * @param owner whom it belongs to or is made for
 * @param period which weeks it looks at
 */
public record Masthead(String eyebrow, String title, String owner, String period)
    implements Block {}
