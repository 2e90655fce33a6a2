package medspa.jobs.ingest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.lake.Batch.Delivery;

/**
 * Where exports of one kind come from.
 *
 * @param name the source's name in the configuration
 * @param practiceId the practice whose rows it carries
 * @param mapping how they are read
 * @param from path or glob below the workspace
 * @param location the location of every row, where the source names one
 * @param locations the vendor's name of a location to ours, where the export names it
 * @param delivery how its rows meet earlier rows
 * @param encoding the encoding, where it is not the mapping's
 * @param params settings of the mapping
 * @param lookups source of each look-up the mapping needs
 */
public record Source(
    String name,
    String practiceId,
    MappingRef mapping,
    String from,
    Optional<String> location,
    Map<String, String> locations,
    Delivery delivery,
    Optional<String> encoding,
    Map<String, String> params,
    Map<String, String> lookups) {

  /** A mapping that was found; opaque outside the ingestion. */
  public static final class MappingRef {
    private final Mapping mapping;

    private MappingRef(Mapping mapping) {
      this.mapping = mapping;
    }

    /**
     * The mapping of a source.
     *
     * @param format its name, or {@value Mappings#BUILT_IN}
     * @param table the canonical table, for the built-in format
     */
    public static Optional<MappingRef> find(
        Mappings mappings, String format, Optional<String> table) {
      return mappings.find(format, table).map(MappingRef::new);
    }

    /** Its name. */
    public String id() {
      return mapping.id();
    }

    /** How its rows meet earlier rows, unless the source says otherwise. */
    public Delivery delivery() {
      return mapping.delivery();
    }

    /** The look-ups it needs a source for. */
    public List<String> lookups() {
      return mapping.lookups();
    }

    /** The settings it knows. */
    public java.util.Set<String> params() {
      return mapping.params().keySet();
    }

    /** Whether its rows name a location themselves. */
    public boolean namesLocation() {
      return mapping.tables().stream().anyMatch(t -> t.columns().containsKey("location_id"));
    }

    /** Whether it feeds any table, rather than being looked up only. */
    public boolean feedsTables() {
      return !mapping.tables().isEmpty();
    }

    Mapping mapping() {
      return mapping;
    }
  }

  /** The encoding and delimiter of its files. */
  Mapping.Format format() {
    Mapping.Format format = mapping.mapping().format();
    return new Mapping.Format(format.delimiter(), encoding.orElse(format.encoding()));
  }
}
