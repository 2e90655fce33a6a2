package medspa.charts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "medspa.charts", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule READING_KNOWS_NOTHING_OF_LOOKS =
      noClasses()
          .that()
          .resideInAPackage("medspa.charts.read")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jfree..", "java.awt..", "com.openhtmltopdf..");

  @ArchTest
  static final ArchRule THE_WAREHOUSE_HAS_ONE_DOOR =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.sql\\.(DriverManager|Connection|Statement|ResultSet).*");

  /** What a report says is said without knowing into what it is made. */
  @ArchTest
  static final ArchRule A_DOCUMENT_KNOWS_NO_OUTPUT =
      noClasses()
          .that()
          .resideInAnyPackage(
              "medspa.charts.document", "medspa.charts.section", "medspa.charts.report")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "medspa.charts.pdf",
              "medspa.charts.html",
              "medspa.charts.workbook",
              "gg.jte..",
              "com.openhtmltopdf..",
              "org.apache.pdfbox..");

  @ArchTest
  static final ArchRule AN_OUTPUT_KNOWS_NO_SECTION =
      noClasses()
          .that()
          .resideInAnyPackage("medspa.charts.pdf", "medspa.charts.html", "medspa.charts.workbook")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "medspa.charts.read", "medspa.charts.section", "medspa.charts.report");

  @ArchTest
  static final ArchRule OLD_DATES_STAY_OUT =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.(util\\.Date|util\\.Calendar|sql\\.(Date|Timestamp))");

  @ArchTest
  static final ArchRule THE_CLOCK_STAYS_OUT =
      noClasses()
          .should()
          .callMethod(java.time.LocalDate.class, "now")
          .orShould()
          .callMethod(java.time.Instant.class, "now");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLE =
      slices().matching("medspa.charts.(*)").should().beFreeOfCycles();
}
