package dev.lintel.topology;

import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.HostName;
import dev.lintel.mesh.Platform;
import dev.lintel.resource.BackendConfigPolicy;
import dev.lintel.resource.BackendTlsPolicy;
import dev.lintel.resource.Deployment;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.EndpointSlice;
import dev.lintel.resource.Gateway;
import dev.lintel.resource.GatewayClass;
import dev.lintel.resource.Kind;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.ListenerSet;
import dev.lintel.resource.MeshConfig;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cluster's state as Lintel sees it: immutable, safe to share between threads, changed only by
 * {@link #apply}, which leaves the receiver as it is and costs the same for a watch event as for a
 * what-if.
 *
 * <p>It holds objects and finds them by what they are called and by what they mention. What follows
 * from them is answered by its views, which belong to it: {@link #scopes()}, {@link #endpoints()},
 * {@link #waypoints()}, {@link #ingress()}, {@link #rules()} and {@link #peering()}. They share
 * what is worked out during a judgement.
 *
 * <p>Two topologies are equal if they hold the same objects under the same platform facts, whatever
 * changes led to them.
 */
public final class Topology {

  /** Every rule for its object asks about each of the hosts. */
  private static final int WORK_OF_A_HOST = 16;

  private final Platform platform;
  private final Map<Kind, Table<?>> tables;
  private final Indexes indexes;
  private final Dialect dialect;
  private final Witness witness;
  private final Answers answers;
  private final ScopesView scopes;
  private final EndpointsView endpoints;
  private final WaypointsView waypoints;
  private final IngressView ingress;
  private final RulesView rules;

  private Topology(
      Platform platform,
      Map<Kind, Table<?>> tables,
      Indexes indexes,
      Dialect dialect,
      Witness witness,
      Answers answers) {
    this.platform = platform;
    this.tables = tables;
    this.indexes = indexes;
    this.dialect = dialect;
    this.witness = witness;
    this.answers = answers;
    this.scopes = new ScopesView(this, indexes, answers);
    this.endpoints = new EndpointsView(this, indexes, answers);
    this.waypoints = new WaypointsView(this, indexes, answers);
    this.ingress = new IngressView(this, indexes, answers);
    this.rules = new RulesView(this, indexes, answers);
  }

  /** Returns a topology without objects. */
  public static Topology empty(Platform platform) {
    Map<Kind, Table<?>> tables = new EnumMap<>(Kind.class);
    return new Topology(
        platform,
        tables,
        Indexes.empty(platform),
        Dialects.of(platform, Table.empty()),
        Witness.NOBODY,
        Answers.NOT_KEPT);
  }

  /**
   * Returns the topology of the given objects; of two with the same identity the later one counts.
   */
  public static Topology of(Platform platform, Iterable<? extends Resource> resources) {
    Topology topology = empty(platform);
    for (Resource resource : resources) {
      topology = topology.apply(Change.put(resource));
    }
    return topology;
  }

  /** Returns the topology after a change. */
  public Topology apply(Change change) {
    return switch (change) {
      case Change.Put put -> put(put.resource());
      case Change.Remove remove -> remove(remove.ref());
    };
  }

  /** Returns the same objects under other platform facts. */
  public Topology withPlatform(Platform other) {
    if (other.equals(platform)) {
      return this;
    }
    return of(other, resources().toList());
  }

  /** Returns the same objects, and tells a witness which of them are looked at. */
  Topology seenBy(Witness other) {
    return new Topology(platform, tables, indexes.seenBy(other), dialect, other, answers);
  }

  /**
   * Returns the same objects for the judgement of one write, by one thread: what is asked for twice
   * is worked out once, and the work is limited. Of very many objects only the oldest are looked
   * at; {@link #cuts()} then says so. After {@link #apply} all this is over.
   *
   * @param written the object that is written: it is always looked at
   */
  public Topology forJudgementOf(ResourceRef written) {
    return new Topology(platform, tables, indexes, dialect, witness, Answers.ofJudgement(written));
  }

  /** Returns what was left out since {@link #forJudgementOf}, in words; empty without it. */
  public List<String> cuts() {
    return answers.cuts();
  }

  /**
   * Counts what is looked at.
   *
   * @throws TooMuchWorkException if it is too much for one judgement
   */
  public void work(int steps) {
    answers.work(steps);
  }

  Answers answers() {
    return answers;
  }

  /** Returns what the administrator says about the installation. */
  public Platform platform() {
    return platform;
  }

  /** Returns how the installed components read what is written. */
  public Dialect dialect() {
    witness.sees(Kind.DEPLOYMENT);
    return dialect;
  }

  /** Returns every object, in no particular order. */
  public Stream<Resource> resources() {
    return tables.values().stream().flatMap(Table::all);
  }

  /** Returns the objects of a kind in a namespace, in no particular order. */
  public Stream<Resource> resourcesIn(Kind kind, String namespace) {
    return look(kind).inNamespace(namespace).map(found -> found);
  }

  /** Finds an object by its identity. */
  public Optional<Resource> find(ResourceRef ref) {
    return look(ref.kind()).find(ref);
  }

  /** Finds a Service. */
  public Optional<Service> service(String namespace, String name) {
    return this.<Service>look(Kind.SERVICE).get(namespace, name);
  }

  /** Finds a ServiceEntry. */
  public Optional<ServiceEntry> serviceEntry(String namespace, String name) {
    return this.<ServiceEntry>look(Kind.SERVICE_ENTRY).get(namespace, name);
  }

  /** Finds a Namespace. */
  public Optional<Namespace> namespace(String name) {
    return this.<Namespace>look(Kind.NAMESPACE).get("", name);
  }

  /** Returns istiod's mesh config; empty if it is not known. */
  public Optional<MeshConfig> meshConfig() {
    return this.<MeshConfig>look(Kind.CONFIG_MAP).get(platform.rootNamespace(), MeshConfig.NAME);
  }

  /** Returns a label of a Namespace; empty if the label, or the Namespace, is not known. */
  public Optional<String> namespaceLabel(String namespace, String key) {
    return namespace(namespace).flatMap(found -> found.metadata().label(key));
  }

  /** Finds a Gateway. */
  public Optional<Gateway> gateway(String namespace, String name) {
    return this.<Gateway>look(Kind.GATEWAY).get(namespace, name);
  }

  /** Returns the Gateways of a namespace, in no particular order. */
  public Stream<Gateway> gatewaysIn(String namespace) {
    return this.<Gateway>look(Kind.GATEWAY).inNamespace(namespace);
  }

  /** Finds a GatewayClass. */
  public Optional<GatewayClass> gatewayClass(String name) {
    return this.<GatewayClass>look(Kind.GATEWAY_CLASS).get("", name);
  }

  /** Finds a Node. */
  public Optional<Node> node(String name) {
    return this.<Node>look(Kind.NODE).get("", name);
  }

  /** Returns the Services of a namespace, in no particular order. */
  public Stream<Service> servicesIn(String namespace) {
    return this.<Service>look(Kind.SERVICE).inNamespace(namespace);
  }

  /** Returns every Service, in no particular order. */
  public Stream<Service> services() {
    return this.<Service>look(Kind.SERVICE).all();
  }

  /** Returns the Services of a name, whatever their namespace, by namespace. */
  public List<Service> servicesNamed(String name) {
    return this.<Service>table(Kind.SERVICE).named(name);
  }

  /** Returns every ServiceEntry, in no particular order. */
  public Stream<ServiceEntry> serviceEntries() {
    return this.<ServiceEntry>look(Kind.SERVICE_ENTRY).all();
  }

  /**
   * Returns the WorkloadEntries of a namespace that carry every label of a selector, in no
   * particular order; all of the namespace for a selector without labels.
   */
  public Stream<WorkloadEntry> workloadEntries(String namespace, Map<String, String> selector) {
    return Workloads.selected(
        look(Kind.WORKLOAD_ENTRY), indexes.workloadsByLabel(), namespace, selector);
  }

  /** Returns the answers about scopes, and about what peering makes of Services. */
  public ScopesView scopes() {
    return scopes;
  }

  /** Returns the answers about endpoints, and about who picks them. */
  public EndpointsView endpoints() {
    return endpoints;
  }

  /** Returns the answers about waypoints, and about the routes that they follow. */
  public WaypointsView waypoints() {
    return waypoints;
  }

  /**
   * Returns the answers about Gateways, the routes to backends, and the paths that requests take.
   */
  public IngressView ingress() {
    return ingress;
  }

  /** Returns the answers about DestinationRules. */
  public RulesView rules() {
    return rules;
  }

  /** Tells what is known of this cluster as one of several (docs/domain.md, 5.4 and 5.5). */
  public Peering peering() {
    return answers.once(Question.PEERING, () -> Peering.of(this));
  }

  /** Finds a Segment by its name, in the root namespace. */
  public Optional<Segment> segment(String name) {
    return this.<Segment>look(Kind.SEGMENT).get(platform.rootNamespace(), name);
  }

  /**
   * Returns the VirtualServices with a host that is this one or covers it, in no particular order.
   */
  public Stream<VirtualService> virtualServicesCovering(HostName host) {
    if (look(Kind.VIRTUAL_SERVICE).isEmpty()) {
      return Stream.empty();
    }
    return answers
        .once(
            new Question.OfVirtualServices(host, true),
            () ->
                Oldest.of(
                    Stream.concat(Stream.of(host), host.wildcards().stream())
                        .flatMap(pattern -> indexes.virtualServicesByHost().find(pattern))
                        .distinct(),
                    Limits.VIRTUAL_SERVICES,
                    answers,
                    "VirtualServices cover the host " + host))
        .stream();
  }

  /** Returns the VirtualServices that send to exactly this host, in no particular order. */
  public Stream<VirtualService> virtualServicesTo(HostName host) {
    Table<VirtualService> sending = indexes.virtualServicesByDestination().get(host);
    if (sending.isEmpty()) {
      return Stream.empty();
    }
    return answers
        .once(
            new Question.OfVirtualServices(host, false),
            () ->
                Oldest.of(
                    sending.all(),
                    Limits.VIRTUAL_SERVICES,
                    answers,
                    "VirtualServices send to " + host))
        .stream();
  }

  /** Returns the host of a destination as Istio resolves it. */
  public HostName hostOf(VirtualService service, VirtualService.Destination destination) {
    return HostName.resolve(destination.host(), service.namespace(), platform.clusterDomain());
  }

  /** Finds a set of listeners, of one of the two kinds. */
  Optional<ListenerSet> listenerSet(Kind kind, String namespace, String name) {
    return this.<ListenerSet>look(kind).find(new ResourceRef(kind, namespace, name));
  }

  /** Tells what a Gateway is for. */
  public GatewayRole roleOf(Gateway gateway) {
    return roleOfClass(gateway.className());
  }

  /** Returns the Gateways of a role, in no particular order. */
  public Stream<Gateway> gatewaysOf(GatewayRole role) {
    return answers.once(new Question.OfRole(role), () -> classesOf(role)).stream()
        .flatMap(className -> indexes.gatewaysByClass().find(className));
  }

  private List<String> classesOf(GatewayRole role) {
    return indexes
        .gatewaysByClass()
        .keys()
        .filter(className -> roleOfClass(className) == role)
        .toList();
  }

  GatewayRole roleOfClass(String className) {
    String controller = gatewayClass(className).map(GatewayClass::controllerName).orElse("");
    return GatewayRoles.of(className, controller, platform);
  }

  /** Returns the Pods of a Gateway, in no particular order. */
  public Stream<Pod> podsOf(Gateway gateway) {
    return indexes.podsByGateway().find(gateway.key());
  }

  /** Returns the known Pods of a namespace, which need not be all, in no particular order. */
  public Stream<Pod> podsIn(String namespace) {
    return this.<Pod>look(Kind.POD).inNamespace(namespace);
  }

  /**
   * Returns the known Pods that a Service selects, which need not be all: Lintel watches the Pods
   * of Gateways only.
   */
  public Stream<Pod> knownPodsOf(Service service) {
    return service.selector().isEmpty()
        ? Stream.empty()
        : podsIn(service.namespace())
            .filter(pod -> LabelSelector.containsAll(pod.metadata().labels(), service.selector()));
  }

  /** Returns the EndpointSlices of a Service, in no particular order. */
  public Stream<EndpointSlice> endpointSlicesOf(Service service) {
    return indexes.slicesByService().find(service.key());
  }

  /** Returns how many Nodes are known outside the control plane, 0 or more. */
  public int workerNodes() {
    return indexes.workerNodes().get(true).sizeIn("");
  }

  /** Returns the grants of a namespace, in no particular order. */
  Stream<ReferenceGrant> grantsIn(String namespace) {
    return this.<ReferenceGrant>look(Kind.REFERENCE_GRANT).inNamespace(namespace);
  }

  /**
   * Returns the backends that an object defines: a Service one, a ServiceEntry one for each host
   * that is not too long to be one, as far as Istio's API allows hosts.
   */
  public List<Backend> backendsOf(Resource resource) {
    return switch (resource) {
      case Service service -> List.of(backendOf(service));
      case ServiceEntry entry -> backendsOf(entry);
      case DestinationRule _,
          Namespace _,
          GatewayClass _,
          Gateway _,
          Route _,
          ReferenceGrant _,
          ListenerSet _,
          BackendConfigPolicy _,
          BackendTlsPolicy _,
          MeshConfig _,
          VirtualService _,
          WorkloadEntry _,
          Segment _,
          EndpointSlice _,
          Node _,
          Pod _,
          Deployment _ ->
          List.of();
    };
  }

  private List<Backend> backendsOf(ServiceEntry entry) {
    int count = entry.hosts().size();
    if (count > Limits.HOSTS) {
      answers.cut(
          "%s has %,d hosts; the first %,d were looked at"
              .formatted(entry.ref().spoken(), count, Limits.HOSTS));
    }
    answers.work(WORK_OF_A_HOST * Math.min(count, Limits.HOSTS));
    return entry.hosts().stream()
        .limit(Limits.HOSTS)
        .<Backend>map(host -> new Backend.OfEntry(entry, new HostName(host), host))
        .filter(backend -> backend.host().isHost())
        .toList();
  }

  /** Returns the backend that a Service defines. */
  public Backend backendOf(Service service) {
    return new Backend.OfService(
        service, HostName.ofService(service.namespace(), service.name(), platform.clusterDomain()));
  }

  /**
   * Returns the backends with exactly this host: the Service, if the host is one's, and every
   * ServiceEntry, by age.
   */
  public List<Backend> backendsWithHost(HostName host) {
    return answers.once(new Question.OfBackends(host), () -> Hosts.backends(this, host));
  }

  /**
   * Returns the name of the Service that a host would be for, whether or not it exists; empty if
   * the host is not in the cluster's domain.
   */
  public Optional<NamespacedName> serviceNameOf(HostName host) {
    return Hosts.serviceName(this, host);
  }

  /** Returns the ServiceEntries that define exactly this host, oldest first. */
  public List<ServiceEntry> entriesWithHost(HostName host) {
    Table<ServiceEntry> entries = indexes.entriesByHost().get(host);
    if (entries.isEmpty()) {
      return List.of();
    }
    return answers.once(
        new Question.OfEntries(host),
        () ->
            Oldest.of(
                entries.all(), Limits.ENTRIES, answers, "ServiceEntries have the host " + host));
  }

  /**
   * Returns the backend that counts for a host in the mesh: the Service, if it is no other name,
   * else the oldest ServiceEntry, else that Service (docs/domain.md, 6.2).
   */
  public Optional<Backend> canonicalBackend(HostName host) {
    List<Backend> backends = backendsWithHost(host);
    return backends.stream()
        .filter(backend -> !(backend.resource() instanceof Service s && s.isExternalName()))
        .findFirst()
        .or(() -> backends.stream().findFirst());
  }

  /** Returns every route of the Gateway API, in no particular order. */
  public Stream<Route> routes() {
    return Stream.of(Kind.values())
        .filter(Kind::isRoute)
        .flatMap(kind -> this.<Route>look(kind).all());
  }

  /** Returns every Gateway, in no particular order. */
  public Stream<Gateway> gateways() {
    return this.<Gateway>look(Kind.GATEWAY).all();
  }

  /** Returns every set of listeners, in no particular order. */
  public Stream<ListenerSet> listenerSets() {
    return Stream.of(Kind.LISTENER_SET, Kind.X_LISTENER_SET)
        .flatMap(kind -> this.<ListenerSet>look(kind).all());
  }

  /** Returns every DestinationRule, in no particular order. */
  public Stream<DestinationRule> destinationRules() {
    return this.<DestinationRule>look(Kind.DESTINATION_RULE).all();
  }

  /**
   * Returns the namespaces with proxies that istiod feeds and no Gateway stands for: sidecars, and
   * gateways that were installed without the Gateway API. In no particular order.
   */
  public Stream<String> sidecarNamespaces() {
    return answers.once(Question.SIDECARS, this::findSidecars).stream();
  }

  private Set<String> findSidecars() {
    return Stream.of(
            indexes.namespacesByTrait().find(NamespaceTrait.SIDECARS).map(Resource::name),
            indexes.podsByProxy().get(SidecarProxies.CONTAINER).namespaces(),
            indexes.deploymentsByProxy().get(SidecarProxies.CONTAINER).namespaces())
        .flatMap(namespaces -> namespaces)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Tells whether the Pods of a Namespace get sidecars; not so if it is not known. */
  public boolean hasSidecars(String namespace) {
    return namespace(namespace)
        .filter(found -> NamespaceTrait.of(found).contains(NamespaceTrait.SIDECARS))
        .isPresent();
  }

  /** Tells whether ztunnel captures the Pods of a Namespace; not so if it is not known. */
  public boolean isAmbient(String namespace) {
    return namespace(namespace)
        .filter(found -> NamespaceTrait.of(found).contains(NamespaceTrait.AMBIENT))
        .isPresent();
  }

  /** Returns the namespaces whose workloads ztunnel captures, in no particular order. */
  public Stream<String> ambientNamespaces() {
    return indexes.namespacesByTrait().find(NamespaceTrait.AMBIENT).map(Resource::name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Topology topology
        && platform.equals(topology.platform)
        && tables.equals(topology.tables)
        && indexes.equals(topology.indexes);
  }

  @Override
  public int hashCode() {
    return tables.hashCode();
  }

  @Override
  public String toString() {
    return "Topology" + resources().map(Resource::ref).sorted(Ages.byText()).toList();
  }

  <R extends Resource> Table<R> look(Kind kind) {
    witness.sees(kind);
    return table(kind);
  }

  @SuppressWarnings("unchecked")
  private <R extends Resource> Table<R> table(Kind kind) {
    return (Table<R>) tables.getOrDefault(kind, Table.empty());
  }

  private Topology put(Resource resource) {
    Table<Resource> table = table(resource.kind());
    Optional<Resource> old = table.find(resource.ref());
    if (old.isPresent() && old.get().equals(resource)) {
      return this;
    }
    return with(resource.kind(), table.put(resource), indexes.replace(old.orElse(null), resource));
  }

  private Topology remove(ResourceRef ref) {
    Table<Resource> table = table(ref.kind());
    Optional<Resource> old = table.find(ref);
    if (old.isEmpty()) {
      return this;
    }
    return with(ref.kind(), table.remove(ref), indexes.replace(old.get(), null));
  }

  private Topology with(Kind kind, Table<?> table, Indexes nextIndexes) {
    Map<Kind, Table<?>> next = new EnumMap<>(tables);
    if (table.isEmpty()) {
      next.remove(kind);
    } else {
      next.put(kind, table);
    }
    Topology changed =
        new Topology(platform, next, nextIndexes, dialect, witness, Answers.NOT_KEPT);
    if (kind != Kind.DEPLOYMENT) {
      return changed;
    }
    Table<Deployment> deployments = changed.table(Kind.DEPLOYMENT);
    return new Topology(
        platform, next, nextIndexes, Dialects.of(platform, deployments), witness, Answers.NOT_KEPT);
  }
}
