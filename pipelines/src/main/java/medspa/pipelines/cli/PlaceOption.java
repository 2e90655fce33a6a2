package medspa.pipelines.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --practice} and {@code --location}, for commands about one of the places. */
final class PlaceOption {
  @Option(
      names = "--practice",
      paramLabel = "ID",
      description = "The practice, with all its locations.")
  String practice;

  @Option(names = "--location", paramLabel = "ID", description = "Only this location.")
  String location;

  Optional<String> practice() {
    return Optional.ofNullable(practice);
  }

  Optional<String> location() {
    return Optional.ofNullable(location);
  }
}
