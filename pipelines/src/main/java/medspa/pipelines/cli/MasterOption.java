package medspa.pipelines.cli;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --master}, for commands that compute. */
final class MasterOption {
  private String master;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark master (default: this process).")
  void master(String url) {
    if (!url.matches("local(\\[.+])?|yarn|(spark|k8s)://.+")) {
      throw new ParameterException(
          spec.commandLine(),
          "'" + url + "' is no Spark master such as local[4], spark://host:7077 or yarn");
    }
    master = url;
  }

  Optional<String> url() {
    return Optional.ofNullable(master);
  }
}
