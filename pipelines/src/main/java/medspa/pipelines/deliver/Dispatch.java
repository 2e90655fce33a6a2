package medspa.pipelines.deliver;

import java.util.List;
import medspa.charts.html.MailRenderer.Frame;
import medspa.charts.html.MailRenderer.Mail;

/** What there is to deliver of one practice. */
public interface Dispatch {
  /** The report as it was written. */
  byte[] pdf();

  /** Digest of what the report says, which is the same on any paper and of any publication. */
  String content();

  /** Whose letter it is and of which week. */
  String subject();

  /** Whether the week was good. */
  String verdict();

  /** What is more than noise since this week, a sentence each. */
  List<String> signals();

  /** The letter as the body of a mail. */
  Mail mail(Frame frame);

  /** Whether the report is of the published numbers, and of this practice. */
  boolean isPublished();
}
