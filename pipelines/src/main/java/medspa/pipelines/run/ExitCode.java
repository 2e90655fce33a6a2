package medspa.pipelines.run;

/** The exit codes of every command: what an orchestrator should do next. */
public enum ExitCode {
  /** Done. */
  DONE(0),
  /** Something nobody expected. */
  UNEXPECTED(1),
  /** The command line or the configuration is wrong. */
  USAGE(2),
  /** Data was refused; the rest is done. Do not retry. */
  DATA_REFUSED(3),
  /** Something is out of reach or busy. Retry. */
  UNREACHABLE(4),
  /** A check failed, or a file is damaged that nothing here heals; nothing was published. */
  CHECK_FAILED(5),
  /** There was nothing to do. */
  NOTHING_TO_DO(99);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /**
   * How two steps end of which each did all that it could: a retry that helps comes first, then
   * what must be corrected, then data that was refused.
   */
  public ExitCode and(ExitCode other) {
    for (ExitCode worst :
        new ExitCode[] {UNEXPECTED, CHECK_FAILED, UNREACHABLE, USAGE, DATA_REFUSED, DONE}) {
      if (this == worst || other == worst) {
        return worst;
      }
    }
    return NOTHING_TO_DO;
  }

  /** The process's exit code. */
  public int code() {
    return code;
  }
}
