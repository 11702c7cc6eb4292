package dev.lintel.rule;

import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.topology.Backend;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.RuleReaders;
import dev.lintel.topology.Topology;
import dev.lintel.topology.WaypointBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * An object that is judged, with what the topology makes of it, resolved once for all rules.
 *
 * @param resource the object
 * @param hosts for a Service or ServiceEntry: its hosts
 * @param readers for a DestinationRule: who reads it for each host that it covers, up to a limit
 */
public record Subject(Resource resource, List<Host> hosts, List<RuleReaders> readers) {

  /** How many hosts of one DestinationRule are looked at: a wildcard may cover a whole cluster. */
  public static final int MAX_HOSTS = 50;

  /** Copies the lists, so that the record is immutable. */
  public Subject {
    hosts = List.copyOf(hosts);
    readers = List.copyOf(readers);
  }

  /** Resolves what a topology makes of an object. */
  public static Subject of(Topology topology, Resource resource) {
    return switch (resource) {
      case DestinationRule rule ->
          new Subject(
              rule,
              List.of(),
              topology.backendsCoveredBy(rule, MAX_HOSTS).stream()
                  .map(backend -> topology.readersOf(rule, backend))
                  .toList());
      default ->
          new Subject(
              resource,
              topology.backendsOf(resource).stream()
                  .map(backend -> Host.of(topology, backend))
                  .toList(),
              List.of());
    };
  }

  /** Returns the object's identity. */
  public ResourceRef ref() {
    return resource.ref();
  }

  /** Returns the object's metadata. */
  public Metadata metadata() {
    return resource.metadata();
  }

  /** Returns the object if it is a Service. */
  public Optional<Service> service() {
    return resource instanceof Service service ? Optional.of(service) : Optional.empty();
  }

  /** Returns the object if it is a ServiceEntry. */
  public Optional<ServiceEntry> serviceEntry() {
    return resource instanceof ServiceEntry entry ? Optional.of(entry) : Optional.empty();
  }

  /** Returns the object if it is a DestinationRule. */
  public Optional<DestinationRule> destinationRule() {
    return resource instanceof DestinationRule rule ? Optional.of(rule) : Optional.empty();
  }

  /** Returns every kgateway Gateway that routes to one of the hosts, with the host. */
  public Stream<Approach> approaches() {
    return hosts.stream()
        .flatMap(host -> host.ingress().stream().map(leg -> new Approach(host, leg)));
  }

  /** Returns the Gateways of which a condition holds, each once, with the first host for which. */
  public Stream<Approach> approachPerGateway(Predicate<Approach> condition) {
    Map<NamespacedName, Approach> byGateway = new LinkedHashMap<>();
    approaches()
        .filter(condition)
        .forEach(approach -> byGateway.putIfAbsent(approach.leg().gateway().key(), approach));
    return byGateway.values().stream();
  }

  /**
   * A host of a Service or ServiceEntry.
   *
   * @param backend the host
   * @param waypoint what istiod makes of its waypoint
   * @param ingress the kgateway Gateways that route to it, by namespace and name
   * @param trafficDistribution its traffic distribution
   */
  public record Host(
      Backend backend,
      WaypointBinding waypoint,
      List<IngressLeg> ingress,
      EffectiveTrafficDistribution trafficDistribution) {

    /** Copies the list, so that the record is immutable. */
    public Host {
      ingress = List.copyOf(ingress);
    }

    static Host of(Topology topology, Backend backend) {
      return new Host(
          backend,
          topology.waypointOf(backend),
          topology.ingressTo(backend),
          topology.trafficDistributionOf(backend));
    }
  }

  /**
   * A host and a Gateway that routes to it.
   *
   * @param host the host
   * @param leg the Gateway and the path
   */
  public record Approach(Host host, IngressLeg leg) {}
}
