package dev.lintel.rule.destinationrule;

import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject;
import dev.lintel.rule.Subject.OfEntry;
import dev.lintel.rule.Subject.OfOther;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Backend;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A ServiceEntry's host behind a kgateway that reads no ServiceEntries: its routes lead nowhere.
 *
 * <p>Restricted: hosts of a ServiceEntry that a kgateway Gateway routes to, and DestinationRules
 * for them, while Istio integration is known to be off. Allowed: with integration, and where that
 * is not known (docs/domain.md, 4.1).
 */
final class EntryWithoutIntegration {

  static final Rule RULE =
      Rule.warns("DR-024", "service-entry-host-without-integration")
          .summary("kgateway reads neither this ServiceEntry nor DestinationRules for it")
          .reads(Reads.RULE_READERS)
          .ofDestinationRulesAndServiceEntries(EntryWithoutIntegration::judge);

  private EntryWithoutIntegration() {}

  private static Stream<Finding> judge(Topology topology, Subject subject) {
    return switch (subject) {
      case OfEntry entry ->
          entry.hosts().stream().flatMap(host -> ofEntry(entry.resource(), host).stream());
      case OfRule rule ->
          rule.readers().stream().flatMap(readers -> ofRule(readers).stream()).limit(1);
      case OfService service -> Stream.empty();
      case OfOther other -> Stream.empty();
    };
  }

  private static Optional<Finding> ofEntry(ServiceEntry entry, Subject.Host host) {
    int position = Math.max(0, entry.hosts().indexOf(host.backend().canonicalHost()));
    return host.ingress().stream()
        .filter(EntryWithoutIntegration::isOff)
        .findFirst()
        .map(
            leg ->
                finding(FieldPath.of("spec.hosts").index(position), host.backend(), leg)
                    .says(
                        "%s cannot send to %s: %s reads no ServiceEntries (%s)",
                        leg.routes().getFirst().ref().spoken(),
                        host.backend().canonicalHost(),
                        leg.gateway().ref().spoken(),
                        leg.kgateway().istioIntegration().reason()));
  }

  private static Optional<Finding> ofRule(RuleReaders readers) {
    return Optional.of(readers.backend())
        .filter(Backend.OfEntry.class::isInstance)
        .flatMap(
            backend ->
                readers.legs().stream()
                    .filter(EntryWithoutIntegration::isOff)
                    .findFirst()
                    .map(
                        leg ->
                            finding(FieldPath.HOST, backend, leg)
                                .with(backend.resource())
                                .says(
                                    "%s reads neither this rule nor %s (%s)",
                                    leg.gateway().ref().spoken(),
                                    backend.resource().ref().spoken(),
                                    leg.kgateway().istioIntegration().reason())));
  }

  private static boolean isOff(IngressLeg leg) {
    return leg.kgateway().istioIntegration().isNo();
  }

  private static Finding finding(FieldPath field, Backend backend, IngressLeg leg) {
    return Finding.at(field)
        .because(
            "Without Istio integration kgateway watches neither ServiceEntries nor"
                + " DestinationRules. A reference to a ServiceEntry or a Hostname is not resolved,"
                + " and the route answers with an error.")
        .fix("run kgateway's controller with KGW_ENABLE_ISTIO_INTEGRATION=true")
        .with(leg.gateway())
        .with(leg.routes().getFirst())
        .about(backend.canonicalHost());
  }
}
