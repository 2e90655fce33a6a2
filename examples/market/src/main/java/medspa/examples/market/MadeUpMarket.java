package medspa.examples.market;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import medspa.examples.market.MarketPlan.Location;
import medspa.examples.market.MarketPlan.Practice;
import medspa.examples.market.MarketPlan.Trait;
import medspa.examples.market.MarketPlan.Vendor;
import medspa.examples.market.Sales.Receipt;
import medspa.examples.market.Schedule.LocationSchedule;

/**
 * Makes up a market of medical spas and writes what their schedulers, points of sale and
 * inventories would have exported, faults included.
 *
 * <p>The files depend on size, seed and last day alone: the same arguments give the same bytes on
 * every machine. One location is held in memory at a time.
 */
public final class MadeUpMarket {
  private MadeUpMarket() {}

  /**
   * Writes {@code medspa.yaml}, {@code pseudonym.key} and everything below {@code exports} into the
   * workspace, which is created where it does not exist.
   *
   * @param until the day after the last day of the history; the history is whole weeks before it
   * @param progress is told each practice as it is done
   * @throws IllegalArgumentException if the workspace holds a {@code medspa.yaml} or exports
   *     already
   * @throws UncheckedIOException if a file cannot be written
   */
  public static MarketSummary write(
      Path workspace, MarketSize size, long seed, LocalDate until, Consumer<String> progress) {
    return write(workspace, size, size.weeks(), seed, until, false, progress);
  }

  /**
   * The same, of a market over another number of weeks, in which every practice may export the
   * built-in format.
   *
   * @param weeks whole weeks of history
   * @param builtInFormat whether practices that would use other vendors export the built-in format
   */
  public static MarketSummary write(
      Path workspace,
      MarketSize size,
      int weeks,
      long seed,
      LocalDate until,
      boolean builtInFormat,
      Consumer<String> progress) {
    MarketPlan plan = MarketPlan.of(size, weeks, seed, until, builtInFormat);
    Map<String, Long> rows = new TreeMap<>();
    int files = write(workspace, plan, rows, progress);
    Location declining = plan.declining();
    Location newest = plan.newest();
    return new MarketSummary(
        plan.from(),
        plan.until(),
        plan.practices().size(),
        plan.locations().size(),
        files,
        rows.entrySet().stream()
            .map(e -> new MarketSummary.RowCount(e.getKey(), e.getValue()))
            .toList(),
        declining.id(),
        declining.cause().orElseThrow().from(),
        newest.id(),
        newest.openedOn());
  }

  /**
   * Writes a market in which causes are planted, as {@link #write(Path, MarketSize, long,
   * LocalDate, Consumer)} does a market of a size. The name of a file ends with the day on which it
   * is exported.
   *
   * @throws IllegalArgumentException if the workspace holds a {@code medspa.yaml} or exports
   *     already
   * @throws UncheckedIOException if a file cannot be written
   */
  public static void write(
      Path workspace, Scenario scenario, long seed, Consumer<String> progress) {
    write(workspace, MarketPlan.of(scenario, seed), new TreeMap<>(), progress);
  }

  /** Writes the market and counts its rows; the number of files. */
  private static int write(
      Path workspace, MarketPlan plan, Map<String, Long> rows, Consumer<String> progress) {
    for (String name : List.of("medspa.yaml", "exports")) {
      if (Files.exists(workspace.resolve(name))) {
        throw new IllegalArgumentException(
            "%s is there already; give an empty directory for the demo"
                .formatted(workspace.resolve(name)));
      }
    }
    int files = 0;
    try {
      Files.createDirectories(workspace);
      Files.writeString(workspace.resolve("medspa.yaml"), MarketYaml.of(plan));
      writeKey(workspace.resolve("pseudonym.key"), key(plan.seed()));
      for (Practice practice : plan.practices()) {
        Exports exports = new Exports(workspace.resolve("exports").resolve(practice.id()));
        write(plan, practice, exports);
        exports.stampTimes();
        exports.rows().forEach((export, count) -> rows.merge(export, count, Long::sum));
        files += exports.files();
        progress.accept(
            "%s: %s locations, %s files"
                .formatted(practice.name(), practice.locations().size(), exports.files()));
      }
    } catch (UncheckedIOException e) {
      throw new UncheckedIOException("Cannot write the demo to " + workspace, e.getCause());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the demo to " + workspace, e);
    }
    return files;
  }

  private static void write(MarketPlan plan, Practice practice, Exports exports)
      throws IOException {
    List<Delivery> deliveries = plan.deliveries();
    List<LocalDate> listsOn = List.of(deliveries.get(0).exportedOn(), plan.until());
    ReferenceFormat lists = new ReferenceFormat(practice, exports);
    for (LocalDate exportedOn : listsOn) {
      lists.providers(exportedOn);
      lists.products(exportedOn, exportedOn.isBefore(plan.until()));
      if (practice.vendor() == Vendor.MEDSPA) {
        lists.services(exportedOn);
        lists.rooms(exportedOn);
      }
    }
    for (Location location : practice.locations()) {
      LocationSchedule schedule = ScheduleGenerator.generate(plan, practice, location);
      List<Receipt> receipts =
          SalesGenerator.generate(plan, practice, location, schedule.bookings());
      Stock.LocationStock stock =
          StockGenerator.generate(plan, practice, location, schedule.bookings(), receipts);
      MedspaFormat medspa = new MedspaFormat(plan, practice, location, exports);
      AcuityFormat acuity = new AcuityFormat(practice, location, exports);
      SquareFormat square = new SquareFormat(plan, practice, location, exports, receipts);
      for (Delivery delivery : deliveries) {
        if (practice.vendor() == Vendor.MEDSPA) {
          medspa.schedule(schedule, delivery);
          medspa.sales(receipts, delivery);
          medspa.memberships(receipts, delivery);
        } else {
          acuity.schedule(schedule.bookings(), delivery);
          square.sales(delivery);
        }
        medspa.stock(stock, delivery);
      }
      if (practice.vendor() == Vendor.MEDSPA) {
        for (LocalDate exportedOn : listsOn) {
          lists.clients(exportedOn, schedule.clients());
        }
      }
      if (practice.has(Trait.WINDOWS) && location.index() == 0) {
        String name = medspa.file("appointments", deliveries.get(1));
        exports.deliverAgain(name, name.replace(".csv", "-again.csv"));
      }
    }
  }

  private static String key(long seed) {
    List<String> words = new ArrayList<>();
    IntStream.range(0, 4)
        .forEach(i -> words.add(hex(RandomStream.hash(seed, "pseudonym key " + i))));
    return String.join("", words);
  }

  private static String hex(long value) {
    String digits = Long.toHexString(value);
    return "0".repeat(16 - digits.length()) + digits;
  }

  /** Only the owner can read the key, where the file system knows owners. */
  private static void writeKey(Path file, String key) throws IOException {
    Files.writeString(file, key + "\n");
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }
}
