package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant pretends to be a controller, or asks about what it may not read. */
@OnBesiegedServer
class AttackerIT {

  private static final int FORBIDDEN = 403;
  private static final String BAD = "PreferClosest";

  private final Siege siege;

  AttackerIT(Siege siege) {
    this.siege = siege;
  }

  @AfterEach
  void takeItAway() {
    siege.tenant().delete(Siege.services(Siege.TENANT) + "/mine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "istio.io-mesh-controller",
        "istio.io-eastwest-controller",
        "istio.io-gateway-controller"
      })
  void theLabelOfAManagedObjectSparesNobodyWhoIsNoController(String manager) {
    siege
        .tenant()
        .tryToCreate(
            Siege.services(Siege.TENANT),
            bad("labels: {gateway.istio.io/managed: %s}".formatted(manager)))
        .isDeniedBy("TD-001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"istiod", "kgateway"})
  void theNameOfAControllerInOnesOwnNamespaceSparesNobody(String account) {
    siege
        .tenantAs(account)
        .tryToCreate(
            Siege.services(Siege.TENANT),
            bad(
                "labels: {gateway.istio.io/managed: istio.io-mesh-controller,"
                    + " solo.io/parent-service: mine}"))
        .isDeniedBy("TD-001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com/v1", "gateway.networking.k8s.io/v1"})
  void anOwnerThatIsNotThereSparesNobody(String version) {
    siege
        .tenant()
        .tryToCreate(
            Siege.services(Siege.TENANT),
            bad(
                "ownerReferences: [{apiVersion: %s, kind: Gateway, name: none, uid: %s}]"
                        .formatted(version, "6f1c4d0e-0000-4000-8000-000000000000")
                    + "\n  labels: {gateway.istio.io/managed: istio.io-mesh-controller}"))
        .isDeniedBy("TD-001");
  }

  /** Whatever is longer than Lintel reads must not take what it does read out of its sight. */
  @ParameterizedTest
  @ValueSource(ints = {70, 500})
  void paddingSparesNobody(int owners) {
    String owner =
        "{apiVersion: v1, kind: ConfigMap, name: none, uid: 6f1c4d0e-0000-4000-8000-%012d}";
    siege
        .tenant()
        .tryToCreate(
            Siege.services(Siege.TENANT),
            bad(
                IntStream.range(0, owners)
                    .mapToObj(owner::formatted)
                    .collect(Collectors.joining(", ", "ownerReferences: [", "]"))))
        .isDeniedBy("TD-001");
  }

  @Test
  void whatIsOnceMarkedAsManagedIsJudgedWhenItIsChanged() {
    String marked =
        Manifests.service(Siege.TENANT, "mine", "PreferClose")
            .replace(
                "annotations:",
                "labels: {gateway.istio.io/managed: istio.io-mesh-controller}\n  annotations:");
    siege.tenant().create(Siege.services(Siege.TENANT), marked).succeeds();
    siege
        .tenant()
        .patch(
            Siege.services(Siege.TENANT) + "/mine?dryRun=All",
            "{\"metadata\": {\"annotations\":"
                + " {\"networking.istio.io/traffic-distribution\": \"PreferClosest\"}}}")
        .isDeniedBy("TD-001");
  }

  @Test
  void aRuleForEveryHostTellsNobodyTheNamesOfOtherNamespaces() {
    Shop shop = Shop.open(siege.installation());
    siege.installation().writePolicy("disclose: own-namespace").succeeds();
    try {
      String rule = Manifests.destinationRule(Siege.TENANT, "all", "host: \"*\"", "RANDOM");
      Eventually.holds(
          () -> {
            ApiClient.Reply reply = siege.tenant().tryToCreate(Siege.rules(Siege.TENANT), rule);
            assertThat(reply.text()).as(reply.brief()).contains("[lintel DR-");
            assertThat(reply.text())
                .doesNotContain(shop.namespace(), "front", Siege.OTHERS, "waypoint.");
          });
    } finally {
      siege.installation().writePolicy("enforcement: deny");
    }
  }

  @Test
  void aTenantMayNeitherTakeLintelAwayNorLoosenIt() {
    String webhook = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/lintel";
    String own = "/namespaces/" + Installation.NAMESPACE;
    assertThat(siege.tenant().delete(webhook).code()).isEqualTo(FORBIDDEN);
    assertThat(siege.tenant().patch(webhook, "{\"webhooks\": []}").code()).isEqualTo(FORBIDDEN);
    assertThat(siege.tenant().delete("/apis/apps/v1" + own + "/deployments/lintel").code())
        .isEqualTo(FORBIDDEN);
    assertThat(
            siege
                .tenant()
                .patch("/api/v1" + own + "/configmaps/lintel-policy", "{\"data\": {}}")
                .code())
        .isEqualTo(FORBIDDEN);
    assertThat(siege.tenant().delete("/api/v1/namespaces/" + Siege.TENANT).code())
        .isEqualTo(FORBIDDEN);
  }

  @Test
  void aServerWithAnotherCertificateIsNotBelieved(@TempDir Path other) {
    siege.installation().believes(other);
    try {
      double before = siege.failedOpen();
      Eventually.holds(
          () -> {
            siege.canary().succeeds();
            assertThat(siege.failedOpen()).isGreaterThan(before);
          });
    } finally {
      siege.installation().believes(siege.installation().certificates());
      siege.isReadyAndAsked();
    }
  }

  private static String bad(String metadata) {
    return Manifests.service(Siege.TENANT, "mine", BAD)
        .replace("annotations:", metadata + "\n  annotations:");
  }
}
