package medspa.warehouse.explain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import medspa.warehouse.explain.Asked.Member;
import medspa.warehouse.explain.Explanation.Definition;
import medspa.warehouse.explain.Explanation.Explained;
import medspa.warehouse.explain.Explanation.Part;
import medspa.warehouse.explain.Explanation.Unavailable;
import medspa.warehouse.explain.Published.Figure;
import medspa.warehouse.explain.Published.Place;
import medspa.warehouse.explain.Published.Weeks;
import medspa.warehouse.kpi.KpiCatalogue;
import medspa.warehouse.kpi.KpiDefinition;
import medspa.warehouse.kpi.KpiDefinition.Term;
import medspa.warehouse.measure.Grain;
import medspa.warehouse.query.WarehouseQuery;

/**
 * From a published number to the rows of the exports behind it. The rows are found anew in the
 * published tables and added up; whether that gives what was published is part of the answer.
 */
public final class Explainer {
  /** Decimals of a published numerator or denominator. */
  private static final int SCALE = 6;

  private final KpiCatalogue catalogue;
  private final Published published;
  private final MeasureRows rows;
  private final List<Place> places;
  private final LocalDate asOf;

  /**
   * Asks a warehouse.
   *
   * @param query the open warehouse, which stays the caller's
   */
  public Explainer(WarehouseQuery query) {
    this.catalogue = KpiCatalogue.load();
    this.published = new Published(query);
    this.rows = new MeasureRows(query);
    this.places = published.places();
    this.asOf = published.asOf();
  }

  /**
   * Explains one number.
   *
   * @param kpi id of the KPI
   * @param day a day of the week
   * @throws UnknownNameException if there is no such KPI, location, member, practice or week
   * @throws medspa.warehouse.query.QueryException if the warehouse cannot be read
   */
  public Explanation explain(String kpi, Subject subject, LocalDate day) {
    KpiDefinition definition =
        catalogue
            .find(kpi)
            .orElseThrow(
                () ->
                    UnknownNameException.of(
                        "KPI", kpi, catalogue.all().stream().map(KpiDefinition::id).toList()));
    LocalDate week = week(day);
    if (subject instanceof Subject.OfLocation location) {
      return ofLocation(definition, place(location.locationId()), Optional.empty(), week);
    } else if (subject instanceof Subject.OfMember member) {
      Place place = place(member.locationId());
      return ofLocation(definition, place, Optional.of(member(definition, place, member)), week);
    } else if (subject instanceof Subject.OfRegion region) {
      return rolledUp(definition, region.practiceId(), Optional.of(region.region()), week);
    }
    String practiceId = ((Subject.OfPractice) subject).practiceId();
    return rolledUp(definition, practiceId, Optional.empty(), week);
  }

  private LocalDate week(LocalDate day) {
    Weeks weeks =
        published
            .weeks()
            .orElseThrow(
                () -> new UnknownNameException("No week has been computed yet; run medspa run"));
    LocalDate week = weeks.weekOf(day);
    if (week.isBefore(weeks.first()) || week.isAfter(weeks.last())) {
      throw new UnknownNameException(
          "The week of "
              + day
              + " is not computed; weeks begin on "
              + weeks.first()
              + " to "
              + weeks.last());
    }
    return week;
  }

  private Place place(String locationId) {
    return places.stream()
        .filter(place -> place.locationId().equals(locationId))
        .findFirst()
        .orElseThrow(
            () ->
                UnknownNameException.of(
                    "location", locationId, places.stream().map(Place::locationId).toList()));
  }

  private Member member(KpiDefinition kpi, Place place, Subject.OfMember subject) {
    Grain grain = subject.grain();
    if (!kpi.grains().contains(grain)) {
      throw new UnknownNameException(
          kpi.id()
              + " is not published by "
              + grain.word()
              + "; it is by "
              + kpi.grains().stream().map(Grain::word).collect(Collectors.joining(", ")));
    }
    List<String> known = published.members(place, kpi.id(), grain);
    if (!known.isEmpty() && !known.contains(subject.memberId())) {
      throw UnknownNameException.of(
          grain.word() + " with " + kpi.id() + " at " + place.locationId(),
          subject.memberId(),
          known);
    }
    return new Member(grain, subject.memberId());
  }

  private Explanation ofLocation(
      KpiDefinition kpi, Place place, Optional<Member> member, LocalDate week) {
    Definition definition = definition(kpi, place.currency());
    String subject =
        member.map(m -> m.grain().word() + " " + m.id() + " at ").orElse("")
            + place.locationName()
            + " ("
            + place.locationId()
            + ") of "
            + place.practiceName();
    Optional<Figure> number = published.ofMember(place, kpi.id(), week, member);
    if (number.isEmpty()) {
      String reason =
          published
              .unavailable(place, kpi.id(), week)
              .orElse(
                  kpi.zeroWhere().isEmpty() && kpi.toldWhere().isEmpty()
                      ? "nothing to count in this week: numerator and denominator are 0"
                      : "the exports tell nothing of it in this week");
      return new Unavailable(definition, subject, week, reason);
    }
    ask(place, week, member);
    List<Part> parts = parts(kpi, number.get(), this::rows);
    return explained(definition, subject, week, number.get(), parts, Optional.empty());
  }

  private Explanation rolledUp(
      KpiDefinition kpi, String practiceId, Optional<String> region, LocalDate week) {
    List<Place> own = places.stream().filter(p -> p.practiceId().equals(practiceId)).toList();
    if (own.isEmpty()) {
      throw UnknownNameException.of(
          "practice", practiceId, places.stream().map(Place::practiceId).distinct().toList());
    }
    List<String> regions = own.stream().flatMap(p -> p.region().stream()).distinct().toList();
    region
        .filter(name -> !regions.contains(name))
        .ifPresent(
            name -> {
              throw regions.isEmpty()
                  ? new UnknownNameException(
                      "No location of "
                          + practiceId
                          + " has a region; give it one by `region:` in medspa.yaml and run"
                          + " `medspa run`")
                  : UnknownNameException.of("region of " + practiceId, name, regions);
            });
    Definition definition = definition(kpi, own.get(0).currency());
    String subject =
        own.get(0).practiceName()
            + " ("
            + practiceId
            + "), all its locations"
            + region.map(name -> " in " + name).orElse("");
    Optional<Figure> number =
        region.isPresent()
            ? published.ofRegion(practiceId, region.get(), kpi.id(), week)
            : published.ofPractice(practiceId, kpi.id(), week);
    if (number.isEmpty()) {
      return new Unavailable(
          definition, subject, week, "none of the locations has a number in this week");
    }
    if (region.isEmpty() && kpi.grains().contains(Grain.PRACTICE)) {
      rows.ask(
          new Asked(practiceId, Optional.empty(), own.get(0).zone(), week, asOf, Optional.empty()));
      List<Part> parts = parts(kpi, number.get(), this::rows);
      return explained(definition, subject, week, number.get(), parts, Optional.empty());
    }
    List<Place> adding =
        published.ofLocations(practiceId, kpi.id(), week).stream()
            .map(location -> place(location.locationId()))
            .filter(place -> region.isEmpty() || place.region().equals(region))
            .toList();
    List<Part> parts =
        parts(
            kpi,
            number.get(),
            term -> adding.stream().map(place -> rolledUp(place, week, term)).toList());
    return explained(
        definition,
        subject,
        week,
        number.get(),
        parts,
        Optional.of("Each location has its own rows: explain " + kpi.id() + " with --location"));
  }

  private void ask(Place place, LocalDate week, Optional<Member> member) {
    rows.ask(
        new Asked(
            place.practiceId(), Optional.of(place.locationId()), place.zone(), week, asOf, member));
  }

  /** What a location adds to its practice, in the unit of the measures. */
  private Contribution rolledUp(Place place, LocalDate week, Term term) {
    ask(place, week, Optional.empty());
    List<Contribution> rows = rows(term);
    BigDecimal sum =
        rows.stream().map(Contribution::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Contribution(
        (rows.isEmpty()
                ? term.measures().stream()
                : rows.stream().map(Contribution::measure).distinct())
            .sorted()
            .collect(Collectors.joining("+")),
        sum,
        place.locationName() + ", " + rows.size() + (rows.size() == 1 ? " row" : " rows"),
        "kpi_weekly",
        place.locationId(),
        Optional.empty(),
        Optional.empty());
  }

  /** The rows of all measures of a term, with their amounts in the unit of the measures. */
  private List<Contribution> rows(Term term) {
    return term.measures().stream().flatMap(measure -> rows.of(measure).stream()).toList();
  }

  /** Numerator and denominator, from the amounts of their rows in the unit of the measures. */
  private static List<Part> parts(
      KpiDefinition kpi, Figure number, Function<Term, List<Contribution>> amounts) {
    List<Part> parts = new ArrayList<>();
    parts.add(
        part("numerator", kpi.numerator(), number.numerator(), amounts.apply(kpi.numerator())));
    kpi.denominator()
        .ifPresent(
            term ->
                parts.add(
                    part(
                        "denominator",
                        term,
                        number.denominator().orElseThrow(),
                        amounts.apply(term))));
    return parts;
  }

  /**
   * Brings the amounts into the unit of the definition. Each row gets the difference of two rounded
   * running sums, so that the rows add up to the rounded total and no cent is lost between.
   */
  private static Part part(
      String name, Term term, BigDecimal published, List<Contribution> amounts) {
    List<Contribution> contributions = new ArrayList<>();
    BigDecimal exact = BigDecimal.ZERO;
    BigDecimal sum = BigDecimal.ZERO.setScale(SCALE);
    for (Contribution row : amounts) {
      exact = exact.add(row.amount());
      BigDecimal next = scaled(exact, term);
      contributions.add(
          new Contribution(
              row.measure(),
              next.subtract(sum),
              row.words(),
              row.tableName(),
              row.recordId(),
              row.localDate(),
              row.origin()));
      sum = next;
    }
    return new Part(name, term.words(), published, sum, List.copyOf(contributions));
  }

  private static BigDecimal scaled(BigDecimal amount, Term term) {
    return amount
        .multiply(BigDecimal.valueOf(term.multiplyBy()))
        .divide(BigDecimal.valueOf(term.divideBy()), SCALE, RoundingMode.HALF_UP);
  }

  private Explained explained(
      Definition definition,
      String subject,
      LocalDate week,
      Figure number,
      List<Part> parts,
      Optional<String> hint) {
    return new Explained(
        definition,
        subject,
        week,
        asOf,
        number.value(),
        number.sampleSize(),
        number.isStable(),
        parts,
        hint);
  }

  /**
   * The definition that was published; the rows follow from the program's own, so they must agree.
   */
  private Definition definition(KpiDefinition kpi, String currency) {
    Definition definition =
        published
            .definition(kpi.id(), currency)
            .orElseThrow(
                () ->
                    new UnknownNameException(
                        kpi.id() + " is not in the published warehouse; run medspa publish"));
    if (definition.version() != kpi.version()) {
      throw new UnknownNameException(
          kpi.id()
              + " was published under version "
              + definition.version()
              + ", and this program knows version "
              + kpi.version()
              + "; run medspa run to publish it anew");
    }
    return definition;
  }
}
