package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.lake.Batch.Delivery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mapping is validated as a whole, and every problem names file, line and key. */
class MappingFormatTest {
  private static final TableContracts CONTRACTS = TableContracts.load();

  private static List<String> problems(String... lines) {
    Problems problems = new Problems();
    String text = String.join("\n", lines);
    MappingFile.read(CONTRACTS, YamlValue.parse("mine.yaml", text, problems), text);
    return problems.messages();
  }

  @Test
  void everyProblemIsFoundAtOnce() {
    assertThat(
            problems(
                "mapping: m",
                "vendor: v",
                "title: t",
                "evidence: e",
                "colour: blue",
                "file: {type: pdf, delimiter: ';;'}",
                "header: {required: [A]}",
                "delivery: sometimes",
                "file_name: '([0-9]+'",
                "tables:",
                "  visits: {columns: {x: '1'}}",
                "  sale_lines:",
                "    columns: {sale_id: '1', nonsense: '2'}",
                "    values: {kind: {Svc: services}}"))
        .anyMatch(p -> p.startsWith("mine.yaml:5 colour: is not a known key"))
        .anyMatch(p -> p.startsWith("mine.yaml:6 file") && p.contains("type pdf"))
        .anyMatch(p -> p.startsWith("mine.yaml:6 file") && p.contains("one character"))
        .anyMatch(
            p -> p.startsWith("mine.yaml:8 delivery") && p.contains("append, upsert or window"))
        .anyMatch(
            p -> p.startsWith("mine.yaml:9 file_name") && p.contains("not a regular expression"))
        .anyMatch(p -> p.startsWith("mine.yaml:11 tables.visits") && p.contains("is not a table"))
        .anyMatch(p -> p.contains("tables.sale_lines.columns.nonsense: is not a column"))
        .anyMatch(p -> p.contains("tables.sale_lines.values.kind.Svc: is not a word"))
        .anyMatch(p -> p.contains("tables.sale_lines: needs the required column gross_amount"));
  }

  @Test
  void aMappingWithoutHeaderIsRecognisedByNothing() {
    assertThat(problems("mapping: m", "vendor: v", "title: t", "evidence: e"))
        .containsExactly(
            "mine.yaml:1: needs header.required, the columns the export is recognised by, such as"
                + " `header: {required: [Date, Item]}`");
  }

  @Test
  void aFlagThatIsReadIsDeclared() {
    List<String> mapping =
        List.of(
            "mapping: m",
            "vendor: v",
            "title: t",
            "evidence: e",
            "header: {required: [a, void]}",
            "tables:",
            "  rooms:",
            "    where: NOT is_set(\"void\")",
            "    columns: {room_id: a, location_id: a, name: a}");
    assertThat(problems(mapping.toArray(String[]::new)))
        .anyMatch(problem -> problem.contains("reads void by is_set") && problem.contains("flags"));
    List<String> declared = new ArrayList<>(mapping);
    declared.add(4, "flags: [void, absent]");
    assertThat(problems(declared.toArray(String[]::new)))
        .noneMatch(problem -> problem.contains("is_set"))
        .anyMatch(problem -> problem.contains("absent"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOT is_set(\"void\")",
        "is_set(void)",
        "IS_SET (\"void\")",
        "is_set( \"void\" )",
        "is_set(word(Void))",
        "a = '(' AND is_set(coalesce(nullif(trim(\"void\"), '-'), 'no'))"
      })
  void aFlagIsFoundHoweverItIsRead(String where) {
    assertThat(problems(flagged(where)))
        .anyMatch(problem -> problem.contains("reads void by is_set"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "is_set(b) AND \"void\" = ''",
        "is_set(\"b void\")",
        "is_set(b || 'void')",
        "is_unset(void)"
      })
  void aColumnBesideAFlagIsNone(String where) {
    assertThat(problems(flagged(where)))
        .noneMatch(problem -> problem.contains("reads void by is_set"));
  }

  private static String[] flagged(String where) {
    return new String[] {
      "mapping: m",
      "vendor: v",
      "title: t",
      "evidence: e",
      "header: {required: [a, void]}",
      "tables:",
      "  rooms:",
      "    where: >-",
      "      " + where,
      "    columns: {room_id: a, location_id: a, name: a}"
    };
  }

  @Test
  void brokenYamlNamesTheLine() {
    assertThat(problems("mapping: m", "header: [a, b"))
        .first()
        .asString()
        .startsWith("mine.yaml:2: is not YAML");
  }

  @Test
  void aWorkspacesOwnMappingWinsOverAShippedOne(@TempDir Path own) throws Exception {
    Files.writeString(
        own.resolve("x.yaml"),
        """
        mapping: acuity-appointments
        vendor: mine
        title: t
        evidence: e
        header: {required: [A]}
        delivery: append
        """);
    Problems problems = new Problems();
    Mappings mappings = Mappings.load(CONTRACTS, own, problems);
    assertThat(problems.messages()).isEmpty();
    Mapping mapping =
        mappings.find("acuity-appointments", java.util.Optional.empty()).orElseThrow();
    assertThat(mapping.vendor()).isEqualTo("mine");
    assertThat(mapping.delivery()).isEqualTo(Delivery.APPEND);
  }

  @Test
  void anOptionalLookUpHasTheColumnsOfAMappingThatExists(@TempDir Path own) throws Exception {
    Files.writeString(
        own.resolve("x.yaml"),
        """
        mapping: mine
        vendor: v
        title: t
        evidence: e
        header: {required: [A]}
        optional_lookups: {items: square-items-12, staff: nobody}
        """);
    Problems problems = new Problems();
    Mappings.load(CONTRACTS, own, problems);
    assertThat(problems.messages())
        .singleElement()
        .asString()
        .contains("mine looks staff up in the columns of nobody, which is no mapping");
  }

  @Test
  void everyShippedMappingLoadsAndSaysWhatItWasTakenFrom(@TempDir Path none) {
    Problems problems = new Problems();
    Mappings mappings = Mappings.load(CONTRACTS, none, problems);
    assertThat(problems.messages()).isEmpty();
    assertThat(mappings.names()).hasSizeGreaterThanOrEqualTo(5);
    for (String name : mappings.names()) {
      Mapping mapping = mappings.find(name, java.util.Optional.empty()).orElseThrow();
      assertThat(mapping.evidence()).as(name).hasSizeGreaterThan(20);
      assertThat(mapping.tables()).as(name).extracting(TableMapping::table).isNotEmpty();
    }
  }
}
