package medspa.pipelines.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import medspa.warehouse.definition.InvalidDefinitionException;
import medspa.warehouse.market.Identity;
import medspa.warehouse.market.Identity.Kind;
import medspa.warehouse.market.Market.ShiftTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code identities.csv} is validated with the configuration: every problem at once. */
class IdentitiesReaderTest {
  private static final String CONFIGURATION =
      """
      practices:
        - {id: glow, name: Glow, locations: [{id: austin, name: Austin, time_zone: America/Chicago}]}
        - {id: lux, name: Lux, locations: [{id: reno, name: Reno, time_zone: America/Denver}]}
      sources:
        - {name: calendar, format: acuity-appointments, location: austin, from: a.csv}
        - {name: pos, format: square-items, location: austin, from: b.csv}
        - {name: lux-pos, format: square-items, location: reno, from: c.csv}
      """;

  @TempDir Path directory;

  @BeforeEach
  void configure() throws Exception {
    Files.writeString(directory.resolve("medspa.yaml"), CONFIGURATION);
  }

  private Workspace load(String identities) throws Exception {
    Files.writeString(directory.resolve("identities.csv"), identities);
    return WorkspaceLoader.load(directory);
  }

  private List<String> problems(String identities) throws Exception {
    Files.writeString(directory.resolve("identities.csv"), identities);
    return catchThrowableOfType(
            InvalidDefinitionException.class, () -> WorkspaceLoader.load(directory))
        .problems();
  }

  @Test
  void linesAreReadWithThePracticeOfTheirSource() throws Exception {
    assertThat(
            load("""
                    \ufeffsource,kind,value,canonical_id
                    pos,provider,TM_9x2,Claire Adams

                    lux-pos,Client," CUST,1 ",C-1
                    pos,product,'=SKU,'-7
                    pos,provider,Desk,Desk
                    """)
                .identities())
        .containsExactly(
            new Identity("glow", Kind.PROVIDER, "pos", "TM_9x2", "Claire Adams"),
            new Identity("lux", Kind.CLIENT, "lux-pos", "CUST,1", "C-1"),
            new Identity("glow", Kind.PRODUCT, "pos", "=SKU", "-7"),
            new Identity("glow", Kind.PROVIDER, "pos", "Desk", "Desk"));
  }

  @Test
  void aFileOfSuggestionsCanBeTakenAsItIs() throws Exception {
    assertThat(
            load("""
                    kind,source,value,canonical_id,score,rows,value_name,canonical_name
                    provider,pos,TM_9x2,Claire Adams,0.95,17,Claire A.,Claire Adams
                    """)
                .identities())
        .containsExactly(new Identity("glow", Kind.PROVIDER, "pos", "TM_9x2", "Claire Adams"));
  }

  @Test
  void everyProblemIsToldAtOnceWithItsLineAndNoCellIsQuoted() throws Exception {
    List<String> problems =
        problems(
            """
            kind,source,value,canonical_id
            person,pos,Secret-1,P1
            provider,till,Secret-2,P1
            provider,pos,,P1
            client,pos,Secret-3,
            provider,pos,A,P1
            provider,pos,A,P1
            provider,pos,A,P2
            provider,calendar,Secret-4,A
            room,pos,A
            """);
    assertThat(problems)
        .containsExactlyInAnyOrder(
            "identities.csv:2 kind: must be provider, service, product, room or client",
            "identities.csv:3 source: is no source of medspa.yaml; sources are calendar, lux-pos,"
                + " pos",
            "identities.csv:4 value: is empty; write what the source calls it",
            "identities.csv:5 canonical_id: is empty; write the id that every source shall have",
            "identities.csv:7 value: repeats line 6; remove one of them",
            "identities.csv:8 canonical_id: contradicts line 6; one value of a source can have one"
                + " canonical id only",
            "identities.csv:9 canonical_id: is itself a value that line 6 gives another id; name"
                + " one id for both",
            "identities.csv:10: has 3 fields, the header has 4; put quotes around a value that"
                + " holds a comma")
        .noneMatch(problem -> problem.contains("Secret"));
  }

  @Test
  void problemsOfTheConfigurationAreToldTogetherWithThoseOfTheCrosswalk() throws Exception {
    Files.writeString(directory.resolve("medspa.yaml"), "currency: dollars\n" + CONFIGURATION);
    assertThat(problems("kind,source,value,canonical_id\nprovider,till,A,P1\n"))
        .anyMatch(problem -> problem.startsWith("identities.csv:2"))
        .anyMatch(problem -> problem.contains("medspa.yaml:1 currency"));
  }

  @Test
  void anotherHeaderOrABrokenFileIsAProblem() throws Exception {
    assertThat(problems("kind,source,value\nprovider,pos,A\n"))
        .singleElement()
        .asString()
        .startsWith("identities.csv:1: must be the header kind,source,value,canonical_id");
    assertThat(problems("kind,source,value,canonical_id,phone\n"))
        .singleElement()
        .asString()
        .startsWith("identities.csv:1: must be the header");
    assertThat(problems("")).singleElement().asString().contains("The file is empty.");
    assertThat(problems("kind,source,value,canonical_id\nprovider,pos,\"A,P1\n"))
        .anyMatch(problem -> problem.startsWith("identities.csv:2: The file ends inside"));
  }

  @Test
  void theSameValueOfTwoPracticesOrKindsIsTwoThings() throws Exception {
    assertThat(
            load("""
                    kind,source,value,canonical_id
                    provider,pos,A,P1
                    provider,lux-pos,P1,P9
                    room,pos,P1,R1
                    """)
                .identities())
        .hasSize(3);
  }

  @Test
  void theProviderOfAShiftTemplateIsTranslatedAndThatIsAChangeOfTheConfiguration()
      throws Exception {
    Files.writeString(
        directory.resolve("medspa.yaml"),
        CONFIGURATION
            + """
            shift_templates:
              - {location: austin, provider: Claire Adams, weekly: {mon: "09:00-17:00"}}
              - {location: reno, provider: Claire Adams, weekly: {mon: "09:00-17:00"}}
            """);
    Workspace before = WorkspaceLoader.load(directory);
    Workspace after =
        load(
            """
            kind,source,value,canonical_id
            provider,calendar,Claire Adams,P1
            provider,pos,TM_9x2,P1
            """);
    assertThat(before.market().shiftTemplates())
        .extracting(ShiftTemplate::providerId)
        .containsExactly("Claire Adams", "Claire Adams");
    assertThat(after.market().shiftTemplates())
        .extracting(ShiftTemplate::providerId)
        .containsExactly("P1", "Claire Adams");
    assertThat(after.configurationDigest()).isNotEqualTo(before.configurationDigest());

    assertThat(
            problems(
                """
                kind,source,value,canonical_id
                provider,calendar,Claire Adams,P1
                provider,pos,Claire Adams,P2
                """))
        .singleElement()
        .asString()
        .contains("medspa.yaml:9", "several ids");
  }
}
