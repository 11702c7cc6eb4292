package dev.lintel.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.lintel.judge.Judge;
import dev.lintel.rule.Rule;
import dev.lintel.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The arrows between the rooms: from user to used, and nothing points back. */
class ArchitectureTest {

  private static final String ROOT = "dev.lintel";

  private static final Pattern ROW = Pattern.compile("\\| `([a-z.*]+)` \\|");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** A package, and the other packages that it may use. Whatever is not on this list fails. */
  private enum Room {
    MESH("mesh"),
    RESOURCE("resource"),
    MANIFEST("manifest", RESOURCE),
    TOPOLOGY("topology", MESH, RESOURCE),
    STATE("state", TOPOLOGY, MESH, MANIFEST, RESOURCE),
    RULE("rule", TOPOLOGY, MESH, RESOURCE),
    RULE_FAMILY("rule.*", RULE, TOPOLOGY, MESH, RESOURCE),
    CATALOGUE("catalogue", RULE_FAMILY, RULE, RESOURCE),
    POLICY("policy", CATALOGUE, RULE, MESH, RESOURCE),
    JUDGE("judge", CATALOGUE, POLICY, RULE, STATE, TOPOLOGY, MESH, RESOURCE),
    REPORT("report", JUDGE, POLICY, CATALOGUE, RULE, TOPOLOGY, MESH, MANIFEST, RESOURCE),
    SAMPLE("sample", CATALOGUE, JUDGE, POLICY, RULE, STATE, TOPOLOGY, MANIFEST, RESOURCE),
    EXPLAIN("explain", CATALOGUE, JUDGE, POLICY, RULE, TOPOLOGY, MESH, RESOURCE),
    EXPLAIN_TEXT("explain.text", EXPLAIN, REPORT, JUDGE, RULE, TOPOLOGY, MESH, RESOURCE),
    EXPLAIN_PICTURE("explain.picture", EXPLAIN, REPORT, JUDGE, RULE, TOPOLOGY, MESH, RESOURCE),
    EXPLAIN_JSON(
        "explain.json", EXPLAIN, EXPLAIN_PICTURE, REPORT, JUDGE, RULE, TOPOLOGY, MESH, RESOURCE),
    DIFF("diff", JUDGE, POLICY, RULE, STATE, TOPOLOGY, MESH, RESOURCE),
    DIFF_FORMAT("diff.format", DIFF, EXPLAIN_PICTURE, REPORT, RULE, MESH, RESOURCE),
    ASSERTION("assertion", DIFF, EXPLAIN, POLICY, TOPOLOGY, MESH, RESOURCE),
    ASSERTION_FORMAT(
        "assertion.format",
        ASSERTION,
        EXPLAIN,
        EXPLAIN_TEXT,
        EXPLAIN_JSON,
        REPORT,
        POLICY,
        MESH,
        RESOURCE),
    IMPACT("impact", DIFF, JUDGE, POLICY, RULE, STATE, TOPOLOGY, MESH, RESOURCE),
    REPLAY("replay", CATALOGUE, REPORT, JUDGE, POLICY, RULE, STATE, TOPOLOGY, RESOURCE),
    CERTIFICATE("certificate"),
    CLUSTER(
        "cluster",
        CERTIFICATE,
        CATALOGUE,
        REPORT,
        POLICY,
        STATE,
        TOPOLOGY,
        MESH,
        MANIFEST,
        RESOURCE),
    WEBHOOK(
        "webhook", CATALOGUE, CLUSTER, SAMPLE, IMPACT, REPORT, JUDGE, POLICY, RULE, STATE, TOPOLOGY,
        MANIFEST, RESOURCE),
    CLI(
        "cli",
        CERTIFICATE,
        CATALOGUE,
        CLUSTER,
        REPLAY,
        EXPLAIN,
        EXPLAIN_TEXT,
        EXPLAIN_PICTURE,
        EXPLAIN_JSON,
        DIFF,
        DIFF_FORMAT,
        ASSERTION,
        ASSERTION_FORMAT,
        SAMPLE,
        REPORT,
        JUDGE,
        POLICY,
        RULE,
        STATE,
        TOPOLOGY,
        MESH,
        MANIFEST,
        RESOURCE);

    private static final Set<Room> WITH_FRAMEWORKS = Set.of(CLUSTER, WEBHOOK, CLI);

    private final String identifier;
    private final PackageMatcher packages;
    private final List<Room> uses;

    Room(String name, Room... uses) {
      this.identifier = ROOT + "." + name;
      this.packages = PackageMatcher.of(identifier);
      this.uses = List.of(uses);
    }

    boolean has(String name) {
      return packages.matches(name);
    }

    String[] allowed() {
      return Stream.concat(uses.stream(), Stream.of(this))
          .map(room -> room.identifier)
          .toArray(String[]::new);
    }
  }

  @Test
  void everyPackageIsOnTheList() {
    Set<String> unlisted = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      String name = type.getPackageName();
      if (Stream.of(Room.values()).noneMatch(room -> room.has(name))) {
        unlisted.add(name);
      }
    }
    assertThat(unlisted).isEmpty();
  }

  @Test
  void theTableOfRoomsNamesThemAll() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("docs/architecture.md")).stream()
            .map(ROW::matcher)
            .filter(Matcher::lookingAt)
            .map(row -> ROOT + "." + row.group(1))
            .toList();
    assertThat(rows)
        .containsExactly(
            Stream.of(Room.values()).map(room -> room.identifier).toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource(Room.class)
  void aRoomUsesOnlyWhatIsBelowIt(Room room) {
    classes()
        .that()
        .resideInAPackage(room.identifier)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(room.allowed())))
        .check(CLASSES);
  }

  @Test
  void noPackagesUseEachOtherInACircle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheEdgesNeedQuarkusOrAKubernetesClient() {
    for (Room room : Room.values()) {
      if (!Room.WITH_FRAMEWORKS.contains(room)) {
        noClasses()
            .that()
            .resideInAPackage(room.identifier)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.fabric8..", "jakarta..", "io.vertx..")
            .check(CLASSES);
      }
    }
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
  void aTopologyIsAskedThroughItsViews() {
    noCodeUnits()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(Room.TOPOLOGY.identifier)
        .and()
        .arePublic()
        .should()
        .haveRawParameterTypes(anyElementThat(type(Topology.class)))
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
        .check(CLASSES.that(resideInAPackage(Room.RULE_FAMILY.identifier)));
  }

  @Test
  void everyRuleIsInTheCatalogue() {
    Set<String> unlisted = new TreeSet<>();
    for (JavaClass type : CLASSES.that(resideInAPackage(Room.RULE_FAMILY.identifier))) {
      type.getFields().stream()
          .filter(field -> field.getRawType().isEquivalentTo(Rule.class))
          .filter(field -> field.getAccessesToSelf().stream().noneMatch(ArchitectureTest::isList))
          .forEach(field -> unlisted.add(type.getSimpleName()));
    }
    assertThat(unlisted).as("rules that no family lists").isEmpty();
  }

  private static boolean isList(JavaFieldAccess access) {
    return access.getOriginOwner().getSimpleName().endsWith("Rules")
        && access.getOrigin().getName().equals("all");
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
}
