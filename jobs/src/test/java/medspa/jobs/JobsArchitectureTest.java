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
          .resideInAPackage("medspa.jobs.ingest..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "medspa.jobs.compute..");

  /** Computation is Spark's, on a lake whose batches any engine may have written. */
  @ArchTest
  static final ArchRule computationDoesNotKnowIngestionOrDuckDb =
      noClasses()
          .that()
          .resideInAPackage("medspa.jobs.compute..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.duckdb..", "java.sql..", "medspa.jobs.ingest..");
}
