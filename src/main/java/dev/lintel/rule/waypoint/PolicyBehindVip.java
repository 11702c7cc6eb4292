package dev.lintel.rule.waypoint;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.BackendConfigPolicy.Setting;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.Kind;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.RouteReference;
import dev.lintel.topology.RouteReference.Standing;
import dev.lintel.topology.Topology;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A policy of kgateway for the health and balancing of Pods, where the gateway knows the host's own
 * address only.
 *
 * <p>Restricted: {@code istio.io/ingress-use-waypoint} beside a BackendConfigPolicy with {@code
 * outlierDetection}, {@code healthCheck} or {@code loadBalancer}. Allowed: settings that act on a
 * connection; a panic threshold alone; policies that were rejected (docs/domain.md, 4.4).
 */
final class PolicyBehindVip {

  static final Rule RULE =
      Rule.warns("WP-017", "backend-policy-behind-vip")
          .summary("A BackendConfigPolicy for Pods meets a gateway that knows one address only")
          .reads(Reads.and(Waypointed.INGRESS, Kind.BACKEND_CONFIG_POLICY))
          .ofHosts(PolicyBehindVip::judge);

  /** What needs several endpoints, as it is written. */
  private static final Map<Setting, String> FOR_SEVERAL =
      Map.of(
          Setting.OUTLIER_DETECTION, "outlierDetection",
          Setting.HEALTH_CHECK, "healthCheck",
          Setting.LOAD_BALANCER, "loadBalancer");

  private PolicyBehindVip() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return subject
        .approaches()
        .filter(approach -> approach.leg().certainly(path -> !path.gatewayPicksPod()))
        .flatMap(
            approach ->
                policy(topology, approach)
                    .map(policy -> finding(subject, approach, policy))
                    .stream());
  }

  private static Optional<BackendConfigPolicy> policy(Topology topology, Approach approach) {
    return approach.host().references().stream()
        .filter(reference -> reference.standing() == Standing.RESOLVED)
        .filter(reference -> reference.gateways().contains(approach.leg().gateway()))
        .map(RouteReference::ref)
        .flatMap(ref -> ref.port().stream())
        .distinct()
        .flatMap(port -> GatewayPolicies.configFor(topology, approach.host().backend(), port))
        .filter(policy -> !fieldsOf(policy).isEmpty())
        .findFirst();
  }

  private static String fieldsOf(BackendConfigPolicy policy) {
    return policy.settings().stream()
        .sorted()
        .filter(FOR_SEVERAL::containsKey)
        .map(FOR_SEVERAL::get)
        .collect(Collectors.joining(" and "));
  }

  /** Unless it never panics, Envoy goes on using the only address that there is. */
  private static boolean mayTakeAllDown(BackendConfigPolicy policy) {
    return policy.sets(Setting.NEVER_PANICS)
        && (policy.sets(Setting.HEALTH_CHECK)
            || policy.sets(Setting.OUTLIER_DETECTION) && policy.sets(Setting.EJECTS_ALL));
  }

  private static Finding finding(OfHosts subject, Approach approach, BackendConfigPolicy policy) {
    Gateway gateway = approach.leg().gateway();
    String kind = subject.ref().kind().objectKind();
    Finding found =
        Finding.at(
                IngressLabels.own(approach.host().backend()).isPresent()
                    ? Waypointed.INGRESS_USE_WAYPOINT
                    : FieldPath.NAME)
            .says(
                "%s reaches this %s by its address, so %s of %s sees no Pods%s",
                gateway.ref().spoken(),
                kind,
                fieldsOf(policy),
                policy.ref().spoken(),
                mayTakeAllDown(policy) ? ", and once it acts every request gets 503" : "")
            .because(
                "With istio.io/ingress-use-waypoint kgateway has one endpoint, the %s's own"
                    + " address. What chooses among endpoints has nothing to choose; what takes"
                    + " endpoints out can take out this one only, which Envoy goes on using in"
                    + " panic unless `healthyPanicThreshold: 0` forbids it.",
                kind)
            .fix("put health and balancing in a DestinationRule for %s", reader(approach))
            .about(policy)
            .about(gateway)
            .fact("path %s", approach.leg().paths().getFirst().label())
            .onlyWhenNew();
    return Waypointed.gatewayOf(approach).map(found::with).orElse(found);
  }

  private static String reader(Approach approach) {
    return Waypointed.gatewayOf(approach)
        .map(waypoint -> "waypoint " + waypoint.key())
        .orElse("the waypoint that `%s` names".formatted(Keys.USE_WAYPOINT));
  }
}
