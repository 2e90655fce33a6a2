package medspa.pipelines.config;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import medspa.pipelines.deliver.DeliverySettings;
import medspa.pipelines.deliver.DeliverySettings.Audience;
import medspa.pipelines.deliver.DeliverySettings.Mail;
import medspa.pipelines.deliver.Loopback;
import medspa.pipelines.deliver.MailServer;
import medspa.pipelines.deliver.MailServer.Security;
import medspa.warehouse.definition.YamlValue;

/** Reads {@code delivery:}, and of each practice who gets its letter and its alerts. */
final class DeliveryReader {
  private static final String PASSWORD = "MEDSPA_SMTP_PASSWORD";
  private static final int HIGHEST_PORT = 65535;

  private DeliveryReader() {}

  static DeliverySettings read(YamlValue yaml) {
    List<Audience> audiences = new ArrayList<>();
    Optional<Mail> mail = yaml.find("delivery").map(DeliveryReader::mail);
    for (YamlValue practice : yaml.list("practices")) {
      if (mail.isPresent()) {
        practice.list("recipients").forEach(DeliveryReader::plainAddress);
      }
      audiences.add(
          new Audience(
              practice.text("id"),
              practice.texts("recipients").stream().distinct().toList(),
              variable(practice, "slack_env"),
              variable(practice, "teams_env")));
    }
    return new DeliverySettings(mail, audiences);
  }

  /** The old way of mail has no other letters in an address. */
  private static void plainAddress(YamlValue address) {
    if (!address.text().chars().allMatch(c -> c > ' ' && c < 127)) {
      address.problem(
          "has letters that not every mail server takes; write the domain as xn--…, and ask for an"
              + " address of plain letters");
    }
  }

  private static Mail mail(YamlValue yaml) {
    yaml.allowOnly(
        Set.of(
            "host",
            "port",
            "security",
            "user",
            "password_env",
            "from",
            "reply_to",
            "attach",
            "link_base",
            "connect_timeout",
            "timeout"));
    String host = yaml.convert("host", "", DeliveryReader::host);
    if (yaml.find("host").isEmpty()) {
      yaml.problem("needs the host of the mail server, such as smtp.example.com");
    }
    Security security =
        yaml.find("security")
            .flatMap(value -> value.word(Security.class))
            .orElse(Security.STARTTLS);
    if (security == Security.NONE && !Loopback.is(host)) {
      yaml.problem(
          "has security: none, which is only for a server of this machine (localhost); write"
              + " starttls or tls");
    }
    int port = yaml.integer("port", security.port());
    if (port < 1 || port > HIGHEST_PORT) {
      yaml.problem("has a port that is none; it is from 1 to " + HIGHEST_PORT + ", such as 587");
    }
    Optional<String> user = yaml.optionalText("user").filter(text -> !text.isBlank());
    if (user.isEmpty() && yaml.find("password_env").isPresent()) {
      yaml.problem("has a password_env and no user; write both, or none if nobody logs in");
    }
    if (yaml.find("from").isEmpty()) {
      yaml.problem("needs from, the sender, such as `from: Glow Reports <reports@example.com>`");
    }
    boolean isAttached = yaml.flag("attach", true);
    Optional<String> link =
        yaml.find("link_base").flatMap(value -> value.convert(DeliveryReader::link));
    if (isAttached == yaml.find("link_base").isPresent()) {
      yaml.problem(
          isAttached
              ? "has a link_base, which is for attach: false; remove it, or set attach: false"
              : "has attach: false, so it needs link_base, where the folder of reports can be read,"
                  + " such as https://reports.example.com/medspa");
    }
    return new Mail(
        new MailServer(
            host,
            port,
            security,
            user,
            variable(yaml, "password_env").orElse(PASSWORD),
            seconds(yaml, "connect_timeout", 20),
            seconds(yaml, "timeout", 60)),
        yaml.convert("from", "", DeliveryReader::sender),
        yaml.find("reply_to").flatMap(value -> value.convert(DeliveryReader::sender)),
        link);
  }

  private static String host(String text) {
    if (!text.matches("[A-Za-z0-9._:\\[\\]-]{1,253}")) {
      throw new IllegalArgumentException(
          "must be the name of a mail server such as smtp.example.com, and its port under port");
    }
    return text;
  }

  private static String sender(String text) {
    try {
      InternetAddress[] addresses = InternetAddress.parse(text, true);
      if (addresses.length == 1 && addresses[0].getAddress().matches("[!-~]+@[!-~]+")) {
        return text;
      }
    } catch (AddressException e) {
      throw new IllegalArgumentException(address(), e);
    }
    throw new IllegalArgumentException(address());
  }

  private static String address() {
    return "must be one address such as reports@example.com or Glow Reports <reports@example.com>";
  }

  private static String link(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be an https:// address", e);
    }
    boolean isSafe =
        "https".equals(uri.getScheme())
            && uri.getHost() != null
            && uri.getRawUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
    if (!isSafe) {
      throw new IllegalArgumentException(
          "must be an https:// address without a login, ? or #, below which the reports are");
    }
    return text.replaceAll("/+$", "");
  }

  private static Optional<String> variable(YamlValue yaml, String key) {
    return yaml.find(key)
        .flatMap(
            value -> {
              if (value.text().matches("[A-Z_][A-Z0-9_]*")) {
                return Optional.of(value.text());
              }
              value.problem(
                  "must be the name of an environment variable such as GLOW_SLACK_URL, and never the"
                      + " secret");
              return Optional.empty();
            });
  }

  private static Duration seconds(YamlValue yaml, String key, int otherwise) {
    return yaml.convert(
        key,
        Duration.ofSeconds(otherwise),
        text -> {
          if (!text.matches("[1-9][0-9]{0,2}s")) {
            throw new IllegalArgumentException("must be seconds such as 60s");
          }
          return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
        });
  }
}
