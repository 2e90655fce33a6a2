package medspa.charts.section;

import java.util.ArrayList;
import java.util.List;
import medspa.charts.document.Block;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.Run;

/** Which publication the numbers are of, and what it holds in the sense of privacy. */
public final class ProvenanceSection implements Section<Backing> {
  @Override
  public List<Block> blocks(Backing backing) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("What is in these numbers, and what is not"));
    blocks.addAll(Block.Sentence.explaining(sentences(backing.run())));
    blocks.add(new Block.Sentence(Block.Sentence.Voice.NOTICE, backing.run().privacyNote()));
    return blocks;
  }

  /** All of it, with the digests that say that two publications are the same. */
  private static List<String> sentences(Run run) {
    List<String> sentences = new ArrayList<>(limits(run));
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

  /** Up to when something counts, and which publication it is. */
  static List<String> inBrief(Run run) {
    List<String> sentences = new ArrayList<>(limits(run));
    sentences.add("Publication " + run.runId() + " by Medspa Analytics " + run.codeVersion() + ".");
    return List.copyOf(sentences);
  }

  private static List<String> limits(Run run) {
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
    return List.copyOf(sentences);
  }
}
