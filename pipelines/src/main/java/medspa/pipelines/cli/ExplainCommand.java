package medspa.pipelines.cli;

import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import medspa.pipelines.run.ExitCode;
import medspa.warehouse.explain.Explainer;
import medspa.warehouse.explain.Explanation;
import medspa.warehouse.explain.Explanation.Explained;
import medspa.warehouse.explain.ExplanationText;
import medspa.warehouse.explain.Subject;
import medspa.warehouse.measure.Grain;
import medspa.warehouse.query.QueryFormat;
import medspa.warehouse.query.WarehouseQuery;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code medspa explain}: from a published number to the rows of the exports behind it. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Explain a published number: its definition, and the rows of the exports behind it.",
      "It is that of a location, or of a practice, rolled up from its locations.",
      "Ends with exit code 5 if the rows do not add up to the number."
    })
final class ExplainCommand implements Callable<Integer> {
  @Mixin PublishedOption published = new PublishedOption();
  @Mixin PlaceOption place = new PlaceOption();
  @Mixin Terminal terminal = new Terminal();
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "KPI", description = "Id of the KPI, such as fill_rate.")
  String kpi;

  @Option(
      names = "--week",
      paramLabel = "DATE",
      required = true,
      description = "The week's first day, or any other day of it.")
  LocalDate week;

  @ArgGroup Part part = new Part();

  /** A part of the location, or of the practice. */
  static final class Part {
    @Option(names = "--provider", paramLabel = "ID", description = "Only this provider.")
    String provider;

    @Option(names = "--room", paramLabel = "ID", description = "Only this room.")
    String room;

    @Option(
        names = "--category",
        paramLabel = "NAME",
        description = "Only this category of services.")
    String category;

    @Option(names = "--product", paramLabel = "ID", description = "Only this product.")
    String product;

    @Option(
        names = "--region",
        paramLabel = "NAME",
        description = "Only the practice's locations in this region.")
    String region;

    /** The part of the location, if one is named. */
    Optional<Subject> of(String location) {
      if (provider != null) {
        return Optional.of(new Subject.OfMember(location, Grain.PROVIDER, provider));
      } else if (room != null) {
        return Optional.of(new Subject.OfMember(location, Grain.ROOM, room));
      } else if (category != null) {
        return Optional.of(new Subject.OfMember(location, Grain.CATEGORY, category));
      } else if (product != null) {
        return Optional.of(new Subject.OfMember(location, Grain.PRODUCT, product));
      }
      return Optional.empty();
    }
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  QueryFormat format;

  @Option(
      names = "--limit",
      paramLabel = "ROWS",
      defaultValue = "25",
      description = "Rows of each part that a table shows, 0 for all (default: ${DEFAULT-VALUE}).")
  int limit;

  @Override
  public Integer call() {
    Subject subject = subject();
    try (WarehouseQuery query =
        WarehouseQuery.open(
            published.warehouse(), WarehouseQuery.Limits.DEFAULT, WarehouseQuery.Results.WHOLE)) {
      if (published.extract().isPresent() && holdsAggregatesOnly(query)) {
        throw new IllegalArgumentException(
            published.extract().get()
                + " holds no rows of exports, so no number can be explained from it; ask the"
                + " practice, or let its `consultants:` entry say `detail: rows`");
      }
      Explanation explanation = new Explainer(query).explain(kpi, subject, week);
      ExplanationText.write(
          explanation,
          format,
          limit > 0 ? Optional.of(limit) : Optional.empty(),
          terminal.results());
      terminal.results().flush();
      if (explanation instanceof Explained explained && !explained.addsUp()) {
        explained.parts().stream()
            .filter(part -> !part.addsUp())
            .forEach(
                part ->
                    terminal.problem(
                        "The rows of the "
                            + part.name()
                            + " add up to "
                            + part.sum().toPlainString()
                            + ", but published is "
                            + part.published().toPlainString()
                            + "; run `medspa compute --rebuild` and `medspa publish`, and report"
                            + " it if they still differ."));
        return ExitCode.CHECK_FAILED.code();
      }
      return ExitCode.DONE.code();
    }
  }

  private static boolean holdsAggregatesOnly(WarehouseQuery query) {
    return !query
        .rows(
            "SELECT 1 AS one FROM audience WHERE detail = 'aggregates'", row -> row.integer("one"))
        .isEmpty();
  }

  private Subject subject() {
    if (place.location().isPresent() == place.practice().isPresent()) {
      throw wrong("Give either --location ID or --practice ID.");
    }
    if (place.location().isPresent()) {
      if (part.region != null) {
        throw wrong("A region is one of a practice: give --practice ID instead of --location.");
      }
      return part.of(place.location).orElse(new Subject.OfLocation(place.location));
    }
    if (part.of("").isPresent()) {
      throw wrong("Providers, rooms, categories and products are explained with --location ID.");
    }
    return part.region == null
        ? new Subject.OfPractice(place.practice)
        : new Subject.OfRegion(place.practice, part.region);
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
