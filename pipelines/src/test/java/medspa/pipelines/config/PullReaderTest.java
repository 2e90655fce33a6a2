package medspa.pipelines.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import medspa.jobs.pull.PullSource;
import medspa.jobs.pull.Remote;
import medspa.jobs.pull.SquareObject;
import medspa.warehouse.definition.InvalidDefinitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that are fetched: what their settings mean, and what is wrong with them. */
class PullReaderTest {
  private static final String PRACTICE =
      """
      practices:
        - {id: glow, name: Glow, locations: [{id: austin, name: Austin, time_zone: America/Chicago}]}
      sources:
      """;

  @TempDir Path directory;

  private Workspace load(String sources) throws Exception {
    Files.writeString(directory.resolve("medspa.yaml"), PRACTICE + sources.indent(2));
    return WorkspaceLoader.load(directory);
  }

  private List<String> problems(String sources) throws Exception {
    Files.writeString(directory.resolve("medspa.yaml"), PRACTICE + sources.indent(2));
    return catchThrowableOfType(
            InvalidDefinitionException.class, () -> WorkspaceLoader.load(directory))
        .problems();
  }

  @Test
  void aFetchedSourceIsIngestedFromItsFolder() throws Exception {
    Workspace workspace =
        load(
            """
            - {name: a, format: square-items, location: austin, from: 'sftp://glow@files.example:2222/out/all-*.zip!/items*.csv'}
            - {name: b, format: square-items, location: austin, from: 'sftp://glow@files.example/~/items.csv', pull: {password_env: B_PASSWORD, attempts: 2, max_megabytes: 10}}
            - {name: c, format: square-items, location: austin, from: 'https://files.example/get/items%20june.csv?format=csv', pull: {token_env: C_TOKEN}}
            - {name: d, format: square-api-orders, locations: {L2: austin, L1: austin}, from: 'square-api:orders', pull: {since: 2026-01-01, overlap: 3d, base_url: 'http://127.0.0.1:8080'}}
            - {name: e, format: square-items, location: austin, from: exports/items.csv}
            """);
    assertThat(workspace.sources().get(0).from()).isEqualTo("exports/pulled/a/**!/items*.csv");
    assertThat(workspace.sources().get(1).from()).isEqualTo("exports/pulled/b/**");
    assertThat(workspace.sources().get(4).from()).isEqualTo("exports/items.csv");
    List<PullSource> pulls = workspace.pulls();
    assertThat(pulls).extracting(PullSource::source).containsExactly("a", "b", "c", "d");
    assertThat(pulls.get(0).directory()).isEqualTo(directory.resolve("exports/pulled/a"));
    assertThat(pulls.get(0).remote())
        .isEqualTo(
            new Remote.Sftp(
                "glow",
                "files.example",
                2222,
                "/out",
                "all-*.zip",
                "MEDSPA_SFTP_PASSWORD",
                "MEDSPA_SFTP_KEY",
                "MEDSPA_SFTP_KEY_FILE",
                "MEDSPA_SFTP_KEY_PASSPHRASE"));
    assertThat(pulls.get(1).remote()).isInstanceOf(Remote.Sftp.class);
    Remote.Sftp home = (Remote.Sftp) pulls.get(1).remote();
    assertThat(home.directory()).isEqualTo(".");
    assertThat(home.port()).isEqualTo(22);
    assertThat(home.passwordEnv()).isEqualTo("B_PASSWORD");
    assertThat(pulls.get(1).attempts()).isEqualTo(2);
    assertThat(pulls.get(1).maxBytes()).isEqualTo(10 << 20);
    Remote.WebFile file = (Remote.WebFile) pulls.get(2).remote();
    assertThat(file.fileName()).isEqualTo("items june.csv");
    assertThat(file.tokenEnv()).contains("C_TOKEN");
    assertThat(file.address())
        .as("a query may hold a signature")
        .isEqualTo("https://files.example/get/items%20june.csv");
    Remote.Square square = (Remote.Square) pulls.get(3).remote();
    assertThat(square.object()).isEqualTo(SquareObject.ORDERS);
    assertThat(square.locations()).containsExactly("L1", "L2");
    assertThat(square.since()).isEqualTo(Optional.of(Instant.parse("2026-01-01T00:00:00Z")));
    assertThat(square.overlap()).isEqualTo(Duration.ofDays(3));
    assertThat(square.tokenEnv()).isEqualTo("MEDSPA_SQUARE_TOKEN");
  }

  @Test
  void whatIsWrongIsToldWithoutQuotingAnAddress() throws Exception {
    List<String> problems =
        problems(
            """
            - {name: a, format: square-items, location: austin, from: 'sftp://glow:Zqsecret@files.example/x.csv'}
            - {name: b, format: square-items, location: austin, from: 'https://glow:Zqsecret@files.example/x.csv'}
            - {name: c, format: square-items, location: austin, from: 'http://files.example/x.csv'}
            - {name: d, format: square-items, location: austin, from: 'ftp://files.example/x.csv'}
            - {name: e, format: square-items, location: austin, from: 'sftp://glow@files.example/*/x.csv'}
            - {name: f, format: square-items, location: austin, from: 'https://files.example/'}
            - {name: g, format: square-api-orders, location: austin, from: 'square-api:orders'}
            - {name: h, format: square-api-orders, locations: {L1: austin}, from: 'square-api:customers'}
            - {name: ../i, format: square-items, location: austin, from: 'https://files.example/x.csv'}
            - {name: j, format: square-items, location: austin, from: 'https://files.example/x.csv', pull: {token_env: Zqsecret-token}}
            - {name: k, format: square-items, location: austin, from: 'https://files.example/x.csv', pull: {password: Zqsecret}}
            - {name: l, format: square-items, location: austin, from: exports/x.csv, pull: {attempts: 1}}
            - {name: m, format: square-items, location: austin, from: 'https://files.example/x.csv', pull: {attempts: 0}}
            - {name: n, format: square-items, location: austin, from: 'https://files.example/x.csv', pull: {user_env: USER}}
            - {name: o, format: square-items, location: austin, from: 'https://files.example/..%5Cx.csv'}
            """);
    assertThat(problems)
        .anyMatch(p -> p.contains(":4 ") && p.contains("without a password"))
        .anyMatch(p -> p.contains(":5 ") && p.contains("holds a login"))
        .anyMatch(p -> p.contains(":6 ") && p.contains("must be an https:// address"))
        .anyMatch(p -> p.contains(":7 ") && p.contains("no known way"))
        .anyMatch(p -> p.contains(":8 ") && p.contains("no wildcard"))
        .anyMatch(p -> p.contains(":9 ") && p.contains("name of a file"))
        .anyMatch(p -> p.contains(":10 ") && p.contains("Square's ids"))
        .anyMatch(p -> p.contains(":11 ") && p.contains("bookings, orders, payments"))
        .anyMatch(p -> p.contains(":12 ") && p.contains("becomes a folder"))
        .anyMatch(p -> p.contains(":13 ") && p.contains("never the secret"))
        .anyMatch(p -> p.contains(":14 ") && p.contains("password: is not a known key"))
        .anyMatch(p -> p.contains(":15 ") && p.contains("only for a source that is fetched"))
        .anyMatch(p -> p.contains(":16 ") && p.contains("attempts must be from 1 to 20"))
        .anyMatch(p -> p.contains(":17 ") && p.contains("pull.user_env and pull.password_env"))
        .anyMatch(p -> p.contains(":18 ") && p.contains("name of a file"));
    assertThat(problems).noneMatch(p -> p.contains("Zqsecret"));
  }
}
