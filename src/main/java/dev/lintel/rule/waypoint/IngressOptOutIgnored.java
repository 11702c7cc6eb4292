package dev.lintel.rule.waypoint;

import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfHosts;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressLabels;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * An object that opts out of what its Namespace asks for. kgateway does not see the opt-out: one
 * {@code true} is enough for it.
 *
 * <p>Restricted: {@code metadata.labels[istio.io/ingress-use-waypoint]} of Service and
 * ServiceEntry. Allowed: false, unless the Namespace says {@code true} (docs/domain.md, 4.2).
 */
final class IngressOptOutIgnored {

  static final Rule RULE =
      Rule.warns("WP-009", "ingress-opt-out-ignored")
          .summary("kgateway uses the waypoint although the object opts out")
          .reads(Reads.GLOBAL_INGRESS)
          .ofHosts(IngressOptOutIgnored::judge);

  private IngressOptOutIgnored() {}

  private static Stream<Finding> judge(Topology topology, OfHosts subject) {
    return Waypointed.oncePerGateway(subject, approach -> isIgnored(topology, approach))
        .flatMap(
            approach ->
                IngressLabels.own(approach.host().backend())
                    .map(value -> finding(approach, value))
                    .stream());
  }

  private static boolean isIgnored(Topology topology, Approach approach) {
    Backend backend = approach.host().backend();
    return IngressLabels.own(backend).filter(IngressLabels::isFalseForIstiod).isPresent()
        && topology.ingress().labelIsTrueForKgateway(backend)
        && approach.leg().certainly(path -> !path.gatewayPicksPod());
  }

  private static Finding finding(Approach approach, String value) {
    Gateway gateway = approach.leg().gateway();
    ResourceRef namespace = Waypointed.namespace(approach.host().backend().namespace());
    Finding found =
        Finding.at(Waypointed.INGRESS_USE_WAYPOINT)
            .says(
                "kgateway at %s ignores `istio.io/ingress-use-waypoint: %s`: %s says `true`, which"
                    + " is enough for it",
                gateway.ref().spoken(), value, namespace.spoken())
            .because(
                "istiod lets the object's label count before the Namespace's. kgateway looks for"
                    + " one exact `true` on either, so it keeps sending to the object's address,"
                    + " and with it to the waypoint.")
            .fix(
                "remove the label from %s and set it on the objects that need it",
                namespace.spoken())
            .about(gateway)
            .with(namespace)
            .with(approach.leg().routes().getFirst());
    return approach.leg().kgateway().distribution() == KgatewayDistribution.ENTERPRISE
        ? found.fact("enterprise kgateway is taken to read the labels as the open source one does")
        : found;
  }
}
