package medspa.charts.section;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.Kpi;
import medspa.charts.read.SourceFacts;
import medspa.charts.read.SourceFacts.IncompleteList;
import medspa.charts.read.SourceFacts.IngestedFile;
import medspa.charts.read.SourceFacts.RefusedFile;
import medspa.charts.read.SourceFacts.RejectedRows;
import medspa.charts.read.SourceFacts.Source;
import medspa.charts.read.SourceFacts.Unavailable;

/**
 * What is in the numbers and what is not, in one box: what arrived, is late, rejected or refused,
 * what could not be computed and why, what has changed since, and what each KPI is.
 */
public final class DataHealthSection implements Section<Backing> {
  /** Things that are named; of more only the number is told. */
  private static final int NAMES = 5;

  /** Lists whose gaps are told. */
  private static final int LISTS = 3;

  private static final List<Column> HEALTH =
      List.of(Column.words("Data health", 16), Column.words("", 84));

  private static final List<Column> DEFINITIONS =
      List.of(Column.words("What each KPI is", 22), Column.words("", 78));

  @Override
  public List<Block> blocks(Backing backing) {
    SourceFacts facts = backing.sources();
    List<Row> rows = new ArrayList<>();
    rows.add(row("Arrived", arrived(backing)));
    late(facts).ifPresent(words -> rows.add(row("Late", words)));
    refused(facts).ifPresent(words -> rows.add(row("Refused", words)));
    rejected(facts).ifPresent(words -> rows.add(row("Rejected", words)));
    unusual(facts).ifPresent(words -> rows.add(row("Far from usual", words)));
    SourceSection.otherUnits(backing).ifPresent(words -> rows.add(row("Other units", words)));
    unavailable(backing).ifPresent(words -> rows.add(row("Not computed", words)));
    incompleteLists(backing).ifPresent(words -> rows.add(row("Lists", words)));
    List<String> restated = RestatementSection.sentences(backing);
    if (!restated.isEmpty()) {
      rows.add(row("Restated", String.join(" ", restated)));
    }
    if (IdentitySection.isIncomplete(facts.identities())) {
      rows.add(
          row(
              "Who is who",
              String.join(" ", IdentitySection.notes(facts.identities())) + unmatched(facts)));
    }
    rows.add(row("Made of", String.join(" ", ProvenanceSection.inBrief(backing.run()))));
    rows.add(
        row(
            "More",
            "Every figure, file and rejected row is in the warehouse’s relations kpi_weekly_numbers,"
                + " ingest_files and rejected_rows, how they were made in runs (medspa query)."));
    return List.of(
        new Table(Table.Look.SMALL, HEALTH, rows),
        new Block.Sentence(Block.Sentence.Voice.NOTICE, backing.run().privacyNote()),
        Passage.of(
            new Table(
                Table.Look.SMALL,
                DEFINITIONS,
                backing.shown().stream().map(DataHealthSection::definition).toList())));
  }

  private static Row row(String head, String words) {
    return Row.of(head, Cell.of(words));
  }

  private static Row definition(Kpi kpi) {
    return Row.of(
        kpi.label() + (kpi.version() == 1 ? "" : ", version " + kpi.version()),
        Cell.of(kpi.definition().formula()));
  }

  /** Whether the week arrived at all is said first. */
  private static String arrived(Backing backing) {
    SourceFacts facts = backing.sources();
    LocalDate week = backing.run().lastWeek();
    if (facts.delivered().files().isEmpty()) {
      return "No file has been ingested.";
    }
    List<Source> watched =
        facts.sources().stream().filter(source -> source.newestDate().isPresent()).toList();
    Optional<LocalDate> newest =
        watched.stream().flatMap(source -> source.newestDate().stream()).max(LocalDate::compareTo);
    long count = facts.delivered().files().stream().map(IngestedFile::fileName).distinct().count();
    String files =
        KpiFormat.count(count) + (count == 1 ? " file is" : " files are") + " in these numbers";
    if (newest.isPresent() && newest.get().isBefore(week)) {
      return "Nothing of this week: the newest row is of "
          + KpiFormat.shortFullDay(newest.get())
          + ".";
    }
    List<String> without =
        watched.stream()
            .filter(source -> source.newestDate().orElseThrow().isBefore(week))
            .filter(source -> !isCountsOnly(source, facts))
            .map(
                source ->
                    source.name()
                        + " (newest "
                        + KpiFormat.day(source.newestDate().orElseThrow())
                        + ")")
            .toList();
    return without.isEmpty()
        ? files + "."
        : files + "; no row of this week is from " + named(without) + ".";
  }

  /** Nobody counts the shelves every week; counts that are overdue are late. */
  private static boolean isCountsOnly(Source source, SourceFacts facts) {
    return facts.delivered().files().stream()
        .filter(file -> file.source().equals(source.name()))
        .map(IngestedFile::table)
        .distinct()
        .toList()
        .equals(List.of("stock_counts"));
  }

  /** Who is most often named by one system only. */
  private static String unmatched(SourceFacts facts) {
    List<String> ids =
        facts.identities().unmatched().stream()
            .map(
                id ->
                    id.name().equals(id.value()) ? id.value() : id.value() + " (" + id.name() + ")")
            .distinct()
            .toList();
    return ids.isEmpty() ? "" : " Most often without a match: " + named(ids) + ".";
  }

  private static Optional<String> late(SourceFacts facts) {
    List<String> names =
        facts.sources().stream()
            .filter(SourceSection::isNoteworthy)
            .map(source -> source.name() + " (" + source.state() + ")")
            .toList();
    return names.isEmpty() ? Optional.empty() : Optional.of(named(names) + ".");
  }

  private static Optional<String> refused(SourceFacts facts) {
    List<RefusedFile> files = facts.delivered().refused();
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(
            files.stream()
                    .limit(NAMES)
                    .map(
                        file ->
                            file.fileName()
                                + ": "
                                + Reasons.sentence(file.problem())
                                + (file.nextStep().isBlank()
                                    ? ""
                                    : " " + Reasons.sentence(file.nextStep())))
                    .collect(Collectors.joining(" "))
                + (files.size() > NAMES ? " And " + (files.size() - NAMES) + " more." : ""));
  }

  private static Optional<String> rejected(SourceFacts facts) {
    List<RejectedRows> rejected = facts.delivered().rejected();
    long rows = rejected.stream().mapToLong(RejectedRows::rows).sum();
    return rows == 0
        ? Optional.empty()
        : Optional.of(
            KpiFormat.count(rows)
                + (rows == 1 ? " row" : " rows")
                + ", most of them "
                + rejected.get(0).reason().replace('_', ' ')
                + rejected.get(0).column().map(column -> " in " + column).orElse("")
                + " ("
                + rejected.get(0).source()
                + ")."
                + missed(rejected));
  }

  /** The money of rejected rows, which is in no number of the report. */
  private static String missed(List<RejectedRows> rejected) {
    KpiFormat format = new KpiFormat(rejected.get(0).currency());
    List<String> amounts = new ArrayList<>();
    BigDecimal sales = sum(rejected, RejectedRows::sales);
    BigDecimal payments = sum(rejected, RejectedRows::payments);
    if (sales.signum() != 0) {
      amounts.add("sales of " + format.money(sales));
    }
    if (payments.signum() != 0) {
      amounts.add("payments of " + format.money(payments));
    }
    return amounts.isEmpty()
        ? ""
        : " In no number are their "
            + String.join(" and ", amounts)
            + ", as far as they can be read (rejected_amounts).";
  }

  private static BigDecimal sum(
      List<RejectedRows> rejected, Function<RejectedRows, BigDecimal> amount) {
    return rejected.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Optional<String> unusual(SourceFacts facts) {
    List<String> weeks =
        facts.volumes().stream()
            .map(
                volume ->
                    volume.source()
                        + " holds "
                        + KpiFormat.count(volume.rows())
                        + " rows of "
                        + volume.table().replace('_', ' ')
                        + " for the week of "
                        + KpiFormat.day(volume.weekStart())
                        + ", usual are "
                        + KpiFormat.count(Math.round(volume.usual())))
            .toList();
    return weeks.isEmpty() ? Optional.empty() : Optional.of(named(weeks) + ".");
  }

  /** KPIs that are not computed for the same reason are told together. */
  private static Optional<String> unavailable(Backing backing) {
    Map<String, String> labels =
        backing.shown().stream().collect(Collectors.toMap(Kpi::id, Kpi::label));
    Map<String, Map<String, Long>> byReason = new LinkedHashMap<>();
    for (Unavailable some : backing.sources().unavailable()) {
      if (labels.containsKey(some.kpi())
          && backing.locationNames().containsKey(some.locationId())) {
        byReason
            .computeIfAbsent(some.reason(), key -> new LinkedHashMap<>())
            .merge(labels.get(some.kpi()), 1L, Long::sum);
      }
    }
    int locations = backing.locationNames().size();
    return byReason.isEmpty()
        ? Optional.empty()
        : Optional.of(
            byReason.entrySet().stream()
                    .limit(NAMES)
                    .map(
                        entry ->
                            entry.getValue().entrySet().stream()
                                    .map(
                                        kpi ->
                                            kpi.getKey()
                                                + (kpi.getValue() == locations
                                                    ? ""
                                                    : " at "
                                                        + kpi.getValue()
                                                        + " of "
                                                        + locations
                                                        + " locations"))
                                    .collect(Collectors.joining(", "))
                                + ": "
                                + entry.getKey()
                                + ".")
                    .collect(Collectors.joining(" "))
                + (byReason.size() > NAMES ? " The rest is in the relation kpi_unavailable." : ""));
  }

  /**
   * The most harmful gaps first, as they are read. Locations that lack the same are told together;
   * the figures are of the one that is named.
   */
  private static Optional<String> incompleteLists(Backing backing) {
    Map<List<String>, List<IncompleteList>> told =
        backing.sources().incompleteLists().stream()
            .filter(list -> backing.locationNames().containsKey(list.locationId()))
            .collect(
                Collectors.groupingBy(
                    list ->
                        List.of(
                            list.label() + (list.isEmpty() ? ", empty" : ", in part"),
                            list.columnName()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return told.isEmpty()
        ? Optional.empty()
        : Optional.of(
            told.entrySet().stream()
                    .limit(LISTS)
                    .map(list -> list.getKey().get(0) + gap(backing, list.getValue()) + ".")
                    .collect(Collectors.joining(" "))
                + (told.size() > LISTS ? " The rest is in the relation list_completeness." : ""));
  }

  private static String gap(Backing backing, List<IncompleteList> lists) {
    IncompleteList first = lists.get(0);
    if (backing.locationNames().size() == 1) {
      return ": " + first.brings();
    }
    String place = backing.locationNames().get(first.locationId());
    return lists.size() == 1
        ? " at " + place + ": " + first.brings()
        : " at %s locations. %s: %s"
            .formatted(KpiFormat.count(lists.size()), place, first.brings());
  }

  private static String named(List<String> names) {
    return names.stream().limit(NAMES).collect(Collectors.joining("; "))
        + (names.size() > NAMES ? "; and " + (names.size() - NAMES) + " more" : "");
  }
}
