package dev.lintel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written, reading it ends, costs little, and says what is wrong and where. */
class PolicyBoundsTest {

  private static final String HEAD = "apiVersion: lintel.dev/v1\nkind: Policy\n";
  private static final int LONGEST_PROBLEM = 600;

  @Test
  void aPolicyThreeThousandDeepIsRefusedWithItsPlace() {
    assertThat(problems("rules: " + "{a: ".repeat(3000) + "1" + "}".repeat(3000)))
        .singleElement()
        .asString()
        .startsWith("policy:3:132: rules.a.a.a")
        .endsWith(".a.a: is nested more than 32 deep");
  }

  @Test
  void listsAreCountedAsDeeply() {
    assertThat(problems("overrides: " + "[".repeat(3000) + "]".repeat(3000)))
        .singleElement()
        .asString()
        .startsWith("policy:3:43: overrides[0][0]")
        .endsWith("[0]: is nested more than 32 deep");
  }

  @Test
  void ofManyUnknownNamesTwentyAreTold() {
    List<String> problems = problems("rules:\n" + lines(9_900, "  x%d: off"));
    assertThat(problems).hasSize(21);
    assertThat(problems.getFirst()).startsWith("policy:4:3: rules.x0: there is no rule");
    assertThat(problems.getLast()).isEqualTo("policy: and 9880 more problems");
  }

  @Test
  void ofMoreNamesNoMoreIsReadThanTheBoundAllows() {
    assertThat(problems("rules:\n" + lines(15_000, "  x%d: off")))
        .singleElement()
        .asString()
        .startsWith("policy:10000:10: rules.x9996: ")
        .endsWith("more than 20000 keys and values");
  }

  @Test
  void roomIsLeftForAThousandExemptions() {
    String exemption =
        "- {rules: [DR-003, TD-001], resources: [Service/a/b], reason: r, owner: o, expires: 2999-01-31}";
    assertThat(
            PolicyReader.read("policy", HEAD + "exemptions:\n" + lines(1000, exemption)).policy())
        .isPresent();
  }

  @Test
  void afterTwentyProblemsNothingIsWordedAnyMore() {
    Problems problems = new Problems("policy");
    int[] worded = {0};
    for (int i = 0; i < 50_000; i++) {
      problems.add(Optional.empty(), "rules", () -> "problem " + ++worded[0]);
    }
    assertThat(worded[0]).isEqualTo(20);
    assertThat(problems.found()).hasSize(21);
  }

  @Test
  void aDocumentWithTooManyPartsIsRefused() {
    assertThat(problems("overrides: [" + "a,".repeat(20_000) + "]"))
        .singleElement()
        .asString()
        .contains("more than 20000 keys and values");
  }

  @Test
  void aDocumentThatIsTooLongIsRefused() {
    assertThat(problems("# " + "x".repeat(1 << 20)))
        .singleElement()
        .asString()
        .contains("longer than 262144 characters");
  }

  @Test
  void anAliasCountsForAllThatItStandsFor() {
    String bomb =
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + IntStream.range(1, 12)
                .mapToObj(i -> "a%d: &a%d [%s]\n".formatted(i, i, aliases(i - 1)))
                .collect(Collectors.joining());
    assertThat(problems(bomb)).singleElement().asString().contains("more than 20000 keys");
  }

  @Test
  void anAliasWithinItselfIsRefused() {
    assertThat(problems("overrides: &a [*a]"))
        .singleElement()
        .asString()
        .startsWith("policy:3:16: overrides: the alias `a` is part of what it stands for");
  }

  @Test
  void anAliasForALittleIsRead() {
    assertThat(
            PolicyReader.read(
                    "policy",
                    HEAD + "subjects: {ignoreUsers: &who [ann, bob], ignoreGroups: *who}\n")
                .orElseThrow()
                .ignoreGroups())
        .containsExactly(new Glob("ann"), new Glob("bob"));
  }

  @Test
  void aDomainOfTenThousandLabelsIsRefused() {
    assertThat(problems("platform: {clusterDomain: " + "a.".repeat(10_000) + "a}"))
        .singleElement()
        .asString()
        .contains("is not a domain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exemptions: [%s]",
        "overrides: [%s]",
        "subjects: {ignoreUsers: [%s]}",
        "annotations: {allow: [%s]}",
        "exemptions: [{rules: ['*'], reason: r, owner: o, resources: [%s]}]",
      })
  void aListOfMoreThanAThousandIsRefused(String template) {
    String elements = "a,".repeat(1001);
    assertThat(problems(template.formatted(elements)).getFirst())
        .contains("has 1001 elements; at most 1000 are read");
  }

  @Test
  void aLongNameDoesNotMakeALongProblem() {
    List<String> problems = problems(lines(30, "k%d" + "x".repeat(900) + ": 1"));
    assertThat(problems).hasSize(21).allMatch(problem -> problem.length() < LONGEST_PROBLEM);
  }

  @ParameterizedTest
  @CsvSource({"1", "0", "1023", "7169", "99999999999999999999"})
  void aLimitThatKeepsReviewsFromBeingReadIsRefused(String kib) {
    assertThat(problems("limits: {bodyKiB: " + kib + "}"))
        .singleElement()
        .asString()
        .startsWith("policy:3:19: limits.bodyKiB: `" + kib)
        .contains("is not a whole number from 1024 to 7168");
  }

  private static String aliases(int of) {
    return IntStream.range(0, 10).mapToObj(i -> "*a" + of).collect(Collectors.joining(", "));
  }

  private static String lines(int count, String template) {
    return IntStream.range(0, count)
        .mapToObj(template::formatted)
        .collect(Collectors.joining("\n"));
  }

  private static List<String> problems(String body) {
    PolicyReader.Reading reading = PolicyReader.read("policy", HEAD + body);
    assertThat(reading.policy()).isEmpty();
    return reading.problems();
  }
}
