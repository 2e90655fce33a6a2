package medspa.jobs.compute.measure;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import medspa.jobs.compute.SharedSpark;
import medspa.jobs.compute.TestMarket;
import medspa.jobs.compute.silver.Schemas;
import medspa.warehouse.market.LocalCalendar;
import medspa.warehouse.market.Market;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WeeksTest {
  private static final StructType DAILY =
      new StructType()
          .add("practice_id", DataTypes.StringType)
          .add("location_id", DataTypes.StringType)
          .add("grain", DataTypes.StringType)
          .add("member_id", DataTypes.StringType)
          .add("date", DataTypes.DateType)
          .add("measure", DataTypes.StringType)
          .add("amount", Schemas.AMOUNT);

  @ParameterizedTest
  @EnumSource(DayOfWeek.class)
  void weeksAcrossNewYearHaveSevenDaysWhateverDayTheyStartOn(DayOfWeek weekStartsOn) {
    Market market = new TestMarket().weekStartsOn(weekStartsOn).build();
    LocalDate asOf = LocalDate.of(2026, 1, 12);
    LocalDate lastWeekStart = market.weekStart(asOf).minusDays(7);
    List<Row> days = new ArrayList<>();
    LocalDate first = LocalDate.of(2025, 12, 15);
    for (LocalDate day = first; day.isBefore(asOf); day = day.plusDays(1)) {
      days.add(
          RowFactory.create("glow", "austin", "location", null, day, "net_fee", BigDecimal.ONE));
    }
    Dataset<Row> daily = SharedSpark.session().createDataFrame(days, DAILY);
    List<Row> weeks =
        Measures.weekly(daily, weekStartsOn, lastWeekStart).orderBy("week_start").collectAsList();

    assertThat(weeks)
        .extracting(week -> week.<LocalDate>getAs("week_start"))
        .allMatch(start -> start.getDayOfWeek() == weekStartsOn)
        .allMatch(start -> market.weekStart(start).equals(start))
        .contains(market.weekStart(LocalDate.of(2026, 1, 1)))
        .last()
        .isEqualTo(lastWeekStart);
    assertThat(
            daily
                .select(col("date"), Measures.weekStart(col("date"), weekStartsOn))
                .collectAsList())
        .allSatisfy(
            day ->
                assertThat(day.<LocalDate>getAs(1))
                    .as("Spark's week of %s", day.get(0))
                    .isEqualTo(LocalCalendar.weekOf(day.getAs(0), weekStartsOn)));
    assertThat(weeks.subList(1, weeks.size()))
        .extracting(week -> week.<BigDecimal>getAs("amount"))
        .allSatisfy(amount -> assertThat(amount).isEqualByComparingTo("7"));
  }
}
