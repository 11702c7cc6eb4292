package dev.lintel.rule.knowndefect;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Service;
import dev.lintel.resource.TrafficPolicy;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.GatewayRole;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What sets known defects off, each where its component is on the object's path. */
enum Trigger {
  PORT_LEVEL_SETTINGS_AT_WAYPOINT(
      "portLevelSettings", Search.ofRules(Trigger::portLevelSettingsAtWaypoint)),
  PUBLISH_NOT_READY_ADDRESSES(
      "publishNotReadyAddresses", Search.ofHosts(Trigger::publishNotReadyAddresses)),
  INGRESS_USE_WAYPOINT_OF_SEVERAL_CLUSTERS(
      "ingress-use-waypoint", Search.ofHosts(Trigger::ingressUseWaypointOfSeveralClusters)),
  CONSISTENT_HASH("consistentHash", Search.ofRules(Trigger::consistentHash)),
  INGRESS_USE_WAYPOINT_BEFORE_ADDRESS(
      "ingress-use-waypoint", Search.ofHosts(Trigger::ingressUseWaypointBeforeAddress));

  private static final FieldPath POLICY = FieldPath.of("spec.trafficPolicy");

  private final String spoken;
  private final Search search;

  Trigger(String spoken, Search search) {
    this.spoken = spoken;
    this.search = search;
  }

  /** Returns the field that sets a defect off, as it is spoken of. */
  String spoken() {
    return spoken;
  }

  /** Returns the field in an object; empty if the object does not set a defect off. */
  Optional<FieldPath> in(Topology topology, Subject subject) {
    return search.in(topology, subject);
  }

  /** Looks for the field in an object. */
  private interface Search {
    Optional<FieldPath> in(Topology topology, Subject subject);

    static Search ofRules(BiFunction<Topology, OfRule, Optional<FieldPath>> search) {
      return (topology, subject) ->
          subject instanceof OfRule rule ? search.apply(topology, rule) : Optional.empty();
    }

    static Search ofHosts(BiFunction<Topology, OfHosts, Optional<FieldPath>> search) {
      return (topology, subject) ->
          subject instanceof OfHosts hosts ? search.apply(topology, hosts) : Optional.empty();
    }
  }

  private static Optional<FieldPath> portLevelSettingsAtWaypoint(
      Topology topology, OfRule subject) {
    return subject
        .resource()
        .trafficPolicy()
        .filter(policy -> !policy.ports().isEmpty())
        .filter(
            policy -> subject.readers().stream().anyMatch(r -> !r.applyingWaypoints().isEmpty()))
        .map(policy -> POLICY.field("portLevelSettings"));
  }

  private static Optional<FieldPath> publishNotReadyAddresses(Topology topology, OfHosts subject) {
    return subject
        .service()
        .filter(Service::publishNotReadyAddresses)
        .filter(service -> topology.ambientNamespaces().findAny().isPresent())
        .map(service -> FieldPath.of("spec.publishNotReadyAddresses"));
  }

  private static Optional<FieldPath> ingressUseWaypointOfSeveralClusters(
      Topology topology, OfHosts subject) {
    return labelled(subject)
        .filter(host -> host.waypoint().isBound())
        .filter(
            host ->
                topology
                    .ingress()
                    .gatewaysTo(host.backend())
                    .anyMatch(gateway -> topology.roleOf(gateway) == GatewayRole.ISTIO_INGRESS))
        .filter(host -> hasPeers(topology))
        .map(host -> FieldPath.label(Keys.INGRESS_USE_WAYPOINT))
        .findFirst();
  }

  private static boolean hasPeers(Topology topology) {
    return Stream.of(GatewayRole.EAST_WEST, GatewayRole.REMOTE_PEER)
        .flatMap(topology::gatewaysOf)
        .findAny()
        .isPresent();
  }

  private static Optional<FieldPath> consistentHash(Topology topology, OfRule subject) {
    return subject
        .resource()
        .trafficPolicy()
        .filter(Trigger::hashes)
        .filter(
            policy -> subject.readers().stream().anyMatch(RuleReaders::mayBeReadByIstiodProxies))
        .map(policy -> POLICY.field("loadBalancer").field("consistentHash"));
  }

  private static boolean hashes(TrafficPolicy policy) {
    return policy.loadBalancer().flatMap(balancer -> balancer.consistentHash()).isPresent();
  }

  private static Optional<FieldPath> ingressUseWaypointBeforeAddress(
      Topology topology, OfHosts subject) {
    return labelled(subject)
        .filter(
            host -> host.backend().awaitsAllocation() && topology.ingress().hasVip(host.backend()))
        .filter(host -> !host.backend().host().isWildcard())
        .filter(
            host ->
                host.ingress().stream()
                    .anyMatch(leg -> leg.possibly(path -> !path.gatewayPicksPod())))
        .map(host -> FieldPath.label(Keys.INGRESS_USE_WAYPOINT))
        .findFirst();
  }

  private static Stream<Host> labelled(OfHosts subject) {
    return subject.metadata().label(Keys.INGRESS_USE_WAYPOINT).filter("true"::equals).isPresent()
        ? subject.hosts().stream()
        : Stream.empty();
  }
}
