package medspa.charts;

import medspa.charts.pdf.Paper;

/** The paper of a report. */
public enum PageSize {
  /** US Letter, 8.5 × 11 inches. */
  LETTER,
  /** ISO A4, 210 × 297 mm. */
  A4;

  Paper paper() {
    return switch (this) {
      case LETTER -> Paper.of("8.5in 11in", 612);
      case A4 -> Paper.of("210mm 297mm", 595);
    };
  }
}
