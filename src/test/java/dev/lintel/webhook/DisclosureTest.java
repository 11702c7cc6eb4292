package dev.lintel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.cluster.Clusters;
import dev.lintel.judge.Judge;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.Manifests;
import dev.lintel.policy.Policy;
import dev.lintel.policy.PolicyReader;
import dev.lintel.resource.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may write in one namespace learns nothing of the others by trying. */
class DisclosureTest {

  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: vault, labels: {istio.io/dataplane-mode: ambient, istio.io/use-waypoint: keeper}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: kgateway, namespace: kgateway-system}
      spec:
        template:
          spec:
            containers:
              - name: controller
                image: registry.example/kgateway-dev/kgateway:v2.3.1
                env: [{name: KGW_ENABLE_ISTIO_INTEGRATION, value: "true"}]
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: GatewayClass
      metadata: {name: kgateway}
      spec: {controllerName: kgateway.dev/kgateway}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: frontier, namespace: border}
      spec:
        gatewayClassName: kgateway
        listeners: [{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}]
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: keeper, namespace: vault}
      spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
      status: {addresses: [{type: Hostname, value: keeper.vault.svc.cluster.local}]}
      """;

  private static final List<String> SECRETS =
      List.of(
          "vault", "keeper", "border", "frontier", "ledger", "teller", "payroll", "safe-", "clerk");

  @Test
  void aRuleForEveryHostTellsNothingOfOtherNamespaces() throws Exception {
    JsonNode response = dryRun("{}", rule("shop", "all", "'*'"));
    assertThat(words(response)).isNotEmpty().noneMatch(DisclosureTest::isTold);
    assertThat(words(response)).anyMatch(word -> word.contains("of another namespace"));
  }

  @Test
  void theFullTextGoesToTheAuditLog() throws Exception {
    JsonNode annotations = dryRun("{}", rule("shop", "all", "'*'")).path("auditAnnotations");
    assertThat(annotations.path("findings").asText()).isNotEmpty();
    assertThat(annotations.path("details").asText())
        .contains("border/frontier", "safe-0.vault.svc.cluster.local")
        .hasSizeLessThan(8193);
  }

  @Test
  void whereThePolicySaysSoEverythingIsNamed() throws Exception {
    JsonNode response = dryRun("disclose: all", rule("shop", "all", "'*'"));
    assertThat(words(response)).anyMatch(DisclosureTest::isTold);
    assertThat(response.path("auditAnnotations").has("details")).isFalse();
  }

  @Test
  void whatTheWrittenObjectNamesIsNoSecret() throws Exception {
    List<String> words = words(dryRun("{}", rule("shop", "one", "Safe-0.vault.svc.cluster.local")));
    assertThat(words).anyMatch(line -> line.contains("is not `safe-0.vault.svc.cluster.local`"));
    assertThat(words).noneMatch(line -> line.contains("frontier") || line.contains("clerk"));
  }

  private static boolean isTold(String words) {
    return SECRETS.stream().anyMatch(words::contains);
  }

  /** Returns what the author of the write reads. */
  private static List<String> words(JsonNode response) {
    List<String> words = new ArrayList<>();
    words.add(response.path("status").path("message").asText());
    response.path("status").path("details").path("causes").forEach(c -> words.add(c.toString()));
    response.path("warnings").forEach(warning -> words.add(warning.asText()));
    words.removeIf(String::isEmpty);
    return words;
  }

  private static JsonNode dryRun(String policy, String rule) throws Exception {
    Policy read =
        PolicyReader.read(
                "policy",
                "apiVersion: lintel.dev/v1\nkind: Policy\n" + (policy.equals("{}") ? "" : policy))
            .orElseThrow();
    Admission admission =
        new Admission(
            Clusters.of(read, cluster()),
            new Judge(RuleCatalogue.complete()),
            AdmissionReviewerTest.CONFIG);
    String object = Manifests.read("rule", rule).getFirst().json();
    byte[] review =
        ("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{"
                + "\"uid\":\"1\",\"kind\":{\"group\":\"networking.istio.io\",\"kind\":"
                + "\"DestinationRule\"},\"operation\":\"CREATE\",\"namespace\":\"shop\","
                + "\"dryRun\":true,\"userInfo\":{\"username\":\"ann\"},\"object\":"
                + object
                + "}}")
            .getBytes(StandardCharsets.UTF_8);
    AdmissionRequest request = ReviewReader.read(review);
    byte[] answer = ReviewWriter.write(request, admission.answer(request, () -> false));
    return new ObjectMapper().readTree(answer).path("response");
  }

  private static List<Resource> cluster() throws Exception {
    StringBuilder text = new StringBuilder(CLUSTER);
    for (int i = 0; i < 4; i++) {
      text.append("---\n").append(service("vault", "ledger-" + i));
      text.append("---\n").append(route("vault", "teller-" + i, "ledger-" + i));
      text.append("---\n").append(service("vault", "safe-" + i));
      text.append("---\n").append(route("vault", "clerk-" + i, "safe-" + i));
      text.append("---\n")
          .append(rule("vault", "payroll-" + i, "ledger-" + i + ".vault.svc.cluster.local"));
    }
    List<Resource> resources = new ArrayList<>();
    for (Manifest manifest : Manifests.read("cluster", text.toString())) {
      manifest.resource().ifPresent(resources::add);
    }
    return resources;
  }

  private static String service(String namespace, String name) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: %s, namespace: %s}
    spec: {clusterIP: 10.96.0.9, selector: {app: x}, ports: [{port: 80, name: http}]}
    """
        .formatted(name, namespace);
  }

  private static String route(String namespace, String name, String service) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: %s, namespace: %s}
    spec:
      parentRefs: [{name: frontier, namespace: border}]
      rules: [{backendRefs: [{name: %s, port: 80}]}]
    """
        .formatted(name, namespace, service);
  }

  private static String rule(String namespace, String name, String host) {
    return """
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: {name: %s, namespace: %s}
    spec:
      host: %s
      trafficPolicy:
        tls: {mode: ISTIO_MUTUAL}
        outlierDetection: {consecutiveErrors: 3}
        loadBalancer: {simple: ROUND_ROBIN, localityLbSetting: {enabled: true}}
      subsets: [{name: v1, labels: {version: v1}}]
    """
        .formatted(name, namespace, host);
  }
}
