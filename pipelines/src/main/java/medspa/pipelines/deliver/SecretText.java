package medspa.pipelines.deliver;

/** A secret on its way to the place where it is shown; prints as {@code (secret)}. */
record SecretText(String text) {
  /** What somebody else said, without the secret in it. */
  String hideIn(String said) {
    return text.isEmpty() ? said : said.replace(text, "(secret)");
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
