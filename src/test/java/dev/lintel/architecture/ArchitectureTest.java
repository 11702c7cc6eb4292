package dev.lintel.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.lintel.judge.Judge;
import dev.lintel.rule.Rule;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms: from user to used, and nothing points back. */
class ArchitectureTest {

  private static final String ROOT = "dev.lintel.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.lintel");

  private static final DescribedPredicate<JavaClass> RESIDE_IN_A_FAMILY =
      JavaClass.Predicates.resideInAPackage("dev.lintel.rule.*")
          .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("..catalogue")));

  @Test
  void resourcesKnowNothingOfTheOtherRooms() {
    roomUsesOnly("resource");
  }

  @Test
  void theVocabularyKnowsNothingOfTheOtherRooms() {
    roomUsesOnly("mesh");
  }

  @Test
  void theTopologyKnowsResourcesAndVocabularyOnly() {
    roomUsesOnly("topology", "mesh", "resource");
  }

  @Test
  void rulesReadTopologyVocabularyAndResourcesOnly() {
    roomUsesOnly("rule", "topology", "mesh", "resource");
  }

  @Test
  void thePolicyKnowsRulesVocabularyAndResourcesOnly() {
    roomUsesOnly("policy", "rule", "mesh", "resource");
  }

  @Test
  void theJudgeKnowsWhatItJudgesBy() {
    roomUsesOnly("judge", "policy", "rule", "topology", "mesh", "resource");
  }

  @Test
  void reportsKnowVerdictsAndNoEdge() {
    roomUsesOnly("report", "judge", "policy", "rule", "topology", "mesh", "resource");
  }

  @Test
  void samplesKnowVerdictsAndNoEdge() {
    roomUsesOnly("sample", "judge", "policy", "rule", "topology", "mesh", "resource");
  }

  @Test
  void explanationsKnowVerdictsAndNoEdge() {
    roomUsesOnly("explain", "report", "judge", "policy", "rule", "topology", "mesh", "resource");
  }

  @Test
  void onlyTheCommandLineExplains() {
    noClasses()
        .that()
        .resideOutsideOfPackages(room("explain"), room("cli"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(room("explain"))
        .check(CLASSES);
  }

  @Test
  void replaysKnowVerdictsAndNoEdge() {
    roomUsesOnly("replay", "report", "judge", "policy", "rule", "topology", "mesh", "resource");
  }

  @Test
  void theJudgeNeedsNeitherQuarkusNorAKubernetesClient() {
    noClasses()
        .that()
        .resideInAnyPackage(
            room("resource"),
            room("mesh"),
            room("topology"),
            room("rule"),
            room("policy"),
            room("judge"),
            room("report"),
            room("sample"),
            room("explain"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.quarkus..", "io.fabric8..", "jakarta..", "io.vertx..")
        .check(CLASSES);
  }

  @Test
  void onlyTheJudgeEvaluatesRules() {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "are not the judge", type -> !type.getName().startsWith(Judge.class.getName())))
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "a rule judges",
                (JavaCall<?> call) ->
                    call.getName().equals("judge")
                        && call.getTargetOwner().isAssignableTo(Rule.class)))
        .check(CLASSES);
  }

  @Test
  void ruleClassesAreHiddenBehindTheirFamily() {
    classes()
        .that()
        .containAnyFieldsThat(
            DescribedPredicate.describe(
                "are a rule", field -> field.getRawType().isEquivalentTo(Rule.class)))
        .should()
        .bePackagePrivate()
        .andShould()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES.that(RESIDE_IN_A_FAMILY));
  }

  @Test
  void nothingIsStaticAndMutable() {
    noFields().that().areStatic().should().notBeFinal().check(CLASSES);
  }

  @Test
  void nothingUsesReflectionOfItsOwn() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.reflect..")
        .check(CLASSES);
  }

  private static void roomUsesOnly(String room, String... others) {
    String[] rooms = {
      "resource",
      "mesh",
      "topology",
      "rule",
      "policy",
      "judge",
      "report",
      "sample",
      "explain",
      "webhook",
      "cluster",
      "cli"
    };
    for (String other : rooms) {
      if (!other.equals(room) && !java.util.List.of(others).contains(other)) {
        noClasses()
            .that()
            .resideInAPackage(room(room))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(room(other))
            .check(CLASSES);
      }
    }
  }

  private static String room(String name) {
    return ROOT + name + "..";
  }
}
