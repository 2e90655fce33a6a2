package medspa.jobs.pull;

/** What kind of failure ended the pull of a source: what should be done next. */
public enum Failure {
  /** A login, a key of a host or a path must be corrected; a retry is of no use. */
  CONFIGURATION,
  /** What came, or did not come, is not what it should be; a retry is of no use. */
  DATA,
  /** Out of reach, throttled to the end or broken off; a retry may help. */
  UNREACHABLE
}
