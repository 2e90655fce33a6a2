package medspa.jobs.compute.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import medspa.jobs.compute.SharedSpark;
import medspa.jobs.compute.session.RunDirectories;
import medspa.jobs.compute.silver.Silver;
import medspa.jobs.ingest.GeneratedExports;
import medspa.jobs.ingest.GeneratedExports.SourceRows;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.Lake;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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

  @Property(tries = 8, edgeCases = EdgeCasesMode.NONE)
  void anySplitIntoFilesAndAnyInterleavingOfSourcesGiveTheSameSilver(
      @ForAll(supplier = GeneratedExports.Any.class) GeneratedExports exports,
      @ForAll Random random) {
    Lake delivered = exports.ingest(exports.asDelivered(), directory.resolve("delivered"));
    Lake arrived = exports.ingest(exports.arrival(random), directory.resolve("arrived"));
    assertThat(silver(exports, arrived)).isEqualTo(silver(exports, delivered));
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
