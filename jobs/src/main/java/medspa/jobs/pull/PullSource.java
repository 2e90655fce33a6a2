package medspa.jobs.pull;

import java.nio.file.Path;

/**
 * A source whose exports are fetched.
 *
 * @param source the source's name in the configuration
 * @param remote where they are
 * @param directory where they go; all that is written lies below it
 * @param attempts how often something is tried that may work later
 * @param maxBytes the largest file that is taken
 */
public record PullSource(
    String source, Remote remote, Path directory, int attempts, long maxBytes) {}
