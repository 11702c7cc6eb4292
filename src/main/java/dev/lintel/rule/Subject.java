package dev.lintel.rule;

import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.BackendTlsPolicy;
import dev.lintel.resource.Deployment;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.GatewayClass;
import dev.lintel.resource.ListenerSet;
import dev.lintel.resource.MeshConfig;
import dev.lintel.resource.Metadata;
import dev.lintel.resource.Namespace;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.Node;
import dev.lintel.resource.Pod;
import dev.lintel.resource.ReferenceGrant;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.resource.Route;
import dev.lintel.resource.Segment;
import dev.lintel.resource.Service;
import dev.lintel.resource.ServiceEntry;
import dev.lintel.resource.VirtualService;
import dev.lintel.resource.WorkloadEntry;
import dev.lintel.topology.Backend;
import dev.lintel.topology.EffectiveTrafficDistribution;
import dev.lintel.topology.IngressLeg;
import dev.lintel.topology.Picker;
import dev.lintel.topology.Pickers;
import dev.lintel.topology.RouteReference;
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
 * An object that is judged, with what the topology makes of it. Each answer is worked out when the
 * first rule asks for it, and then kept for the others: a subject is for one thread.
 */
public abstract sealed class Subject {

  /** How many hosts of one DestinationRule are looked at: a wildcard may cover a whole cluster. */
  public static final int MAX_HOSTS = 50;

  private Subject() {}

  /** Returns an object with what a topology makes of it. */
  public static Subject of(Topology topology, Resource resource) {
    return switch (resource) {
      case Service service -> new OfService(topology, service);
      case ServiceEntry entry -> new OfEntry(topology, entry);
      case DestinationRule rule -> new OfRule(topology, rule);
      case BackendConfigPolicy other -> new OfOther(other);
      case BackendTlsPolicy other -> new OfOther(other);
      case Deployment other -> new OfOther(other);
      case EndpointSlice other -> new OfOther(other);
      case Gateway other -> new OfOther(other);
      case GatewayClass other -> new OfOther(other);
      case ListenerSet other -> new OfOther(other);
      case MeshConfig other -> new OfOther(other);
      case Namespace other -> new OfOther(other);
      case Node other -> new OfOther(other);
      case Pod other -> new OfOther(other);
      case ReferenceGrant other -> new OfOther(other);
      case Route other -> new OfOther(other);
      case Segment other -> new OfOther(other);
      case VirtualService other -> new OfOther(other);
      case WorkloadEntry other -> new OfOther(other);
    };
  }

  /** Returns the object. */
  public abstract Resource resource();

  /** Returns the object's identity. */
  public final ResourceRef ref() {
    return resource().ref();
  }

  /** Returns the object's metadata. */
  public final Metadata metadata() {
    return resource().metadata();
  }

  /** A DestinationRule. */
  public static final class OfRule extends Subject {

    private final DestinationRule rule;
    private final Lazy<List<RuleReaders>> readers;

    private OfRule(Topology topology, DestinationRule rule) {
      this.rule = rule;
      this.readers =
          new Lazy<>(
              () ->
                  topology.rules().backendsCoveredBy(rule, MAX_HOSTS).stream()
                      .map(backend -> topology.rules().readersOf(rule, backend))
                      .toList());
    }

    @Override
    public DestinationRule resource() {
      return rule;
    }

    /** Returns who reads the rule for each host that it covers, at most {@link #MAX_HOSTS}. */
    public List<RuleReaders> readers() {
      return readers.get();
    }
  }

  /** A Service. */
  public static final class OfService extends OfHosts {

    private final Service service;

    private OfService(Topology topology, Service service) {
      super(topology, service);
      this.service = service;
    }

    @Override
    public Service resource() {
      return service;
    }
  }

  /** A ServiceEntry. */
  public static final class OfEntry extends OfHosts {

    private final ServiceEntry entry;

    private OfEntry(Topology topology, ServiceEntry entry) {
      super(topology, entry);
      this.entry = entry;
    }

    @Override
    public ServiceEntry resource() {
      return entry;
    }
  }

  /** An object of a kind that no rule judges. */
  public static final class OfOther extends Subject {

    private final Resource resource;

    private OfOther(Resource resource) {
      this.resource = resource;
    }

    @Override
    public Resource resource() {
      return resource;
    }
  }

  /** What has hosts: a Service or a ServiceEntry. */
  public abstract static sealed class OfHosts extends Subject {

    private final Lazy<List<Host>> hosts;
    private final Lazy<List<Host>> globalHosts;

    private OfHosts(Topology topology, Resource resource) {
      this.hosts =
          new Lazy<>(
              () ->
                  topology.backendsOf(resource).stream()
                      .map(backend -> new Host(topology, backend))
                      .toList());
      this.globalHosts =
          new Lazy<>(
              () ->
                  resource instanceof Service service && isGlobal(topology, service)
                      ? List.of(new Host(topology, topology.scopes().globalBackendOf(service)))
                      : List.of());
    }

    private static boolean isGlobal(Topology topology, Service service) {
      return topology.dialect().isSolo()
          && !service.isExternalName()
          && topology.scopes().isPeered(service);
    }

    /** Returns the hosts. */
    public final List<Host> hosts() {
      return hosts.get();
    }

    /** Returns the global host of a peered Service, as peering generates it; at most one. */
    public final List<Host> globalHosts() {
      return globalHosts.get();
    }

    /** Returns the object if it is a Service. */
    public final Optional<Service> service() {
      return resource() instanceof Service service ? Optional.of(service) : Optional.empty();
    }

    /** Returns the object if it is a ServiceEntry. */
    public final Optional<ServiceEntry> serviceEntry() {
      return resource() instanceof ServiceEntry entry ? Optional.of(entry) : Optional.empty();
    }

    /**
     * Returns every kgateway Gateway that routes to one of the hosts, with the host, where requests
     * may arrive.
     */
    public final Stream<Approach> approaches() {
      return approachesTo(hosts());
    }

    private static Stream<Approach> approachesTo(List<Host> hosts) {
      return hosts.stream()
          .flatMap(host -> host.ingress().stream().map(leg -> new Approach(host, leg)))
          .filter(Approach::mayArrive);
    }

    /**
     * Returns the Gateways of which a condition holds, each once, with the first host for which.
     * The global host of a peered Service comes last, as peering generates it.
     */
    public final Stream<Approach> approachPerGateway(Predicate<Approach> condition) {
      Map<NamespacedName, Approach> byGateway = new LinkedHashMap<>();
      Stream.concat(approaches(), approachesTo(globalHosts.get()))
          .filter(condition)
          .forEach(approach -> byGateway.putIfAbsent(approach.leg().gateway().key(), approach));
      return byGateway.values().stream();
    }
  }

  /** A host of a Service or ServiceEntry. */
  public static final class Host {

    private final Backend backend;
    private final Lazy<WaypointBinding> waypoint;
    private final Lazy<List<IngressLeg>> ingress;
    private final Lazy<EffectiveTrafficDistribution> trafficDistribution;
    private final Lazy<List<RouteReference>> references;
    private final Pickers pickers;

    private Host(Topology topology, Backend backend) {
      this.backend = backend;
      this.waypoint = new Lazy<>(() -> topology.waypoints().of(backend));
      this.ingress = new Lazy<>(() -> List.copyOf(topology.ingress().to(backend)));
      this.trafficDistribution =
          new Lazy<>(() -> topology.endpoints().trafficDistributionOf(backend));
      this.references = new Lazy<>(() -> topology.ingress().referencesTo(backend));
      this.pickers = topology.endpoints().pickers(backend);
    }

    /** Returns the host. */
    public Backend backend() {
      return backend;
    }

    /** Returns what istiod makes of its waypoint. */
    public WaypointBinding waypoint() {
      return waypoint.get();
    }

    /** Returns the kgateway Gateways that route to it, by namespace and name. */
    public List<IngressLeg> ingress() {
      return ingress.get();
    }

    /** Returns its traffic distribution. */
    public EffectiveTrafficDistribution trafficDistribution() {
      return trafficDistribution.get();
    }

    /** Tells who picks its endpoints, and by what. */
    public Pickers pickers() {
      return pickers;
    }

    /** Returns the references of routes that mean it, those that fail included. */
    public List<RouteReference> references() {
      return references.get();
    }
  }

  /**
   * A host and a Gateway that routes to it.
   *
   * @param host the host
   * @param leg the Gateway and the path
   */
  public record Approach(Host host, IngressLeg leg) {

    /**
     * Tells whether requests may arrive: the hosts of ServiceEntries are unknown to a controller
     * that reads none.
     */
    public boolean mayArrive() {
      return !(host.backend() instanceof Backend.OfEntry)
          || !leg.kgateway().istioIntegration().isNo();
    }

    /** Returns the Gateway as one who picks endpoints, which it does on some paths only. */
    public Picker picker() {
      return host.pickers().atKgateway(leg);
    }
  }
}
