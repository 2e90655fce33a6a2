package medspa.charts.read;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import medspa.charts.read.Peers.Quartiles;
import medspa.charts.read.PortfolioTable.Dollars;
import medspa.charts.read.PortfolioTable.Interval;
import medspa.charts.read.PortfolioTable.PeerStatistic;
import medspa.charts.read.PortfolioTable.Place;
import medspa.charts.read.PortfolioTable.Status;
import medspa.charts.read.PortfolioTable.Value;
import medspa.warehouse.query.Row;

/** Reads what a consultant's page and workbook show. */
final class PortfolioReader {
  private static final String GROUP = "group:";
  private static final String NO_REASON = "nothing is known of them";

  private PortfolioReader() {}

  static List<Place> places(ReportQuery query, Consultant consultant, List<Practice> practices) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    Map<String, Place> places = new LinkedHashMap<>();
    query.rows(
        "portfolio_places",
        row -> {
          Location location = LocationReader.location(row);
          Practice practice =
              practices.stream()
                  .filter(p -> p.id().equals(location.practiceId()))
                  .findFirst()
                  .orElseThrow();
          List<String> of = groups.computeIfAbsent(location.id(), id -> new ArrayList<>());
          row.optionalText("peer_group").map(g -> g.substring(GROUP.length())).ifPresent(of::add);
          return places.put(
              location.id(), new Place(practice, location, row.optionalText("region"), of));
        },
        consultant.id());
    return List.copyOf(places.values());
  }

  static List<Value> values(ReportQuery query, Consultant consultant, String kpi, Run run) {
    return query.rows(
        "portfolio_values", PortfolioReader::value, consultant.id(), kpi, run.lastWeek());
  }

  static List<PeerStatistic> peers(ReportQuery query, Consultant consultant) {
    return query.rows("portfolio_peers", PortfolioReader::peers, consultant.id());
  }

  private static Value value(Row row) throws SQLException {
    OptionalDouble value = row.optionalNumber("value");
    OptionalInt rank = row.optionalInteger("rank");
    boolean isRanked = value.isPresent() && row.flag("is_stable") && rank.isPresent();
    OptionalDouble low = row.optionalNumber("value_low");
    OptionalDouble high = row.optionalNumber("value_high");
    Status status = status(row, value, isRanked);
    return new Value(
        row.text("location_id"),
        row.date("week_start"),
        row.integer("range_weeks"),
        status,
        value,
        row.optionalDecimal("numerator"),
        row.optionalDecimal("denominator"),
        row.optionalNumber("sample_size"),
        value.isPresent() && low.isPresent() && high.isPresent()
            ? Optional.of(new Interval(low.getAsDouble(), high.getAsDouble()))
            : Optional.empty(),
        isRanked ? rank : OptionalInt.empty(),
        gap(row));
  }

  private static Optional<Dollars> gap(Row row) throws SQLException {
    return row.optionalDecimal("gap_dollars_expected").isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Dollars(
                row.optionalDecimal("gap_dollars_low"),
                row.decimal("gap_dollars_expected"),
                row.optionalDecimal("gap_dollars_high")));
  }

  private static Status status(Row row, OptionalDouble value, boolean isRanked)
      throws SQLException {
    if (value.isEmpty()) {
      return Status.NO_VALUE;
    }
    if (!row.flag("is_stable")) {
      return Status.FEW_DATA;
    }
    if (!row.flag("is_compared")) {
      return Status.EARLIER;
    }
    return isRanked ? Status.RANKED : Status.OPENED_SINCE;
  }

  private static PeerStatistic peers(Row row) throws SQLException {
    OptionalDouble p25 = row.optionalNumber("p25");
    OptionalDouble p50 = row.optionalNumber("p50");
    OptionalDouble p75 = row.optionalNumber("p75");
    Optional<String> withheld = row.optionalText("withheld_reason");
    // Statistics that carry a reason to withhold them are never shown, whatever stands beside it.
    boolean isShown = withheld.isEmpty() && p25.isPresent() && p50.isPresent() && p75.isPresent();
    return new PeerStatistic(
        row.text("kpi"),
        row.date("week_start"),
        row.integer("range_weeks"),
        row.text("peer_group"),
        isShown
            ? Optional.of(new Quartiles(p25.getAsDouble(), p50.getAsDouble(), p75.getAsDouble()))
            : Optional.empty(),
        row.integer("contributors"),
        isShown ? Optional.empty() : Optional.of(withheld.orElse(NO_REASON)));
  }
}
