package medspa.warehouse;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "medspa.warehouse", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule dependsOnNothingOfOurs =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("medspa.jobs..", "medspa.charts..", "medspa.pipelines..");

  @ArchTest
  static final ArchRule knowsNeitherSparkNorPixels =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..", "scala..", "java.awt..", "javax.swing..", "org.jfree..");

  @ArchTest
  static final ArchRule noOldDates =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.util\\.Date|java\\.util\\.Calendar|java\\.sql\\.(Timestamp|Date|Time)");

  /** A clock that is given is fine; the clock of the machine is not. */
  @ArchTest
  static final ArchRule theClockIsNeverAsked =
      noClasses()
          .should()
          .callMethodWhere(
              target(name("now"))
                  .and(target(owner(JavaClass.Predicates.resideInAPackage("java.time.."))))
                  .and(takesNoClock()))
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  private static DescribedPredicate<JavaCall<?>> takesNoClock() {
    return DescribedPredicate.describe(
        "takes no clock",
        call ->
            call.getTarget().getRawParameterTypes().stream()
                .noneMatch(type -> type.getName().equals("java.time.Clock")));
  }

  @Test
  void theRulesFindWhatTheyForbid() {
    JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);

    assertThat(theClockIsNeverAsked.evaluate(offender).hasViolation()).isTrue();
    assertThat(noOldDates.evaluate(offender).hasViolation()).isTrue();
    assertThat(knowsNeitherSparkNorPixels.evaluate(offender).hasViolation()).isTrue();
  }

  @SuppressWarnings({"unused", "JavaUtilDate", "JavaTimeDefaultTimeZone"})
  private static final class Offender {
    private final java.util.Date date = new java.util.Date(0);
    private final LocalDate today = LocalDate.now();
    private final java.awt.Point point = new java.awt.Point();
  }
}
