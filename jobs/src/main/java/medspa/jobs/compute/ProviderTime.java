package medspa.jobs.compute;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import medspa.jobs.compute.ProviderDay.Piece;
import medspa.jobs.compute.ProviderDay.Use;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Measures of the time of providers; section 2 of the KPI definitions. */
final class ProviderTime {
  private static final StructType PIECE =
      new StructType()
          .add("date", DataTypes.DateType)
          .add("start", DataTypes.LongType)
          .add("end", DataTypes.LongType);

  private static final List<String> PARTS =
      List.of("bookable", "kept", "no_show", "late_cancelled", "unresolved", "idle", "overflow");

  private ProviderTime() {}

  /**
   * The seconds of {@link ProviderDay} per provider and local day, and their sums per location.
   * Appointments without a provider are in none.
   */
  static Dataset<Row> measures(Silver silver) {
    Dataset<Row> shifts =
        silver
            .atLocation(silver.facts("shifts"))
            .withColumn(
                "use",
                when(col("kind").equalTo("bookable"), use(Use.BOOKABLE))
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
    Dataset<Row> days =
        pieces(shifts)
            .union(pieces(appointments))
            .where(silver.isBeforeAsOf("date"))
            .groupBy("practice_id", "location_id", "provider_id", "date")
            .agg(collect_list(struct("use", "start", "end")).as("pieces"))
            .withColumn("day", providerDay().apply(col("pieces")));
    Map<String, Column> amounts =
        PARTS.stream()
            .collect(
                Collectors.toMap(
                    part -> part + "_seconds", part -> Measures.seconds(col("day." + part))));
    return Measures.of(Measures.at(days, Map.of(Grain.PROVIDER, col("provider_id"))), amounts);
  }

  /** Time cards per provider and the local day of clock-in, whole, and their sums per location. */
  static Dataset<Row> worked(Silver silver) {
    Dataset<Row> cards = silver.facts("timecards").withColumn("date", col("local_date"));
    return Measures.of(
        Measures.at(cards, Map.of(Grain.PROVIDER, col("provider_id"))),
        Map.of(
            "worked_seconds",
            Measures.seconds(
                unix_micros(col("clock_out_at")).minus(unix_micros(col("clock_in_at"))))));
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

  /** Cuts [start_at, end_at) at local midnights: one row per piece and day. */
  private static Dataset<Row> pieces(Dataset<Row> rows) {
    UDF3<Long, Long, String, List<Row>> cut =
        (start, end, zone) ->
            LocalDays.cut(new Timeline.Interval(start, end), ZoneId.of(zone)).stream()
                .map(
                    piece ->
                        RowFactory.create(
                            piece.day(), piece.interval().start(), piece.interval().end()))
                .toList();
    UserDefinedFunction pieces = udf(cut, DataTypes.createArrayType(PIECE));
    return rows.withColumn(
            "piece",
            explode(
                pieces.apply(
                    unix_micros(col("start_at")), unix_micros(col("end_at")), col("zone"))))
        .select(
            col("practice_id"),
            col("location_id"),
            col("provider_id"),
            col("use"),
            col("piece.date"),
            col("piece.start"),
            col("piece.end"));
  }

  private static UserDefinedFunction providerDay() {
    StructType parts = new StructType();
    for (String part : PARTS) {
      parts = parts.add(part, DataTypes.LongType);
    }
    UDF1<Seq<Row>, Row> day =
        pieces -> {
          ProviderDay result =
              ProviderDay.of(
                  CollectionConverters.asJava(pieces).stream()
                      .map(
                          row ->
                              new Piece(
                                  Use.valueOf(row.getString(0)),
                                  new Timeline.Interval(row.getLong(1), row.getLong(2))))
                      .toList());
          return RowFactory.create(
              result.bookable(),
              result.kept(),
              result.noShow(),
              result.lateCancelled(),
              result.unresolved(),
              result.idle(),
              result.overflow());
        };
    return udf(day, parts);
  }
}
