package medspa.pipelines.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import medspa.warehouse.definition.InvalidDefinitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A workspace in which nearly everything is wrong that can be ({@code bad-workspace}): each problem
 * says where it is and what to write instead.
 */
class BadWorkspaceTest {
  /** What a value must be, what there is to choose from, or what to do, behind a semicolon. */
  private static final Pattern ADVICE =
      Pattern.compile("must (be|have|end|not) |needs |is not one of |; ");

  private static final Pattern PLACE = Pattern.compile("(\\.ya?ml(:\\d+( \\S+)?)?|mappings): ");

  @TempDir Path directory;

  private static List<String> problems(Path workspace) {
    return catchThrowableOfType(
            InvalidDefinitionException.class, () -> WorkspaceLoader.load(workspace))
        .problems();
  }

  private static List<String> bad() throws Exception {
    return problems(Path.of(BadWorkspaceTest.class.getResource("/bad-workspace").toURI()));
  }

  @Test
  void eachProblemSaysWhereItIsAndWhatToDo() throws Exception {
    List<String> problems = bad();
    assertThat(problems).hasSizeGreaterThan(100);
    assertThat(problems)
        .allSatisfy(problem -> assertThat(problem).containsPattern(PLACE))
        .allSatisfy(problem -> assertThat(problem).containsPattern(ADVICE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "currency: 'dollars'       | must be a code of ISO 4217 such as USD",
        "history_from:             | must be a date such as 2026-01-31",
        "deletion_limit: '2'       | must be between 0 and 1: 5 % is 0.05",
        "pseudonym_key_file:       | must be a single value",
        "location boston           | there are austin",
        "practice nope             | there are lumi",
        "nosuch                    | which is no source; there are a, b, c",
        "consultants[0].practices  | there are lumi",
        "consultants[0].detail     | must be aggregates or rows",
        "delivery.host            | must be the name of a mail server such as smtp.example.com",
        "security: none           | write starttls or tls",
        "has a port               | from 1 to 65535",
        "delivery.password_env    | the name of an environment variable",
        "password_env and no user | write both, or none",
        "delivery.from            | must be one address such as reports@example.com",
        "delivery.reply_to        | must be one address",
        "delivery.link_base       | must be an https:// address",
        "delivery.timeout         | must be seconds such as 60s",
        "delivery.connect_timeout | must be seconds such as 60s",
        "slack_env                | the name of an environment variable such as GLOW_SLACK_URL",
        "teams_env                | the name of an environment variable such as GLOW_SLACK_URL",
        "recipients[1]            | ask for an address of plain letters",
        "encoding: 'klingon'       | must be an encoding such as UTF-8",
        "parameter prices          | cannot be 'incl'; it is one of by_totals, tax_included",
        "parameter starts_at       | it is written like '08:00'",
        "parameter no              | it knows dates",
        "sources[7].pull           | remove it, or fetch the source",
        "columns.nonsense          | its columns are sale_id",
        "values.kind.Svc           | these are service, retail",
        "delimiter of one          | for a tab",
        "auto.yaml                 | means something else as a format; give another",
        "mine.yaml: is the mapping | as is again.yml; give one of them another name"
      })
  void aProblemNamesWhatThereIsToChooseFrom(String where, String advice) throws Exception {
    assertThat(bad())
        .filteredOn(problem -> problem.contains(where))
        .isNotEmpty()
        .anySatisfy(problem -> assertThat(problem).contains(advice));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "practices: [ | put quotes around",
        "'\ta: b'     | indent with blanks",
        "'\u0001'     | as plain text in UTF-8"
      })
  void whatIsNoYamlSaysHowItBecomesOne(String text, String advice) throws Exception {
    Files.writeString(directory.resolve("medspa.yaml"), text);
    assertThat(problems(directory)).first().asString().contains("is not YAML", advice);
  }

  @Test
  void aSecretThatStandsWhereItsVariableShouldIsNotRepeated() throws Exception {
    assertThat(bad().toString()).doesNotContain("hooks.slack.com", "hunter2");
  }

  @Test
  void aMappingThatIsNoTextIsAProblemOfItsFile() throws Exception {
    Files.writeString(directory.resolve("medspa.yaml"), "currency: USD\n");
    Files.createDirectories(directory.resolve("mappings"));
    Files.write(directory.resolve("mappings/latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4});
    assertThat(problems(directory))
        .anySatisfy(p -> assertThat(p).contains("latin.yaml", "check that", "UTF-8"));
  }

  @Test
  void aMappingOfItsOwnMayEndInYml() throws Exception {
    Files.createDirectories(directory.resolve("mappings"));
    try (Stream<String> lines =
        Files.lines(
            Path.of(
                BadWorkspaceTest.class.getResource("/bad-workspace/mappings/again.yml").toURI()))) {
      Files.write(directory.resolve("mappings/mine.yml"), lines.toList());
    }
    Files.writeString(
        directory.resolve("medspa.yaml"),
        """
        practices: [{id: a, name: A, locations: [{id: a1, name: A1, time_zone: UTC}]}]
        sources: [{name: s, format: mine, location: a1, from: x}]
        """);
    assertThat(WorkspaceLoader.load(directory).mappings().names()).contains("mine");
  }
}
