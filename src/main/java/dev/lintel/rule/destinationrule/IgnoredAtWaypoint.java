package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.Since;
import dev.lintel.mesh.Version;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Kind;
import dev.lintel.resource.TrafficPolicy.LoadBalancer;
import dev.lintel.resource.VirtualService;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fields that a waypoint does not act on in a DestinationRule that it applies otherwise.
 *
 * <p>Restricted: {@code tunnel}, {@code outlierDetectionHttpErrorCodes}, and {@code consistentHash}
 * for HTTP, which a waypoint acts on from istiod 1.31 on, and for the whole destination only.
 * Allowed: where sidecars or Istio's own gateways read the rule, and {@code consistentHash} for TCP
 * or beside a VirtualService (docs/domain.md, 2.2).
 */
final class IgnoredAtWaypoint {

  private static final String HTTP_ERROR_CODES = "outlierDetectionHttpErrorCodes";
  private static final String TUNNEL = "tunnel";
  private static final String SOURCE_IP = "useSourceIp";

  static final Rule RULE =
      Rule.warns("DR-025", "fields-ignored-by-waypoint")
          .summary("A waypoint ignores fields of this DestinationRule")
          .reads(Reads.and(Reads.RULE_READERS, Kind.VIRTUAL_SERVICE))
          .ofDestinationRules(IgnoredAtWaypoint::judge);

  private IgnoredAtWaypoint() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    DestinationRule rule = subject.resource();
    Stream<Finding> atWaypoints =
        subject.readers().stream()
            .filter(readers -> isOwnWaypointTheOnlyIstiodProxy(topology, readers))
            .limit(1)
            .flatMap(readers -> atWaypoint(topology, rule, readers));
    return Stream.concat(atWaypoints, ofNobody(topology, subject));
  }

  /**
   * Before 1.32 istiod hands the status codes to no proxy, so that others are no reason to wait.
   */
  private static Stream<Finding> ofNobody(Topology topology, OfRule subject) {
    return topology.dialect().istioVersion().stream()
        .filter(version -> !Since.EJECTION_BY_STATUS.isIn(version))
        .flatMap(
            version ->
                subject.readers().stream()
                    .filter(RuleReaders::mayBeAppliedByIstiodProxies)
                    .filter(readers -> !isOwnWaypointTheOnlyIstiodProxy(topology, readers))
                    .limit(1)
                    .flatMap(readers -> unreadCodes(subject.resource(), readers, version)));
  }

  private static Stream<Finding> unreadCodes(
      DestinationRule rule, RuleReaders readers, Version version) {
    return PlacedPolicy.inEffect(rule, readers.backend()).stream()
        .filter(IgnoredAtWaypoint::setsErrorCodes)
        .map(
            placed ->
                Finding.at(placed.field().field("outlierDetection").field(HTTP_ERROR_CODES))
                    .says(
                        "istiod %s does not read `%s`: no proxy acts on it, only 5xx answers count",
                        version, HTTP_ERROR_CODES)
                    .because(
                        "The field came with the API of 1.31, and istiod tells sidecars and its own"
                            + " gateways of it from 1.32 on. A waypoint that serves the host never"
                            + " gets it.")
                    .fix("update istiod to 1.32, or remove it and count 5xx answers"));
  }

  private static boolean setsErrorCodes(PlacedPolicy placed) {
    return placed
        .policy()
        .outlierDetection()
        .filter(detection -> detection.sets(HTTP_ERROR_CODES))
        .isPresent();
  }

  /** Where another service's waypoint sends here, it is an ordinary client and acts on more. */
  private static boolean isOwnWaypointTheOnlyIstiodProxy(Topology topology, RuleReaders readers) {
    return !readers.istiodClients()
        && readers.applyingWaypoints().size() == 1
        && topology.waypoints().of(readers.backend())
            instanceof WaypointBinding.Bound(var waypoint, var level)
        && readers.applyingWaypoints().contains(waypoint);
  }

  private static Stream<Finding> atWaypoint(
      Topology topology, DestinationRule rule, RuleReaders readers) {
    Stream<Finding> tunnel =
        rule
            .trafficPolicy()
            .filter(policy -> policy.others().contains(TUNNEL))
            .map(policy -> tunnel(readers))
            .stream();
    Stream<Finding> others =
        PlacedPolicy.inEffect(rule, readers.backend()).stream()
            .flatMap(
                placed ->
                    Stream.concat(
                        errorCodes(placed, readers).stream(),
                        hash(topology, placed, readers).stream()));
    return Stream.concat(tunnel, others).map(finding -> Readings.withWaypoints(readers, finding));
  }

  private static Finding tunnel(RuleReaders readers) {
    return Finding.at(PlacedPolicy.DESTINATION.field(TUNNEL))
        .says(
            "%s does not act on `tunnel`: requests go straight to the endpoints",
            Readings.spokenWaypoints(readers))
        .because(
            "Of a DestinationRule's policy the waypoint's inbound clusters take everything but the"
                + " tunnel.")
        .fix("remove it, and let the endpoints of a ServiceEntry name the proxy if one is needed");
  }

  private static Optional<Finding> errorCodes(PlacedPolicy placed, RuleReaders readers) {
    return placed
        .policy()
        .outlierDetection()
        .filter(detection -> detection.sets(HTTP_ERROR_CODES))
        .map(
            detection ->
                Finding.at(placed.field().field("outlierDetection").field(HTTP_ERROR_CODES))
                    .says(
                        "%s does not act on `%s`: only 5xx answers count",
                        Readings.spokenWaypoints(readers), HTTP_ERROR_CODES)
                    .because(
                        "istiod tells sidecars and gateways which status codes count as errors, but"
                            + " not a waypoint's inbound clusters.")
                    .fix("remove it, and count 5xx answers with `consecutive5xxErrors`"));
  }

  private static Optional<Finding> hash(
      Topology topology, PlacedPolicy placed, RuleReaders readers) {
    boolean isPlaceIgnored = placed.port() != 0;
    boolean isVersionEnough = topology.dialect().istiodHas(Since.HASH_AT_WAYPOINT);
    return placed
        .policy()
        .loadBalancer()
        .flatMap(LoadBalancer::consistentHash)
        .filter(key -> isPlaceIgnored || !isVersionEnough)
        .filter(key -> mayBeHttp(placed, readers.backend(), key))
        .filter(key -> !hasVirtualService(topology, readers.backend()))
        .map(key -> hash(topology, placed, readers, key));
  }

  private static Finding hash(
      Topology topology, PlacedPolicy placed, RuleReaders readers, String key) {
    FieldPath field = placed.field().field("loadBalancer").field("consistentHash");
    String waypoint = Readings.spokenWaypoints(readers);
    Optional<Version> version = topology.dialect().istioVersion();
    Finding found =
        Finding.at(field)
            .because(
                "The waypoint's cluster gets a hash ring, but its HTTP route gets no hash key, so"
                    + " every request falls anywhere on the ring. From 1.31 on istiod sets the key"
                    + " from the policy of the whole destination; before, only beside a"
                    + " VirtualService for the host.");
    if (placed.port() != 0) {
      return found
          .says(
              "%s does not hash HTTP requests by `%s` of a port: they go to any endpoint",
              waypoint, key)
          .fix(
              topology.dialect().istiodLacks(Since.HASH_AT_WAYPOINT)
                  ? "update istiod to 1.31 and set it in spec.trafficPolicy.loadBalancer"
                  : "set it in spec.trafficPolicy.loadBalancer, for all ports (istiod 1.31 or"
                      + " newer)");
    }
    return version.isPresent()
        ? found
            .says(
                "%s does not hash HTTP requests by `%s` with istiod %s: they go to any endpoint",
                waypoint, key, version.get())
            .fix("update istiod to 1.31 or newer, or add a VirtualService for the host")
        : found
            .says(
                "%s hashes HTTP requests by `%s` from istiod 1.31 on only; before, they go to any"
                    + " endpoint",
                waypoint, key)
            .fix("check that istiod is 1.31 or newer")
            .fact("istiod's version is not known");
  }

  private static boolean hasVirtualService(Topology topology, Backend backend) {
    return topology.virtualServicesCovering(backend.host()).anyMatch(VirtualService::isForMesh);
  }

  /** A waypoint finds out by itself what a port without a protocol carries. */
  private static boolean mayBeHttp(PlacedPolicy placed, Backend backend, String key) {
    return backend.ports().stream()
        .filter(placed::countsFor)
        .map(backend::speaksHttp)
        .anyMatch(http -> http.isYes() || (http.isUnknown() && !key.equals(SOURCE_IP)));
  }
}
