package medspa.charts.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import medspa.charts.figure.KpiFormat;
import medspa.warehouse.kpi.KpiDefinition.Unit;
import medspa.warehouse.query.Sql;

/**
 * Holds every number of a consultant's page against the warehouse that it was made from, by
 * statements that share nothing with those that made it.
 */
public final class PageNumbers {
  private static final Pattern RUN = Pattern.compile("(\\d+)(.)");

  private PageNumbers() {}

  /**
   * Compares values, texts, places and what they are good for; what peers are said to be; and
   * dollars. A difference is an AssertionError.
   *
   * @return how many values were compared
   */
  public static int compare(Path page, Path warehouse, String consultant) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse);
        Statement statement = connection.createStatement()) {
      JsonNode data = PortfolioMarket.data(Files.readString(page));
      String of = Sql.literal(consultant);
      peers(statement, data, of);
      gaps(statement, data, of);
      moves(statement, data, of);
      unmoved(statement, data, of);
      restated(statement, data, of);
      published(statement, data, of);
      return values(statement, data, of);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LocalDate last(JsonNode data) {
    return LocalDate.parse(data.path("last").asText());
  }

  /** What the page holds of a KPI of a location in a range: its status, numbers and place. */
  private record Held(
      char status, BigDecimal value, BigDecimal low, BigDecimal high, BigDecimal sample, int rank) {

    Held ranked(int place) {
      return new Held(status, value, low, high, sample, place);
    }
  }

  private static Map<String, Held> held(JsonNode data, LocalDate last) {
    Map<String, Held> held = new TreeMap<>();
    for (JsonNode kpi : data.path("kpis")) {
      int decimals = kpi.path("decimals").asInt();
      for (JsonNode range : kpi.path("ranges")) {
        Map<Integer, Integer> exceptions = new HashMap<>();
        for (int i = 0; i < range.get(7).size(); i += 2) {
          exceptions.put(range.get(7).get(i).asInt(), range.get(7).get(i + 1).asInt());
        }
        Map<Integer, BigDecimal> ranked = new LinkedHashMap<>();
        Map<Integer, String> keys = new HashMap<>();
        int place = 0;
        int told = 0;
        for (MatchResult run : RUN.matcher(range.get(2).asText()).results().toList()) {
          char status = run.group(2).charAt(0);
          for (int i = 0; i < Integer.parseInt(run.group(1)); i++, place++) {
            if (status == '-') {
              continue;
            }
            String key =
                String.join(
                    "/",
                    kpi.path("id").asText(),
                    data.path("places").get(place).path("id").asText(),
                    range.get(0).asText(),
                    last.minusWeeks(range.get(1).asLong()).toString());
            BigDecimal value = status == 'n' ? null : number(range.get(3), told, decimals);
            held.put(
                key,
                new Held(
                    status,
                    value,
                    status == 'n' ? null : number(range.get(4), told, kpi.path("ends").asInt()),
                    status == 'n' ? null : number(range.get(5), told, kpi.path("ends").asInt()),
                    status == 'n' ? null : number(range.get(6), told, 1),
                    0));
            if (status == 'r') {
              ranked.put(place, value);
              keys.put(place, key);
            }
            told += status == 'n' ? 0 : 1;
          }
        }
        assertThat(place).isEqualTo(data.path("places").size());
        boolean up = kpi.path("up").asBoolean();
        ranked.forEach(
            (at, value) -> {
              long better =
                  ranked.values().stream()
                      .filter(v -> up ? v.compareTo(value) > 0 : v.compareTo(value) < 0)
                      .count();
              int rank = exceptions.getOrDefault(at, (int) better + 1);
              held.computeIfPresent(keys.get(at), (key, was) -> was.ranked(rank));
            });
      }
    }
    return held;
  }

  private static BigDecimal number(JsonNode numbers, int at, int decimals) {
    return numbers.isArray() && !numbers.get(at).isNull()
        ? new BigDecimal(numbers.get(at).bigIntegerValue(), decimals)
        : null;
  }

  private static int values(Statement statement, JsonNode data, String of) throws SQLException {
    Map<String, Held> held = held(data, last(data));
    KpiFormat format = new KpiFormat("USD");
    int compared = 0;
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT b.kpi, location_id, range_weeks, week_start, value, rank, is_stable, true AS"
                + " compared, unit, value_low, value_high FROM kpi_benchmark_consultant b JOIN kpi_definitions d ON d.kpi ="
                + " b.kpi WHERE peer_group = 'all' AND consultant_id = "
                + of
                + " UNION ALL SELECT n.kpi, location_id, 1, week_start, value, NULL, is_stable,"
                + " false, unit, NULL, NULL FROM kpi_weekly_numbers n JOIN kpi_definitions d ON d.kpi = n.kpi"
                + " WHERE grain = 'location' AND (location_id, n.kpi) IN (SELECT (location_id, kpi)"
                + " FROM kpi_benchmark_consultant WHERE consultant_id = "
                + of
                + ") AND week_start < (SELECT min(week_start) FROM kpi_benchmark_consultant b WHERE"
                + " b.kpi = n.kpi AND consultant_id = "
                + of
                + ") AND week_start >= DATE '"
                + last(data)
                + "' - 175")) {
      while (rows.next()) {
        String key =
            String.join(
                "/", rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
        Held found = held.remove(key);
        assertThat(found).as(key).isNotNull();
        double value = rows.getDouble(5);
        if (rows.wasNull()) {
          assertThat(found.status()).as(key).isEqualTo('n');
          continue;
        }
        Unit unit = Unit.valueOf(rows.getString(9).toUpperCase(Locale.ROOT));
        assertThat(format.value(unit, found.value().doubleValue()))
            .as(key)
            .isEqualTo(format.value(unit, value));
        assertThat(found.value().doubleValue())
            .as(key)
            .isCloseTo(value, offset(Math.max(1e-4, Math.abs(value) * 1e-4)));
        end(key, found.low(), rows.getBigDecimal(10));
        end(key, found.high(), rows.getBigDecimal(11));
        int rank = rows.getBoolean(7) ? rows.getInt(6) : 0;
        assertThat(found.rank()).as(key).isEqualTo(rank);
        assertThat(found.status())
            .as(key)
            .isEqualTo(
                !rows.getBoolean(7) ? 'f' : !rows.getBoolean(8) ? 'e' : rank > 0 ? 'r' : 'o');
        compared++;
      }
    }
    assertThat(held).isEmpty();
    return compared;
  }

  /**
   * An end of an interval is there or is not, and is the warehouse's but for the decimals it has.
   */
  private static void end(String key, BigDecimal held, BigDecimal published) {
    if (held == null || published == null) {
      assertThat(held).as(key).isEqualTo(published);
    } else {
      assertThat(held)
          .as(key)
          .isCloseTo(published, within(BigDecimal.ONE.movePointLeft(held.scale())));
    }
  }

  private static void peers(Statement statement, JsonNode data, String consultant)
      throws SQLException {
    Map<String, JsonNode> peers = new HashMap<>();
    for (JsonNode kpi : data.path("kpis")) {
      for (JsonNode of : kpi.path("peers")) {
        peers.put(
            String.join(
                "/",
                kpi.path("id").asText(),
                of.get(0).asText(),
                of.get(1).asText(),
                last(data).minusWeeks(of.get(2).asLong()).toString()),
            of);
      }
    }
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT DISTINCT kpi, peer_group, range_weeks, week_start, p25, p50, p75, contributors,"
                + " withheld_reason FROM kpi_benchmark_consultant WHERE consultant_id = "
                + consultant)) {
      while (rows.next()) {
        String key =
            String.join(
                "/", rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
        JsonNode of = peers.remove(key);
        assertThat(of).as(key).isNotNull();
        assertThat(of.get(3).asInt()).as(key).isEqualTo(rows.getInt(8));
        if (rows.getString(9) == null) {
          assertThat(of.get(4).asDouble()).as(key).isEqualTo(rows.getDouble(5));
          assertThat(of.get(5).asDouble()).as(key).isEqualTo(rows.getDouble(6));
          assertThat(of.get(6).asDouble()).as(key).isEqualTo(rows.getDouble(7));
        } else {
          assertThat(of.get(4).asText()).as(key).isEqualTo(rows.getString(9));
          assertThat(of.size()).as(key).isEqualTo(5);
        }
      }
    }
    assertThat(peers).isEmpty();
  }

  private static String place(JsonNode data, int index) {
    return data.path("places").get(index).path("id").asText();
  }

  private static String kpi(JsonNode data, int index) {
    return data.path("kpis").get(index).path("id").asText();
  }

  private static void moves(Statement statement, JsonNode data, String of) throws SQLException {
    Map<String, JsonNode> moves = new HashMap<>();
    for (JsonNode move : data.path("moves")) {
      moves.put(
          String.join(
              "/",
              place(data, move.get(0).asInt()),
              kpi(data, move.get(1).asInt()),
              move.get(2).asText(),
              move.get(3).asText()),
          move);
    }
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT location_id, kpi, measure, range_weeks, before, since FROM portfolio_moves WHERE"
                + " consultant_id = "
                + of)) {
      while (rows.next()) {
        String key =
            String.join(
                "/", rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
        JsonNode move = moves.remove(key);
        assertThat(move).as(key).isNotNull();
        assertThat(move.get(4).decimalValue()).as(key).isEqualByComparingTo(rows.getBigDecimal(5));
        assertThat(move.get(5).decimalValue()).as(key).isEqualByComparingTo(rows.getBigDecimal(6));
      }
    }
    assertThat(moves).isEmpty();
  }

  /** Each location that is not among those whose revenue moved, with what it has. */
  private static void unmoved(Statement statement, JsonNode data, String of) throws SQLException {
    List<String> held = new ArrayList<>();
    for (JsonNode one : data.path("unmoved")) {
      held.add(
          String.join(
              "/",
              place(data, one.get(0).asInt()),
              one.get(1).asText(),
              one.get(2).asText(),
              one.get(3).asText()));
    }
    List<String> expected = new ArrayList<>();
    for (int weeks : List.of(4, 13)) {
      LocalDate first = last(data).minusWeeks(2L * weeks - 1);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT location_id, opened_on, (SELECT count(DISTINCT week_start) FROM"
                  + " kpi_weekly w WHERE kpi = 'net_revenue' AND w.location_id = l.location_id AND"
                  + " w.practice_id = l.practice_id AND week_start >= DATE '"
                  + first
                  + "' AND week_start <= DATE '"
                  + last(data)
                  + "') FROM locations l WHERE practice_id IN (SELECT practice_id FROM consultants"
                  + " WHERE consultant_id = "
                  + of
                  + ") AND location_id NOT IN (SELECT location_id FROM portfolio_moves WHERE"
                  + " measure = 'revenue' AND range_weeks = "
                  + weeks
                  + " AND consultant_id = "
                  + of
                  + ")")) {
        while (rows.next()) {
          LocalDate opened = rows.getObject(2, LocalDate.class);
          expected.add(
              String.join(
                  "/",
                  rows.getString(1),
                  Integer.toString(weeks),
                  opened != null && opened.isAfter(first) ? opened.toString() : "",
                  rows.getString(3)));
        }
      }
    }
    assertThat(held).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Of each location, KPI and length of range the newest that changed, and how many did. */
  private static void restated(Statement statement, JsonNode data, String of) throws SQLException {
    Map<String, JsonNode> restated = new HashMap<>();
    for (JsonNode row : data.path("restated").path("rows")) {
      restated.put(
          String.join(
              "/",
              place(data, row.get(0).asInt()),
              kpi(data, row.get(1).asInt()),
              row.get(2).asText(),
              last(data).minusWeeks(row.get(3).asLong()).toString()),
          row);
    }
    int count = 0;
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT location_id, kpi, range_weeks, week_start, any_value(from_rank),"
                + " any_value(to_rank), any_value(from_gap_dollars), any_value(to_gap_dollars),"
                + " string_agg(DISTINCT cause, ' ' ORDER BY cause), week_start = max(week_start)"
                + " OVER (PARTITION BY location_id, kpi, range_weeks) FROM benchmark_restatements"
                + " WHERE audience = 'consultant' AND audience_id = "
                + of
                + " AND peer_group = 'all' AND publication = (SELECT max(publication) FROM"
                + " publications) GROUP BY location_id, kpi, range_weeks, week_start")) {
      while (rows.next()) {
        count++;
        if (!rows.getBoolean(10)) {
          continue;
        }
        String key =
            String.join(
                "/", rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
        JsonNode row = restated.remove(key);
        assertThat(row).as(key).isNotNull();
        for (int i = 4; i < 8; i++) {
          if (rows.getBigDecimal(i + 1) == null) {
            assertThat(row.get(i).isNull()).as(key).isTrue();
          } else {
            assertThat(row.get(i).decimalValue())
                .as(key)
                .isEqualByComparingTo(rows.getBigDecimal(i + 1));
          }
        }
        assertThat(row.get(8).asText()).as(key).isEqualTo(rows.getString(9));
      }
    }
    assertThat(restated).isEmpty();
    assertThat(data.path("restated").path("count").asInt()).isEqualTo(count);
  }

  private static void published(Statement statement, JsonNode data, String of) throws SQLException {
    List<String> held = new ArrayList<>();
    for (JsonNode figure : data.path("published")) {
      held.add(
          String.join(
              "|",
              kpi(data, figure.path("kpi").asInt()),
              figure.path("low").decimalValue().stripTrailingZeros().toPlainString(),
              figure.path("high").decimalValue().stripTrailingZeros().toPlainString(),
              figure.path("kind").asText(),
              figure.path("source").asText(),
              figure.path("link").asText(),
              figure.path("year").asText(),
              figure.path("sample").asText(),
              figure.path("grade").asText(),
              figure.path("definition").asText(),
              figure.path("difference").asText()));
    }
    List<String> expected = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT kpi, low, high, kind, source, link, year, sample, grade, definition, difference"
                + " FROM published_figures WHERE (currency IS NULL OR currency = (SELECT currency"
                + " FROM practices JOIN consultants USING (practice_id) WHERE consultant_id = "
                + of
                + " ORDER BY practice_id LIMIT 1)) AND kpi IN (SELECT kpi FROM"
                + " kpi_benchmark_consultant WHERE consultant_id = "
                + of
                + ")")) {
      while (rows.next()) {
        List<String> figure = new ArrayList<>();
        for (int i = 1; i <= 11; i++) {
          figure.add(
              i == 2 || i == 3
                  ? rows.getBigDecimal(i).stripTrailingZeros().toPlainString()
                  : rows.getString(i));
        }
        expected.add(String.join("|", figure));
      }
    }
    assertThat(held).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static void gaps(Statement statement, JsonNode data, String of) throws SQLException {
    Map<String, JsonNode> gaps = new HashMap<>();
    for (JsonNode gap : data.path("gaps")) {
      gaps.put(
          data.path("places").get(gap.get(0).asInt()).path("id").asText()
              + "/"
              + data.path("kpis").get(gap.get(1).asInt()).path("id").asText(),
          gap);
    }
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT location_id, kpi, held_against, value, reference, expected, low, high FROM"
                + " portfolio_gaps WHERE expected > 0 AND consultant_id = "
                + of)) {
      while (rows.next()) {
        String key = rows.getString(1) + "/" + rows.getString(2);
        JsonNode gap = gaps.remove(key);
        assertThat(gap).as(key).isNotNull();
        assertThat(gap.get(2).asInt()).as(key).isEqualTo(rows.getString(3).equals("peers") ? 1 : 0);
        assertThat(gap.get(3).asDouble()).as(key).isCloseTo(rows.getDouble(4), offset(1e-11));
        assertThat(gap.get(4).asDouble()).as(key).isCloseTo(rows.getDouble(5), offset(1e-11));
        assertThat(gap.get(5).decimalValue()).as(key).isEqualByComparingTo(rows.getBigDecimal(6));
        if (rows.getBigDecimal(7) != null) {
          assertThat(gap.get(6).decimalValue()).as(key).isEqualByComparingTo(rows.getBigDecimal(7));
          assertThat(gap.get(7).decimalValue()).as(key).isEqualByComparingTo(rows.getBigDecimal(8));
        }
      }
    }
    assertThat(gaps).isEmpty();
  }
}
