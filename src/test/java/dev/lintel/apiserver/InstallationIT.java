package dev.lintel.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.resource.Kind;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shipped, as a real API server takes it. */
@OnApiServer
class InstallationIT {

  private static final String ACCOUNT = "--as=system:serviceaccount:lintel-system:lintel";

  private final Kubectl kubectl;

  InstallationIT(Installation installation) {
    kubectl = installation.kubectl();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deploy/kustomize/base",
        "deploy/kustomize/overlays/self-managed",
        Installation.OVERLAY
      })
  void itIsAcceptedAgainWithoutAWarning(String folder) {
    kubectl.run("apply", "--dry-run=server", "-k", folder).succeedsSilently();
  }

  @Test
  void theOverlayForCertManagerRendersCertificateAndInjection() {
    String rendered =
        kubectl.run("kustomize", "deploy/kustomize/overlays/cert-manager").succeedsSilently().out();
    assertThat(rendered)
        .contains(
            "kind: Certificate",
            "kind: Issuer",
            "cert-manager.io/inject-ca-from: lintel-system/lintel-serving")
        .doesNotContain("caBundle");
  }

  @Test
  void itsPodMayRunWhereOnlyRestrictedOnesMay() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode pod =
        (ObjectNode)
            json.readTree(
                    kubectl
                        .run("get", "deployment", "lintel", "-n", Installation.NAMESPACE, "-o=json")
                        .succeeds()
                        .out())
                .at("/spec/template");
    pod.put("apiVersion", "v1").put("kind", "Pod");
    pod.withObject("/metadata").put("name", "lintel").put("namespace", Installation.NAMESPACE);
    kubectl.write(pod.toString(), "create", "--dry-run=server").succeedsSilently();
    pod.withObject("/spec").put("hostNetwork", true);
    assertThat(kubectl.write(pod.toString(), "create", "--dry-run=server").err())
        .contains("violates PodSecurity \"restricted:latest\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kube-system", Installation.NAMESPACE})
  void whatRunsTheClusterAndLintelItselfIsLeftAlone(String namespace) {
    kubectl
        .write(Manifests.service(namespace, "cart", "PreferClosest"), "create", "--dry-run=server")
        .succeedsSilently();
  }

  static Stream<Kind> kinds() {
    return Stream.of(Kind.values());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void itMayReadWhatItJudgesByAndNotWriteIt(Kind kind) {
    String plural = kind.group().isEmpty() ? kind.plural() : kind.plural() + "." + kind.group();
    String resource =
        switch (kind) {
          case DEPLOYMENT -> plural + "/istiod";
          case CONFIG_MAP -> plural + "/istio";
          default -> plural;
        };
    assertThat(mayLintel("watch", resource)).isTrue();
    assertThat(mayLintel("update", resource)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "list, secrets",
    "list, configmaps",
    "list, deployments",
    "watch, deployments/other",
    "list, customresourcedefinitions",
    "get, services",
    "get, pods",
    "create, events",
    "delete, events.events.k8s.io",
    "get, configmaps/other",
    "update, configmaps/lintel-policy",
    "create, pods",
    "delete, services",
    "update, customresourcedefinitions",
    "patch, validatingwebhookconfigurations"
  })
  void itMayNothingElse(String verb, String resource) {
    assertThat(mayLintel(verb, resource)).isFalse();
  }

  @Test
  void itMayReadItsPolicy() {
    assertThat(mayLintel("watch", "configmaps/lintel-policy")).isTrue();
  }

  private boolean mayLintel(String verb, String resource) {
    return kubectl
        .run("auth", "can-i", verb, resource, "-n", Installation.NAMESPACE, ACCOUNT)
        .out()
        .strip()
        .equals("yes");
  }
}
