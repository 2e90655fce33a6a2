package medspa.warehouse.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import medspa.warehouse.definition.Definitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Java and SQL say of days and weeks is the same. */
class LocalCalendarTest {
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(Definitions.resource("sql/functions.sql"));
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private String sql(String expression, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT " + expression)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i].toString());
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DayOfWeek.class)
  void aDayIsInTheSameWeekWhereverWeeksBegin(DayOfWeek weekStartsOn) throws SQLException {
    // The week after the first one, so that days before it are asked for too.
    LocalDate someWeek = LocalCalendar.weekOf(LocalDate.of(2026, 3, 11), weekStartsOn);
    assertThat(someWeek.getDayOfWeek()).isEqualTo(weekStartsOn);
    for (LocalDate day = LocalDate.of(2026, 2, 20);
        day.getMonthValue() < 4;
        day = day.plusDays(1)) {
      LocalDate week = LocalCalendar.weekOf(day, weekStartsOn);

      assertThat(day).isBetween(week, week.plusDays(6));
      assertThat(week.getDayOfWeek()).isEqualTo(weekStartsOn);
      assertThat(sql("week_of(CAST(? AS DATE), CAST(? AS DATE))", day, someWeek))
          .as("week of %s", day)
          .isEqualTo(week.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-08T02:30, America/Chicago",
    "2026-03-08T03:00, America/Chicago",
    "2026-11-01T01:30, America/Chicago",
    "2026-11-01T02:00, America/Chicago",
    "2026-07-01T09:00, America/Chicago",
    "2026-07-01T09:00, Asia/Kathmandu",
    "2026-03-08T02:30, America/Phoenix",
    "2022-03-27T00:00, Asia/Beirut",
    "2026-04-05T02:15, Australia/Lord_Howe",
    "2026-04-05T01:45, Australia/Lord_Howe",
    "2026-10-04T02:15, Australia/Lord_Howe",
  })
  void aLocalTimeIsTheSameInstant(LocalDateTime local, String zone) throws SQLException {
    assertThat(sql("epoch_us(instant_of(?, CAST(? AS TIMESTAMP)))", zone, local))
        .isEqualTo(
            Long.toString(
                LocalCalendar.instantOf(local, ZoneId.of(zone)).getEpochSecond() * 1_000_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-08", "2026-03-09", "2026-11-01", "2026-11-02"})
  void aDayBeginsAtItsFirstInstant(LocalDate day) throws SQLException {
    assertThat(sql("epoch_us(instant_of(?, CAST(? AS TIMESTAMP)))", CHICAGO, day))
        .isEqualTo(Long.toString(LocalCalendar.startOf(day, CHICAGO).getEpochSecond() * 1_000_000));
  }

  @Test
  void daysOfDaylightSavingHave23And25Hours() {
    assertThat(hours(LocalDate.of(2026, 3, 8))).isEqualTo(23);
    assertThat(hours(LocalDate.of(2026, 11, 1))).isEqualTo(25);
  }

  private static long hours(LocalDate day) {
    return Duration.between(
            LocalCalendar.startOf(day, CHICAGO), LocalCalendar.startOf(day.plusDays(1), CHICAGO))
        .toHours();
  }

  @Test
  void aSkippedLocalTimeMovesForwardByTheGap() {
    assertThat(LocalCalendar.instantOf(LocalDateTime.of(2026, 3, 8, 2, 30), CHICAGO))
        .isEqualTo("2026-03-08T08:30:00Z");
  }

  @Test
  void anAmbiguousLocalTimeTakesTheEarlierOffset() {
    assertThat(LocalCalendar.instantOf(LocalDateTime.of(2026, 11, 1, 1, 30), CHICAGO))
        .isEqualTo("2026-11-01T06:30:00Z");
  }

  @Test
  void aDayWithoutMidnightBeginsWithItsFirstInstant() {
    // In Beirut the clocks went from 00:00 to 01:00 on 27 March 2022.
    assertThat(LocalCalendar.startOf(LocalDate.of(2022, 3, 27), ZoneId.of("Asia/Beirut")))
        .isEqualTo("2022-03-26T22:00:00Z");
  }
}
