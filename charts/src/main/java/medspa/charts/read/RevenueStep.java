package medspa.charts.read;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * One part of what moved a location's net revenue against the mean of the four weeks before.
 *
 * @param comparison whether the location was open and told in all five weeks
 * @param part which part of its revenue
 * @param category the service category; empty for the other parts
 * @param net of the week; empty where it is not told
 * @param base mean of the four weeks before
 * @param effects what the change of a service category is made of
 */
public record RevenueStep(
    String locationId,
    Comparison comparison,
    Part part,
    Optional<String> category,
    Optional<BigDecimal> net,
    BigDecimal base,
    Optional<Effects> effects) {

  /** Whether a location can be compared; named as in the warehouse. */
  public enum Comparison {
    COMPARED,
    /** It opened within the five weeks. */
    OPENED,
    /** One of the four weeks before is not told. */
    GAP,
    /** The week itself is not told, and so in no sum. */
    NOT_TOLD
  }

  /** Which part of the revenue of a location; named as in the warehouse. */
  public enum Part {
    SERVICE,
    /** Retail and fees. */
    REST,
    /** Everything, where the parts are not known. */
    ALL
  }

  /** The change of a service category, added up. */
  public record Effects(BigDecimal volume, BigDecimal price, BigDecimal mix) {
    /** No change. */
    public static final Effects NONE =
        new Effects(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    /** The sum, part by part. */
    public Effects plus(Effects other) {
      return new Effects(volume.add(other.volume), price.add(other.price), mix.add(other.mix));
    }
  }

  /** Net revenue less the mean before; 0 where it is not told. */
  public BigDecimal change() {
    return net.map(amount -> amount.subtract(base)).orElse(BigDecimal.ZERO);
  }
}
