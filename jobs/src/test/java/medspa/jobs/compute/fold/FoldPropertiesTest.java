package medspa.jobs.compute.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import medspa.jobs.compute.SharedSpark;
import medspa.jobs.compute.TestBatch;
import medspa.jobs.compute.TestLake;
import medspa.jobs.compute.TestMarket;
import medspa.jobs.compute.session.RunDirectories;
import medspa.jobs.compute.silver.Silver;
import medspa.jobs.ingest.GeneratedExports;
import medspa.jobs.ingest.GeneratedExports.SourceRows;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.Lake;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What holds for the current rows of any exports; {@link GeneratedExports} says which are alike.
 */
class FoldPropertiesTest {
  private static final TableContracts CONTRACTS = TableContracts.load();

  private Path directory;

  @BeforeTry
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("medspa-fold");
  }

  @AfterTry
  void deleteDirectory() {
    RunDirectories.delete(directory);
  }

  @Property(tries = 2, edgeCases = EdgeCasesMode.NONE)
  void anySplitIntoFilesAndAnyInterleavingOfSourcesGiveTheSameSilver(
      @ForAll(supplier = GeneratedExports.Any.class) GeneratedExports exports,
      @ForAll Random random) {
    arrivesInAnyOrder(exports, random);
  }

  @Tag("full")
  @Property(tries = 12, edgeCases = EdgeCasesMode.NONE)
  void soDoManySplitsAndInterleavings(
      @ForAll(supplier = GeneratedExports.Any.class) GeneratedExports exports,
      @ForAll Random random) {
    arrivesInAnyOrder(exports, random);
  }

  private void arrivesInAnyOrder(GeneratedExports exports, Random random) {
    Lake delivered = exports.ingest(exports.asDelivered(), directory.resolve("delivered"));
    Lake arrived = exports.ingest(exports.arrival(random), directory.resolve("arrived"));
    assertThat(silver(exports, arrived)).isEqualTo(silver(exports, delivered));
  }

  /** A receipt on one day. */
  private record ReceiptDay(String receipt, String day) {}

  /** What one file tells: the amounts of the lines of some receipts. */
  private static Map<ReceiptDay, List<Integer>> receipts(Random random, int file) {
    Map<ReceiptDay, List<Integer>> told = new TreeMap<>(Comparator.comparing(ReceiptDay::toString));
    for (int receipt = 0; receipt < 3; receipt++) {
      for (int day = 2; day <= 4; day++) {
        if (random.nextInt(3) == 0) {
          told.put(
              new ReceiptDay("R" + receipt, "2026-03-0" + day),
              IntStream.range(0, 1 + random.nextInt(3)).map(i -> 10 * file + i).boxed().toList());
        }
      }
    }
    return told;
  }

  private static String write(TestBatch batch, Map<ReceiptDay, List<Integer>> told) {
    batch.byReceipt();
    told.forEach(
        (receipt, amounts) -> {
          for (int i = 0; i < amounts.size(); i++) {
            batch.row(
                "sale_lines",
                "location_id=austin sale_id=%s line_id=%s:%d sold_at=%sT10:00 kind=service quantity=1 gross_amount=%d"
                    .formatted(
                        receipt.receipt(), receipt.day(), i + 1, receipt.day(), amounts.get(i)));
          }
        });
    return batch.write();
  }

  /** Which of the receipts stand at the end, if one file after the other is laid over them. */
  private static Map<ReceiptDay, List<Integer>> laidOver(
      Delivery delivery, List<Map<ReceiptDay, List<Integer>>> files) {
    Map<ReceiptDay, List<Integer>> stand = new HashMap<>();
    for (Map<ReceiptDay, List<Integer>> told : files) {
      List<String> days = told.keySet().stream().map(ReceiptDay::day).sorted().toList();
      if (delivery == Delivery.WINDOW && !days.isEmpty()) {
        stand
            .keySet()
            .removeIf(
                r ->
                    r.day().compareTo(days.get(0)) >= 0
                        && r.day().compareTo(days.get(days.size() - 1)) <= 0);
      }
      told.forEach(
          (receipt, amounts) -> {
            if (delivery == Delivery.APPEND) {
              stand.putIfAbsent(receipt, amounts);
            } else {
              stand.put(receipt, amounts);
            }
          });
    }
    return stand;
  }

  @Property(tries = 6, edgeCases = EdgeCasesMode.NONE)
  void aReceiptIsWhatOneDeliveryTellsHoweverFilesOverlapAndAreReadAgain(
      @ForAll Delivery delivery, @ForAll Random random) {
    filesOverlap(delivery, random);
  }

  @Tag("full")
  @Property(tries = 18, edgeCases = EdgeCasesMode.NONE)
  void soItIsInManyOverlapsAndReadings(@ForAll Delivery delivery, @ForAll Random random) {
    filesOverlap(delivery, random);
  }

  private void filesOverlap(Delivery delivery, Random random) {
    TestLake lake = new TestLake(directory, new TestMarket().location("glow", "austin").build());
    List<Map<ReceiptDay, List<Integer>>> files = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int file = 0; file < 2 + random.nextInt(3); file++) {
      files.add(receipts(random, file + 1));
      ids.add(write(lake.batch(delivery), files.get(file)));
    }
    for (int file = 0; file < files.size(); file++) {
      if (random.nextInt(3) == 0) {
        files.set(file, receipts(random, file + 5));
        write(lake.batch(delivery).replacing(ids.get(file), file + 1), files.get(file));
      }
    }
    SparkSession spark = SharedSpark.session();
    Fold fold =
        new Fold(
            spark,
            lake.lake(),
            Silver.locations(spark, new TestMarket().location("glow", "austin").build()),
            Bronze.read(lake.lake()).current(),
            List.of());
    Map<ReceiptDay, List<Integer>> folded = new HashMap<>();
    fold.table(CONTRACTS.table("sale_lines"))
        .where("NOT is_deleted")
        .selectExpr("sale_id", "CAST(local_date AS STRING)", "CAST(gross_amount AS INT)")
        .orderBy("line_id")
        .collectAsList()
        .forEach(
            row ->
                folded
                    .computeIfAbsent(
                        new ReceiptDay(row.getString(0), row.getString(1)), r -> new ArrayList<>())
                    .add(row.getInt(2)));
    assertThat(folded).isEqualTo(laidOver(delivery, files));
  }

  /** The rows of silver, without the file and line they came from. */
  private static List<String> silver(GeneratedExports exports, Lake lake) {
    SparkSession spark = SharedSpark.session();
    Fold fold =
        new Fold(
            spark,
            lake,
            Silver.locations(spark, GeneratedExports.market()),
            Bronze.read(lake).current(),
            exports.sources().stream().map(SourceRows::name).toList());
    return fold
        .table(CONTRACTS.table(exports.table().contract()))
        .drop("source_file_id", "source_line")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }
}
