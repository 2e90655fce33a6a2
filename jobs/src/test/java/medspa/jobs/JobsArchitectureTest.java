package medspa.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each engine where it is strongest. */
@AnalyzeClasses(
    packages = "medspa.jobs",
    importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
final class JobsArchitectureTest {
  /** Ingestion is DuckDB's: a command that only ingests never waits for Spark. */
  @ArchTest
  static final ArchRule ingestionDoesNotKnowSpark =
      noClasses()
          .that()
          .resideInAnyPackage("medspa.jobs.ingest..", "medspa.jobs.read..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "medspa.jobs.compute..");

  /** Readers know nothing of tables: they turn bytes into rows of text. */
  @ArchTest
  static final ArchRule readersKnowNoTables =
      noClasses()
          .that()
          .resideInAPackage("medspa.jobs.read..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("medspa.jobs.ingest..", "medspa.warehouse..", "org.duckdb..");

  /** Computation is Spark's, on a lake whose batches any engine may have written. */
  @ArchTest
  static final ArchRule computationDoesNotKnowIngestionOrDuckDb =
      noClasses()
          .that()
          .resideInAPackage("medspa.jobs.compute..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.duckdb..", "java.sql..", "medspa.jobs.ingest..");

  /** What is fetched becomes files; what they say is not the business of who fetches them. */
  @ArchTest
  static final ArchRule pullKnowsNoTablesAndNoEngines =
      noClasses()
          .that()
          .resideInAPackage("medspa.jobs.pull..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "medspa.jobs.ingest..",
              "medspa.jobs.read..",
              "medspa.jobs.compute..",
              "medspa.warehouse.contract..",
              "medspa.warehouse.market..",
              "org.duckdb..",
              "org.apache.spark..",
              "org.apache.hadoop..");

  /** Nothing else of the jobs talks to another machine. */
  @ArchTest
  static final ArchRule onlyPullReachesOut =
      noClasses()
          .that()
          .resideOutsideOfPackage("medspa.jobs.pull..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.sshd..", "java.net.http..");
}
