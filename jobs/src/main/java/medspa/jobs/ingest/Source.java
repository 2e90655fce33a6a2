package medspa.jobs.ingest;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.jobs.read.FileRefusedException;
import medspa.jobs.read.Format;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Spelling;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.RefusedFile;

/**
 * Where exports of one kind come from.
 *
 * @param name the source's name in the configuration
 * @param practiceId the practice whose rows it carries
 * @param mapping how they are read
 * @param from path or glob below the workspace
 * @param location the location of every row, where the source names one
 * @param locations the vendor's name of a location to ours, where the export names it
 * @param ownDelivery how its rows meet earlier rows, where it is not the mapping's way
 * @param encoding the encoding, where it is not the mapping's
 * @param params settings of the mapping
 * @param lookups source of each look-up the mapping needs
 * @param safeguards what its files are refused for, beside what they cannot be read for
 * @param ownClientScope within what its client ids name one person, where it is not the mapping's
 */
public record Source(
    String name,
    String practiceId,
    MappingRef mapping,
    String from,
    Optional<String> location,
    Map<String, String> locations,
    Optional<Delivery> ownDelivery,
    Optional<String> encoding,
    Map<String, String> params,
    Map<String, String> lookups,
    Safeguards safeguards,
    Optional<ClientScope> ownClientScope) {
  /**
   * What files of a source are refused for although they can be read.
   *
   * @param deletionLimit share of the rows of a location's replaced days that a delivery may
   *     delete, where it is not that of the workspace
   * @param keepsRepeatedRows whether a file that seems to hold its rows twice is taken as it is
   */
  public record Safeguards(Optional<BigDecimal> deletionLimit, boolean keepsRepeatedRows) {
    /** Those of a source that says nothing else. */
    public static final Safeguards USUAL = new Safeguards(Optional.empty(), false);
  }

  /** A source with the usual safeguards. */
  public Source(
      String name,
      String practiceId,
      MappingRef mapping,
      String from,
      Optional<String> location,
      Map<String, String> locations,
      Optional<Delivery> ownDelivery,
      Optional<String> encoding,
      Map<String, String> params,
      Map<String, String> lookups) {
    this(
        name,
        practiceId,
        mapping,
        from,
        location,
        locations,
        ownDelivery,
        encoding,
        params,
        lookups,
        Safeguards.USUAL,
        Optional.empty());
  }

  /** Where files that are fetched go, one folder for each source. */
  public static final String PULLED = "exports/pulled/";

  /** The names of locations have one spelling, that of the rows. */
  public Source {
    locations =
        locations.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    entry -> Spelling.of(entry.getKey()),
                    Map.Entry::getValue,
                    (one, other) -> one));
  }

  /** Whether its files are fetched, and not put there by somebody. */
  boolean isPulled() {
    return from.startsWith(PULLED);
  }

  /** Whether its dates have the day or the month first, where it says so. */
  Optional<DateOrder> dates() {
    return Optional.ofNullable(params.get(DateOrder.SETTING)).flatMap(DateOrder::of);
  }

  /** A file of the source, or what should be one, that is left out. */
  RefusedFile refusal(String fileName, FileRefusedException e) {
    return new RefusedFile(
        name, practiceId, fileName, e.line(), e.column(), e.getMessage(), e.nextStep());
  }

  /**
   * The mapping of a source, or several among which each file is recognised by its header; opaque
   * outside the ingestion.
   */
  public static final class MappingRef {
    private final List<Mapping> candidates;

    private MappingRef(Collection<Mapping> candidates) {
      this.candidates = List.copyOf(candidates);
    }

    /**
     * The mapping of a source.
     *
     * @param format its name, {@value Mappings#BUILT_IN}, or {@value Mappings#AUTO} for any
     * @param table the canonical table, for the built-in format
     */
    public static Optional<MappingRef> find(
        Mappings mappings, String format, Optional<String> table) {
      if (format.equals(Mappings.AUTO)) {
        return Optional.of(
            new MappingRef(mappings.all().stream().filter(m -> !m.tables().isEmpty()).toList()));
      }
      if (format.equals(Mappings.REFERENCE)) {
        return Optional.of(new MappingRef(ReferenceFormat.mappings()));
      }
      return mappings.find(format, table).map(MappingRef::of);
    }

    /** Whether each sheet of a file is an export of its own, known by its name. */
    public boolean isBySheet() {
      return candidates.stream().anyMatch(ReferenceFormat::is);
    }

    /** One that is at hand. */
    static MappingRef of(Mapping mapping) {
      return new MappingRef(List.of(mapping));
    }

    /** One of several. */
    public static MappingRef oneOf(List<MappingRef> refs) {
      return new MappingRef(refs.stream().flatMap(ref -> ref.candidates.stream()).toList());
    }

    /**
     * The same as a source uses it.
     *
     * @param currency the workspace's currency: a mapping that tells rows' currencies rejects
     *     others
     * @param words our word by the vendor's, by canonical column; they win over the mapping's own
     */
    public MappingRef as(Currency currency, Map<String, Map<String, String>> words) {
      return new MappingRef(candidates.stream().map(m -> m.as(currency, words)).toList());
    }

    /** The canonical columns with a vocabulary that it maps, each with the words it can have. */
    public Map<String, List<String>> vocabularies(TableContracts contracts) {
      Map<String, List<String>> vocabularies = new TreeMap<>();
      for (Mapping mapping : candidates) {
        for (Mapping.TableMapping table : mapping.tables()) {
          if (!contracts.names().contains(table.table())) {
            continue;
          }
          contracts.table(table.table()).columns().stream()
              .filter(column -> !column.words().isEmpty())
              .filter(column -> table.columns().containsKey(column.name()))
              .forEach(column -> vocabularies.put(column.name(), column.words()));
        }
      }
      return vocabularies;
    }

    /** Its name, or the names of all that it may be. */
    public String id() {
      return candidates.stream().map(Mapping::id).distinct().collect(Collectors.joining(", "));
    }

    /** Whether each file must be recognised by its header. */
    public boolean isOpen() {
      return candidates.size() > 1;
    }

    /** The look-ups it needs a source for; of several mappings, those that all of them need. */
    public List<String> lookups() {
      return candidates.get(0).lookups().stream()
          .filter(lookup -> candidates.stream().allMatch(m -> m.lookups().contains(lookup)))
          .toList();
    }

    /** Every look-up that one of its mappings reads, needed or not. */
    public Set<String> knownLookups() {
      return candidates.stream()
          .flatMap(
              mapping ->
                  Stream.concat(
                      mapping.lookups().stream(), mapping.optionalLookups().keySet().stream()))
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The settings it knows. */
    Set<String> params() {
      Set<String> params = new LinkedHashSet<>();
      for (Mapping mapping : candidates) {
        params.addAll(mapping.params().keySet());
        if (!mapping.dates().isEmpty()) {
          params.add(DateOrder.SETTING);
        }
      }
      return params;
    }

    /** What is wrong with a setting, and what it can be; nothing if it is right. */
    public Optional<String> problemOf(String param, String value) {
      if (!params().contains(param)) {
        return Optional.of(
            "the parameter "
                + param
                + " is not one of "
                + id()
                + "; "
                + (params().isEmpty() ? "it has none" : "it knows " + String.join(", ", params())));
      }
      List<Mapping.Setting> settings =
          candidates.stream()
              .flatMap(mapping -> Stream.ofNullable(mapping.params().get(param)))
              .toList();
      if (settings.isEmpty() || settings.stream().anyMatch(setting -> setting.allows(value))) {
        return Optional.empty();
      }
      return Optional.of(
          "the parameter " + param + " cannot be '" + value + "'; " + settings.get(0).values());
    }

    /** Whether the order of day and month in its dates is a setting. */
    public boolean datesAreNumbers() {
      return candidates.stream().anyMatch(mapping -> !mapping.dates().isEmpty());
    }

    /** Whether its rows name a location themselves. */
    public boolean namesLocation() {
      return candidates.stream()
          .flatMap(mapping -> mapping.tables().stream())
          .anyMatch(table -> table.columns().containsKey("location_id"));
    }

    /** Whether it feeds any table, rather than being looked up only. */
    public boolean feedsTables() {
      return candidates.stream().anyMatch(mapping -> !mapping.tables().isEmpty());
    }

    List<Mapping> candidates() {
      return candidates;
    }

    Mapping mapping() {
      return candidates.get(0);
    }
  }

  /** The kind, encoding and delimiter of its files. */
  Format format() {
    Format format = mapping.mapping().format();
    return encoding.map(format::withEncoding).orElse(format);
  }

  /** How its rows meet earlier rows. */
  public Delivery delivery() {
    return ownDelivery.orElse(mapping.mapping().delivery());
  }

  /** Within what its client ids name one person. */
  ClientScope clientScope() {
    return ownClientScope.orElse(mapping.mapping().clientScope());
  }

  /** The same source, its files read by one mapping. */
  Source readAs(Mapping one) {
    return copy(copy -> copy.mapping = MappingRef.of(one));
  }

  /** The same source, its rows naming their locations in the vendor's words. */
  public Source withLocations(Map<String, String> other) {
    return copy(
        copy -> {
          copy.location = Optional.empty();
          copy.locations = other;
        });
  }

  /** The same source in another encoding. */
  public Source withEncoding(String other) {
    return copy(copy -> copy.encoding = Optional.of(other));
  }

  /** The same source with other settings of its mapping. */
  public Source withParams(Map<String, String> other) {
    return copy(copy -> copy.params = other);
  }

  /** The same source with other look-ups. */
  public Source withLookups(Map<String, String> other) {
    return copy(copy -> copy.lookups = other);
  }

  /** The same source with client ids of another scope. */
  public Source withClientScope(ClientScope other) {
    return copy(copy -> copy.clientScope = Optional.of(other));
  }

  /** The same source with other safeguards. */
  public Source withSafeguards(Safeguards other) {
    return copy(copy -> copy.safeguards = other);
  }

  private Source copy(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.of(this);
  }

  /** What may differ in a copy of a source. */
  private static final class Copy {
    private MappingRef mapping;
    private Optional<String> location;
    private Map<String, String> locations;
    private Optional<String> encoding;
    private Map<String, String> params;
    private Map<String, String> lookups;
    private Safeguards safeguards;
    private Optional<ClientScope> clientScope;

    Copy(Source source) {
      mapping = source.mapping;
      location = source.location;
      locations = source.locations;
      encoding = source.encoding;
      params = source.params;
      lookups = source.lookups;
      safeguards = source.safeguards;
      clientScope = source.ownClientScope;
    }

    Source of(Source source) {
      return new Source(
          source.name,
          source.practiceId,
          mapping,
          source.from,
          location,
          locations,
          source.ownDelivery,
          encoding,
          params,
          lookups,
          safeguards,
          clientScope);
    }
  }
}
