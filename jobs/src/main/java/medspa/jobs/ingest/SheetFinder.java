package medspa.jobs.ingest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import medspa.jobs.read.ExportFile;
import medspa.jobs.read.ExportReader;
import medspa.jobs.read.FileRefusedException;

/**
 * The sheets of a reference workbook that are read: those with the names that they were suggested
 * with, hidden or not, as somebody may hide what is done. Others, such as notes, are left alone,
 * unless they look like one of these under another name.
 */
final class SheetFinder {
  /** Every sheet has as many columns or more. */
  private static final int HEADS = 3;

  private final List<Mapping> mappings;

  /** Among the mappings of all sheets. */
  SheetFinder(List<Mapping> mappings) {
    this.mappings = mappings;
  }

  /**
   * What is read of a workbook, each by its sheet.
   *
   * @throws FileRefusedException if it is no workbook, has none of the sheets, or one that was
   *     renamed or copied
   */
  List<ExportFile> in(ExportFile file) throws FileRefusedException {
    List<ExportFile> found = new ArrayList<>();
    Set<String> tables = new HashSet<>();
    List<ExportReader.Sheet> sheets = ExportReader.sheets(file);
    for (int i = 0; i < sheets.size(); i++) {
      ExportFile sheet = file.onSheet(sheets.get(i).name());
      Optional<Mapping> mapping = byName(sheets.get(i).name());
      if (mapping.isPresent()) {
        found.add(sheet);
        tables.add(mapping.get().tables().get(0).table());
      } else if (!sheets.get(i).isHidden()) {
        refuseIfRenamed(sheet, i + 1);
      }
    }
    if (found.isEmpty()) {
      throw FileRefusedException.file(
          "The workbook has none of the sheets " + known() + ".",
          "Fill in the workbook that `medspa reference suggest` writes, and keep the names of its"
              + " sheets.");
    }
    if (tables.size() < found.size()) {
      throw FileRefusedException.file(
          "Two sheets of the workbook have the same name but for capital letters.",
          "Keep one of them under the name that it was suggested with.");
    }
    return found;
  }

  private String known() {
    return mappings.stream()
        .map(mapping -> ReferenceFormat.sheet(mapping).name())
        .collect(Collectors.joining(", "));
  }

  private Optional<Mapping> byName(String sheet) {
    return mappings.stream()
        .filter(mapping -> ReferenceFormat.sheet(mapping).isCalled(sheet))
        .findFirst();
  }

  /** What stands in such a sheet was written down, and would be left out without a word. */
  private void refuseIfRenamed(ExportFile sheet, int number) throws FileRefusedException {
    for (Mapping mapping : mappings) {
      if (head(mapping, sheet).stream().anyMatch(row -> isHeader(mapping, row))) {
        String name = ReferenceFormat.sheet(mapping).name();
        throw FileRefusedException.file(
            "Sheet number " + number + " has the columns of " + name + " under another name.",
            "Name it " + name + " if it is meant, or take out its heading.");
      }
    }
  }

  /** Whether a row is a header and no sentence that names a column. */
  private static boolean isHeader(Mapping mapping, List<String> row) {
    List<String> known = mapping.header().known(row);
    return mapping.header().missing(known).isEmpty()
        && mapping.header().read().stream().filter(known::contains).count() >= HEADS;
  }

  /**
   * The mapping of a sheet.
   *
   * @throws FileRefusedException if it lacks a column that tells what its rows are about
   */
  Mapping mapping(ExportFile file) throws FileRefusedException {
    String name = file.sheet().orElseThrow();
    Mapping mapping = byName(name).orElseThrow();
    if (!hasHeader(mapping, file)) {
      List<List<String>> rows = head(mapping, file);
      List<String> missing =
          rows.stream()
              .map(row -> mapping.header().missing(mapping.header().known(row)))
              .min((one, other) -> Integer.compare(one.size(), other.size()))
              .orElse(mapping.header().required());
      throw FileRefusedException.column(
          1,
          missing.get(0),
          "The sheet lacks the column " + String.join(", and ", missing) + ".",
          "Give the columns the names that they were suggested with; their order is free.");
    }
    return ReferenceFormat.called(mapping, name);
  }

  private static boolean hasHeader(Mapping mapping, ExportFile sheet) throws FileRefusedException {
    return head(mapping, sheet).stream()
        .anyMatch(row -> mapping.header().missing(mapping.header().known(row)).isEmpty());
  }

  private static List<List<String>> head(Mapping mapping, ExportFile sheet)
      throws FileRefusedException {
    return ExportReader.head(
        sheet,
        mapping.format().onSheet(sheet.sheet().orElseThrow(), ReferenceFormat.HEADER_WITHIN));
  }
}
