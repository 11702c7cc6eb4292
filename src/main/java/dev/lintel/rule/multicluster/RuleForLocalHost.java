package dev.lintel.rule.multicluster;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.KgatewayDistribution;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Kind;
import dev.lintel.resource.Route;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Solo;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.IngressPath;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A DestinationRule for the local host of a peered Service, whose ingress traffic goes to the
 * global host.
 *
 * <p>Restricted: {@code spec.host} of DestinationRule. Allowed: where a Gateway routes to the local
 * host too; where another rule or policy covers the global host; with a takeover, where istiod's
 * proxies or enterprise kgateway apply the rule (docs/domain.md, 5.3).
 */
final class RuleForLocalHost {

  static final Rule RULE =
      Rule.warns("MC-002", "destination-rule-for-local-host")
          .summary("The Gateway routes to the global host, which this rule does not name")
          .reads(
              Reads.and(
                  Reads.GLOBAL_INGRESS,
                  Kind.DESTINATION_RULE,
                  Kind.NODE,
                  Kind.VIRTUAL_SERVICE,
                  Kind.BACKEND_CONFIG_POLICY))
          .ofDestinationRules(RuleForLocalHost::judge);

  private RuleForLocalHost() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return Solo.asFarAsKnown(
        topology,
        subject.readers().stream()
            .filter(readers -> isAimedAt(topology, subject.resource(), readers))
            .flatMap(readers -> peered(topology, readers.backend()).stream())
            .filter(peered -> !isCovered(topology, peered))
            .flatMap(peered -> finding(topology, subject.resource(), peered).stream()));
  }

  /** A wildcard is no sign of what its author has in mind; a route to the local host is. */
  private static boolean isAimedAt(Topology topology, DestinationRule rule, RuleReaders readers) {
    return readers.legs().isEmpty()
        && topology.rules().hostOf(rule).equals(readers.backend().host());
  }

  private static Optional<Peered> peered(Topology topology, Backend backend) {
    return backend instanceof Backend.OfService(var service, var host)
        ? Peered.of(topology, service)
        : Optional.empty();
  }

  private static boolean isCovered(Topology topology, Peered peered) {
    return topology.rules().covering(peered.host()).findAny().isPresent()
        || !topology.ingress().backendPoliciesFor(peered.backend()).isEmpty();
  }

  private static Optional<Finding> finding(Topology topology, DestinationRule rule, Peered peered) {
    boolean takesOver = topology.scopes().takesOver(peered.service());
    return peered.legs().stream()
        .filter(leg -> !takesOver || isComparedLiterally(leg))
        .findFirst()
        .map(leg -> finding(topology.rules().hostOf(rule), peered, leg));
  }

  private static boolean isComparedLiterally(IngressLeg leg) {
    return leg.kgateway().distribution() == KgatewayDistribution.OPEN_SOURCE
        && leg.certainly(IngressPath::gatewayPicksPod);
  }

  private static Finding finding(HostName local, Peered peered, IngressLeg leg) {
    Route route = leg.routes().getFirst();
    return peered.assuming(
        Finding.at(FieldPath.HOST)
            .says(
                "%s on %s sends to %s; this rule is for another host, %s, and does not apply there",
                route.ref().spoken(), leg.gateway().ref().spoken(), peered.host(), local)
            .because(
                "The global host of a peered Service is a host of its own. A DestinationRule for"
                    + " the local host governs the traffic to the local host only.")
            .fix("set host to `%s` if that traffic is meant", peered.host())
            .patch(JsonPatch.of(JsonPatch.replace(peered.host().value(), "spec", "host")))
            .with(peered.service())
            .with(route)
            .with(leg.gateway())
            .about(peered.host().value()));
  }
}
