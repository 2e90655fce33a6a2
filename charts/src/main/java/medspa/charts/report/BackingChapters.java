package medspa.charts.report;

import java.util.List;
import medspa.charts.document.Chapter;
import medspa.charts.document.Chapter.Bookmark;
import medspa.charts.section.Backing;
import medspa.charts.section.DefinitionSection;
import medspa.charts.section.FileSection;
import medspa.charts.section.IdentitySection;
import medspa.charts.section.ProvenanceSection;
import medspa.charts.section.RefusedSection;
import medspa.charts.section.RejectedSection;
import medspa.charts.section.RestatementSection;
import medspa.charts.section.Section;
import medspa.charts.section.SourceSection;
import medspa.charts.section.UnavailableSection;

/**
 * The chapters behind every report: its definitions, and what is in its numbers and what is not.
 */
final class BackingChapters {
  /** The head of the pages that hold them. */
  static final String HEAD = "Figures, definitions and data";

  private static final List<Section<Backing>> DATA =
      List.of(
          new ProvenanceSection(),
          new RestatementSection(),
          new UnavailableSection(),
          new RefusedSection(),
          new RejectedSection(),
          new SourceSection(),
          new IdentitySection(),
          new FileSection());

  private BackingChapters() {}

  static List<Chapter> of(Backing backing) {
    return List.of(
        Chapter.following(
                new Bookmark("Definitions", "definitions"), new DefinitionSection().blocks(backing))
            .headed(HEAD),
        Chapter.following(
            new Bookmark("Data", "data"),
            DATA.stream().flatMap(section -> section.blocks(backing).stream()).toList()));
  }
}
