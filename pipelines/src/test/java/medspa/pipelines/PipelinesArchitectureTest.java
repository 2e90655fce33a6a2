package medspa.pipelines;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The direction of the modules, looked at from the one that sees them all. */
@AnalyzeClasses(packages = "medspa", importOptions = ImportOption.DoNotIncludeTests.class)
final class PipelinesArchitectureTest {
  @ArchTest
  static final ArchRule theWarehouseKnowsNoOtherModule =
      noClasses()
          .that()
          .resideInAPackage("medspa.warehouse..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("medspa.jobs..", "medspa.charts..", "medspa.pipelines..");

  @ArchTest
  static final ArchRule jobsAndChartsDoNotKnowEachOtherNorThePipelines =
      noClasses()
          .that()
          .resideInAPackage("medspa.jobs..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("medspa.charts..", "medspa.pipelines..");

  @ArchTest
  static final ArchRule chartsDoNotKnowJobsNorThePipelines =
      noClasses()
          .that()
          .resideInAPackage("medspa.charts..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("medspa.jobs..", "medspa.pipelines..", "org.apache.spark..");

  /** Who wants something computed asks {@code Computation}. */
  @ArchTest
  static final ArchRule theRoomsOfTheComputationHaveOneDoor =
      noClasses()
          .that()
          .resideOutsideOfPackage("medspa.jobs.compute..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("medspa.jobs.compute.*..");

  /** It stands for the vendors: what it writes must not follow from how we read it. */
  @ArchTest
  static final ArchRule theMadeUpMarketKnowsNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("medspa.examples..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "medspa.warehouse..", "medspa.jobs..", "medspa.charts..", "medspa.pipelines..");

  @ArchTest
  static final ArchRule onlyTheDemoCommandKnowsTheMadeUpMarket =
      noClasses()
          .that()
          .resideInAPackage("medspa..")
          .and()
          .resideOutsideOfPackages("medspa.examples..", "medspa.pipelines.cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("medspa.examples..");

  @ArchTest
  static final ArchRule noPackagesGoInCircles =
      slices().matching("medspa.(*).(*)..").should().beFreeOfCycles();

  /** The clock is handed in by the command line, and no number depends on it. */
  @ArchTest
  static final ArchRule nobodyAsksTheClock =
      noClasses()
          .that()
          .resideInAPackage("medspa..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.LocalDate.class, "now")
          .orShould()
          .callMethod(java.time.LocalDateTime.class, "now")
          .orShould()
          .callMethod(java.time.ZonedDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  /** DuckDB's driver shifts them by the zone of the machine. */
  @ArchTest
  static final ArchRule nobodyUsesTheOldDates =
      noClasses()
          .that()
          .resideInAPackage("medspa..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Date")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.sql.Timestamp")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.sql.Date");
}
