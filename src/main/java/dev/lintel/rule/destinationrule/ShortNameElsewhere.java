package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A short host whose Service is in another namespace: Istio completes it with the rule's own.
 *
 * <p>Restricted: {@code spec.host} without dots in a DestinationRule whose namespace has no Service
 * of this name, while another namespace has, or a ServiceEntry has the bare word. Allowed: a name
 * that exists nowhere yet (docs/domain.md, 2.1).
 */
final class ShortNameElsewhere {

  private static final int MAX_NAMED = 3;

  static final Rule RULE =
      Rule.warns("DR-005", "destination-rule-short-name-elsewhere")
          .summary(
              "The short host means a Service of the rule's namespace, which has none of this name")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(ShortNameElsewhere::judge);

  private ShortNameElsewhere() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    DestinationRule rule = subject.resource();
    if (!subject.readers().isEmpty() || !HostName.isShort(rule.host())) {
      return Stream.empty();
    }
    List<Service> elsewhere = topology.servicesNamed(rule.host().toLowerCase(Locale.ROOT));
    return elsewhere.isEmpty()
        ? entryOfOneWord(topology, rule).map(entry -> finding(topology, rule, entry)).stream()
        : Stream.of(finding(topology, rule, elsewhere));
  }

  /** kgateway compares hosts as they are written, so a rule may be meant for it alone. */
  private static Optional<ServiceEntry> entryOfOneWord(Topology topology, DestinationRule rule) {
    HostName host = new HostName(rule.host());
    return topology.entriesWithHost(host).stream()
        .findFirst()
        .filter(
            entry ->
                topology.ingress().to(new Backend.OfEntry(entry, host, rule.host())).stream()
                    .allMatch(leg -> leg.kgateway().istioIntegration().isNo()));
  }

  private static Finding finding(Topology topology, DestinationRule rule, ServiceEntry entry) {
    return Finding.at(FieldPath.HOST)
        .says(
            "`%s` means %s, which does not exist; at istiod no rule can name the host `%s` of %s",
            rule.host(), topology.rules().hostOf(rule), rule.host(), entry.ref().spoken())
        .because(
            "Istio completes a host without dots with the namespace of the rule, whether or not a"
                + " ServiceEntry has the bare word. So no proxy of the mesh finds the rule.")
        .fix("give the ServiceEntry a host with a dot, and write that in both")
        .with(entry)
        .about(rule.host());
  }

  private static Finding finding(Topology topology, DestinationRule rule, List<Service> elsewhere) {
    List<Service> named = elsewhere.stream().limit(MAX_NAMED).toList();
    String full = topology.backendOf(elsewhere.getFirst()).canonicalHost();
    Finding found =
        Finding.at(FieldPath.HOST)
            .says(
                "`%s` means %s, which does not exist; %s %s",
                rule.host(),
                topology.rules().hostOf(rule),
                Readings.spoken(named),
                named.size() == 1 ? "does" : "do")
            .because(
                "Istio completes a host without dots with the namespace of the rule, not with the"
                    + " one where a Service of this name happens to be.")
            .fix("write the full host, for example `%s`", full)
            .about(rule.host());
    for (Service service : named) {
      found = found.with(service);
    }
    return elsewhere.size() == 1
        ? found.patch(JsonPatch.of(JsonPatch.replace(full, "spec", "host")))
        : found;
  }
}
