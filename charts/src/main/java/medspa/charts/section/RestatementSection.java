package medspa.charts.section;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import medspa.charts.document.Block;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.SourceFacts.Restated;

/** Published numbers that have changed since, by cause. */
public final class RestatementSection implements Section<Backing> {
  /** Causes that are told; the warehouse holds all. */
  private static final int CAUSES = 8;

  @Override
  public List<Block> blocks(Backing backing) {
    List<String> sentences = sentences(backing);
    if (sentences.isEmpty()) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("Published numbers that have changed since"));
    blocks.addAll(Block.Sentence.explaining(sentences));
    return blocks;
  }

  /** Numbers of the shown locations that were published and have changed since, by cause. */
  static List<String> sentences(Backing backing) {
    Map<String, List<Restated>> byCause =
        backing.sources().restated().stream()
            .filter(some -> backing.locationNames().containsKey(some.locationId()))
            .collect(
                Collectors.groupingBy(
                    RestatementSection::because, LinkedHashMap::new, Collectors.toList()));
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
}
