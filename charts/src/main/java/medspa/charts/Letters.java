package medspa.charts;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import medspa.charts.document.Block;
import medspa.charts.document.Block.Sentence.Voice;
import medspa.charts.document.Document;
import medspa.charts.figure.KpiFormat;
import medspa.charts.html.HtmlRenderer;
import medspa.charts.html.MailRenderer;
import medspa.charts.html.MailRenderer.Frame;
import medspa.charts.html.MailRenderer.Mail;
import medspa.charts.pdf.PdfRenderer;
import medspa.charts.read.Location;
import medspa.charts.read.NewSignal;
import medspa.charts.read.Practice;
import medspa.charts.read.PracticeFacts;
import medspa.charts.read.PublishedWarehouse;
import medspa.charts.read.Run;
import medspa.charts.report.OwnerReport;
import medspa.warehouse.lake.Sha256;

/**
 * The owners' letters of the week that the published warehouse computed last, to be sent: one at a
 * time, so that memory does not grow with the number of practices.
 */
public final class Letters implements AutoCloseable {
  private final PublishedWarehouse warehouse;
  private final MailRenderer mails = new MailRenderer();
  private final HtmlRenderer pages = new HtmlRenderer();

  private Letters(PublishedWarehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Opens the warehouse.
   *
   * @throws medspa.warehouse.query.QueryException if it is not there or no published warehouse
   */
  public static Letters open(Path warehouseFile) {
    return new Letters(PublishedWarehouse.open(warehouseFile));
  }

  /** First day of the week that the letters are of. */
  public LocalDate week() {
    return warehouse.run().lastWeek();
  }

  /** Digest of all that went into the numbers. */
  public String runId() {
    return warehouse.run().runId();
  }

  /** Where {@code medspa report} writes the letter of a practice. */
  public static Path file(Path reports, LocalDate week, String practiceId) {
    return reports.resolve(week.toString()).resolve(practiceId + "-weekly.pdf");
  }

  /** The letter of a practice; empty if the published warehouse does not know the practice. */
  public Optional<Letter> of(String practiceId) {
    return warehouse.practices().stream()
        .filter(practice -> practice.id().equals(practiceId))
        .findFirst()
        .map(this::letter);
  }

  private Letter letter(Practice practice) {
    PracticeFacts facts = warehouse.practiceFacts(practice, Optional.empty());
    LocalDate end = week().plusDays(6);
    return new Letter(
        document(warehouse.run(), facts),
        pages.render(document(whoeverMadeIt(warehouse.run()), facts)),
        practice.name()
            + ": week of "
            + KpiFormat.day(week())
            + " to "
            + KpiFormat.shortFullDay(end),
        signals(practice));
  }

  private Document document(Run run, PracticeFacts facts) {
    return new OwnerReport().of(run, warehouse.kpis(), facts);
  }

  /** The run without what a letter names of it though its numbers do not depend on it. */
  private static Run whoeverMadeIt(Run run) {
    return new Run("", run.asOf(), run.knownAt(), run.lastWeek(), 0, "", "", run.privacyNote());
  }

  /** One sentence for each KPI and place, by the first rule. */
  private List<String> signals(Practice practice) {
    Map<String, String> names =
        warehouse.locations(practice.id()).stream()
            .collect(Collectors.toMap(Location::id, Location::name));
    KpiFormat format = new KpiFormat(practice.currency());
    Set<String> told = new HashSet<>();
    return warehouse.newSignals(practice.id()).stream()
        .filter(signal -> told.add(signal.locationId().orElse("") + " " + signal.kpi().id()))
        .map(signal -> sentence(signal, names, format))
        .toList();
  }

  private static String sentence(NewSignal signal, Map<String, String> names, KpiFormat format) {
    return signal.locationId().map(id -> names.getOrDefault(id, id) + ": ").orElse("")
        + signal.kpi().label()
        + " "
        + format.value(signal.kpi().unit(), signal.value())
        + ", "
        + signal.rule().words()
        + (signal.isFavourable() ? " (better)" : " (worse)");
  }

  /** The letter of one practice. */
  public final class Letter {
    private final Document document;
    private final String said;
    private final String subject;
    private final List<String> signals;

    private Letter(Document document, String said, String subject, List<String> signals) {
      this.document = document;
      this.said = said;
      this.subject = subject;
      this.signals = signals;
    }

    /** Whose letter it is and of which week. */
    public String subject() {
      return subject;
    }

    /** Whether the week was good, in one or a few sentences. */
    public String verdict() {
      return document.chapters().get(0).blocks().stream()
          .filter(Block.Sentence.class::isInstance)
          .map(Block.Sentence.class::cast)
          .filter(sentence -> sentence.voice() == Voice.HEADLINE)
          .map(Block.Sentence::text)
          .findFirst()
          .orElseThrow();
    }

    /** What is more than noise since this week, a sentence each; what got worse first. */
    public List<String> signals() {
      return signals;
    }

    /** Its first page as the body of a mail. */
    public Mail mail(Frame frame) {
      return mails.render(document, document.chapters().get(0), frame);
    }

    /**
     * SHA-256 of all that the report says and shows, but for which publication it is of: that of
     * another one with the same numbers is the same.
     */
    public String digest() {
      return Sha256.of(said);
    }

    /** Whether a file is this letter of this publication. */
    public boolean isIn(byte[] pdf) {
      return PdfRenderer.isOf(pdf, document);
    }
  }

  @Override
  public void close() {
    warehouse.close();
  }
}
