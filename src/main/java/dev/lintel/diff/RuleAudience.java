package dev.lintel.diff;

import dev.lintel.mesh.Fact;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.LabelSelector;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Proxy;
import dev.lintel.topology.RuleReading;
import dev.lintel.topology.Topology;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells who reads a DestinationRule for a host (docs/domain.md, 8.3).
 *
 * @param backend the backend that counts for the host
 */
record RuleAudience(Topology topology, DestinationRule rule, Backend backend) {

  /**
   * Returns who reads the rule, or may.
   *
   * @param arrivals the Gateways of kgateway that come to the host
   * @param ingresses Istio's own Gateways that do
   */
  Map<String, Fact> of(Collection<Arrival> arrivals, List<Gateway> ingresses) {
    Map<String, Fact> readers = new TreeMap<>();
    for (Gateway waypoint : topology.waypoints().reaching(backend)) {
      if (topology.waypoints().isEnvoyOfIstiod(waypoint)
          && rule.workloadSelector().isEmpty()
          && isFoundFrom(waypoint.namespace())) {
        readers.put("waypoint " + waypoint.key(), Fact.yes());
      }
    }
    arrivals.forEach(arrival -> add(readers, arrival));
    for (Gateway ingress : ingresses) {
      if (isFoundFrom(ingress.namespace()) && selects(ingress)) {
        readers.put("istio-gateway " + ingress.key(), Fact.yes());
      }
    }
    topology
        .sidecarNamespaces()
        .filter(topology::hasSidecars)
        .filter(this::isFoundFrom)
        .forEach(namespace -> readers.put("sidecars " + namespace, Fact.yes()));
    return readers;
  }

  private void add(Map<String, Fact> readers, Arrival arrival) {
    Fact applies =
        topology.rules().readersOf(rule, arrival.backend()).readings().stream()
            .filter(
                reading ->
                    reading.proxy() instanceof Proxy.Kgateway(var leg)
                        && leg.gateway().key().equals(arrival.leg().gateway().key()))
            .map(RuleReading::applies)
            .findFirst()
            .orElseGet(Fact::no);
    if (!applies.isNo()) {
      readers.put(
          "gateway " + arrival.leg().gateway().key(),
          arrival.resolved().isYes() ? applies : arrival.resolved());
    }
  }

  /** A rule that is merged with others is consulted, whoever's policy counts. */
  private boolean isFoundFrom(String namespace) {
    return topology.rules().mayConcern(namespace, backend)
        && topology.rules().lookUp(namespace, backend).rules().contains(rule);
  }

  private boolean selects(Gateway ingress) {
    Optional<Map<String, String>> wanted = rule.workloadSelector();
    return wanted.isEmpty()
        || topology
            .podsOf(ingress)
            .anyMatch(pod -> LabelSelector.containsAll(pod.metadata().labels(), wanted.get()));
  }
}
