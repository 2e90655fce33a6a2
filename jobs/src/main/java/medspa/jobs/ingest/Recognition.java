package medspa.jobs.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.jobs.read.ExportFile;
import medspa.jobs.read.ExportReader;
import medspa.jobs.read.FileRefusedException;
import medspa.jobs.read.Format;

/**
 * Finds the mapping of an export by its header. A mapping fits where no required column is missing;
 * of several the one that knows the most of the columns is meant, and two that know equally many
 * are ambiguous.
 */
final class Recognition {
  private static final String ADVICE =
      "Check that the source's format fits the file; `medspa mapping list` shows the formats and"
          + " `medspa mapping check` tries one.";

  private final Collection<Mapping> candidates;
  private final String nextStep;

  Recognition(Collection<Mapping> candidates) {
    this(
        candidates,
        "Name the format of the source, or write a mapping; `medspa mapping check` helps.");
  }

  /**
   * Among some mappings.
   *
   * @param nextStep what to do with a file that none of them knows
   */
  Recognition(Collection<Mapping> candidates, String nextStep) {
    this.candidates = candidates;
    this.nextStep = nextStep;
  }

  /** How well a header fits a mapping. */
  private record Fit(Mapping mapping, List<String> missing, int unknown) {
    double share() {
      int required = mapping.header().required().size();
      return (required - missing.size()) / (double) Math.max(1, required);
    }
  }

  /**
   * The mapping of a file.
   *
   * @throws FileRefusedException if none fits or several do, or if the file cannot be read as any
   */
  Mapping recognise(ExportFile file) throws FileRefusedException {
    Map<Format, List<List<String>>> heads = new HashMap<>();
    List<Fit> fits = new ArrayList<>();
    FileRefusedException unreadable = null;
    for (Mapping mapping : candidates) {
      List<List<String>> head = heads.get(mapping.format());
      if (head == null) {
        try {
          head = ExportReader.head(file, mapping.format());
        } catch (FileRefusedException e) {
          unreadable = e;
          head = List.of();
        }
        heads.put(mapping.format(), head);
      }
      head.stream().map(row -> fit(mapping, row)).min(BEST_FIRST).ifPresent(fits::add);
    }
    if (heads.values().stream().allMatch(List::isEmpty) && unreadable != null) {
      throw unreadable;
    }
    List<Fit> whole =
        fits.stream().filter(fit -> fit.missing().isEmpty()).sorted(BEST_FIRST).toList();
    if (whole.isEmpty()) {
      throw FileRefusedException.file(
          "No mapping knows this header" + nearest(fits) + ".", nextStep);
    }
    if (whole.size() > 1 && whole.get(0).unknown() == whole.get(1).unknown()) {
      throw FileRefusedException.file(
          "The header fits "
              + name(whole.get(0).mapping())
              + " and "
              + name(whole.get(1).mapping())
              + " equally well.",
          "Name the one that is meant as the source's format.");
    }
    return whole.get(0).mapping();
  }

  private static final Comparator<Fit> BEST_FIRST =
      Comparator.comparingDouble(Fit::share).reversed().thenComparingInt(Fit::unknown);

  private static Fit fit(Mapping mapping, List<String> row) {
    List<String> columns = mapping.header().known(row);
    return new Fit(
        mapping, mapping.header().missing(columns), mapping.header().unknown(columns).size());
  }

  /**
   * Why the first rows of a file hold no header of a mapping, and which other mapping they are
   * nearest to. Names columns of mappings only: without a header, cells would be clients' names.
   */
  FileRefusedException refusal(Mapping mapping, List<List<String>> rows) {
    Fit fit =
        rows.stream()
            .map(row -> fit(mapping, row))
            .min(BEST_FIRST)
            .orElse(new Fit(mapping, mapping.header().required(), 0));
    int line =
        1
            + rows.indexOf(
                rows.stream()
                    .filter(r -> fit(mapping, r).equals(fit))
                    .findFirst()
                    .orElse(List.of()));
    boolean oneColumn = rows.stream().allMatch(row -> row.size() == 1);
    if (oneColumn && mapping.format().type() == Format.Type.DELIMITED) {
      return FileRefusedException.line(
          line,
          "The header has one column, where "
              + mapping.id()
              + " needs "
              + mapping.header().required().size()
              + ".",
          "Check the delimiter: an export with ; or tabs needs `file: {delimiter: …}` in its"
              + " mapping.");
    }
    List<Fit> others =
        candidates.stream()
            .filter(other -> !other.id().equals(mapping.id()))
            .flatMap(other -> rows.stream().map(row -> fit(other, row)).min(BEST_FIRST).stream())
            .toList();
    String where =
        rows.size() > 1
            ? "None of the first " + rows.size() + " rows is the header of "
            : "The header is not that of ";
    return FileRefusedException.column(
        line,
        fit.missing().isEmpty() ? "" : fit.missing().get(0),
        where
            + mapping.id()
            + ": it lacks "
            + String.join(", ", fit.missing())
            + nearest(others)
            + ".",
        ADVICE);
  }

  private static String nearest(List<Fit> fits) {
    Optional<Fit> best = fits.stream().filter(fit -> fit.share() > 0.5).min(BEST_FIRST);
    return best.map(
            fit ->
                fit.missing().isEmpty()
                    ? "; it looks like " + name(fit.mapping())
                    : "; nearest is "
                        + name(fit.mapping())
                        + ", for which it lacks "
                        + String.join(", ", fit.missing()))
        .orElse("");
  }

  /** The built-in format has one mapping per table. */
  private static String name(Mapping mapping) {
    return mapping.id().equals(Mappings.BUILT_IN) ? "the " + mapping.title() : mapping.id();
  }
}
