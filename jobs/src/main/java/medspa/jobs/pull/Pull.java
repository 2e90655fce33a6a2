package medspa.jobs.pull;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import medspa.jobs.pull.Fetcher.Progress;
import medspa.warehouse.definition.InvalidDefinitionException;

/**
 * Fetches what is new at every pulled source into the workspace, one source after the other. A
 * source that fails does not keep the others from being fetched. Only whole files appear.
 */
public final class Pull {
  private Pull() {}

  /**
   * What to fetch.
   *
   * @param knownHosts the file of the keys of SFTP servers; need not be there
   * @param environment the secret of a variable; never printed
   * @param now stamps the pull, and is the end of what is asked for by time
   * @param progress told in one line about each thing done
   */
  public record Request(
      List<PullSource> sources,
      Path knownHosts,
      Function<String, Optional<String>> environment,
      Instant now,
      Transport transport,
      Consumer<String> progress) {}

  /**
   * How the pull of one source ended.
   *
   * @param newFiles files that came
   * @param failure what kind of failure ended it, if one did
   * @param message the failure in words, with what to do; empty without one
   */
  public record Outcome(String source, int newFiles, Optional<Failure> failure, String message) {}

  /**
   * Fetches from all sources.
   *
   * @return an outcome for each source
   * @throws InvalidDefinitionException before anything is fetched, with every secret that is
   *     missing
   */
  public static List<Outcome> run(Request request) {
    Credentials credentials = new Credentials(request.environment());
    List<Fetcher> fetchers = new ArrayList<>();
    for (PullSource source : request.sources()) {
      fetchers.add(fetcher(source, credentials, request));
    }
    if (!credentials.problems().isEmpty()) {
      throw new InvalidDefinitionException(credentials.problems());
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < fetchers.size(); i++) {
      outcomes.add(fetch(request.sources().get(i), fetchers.get(i), request));
    }
    return outcomes;
  }

  private static Fetcher fetcher(PullSource source, Credentials credentials, Request request) {
    Transport transport = request.transport();
    if (source.remote() instanceof Remote.Sftp sftp) {
      return new SftpPull(source, sftp, credentials, request.knownHosts(), transport);
    }
    if (source.remote() instanceof Remote.WebFile file) {
      return new WebPull(source, file, credentials, request.now(), transport);
    }
    if (source.remote() instanceof Remote.Square square) {
      return new SquarePull(source, square, credentials, request.now(), transport);
    }
    throw new IllegalStateException("Unknown remote of " + source.source());
  }

  private static Outcome fetch(PullSource source, Fetcher fetcher, Request request) {
    PulledFiles files = new PulledFiles(source.directory());
    Progress progress =
        new Progress(
            source.source(),
            PullState.read(source.directory(), source.remote()),
            request.progress());
    Optional<Failure> failure = Optional.empty();
    String message = "";
    progress.line("pulling " + source.remote().address());
    try {
      fetcher.fetch(files, progress);
    } catch (PullException e) {
      failure = Optional.of(e.failure());
      message = e.getMessage();
    }
    progress
        .state()
        .tried(
            request.now(),
            progress.newFiles(),
            Optional.of(message).filter(text -> !text.isEmpty()))
        .write(source.directory());
    return new Outcome(source.source(), progress.newFiles(), failure, message);
  }
}
