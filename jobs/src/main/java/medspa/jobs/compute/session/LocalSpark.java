package medspa.jobs.compute.session;

import medspa.warehouse.lake.Lake;
import org.apache.spark.sql.SparkSession;

/** Starts the one Spark session of a command. */
public final class LocalSpark {
  private LocalSpark() {}

  /**
   * A session that computes in UTC and fails on overflow and bad casts (ANSI), without a web page.
   * Its temporary files are below the lake's scratch directory.
   *
   * @param master where Spark runs, such as {@code local[*]}
   */
  public static SparkSession start(Lake lake, String master, WorkSize size) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("medspa compute")
            .master(master)
            .config("spark.ui.enabled", false)
            .config("spark.ui.showConsoleProgress", false)
            .config("spark.log.level", "WARN")
            .config("spark.local.dir", lake.scratch().toString())
            .config("spark.sql.warehouse.dir", lake.scratch().resolve("warehouse").toString())
            .config("spark.sql.catalogImplementation", "in-memory")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.ansi.enabled", true)
            .config("spark.sql.datetime.java8API.enabled", true)
            // Words of our own are compared, in ASCII; loading the tables of all languages for that
            // costs a second.
            .config("spark.sql.icu.caseMappings.enabled", false)
            .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
            // A directory counts only when the lake's state names it, so tasks may write in place.
            .config("spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "2")
            .config("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", false)
            // One listing by the driver instead of a job for it, however many batches there are.
            .config("spark.sql.sources.parallelPartitionDiscovery.threshold", Integer.MAX_VALUE)
            .config("spark.sql.shuffle.partitions", size.shufflePartitions());
    if (master.startsWith("local")) {
      builder
          .config("spark.driver.host", "localhost")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.hadoop.fs.file.impl", PlainFileSystem.class.getName());
    }
    if (size.isSmall()) {
      builder
          .config("spark.sql.adaptive.enabled", false)
          .config("spark.sql.codegen.wholeStage", false)
          .config("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    }
    return builder.getOrCreate();
  }
}
