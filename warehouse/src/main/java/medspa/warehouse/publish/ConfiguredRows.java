package medspa.warehouse.publish;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.kpi.KpiCatalogue;
import medspa.warehouse.kpi.KpiDefinition;
import medspa.warehouse.kpi.KpiDefinition.Direction;
import medspa.warehouse.kpi.KpiDefinition.Need;
import medspa.warehouse.kpi.KpiDefinition.Rollup;
import medspa.warehouse.kpi.KpiDefinition.Term;
import medspa.warehouse.kpi.PublishedFigure;
import medspa.warehouse.kpi.PublishedFigures;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.LakeState;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.market.AccountingPeriod;
import medspa.warehouse.market.Identity;
import medspa.warehouse.market.Identity.Kind;
import medspa.warehouse.market.Location;
import medspa.warehouse.market.Market;
import medspa.warehouse.market.Market.Detail;
import medspa.warehouse.market.Market.Practice;
import medspa.warehouse.measure.Grain;
import medspa.warehouse.measure.MeasureCatalogue;
import medspa.warehouse.measure.MeasureDefinition;

/** Rows that come from the configuration, the definitions and the markers of the lake. */
final class ConfiguredRows {
  /**
   * The seven KPIs of the trade, on the first page unless a practice pins others; of collections
   * the one by which weeks can be compared.
   */
  static final List<String> DEFAULT_PINNED =
      List.of(
          "fill_rate",
          "no_show_rate",
          "average_ticket",
          "inventory_turn",
          "revenue_per_provider_hour",
          "net_revenue",
          "collected_at_close");

  private static final String PRIVACY_NOTE =
      "This warehouse holds a pseudonymised limited data set, which is still protected health"
          + " information: clients are keyed pseudonyms, dates and ids of visits and receipts are"
          + " real. Keep it, and everything made from it, where only those may read it who may read"
          + " the exports.";

  private final BuildConnection build;

  ConfiguredRows(BuildConnection build) {
    this.build = build;
  }

  void insertMarket(Market market) throws SQLException {
    List<List<Object>> practices = new ArrayList<>();
    List<List<Object>> pinned = new ArrayList<>();
    for (Practice practice : market.practices()) {
      practices.add(List.of(practice.id(), practice.name(), market.currency()));
      List<String> kpis = practice.pinnedKpis().isEmpty() ? DEFAULT_PINNED : practice.pinnedKpis();
      for (String kpi : kpis) {
        pinned.add(List.of(practice.id(), kpis.indexOf(kpi) + 1, kpi));
      }
    }
    build.insert("practices", practices);
    build.insert(
        "audience",
        market.practices().stream()
            .map(p -> List.<Object>of(p.id(), "workspace", Optional.empty(), Detail.ROWS.word()))
            .toList());
    build.insert("kpi_pinned", pinned);
    build.insert(
        "carrying_cost_rates",
        market.practices().stream()
            .filter(p -> p.carryingCostRate().isPresent())
            .map(p -> List.<Object>of(p.id(), p.carryingCostRate().get()))
            .toList());

    List<List<Object>> locations = new ArrayList<>();
    for (Location location : market.locations()) {
      locations.add(
          List.of(
              locations.size() + 1,
              location.practiceId(),
              location.id(),
              location.name(),
              location.zone().getId(),
              location.region(),
              location.openedOn(),
              location.rooms(),
              location.noticeHours()));
    }
    build.insert("configured_locations", locations);
    insertHours(market);

    List<List<Object>> targets = new ArrayList<>();
    for (Market.Target target : market.targets()) {
      String practice =
          market
              .location(target.locationId())
              .map(Location::practiceId)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "The target of "
                              + target.kpi()
                              + " names the location "
                              + target.locationId()
                              + ", which is not configured"));
      targets.add(List.of(practice, target.locationId(), target.kpi(), target.value()));
    }
    build.insert("kpi_targets", targets);

    List<List<Object>> consultants = new ArrayList<>();
    for (Market.Consultant consultant : market.consultants()) {
      for (String practice : consultant.practiceIds()) {
        consultants.add(
            List.of(consultant.id(), consultant.name(), practice, consultant.detail().word()));
      }
    }
    build.insert("consultants", consultants);

    List<List<Object>> expectations = new ArrayList<>();
    for (Market.SourceExpectation source : market.expectations()) {
      expectations.add(
          List.of(
              expectations.size() + 1,
              source.source(),
              source.practiceId(),
              source.mapping(),
              source.expectedEveryDays()));
    }
    build.insert("source_expectations", expectations);
  }

  /** Only where they are wanted: a number beside a KPI is taken for one of its kind. */
  void insertPublishedFigures(Market market) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    if (market.showsPublishedFigures()) {
      for (PublishedFigure figure : PublishedFigures.load()) {
        rows.add(
            List.of(
                figure.id(),
                figure.kpi(),
                figure.low(),
                figure.high(),
                figure.currency(),
                figure.kind().name().toLowerCase(Locale.ROOT),
                figure.source(),
                figure.link(),
                figure.year(),
                figure.sample(),
                figure.grade().name().toLowerCase(Locale.ROOT),
                figure.definition(),
                figure.difference()));
      }
    }
    build.insert("published_figures", rows);
  }

  private void insertHours(Market market) throws SQLException {
    List<List<Object>> hours = new ArrayList<>();
    List<List<Object>> closed = new ArrayList<>();
    for (Location location : market.locations()) {
      location
          .openingHours()
          .forEach(
              (day, spans) ->
                  spans.forEach(
                      span ->
                          hours.add(
                              List.of(
                                  location.practiceId(),
                                  location.id(),
                                  day.getValue(),
                                  span.from(),
                                  span.to()))));
      for (LocalDate day : new LinkedHashSet<>(location.closedDays())) {
        closed.add(List.of(location.practiceId(), location.id(), day));
      }
    }
    List<List<Object>> groups = new ArrayList<>();
    for (Location location : market.locations()) {
      for (String group : location.peerGroups()) {
        groups.add(List.of(location.practiceId(), location.id(), group));
      }
    }
    build.insert("peer_groups", groups);
    build.insert("opening_hours", hours);
    build.insert("closed_days", closed);
  }

  /** The crosswalk, without clients: their ids never pass ingestion. */
  void insertIdentities(List<Identity> identities) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    for (Identity line : identities) {
      if (line.kind() != Kind.CLIENT) {
        rows.add(
            List.of(
                line.practiceId(),
                line.kind().word(),
                line.source(),
                line.value(),
                line.canonicalId()));
      }
    }
    build.insert("identities", rows);
  }

  void insertCatalogue(KpiCatalogue catalogue) throws SQLException {
    List<List<Object>> definitions = new ArrayList<>();
    List<List<Object>> scales = new ArrayList<>();
    List<List<Object>> grains = new ArrayList<>();
    List<List<Object>> terms = new ArrayList<>();
    List<List<Object>> needs = new ArrayList<>();
    List<List<Object>> zeros = new ArrayList<>();
    List<List<Object>> ends = new ArrayList<>();
    for (KpiDefinition kpi : catalogue.all()) {
      definitions.add(
          List.of(
              kpi.id(),
              kpi.version(),
              kpi.label(),
              kpi.description(),
              kpi.unit().name().toLowerCase(Locale.ROOT),
              kpi.direction().name().toLowerCase(Locale.ROOT),
              kpi.numerator().words(),
              kpi.denominator().map(Term::words),
              kpi.sample().map(Term::words),
              kpi.exclusions(),
              kpi.formula(),
              kpi.spansDays(),
              kpi.grows(),
              kpi.rollup().name().toLowerCase(Locale.ROOT),
              kpi.months().word(),
              kpi.judgedBy()));
      scales.add(
          List.of(
              kpi.id(),
              kpi.version(),
              kpi.denominator().isPresent(),
              kpi.sample().isPresent(),
              kpi.direction() == Direction.UP,
              kpi.rollup() == Rollup.PERIOD_END,
              kpi.grains().contains(Grain.LOCATION),
              kpi.judgedBy().isEmpty(),
              kpi.numerator().multiplyBy(),
              kpi.numerator().divideBy(),
              kpi.denominator().map(Term::multiplyBy).orElse(1),
              kpi.denominator().map(Term::divideBy).orElse(1),
              kpi.sample().map(Term::multiplyBy).orElse(1),
              kpi.sample().map(Term::divideBy).orElse(1)));
      kpi.grains().forEach(grain -> grains.add(List.of(kpi.id(), "week", grain.word())));
      kpi.daily().forEach(grain -> grains.add(List.of(kpi.id(), "day", grain.word())));
      addTerm(terms, kpi.id(), "numerator", Optional.of(kpi.numerator()));
      addTerm(terms, kpi.id(), "denominator", kpi.denominator());
      addTerm(terms, kpi.id(), "sample", kpi.sample());
      for (Need need : kpi.needs()) {
        needs.add(
            List.of(
                kpi.id(), kpi.needs().indexOf(need), need.table(), need.measure(), need.reason()));
      }
      kpi.zeroWhere().forEach(measure -> zeros.add(List.of(kpi.id(), measure)));
      kpi.toldWhere().forEach(measure -> ends.add(List.of(kpi.id(), measure)));
    }
    build.insert("kpi_definitions", definitions);
    build.insert("kpi_scales", scales);
    build.insert("kpi_grains", grains);
    build.insert("kpi_measures", terms);
    build.insert("kpi_needs", needs);
    build.insert("kpi_zero_where", zeros);
    build.insert("kpi_told_where", ends);
  }

  void insertMeasures(MeasureCatalogue catalogue, TableContracts contracts) throws SQLException {
    List<List<Object>> grains = new ArrayList<>();
    List<List<Object>> facts = new ArrayList<>();
    for (MeasureDefinition measure : catalogue.all()) {
      for (Grain grain : measure.grains()) {
        grains.add(
            List.of(
                measure.id(),
                grain.word(),
                measure.membersAddUp().contains(grain),
                measure.period().word()));
      }
      measure.tables().stream()
          .filter(table -> contracts.table(table).date().isPresent())
          .forEach(table -> facts.add(List.of(measure.id(), table)));
    }
    build.insert("measure_grains", grains);
    build.insert("measure_facts", facts);
  }

  private static void addTerm(
      List<List<Object>> terms, String kpi, String part, Optional<Term> term) {
    term.ifPresent(
        t ->
            t.measures()
                .forEach(
                    measure ->
                        terms.add(List.of(kpi, part, measure, t.multiplyBy(), t.divideBy()))));
  }

  /**
   * The batches that the state was computed from: what was ingested later is not in the numbers, so
   * it is not in {@code ingest_files} either.
   */
  static List<Batch> batchesOf(LakeState state, Bronze bronze) {
    return bronze.knownAt(state.bronzeSequence()).current();
  }

  void insertFiles(List<Batch> batches, List<RefusedFile> refused) throws SQLException {
    List<List<Object>> files = new ArrayList<>();
    for (Batch batch : batches) {
      for (TableCounts counts : batch.tables()) {
        files.add(
            List.of(
                batch.sourceFileId(),
                batch.source(),
                batch.practiceId(),
                batch.fileName(),
                batch.sha256(),
                batch.mapping(),
                batch.delivery().name().toLowerCase(Locale.ROOT),
                counts.table(),
                batch.ingestedAt().atOffset(ZoneOffset.UTC),
                counts.rowsRead(),
                counts.rowsAccepted(),
                counts.rowsDuplicate(),
                counts.rowsSuperseded(),
                counts.rowsRejected(),
                batch.columnsDropped(),
                counts.windows().stream().map(Window::firstDate).min(LocalDate::compareTo),
                counts.windows().stream().map(Window::lastDate).max(LocalDate::compareTo),
                counts.rowsDeleted(),
                counts.cellsMasked()));
      }
    }
    build.insert("ingest_files", files);
    for (String table : List.of("sale_lines", "payments")) {
      build.insert("replaced_rejections", ReplacedRejections.of(table, batches));
    }

    List<List<Object>> rows = new ArrayList<>();
    for (RefusedFile file : refused) {
      rows.add(
          List.of(
              file.source(),
              file.practiceId(),
              file.fileName(),
              file.line(),
              file.column(),
              file.problem(),
              file.nextStep()));
    }
    build.insert("refused_files", rows);
  }

  /** The periods that hold a computed day, and how far they are computed. */
  void insertPeriods(Market market, LakeState state) throws SQLException {
    LocalDate firstDay = firstWeek(state);
    LocalDate lastDay = state.lastWeekStart().plusDays(6);
    List<List<Object>> periods = new ArrayList<>();
    for (AccountingPeriod period : market.periods(firstDay, lastDay)) {
      LocalDate from = period.start().isBefore(firstDay) ? firstDay : period.start();
      LocalDate until = period.end().isAfter(lastDay) ? lastDay : period.end();
      periods.add(
          List.of(
              period.calendar().word(),
              period.start(),
              period.end(),
              period.label(),
              period.year(),
              period.number(),
              from,
              until,
              from.equals(period.start()) && until.equals(period.end())));
    }
    build.insert("periods", periods);
  }

  private static LocalDate firstWeek(LakeState state) {
    return state.lastWeekStart().minusWeeks(Math.max(0, state.weeksComputed() - 1));
  }

  void insertRun(LakeState state, String codeVersion) throws SQLException {
    LocalDate firstWeek = firstWeek(state);
    build.insert("computed", List.of(List.of(firstWeek, state.lastWeekStart(), state.asOf())));
    build.insert(
        "runs",
        List.of(
            List.of(
                state.runId(),
                state.asOf(),
                state.knownAt(),
                firstWeek,
                state.lastWeekStart(),
                state.bronzeSequence(),
                state.bronzeFiles(),
                state.configurationDigest(),
                codeVersion,
                PRIVACY_NOTE)));
  }
}
