package medspa.charts.page;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import medspa.charts.figure.KpiFormat;
import medspa.charts.page.DataView.CoverageRow;
import medspa.charts.page.DataView.IdentityView;
import medspa.charts.page.DataView.UnmatchedRow;
import medspa.charts.read.SourceFacts;
import medspa.charts.read.SourceFacts.Coverage;
import medspa.charts.read.SourceFacts.Unmatched;

/** Says what share of revenue and hours two systems attribute to the same people and things. */
final class IdentitySection {
  /** More ids without a match are only counted; the warehouse holds all. */
  private static final int IDS = 8;

  private IdentitySection() {}

  static IdentityView view(SourceFacts facts) {
    return new IdentityView(
        notes(facts),
        facts.coverage().stream().map(IdentitySection::row).toList(),
        facts.unmatched().stream().limit(IDS).map(IdentitySection::row).toList());
  }

  private static List<String> notes(SourceFacts facts) {
    List<String> notes = new ArrayList<>();
    if (facts.coverage().isEmpty()) {
      notes.add(
          "No two systems name the same people or things this week; there is nothing to match.");
      return notes;
    }
    facts.coverage().stream()
        .filter(coverage -> coverage.kind().equals("provider"))
        .findFirst()
        .ifPresent(providers -> notes.add(ofProviders(providers)));
    boolean partly =
        facts.coverage().stream()
            .filter(coverage -> !coverage.kind().equals("client"))
            .anyMatch(
                coverage -> isPartly(coverage.revenueShare()) || isPartly(coverage.hoursShare()));
    if (partly) {
      notes.add(
          (facts.crosswalkLines() == 0
                  ? "There is no crosswalk between the systems yet (identities.csv). "
                  : "The crosswalk between the systems (identities.csv) is not complete. ")
              + "Revenue per provider hour and other numbers that need both systems are wrong for"
              + " the rest; medspa identities suggest proposes who is who.");
    }
    long hidden = Math.max(0L, (long) facts.unmatched().size() - IDS);
    if (hidden > 0) {
      notes.add(KpiFormat.count(hidden) + " rarer ids without a match are not listed.");
    }
    return notes;
  }

  private static String ofProviders(Coverage providers) {
    List<String> parts = new ArrayList<>();
    providers
        .revenueShare()
        .ifPresent(
            share ->
                parts.add(
                    percent(share)
                        + " of the week’s revenue that names a provider names one whom the"
                        + " schedule has too"));
    providers
        .hoursShare()
        .ifPresent(
            share ->
                parts.add(
                    percent(share) + " of the hours are of providers whom the sales name too"));
    return String.join("; ", parts) + ".";
  }

  private static boolean isPartly(OptionalDouble share) {
    return share.isPresent() && share.getAsDouble() < 1;
  }

  private static CoverageRow row(Coverage coverage) {
    return new CoverageRow(
        switch (coverage.kind()) {
          case "provider" -> "Providers: sales and schedule";
          case "service" -> "Services: sales and appointments";
          case "product" -> "Products: sales and stock";
          default -> "Clients: sales and appointments";
        },
        share(coverage.revenueShare()),
        share(coverage.hoursShare()),
        KpiFormat.count(coverage.unmatched()));
  }

  private static UnmatchedRow row(Unmatched id) {
    return new UnmatchedRow(
        id.name().equals(id.value()) ? id.value() : id.value() + " (" + id.name() + ")",
        id.kind(),
        id.side() + ", " + id.sources(),
        KpiFormat.count(id.rows()),
        id.proposal()
            .map(proposal -> "perhaps " + proposal)
            .orElse(id.candidates() > 1 ? id.candidates() + " are similar" : KpiFormat.NONE));
  }

  private static String share(OptionalDouble share) {
    return share.isPresent() ? percent(share.getAsDouble()) : KpiFormat.NONE;
  }

  /** Nothing but all is 100 %. */
  private static String percent(double share) {
    return KpiFormat.share(share < 1 ? Math.min(share, 0.999) : 1);
  }
}
