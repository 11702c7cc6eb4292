package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.Kgateway;
import dev.lintel.mesh.Release;
import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.mesh.Version;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.Kind;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A traffic distribution in whose place kgateway goes by zone awareness of a BackendConfigPolicy.
 *
 * <p>Restricted: a mode of a Service or ServiceEntry that a policy with {@code
 * loadBalancer.zoneAware} targets, where the gateway picks the Pods. Allowed: policies that were
 * rejected; paths on which somebody else picks the Pods; releases without the field
 * (docs/domain.md, 1.3).
 */
final class DisplacedByBackendPolicy {

  static final Rule RULE =
      Rule.warns("TD-017", "traffic-distribution-displaced-by-backend-policy")
          .summary(
              "kgateway goes by a BackendConfigPolicy in the place of this traffic distribution")
          .reads(Reads.and(Reads.INGRESS, Kind.BACKEND_CONFIG_POLICY))
          .ofHosts(DisplacedByBackendPolicy::judge);

  private DisplacedByBackendPolicy() {}

  /** The newest release that is known not to have the field. */
  private static final Version WITHOUT = new Version(2, 3, 0);

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return subject
        .approaches()
        .filter(
            approach ->
                approach.host().trafficDistribution().atKgateway() != TrafficDistribution.ANY)
        .filter(approach -> approach.leg().certainly(IngressPath::gatewayPicksPod))
        .filter(approach -> mayKnowField(approach.leg().kgateway()))
        .flatMap(approach -> policy(topology, approach).map(p -> finding(approach, p)).stream())
        .limit(1);
  }

  private static boolean mayKnowField(Kgateway kgateway) {
    return kgateway
        .release()
        .flatMap(Release::version)
        .filter(version -> version.compareTo(WITHOUT) <= 0)
        .isEmpty();
  }

  private static Optional<BackendConfigPolicy> policy(Topology topology, Approach approach) {
    return topology.backendPoliciesFor(approach.host().backend()).stream()
        .filter(policy -> policy.hasZoneAware() && !policy.rejected())
        .findFirst();
  }

  private static Finding finding(Approach approach, BackendConfigPolicy policy) {
    String value = approach.host().trafficDistribution().ownValue().orElse("");
    return Finding.at(Settings.fieldOf(approach.host().trafficDistribution()))
        .says(
            "%s balances by zoneAware of %s: `%s` is not used there",
            approach.leg().gateway().ref().spoken(), policy.ref().spoken(), value)
        .because(
            "Where a policy asks for zone awareness, kgateway takes the traffic distribution for"
                + " Any. Callers in the mesh still go by the mode.")
        .fix("keep one of the two")
        .about(policy)
        .with(approach.leg().gateway())
        .fact("%s", Settings.path(approach.leg()));
  }
}
