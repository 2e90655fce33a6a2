package medspa.jobs.compute.provider;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Reach;
import medspa.jobs.compute.measure.Tally;
import medspa.jobs.compute.provider.ProviderDay.Piece;
import medspa.jobs.compute.provider.ProviderDay.Use;
import medspa.jobs.compute.silver.Outcome;
import medspa.jobs.compute.silver.Silver;
import medspa.jobs.compute.time.DayPieces;
import medspa.jobs.compute.time.Timeline;
import medspa.warehouse.measure.Grain;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures of the time of providers; section 2 of the KPI definitions. */
public final class ProviderTime implements MeasureSource {
  /** The parts of a day by the measures that they are, in the order of {@link ProviderDay}. */
  private static final Map<String, Function<ProviderDay, Long>> PARTS = parts();

  private static Map<String, Function<ProviderDay, Long>> parts() {
    Map<String, Function<ProviderDay, Long>> parts = new LinkedHashMap<>();
    parts.put("bookable_seconds", ProviderDay::bookable);
    parts.put("kept_seconds", ProviderDay::kept);
    parts.put("no_show_seconds", ProviderDay::noShow);
    parts.put("late_cancelled_seconds", ProviderDay::lateCancelled);
    parts.put("unresolved_seconds", ProviderDay::unresolved);
    parts.put("idle_seconds", ProviderDay::idle);
    parts.put("overflow_seconds", ProviderDay::overflow);
    parts.put("break_seconds", ProviderDay::breaks);
    parts.put("blocked_seconds", ProviderDay::blocked);
    return parts;
  }

  @Override
  public String family() {
    return "provider_time";
  }

  @Override
  public Map<String, Reach> reach() {
    return Map.of("appointments", Reach.SPANNED_DAYS, "shifts", Reach.SPANNED_DAYS);
  }

  /**
   * The seconds of {@link ProviderDay} per provider and local day, and their sums per location.
   * Appointments without a provider are in none.
   */
  @Override
  public List<Measured> measured(MeasureInputs in) {
    Silver silver = in.silver();
    Dataset<Row> shifts =
        silver
            .atLocation(silver.facts("shifts"))
            .withColumn(
                "use",
                when(col("kind").equalTo("bookable"), use(Use.BOOKABLE))
                    .when(col("kind").equalTo("time_off"), use(Use.TIME_OFF))
                    .when(col("kind").equalTo("break"), use(Use.BREAK))
                    .otherwise(use(Use.BLOCKED)));
    Dataset<Row> appointments =
        silver
            .appointments()
            .where(col("provider_id").isNotNull())
            .withColumn(
                "use",
                outcome(Outcome.ATTENDED, Use.ATTENDED)
                    .when(isOutcome(Outcome.NO_SHOW), use(Use.NO_SHOW))
                    .when(isOutcome(Outcome.LATE_CANCELLED), use(Use.LATE_CANCELLED))
                    .when(isOutcome(Outcome.UNRESOLVED), use(Use.UNRESOLVED)))
            .where(col("use").isNotNull());
    return List.of(
        in.counted(
            PARTS.keySet(),
            pieces(shifts).union(pieces(appointments)).where(silver.isBeforeAsOf("date")),
            List.of("practice_id", "location_id", "provider_id", "date"),
            ProviderTime::count));
  }

  private static void count(List<Row> pieces, Tally tally) {
    Row first = pieces.get(0);
    String provider = first.getAs("provider_id");
    tally
        .at(first.getAs("practice_id"), first.getAs("location_id"), first.getAs("date"))
        .and(Grain.PROVIDER, provider);
    ProviderDay day = ProviderDay.of(pieces.stream().map(ProviderTime::piece).toList());
    PARTS.forEach((measure, part) -> tally.addMicros(measure, part.apply(day)));
  }

  private static Piece piece(Row row) {
    return new Piece(
        Use.valueOf(row.getAs("use")),
        new Timeline.Interval(row.<Long>getAs("start"), row.<Long>getAs("end")));
  }

  private static Column outcome(Outcome outcome, Use use) {
    return when(isOutcome(outcome), use(use));
  }

  private static Column isOutcome(Outcome outcome) {
    return col(Outcome.COLUMN).equalTo(lit(outcome.rank()));
  }

  private static Column use(Use use) {
    return lit(use.name());
  }

  private static Dataset<Row> pieces(Dataset<Row> rows) {
    return DayPieces.cut(rows, unix_micros(col("start_at")), unix_micros(col("end_at")))
        .select("practice_id", "location_id", "provider_id", "date", "use", "start", "end");
  }
}
