package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Keys;
import dev.lintel.mesh.Since;
import dev.lintel.resource.Kind;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Host;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.CanaryWaypoint;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding.Excluded;
import dev.lintel.topology.WaypointBinding.Level;
import dev.lintel.topology.WaypointBinding.OptedOut;
import dev.lintel.topology.WaypointBinding.Reason;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A second waypoint that istiod leaves out, so that the first gets all traffic.
 *
 * <p>Restricted: {@code metadata.labels[istio.io/use-waypoint-canary]} and {@code
 * metadata.annotations[istio.io/use-waypoint-canary-weight]}. Allowed: another usable waypoint than
 * the first, and a whole number from 0 to 100 (docs/domain.md, 3.2).
 */
final class InvalidWaypointCanary {

  static final Rule RULE =
      Rule.warns("WP-014", "waypoint-canary-invalid")
          .summary("The canary waypoint or its weight is not valid, so that it gets no traffic")
          .reads(Reads.and(Waypointed.BINDING, Kind.DEPLOYMENT))
          .ofHosts(InvalidWaypointCanary::judge);

  private InvalidWaypointCanary() {}

  private static final FieldPath WEIGHT = FieldPath.annotation(Keys.USE_WAYPOINT_CANARY_WEIGHT);
  private static final FieldPath CANARY = FieldPath.label(Keys.USE_WAYPOINT_CANARY);

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    if (topology.dialect().istiodLacks(Since.CANARY_WAYPOINTS)) {
      return Stream.of();
    }
    return subject.hosts().stream()
        .filter(host -> host.backend().hasVip())
        .limit(1)
        .filter(host -> !(host.waypoint() instanceof Excluded))
        .filter(host -> !(host.waypoint() instanceof OptedOut))
        .flatMap(
            host ->
                topology
                    .waypoints()
                    .canaryOf(host.backend())
                    .flatMap(canary -> finding(host, canary))
                    .stream())
        .map(found -> withAssumption(topology, found));
  }

  private static Finding withAssumption(Topology topology, Finding found) {
    return topology.dialect().istioVersion().isPresent()
        ? found
        : found.fact("istiod is taken to be 1.31 or newer; older ones know no canary waypoints");
  }

  /** istiod stops at the first obstacle; so does this. */
  private static Optional<Finding> finding(Host host, CanaryWaypoint canary) {
    ResourceRef gateway = Waypointed.gateway(canary.named());
    Optional<ResourceRef> first = Waypointed.named(host.waypoint()).map(Waypointed.Named::gateway);
    if (first.isEmpty()) {
      return canary.level() == Level.OBJECT
          ? Optional.of(withoutFirst(canary, gateway))
          : Optional.empty();
    }
    if (first.get().equals(gateway)) {
      return Optional.of(sameAsFirst(canary, gateway));
    }
    Optional<CanaryWaypoint.Weight> wrong = canary.weight().filter(weight -> !weight.isValid());
    return wrong.isPresent()
        ? wrong.map(weight -> wrongWeight(weight, gateway))
        : canary.obstacle().map(reason -> unusable(canary, gateway, reason));
  }

  private static Finding withoutFirst(CanaryWaypoint canary, ResourceRef gateway) {
    return at(canary)
        .says("canary waypoint %s gets no traffic: no first waypoint is named", gateway.spoken())
        .because(
            "A canary takes a share from the waypoint that istio.io/use-waypoint names. Without one"
                + " istiod does not look at it.")
        .fix("name the first waypoint in `istio.io/use-waypoint`, or remove the label")
        .with(gateway);
  }

  private static Finding sameAsFirst(CanaryWaypoint canary, ResourceRef gateway) {
    return at(canary)
        .says("canary waypoint %s is also the first waypoint: istiod ignores it", gateway.spoken())
        .because(
            "The canary has to be another Gateway than the one in istio.io/use-waypoint. Otherwise"
                + " istiod leaves it out and reports CanarySameAsPrimary.")
        .fix("name another waypoint in `istio.io/use-waypoint-canary`, or remove it")
        .with(gateway)
        .about(gateway.toString());
  }

  private static Finding wrongWeight(CanaryWaypoint.Weight weight, ResourceRef gateway) {
    return Finding.at(weight.level() == Level.OBJECT ? WEIGHT : FieldPath.NAMESPACE)
        .says(
            "`%s` is no weight from 0 to 100: istiod ignores canary waypoint %s",
            weight.value(), gateway.spoken())
        .because(
            "The weight has to be a whole number without a percent sign. With any other value"
                + " istiod leaves the canary out, and the first waypoint gets all traffic.")
        .fix("write a whole number from 0 to 100 in `%s`", Keys.USE_WAYPOINT_CANARY_WEIGHT)
        .with(gateway)
        .about(weight.value());
  }

  private static Finding unusable(CanaryWaypoint canary, ResourceRef gateway, Reason reason) {
    return at(canary)
        .says("canary waypoint %s %s: istiod ignores it", gateway.spoken(), state(reason))
        .because(
            "A canary has to fulfil what the first waypoint has to. If it does not, the first"
                + " waypoint gets all traffic.")
        .fix("%s", fix(reason))
        .with(gateway)
        .about(gateway.toString());
  }

  private static Finding at(CanaryWaypoint canary) {
    return Finding.at(canary.level() == Level.OBJECT ? CANARY : FieldPath.NAMESPACE);
  }

  private static String state(Reason reason) {
    return switch (reason) {
      case MISSING -> "does not exist";
      case NOT_READY -> "is not ready (its status has no address)";
      case ATTACHMENT_DENIED -> "does not admit this namespace";
      case UNSUPPORTED_TRAFFIC_TYPE -> "is not for traffic to Services";
      case RESTRICTED_TO_NAMESPACE -> "is in a namespace that is not told of this entry";
      case GENERATED_SERVICE -> "is not for Services that istiod generates";
      case EXTERNAL_NAME -> "is not for ExternalName Services";
    };
  }

  private static String fix(Reason reason) {
    return switch (reason) {
      case MISSING -> "create it, or name a waypoint that exists";
      case NOT_READY -> "see that it is programmed before traffic depends on it";
      case ATTACHMENT_DENIED ->
          "let `allowedRoutes.namespaces` of its listener admit the namespace";
      case UNSUPPORTED_TRAFFIC_TYPE -> "label it `istio.io/waypoint-for: service` or `all`";
      case RESTRICTED_TO_NAMESPACE -> "name a waypoint of the entry's namespace";
      case GENERATED_SERVICE, EXTERNAL_NAME -> "remove the label";
    };
  }
}
