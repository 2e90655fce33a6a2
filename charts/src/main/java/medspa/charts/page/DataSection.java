package medspa.charts.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import medspa.charts.figure.KpiFormat;
import medspa.charts.page.DataView.RefusedRow;
import medspa.charts.page.DataView.RejectedRow;
import medspa.charts.page.DataView.SourceRow;
import medspa.charts.page.DataView.UnavailableRow;
import medspa.charts.read.Kpi;
import medspa.charts.read.Run;
import medspa.charts.read.SourceFacts;
import medspa.charts.read.SourceFacts.Restated;
import medspa.charts.read.SourceFacts.Source;
import medspa.charts.read.SourceFacts.Volume;

/** The page that says what is in the numbers and what is not. */
final class DataSection {
  private static final int REJECTED = 25;
  private static final int SOURCES = 25;
  private static final int NAMES = 6;

  /** Weeks far from usual that are told; the warehouse holds all. */
  private static final int VOLUMES = 6;

  /** Causes of restatements that are told; the warehouse holds all. */
  private static final int CAUSES = 8;

  /** A share of rejected rows above this is told. */
  private static final double SHARE_TO_TELL = 0.01;

  private final Run run;
  private final List<Kpi> kpis;
  private final Map<String, String> locationNames;

  /**
   * A page about one publication.
   *
   * @param locationNames what the locations that may be named are called, by id
   */
  DataSection(Run run, List<Kpi> kpis, Map<String, String> locationNames) {
    this.run = run;
    this.kpis = kpis;
    this.locationNames = locationNames;
  }

  DataView view(SourceFacts facts) {
    return new DataView(
        FileSection.view(facts.files()),
        rejected(facts),
        facts.refused().stream()
            .map(
                file ->
                    new RefusedRow(
                        file.fileName(),
                        where(file),
                        KpiSections.sentence(file.problem()),
                        file.nextStep().isBlank()
                            ? KpiFormat.NONE
                            : KpiSections.sentence(file.nextStep())))
            .toList(),
        sources(facts),
        sourceNotes(facts),
        unavailable(facts),
        IdentitySection.view(facts),
        provenance(),
        restated(facts),
        run.privacyNote());
  }

  private static List<RejectedRow> rejected(SourceFacts facts) {
    List<RejectedRow> rows =
        facts.rejected().stream()
            .limit(REJECTED)
            .map(
                some ->
                    new RejectedRow(
                        some.source(),
                        some.table(),
                        some.column().orElse(KpiFormat.NONE),
                        some.reason().replace('_', ' '),
                        KpiFormat.count(some.rows()),
                        some.exampleFile()
                            + (some.exampleLine().isPresent()
                                ? ", line " + KpiFormat.count(some.exampleLine().getAsLong())
                                : "")))
            .collect(Collectors.toCollection(ArrayList::new));
    long rest =
        facts.rejected().stream().skip(REJECTED).mapToLong(SourceFacts.RejectedRows::rows).sum();
    if (rest > 0) {
      rows.add(
          new RejectedRow(
              "Other",
              KpiFormat.NONE,
              KpiFormat.NONE,
              "rarer reasons",
              KpiFormat.count(rest),
              "–"));
    }
    return rows;
  }

  private static String where(SourceFacts.RefusedFile file) {
    List<String> parts = new ArrayList<>();
    file.line().ifPresent(line -> parts.add("line " + KpiFormat.count(line)));
    file.column().ifPresent(column -> parts.add("column " + column));
    return parts.isEmpty() ? "whole file" : String.join(", ", parts);
  }

  private static boolean isNoteworthy(Source source) {
    return List.of("missing", "refused", "late").contains(source.state());
  }

  private static List<SourceRow> sources(SourceFacts facts) {
    boolean all = facts.sources().size() <= SOURCES;
    return facts.sources().stream()
        .filter(source -> all || isNoteworthy(source))
        .map(
            source ->
                new SourceRow(
                    source.name(),
                    KpiFormat.count(source.files()),
                    source.newestDate().map(KpiFormat::shortFullDay).orElse(KpiFormat.NONE),
                    source.expectedEveryDays().isPresent()
                        ? every(source.expectedEveryDays().getAsInt())
                        : "not said",
                    css(source),
                    label(source)))
        .toList();
  }

  private static String css(Source source) {
    return isNoteworthy(source) ? "off" : source.state().equals("current") ? "on" : "open";
  }

  /** The state in words, with a sign that does not need its colour. */
  private static String label(Source source) {
    return switch (source.state()) {
      case "missing" -> "■ Missing";
      case "refused" -> "■ Refused";
      case "late" -> "■ Late";
      case "current" -> "● Up to date";
      case "nothing yet" -> "○ No files of its own";
      default -> "○ Not watched";
    };
  }

  private static String every(int days) {
    return days == 1 ? "every day" : "every " + days + " days";
  }

  /** What an owner must know of the sources, one sentence each. */
  private static List<String> sourceNotes(SourceFacts facts) {
    List<String> notes = new ArrayList<>();
    long noteworthy = facts.sources().stream().filter(DataSection::isNoteworthy).count();
    notes.add(
        noteworthy == 0
            ? "No source is late or missing."
            : KpiFormat.count(noteworthy)
                + (noteworthy == 1 ? " source is" : " sources are")
                + " late, missing or refused: numbers that need them are older than they look.");
    for (Source source : facts.sources()) {
      if (source.rejectShare().orElse(0) > SHARE_TO_TELL) {
        notes.add(
            "Of the rows of "
                + source.name()
                + " in the last 28 days "
                + String.format(Locale.ROOT, "%.1f", 100 * source.rejectShare().getAsDouble())
                + " % were rejected and are in no number.");
      }
    }
    for (Volume volume : facts.volumes().stream().limit(VOLUMES).toList()) {
      notes.add(
          volume.source()
              + " holds "
              + KpiFormat.count(volume.rows())
              + " rows of "
              + volume.table().replace('_', ' ')
              + " for the week of "
              + KpiFormat.shortFullDay(volume.weekStart())
              + "; usual are "
              + KpiFormat.count(Math.round(volume.usual()))
              + ". Check whether the export is complete.");
    }
    long hidden =
        facts.sources().size() <= SOURCES
            ? 0
            : facts.sources().stream().filter(source -> !isNoteworthy(source)).count();
    if (hidden > 0) {
      notes.add(KpiFormat.count(hidden) + " sources without a problem are not listed.");
    }
    return notes;
  }

  /** KPIs that have no value for the same reason at the same locations share a row. */
  private List<UnavailableRow> unavailable(SourceFacts facts) {
    Map<List<String>, List<String>> locations = new LinkedHashMap<>();
    for (Kpi kpi : kpis) {
      facts.unavailable().stream()
          .filter(u -> u.kpi().equals(kpi.id()) && locationNames.containsKey(u.locationId()))
          .forEach(
              u ->
                  locations
                      .computeIfAbsent(List.of(kpi.label(), u.reason()), key -> new ArrayList<>())
                      .add(locationNames.get(u.locationId())));
    }
    Map<List<String>, List<String>> labels = new LinkedHashMap<>();
    locations.forEach(
        (key, names) ->
            labels
                .computeIfAbsent(List.of(key.get(1), names(names)), k -> new ArrayList<>())
                .add(key.get(0)));
    List<UnavailableRow> rows = new ArrayList<>();
    labels.forEach(
        (key, kpiLabels) ->
            rows.add(
                new UnavailableRow(
                    String.join(", ", kpiLabels), KpiSections.sentence(key.get(0)), key.get(1))));
    return rows;
  }

  private String names(List<String> names) {
    if (names.size() > 1 && names.size() == locationNames.size()) {
      return "all " + names.size() + " locations";
    }
    String shown = names.stream().sorted().limit(NAMES).collect(Collectors.joining(", "));
    return names.size() > NAMES ? shown + " and " + (names.size() - NAMES) + " more" : shown;
  }

  /** Numbers of the shown locations that were published and have changed since, by cause. */
  private List<String> restated(SourceFacts facts) {
    Map<String, List<Restated>> byCause =
        facts.restated().stream()
            .filter(some -> locationNames.containsKey(some.locationId()))
            .collect(
                Collectors.groupingBy(
                    DataSection::because, LinkedHashMap::new, Collectors.toList()));
    List<String> sentences = new ArrayList<>();
    byCause.forEach(
        (because, some) -> {
          long numbers = some.stream().mapToLong(Restated::numbers).sum();
          sentences.add(
              KpiFormat.count(numbers)
                  + (numbers == 1 ? " published number" : " published numbers")
                  + weeks(some)
                  + (numbers == 1 ? " has changed since, " : " have changed since, ")
                  + because
                  + ".");
        });
    if (sentences.size() > CAUSES) {
      int more = sentences.size() - CAUSES;
      sentences.subList(CAUSES, sentences.size()).clear();
      sentences.add(
          KpiFormat.count(more) + " more causes are in the warehouse’s relation restatements.");
    }
    return sentences;
  }

  private static String weeks(List<Restated> some) {
    LocalDate first =
        some.stream().map(Restated::firstWeek).min(Comparator.naturalOrder()).orElseThrow();
    LocalDate last =
        some.stream().map(Restated::lastWeek).max(Comparator.naturalOrder()).orElseThrow();
    return first.equals(last)
        ? " of the week of " + KpiFormat.shortFullDay(first)
        : " of the weeks of "
            + KpiFormat.shortFullDay(first)
            + " to "
            + KpiFormat.shortFullDay(last);
  }

  private static String because(Restated some) {
    return switch (some.cause()) {
      case "file" -> "because of the file " + some.fileName().orElse("that is not named");
      case "configuration" -> "because the configuration changed";
      case "code" -> "because the program changed";
      case "definition" -> "because the KPI’s definition changed";
      case "as_of" -> "because later events made them known";
      default -> "for a reason that is not known";
    };
  }

  private List<String> provenance() {
    List<String> sentences = new ArrayList<>();
    if (run.knownAt().isPresent()) {
      sentences.add(
          "This report looks back: only files up to ingestion "
              + KpiFormat.count(run.knownAt().getAsLong())
              + " are in it, as they were then. What came or was corrected later is not.");
    }
    sentences.add(
        "Nothing from "
            + KpiFormat.fullDay(run.asOf())
            + " on is in the numbers; days and weeks are cut in each location’s own time zone.");
    sentences.add(
        "Publication "
            + run.runId()
            + ", made of "
            + KpiFormat.count(run.bronzeFiles())
            + " ingested files by Medspa Analytics "
            + run.codeVersion()
            + "; configuration "
            + run.configurationDigest()
            + ".");
    return List.copyOf(sentences);
  }
}
