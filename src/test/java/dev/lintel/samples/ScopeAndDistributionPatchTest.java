package dev.lintel.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.judge.Judged;
import dev.lintel.rule.JsonPatch;
import dev.lintel.sample.Sample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the patches of the traffic distribution and service scope rules do to the samples. */
class ScopeAndDistributionPatchTest {

  private static final String ANNOTATION = "networking.istio.io/traffic-distribution";

  @Test
  void blanksAroundAKnownValueAreTakenAway() {
    assertThat(patch("TD-001/fires-on-blanks-around-the-value"))
        .contains(
            JsonPatch.of(JsonPatch.replace("PreferClose", "metadata", "annotations", ANNOTATION)));
  }

  @Test
  void aMisspeltValueIsOnlyGuessedAt() {
    assertThat(patch("TD-001/fires-on-a-misspelt-value")).isEmpty();
  }

  @Test
  void theFieldIsWrittenAsTheApiServerSpellsIt() {
    assertThat(patch("TD-004/fires-on-other-letter-case"))
        .contains(JsonPatch.of(JsonPatch.replace("PreferClose", "spec", "trafficDistribution")));
  }

  @Test
  void noPatchChoosesAmongTheValuesOfTheField() {
    assertThat(patch("TD-004/fires-on-a-misspelt-value")).isEmpty();
  }

  @Test
  void whatNobodyReadsIsRemovedWhereItStands() {
    assertThat(patch("TD-007/fires-on-a-headless-service"))
        .contains(JsonPatch.of(JsonPatch.remove("spec", "trafficDistribution")));
    assertThat(patch("TD-007/fires-on-the-annotation-of-a-headless-service"))
        .contains(JsonPatch.of(JsonPatch.remove("metadata", "annotations", ANNOTATION)));
  }

  @Test
  void endpointsThatAreNotReadyAreNoLongerPublished() {
    assertThat(patch("TD-011/fires-beside-a-mode"))
        .contains(JsonPatch.of(JsonPatch.remove("spec", "publishNotReadyAddresses")));
  }

  @Test
  void theNewerNameIsWrittenWhereTheOlderOneStands() {
    assertThat(patch("TD-013/fires-on-the-field"))
        .contains(JsonPatch.of(JsonPatch.replace("PreferSameZone", "spec", "trafficDistribution")));
    assertThat(patch("TD-013/fires-on-the-annotation"))
        .contains(
            JsonPatch.of(
                JsonPatch.replace("PreferSameZone", "metadata", "annotations", ANNOTATION)));
  }

  @Test
  void theOlderNameOfTheSameModeReplacesTheField() {
    assertThat(patch("TD-002/fires-on-the-field-that-istiod-1-26-does-not-know"))
        .contains(JsonPatch.of(JsonPatch.replace("PreferClose", "spec", "trafficDistribution")));
  }

  @Test
  void noPatchTurnsAModeIntoAnother() {
    assertThat(patch("TD-002/fires-where-kgateway-reads-any")).isEmpty();
  }

  @Test
  void theDeadAnnotationIsRemoved() {
    assertThat(patch("TD-003/fires-on-different-modes"))
        .contains(JsonPatch.of(JsonPatch.remove("metadata", "annotations", ANNOTATION)));
  }

  @Test
  void theAnnotationThatTheFieldCannotExpressStays() {
    assertThat(patch("TD-003/fires-on-solo-and-says-what-the-field-cannot-express")).isEmpty();
  }

  @Test
  void theNamespacesValueIsWrittenToAServiceThatHasAnnotations() {
    assertThat(patch("TD-005/fires-with-another-annotation-in-place"))
        .contains(
            JsonPatch.of(JsonPatch.add("PreferSameZone", "metadata", "annotations", ANNOTATION)));
  }

  @Test
  void nothingIsAddedBelowAnnotationsThatAreNotThere() {
    assertThat(patch("TD-005/fires-where-the-gateway-picks-pods")).isEmpty();
  }

  @Test
  void theAnnotationOfAPassthroughEntryIsRemoved() {
    assertThat(patch("TD-006/fires-on-an-entry-without-resolution"))
        .contains(JsonPatch.of(JsonPatch.remove("metadata", "annotations", ANNOTATION)));
  }

  @Test
  void anAnnotationBecomesALabelWhereThereAreLabels() {
    assertThat(patch("SC-001/fires-on-a-takeover"))
        .contains(
            JsonPatch.of(
                JsonPatch.add("true", "metadata", "labels", "solo.io/service-takeover"),
                JsonPatch.remove("metadata", "annotations", "solo.io/service-takeover")));
  }

  @Test
  void anAnnotationStaysWhereThereAreNoLabels() {
    assertThat(patch("SC-001/fires-on-a-scope")).isEmpty();
  }

  @Test
  void onlyTheLetterCaseOfAScopeIsCorrected() {
    assertThat(patch("SC-002/fires-on-other-letter-case"))
        .contains(
            JsonPatch.of(
                JsonPatch.replace("global", "metadata", "labels", "solo.io/service-scope")));
    assertThat(patch("SC-002/fires-on-a-misspelt-value")).isEmpty();
  }

  @Test
  void thePlaceThatIsNotReadIsRemoved() {
    assertThat(patch("SC-003/fires-on-different-scopes"))
        .contains(
            JsonPatch.of(JsonPatch.remove("metadata", "annotations", "solo.io/service-scope")));
    assertThat(patch("SC-003/fires-at-the-label-where-annotations-are-read"))
        .contains(JsonPatch.of(JsonPatch.remove("metadata", "labels", "solo.io/service-scope")));
  }

  @Test
  void globalOnlyBecomesGlobalWithATakeover() {
    assertThat(patch("SC-006/fires-on-global-only"))
        .contains(
            JsonPatch.of(
                JsonPatch.replace("global", "metadata", "labels", "solo.io/service-scope"),
                JsonPatch.add("true", "metadata", "labels", "solo.io/service-takeover")));
  }

  @Test
  void aTakeoverThatIsOffStaysOff() {
    assertThat(patch("SC-006/keeps-a-takeover-that-is-off"))
        .contains(
            JsonPatch.of(
                JsonPatch.replace("global", "metadata", "labels", "solo.io/service-scope")));
  }

  /** Returns the patch of the finding of the rule that the sample belongs to. */
  private static Optional<JsonPatch> patch(String sample) {
    List<Judged> findings =
        Sample.read(RuleSamplesTest.RULES.resolve(sample + ".yaml")).verdict().findings();
    assertThat(findings)
        .filteredOn(judged -> sample.startsWith(judged.rule().code()))
        .singleElement();
    return findings.stream()
        .filter(judged -> sample.startsWith(judged.rule().code()))
        .findFirst()
        .flatMap(judged -> judged.finding().patch());
  }
}
