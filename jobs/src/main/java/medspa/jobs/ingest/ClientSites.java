package medspa.jobs.ingest;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The sites of vendors' systems at a practice, within which a client's id names one person where
 * its scope is {@link ClientScope#SITE}. Sources of one vendor that share a location are of one
 * site, so that its sales and its appointments meet; a site is named by its first location.
 */
final class ClientSites {
  private final List<Source> sources;

  ClientSites(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * The site of a source's clients; nothing where their ids hold within the practice.
   *
   * @param source one whose files are read by one mapping
   */
  Optional<String> site(Source source) {
    if (source.clientScope() == ClientScope.PRACTICE) {
      return Optional.empty();
    }
    String vendor = source.mapping().mapping().vendor();
    Set<String> site = new TreeSet<>(places(source).toList());
    boolean grows = !site.isEmpty();
    while (grows) {
      grows = false;
      for (Source other : sources) {
        if (other.practiceId().equals(source.practiceId())
            && other.mapping().candidates().stream().anyMatch(m -> m.vendor().equals(vendor))
            && places(other).anyMatch(site::contains)) {
          grows |= site.addAll(places(other).toList());
        }
      }
    }
    return Optional.of(site.stream().findFirst().orElse(source.name()));
  }

  private static Stream<String> places(Source source) {
    return Stream.of(source.location().stream().toList(), source.locations().values())
        .flatMap(Collection::stream);
  }
}
