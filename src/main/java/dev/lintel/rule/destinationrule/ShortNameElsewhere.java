package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A short host whose Service is in another namespace: Istio completes it with the rule's own.
 *
 * <p>Restricted: {@code spec.host} without dots in a DestinationRule whose namespace has no Service
 * of this name, while another namespace has. Allowed: a name that exists nowhere yet
 * (docs/domain.md, 2.1).
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
    return elsewhere.isEmpty() ? Stream.empty() : Stream.of(finding(topology, rule, elsewhere));
  }

  private static Finding finding(Topology topology, DestinationRule rule, List<Service> elsewhere) {
    List<Service> named = elsewhere.stream().limit(MAX_NAMED).toList();
    String full = topology.backendOf(elsewhere.getFirst()).canonicalHost();
    Finding found =
        Finding.at(FieldPath.HOST)
            .says(
                "`%s` means %s, which does not exist; %s %s",
                rule.host(),
                topology.hostOf(rule),
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
