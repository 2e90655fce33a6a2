package medspa.pipelines.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.jobs.ingest.PseudonymKey;
import medspa.warehouse.definition.InvalidDefinitionException;

/** Finds the pseudonym key: the environment first, then the file that the configuration names. */
public final class Secrets {
  private static final String VARIABLE = "MEDSPA_PSEUDONYM_KEY";

  private Secrets() {}

  /**
   * The pseudonym key.
   *
   * @param environment the process's environment
   * @throws InvalidDefinitionException if there is none, or one that can be guessed
   */
  public static PseudonymKey pseudonymKey(Workspace workspace, Map<String, String> environment) {
    try {
      return new PseudonymKey(secret(workspace, environment));
    } catch (IllegalArgumentException e) {
      throw new InvalidDefinitionException(
          List.of(e.getMessage() + "; make one with `openssl rand -hex 32`"));
    }
  }

  private static String secret(Workspace workspace, Map<String, String> environment) {
    Optional<String> variable = Optional.ofNullable(environment.get(VARIABLE));
    if (variable.isPresent()) {
      return variable.get();
    }
    Path file =
        workspace
            .pseudonymKeyFile()
            .orElseThrow(
                () ->
                    new InvalidDefinitionException(
                        List.of(
                            "There is no pseudonym key: set "
                                + VARIABLE
                                + ", or pseudonym_key_file in medspa.yaml; make one with"
                                + " `openssl rand -hex 32`")));
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new InvalidDefinitionException(
          List.of(
              "The pseudonym key file "
                  + file
                  + " cannot be read; put it back, or correct pseudonym_key_file in medspa.yaml. Under"
                  + " a new key (`openssl rand -hex 32`) the exports that are still there are read again"));
    }
  }
}
