package medspa.jobs.compute.measure;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import medspa.warehouse.measure.Grain;
import medspa.warehouse.measure.MeasureDefinition;
import medspa.warehouse.measure.MeasureFamily;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Adds up what rows amount to, exactly and in plain Java. A row counts at the location and at each
 * of its members; a measure gets an amount only at the grains at which it is declared. So what
 * Spark has left to add up are sums of days, not a row for each measure, grain and row.
 */
public final class Tally {
  private record Place(
      String practice, String location, Grain grain, String member, LocalDate date) {}

  /**
   * Which measures there are, and where each has amounts.
   *
   * @param places place of each measure among the sums of a day
   * @param grains the grains of each measure, by that place
   */
  record Declared(HashMap<String, Integer> places, ArrayList<List<Grain>> grains)
      implements Serializable {
    static Declared of(MeasureFamily family) {
      HashMap<String, Integer> places = new HashMap<>();
      ArrayList<List<Grain>> grains = new ArrayList<>();
      for (MeasureDefinition measure : family.measures()) {
        places.put(measure.id(), grains.size());
        grains.add(List.copyOf(measure.grains()));
      }
      return new Declared(places, grains);
    }
  }

  private final Declared declared;
  private final Map<Place, BigDecimal[]> sums = new HashMap<>();

  /** Where what is added counts now. */
  private final List<Place> places = new ArrayList<>();

  Tally(Declared declared) {
    this.declared = declared;
  }

  /** What is added from now on counts there, and nowhere else. */
  public Tally at(String practice, String location, Grain grain, String member, LocalDate date) {
    places.clear();
    places.add(new Place(practice, location, grain, member, date));
    return this;
  }

  /** What is added from now on counts at the location as a whole. */
  public Tally at(String practice, String location, LocalDate date) {
    return at(practice, location, Grain.LOCATION, null, date);
  }

  /** It counts for that member of the location, too; null is no member. */
  public Tally and(Grain grain, String member) {
    if (member != null) {
      Place first = places.get(0);
      places.add(new Place(first.practice, first.location, grain, member, first.date));
    }
    return this;
  }

  /**
   * Adds an amount of a measure; null, which nobody told, adds nothing.
   *
   * @throws IllegalStateException if the measure is not declared
   */
  public void add(String measure, BigDecimal amount) {
    Integer index = declared.places.get(measure);
    if (index == null) {
      throw new IllegalStateException("The measure " + measure + " is not declared");
    }
    if (amount == null || amount.signum() == 0) {
      return;
    }
    List<Grain> grains = declared.grains.get(index);
    for (Place place : places) {
      if (grains.contains(place.grain)) {
        BigDecimal[] day = sums.computeIfAbsent(place, p -> new BigDecimal[declared.grains.size()]);
        day[index] = day[index] == null ? amount : day[index].add(amount);
      }
    }
  }

  /** Adds one to a measure. */
  public void count(String measure) {
    add(measure, BigDecimal.ONE);
  }

  /** Adds real seconds, given in microseconds. */
  public void addMicros(String measure, long micros) {
    add(measure, BigDecimal.valueOf(micros, 6));
  }

  /** How many places have sums. */
  int size() {
    return sums.size();
  }

  /** Takes the sums out, as rows of measures. */
  Iterator<Row> take() {
    String[] measures = new String[declared.grains.size()];
    declared.places.forEach((measure, index) -> measures[index] = measure);
    List<Row> rows = new ArrayList<>();
    sums.forEach(
        (place, amounts) -> {
          for (int i = 0; i < amounts.length; i++) {
            if (amounts[i] != null && amounts[i].signum() != 0) {
              rows.add(
                  RowFactory.create(
                      place.practice,
                      place.location,
                      place.grain.word(),
                      place.member,
                      place.date,
                      measures[i],
                      amounts[i]));
            }
          }
        });
    sums.clear();
    return rows.iterator();
  }
}
