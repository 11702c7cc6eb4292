package dev.lintel.rule.trafficdistribution;

import dev.lintel.mesh.TrafficDistribution;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Displacement;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
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
          .reads(Reads.PICKERS)
          .ofHosts(DisplacedByBackendPolicy::judge);

  private DisplacedByBackendPolicy() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return subject
        .approaches()
        .filter(
            approach ->
                approach.host().trafficDistribution().atKgateway() != TrafficDistribution.ANY)
        .filter(approach -> approach.leg().certainly(IngressPath::gatewayPicksPod))
        .flatMap(
            approach ->
                approach.picker().displacement().stream()
                    .filter(Displacement.ByBackendPolicy.class::isInstance)
                    .map(Displacement.ByBackendPolicy.class::cast)
                    .map(Displacement.ByBackendPolicy::policy)
                    .filter(
                        policy ->
                            topology.ingress().isCertainlyFor(policy, approach.host().backend()))
                    .map(policy -> finding(approach, policy)))
        .limit(1);
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
