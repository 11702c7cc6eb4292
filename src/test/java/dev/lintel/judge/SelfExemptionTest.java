package dev.lintel.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.Manifests;
import dev.lintel.mesh.IstioDistribution;
import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import dev.lintel.resource.MalformedObjectException;
import dev.lintel.resource.Resource;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nobody becomes a controller by what is in an object, or by what one's ServiceAccount is called.
 */
class SelfExemptionTest {

  private static final String DEPLOYER = "system:serviceaccount:shop:deployer";
  private static final String ISTIOD = "system:serviceaccount:istio-system:istiod";
  private static final String UID = "3f0b6a52-41f5-4c0e-a7a1-2f6f3f1d9c01";

  private static final String GATEWAY =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: cart, namespace: shop, uid: %s}
      spec: {gatewayClassName: istio-waypoint}
      """
          .formatted(UID);

  private static final String AMBIENT =
      "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio.io/dataplane-mode:"
          + " ambient}}}";

  private static final String MANAGED = "labels: {gateway.istio.io/managed: mine}";
  private static final String PARENT = "labels: {solo.io/parent-service: cart}";

  @ParameterizedTest
  @ValueSource(strings = {MANAGED, PARENT})
  void theMarksOfAGeneratedObjectDoNotSpareAServiceAccount(String marks) throws Exception {
    assertThat(decision(create(bad(marks), DEPLOYER))).isEqualTo("deny");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "system:serviceaccount:shop:istiod",
        "system:serviceaccount:shop:istiod-1-30",
        "system:serviceaccount:shop:kgateway",
        "system:kube-scheduler",
        "istiod",
      })
  void aNameLikeIstiodsElsewhereMeansNothing(String user) throws Exception {
    assertThat(decision(create(bad(PARENT), user))).isEqualTo("deny");
    assertThat(decision(create(bad(MANAGED), user))).isEqualTo("deny");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, name: none-such, uid: '1'}",
        "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, name: cart, uid: '1'}",
        "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, name: cart}",
        "{apiVersion: networking.istio.io/v1, kind: Gateway, name: cart, uid: " + UID + "}",
        "{apiVersion: v1, kind: Gateway, name: cart, uid: " + UID + "}",
      })
  void anOwnerThatDoesNotExistWeakensNothing(String owner) throws Exception {
    assertThat(decision(create(bad("ownerReferences: [" + owner + "]"), DEPLOYER), GATEWAY))
        .isEqualTo("deny");
  }

  @Test
  void whatAnotherNameThanTheGatewaysControllerWouldGiveHasNoOwner() throws Exception {
    String owned = bad(owner()).replace("name: cart\n", "name: basket\n");
    assertThat(decision(create(owned, DEPLOYER), GATEWAY)).isEqualTo("deny");
  }

  @Test
  void whatAGatewayOwnsIsNotRefusedWhoeverWrites() throws Exception {
    assertThat(decision(create(bad(owner()), DEPLOYER), GATEWAY)).isEqualTo("warn");
  }

  @ParameterizedTest
  @ValueSource(strings = {MANAGED, PARENT})
  void marksThatWereThereBeforeWeakenNothing(String marks) throws Exception {
    Resource good = read(bad(marks).replace("PreferClosest", "PreferClose"));
    assertThat(decision(Write.update(good, read(bad(marks)), DEPLOYER))).isEqualTo("deny");
  }

  @Test
  void theControllersOfTheMeshAreSparedWhatTheyGenerate() throws Exception {
    assertThat(decision(create(bad(MANAGED), ISTIOD))).isEqualTo("allow");
    assertThat(decision(create(bad(""), ISTIOD))).isEqualTo("deny");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PARENT,
        MANAGED,
        "ownerReferences: [{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, name: cart}]"
      })
  void theRulesForServiceEntriesAreNotSilencedByMarks(String marks) throws Exception {
    List<String> plain = codes(create(entry(""), DEPLOYER));
    assertThat(plain).isNotEmpty();
    assertThat(codes(create(entry(marks), DEPLOYER))).containsAll(plain);
  }

  @Test
  void aDeploymentOfOnesOwnSaysNothingOfTheInstallation() throws Exception {
    Topology topology =
        topology(
            deployment("shop", "docker.io/istio/pilot:1.20.0-solo"),
            deployment("istio-system", "docker.io/istio/pilot:1.30.2"),
            deployment("shop", "registry.example/kgateway-dev/kgateway:v9.0.0"));
    assertThat(topology.dialect().istio()).isEqualTo(IstioDistribution.UPSTREAM);
    assertThat(topology.dialect().istioVersion().orElseThrow().isAtLeast(1, 30)).isTrue();
    Topology none = topology(deployment("shop", "docker.io/istio/pilot:1.20.0-solo"));
    assertThat(none.dialect().istio()).isEqualTo(IstioDistribution.UNKNOWN);
  }

  private static String owner() {
    return "ownerReferences: [{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, name: cart,"
        + " uid: "
        + UID
        + "}]";
  }

  private static String deployment(String namespace, String image) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: istiod-%s, namespace: %s, labels: {app: istiod}}
    spec: {template: {spec: {containers: [{name: main, image: "%s"}]}}}
    """
        .formatted(Integer.toHexString(image.hashCode()), namespace, image);
  }

  /** Returns a Service that raises TD-001. */
  private static String bad(String metadata) {
    return """
    apiVersion: v1
    kind: Service
    metadata:
      annotations: {networking.istio.io/traffic-distribution: PreferClosest}
      name: cart
      namespace: shop
      %s
    spec: {ports: [{port: 80}]}
    """
        .formatted(metadata);
  }

  /** Returns a ServiceEntry that only a waypoint could resolve, and there is none. */
  private static String entry(String metadata) {
    return """
    apiVersion: networking.istio.io/v1
    kind: ServiceEntry
    metadata:
      name: models
      namespace: shop
      %s
    spec:
      hosts: ["*.models.example"]
      resolution: DYNAMIC_DNS
      ports: [{number: 443, name: tls, protocol: TLS}]
    """
        .formatted(metadata);
  }

  private static List<String> codes(Write write) throws MalformedObjectException {
    return new Judge(RuleCatalogue.complete())
        .judge(topology(AMBIENT), write, Policy.DEFAULT).findings().stream()
            .map(judged -> judged.rule().code())
            .toList();
  }

  private static Write create(String object, String user) throws MalformedObjectException {
    return Write.create(read(object), user);
  }

  private static String decision(Write write, String... cluster) throws MalformedObjectException {
    Policy policy =
        PolicyReader.read("policy", "apiVersion: lintel.dev/v1\nkind: Policy\n").orElseThrow();
    return new Judge(RuleCatalogue.complete()).judge(topology(cluster), write, policy).decision();
  }

  private static Topology topology(String... objects) throws MalformedObjectException {
    List<Resource> resources = new ArrayList<>();
    for (String object : objects) {
      resources.add(read(object));
    }
    return Topology.of(Policy.DEFAULT.platform(), resources);
  }

  private static Resource read(String object) throws MalformedObjectException {
    Manifest manifest = Manifests.read("test", object).getFirst();
    return manifest.resource().orElseThrow();
  }
}
