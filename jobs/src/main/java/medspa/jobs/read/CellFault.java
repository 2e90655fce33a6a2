package medspa.jobs.read;

import java.util.Optional;
import java.util.Set;

/** What stands in a cell in place of a value, because a spreadsheet could not work it out. */
public enum CellFault {
  /** An error value such as {@code #N/A}, in a workbook or in a text file saved from one. */
  ERROR_VALUE(
      "The cell is a spreadsheet's error value, such as #N/A.",
      "Take the export as the system gives it, or correct the cell in the spreadsheet and save it"
          + " again."),
  /** A formula whose result is not stored: programs that write workbooks do not calculate. */
  FORMULA_WITHOUT_VALUE(
      "The cell is a formula without a saved value.",
      "Open the workbook in Excel or LibreOffice, which calculates it, and save it again; or put"
          + " the value into the cell.");

  /** How a reader passes on a formula without a value: no cell can hold this character. */
  static final String FORMULA_MARK = "\u0000formula";

  /** What is passed on for an error value that has no text of its own. */
  static final String ERROR = "#ERROR!";

  private static final Set<String> ERRORS =
      Set.of(
          ERROR,
          "#N/A",
          "#VALUE!",
          "#REF!",
          "#DIV/0!",
          "#NUM!",
          "#NAME?",
          "#NULL!",
          "#SPILL!",
          "#CALC!",
          "#FIELD!",
          "#BLOCKED!",
          "#CONNECT!",
          "#UNKNOWN!",
          "#BUSY!",
          "#GETTING_DATA");

  private final String problem;
  private final String nextStep;

  CellFault(String problem, String nextStep) {
    this.problem = problem;
    this.nextStep = nextStep;
  }

  /** The fault that a cell's text stands for. */
  public static Optional<CellFault> of(String cell) {
    if (cell.isEmpty()) {
      return Optional.empty();
    }
    if (cell.charAt(0) == '#' && ERRORS.contains(cell.strip())) {
      return Optional.of(ERROR_VALUE);
    }
    return cell.equals(FORMULA_MARK) ? Optional.of(FORMULA_WITHOUT_VALUE) : Optional.empty();
  }

  /** A text that names the cell only, for a file that is refused because of it. */
  public FileRefusedException refusal(long line, String column) {
    return FileRefusedException.column(line, column, problem, nextStep);
  }
}
