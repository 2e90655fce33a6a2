package medspa.charts.pdf;

import com.openhtmltopdf.bidi.BidiReorderer;
import com.openhtmltopdf.bidi.BidiSplitter;
import com.openhtmltopdf.bidi.BidiTextRun;
import java.util.List;
import medspa.charts.figure.RightToLeft;

/**
 * Tells the layout which parts of a paragraph are read from right to left, so that it breaks them
 * into lines as they are read and each line is put into the order in which it is seen.
 */
final class Directions implements BidiSplitter {
  private List<RightToLeft.Run> runs = List.of();

  @Override
  public void setParagraph(String paragraph, byte base) {
    runs = RightToLeft.runs(paragraph);
  }

  @Override
  public int countTextRuns() {
    return runs.size();
  }

  @Override
  public BidiTextRun getVisualRun(int place) {
    RightToLeft.Run run = runs.get(place);
    return new BidiTextRun(run.start(), run.end() - run.start(), run.isRightToLeft() ? RTL : LTR);
  }

  @Override
  public byte getBaseDirection(String paragraph) {
    return LTR;
  }

  /** Puts what stands on one line into its order; its letters are joined by then. */
  static final class Lines implements BidiReorderer {
    @Override
    public String reorderRTLTextToLTR(String line) {
      return RightToLeft.reversed(line);
    }

    @Override
    public String shapeText(String text) {
      return text;
    }

    @Override
    public String deshapeText(String text) {
      return text;
    }

    @Override
    public boolean isLiveImplementation() {
      return true;
    }
  }
}
