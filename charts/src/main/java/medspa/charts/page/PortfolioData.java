package medspa.charts.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.BenchmarkFacts;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.BenchmarkFacts.Gap;
import medspa.charts.read.BenchmarkFacts.Move;
import medspa.charts.read.BenchmarkFacts.Position;
import medspa.charts.read.BenchmarkFacts.Published;
import medspa.charts.read.BenchmarkFacts.Restated;
import medspa.charts.read.BenchmarkFacts.Unmoved;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers.Quartiles;
import medspa.charts.read.PortfolioTable;
import medspa.charts.read.PortfolioTable.PeerStatistic;
import medspa.charts.read.PortfolioTable.Place;
import medspa.charts.read.PortfolioTable.Status;
import medspa.charts.read.PortfolioTable.Value;
import medspa.charts.read.Practice;
import medspa.charts.read.Run;
import medspa.charts.section.Portfolio;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/**
 * What the page knows, as JSON texts: one of what its first view needs and one of the values of
 * each range of weeks, so that a range is unpacked when it is looked at. Values stand by KPI in the
 * order of the locations and as whole numbers with common decimals. They have two decimals more
 * than any text that is made of them, and are cut instead of rounded where rounding twice would
 * show another text.
 */
final class PortfolioData {
  private static final String UNWRITTEN = "The data of a page cannot be written";
  private static final int UNITS_SHOWN_IN_HUNDREDTHS = 6;
  private static final int UNITS_BELOW_A_THOUSANDTH = 9;
  private static final int OTHERS = 4;
  private static final BigInteger FIVE = BigInteger.valueOf(5);

  private final Run run;
  private final PortfolioTable table;
  private final BenchmarkFacts facts;
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, Integer> kpis = new HashMap<>();
  private final SortedMap<Weeks, RangeText> ranges = new TreeMap<>();

  PortfolioData(Run run, PortfolioTable table, BenchmarkFacts facts) {
    this.run = run;
    this.table = table;
    this.facts = facts;
    table.places().forEach(place -> places.put(place.location().id(), places.size()));
    table.kpis().forEach(kpi -> kpis.put(kpi.id(), kpis.size()));
  }

  /**
   * The texts by their names: {@code data}, and {@code values-13-2} for the thirteen weeks whose
   * last is two before the last of all. The newest ranges come first.
   *
   * @param values gives the values of one KPI of the table; asked once for each
   */
  Map<String, byte[]> json(Function<Kpi, List<Value>> values) {
    Map<String, byte[]> texts = new LinkedHashMap<>();
    texts.put("data", data(values));
    ranges.forEach((weeks, text) -> texts.put(weeks.name(), text.end()));
    return texts;
  }

  private byte[] data(Function<Kpi, List<Value>> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("consultant", table.consultant().id());
      json.writeStringField("name", table.consultant().name());
      json.writeStringField("last", run.lastWeek().toString());
      json.writeStringField("sign", sign());
      practices(json);
      places(json);
      json.writeArrayFieldStart("kpis");
      Map<String, List<PeerStatistic>> peers = new HashMap<>();
      table.peers().forEach(p -> peers.computeIfAbsent(p.kpi(), kpi -> new ArrayList<>()).add(p));
      for (Kpi kpi : table.kpis()) {
        kpi(json, kpi, values.apply(kpi), peers.getOrDefault(kpi.id(), List.of()));
      }
      json.writeEndArray();
      weeks(json);
      gaps(json);
      moves(json);
      unmoved(json);
      restated(json);
      published(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(UNWRITTEN, e);
    }
    return out.toByteArray();
  }

  /** As the reports write it before an amount. */
  private String sign() {
    String zero =
        new KpiFormat(table.places().isEmpty() ? "" : table.places().get(0).practice().currency())
            .money(BigDecimal.ZERO);
    return zero.substring(0, zero.length() - 1);
  }

  private void practices(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("practices");
    for (Practice practice : facts.practices()) {
      json.writeStartArray();
      json.writeString(practice.id());
      json.writeString(practice.name());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void places(JsonGenerator json) throws IOException {
    List<String> practices = facts.practices().stream().map(Practice::id).toList();
    json.writeArrayFieldStart("places");
    for (Place place : table.places()) {
      json.writeStartObject();
      json.writeStringField("id", place.location().id());
      json.writeStringField("name", place.location().name());
      json.writeNumberField("practice", practices.indexOf(place.practice().id()));
      json.writeStringField("region", place.region().orElse(""));
      json.writeArrayFieldStart("groups");
      for (String group : place.groups()) {
        json.writeString(group);
      }
      json.writeEndArray();
      if (place.location().openedOn().isPresent()) {
        json.writeStringField("opened", place.location().openedOn().get().toString());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void kpi(JsonGenerator json, Kpi kpi, List<Value> values, List<PeerStatistic> peers)
      throws IOException {
    int most = most(kpi.unit(), values);
    int decimals = Math.min(most, needed(values));
    json.writeStartObject();
    json.writeStringField("id", kpi.id());
    json.writeStringField("label", kpi.label());
    json.writeStringField("unit", kpi.unit().name().toLowerCase(Locale.ROOT));
    json.writeBooleanField("up", kpi.upIsBetter());
    json.writeBooleanField("merit", Portfolio.hasMerit(kpi));
    json.writeNumberField("days", kpi.spansDays());
    json.writeStringField("sample", kpi.sample().orElse(""));
    json.writeStringField("judged", kpi.judgedBy().orElse(""));
    json.writeStringField("says", kpi.definition().description());
    json.writeStringField("formula", kpi.definition().formula());
    json.writeStringField("without", kpi.definition().exclusions());
    json.writeNumberField("decimals", decimals);
    json.writeNumberField("ends", most);
    json.writeBooleanField("longer", values.stream().anyMatch(value -> value.rangeWeeks() > 1));
    ranges(kpi, decimals, most, values);
    json.writeArrayFieldStart("peers");
    for (PeerStatistic statistic : peers) {
      peers(json, statistic);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Weeks are counted back from the last one. */
  private long ago(LocalDate week) {
    return ChronoUnit.WEEKS.between(week, run.lastWeek());
  }

  /** A range of weeks: how many, and how long ago its last one is. */
  private record Weeks(long ago, int range) implements Comparable<Weeks> {
    private static final Comparator<Weeks> NEWEST_FIRST =
        Comparator.comparing(Weeks::ago).thenComparing(Weeks::range);

    String name() {
      return "values-" + range + "-" + ago;
    }

    @Override
    public int compareTo(Weeks other) {
      return NEWEST_FIRST.compare(this, other);
    }
  }

  /** The values of one range of weeks while they are written: an array of a row for each KPI. */
  private static final class RangeText {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final JsonGenerator json;

    RangeText() {
      try {
        json = new JsonFactory().createGenerator(out);
        json.writeStartArray();
      } catch (IOException e) {
        throw new UncheckedIOException(UNWRITTEN, e);
      }
    }

    byte[] end() {
      try {
        json.writeEndArray();
        json.close();
        return out.toByteArray();
      } catch (IOException e) {
        throw new UncheckedIOException(UNWRITTEN, e);
      }
    }
  }

  /** The ranges of weeks that have a text. */
  private void weeks(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("weeks");
    for (Weeks weeks : ranges.keySet()) {
      json.writeStartArray();
      json.writeNumber(weeks.range());
      json.writeNumber(weeks.ago());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void ranges(Kpi kpi, int decimals, int most, List<Value> values) throws IOException {
    Map<Weeks, List<Value>> byWeeks = new LinkedHashMap<>();
    for (Value value : values) {
      byWeeks
          .computeIfAbsent(
              new Weeks(ago(value.week()), value.rangeWeeks()), weeks -> new ArrayList<>())
          .add(value);
    }
    for (Map.Entry<Weeks, List<Value>> range : byWeeks.entrySet()) {
      range(
          ranges.computeIfAbsent(range.getKey(), weeks -> new RangeText()).json,
          kpi,
          decimals,
          most,
          range.getValue());
    }
  }

  private void range(JsonGenerator json, Kpi kpi, int decimals, int most, List<Value> values)
      throws IOException {
    Value[] row = new Value[places.size()];
    values.stream()
        .filter(value -> places.containsKey(value.locationId()))
        .forEach(value -> row[places.get(value.locationId())] = value);
    List<Value> told = Arrays.stream(row).filter(v -> v != null && v.value().isPresent()).toList();
    json.writeStartArray();
    json.writeNumber(index(kpi.id()));
    json.writeString(runs(row));
    numbers(json, told, decimals, v -> v.value().getAsDouble());
    boolean haveIntervals = told.stream().anyMatch(v -> v.interval().isPresent());
    optional(json, haveIntervals, told, most, v -> v.interval().map(i -> i.low()));
    optional(json, haveIntervals, told, most, v -> v.interval().map(i -> i.high()));
    optional(
        json,
        told.stream().anyMatch(v -> v.sample().isPresent()),
        told,
        1,
        v -> v.sample().isPresent() ? Optional.of(v.sample().getAsDouble()) : Optional.empty());
    ranks(json, kpi, decimals, row);
    json.writeEndArray();
  }

  /** What each location's value is good for, as lengths and letters: {@code 12r1f}. */
  private static String runs(Value[] row) {
    StringBuilder runs = new StringBuilder();
    for (int i = 0, from = 0; i < row.length; i++) {
      if (i + 1 == row.length || letter(row[i + 1]) != letter(row[i])) {
        runs.append(i + 1 - from).append(letter(row[i]));
        from = i + 1;
      }
    }
    return runs.toString();
  }

  private static char letter(Value value) {
    return value == null
        ? '-'
        : switch (value.status()) {
          case RANKED -> 'r';
          case FEW_DATA -> 'f';
          case OPENED_SINCE -> 'o';
          case NO_VALUE -> 'n';
          case EARLIER -> 'e';
        };
  }

  /** A place that does not follow from the numbers as they are cut, with its index. */
  private static void ranks(JsonGenerator json, Kpi kpi, int decimals, Value[] row)
      throws IOException {
    BigDecimal[] cut = new BigDecimal[row.length];
    List<BigDecimal> ranked = new ArrayList<>();
    for (int i = 0; i < row.length; i++) {
      if (row[i] != null && row[i].status() == Status.RANKED) {
        cut[i] = cut(row[i].value().getAsDouble(), decimals);
        ranked.add(kpi.upIsBetter() ? cut[i].negate() : cut[i]);
      }
    }
    ranked.sort(null);
    Map<BigDecimal, Integer> first = new HashMap<>();
    for (int i = ranked.size() - 1; i >= 0; i--) {
      first.put(ranked.get(i), i + 1);
    }
    json.writeStartArray();
    for (int i = 0; i < row.length; i++) {
      if (cut[i] != null) {
        int rank = row[i].rank().getAsInt();
        if (first.get(kpi.upIsBetter() ? cut[i].negate() : cut[i]) != rank) {
          json.writeNumber(i);
          json.writeNumber(rank);
        }
      }
    }
    json.writeEndArray();
  }

  private static void numbers(
      JsonGenerator json, List<Value> values, int decimals, ToDoubleFunction<Value> of)
      throws IOException {
    json.writeStartArray();
    for (Value value : values) {
      json.writeNumber(cut(of.applyAsDouble(value), decimals).unscaledValue());
    }
    json.writeEndArray();
  }

  private static void optional(
      JsonGenerator json,
      boolean isThere,
      List<Value> values,
      int decimals,
      Function<Value, Optional<Double>> of)
      throws IOException {
    if (!isThere) {
      json.writeNumber(0);
      return;
    }
    json.writeStartArray();
    for (Value value : values) {
      Optional<Double> number = of.apply(value);
      if (number.isPresent()) {
        json.writeNumber(cut(number.get(), decimals).unscaledValue());
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
  }

  private void peers(JsonGenerator json, PeerStatistic statistic) throws IOException {
    json.writeStartArray();
    json.writeString(statistic.group());
    json.writeNumber(statistic.rangeWeeks());
    json.writeNumber(ago(statistic.week()));
    json.writeNumber(statistic.contributors());
    if (statistic.quartiles().isPresent()) {
      Quartiles quartiles = statistic.quartiles().get();
      json.writeNumber(plain(quartiles.p25()));
      json.writeNumber(plain(quartiles.p50()));
      json.writeNumber(plain(quartiles.p75()));
    } else {
      json.writeString(statistic.withheldReason().orElse(""));
    }
    json.writeEndArray();
  }

  private void gaps(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("gaps");
    for (BenchmarkLocation location : facts.locations()) {
      for (Gap gap : location.gaps()) {
        json.writeStartArray();
        json.writeNumber(places.get(location.location().id()));
        json.writeNumber(index(gap.kpi()));
        json.writeNumber(gap.isAgainstPeers() ? 1 : 0);
        json.writeNumber(plain(gap.value()));
        json.writeNumber(plain(gap.reference()));
        json.writeNumber(gap.expected());
        if (gap.low().isPresent() && gap.high().isPresent()) {
          json.writeNumber(gap.low().get());
          json.writeNumber(gap.high().get());
        }
        json.writeEndArray();
      }
    }
    json.writeEndArray();
  }

  private void moves(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("moves");
    for (BenchmarkLocation location : facts.locations()) {
      for (Move move : location.moves()) {
        int kpi = index(move.kpi());
        if (kpi >= 0) {
          json.writeStartArray();
          json.writeNumber(places.get(location.location().id()));
          json.writeNumber(kpi);
          json.writeString(move.measure().name().toLowerCase(Locale.ROOT));
          json.writeNumber(move.rangeWeeks());
          json.writeNumber(move.before());
          json.writeNumber(move.since());
          json.writeEndArray();
        }
      }
    }
    json.writeEndArray();
  }

  private void unmoved(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("unmoved");
    for (BenchmarkLocation location : facts.locations()) {
      for (Unmoved one : location.unmoved()) {
        json.writeStartArray();
        json.writeNumber(places.get(location.location().id()));
        json.writeNumber(one.rangeWeeks());
        json.writeString(one.openedOn().map(LocalDate::toString).orElse(""));
        json.writeNumber(one.weeksWithRevenue());
        json.writeEndArray();
      }
    }
    json.writeEndArray();
  }

  /**
   * How many positions changed, and of each location, KPI and length of range the newest: a week
   * that is corrected changes each of the ranges that hold it.
   */
  private void restated(JsonGenerator json) throws IOException {
    Map<List<Object>, Restated> newest = new LinkedHashMap<>();
    for (Restated some : facts.restated()) {
      if (places.containsKey(some.locationId()) && index(some.kpi()) >= 0) {
        newest.merge(
            List.of(some.locationId(), some.kpi(), some.rangeWeeks()),
            some,
            (one, other) -> one.weekStart().isBefore(other.weekStart()) ? other : one);
      }
    }
    json.writeObjectFieldStart("restated");
    json.writeNumberField("count", facts.restated().size());
    json.writeArrayFieldStart("rows");
    for (Restated some : newest.values()) {
      json.writeStartArray();
      json.writeNumber(places.get(some.locationId()));
      json.writeNumber(index(some.kpi()));
      json.writeNumber(some.rangeWeeks());
      json.writeNumber(ago(some.weekStart()));
      rank(json, some.before());
      rank(json, some.since());
      dollars(json, some.before());
      dollars(json, some.since());
      json.writeString(String.join(" ", some.causes()));
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void rank(JsonGenerator json, Position position) throws IOException {
    if (position.rank().isPresent()) {
      json.writeNumber(position.rank().getAsInt());
    } else {
      json.writeNull();
    }
  }

  private static void dollars(JsonGenerator json, Position position) throws IOException {
    if (position.dollars().isPresent()) {
      json.writeNumber(position.dollars().get());
    } else {
      json.writeNull();
    }
  }

  private void published(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("published");
    for (Published figure : facts.published()) {
      int kpi = index(figure.kpi());
      if (kpi >= 0) {
        json.writeStartObject();
        json.writeNumberField("kpi", kpi);
        json.writeNumberField("low", plain(figure.low()));
        json.writeNumberField("high", plain(figure.high()));
        json.writeStringField("kind", figure.kind());
        json.writeStringField("source", figure.source());
        json.writeStringField("link", figure.link());
        json.writeNumberField("year", figure.year());
        json.writeStringField("sample", figure.sample());
        json.writeStringField("grade", figure.grade());
        json.writeStringField("definition", figure.definition());
        json.writeStringField("difference", figure.difference());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  /** Below 0 where nothing is compared by it. */
  private int index(String kpi) {
    return kpis.getOrDefault(kpi, -1);
  }

  /** Two decimals more than are shown. */
  private static int most(Unit unit, List<Value> values) {
    return switch (unit) {
      case PERCENT, PER_HUNDRED ->
          values.stream()
                  .map(Value::value)
                  .filter(OptionalDouble::isPresent)
                  .mapToDouble(v -> Math.abs(v.getAsDouble()))
                  .anyMatch(v -> v > 0 && v < 1e-3)
              ? UNITS_BELOW_A_THOUSANDTH
              : UNITS_SHOWN_IN_HUNDREDTHS;
      default -> OTHERS;
    };
  }

  /** As many decimals as the values have. */
  private static int needed(List<Value> values) {
    return values.stream()
        .filter(value -> value.value().isPresent())
        .mapToInt(
            value ->
                Math.max(
                    0,
                    BigDecimal.valueOf(value.value().getAsDouble()).stripTrailingZeros().scale()))
        .max()
        .orElse(0);
  }

  /** Rounded; cut where the rounded number stands on the edge of being rounded up once more. */
  private static BigDecimal cut(double value, int decimals) {
    BigDecimal exact = BigDecimal.valueOf(value);
    if (exact.scale() <= decimals) {
      return exact.setScale(decimals);
    }
    BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_UP);
    BigDecimal stripped = rounded.stripTrailingZeros();
    boolean isEdge =
        stripped.unscaledValue().testBit(0)
            && stripped.unscaledValue().mod(FIVE).signum() == 0
            && exact.compareTo(rounded) != 0;
    return isEdge ? exact.setScale(decimals, RoundingMode.DOWN) : rounded;
  }

  private static BigDecimal plain(double value) {
    return cut(value, 12).stripTrailingZeros();
  }
}
