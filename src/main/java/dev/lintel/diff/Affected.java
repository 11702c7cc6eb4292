package dev.lintel.diff;

import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Keys;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.BackendTlsPolicy;
import dev.lintel.resource.Deployment;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.GatewayClass;
import dev.lintel.resource.Kind;
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
import dev.lintel.topology.Topology;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Collects what the write of one object can bear on, in one state of the cluster (docs/domain.md,
 * 8.4): rather too much than too little, and no more than hosts and routes are looked at for it.
 */
final class Affected {

  private final Topology topology;
  private final Set<HostName> hosts;
  private final Set<ResourceRef> routes;
  private final Set<HostName> known = new HashSet<>();
  private final Set<NamespacedName> gateways = new HashSet<>();
  private final Set<ResourceRef> visited = new HashSet<>();

  /**
   * Creates a collector.
   *
   * @param topology the state
   * @param hosts takes the hosts
   * @param routes takes the routes
   */
  Affected(Topology topology, Set<HostName> hosts, Set<ResourceRef> routes) {
    this.topology = topology;
    this.hosts = hosts;
    this.routes = routes;
  }

  /** Adds what an object bears on. */
  void add(Resource object) {
    switch (object) {
      case Service service -> addService(service);
      case ServiceEntry entry -> addEntry(entry);
      case DestinationRule rule -> addRule(rule);
      case Namespace namespace -> addNamespace(namespace.name());
      case GatewayClass gatewayClass ->
          topology
              .gateways()
              .filter(gateway -> gateway.className().equals(gatewayClass.name()))
              .forEach(this::addGateway);
      case Gateway gateway -> addGateway(gateway);
      case Route route -> addRoute(route);
      case ReferenceGrant grant ->
          grant.from().stream()
              .map(ReferenceGrant.From::namespace)
              .distinct()
              .forEach(this::addRoutesIn);
      case ListenerSet set -> {
        addRoutesBelow(set.kind(), set.key());
        topology
            .gateway(set.gateway().namespace(), set.gateway().name())
            .ifPresent(this::addGateway);
      }
      case BackendConfigPolicy policy -> addPolicy(policy);
      case BackendTlsPolicy policy -> addBackendsIn(policy.namespace());
      case WorkloadEntry workload -> addWorkload(workload);
      case VirtualService service -> addVirtualService(service);
      case EndpointSlice slice ->
          topology.service(slice.namespace(), slice.serviceName()).ifPresent(this::addService);
      case Pod pod -> addPod(pod);
      case MeshConfig _, Segment _, Node _, Deployment _ -> addEverything();
    }
  }

  private void addEverything() {
    topology.services().forEach(this::addService);
    topology.serviceEntries().forEach(this::addEntry);
    topology.routes().map(Resource::ref).forEach(routes::add);
  }

  private void addService(Service service) {
    addBackend(topology.backendOf(service));
    topology.scopes().globalHostOf(service).ifPresent(this::addHost);
    topology.gateway(service.namespace(), service.name()).ifPresent(this::addGateway);
  }

  private void addEntry(ServiceEntry entry) {
    topology.backendsOf(entry).forEach(this::addBackend);
    topology
        .scopes()
        .parentOf(entry)
        .flatMap(key -> topology.service(key.namespace(), key.name()))
        .map(topology::backendOf)
        .map(Backend::host)
        .ifPresent(this::addHost);
  }

  private void addBackend(Backend backend) {
    addHost(backend.host());
    topology.waypoints().meshDestinationsOf(backend).map(Backend::host).forEach(this::addHost);
  }

  private void addHost(HostName host) {
    if (known.add(host)) {
      hosts.add(host);
      topology
          .backendsWithHost(host)
          .forEach(
              backend ->
                  topology.ingress().referencesTo(backend).stream()
                      .map(reference -> reference.route().ref())
                      .forEach(routes::add));
      topology.ingress().referencesToHost(host).stream()
          .map(reference -> reference.route().ref())
          .forEach(routes::add);
    }
  }

  private void addRule(DestinationRule rule) {
    topology.rules().backendsCoveredBy(rule, Integer.MAX_VALUE).stream()
        .map(Backend::host)
        .forEach(this::addHost);
    Stream.of(topology.rules().hostOf(rule), new HostName(rule.host()))
        .filter(HostName::isHost)
        .flatMap(host -> topology.entriesWithHost(host).stream())
        .forEach(this::addEntry);
  }

  private void addNamespace(String name) {
    addBackendsIn(name);
    addRoutesIn(name);
    topology.gatewaysIn(name).forEach(this::addGateway);
    if (name.equals(topology.platform().rootNamespace())) {
      addEverything();
    }
    if (topology.hasSidecars(name)) {
      topology.destinationRules().forEach(this::addRule);
    }
  }

  private void addBackendsIn(String namespace) {
    topology.servicesIn(namespace).forEach(this::addService);
    topology
        .resourcesIn(Kind.SERVICE_ENTRY, namespace)
        .map(ServiceEntry.class::cast)
        .forEach(this::addEntry);
  }

  private void addRoutesIn(String namespace) {
    Stream.of(Kind.values())
        .filter(Kind::isRoute)
        .flatMap(kind -> topology.resourcesIn(kind, namespace))
        .map(Route.class::cast)
        .forEach(this::addRoute);
  }

  private void addGateway(Gateway gateway) {
    if (!gateways.add(gateway.key())) {
      return;
    }
    addBound(gateway);
    addRoutesBelow(Kind.GATEWAY, gateway.key());
    topology
        .listenerSets()
        .filter(set -> set.gateway().equals(gateway.key()))
        .forEach(set -> addRoutesBelow(set.kind(), set.key()));
    topology.routes().filter(Affected::isMeshRoute).filter(this::isNear).forEach(this::addRoute);
    topology.service(gateway.namespace(), gateway.name()).ifPresent(this::addService);
  }

  private boolean isNear(Route route) {
    return gateways.stream().anyMatch(key -> key.namespace().equals(route.namespace()));
  }

  private static boolean isMeshRoute(Route route) {
    return route.parents().stream().anyMatch(parent -> !parent.isGateway());
  }

  /** What names the Gateway as its waypoint, by a label of its own or of its Namespace. */
  private void addBound(Gateway gateway) {
    topology.services().filter(service -> mayName(service, gateway)).forEach(this::addService);
    topology.serviceEntries().filter(entry -> mayName(entry, gateway)).forEach(this::addEntry);
  }

  private boolean mayName(Resource object, Gateway gateway) {
    return names(object, Keys.USE_WAYPOINT, Keys.USE_WAYPOINT_NAMESPACE, gateway)
        || names(object, Keys.USE_WAYPOINT_CANARY, Keys.USE_WAYPOINT_CANARY_NAMESPACE, gateway);
  }

  private boolean names(Resource object, String key, String keyOfNamespace, Gateway gateway) {
    Metadata own = object.metadata();
    String namespace = object.namespace();
    return named(own.label(key), own.label(keyOfNamespace), namespace, gateway)
        || named(
            topology.namespaceLabel(namespace, key),
            topology.namespaceLabel(namespace, keyOfNamespace),
            namespace,
            gateway);
  }

  private static boolean named(
      Optional<String> name, Optional<String> elsewhere, String own, Gateway gateway) {
    return name.filter(gateway.name()::equals).isPresent()
        && elsewhere.orElse(own).equals(gateway.namespace());
  }

  private void addRoutesBelow(Kind kind, NamespacedName parent) {
    topology
        .routes()
        .filter(
            route ->
                route.parents().stream()
                    .anyMatch(
                        named ->
                            named.kind().equals(kind.objectKind())
                                && named.namespace().equals(parent.namespace())
                                && named.name().equals(parent.name())))
        .forEach(this::addRoute);
  }

  /** Of TCPRoutes at one listener the oldest is served, so another's hosts come and go with it. */
  private void addRoute(Route route) {
    if (!visited.add(route.ref())) {
      return;
    }
    routes.add(route.ref());
    for (Route.BackendRef ref : route.backends()) {
      topology.ingress().backendsNamed(route, ref).forEach(this::addBackend);
      topology.ingress().delegatesOf(route, ref).forEach(this::addRoute);
    }
    for (Route.ParentRef parent : route.parents()) {
      if (parent.isService()) {
        topology.service(parent.namespace(), parent.name()).ifPresent(this::addService);
      } else if (!parent.isGateway()) {
        topology.serviceEntry(parent.namespace(), parent.name()).ifPresent(this::addEntry);
      }
      if (route.kind() == Kind.TCP_ROUTE && parent.isGateway()) {
        topology.gateway(parent.namespace(), parent.name()).ifPresent(this::addGateway);
      }
    }
  }

  private void addPolicy(BackendConfigPolicy policy) {
    addBackendsIn(policy.namespace());
    policy.targets().stream()
        .filter(target -> target.kind().equals("Hostname"))
        .map(target -> new HostName(target.name()))
        .filter(HostName::isHost)
        .forEach(this::addHost);
  }

  private void addWorkload(WorkloadEntry workload) {
    addBackendsIn(workload.namespace());
    topology
        .serviceEntries()
        .filter(entry -> topology.scopes().parentOf(entry).isPresent())
        .forEach(this::addEntry);
  }

  private void addVirtualService(VirtualService service) {
    service.hosts().forEach(host -> addNamed(host, service));
    service.destinations().forEach(to -> addHost(topology.hostOf(service, to)));
  }

  private void addNamed(String host, VirtualService service) {
    addHost(HostName.resolve(host, service.namespace(), topology.platform().clusterDomain()));
  }

  private void addPod(Pod pod) {
    addBackendsIn(pod.namespace());
    topology.gatewaysIn(pod.namespace()).forEach(this::addGateway);
    if (topology.hasSidecars(pod.namespace())) {
      topology.destinationRules().forEach(this::addRule);
    }
  }
}
