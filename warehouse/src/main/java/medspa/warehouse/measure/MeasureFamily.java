package medspa.warehouse.measure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import medspa.warehouse.measure.MeasureDefinition.Period;

/**
 * Measures that are computed together, in one file under {@code measures/}.
 *
 * @param id the name of the file
 * @param about what they have in common
 * @param measures in the order of the file; all of days, or none
 */
public record MeasureFamily(String id, String about, List<MeasureDefinition> measures) {
  /** Whether its measures are those of local days, which add up to weeks. */
  public boolean isDaily() {
    return measures.stream().allMatch(measure -> measure.period() == Period.DAY);
  }

  /** The ids of its measures, in the order of the file. */
  public Set<String> ids() {
    return measures.stream()
        .map(MeasureDefinition::id)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The canonical tables whose rows its measures are made of. */
  public Set<String> tables() {
    return measures.stream()
        .flatMap(measure -> measure.tables().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The declaration of one of its measures. */
  public Optional<MeasureDefinition> find(String measure) {
    return measures.stream().filter(m -> m.id().equals(measure)).findFirst();
  }
}
