package medspa.charts.workbook;

import java.util.stream.Collectors;
import medspa.charts.document.Book.Allowed;
import medspa.charts.document.Book.Allowed.Rule;

/**
 * What a spreadsheet lets somebody write into a cell. Only what is written anew is held to it: what
 * stands there already stays.
 */
final class Validations {
  /** Words that are offered are a formula, which may be no longer. */
  private static final int LONGEST_LIST = 255;

  /** Rows of another sheet that are offered, the head and later ones among them. */
  private static final int LISTED_ROWS = 2_000;

  private static final int LONGEST_MESSAGE = 225;

  private Validations() {}

  /**
   * The rule as XML.
   *
   * @param cells such as {@code C2:C40}
   */
  static String rule(Allowed allowed, String cells) {
    String attributes =
        " allowBlank=\"1\" showErrorMessage=\"1\" errorTitle=\"Please check\" error=\""
            + Parts.escaped(shortened(allowed.says()))
            + "\" sqref=\""
            + cells
            + "\">";
    if (allowed.rule() instanceof Rule.Between between) {
      return "<dataValidation type=\""
          + (between.isWhole() ? "whole" : "decimal")
          + "\" operator=\"between\""
          + attributes
          + "<formula1>"
          + between.least().toPlainString()
          + "</formula1><formula2>"
          + between.most().toPlainString()
          + "</formula2></dataValidation>";
    }
    if (allowed.rule() instanceof Rule.Listed listed) {
      String column = SheetPart.name(listed.column());
      return "<dataValidation type=\"list\" errorStyle=\"warning\""
          + attributes
          + "<formula1>"
          + "%s!$%s$2:$%s$%s".formatted(listed.sheet(), column, column, LISTED_ROWS)
          + "</formula1></dataValidation>";
    }
    String words =
        ((Rule.Words) allowed.rule())
            .words().stream()
                .map(word -> word.replace("\"", "\"\""))
                .collect(Collectors.joining(","));
    boolean canBeListed =
        words.length() <= LONGEST_LIST
            && ((Rule.Words) allowed.rule()).words().stream().noneMatch(w -> w.contains(","));
    return canBeListed
        ? "<dataValidation type=\"list\""
            + attributes
            + "<formula1>"
            + Parts.escaped("\"" + words + "\"")
            + "</formula1></dataValidation>"
        : "<dataValidation type=\"textLength\" operator=\"lessThan\""
            + attributes
            + "<formula1>256</formula1></dataValidation>";
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE - 1) + "…";
  }
}
