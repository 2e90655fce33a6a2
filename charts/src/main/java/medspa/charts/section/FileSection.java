package medspa.charts.section;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.SourceFacts.IngestedFile;
import medspa.charts.read.SourceFacts.RowCounts;

/** The ingested files: each of them, or as few sums as leave the table on one page. */
public final class FileSection implements Section<Backing> {
  /** Longer lists are summed up. */
  private static final int ROWS = 25;

  private static final List<Column> COUNTS =
      Stream.of("Read", "Accepted", "Duplicate", "Superseded", "Rejected")
          .map(head -> Column.numbers(head, 8.4))
          .toList();

  @Override
  public List<Block> blocks(Backing backing) {
    return List.of(passage(backing.sources().delivered().files()));
  }

  private static Passage passage(List<IngestedFile> files) {
    if (files.isEmpty()) {
      return passage("No file has been ingested.");
    }
    if (files.size() <= ROWS) {
      return passage(
          words(),
          table(
              List.of(
                  Column.words("Source", 13),
                  Column.words("File", 18),
                  Column.words("Table", 13.5)),
              13.5,
              files.stream()
                  .map(
                      file ->
                          row(
                              file.source(),
                              Cell.of(file.fileName()),
                              Cell.of(file.table()),
                              List.of(file)))
                  .toList()));
    }
    Map<List<String>, List<IngestedFile>> sources =
        groups(files, file -> List.of(file.source(), file.table()));
    if (sources.size() <= ROWS) {
      return summed(
          files,
          "source",
          List.of("Source", "Table"),
          sources.entrySet().stream()
              .map(
                  group ->
                      counted(
                          group.getKey().get(0), Cell.of(group.getKey().get(1)), group.getValue()))
              .toList());
    }
    boolean isOne = files.stream().map(IngestedFile::practice).distinct().count() == 1;
    return summed(
        files,
        isOne ? "table" : "practice",
        List.of(isOne ? "Table" : "Practice", "Sources"),
        groups(files, isOne ? file -> file.table() : file -> file.practice()).entrySet().stream()
            .map(
                group ->
                    counted(
                        group.getKey(),
                        Cells.count(
                            group.getValue().stream().map(IngestedFile::source).distinct().count()),
                        group.getValue()))
            .toList());
  }

  private static Passage passage(String note, Block... table) {
    return new Passage(
        Stream.concat(
                Stream.of(new Block.Heading("Files ingested"), Block.Sentence.explains(note)),
                Stream.of(table))
            .toList());
  }

  private static Table table(List<Column> names, double datesWidth, List<Row> rows) {
    return new Table(
        Table.Look.TIGHT,
        Stream.of(names, COUNTS, List.of(Column.wordsApart("Dates", datesWidth)))
            .flatMap(List::stream)
            .toList(),
        rows);
  }

  /** In the order of the keys. */
  private static <K> Map<K, List<IngestedFile>> groups(
      List<IngestedFile> files, Function<IngestedFile, K> key) {
    return files.stream()
        .collect(
            Collectors.groupingBy(
                key,
                () -> new TreeMap<K, List<IngestedFile>>(Comparator.comparing(String::valueOf)),
                Collectors.toList()));
  }

  /**
   * Sums of files.
   *
   * @param names of the first column and of the one behind the number of files
   */
  private static Passage summed(
      List<IngestedFile> files, String by, List<String> names, List<Row> rows) {
    return passage(
        KpiFormat.count(files.size())
            + " files and tables, summed up by "
            + by
            + "; each of them is in the warehouse’s relation ingest_files. "
            + words(),
        table(
            List.of(
                Column.words(names.get(0), 18),
                Column.numbers("Files", 6),
                Column.wordsApart(names.get(1), 16)),
            18,
            rows));
  }

  private static String words() {
    return "Rows read are accepted, duplicate (written twice), superseded (the key came again later"
        + " in the file) or rejected.";
  }

  private static Row counted(String name, Cell third, List<IngestedFile> files) {
    return row(name, Cells.count(files.size()), third, files);
  }

  private static Row row(String first, Cell second, Cell third, List<IngestedFile> files) {
    return Row.of(
        first,
        second,
        third,
        sum(files, RowCounts::read),
        sum(files, RowCounts::accepted),
        sum(files, RowCounts::duplicate),
        sum(files, RowCounts::superseded),
        sum(files, RowCounts::rejected),
        Cell.of(
            dates(
                files.stream()
                    .flatMap(file -> file.firstDate().stream())
                    .min(Comparator.naturalOrder()),
                files.stream()
                    .flatMap(file -> file.lastDate().stream())
                    .max(Comparator.naturalOrder()))));
  }

  private static Cell sum(List<IngestedFile> files, ToLongFunction<RowCounts> count) {
    return Cells.count(files.stream().map(IngestedFile::rows).mapToLong(count).sum());
  }

  private static String dates(Optional<LocalDate> first, Optional<LocalDate> last) {
    if (first.isEmpty() || last.isEmpty()) {
      return KpiFormat.NONE;
    }
    return first.get().equals(last.get())
        ? KpiFormat.shortFullDay(first.get())
        : (first.get().getYear() == last.get().getYear()
                ? KpiFormat.day(first.get())
                : KpiFormat.shortFullDay(first.get()))
            + " to "
            + KpiFormat.shortFullDay(last.get());
  }
}
