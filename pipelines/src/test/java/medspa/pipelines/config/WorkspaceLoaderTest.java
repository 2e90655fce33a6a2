package medspa.pipelines.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import medspa.warehouse.definition.InvalidDefinitionException;
import medspa.warehouse.journal.Books;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.market.Market.Hours;
import medspa.warehouse.market.Market.SourceExpectation;
import medspa.warehouse.market.Market.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration is validated as a whole: every problem at once, with file, line and key. */
class WorkspaceLoaderTest {
  @TempDir Path directory;

  private Workspace load(String yaml) throws Exception {
    Files.writeString(directory.resolve("medspa.yaml"), yaml);
    return WorkspaceLoader.load(directory);
  }

  private static String sales(String settings) {
    return """
        practices:
          - {id: glow, name: Glow, locations: [{id: austin, name: Austin, time_zone: America/Chicago}]}
        sources:
          - {name: sales, format: mindbody-sales, location: austin, from: sales.csv, %s}
          - {name: counts, format: medspa, table: stock_counts, practice: glow, from: counts.csv}
        """
        .formatted(settings);
  }

  @Test
  void theOrderOfDayAndMonthIsASettingOfSourcesWithSuchDates() throws Exception {
    for (String settings : List.of("dates: dmy", "params: {dates: dmy}")) {
      assertThat(load(sales(settings)).sources().get(0).params()).containsEntry("dates", "dmy");
    }
    assertThat(problems(sales("dates: ymd")))
        .singleElement()
        .asString()
        .endsWith(
            "medspa.yaml:4 sources[0]: needs dates: mdy, where the month comes first, or dates: dmy");
    assertThat(problems(sales("dates: mdy").replace("counts.csv", "counts.csv, dates: mdy")))
        .singleElement()
        .satisfies(problem -> assertThat(problem).contains("medspa.yaml:5", "dates", "medspa"));
  }

  @Test
  void aReferenceWorkbookIsASourceOfItsOwn() throws Exception {
    assertThat(
            load(sales("dates: mdy").replace("medspa, table: stock_counts", "reference-workbook")))
        .satisfies(
            workspace ->
                assertThat(workspace.sources().get(1).mapping())
                    .satisfies(mapping -> assertThat(mapping.isBySheet()).isTrue())
                    .satisfies(
                        mapping -> assertThat(mapping.id()).isEqualTo("reference-workbook")));
    assertThat(
            problems(
                sales("dates: mdy")
                    .replace(
                        "format: medspa, table: stock_counts",
                        "format: [reference-workbook, square-catalog]")))
        .singleElement()
        .asString()
        .contains("medspa.yaml:5", "make a source of its own for the workbook");
    assertThat(
            problems(
                sales("dates: mdy")
                    .replace(
                        "format: medspa, table: stock_counts",
                        "format: reference-workbook, delivery: upsert")))
        .singleElement()
        .asString()
        .contains("medspa.yaml:5", "replaces the one before it sheet by sheet; take out delivery");
  }

  private List<String> problems(String yaml) throws Exception {
    Files.writeString(directory.resolve("medspa.yaml"), yaml);
    return catchThrowableOfType(
            InvalidDefinitionException.class, () -> WorkspaceLoader.load(directory))
        .problems();
  }

  @Test
  void eachPracticeHasItsOwnBooksAndEachLocationItsOpeningBalances() throws Exception {
    String yaml =
        """
        books_closed_through: 2026-09-30
        practices:
          - id: glow
            name: Glow
            locations:
              - {id: austin, name: Austin, time_zone: America/Chicago, opening_balances: {date: 2026-08-31, inventory: 900, gift_card_liability: 250.5}}
              - {id: waco, name: Waco, time_zone: America/Chicago}
          - {id: other, name: Other, books_closed_through: 2026-10-31, locations: [{id: reno, name: Reno, time_zone: America/Chicago}]}
        """;
    Map<String, Books> books = load(yaml).books();
    assertThat(books.get("glow").closedThrough()).contains(LocalDate.of(2026, 9, 30));
    assertThat(books.get("other").closedThrough()).contains(LocalDate.of(2026, 10, 31));
    assertThat(books.get("glow").openings())
        .containsOnly(
            Map.entry(
                "austin",
                new Books.Opening(
                    LocalDate.of(2026, 8, 31),
                    Map.of(
                        "inventory",
                        new BigDecimal("900.00"),
                        "gift_card_liability",
                        new BigDecimal("250.50")))));
    assertThat(
            problems(
                yaml.replace(
                        "date: 2026-08-31, inventory: 900", "inventory: 9.001, cost_of_goods: 1")
                    .replace("2026-10-31", "soon")))
        .anyMatch(p -> p.contains("medspa.yaml:6") && p.contains("needs a date"))
        .anyMatch(p -> p.contains("medspa.yaml:6") && p.contains("amount of whole cents"))
        .anyMatch(p -> p.contains("cost_of_goods: is not a known key"))
        .anyMatch(p -> p.contains("medspa.yaml:8") && p.contains("books_closed_through"));
  }

  @Test
  void everyProblemIsToldAtOnceWithLineAndKey() throws Exception {
    List<String> problems =
        problems(
            """
            currency: dollars
            week_starts_on: someday
            colour: blue
            practices:
              - id: Glow Spa
                name: Glow
                locations:
                  - {id: austin, name: Austin, time_zone: America/Austin}
                  - {id: austin, name: Again, time_zone: America/Chicago, opened_on: 1 May}
            sources:
              - {name: a, format: acuity, location: austin, from: x}
              - {name: a, format: medspa, practice: glow, from: x}
              - {name: b, format: acuity-appointments, location: boston, from: x, delivery: weekly}
              - {name: c, format: square-transactions-17, location: austin, from: x, params: {no: 1}, lookups: {staff: a}}
              - {name: d, format: square-items, location: austin, from: x, words: {kind: {Merch: goods}, status: {Gone: cancelled}}}
            targets: {profit: 1}
            shift_templates:
              - {location: nowhere, provider: P, weekly: {mon: "17:00-09:00", noday: closed}}
            """);
    assertThat(problems)
        .anyMatch(p -> p.contains("medspa.yaml:1 currency"))
        .anyMatch(p -> p.contains("medspa.yaml:2 week_starts_on") && p.contains("monday"))
        .anyMatch(p -> p.contains("medspa.yaml:3 colour: is not a known key"))
        .anyMatch(p -> p.contains("medspa.yaml:5 practices[0].id") && p.contains("lower-case"))
        .anyMatch(p -> p.contains("medspa.yaml:8") && p.contains("IANA name"))
        .anyMatch(p -> p.contains("medspa.yaml:9") && p.contains("id of another location"))
        .anyMatch(p -> p.contains("medspa.yaml:9") && p.contains("opened_on"))
        .anyMatch(p -> p.contains("medspa.yaml:11") && p.contains("unknown format acuity"))
        .anyMatch(p -> p.contains("medspa.yaml:12") && p.contains("name of another source"))
        .anyMatch(p -> p.contains("medspa.yaml:12") && p.contains("needs a table"))
        .anyMatch(p -> p.contains("medspa.yaml:13") && p.contains("location boston"))
        .anyMatch(p -> p.contains("medspa.yaml:14") && p.contains("lookups.items"))
        .anyMatch(p -> p.contains("medspa.yaml:14") && p.contains("parameter no"))
        .anyMatch(p -> p.contains("medspa.yaml:14") && p.contains("look-up staff"))
        .anyMatch(p -> p.contains("medspa.yaml:15") && p.contains("must be one of service, retail"))
        .anyMatch(p -> p.contains("medspa.yaml:15") && p.contains("such are kind"))
        .anyMatch(p -> p.contains("medspa.yaml:16") && p.contains("profit is not a KPI"))
        .anyMatch(p -> p.contains("medspa.yaml:18") && p.contains("location nowhere"))
        .anyMatch(p -> p.contains("medspa.yaml:18") && p.contains("end after it begins"))
        .anyMatch(p -> p.contains("medspa.yaml:18") && p.contains("noday"));
  }

  @Test
  void valuesThatMakeNoSenseAreProblems() throws Exception {
    List<String> problems =
        problems(
            """
            practices:
              - id: glow
                name: Glow
                recipients: [the owner]
                locations: [{id: a, name: A, time_zone: UTC, rooms: -3, notice_hours: -5, peer_groups: [Big City]}]
            targets: {fill_rate: 75, net_revenue: NaN}
            history_from: last year
            sources:
              - {name: s, format: acuity-appointments, location: a, from: ../../secrets.csv}
              - {name: t, format: acuity-appointments, location: a, from: /secrets.csv}
              - {name: u, format: acuity-appointments, location: a, from: ''}
              - {name: v, format: acuity-appointments, location: a, from: 'exports/{a'}
            shift_templates:
              - {location: a, provider: P, weekly: {mon: 9-5}}
              - {location: a, provider: P, weekly: {tue: "09:00-12:00, 11:00-17:00"}}
              - {location: a, provider: P, weekly: {wed: "16:00-00:00, 18:00-19:00"}}
            """);
    assertThat(problems)
        .anyMatch(p -> p.contains("recipients[0]") && p.contains("e-mail address"))
        .anyMatch(p -> p.contains("peer_groups[0]") && p.contains("lower-case"))
        .anyMatch(p -> p.contains("rooms") && p.contains("must be a number of rooms"))
        .anyMatch(p -> p.contains("notice_hours") && p.contains("number of hours"))
        .anyMatch(p -> p.contains("fill_rate") && p.contains("75 % is 0.75"))
        .anyMatch(p -> p.contains("net_revenue") && p.contains("must be a number"))
        .anyMatch(p -> p.contains("medspa.yaml:7 history_from"))
        .anyMatch(p -> p.contains("medspa.yaml:9") && p.contains("inside the workspace"))
        .anyMatch(p -> p.contains("medspa.yaml:10") && p.contains("inside the workspace"))
        .anyMatch(p -> p.contains("medspa.yaml:11") && p.contains("inside the workspace"))
        .anyMatch(p -> p.contains("medspa.yaml:12") && p.contains("is no glob"))
        .anyMatch(p -> p.contains("mon") && p.contains("hours such as 09:00-12:00"))
        .anyMatch(p -> p.contains("tue") && p.contains("must not overlap"))
        .anyMatch(p -> p.contains("wed") && p.contains("must not overlap"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "1.0", "20 %", "-0.2"})
  void whatHoldingStockCostsIsAShareOfItsValue(String rate) throws Exception {
    assertThat(
            problems(
                """
                practices:
                  - {id: glow, name: Glow, carrying_cost_rate: %s, locations: [{id: a, name: A, time_zone: UTC}]}
                """
                    .formatted(rate)))
        .anyMatch(p -> p.contains("carrying_cost_rate") && p.contains("such as 0.2"));
  }

  @Test
  void figuresOfTheTradeAreHiddenUnlessTheyAreShown() throws Exception {
    assertThat(problems("published_figures: true\n"))
        .anyMatch(p -> p.contains("published_figures") && p.contains("must be shown or hidden"));
  }

  @Test
  void aKeyWrittenTwiceIsAProblem() throws Exception {
    assertThat(problems("currency: USD\ncurrency: CAD\n"))
        .anyMatch(p -> p.contains("medspa.yaml:2") && p.contains("currency"));
  }

  @Test
  void aSourceOfTwoPracticesIsAProblem() throws Exception {
    assertThat(
            problems(
                """
                practices:
                  - {id: a, name: A, locations: [{id: a1, name: A1, time_zone: UTC}]}
                  - {id: b, name: B, locations: [{id: b1, name: B1, time_zone: UTC}]}
                sources:
                  - {name: s, format: acuity-appointments, from: x, locations: {X: a1, Y: b1}}
                """))
        .singleElement()
        .asString()
        .contains("belongs to several practices (a, b)");
  }

  @Test
  void theOrderOfSourcesIsPartOfTheConfiguration() throws Exception {
    String practices =
        "practices: [{id: a, name: A, locations: [{id: a1, name: A1, time_zone: UTC}]}]\nsources:\n";
    String old = "  - {name: old, format: medspa, table: clients, practice: a, from: old.csv}\n";
    String next = "  - {name: new, format: medspa, table: clients, practice: a, from: new.csv}\n";
    Workspace replaced = load(practices + old + next);
    Workspace turned = load(practices + next + old);
    assertThat(replaced.market().expectations())
        .extracting(SourceExpectation::source)
        .containsExactly("old", "new");
    assertThat(turned.market().expectations())
        .extracting(SourceExpectation::source)
        .containsExactly("new", "old");
    assertThat(turned.configurationDigest()).isNotEqualTo(replaced.configurationDigest());
  }

  @Test
  void whatNoExportCarriesIsRead() throws Exception {
    Workspace workspace =
        load(
            """
            week_starts_on: sunday
            practices:
              - id: glow
                name: Glow
                pinned_kpis: [fill_rate]
                carrying_cost_rate: 0.2
                recipients: [owner@glow.example, owner@glow.example]
                locations:
                  - {id: austin, name: Austin, time_zone: America/Chicago, notice_hours: 48, rooms: 3, targets: {fill_rate: 0.8}}
                  - id: dallas
                    name: Dallas
                    time_zone: America/Chicago
                    closed_days: [2026-12-25]
                    peer_groups: [metro, large]
                    opening_hours: {mon: "13:00-18:00, 09:00-12:00", fri: "16:00-00:00", sunday: closed}
            targets: {fill_rate: 0.7}
            sources:
              - {name: s, format: acuity-appointments, location: austin, from: x, expected_every: 7d}
            shift_templates:
              - location: austin
                provider: Claire Adams
                from: 2026-01-05
                weekly: {mon: "09:00-12:00, 13:00-17:00"}
                exceptions: {2026-07-06: closed}
            consultants: [{id: adv, name: Advisor, practices: [glow]}]
            published_figures: shown
            """);
    assertThat(workspace.market().showsPublishedFigures()).isTrue();
    assertThat(workspace.market().weekStartsOn()).isEqualTo(DayOfWeek.SUNDAY);
    assertThat(workspace.market().weekStart(LocalDate.parse("2026-06-01")))
        .isEqualTo(LocalDate.parse("2026-05-31"));
    assertThat(workspace.market().location("austin").orElseThrow().noticeHours()).isEqualTo("48");
    assertThat(workspace.market().location("dallas").orElseThrow().noticeHours()).isEqualTo("24");
    assertThat(workspace.market().targets())
        .containsExactlyInAnyOrder(
            new Target("austin", "fill_rate", 0.8), new Target("dallas", "fill_rate", 0.7));
    assertThat(workspace.market().shiftTemplates())
        .singleElement()
        .satisfies(
            template -> {
              assertThat(template.weekly().get(DayOfWeek.MONDAY))
                  .containsExactly(
                      new Hours(LocalTime.of(9, 0), LocalTime.of(12, 0)),
                      new Hours(LocalTime.of(13, 0), LocalTime.of(17, 0)));
              assertThat(template.exceptions().get(LocalDate.parse("2026-07-06"))).isEmpty();
            });
    assertThat(workspace.market().location("austin").orElseThrow().openingHours()).isEmpty();
    assertThat(workspace.market().practices().get(0).carryingCostRate())
        .contains(new BigDecimal("0.2"));
    assertThat(workspace.market().practices().get(0).recipients())
        .containsExactly("owner@glow.example");
    assertThat(workspace.market().location("dallas").orElseThrow())
        .satisfies(
            dallas -> {
              assertThat(dallas.peerGroups()).containsExactly("metro", "large");
              assertThat(dallas.closedDays()).containsExactly(LocalDate.parse("2026-12-25"));
              assertThat(dallas.openingHours())
                  .containsOnlyKeys(DayOfWeek.MONDAY, DayOfWeek.FRIDAY, DayOfWeek.SUNDAY)
                  .containsEntry(
                      DayOfWeek.FRIDAY, List.of(new Hours(LocalTime.of(16, 0), LocalTime.MIDNIGHT)))
                  .containsEntry(DayOfWeek.SUNDAY, List.of())
                  .containsEntry(
                      DayOfWeek.MONDAY,
                      List.of(
                          new Hours(LocalTime.of(9, 0), LocalTime.of(12, 0)),
                          new Hours(LocalTime.of(13, 0), LocalTime.of(18, 0))));
            });
    assertThat(workspace.sources())
        .singleElement()
        .satisfies(
            source -> {
              assertThat(source.practiceId()).isEqualTo("glow");
              assertThat(source.delivery()).isEqualTo(Delivery.WINDOW);
            });
    assertThat(workspace.market().expectations().get(0).expectedEveryDays()).contains(7);
  }
}
