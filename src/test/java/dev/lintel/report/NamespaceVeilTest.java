package dev.lintel.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.judge.Judged;
import dev.lintel.judge.Write;
import dev.lintel.manifest.Manifest;
import dev.lintel.manifest.Manifests;
import dev.lintel.mesh.Platform;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Action;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceVeilTest {

  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {istio.io/use-waypoint: guard, istio.io/use-waypoint-namespace: gate}}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: vault}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: ledger, namespace: vault}
      spec: {ports: [{port: 80}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: rates, namespace: vault}
      spec: {hosts: [rates.example.com], ports: [{number: 80, name: http}]}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: cart, namespace: shop}
      spec:
        parentRefs: [{name: front, namespace: edge}]
        rules: [{backendRefs: [{name: till, namespace: bank, port: 80}]}]
      """;

  private static final String WRITTEN =
      "{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Gateway vault/keeper|a Gateway of another namespace",
        "HTTPRoute vault/x and Gateway vault/y|an HTTPRoute of another namespace and a Gateway of"
            + " another namespace",
        "vault/ledger|of another namespace",
        "Namespace vault|another Namespace",
        "vault|(not shown)",
        "ledger.vault.svc.cluster.local|a host of another namespace",
        "`*.vault.svc.cluster.local`.|`a host of another namespace`.",
        "rates.example.com|a host of another namespace",
        "Gateway edge/keeper|a Gateway of another namespace",
      })
  void whatTheNamespaceDoesNotNameIsHidden(String value, String shown) throws Exception {
    assertThat(veiled(value)).isEqualTo(shown + " is so; change it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Service shop/cart",
        "cart.shop.svc.cluster.local",
        "Namespace shop",
        "ServiceEntry istio-system/rates",
        "Gateway edge/front (HTTPRoute shop/cart)",
        "waypoint Gateway gate/guard",
        "Service bank/till",
        "till.bank.svc.cluster.local",
        "GatewayClass vaults",
        "us-east/zone-1",
        "`istio.io/use-waypoint`",
        "topology.kubernetes.io/zone, 8080, PreferClose",
        "www.example.com",
        "*",
      })
  void everythingElseIsShown(String value) throws Exception {
    assertThat(veiled(value)).isEqualTo(value + " is so; change it");
  }

  @Test
  void anObjectIsNamedByItsKindOnly() throws Exception {
    NamespaceVeil veil = veil();
    assertThat(veil.spoken(new ResourceRef(Kind.SERVICE, "vault", "ledger")))
        .isEqualTo("a Service of another namespace");
    assertThat(veil.spoken(new ResourceRef(Kind.SERVICE, "shop", "cart")))
        .isEqualTo("Service shop/cart");
    assertThat(veil.spoken(new ResourceRef(Kind.NODE, "", "node-1"))).isEqualTo("Node node-1");
  }

  @Test
  void theFixedWordsOfARuleStayWhateverObjectsAreCalled() throws Exception {
    Finding finding =
        Finding.at(FieldPath.HOST).says("the vault is %s", "vault").fix("open the vault");
    assertThat(veil().message(judged(finding)))
        .isEqualTo("the vault is (not shown); open the vault");
  }

  @Test
  void aNameWithoutItsNamespaceIsHiddenWhereTheFindingRestsOnTheObject() throws Exception {
    Finding finding =
        Finding.at(FieldPath.HOST)
            .says("%s of %d is so", "keeper", 5)
            .with(new ResourceRef(Kind.GATEWAY, "vault", "keeper"));
    assertThat(veil().message(judged(finding))).isEqualTo("(not shown) of 5 is so");
  }

  private static String veiled(String value) throws Exception {
    return veil()
        .message(judged(Finding.at(FieldPath.HOST).says("%s is so", value).fix("change it")));
  }

  private static Judged judged(Finding finding) {
    return new Judged(
        RuleCatalogue.complete().rules().getFirst().info(),
        new ResourceRef(Kind.SERVICE, "shop", "cart"),
        finding,
        Action.WARN,
        false);
  }

  private static NamespaceVeil veil() throws Exception {
    List<Resource> resources = new ArrayList<>();
    for (Manifest manifest : Manifests.read("cluster", CLUSTER)) {
      manifest.resource().ifPresent(resources::add);
    }
    Resource written = Manifests.read("written", WRITTEN).getFirst().resource().orElseThrow();
    return new NamespaceVeil(Write.create(written, "ann"), Topology.of(Platform.AUTO, resources));
  }
}
