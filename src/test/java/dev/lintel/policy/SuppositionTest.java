package dev.lintel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.mesh.Platform;
import dev.lintel.mesh.Version;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Facts that somebody supposes, on one line. */
class SuppositionTest {

  private static final Platform KNOWN =
      PolicyReader.read(
              "policy",
              """
              apiVersion: lintel.dev/v1
              kind: Policy
              platform:
                clusterDomain: corp.example
                istio: {version: "1.30.2", rootNamespace: mesh}
                kgateway: {ingressUseWaypoints: false}
              """)
          .orElseThrow()
          .platform();

  @Test
  void aComponentAloneMeansItsVersion() {
    assertThat(supposed("istio=1.31").istioVersion()).isEqualTo(Version.parse("1.31"));
    assertThat(supposed("kubernetes=1.36").kubernetesVersion()).isEqualTo(Version.parse("1.36"));
    assertThat(supposed("istio=1.31")).isEqualTo(supposed("istio.version=1.31"));
  }

  @Test
  void whatIsNotSupposedStaysAsItIs() {
    Platform supposed = supposed("istio=1.31, kgateway.distribution=enterprise");
    assertThat(supposed.clusterDomain()).isEqualTo("corp.example");
    assertThat(supposed.rootNamespace()).isEqualTo("mesh");
    assertThat(supposed.ingressUseWaypoints()).contains(false);
    assertThat(supposed.kgateway()).contains(KgatewayDistribution.ENTERPRISE);
  }

  @Test
  void aFactIsLeftToTheClusterByAuto() {
    assertThat(supposed("kgateway.ingressUseWaypoints=auto").ingressUseWaypoints()).isEmpty();
  }

  @Test
  void aListStandsInBrackets() {
    assertThat(supposed("kgateway.namespaces=[a, b],istio=1.31").kgatewayNamespaces())
        .isEqualTo(List.of("a", "b"));
    assertThat(supposed("solo.trafficDistributionOrder.PreferClose=[network,region]"))
        .isNotEqualTo(KNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "istio.verson=1.31 | istio.verson: unknown key `verson`; did you mean `version`?",
        "istio=later | istio.version: `later` is not a version",
        "kgateway=2.2 | kgateway: has several facts; say which: kgateway.distribution, ",
        "istio=1.31,istio.version=1.30 | istio.version: stands here twice",
        "clusterDomain.x=a | clusterDomain: must be a single value",
        "istio | `istio` is not of the form KEY=VALUE",
        "istio= | `istio=` is not of the form KEY=VALUE",
        "=1.31 | `=1.31` is not of the form KEY=VALUE",
        "istio=1.31, | `` is not of the form KEY=VALUE",
        "istio=[1.31] | must be a single value, not a list",
        "kgateway.namespaces=a | kgateway.namespaces: must be a list",
        "istio..version=1.31 | unknown key ``",
      })
  void aSlipIsNamed(String text, String problem) {
    Supposition.Reading reading = Supposition.read("as if", text);
    assertThat(reading.supposition()).isEmpty();
    assertThat(reading.problems()).singleElement().asString().contains("as if: ", problem);
  }

  @Test
  void whatIsTooLongIsNotRead() {
    assertThat(Supposition.read("as if", "istio=" + "1".repeat(5000)).problems())
        .containsExactly("as if: is longer than 4096 characters");
  }

  private static Platform supposed(String text) {
    Supposition.Reading reading = Supposition.read("as if", text);
    assertThat(reading.problems()).isEmpty();
    return Optional.of(KNOWN).map(reading.supposition().orElseThrow()::appliedTo).orElseThrow();
  }
}
