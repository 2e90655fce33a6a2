package medspa.pipelines.deliver;

import java.util.List;
import java.util.Optional;

/**
 * What is delivered to whom.
 *
 * @param mail how mail is sent; empty where none is
 * @param audiences of each practice, in the order of the configuration
 */
public record DeliverySettings(Optional<Mail> mail, List<Audience> audiences) {
  /** Copies the audiences. */
  public DeliverySettings {
    audiences = List.copyOf(audiences);
  }

  /**
   * How mail is sent.
   *
   * @param from the sender, an address with or without a name
   * @param replyTo where answers go, if not there
   * @param linkBase where the reports can be read, if they are not attached
   */
  public record Mail(
      MailServer server, String from, Optional<String> replyTo, Optional<String> linkBase) {}

  /**
   * Who gets what of a practice, and of no other.
   *
   * @param recipients addresses that get its letter
   * @param slackEnv variable of the webhook of a Slack channel that gets its alerts
   * @param teamsEnv variable of the webhook of a Teams channel that gets its alerts
   */
  public record Audience(
      String practiceId,
      List<String> recipients,
      Optional<String> slackEnv,
      Optional<String> teamsEnv) {
    /** Copies the addresses. */
    public Audience {
      recipients = List.copyOf(recipients);
    }
  }
}
