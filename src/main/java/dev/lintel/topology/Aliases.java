package dev.lintel.topology;

import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.ServiceEntry;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What kgateway makes of the hosts of one ServiceEntry: it takes all of them for other names of the
 * first by the alphabet, so requests for each end in the cluster of that one, and only
 * DestinationRules for that one are asked for (docs/domain.md, 4.5).
 */
final class Aliases {

  private Aliases() {}

  /** Returns the host for which kgateway looks for DestinationRules, and calls the cluster by. */
  static String hostAtKgateway(Topology topology, Backend backend) {
    return switch (backend) {
      case Backend.OfService service -> service.canonicalHost();
      case Backend.OfEntry(var entry, var host, var written) ->
          entry.hosts().size() < 2
              ? written
              : topology
                  .answers()
                  .once(new Question.OfFirstHost(entry.key()), () -> first(topology, entry));
    };
  }

  /** The ages of the backends are equal, so their names decide, and not the order of the list. */
  private static String first(Topology topology, ServiceEntry entry) {
    topology.work(entry.hosts().size());
    return entry.hosts().stream().min(Comparator.naturalOrder()).orElseThrow();
  }

  /**
   * Returns the Gateways of kgateway at which a DestinationRule for a host has to do with requests:
   * for the first host of an entry those with a route to any of its hosts. By namespace and name.
   */
  static List<IngressLeg> legsTo(Topology topology, Backend backend) {
    boolean isFirstOfSeveral =
        backend instanceof Backend.OfEntry(var entry, var host, var written)
            && entry.hosts().size() > 1
            && written.equals(hostAtKgateway(topology, backend));
    if (!isFirstOfSeveral) {
      return topology.ingress().to(backend);
    }
    Map<NamespacedName, IngressLeg> byGateway = new LinkedHashMap<>();
    topology.backendsOf(backend.resource()).stream()
        .flatMap(alias -> topology.ingress().to(alias).stream())
        .forEach(leg -> byGateway.merge(leg.gateway().key(), leg, Aliases::surer));
    return byGateway.values().stream()
        .sorted(Comparator.comparing(leg -> leg.gateway().key()))
        .toList();
  }

  private static IngressLeg surer(IngressLeg one, IngressLeg other) {
    return one.served().isYes() ? one : other;
  }
}
