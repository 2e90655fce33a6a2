package medspa.jobs.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.market.Market;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Rows of one table as two or three sources of a practice deliver them, for tests of what holds for
 * any rows, and the ways in which the same rows may arrive.
 *
 * <p>What makes two arrivals the same rows depends on how a source delivers:
 *
 * <ul>
 *   <li>{@code upsert}: any cut of its rows into files that keeps their order.
 *   <li>{@code append}: any cut that does not put a changed row of a key into another file, because
 *       within a file the later row wins and of two files the first one.
 *   <li>{@code window}: a cut between days, where every day of every location has a good row. A cut
 *       within a day is another delivery, because each of the two files says that the day is
 *       complete, and the second deletes what only the first one had. For the same reason a
 *       rejected row is never one that moved to another day: the file of the day it left would lack
 *       it.
 * </ul>
 *
 * <p>Every file is stamped with its place, because the same bytes are taken only once.
 *
 * @param sources in the order of the configuration
 */
public record GeneratedExports(Table table, List<SourceRows> sources) {
  private static final int DAYS = 4;
  private static final int KEYS = 6;

  /** Of the keys, those whose rows move between the days of windows. */
  private static final int FIRST_MOVING_KEY = 4;

  /** The highest number of files that an arrival makes of a source beyond its deliveries. */
  private static final int CUTS = 2;

  /** The tables whose rows are generated, as exports of the built-in format. */
  public enum Table {
    APPOINTMENTS(
        "appointments", "appointment_id,location_id,start_at,end_at,status,provider_id,exported"),
    SALE_LINES(
        "sale_lines", "sale_id,line_id,location_id,sold_at,kind,quantity,gross_amount,exported");

    private final String contract;
    private final String header;

    Table(String contract, String header) {
      this.contract = contract;
      this.header = header;
    }

    /** Its name in the contract. */
    public String contract() {
      return contract;
    }

    private String line(ExportRow row, int place) {
      String day = LocalDate.of(2026, 6, 1).plusDays(row.day()).toString();
      boolean unknownWord = row.flaw() == Flaw.UNKNOWN_WORD;
      String location = row.flaw() == Flaw.UNKNOWN_LOCATION ? "nowhere" : row.location();
      List<String> cells =
          switch (this) {
            case APPOINTMENTS ->
                List.of(
                    "A" + row.key(),
                    location,
                    day + "T09:00",
                    day + (row.flaw() == Flaw.BROKEN_RULE ? "T09:00" : "T10:00"),
                    unknownWord
                        ? "whatever"
                        : List.of("booked", "confirmed", "completed", "cancelled")
                            .get(row.version()),
                    "P" + row.version() % 2);
            case SALE_LINES ->
                List.of(
                    "S" + row.key() / 3,
                    "L" + row.key() % 3,
                    location,
                    day + "T12:30",
                    unknownWord ? "whatever" : "retail",
                    row.flaw() == Flaw.BROKEN_RULE ? "0" : "1",
                    row.version() + ".25");
          };
      return String.join(",", cells) + "," + place;
    }
  }

  /** What is wrong with a row, so that it is rejected. */
  public enum Flaw {
    NONE,
    UNKNOWN_WORD,
    BROKEN_RULE,
    UNKNOWN_LOCATION
  }

  /** One row of an export: its key, local day, content besides these, and what is wrong with it. */
  public record ExportRow(int key, int day, int version, Flaw flaw) {
    /** Its location; part of the key. */
    String location() {
      return key % 2 == 0 ? "austin" : "island";
    }

    boolean isRejected() {
      return flaw != Flaw.NONE;
    }
  }

  /** What one source delivers, in the order of delivery. */
  public record SourceRows(String name, Delivery delivery, List<List<ExportRow>> deliveries) {
    /** The deliveries cut into more files at up to {@link #CUTS} places where they may be cut. */
    private List<List<ExportRow>> cut(Random random) {
      List<List<ExportRow>> wholes =
          delivery == Delivery.UPSERT
              ? List.of(deliveries.stream().flatMap(List::stream).toList())
              : deliveries;
      List<List<ExportRow>> files = new ArrayList<>();
      int cutsLeft = CUTS;
      for (List<ExportRow> whole : wholes) {
        List<Integer> places =
            new ArrayList<>(
                IntStream.range(1, whole.size()).filter(i -> mayCut(whole, i)).boxed().toList());
        Collections.shuffle(places, random);
        int cuts = Math.min(random.nextInt(cutsLeft + 1), places.size());
        cutsLeft -= cuts;
        int from = 0;
        for (int to : new TreeSet<>(places.subList(0, cuts))) {
          files.add(whole.subList(from, to));
          from = to;
        }
        files.add(whole.subList(from, whole.size()));
      }
      return files;
    }

    private boolean mayCut(List<ExportRow> rows, int before) {
      return delivery != Delivery.WINDOW || rows.get(before - 1).day() != rows.get(before).day();
    }
  }

  /**
   * One file of a source.
   *
   * @param place its place in the order of delivery of its source
   */
  public record ArrivingFile(SourceRows source, int place, List<ExportRow> rows) {
    /** Its name, with a date that tells its place. */
    String name() {
      return source.name() + "-" + LocalDate.of(2026, 1, 1).plusDays(place) + ".csv";
    }
  }

  /** Each delivery as one file, all ingested in one run. */
  public List<List<ArrivingFile>> asDelivered() {
    List<ArrivingFile> files = new ArrayList<>();
    for (SourceRows source : sources) {
      files.addAll(files(source, source.deliveries()));
    }
    return List.of(files);
  }

  /** The same rows cut into other files, those of the sources interleaved, in several runs. */
  public List<List<ArrivingFile>> arrival(Random random) {
    List<Queue<ArrivingFile>> waiting = new ArrayList<>();
    for (SourceRows source : sources) {
      waiting.add(new ArrayDeque<>(files(source, source.cut(random))));
    }
    List<List<ArrivingFile>> runs = new ArrayList<>();
    List<ArrivingFile> run = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Queue<ArrivingFile> next = waiting.get(random.nextInt(waiting.size()));
      run.add(next.remove());
      waiting.removeIf(Queue::isEmpty);
      if (waiting.isEmpty() || random.nextInt(3) == 0) {
        runs.add(run);
        run = new ArrayList<>();
      }
    }
    // The names tell the order; the files of a run need not come in it.
    runs.forEach(files -> Collections.shuffle(files, random));
    return runs;
  }

  private static List<ArrivingFile> files(SourceRows source, List<List<ExportRow>> pieces) {
    return IntStream.range(0, pieces.size())
        .mapToObj(i -> new ArrivingFile(source, i, pieces.get(i)))
        .toList();
  }

  /** Ingests an arrival run by run and returns the lake it makes. */
  public Lake ingest(List<List<ArrivingFile>> arrival, Path workspace) {
    IngestFixture fixture = fixture(workspace);
    for (List<ArrivingFile> run : arrival) {
      ingestRun(fixture, run);
    }
    return fixture.lake;
  }

  /** The practices and locations of the rows. */
  public static Market market() {
    return IngestFixture.market();
  }

  /** A workspace with the sources and no export yet. */
  IngestFixture fixture(Path workspace) {
    IngestFixture fixture = new IngestFixture(workspace);
    for (SourceRows source : sources) {
      fixture.add(
          source.name(),
          "glow",
          "medspa",
          Optional.of(table.contract()),
          source.name() + "-*.csv",
          Optional.empty(),
          source.delivery());
    }
    return fixture;
  }

  /** Adds files to the exports and ingests, however many rows are rejected or deleted. */
  Ingestion.Result ingestRun(IngestFixture fixture, List<ArrivingFile> run) {
    try {
      for (ArrivingFile file : run) {
        fixture.file(
            file.name(),
            Stream.concat(
                    Stream.of(table.header),
                    file.rows().stream().map(row -> table.line(row, file.place())))
                .toArray(String[]::new));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fixture.ingest("1", "1");
  }

  /** Generates them. */
  public static final class Any implements ArbitrarySupplier<GeneratedExports> {
    @Override
    public Arbitrary<GeneratedExports> get() {
      Arbitrary<List<SourceRows>> sources =
          Arbitraries.of(List.of("new", "old"), List.of("web", "desk", "app"))
              .flatMap(
                  names ->
                      Combinators.combine(names.stream().map(Any::source).toList())
                          .as(list -> list));
      return Combinators.combine(Arbitraries.of(Table.class), sources).as(GeneratedExports::new);
    }

    private static Arbitrary<SourceRows> source(String name) {
      return Arbitraries.of(Delivery.class)
          .flatMap(
              delivery ->
                  delivery(delivery)
                      .list()
                      .ofMinSize(1)
                      .ofMaxSize(2)
                      .map(deliveries -> new SourceRows(name, delivery, deliveries)));
    }

    private static Arbitrary<List<ExportRow>> delivery(Delivery delivery) {
      Arbitrary<List<ExportRow>> rows = row().list().ofMinSize(1).ofMaxSize(8);
      return switch (delivery) {
        case UPSERT, WHOLE -> rows;
        case APPEND -> rows.map(Any::withoutChanges);
        case WINDOW ->
            Combinators.combine(
                    Arbitraries.integers().between(0, DAYS - 1),
                    Arbitraries.integers().between(0, DAYS - 1),
                    version(),
                    rows)
                .as((a, b, version, list) -> window(Math.min(a, b), Math.max(a, b), version, list));
      };
    }

    private static Arbitrary<ExportRow> row() {
      return Combinators.combine(
              Arbitraries.integers().between(0, KEYS - 1),
              Arbitraries.integers().between(0, DAYS - 1),
              version(),
              Arbitraries.frequency(
                  Tuple.of(7, Flaw.NONE),
                  Tuple.of(1, Flaw.UNKNOWN_WORD),
                  Tuple.of(1, Flaw.BROKEN_RULE),
                  Tuple.of(1, Flaw.UNKNOWN_LOCATION)))
          .as(ExportRow::new);
    }

    private static Arbitrary<Integer> version() {
      return Arbitraries.integers().between(0, 3);
    }

    /** Every good row of a key as the first one. */
    private static List<ExportRow> withoutChanges(List<ExportRow> rows) {
      Map<Integer, ExportRow> first = new HashMap<>();
      rows.stream().filter(row -> !row.isRejected()).forEach(r -> first.putIfAbsent(r.key(), r));
      return rows.stream().map(row -> row.isRejected() ? row : first.get(row.key())).toList();
    }

    /** Rows by day, with a good one for each day and location. */
    private static List<ExportRow> window(int from, int to, int version, List<ExportRow> rows) {
      List<ExportRow> window = new ArrayList<>();
      for (int day = from; day <= to; day++) {
        for (int location = 0; location < 2; location++) {
          window.add(new ExportRow(KEYS + 2 * day + location, day, version, Flaw.NONE));
        }
      }
      for (ExportRow row : rows) {
        if (row.key() >= FIRST_MOVING_KEY) {
          int day = from + row.day() % (to - from + 1);
          window.add(new ExportRow(row.key(), day, row.version(), Flaw.NONE));
        } else if (from <= row.key() && row.key() <= to) {
          window.add(new ExportRow(row.key(), row.key(), row.version(), row.flaw()));
        }
      }
      window.sort(Comparator.comparingInt(ExportRow::day));
      return window;
    }
  }
}
