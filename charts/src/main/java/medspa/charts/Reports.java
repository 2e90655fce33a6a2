package medspa.charts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.charts.document.Book;
import medspa.charts.document.Document;
import medspa.charts.html.HtmlRenderer;
import medspa.charts.page.PortfolioPage;
import medspa.charts.pdf.PdfRenderer;
import medspa.charts.read.BenchmarkFacts;
import medspa.charts.read.Consultant;
import medspa.charts.read.DailyFacts;
import medspa.charts.read.Kpi;
import medspa.charts.read.Location;
import medspa.charts.read.PortfolioTable;
import medspa.charts.read.Practice;
import medspa.charts.read.PublishedWarehouse;
import medspa.charts.report.BenchmarkBook;
import medspa.charts.report.BenchmarkReport;
import medspa.charts.report.DailyReport;
import medspa.charts.report.OwnerReport;
import medspa.charts.workbook.WorkbookRenderer;
import medspa.warehouse.lake.DiskFiles;

/** Writes the reports of the week that the published warehouse computed last, and of its day. */
public final class Reports {
  /** Files of a consultant's benchmark. */
  private static final int FORMS = 3;

  private Reports() {}

  /**
   * A form of a consultant's benchmark.
   *
   * @param name what it is called where it could not be made, before the consultant's id
   * @param content made when it is asked for
   */
  private record Form(String name, String ending, Supplier<DiskFiles.Content> content) {}

  /**
   * Writes {@code <reports>/<week>/<practice>-weekly.pdf} for each practice and {@code
   * benchmark-<consultant>.pdf}, {@code .html} and {@code .xlsx} for each consultant; with a
   * location, {@code <practice>-<location>-weekly.pdf} instead. A request for one practice or one
   * location writes no benchmark. Each file is written beside its place and then moved there, so
   * that a reader sees a whole one at any time. The same warehouse and paper give the same bytes.
   *
   * @param progress takes one line for each report written
   * @return the files written, owners first, in the order of the ids
   * @throws IllegalArgumentException if the practice or location asked for, or the practice to
   *     highlight, is not in the warehouse
   * @throws medspa.warehouse.query.QueryException if the warehouse cannot be read
   * @throws UncheckedIOException if a report cannot be written
   * @throws IllegalStateException if reports could not be made, naming them; all others are written
   */
  public static List<Path> write(ReportRequest request, Consumer<String> progress) {
    try (PublishedWarehouse warehouse = PublishedWarehouse.open(request.warehouseFile())) {
      List<Practice> practices = chosen(warehouse, request);
      request.highlight().ifPresent(id -> find(warehouse.practices(), id));
      List<Consultant> consultants =
          request.practiceId().isPresent() || request.locationId().isPresent()
              ? List.of()
              : warehouse.consultants();
      Path folder = request.reportsDirectory().resolve(warehouse.run().lastWeek().toString());
      int count = practices.size() + FORMS * consultants.size();
      PdfRenderer renderer = new PdfRenderer();
      List<Path> written = new ArrayList<>();
      Failures failures = new Failures(count);
      warehouse.eachPractice(
          practices,
          request.locationId(),
          facts -> {
            String practice = facts.practice().id();
            String of = request.locationId().map(id -> practice + "-" + id).orElse(practice);
            failures
                .unless(
                    "the letter of " + practice,
                    () ->
                        renderer.render(
                            new OwnerReport().of(warehouse.run(), warehouse.kpis(), facts),
                            request.pageSize().paper()))
                .ifPresent(
                    pdf -> {
                      written.add(place(folder, of + "-weekly.pdf", pdf));
                      tell(progress, written, count);
                    });
          },
          (practice, e) -> failures.add("the letter of " + practice.id(), e));
      for (Consultant consultant : consultants) {
        for (Form form : forms(warehouse, request, consultant)) {
          failures
              .unless(
                  form.name() + consultant.id(),
                  () ->
                      place(
                          folder,
                          "benchmark-" + consultant.id() + form.ending(),
                          form.content().get()))
              .ifPresent(
                  path -> {
                    written.add(path);
                    tell(progress, written, count);
                  });
        }
      }
      failures.end();
      return List.copyOf(written);
    }
  }

  /**
   * Writes the daily flash of each location that has opened, {@code
   * <reports>/<as-of>/<practice>-<location>-daily.pdf} and the same as {@code .html}, in the way of
   * {@link #write}.
   *
   * @return the files written, in the order of the practices and of their locations
   * @throws IllegalArgumentException if the practice or location asked for is not in the warehouse,
   *     or the location asked for has not opened
   */
  public static List<Path> writeDaily(ReportRequest request, Consumer<String> progress) {
    try (PublishedWarehouse warehouse = PublishedWarehouse.open(request.warehouseFile())) {
      Path folder = request.reportsDirectory().resolve(warehouse.run().asOf().toString());
      List<DailyFacts> flashes = new ArrayList<>();
      for (Practice practice : chosen(warehouse, request)) {
        for (Location location : warehouse.locations(practice.id())) {
          if (request.locationId().map(location.id()::equals).orElse(true)) {
            Optional<DailyFacts> facts = warehouse.dailyFacts(practice, location);
            if (facts.isEmpty() && request.locationId().isPresent()) {
              throw new IllegalArgumentException(
                  "The location "
                      + location.id()
                      + " has not opened on "
                      + warehouse.run().asOf()
                      + ", so there is no flash of it; `opened_on` of medspa.yaml says when it"
                      + " opens");
            }
            facts.ifPresent(flashes::add);
          }
        }
      }
      PdfRenderer pdf = new PdfRenderer();
      HtmlRenderer html = new HtmlRenderer();
      List<Path> written = new ArrayList<>();
      for (DailyFacts facts : flashes) {
        Document flash = new DailyReport().of(warehouse.run(), warehouse.kpis(), facts);
        String name = facts.practice().id() + "-" + facts.location().id() + "-daily";
        written.add(place(folder, name + ".pdf", pdf.render(flash, request.pageSize().paper())));
        tell(progress, written, 2 * flashes.size());
        written.add(
            place(folder, name + ".html", html.render(flash).getBytes(StandardCharsets.UTF_8)));
        tell(progress, written, 2 * flashes.size());
      }
      return List.copyOf(written);
    }
  }

  private static void tell(Consumer<String> progress, List<Path> written, int count) {
    progress.accept(
        "report " + written.size() + " of " + count + ": " + written.get(written.size() - 1));
  }

  private static List<Practice> chosen(PublishedWarehouse warehouse, ReportRequest request) {
    List<Practice> practices = warehouse.practices();
    if (request.practiceId().isPresent()) {
      practices = List.of(find(practices, request.practiceId().get()));
    }
    Optional<String> location = request.locationId();
    if (location.isPresent()) {
      String known =
          known(
              practices.stream()
                  .flatMap(practice -> warehouse.locations(practice.id()).stream())
                  .map(Location::id));
      practices =
          practices.stream()
              .filter(
                  practice ->
                      warehouse.locations(practice.id()).stream()
                          .map(Location::id)
                          .anyMatch(location.get()::equals))
              .toList();
      if (practices.isEmpty()) {
        throw new IllegalArgumentException(
            "There is no location "
                + location.get()
                + request.practiceId().map(id -> " of practice " + id).orElse("")
                + " in the warehouse"
                + known);
      }
    }
    return practices;
  }

  private static Practice find(List<Practice> practices, String id) {
    return practices.stream()
        .filter(practice -> practice.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no practice "
                        + id
                        + " in the warehouse"
                        + known(practices.stream().map(Practice::id))));
  }

  private static String known(Stream<String> ids) {
    return "; there are "
        + ids.sorted().collect(Collectors.joining(", "))
        + ". What is new in medspa.yaml is there after the next `medspa run`.";
  }

  /** Of facts that are read once; the numbers of the workbook are read while it is written. */
  private static List<Form> forms(
      PublishedWarehouse warehouse, ReportRequest request, Consultant consultant) {
    Supplier<BenchmarkFacts> facts = once(() -> warehouse.benchmarkFacts(consultant));
    Supplier<PortfolioTable> table = once(() -> warehouse.portfolioTable(consultant));
    Function<Kpi, List<PortfolioTable.Value>> values =
        kpi -> warehouse.portfolioValues(consultant, kpi);
    return List.of(
        new Form(
            "the benchmark of ",
            ".pdf",
            () ->
                bytes(
                    new PdfRenderer()
                        .render(
                            new BenchmarkReport()
                                .of(warehouse.run(), facts.get(), request.highlight()),
                            request.pageSize().paper()))),
        new Form(
            "the web page of the benchmark of ",
            ".html",
            () ->
                bytes(
                    new PortfolioPage()
                        .render(warehouse.run(), table.get(), facts.get(), values)
                        .getBytes(StandardCharsets.UTF_8))),
        new Form(
            "the workbook of ",
            ".xlsx",
            () -> {
              Book book = new BenchmarkBook().of(warehouse.run(), facts.get(), table.get(), values);
              return out -> new WorkbookRenderer().render(book, out);
            }));
  }

  private static DiskFiles.Content bytes(byte[] bytes) {
    return out -> out.write(bytes);
  }

  /** What is read when it is first asked for, and kept. */
  private static <T> Supplier<T> once(Supplier<T> read) {
    List<T> kept = new ArrayList<>(1);
    return () -> {
      if (kept.isEmpty()) {
        kept.add(read.get());
      }
      return kept.get(0);
    };
  }

  private static Path place(Path folder, String name, byte[] bytes) {
    return place(folder, name, bytes(bytes));
  }

  private static Path place(Path folder, String name, DiskFiles.Content content) {
    Path target = folder.resolve(name);
    if (!folder.equals(target.getParent()) || !target.equals(target.normalize())) {
      throw new IllegalArgumentException("The id in " + name + " cannot be part of a file name");
    }
    try {
      DiskFiles.write(target, content);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException("The report " + target + " cannot be written", e);
    }
  }
}
