package medspa.pipelines.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.jobs.ingest.PseudonymKey;
import medspa.warehouse.definition.InvalidDefinitionException;

/** Finds the pseudonym key: in the environment or in the file that the configuration names. */
public final class Secrets {
  private static final String VARIABLE = "MEDSPA_PSEUDONYM_KEY";

  private Secrets() {}

  /**
   * The pseudonym key.
   *
   * @param environment the process's environment
   * @throws InvalidDefinitionException if there is none, or one that can be guessed, or another in
   *     the environment than in the file
   */
  public static PseudonymKey pseudonymKey(Workspace workspace, Map<String, String> environment) {
    try {
      return new PseudonymKey(secret(workspace, environment));
    } catch (IllegalArgumentException e) {
      throw new InvalidDefinitionException(
          List.of(e.getMessage() + "; make one with `openssl rand -hex 32`"));
    }
  }

  /** The environment for a workspace that has a key of its own, such as a made-up market. */
  public static Map<String, String> withoutKey(Map<String, String> environment) {
    Map<String, String> others = new HashMap<>(environment);
    others.remove(VARIABLE);
    return Map.copyOf(others);
  }

  /** Two keys are one too many: under the wrong one every client is somebody else. */
  private static void checkSame(String variable, Path file) {
    try {
      if (Files.isRegularFile(file) && !Files.readString(file).strip().equals(variable.strip())) {
        throw new InvalidDefinitionException(
            List.of(
                "The pseudonym key of the environment ("
                    + VARIABLE
                    + ") is another than that of the file "
                    + file
                    + " (pseudonym_key_file in medspa.yaml). Clear the variable, or let"
                    + " pseudonym_key_file name the file with that key; the exports that were read stay"
                    + " readable under the key that they were read with alone"));
      }
    } catch (IOException e) {
      // Whoever may not read the file has the key in the environment instead.
      return;
    }
  }

  private static String secret(Workspace workspace, Map<String, String> environment) {
    Optional<String> variable = Optional.ofNullable(environment.get(VARIABLE));
    if (variable.isPresent()) {
      workspace.pseudonymKeyFile().ifPresent(file -> checkSame(variable.get(), file));
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
