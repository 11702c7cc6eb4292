package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cluster.ClusterState;
import dev.lintel.cluster.Clusters;
import dev.lintel.cluster.LintelConfig;
import dev.lintel.judge.Judge;
import dev.lintel.manifest.Manifests;
import dev.lintel.resource.Resource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the author of a policy hears. */
class PolicyReviewTest {

  private static final String HEAD = "apiVersion: lintel.dev/v1\nkind: Policy\n";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void aGoodPolicyThatIsNotWeakerIsAllowedWithoutAWord() throws Exception {
    assertThat(review(Clusters.of(), "")).isEqualTo(nothing());
  }

  @Test
  void everyProblemOfABadPolicyIsTold() throws Exception {
    assertThat(review(Clusters.of(), "enforcement: loud\nrules: {TD-01: off}\n").problems())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("policy.yaml:3:14: enforcement: unknown value `loud`");
  }

  @Test
  void anExemptionThatHasEndedAlreadyIsAProblem() throws Exception {
    assertThat(review(Clusters.of(), exemption("2026-11-24")).problems())
        .singleElement()
        .asString()
        .contains("exemptions[0].expires: 2026-11-24 is in the past");
  }

  @Test
  void anExemptionThatEndsSoonIsWarnedAbout() throws Exception {
    PolicyReview.Outcome outcome = review(Clusters.of(), exemption("2026-12-01"));
    assertThat(outcome.problems()).isEmpty();
    assertThat(outcome.warnings())
        .anyMatch(warning -> warning.contains("ends on 2026-12-01"))
        .anyMatch(warning -> warning.startsWith("this policy is weaker: "));
  }

  @Test
  void aStricterPolicySaysWhatItWouldDeny() throws Exception {
    Resource service =
        Manifests.read(
                "cart",
                "{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop, labels:"
                    + " {istio.io/use-waypoint: none-such}}, spec: {ports: [{port: 80}]}}")
            .getFirst()
            .resource()
            .orElseThrow();
    assertThat(review(Clusters.of(service), "rules: {WP-001: deny}").warnings())
        .containsExactly(
            "this policy is stricter: 1 existing object would be denied if written anew, among them"
                + " Service shop/cart (WP-001); as they are, they stay editable with a warning");
  }

  @Test
  void aPolicyThatIsTooDeepIsRefusedWithItsPlace() throws Exception {
    String deep = "rules: " + "{a: ".repeat(3000) + "1" + "}".repeat(3000);
    assertThat(review(Clusters.of(), deep).problems())
        .singleElement()
        .asString()
        .startsWith("policy.yaml:3:132: rules.a.a.a")
        .endsWith("is nested more than 32 deep");
  }

  @Test
  void whatIsStatedDifferentlyOfTheInstallationIsTold() throws Exception {
    assertThat(review(Clusters.of(), "platform: {kgateway: {istioIntegration: false}}").warnings())
        .containsExactly(
            "this policy states the installation differently, and findings may go away:"
                + " platform.kgateway.istioIntegration goes from auto to false");
  }

  @Test
  void ofManyExemptionsThatEndSoonAFewAreTold() throws Exception {
    String one =
        "{rules: [DR-003], resources: [DestinationRule/a/b%d], reason: r, owner: o,"
            + " expires: 2026-12-01}";
    String many =
        IntStream.range(0, 1000).mapToObj(one::formatted).collect(Collectors.joining(", "));
    assertThat(review(Clusters.of(), "exemptions: [" + many + "]").warnings())
        .hasSize(18)
        .contains("this policy is weaker in 992 more points", "992 more exemptions end soon");
  }

  @Test
  void anotherConfigMapIsNoPolicy() throws Exception {
    byte[] other =
        Reviews.review(
            "'uid':'1','kind':{'group':'','version':'v1','kind':'ConfigMap'},'operation':'CREATE',"
                + "'namespace':'lintel-system','name':'other','object':{'data':{}}");
    assertThat(review(Clusters.of(), ReviewReader.read(other))).isEqualTo(nothing());
  }

  @Test
  void aConfigMapWithoutTheKeyIsRefused() throws Exception {
    byte[] bare =
        Reviews.review(
            "'uid':'1','kind':{'group':'','version':'v1','kind':'ConfigMap'},'operation':'CREATE',"
                + "'namespace':'lintel-system','name':'lintel-policy','object':{'data':{}}");
    assertThat(review(Clusters.of(), ReviewReader.read(bare)).problems())
        .containsExactly("data.policy.yaml: is missing");
  }

  private static String exemption(String expires) {
    return "exemptions: [{rules: [DR-003], resources: [DestinationRule/a/b], reason: r, owner: o,"
        + " expires: "
        + expires
        + "}]";
  }

  private static PolicyReview.Outcome nothing() {
    return new PolicyReview.Outcome(List.of(), List.of());
  }

  private static PolicyReview.Outcome review(ClusterState state, String body) throws Exception {
    return review(state, ReviewReader.read(Reviews.policy(HEAD + body)));
  }

  private static PolicyReview.Outcome review(ClusterState state, AdmissionRequest request)
      throws Exception {
    LintelConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(LintelConfig.class)
            .build()
            .getConfigMapping(LintelConfig.class);
    Judge judge = new Judge(RuleCatalogue.complete(), CLOCK);
    return new PolicyReview(state, judge, config, CLOCK).review(request, () -> false);
  }
}
