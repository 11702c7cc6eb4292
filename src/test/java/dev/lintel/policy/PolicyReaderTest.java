package dev.lintel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.IstioDistribution;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Platform;
import dev.lintel.mesh.Platform.ReferenceGrantMode;
import dev.lintel.mesh.Platform.ScopeSource;
import dev.lintel.mesh.Tier;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.mesh.Version;
import dev.lintel.rule.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The document is read strictly, and every problem has its place. */
class PolicyReaderTest {

  private static final String HEAD = "apiVersion: lintel.dev/v1\nkind: Policy\n";

  @Test
  void aDocumentThatSaysNothingIsTheDefaults() {
    assertThat(read("").orElseThrow()).isEqualTo(Policy.DEFAULT);
  }

  @Test
  void theShippedDocumentIsTheDefaults() throws Exception {
    String shipped = Files.readString(Path.of("deploy/kustomize/base/policy.yaml"));
    assertThat(PolicyReader.read("policy.yaml", shipped).orElseThrow()).isEqualTo(Policy.DEFAULT);
  }

  @Test
  void rulesAreNamedByCodeOrByName() {
    Policy policy =
        read("rules:\n  TD-001: warn\n  waypoint-not-ready: deny\n  TD-006: off\n").orElseThrow();
    assertThat(policy.actions())
        .containsEntry("TD-001", Action.WARN)
        .containsEntry("WP-001", Action.DENY)
        .containsEntry("TD-006", Action.OFF);
  }

  @Test
  void everyFactAboutTheInstallationCanBeSet() {
    Policy policy =
        read("""
        platform:
          clusterDomain: corp.example
          istio: {distribution: solo, version: "1.30", rootNamespace: mesh}
          kgateway:
            distribution: enterprise
            istioIntegration: true
            ingressUseWaypoints: false
            referenceGrantMode: strict
          solo:
            scopeSource: annotations
            globalDomain: mesh.example
            trafficDistributionOrder: {PreferRegion: [region], PreferClose: []}
          kubernetes: {version: 1.36.3}
        """)
            .orElseThrow();
    Platform platform = policy.platform();
    assertThat(platform.clusterDomain()).isEqualTo("corp.example");
    assertThat(platform.rootNamespace()).isEqualTo("mesh");
    assertThat(platform.istio()).contains(IstioDistribution.SOLO);
    assertThat(platform.istioVersion()).contains(Version.of(1, 30));
    assertThat(platform.kgateway()).contains(KgatewayDistribution.ENTERPRISE);
    assertThat(platform.istioIntegration()).contains(true);
    assertThat(platform.ingressUseWaypoints()).contains(false);
    assertThat(platform.referenceGrantMode()).contains(ReferenceGrantMode.STRICT);
    assertThat(platform.scopeSource()).isEqualTo(ScopeSource.ANNOTATIONS);
    assertThat(platform.globalDomain()).isEqualTo("mesh.example");
    assertThat(platform.trafficDistributionTiers())
        .isEqualTo(
            Map.of(
                TrafficDistribution.PREFER_REGION, List.of(Tier.REGION),
                TrafficDistribution.PREFER_SAME_ZONE, List.of()));
    assertThat(platform.kubernetesVersion()).contains(new Version(1, 36, 3));
  }

  @Test
  void autoLeavesAFactToTheCluster() {
    Policy policy =
        read("platform: {istio: {distribution: auto, version: auto}, kgateway: {istioIntegration:"
                + " auto}}")
            .orElseThrow();
    assertThat(policy.platform()).isEqualTo(Platform.AUTO);
  }

  @Test
  void offIsAWordAndNoBoolean() {
    assertThat(read("enforcement: off").orElseThrow().enforcement()).isEqualTo(Action.OFF);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enforcment: deny|3:1: enforcment: unknown key `enforcment`; did you mean `enforcement`?",
        "enforcement: strict|3:14: enforcement: unknown value `strict`. Allowed: audit, deny, off,",
        "enforcement: [deny]|3:14: enforcement: must be a single value, not a list",
        "rules: {TD-999: deny}|3:9: rules.TD-999: there is no rule `TD-999`; did you mean"
            + " `TD-009`?",
        "rules: {waypoint-not-redy: off}|did you mean `waypoint-not-ready`?",
        "rules: {TD-001: loud}|3:17: rules.TD-001: unknown value `loud`",
        "rules: 5|3:8: rules: must be a mapping of keys to values",
        "platform: {istio: {version: new}}|3:29: platform.istio.version: `new` is not a version",
        "platform: {istio: {flavour: solo}}|3:20: platform.istio.flavour: unknown key `flavour`",
        "platform: {kgateway: {istioIntegration: yes}}|unknown value `yes`",
        "rules: {TD-001: }|3:16: rules.TD-001: is missing",
        "annotations: {allow: [TD-001, null]}|3:31: annotations.allow[1]: is missing",
        "platform: {clusterDomain: 'a b'}|`a b` is not a domain",
      })
  void whatIsWrongIsNamedWithItsPlaceAndWhatIsAllowed(String line, String problem) {
    PolicyReader.Reading reading = read(line);
    assertThat(reading.policy()).isEmpty();
    assertThat(reading.problems())
        .singleElement()
        .asString()
        .startsWith("policy:")
        .contains(problem);
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThat(read("enforcement: no\nrules: {XX-1: deny}\nmore: 1\n").problems()).hasSize(3);
  }

  @Test
  void aRuleThatIsNamedByCodeAndByNameIsAContradiction() {
    assertThat(read("rules: {WP-001: deny, waypoint-not-ready: off}").problems())
        .singleElement()
        .asString()
        .contains("names a rule that another line names too");
  }

  @Test
  void aKeyThatStandsTwiceIsAProblem() {
    assertThat(read("enforcement: deny\nenforcement: off\n").problems())
        .singleElement()
        .asString()
        .contains("4:1: enforcement: stands here twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing", "---\n---\n", "a: [", "- a", "text"})
  void whatIsNoPolicyAtAllIsRefused(String text) {
    assertThat(PolicyReader.read("policy", text).problems()).isNotEmpty();
  }

  @Test
  void apiVersionAndKindAreDemanded() {
    assertThat(PolicyReader.read("policy", "apiVersion: lintel.dev/v2\n").problems())
        .isEqualTo(
            List.of(
                "policy:1:13: apiVersion: unknown value `lintel.dev/v2`; did you mean"
                    + " `lintel.dev/v1`? Allowed: lintel.dev/v1",
                "policy:1:1: kind: is missing; write `Policy`"));
  }

  private static PolicyReader.Reading read(String body) {
    return PolicyReader.read("policy", HEAD + body);
  }
}
