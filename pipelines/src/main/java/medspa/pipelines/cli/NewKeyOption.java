package medspa.pipelines.cli;

import picocli.CommandLine.Option;

/** {@code --new-key}, which agrees to what a changed pseudonym key costs. */
final class NewKeyOption {
  @Option(
      names = "--new-key",
      description =
          "The pseudonym key was changed on purpose: read every file again under the new one.")
  boolean given;
}
