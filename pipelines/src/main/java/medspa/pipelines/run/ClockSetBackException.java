package medspa.pipelines.run;

import java.time.LocalDate;

/** The clock shows a day before the one up to which numbers are published already. */
public final class ClockSetBackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClockSetBackException(LocalDate today, LocalDate published, LocalDate asOf) {
    super(
        "The clock says "
            + today
            + ", but numbers are published as of "
            + published
            + ", which is later; nothing was done. Set the clock right, or name the as-of: --as-of "
            + published
            + " keeps what is published, and --as-of "
            + asOf
            + " replaces it by what happened before that day.");
  }
}
