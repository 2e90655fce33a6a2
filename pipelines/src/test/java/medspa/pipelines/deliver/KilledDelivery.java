package medspa.pipelines.deliver;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import medspa.pipelines.deliver.DeliverySettings.Audience;
import medspa.pipelines.deliver.MailServer.Security;
import medspa.warehouse.history.History;

/** A delivery of one letter in a process of its own, to be killed. */
final class KilledDelivery {
  private KilledDelivery() {}

  /** Port, directory of the history, recipient. */
  public static void main(String[] arguments) {
    Duration patience = Duration.ofSeconds(20);
    Delivery.run(
        new Delivery.Request(
            new DeliverySettings(
                Optional.of(
                    new DeliverySettings.Mail(
                        new MailServer(
                            "localhost",
                            Integer.parseInt(arguments[0]),
                            Security.NONE,
                            Optional.empty(),
                            "NONE",
                            patience,
                            patience),
                        "reports@medspa.example",
                        Optional.empty(),
                        Optional.empty())),
                List.of(
                    new Audience(
                        "glow", List.of(arguments[2]), Optional.empty(), Optional.empty()))),
            DeliveryTest.WEEK,
            "run-1",
            practice -> Optional.of(new MadeUpLetter(practice, "94.6k", true)),
            new History(Path.of(arguments[1])).deliveries(),
            false,
            new Receivers(
                variable -> Optional.empty(),
                Clock.fixed(Instant.parse("2026-11-16T13:00:00Z"), ZoneOffset.UTC),
                Optional.empty()),
            line -> {}));
  }
}
