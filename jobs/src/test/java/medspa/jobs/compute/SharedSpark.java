package medspa.jobs.compute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import medspa.warehouse.lake.Lake;
import org.apache.spark.sql.SparkSession;

/** One Spark session for all tests; it ends with the process. */
final class SharedSpark {
  private static final SparkSession SESSION = start();

  private SharedSpark() {}

  static SparkSession session() {
    return SESSION;
  }

  static ComputeResult compute(ComputeRequest request) {
    return Computation.run(request, (size, work) -> work.apply(SESSION));
  }

  private static SparkSession start() {
    try {
      Lake scratch = new Lake(Files.createTempDirectory("medspa-spark-test"));
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> RunDirectories.delete(scratch.directory())));
      return LocalSpark.start(scratch, "local[2]", new WorkSize(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
