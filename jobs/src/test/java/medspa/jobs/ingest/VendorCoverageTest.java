package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.list.ListCatalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of vendors says which lists the shipped mappings can fill. */
class VendorCoverageTest {
  private static final Path PAGE = Path.of("..", "docs", "vendors", "README.md");
  private static final String BEGIN = "<!-- coverage: generated from the mappings -->\n";
  private static final String END = "<!-- end of coverage -->\n";

  @TempDir Path directory;

  private String coverage(String... ownMapping) throws Exception {
    if (ownMapping.length > 0) {
      Files.writeString(directory.resolve("own.yaml"), String.join("\n", ownMapping));
    }
    TableContracts contracts = TableContracts.load();
    Problems problems = new Problems();
    Mappings mappings = Mappings.load(contracts, directory, problems);
    problems.failIfAny();
    return VendorCoverage.markdown(mappings, ListCatalogue.load());
  }

  @Test
  void thePageSaysWhatTheMappingsCanDeliver() throws Exception {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    String expected = page.substring(0, begin) + coverage() + page.substring(end);
    if (Boolean.getBoolean("medspa.coverage.write")) {
      Files.writeString(PAGE, expected);
    }

    assertThat(PAGE)
        .as(
            "docs/vendors/README.md no longer says what the mappings deliver; rewrite it with mvn -pl"
                + " jobs -am test -Dtest=VendorCoverageTest -Dmedspa.coverage.write=true"
                + " -Dsurefire.failIfNoSpecifiedTests=false and commit it")
        .content()
        .isEqualTo(expected);
  }

  @Test
  void aListIsFullWithTheWorkbookPartlyOrNotAtAllByTheColumnsThatTheExportsFill() throws Exception {
    List<String> lines =
        List.of(
            coverage(
                    "mapping: zz-appointments",
                    "vendor: Zz",
                    "title: Appointments",
                    "evidence: made up",
                    "file: {type: csv}",
                    "header: {required: [Id, Who, Room, From, To, How]}",
                    "delivery: upsert",
                    "tables:",
                    "  appointments:",
                    "    columns:",
                    "      appointment_id: '\"Id\"'",
                    "      provider_id: '\"Who\"'",
                    "      room_id: '\"Room\"'",
                    "      service_id: \"'facial'\"",
                    "      start_at: '\"From\"'",
                    "      end_at: '\"To\"'",
                    "      booked_at: '\"From\"'",
                    "      started_at: '\"From\"'",
                    "      finished_at: '\"To\"'",
                    "      status: \"'completed'\"",
                    "      booking_channel: '\"How\"'",
                    "    values: {booking_channel: {Web: online}}")
                .split("\n"));

    // Zz is the last vendor: full without anything else, by the workbook that a person fills in
    // or with settings, partly and no where only an export could tell.
    assertThat(lines)
        .filteredOn(line -> line.startsWith("| Double bookings |"))
        .first()
        .asString()
        .endsWith(" full |");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("| Actual minutes of services |"))
        .first()
        .asString()
        .endsWith(" workbook |");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("| Where providers' minutes go |"))
        .first()
        .asString()
        .endsWith(" partly |");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("| Booking online and no-shows |"))
        .first()
        .asString()
        .endsWith(" no |");
    assertThat(lines)
        .filteredOn(
            line ->
                line.startsWith(
                    "| Booking online and no-shows | `appointments.booking_channel` `phone`"))
        .singleElement()
        .asString()
        .contains("the list says nothing: no booking is known to be made by phone")
        .contains(", Zz | – |");
  }

  @Test
  void anyOfSeveralWordsIsEnoughAndRowsThatDoNotCountTellNothing() throws Exception {
    List<String> lines =
        List.of(
            coverage(
                    "mapping: zz-till",
                    "vendor: Zz",
                    "title: Till",
                    "evidence: made up",
                    "file: {type: csv}",
                    "header: {required: [Id, Who, At, What, Amount]}",
                    "delivery: upsert",
                    "tables:",
                    "  sale_lines:",
                    "    columns:",
                    "      sale_id: '\"Id\"'",
                    "      line_id: '\"Id\"'",
                    "      provider_id: '\"Who\"'",
                    "      sold_at: '\"At\"'",
                    "      kind: '\"What\"'",
                    "      quantity: \"'1'\"",
                    "      gross_amount: '\"Amount\"'",
                    "    values: {kind: {Voucher: membership, Cream: retail}}")
                .split("\n"));

    // A membership is stored value, though there are no gift cards; who sold a cream performed
    // nothing.
    assertThat(lines)
        .filteredOn(line -> line.startsWith("| Gift cards, packages and other stored value |"))
        .first()
        .asString()
        .endsWith(" partly |");
    assertThat(lines)
        .filteredOn(
            line ->
                line.startsWith(
                    "| Providers by category of service | `sale_lines.provider_id`, kind `service` |"))
        .singleElement()
        .asString()
        .contains(", Zz |");
  }

  @Test
  void whatASettingFillsIsSaidToNeedItHoweverManyDo() throws Exception {
    String byDefault = providerMinutes("unknown", "''");

    assertThat(byDefault).endsWith(" setting |");
    assertThat(providerMinutes("last_change", "''")).endsWith(" full |");
    assertThat(providerMinutes("unknown", "Late")).endsWith(" full |");
  }

  /** The cell of a vendor whose times of cancellation come from two settings. */
  private String providerMinutes(String cancelled, String lateReasons) throws Exception {
    return coverage(
            "mapping: zz-book",
            "vendor: Zz",
            "title: Book",
            "evidence: made up",
            "file: {type: csv}",
            "header: {required: [Id, Who, From, To, State, Changed, Why]}",
            "delivery: upsert",
            "params:",
            "  cancelled: {default: " + cancelled + ", one_of: [last_change, unknown]}",
            "  late_reasons: " + lateReasons,
            "tables:",
            "  appointments:",
            "    columns:",
            "      appointment_id: '\"Id\"'",
            "      provider_id: '\"Who\"'",
            "      start_at: '\"From\"'",
            "      end_at: '\"To\"'",
            "      status: '\"State\"'",
            "      cancelled_at: >",
            "        CASE WHEN \"State\" <> 'cancelled' THEN NULL",
            "          WHEN is_listed(\"Why\", getvariable('late_reasons')) THEN \"From\"",
            "          WHEN getvariable('cancelled') = 'last_change' THEN \"Changed\" END",
            "  shifts:",
            "    columns:",
            "      shift_id: '\"Id\"'",
            "      provider_id: '\"Who\"'",
            "      start_at: '\"From\"'",
            "      end_at: '\"To\"'",
            "      kind: \"'bookable'\"")
        .lines()
        .filter(line -> line.startsWith("| Where providers' minutes go |"))
        .findFirst()
        .orElseThrow();
  }
}
