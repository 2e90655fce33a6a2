package medspa.charts.section;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.SourceFacts.Coverage;
import medspa.charts.read.SourceFacts.Identities;
import medspa.charts.read.SourceFacts.Unmatched;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/** What share of revenue and hours two systems attribute to the same people and things. */
public final class IdentitySection implements Section<Backing> {
  /** More ids without a match are only counted; the warehouse holds all. */
  private static final int IDS = 8;

  private static final List<Column> COVERAGE =
      List.of(
          Column.words("Named by two systems", 40),
          Column.numbers("Revenue matched", 20),
          Column.numbers("Hours matched", 20),
          Column.numbers("Ids without a match", 20));

  private static final List<Column> UNMATCHED =
      List.of(
          Column.words("Without a match", 30),
          Column.words("What", 12),
          Column.words("Named by", 26),
          Column.numbers("Rows", 10),
          Column.wordsApart("Proposal", 22));

  @Override
  public List<Block> blocks(Backing backing) {
    Identities facts = backing.sources().identities();
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("Who is who across systems"));
    blocks.addAll(Block.Sentence.explaining(notes(facts)));
    if (!facts.coverage().isEmpty()) {
      blocks.add(
          Passage.of(
              new Table(
                  Table.Look.SMALL,
                  COVERAGE,
                  facts.coverage().stream().map(IdentitySection::row).toList())));
    }
    if (!facts.unmatched().isEmpty()) {
      blocks.add(
          Passage.of(
              new Table(
                  Table.Look.SMALL,
                  UNMATCHED,
                  facts.unmatched().stream().limit(IDS).map(IdentitySection::row).toList())));
    }
    return blocks;
  }

  /** Whether something of the week has no match in another system. */
  static boolean isIncomplete(Identities facts) {
    return !facts.unmatched().isEmpty()
        || facts.coverage().stream()
            .anyMatch(
                coverage -> isPartly(coverage.revenueShare()) || isPartly(coverage.hoursShare()));
  }

  static List<String> notes(Identities facts) {
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
              + (facts.coverage().stream().anyMatch(c -> c.kind().equals("provider"))
                  ? "Revenue per provider hour and other numbers"
                  : "Numbers")
              + " that need both systems are wrong for the rest; medspa identities suggest proposes"
              + " who is who.");
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

  private static Row row(Coverage coverage) {
    return Row.of(
        switch (coverage.kind()) {
          case "provider" -> "Providers: sales and schedule";
          case "service" -> "Services: sales and appointments";
          case "product" -> "Products: sales and stock";
          default -> "Clients: sales and appointments";
        },
        share(coverage.revenueShare()),
        share(coverage.hoursShare()),
        Cells.count(coverage.unmatched()));
  }

  private static Row row(Unmatched id) {
    return Row.of(
        id.name().equals(id.value()) ? id.value() : id.value() + " (" + id.name() + ")",
        Cell.of(id.kind()),
        Cell.of(id.side() + ", " + id.sources()),
        Cells.count(id.rows()),
        Cell.of(
            id.proposal()
                .map(proposal -> "perhaps " + proposal)
                .orElse(id.candidates() > 1 ? id.candidates() + " are similar" : KpiFormat.NONE)));
  }

  private static Cell share(OptionalDouble share) {
    return share.isPresent()
        ? Cells.of(percent(share.getAsDouble()), Unit.PERCENT, share.getAsDouble())
        : Cells.none();
  }

  /** Nothing but all is 100 %. */
  private static String percent(double share) {
    return KpiFormat.share(share < 1 ? Math.min(share, 0.999) : 1);
  }
}
