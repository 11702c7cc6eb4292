package dev.lintel.rule.serviceentry;

import dev.lintel.resource.Gateway;
import dev.lintel.resource.Route;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.Approach;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.Topology;
import java.util.stream.Stream;

/**
 * A route of kgateway leads to an entry of which kgateway makes no usable backend.
 *
 * <p>Restricted: {@code spec.resolution} NONE and DYNAMIC_DNS. Allowed: every resolution where no
 * route of kgateway leads to the entry; DYNAMIC_DNS behind a waypoint, whose address kgateway sends
 * to (docs/domain.md, 4.5).
 */
final class UnusableGatewayBackend {

  static final Rule RULE =
      Rule.warns("SE-001", "service-entry-unusable-at-gateway")
          .summary("A route leads to a ServiceEntry of which kgateway makes no backend")
          .reads(Reads.INGRESS)
          .ofServiceEntries(UnusableGatewayBackend::judge);

  private UnusableGatewayBackend() {}

  private static Stream<Finding> judge(Topology topology, OfEntry subject) {
    return Entries.writtenByHand(topology, subject)
        .flatMap(
            entry ->
                entry.isPassthrough()
                    ? Entries.refused(topology, subject).entrySet().stream()
                        .map(refused -> passthrough(refused.getKey(), refused.getValue()))
                    : dynamicDns(entry, subject));
  }

  private static Stream<Finding> dynamicDns(ServiceEntry entry, OfEntry subject) {
    return subject
        .approachPerGateway(
            approach ->
                Entries.isDynamicDns(entry)
                    && approach.leg().certainly(IngressPath::gatewayPicksPod))
        .map(UnusableGatewayBackend::dynamicDns);
  }

  private static Finding passthrough(Gateway gateway, Route route) {
    return Finding.at(Entries.RESOLUTION)
        .says(
            "%s (%s) leads to this entry, but kgateway makes no backend of resolution NONE",
            gateway.ref().spoken(), route.ref().spoken())
        .because(
            "A gateway has no original destination to pass a request on to, so kgateway skips the"
                + " entry, and the route's reference ends as BackendNotFound.")
        .fix("set resolution STATIC with endpoints, or DNS")
        .about(gateway)
        .with(route);
  }

  private static Finding dynamicDns(Approach approach) {
    IngressLeg leg = approach.leg();
    Finding found =
        Finding.at(Entries.RESOLUTION)
            .says(
                "%s leads to this entry, but kgateway does not know resolution DYNAMIC_DNS and finds"
                    + " no endpoint",
                Entries.spoken(approach))
            .because(
                "Only a waypoint resolves DYNAMIC_DNS. kgateway builds a cluster without a"
                    + " discovery type and without endpoints, so the route answers with an error.")
            .fix(
                "use an entry with full hosts and resolution DNS for the route, or send ingress"
                    + " through the entry's waypoint")
            .about(leg.gateway())
            .with(leg.routes().getFirst());
    return Entries.assumption(leg)
        .map(unknown -> found.fact("assumed that the gateway reads ServiceEntries: %s", unknown))
        .orElse(found);
  }
}
