package medspa.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import medspa.warehouse.lake.Sha256;

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

  /** Readers know nothing of tables: they turn bytes into rows of text, and say their digest. */
  @ArchTest
  static final ArchRule readersKnowNoTables =
      noClasses()
          .that()
          .resideInAPackage("medspa.jobs.read..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("medspa.jobs.ingest..", "medspa.warehouse..", "org.duckdb..")
                  .and(not(type(Sha256.class))));

  /** Computation is Spark's, on a lake whose batches any engine may have written. */
  @ArchTest
  static final ArchRule computationDoesNotKnowIngestionOrDuckDb =
      noClasses()
          .that()
          .resideInAPackage("medspa.jobs.compute..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.duckdb..", "java.sql..", "medspa.jobs.ingest..");

  /**
   * The rooms of the computation see only those below them, and no domain another one, except that
   * a client's history consists of visits. The computation itself is the only one that knows all.
   */
  @ArchTest
  static final ArchRule roomsOfTheComputationSeeOnlyThoseBelow =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("compute")
          .definedBy("medspa.jobs.compute")
          .layer("session")
          .definedBy("medspa.jobs.compute.session..")
          .layer("fold")
          .definedBy("medspa.jobs.compute.fold..")
          .layer("visit")
          .definedBy("medspa.jobs.compute.visit..")
          .layer("client")
          .definedBy("medspa.jobs.compute.client..")
          .layer("provider")
          .definedBy("medspa.jobs.compute.provider..")
          .layer("room")
          .definedBy("medspa.jobs.compute.room..")
          .layer("sale")
          .definedBy("medspa.jobs.compute.sale..")
          .layer("stock")
          .definedBy("medspa.jobs.compute.stock..")
          .layer("measure")
          .definedBy("medspa.jobs.compute.measure..")
          .layer("silver")
          .definedBy("medspa.jobs.compute.silver..")
          .layer("time")
          .definedBy("medspa.jobs.compute.time..")
          .whereLayer("compute")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("client")
          .mayOnlyAccessLayers("visit", "measure", "silver", "time")
          .whereLayer("visit")
          .mayOnlyAccessLayers("measure", "silver", "time")
          .whereLayer("provider")
          .mayOnlyAccessLayers("measure", "silver", "time")
          .whereLayer("room")
          .mayOnlyAccessLayers("measure", "silver", "time")
          .whereLayer("sale")
          .mayOnlyAccessLayers("measure", "silver", "time")
          .whereLayer("stock")
          .mayOnlyAccessLayers("measure", "silver", "time")
          .whereLayer("measure")
          .mayOnlyAccessLayers("silver", "time")
          .whereLayer("fold")
          .mayOnlyAccessLayers("silver", "time")
          .whereLayer("silver")
          .mayOnlyAccessLayers("time")
          .whereLayer("time")
          .mayNotAccessAnyLayer()
          .whereLayer("session")
          .mayNotAccessAnyLayer()
          .ensureAllClassesAreContainedInArchitectureIgnoring(
              DescribedPredicate.not(
                  JavaClass.Predicates.resideInAPackage("medspa.jobs.compute..")));

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
