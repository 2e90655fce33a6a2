package medspa.pipelines.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.jobs.ingest.ClientScope;
import medspa.jobs.ingest.Mappings;
import medspa.jobs.ingest.Source;
import medspa.jobs.pull.PullSource;
import medspa.pipelines.deliver.DeliverySettings;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.InvalidDefinitionException;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.journal.Books;
import medspa.warehouse.kpi.KpiCatalogue;
import medspa.warehouse.lake.Sha256;
import medspa.warehouse.market.Identity;
import medspa.warehouse.market.Market;
import medspa.warehouse.market.Market.Consultant;
import medspa.warehouse.market.Market.Detail;
import medspa.warehouse.market.Market.Practice;
import medspa.warehouse.market.Market.ShiftTemplate;
import medspa.warehouse.market.Market.SourceExpectation;

/**
 * Reads {@code medspa.yaml} and the workspace's mappings, and validates them as a whole: every
 * problem is reported at once with file, line and key, and nothing runs before they are gone.
 */
public final class WorkspaceLoader {
  private final TableContracts contracts = TableContracts.load();
  private final KpiCatalogue kpis = KpiCatalogue.load();
  private final Problems problems = new Problems();

  private WorkspaceLoader() {}

  /**
   * Loads a workspace.
   *
   * @throws InvalidDefinitionException with every problem of the configuration and the mappings
   */
  public static Workspace load(Path directory) {
    return new WorkspaceLoader().read(WorkspaceFiles.in(directory));
  }

  private static boolean isShown(String text) {
    if (!text.equals("shown") && !text.equals("hidden")) {
      throw new IllegalArgumentException("must be shown or hidden");
    }
    return text.equals("shown");
  }

  private static boolean isGroup(String text) {
    if (!text.equals("owner") && !text.equals("group")) {
      throw new IllegalArgumentException("must be owner or group");
    }
    return text.equals("group");
  }

  private Workspace read(WorkspaceFiles files) {
    Path directory = files.directory();
    Path file = files.configuration();
    YamlValue yaml = YamlValue.parse(file, problems);
    yaml.allowOnly(
        Set.of(
            "currency",
            "week_starts_on",
            "fiscal_year_starts",
            "fiscal_periods",
            "pseudonym_key_file",
            "reject_limit",
            "deletion_limit",
            "readable_by",
            "history_from",
            "practices",
            "sources",
            "shift_templates",
            "targets",
            "accounts",
            "xero_tax_rate",
            "xero_tracking",
            "books_closed_through",
            "consultants",
            "published_figures",
            "delivery"));
    Mappings mappings = Mappings.load(contracts, directory.resolve("mappings"), problems);
    MarketReader reader = new MarketReader(problems, kpis);
    List<Practice> practices = reader.practices(yaml);
    Market places =
        new Market(
            yaml.convert("currency", "USD", WorkspaceLoader::currency),
            yaml.convert("week_starts_on", DayOfWeek.MONDAY, MarketReader::day),
            practices,
            List.of(),
            List.of(),
            List.of(),
            List.of());
    List<Source> sources = new ArrayList<>();
    List<SourceExpectation> expectations = new ArrayList<>();
    List<PullSource> pulls = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (YamlValue value : yaml.list("sources")) {
      if (!names.add(value.text("name"))) {
        value.problem("has the name of another source; give each its own");
      }
      source(value, places, mappings)
          .ifPresent(
              source -> {
                sources.add(source);
                value
                    .find("from")
                    .filter(from -> PullReader.isPulled(from.text()))
                    .flatMap(from -> PullReader.read(directory, value, from))
                    .ifPresent(pulls::add);
                expectations.add(expectation(value, source));
              });
    }
    checkLookups(yaml, names);
    List<Identity> identities = IdentitiesReader.read(directory, sources, problems);
    List<ShiftTemplate> templates = reader.shiftTemplates(yaml, places, identities);
    Market market =
        new Market(
            places.currency(),
            places.weekStartsOn(),
            practices,
            templates,
            reader.targets(yaml),
            consultants(yaml, practices),
            expectations,
            yaml.convert("published_figures", false, WorkspaceLoader::isShown),
            FiscalYearReader.read(yaml));
    BigDecimal rejectLimit =
        yaml.convert("reject_limit", new BigDecimal("0.05"), WorkspaceLoader::share);
    BigDecimal deletionLimit =
        yaml.convert("deletion_limit", new BigDecimal("0.25"), WorkspaceLoader::share);
    boolean groupMayRead = yaml.convert("readable_by", false, WorkspaceLoader::isGroup);
    Map<String, Books> books = BooksReader.read(yaml);
    DeliverySettings delivery = DeliveryReader.read(yaml);
    Optional<Path> keyFile = yaml.optionalText("pseudonym_key_file").map(directory::resolve);
    problems.failIfAny();
    return new Workspace(
        files,
        market,
        List.copyOf(sources),
        List.copyOf(pulls),
        mappings,
        identities,
        keyFile,
        rejectLimit,
        deletionLimit,
        groupMayRead,
        books,
        delivery,
        digest(file, templates));
  }

  private static String currency(String text) {
    try {
      return Currency.getInstance(text).getCurrencyCode();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be a code of ISO 4217 such as USD", e);
    }
  }

  private static BigDecimal share(String text) {
    BigDecimal share;
    try {
      share = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a share such as 0.05", e);
    }
    if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("must be between 0 and 1: 5 % is 0.05");
    }
    return share;
  }

  private Optional<Source> source(YamlValue yaml, Market places, Mappings mappings) {
    yaml.allowOnly(
        Set.of(
            "name",
            "format",
            "table",
            "practice",
            "location",
            "locations",
            "from",
            "delivery",
            "deletion_limit",
            "repeated_rows",
            "encoding",
            "client_scope",
            "expected_every",
            "params",
            "dates",
            "words",
            "lookups",
            "pull"));
    Optional<Source.MappingRef> mapping = mapping(yaml, mappings);
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    if (mapping.get().isBySheet() && yaml.find("delivery").isPresent()) {
      yaml.problem(
          "is a reference workbook, which replaces the one before it sheet by sheet; take out delivery");
    }
    Optional<String> location = yaml.optionalText("location");
    Map<String, String> locations = texts(yaml, "locations");
    Optional<String> practice = practiceOf(yaml, places, location, locations);
    if (practice.isEmpty()) {
      return Optional.empty();
    }
    if (yaml.find("from").isEmpty()) {
      yaml.problem(
          "needs from, a path or glob inside the workspace, such as `from: exports/sales-*.csv`");
    }
    boolean isPulled = yaml.optionalText("from").filter(PullReader::isPulled).isPresent();
    if (!isPulled) {
      yaml.find("pull")
          .ifPresent(
              pull ->
                  pull.problem(
                      "is only for a source that is fetched; remove it, or fetch the source by `from: sftp://…`,"
                          + " https://… or square-api:…"));
    }
    Map<String, String> params = texts(yaml, "params");
    yaml.optionalText("dates").ifPresent(order -> params.put("dates", order));
    if (mapping.get().datesAreNumbers()
        && !List.of("mdy", "dmy").contains(params.getOrDefault("dates", "mdy"))) {
      yaml.problem("needs dates: mdy, where the month comes first, or dates: dmy");
    }
    params.forEach(
        (param, value) -> mapping.get().problemOf(param, value).ifPresent(yaml::problem));
    Map<String, Map<String, String>> words = words(yaml, mapping.get());
    Map<String, String> lookups = texts(yaml, "lookups");
    for (String lookup : mapping.get().lookups()) {
      if (!lookups.containsKey(lookup)) {
        yaml.problem("needs lookups." + lookup + ", the name of the source to look it up in");
      }
    }
    for (String lookup : lookups.keySet()) {
      if (!mapping.get().knownLookups().contains(lookup)) {
        yaml.problem(
            "has the look-up "
                + lookup
                + ", which "
                + mapping.get().id()
                + " does not know"
                + known(mapping.get().knownLookups()));
      }
    }
    return Optional.of(
        new Source(
            yaml.text("name"),
            practice.get(),
            mapping.get().as(Currency.getInstance(places.currency()), words),
            isPulled
                ? PullReader.local(yaml.text("name"), yaml.text("from"))
                : yaml.convert("from", "", WorkspaceLoader::insideWorkspace),
            location,
            locations,
            yaml.find("delivery").flatMap(v -> v.convert(Mappings::delivery)),
            yaml.find("encoding").flatMap(v -> v.convert(Mappings::encoding)),
            params,
            lookups,
            new Source.Safeguards(
                yaml.find("deletion_limit").flatMap(v -> v.convert(WorkspaceLoader::share)),
                yaml.convert("repeated_rows", false, WorkspaceLoader::keepsRepeatedRows)),
            yaml.find("client_scope").flatMap(v -> v.convert(ClientScope::of))));
  }

  private static String known(Set<String> names) {
    return names.isEmpty() ? "; it has none" : "; it knows " + String.join(", ", names);
  }

  private static boolean keepsRepeatedRows(String text) {
    return switch (text) {
      case "refuse" -> false;
      case "keep" -> true;
      default -> throw new IllegalArgumentException("must be refuse or keep");
    };
  }

  /** The source's own translations of the vendor's words, by canonical column. */
  private Map<String, Map<String, String>> words(YamlValue yaml, Source.MappingRef mapping) {
    Map<String, List<String>> vocabularies = mapping.vocabularies(contracts);
    Map<String, Map<String, String>> words = new LinkedHashMap<>();
    Map<String, YamlValue> columns = yaml.find("words").map(YamlValue::entries).orElse(Map.of());
    columns.forEach(
        (column, theirs) -> {
          if (!vocabularies.containsKey(column)) {
            theirs.problem(
                "is no column with a vocabulary that "
                    + mapping.id()
                    + " maps; such are "
                    + MarketReader.listed(vocabularies.keySet().stream()));
            return;
          }
          Map<String, String> ours = new LinkedHashMap<>();
          theirs
              .entries()
              .forEach(
                  (word, our) -> {
                    if (!vocabularies.get(column).contains(our.text())) {
                      our.problem("must be one of " + String.join(", ", vocabularies.get(column)));
                    }
                    ours.put(word, our.text());
                  });
          words.put(column, ours);
        });
    return words;
  }

  /** One format, several of which each file is one, or any that is known. */
  private Optional<Source.MappingRef> mapping(YamlValue yaml, Mappings mappings) {
    Optional<YamlValue> format = yaml.find("format");
    if (format.isEmpty()) {
      yaml.problem(
          "needs a format, one that `medspa mapping list` shows, or `format: auto` to recognise each file by"
              + " its header");
      return Optional.empty();
    }
    List<Source.MappingRef> refs = new ArrayList<>();
    List<YamlValue> names = format.get().isList() ? format.get().elements() : List.of(format.get());
    if (names.size() > 1
        && names.stream().anyMatch(name -> name.text().equals(Mappings.REFERENCE))) {
      yaml.problem(
          "has the format "
              + Mappings.REFERENCE
              + " beside others; make a source of its own for the workbook");
      return Optional.empty();
    }
    for (YamlValue name : names) {
      Optional<Source.MappingRef> ref =
          Source.MappingRef.find(mappings, name.text(), yaml.optionalText("table"));
      ref.ifPresentOrElse(
          refs::add,
          () ->
              yaml.problem(
                  name.text().equals(Mappings.BUILT_IN)
                      ? "needs a table; tables are " + String.join(", ", contracts.names())
                      : "has the unknown format "
                          + name.text()
                          + "; known are "
                          + Mappings.BUILT_IN
                          + ", "
                          + Mappings.AUTO
                          + ", "
                          + Mappings.REFERENCE
                          + ", "
                          + String.join(", ", mappings.names())));
    }
    return refs.isEmpty() || refs.size() < names.size()
        ? Optional.empty()
        : Optional.of(Source.MappingRef.oneOf(refs));
  }

  /** Exports lie in the workspace, so that a configuration can name no other file. */
  private static String insideWorkspace(String from) {
    if (from.isBlank()
        || Path.of(from).isAbsolute()
        || List.of(from.split("/", -1)).contains("..")) {
      throw new IllegalArgumentException(
          "must be a path or glob inside the workspace, such as exports/sales-*.csv");
    }
    try {
      FileSystems.getDefault().getPathMatcher("glob:" + from);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "is no glob: "
              + e.getDescription()
              + "; such are exports/sales-*.csv and exports/{sales,refunds}-*.csv",
          e);
    }
    return from;
  }

  /** The practice of a source follows from its location, its locations, or is named. */
  private Optional<String> practiceOf(
      YamlValue yaml, Market places, Optional<String> location, Map<String, String> locations) {
    Set<String> owners = new LinkedHashSet<>();
    List<String> ids = new ArrayList<>(locations.values());
    location.ifPresent(ids::add);
    for (String id : ids) {
      places
          .location(id)
          .ifPresentOrElse(
              l -> owners.add(l.practiceId()),
              () -> yaml.problem(MarketReader.notConfigured("location", id, places)));
    }
    yaml.optionalText("practice")
        .ifPresent(
            id -> {
              if (places.practices().stream().noneMatch(p -> p.id().equals(id))) {
                yaml.problem(MarketReader.notConfigured("practice", id, places));
              }
              owners.add(id);
            });
    if (owners.size() > 1) {
      yaml.problem(
          "belongs to several practices (" + String.join(", ", owners) + "); make one source each");
    } else if (owners.isEmpty() && ids.isEmpty()) {
      yaml.problem(
          "needs `location:` where all rows are of one, `locations:` from the export's names to ours, or"
              + " `practice:` for a reference table");
    }
    return owners.stream().findFirst();
  }

  private static Map<String, String> texts(YamlValue yaml, String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    yaml.find(key).ifPresent(m -> m.entries().forEach((k, v) -> texts.put(k, v.text())));
    return texts;
  }

  private static SourceExpectation expectation(YamlValue yaml, Source source) {
    Optional<Integer> days =
        yaml.find("expected_every")
            .flatMap(
                value ->
                    value.convert(
                        text -> {
                          if (!text.matches("[1-9][0-9]{0,3}d")) {
                            throw new IllegalArgumentException("must be days such as 7d");
                          }
                          return Integer.valueOf(text.substring(0, text.length() - 1));
                        }));
    return new SourceExpectation(source.name(), source.practiceId(), source.mapping().id(), days);
  }

  private static void checkLookups(YamlValue yaml, Set<String> names) {
    for (YamlValue source : yaml.list("sources")) {
      texts(source, "lookups")
          .forEach(
              (lookup, name) -> {
                if (!names.contains(name)) {
                  source.problem(
                      "looks "
                          + lookup
                          + " up in "
                          + name
                          + ", which is no source; there are "
                          + MarketReader.listed(names.stream()));
                }
              });
    }
  }

  private static List<Consultant> consultants(YamlValue yaml, List<Practice> practices) {
    List<Consultant> consultants = new ArrayList<>();
    for (YamlValue value : yaml.list("consultants")) {
      value.allowOnly(Set.of("id", "name", "practices", "detail"));
      for (YamlValue practice : value.list("practices")) {
        if (practices.stream().noneMatch(p -> p.id().equals(practice.text()))) {
          practice.problem(
              "is not a configured practice; there are "
                  + MarketReader.listed(practices.stream().map(Practice::id)));
        }
      }
      consultants.add(
          new Consultant(
              MarketReader.id(value),
              value.text("name"),
              value.texts("practices"),
              value.convert("detail", Detail.AGGREGATES, WorkspaceLoader::detail)));
    }
    return consultants;
  }

  private static Detail detail(String text) {
    return Stream.of(Detail.values())
        .filter(detail -> detail.word().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be aggregates or rows"));
  }

  /** A template's provider may be another one without a change in the configuration's own file. */
  private static String digest(Path file, List<ShiftTemplate> templates) {
    try {
      String providers =
          templates.stream().map(ShiftTemplate::providerId).collect(Collectors.joining("\n"));
      return Sha256.of(Files.readString(file) + providers);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
