package dev.lintel.topology;

import static dev.lintel.mesh.KgatewayDistribution.ENTERPRISE;
import static dev.lintel.mesh.KgatewayDistribution.OPEN_SOURCE;

import dev.lintel.mesh.Fact;
import dev.lintel.mesh.Kgateway;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.BackendConfigPolicy.Setting;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Service;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells who picks the endpoints of a host, in each place where somebody may. */
public final class Pickers {

  private final Topology topology;
  private final Backend backend;

  Pickers(Topology topology, Backend backend) {
    this.topology = topology;
    this.backend = backend;
  }

  /** Returns who picks on a path of a Gateway; empty where nobody finds anything to pick. */
  public Optional<Picker> on(IngressLeg leg, IngressPath path) {
    return switch (path) {
      case IngressPath.PlaintextToPod clear -> Optional.of(atKgateway(leg));
      case IngressPath.GatewayPicksPod picks -> Optional.of(atKgateway(leg));
      case IngressPath.WaypointBypassed bypassed -> Optional.of(atKgateway(leg));
      case IngressPath.ThroughWaypoint through -> Optional.of(atWaypoint(through.waypoint()));
      case IngressPath.WaypointSkippedBehindVip skipped -> Optional.of(atZtunnel(leg.gateway()));
      case IngressPath.EmptyCluster empty -> Optional.empty();
    };
  }

  /** Returns a kgateway Gateway as one who picks, which it does on some paths only. */
  public Picker atKgateway(IngressLeg leg) {
    return once(EndpointReader.of(leg.kgateway().distribution()), leg.gateway(), () -> make(leg));
  }

  /** Returns a waypoint as one who picks. */
  public Picker atWaypoint(Gateway waypoint) {
    return once(
        EndpointReader.ISTIOD_PROXY,
        waypoint,
        () -> driven(new Proxy.Waypoint(waypoint), waypoint));
  }

  /** Returns one of Istio's own ingress Gateways as one who picks. */
  public Picker atIstioIngress(Gateway gateway) {
    return once(
        EndpointReader.ISTIOD_PROXY,
        gateway,
        () -> driven(new Proxy.IstioIngress(gateway), gateway));
  }

  /** Returns the ztunnel of a Gateway's nodes as one who picks. */
  public Picker atZtunnel(Gateway gateway) {
    return once(
        EndpointReader.ZTUNNEL,
        gateway,
        () -> picker(new Proxy.Ztunnel(), gateway, Optional.empty(), Fact.no(), nodeLocality()));
  }

  private Picker once(EndpointReader reader, Gateway client, Supplier<Picker> answer) {
    return topology.answers().once(new Question.OfPicker(backend, reader, client.key()), answer);
  }

  private Picker make(IngressLeg leg) {
    Fact integration = leg.kgateway().istioIntegration();
    Optional<DestinationRule> rule =
        integration.isNo() ? Optional.empty() : topology.rules().atKgateway(leg.gateway(), backend);
    Fact applies = rule.map(found -> applies(leg, found)).orElse(Fact.no());
    Optional<Displacement> displacement =
        zoneAware(leg.kgateway())
            .or(
                () ->
                    rule.flatMap(
                            found ->
                                LocalityOverride.atKgateway(found, backend)
                                    .map(what -> new Displacement.ByRule(found, what, applies)))
                        .filter(displaced -> !applies.isNo()));
    return picker(new Proxy.Kgateway(leg), leg.gateway(), rule, applies, displacement);
  }

  private Fact applies(IngressLeg leg, DestinationRule rule) {
    Fact integration = leg.kgateway().istioIntegration();
    return integration.isUnknown()
        ? integration
        : KgatewayRules.picks(topology, leg.gateway(), backend, rule);
  }

  private Picker driven(Proxy proxy, Gateway gateway) {
    Optional<DestinationRule> rule =
        topology.rules().lookUp(gateway.namespace(), backend).policyAtWaypoint();
    Optional<Displacement> displacement =
        nodeLocality()
            .or(
                () ->
                    rule.flatMap(
                        found ->
                            topology
                                .rules()
                                .localityOverrideAtWaypoint(found, backend)
                                .map(what -> new Displacement.ByRule(found, what, Fact.yes()))));
    return picker(proxy, gateway, rule, Fact.of(rule.isPresent()), displacement);
  }

  private Picker picker(
      Proxy proxy,
      Gateway client,
      Optional<DestinationRule> rule,
      Fact applies,
      Optional<Displacement> displacement) {
    EffectiveTrafficDistribution distribution = topology.endpoints().trafficDistributionOf(backend);
    EndpointReader reader = Picker.reader(proxy);
    return new Picker(
        proxy,
        client,
        backend,
        distribution,
        rule,
        applies,
        displacement,
        EndpointOrder.of(topology.dialect(), backend, reader, distribution, displacement));
  }

  /**
   * Returns the mode by which ztunnel and the proxies that istiod drives prefer endpoints, as far
   * as no DestinationRule says otherwise: none where only those of their own node are left.
   */
  public Optional<TrafficDistribution> modeInMesh() {
    return Optional.of(topology.endpoints().trafficDistributionOf(backend).atIstiod())
        .filter(mode -> mode != TrafficDistribution.ANY && !isOwnNodeOnly());
  }

  /** Tells whether all but kgateway take endpoints of their own node or none. */
  public boolean isOwnNodeOnly() {
    return nodeLocality().isPresent();
  }

  /** Returns the order in which a reader takes the endpoints, DestinationRules apart. */
  EndpointOrder order(EndpointReader reader) {
    return EndpointOrder.of(
        topology.dialect(),
        backend,
        reader,
        topology.endpoints().trafficDistributionOf(backend),
        switch (reader) {
          case ZTUNNEL, ISTIOD_PROXY -> nodeLocality();
          case KGATEWAY -> zoneAware(topology.dialect().kgateway(OPEN_SOURCE));
          case ENTERPRISE_KGATEWAY -> zoneAware(topology.dialect().kgateway(ENTERPRISE));
        });
  }

  /** kgateway alone ignores the setting (docs/domain.md, 1.3). */
  private Optional<Displacement> nodeLocality() {
    return backend.resource() instanceof Service service && service.isNodeLocal()
        ? Optional.of(new Displacement.ByNodeLocality())
        : Optional.empty();
  }

  private Optional<Displacement> zoneAware(Kgateway kgateway) {
    return BackendPolicies.knowsZoneAware(kgateway)
        ? topology.ingress().backendPoliciesFor(backend).stream()
            .filter(policy -> policy.sets(Setting.ZONE_AWARE) && !policy.rejected())
            .findFirst()
            .map(Displacement.ByBackendPolicy::new)
        : Optional.empty();
  }
}
