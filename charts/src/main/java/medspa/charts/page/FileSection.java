package medspa.charts.page;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import medspa.charts.figure.KpiFormat;
import medspa.charts.page.DataView.FileRow;
import medspa.charts.page.DataView.FileView;
import medspa.charts.read.SourceFacts.IngestedFile;

/** The ingested files: each of them, or as few sums as leave the table on one page. */
final class FileSection {
  /** Longer lists are summed up. */
  private static final int ROWS = 25;

  private FileSection() {}

  static FileView view(List<IngestedFile> files) {
    if (files.isEmpty()) {
      return new FileView("No file has been ingested.", List.of(), false, List.of());
    }
    if (files.size() <= ROWS) {
      return new FileView(
          words(),
          heads("Source", "File", "Table"),
          false,
          files.stream()
              .map(file -> row(file.source(), file.fileName(), file.table(), List.of(file)))
              .toList());
    }
    Map<List<String>, List<IngestedFile>> sources =
        groups(files, file -> List.of(file.source(), file.table()));
    if (sources.size() <= ROWS) {
      return summed(
          files,
          "source",
          heads("Source", "Files", "Table"),
          sources.entrySet().stream()
              .map(group -> counted(group.getKey().get(0), group.getKey().get(1), group.getValue()))
              .toList());
    }
    boolean isOne = files.stream().map(IngestedFile::practice).distinct().count() == 1;
    return summed(
        files,
        isOne ? "table" : "practice",
        heads(isOne ? "Table" : "Practice", "Files", "Sources"),
        groups(files, isOne ? file -> file.table() : file -> file.practice()).entrySet().stream()
            .map(
                group ->
                    counted(
                        group.getKey(),
                        KpiFormat.count(
                            group.getValue().stream().map(IngestedFile::source).distinct().count()),
                        group.getValue()))
            .toList());
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

  private static FileView summed(
      List<IngestedFile> files, String by, List<String> heads, List<FileRow> rows) {
    return new FileView(
        KpiFormat.count(files.size())
            + " files and tables, summed up by "
            + by
            + "; each of them is in the warehouse’s relation ingest_files. "
            + words(),
        heads,
        true,
        rows);
  }

  private static String words() {
    return "Rows read are accepted, duplicate (written twice), superseded (the key came again later"
        + " in the file) or rejected.";
  }

  private static List<String> heads(String first, String second, String third) {
    return List.of(
        first, second, third, "Read", "Accepted", "Duplicate", "Superseded", "Rejected", "Dates");
  }

  private static FileRow counted(String name, String third, List<IngestedFile> files) {
    return row(name, KpiFormat.count(files.size()), third, files);
  }

  private static FileRow row(String first, String second, String third, List<IngestedFile> files) {
    return new FileRow(
        first,
        second,
        third,
        List.of(
            sum(files, IngestedFile::read),
            sum(files, IngestedFile::accepted),
            sum(files, IngestedFile::duplicate),
            sum(files, IngestedFile::superseded),
            sum(files, IngestedFile::rejected)),
        dates(
            files.stream()
                .flatMap(file -> file.firstDate().stream())
                .min(Comparator.naturalOrder()),
            files.stream()
                .flatMap(file -> file.lastDate().stream())
                .max(Comparator.naturalOrder())));
  }

  private static String sum(List<IngestedFile> files, ToLongFunction<IngestedFile> count) {
    return KpiFormat.count(files.stream().mapToLong(count).sum());
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
