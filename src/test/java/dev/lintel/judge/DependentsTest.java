package dev.lintel.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Platform;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Route;
import dev.lintel.resource.Service;
import dev.lintel.topology.Change;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which other objects a write may change the meaning of. */
class DependentsTest {

  @Test
  void ofAWildcardTheRulesBelowAndAboveItAndTheServicesThatItCovers() {
    assertThat(
            dependents(
                rule("mesh", "*.shop.svc.cluster.local"),
                rule("shop", "cart.shop.svc.cluster.local"),
                rule("root", "*.svc.cluster.local"),
                rule("other", "cart.other.svc.cluster.local"),
                service("shop", "cart")))
        .containsExactlyInAnyOrder(
            "DestinationRule/shop/rule", "DestinationRule/root/rule", "Service/shop/cart");
  }

  @Test
  void ofAServiceTheRulesForItsHostAndForWhereItsRoutesLead() {
    Route route =
        new Route(
            Metadata.of("shop", "canary"),
            Kind.HTTP_ROUTE,
            List.of(new Route.ParentRef("", "Service", "shop", "cart", "", Optional.empty())),
            List.of(),
            List.of(
                Route.Rule.to(
                    List.of(new Route.BackendRef("", "Service", "", "next", Optional.empty())))));
    assertThat(
            dependents(
                service("shop", "cart"),
                rule("shop", "cart"),
                rule("mesh", "next.shop.svc.cluster.local"),
                rule("other", "last.shop.svc.cluster.local"),
                service("shop", "next"),
                route))
        .containsExactlyInAnyOrder("DestinationRule/shop/rule", "DestinationRule/mesh/rule");
  }

  private static List<String> dependents(Resource written, Resource... others) {
    Topology before = Topology.of(Platform.AUTO, List.of(others));
    Topology after = before.apply(Change.put(written));
    return Dependents.of(before, after, written, 50).refs().stream()
        .map(ResourceRef::toString)
        .toList();
  }

  private static DestinationRule rule(String namespace, String host) {
    return new DestinationRule(
        Metadata.of(namespace, "rule"),
        host,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static Service service(String namespace, String name) {
    return new Service(
        Metadata.of(namespace, name),
        "ClusterIP",
        List.of("10.0.0.1"),
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
