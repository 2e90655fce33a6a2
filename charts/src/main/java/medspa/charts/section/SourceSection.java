package medspa.charts.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.SourceFacts;
import medspa.charts.read.SourceFacts.OtherUnit;
import medspa.charts.read.SourceFacts.Source;
import medspa.charts.read.SourceFacts.Volume;

/** The sources of a practice: how fresh each is, and which hold far from what is usual. */
public final class SourceSection implements Section<Backing> {
  /** Of more only those with a problem are listed. */
  private static final int SOURCES = 25;

  /** Weeks far from usual that are told; the warehouse holds all. */
  private static final int VOLUMES = 6;

  /** A share of rejected rows above this is told. */
  private static final double SHARE_TO_TELL = 0.01;

  private static final List<Column> COLUMNS =
      List.of(
          Column.words("Source", 36),
          Column.numbers("Files", 10),
          Column.wordsApart("Newest row", 18),
          Column.words("Expected", 18),
          Column.words("State", 18));

  @Override
  public List<Block> blocks(Backing backing) {
    SourceFacts facts = backing.sources();
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("Sources and how fresh they are"));
    blocks.addAll(Block.Sentence.explaining(notes(facts)));
    otherUnits(backing).map(Block.Sentence::explains).ifPresent(blocks::add);
    List<Row> rows = rows(facts);
    if (!rows.isEmpty()) {
      blocks.add(new Table(Table.Look.SMALL, COLUMNS, rows));
    }
    return List.of(new Passage(blocks));
  }

  static boolean isNoteworthy(Source source) {
    return List.of("missing", "refused", "late").contains(source.state());
  }

  private static List<Row> rows(SourceFacts facts) {
    boolean all = facts.sources().size() <= SOURCES;
    return facts.sources().stream()
        .filter(source -> all || isNoteworthy(source))
        .map(
            source ->
                Row.of(
                    source.name(),
                    Cells.count(source.files()),
                    Cells.day(source.newestDate()),
                    Cell.of(
                        source.expectedEveryDays().isPresent()
                            ? every(source.expectedEveryDays().getAsInt())
                            : "not said"),
                    Cell.of(label(source)).in(tone(source))))
        .toList();
  }

  private static Tone tone(Source source) {
    if (isNoteworthy(source)) {
      return Tone.OFF;
    }
    return source.state().equals("current") ? Tone.ON : Tone.OPEN;
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

  /** Counts that are in no number, because they seem to be of another unit. */
  static Optional<String> otherUnits(Backing backing) {
    List<OtherUnit> units =
        backing.sources().otherUnits().stream()
            .filter(some -> backing.locationNames().containsKey(some.locationId()))
            .toList();
    return units.stream()
        .findFirst()
        .map(
            newest -> {
              long counts = units.stream().mapToLong(OtherUnit::counts).sum();
              return KpiFormat.count(counts)
                  + (counts == 1
                      ? " stock count fits another unit than the books and sets nothing: that of "
                      : " stock counts fit another unit than the books and set nothing, the newest"
                          + " of ")
                  + newest.product()
                  + " at "
                  + backing.locationNames().get(newest.locationId())
                  + " on "
                  + KpiFormat.shortFullDay(newest.newestOn())
                  + ". Count again in the unit of the product’s movements, or adjust the stock.";
            });
  }

  /** What an owner must know of the sources, one sentence each. */
  private static List<String> notes(SourceFacts facts) {
    List<String> notes = new ArrayList<>();
    long noteworthy = facts.sources().stream().filter(SourceSection::isNoteworthy).count();
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
}
