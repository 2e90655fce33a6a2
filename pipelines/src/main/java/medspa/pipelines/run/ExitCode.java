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
  /** A check failed; nothing was published. */
  CHECK_FAILED(5),
  /** There was nothing to do. */
  NOTHING_TO_DO(99);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process's exit code. */
  public int code() {
    return code;
  }
}
