package dev.lintel.rule.waypoint;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.Resource;
import dev.lintel.resource.Route;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding.Bound;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Routes and rules for one Service of the same Pods, where requests from outside come for another.
 * A waypoint goes by the Service that was addressed.
 *
 * <p>Restricted: a Service that a Gateway sends to through a waypoint, if all its Pods belong to
 * another Service as well, which no Gateway names and for which alone a route with filters,
 * timeouts or retries, or a DestinationRule, acts at the waypoint. Allowed: routes that are
 * attached to a Gateway as well; headless Services; a policy of the same kind for both
 * (docs/domain.md, 2.1).
 */
final class PolicyOnSibling {

  static final Rule RULE =
      Rule.warns("WP-022", "policy-on-sibling-service")
          .summary("Ingress names this Service, and the policies are for another of the same Pods")
          .reads(Reads.and(Waypointed.INGRESS, Kind.SERVICE, Kind.DESTINATION_RULE))
          .ofServices(PolicyOnSibling::judge);

  private PolicyOnSibling() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    return subject
        .approaches()
        .filter(approach -> approach.leg().certainly(IngressPath.ThroughWaypoint.class::isInstance))
        .limit(1)
        .flatMap(approach -> finding(topology, subject.resource(), approach).stream());
  }

  private static Optional<Finding> finding(Topology topology, Service own, Approach approach) {
    return topology
        .servicesIn(own.namespace())
        .filter(other -> hasAllPodsOf(own, other))
        .sorted(Comparator.comparing(Resource::key))
        .flatMap(sibling -> finding(topology, own, sibling, approach).stream())
        .findFirst();
  }

  private static boolean hasAllPodsOf(Service own, Service other) {
    return !other.name().equals(own.name())
        && !other.selector().isEmpty()
        && !other.isHeadless()
        && LabelSelector.containsAll(own.selector(), other.selector());
  }

  private static Optional<Finding> finding(
      Topology topology, Service own, Service sibling, Approach approach) {
    Backend backend = topology.backendOf(sibling);
    return topology.waypoints().of(backend) instanceof Bound(var waypoint, var level)
            && topology.ingress().gatewaysTo(backend).findAny().isEmpty()
        ? policy(topology, own, sibling, waypoint)
            .map(policy -> finding(own, sibling, policy, approach))
        : Optional.empty();
  }

  private static Optional<Resource> policy(
      Topology topology, Service own, Service sibling, Gateway waypoint) {
    return route(topology, own, sibling)
        .<Resource>map(route -> route)
        .or(() -> rule(topology, own, sibling, waypoint));
  }

  /** A route that only splits the sibling's traffic is nothing that others could miss. */
  private static Optional<Route> route(Topology topology, Service own, Service sibling) {
    return topology.waypoints().meshRoutesOf(own).isEmpty()
        ? topology.waypoints().meshRoutesOf(sibling).stream()
            .filter(route -> route.parents().stream().allMatch(Route.ParentRef::isService))
            .filter(route -> route.rules().stream().anyMatch(Route.Rule::isMoreThanASplit))
            .findFirst()
        : Optional.empty();
  }

  private static Optional<DestinationRule> rule(
      Topology topology, Service own, Service sibling, Gateway waypoint) {
    return policyAt(topology, waypoint, own).isEmpty()
        ? policyAt(topology, waypoint, sibling)
            .filter(rule -> rule.trafficPolicy().isPresent())
            .filter(rule -> topology.waypoints().isEnvoyOfIstiod(waypoint))
        : Optional.empty();
  }

  private static Optional<DestinationRule> policyAt(
      Topology topology, Gateway waypoint, Service service) {
    return topology
        .rules()
        .lookUp(waypoint.namespace(), topology.backendOf(service))
        .policyAtWaypoint();
  }

  private static Finding finding(Service own, Service sibling, Resource policy, Approach approach) {
    Gateway gateway = approach.leg().gateway();
    return Finding.at(FieldPath.of("spec.selector"))
        .says(
            "%s sends to this Service, whose Pods are also those of %s: requests from outside do"
                + " not meet %s, which is for the latter only",
            gateway.ref().spoken(), sibling.ref().spoken(), policy.ref().spoken())
        .because(
            "A waypoint applies what is bound to the Service that was addressed. That the Pods are"
                + " the same does not matter: only callers of %s get what the policy says.",
            sibling.key())
        .fix("bind it to %s too, or let the route send to %s", own.name(), sibling.name())
        .about(policy)
        .with(sibling)
        .with(gateway)
        .with(approach.leg().routes().getFirst())
        .fact("path P5");
  }
}
