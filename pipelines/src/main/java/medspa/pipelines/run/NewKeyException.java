package medspa.pipelines.run;

/**
 * The pseudonym key is one under which nothing of the lake was read, and nobody said that it may
 * be.
 */
public final class NewKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NewKeyException(int files) {
    super(
        files
            + " files were read under another pseudonym key; nothing was done. If the key was changed"
            + " on purpose, run the command with --new-key: every file that is still there is read"
            + " again, and clients get other pseudonyms. Else go back to the old key (docs/privacy.md).");
  }
}
