package medspa.charts.section;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import medspa.charts.read.RevenueStep;
import medspa.charts.read.RevenueStep.Comparison;

/**
 * The net revenue of one location: the sum of its steps.
 *
 * @param net of the week; empty where it is not told
 * @param base mean of the four weeks before
 */
record RevenueOfPlace(
    String locationId, Comparison comparison, Optional<BigDecimal> net, BigDecimal base) {

  /** One for each location that the steps are of. */
  static List<RevenueOfPlace> of(List<RevenueStep> steps) {
    Map<String, List<RevenueStep>> places =
        steps.stream()
            .collect(
                Collectors.groupingBy(
                    RevenueStep::locationId, LinkedHashMap::new, Collectors.toList()));
    return places.entrySet().stream()
        .map(
            place ->
                new RevenueOfPlace(
                    place.getKey(),
                    place.getValue().get(0).comparison(),
                    place.getValue().stream()
                        .flatMap(step -> step.net().stream())
                        .reduce(BigDecimal::add),
                    place.getValue().stream()
                        .map(RevenueStep::base)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)))
        .toList();
  }

  boolean isTold() {
    return net.isPresent();
  }

  /** Net revenue less the mean before; 0 where it is not told. */
  BigDecimal change() {
    return net.map(amount -> amount.subtract(base)).orElse(BigDecimal.ZERO);
  }

  static BigDecimal net(List<RevenueOfPlace> places) {
    return places.stream()
        .flatMap(place -> place.net().stream())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  static BigDecimal base(List<RevenueOfPlace> places) {
    return places.stream().map(RevenueOfPlace::base).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  static BigDecimal change(List<RevenueOfPlace> places) {
    return places.stream().map(RevenueOfPlace::change).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
