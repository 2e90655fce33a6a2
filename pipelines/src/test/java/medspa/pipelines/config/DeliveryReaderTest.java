package medspa.pipelines.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import medspa.pipelines.deliver.DeliverySettings;
import medspa.pipelines.deliver.DeliverySettings.Audience;
import medspa.pipelines.deliver.MailServer;
import medspa.pipelines.deliver.MailServer.Security;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.definition.InvalidDefinitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code delivery:} and the practices say about who gets what. */
class DeliveryReaderTest {
  @TempDir Path directory;

  private DeliverySettings read(String practice, String delivery) throws Exception {
    Files.writeString(
        directory.resolve("medspa.yaml"),
        """
        practices:
          - id: glow
            name: Glow
            locations: [{id: austin, name: Austin, time_zone: America/Chicago}]
        %s
        sources: [{name: s, format: medspa, table: products, practice: glow, from: x}]
        %s
        """
            .formatted(practice.indent(4), delivery));
    return WorkspaceLoader.load(directory).delivery();
  }

  @Test
  void whatIsNotSaidIsUsual() throws Exception {
    DeliverySettings settings =
        read(
            "recipients: [owner@glow.example]",
            "delivery: {host: smtp.example.com, user: me, from: Glow <glow@example.com>}");
    assertThat(settings.mail())
        .contains(
            new DeliverySettings.Mail(
                new MailServer(
                    "smtp.example.com",
                    587,
                    Security.STARTTLS,
                    Optional.of("me"),
                    "MEDSPA_SMTP_PASSWORD",
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(60)),
                "Glow <glow@example.com>",
                Optional.empty(),
                Optional.empty()));
    assertThat(settings.audiences())
        .containsExactly(
            new Audience(
                "glow", List.of("owner@glow.example"), Optional.empty(), Optional.empty()));
  }

  @Test
  void aLinkHasOneSlashBeforeTheWeek() throws Exception {
    DeliverySettings settings =
        read(
            "slack_env: SLACK",
            "delivery: {host: h, security: tls, from: a@b.c, attach: false, link_base:"
                + " 'https://r.example/m/'}");
    assertThat(settings.mail().orElseThrow().linkBase()).contains("https://r.example/m");
    assertThat(settings.mail().orElseThrow().server().port()).isEqualTo(465);
    assertThat(settings.audiences().get(0).slackEnv()).contains("SLACK");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "::1"})
  void aServerOfThisMachineMayListenInClear(String host) throws Exception {
    assertThat(
            read("", "delivery: {host: '" + host + "', security: none, from: a@b.c}")
                .mail()
                .orElseThrow()
                .server()
                .security())
        .isEqualTo(Security.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"smtp.example.com", "localhost.example.com", "127.0.0.1.example.com", "10.0.0.1"})
  void noOtherServerMay(String host) {
    List<String> problems =
        catchThrowableOfType(
                InvalidDefinitionException.class,
                () -> read("", "delivery: {host: '" + host + "', security: none, from: a@b.c}"))
            .problems();
    assertThat(problems).singleElement().asString().contains("only for a server of this machine");
  }

  @Test
  void theTemplateShowsADeliveryThatIsOne() throws Exception {
    StringBuilder shown = new StringBuilder();
    boolean isDelivery = false;
    for (String line : Definitions.resource("medspa-template.yaml").lines().toList()) {
      isDelivery = line.equals("# delivery:") || (isDelivery && line.startsWith("#   "));
      if (isDelivery) {
        shown.append(line.substring(2)).append('\n');
      }
    }
    assertThat(read("", shown.toString()).mail().orElseThrow().linkBase())
        .contains("https://reports.example.com/medspa");
  }

  @Test
  void whereNothingIsSaidNobodyGetsAnything() throws Exception {
    DeliverySettings settings = read("", "");
    assertThat(settings.mail()).isEmpty();
    assertThat(settings.audiences())
        .allMatch(a -> a.recipients().isEmpty() && a.slackEnv().isEmpty());
  }
}
