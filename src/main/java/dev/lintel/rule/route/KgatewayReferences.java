package dev.lintel.rule.route;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Kgateway;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Resource;
import dev.lintel.rule.Finding;
import dev.lintel.topology.RouteReference;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What the family's rules ask of references, and say of them, in the same way. */
final class KgatewayReferences {

  /** What every rule of the family judges. */
  static final Set<Kind> SUBJECTS = Set.of(Kind.SERVICE, Kind.SERVICE_ENTRY);

  private KgatewayReferences() {}

  /**
   * Returns the kgateway Gateways that serve a reference and could resolve it: those without Istio
   * integration know no ServiceEntry, whatever the reference says.
   */
  static List<Gateway> gateways(Topology topology, RouteReference reference, Resource backend) {
    return reference.gateways().stream()
        .filter(
            gateway ->
                topology.ingress().kgatewayOf(gateway).filter(k -> reads(k, backend)).isPresent())
        .toList();
  }

  private static boolean reads(Kgateway kgateway, Resource backend) {
    return backend.kind() != Kind.SERVICE_ENTRY || !kgateway.istioIntegration().isNo();
  }

  /** Begins a finding about a reference, told from others by its route. */
  static Finding about(RouteReference reference, List<Gateway> gateways, Finding finding) {
    Finding named = finding.about(reference.route()).with(reference.route());
    for (Gateway gateway : gateways) {
      named = named.with(gateway);
    }
    return named;
  }

  /** Adds what was assumed where a setting of the Gateways' controllers is not known. */
  static Finding assuming(
      Topology topology,
      List<Gateway> gateways,
      Function<Kgateway, Fact> setting,
      String assumption,
      Finding finding) {
    return gateways.stream()
        .map(topology.ingress()::kgatewayOf)
        .flatMap(Optional::stream)
        .map(setting)
        .filter(Fact::isUnknown)
        .findFirst()
        .map(unknown -> finding.fact("%s: %s", assumption, unknown.reason()))
        .orElse(finding);
  }
}
