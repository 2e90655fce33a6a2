package medspa.jobs.compute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import medspa.jobs.compute.session.LocalSpark;
import medspa.jobs.compute.session.RunDirectories;
import medspa.jobs.compute.session.WorkSize;
import medspa.warehouse.lake.Lake;
import org.apache.spark.sql.SparkSession;

/** One Spark session for all tests; it ends with the process. */
public final class SharedSpark {
  private static final SparkSession SESSION = start();

  private SharedSpark() {}

  public static SparkSession session() {
    return SESSION;
  }

  public static ComputeResult compute(ComputeRequest request) {
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
